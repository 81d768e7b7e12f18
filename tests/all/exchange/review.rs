//! What a reviewer is shown: the difference since the last look, and what two people made of one field.

use bacung::domain::{EntityKind, Part, Role, Say, VisitState};

use super::basic::heal;
use super::laptop::Laptop;
use super::stick::Stick;
use crate::harness::logbook::{visit, with_activity};

#[test]
fn the_difference_is_that_since_this_reviewer_last_looked() {
    let mut one = Laptop::first(1, Role::Officer);
    let mut cell = one.newcomer(2, Role::Reviewer);
    one.admits(&cell);
    let mut stick = Stick::default();
    let dossier = with_activity(visit("trước", Some("2026-11-20")), "canal", "kênh");
    let id = one.save(dossier);
    heal(&mut [&mut one, &mut cell], &mut stick);
    assert_eq!(cell.store.reader().changes(id).expect("is read"), None);
    let content = cell.store.reader().content(id).expect("is read");
    assert!(
        content
            .iter()
            .all(|c| c.before.is_none() && c.now.is_some())
    );
    assert_eq!(content.len(), 2, "{content:?}");
    cell.store.look(id).expect("is noted");
    let changes = cell.store.reader().changes(id).expect("is read");
    assert_eq!(changes, Some(Vec::new()));

    let mut dossier = one.dossier(id);
    dossier.visit.value.note = "sau".into();
    dossier.activities.clear();
    let dossier = with_activity(dossier, "road", "đường");
    one.save(dossier);
    heal(&mut [&mut one, &mut cell], &mut stick);
    let changes = cell.store.reader().changes(id).expect("is read");
    let changes = changes.expect("it was looked at");
    let note = |part: &Option<Part>| match part {
        Some(Part::Visit(visit)) => visit.note.clone(),
        other => panic!("{other:?}"),
    };
    let own = changes.iter().find(|c| c.about == id.into());
    let own = own.expect("the visit changed");
    assert_eq!(
        (note(&own.before), note(&own.now)),
        ("trước".into(), "sau".into())
    );
    assert_eq!(own.fields, ["note"]);
    let mut parts = changes
        .iter()
        .filter(|c| c.about.kind == EntityKind::Activity);
    let gone = parts
        .clone()
        .find(|c| c.now.is_none())
        .expect("one is gone");
    assert!(matches!(&gone.before, Some(Part::Activity(a)) if a.description == "kênh"));
    let new = parts.find(|c| c.before.is_none()).expect("one is new");
    assert!(matches!(&new.now, Some(Part::Activity(a)) if a.description == "đường"));
    cell.store.look(id).expect("is noted");
    let changes = cell.store.reader().changes(id).expect("is read");
    assert_eq!(changes, Some(Vec::new()));
}

#[test]
fn both_values_of_a_conflict_are_shown_with_who_wrote_them() {
    let mut one = Laptop::first(1, Role::Officer);
    let mut two = one.newcomer(2, Role::Officer);
    one.admits(&two);
    let mut stick = Stick::default();
    let id = one.save(visit("trước", Some("2026-11-20")));
    heal(&mut [&mut one, &mut two], &mut stick);
    one.note(id, "của một");
    two.note(id, "của hai");
    heal(&mut [&mut one, &mut two], &mut stick);
    for laptop in [&one, &two] {
        let contested = laptop.store.reader().contested(id).expect("is read");
        let [contested] = contested.as_slice() else {
            panic!("{contested:?}");
        };
        assert_eq!(contested.field, "note");
        let mut sides: Vec<(String, String)> = Vec::new();
        for side in &contested.sides {
            let Part::Visit(visit) = &side.part else {
                panic!("{side:?}");
            };
            sides.push((side.who.clone(), visit.note.clone()));
        }
        sides.sort();
        let side = |who: &str, note: &str| (who.to_owned(), note.to_owned());
        assert_eq!(sides, [side("Máy 1", "của một"), side("Máy 2", "của hai")]);
    }
    one.note(id, "đã chọn");
    let contested = one.store.reader().contested(id).expect("is read");
    assert!(contested.is_empty(), "{contested:?}");
}

#[test]
fn several_are_confirmed_as_they_were_seen_or_not_at_all() {
    let mut one = Laptop::first(1, Role::Officer);
    let mut cell = one.newcomer(2, Role::Reviewer);
    one.admits(&cell);
    let mut stick = Stick::default();
    let mut visits = Vec::new();
    for n in 0..3 {
        let mut dossier = visit(&format!("chuyến {n}"), Some("2026-11-20"));
        dossier.visit.value.origin = bacung::domain::Origin::Import;
        let id = one.save(dossier);
        let now = one.tick();
        one.store.send(id, now, &mut one.ids).expect("is sent");
        visits.push(id);
    }
    heal(&mut [&mut one, &mut cell], &mut stick);
    let seen = |cell: &Laptop| -> Vec<_> {
        let queue = cell.store.reader().review_queue(10).expect("is read");
        queue.iter().map(|q| (q.row.id, q.revision)).collect()
    };
    let before = seen(&cell);
    assert_eq!(before.len(), 3);
    // One of them is changed between the look and the word.
    one.note(visits[1], "sửa");
    heal(&mut [&mut one, &mut cell], &mut stick);
    let now = cell.tick();
    assert!(cell.store.confirm_all(&before, now, &mut cell.ids).is_err());
    for id in &visits {
        assert_eq!(cell.dossier(*id).state, VisitState::Sent);
    }
    let after = seen(&cell);
    let now = cell.tick();
    cell.store
        .confirm_all(&after, now, &mut cell.ids)
        .expect("all are confirmed");
    heal(&mut [&mut one, &mut cell], &mut stick);
    for (id, revision) in after {
        assert_eq!(one.dossier(id).state, VisitState::Confirmed);
        let thread = one.store.reader().thread(id).expect("is read");
        assert!(
            thread
                .iter()
                .all(|line| line.say == Say::Confirm && line.current)
        );
        let stands = one.store.reader().revision(id).expect("is read");
        assert_eq!(stands, Some(revision));
    }
}
