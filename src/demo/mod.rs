//! Made-up records of a believable province, the same for the same seed: for looking around, tests and benches.
//!
//! Owns what the records say. Never writes them and never asks the clock: `today` is an argument.

mod after;
mod dice;
mod province;
#[cfg(test)]
mod tests;
mod visits;
mod words;

use chrono::Days;

pub use self::after::After;
use self::dice::Dice;
use self::province::Unit;
use self::visits::Maker;
use self::words::Words;
use crate::config::catalogue::Catalogue;
use crate::domain::{
    Day, Dossier, Person, PersonId, Place, PlaceId, Profile, Role, Site, Stamp, Then, Versioned,
};

/// The records reach back so many days: three years.
const SPAN: u64 = 3 * 365;

/// A visit to save, in the order of their days.
pub struct DemoVisit {
    pub dossier: Dossier,
    /// Villages and cadres that no visit before it named.
    pub places: Vec<(PlaceId, Place)>,
    pub people: Vec<(PersonId, Person)>,
    /// When it was written down.
    pub written: Stamp,
    pub then: Then,
}

/// Makes visits one by one, so that a million of them never lie in memory.
pub struct Demo {
    dice: Dice,
    words: Words,
    catalogue: Catalogue,
    units: Vec<Unit>,
    today: Day,
    count: u64,
    made: u64,
}

impl Demo {
    /// Prepares `count` visits of the three years up to `today`.
    pub fn new(seed: u64, count: u64, today: Day) -> Self {
        let mut dice = Dice::new(seed);
        let words = Words::built_in();
        let start = today.checked_sub_days(Days::new(SPAN)).unwrap_or(today);
        let units = province::units(&mut dice, &words, written(start, 0).0);
        Self {
            dice,
            words,
            catalogue: Catalogue::built_in(),
            units,
            today,
            count,
            made: 0,
        }
    }

    /// Gives the officer who keeps the made-up logbook.
    pub fn profile() -> Profile {
        Profile {
            name: "Hoàng Thị Bế".to_owned(),
            post: "Thượng úy".to_owned(),
            unit: "Công an xã Nà Hang".to_owned(),
            role: Role::Police,
        }
    }

    /// Gives the last day of the next visit: evenly spread, never in the future.
    fn last_day(&mut self) -> Day {
        let back = SPAN - SPAN * (self.made + 1) / self.count.max(1);
        self.today
            .checked_sub_days(Days::new(back))
            .unwrap_or(self.today)
    }

    fn make(&mut self) -> DemoVisit {
        let to = self.last_day();
        let nights = match self.dice.percent(35) {
            Some(()) => self.dice.within(1, 4),
            None => 0,
        };
        let from = to
            .checked_sub_days(Days::new(u64::from(nights)))
            .unwrap_or(to);
        let at = self.dice.below(self.units.len());
        let unit = self.units.get_mut(at).expect("below the length");
        let (place, new_place) = unit.village(&mut self.dice);
        let (team, people) = unit.team(&mut self.dice);
        let mut maker = Maker {
            dice: &mut self.dice,
            words: &self.words,
            catalogue: &self.catalogue,
            unit,
            from,
            to,
            today: self.today,
        };
        let mut visit = maker.visit();
        visit.site = Some(Site::Village(place));
        visit.lead = team.first().copied();
        visit.team = team;
        let mut dossier = Dossier::new(visit);
        fill(&mut dossier, &mut maker);
        let recent = (self.today - to).num_days() < 10;
        let then = match self.dice.percent(if recent { 60 } else { 3 }) {
            Some(()) => Then::StaysDraft,
            None => Then::Sent,
        };
        let minute = self.dice.within(0, 59);
        DemoVisit {
            dossier,
            places: new_place.map(|new| (place, new)).into_iter().collect(),
            people,
            written: written(to, minute),
            then,
        }
    }
}

/// Puts activities, meetings and concerns in, never none of all.
fn fill(dossier: &mut Dossier, maker: &mut Maker<'_>) {
    for _ in 0..maker.dice.within(0, 2) {
        dossier.activities.push(maker.activity());
    }
    if maker.dice.percent(35).is_some() || dossier.activities.is_empty() {
        dossier.meetings.push(maker.meeting());
    }
    for _ in 0..maker.dice.within(0, 3) / 2 {
        dossier.concerns.push(maker.concern());
    }
    // One visit in two hundred hears a denunciation.
    if maker.dice.below(200) == 0 {
        dossier.envelopes.push(Versioned::new(maker.envelope()));
    }
}

/// Gives so many minutes after midnight in Vietnam: early, so that it has passed also on the last day.
fn written(day: Day, minute: u32) -> Stamp {
    const HANOI: i64 = 7 * 3600;
    let midnight = day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp() - HANOI;
    Stamp((midnight + i64::from(minute) * 60) * 1000)
}

impl Iterator for Demo {
    type Item = DemoVisit;

    fn next(&mut self) -> Option<DemoVisit> {
        (self.made < self.count).then(|| {
            let visit = self.make();
            self.made += 1;
            visit
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.count - self.made);
        (left.unwrap_or(usize::MAX), left.ok())
    }
}
