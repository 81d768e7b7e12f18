//! Bundles that are made to cost: sealed by a member, whole, and refused before they do.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use age::secrecy::ExposeSecret;
use bacung::domain::{LogbookId, Role};
use bacung::exchange::Report;
use bacung::journal::{Entry, Stream};
use bacung::keys::{Reader, seal_to};

use super::hostile::{forge, key, lay, logbook, note, readers, sender, tip};
use super::laptop::Laptop;
use super::stick::Stick;
use crate::harness::logbook::visit;

/// Whatever comes, an exchange is over by then.
const LONGEST: Duration = Duration::from_secs(2);

struct Scene {
    one: Laptop,
    two: Laptop,
    stick: Stick,
    visit: bacung::domain::VisitId,
}

fn scene() -> Scene {
    let mut one = Laptop::first(1, Role::Officer);
    let mut two = one.newcomer(2, Role::Officer);
    one.admits(&two);
    let mut stick = Stick::default();
    let visit = one.save(visit("trước", Some("2026-11-20")));
    super::basic::heal(&mut [&mut one, &mut two], &mut stick);
    Scene {
        one,
        two,
        stick,
        visit,
    }
}

/// Something of CBOR behind its length, as a bundle holds it.
pub fn frame(item: &[u8]) -> Vec<u8> {
    [&(item.len() as u32).to_be_bytes()[..], item].concat()
}

pub fn head(logbook: LogbookId) -> Vec<u8> {
    let mut encoder = minicbor::Encoder::new(Vec::new());
    let done = encoder
        .map(4)
        .and_then(|e| e.u8(0)?.u8(1)?.u8(1)?.u8(1)?.u8(2)?.bytes(&logbook.0));
    let done = done.and_then(|e| e.u8(3)?.u8(Stream::Open.number()));
    done.expect("a Vec takes every write");
    frame(&encoder.into_writer())
}

pub fn line(entry: &[u8]) -> Vec<u8> {
    let mut encoder = minicbor::Encoder::new(Vec::new());
    let done = encoder
        .map(2)
        .and_then(|e| e.u8(0)?.u8(2)?.u8(1)?.bytes(entry));
    done.expect("a Vec takes every write");
    frame(&encoder.into_writer())
}

/// Lays content down as the second laptop's bundle, lets the first one meet it, and says what came of it.
fn meets(scene: &mut Scene, number: u64, content: &[u8]) -> Report {
    let to: Vec<Reader> = readers(&scene.one, &scene.two);
    let sealed = seal_to(&to, content).expect("there are readers");
    lay(&mut scene.stick, &sender(&scene.two), number, &sealed);
    let before = scene.one.view();
    let begun = Instant::now();
    let report = scene.one.sync(&mut scene.stick);
    assert!(begun.elapsed() < LONGEST, "{:?}", begun.elapsed());
    assert_eq!(scene.one.view(), before, "the records stay as they are");
    report
}

/// An entry whose header names ten thousand heads, made of one that names none.
pub fn many_heads(entry: &Entry) -> Vec<u8> {
    let bytes = entry.to_bytes();
    let mut decoder = minicbor::Decoder::new(&bytes);
    let whole = decoder
        .map()
        .and_then(|_| decoder.u8())
        .and_then(|_| decoder.bytes());
    let header = whole.expect("a header");
    // Before the body's hash, which is last: key, 34 bytes.
    let (most, last) = header.split_at(header.len() - 35);
    let heads = (0..10_000_u32).flat_map(|n| {
        let hash = [&n.to_be_bytes()[..], &[0; 28]].concat();
        [&[0x58, 0x20][..], &hash].concat()
    });
    let heads: Vec<u8> = [0x0c, 0x99, 0x27, 0x10].into_iter().chain(heads).collect();
    let mut header = [most, &heads, last].concat();
    header[0] += 1;
    let mut encoder = minicbor::Encoder::new(Vec::new());
    let done = encoder.map(3).and_then(|e| {
        e.u8(0)?
            .bytes(&header)?
            .u8(1)?
            .bytes(&[0; 16])?
            .u8(3)?
            .bytes(&[0; 64])
    });
    done.expect("a Vec takes every write");
    encoder.into_writer()
}

