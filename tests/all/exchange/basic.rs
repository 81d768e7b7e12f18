//! Laptops that exchange: what one writes reaches those who may read it, once, and no other.

use bacung::domain::{DataDeed, Envelope, Held, HelpedNames, Role, Versioned, VisitState};
use bacung::journal::Stream;
use bacung::keys::Reader as Key;
use bacung::store::request;

use super::laptop::Laptop;
use super::stick::Stick;
use crate::harness::logbook::{visit, with_activity, with_concern};

fn pair() -> (Laptop, Laptop, Stick) {
    let mut one = Laptop::first(1, Role::Officer);
    let two = one.newcomer(2, Role::Officer);
    one.admits(&two);
    (one, two, Stick::default())
}

/// Exchanges until nothing moves any more.
pub fn heal(laptops: &mut [&mut Laptop], stick: &mut Stick) {
    for _ in 0..6 {
        for laptop in laptops.iter_mut() {
            laptop.sync(stick);
        }
    }
}

#[test]
fn what_one_writes_the_other_reads_and_says_so() {
    let (mut one, mut two, mut stick) = pair();
    one.save(with_activity(
        visit("suối", Some("2026-11-20")),
        "canal",
        "kênh",
    ));
    let out = one.sync(&mut stick);
    assert!(out.bundles_out >= 2 && out.entries_out > 4, "{out:?}");
    let taken = two.sync(&mut stick);
    assert!(
        taken.entries_in > 0 && taken.waiting == 0 && taken.quarantined == 0,
        "{taken:?}"
    );
    assert_eq!(two.notes(), ["suối"]);
    two.save(visit("đồi", Some("2026-11-21")));
    heal(&mut [&mut one, &mut two], &mut stick);
    assert_eq!(one.notes(), two.notes());
    assert_eq!(one.view(), two.view());
    one.check();
    two.check();
}

#[test]
fn nothing_new_costs_nothing_and_receipts_are_not_receipted() {
    let (mut one, mut two, mut stick) = pair();
    one.save(visit("suối", Some("2026-11-20")));
    heal(&mut [&mut one, &mut two], &mut stick);
    let (bundles, ends) = (
        stick.bundles(),
        one.store.reader().chain_ends().expect("is read"),
    );
    for _ in 0..3 {
        for laptop in [&mut one, &mut two] {
            let report = laptop.sync(&mut stick);
            assert_eq!((report.bundles_in, report.bundles_out), (0, 0));
        }
    }
    assert_eq!(stick.bundles(), bundles);
    assert_eq!(one.store.reader().chain_ends().expect("is read"), ends);
}

#[test]
fn a_place_that_lists_in_order_is_asked_once_for_each_device() {
    let (mut one, mut two, mut stick) = pair();
    stick.place = Some([7; 16]);
    for n in 0..20 {
        one.save(visit(&format!("chuyến {n}"), Some("2026-11-20")));
        one.sync(&mut stick);
    }
    heal(&mut [&mut one, &mut two], &mut stick);
    assert_eq!(two.notes().len(), 20);
    for laptop in [&mut one, &mut two] {
        stick.calls = 0;
        laptop.sync(&mut stick);
        // Who writes here, what the other wrote, what of one's own still lies there.
        assert!(stick.calls <= 3, "{}", stick.calls);
    }
}

/// Esc, and then once more: what was met is not read again, and all of it is there in the end.
#[test]
fn an_exchange_that_was_stopped_goes_on_where_it_was() {
    use bacung::exchange::{Flow, Session, SyncError, sync};
    let (mut one, mut two, mut stick) = pair();
    for n in 0..6 {
        one.save(visit(&format!("chuyến {n}"), Some("2026-11-20")));
        one.sync(&mut stick);
    }
    let bundles = stick.bundles();
    assert!(bundles > 6);
    let now = two.tick();
    let mut stopped = Session {
        store: &two.store,
        ring: &two.ring,
        moment: &|| now,
        ids: &mut two.ids,
        tell: &mut |done, _| match done {
            4 => Flow::Stop,
            _ => Flow::GoOn,
        },
    };
    let stopped = sync(&mut stopped, &mut stick);
    assert!(matches!(stopped, Err(SyncError::Stopped)), "{stopped:?}");
    stick.calls = 0;
    two.sync(&mut stick);
    // Who is there and what each one laid down, the bundles that were left, and what is given back.
    let reads = stick.calls - (stick.bundles() - bundles);
    assert!(reads <= bundles - 4 + 4, "{reads} of {bundles}");
    assert_eq!(two.notes().len(), 6);
    let report = two.sync(&mut stick);
    assert_eq!(report.bundles_in, 0);
}

