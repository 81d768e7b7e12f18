//! Three laptops and two sticks, by seed: what is lost, cut, held back or met twice on the way, wherever
//! the power goes, and whatever the clocks say, in the end every laptop makes the same of it, nothing is
//! gone, and what is contested is what a model says.
//!
//! `BACUNG_SEEDS=FROM..TO` runs other seeds than the few of every test run; with `BACUNG_SECONDS` none is begun
//! after so many seconds. It says how many were run.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bacung::domain::{Origin, Part, Role, Say, VisitId, VisitState};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::laptop::Laptop;
use super::stick::Stick;
use crate::harness::logbook::{visit, with_activity};

/// Seeds of every test run.
const FEW: std::ops::Range<u64> = 0..24;
/// Steps of a history: of each sixteenth seed, and of the others. Most of what can go wrong needs few.
const STEPS: (u64, u64) = (26, 8);

/// What was written in one field of a visit, and what of it somebody wrote on top of.
#[derive(Default)]
struct Written {
    all: BTreeSet<String>,
    over: BTreeSet<String>,
}

impl Written {
    fn stands(&self) -> BTreeSet<String> {
        self.all.difference(&self.over).cloned().collect()
    }
}

struct World {
    chance: ChaCha20Rng,
    laptops: Vec<Laptop>,
    sticks: Vec<Stick>,
    /// Every note that was ever saved as a visit's first one.
    written: BTreeSet<String>,
    /// The units of each visit.
    units: BTreeMap<VisitId, Written>,
    /// Which revisions were confirmed, and which on paper.
    signed: BTreeSet<(VisitId, [u8; 32])>,
    papered: BTreeSet<(VisitId, [u8; 32])>,
}

/// A unit's laptops before anything happened.
struct Beginning(Vec<Laptop>);

impl Beginning {
    fn new() -> Self {
        let mut one = Laptop::first(1, Role::Officer);
        let two = one.newcomer(2, Role::Police);
        let three = one.newcomer(3, Role::Reviewer);
        one.admits(&two);
        one.admits(&three);
        Self(vec![one, two, three])
    }
}

impl World {
    fn new(beginning: &Beginning, seed: u64) -> Self {
        Self {
            chance: ChaCha20Rng::seed_from_u64(seed),
            laptops: beginning.0.iter().map(Laptop::copy).collect(),
            sticks: vec![Stick::default(), Stick::default()],
            written: BTreeSet::new(),
            units: BTreeMap::new(),
            signed: BTreeSet::new(),
            papered: BTreeSet::new(),
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
            5 => self.judge(),
            6 => match self.below(4) {
                0 => self.paper(step),
                1 => self.laptops[laptop].crash(),
                _ => self.judge(),
            },
            7 => self.skew(laptop),
            8 => self.harm(),
            _ => self.exchange(laptop),
        }
    }

    fn write(&mut self, step: u64) {
        let laptop = self.below(2) as usize;
        let note = format!("chuyến {step}");
        let dossier = with_activity(visit(&note, Some("2026-11-20")), "canal", "kênh");
        let id = self.laptops[laptop].save(dossier);
        self.written.insert(note);
        let unit = self.laptops[laptop].dossier(id).visit.value.unit;
        self.units.entry(id).or_default().all.insert(unit);
    }

    /// The units of a visit that a laptop shows.
    fn shown_units(&self, laptop: usize, visit: VisitId) -> BTreeSet<String> {
        let one = &self.laptops[laptop];
        let contested = one.store.reader().contested(visit).expect("is read");
        let of_unit = contested.iter().filter(|c| c.field == "unit");
        let sides = of_unit.flat_map(|c| &c.sides).map(|side| match &side.part {
            Part::Visit(visit) => visit.unit.clone(),
            other => panic!("a unit of {other:?}"),
        });
        let sides: BTreeSet<String> = sides.collect();
        match sides.is_empty() {
            true => [one.dossier(visit).visit.value.unit].into(),
            false => sides,
        }
    }

    /// Changes a field, adds a part, or takes one out. What is contested is decided first.
    fn edit(&mut self, step: u64) {
        let laptop = self.below(2) as usize;
        let Some(visit) = self.some_visit(laptop) else {
            return;
        };
        let what = self.below(3);
        let mut dossier = self.laptops[laptop].dossier(visit);
        if dossier.state == VisitState::Withdrawn {
            return;
        }
        match what {
            _ if what == 0 || !dossier.visit.conflicts.is_empty() => {
                let unit = format!("đơn vị {step}");
                let seen = self.shown_units(laptop, visit);
                let units = self.units.entry(visit).or_default();
                units.over.extend(seen);
                units.all.insert(unit.clone());
                dossier.visit.value.unit = unit;
            }
            1 => dossier = with_activity(dossier, "road", &format!("đường {step}")),
            _ => drop(dossier.activities.pop()),
        }
        self.laptops[laptop].save(dossier);
    }

