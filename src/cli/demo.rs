//! `demo`: a logbook of made-up records, thrown away at the end or kept.
//!
//! Never touches the user's own logbook.

use std::fs;
use std::path::{Path, PathBuf};

use super::args::Common;
use super::desk::{Desk, put};
use super::open;
use super::stop::{Exit, Stop};
use crate::app::{Effect, Secret};
use crate::demo::{After, Demo, DemoVisit};
use crate::domain::{ConcernId, ReceptionId, RecordRow, RowTitle, Tending, Versioned};
use crate::i18n::messages::{cli, errors};
use crate::journal::StreamIds;
use crate::keys::Passphrase;
use crate::runtime::heads::Heads;
use crate::runtime::logbook::{self, Logbook};
use crate::runtime::{Clock, Folder, chance};
use crate::store::{Moment, SaveDossier};

/// Visits written in one commit.
const BATCH: usize = 500;

/// Makes the logbook; opens it, or keeps it in `to`.
pub fn run(
    mut desk: Desk,
    common: &Common,
    (visits, seed): (u64, u64),
    to: Option<PathBuf>,
) -> Result<Exit, Stop> {
    let secret = Secret::new(chance::passphrase());
    let passphrase = Passphrase::new(secret.expose()).expect("a drawn passphrase is long enough");
    match to {
        Some(to) => {
            desk.folder = folder(&to)?;
            make(&desk, &passphrase, visits, seed)?;
            let at = to.display().to_string();
            desk.say(&cli::demo_made(
                i64::try_from(visits).unwrap_or(i64::MAX),
                at,
            ));
            put(secret.expose());
            Ok(Exit::Done)
        }
        None => {
            let temporary = Temporary::new()?;
            // What is thrown away is not remembered.
            desk.folder = folder(&temporary.0)?.remembered_in(Heads::new(None));
            make(&desk, &passphrase, visits, seed)?;
            // Dropped on every way out that can be caught: signals end the loop below.
            open::screen(&desk, common, vec![Effect::Unlock(secret)])
        }
    }
}

fn folder(path: &Path) -> Result<Folder, Stop> {
    Folder::choose(Some(path)).ok_or_else(|| Stop::refused(errors::no_home()))
}

fn make(desk: &Desk, passphrase: &Passphrase, visits: u64, seed: u64) -> Result<(), Stop> {
    let profile = Demo::profile();
    let (mut logbook, _) = logbook::create(&desk.folder, profile, passphrase, &desk.clock)?;
    // The records are made up, and the same seed gives them the same codes.
    logbook.ids = StreamIds::from_seed(*blake3::hash(&seed.to_be_bytes()).as_bytes());
    let today = desk.clock.today();
    let mut demo = Demo::new(seed, visits, today);
    let mut after = After::new(seed, today);
    let mut done = 0_u64;
    let mut last_written = None;
    loop {
        let batch: Vec<DemoVisit> = demo.by_ref().take(BATCH).collect();
        let Some(last) = batch.last() else {
            let Some(now) = last_written else {
                return Ok(());
            };
            return desk.with(|| beside(&mut logbook, &mut after, now));
        };
        let now = Moment {
            now: last.written,
            today,
        };
        done += batch.len() as u64;
        last_written = Some(now);
        desk.with(|| write(&mut logbook, &mut after, batch, now))?;
        desk.say(&cli::progress(done, visits));
    }
}

/// Writes visits, and what was done about them since.
fn write(
    logbook: &mut Logbook,
    after: &mut After,
    batch: Vec<DemoVisit>,
    now: Moment,
) -> Result<(), crate::store::WriteError> {
    let saves = batch.into_iter().map(|visit| {
        let save = SaveDossier {
            dossier: visit.dossier,
            places: visit.places,
            people: visit.people,
            typing: None,
        };
        (save, visit.then)
    });
    let visits = logbook
        .store
        .save_all(saves.collect(), now, &mut logbook.ids)?;
    let reader = logbook.store.reader();
    let mut rounds = Vec::new();
    for visit in visits {
        if let Some(dossier) = reader.dossier(visit)? {
            after.visit(&dossier, &mut rounds);
        }
    }
    for round in rounds {
        logbook.store.tend_all(round, now, &mut logbook.ids)?;
    }
    Ok(())
}

/// Writes what stands beside the visits.
fn beside(
    logbook: &mut Logbook,
    after: &mut After,
    now: Moment,
) -> Result<(), crate::store::WriteError> {
    let reader = logbook.store.reader();
    let (me, unit) = (reader.identity()?.me, reader.profile()?.unit);
    let receptions = after.receptions(me, &unit).into_iter();
    let receptions = receptions.map(|reception| Tending::Reception(Versioned::new(reception)));
    let made = logbook
        .store
        .tend_all(receptions.collect(), now, &mut logbook.ids)?;
    let rows = made.into_iter();
    let rows = rows.flat_map(|reception| after.rows(ReceptionId(reception.id)));
    let rows: Vec<Tending> = rows.collect();
    let made = logbook.store.tend_all(rows, now, &mut logbook.ids)?;
    let mut rounds = vec![after.beside(me, &unit)];
    for row in made {
        if let Some(RecordRow {
            title: RowTitle::Concern {
                kind: Some(kind), ..
            },
            date: Some(heard),
            ..
        }) = reader.row(row)?
        {
            after.registered((ConcernId(row.id), kind, heard), me, &mut rounds);
        }
    }
    for round in rounds {
        logbook.store.tend_all(round, now, &mut logbook.ids)?;
    }
    Ok(())
}

/// A folder of one run, removed at its end.
struct Temporary(PathBuf);

impl Temporary {
    fn new() -> Result<Self, Stop> {
        let name: String = chance::passphrase().chars().filter(|c| *c != '-').collect();
        let path = std::env::temp_dir().join(format!("bacung-{name}"));
        match crate::runtime::platform::create_private_dir(&path) {
            Ok(()) => Ok(Self(path)),
            Err(error) => Err(Stop::store(error.into(), &path)),
        }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // What cannot be removed is encrypted and made up.
        let _ = fs::remove_dir_all(&self.0);
    }
}
