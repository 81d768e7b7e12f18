//! The fields of the form: their names, how each is typed, and their order.
//!
//! Owns the numbers that kept typing names fields by; a number never changes its meaning.

use crate::text::date::Lean;

/// What a field is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    Place,
    From,
    To,
    Team,
    Shared,
    Programme,
    Cell,
    Note,
    Category,
    Amount,
    Measure,
    PersonDays,
    Officers,
    Helped,
    Households,
    People,
    Turns,
    Source,
    Value,
    LeadUnit,
    Partners,
    Sites,
    ConfirmedBy,
    ConfirmedOn,
    Description,
    HelpedNames,
    Meeting,
    Capacity,
    Body,
    MeetingSite,
    Attendance,
    Remarks,
    Issues,
    Promise,
    PromiseDue,
    Concern,
    Topic,
    Line,
    ConcernSite,
    RaisedBy,
    Anonymous,
    Contact,
    Said,
    Wish,
    Settled,
    AnswerBy,
    EnvelopeNumber,
    EnvelopeDate,
    EnvelopeBody,
}

/// A list of the catalogue, or of the program itself, that a field chooses from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    Activities,
    Measures,
    Beneficiaries,
    Funding,
    Meetings,
    Capacities,
    Topics,
    Shared,
    /// The kinds of concern, denunciation and crime report among them.
    Concerns,
    Anonymous,
    Settled,
}

/// What was typed before and may be offered again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    Nothing,
    Units,
    Programmes,
    Cells,
}

/// How a field is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// One of a list, by type-ahead.
    Choice(List),
    /// Any of a short list, each on or off.
    Toggles(List),
    /// One village or commune.
    Site,
    /// Several villages or communes.
    Sites,
    /// Cadres, one of them the lead.
    People,
    /// Several units by name.
    Units,
    Day(Lean),
    Count,
    Quantity,
    Money,
    Line(Known),
    /// Several lines.
    Prose,
}

impl Slot {
    const ALL: [Self; 49] = [
        Self::Place,
        Self::From,
        Self::To,
        Self::Team,
        Self::Shared,
        Self::Programme,
        Self::Cell,
        Self::Note,
        Self::Category,
        Self::Amount,
        Self::Measure,
        Self::PersonDays,
        Self::Officers,
        Self::Helped,
        Self::Households,
        Self::People,
        Self::Turns,
        Self::Source,
        Self::Value,
        Self::LeadUnit,
        Self::Partners,
        Self::Sites,
        Self::ConfirmedBy,
        Self::ConfirmedOn,
        Self::Description,
        Self::HelpedNames,
        Self::Meeting,
        Self::Capacity,
        Self::Body,
        Self::MeetingSite,
        Self::Attendance,
        Self::Remarks,
        Self::Issues,
        Self::Promise,
        Self::PromiseDue,
        Self::Concern,
        Self::Topic,
        Self::Line,
        Self::ConcernSite,
        Self::RaisedBy,
        Self::Anonymous,
        Self::Contact,
        Self::Said,
        Self::Wish,
        Self::Settled,
        Self::AnswerBy,
        Self::EnvelopeNumber,
        Self::EnvelopeDate,
        Self::EnvelopeBody,
    ];

    /// Gives the number that stands for the field in kept typing: its place in `ALL`, so new fields
    /// go to the end.
    pub(super) fn number(self) -> u32 {
        let at = Self::ALL.iter().position(|slot| *slot == self);
        u32::try_from(at.expect("ALL holds every slot")).expect("a short list")
    }

