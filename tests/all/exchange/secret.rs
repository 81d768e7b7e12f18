//! Two histories that differ only in what lies in `petition` and `sealed`: who may not read these streams cannot
//! tell them apart, not by a byte of an entry, not by a word of an answer.
//!
//! What is compared are whole entries of `open` and `roster` as a reviewer's laptop holds them: chains are per
//! stream, so that no hash, number, clock or signature of one hangs on another. Times are those of the clock, which
//! stands at the same moment in both.

use std::fs;

use bacung::domain::*;
use bacung::journal::{Entry, Stream};
use bacung::keys::{KeyFiles, Passphrase, Reader, Work};
use bacung::runtime::heads::Heads;
use bacung::runtime::logbook::reopen;
use bacung::runtime::{Folder, SystemDisk};
use bacung::store::pages::Pages;
use bacung::store::request;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use redb::StorageBackend;
use redb::backends::FileBackend;

use super::laptop::Laptop;
use super::stick::Stick;
use crate::harness::home::{Home, PASSPHRASE};
use crate::harness::logbook::{day, visit, with_activity, with_concern, with_meeting};

const STEPS: u64 = 90;
const CELL: usize = 2;

/// Whether anything is written in the narrow streams.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Narrow {
    Written,
    Silent,
    /// Other words, and more of them.
    Otherwise,
}

/// Two officers, a reviewer and the competent authority.
struct World {
    chance: ChaCha20Rng,
    narrow: Narrow,
    laptops: Vec<Laptop>,
    stick: Stick,
    /// What was done and whether it was allowed.
    log: Vec<String>,
}

fn beginning() -> Vec<Laptop> {
    let mut one = Laptop::first(1, Role::Officer);
    let two = one.newcomer(2, Role::Police);
    let mut cell = one.newcomer(3, Role::Reviewer);
    cell.cell = "Bản Lãm".into();
    let authority = one.newcomer(4, Role::Authority);
    for newcomer in [&two, &cell, &authority] {
        one.admits(newcomer);
    }
    vec![one, two, cell, authority]
}

impl World {
    fn new(beginning: &[Laptop], seed: u64, narrow: Narrow) -> Self {
        Self {
            chance: ChaCha20Rng::seed_from_u64(seed),
            narrow,
            laptops: beginning.iter().map(Laptop::copy).collect(),
            stick: Stick::default(),
            log: Vec::new(),
        }
    }

    fn below(&mut self, n: u64) -> u64 {
        self.chance.next_u64() % n
    }

    fn is_written(&self) -> bool {
        self.narrow != Narrow::Silent
    }

    /// What a citizen is called in this history.
    fn name(&self, step: u64) -> String {
        match self.narrow {
            Narrow::Otherwise => format!("Giàng Thị {}", "Kín ".repeat(step as usize % 40 + 1)),
            Narrow::Written | Narrow::Silent => format!("Lò Văn Kín {step}"),
        }
    }

    fn visits(&self, laptop: usize) -> Vec<VisitId> {
        let query = crate::harness::logbook::query("");
        let page = self.laptops[laptop].store.reader().list_visits(&query);
        let rows = page.expect("a list").rows;
        rows.iter().map(|row| row.id).collect()
    }

    fn some_visit(&mut self, laptop: usize) -> Option<VisitId> {
        let visits = self.visits(laptop);
        let at = self.below(visits.len().max(1) as u64) as usize;
        visits.get(at).copied()
    }

    fn step(&mut self, step: u64) {
        let officer = self.below(2) as usize;
        match self.below(11) {
            0 | 1 => self.write(officer, step),
            2 => self.edit(officer, step),
            3 => self.send(officer),
            4 => self.judge(step),
            5 => self.take_charge(officer),
            6 => self.withdraw(officer, step),
            7 | 8 => self.narrow_deed(officer, step),
            _ => self.exchange(),
        }
    }

    /// A visit with all that may hang on it.
    fn write(&mut self, officer: usize, step: u64) {
        let date = format!("2026-11-{:02}", 1 + step % 20);
        let mut dossier = visit(&format!("chuyến {step}"), Some(&date));
        dossier.visit.value.origin = Origin::Import;
        dossier = with_activity(dossier, "canal", "nạo vét kênh");
        dossier = with_meeting(dossier, "họp thôn");
        dossier = with_concern(dossier, "đường tối", Some("2026-11-28"));
        self.name_them(&mut dossier, step);
        self.laptops[officer].save(dossier);
    }

