//! Which keys hold now: the stack of scopes, what the state allows, and where typed letters go.
//!
//! Reads the model only.

use super::dialogs::{Dialog, ImportStep};
use super::model::{Model, Screen};
use super::screens::{Board, Searching, Shared, View, owed};
use super::{Action, Scope};
use crate::domain::{Book, Step, advance};

const FIRST_RUN: &[Scope] = &[Scope::FirstRun, Scope::Global];
const UNLOCK: &[Scope] = &[Scope::Unlock, Scope::Global];
const FAILED: &[Scope] = &[Scope::Global];
const DIALOG: &[Scope] = &[Scope::Dialog, Scope::Global];
const TODAY: &[Scope] = &[Scope::Today, Scope::Main, Scope::Global];
const VISITS: &[Scope] = &[Scope::Visits, Scope::Main, Scope::Global];
const SEARCH: &[Scope] = &[Scope::Search, Scope::Global];
const DETAIL: &[Scope] = &[Scope::Detail, Scope::Main, Scope::Global];
const OWED: &[Scope] = &[Scope::Owed, Scope::Main, Scope::Global];
const RECORDS: &[Scope] = &[Scope::Records, Scope::Main, Scope::Global];
const PAIRS: &[Scope] = &[Scope::Pairs, Scope::Main, Scope::Global];
const QUARANTINE: &[Scope] = &[Scope::Quarantine, Scope::Main, Scope::Global];
const ROW: &[Scope] = &[Scope::Row, Scope::Global];
const PLACES: &[Scope] = &[Scope::Places, Scope::Main, Scope::Global];
const COVERAGE: &[Scope] = &[Scope::Coverage, Scope::Main, Scope::Global];
const MAP: &[Scope] = &[Scope::Map, Scope::Main, Scope::Global];
const REVIEW: &[Scope] = &[Scope::Review, Scope::Main, Scope::Global];
const REPORT: &[Scope] = &[Scope::Report, Scope::Main, Scope::Global];
const EXCHANGE: &[Scope] = &[Scope::Exchange, Scope::Main, Scope::Global];
const SETTINGS: &[Scope] = &[Scope::Settings, Scope::Main, Scope::Global];
const FORM: &[Scope] = &[Scope::Form, Scope::Global];

/// Every stack of scopes that can hold, the innermost first.
pub const STACKS: &[&[Scope]] = &[
    FIRST_RUN, UNLOCK, FAILED, DIALOG, TODAY, VISITS, SEARCH, DETAIL, RECORDS, OWED, PAIRS,
    QUARANTINE, ROW, PLACES, COVERAGE, MAP, REVIEW, REPORT, EXCHANGE, SETTINGS, FORM,
];

/// Whether letters go into a text field or are commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    Text,
    Commands,
}

pub(super) fn scopes(model: &Model) -> &'static [Scope] {
    if model.dialogs.is_empty() {
        screen_scopes(model)
    } else {
        DIALOG
    }
}

/// Gives the scopes of the screen below all dialogs.
pub(super) fn screen_scopes(model: &Model) -> &'static [Scope] {
    match &model.screen {
        Screen::FirstRun(_) => FIRST_RUN,
        Screen::Unlock(_) => UNLOCK,
        Screen::Failed(_) => FAILED,
        Screen::Open(session) => match &session.view {
            View::Today => TODAY,
            View::Visits => match session.visits.searching {
                Searching::Rows => VISITS,
                Searching::Words => SEARCH,
            },
            View::Records => match session.records.searching {
                Searching::Rows => RECORDS,
                Searching::Words => SEARCH,
            },
            View::Detail(_) => DETAIL,
            View::Owed(_) => OWED,
            View::Pairs(_) => PAIRS,
            View::Quarantine(open) if open.open.is_some() => ROW,
            View::Quarantine(_) => QUARANTINE,
            View::Places(_) => PLACES,
            View::Coverage => match session.coverage.board {
                Board::Map => MAP,
                Board::Places | Board::Duties => COVERAGE,
            },
            View::Report => REPORT,
            View::Shared(Shared::Review(_)) => REVIEW,
            View::Shared(Shared::Exchange(_)) => EXCHANGE,
            View::Settings(_) => SETTINGS,
            View::Capture(_) => FORM,
        },
    }
}