    /// Finds the field of a number; `None` for one of a later release.
    pub(super) fn from_number(number: u32) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?).copied()
    }

    /// Gives how the field is typed.
    pub fn entry(self) -> Entry {
        match self {
            Self::Place | Self::MeetingSite | Self::ConcernSite => Entry::Site,
            Self::Sites => Entry::Sites,
            Self::From | Self::To | Self::ConfirmedOn | Self::EnvelopeDate => {
                Entry::Day(Lean::Past)
            }
            Self::PromiseDue | Self::AnswerBy => Entry::Day(Lean::Future),
            Self::Team => Entry::People,
            Self::Shared => Entry::Toggles(List::Shared),
            Self::Anonymous => Entry::Toggles(List::Anonymous),
            Self::Settled => Entry::Toggles(List::Settled),
            Self::Category => Entry::Choice(List::Activities),
            Self::Measure => Entry::Choice(List::Measures),
            Self::Helped => Entry::Choice(List::Beneficiaries),
            Self::Source => Entry::Choice(List::Funding),
            Self::Meeting => Entry::Choice(List::Meetings),
            Self::Capacity => Entry::Choice(List::Capacities),
            Self::Concern => Entry::Choice(List::Concerns),
            Self::Topic => Entry::Choice(List::Topics),
            Self::Amount | Self::PersonDays => Entry::Quantity,
            Self::Officers | Self::Households | Self::People | Self::Turns | Self::Attendance => {
                Entry::Count
            }
            Self::Value => Entry::Money,
            Self::Programme => Entry::Line(Known::Programmes),
            Self::Cell => Entry::Line(Known::Cells),
            Self::LeadUnit | Self::Body | Self::EnvelopeBody => Entry::Line(Known::Units),
            Self::Partners => Entry::Units,
            Self::ConfirmedBy
            | Self::Promise
            | Self::Line
            | Self::RaisedBy
            | Self::Contact
            | Self::EnvelopeNumber => Entry::Line(Known::Nothing),
            Self::Note
            | Self::Description
            | Self::HelpedNames
            | Self::Remarks
            | Self::Issues
            | Self::Said
            | Self::Wish => Entry::Prose,
        }
    }

    /// Returns whether the field lies with citizens' names, which not every device keeps.
    pub(super) fn is_of_names(self) -> bool {
        matches!(
            self,
            Self::HelpedNames
                | Self::RaisedBy
                | Self::Anonymous
                | Self::Contact
                | Self::Said
                | Self::Wish
        )
    }

    /// Gives the fields that are repeated together with this one, the first of them first.
    pub(super) fn group(self) -> &'static [Self] {
        match self {
            Self::Helped | Self::Households | Self::People | Self::Turns => {
                &[Self::Helped, Self::Households, Self::People, Self::Turns]
            }
            Self::Source | Self::Value => &[Self::Source, Self::Value],
            Self::Promise | Self::PromiseDue => &[Self::Promise, Self::PromiseDue],
            Self::Place
            | Self::From
            | Self::To
            | Self::Team
            | Self::Shared
            | Self::Programme
            | Self::Cell
            | Self::Note
            | Self::Category
            | Self::Amount
            | Self::Measure
            | Self::PersonDays
            | Self::Officers
            | Self::LeadUnit
            | Self::Partners
            | Self::Sites
            | Self::ConfirmedBy
            | Self::ConfirmedOn
            | Self::Description
            | Self::HelpedNames
            | Self::Meeting
            | Self::Capacity
            | Self::Body
            | Self::MeetingSite
            | Self::Attendance
            | Self::Remarks
            | Self::Issues
            | Self::Concern
            | Self::Topic
            | Self::Line
            | Self::ConcernSite
            | Self::RaisedBy
            | Self::Anonymous
            | Self::Contact
            | Self::Said
            | Self::Wish
            | Self::Settled
            | Self::AnswerBy
            | Self::EnvelopeNumber
            | Self::EnvelopeDate
            | Self::EnvelopeBody => &[],
        }
    }
}

impl Entry {
    /// Returns whether the field holds short text that the next key replaces when it is entered.
    pub(super) fn is_replaced(self) -> bool {
        match self {
            Self::Day(_) | Self::Count | Self::Quantity | Self::Money => true,
            Self::Choice(_)
            | Self::Toggles(_)
            | Self::Site
            | Self::Sites
            | Self::People
            | Self::Units
            | Self::Line(_)
            | Self::Prose => false,
        }
    }
}

