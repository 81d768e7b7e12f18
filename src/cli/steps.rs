//! `send` and `withdraw`: steps of a visit.

use super::desk::Desk;
use super::pairs;
use super::stop::{Exit, Stop};
use crate::domain::{EntityId, EntityKind, VisitId};
use crate::i18n::messages::{cli, errors};
use crate::runtime::logbook::moment;
use crate::store::{Reader, WriteError};
use crate::text::clean::clean_line;

/// Sends a complete draft to review.
pub fn send(desk: &Desk, code: &str) -> Result<Exit, Stop> {
    let mut logbook = desk.open()?;
    let (visit, code) = visit(desk, &logbook.store.reader(), code)?;
    let sent = desk.with(|| {
        match logbook
            .store
            .send(visit, moment(&desk.clock), &mut logbook.ids)
        {
            Err(WriteError::Incomplete(findings)) => Ok(findings),
            other => other.map(|_| Vec::new()),
        }
    })?;
    if !sent.is_empty() {
        return Err(Stop::findings(errors::not_sendable(), &sent));
    }
    desk.say(&cli::sent(code));
    pairs::tell(desk, &logbook.store.reader(), visit)?;
    Ok(Exit::Done)
}

/// Withdraws a visit for a reason.
pub fn withdraw(desk: &Desk, code: &str, reason: &str) -> Result<Exit, Stop> {
    let reason = clean_line(reason);
    if reason.trim().is_empty() {
        return Err(Stop::usage(cli::usage_missing("--reason")));
    }
    let mut logbook = desk.open()?;
    let (visit, code) = visit(desk, &logbook.store.reader(), code)?;
    let now = moment(&desk.clock);
    desk.with(|| logbook.store.withdraw(visit, reason, now, &mut logbook.ids))?;
    desk.say(&cli::withdrawn(code));
    Ok(Exit::Done)
}

/// Finds the visit of that code; a part of a visit has no steps of its own.
pub(super) fn visit(desk: &Desk, reader: &Reader, code: &str) -> Result<(VisitId, String), Stop> {
    let EntityId { kind, id } = desk.find(reader, code)?;
    if kind != EntityKind::Visit {
        return Err(Stop::refused(errors::not_found()));
    }
    let visit = VisitId(id);
    let code = desk.with(|| Ok(reader.code(visit.into())?))?;
    Ok((visit, code.as_str().to_owned()))
}
