//! What people decided about two visits that may be one, and what of linked visits counts.

use std::collections::BTreeMap;

use super::{About, EntityId, EntityKind, VisitId, VisitState};

/// The record of what was decided about two visits; both devices that decide about the same two
/// write into the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PairId(pub [u8; 16]);

impl From<PairId> for EntityId {
    fn from(id: PairId) -> Self {
        EntityId {
            kind: EntityKind::Pair,
            id: id.0,
        }
    }
}

impl PairId {
    /// Returns the id of the pair of two visits, in either order.
    pub fn of(one: VisitId, other: VisitId) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"bacung pair v1\0");
        hasher.update(&one.min(other).0);
        hasher.update(&one.max(other).0);
        let mut id = [0; 16];
        id.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Self(id)
    }
}

/// What a person decided about two visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// They tell of the same: they count once.
    Linked,
    /// They are two: not to be asked again.
    Dismissed,
}

/// What stands about two visits, by all that was decided about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decision {
    Linked,
    Dismissed,
    /// Two people decided differently, neither knowing of the other: nothing is decided.
    Disputed,
}

/// A decision about two visits, as it is recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// The two visits, the smaller id first.
    pub visits: Option<(VisitId, VisitId)>,
    pub verdict: Option<Verdict>,
    pub note: String,
}

impl Pair {
    /// Returns the record of a decision.
    pub fn new(one: VisitId, other: VisitId, verdict: Verdict, note: String) -> Self {
        Self {
            visits: Some((one.min(other), one.max(other))),
            verdict: Some(verdict),
            note,
        }
    }
}

/// Returns whether a visit in the state counts in numbers at all.
pub fn counts(state: VisitState) -> bool {
    match state {
        VisitState::Sent
        | VisitState::Returned
        | VisitState::Confirmed
        | VisitState::Changed
        | VisitState::OnPaper => true,
        VisitState::Draft | VisitState::Conflict | VisitState::Withdrawn => false,
    }
}

/// Tells, part by part of a visit, which ones the visits linked to it count already.
///
/// `earlier` are the linked visits that count and have a smaller id, each by what its parts are
/// about. Of parts about the same, as many are repeats as the earlier visit with most of them has;
/// so all linked visits together count as often as the one that has most.
pub fn repeats(earlier: &[Vec<About>], own: &[About]) -> Vec<bool> {
    let mut counted = BTreeMap::<&About, usize>::new();
    for visit in earlier {
        let mut in_it = BTreeMap::<&About, usize>::new();
        for about in visit.iter().filter(|about| about.repeats()) {
            *in_it.entry(about).or_default() += 1;
        }
        for (about, count) in in_it {
            let most = counted.entry(about).or_default();
            *most = count.max(*most);
        }
    }
    let is_repeat = |about: &About| match counted.get_mut(about) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        Some(_) | None => false,
    };
    own.iter().map(is_repeat).collect()
}

/// Where a visit stands among those linked to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Linked {
    /// Linked to no other.
    #[default]
    No,
    /// The first that counts.
    First,
    /// An earlier one counts for it.
    Repeat,
}

#[cfg(test)]
mod tests;
