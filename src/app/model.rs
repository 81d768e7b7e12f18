//! Everything that the screen shows and keys change.
//!
//! What was read from the logbook lives in `Session` alone, so that locking drops all of it.

use std::sync::Arc;

use super::dialogs::Dialog;
use super::focus;
use super::screens::{FirstRun, Session, Unlock};
use super::setup::Setup;
use super::unikey::Guard;
use super::{Action, Drawn, Failure, Hits, LockReason, Scope};
use crate::config::settings::{IdleMinutes, Layer, Settings};
use crate::domain::{Day, Stamp};
use crate::i18n::{Catalog, Language, Text};
use crate::text::typing::Typing;

/// Columns and rows of the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub columns: u16,
    pub rows: u16,
}

impl Size {
    /// The smallest screen on which everything can be used.
    pub const SMALLEST: Self = Self {
        columns: 60,
        rows: 20,
    };

    /// Tells whether the screens have room.
    pub fn is_enough(self) -> bool {
        self.columns >= Self::SMALLEST.columns && self.rows >= Self::SMALLEST.rows
    }

    /// Rows between the rule under the tabs and the status line.
    pub fn body(self) -> u16 {
        self.rows.saturating_sub(4)
    }
}

/// Whether a sentence tells of something done or something wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Done,
    Problem,
}

/// The last thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    pub text: Text,
    pub tone: Tone,
    pub age: Age,
}

/// Whether a key was pressed since a sentence was said: until then it is shown whole, over what is
/// below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    New,
    Known,
}

/// What stands in front.
pub enum Screen {
    FirstRun(Box<FirstRun>),
    Unlock(Unlock),
    /// The logbook cannot go on.
    Failed(Failure),
    Open(Box<Session>),
}

/// Whether there is a logbook yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Logbook {
    Missing,
    Present,
}

/// Everything that the screen shows.
pub struct Model {
    pub setup: Arc<Setup>,
    pub language: Language,
    pub typing: Typing,
    pub idle: IdleMinutes,
    pub size: Size,
    /// The clock's last tick.
    pub now: Stamp,
    pub screen: Screen,
    /// What lies on top, the front one last.
    pub dialogs: Vec<Dialog>,
    pub status: Option<Status>,
    pub(super) hits: Hits,
    pub(super) guard: Guard,
    pub(super) last_key: Stamp,
    pub(super) ids: Vec<[u8; 16]>,
}

impl Model {
    /// Makes the first state of the program.
    pub fn new(
        setup: Arc<Setup>,
        settings: &Settings,
        logbook: Logbook,
        size: Size,
        now: Stamp,
    ) -> Self {
        Self {
            setup,
            language: settings.language.into(),
            typing: super::speech::typing(settings.typing),
            idle: settings.idle_lock_minutes,
            size,
            now,
            screen: match logbook {
                Logbook::Missing => Screen::FirstRun(Box::default()),
                Logbook::Present => Screen::Unlock(Unlock::new(LockReason::Start)),
            },
            dialogs: Vec::new(),
            status: None,
            hits: Hits::default(),
            guard: Guard::default(),
            last_key: now,
            ids: Vec::new(),
        }
    }

    /// Makes the state of a program that cannot open its logbook.
    pub fn failed(mut self, failure: Failure) -> Self {
        self.screen = Screen::Failed(failure);
        self
    }

    /// Makes the state of a program that was given the passphrase and is opening its logbook.
    pub fn opening(mut self) -> Self {
        if let Screen::Unlock(unlock) = &mut self.screen {
            unlock.attempt = super::screens::Attempt::Working;
        }
        self
    }

    /// Returns the day in Vietnam.
    pub fn today(&self) -> Day {
        self.now.day()
    }

    /// Gives the sentences of the present language.
    pub fn speech(&self) -> &Catalog {
        self.setup.speech(self.language)
    }

    /// Renders a text in the present language.
    pub fn say(&self, text: &Text) -> String {
        self.speech().text(text)
    }

    /// Gives the open logbook.
    pub fn session(&self) -> Option<&Session> {
        match &self.screen {
            Screen::Open(session) => Some(session),
            Screen::FirstRun(_) | Screen::Unlock(_) | Screen::Failed(_) => None,
        }
    }

    pub(super) fn session_mut(&mut self) -> Option<&mut Session> {
        match &mut self.screen {
            Screen::Open(session) => Some(session),
            Screen::FirstRun(_) | Screen::Unlock(_) | Screen::Failed(_) => None,
        }
    }

    /// Gives the scopes that hold now, the innermost first.
    pub fn scopes(&self) -> &'static [Scope] {
        focus::scopes(self)
    }

    /// Gives what can be done here, each with its key, in the order of the table.
    pub fn offered(&self) -> Vec<(Action, String)> {
        self.offered_in(self.scopes())
    }

    /// Gives the key of an action on the screen below all dialogs, as people read it; nothing where it
    /// has none.
    pub fn key(&self, action: Action) -> String {
        let key = self.setup.keymap.key(self.screen_scopes(), action);
        key.map_or_else(String::new, |key| key.label())
    }

    /// Gives the scopes of the screen below all dialogs.
    pub fn screen_scopes(&self) -> &'static [Scope] {
        focus::screen_scopes(self)
    }

    /// Gives what can be done on the screen below all dialogs.
    pub(super) fn below_dialogs(&self) -> Vec<(Action, String)> {
        self.offered_in(focus::screen_scopes(self))
    }

    fn offered_in(&self, scopes: &[Scope]) -> Vec<(Action, String)> {
        let keymap = &self.setup.keymap;
        let actions = Action::ALL.iter().copied();
        let allowed = actions.filter(|action| focus::allows(self, *action));
        allowed
            .filter_map(|action| Some((action, keymap.key(scopes, action)?.label())))
            .collect()
    }

    /// Gives the settings of the user's own layer as they stand.
    pub(super) fn layer(&self) -> Layer {
        Layer {
            language: Some(self.language.into()),
            idle_lock_minutes: Some(self.idle),
            typing: Some(super::speech::typing_setting(self.typing)),
            ..Layer::default()
        }
    }

    /// Takes note of what a drawing left; the event loop calls it after each.
    pub fn note(&mut self, drawn: Drawn) {
        let Drawn { hits, end } = drawn;
        self.hits = hits;
        match (self.dialogs.last_mut(), &mut self.screen) {
            (Some(super::dialogs::Dialog::Help(help)), _) => help.top = help.top.min(end),
            (None, Screen::Open(session)) => {
                if let super::screens::View::Detail(open) = &mut session.view {
                    open.top = open.top.min(end);
                }
            }
            (Some(_) | None, _) => {}
        }
    }

    pub(super) fn done(&mut self, text: Text) {
        self.say_below(text, Tone::Done);
    }

    pub(super) fn problem(&mut self, text: Text) {
        self.say_below(text, Tone::Problem);
    }

    fn say_below(&mut self, text: Text, tone: Tone) {
        let age = Age::New;
        self.status = Some(Status { text, tone, age });
    }
}