impl Model {
    /// Tells where typed letters go.
    pub fn typed(&self) -> Typed {
        if self.scopes().iter().all(|scope| scope.is_typed()) {
            Typed::Text
        } else {
            Typed::Commands
        }
    }
}

/// Tells whether the state has a use for an action of the present scopes.
pub(super) fn allows(model: &Model, action: Action) -> bool {
    if is_elsewhere(model) && changes_visit(action) {
        return false;
    }
    match action {
        Action::Lock => model.session().is_some(),
        Action::Reveal => has_secret(model),
        Action::Amend => may(model, Step::Save),
        Action::Send => may(model, Step::Send),
        Action::Withdraw => may(model, Step::Withdraw),
        Action::NameKeeper | Action::ShutOut | Action::Invite | Action::Admit => {
            keeps_roster(model)
        }
        Action::ConfirmOnPaper => {
            let session = model.session();
            session.is_some_and(|s| s.profile.role.keeps_names())
                && may(model, Step::ConfirmOnPaper)
        }
        Action::DropFilter => model.session().is_some_and(|s| match s.view {
            View::Records => s.records.life.is_some(),
            _ => !s.visits.chips.is_empty(),
        }),
        Action::NextField | Action::PreviousField => has_fields(model),
        Action::Link | Action::Dismiss | Action::OtherSide => has_pair(model),
        Action::Confirm
        | Action::GiveBack
        | Action::AskMore
        | Action::Conclude
        | Action::MarkVisit
        | Action::MarkAll => has_queued(model),
        Action::Back => model
            .session()
            .is_none_or(|s| !matches!(s.view, View::Today)),
        Action::Undo => model.session().is_some_and(|session| {
            !matches!(session.view, View::Today) || !session.discarded.is_empty()
        }),
        Action::ShowNames
        | Action::NextStep
        | Action::TakeCharge
        | Action::HandOver
        | Action::Label
        | Action::AddMatter
        | Action::TakeBack => owed::allows(model, action),
        Action::Palette => model.dialogs.is_empty() && model.session().is_some(),
        Action::TakeIn => model.dialogs.is_empty() || sees_table(model),
        Action::Quarantine => model.dialogs.is_empty() || waits_for_table(model),
        Action::Discard => {
            model.dialogs.is_empty()
                || matches!(model.dialogs.last(), Some(Dialog::Tend(form)) if form.is_typed())
        }
        Action::DropRow => has_waiting(model),
        Action::Erase => {
            matches!(model.dialogs.last(), Some(Dialog::Personal(open)) if open.may_erase())
        }
        Action::SealIdentity => super::act::personal::envelope_in_front(model).is_some(),
        Action::Citizen => model
            .session()
            .is_some_and(|s| s.profile.role.keeps_names()),
        Action::Help => !matches!(model.dialogs.last(), Some(Dialog::Help(_))),
        Action::Accept
        | Action::BackUp
        | Action::Compact
        | Action::Save
        | Action::AddActivity
        | Action::AddMeeting
        | Action::AddConcern
        | Action::LikeLast
        | Action::RemovePart
        | Action::AddRow
        | Action::History
        | Action::Pairs
        | Action::Rename
        | Action::HandOverAll
        | Action::NextList
        | Action::PreviousList
        | Action::Concerns
        | Action::AddReception
        | Action::AddDuty
        | Action::AddInspection
        | Action::AddAssignment
        | Action::Merge
        | Action::HotSpot
        | Action::NewVisit
        | Action::Open
        | Action::Find
        | Action::FilterMonth
        | Action::FilterPlace
        | Action::FilterState
        | Action::Sort
        | Action::Export
        | Action::Report
        | Action::PeriodBefore
        | Action::PeriodAfter
        | Action::PeriodSpan
        | Action::PeriodBasis
        | Action::PaperXlsx
        | Action::PaperDocx
        | Action::PaperParty
        | Action::PaperMinutes
        | Action::PaperPrint
        | Action::PaperRegister
        | Action::PaperSheets
        | Action::ClosePeriod
        | Action::Import
        | Action::Cancel
        | Action::Language
        | Action::Typing
        | Action::Quit
        | Action::Today
        | Action::Visits
        | Action::Places
        | Action::Coverage
        | Action::YearBefore
        | Action::YearAfter
        | Action::MonthBefore
        | Action::MonthAfter
        | Action::OtherBoard
        | Action::Map
        | Action::West
        | Action::East
        | Action::OtherArea
        | Action::Review
        | Action::Exchange
        | Action::Sync
        | Action::JoinBook
        | Action::Settings
        | Action::Up
        | Action::Down
        | Action::PageUp
        | Action::PageDown
        | Action::First
        | Action::Last => true,
    }
}

