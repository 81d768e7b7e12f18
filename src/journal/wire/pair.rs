//! The stored form of decisions about pairs of visits.

use super::parts::{Id, text};
use super::{recorded, wire};
use crate::domain::{Pair, Verdict, VisitId};
use crate::journal::Malformed;

wire!(record PairWire {
    1 first: Id,
    2 second: Id,
    3 verdict: u16,
    4 note: String,
});

recorded!(Pair, PairWire);

const LINKED: u16 = 1;
const DISMISSED: u16 = 2;

impl From<&Pair> for PairWire {
    fn from(pair: &Pair) -> Self {
        Self {
            first: pair.visits.map(|(first, _)| first.0.into()),
            second: pair.visits.map(|(_, second)| second.0.into()),
            verdict: pair.verdict.map(|verdict| match verdict {
                Verdict::Linked => LINKED,
                Verdict::Dismissed => DISMISSED,
            }),
            note: text(&pair.note),
        }
    }
}

impl TryFrom<PairWire> for Pair {
    type Error = Malformed;

    fn try_from(wire: PairWire) -> Result<Self, Malformed> {
        let visit = |id: Id| VisitId(id.into());
        Ok(Self {
            visits: wire.first.map(visit).zip(wire.second.map(visit)),
            verdict: match wire.verdict {
                Some(LINKED) => Some(Verdict::Linked),
                Some(DISMISSED) => Some(Verdict::Dismissed),
                // Left out: a later release's verdict.
                Some(_) | None => None,
            },
            note: wire.note.unwrap_or_default(),
        })
    }
}
