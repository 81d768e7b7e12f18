//! Rows of tables that tell of no visit: receptions with matters of their registers, duties, inspections.

use super::{Taking, stands};
use crate::domain::{
    Beside, DutyId, EntityId, EntityKind, InspectionId, Person, PersonId, Place, PlaceId,
    ReceptionId, RowId,
};
use crate::journal::Stream;
use crate::store::entity::{must_know, record};
use crate::store::error::{StoreError, WriteError};
use crate::store::open::Work;
use crate::store::tables::{Read, Tab};

/// Villages and cadres that rows name.
type Named = (Vec<(PlaceId, Place)>, Vec<(PersonId, Person)>);

impl Taking {
    /// Makes a reception, a duty or an inspection of rows that are not known yet; further matters of a session
    /// that is known join it.
    pub(super) fn beside(
        &mut self,
        work: &mut Work<'_, '_>,
        beside: Beside,
        rows: Vec<RowId>,
        (places, people): Named,
    ) -> Result<(), WriteError> {
        let mut known = None;
        let mut new = Vec::with_capacity(rows.len());
        for row in rows {
            match stands(work.draft, row)? {
                Some(entity) => {
                    known = known.or(Some(entity));
                    self.taken.unchanged.push(row);
                }
                None => new.push(row),
            }
        }
        if new.is_empty() {
            return Ok(());
        }
        self.names(work, places, people)?;
        match beside {
            Beside::Reception(reception, concerns) => {
                let session = match session_of(work.draft, known)? {
                    Some(session) => session,
                    None => {
                        let id = ReceptionId(work.new_id(Stream::Open));
                        work.create(id.into(), &*reception)?;
                        id
                    }
                };
                for mut file in concerns {
                    if file.concern.value.row.is_some_and(|row| new.contains(&row)) {
                        file.concern.value.reception = Some(session);
                        work.register_concern(file, self.role)?;
                    }
                }
            }
            Beside::Duty(duty) => {
                let id = DutyId(work.new_id(Stream::Open));
                work.create(id.into(), &*duty)?;
            }
            Beside::Inspection(inspection) => {
                let id = InspectionId(work.new_id(Stream::Open));
                work.create(id.into(), &*inspection)?;
            }
        }
        for row in &new {
            work.draft.remove(Tab::Quarantine, &row.0)?;
        }
        self.taken.added.append(&mut new);
        Ok(())
    }
}

/// Returns the session that a known matter lies in, where it still stands.
fn session_of(
    read: &impl Read,
    known: Option<EntityId>,
) -> Result<Option<ReceptionId>, StoreError> {
    let Some(entity) = known else {
        return Ok(None);
    };
    let whole = must_know(read, entity)?.whole();
    let Some(whole) = whole.filter(|whole| whole.kind == EntityKind::Reception) else {
        return Ok(None);
    };
    let standing = record(read, whole)?;
    let gone = standing.is_void() || standing.withdrawn.is_some();
    Ok((!gone).then_some(ReceptionId(whole.id)))
}
