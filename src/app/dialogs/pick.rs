//! Choosing one of a list by typing a part of it without marks: commands, filters, villages, units.

mod owed;
mod roster;
mod table;

use chrono::{Datelike, Months};

use super::ask::profile;
use super::village::{self, VillageValue};
use crate::app::input::Input;
use crate::app::screens::{Chip, Places};
use crate::app::{Action, Effect, Model, RosterDeed, Scope};
use crate::domain::{ConcernState, Day, EntityId, PlaceId, Role, Unit, VisitState};
use crate::i18n::Text;
use crate::i18n::messages::{actions, common, door, first_run, import, list, places, review};
use crate::text::fold::syllables;
use crate::text::highlight::{Prefix, matches};
pub use owed::OwedValue;
pub use roster::RosterValue;
pub use table::TableValue;

/// What is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    Command,
    FilterMonth,
    FilterPlace,
    FilterState,
    /// Where the concerns of the list stand.
    FilterLife,
    /// What to do with a village.
    Village(PlaceId),
    /// The unit that a village lies or lay in.
    VillageUnit(PlaceId),
    /// The village that another became part of.
    MergeInto(PlaceId),
    /// A village that a part of another went to.
    DivideInto(PlaceId),
    Unit,
    /// The next step of the concern that is open.
    Step,
    /// A label of the concern that is open.
    Label,
    /// Who takes over one record.
    HandOver(EntityId),
    /// Who takes over all that the member has.
    HandOverAll,
    /// The sheet of a workbook that is taken in.
    Sheet,
    /// What the rows of a table are.
    TableKind,
    /// What a column of a table is taken for.
    Column(usize),
    /// The device that a keeper does something with.
    Device(RosterDeed),
    /// The role of who is invited.
    Invite,
}

/// What an offer stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Run(Action),
    Chip(Chip),
    Life(Option<ConcernState>),
    Village(VillageValue),
    Unit(String),
    Table(TableValue),
    Owed(OwedValue),
    Device(RosterValue),
    Invite(Role),
}

/// One of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub label: String,
    /// What stands at the right: a key, a count.
    pub note: String,
    pub value: Value,
}

/// A list to choose from.
pub struct Pick {
    pub purpose: Purpose,
    pub input: Input,
    pub chosen: u64,
}

/// Months offered, the present one first.
const MONTHS: u32 = 24;
/// Communes offered for what is typed.
const COMMUNES: usize = 20;

impl Pick {
    pub(in crate::app) fn new(purpose: Purpose) -> Self {
        Self {
            purpose,
            input: Input::line(),
            chosen: 0,
        }
    }

    /// Begins on what is chosen now, over the preview of a table.
    pub(in crate::app) fn at_present(purpose: Purpose, model: &Model) -> Self {
        let mut pick = Self::new(purpose);
        let offers = pick.offers(model);
        let at = offers
            .iter()
            .position(|offer| table::is_present(model, &offer.value));
        pick.chosen = at.unwrap_or(0) as u64;
        pick
    }

    /// Gives the heading.
    pub fn title(&self) -> Text {
        match self.purpose {
            Purpose::Command => actions::palette(),
            Purpose::FilterMonth => actions::filter_month(),
            Purpose::FilterPlace => actions::filter_place(),
            Purpose::FilterState | Purpose::FilterLife => actions::filter_state(),
            Purpose::Village(_) => places::ask_step(),
            Purpose::VillageUnit(_) => places::ask_unit(),
            Purpose::MergeInto(_) => places::ask_into(),
            Purpose::DivideInto(_) => places::ask_part(),
            Purpose::Unit => first_run::unit(),
            Purpose::Step => actions::next_step(),
            Purpose::Label => actions::label(),
            Purpose::HandOver(_) => actions::hand_over(),
            Purpose::HandOverAll => actions::hand_over_all(),
            Purpose::Sheet => import::ask_sheet(),
            Purpose::TableKind => import::ask_kind(),
            Purpose::Column(_) => import::ask_column(),
            Purpose::Invite => door::ask_role(),
            Purpose::Device(RosterDeed::NameKeeper) => review::pick_keeper(),
            Purpose::Device(RosterDeed::ShutOut) => review::pick_revoked(),
        }
    }

    /// Gives what fits the words typed.
    pub fn offers(&self, model: &Model) -> Vec<Offer> {
        let typed = self.input.text();
        let words: Vec<String> = syllables(typed).collect();
        let mut offers = match &self.purpose {
            Purpose::Command => commands(model),
            Purpose::FilterMonth => months(model),
            Purpose::FilterState => states(model),
            Purpose::FilterLife => owed::lives(model),
            Purpose::FilterPlace => villages(model),
            Purpose::Village(id) => village::steps(model, *id),
            Purpose::VillageUnit(id) => return village::units(model, *id, typed),
            Purpose::MergeInto(from) => {
                village::others(model, *from, |from, into| VillageValue::Into { from, into })
            }
            Purpose::DivideInto(from) => {
                village::others(model, *from, |from, into| VillageValue::Part { from, into })
            }
            Purpose::Unit => return units(model, typed),
            Purpose::Step => owed::steps(model),
            Purpose::Label => owed::labels(model),
            Purpose::HandOver(what) => owed::cadres(model, Some(*what)),
            Purpose::HandOverAll => owed::cadres(model, None),
            Purpose::Sheet => table::sheets(model),
            Purpose::TableKind => table::kinds(model),
            Purpose::Column(at) => table::fields(model, *at),
            Purpose::Device(deed) => roster::devices(model, *deed),
            Purpose::Invite => roster::roles(model),
        };
        offers.retain(|offer| matches(&offer.label, &words, Prefix::Each));
        if self.purpose == Purpose::FilterPlace {
            offers.extend(units_to_filter(model, typed));
        }
        offers
    }

