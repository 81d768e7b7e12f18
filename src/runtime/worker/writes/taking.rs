//! The writer's side of a table that is looked at or taken in.

use super::Desk;
use crate::app::{Answer, ReadTable};
use crate::runtime::logbook::{self, Logbook};
use crate::runtime::panics::caught;
use crate::runtime::worker::Place;
use crate::runtime::worker::import::Importing;
use crate::store::{Moment, WriteError};

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