    /// Fills in what lies in the narrow streams.
    fn name_them(&self, dossier: &mut Dossier, step: u64) {
        if !self.is_written() {
            return;
        }
        let name = self.name(step);
        if let Some(activity) = dossier.activities.first_mut() {
            let helped = activity.helped.get_or_insert_with(|| {
                Versioned::new(HelpedNames {
                    activity: None,
                    names: String::new(),
                })
            });
            helped.value.names = name.clone();
        }
        if let Some(concern) = dossier.concerns.first_mut() {
            let said = concern.particulars.get_or_insert_with(|| {
                Versioned::new(Particulars {
                    concern: None,
                    raised_by: RaisedBy::Anonymous,
                    said: "lời kể".into(),
                    wish: String::new(),
                })
            });
            said.value.raised_by = RaisedBy::Citizen(Citizen {
                name,
                contact: "0977 123 456".into(),
                ..Citizen::default()
            });
        }
        if dossier.envelopes.is_empty() && step.is_multiple_of(3) {
            dossier.envelopes.push(Versioned::new(Envelope {
                number: format!("{step}/PB"),
                on: Some(day("2026-11-20")),
                ..Envelope::default()
            }));
        }
    }

    fn edit(&mut self, officer: usize, step: u64) {
        let Some(visit) = self.some_visit(officer) else {
            return;
        };
        let mut dossier = self.laptops[officer].dossier(visit);
        if dossier.state == VisitState::Withdrawn {
            return;
        }
        dossier.visit.value.note = format!("sửa {step}");
        if step.is_multiple_of(2) {
            dossier = with_activity(dossier, "road", "rải đá");
        }
        self.laptops[officer].save(dossier);
    }

    fn note(&mut self, what: &str, was: bool) {
        self.log.push(format!("{what} {was}"));
    }

    fn send(&mut self, officer: usize) {
        let Some(visit) = self.some_visit(officer) else {
            return;
        };
        let one = &mut self.laptops[officer];
        let now = one.tick();
        let done = one.store.send(visit, now, &mut one.ids).is_ok();
        self.note("send", done);
    }

    fn judge(&mut self, step: u64) {
        let Some(visit) = self.some_visit(CELL) else {
            return;
        };
        let say = [Say::Confirm, Say::Return, Say::Ask][self.below(3) as usize];
        let cell = &mut self.laptops[CELL];
        let (now, said) = (cell.tick(), (say, format!("vì {step}")));
        let done = cell.store.review(visit, said, None, now, &mut cell.ids);
        let done = done.is_ok();
        self.note("judge", done);
    }

    fn take_charge(&mut self, officer: usize) {
        let Some(visit) = self.some_visit(officer) else {
            return;
        };
        let one = &mut self.laptops[officer];
        let now = one.tick();
        let concerns = one.dossier(visit).concerns;
        let Some(concern) = concerns.first().and_then(|file| file.concern.id) else {
            return;
        };
        let what = Tending::TakeCharge {
            what: concern.into(),
            on: day("2026-11-22"),
        };
        let done = one.store.tend(what, None, now, &mut one.ids).is_ok();
        self.note("charge", done);
    }

    fn withdraw(&mut self, officer: usize, step: u64) {
        if !step.is_multiple_of(4) {
            return;
        }
        let Some(visit) = self.some_visit(officer) else {
            return;
        };
        let one = &mut self.laptops[officer];
        let (now, reason) = (one.tick(), "ghi nhầm".to_owned());
        let done = one.store.withdraw(visit, reason, now, &mut one.ids).is_ok();
        self.note("withdraw", done);
    }

