//! `import`: a table into the logbook, or only what would come in. Says rows, columns and reasons, and
//! never what a cell holds.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;

use serde_json::{Value, json};

use super::args::{Form, Source, Writing};
use super::desk::{Desk, put, put_json};
use super::stop::{Exit, Stop};
use crate::app::{system_text, unreadable_text};
use crate::domain::{ColumnField, Names, VisitId};
use crate::i18n::messages::{cli, errors, import, privacy};
use crate::import::{Citizens, Columns, Gazetteer, Given, Reader, Refused};
use crate::runtime::Clock;
use crate::runtime::intake::{self, Batch, Left, Pace, Prepared};
use crate::runtime::logbook::{Logbook, moment};
use crate::runtime::platform::{self, Notice};
use crate::runtime::trouble;
use crate::store::Taken;
use crate::text::clean::for_screen;
use crate::text::width::truncate;

/// Batches that lie ready for the writer.
const AHEAD: usize = 4;
/// How often progress is said.
const SAID: usize = 50;

/// The widest header that is shown.
const HEADER: usize = 40;

/// What came of the rows.
#[derive(Default)]
struct Outcome {
    rows: usize,
    added: usize,
    undated: usize,
    unchanged: usize,
    /// Rows out of whose texts names of citizens were taken.
    hid_names: usize,
    left: Vec<Left>,
    visits: Vec<VisitId>,
    stopped: bool,
}

/// Reads the file and takes in its rows.
pub fn run(desk: &Desk, source: Source) -> Result<Exit, Stop> {
    let read = intake::read_file(&source.file);
    let bytes = read.map_err(|error| {
        let path = shown(&source.file);
        Stop::refused(errors::input_file(path, system_text(&error)))
    })?;
    let bytes = bytes.map_err(refused)?;
    let found = intake::find_table(&bytes, source.sheet.as_deref(), None).map_err(refused)?;
    drop(bytes);
    let mut logbook = desk.open()?;
    let setup = desk.setup()?;
    let store = logbook.store.reader();
    let key = Columns::key(&found.table);
    let (remembered, names, role) = desk.with(|| {
        let role = store.profile()?.role;
        let remembered = key.map(|key| store.columns(key)).transpose()?;
        Ok((remembered.flatten(), store.names()?, role))
    })?;
    let prepared = intake::prepare(
        (found.sheet, found.table),
        &setup.catalogue,
        source.kind,
        remembered,
    );
    let prepared = prepared.map_err(refused)?;
    let gazetteer = Gazetteer::new(&setup.communes, &setup.catalogue, intake::home(&names));
    let citizens = match role.keeps_names() {
        true => Citizens::Kept,
        false => Citizens::LeftOut,
    };
    let parts = (&prepared.sheet, &prepared.table, &prepared.columns);
    let places = (&setup.catalogue, &gazetteer);
    let reader = Reader::new(parts, places, desk.clock.today(), citizens);
    say_ignored(desk, &prepared);
    let stop = stop_flag();
    let rows = Rows {
        desk,
        stop: &stop,
        prepared: &prepared,
        reader: &reader,
        names: &names,
        file: shown(&source.file),
    };
    let mut outcome = rows.take(&mut logbook, source.writing)?;
    if let Some(key) = key
        && source.writing == Writing::Written
        && outcome.added > 0
    {
        let bytes = prepared.columns.to_bytes();
        desk.with(|| Ok(logbook.store.remember_columns(key, &bytes)?))?;
    }
    let visits = std::mem::take(&mut outcome.visits);
    let exit = say(desk, outcome, &source)?;
    let goes_on = || !stop.load(Ordering::Relaxed);
    let pairs = desk.with(|| Ok(intake::count_alike(&store, &visits, goes_on)?))?;
    if pairs > 0 {
        desk.say(&import::alike(pairs));
    }
    Ok(exit)
}

/// Returns the path as it can be shown: names of files may hold anything.
fn shown(path: &Path) -> String {
    for_screen(&path.display().to_string()).into_owned()
}

fn say_ignored(desk: &Desk, prepared: &Prepared) {
    let all = prepared.columns.all_of(ColumnField::Ignored);
    let named = all.filter_map(|column| {
        let name = prepared.table.header.get(column);
        let name = for_screen(name.filter(|name| !name.is_empty())?).into_owned();
        let name = truncate(&name, HEADER).into_owned();
        let letters = crate::import::column_letters(column);
        Some(desk.speech.text(&import::column(letters, name)))
    });
    let named: Vec<String> = named.collect();
    if !named.is_empty() {
        desk.say(&import::ignored(named.join(", ")));
    }
}

/// The rows of a table and where they go.
struct Rows<'r> {
    desk: &'r Desk,
    stop: &'r AtomicBool,
    prepared: &'r Prepared,
    reader: &'r Reader<'r>,
    names: &'r Names,
    file: String,
}

