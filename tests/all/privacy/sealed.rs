//! Who denounced: sealed to the competent authority, opened by it alone.

use bacung::domain::*;
use bacung::keys::{BOX, Reader};
use bacung::store::WriteError;

use crate::exchange::basic::heal;
use crate::exchange::laptop::Laptop;
use crate::exchange::stick::Stick;
use crate::harness::logbook::visit;

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