#[test]
fn ten_thousand_heads_are_not_even_read() {
    let mut scene = scene();
    let start = tip(&scene.one, &scene.two);
    let acts = note(scene.visit, b'a');
    let forged = forge(&scene.two, &key(&scene.two), start, 0, &acts);
    let entry = many_heads(&forged[0]);
    assert!(Entry::from_bytes(&entry).is_err());
    let content = [head(logbook(&scene.one)), line(&entry)].concat();
    let report = meets(&mut scene, 900, &content);
    assert_eq!(report.entries_in, 0, "{report:?}");
}

#[test]
fn lengths_that_lie_and_floods_of_items_cost_nothing() {
    let mut scene = scene();
    let lies = [
        &head(logbook(&scene.one))[..],
        &u32::MAX.to_be_bytes(),
        &[0xff; 64],
    ]
    .concat();
    let report = meets(&mut scene, 900, &lies);
    assert_eq!(report.entries_in, 0, "{report:?}");
    // Arrays in arrays, a million deep.
    let deep = [head(logbook(&scene.one)), frame(&vec![0x81; 1 << 20])].concat();
    assert_eq!(meets(&mut scene, 901, &deep).entries_in, 0);
    // Eight million bytes of empty items, and more than a bundle may hold.
    let mut flood = head(logbook(&scene.one));
    flood.resize(8 << 20, 0);
    assert_eq!(meets(&mut scene, 902, &flood).entries_in, 0);
    flood.resize((8 << 20) + 1, 0);
    assert_eq!(meets(&mut scene, 903, &flood).quarantined, 1);
    // The same good entry ten thousand times and once more.
    let start = tip(&scene.one, &scene.two);
    let own = bacung::domain::EntityId {
        kind: bacung::domain::EntityKind::Unknown(900),
        id: [7; 16],
    };
    let act = super::hostile::save(1, &[0x61, b'a']);
    let good = forge(&scene.two, &key(&scene.two), start, 0, &[(own, act)]);
    let again = line(&good[0].to_bytes()).repeat(10_001);
    let content = [head(logbook(&scene.one)), again].concat();
    assert!(meets(&mut scene, 904, &content).entries_in <= 1);
}

#[test]
fn two_bundles_in_one_are_none() {
    let mut scene = scene();
    let start = tip(&scene.one, &scene.two);
    let forged = forge(
        &scene.two,
        &key(&scene.two),
        start,
        0,
        &note(scene.visit, b'a'),
    );
    let to = readers(&scene.one, &scene.two);
    let content = [head(logbook(&scene.one)), line(&forged[0].to_bytes())].concat();
    let sealed = seal_to(&to, &content).expect("there are readers");
    let spliced = sealed.repeat(2);
    lay(&mut scene.stick, &sender(&scene.two), 900, &spliced);
    let before = scene.one.view();
    let report = scene.one.sync(&mut scene.stick);
    assert_eq!(
        (report.entries_in, report.quarantined),
        (0, 1),
        "{report:?}"
    );
    assert_eq!(scene.one.view(), before);
    // A second head inside: what comes before it is as good as it was.
    let content = [
        head(logbook(&scene.one)),
        head(logbook(&scene.one)),
        line(&forged[0].to_bytes()),
    ]
    .concat();
    assert_eq!(meets(&mut scene, 901, &content).entries_in, 0);
}