    /// Something that only the narrow streams hold; the clock goes on in either history.
    fn narrow_deed(&mut self, officer: usize, step: u64) {
        let (visit, what) = (self.some_visit(officer), self.below(5));
        let now = self.laptops[officer].tick();
        let (true, Some(visit)) = (self.is_written(), visit) else {
            return;
        };
        let mut dossier = self.laptops[officer].dossier(visit);
        let one = &mut self.laptops[officer];
        let (store, ids) = (&one.store, &mut one.ids);
        let concern = dossier.concerns.first().and_then(|file| file.concern.id);
        let held = concern.map(|concern| store.reader().held_in(&particulars(&dossier, concern)));
        let held = held.map(|held| held.expect("is read")).unwrap_or_default();
        match what {
            0 => drop(store.show_names(visit.into(), now, ids)),
            1 => {
                let line = request(DataDeed::Found, &held, "12", None);
                store.note_data_request(&line, now, ids).expect("is noted");
            }
            2 if !held.is_empty() => {
                let line = request(DataDeed::Erased, &held, "13", None);
                let erased = store.erase_held((&held, None, &line), &[], now, ids);
                erased.expect("is erased");
            }
            3 => {
                if let Some(envelope) = dossier.envelopes.first().and_then(|one| one.id) {
                    let keys: Vec<Reader> = store.reader().authority().expect("is read");
                    let name = match self.narrow {
                        Narrow::Otherwise => "Giàng Thị Khác".repeat(9),
                        Narrow::Written | Narrow::Silent => "Người Tố Cáo".to_owned(),
                    };
                    let sealed = store.seal_identity(envelope, &name, &keys, now, ids);
                    sealed.expect("is sealed");
                }
            }
            _ => {
                // The same moment as the one that has passed in a history without names.
                if dossier.state != VisitState::Withdrawn {
                    self.laptops[officer].now -= 1000;
                    self.name_them(&mut dossier, step);
                    self.laptops[officer].save(dossier);
                }
            }
        }
    }

    fn exchange(&mut self) {
        let laptop = self.below(4) as usize;
        let report = self.laptops[laptop].sync(&mut self.stick);
        if laptop == CELL {
            self.log.push(format!("{report:?}"));
        }
    }

    /// Everything that the reviewer's laptop holds, in the bytes that it has.
    fn entries(&self) -> Vec<(Stream, u64, Vec<u8>)> {
        let reader = self.laptops[CELL].store.reader();
        let mut all = Vec::new();
        for end in reader.chain_ends().expect("is read") {
            assert!(matches!(end.stream, Stream::Roster | Stream::Open));
            let mut next = 1;
            while next <= end.mark.seq {
                let run = reader.run(end.device, end.stream, next, (500, 1 << 20));
                let run: Vec<Entry> = run.expect("is read");
                next = run.last().map_or(u64::MAX, |entry| entry.header().seq + 1);
                let bytes = run
                    .iter()
                    .map(|e| (end.stream, e.header().seq, e.to_bytes()));
                all.extend(bytes);
            }
        }
        all
    }
}

/// The record of who raised a concern.
fn particulars(dossier: &Dossier, concern: ConcernId) -> Vec<EntityId> {
    let of = dossier.concerns.iter();
    let mut of = of.filter(|file| file.concern.id == Some(concern));
    let said = of.next().and_then(|file| file.particulars.as_ref());
    said.and_then(|said| said.id)
        .map(Into::into)
        .into_iter()
        .collect()
}

fn run(beginning: &[Laptop], seed: u64, narrow: Narrow) -> World {
    let mut world = World::new(beginning, seed, narrow);
    for step in 0..STEPS {
        world.step(step);
    }
    for _ in 0..3 {
        for laptop in &mut world.laptops {
            laptop.sync(&mut world.stick);
        }
    }
    world
}

/// Puts a laptop's logbook on a disk, as the program keeps it.
fn at_home(laptop: &Laptop) -> Home {
    let home = Home::new();
    let folder = Folder::choose(Some(&home.logbook())).expect("a folder");
    let remembered = Heads::new(Some(home.path().join("state/bacung/heads")));
    let folder = folder.remembered_in(remembered);
    fs::create_dir_all(folder.path()).expect("a folder");
    let file = fs::OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .open(folder.logbook());
    let backend = FileBackend::new(file.expect("a file")).expect("is locked");
    let pages = Pages::new(backend, laptop.ring.data());
    let image = laptop.image();
    pages.set_len(image.len() as u64).expect("has room");
    for (at, page) in image.chunks(4096).enumerate() {
        pages.write(at as u64 * 4096, page).expect("is written");
    }
    pages.sync_data().expect("is synced");
    drop(pages);
    let passphrase = Passphrase::new(PASSPHRASE).expect("long enough");
    let files = KeyFiles::new(&SystemDisk, folder.path());
    let sealed = files.write(&laptop.ring, &passphrase, None, Work::for_tests());
    sealed.expect("is sealed");
    drop(reopen(&folder, laptop.ring.clone()).expect("opens"));
    home
}

