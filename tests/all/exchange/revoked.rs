//! A device that was shut out: where its chains end is said by number and hash, by who holds the stream; what lies
//! before stays, what comes after is believed by nobody, in whatever order all this arrives.

use bacung::domain::{HelpedNames, Role, Versioned, VisitId};
use bacung::journal::Stream;

use super::basic::heal;
use super::laptop::Laptop;
use super::stick::Stick;
use crate::harness::logbook::{visit, with_activity};

const ORDERS: [[usize; 3]; 6] = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
];

/// Writes a visit and who was helped on it.
fn write(laptop: &mut Laptop, note: &str) -> VisitId {
    let mut dossier = with_activity(visit(note, Some("2026-11-20")), "canal", "kênh");
    dossier.activities[0].helped = Some(Versioned::new(HelpedNames {
        activity: None,
        names: format!("Lò Văn {note}"),
    }));
    laptop.save(dossier)
}

/// The names that stand on each visit that a laptop shows.
fn names(laptop: &Laptop) -> Vec<String> {
    let page = laptop
        .store
        .reader()
        .list_visits(&crate::harness::logbook::query(""));
    let rows = page.expect("a list").rows.into_iter();
    let names = rows.map(|row| {
        let dossier = laptop.dossier(row.id);
        let helped = dossier.activities[0].helped.as_ref();
        let helped = helped.map_or("", |helped| &helped.value.names);
        format!("{}: {helped}", dossier.visit.value.note)
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// What becomes of two officers where a keeper of a role shuts a third one out; each meets three sticks in an order:
/// what the third one wrote before, what it wrote after, and the keeper's word.
fn outcome(role: Role, order: [usize; 3], other: [usize; 3]) -> Vec<String> {
    let mut keeper = Laptop::first(1, role);
    let mut gone = keeper.newcomer(2, Role::Officer);
    let mut three = keeper.newcomer(3, Role::Officer);
    let mut four = keeper.newcomer(4, Role::Officer);
    for newcomer in [&gone, &three, &four] {
        keeper.admits(newcomer);
    }
    let mut stick = Stick::default();
    write(&mut gone, "một");
    heal(
        &mut [&mut keeper, &mut gone, &mut three, &mut four],
        &mut stick,
    );
    let mut sticks = [Stick::default(), Stick::default(), Stick::default()];
    let wanted = write(&mut gone, "hai");
    gone.sync(&mut sticks[0]);
    keeper.sync(&mut sticks[0]);
    assert_eq!(keeper.dossier(wanted).visit.value.note, "hai");
    write(&mut gone, "ba");
    gone.note(wanted, "hai, bị sửa");
    gone.sync(&mut sticks[1]);
    let now = keeper.tick();
    let revoked = keeper.store.revoke(gone.device(), now, &mut keeper.ids);
    revoked.expect("is shut out");
    keeper.sync(&mut sticks[2]);
    // Each meets its own copies, so that neither sees what the other one did.
    for (laptop, order) in [(&mut three, order), (&mut four, other)] {
        for at in order {
            laptop.sync(&mut sticks[at].clone());
        }
    }
    let mut stick = Stick::default();
    heal(&mut [&mut keeper, &mut three, &mut four], &mut stick);
    for laptop in [&mut keeper, &mut three, &mut four] {
        assert_eq!(laptop.notes(), ["hai", "một"], "{order:?} {other:?}");
        laptop.check();
    }
    assert_eq!(keeper.view(), three.view(), "{order:?} {other:?}");
    assert_eq!(keeper.view(), four.view(), "{order:?} {other:?}");
    assert_eq!(names(&three), names(&four), "{order:?} {other:?}");
    // What it writes from now on reaches nobody, and it gets nothing more.
    write(&mut gone, "bốn");
    write(&mut three, "năm");
    gone.sync(&mut stick);
    heal(&mut [&mut three, &mut keeper, &mut four], &mut stick);
    gone.sync(&mut stick);
    assert_eq!(four.notes(), ["hai", "một", "năm"]);
    assert!(!gone.notes().contains(&"năm".to_owned()));
    names(&four)
}

#[test]
fn a_keeper_who_holds_both_streams_cuts_both() {
    for (at, order) in ORDERS.into_iter().enumerate() {
        let names = outcome(Role::Officer, order, ORDERS[(at + 4) % 6]);
        let kept = ["hai: Lò Văn hai", "một: Lò Văn một", "năm: Lò Văn năm"];
        assert_eq!(names, kept, "{order:?}");
    }
}

/// A cell that keeps the roster does not hold the names: the officers who do cut them where they stand.
#[test]
fn a_stream_that_the_keeper_does_not_hold_is_cut_by_those_who_do() {
    for (at, order) in ORDERS.into_iter().enumerate() {
        let names = outcome(Role::Reviewer, order, ORDERS[(at + 4) % 6]);
        assert!(names.contains(&"một: Lò Văn một".to_owned()), "{names:?}");
        assert!(!names.iter().any(|name| name.contains("ba")), "{names:?}");
    }
}

/// Who only holds a stream says nothing of a device that nobody shut out, nor against a keeper's word.
#[test]
fn a_cut_counts_for_a_device_that_was_shut_out_alone() {
    let mut keeper = Laptop::first(1, Role::Officer);
    let mut two = keeper.newcomer(2, Role::Officer);
    let mut three = keeper.newcomer(3, Role::Officer);
    for newcomer in [&two, &three] {
        keeper.admits(newcomer);
    }
    let mut stick = Stick::default();
    write(&mut two, "một");
    heal(&mut [&mut keeper, &mut two, &mut three], &mut stick);
    let ends = keeper.store.reader().chain_ends().expect("is read");
    for stream in [Stream::Open, Stream::Petition] {
        let end = ends
            .iter()
            .find(|end| end.device == two.device() && end.stream == stream);
        let first = two.store.reader().run(two.device(), stream, 1, (1, 1));
        let first = &first.expect("is read")[0];
        assert!(end.expect("a chain").mark.seq > first.header().seq || stream == Stream::Petition);
        let mark = bacung::journal::Mark {
            seq: first.header().seq,
            hash: first.hash(),
        };
        let entity = bacung::domain::EntityId {
            kind: bacung::domain::EntityKind::Device,
            id: two.device().0,
        };
        let act = bacung::journal::Act::Cut(mark);
        let at = super::hostile::tip_in(&keeper, &three, stream);
        let key = super::hostile::key(&three);
        let forged = super::hostile::sign_in(
            stream,
            &three.store,
            (&key, at, 0),
            [(entity, &[][..], &act)],
        );
        let taken = keeper
            .store
            .receive(stream, forged)
            .expect("no fault of the file");
        assert_eq!((taken.taken, taken.refused), (1, None));
    }
    assert_eq!(names(&keeper), ["một: Lò Văn một"]);
    let now = keeper.tick();
    let revoked = keeper.store.revoke(two.device(), now, &mut keeper.ids);
    revoked.expect("is shut out");
    assert_eq!(
        names(&keeper),
        ["một: Lò Văn một"],
        "the keeper's word stands"
    );
    keeper.check();
}
