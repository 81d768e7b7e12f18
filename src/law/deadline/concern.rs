//! From the life of a concern to the facts that its dates follow from.

use super::{Circumstances, Facts, Starts, Suspension};
use crate::domain::{ConcernKind, Day, LabelKind, OpenConcern, PartWithdrawal};
use crate::law::rules::{Instance, Kind, Rules, Trigger, Withdrawable};

impl From<ConcernKind> for Kind {
    fn from(kind: ConcernKind) -> Self {
        match kind {
            ConcernKind::Complaint => Self::Complaint,
            ConcernKind::Recommendation => Self::Recommendation,
            ConcernKind::Reflection => Self::Reflection,
        }
    }
}

impl Facts {
    /// Takes what the steps say; the day on which it was heard starts no limit of the law.
    pub fn of_concern(concern: &OpenConcern, instance: Instance) -> Self {
        let starts = Starts::default()
            .with(Trigger::Received, concern.received)
            .with(Trigger::Accepted, concern.accepted)
            .with(Trigger::Decided, concern.decided);
        let suspensions = concern.suspended.iter();
        Self {
            kind: concern.kind.into(),
            instance,
            starts,
            circumstances: Circumstances {
                complex: concern.labels.contains(&LabelKind::Complex),
                remote: concern.labels.contains(&LabelKind::Remote),
                several_places: false,
            },
            extended: 0,
            suspensions: suspensions
                .map(|&(from, to)| Suspension { from, to: Some(to) })
                .collect(),
        }
    }
}

impl Rules {
    /// Tells whether a part of a petition may be withdrawn on a day.
    pub fn part_withdrawal(&self, kind: Kind, on: Day) -> PartWithdrawal {
        match self.withdrawal(kind, on).map(|rule| rule.parts) {
            Some(Withdrawable::WholeOrPart) => PartWithdrawal::Allowed,
            Some(Withdrawable::Whole) | None => PartWithdrawal::NotAllowed,
        }
    }
}
