//! What can be done with a village: correct it, date it, say what it lies in and what became of it.

use super::Dialog;
use super::ask::{Ask, Question};
use super::pick::{Offer, Pick, Purpose, Value};
use crate::app::screens::Places;
use crate::app::{Effect, Model};
use crate::domain::{Day, Place, PlaceChange, PlaceId, Unit};
use crate::i18n::Text;
use crate::i18n::messages::{capture, places};
use crate::text::date::{Lean, read_date};

/// One thing to do with a village.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VillageStep {
    Correct,
    /// It goes by another name from a day on.
    Renamed,
    First,
    Last,
    Unit,
    Merge,
    Divide,
    /// It stands after all.
    Stands,
}

impl VillageStep {
    const ALL: [Self; 8] = [
        Self::Correct,
        Self::Renamed,
        Self::First,
        Self::Last,
        Self::Unit,
        Self::Merge,
        Self::Divide,
        Self::Stands,
    ];

    fn label(self) -> Text {
        match self {
            Self::Correct => places::step_correct(),
            Self::Renamed => places::step_renamed(),
            Self::First => places::step_first(),
            Self::Last => places::step_last(),
            Self::Unit => places::step_unit(),
            Self::Merge => places::step_merge(),
            Self::Divide => places::step_divide(),
            Self::Stands => places::step_stands(),
        }
    }

    /// Tells whether it can be done with a village as it is.
    fn fits(self, place: &Place) -> bool {
        let past = place.merged_into.is_some() || !place.successors.is_empty();
        match self {
            Self::Correct | Self::First | Self::Last | Self::Unit => true,
            Self::Renamed | Self::Merge => !past,
            Self::Divide => place.merged_into.is_none(),
            Self::Stands => past || place.valid_to.is_some(),
        }
    }

    /// Gives what stands there now.
    fn note(self, place: &Place, model: &Model) -> String {
        let date = |day: Option<Day>| day.map(|day| model.language.date(day));
        match self {
            Self::First => date(place.valid_from).unwrap_or_default(),
            Self::Last => date(place.valid_to).unwrap_or_default(),
            Self::Unit => {
                let today = place.commune.map(Unit::Today);
                let units = today.into_iter().chain(place.former.map(Unit::Former));
                let units = units.map(|unit| model.setup.unit_short(unit));
                units.collect::<Vec<_>>().join(" ← ")
            }
            Self::Correct | Self::Renamed | Self::Merge | Self::Divide | Self::Stands => {
                String::new()
            }
        }
    }

    fn apply(self, id: PlaceId, model: &mut Model) -> Vec<Effect> {
        let Some(place) = known(model, id) else {
            return Vec::new();
        };
        let date = |day: Option<Day>| day.map_or_else(String::new, |day| model.language.date(day));
        let ask = |question, filled: &str| asked(question, filled);
        let dialog = match self {
            Self::Correct => ask(VillageQuestion::Name(id), &place.name),
            Self::Renamed => ask(VillageQuestion::NewName(id), ""),
            Self::First => ask(VillageQuestion::First(id), &date(place.valid_from)),
            Self::Last => ask(VillageQuestion::Last(id), &date(place.valid_to)),
            Self::Unit => Dialog::Pick(Pick::new(Purpose::VillageUnit(id))),
            Self::Merge => Dialog::Pick(Pick::new(Purpose::MergeInto(id))),
            Self::Divide => Dialog::Pick(Pick::new(Purpose::DivideInto(id))),
            Self::Stands => return change(id, PlaceChange::Stands),
        };
        model.dialogs.push(dialog);
        Vec::new()
    }
}

/// What is chosen for a village.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VillageValue {
    Step(PlaceId, VillageStep),
    Unit(PlaceId, Unit),
    /// The village that another became part of; the last day is asked for.
    Into {
        from: PlaceId,
        into: PlaceId,
    },
    /// The village that a part of another went to.
    Part {
        from: PlaceId,
        into: PlaceId,
    },
}

impl VillageValue {
    pub(super) fn apply(self, model: &mut Model) -> Vec<Effect> {
        let last = |from: PlaceId| known(model, from).and_then(|place| place.valid_to);
        let question = match self {
            Self::Step(id, step) => return step.apply(id, model),
            Self::Unit(id, unit) => return change(id, PlaceChange::Unit(unit)),
            Self::Part { from, into } if last(from).is_some() => {
                return change(from, PlaceChange::Part { into, last: None });
            }
            Self::Into { from, into } => VillageQuestion::MergeLast { from, into },
            Self::Part { from, into } => VillageQuestion::PartLast { from, into },
        };
        let filled = last(question.place());
        let filled = filled.map_or_else(String::new, |day| model.language.date(day));
        model.dialogs.push(asked(question, &filled));
        Vec::new()
    }
}

/// What is asked about a village.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VillageQuestion {
    Name(PlaceId),
    NewName(PlaceId),
    NewNameFrom { place: PlaceId, name: String },
    First(PlaceId),
    Last(PlaceId),
    MergeLast { from: PlaceId, into: PlaceId },
    PartLast { from: PlaceId, into: PlaceId },
}

impl VillageQuestion {
    /// Gives the question in words.
    pub(super) fn title(&self) -> Text {
        match self {
            Self::Name(_) => places::ask_name(),
            Self::NewName(_) => places::ask_new_name(),
            Self::NewNameFrom { .. } => places::ask_new_first(),
            Self::First(_) => places::ask_first(),
            Self::Last(_) => places::ask_last(),
            Self::MergeLast { .. } => places::ask_merge_last(),
            Self::PartLast { .. } => places::ask_part_last(),
        }
    }