/// What a reading command says and writes.
fn answer(home: &Home, args: &[&str]) -> String {
    let out = home.path().join("out");
    let path = out.to_str().expect("UTF-8");
    let args: Vec<&str> = args
        .iter()
        .map(|arg| if *arg == "OUT" { path } else { arg })
        .collect();
    let mut all = vec!["--as-of", "2026-11-23"];
    all.extend(&args);
    let ran = home.run(&all);
    let written = fs::read(&out).unwrap_or_default();
    let _ = fs::remove_file(&out);
    let root = home.path().to_str().expect("UTF-8");
    let said = format!("{} {}\n{}", ran.code, ran.out, ran.err).replace(root, "");
    format!("{said}{}", String::from_utf8_lossy(&written))
}

fn answers(home: &Home) -> Vec<(String, String)> {
    let mut all: Vec<Vec<&str>> = Vec::new();
    let lists = [
        "visits",
        "activities",
        "meetings",
        "concerns",
        "promises",
        "receptions",
        "inspections",
        "duties",
    ];
    for what in lists {
        all.push(vec!["list", what]);
        all.push(vec!["list", what, "--json"]);
    }
    for words in ["kín", "nạo vét", "lò văn", "giàng", "tố cáo", "0977"] {
        all.push(vec!["list", "visits", "--find", words, "--json"]);
    }
    for table in ["visits", "activities", "meetings", "concerns", "entries"] {
        all.push(vec!["export", table, "--format", "ndjson", "-o", "OUT"]);
    }
    for paper in [
        "monthly",
        "police",
        "cell",
        "minutes",
        "register",
        "review-sheet",
    ] {
        all.push(vec![
            "report", paper, "2026-11", "--format", "html", "-o", "OUT",
        ]);
    }
    all.extend([
        vec!["due", "--json"],
        vec!["due"],
        vec!["tally", "2026-11", "--json"],
        vec!["tally", "2026", "--by", "month", "--json"],
        vec!["review", "list", "--json"],
        vec!["roster", "show", "--json"],
        vec!["citizen", "log", "--json"],
        vec!["citizen", "offered", "--json"],
        vec!["check", "--json"],
    ]);
    let mut said: Vec<(String, String)> = all
        .iter()
        .map(|args| (args.join(" "), answer(home, args)))
        .collect();
    for what in ["visits", "concerns", "activities"] {
        let listed = home.run(&["list", what, "--json", "--limit", "4"]).json();
        let rows = listed["rows"].as_array().cloned().unwrap_or_default();
        assert!(!rows.is_empty(), "{what}");
        for row in &rows {
            let code = row["code"].as_str().expect("a code");
            for args in [&["show", code, "--json"][..], &["review", "show", code]] {
                said.push((args.join(" "), answer(home, args)));
            }
        }
    }
    said
}

/// The entries are the same to the bit, and every exchange tells the reviewer the same.
#[test]
fn no_entry_tells_what_lies_in_the_narrow_streams() {
    let beginning = beginning();
    let mut held = 0;
    for seed in 0..6 {
        let silent = run(&beginning, seed, Narrow::Silent);
        let theirs = silent.laptops[0]
            .store
            .reader()
            .chain_ends()
            .expect("is read");
        let narrow = |s: Stream| matches!(s, Stream::Petition | Stream::Sealed);
        assert!(!theirs.iter().any(|end| narrow(end.stream)), "seed {seed}");
        for narrow in [Narrow::Written, Narrow::Otherwise] {
            let written = run(&beginning, seed, narrow);
            let ends = written.laptops[0]
                .store
                .reader()
                .chain_ends()
                .expect("is read");
            held += ends
                .iter()
                .filter(|end| matches!(end.stream, Stream::Petition | Stream::Sealed))
                .count();
            assert_eq!(written.log, silent.log, "seed {seed}");
            assert!(written.entries() == silent.entries(), "seed {seed}");
            assert_eq!(written.laptops[CELL].view(), silent.laptops[CELL].view());
        }
    }
    assert!(
        held >= 24,
        "names and envelopes were written in each: {held}"
    );
}

/// So are the answers of the program, opened over what the laptop holds.
#[test]
fn no_answer_tells_what_lies_in_the_narrow_streams() {
    let beginning = beginning();
    let homes = [Narrow::Silent, Narrow::Written].map(|narrow| {
        let world = run(&beginning, 11, narrow);
        at_home(&world.laptops[CELL])
    });
    let [silent, written] = homes.map(|home| answers(&home));
    for (one, other) in silent.iter().zip(&written) {
        assert_eq!(one, other);
        assert!(!one.1.contains("Kín"), "{}", one.0);
    }
    assert_eq!(silent.len(), written.len());
}
