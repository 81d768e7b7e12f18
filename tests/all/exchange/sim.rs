//! Three laptops and two sticks, by seed: what is lost, cut, held back or met twice on the way, and
//! whatever the clocks say, in the end every laptop makes the same of it and nothing is gone.
//!
//! `BACUNG_SEEDS=FROM..TO` runs other seeds than the few of every test run.

use std::collections::BTreeSet;

use bacung::domain::{EntityKind, Role, Say, VisitId, VisitState};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::laptop::Laptop;
use super::stick::Stick;
use crate::harness::logbook::{visit, with_activity};

/// Seeds of every test run.
const FEW: std::ops::Range<u64> = 0..24;
const STEPS: u64 = 26;

struct World {
    chance: ChaCha20Rng,
    laptops: Vec<Laptop>,
    sticks: Vec<Stick>,
    /// Every note that was ever saved as a visit's first one.
    written: BTreeSet<String>,
    /// Which revisions were confirmed.
    signed: BTreeSet<(VisitId, [u8; 32])>,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut one = Laptop::first(1, Role::Officer);
        let two = one.newcomer(2, Role::Police);
        let three = one.newcomer(3, Role::Reviewer);
        one.admits(&two);
        one.admits(&three);
        Self {
            chance: ChaCha20Rng::seed_from_u64(seed),
            laptops: vec![one, two, three],
            sticks: vec![Stick::default(), Stick::default()],
            written: BTreeSet::new(),
            signed: BTreeSet::new(),
        }
    }

    fn below(&mut self, n: u64) -> u64 {
        self.chance.next_u64() % n
    }

    fn visits(&self, laptop: usize) -> Vec<VisitId> {
        let query = crate::harness::logbook::query("");
        let page = self.laptops[laptop].store.reader().list_visits(&query);
        page.expect("a list")
            .rows
            .iter()
            .map(|row| row.id)
            .collect()
    }

    fn some_visit(&mut self, laptop: usize) -> Option<VisitId> {
        let visits = self.visits(laptop);
        let at = self.below(visits.len().max(1) as u64) as usize;
        visits.get(at).copied()
    }

    fn step(&mut self, step: u64) {
        let laptop = self.below(3) as usize;
        match self.below(12) {
            0 | 1 => self.write(step),
            2 | 3 => self.edit(step),
            4 => self.send(),
            5 | 6 => self.judge(),
            7 => self.skew(laptop),
            8 => self.harm(),
            _ => self.exchange(laptop),
        }
    }

    fn write(&mut self, step: u64) {
        let laptop = self.below(2) as usize;
        let note = format!("chuyến {step}");
        let dossier = with_activity(visit(&note, Some("2026-11-20")), "canal", "kênh");
        self.laptops[laptop].save(dossier);
        self.written.insert(note);
    }

    /// Changes a field, adds a part, or takes one out.
    fn edit(&mut self, step: u64) {
        let laptop = self.below(2) as usize;
        let Some(visit) = self.some_visit(laptop) else {
            return;
        };
        let what = self.below(3);
        let one = &mut self.laptops[laptop];
        let mut dossier = one.dossier(visit);
        if dossier.state == VisitState::Withdrawn {
            return;
        }
        match what {
            0 => dossier.visit.value.unit = format!("đơn vị {step}"),
            1 => dossier = with_activity(dossier, "road", &format!("đường {step}")),
            _ => drop(dossier.activities.pop()),
        }
        one.save(dossier);
    }

    fn send(&mut self) {
        let laptop = self.below(2) as usize;
        if let Some(visit) = self.some_visit(laptop) {
            let one = &mut self.laptops[laptop];
            let mut dossier = one.dossier(visit);
            dossier.visit.value.origin = bacung::domain::Origin::Import;
            one.save(dossier);
            let now = one.tick();
            // A conflict, or a visit that is not complete, is not sent.
            let _ = one.store.send(visit, now, &mut one.ids);
        }
    }

    fn judge(&mut self) {
        let Some(visit) = self.some_visit(2) else {
            return;
        };
        let say = Say::ALL[self.below(3) as usize];
        let cell = &mut self.laptops[2];
        let now = cell.tick();
        let revision = cell.store.reader().revision(visit).expect("is read");
        let said = (say, "vì sao".to_owned());
        let done = cell.store.review(visit, said, None, now, &mut cell.ids);
        if let (Ok(()), Say::Confirm, Some(revision)) = (done, say, revision) {
            self.signed.insert((visit, revision));
        }
    }

    /// A clock that is years off, in either direction.
    fn skew(&mut self, laptop: usize) {
        let years = self.below(80) as i64 - 40;
        self.laptops[laptop].now += years * 31_557_600_000;
    }

    /// Loses, cuts, or repeats under another sender.
    fn harm(&mut self) {
        let at = self.below(2) as usize;
        let all = self.sticks[at].all();
        if all.is_empty() {
            return;
        }
        let (sender, name, bytes) = all[self.below(all.len() as u64) as usize].clone();
        let cut = self.below(bytes.len() as u64) as usize;
        let what = self.below(3);
        let other = all[self.below(all.len() as u64) as usize].0.clone();
        let folders = &mut self.sticks[at].folders;
        match what {
            0 => drop(
                folders
                    .get_mut(&sender)
                    .and_then(|files| files.remove(&name)),
            ),
            1 => drop(
                folders
                    .entry(sender)
                    .or_default()
                    .insert(name, bytes[..cut].to_vec()),
            ),
            _ => drop(folders.entry(other).or_default().insert(name, bytes)),
        }
    }

    fn exchange(&mut self, laptop: usize) {
        let at = self.below(2) as usize;
        let stick = &mut self.sticks[at];
        // Sometimes it is pulled while bundles are written.
        stick.room = self.chance.next_u64().is_multiple_of(4).then_some(1);
        let _ = self.laptops[laptop].try_sync(stick);
        stick.room = None;
    }

    fn heal(&mut self) {
        let mut stick = Stick::default();
        for _ in 0..4 {
            for laptop in &mut self.laptops {
                laptop.sync(&mut stick);
            }
        }
    }

    fn holds(&mut self, seed: u64) {
        let views: Vec<Vec<String>> = self.laptops.iter().map(Laptop::view).collect();
        assert_eq!(views[0], views[1], "seed {seed}");
        assert_eq!(views[0], views[2], "seed {seed}");
        let notes: BTreeSet<String> = self.laptops[0].notes().into_iter().collect();
        assert_eq!(notes, self.written, "seed {seed}");
        for visit in self.visits(0) {
            let reader = self.laptops[0].store.reader();
            let revision = reader.revision(visit).expect("is read").expect("stands");
            if self.laptops[0].dossier(visit).state == VisitState::Confirmed {
                assert!(self.signed.contains(&(visit, revision)), "seed {seed}");
            }
        }
        let codes = self.visits(0).into_iter().map(|visit| visit.into());
        assert!(
            codes
                .into_iter()
                .all(|e: bacung::domain::EntityId| e.kind == EntityKind::Visit)
        );
        let whole = (seed % 3) as usize;
        self.laptops[whole].check();
    }
}

#[test]
fn every_seed_heals() {
    let told = std::env::var("BACUNG_SEEDS").ok();
    let told = told.as_deref().and_then(|text| text.split_once(".."));
    let seeds = match told {
        Some((from, to)) => from.parse().expect("a number")..to.parse().expect("a number"),
        None => FEW,
    };
    for seed in seeds {
        let mut world = World::new(seed);
        for step in 0..STEPS {
            world.step(step);
        }
        world.heal();
        world.holds(seed);
    }
}
