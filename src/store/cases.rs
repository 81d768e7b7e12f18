//! What is owed, as a view: a value for each open case, made from the journal alone. When it is due depends on
//! the law of this machine and is [`super::dues`]'s.

use std::collections::BTreeMap;

use minicbor::bytes::ByteArray;

use super::absorb::Owed;
use super::bytes::{decode, encode};
use super::entity::{entity_from_key, entity_key};
use super::error::StoreError;
use super::linked::Group;
use super::rows::{day_number, number_day};
use super::tables::{Draft, Read, Tab};
use super::titles::{at, place};
use crate::domain::{
    ConcernKind, ConcernState, Day, EntityId, LabelKind, Matter, OpenCase, OpenConcern, PersonId,
};

/// All open cases.
pub(super) const CASES: Group<'static> = Group {
    tab: Tab::Cases,
    prefix: b"o",
};

fn key(entity: EntityId) -> Vec<u8> {
    let mut key = CASES.prefix.to_vec();
    key.extend_from_slice(&entity_key(entity));
    key
}

#[derive(minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
struct CaseBytes {
    #[n(0)]
    officer: Option<ByteArray<16>>,
    #[n(1)]
    matter: MatterBytes,
}

#[derive(minicbor::Encode, minicbor::Decode)]
enum MatterBytes {
    #[n(0)]
    Concern(#[n(0)] ConcernBytes),
    #[n(1)]
    Promise(#[n(0)] Option<u32>),
    #[n(2)]
    Envelope(#[n(0)] Option<u32>),
}

#[derive(minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
struct ConcernBytes {
    #[n(0)]
    kind: u8,
    #[n(1)]
    state: u8,
    #[n(2)]
    heard: Option<u32>,
    #[n(3)]
    since: Option<u32>,
    #[n(4)]
    received: Option<u32>,
    #[n(5)]
    accepted: Option<u32>,
    #[n(6)]
    decided: Option<u32>,
    #[n(7)]
    suspended: Vec<(u32, u32)>,
    #[n(8)]
    labels: Vec<u8>,
    #[n(9)]
    answer_by: Option<u32>,
}

fn labels() -> impl Iterator<Item = LabelKind> {
    LabelKind::ALL.into_iter().map(|(kind, _)| kind)
}

fn number(day: Option<Day>) -> Option<u32> {
    day.map(day_number)
}

fn day(number: Option<u32>) -> Option<Day> {
    number.and_then(number_day)
}

fn to_bytes(case: &OpenCase) -> Vec<u8> {
    encode(&CaseBytes {
        officer: case.officer.map(|officer| officer.0.into()),
        matter: match &case.matter {
            Matter::Concern(concern) => MatterBytes::Concern(ConcernBytes {
                kind: place(ConcernKind::ALL, concern.kind),
                state: place(ConcernState::ALL, concern.state),
                heard: number(concern.heard),
                since: number(concern.since),
                received: number(concern.received),
                accepted: number(concern.accepted),
                decided: number(concern.decided),
                suspended: concern
                    .suspended
                    .iter()
                    .map(|(from, to)| (day_number(*from), day_number(*to)))
                    .collect(),
                labels: concern.labels.iter().map(|l| place(labels(), *l)).collect(),
                answer_by: number(concern.answer_by),
            }),
            Matter::Promise { due } => MatterBytes::Promise(number(*due)),
            Matter::Envelope { on } => MatterBytes::Envelope(number(*on)),
        },
    })
}

fn from_bytes(entity: EntityId, content: &[u8]) -> Result<OpenCase, StoreError> {
    let damaged = || StoreError::Damaged("cases");
    let bytes: CaseBytes = decode(content, "cases")?;
    let matter = match bytes.matter {
        MatterBytes::Concern(concern) => Matter::Concern(OpenConcern {
            kind: at(ConcernKind::ALL, concern.kind).ok_or_else(damaged)?,
            state: at(ConcernState::ALL, concern.state).ok_or_else(damaged)?,
            heard: day(concern.heard),
            since: day(concern.since),
            received: day(concern.received),
            accepted: day(concern.accepted),
            decided: day(concern.decided),
            suspended: concern
                .suspended
                .into_iter()
                .filter_map(|(from, to)| number_day(from).zip(number_day(to)))
                .collect(),
            labels: concern
                .labels
                .into_iter()
                .filter_map(|label| at(labels(), label))
                .collect(),
            answer_by: day(concern.answer_by),
        }),
        MatterBytes::Promise(due) => Matter::Promise { due: day(due) },
        MatterBytes::Envelope(on) => Matter::Envelope { on: day(on) },
    };
    Ok(OpenCase {
        entity,
        officer: bytes.officer.map(|id| PersonId(id.into())),
        matter,
    })
}

/// Brings the view from what was owed to what is.
pub(super) fn step(draft: &mut Draft<'_>, owed: &Owed) -> Result<(), StoreError> {
    let after: BTreeMap<EntityId, &OpenCase> =
        owed.after.iter().map(|case| (case.entity, case)).collect();
    let before: BTreeMap<EntityId, &OpenCase> =
        owed.before.iter().map(|case| (case.entity, case)).collect();
    for case in &owed.before {
        if !after.contains_key(&case.entity) {
            CASES.remove(draft, &key(case.entity))?;
        }
    }
    for (entity, case) in after {
        if before.get(&entity) != Some(&case) {
            CASES.put(draft, &key(entity), to_bytes(case))?;
        }
    }
    Ok(())
}

/// Reads what is owed about a record; `None` where nothing is.
pub(super) fn case(read: &impl Read, entity: EntityId) -> Result<Option<OpenCase>, StoreError> {
    let content = CASES.get(read, &key(entity))?;
    content
        .map(|content| from_bytes(entity, &content))
        .transpose()
}

/// Reads everything that is owed.
pub(super) fn all(read: &impl Read) -> Result<Vec<OpenCase>, StoreError> {
    let of = |(key, content): (Vec<u8>, Vec<u8>)| {
        let entity = key.get(CASES.prefix.len()..).unwrap_or_default();
        from_bytes(entity_from_key(entity)?, &content)
    };
    CASES.all(read)?.into_iter().map(of).collect()
}