    fn place(&self) -> PlaceId {
        match self {
            Self::Name(place)
            | Self::NewName(place)
            | Self::NewNameFrom { place, .. }
            | Self::First(place)
            | Self::Last(place)
            | Self::MergeLast { from: place, .. }
            | Self::PartLast { from: place, .. } => *place,
        }
    }
}

fn asked(question: VillageQuestion, filled: &str) -> Dialog {
    Dialog::Ask(Ask::new(Question::Village(question), filled))
}

fn change(place: PlaceId, change: PlaceChange) -> Vec<Effect> {
    vec![Effect::ChangePlace { place, change }]
}

fn known(model: &Model, id: PlaceId) -> Option<Place> {
    model.session()?.names.place(id).cloned()
}

/// Offers what can be done with a village.
pub(super) fn steps(model: &Model, id: PlaceId) -> Vec<Offer> {
    let Some(place) = known(model, id) else {
        return Vec::new();
    };
    let steps = VillageStep::ALL.into_iter();
    let offer = |step: VillageStep| Offer {
        label: model.say(&step.label()),
        note: step.note(&place, model),
        value: Value::Village(VillageValue::Step(id, step)),
    };
    steps.filter(|step| step.fits(&place)).map(offer).collect()
}

/// Offers the villages that another one may lead to.
pub(super) fn others(
    model: &Model,
    from: PlaceId,
    value: fn(PlaceId, PlaceId) -> VillageValue,
) -> Vec<Offer> {
    let Some(session) = model.session() else {
        return Vec::new();
    };
    let rows = Places::rows(&session.names, &model.setup).into_iter();
    rows.filter(|(id, _)| *id != from)
        .map(|(into, place)| Offer {
            label: model.setup.site(&place.site_name()),
            note: String::new(),
            value: Value::Village(value(from, into)),
        })
        .collect()
}

/// Offers units for a village: without words the former ones that its commune received.
pub(super) fn units(model: &Model, id: PlaceId, typed: &str) -> Vec<Offer> {
    let setup = &model.setup;
    let units: Vec<Unit> = if typed.trim().is_empty() {
        let commune = known(model, id).and_then(|place| place.commune);
        let before = commune.map(|code| setup.communes.former().predecessors(code));
        before.into_iter().flatten().map(Unit::Former).collect()
    } else {
        super::pick::units_named(model, typed)
    };
    let offer = |unit: Unit| Offer {
        label: setup.unit_in_full(unit),
        note: String::new(),
        value: Value::Village(VillageValue::Unit(id, unit)),
    };
    units.into_iter().map(offer).collect()
}

/// Reads a day that may be left out.
fn day(text: &str, model: &Model) -> Result<Option<Day>, Text> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let read = read_date(text, model.today(), Lean::Past);
    read.map(Some).map_err(|_| capture::not_a_date())
}

/// Answers a question about a village.
pub(super) fn answer(
    question: &VillageQuestion,
    text: &str,
    model: &mut Model,
) -> Result<Vec<Effect>, Text> {
    match question {
        VillageQuestion::Name(id) => {
            let name = super::ask::filled(text.to_owned(), places::name_missing)?;
            Ok(change(*id, PlaceChange::Name(name)))
        }
        VillageQuestion::NewName(place) => {
            let name = super::ask::filled(text.to_owned(), places::name_missing)?;
            let place = *place;
            let question = VillageQuestion::NewNameFrom { place, name };
            model.dialogs.push(asked(question, ""));
            Ok(Vec::new())
        }
        VillageQuestion::NewNameFrom { place, name } => {
            let first = day(text, model)?.ok_or_else(places::day_missing)?;
            in_order(known(model, *place).and_then(|p| p.valid_from), Some(first))?;
            let id = PlaceId(model.ids.pop().ok_or_else(places::not_yet)?);
            let name = name.clone();
            let mut effects = change(*place, PlaceChange::Renamed { id, name, first });
            effects.extend(crate::app::writing::spare(model));
            Ok(effects)
        }
        VillageQuestion::First(id) => {
            let first = day(text, model)?;
            in_order(first, known(model, *id).and_then(|p| p.valid_to))?;
            Ok(change(*id, PlaceChange::First(first)))
        }
        VillageQuestion::Last(id) => {
            let last = day(text, model)?;
            in_order(known(model, *id).and_then(|p| p.valid_from), last)?;
            Ok(change(*id, PlaceChange::Last(last)))
        }
        VillageQuestion::MergeLast { from, into } => {
            let last = day(text, model)?;
            in_order(known(model, *from).and_then(|p| p.valid_from), last)?;
            let into = *into;
            Ok(change(*from, PlaceChange::Into { into, last }))
        }
        VillageQuestion::PartLast { from, into } => {
            let last = day(text, model)?;
            in_order(known(model, *from).and_then(|p| p.valid_from), last)?;
            let into = *into;
            Ok(change(*from, PlaceChange::Part { into, last }))
        }
    }
}

fn in_order(first: Option<Day>, last: Option<Day>) -> Result<(), Text> {
    match (first, last) {
        (Some(first), Some(last)) if last < first => Err(places::days_crossed()),
        (Some(_) | None, _) => Ok(()),
    }
}
