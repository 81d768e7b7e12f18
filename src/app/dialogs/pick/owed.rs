//! Choices about a concern or a promise: the next step, a label, who takes it over.

use super::{Offer, Value};
use crate::app::dialogs::TendWhat;
use crate::app::screens::View;
use crate::app::{Effect, Model, owed, tending};
use crate::domain::{
    ConcernId, ConcernState, ConcernStep, EntityId, LabelChange, LabelKind, OwedDetail, OwedMatter,
    PersonId, Tending, standing,
};
use crate::i18n::messages::{concern, register};

/// What is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwedValue {
    Step(ConcernId, ConcernStep),
    Label(ConcernId, LabelKind, LabelChange),
    /// One record handed over; all that the member has for `None`.
    HandOver(Option<EntityId>, PersonId),
}

fn open(model: &Model) -> Option<&OwedDetail> {
    let View::Owed(open) = &model.session()?.view else {
        return None;
    };
    open.detail.as_deref()
}

/// The steps that the table allows now.
pub(super) fn steps(model: &Model) -> Vec<Offer> {
    let Some(detail) = open(model) else {
        return Vec::new();
    };
    let OwedMatter::Concern { life, .. } = &detail.matter else {
        return Vec::new();
    };
    let concern = ConcernId(detail.row.entity.id);
    let offer = |step| Offer {
        label: model.say(&owed::step(step)),
        note: String::new(),
        value: Value::Owed(OwedValue::Step(concern, step)),
    };
    life.allowed().map(offer).collect()
}

/// Labels to put on, and those that stand to take off.
pub(super) fn labels(model: &Model) -> Vec<Offer> {
    let Some(detail) = open(model) else {
        return Vec::new();
    };
    let OwedMatter::Concern { labels, .. } = &detail.matter else {
        return Vec::new();
    };
    let concern = ConcernId(detail.row.entity.id);
    let stand = standing(labels, model.today());
    let kinds = LabelKind::ALL.into_iter().map(|(kind, _)| kind);
    let kinds = kinds.filter(|kind| !kind.is_of_place());
    let offer = |kind| {
        let (change, text) = if stand.contains(&kind) {
            let text = concern::taken_off(owed::label(kind));
            (LabelChange::TakenOff, text)
        } else {
            (LabelChange::PutOn, concern::put_on(owed::label(kind)))
        };
        Offer {
            label: model.say(&text),
            note: String::new(),
            value: Value::Owed(OwedValue::Label(concern, kind, change)),
        }
    };
    kinds.map(offer).collect()
}

/// Where concerns may stand.
pub(super) fn lives(model: &Model) -> Vec<Offer> {
    let states = ConcernState::ALL.into_iter().map(Some);
    let offer = |life: Option<ConcernState>| Offer {
        label: model.say(&life.map_or_else(register::all_states, owed::state)),
        note: String::new(),
        value: Value::Life(life),
    };
    std::iter::once(None).chain(states).map(offer).collect()
}

/// The other cadres.
pub(super) fn cadres(model: &Model, what: Option<EntityId>) -> Vec<Offer> {
    let Some(session) = model.session() else {
        return Vec::new();
    };
    let others = session.names.people.iter();
    let others = others.filter(|(id, _)| *id != session.me);
    others
        .map(|(id, person)| Offer {
            label: person.name.clone(),
            note: person.unit.clone(),
            value: Value::Owed(OwedValue::HandOver(what, *id)),
        })
        .collect()
}

impl OwedValue {
    pub(super) fn apply(self, model: &mut Model) -> Vec<Effect> {
        let today = model.today();
        let what = match self {
            Self::Step(concern, step) => TendWhat::Step(concern, step),
            Self::Label(concern, kind, change) => TendWhat::Label(concern, kind, change),
            Self::HandOver(what, to) => {
                let on = today;
                let tending = match what {
                    Some(what) => Tending::HandOver {
                        what: vec![what],
                        to,
                        on,
                    },
                    None => Tending::HandOverAll { to, on },
                };
                return vec![Effect::tend(tending)];
            }
        };
        tending::ask(model, what)
    }
}
