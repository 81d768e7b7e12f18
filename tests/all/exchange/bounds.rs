//! What the program itself needs where bundles are made to cost: each kind is met by a process of its own, whose
//! time and largest memory are measured.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use bacung::domain::{EntityId, EntityKind, EntryHash, VisitId};
use bacung::exchange::{BundleName, logbook_folder};
use bacung::journal::{Act, Entry, Signer, Stream, Tip};
use bacung::keys::{KeyRing, Passphrase, Reader, seal_to};
use bacung::runtime::heads::Heads;
use bacung::runtime::logbook::{Logbook, unlock};
use bacung::runtime::{Folder, SystemClock};

use super::bombs::{frame, head, line, many_heads};
use super::command;
use super::hostile::{note, save, sign};
use crate::harness::home::{Home, PASSPHRASE};

/// More than an exchange with nothing new.
const LONGEST: Duration = Duration::from_secs(2);
const MOST: u64 = 256 << 20;
const WORDS: &str = "eight million bytes of words";

/// An officer who turned against the unit, the cell that meets what comes of it, and a stick.
struct Scene {
    officer: Logbook,
    cell: Home,
    stick: PathBuf,
    theirs: PathBuf,
    visit: VisitId,
    number: u64,
    /// Where the officer's chain stands for the cell.
    at: Tip,
}

fn scene() -> Scene {
    let command::Scene {
        officer,
        cell,
        stick,
    } = command::scene();
    command::write_visits(&officer);
    for home in [&officer, &cell, &officer] {
        let ran = home.run(&["sync", stick.to_str().expect("UTF-8")]);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    let folder = Folder::choose(Some(&officer.logbook())).expect("a folder");
    // Another memory would make it another device.
    let folder = folder.remembered_in(Heads::new(None));
    let passphrase = Passphrase::new(PASSPHRASE).expect("long enough");
    let opened = unlock(&folder, &passphrase, &SystemClock::new(None)).expect("opens");
    let reader = opened.store.reader();
    let logbook = reader.identity().expect("is read").logbook;
    let page = reader.list_visits(&crate::harness::logbook::query(""));
    let kept = cell.path().join("stick");
    let theirs = kept.join(logbook_folder(logbook));
    let sender = opened.store.device().device().0;
    let sender: String = sender.iter().map(|byte| format!("{byte:02x}")).collect();
    let theirs = theirs.join(sender);
    fs::create_dir_all(&theirs).expect("folders");
    Scene {
        visit: page.expect("a list").rows[0].id,
        at: tip(&opened),
        officer: opened,
        cell,
        stick: kept,
        theirs,
        number: 900,
    }
}

/// Where the chain of a logbook's own device stands in `open`.
fn tip(of: &Logbook) -> Tip {
    let (reader, own) = (of.store.reader(), of.store.device());
    let ends = reader.chain_ends().expect("is read");
    let mut open = ends.iter().filter(|end| end.stream == Stream::Open);
    let end = open.find(|end| end.device == own.device());
    let mark = end.expect("it wrote").mark;
    let run = reader.run(own.device(), Stream::Open, mark.seq, (1, 1));
    let last = run.expect("is read").pop().expect("an entry");
    Tip {
        seq: mark.seq,
        hash: Some(mark.hash),
        time: last.header().time,
    }
}

/// How a run ended: how long it worked, and the most memory it held where the system tells. Where it does not, how
/// long it took: other programs at work would be in that.
struct Needed {
    time: Duration,
    memory: u64,
}

/// Looks at a process until it is over. What it needs in its very last millisecond is not seen.
fn watch(mut child: Child) -> (Needed, bool) {
    let of = PathBuf::from(format!("/proc/{}", child.id()));
    let (begun, mut memory, mut worked) = (Instant::now(), 0, None);
    loop {
        memory = memory.max(peak(&of).unwrap_or(0));
        worked = work(&of).or(worked);
        if let Some(done) = child.try_wait().expect("is asked") {
            let time = worked.unwrap_or_else(|| begun.elapsed());
            return (Needed { time, memory }, done.success());
        }
        thread::park_timeout(Duration::from_millis(1));
    }
}

/// The most memory that a process ever held.
fn peak(of: &Path) -> Option<u64> {
    let text = fs::read_to_string(of.join("status")).ok()?;
    let line = text.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib << 10)
}

/// How long a process worked, for itself and in the system; counted in hundredths of a second.
fn work(of: &Path) -> Option<Duration> {
    let text = fs::read_to_string(of.join("stat")).ok()?;
    // Behind the name, which may hold anything: the state is the third field.
    let (_, rest) = text.rsplit_once(") ")?;
    let ticks = rest.split_whitespace().skip(11).take(2);
    let ticks: Option<u64> = ticks.map(|word| word.parse::<u64>().ok()).sum();
    Some(Duration::from_millis(ticks? * 10))
}

