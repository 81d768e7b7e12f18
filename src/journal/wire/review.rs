//! The stored form of reviews.

use minicbor::bytes::ByteArray;

use super::parts::{Id, day, list, read_day, read_list, text};
use super::{recorded, wire};
use crate::domain::{EntryHash, PersonId, Review, Say, VisitId};
use crate::journal::Malformed;

wire!(record ReviewWire {
    1 visit: Id,
    2 say: u16,
    3 revision: ByteArray<32>,
    4 sends: Vec<ByteArray<32>>,
    5 after: Vec<Id>,
    6 text: String,
    7 by: Id,
    8 paper: String,
    9 on: i32,
});

recorded!(Review, ReviewWire);

fn number(say: Say) -> u16 {
    match say {
        Say::Confirm => 1,
        Say::Return => 2,
        Say::Ask => 3,
        Say::OnPaper => 4,
        Say::Conclude => 5,
    }
}

impl From<&Review> for ReviewWire {
    fn from(review: &Review) -> Self {
        Self {
            visit: review.visit.map(|id| id.0.into()),
            say: review.say.map(number),
            revision: review.revision.map(Into::into),
            sends: list(&review.sends, |hash| hash.0.into()),
            after: list(&review.after, |id| (*id).into()),
            text: text(&review.text),
            by: review.by.map(|id| id.0.into()),
            paper: text(&review.paper),
            on: review.on.map(day),
        }
    }
}

impl TryFrom<ReviewWire> for Review {
    type Error = Malformed;

    fn try_from(wire: ReviewWire) -> Result<Self, Malformed> {
        let known = |n| Say::ALL.into_iter().find(|say| number(*say) == n);
        Ok(Self {
            visit: wire.visit.map(|id| VisitId(id.into())),
            say: wire.say.and_then(known),
            revision: wire.revision.map(Into::into),
            sends: read_list(wire.sends, |hash| Ok(EntryHash(hash.into())))?,
            after: read_list(wire.after, |id| Ok(id.into()))?,
            text: wire.text.unwrap_or_default(),
            by: wire.by.map(|id| PersonId(id.into())),
            paper: wire.paper.unwrap_or_default(),
            on: read_day(wire.on)?,
        })
    }
}
