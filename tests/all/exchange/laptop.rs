//! A laptop in memory: its logbook, its keys, its clock.

use std::sync::Arc;

use bacung::domain::{Dossier, Profile, Role, Stamp, VisitId};
use bacung::exchange::{Flow, Report, Request, Session, SyncError, Target, sync};
use bacung::journal::{DeviceId, Signer, StreamIds};
use bacung::keys::KeyRing;
use bacung::store::{Genesis, Moment, SaveDossier, Store};

use super::memory::Memory;
use crate::harness::logbook::{day, query};

pub struct Laptop {
    disk: Memory,
    pub store: Store,
    pub ring: Arc<KeyRing>,
    pub ids: StreamIds,
    pub now: i64,
    pub cell: String,
}

pub fn profile(name: &str, role: Role) -> Profile {
    Profile {
        name: name.into(),
        post: String::new(),
        unit: "Công an xã Nà Hang".into(),
        role,
    }
}

fn ring(seed: u8) -> Arc<KeyRing> {
    Arc::new(KeyRing::create(&mut |bytes| bytes.fill(seed)).0)
}

fn signer(ring: &KeyRing) -> Signer {
    Signer::from_seed(ring.device().as_bytes())
}

fn moment(now: i64) -> Moment {
    Moment {
        now: Stamp(now),
        today: day("2026-11-23"),
    }
}

const START: i64 = 1_795_000_000_000;

impl Laptop {
    /// The first laptop of a logbook, its keeper.
    pub fn first(seed: u8, role: Role) -> Self {
        let ring = ring(seed);
        let mut ids = StreamIds::from_seed([seed; 32]);
        let genesis = Genesis {
            profile: profile(&format!("Máy {seed}"), role),
        };
        let disk = Memory::default();
        let store = Store::create(
            disk.clone(),
            genesis,
            signer(&ring),
            moment(START),
            &mut ids,
        );
        let mut laptop = Self {
            disk,
            store: store.expect("a logbook"),
            ring,
            ids,
            now: START,
            cell: String::new(),
        };
        let recipient = laptop.recipient();
        let now = laptop.tick();
        let opened = laptop.store.open_roster(recipient, now, &mut laptop.ids);
        opened.expect("the keeper opens the roster");
        laptop
    }

    pub fn recipient(&self) -> String {
        self.ring.exchange().to_public().to_string()
    }

    pub fn tick(&mut self) -> Moment {
        self.now += 1000;
        moment(self.now)
    }

    pub fn device(&self) -> DeviceId {
        self.store.device().device()
    }

    /// Another laptop of the logbook, not admitted yet.
    pub fn newcomer(&self, seed: u8, role: Role) -> Self {
        let ring = ring(seed);
        let mut ids = StreamIds::from_seed([seed; 32]);
        let name = format!("Máy {seed}");
        let genesis = Genesis {
            profile: profile(&name, role),
        };
        let identity = self.store.reader().identity().expect("is read");
        let roster = self.store.reader().roster().expect("is read");
        let (_, root) = roster.seats().find(|(_, s)| s.keeper).expect("a keeper");
        let disk = Memory::default();
        let store = Store::join(
            disk.clone(),
            genesis,
            (identity.logbook, root.key.clone()),
            signer(&ring),
            moment(START),
            &mut ids,
        );
        Self {
            disk,
            store: store.expect("a copy of the logbook"),
            ring,
            ids,
            now: START,
            cell: String::new(),
        }
    }

    /// The same laptop at another time or in another world: what its disk holds, and nothing else.
    pub fn copy(&self) -> Self {
        let disk = self.disk.copy();
        // Identifiers never come twice.
        let mut seed = *self.ring.device().as_bytes();
        seed[..8].copy_from_slice(&self.now.to_le_bytes());
        Self {
            store: Store::open(disk.clone(), signer(&self.ring)).expect("opens again"),
            disk,
            ring: self.ring.clone(),
            ids: StreamIds::from_seed(seed),
            now: self.now,
            cell: self.cell.clone(),
        }
    }

    /// What its disk holds.
    pub fn image(&self) -> Vec<u8> {
        self.disk.image()
    }

    /// The power goes: what no commit wrote is gone, and nothing was closed.
    pub fn crash(&mut self) {
        *self = self.copy();
    }

    pub fn request(&self) -> Request {
        let reader = self.store.reader();
        let (identity, profile) = (
            reader.identity().expect("is read"),
            reader.profile().expect("is read"),
        );
        Request {
            logbook: identity.logbook,
            member: identity.member,
            name: profile.name,
            role: profile.role,
            cell: self.cell.clone(),
            key: self.store.device(),
            recipient: self.recipient(),
            person: identity.me,
        }
    }

    /// Lets a newcomer in; the admission travels with the next exchange.
    pub fn admits(&mut self, newcomer: &Self) {
        let admission = newcomer.request().admission();
        let now = self.tick();
        let admitted = self.store.admit(&admission, now, &mut self.ids);
        admitted.expect("is admitted");
    }

    pub fn sync(&mut self, target: &mut dyn Target) -> Report {
        self.try_sync(target).expect("an exchange")
    }

    pub fn try_sync(&mut self, target: &mut dyn Target) -> Result<Report, SyncError> {
        let now = self.tick();
        sync(
            &mut Session {
                store: &self.store,
                ring: &self.ring,
                moment: &|| now,
                ids: &mut self.ids,
                tell: &mut |_, _| Flow::GoOn,
            },
            target,
        )
    }

    pub fn save(&mut self, dossier: Dossier) -> VisitId {
        let save = SaveDossier {
            dossier,
            places: vec![],
            people: vec![],
            typing: None,
        };
        let now = self.tick();
        let saved = self.store.save(save, now, &mut self.ids);
        saved.expect("a save").visit
    }

    pub fn dossier(&self, visit: VisitId) -> Dossier {
        let found = self.store.reader().dossier(visit);
        found.expect("is read").expect("the visit stands")
    }

    /// Changes the note of a visit.
    pub fn note(&mut self, visit: VisitId, note: &str) {
        let mut dossier = self.dossier(visit);
        dossier.visit.value.note = note.into();
        self.save(dossier);
    }

    /// The notes of all visits, in order.
    pub fn notes(&self) -> Vec<String> {
        let page = self.store.reader().list_visits(&query("")).expect("a list");
        let note = |id| self.dossier(id).visit.value.note;
        let mut notes: Vec<String> = page.rows.iter().map(|row| note(row.id)).collect();
        notes.sort();
        notes
    }

    /// Everything that is to be the same on every laptop that holds the same streams.
    pub fn view(&self) -> Vec<String> {
        let reader = self.store.reader();
        let page = reader.list_visits(&query("")).expect("a list");
        let mut view: Vec<String> = page
            .rows
            .iter()
            .map(|row| {
                let dossier = self.dossier(row.id);
                let revision = reader.revision(row.id).expect("is read");
                format!(
                    "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
                    row.id,
                    row.state,
                    revision,
                    dossier.visit,
                    dossier
                        .activities
                        .iter()
                        .map(|a| &a.activity)
                        .collect::<Vec<_>>(),
                    dossier.meetings,
                    dossier
                        .concerns
                        .iter()
                        .map(|c| &c.concern)
                        .collect::<Vec<_>>(),
                )
            })
            .collect();
        view.sort();
        view
    }

    /// Holds the whole file against itself.
    pub fn check(&mut self) {
        let report = self.store.check().expect("a check");
        assert_eq!(report.damage, [], "damage");
    }
}