impl Scene {
    fn readers(&self) -> Vec<Reader> {
        let roster = self.officer.store.reader().roster().expect("is read");
        let own = self.officer.store.device().device();
        let readers = roster.readers(Stream::Open, own);
        readers.into_iter().map(|(_, reader)| reader).collect()
    }

    fn head(&self) -> Vec<u8> {
        let identity = self.officer.store.reader().identity();
        head(identity.expect("is read").logbook)
    }

    /// What the officer writes next, on top of these heads.
    fn written(&self, wall: i64, heads: &[EntryHash], acts: &[(EntityId, Act)]) -> Vec<Entry> {
        let signer = Signer::from_seed(self.officer.ring.device().as_bytes());
        let acts = acts.iter().map(|(entity, act)| (*entity, heads, act));
        sign(&self.officer.store, (&signer, self.at, wall), acts)
    }

    fn lay(&mut self, bytes: &[u8]) {
        self.number += 1;
        let name = BundleName::new(self.number, &[], bytes).as_text();
        fs::write(self.theirs.join(name), bytes).expect("is written");
    }

    fn lay_content(&mut self, content: &[u8]) {
        let sealed = seal_to(&self.readers(), content).expect("there is a reader");
        self.lay(&sealed);
    }

    fn lay_entries(&mut self, entries: &[Entry]) {
        let lines = entries.iter().map(|entry| line(&entry.to_bytes()));
        let content: Vec<u8> = [self.head()].into_iter().chain(lines).flatten().collect();
        self.lay_content(&content);
    }

    /// Lays entries down from which the chain goes on.
    fn lay_next(&mut self, entries: &[Entry]) {
        self.lay_entries(entries);
        self.goes_on_from(entries);
    }

    fn goes_on_from(&mut self, entries: &[Entry]) {
        let last = entries.last().expect("some are written");
        self.at = Tip {
            seq: last.header().seq,
            hash: Some(last.hash()),
            time: last.header().time,
        };
    }

    fn sync(&self) -> Needed {
        let file = self.cell.passphrase_file();
        let stick = self.stick.to_str().expect("UTF-8");
        let mut command = self.cell.command(&["sync", stick, "--json"]);
        command.env("BACUNG_PASSPHRASE_FILE", file);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let (needed, good) = watch(command.spawn().expect("starts"));
        assert!(good, "an exchange goes on whatever lies there");
        needed
    }

    fn records(&self) -> [String; 2] {
        let list = self.cell.run(&["list", "visits", "--json"]);
        let code = list.json()["rows"][0]["code"].clone();
        let show = self.cell.run(&["show", code.as_str().expect("a code")]);
        [list.out, show.out]
    }
}