impl Rows<'_> {
    /// Reads in one thread and writes in another.
    fn take(&self, logbook: &mut Logbook, writing: Writing) -> Result<Outcome, Stop> {
        let plan = intake::plan(self.reader, &self.prepared.table.rows, Given::File);
        let total = plan.rows();
        let now = self.desk.clock.now();
        let (send, batches) = sync_channel::<Batch>(AHEAD);
        std::thread::scope(|scope| {
            let plan = &plan;
            scope.spawn(move || {
                let with = (self.names, self.file.as_str(), now);
                // The writer has gone where it refused or was stopped.
                let hand = |batch| send.send(batch).is_ok();
                intake::read_batches(self.prepared, self.reader, plan, with, &Pace::alone(), hand);
            });
            let mut outcome = Outcome::default();
            let mut said = 0;
            for batch in batches {
                if self.stop.load(Ordering::Relaxed) {
                    outcome.stopped = true;
                    break;
                }
                self.write(logbook, batch, writing, &mut outcome)?;
                if outcome.rows == total || outcome.rows - said >= total / SAID {
                    said = outcome.rows;
                    self.desk
                        .say(&cli::progress(outcome.rows as u64, total as u64));
                }
            }
            if outcome.stopped {
                let text = import::stopped(outcome.rows as u64, total as u64);
                self.desk.say(&text);
            }
            Ok(outcome)
        })
    }

    fn write(
        &self,
        logbook: &mut Logbook,
        batch: Batch,
        writing: Writing,
        outcome: &mut Outcome,
    ) -> Result<(), Stop> {
        outcome.rows += batch.rows;
        let taken = match writing {
            Writing::Dry => self.dry(logbook, batch.visits, &batch.left)?,
            Writing::Written => {
                let now = moment(&self.desk.clock);
                let (store, ids) = (&logbook.store, &mut logbook.ids);
                self.desk
                    .with(|| store.take_in(batch.visits, batch.quarantine, now, ids))?
            }
        };
        outcome.added += taken.added.len();
        outcome.visits.extend(taken.visits);
        outcome.unchanged += taken.unchanged.len();
        let undated = batch.undated.iter();
        outcome.undated += undated.filter(|row| taken.added.contains(row)).count();
        let hid = batch.hid_names.iter();
        outcome.hid_names += hid.filter(|row| taken.added.contains(row)).count();
        let left = batch.left.into_iter();
        outcome
            .left
            .extend(left.filter(|left| taken.quarantined.contains(&left.id)));
        Ok(())
    }

    /// Says what would become of a batch.
    fn dry(
        &self,
        logbook: &Logbook,
        visits: Vec<crate::store::TakeIn>,
        left: &[Left],
    ) -> Result<Taken, Stop> {
        let reader = logbook.store.reader();
        self.desk
            .with(|| Ok(intake::foresee(&reader, visits, left)?))
    }
}

/// Returns what Ctrl-C sets: the batch that is being written is finished, and no other begins.
fn stop_flag() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let set = flag.clone();
    // Without the thread that listens, Ctrl-C ends the program; each commit is whole either way.
    let _ = platform::watch(move |notice| match notice {
        Notice::End => set.store(true, Ordering::Relaxed),
        Notice::Stop => drop(platform::stop()),
        Notice::GoOn => {}
    });
    flag
}

fn say(desk: &Desk, mut outcome: Outcome, source: &Source) -> Result<Exit, Stop> {
    outcome.left.sort_by_key(|left| left.number);
    let left = outcome.left.iter();
    match source.form {
        Form::Json => {
            let quarantined: Vec<Value> = left.map(quarantined).collect();
            put_json(&json!({
                "rows": outcome.rows,
                "added": outcome.added,
                "undated": outcome.undated,
                "unchanged": outcome.unchanged,
                "quarantined": quarantined,
            }));
        }
        Form::Words => {
            for left in left {
                let column = left.column.clone().unwrap_or_else(|| "–".to_owned());
                let text =
                    import::line(i64::from(left.number), column, unreadable_text(left.reason));
                put(&desk.speech.text(&text));
            }
        }
    }
    let count = |count: usize| count as u64;
    let numbers = (
        count(outcome.rows),
        count(outcome.added),
        count(outcome.undated),
        count(outcome.unchanged),
        count(outcome.left.len()),
    );
    let (rows, added, undated, unchanged, left) = numbers;
    desk.say(&match source.writing {
        Writing::Dry => import::would(rows, added, undated, unchanged, left),
        Writing::Written => import::done(rows, added, undated, unchanged, left),
    });
    if outcome.hid_names > 0 {
        desk.say(&privacy::hid_names(count(outcome.hid_names)));
    }
    if left > 0 && source.writing == Writing::Written {
        desk.say(&import::quarantine_stays());
    }
    match outcome.stopped {
        true => Err(Stop {
            code: 1,
            texts: Vec::new(),
            lines: Vec::new(),
        }),
        false => Ok(Exit::Done),
    }
}

fn quarantined(left: &Left) -> Value {
    json!({
        "row": left.number,
        "column": left.column,
        "reason": left.reason.as_str(),
    })
}

fn refused(refused: Refused) -> Stop {
    Stop::refused(trouble::not_taken(&refused))
}
