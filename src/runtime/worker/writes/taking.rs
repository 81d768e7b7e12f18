//! The writer's side of a table that is looked at or taken in.

use super::Desk;
use crate::app::{Answer, ReadTable, Setup};
use crate::domain::Quarantined;
use crate::import::{Citizens, Fault};
use crate::journal::StreamIds;
use crate::runtime::intake;
use crate::runtime::logbook::{self, Logbook};
use crate::runtime::panics::caught;
use crate::runtime::worker::Place;
use crate::runtime::worker::import::Importing;
use crate::store::{Moment, Store, WriteError};

impl Desk {
    pub(super) fn look(&mut self, table: ReadTable) {
        if let Err(answer) = self.reopen() {
            self.place.answer(answer);
        } else if let Some(open) = &self.open {
            self.importing.look(&self.place, &self.orders, open, table);
        }
    }

    /// Goes on with the table that is taken in.
    pub(super) fn import(
        &mut self,
        go_on: impl FnOnce(
            &mut Importing,
            &Place,
            &mut Logbook,
            Moment,
        ) -> Result<Vec<Answer>, WriteError>,
    ) {
        let Some(open) = &mut self.open else {
            return;
        };
        let now = logbook::moment(&*self.place.clock);
        let done = caught(|| go_on(&mut self.importing, &self.place, open, now));
        if !matches!(done, Ok(Ok(_))) {
            self.importing.let_go();
        }
        self.made(done, None, now);
    }
}

/// Takes in a row of the quarantine as it was corrected, where it can be read now.
pub(super) fn take_row(
    store: &Store,
    row: &Quarantined,
    setup: &Setup,
    now: Moment,
    ids: &mut StreamIds,
) -> Result<Vec<Answer>, WriteError> {
    let reader = store.reader();
    let names = reader.names()?;
    let citizens = match reader.profile()?.role.keeps_names() {
        true => Citizens::Kept,
        false => Citizens::LeftOut,
    };
    let lists = (&setup.catalogue, &setup.communes);
    let days = (now.today, now.now);
    match intake::read_again(row, lists, &names, days, citizens) {
        Err(Fault { reason, column }) => Ok(vec![Answer::RowUnread {
            row: row.id,
            reason,
            column,
        }]),
        Ok(read) => {
            store.take_in(vec![read], Vec::new(), now, ids)?;
            // One whose record is there already waits no longer either.
            store.drop_quarantined(&[row.id])?;
            Ok(vec![Answer::RowTaken {
                row: row.id,
                names: Box::new(reader.names()?),
            }])
        }
    }
}
