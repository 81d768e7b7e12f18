//! Guards what many read against names and numbers of the citizens it is about: looks both up where they lie.
//!
//! Owns which texts of a step are read by many. Decides nothing: a person may keep a name that is a cadre's too.

use super::entity::{known, must_know};
use super::error::StoreError;
use super::family::{load, members};
use super::reader::Reader;
use super::tables::Read;
use crate::domain::{
    EntityId, EntityKind, HelpedNames, Particulars, RaisedBy, RegisterRow, Registered, Tending,
};
use crate::text::private::Private;

impl Reader {
    /// Gathers the names and numbers that this device holds of citizens in the visit or reception that a record
    /// belongs to.
    pub fn private_of(&self, entity: EntityId) -> Result<Private, StoreError> {
        private_of(&self.snapshot()?, entity)
    }

    /// Tells whether something that is about to be done says, where many read it, who a citizen is.
    pub fn names_a_citizen(&self, tending: &Tending) -> Result<bool, StoreError> {
        let (about, texts): (Option<EntityId>, Vec<&str>) = match tending {
            Tending::Step { concern, taken } => {
                let texts = vec![taken.paper.as_str(), &taken.body, &taken.reason];
                (Some((*concern).into()), texts)
            }
            Tending::Label(label) => {
                let texts = vec![label.paper.as_str(), &label.list];
                (label.concern.map(Into::into), texts)
            }
            Tending::Row { reception, row } => (Some((*reception).into()), row_texts(row)),
            Tending::TakeBack { what, reason } => (Some(*what), vec![reason.as_str()]),
            Tending::Answer(answer) => (answer.promise.map(Into::into), vec![answer.text.as_str()]),
            Tending::Reception(reception) => {
                let texts = vec![reception.value.note.as_str()];
                (reception.id.map(Into::into), texts)
            }
            // An envelope lies where nobody else reads; the others are about no citizen.
            Tending::Envelope { .. }
            | Tending::HandOver { .. }
            | Tending::HandOverAll { .. }
            | Tending::Accept { .. }
            | Tending::TakeCharge { .. }
            | Tending::Duty(_)
            | Tending::Inspection(_)
            | Tending::Assignment(_) => (None, Vec::new()),
        };
        let Some(about) = about else {
            return Ok(false);
        };
        let mut private = private_of(&self.snapshot()?, about)?;
        if let Tending::Row {
            row: RegisterRow::Concern(_, Some(particulars)),
            ..
        } = tending
        {
            add(&mut private, particulars);
        }
        Ok(texts.into_iter().any(|text| private.is_in(text)))
    }
}

/// What many read of a row of the register.
fn row_texts(row: &RegisterRow) -> Vec<&str> {
    match row {
        RegisterRow::Concern(concern, _) => {
            let Registered {
                settled_by,
                passed_to,
                note,
                ..
            } = &concern.registered;
            vec![&concern.line, settled_by, passed_to, note]
        }
        RegisterRow::Envelope(_) => Vec::new(),
    }
}

fn add(private: &mut Private, particulars: &Particulars) {
    if let RaisedBy::Citizen(citizen) = &particulars.raised_by {
        private.add_names(&citizen.name);
        private.add_numbers(&citizen.contact);
        private.add_numbers(&citizen.id_number);
    }
}

fn private_of(read: &impl Read, entity: EntityId) -> Result<Private, StoreError> {
    let mut private = Private::default();
    let mut top = entity;
    let mut next = known(read, entity)?;
    if next.is_none() {
        return Ok(private);
    }
    while let Some(whole) = next.and_then(|known| known.whole()) {
        top = whole;
        next = Some(must_know(read, whole)?);
    }
    for part in members(read, top)? {
        match part.kind {
            EntityKind::Particulars => {
                if let Some(found) = load::<Particulars>(read, part)? {
                    add(&mut private, &found.value);
                }
            }
            EntityKind::Helped => {
                if let Some(found) = load::<HelpedNames>(read, part)? {
                    private.add_names(&found.value.names);
                }
            }
            _ => {}
        }
    }
    Ok(private)
}
