//! Bundles that are made to cost: sealed by a member, whole, and refused before they do.

use std::process::Command;
use std::time::{Duration, Instant};

use age::secrecy::ExposeSecret;
use bacung::domain::Role;
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
fn frame(item: &[u8]) -> Vec<u8> {
    [&(item.len() as u32).to_be_bytes()[..], item].concat()
}

fn head(scene: &Scene) -> Vec<u8> {
    let mut encoder = minicbor::Encoder::new(Vec::new());
    let id = logbook(&scene.one).0;
    let done = encoder
        .map(4)
        .and_then(|e| e.u8(0)?.u8(1)?.u8(1)?.u8(1)?.u8(2)?.bytes(&id));
    let done = done.and_then(|e| e.u8(3)?.u8(Stream::Open.number()));
    done.expect("a Vec takes every write");
    frame(&encoder.into_writer())
}

fn line(entry: &[u8]) -> Vec<u8> {
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

/// An entry of the second laptop whose header names ten thousand heads.
fn many_heads(scene: &Scene) -> Vec<u8> {
    let start = tip(&scene.one, &scene.two);
    let forged = forge(
        &scene.two,
        &key(&scene.two),
        start,
        0,
        &note(scene.visit, b'a'),
    );
    let bytes = forged[0].to_bytes();
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
    let entry = many_heads(&scene);
    assert!(Entry::from_bytes(&entry).is_err());
    let content = [head(&scene), line(&entry)].concat();
    let report = meets(&mut scene, 900, &content);
    assert_eq!(report.entries_in, 0, "{report:?}");
}

#[test]
fn lengths_that_lie_and_floods_of_items_cost_nothing() {
    let mut scene = scene();
    let lies = [&head(&scene)[..], &u32::MAX.to_be_bytes(), &[0xff; 64]].concat();
    let report = meets(&mut scene, 900, &lies);
    assert_eq!(report.entries_in, 0, "{report:?}");
    // Arrays in arrays, a million deep.
    let deep = [head(&scene), frame(&vec![0x81; 1 << 20])].concat();
    assert_eq!(meets(&mut scene, 901, &deep).entries_in, 0);
    // Eight million bytes of empty items, and more than a bundle may hold.
    let mut flood = head(&scene);
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
    let content = [head(&scene), again].concat();
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
    let content = [head(&scene), line(&forged[0].to_bytes())].concat();
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
    let content = [head(&scene), head(&scene), line(&forged[0].to_bytes())].concat();
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
    let scene = scene();
    let folder = tempfile::tempdir().expect("a folder");
    let (identity, file) = (
        folder.path().join("key.txt"),
        folder.path().join("bundle.age"),
    );
    let secret = scene.two.ring.exchange().to_string();
    std::fs::write(&identity, secret.expose_secret()).expect("is written");
    let sent = scene.stick.all();
    let from_one = sent.iter().filter(|(from, ..)| *from == sender(&scene.one));
    let mut opened = 0;
    for (.., bytes) in from_one {
        std::fs::write(&file, bytes).expect("is written");
        let mut age = Command::new(stock);
        let ran = age.arg("-d").arg("-i").arg(&identity).arg(&file).output();
        let ran = ran.expect("runs");
        if ran.status.success() {
            assert!(ran.stdout.len() > 4, "a bundle's first item");
            opened += 1;
        }
    }
    assert!(opened > 0, "{stock} opens what is sealed to this laptop");
}
