//! Where on the screen the mouse can do something, as the last drawing left it.
//!
//! Drawing fills it; the model keeps the last one to read the mouse by.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use super::Action;

/// What a click means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    Act(Action),
    /// A row of the list in front, counted from its first row.
    Row(u64),
    /// A field of the form in front.
    Field(usize),
    /// Nothing; what lies beneath a box cannot be clicked.
    Nothing,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gesture {
    Click(Target),
    WheelUp,
    WheelDown,
}

/// What a drawing left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Where the mouse can do something.
    pub hits: Hits,
    /// The largest useful scroll of the text in front.
    pub end: u16,
}

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

impl Area {
    fn holds(&self, x: u16, y: u16) -> bool {
        let within = |at: u16, from: u16, size: u16| at >= from && at - from < size;
        within(x, self.x, self.width) && within(y, self.y, self.height)
    }
}

/// The places of one drawing; later ones lie on top.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits(Vec<(Area, Target)>);

impl Hits {
    /// Notes what a click into an area means.
    pub fn add(&mut self, area: Area, target: Target) {
        self.0.push((area, target));
    }

    /// Reads what the mouse did; `None` where it means nothing.
    pub fn read(&self, event: &MouseEvent) -> Option<Gesture> {
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                let mut areas = self.0.iter().rev();
                let (_, target) = areas.find(|(a, _)| a.holds(event.column, event.row))?;
                Some(Gesture::Click(*target))
            }
            MouseEventKind::ScrollUp => Some(Gesture::WheelUp),
            MouseEventKind::ScrollDown => Some(Gesture::WheelDown),
            MouseEventKind::Down(MouseButton::Right | MouseButton::Middle)
            | MouseEventKind::Up(_)
            | MouseEventKind::Drag(_)
            | MouseEventKind::Moved
            | MouseEventKind::ScrollLeft
            | MouseEventKind::ScrollRight => None,
        }
    }
}
