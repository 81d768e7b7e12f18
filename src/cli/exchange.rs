//! `sync`: one exchange with a target.

use serde_json::{Value, json};

use super::args::Form;
use super::desk::{Desk, put_json};
use super::roster::hex;
use super::stop::{Exit, Stop};
use super::words;
use crate::exchange::{Flow, Partner, Report};
use crate::i18n::Text;
use crate::i18n::messages::{cli, exchange as messages, privacy};
use crate::journal::Stream;
use crate::runtime::panics::{Panicked, caught};
use crate::runtime::{exchange, trouble};
use crate::store::StoreError;

/// Exchanges and says what came and went.
pub fn sync(desk: &Desk, place: &str, form: Form) -> Result<Exit, Stop> {
    let mut logbook = desk.open()?;
    let path = desk.folder.logbook();
    let mut tell = |done, total| {
        desk.say(&cli::progress(done, total));
        Flow::GoOn
    };
    let ran = caught(|| exchange::sync(&mut logbook, place, &desk.clock, &mut tell));
    let report = match ran {
        Ok(Ok(report)) => report,
        Ok(Err(error)) => return Err(trouble::exchange(error, place, &path).into()),
        Err(Panicked) => return Err(Stop::store(StoreError::Damaged("a page"), &path)),
    };
    match form {
        Form::Json => put_json(&document(&report)),
        Form::Words => {}
    }
    let reader = logbook.store.reader();
    let own = logbook.store.device().device();
    let roster = desk.with(|| Ok(reader.roster()?))?;
    let admitted = roster
        .seat(own)
        .is_some_and(|seat| !seat.recipient.is_empty());
    for text in said(&report) {
        desk.say(&text);
    }
    if report.partners.is_empty() {
        desk.say(&match roster.is_keeper(own) {
            true => messages::alone(),
            false => messages::not_let_in(),
        });
    } else if !admitted {
        desk.say(&messages::not_let_in());
    }
    Ok(Exit::Done)
}

/// Says what an exchange did.
fn said(report: &Report) -> Vec<Text> {
    let mut said = vec![messages::synced(report.entries_in, report.entries_out)];
    if report.waiting > 0 {
        said.push(messages::synced_waiting(report.waiting));
    }
    if report.erased > 0 {
        said.push(privacy::erased_elsewhere(report.erased));
    }
    if report.quarantined > 0 {
        said.push(messages::synced_quarantined(report.quarantined));
    }
    if report.forks > 0 {
        said.push(messages::synced_forks(report.forks));
    }
    said
}

fn document(report: &Report) -> Value {
    json!({
        "in": { "bundles": report.bundles_in, "entries": report.entries_in },
        "out": { "bundles": report.bundles_out, "entries": report.entries_out },
        "quarantined": report.quarantined,
        "waiting": report.waiting,
        "forks": report.forks,
        "devices": report.partners.iter().map(partner).collect::<Vec<_>>(),
    })
}

fn partner(partner: &Partner) -> Value {
    let held = |wanted: Stream| {
        let found = partner.held.iter().find(|(stream, _)| *stream == wanted);
        found.map(|(_, seq)| *seq)
    };
    json!({
        "device": hex(&partner.device.0),
        "name": partner.name,
        "held": {
            "roster": held(Stream::Roster),
            "open": held(Stream::Open),
            "petition": held(Stream::Petition),
            "sealed": held(Stream::Sealed),
        },
        "last": partner.last.map(words::moment),
        "waiting": partner.waits,
    })
}
