//! Closes a period: reckons its numbers once more and writes them down.

use super::logbook::Logbook;
use super::numbers::{Ask, Numbers};
use crate::app::Setup;
use crate::domain::tally::{Narrow, TallyId, tally};
use crate::domain::{Closing, Day, Period};
use crate::store::{Moment, StoreError, WriteError};

/// Why a period was not closed.
#[derive(Debug, thiserror::Error)]
pub enum NotClosed {
    #[error("the period is open until {0}")]
    StillOpen(Day),
    #[error("the period was closed on {0:?}")]
    Already(Option<Day>),
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl From<StoreError> for NotClosed {
    fn from(error: StoreError) -> Self {
        Self::Write(error.into())
    }
}

/// Closes a period whose last day is over, once.
pub fn close(
    logbook: &mut Logbook,
    setup: &Setup,
    period: Period,
    moment: Moment,
) -> Result<Closing, NotClosed> {
    if period.to >= moment.today {
        return Err(NotClosed::StillOpen(period.to));
    }
    let reader = logbook.store.reader();
    if let Some(closing) = reader.closing(period)? {
        return Err(NotClosed::Already(closing.on));
    }
    let ask = Ask {
        period,
        unit: None,
        narrow: Narrow::Sent,
    };
    let numbers = Numbers::read(&reader, setup, &ask, moment.today)?;
    let question = numbers.question();
    let values = TallyId::ALL.map(|(_, id)| (id, tally(id, &question).value()));
    let closing = Closing::new(period, moment.today, values.to_vec());
    let written = logbook
        .store
        .close(period, closing.clone(), moment, &mut logbook.ids);
    match written {
        Err(WriteError::Known) => Err(NotClosed::Already(None)),
        other => Ok(other.map(|()| closing)?),
    }
}
