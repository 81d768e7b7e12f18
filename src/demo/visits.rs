//! One made-up visit with what hangs on it.
//!
//! Owns amounts and how often what happens. Never decides when or where a visit was.

use super::dice::Dice;
use super::province::{Unit, lower_first, name};
use super::words::Words;
use crate::config::catalogue::{Catalogue, Choices};
use crate::domain::{
    Activity, ActivityFile, Beneficiaries, Citizen, Code, Concern, ConcernFile, ConcernKind, Day,
    Envelope, Funding, HelpedNames, Meeting, MeetingFile, Particulars, Promise, Quantity, RaisedBy,
    Settlement, Versioned, VillageConfirmation, Visit, Vnd,
};

/// What every record of one visit is made from.
pub(super) struct Maker<'a> {
    pub(super) dice: &'a mut Dice,
    pub(super) words: &'a Words,
    pub(super) catalogue: &'a Catalogue,
    pub(super) unit: &'a Unit,
    pub(super) from: Day,
    pub(super) to: Day,
    pub(super) today: Day,
}

/// A promise is given its day only while that is not longer past: older ones count as kept.
const LATE_AT_MOST: i64 = 4;

impl Maker<'_> {
    /// Makes the visit itself, without place and team.
    pub(super) fn visit(&mut self) -> Visit {
        let sentences = self.dice.within(1, 3);
        let notes = (0..sentences).map(|_| self.sentence(&self.words.sentences.note));
        let note = notes.collect::<Vec<_>>().join(" ");
        let shared = self.catalogue.shared.iter();
        let shared: Vec<Code> = shared.map(|choice| choice.code.clone()).collect();
        let shared = shared.into_iter().filter(|code| match code.as_str() {
            "eat" => self.dice.percent(85).is_some(),
            "live" => self.to > self.from,
            "work" => self.dice.percent(90).is_some(),
            "speak" => self.dice.percent(35).is_some(),
            other => other.is_empty(),
        });
        Visit {
            from: Some(self.from),
            to: Some(self.to),
            shared: shared.collect(),
            note,
            programme: self
                .dice
                .percent(60)
                .map_or_else(String::new, |()| self.word("programme")),
            reviewing_cell: self
                .dice
                .percent(50)
                .map_or_else(String::new, |()| self.cell()),
            unit: format!("{} {}", self.word("org"), lower_first(&self.unit.name)),
            ..Visit::default()
        }
    }

    /// Gives the day that something was promised for, so many days after the visit.
    fn lately_promised(&mut self, least: u32, most: u32) -> Option<Day> {
        let days = u64::from(self.dice.within(least, most));
        let due = self.to.checked_add_days(chrono::Days::new(days))?;
        ((self.today - due).num_days() <= LATE_AT_MOST).then_some(due)
    }

    /// Makes an activity with its category's measure and amounts of its size.
    pub(super) fn activity(&mut self) -> ActivityFile {
        let choices: Vec<_> = self.catalogue.activities.iter().collect();
        let choice = *self.dice.pick(&choices);
        let measure = choice.measures.first().cloned();
        let amount = measure.as_ref().map(|measure| self.amount(measure));
        let activity = Activity {
            category: Some(choice.code.clone()),
            amount,
            measure,
            person_days: Some(Quantity(u64::from(self.dice.within(2, 120)) * 500)),
            officers: self.dice.percent(40).map(|()| self.dice.within(2, 15)),
            beneficiaries: (0..self.dice.within(1, 2))
                .map(|_| self.beneficiaries())
                .collect(),
            funding: (0..self.dice.within(0, 2))
                .map(|_| self.funding())
                .collect(),
            lead_unit: format!("{} {}", self.word("org"), lower_first(&self.unit.name)),
            partners: (0..self.dice.within(0, 2))
                .map(|_| self.word("partner"))
                .collect(),
            confirmation: self.dice.percent(55).map(|()| VillageConfirmation {
                by: name(self.dice, self.words),
                on: Some(self.to),
            }),
            description: self.words.about(
                self.dice,
                &self.words.sentences.activity,
                choice.code.as_str(),
            ),
            ..Activity::default()
        };
        let helped = self.dice.percent(30).map(|()| {
            let names = (0..self.dice.within(1, 4)).map(|_| name(self.dice, self.words));
            let names = names.collect::<Vec<_>>().join("\n");
            Versioned::new(HelpedNames {
                activity: None,
                names,
            })
        });
        ActivityFile {
            activity: Versioned::new(activity),
            helped,
        }
    }

    fn amount(&mut self, measure: &Code) -> Quantity {
        let (low, high, step) = match measure.as_str() {
            "house" => (1, 3, 1000),
            "m" => (20, 900, 1000),
            "m2" | "m3" => (10, 400, 1000),
            "km" | "ha" => (2, 45, 100),
            "lamp" | "household" => (2, 60, 1000),
            "turn" | "person" | "portion" | "file" => (10, 320, 1000),
            _ => (1, 90, 1000),
        };
        Quantity(u64::from(self.dice.within(low, high)) * step)
    }

    fn beneficiaries(&mut self) -> Beneficiaries {
        let households = self.dice.within(1, 40);
        let people = households * self.dice.within(2, 5);
        Beneficiaries {
            kind: Some(self.code(|catalogue| &catalogue.beneficiaries)),
            households: Some(households),
            people: Some(people),
            turns: self
                .dice
                .percent(25)
                .map(|()| people + self.dice.within(0, 60)),
        }
    }

    fn funding(&mut self) -> Funding {
        let thousands = match self.dice.percent(15) {
            Some(()) => self.dice.within(300, 900) * 100,
            None => self.dice.within(3, 400) * 100,
        };
        Funding {
            source: Some(self.code(|catalogue| &catalogue.funding)),
            value: Some(Vnd(u64::from(thousands) * 1000)),
        }
    }

    /// Makes a meeting, in every second case with a promise.
    pub(super) fn meeting(&mut self) -> MeetingFile {
        let promises = (0..self.dice.within(0, 1)).map(|_| {
            let text = self.sentence(&self.words.sentences.promise);
            Promise::new(text, self.lately_promised(5, 60))
        });
        let promises = promises.collect();
        let meeting = Meeting {
            kind: Some(self.code(|catalogue| &catalogue.meetings)),
            capacity: Some(self.code(|catalogue| &catalogue.capacities)),
            body: self.sentence(&self.words.sentences.meeting_body),
            attendance: Some(self.dice.within(8, 120)),
            remarks: self.sentence(&self.words.sentences.remarks),
            issues: self.sentence(&self.words.sentences.issues),
            ..Meeting::default()
        };
        MeetingFile::new(meeting, promises)
    }

    /// Makes a concern, and who raised it.
    pub(super) fn concern(&mut self) -> ConcernFile {
        let topic = self.code(|catalogue| &catalogue.topics);
        let line = self
            .words
            .about(self.dice, &self.words.sentences.concern, topic.as_str());
        let settlement = match self.dice.percent(45) {
            Some(()) => Settlement::OnTheSpot,
            None => Settlement::Pending,
        };
        let answer_by = match settlement {
            Settlement::OnTheSpot => None,
            Settlement::Pending => self.lately_promised(7, 45),
        };
        let concern = Concern {
            kind: Some(*self.dice.pick(&ConcernKind::ALL)),
            topic: Some(topic),
            line,
            settlement,
            answer_by,
            ..Concern::default()
        };
        let particulars = self
            .dice
            .percent(70)
            .map(|()| Versioned::new(self.particulars()));
        ConcernFile {
            concern: Versioned::new(concern),
            particulars,
        }
    }

    fn particulars(&mut self) -> Particulars {
        let raised_by = match self.dice.percent(12) {
            Some(()) => RaisedBy::Anonymous,
            None => RaisedBy::Citizen(Citizen {
                name: name(self.dice, self.words),
                // 0900… is given to nobody.
                contact: format!(
                    "0900 {:03} {:03}",
                    self.dice.below(1000),
                    self.dice.below(1000)
                ),
                ..Citizen::default()
            }),
        };
        Particulars {
            concern: None,
            raised_by,
            said: self.sentence(&self.words.sentences.said),
            wish: self.sentence(&self.words.sentences.wish),
        }
    }

    /// Makes the paper envelope of a denunciation.
    pub(super) fn envelope(&mut self) -> Envelope {
        Envelope {
            visit: None,
            number: format!("{:02}/{}", self.dice.within(1, 60), self.to.format("%Y")),
            on: Some(self.to),
            body: self.word("receiver"),
            ..Envelope::default()
        }
    }

    fn cell(&mut self) -> String {
        self.sentence(
            self.words
                .sentences
                .meeting_body
                .get(..2)
                .unwrap_or_default(),
        )
    }

    fn word(&mut self, slot: &str) -> String {
        self.words.word(self.dice, slot).to_owned()
    }

    fn sentence(&mut self, of: &[String]) -> String {
        self.words.sentence(self.dice, of)
    }

    fn code(&mut self, of: fn(&Catalogue) -> &Choices) -> Code {
        let choices: Vec<_> = of(self.catalogue).iter().collect();
        self.dice.pick(&choices).code.clone()
    }
}