fn view(model: &Model) -> Option<&View> {
    model.session().map(|session| &session.view)
}

/// Tells whether the visit in front lies in a joined logbook.
fn is_elsewhere(model: &Model) -> bool {
    view(model).is_some_and(|view| matches!(view, View::Detail(open) if open.book != Book::Own))
}

/// Tells whether an action of an opened visit does more than show it.
fn changes_visit(action: Action) -> bool {
    action.scopes().contains(&Scope::Detail) && action != Action::History
}

/// Tells whether there is more than one field to go to.
fn has_fields(model: &Model) -> bool {
    match (model.dialogs.last(), &model.screen) {
        (Some(dialog), _) => matches!(
            dialog,
            Dialog::Passphrase(_) | Dialog::Export(_) | Dialog::Tend(_) | Dialog::Personal(_)
        ),
        (None, Screen::FirstRun(run)) => run.fields() > 1,
        (None, Screen::Unlock(_) | Screen::Failed(_)) => false,
        (None, Screen::Open(_)) => true,
    }
}

/// Tells whether there is a pair to decide about.
fn has_pair(model: &Model) -> bool {
    view(model).is_some_and(|view| matches!(view, View::Pairs(open) if open.pair().is_some()))
}

/// Tells whether there is a row to drop.
fn has_waiting(model: &Model) -> bool {
    view(model).is_some_and(|view| {
        matches!(view, View::Quarantine(open) if open.open.is_some() || open.row().is_some())
    })
}

/// Tells whether a table is asked for or looked at in front.
fn waits_for_table(model: &Model) -> bool {
    let Some(Dialog::Import(import)) = model.dialogs.last() else {
        return false;
    };
    matches!(import.step, ImportStep::Asking(_) | ImportStep::Seen(_))
}

/// Tells whether a table that was looked at is in front.
fn sees_table(model: &Model) -> bool {
    let Some(Dialog::Import(import)) = model.dialogs.last() else {
        return false;
    };
    matches!(import.step, ImportStep::Seen(_))
}

fn has_secret(model: &Model) -> bool {
    match (model.dialogs.last(), &model.screen) {
        (Some(dialog), _) => matches!(
            dialog,
            Dialog::Passphrase(_) | Dialog::Compact(_) | Dialog::Personal(_)
        ),
        (None, Screen::FirstRun(run)) => run.has_secret(),
        (None, Screen::Unlock(_)) => true,
        (None, Screen::Failed(_) | Screen::Open(_)) => false,
    }
}

/// Tells whether the visit that is open may take a step of the workflow.
fn may(model: &Model, step: Step) -> bool {
    let Some(View::Detail(detail)) = view(model) else {
        return true;
    };
    let state = detail.dossier.as_ref().map(|dossier| dossier.state);
    state.is_some_and(|state| advance(state, step).is_ok())
}

/// Tells whether this device may change who is in the logbook.
fn keeps_roster(model: &Model) -> bool {
    let Some(View::Shared(Shared::Exchange(open))) = view(model) else {
        return false;
    };
    open.seen.as_ref().is_some_and(|seen| seen.keeper)
}

/// Tells whether a visit of the queue is in front.
fn has_queued(model: &Model) -> bool {
    view(model).is_some_and(
        |view| matches!(view, View::Shared(Shared::Review(open)) if open.chosen().is_some()),
    )
}