/// A clock is a claim: what it says sorts lines and decides nothing.
#[test]
fn clocks_of_1970_and_2050_change_no_value() {
    let of = |wall: i64| {
        let scene = scene();
        let start = tip(&scene.one, &scene.two);
        let forged = forge(
            &scene.two,
            &key(&scene.two),
            start,
            wall,
            &note(scene.visit, b'a'),
        );
        let received = scene.one.store.receive(Stream::Open, forged);
        assert_eq!(received.expect("no fault of the file").taken, 1);
        let dossier = scene.one.dossier(scene.visit);
        let contested = scene
            .one
            .store
            .reader()
            .contested(scene.visit)
            .expect("is read");
        (dossier.state, dossier.visit.value, contested.len())
    };
    let good = of(1_795_000_100_000);
    for wall in [0, i64::MIN, 2_540_000_000_000, i64::MAX] {
        assert_eq!(of(wall), good, "{wall}");
    }
}

/// Lays the bundles of the first laptop and the second one's key in a folder, for another program to open.
fn for_another(scene: &Scene) -> (tempfile::TempDir, PathBuf, Vec<PathBuf>) {
    let folder = tempfile::tempdir().expect("a folder");
    let identity = folder.path().join("key.txt");
    let secret = scene.two.ring.exchange().to_string();
    std::fs::write(&identity, secret.expose_secret()).expect("is written");
    let sent = scene.stick.all().into_iter();
    let of_one = sent.filter(|(from, ..)| *from == sender(&scene.one));
    let files = of_one.map(|(_, name, bytes)| {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).expect("is written");
        file
    });
    let files: Vec<PathBuf> = files.collect();
    assert!(!files.is_empty());
    (folder, identity, files)
}

/// The stock program opens what is sealed; where none is installed, the test says so.
#[test]
fn the_stock_age_program_opens_a_bundle() {
    let stock = ["age", "rage"].into_iter().find(|name| {
        let ran = Command::new(name).arg("--version").output();
        ran.is_ok_and(|ran| ran.status.success())
    });
    let Some(stock) = stock else {
        eprintln!("skipped: neither age nor rage is installed");
        return;
    };
    let (_folder, identity, files) = for_another(&scene());
    for file in files {
        let mut age = Command::new(stock);
        let ran = age.arg("-d").arg("-i").arg(&identity).arg(&file).output();
        let ran = ran.expect("runs");
        assert!(ran.status.success() && ran.stdout.len() > 4, "{stock}");
    }
}

/// So does a second implementation of age and of the page on the format (`tests/bundle.py`), and reads the same
/// in it. It needs Python's package `cryptography`; whoever names a Python in `BACUNG_PYTHON` has it.
#[test]
fn a_second_implementation_opens_a_bundle_and_reads_the_same() {
    let named = std::env::var_os("BACUNG_PYTHON");
    let python = named.clone().unwrap_or("python3".into());
    let mut asked = Command::new(&python);
    let ready = asked.args(["-c", "import cryptography"]).output();
    if named.is_none() && !ready.is_ok_and(|ran| ran.status.success()) {
        eprintln!("skipped: no Python with the package cryptography");
        return;
    }
    let scene = scene();
    let (_folder, identity, files) = for_another(&scene);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bundle.py");
    let open = |file: &Path| {
        let mut open = Command::new(&python);
        open.arg("-B").arg(&script).arg(&identity).arg(file);
        open.output().expect("runs")
    };
    for file in &files {
        let ran = open(file);
        let said = String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success(), "{said}");
        let read: serde_json::Value = serde_json::from_slice(&ran.stdout).expect("JSON");
        let bytes = std::fs::read(file).expect("is read");
        let bundle = bacung::exchange::open(&bytes, &scene.two.ring).expect("opens");
        let last = bundle.entries.last().expect("an entry").hash().0;
        let last: String = last.iter().map(|byte| format!("{byte:02x}")).collect();
        let ours = serde_json::json!({
            "stream": bundle.stream.number(),
            "entries": bundle.entries.len(),
            "last": last,
        });
        assert_eq!(read, ours);
        let mut spoilt = bytes.clone();
        spoilt[bytes.len() / 2] ^= 1;
        std::fs::write(file, spoilt).expect("is written");
        assert!(!open(file).status.success(), "a flipped bit is seen");
    }
}