    /// Gives the offer that the cursor is on.
    pub(in crate::app) fn value(&self, model: &Model) -> Option<Value> {
        let at = usize::try_from(self.chosen).ok()?;
        let offer = self.offers(model).into_iter().nth(at);
        offer.map(|offer| offer.value)
    }
}

impl Value {
    pub(in crate::app) fn apply(self, model: &mut Model) -> Vec<Effect> {
        match self {
            Self::Run(action) => crate::app::act::act(model, action),
            Self::Chip(chip) => {
                let (setup, size) = (model.setup.clone(), model.size);
                let Some(session) = model.session_mut() else {
                    return Vec::new();
                };
                session.visits.put(chip);
                session.search(&setup, size)
            }
            Self::Life(life) => crate::app::act::records::filter(model, life),
            Self::Village(value) => value.apply(model),
            Self::Unit(unit) => profile(model, |profile| profile.unit = unit),
            Self::Table(value) => value.apply(model),
            Self::Owed(value) => value.apply(model),
            Self::Device(value) => value.apply(model),
            Self::Invite(role) => super::door::invite(model, role),
        }
    }
}

fn commands(model: &Model) -> Vec<Offer> {
    let offered = model.below_dialogs();
    let has_use = |action: Action| {
        let scopes = action.scopes();
        let in_boxes = scopes.contains(&Scope::Dialog) && !scopes.contains(&Scope::Main);
        !action.is_step() && !in_boxes && action != Action::Palette
    };
    let commands = offered.into_iter().filter(|(action, _)| has_use(*action));
    commands
        .map(|(action, note)| Offer {
            label: model.say(&action.label()),
            note,
            value: Value::Run(action),
        })
        .collect()
}

fn months(model: &Model) -> Vec<Offer> {
    let today = model.today();
    let first = today.with_day(1).unwrap_or(today);
    let months = (0..MONTHS).filter_map(|back| first.checked_sub_months(Months::new(back)));
    months
        .map(|month| Offer {
            label: model.say(&month_name(month, today)),
            note: String::new(),
            value: Value::Chip(Chip::Month(month)),
        })
        .collect()
}

/// Names a month as chips and choices show it.
pub(crate) fn month_name(month: Day, today: Day) -> Text {
    if (month.year(), month.month()) == (today.year(), today.month()) {
        list::this_month()
    } else {
        list::month(month.month(), month.year().to_string())
    }
}

fn states(model: &Model) -> Vec<Offer> {
    let states = VisitState::ALL.into_iter();
    states
        .map(|state| Offer {
            label: model.say(&state_name(state)),
            note: String::new(),
            value: Value::Chip(Chip::State(state)),
        })
        .collect()
}

/// Names a state of a visit.
pub fn state_name(state: VisitState) -> Text {
    match state {
        VisitState::Draft => common::visit_draft(),
        VisitState::Sent => common::visit_sent(),
        VisitState::Returned => common::visit_returned(),
        VisitState::Confirmed => common::visit_confirmed(),
        VisitState::Changed => common::visit_changed(),
        VisitState::Conflict => common::visit_conflict(),
        VisitState::Withdrawn => common::visit_withdrawn(),
        VisitState::OnPaper => common::visit_on_paper(),
    }
}

fn villages(model: &Model) -> Vec<Offer> {
    let Some(session) = model.session() else {
        return Vec::new();
    };
    let rows = Places::rows(&session.names, &model.setup);
    rows.into_iter()
        .map(|(id, place)| Offer {
            label: model.setup.site(&place.site_name()),
            note: String::new(),
            value: Value::Chip(Chip::Place(session.names.sites_of(id), place.name.clone())),
        })
        .collect()
}

/// Finds units of both divisions.
pub(super) fn units_named(model: &Model, typed: &str) -> Vec<Unit> {
    let setup = &model.setup;
    let today = setup.find_communes(typed, COMMUNES).into_iter();
    let former = setup.find_former(typed, COMMUNES).into_iter();
    let units = today.map(|commune| Unit::Today(commune.code));
    units
        .chain(former.map(|(_, unit)| Unit::Former(unit.code)))
        .collect()
}

/// Offers units of both divisions; a list of one finds what was recorded there under any name.
fn units_to_filter(model: &Model, typed: &str) -> Vec<Offer> {
    let setup = &model.setup;
    let offer = |unit: Unit| Offer {
        label: setup.unit_in_full(unit),
        note: String::new(),
        value: Value::Chip(Chip::Place(
            setup.communes.sites_of(unit),
            setup.unit_short(unit),
        )),
    };
    units_named(model, typed).into_iter().map(offer).collect()
}

fn units(model: &Model, typed: &str) -> Vec<Offer> {
    let typed = typed.trim();
    let mut names = model.setup.units(typed, COMMUNES);
    names.retain(|name| name != typed);
    if !typed.is_empty() {
        names.insert(0, typed.to_owned());
    }
    let offer = |name: String| Offer {
        label: name.clone(),
        note: String::new(),
        value: Value::Unit(name),
    };
    names.into_iter().map(offer).collect()
}
