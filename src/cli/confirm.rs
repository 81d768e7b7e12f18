//! `review confirm`: signs the revision that was shown, and no other.

use std::io::{self, IsTerminal};

use super::args::{Compared, Form};
use super::desk::Desk;
use super::review::{SHORT, present};
use super::roster::{agreed, hex};
use super::steps;
use super::stop::{Exit, Stop};
use crate::domain::{Say, Since, VisitId};
use crate::i18n::messages::{errors, exchange, review};
use crate::runtime::logbook::{Logbook, moment};

/// Fewer digits of a revision tell too little.
const FEWEST: usize = 8;

/// Confirms a visit: as the named revision; on a terminal as it is shown there and agreed to; else as it
/// was last looked at. One that was never looked at is shown first.
pub fn run(desk: &Desk, (code, named): (&str, &str), compared: Compared) -> Result<Exit, Stop> {
    let mut open = desk.open()?;
    let reader = open.store.reader();
    let (visit, code) = steps::visit(desk, &reader, code)?;
    let stands = desk.with(|| Ok(reader.revision(visit)?))?;
    let stands = stands.ok_or_else(|| Stop::refused(errors::not_found()))?;
    if named.is_empty() {
        unnamed(desk, &open, visit, compared)?;
    } else if !is_named(named, &stands) {
        let short = hex(&stands)[..SHORT].to_owned();
        return Err(Stop::refused(review::other_revision(short)));
    }
    let now = moment(&desk.clock);
    desk.with(|| {
        let said = (Say::Confirm, String::new());
        open.store
            .review(visit, said, Some(stands), now, &mut open.ids)
    })?;
    desk.with(|| Ok(open.store.look(visit)?))?;
    desk.say(&exchange::confirmed(code));
    desk.say(&review::revision(&hex(&stands)[..SHORT]));
    Ok(Exit::Done)
}

/// Makes sure that what stands was shown to somebody.
fn unnamed(desk: &Desk, open: &Logbook, visit: VisitId, compared: Compared) -> Result<(), Stop> {
    let since = desk.with(|| Ok(open.store.reader().since(visit)?))?;
    if compared == Compared::Ask && io::stdin().is_terminal() {
        present(desk, open, visit, Form::Words)?;
        desk.say(&review::confirm_ask());
        return match agreed() {
            true => Ok(()),
            false => Err(Stop::refused(review::not_confirmed())),
        };
    }
    match since {
        Since::Seen => Ok(()),
        Since::New => present(desk, open, visit, Form::Words),
        Since::Changed => Err(Stop::refused(review::changed_since())),
    }
}

/// Tells whether the digits that were typed begin the revision that stands.
fn is_named(typed: &str, stands: &[u8; 32]) -> bool {
    let typed = typed.trim().to_lowercase();
    typed.len() >= FEWEST && hex(stands).starts_with(&typed)
}
