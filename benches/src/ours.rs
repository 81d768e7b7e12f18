//! The logbook: opened, its pages and its size.

use std::ops::ControlFlow;
use std::path::Path;

use bacung::demo::Demo;
use bacung::domain::{Filters, ListQuery, Sort, Stamp};
use bacung::journal::{Signer, StreamIds};
use bacung::keys::DataKey;
use bacung::store::pages::Pages;
use bacung::store::{Genesis, Moment, Store};
use redb::backends::FileBackend;
use redb::{ReadableDatabase, ReadableTableMetadata, TableHandle};

use crate::corpus::today;
use crate::table::{Table, Times, ms};

/// Rows of a screen.
pub const SCREEN: usize = 40;

pub fn key() -> DataKey {
    DataKey::from_slice(&[7; DataKey::LEN]).expect("the right length")
}

pub fn signer() -> Signer {
    Signer::from_seed(&[9; 32])
}

pub fn moment(now: Stamp) -> Moment {
    Moment {
        now,
        today: today(),
    }
}

pub fn backend(path: &Path) -> Pages<FileBackend> {
    let mut options = std::fs::File::options();
    let file = options.read(true).write(true).create(true).truncate(false);
    let file = file.open(path).expect("the file opens");
    Pages::new(FileBackend::new(file).expect("nobody else has it"), &key())
}

pub fn open(path: &Path) -> Store {
    Store::open(backend(path), signer()).expect("the logbook opens")
}

pub fn create(path: &Path, ids: &mut StreamIds) -> Store {
    let genesis = Genesis {
        profile: Demo::profile(),
    };
    let moment = moment(Stamp(1_600_000_000_000));
    Store::create(backend(path), genesis, signer(), moment, ids).expect("a new logbook")
}

pub fn query(words: &str, offset: u64) -> ListQuery {
    ListQuery {
        words: words.to_owned(),
        filters: Filters::default(),
        sort: Sort::NewestFirst,
        offset,
        limit: SCREEN,
        labels: Vec::new(),
    }
}

/// Today's screen, and pages of the list after random jumps.
pub fn pages(path: &Path, table: &mut Table) {
    let store = open(path);
    let reader = store.reader();
    let mut times = Times::default();
    for _ in 0..20 {
        times.time(|| reader.today(today()).expect("today"));
    }
    table.alone("numbers and list of today, median", ms(times.median()), "");
    let total = reader.list_visits(&query("", 0)).expect("a page").total;
    let (mut jumps, mut at) = (Times::default(), 0);
    for step in 1..=400_u64 {
        at = (at + step * 0x9E37_79B9) % total.max(1);
        jumps.time(|| reader.list_visits(&query("", at)).expect("a page"));
    }
    let both = format!("{} (p99 {})", ms(jumps.median()), ms(jumps.p99()));
    table.alone(
        "page of the list after a random jump, median",
        both,
        "≤ 2 ms",
    );
}

/// The file as it grew, and as `compact` leaves it; the compact one takes its place.
pub fn size_and_compact(path: &Path, visits: u64, text: f64, table: &mut Table) {
    let length = |path: &Path| {
        let length = std::fs::metadata(path).expect("the file is there").len();
        length as f64 / visits as f64
    };
    let grown = length(path);
    let compact = path.with_extension("compact");
    let mut times = Times::default();
    let copied = times.time(|| {
        let tell = &mut |_| ControlFlow::Continue(());
        open(path).copy_into(backend(&compact), signer(), tell)
    });
    copied.expect("a copy");
    let small = length(&compact);
    std::fs::rename(&compact, path).expect("renamed");
    table.alone(
        "file, bytes a visit as it grew",
        format!("{grown:.0} ({:.1} × text)", grown / text),
        "",
    );
    table.alone(
        "file, bytes a visit after compact",
        format!("{small:.0} ({:.1} × text)", small / text),
        "≤ 3 × text",
    );
    table.alone("compact", ms(times.median()), "");
    for line in by_table(path, visits) {
        table.note(line);
    }
}

/// Where the bytes of a file are: of each table what it holds, what redb adds, and the room within its pages.
fn by_table(path: &Path, visits: u64) -> Vec<String> {
    let db = redb::Builder::new().create_with_backend(backend(path));
    let db = db.expect("opens");
    let read = db.begin_read().expect("a snapshot");
    let tables = read.list_tables().expect("its tables");
    let mut lines = Vec::new();
    for handle in tables {
        let name = handle.name().to_owned();
        let opened: redb::TableDefinition<'_, &[u8], &[u8]> = redb::TableDefinition::new(&name);
        let opened = read.open_table(opened).expect("a table");
        let stats = opened.stats().expect("counted");
        let keys = opened.len().expect("counted");
        let each = |bytes: u64| bytes as f64 / visits as f64;
        let (held, added) = (each(stats.stored_bytes()), each(stats.metadata_bytes()));
        let (room, keys) = (each(stats.fragmented_bytes()), each(keys));
        if held > 1.0 {
            lines.push(format!(
                "{name}: {keys:.2} keys a visit, {held:.0} bytes, {added:.0} around them, {room:.0} of room"
            ));
        }
    }
    lines
}
