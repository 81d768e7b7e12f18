//! The one way into the model.
//!
//! Reads what happened and hands it to the screen or dialog in front.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::act::act;
use super::answer;
use super::dialogs::{Dialog, DoorQuestion, ExportField, ImportStep, Progress, Question};
use super::focus::{Typed, allows};
use super::input::{Edit, Input, SecretInput};
use super::key::Key;
use super::model::{Age, Model, Screen};
use super::screens::{Quarantine, Searching, View};
use super::{Action, Effect, Gesture, LockReason, Msg, Target};
use crate::domain::Stamp;
use crate::text::typing;

/// Takes in one thing that happened and says what is to be done.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key(key) => {
            model.last_key = model.now;
            if let Some(status) = &mut model.status {
                status.age = Age::Known;
            }
            press(model, key)
        }
        Msg::Mouse(event) => {
            let gesture = model.hits.read(&event);
            if gesture.is_some() {
                model.last_key = model.now;
            }
            match gesture {
                Some(Gesture::Click(target)) => click(model, target),
                Some(Gesture::WheelUp) => act(model, Action::Up),
                Some(Gesture::WheelDown) => act(model, Action::Down),
                None => Vec::new(),
            }
        }
        Msg::Paste(text) => {
            model.last_key = model.now;
            paste(model, &text)
        }
        Msg::Resize { columns, rows } => {
            model.size = super::Size { columns, rows };
            resized(model)
        }
        Msg::Tick(now) => tick(model, now),
        Msg::Suspend => lock(model, LockReason::Suspend),
        Msg::FreshIds(ids) => {
            model.ids.extend(ids);
            Vec::new()
        }
        Msg::Answer(answer) => answer::take(model, *answer),
    }
}

fn press(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    match key.kind {
        // Windows sends releases too.
        KeyEventKind::Release => return Vec::new(),
        KeyEventKind::Press | KeyEventKind::Repeat => {}
    }
    if model.typed() == Typed::Text {
        model.guard = super::unikey::Guard::default();
        return one_key(model, key);
    }
    let keys = model.guard.press(key);
    keys.into_iter()
        .flat_map(|key| one_key(model, key))
        .collect()
}

fn one_key(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    let action = model.setup.keymap.action(model.scopes(), Key::of(&key));
    let action = action.filter(|action| allows(model, *action));
    if !model.size.is_enough() && !action.is_none_or(blind) {
        return Vec::new();
    }
    match action {
        Some(action) => act(model, action),
        None => type_into(model, Typing::Key(&key)),
    }
}

/// What may be done on a screen too small to show it.
fn blind(action: Action) -> bool {
    matches!(action, Action::Lock | Action::Quit)
}

/// Something for a text field.
enum Typing<'a> {
    Key(&'a KeyEvent),
    Paste(&'a str),
}

impl Typing<'_> {
    fn line(&self, input: &mut Input, mode: typing::Typing) -> Edit {
        match self {
            Self::Key(key) => input.key(key, mode),
            Self::Paste(text) => input.paste(text),
        }
    }

    fn secret(&self, input: &mut SecretInput) -> Edit {
        match self {
            Self::Key(key) => input.key(key),
            Self::Paste(text) => input.paste(text),
        }
    }
}

fn type_into_dialog(dialog: &mut Dialog, typing: &Typing<'_>, mode: typing::Typing) {
    match dialog {
        Dialog::Pick(pick) => {
            if typing.line(&mut pick.input, mode) == Edit::Changed {
                pick.chosen = 0;
            }
        }
        Dialog::Ask(ask) => {
            // A path is typed as the keyboard sends it.
            let mode = match &ask.question {
                Question::BackUpTo
                | Question::SyncWith
                | Question::JoinBook
                | Question::Door(DoorQuestion::Path { .. } | DoorQuestion::Request)
                | Question::PaperTo { .. }
                | Question::PaperNumber(_)
                | Question::PaperDay(..) => typing::Typing::Off,
                Question::WithdrawReason(_)
                | Question::TakeBack(_)
                | Question::Village(_)
                | Question::Name
                | Question::Post
                | Question::Review { .. }
                | Question::ClosePeriod(_)
                | Question::ShutOut(_)
                | Question::Door(
                    DoorQuestion::Cell(_) | DoorQuestion::Invited | DoorQuestion::Admit(_),
                )
                | Question::IdleMinutes => mode,
            };
            if typing.line(&mut ask.input, mode) == Edit::Changed {
                ask.problem = None;
            }
        }
        Dialog::Passphrase(change) => {
            typing.secret(change.input());
        }
        Dialog::Export(export) => {
            if matches!(export.progress, Progress::Asking(_))
                && typing.line(&mut export.input, mode) != Edit::Ignored
            {
                export.field = ExportField::Path;
                export.progress = Progress::Asking(None);
            }
        }
        Dialog::Import(import) => {
            // A path is typed as the keyboard sends it.
            if matches!(import.step, ImportStep::Asking(_))
                && typing.line(&mut import.input, typing::Typing::Off) != Edit::Ignored
            {
                import.step = ImportStep::Asking(None);
            }
        }
        Dialog::Tend(form) => {
            if let Some(input) = form.input()
                && typing.line(input, mode) == Edit::Changed
            {
                form.changed();
            }
        }
        Dialog::Compact(ask) => {
            typing.secret(&mut ask.passphrase);
        }
        Dialog::Personal(open) => {
            if let Some(secret) = open.secret() {
                typing.secret(secret);
            } else if let Some(line) = open.line() {
                typing.line(line, mode);
            }
        }
        Dialog::Help(_) | Dialog::Send(_) | Dialog::Confirm(_) | Dialog::Work(_) => {}
    }
}

fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if let Some(Dialog::Import(mut import)) = model.dialogs.pop_if(|top| top.is_import()) {
        let begun = import.pasted(text, model);
        model.dialogs.push(Dialog::Import(import));
        if let Some(effects) = begun {
            return effects;
        }
    }
    if model.typed() == Typed::Text {
        return type_into(model, Typing::Paste(text));
    }
    // An input method may send its letter as a burst.
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(c), None) => press(model, KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)),
        (Some(_), Some(_)) | (None, _) => Vec::new(),
    }
}

/// Types into the field in front.
fn type_into(model: &mut Model, typing: Typing<'_>) -> Vec<Effect> {
    let mode = model.typing;
    if let Some(dialog) = model.dialogs.last_mut() {
        type_into_dialog(dialog, &typing, mode);
        return Vec::new();
    }
    match &mut model.screen {
        Screen::FirstRun(run) => {
            let edit = match run.input() {
                Some(input) => typing.line(input, mode),
                None => run
                    .secret()
                    .map_or(Edit::Ignored, |input| typing.secret(input)),
            };
            if edit == Edit::Changed {
                run.offer = None;
                run.problem = None;
            }
            Vec::new()
        }
        Screen::Unlock(unlock) => {
            if unlock.attempt != super::screens::Attempt::Working
                && typing.secret(&mut unlock.passphrase) == Edit::Changed
            {
                unlock.attempt = super::screens::Attempt::None;
            }
            Vec::new()
        }
        Screen::Failed(_) => Vec::new(),
        Screen::Open(session) if matches!(session.view, View::Capture(_)) => match typing {
            Typing::Key(key) => super::writing::press(model, key),
            Typing::Paste(text) => super::writing::paste(model, text),
        },
        Screen::Open(session) if matches!(session.view, View::Quarantine(_)) => {
            if let Some(input) = session.quarantine().and_then(Quarantine::input) {
                typing.line(input, mode);
            }
            Vec::new()
        }
        Screen::Open(session) => {
            if matches!(session.view, View::Records)
                && session.records.searching == Searching::Words
            {
                return match typing.line(&mut session.records.words, mode) {
                    Edit::Changed => session.search_records(&model.setup, model.size),
                    Edit::Moved | Edit::Ignored => Vec::new(),
                };
            }
            let searching = session.visits.searching == Searching::Words;
            if !(searching && matches!(session.view, View::Visits)) {
                return Vec::new();
            }
            let rub = matches!(&typing, Typing::Key(key) if key.code == KeyCode::Backspace);
            if rub && session.visits.words.text().is_empty() {
                session.visits.chips.pop();
            } else if typing.line(&mut session.visits.words, mode) != Edit::Changed {
                return Vec::new();
            }
            session.search(&model.setup, model.size)
        }
    }
}

fn click(model: &mut Model, target: Target) -> Vec<Effect> {
    match target {
        Target::Act(action) => act(model, action),
        Target::Row(at) => super::act::choose(model, at),
        Target::Field(at) => super::act::focus_field(model, at),
        Target::Nothing => Vec::new(),
    }
}

fn tick(model: &mut Model, now: Stamp) -> Vec<Effect> {
    let before = model.today();
    model.now = now;
    let idle = i64::from(u16::from(model.idle)) * 60_000;
    if model.session().is_some() && now.0.saturating_sub(model.last_key.0) >= idle {
        return lock(model, LockReason::Idle);
    }
    let mut effects = Vec::new();
    if model.today() != before {
        let today = model.today();
        effects.extend(model.session_mut().map(|session| session.ask_today(today)));
    }
    effects.extend(super::writing::tick(model));
    for key in model.guard.tick() {
        effects.extend(one_key(model, key));
    }
    effects
}

fn resized(model: &mut Model) -> Vec<Effect> {
    let (setup, size) = (model.setup.clone(), model.size);
    match model.session_mut() {
        Some(session) if session.visits.page.is_some() => {
            session.choose_visit(session.visits.chosen, &setup, size)
        }
        Some(_) | None => Vec::new(),
    }
}

/// Closes the logbook and drops all that was read from it.
pub(super) fn lock(model: &mut Model, reason: LockReason) -> Vec<Effect> {
    if model.session().is_none() {
        return Vec::new();
    }
    let mut effects = super::writing::put_down(model);
    forget(model, reason);
    effects.push(Effect::Lock);
    effects
}

/// Leaves nothing of a record in the model.
pub(super) fn forget(model: &mut Model, reason: LockReason) {
    model.screen = Screen::Unlock(super::screens::Unlock::new(reason));
    model.dialogs.clear();
    model.status = None;
    model.guard = super::unikey::Guard::default();
}
