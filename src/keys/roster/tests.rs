//! Whose word counts in the roster.

use super::*;
use crate::domain::{EntityId, LogbookId, Stamp};
use crate::journal::{Commit, Ids, Pen, Signer, StreamIds};

const LOGBOOK: LogbookId = LogbookId([1; 16]);

struct Scene {
    ids: StreamIds,
    time: u64,
    entries: Vec<EntryView>,
    certificates: Vec<Certificate>,
}

fn signer(n: u8) -> Signer {
    Signer::from_seed(&[n; 32])
}

fn member(n: u8) -> MemberId {
    MemberId([n; 16])
}

impl Scene {
    fn new() -> Self {
        Self {
            ids: StreamIds::from_seed([3; 32]),
            time: 0,
            entries: Vec::new(),
            certificates: Vec::new(),
        }
    }

    fn says(&mut self, by: u8, kind: EntityKind, about: u8, value: &impl Recorded) {
        let signer = signer(by);
        let pen = Pen {
            logbook: LOGBOOK,
            author: member(by),
            signer: &signer,
            wall: Stamp(0),
        };
        self.time += 1;
        let tip = crate::journal::Tip {
            time: self.time,
            ..Default::default()
        };
        let mut commit = Commit::new(pen, [(Stream::Roster, tip)].into());
        let id = super::tests::signer(about).public().device().0;
        let act = Act::Save(value.to_fields().expect("fields"));
        let entity = EntityId { kind, id };
        let ids: &mut dyn Ids = &mut self.ids;
        commit
            .add_in(Stream::Roster, entity, &[], &act, ids)
            .expect("an entry");
        let (entries, _) = commit.finish();
        self.entries
            .extend(entries.into_iter().map(|(entry, act)| entry.seen(act)));
    }

    fn admits(&mut self, by: u8, whom: u8, role: Role, more: fn(&mut Admission)) {
        let mut admission = Admission {
            member: Some(member(whom)),
            role: Some(role),
            key: Some(signer(whom).public()),
            recipient: format!("age1{whom}"),
            ..Admission::default()
        };
        more(&mut admission);
        self.says(by, EntityKind::Admission, whom, &admission);
    }

    fn roster(&self) -> Roster {
        let mut turned = self.entries.clone();
        turned.reverse();
        let read = |entries: &[EntryView]| {
            Roster::read(&Sources {
                trusted: vec![Seat::trusted(
                    signer(1).public(),
                    member(1),
                    None,
                    Keeper::Yes,
                )],
                entries,
                certificates: &self.certificates,
            })
        };
        let roster = read(&self.entries);
        assert_eq!(roster, read(&turned));
        roster
    }

    fn seat(&self, n: u8) -> Option<Seat> {
        self.roster().seat(signer(n).public().device()).cloned()
    }
}

#[test]
fn only_a_keeper_admits_and_another_can_be_named() {
    let mut scene = Scene::new();
    scene.admits(2, 3, Role::Officer, |_| {});
    assert!(scene.seat(3).is_none());
    scene.admits(1, 2, Role::Officer, |_| {});
    assert!(scene.seat(3).is_none() && scene.seat(2).is_some());
    scene.admits(1, 2, Role::Officer, |admission| admission.keeper = true);
    assert!(
        scene.seat(3).is_some(),
        "a keeper's earlier word counts too"
    );
}

#[test]
fn what_a_device_was_admitted_as_never_changes() {
    let mut scene = Scene::new();
    scene.admits(1, 2, Role::Reviewer, |_| {});
    scene.admits(1, 2, Role::Officer, |_| {});
    assert_eq!(
        scene.seat(2).and_then(|seat| seat.role),
        Some(Role::Reviewer)
    );
}

#[test]
fn a_revoked_device_and_its_successors_read_nothing() {
    let mut scene = Scene::new();
    scene.admits(1, 2, Role::Police, |_| {});
    let new = signer(9).public();
    scene
        .certificates
        .push(Certificate::new(LOGBOOK, new, &signer(2)));
    let seat = scene.seat(9).expect("it took the place");
    assert!(seat.reads(Stream::Petition) && !seat.reads(Stream::Sealed));
    scene.admits(1, 2, Role::Police, |admission| admission.revoked = true);
    assert!(!scene.seat(9).expect("is there").reads(Stream::Roster));
}

#[test]
fn a_device_says_itself_what_it_is_sealed_to() {
    let mut scene = Scene::new();
    scene.admits(1, 2, Role::Police, |_| {});
    let station = Station {
        recipient: "age1new".into(),
    };
    scene.says(3, EntityKind::Device, 2, &station);
    assert_eq!(scene.seat(2).expect("is there").recipient, "age12");
    scene.says(2, EntityKind::Device, 2, &station);
    assert_eq!(scene.seat(2).expect("is there").recipient, "age1new");
}

#[test]
fn the_table_of_streams() {
    use Role::{Authority, Officer, Police, Reviewer, Superior};
    use Stream::{Open, Petition, Roster, Sealed};
    for role in Role::ALL {
        assert!(reads(role, Open) && reads(role, Roster) && writes(role, Roster));
        assert!(!reads(role, Stream::Unknown(9)) && !writes(role, Stream::Unknown(9)));
    }
    for (role, petition, sealed) in [
        (Officer, true, false),
        (Police, true, false),
        (Reviewer, false, false),
        (Authority, false, true),
        (Superior, false, false),
    ] {
        assert_eq!(
            (reads(role, Petition), reads(role, Sealed)),
            (petition, sealed)
        );
    }
}
