//! Labels of a concern or a place: each time one is put on or taken off, by whom, on which paper.
//!
//! A label is never switched off without a trace: "21 of 21" must stay provable.

use super::{ConcernId, Day, EntityId, PersonId, Site};

/// What a label says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LabelKind {
    /// A legal ground that changes a limit (phức tạp).
    Complex,
    /// Hard to reach (vùng sâu, vùng xa đi lại khó khăn); changes limits of complaints.
    Remote,
    /// Tồn đọng, kéo dài: a word of plans and reports.
    Prolonged,
    /// On a named list of cases to review, which is frozen.
    ReviewList,
    /// Đoàn đông người.
    LargeGroup,
    /// Điểm nóng; belongs to a place.
    HotSpot,
}

impl LabelKind {
    /// Every label with its word of files and of the command line.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Complex, "complex"),
        (Self::Remote, "remote"),
        (Self::Prolonged, "prolonged"),
        (Self::ReviewList, "review_list"),
        (Self::LargeGroup, "large_group"),
        (Self::HotSpot, "hot_spot"),
    ];

    /// Returns the word of files and of the command line.
    pub fn as_str(self) -> &'static str {
        let found = Self::ALL.iter().find(|(kind, _)| *kind == self);
        found.map_or("", |(_, word)| word)
    }

    /// Tells whether it belongs to a place and not to a concern.
    pub fn is_of_place(self) -> bool {
        self == Self::HotSpot
    }
}

/// Whether a label is put on or taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LabelChange {
    PutOn,
    TakenOff,
}

/// A label put on or taken off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    pub concern: Option<ConcernId>,
    pub site: Option<Site>,
    pub kind: Option<LabelKind>,
    pub change: Option<LabelChange>,
    pub on: Option<Day>,
    /// The number of the paper, or the reason.
    pub paper: String,
    /// The plan or document of a review list.
    pub list: String,
    /// Who decided.
    pub person: Option<PersonId>,
}

impl Label {
    /// Returns the concern that it is on.
    pub fn whole(&self) -> Option<EntityId> {
        self.concern.map(EntityId::from)
    }
}

/// The labels that stand on a day, by all changes in the order of their days.
pub fn standing<'l>(changes: impl IntoIterator<Item = &'l Label>, day: Day) -> Vec<LabelKind> {
    let mut standing = Vec::new();
    for label in changes {
        let (Some(kind), Some(change)) = (label.kind, label.change) else {
            continue;
        };
        if label.on.is_some_and(|on| on > day) {
            continue;
        }
        standing.retain(|other| *other != kind);
        if change == LabelChange::PutOn {
            standing.push(kind);
        }
    }
    standing.sort_unstable();
    standing
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(kind: LabelKind, change: LabelChange, on: &str) -> Label {
        Label {
            kind: Some(kind),
            change: Some(change),
            on: Some(on.parse().expect("a day")),
            ..Label::default()
        }
    }

    #[test]
    fn a_label_that_was_taken_off_stood_before() {
        let changes = [
            label(LabelKind::Prolonged, LabelChange::PutOn, "2026-01-10"),
            label(LabelKind::Complex, LabelChange::PutOn, "2026-02-10"),
            label(LabelKind::Prolonged, LabelChange::TakenOff, "2026-03-10"),
        ];
        let on = |day: &str| standing(&changes, day.parse().expect("a day"));
        assert_eq!(on("2026-01-09"), []);
        assert_eq!(on("2026-02-10"), [LabelKind::Complex, LabelKind::Prolonged]);
        assert_eq!(on("2026-03-10"), [LabelKind::Complex]);
    }
}