/// A part of the visit that has fields of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Visit,
    Activity,
    Meeting,
    Concern,
    /// A denunciation: nothing but its paper envelope.
    Envelope,
    /// A crime report: nothing at all, it is handed to the criminal intake.
    CrimeReport,
}

impl Part {
    /// Gives the fields in the order of Tab, each repeated group once.
    pub(super) fn slots(self) -> &'static [Slot] {
        match self {
            Self::Visit => &[
                Slot::Place,
                Slot::From,
                Slot::To,
                Slot::Team,
                Slot::Shared,
                Slot::Programme,
                Slot::Cell,
                Slot::Note,
            ],
            Self::Activity => &[
                Slot::Category,
                Slot::Amount,
                Slot::Measure,
                Slot::PersonDays,
                Slot::Officers,
                Slot::Helped,
                Slot::Households,
                Slot::People,
                Slot::Turns,
                Slot::Source,
                Slot::Value,
                Slot::Description,
                Slot::LeadUnit,
                Slot::Partners,
                Slot::Sites,
                Slot::ConfirmedBy,
                Slot::ConfirmedOn,
                Slot::HelpedNames,
            ],
            Self::Meeting => &[
                Slot::Meeting,
                Slot::Capacity,
                Slot::Body,
                Slot::MeetingSite,
                Slot::Attendance,
                Slot::Remarks,
                Slot::Issues,
                Slot::Promise,
                Slot::PromiseDue,
            ],
            Self::Concern => &[
                Slot::Concern,
                Slot::Topic,
                Slot::Line,
                Slot::ConcernSite,
                Slot::Settled,
                Slot::AnswerBy,
                Slot::RaisedBy,
                Slot::Anonymous,
                Slot::Contact,
                Slot::Said,
                Slot::Wish,
            ],
            Self::Envelope => &[
                Slot::Concern,
                Slot::EnvelopeNumber,
                Slot::EnvelopeDate,
                Slot::EnvelopeBody,
            ],
            Self::CrimeReport => &[Slot::Concern],
        }
    }

    /// Gives the number that stands for the part in kept typing.
    pub(super) fn number(self) -> u32 {
        match self {
            Self::Visit => 0,
            Self::Activity => 1,
            Self::Meeting => 2,
            Self::Concern => 3,
            Self::Envelope => 4,
            Self::CrimeReport => 5,
        }
    }

    /// Finds the part of a number; `None` for one of a later release.
    pub(super) fn from_number(number: u32) -> Option<Self> {
        Some(match number {
            0 => Self::Visit,
            1 => Self::Activity,
            2 => Self::Meeting,
            3 => Self::Concern,
            4 => Self::Envelope,
            5 => Self::CrimeReport,
            _ => return None,
        })
    }

    /// Gives the section that the part stands in.
    pub fn section(self) -> Section {
        match self {
            Self::Visit => Section::Visit,
            Self::Activity => Section::Activities,
            Self::Meeting => Section::Meetings,
            Self::Concern | Self::Envelope | Self::CrimeReport => Section::Concerns,
        }
    }
}

/// A section of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    Visit,
    Activities,
    Meetings,
    Concerns,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slot_has_one_number() {
        for (at, slot) in Slot::ALL.into_iter().enumerate() {
            assert_eq!(slot.number() as usize, at);
            assert_eq!(Slot::from_number(slot.number()), Some(slot));
        }
        assert_eq!(Slot::from_number(49), None);
    }

    #[test]
    fn every_slot_stands_in_a_part() {
        let parts = (0..6).filter_map(Part::from_number);
        let listed: Vec<Slot> = parts.flat_map(|part| part.slots()).copied().collect();
        assert!(Slot::ALL.iter().all(|slot| listed.contains(slot)));
    }
}