/// A case: what it is called, and what it lays down.
type Case = (&'static str, fn(&mut Scene));

/// Nothing of these becomes a record.
const REFUSED: [Case; 10] = [
    ("flipped and cut bytes", |scene| {
        let entries = scene.written(0, &[], &note(scene.visit, b'a'));
        let content = [scene.head(), line(&entries[0].to_bytes())].concat();
        let sealed = seal_to(&scene.readers(), &content).expect("there is a reader");
        for at in (0..sealed.len()).step_by(11) {
            let mut flipped = sealed.clone();
            flipped[at] ^= 1 << (at % 8);
            scene.lay(&flipped);
            scene.lay(&sealed[..at]);
        }
    }),
    ("a length that lies", |scene| {
        let content = [&scene.head()[..], &u32::MAX.to_be_bytes(), &[0xff; 64]].concat();
        scene.lay_content(&content);
    }),
    ("arrays a million deep", |scene| {
        let content = [scene.head(), frame(&vec![0x81; 1 << 20])].concat();
        scene.lay_content(&content);
    }),
    ("a flood of empty items", |scene| {
        let mut content = scene.head();
        content.resize(8 << 20, 0);
        scene.lay_content(&content);
        // One byte more than any content may have, and than any file.
        content.resize((8 << 20) + 1, 0);
        scene.lay_content(&content);
        scene.lay(&vec![7; (9 << 20) + 1]);
    }),
    ("ten thousand heads", |scene| {
        let entries = scene.written(0, &[], &note(scene.visit, b'a'));
        let content = [scene.head(), line(&many_heads(&entries[0])).repeat(20)].concat();
        scene.lay_content(&content);
    }),
    ("a file of a terabyte", |scene| {
        let name = BundleName::new(800, &[], b"").as_text();
        let file = fs::File::create(scene.theirs.join(name)).expect("a file");
        file.set_len(1 << 40).expect("a hole");
    }),
    ("two in one", |scene| {
        let entries = scene.written(0, &[], &note(scene.visit, b'a'));
        let content = [scene.head(), line(&entries[0].to_bytes())].concat();
        let sealed = seal_to(&scene.readers(), &content).expect("there is a reader");
        scene.lay(&sealed.repeat(2));
    }),
    ("for somebody else", |scene| {
        let (other, _) = KeyRing::create(&mut |bytes| bytes.fill(9));
        let other = Reader::parse(&other.exchange().to_public().to_string());
        let content = vec![7; 8 << 20];
        let sealed = seal_to(&[other.expect("a key")], &content);
        scene.lay(&sealed.expect("there is a reader"));
    }),
    ("names that walk out", |scene| {
        for name in ["..%2f..%2fescape", "unfinished", "-rf", "con", "0000000001"] {
            fs::write(scene.theirs.join(name), [7; 100]).expect("is written");
        }
        for number in 0..5_000 {
            let name = scene.theirs.join(format!("no-bundle-{number}"));
            fs::write(name, b"").expect("is written");
        }
        let book = scene.theirs.parent().expect("a folder").to_owned();
        fs::create_dir_all(book.join("no-device")).expect("a folder");
        let folder = BundleName::new(801, &[], b"").as_text();
        fs::create_dir_all(scene.theirs.join(folder)).expect("a folder");
        #[cfg(unix)]
        {
            let link = scene.theirs.join(BundleName::new(802, &[], b"").as_text());
            std::os::unix::fs::symlink("/dev/zero", link).expect("a link");
        }
    }),
    ("the same one again and again", |scene| {
        let own = scene.officer.store.device().device();
        let run = scene.officer.store.reader();
        let run = run.run(own, Stream::Open, 1, (2000, 1 << 20));
        let run = run.expect("is read");
        for _ in 0..40 {
            scene.lay_entries(&run);
        }
        let repeated: Vec<Entry> = run.iter().cycle().take(5_000).cloned().collect();
        scene.lay_entries(&repeated);
    }),
];

/// These are what a member may write; they are only more than anybody would.
const TAKEN: [Case; 3] = [
    ("clocks of 1970 and 2050", |scene| {
        let entries = scene.written(0, &[], &note(scene.visit, b'a'));
        scene.lay_next(&entries);
    }),
    ("heads that nobody has", |scene| {
        let heads: Vec<EntryHash> = (0..1_000_u32)
            .map(|n| {
                let mut hash = [0; 32];
                hash[..4].copy_from_slice(&n.to_be_bytes());
                EntryHash(hash)
            })
            .collect();
        let acts = vec![note(scene.visit, b'b')[0].clone(); 40];
        let entries = scene.written(2_540_000_000_000, &heads, &acts);
        scene.lay_next(&entries);
    }),
    (WORDS, |scene| {
        let mut word = 0_u64;
        let acts = (0..40_u8).map(|n| {
            let mut text = String::new();
            while text.len() < 190_000 {
                word = word.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push_str(&format!("{:x} ", word >> 20));
            }
            let length = (text.len() as u32).to_be_bytes();
            let value = [&[0x7a][..], &length, text.as_bytes()].concat();
            let id = VisitId([n; 16]);
            let entity = EntityId {
                kind: EntityKind::Visit,
                id: id.0,
            };
            (entity, save(10, &value))
        });
        // Each is a commit of its own, as when somebody saves forty times.
        let mut entries = Vec::new();
        for act in acts {
            let next = scene.written(0, &[], &[act]);
            scene.goes_on_from(&next);
            entries.extend(next);
        }
        scene.lay_entries(&entries);
    }),
];

#[test]
fn no_bundle_costs_two_seconds_or_a_quarter_of_a_gigabyte() {
    let mut scene = scene();
    let holds = |what: &str, needed: &Needed, idle: &Needed| {
        let time = needed.time.saturating_sub(idle.time);
        println!("{what}: {time:?} more, {} MiB at most", needed.memory >> 20);
        // Words that are taken in are indexed, which a program that is not optimised is slow at.
        assert!(time < LONGEST || what == WORDS, "{what}: {time:?}");
        assert!(needed.memory < MOST, "{what}: {} bytes", needed.memory);
    };
    scene.sync();
    let idle = scene.sync();
    holds("nothing new", &idle, &idle);
    assert!(idle.memory > 0 || !cfg!(target_os = "linux"));
    let before = scene.records();
    for (what, lay_down) in REFUSED {
        lay_down(&mut scene);
        holds(what, &scene.sync(), &idle);
    }
    assert_eq!(scene.records(), before, "the records stay as they are");
    for (what, lay_down) in TAKEN {
        lay_down(&mut scene);
        holds(what, &scene.sync(), &idle);
    }
    let checked = scene.cell.run(&["check", "--json"]);
    assert_eq!(checked.code, 0, "{}", checked.out);
}