#[test]
fn who_is_admitted_late_gets_what_came_before() {
    let (mut one, mut two, mut stick) = pair();
    two.sync(&mut stick);
    for n in 0..5 {
        one.save(visit(&format!("chuyến {n}"), Some("2026-11-20")));
    }
    heal(&mut [&mut one, &mut two], &mut stick);
    two.save(visit("của máy hai", Some("2026-11-19")));
    heal(&mut [&mut one, &mut two], &mut stick);
    // A stick that saw nothing of all this, and the second laptop is away.
    let mut stick = Stick::default();
    let mut three = one.newcomer(3, Role::Reviewer);
    one.admits(&three);
    one.sync(&mut stick);
    let report = three.sync(&mut stick);
    assert_eq!(report.waiting, 0, "{report:?}");
    assert_eq!(three.notes(), one.notes());
    assert_eq!(three.view(), one.view());
    three.check();
}

#[test]
fn two_who_change_one_field_are_both_kept() {
    let (mut one, mut two, mut stick) = pair();
    let visit = one.save(visit("trước", Some("2026-11-20")));
    heal(&mut [&mut one, &mut two], &mut stick);
    one.note(visit, "của một");
    two.note(visit, "của hai");
    heal(&mut [&mut one, &mut two], &mut stick);
    for laptop in [&mut one, &mut two] {
        let dossier = laptop.dossier(visit);
        assert_eq!(dossier.state, VisitState::Conflict);
        assert_eq!(dossier.visit.conflicts.len(), 1);
        let now = laptop.tick();
        assert!(laptop.store.send(visit, now, &mut laptop.ids).is_err());
    }
    let mut dossier = one.dossier(visit);
    dossier.visit.conflicts.clear();
    dossier.visit.value.note = "đã chọn".into();
    one.save(dossier);
    heal(&mut [&mut one, &mut two], &mut stick);
    assert_eq!(two.dossier(visit).visit.value.note, "đã chọn");
    assert_eq!(two.dossier(visit).state, VisitState::Draft);
}

/// Seals an identity, looks for a citizen and erases what is found, without letting time pass.
fn narrow(one: &mut Laptop, visit: bacung::domain::VisitId) {
    let envelope = one.dossier(visit).envelopes[0].id.expect("is saved");
    let keys = [Key::parse(&one.recipient()).expect("a key")];
    let now = one.tick();
    let (store, ids) = (&one.store, &mut one.ids);
    store
        .seal_identity(envelope, "Người Tố Cáo", &keys, now, ids)
        .expect("is sealed");
    let dossier = store.reader().dossier(visit);
    let dossier = dossier.expect("is read").expect("stands");
    let helped = dossier.activities[0]
        .helped
        .as_ref()
        .and_then(|helped| helped.id);
    let held = Held {
        record: helped.expect("is saved").into(),
        of: visit.into(),
        code: store.reader().code(visit.into()).expect("a code"),
        date: None,
        fields: Vec::new(),
    };
    for deed in [DataDeed::Found, DataDeed::Erased] {
        let line = request(deed, std::slice::from_ref(&held), "1", None);
        match deed {
            DataDeed::Erased => {
                let what = (std::slice::from_ref(&held), None, &line);
                store.erase_held(what, &[], now, ids).expect("is erased");
            }
            _ => store.note_data_request(&line, now, ids).expect("is noted"),
        }
    }
    one.now -= 1000;
}

/// Names of citizens and envelopes: the reviewer's copy does not tell whether there are any.
#[test]
fn a_reviewer_learns_nothing_of_the_narrow_streams() {
    let histories = [false, true].map(|with_names| {
        let mut one = Laptop::first(1, Role::Officer);
        let mut two = one.newcomer(2, Role::Officer);
        let mut cell = one.newcomer(3, Role::Reviewer);
        one.admits(&two);
        one.admits(&cell);
        let mut stick = Stick::default();
        for n in 0..4 {
            let mut dossier = with_activity(visit("suối", Some("2026-11-20")), "canal", "kênh");
            dossier = with_concern(dossier, "đường tối", None);
            if with_names {
                let names = HelpedNames {
                    activity: None,
                    names: format!("Nguyễn Thị Bí Mật {n}"),
                };
                dossier.activities[0].helped = Some(Versioned::new(names));
            }
            if with_names {
                dossier.envelopes.push(Versioned::new(Envelope {
                    number: format!("{n}/PB"),
                    ..Envelope::default()
                }));
            }
            let visit = one.save(dossier);
            if with_names {
                narrow(&mut one, visit);
                let now = one.tick();
                one.now -= 1000;
                let shown = one.store.show_names(visit.into(), now, &mut one.ids);
                shown.expect("is written down");
            }
            heal(&mut [&mut one, &mut two, &mut cell], &mut stick);
        }
        let opened: Vec<_> = stick
            .all()
            .into_iter()
            .filter_map(|(_, _, bytes)| bacung::exchange::open(&bytes, &cell.ring).ok())
            .map(|bundle| bundle.stream)
            .collect();
        assert!(
            opened
                .iter()
                .all(|s| matches!(s, Stream::Open | Stream::Roster))
        );
        let reader = cell.store.reader();
        // Keys that bundles are sealed to are drawn anew each time; they lie in the roster.
        let mut ends = reader.chain_ends().expect("is read");
        ends.retain(|end| end.stream != Stream::Roster);
        (ends, cell.view(), two.notes().len())
    });
    let [without, with] = histories;
    assert_eq!(without.1, with.1);
    assert_eq!(
        without.0, with.0,
        "the open entries are the same to the bit"
    );
    assert_eq!(without.2, 4);
}

