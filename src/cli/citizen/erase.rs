//! Erasing: bodies out of the journal, then the file anew under another key, since freed pages keep what was in them.

use serde_json::json;

use super::super::args::{Confirmed, Contents, Form, Requested, Whose};
use super::super::desk::{Desk, put_json};
use super::super::keep::rewrite;
use super::super::stop::{Exit, Stop};
use super::{ask, lines, look, must_hold, say_elsewhere, value};
use crate::config::settings::Layer;
use crate::domain::{DataDeed, Day, Held, RowId, Sought};
use crate::i18n::messages::privacy;
use crate::runtime::logbook::{Logbook, moment};
use crate::runtime::{Clock, settings};
use crate::store::request;

/// Lists what may be erased: handed over, received there, and long enough ago.
pub(super) fn offered(desk: &Desk, form: Form) -> Result<Exit, Stop> {
    let logbook = desk.open()?;
    must_hold(desk, &logbook)?;
    let held = offers(desk, &logbook)?;
    match form {
        Form::Json => {
            let rows = held.iter().map(|held| value(held, Contents::Hidden));
            put_json(&json!({ "rows": rows.collect::<Vec<_>>() }));
        }
        Form::Words => lines(desk, &held, Contents::Hidden),
    }
    desk.say(&privacy::offered(held.len() as u64, months(desk)?));
    Ok(Exit::Done)
}

fn months(desk: &Desk) -> Result<u32, Stop> {
    let settings = settings::read(&desk.paths, Layer::default())?;
    Ok(u32::from(settings.erase_offer_months.get()))
}

fn offers(desk: &Desk, logbook: &Logbook) -> Result<Vec<Held>, Stop> {
    let today: Day = desk.clock.today();
    let before = today.checked_sub_months(chrono::Months::new(months(desk)?));
    match before {
        Some(before) => desk.with(|| Ok(logbook.store.reader().all_offered_for_erasure(before)?)),
        None => Ok(Vec::new()),
    }
}

/// What is to go.
struct Going {
    held: Vec<Held>,
    sought: Option<Sought>,
    waiting: Vec<RowId>,
}

/// Erases what is held on a citizen, or what is offered.
pub(super) fn erase(
    desk: &Desk,
    asked: &Requested,
    whose: Whose,
    confirmed: Confirmed,
) -> Result<Exit, Stop> {
    let (mut logbook, passphrase) = desk.open_with_passphrase()?;
    let going = match whose {
        Whose::Citizens => {
            let found = look(desk, &logbook, asked)?;
            if found.elsewhere.typing > 0 {
                say_elsewhere(desk, &found.elsewhere);
                return Err(Stop::refused(privacy::typing_first()));
            }
            Going {
                held: found.held,
                sought: Some(found.sought),
                waiting: found.elsewhere.waiting,
            }
        }
        Whose::Offered => {
            must_hold(desk, &logbook)?;
            Going {
                held: offers(desk, &logbook)?,
                sought: None,
                waiting: Vec::new(),
            }
        }
    };
    if going.held.is_empty() && going.waiting.is_empty() {
        desk.say(&privacy::nothing_to_erase());
        return Ok(Exit::Done);
    }
    let count = going.held.len() as u64;
    if confirmed == Confirmed::Ask {
        lines(desk, &going.held, Contents::Hidden);
        let answer = ask::typed(desk, &privacy::ask_erase(count))?;
        if !matches!(
            answer.trim().to_lowercase().as_str(),
            "xóa" | "xoá" | "xoa" | "erase"
        ) {
            return Err(Stop::refused(privacy::not_erased()));
        }
    }
    let line = request(DataDeed::Erased, &going.held, &asked.paper, asked.received);
    let now = moment(&desk.clock);
    let (store, ids) = (&logbook.store, &mut logbook.ids);
    desk.with(|| {
        let what = (going.held.as_slice(), going.sought.as_ref(), &line);
        store.erase_held(what, &going.waiting, now, ids)
    })?;
    // The entries are gone; only a file under another key makes the freed pages unreadable too.
    let path = desk.folder.logbook();
    rewrite(desk, &logbook, &passphrase).inspect_err(|_| {
        desk.say(&privacy::pages_remain(path.display().to_string()));
    })?;
    desk.say(&privacy::erased(count));
    Ok(Exit::Done)
}
