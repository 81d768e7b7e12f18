//! A concern or promise with all that was done about it, as a screen and a command show it.

use super::{
    Answer, Assignment, Charge, ChargeId, ConcernLife, Day, Duty, EnvelopeId, Inspection, Label,
    OpenCase, PersonId, Reception, RecordRow, Taken,
};

/// What is owed to somebody, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwedDetail {
    pub row: RecordRow,
    pub matter: OwedMatter,
    pub officer: Option<PersonId>,
    /// Everything that was handed over, oldest first.
    pub charges: Vec<(ChargeId, Charge)>,
    /// `None` where nothing is owed any more.
    pub case: Option<OpenCase>,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwedMatter {
    Concern {
        life: ConcernLife,
        /// Steps that do not fit the others: two people did not know of each other.
        passed_over: Vec<Taken>,
        labels: Vec<Label>,
    },
    Promise {
        answers: Vec<Answer>,
    },
    Reception {
        reception: Reception,
        /// Rows of the register, in the order in which they were written.
        rows: Vec<RecordRow>,
        /// Denunciations, on devices that hold them.
        envelopes: Vec<EnvelopeRow>,
    },
    Duty(Duty),
    Inspection(Inspection),
    Assignment(Assignment),
}

/// The envelope of a denunciation as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvelopeRow {
    pub id: EnvelopeId,
    pub number: String,
    pub handed_over: Option<Day>,
}

impl OwedDetail {
    /// Returns what was handed to somebody who has not accepted it yet.
    pub fn offered_to(&self, person: PersonId) -> Vec<ChargeId> {
        let charges = self.charges.iter();
        let open = charges
            .filter(|(_, charge)| charge.officer == Some(person) && charge.accepted.is_none());
        open.map(|(id, _)| *id).collect()
    }
}