#[test]
fn a_revoked_device_is_cut_where_it_stood_on_every_copy() {
    let mut one = Laptop::first(1, Role::Officer);
    let mut two = one.newcomer(2, Role::Officer);
    let mut three = one.newcomer(3, Role::Officer);
    one.admits(&two);
    one.admits(&three);
    let (mut early, mut late) = (Stick::default(), Stick::default());
    two.save(visit("trước", Some("2026-11-20")));
    heal(&mut [&mut one, &mut two, &mut three], &mut early);
    // The third laptop meets what comes after the cut before it hears of it.
    two.save(visit("sau", Some("2026-11-21")));
    two.sync(&mut late);
    three.sync(&mut late);
    assert_eq!(three.notes(), ["sau", "trước"]);
    let now = one.tick();
    let revoked = one.store.revoke(two.device(), now, &mut one.ids);
    revoked.expect("is revoked");
    heal(&mut [&mut one, &mut three], &mut early);
    one.sync(&mut late);
    for laptop in [&mut one, &mut three] {
        assert_eq!(laptop.notes(), ["trước"]);
        laptop.check();
    }
    assert_eq!(one.view(), three.view());
    // And it gets nothing more.
    one.save(visit("mới", Some("2026-11-22")));
    one.sync(&mut early);
    two.sync(&mut early);
    assert!(!two.notes().contains(&"mới".to_owned()));
}

#[test]
fn a_pulled_stick_is_filled_again() {
    let (mut one, mut two, mut stick) = pair();
    one.save(visit("suối", Some("2026-11-20")));
    stick.room = Some(1);
    assert!(one.try_sync(&mut stick).is_err());
    stick.room = None;
    one.sync(&mut stick);
    // A bundle under its name that is shorter than it was.
    let mut cut = stick.clone();
    for files in cut.folders.values_mut() {
        for bytes in files.values_mut() {
            bytes.truncate(bytes.len() / 2);
        }
    }
    let report = two.sync(&mut cut);
    assert_eq!(report.entries_in, 0);
    assert!(report.waiting > 0);
    one.sync(&mut cut);
    two.sync(&mut cut);
    assert_eq!(two.notes(), ["suối"]);
}

#[test]
fn a_keeper_names_another_who_lets_others_in() {
    let (mut one, mut two, mut stick) = pair();
    heal(&mut [&mut one, &mut two], &mut stick);
    let now = two.tick();
    let mut three = one.newcomer(3, Role::Superior);
    let admission = three.request().admission();
    assert!(two.store.admit(&admission, now, &mut two.ids).is_err());
    let now = one.tick();
    let named = one.store.name_keeper(two.device(), now, &mut one.ids);
    named.expect("is named");
    heal(&mut [&mut one, &mut two], &mut stick);
    two.admits(&three);
    one.save(visit("suối", Some("2026-11-20")));
    heal(&mut [&mut one, &mut two, &mut three], &mut stick);
    assert_eq!(three.notes(), ["suối"]);
    let now = three.tick();
    let word = (bacung::domain::Say::Confirm, String::new());
    let visit = one
        .store
        .reader()
        .list_visits(&crate::harness::logbook::query(""));
    let visit = visit.expect("a list").rows[0].id;
    let signed = three.store.review(visit, word, None, now, &mut three.ids);
    assert!(signed.is_err(), "a superior signs no review");
    for laptop in [&mut one, &mut two, &mut three] {
        laptop.check();
    }
}

/// A logbook that was put back from a backup: a new device, and another key that bundles are sealed to.
#[test]
fn a_device_that_takes_anothers_place_goes_on_reading_and_writing() {
    let (mut one, mut two, mut stick) = pair();
    two.save(visit("trước", Some("2026-11-20")));
    heal(&mut [&mut one, &mut two], &mut stick);
    let (ring, _) = bacung::keys::KeyRing::create(&mut |bytes| bytes.fill(44));
    let signer =
        |ring: &bacung::keys::KeyRing| bacung::journal::Signer::from_seed(ring.device().as_bytes());
    let (old, new) = (signer(&two.ring), signer(&ring));
    let now = two.tick();
    let taken = two.store.take_place(new, &old, now, &mut two.ids);
    taken.expect("takes its place");
    two.ring = ring.into();
    two.save(visit("sau", Some("2026-11-21")));
    // What the old device may not have given to everybody, the new one gives.
    let mut stick = Stick::default();
    heal(&mut [&mut two, &mut one], &mut stick);
    one.save(visit("mới", Some("2026-11-22")));
    heal(&mut [&mut one, &mut two], &mut stick);
    assert_eq!(one.notes(), ["mới", "sau", "trước"]);
    assert_eq!(one.view(), two.view());
    one.check();
    two.check();
}
