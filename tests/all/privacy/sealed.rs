//! Who denounced: sealed to the competent authority, opened by it alone.

use bacung::domain::*;
use bacung::keys::{BOX, Reader};
use bacung::store::WriteError;

use super::canary::write_envelope;
use crate::exchange::basic::heal;
use crate::exchange::laptop::Laptop;
use crate::exchange::stick::Stick;
use crate::harness::home::{Home, Ran};
use crate::harness::logbook::visit;
use crate::harness::terminal::Terminal;

const IDENTITY: &str = "Lò Thị Kín, thôn Pắc Ban, 0912345678";

fn with_envelope(number: &str) -> Dossier {
    let mut dossier = visit("suối", Some("2026-11-20"));
    dossier.envelopes.push(Versioned::new(Envelope {
        number: number.to_owned(),
        ..Envelope::default()
    }));
    dossier
}

fn boxed(laptop: &Laptop, visit: VisitId) -> Vec<u8> {
    laptop.dossier(visit).envelopes[0].value.sealed.0.clone()
}

fn seal(laptop: &mut Laptop, visit: VisitId, keys: &[Reader]) -> Result<(), WriteError> {
    let envelope = laptop.dossier(visit).envelopes[0].id.expect("is saved");
    let now = laptop.tick();
    let (store, ids) = (&laptop.store, &mut laptop.ids);
    store.seal_identity(envelope, IDENTITY, keys, now, ids)
}

#[test]
fn the_authority_opens_what_this_laptop_cannot_and_a_box_is_always_there() {
    let mut one = Laptop::first(1, Role::Officer);
    let mut authority = one.newcomer(2, Role::Authority);
    let before = one.save(with_envelope("1/PB"));
    assert_eq!(boxed(&one, before).len(), BOX, "there without a key too");
    let none = one.store.reader().authority().expect("is read");
    assert!(matches!(
        seal(&mut one, before, &none),
        Err(WriteError::NoAuthority)
    ));
    one.admits(&authority);
    let empty = one.save(with_envelope("2/PB"));
    let keys = one.store.reader().authority().expect("is read");
    assert_eq!(keys.len(), 1);
    let filled = one.save(with_envelope("3/PB"));
    seal(&mut one, filled, &keys).expect("is sealed");
    // Amending the visit leaves the box as it is.
    let there = boxed(&one, filled);
    one.note(filled, "đường trơn");
    assert!(boxed(&one, filled) == there && there.len() == BOX);
    assert!(one.ring.open_identity(&there).is_none());
    let mut stick = Stick::default();
    heal(&mut [&mut one, &mut authority], &mut stick);
    let opened = |visit| authority.ring.open_identity(&boxed(&authority, visit));
    assert_eq!(opened(filled).expect("opens").as_str(), IDENTITY);
    assert_eq!(opened(empty).expect("opens").as_str(), "");
    assert!(opened(before).is_none());
    one.check();
    authority.check();
}

fn ok(home: &Home, args: &[&str]) -> Ran {
    let ran = home.run(args);
    assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
    ran
}

/// An officer's home and one of the competent authority, which was let in, with a folder between them.
fn two_homes() -> (Home, Home, String) {
    let (officer, authority) = (Home::new(), Home::new());
    let unit = "Công an xã Nà Hang";
    ok(
        &officer,
        &[
            "new",
            "--name",
            "Hoàng Thị Bế",
            "--unit",
            unit,
            "--role",
            "officer",
        ],
    );
    let at = |name: &str| {
        let path = officer.path().join("stick").join(name);
        path.to_str().expect("UTF-8").to_owned()
    };
    std::fs::create_dir(officer.path().join("stick")).expect("a folder");
    let (invite, request) = (at("moi"), at("yeu-cau"));
    ok(
        &officer,
        &["roster", "invite", "--role", "authority", "-o", &invite],
    );
    ok(
        &authority,
        &[
            "new",
            "--join",
            &invite,
            "--name",
            "Nguyễn Văn Hòa",
            "-o",
            &request,
        ],
    );
    ok(&officer, &["roster", "admit", &request, "--yes"]);
    let stick = at("");
    (officer, authority, stick)
}

#[test]
fn an_identity_typed_on_the_screen_is_read_on_the_authoritys_device_alone() {
    let (officer, authority, stick) = two_homes();
    write_envelope(&officer);
    let file = officer.passphrase_file();
    let file = file.to_str().expect("UTF-8");
    let mut terminal = Terminal::start(&officer, &["--passphrase-file", file]);
    terminal.wait("07/PB");
    terminal.keys("l");
    terminal.wait("Danh tính người tố cáo");
    terminal.keys(IDENTITY);
    terminal.keys("\r");
    terminal.wait("Đã niêm phong");
    let bytes = terminal.bytes();
    let (code, _) = {
        terminal.keys("\u{11}");
        terminal.end()
    };
    assert_eq!(code, 0);
    assert!(
        !String::from_utf8_lossy(&bytes).contains("Kín"),
        "it was never drawn"
    );
    ok(&officer, &["sync", &stick]);
    ok(&authority, &["sync", &stick]);
    let listed = ok(&officer, &["list", "visits", "--json"]).json();
    let code = listed["rows"][0]["code"]
        .as_str()
        .expect("a code")
        .to_owned();
    // Who wrote it has the envelope, and nothing opens its box there.
    let own = officer.run(&["show", &code, "--reveal", "--json"]);
    assert!(!own.out.contains("Kín"), "{}", own.out);
    let masked = ok(&authority, &["show", &code, "--json"]);
    assert!(!masked.out.contains("Kín"), "{}", masked.out);
    let before = shown(&masked);
    let opened = ok(&authority, &["show", &code, "--reveal", "--json"]);
    assert!(opened.out.contains(IDENTITY), "{}", opened.out);
    // The showing is an entry of its own.
    let after = shown(&ok(&authority, &["show", &code, "--json"]));
    assert_eq!(after, before + 1);
}

fn shown(ran: &Ran) -> usize {
    let history = ran.json()["history"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let shown = history.iter().filter(|line| line["what"] == "shown");
    shown.count()
}
