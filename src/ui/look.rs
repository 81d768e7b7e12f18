//! Roles of the theme as the terminal's styles.

use ratatui::style::{Color, Modifier, Style};

use crate::config::theme::{self, Colour, Role, Theme};

/// What each role looks like.
pub struct Look {
    theme: Theme,
}

impl Look {
    /// Takes a theme; where there is no colour that is the plain one.
    pub fn new(theme: Theme) -> Self {
        Self { theme }
    }

    pub(super) fn style(&self, role: Role) -> Style {
        let wanted = self.theme.style(role);
        let mut style = Style {
            fg: wanted.fg.map(colour),
            bg: wanted.bg.map(colour),
            ..Style::default()
        };
        for change in &wanted.modifiers {
            style = style.add_modifier(match change {
                theme::Modifier::Bold => Modifier::BOLD,
                theme::Modifier::Dim => Modifier::DIM,
                theme::Modifier::Italic => Modifier::ITALIC,
                theme::Modifier::Underlined => Modifier::UNDERLINED,
                theme::Modifier::Reversed => Modifier::REVERSED,
            });
        }
        style
    }
}

fn colour(colour: Colour) -> Color {
    match colour {
        Colour::Black => Color::Black,
        Colour::Red => Color::Red,
        Colour::Green => Color::Green,
        Colour::Yellow => Color::Yellow,
        Colour::Blue => Color::Blue,
        Colour::Magenta => Color::Magenta,
        Colour::Cyan => Color::Cyan,
        Colour::Gray => Color::Gray,
        Colour::DarkGray => Color::DarkGray,
        Colour::LightRed => Color::LightRed,
        Colour::LightGreen => Color::LightGreen,
        Colour::LightYellow => Color::LightYellow,
        Colour::LightBlue => Color::LightBlue,
        Colour::LightMagenta => Color::LightMagenta,
        Colour::LightCyan => Color::LightCyan,
        Colour::White => Color::White,
        Colour::Rgb(red, green, blue) => Color::Rgb(red, green, blue),
    }
}
