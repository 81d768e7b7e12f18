//! `close`: freezes the numbers of a period.

use super::desk::Desk;
use super::stop::{Exit, Stop};
use crate::domain::Period;
use crate::i18n::messages::paper;
use crate::runtime::closing::{NotClosed, close};
use crate::runtime::logbook::moment;

/// Closes the period.
pub fn run(desk: &Desk, period: Period) -> Result<Exit, Stop> {
    let mut logbook = desk.open()?;
    let setup = desk.setup()?;
    let now = moment(&desk.clock);
    match close(&mut logbook, &setup, period, now) {
        Ok(_) => {
            desk.say(&paper::closed(period.from, period.to));
            Ok(Exit::Done)
        }
        Err(NotClosed::StillOpen(to)) => Err(Stop::refused(paper::not_over(to))),
        Err(NotClosed::Already(Some(on))) => Err(Stop::refused(paper::closed_already(on))),
        Err(NotClosed::Already(None)) => Err(Stop::refused(paper::closed_elsewhere())),
        Err(NotClosed::Write(error)) => Err(Stop::write(error, &desk.folder.logbook())),
    }
}