    fn send(&mut self) {
        let laptop = self.below(2) as usize;
        let Some(visit) = self.some_visit(laptop) else {
            return;
        };
        let one = &mut self.laptops[laptop];
        let mut dossier = one.dossier(visit);
        if !dossier.visit.conflicts.is_empty() {
            return;
        }
        dossier.visit.value.origin = Origin::Import;
        one.save(dossier);
        let now = one.tick();
        // What was sent already is not sent again.
        let _ = one.store.send(visit, now, &mut one.ids);
    }

    /// The unit writes down what the cell confirmed on paper.
    fn paper(&mut self, step: u64) {
        let laptop = self.below(2) as usize;
        let Some(visit) = self.some_visit(laptop) else {
            return;
        };
        let one = &mut self.laptops[laptop];
        let now = one.tick();
        let revision = one.store.reader().revision(visit).expect("is read");
        let paper = (format!("{step}-XN/CB"), now.today);
        let done = one.store.confirm_on_paper(visit, paper, now, &mut one.ids);
        if let (Ok(()), Some(revision)) = (done, revision) {
            self.papered.insert((visit, revision));
        }
    }

    fn judge(&mut self) {
        let Some(visit) = self.some_visit(2) else {
            return;
        };
        let say = [Say::Confirm, Say::Return, Say::Ask][self.below(3) as usize];
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
        let (at, harm) = (self.below(2) as usize, self.below(8));
        let calls = self.below(12) as usize;
        let stick = &mut self.sticks[at];
        // Sometimes it is pulled while bundles are written, or the power goes somewhere in between.
        stick.room = (harm < 2).then_some(1);
        stick.power = (harm == 2).then_some(calls);
        let _ = self.laptops[laptop].try_sync(stick);
        (stick.room, stick.power) = (None, None);
        if harm == 2 {
            self.laptops[laptop].crash();
        }
    }

    /// Exchanges over a good stick: twice around everybody has everything; some go on until nothing moves.
    fn heal(&mut self, seed: u64) {
        let mut stick = Stick::default();
        // What a laptop has met already, it need not meet again.
        let mut met = vec![None; self.laptops.len()];
        let to_the_end = seed.is_multiple_of(8);
        for round in 0..6 {
            let mut moved = false;
            // The last one met everything the first time.
            let again = if round == 1 && !to_the_end { 2 } else { 3 };
            for (laptop, met) in self.laptops.iter_mut().zip(&mut met).take(again) {
                if *met != Some(stick.bundles()) {
                    let report = laptop.sync(&mut stick);
                    moved |= report.bundles_in + report.bundles_out > 0;
                    *met = Some(stick.bundles());
                }
            }
            if !moved || round == 1 && !to_the_end {
                return;
            }
        }
        panic!("seed {seed}: it never comes to rest");
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
            let word = (visit, revision);
            match self.laptops[0].dossier(visit).state {
                VisitState::Confirmed => assert!(self.signed.contains(&word), "seed {seed}"),
                VisitState::OnPaper => assert!(self.papered.contains(&word), "seed {seed}"),
                _ => {}
            }
        }
        for (visit, units) in &self.units {
            assert_eq!(self.shown_units(0, *visit), units.stands(), "seed {seed}");
        }
        if seed.is_multiple_of(8) {
            self.laptops[(seed / 8 % 3) as usize].check();
        }
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
    let seconds = std::env::var("BACUNG_SECONDS").ok();
    let most = seconds.map(|text| Duration::from_secs(text.parse().expect("a number")));
    let (begun, run) = (Instant::now(), AtomicU64::new(0));
    let (beginning, next) = (Beginning::new(), AtomicU64::new(seeds.start));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let each = || loop {
            if most.is_some_and(|most| begun.elapsed() > most) {
                return;
            }
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds.end {
                return;
            }
            let mut world = World::new(&beginning, seed);
            let (long, short) = STEPS;
            for step in 0..if seed.is_multiple_of(16) { long } else { short } {
                world.step(step);
            }
            world.heal(seed);
            world.holds(seed);
            run.fetch_add(1, Ordering::Relaxed);
        };
        (0..threads).for_each(|_| drop(scope.spawn(each)));
    });
    let (run, asked) = (run.into_inner(), seeds.end - seeds.start);
    println!("{run} of {asked} seeds in {} s", begun.elapsed().as_secs());
    assert!(run > 0 && (run == asked || most.is_some()));
}
