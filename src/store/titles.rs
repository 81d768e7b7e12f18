//! What a row of a list but that of visits says: its bytes. Never decides what goes into it.

use minicbor::bytes::ByteArray;

use super::bytes::{decode, encode};
use super::error::StoreError;
use super::rows::{BriefBytes, SiteBytes, code_text, day_number, number_day, text_code};
use crate::domain::{
    ConcernKind, ConcernState, InspectedLaw, PersonId, ReceptionKind, RowTitle, Settlement,
    SiteName, VisitId,
};

/// The summary of every row but a visit's.
#[derive(Clone, Debug, minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
struct RecordBytes {
    #[n(0)]
    visit: Option<ByteArray<16>>,
    #[n(1)]
    site: SiteBytes,
    #[n(2)]
    title: TitleBytes,
}

#[derive(Clone, Debug, minicbor::Encode, minicbor::Decode)]
enum TitleBytes {
    #[n(0)]
    Activity(#[n(0)] BriefBytes, #[n(1)] String),
    #[n(1)]
    Meeting(#[n(0)] Option<String>, #[n(1)] String),
    #[n(2)]
    Concern(#[n(0)] ConcernBytes),
    #[n(3)]
    Promise(
        #[n(0)] String,
        #[n(1)] Option<u32>,
        #[n(2)] Option<u32>,
        #[n(3)] Option<ByteArray<16>>,
    ),
    #[n(4)]
    Reception(
        #[n(0)] Option<u8>,
        #[n(1)] String,
        #[n(2)] u32,
        #[n(3)] Option<u32>,
        #[n(4)] Option<u32>,
    ),
    #[n(5)]
    Duty(
        #[n(0)] String,
        #[n(1)] u32,
        #[n(2)] Option<u32>,
        #[n(3)] Option<u32>,
        #[n(4)] Option<u32>,
    ),
    #[n(6)]
    Inspection(#[n(0)] InspectionBytes),
    #[n(7)]
    Assignment(#[n(0)] AssignmentBytes),
}

#[derive(Clone, Debug, minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
struct ConcernBytes {
    #[n(0)]
    kind: Option<u8>,
    #[n(1)]
    line: String,
    #[n(2)]
    on_the_spot: bool,
    #[n(3)]
    answer_by: Option<u32>,
    #[n(4)]
    state: u8,
    #[n(5)]
    officer: Option<ByteArray<16>>,
}

#[derive(Clone, Debug, minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
struct InspectionBytes {
    #[n(0)]
    decision: String,
    #[n(1)]
    body: String,
    #[n(2)]
    laws: Vec<u8>,
    #[n(3)]
    agencies: u32,
    #[n(4)]
    from: Option<u32>,
    #[n(5)]
    concluded: Option<u32>,
}

#[derive(Clone, Debug, minicbor::Encode, minicbor::Decode)]
#[cbor(array)]
struct AssignmentBytes {
    #[n(0)]
    duty: Option<String>,
    #[n(1)]
    who: String,
    #[n(2)]
    cell: String,
    #[n(3)]
    from: Option<u32>,
    #[n(4)]
    to: Option<u32>,
    #[n(5)]
    quota: Option<u32>,
}

/// The place of a value in a closed list; lists of views may change, a rebuild makes them again.
pub(super) fn place<T: PartialEq>(all: impl IntoIterator<Item = T>, value: T) -> u8 {
    let at = all.into_iter().position(|one| one == value);
    at.and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX)
}

/// The value at a place.
pub(super) fn at<T>(all: impl IntoIterator<Item = T>, place: u8) -> Option<T> {
    all.into_iter().nth(usize::from(place))
}

fn reception_kinds() -> impl Iterator<Item = ReceptionKind> {
    ReceptionKind::ALL.into_iter().map(|(kind, _)| kind)
}

fn laws() -> impl Iterator<Item = InspectedLaw> {
    InspectedLaw::ALL.into_iter().map(|(law, _)| law)
}

impl From<&RowTitle> for TitleBytes {
    fn from(title: &RowTitle) -> Self {
        match title {
            RowTitle::Activity { brief, description } => {
                Self::Activity(brief.into(), description.clone())
            }
            RowTitle::Meeting { kind, body } => Self::Meeting(code_text(kind), body.clone()),
            RowTitle::Concern {
                kind,
                line,
                settlement,
                answer_by,
                state,
                officer,
            } => Self::Concern(ConcernBytes {
                kind: kind.map(|kind| place(ConcernKind::ALL, kind)),
                line: line.clone(),
                on_the_spot: *settlement == Settlement::OnTheSpot,
                answer_by: answer_by.map(day_number),
                state: place(ConcernState::ALL, *state),
                officer: officer.map(|officer| officer.0.into()),
            }),
            RowTitle::Promise {
                text,
                due,
                answered,
                officer,
            } => Self::Promise(
                text.clone(),
                due.map(day_number),
                answered.map(day_number),
                officer.map(|officer| officer.0.into()),
            ),
            RowTitle::Reception {
                kind,
                head,
                cases,
                people,
                turns,
            } => Self::Reception(
                kind.map(|kind| place(reception_kinds(), kind)),
                head.clone(),
                *cases,
                *people,
                *turns,
            ),
            RowTitle::Duty {
                unit,
                people,
                received,
                solved,
                overdue,
            } => Self::Duty(unit.clone(), *people, *received, *solved, *overdue),
            RowTitle::Inspection {
                decision,
                body,
                laws: of,
                agencies,
                from,
                concluded,
            } => Self::Inspection(InspectionBytes {
                decision: decision.clone(),
                body: body.clone(),
                laws: of.iter().map(|law| place(laws(), *law)).collect(),
                agencies: *agencies,
                from: from.map(day_number),
                concluded: concluded.map(day_number),
            }),
            RowTitle::Assignment {
                duty,
                who,
                cell,
                from,
                to,
                quota,
            } => Self::Assignment(AssignmentBytes {
                duty: code_text(duty),
                who: who.clone(),
                cell: cell.clone(),
                from: from.map(day_number),
                to: to.map(day_number),
                quota: *quota,
            }),
        }
    }
}

impl From<TitleBytes> for RowTitle {
    fn from(bytes: TitleBytes) -> Self {
        let day = |number: Option<u32>| number.and_then(number_day);
        let person = |id: Option<ByteArray<16>>| id.map(|id| PersonId(id.into()));
        match bytes {
            TitleBytes::Activity(brief, description) => Self::Activity {
                brief: brief.into(),
                description,
            },
            TitleBytes::Meeting(kind, body) => Self::Meeting {
                kind: text_code(kind),
                body,
            },
            TitleBytes::Concern(bytes) => Self::Concern {
                kind: bytes.kind.and_then(|kind| at(ConcernKind::ALL, kind)),
                line: bytes.line,
                settlement: if bytes.on_the_spot {
                    Settlement::OnTheSpot
                } else {
                    Settlement::Pending
                },
                answer_by: day(bytes.answer_by),
                state: at(ConcernState::ALL, bytes.state).unwrap_or_default(),
                officer: person(bytes.officer),
            },
            TitleBytes::Promise(text, due, answered, officer) => Self::Promise {
                text,
                due: day(due),
                answered: day(answered),
                officer: person(officer),
            },
            TitleBytes::Reception(kind, head, cases, people, turns) => Self::Reception {
                kind: kind.and_then(|kind| at(reception_kinds(), kind)),
                head,
                cases,
                people,
                turns,
            },
            TitleBytes::Duty(unit, people, received, solved, overdue) => Self::Duty {
                unit,
                people,
                received,
                solved,
                overdue,
            },
            TitleBytes::Inspection(bytes) => Self::Inspection {
                decision: bytes.decision,
                body: bytes.body,
                laws: bytes
                    .laws
                    .into_iter()
                    .filter_map(|law| at(laws(), law))
                    .collect(),
                agencies: bytes.agencies,
                from: day(bytes.from),
                concluded: day(bytes.concluded),
            },
            TitleBytes::Assignment(bytes) => Self::Assignment {
                duty: text_code(bytes.duty),
                who: bytes.who,
                cell: bytes.cell,
                from: day(bytes.from),
                to: day(bytes.to),
                quota: bytes.quota,
            },
        }
    }
}

pub(super) fn record_summary(visit: Option<VisitId>, site: &SiteName, title: &RowTitle) -> Vec<u8> {
    encode(&RecordBytes {
        visit: visit.map(|visit| visit.0.into()),
        site: site.into(),
        title: title.into(),
    })
}

pub(super) fn read_record(
    summary: &[u8],
) -> Result<(Option<VisitId>, SiteName, RowTitle), StoreError> {
    let bytes: RecordBytes = decode(summary, "rows")?;
    Ok((
        bytes.visit.map(|visit| VisitId(visit.into())),
        bytes.site.into(),
        bytes.title.into(),
    ))
}
