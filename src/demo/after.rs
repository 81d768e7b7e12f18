//! What was done about what the made-up visits heard, and what stands beside them: steps, answers, receptions
//! with their registers, Saturday duty, an inspection and a duty.
//!
//! Owns how far each case has come by its age. Never writes anything.

use chrono::{Datelike, Days, Months, Weekday};

use super::dice::Dice;
use super::province::name;
use super::words::Words;
use crate::domain::{
    Act, Answer, Assignment, Brought, Citizen, Code, Concern, ConcernFile, ConcernId, ConcernKind,
    ConcernLife, Day, Dossier, Duty, Every, Handling, InspectedLaw, Inspection, Manner,
    PartWithdrawal, Particulars, PersonId, Quantity, RaisedBy, Reception, ReceptionId,
    ReceptionKind, RegisterRow, Registered, Settlement, Taken, Tending, Versioned,
};

/// The age in days behind which nothing is left open but one case in thirty, and that behind which nothing is.
const CLOSED: i64 = 75;
const FORGOTTEN: i64 = 300;
/// Months that receptions and Saturday duty reach back.
const MONTHS: u32 = 12;

/// Makes what was done, by a dice of its own: the visits are the same with it and without.
pub struct After {
    dice: Dice,
    words: Words,
    today: Day,
}

impl After {
    /// Prepares it for the visits of a seed.
    pub fn new(seed: u64, today: Day) -> Self {
        Self {
            dice: Dice::new(!seed),
            words: Words::built_in(),
            today,
        }
    }

    /// Adds what was done about a visit that was saved: what is in a round builds on the rounds before.
    pub fn visit(&mut self, dossier: &Dossier, rounds: &mut Vec<Vec<Tending>>) {
        let Some(heard) = dossier.visit.value.day() else {
            return;
        };
        let lead = dossier.visit.value.lead;
        let mut done = Vec::new();
        for file in &dossier.concerns {
            into_rounds(self.concern(file, heard, lead), rounds);
        }
        for file in dossier.meetings.iter().flat_map(|file| &file.promises) {
            let due = file.value.due.unwrap_or(heard);
            let on = self.later(due, 0, 6);
            if let Some(promise) = file.id
                && on <= self.today
                && (self.today - heard).num_days() > 10
            {
                done.push(Tending::Answer(Answer {
                    promise: Some(promise),
                    on: Some(on),
                    text: self
                        .words
                        .sentence(&mut self.dice, &self.words.sentences.answer),
                    manner: Some(Manner::AtAMeeting),
                    person: lead,
                }));
            }
        }
        for envelope in &dossier.envelopes {
            let on = self.later(heard, 1, 3);
            if let Some(envelope) = envelope.id
                && on <= self.today
            {
                done.push(Tending::Envelope {
                    envelope,
                    on,
                    paper: self.paper("BN"),
                    body: self.words.word(&mut self.dice, "receiver").to_owned(),
                });
            }
        }
        match rounds.first_mut() {
            Some(first) => first.extend(done),
            None => rounds.push(done),
        }
    }

    fn concern(&mut self, file: &ConcernFile, heard: Day, lead: Option<PersonId>) -> Vec<Tending> {
        let (Some(concern), Some(kind)) = (file.concern.id, file.concern.value.kind) else {
            return Vec::new();
        };
        match file.concern.value.settlement {
            Settlement::OnTheSpot => Vec::new(),
            Settlement::Pending => self.steps(concern, kind, heard, lead),
        }
    }

    /// Takes steps until today comes, or the case rests.
    fn steps(
        &mut self,
        concern: ConcernId,
        kind: ConcernKind,
        heard: Day,
        person: Option<PersonId>,
    ) -> Vec<Tending> {
        let age = (self.today - heard).num_days();
        let mut acts = vec![Act::HandOver, Act::Receive];
        if kind == ConcernKind::Complaint {
            acts.insert(0, Act::WriteDown);
        }
        acts.push(match self.dice.within(1, 10) {
            1 => Act::Guide,
            2 => Act::Transfer,
            _ => Act::Accept,
        });
        acts.push(match self.dice.within(1, 8) {
            1 => Act::WithdrawWhole(Brought::ByExplanation),
            _ => Act::Settle,
        });
        acts.push(Act::Answer(*self.dice.pick(&[
            Manner::InPerson,
            Manner::InPerson,
            Manner::AtAMeeting,
            Manner::InWriting,
        ])));
        let rests = match age > CLOSED {
            true => age < FORGOTTEN && self.dice.below(30) == 0,
            false => self.dice.percent(25).is_some(),
        };
        let count = match rests {
            true => self.dice.below(acts.len()),
            false => acts.len(),
        };
        let mut life = ConcernLife::heard(kind, heard);
        let (mut on, mut done) = (heard, Vec::new());
        for act in acts.into_iter().take(count) {
            on = match act {
                Act::Settle => self.later(on, 4, 24),
                _ => self.later(on, 1, 4),
            };
            if on > self.today {
                break;
            }
            let taken = Taken {
                act,
                on,
                paper: self.paper("UBND"),
                body: self.words.word(&mut self.dice, "receiver").to_owned(),
                person,
                reason: self
                    .words
                    .sentence(&mut self.dice, &self.words.sentences.answer),
            };
            // What the table does not allow of this kind is left out.
            if life.take(taken.clone(), PartWithdrawal::NotAllowed).is_ok() {
                done.push(Tending::Step { concern, taken });
            }
        }
        done
    }

    /// Makes receptions of the last months: the head's two days a month and one of every week.
    pub fn receptions(&mut self, head: PersonId, unit: &str) -> Vec<Reception> {
        let mut days = Vec::new();
        for back in 0..MONTHS {
            let Some(month) = self.today.checked_sub_months(Months::new(back)) else {
                continue;
            };
            for (day, kind) in [
                (10, ReceptionKind::Periodic),
                (17, ReceptionKind::Regular),
                (25, ReceptionKind::Periodic),
            ] {
                let day = month.with_day(day).map(weekday);
                days.extend(day.filter(|day| *day <= self.today).map(|day| (day, kind)));
            }
        }
        days.sort_unstable();
        let reception = |(on, kind)| {
            let turns = self.dice.within(1, 6);
            Reception {
                kind: Some(kind),
                on: Some(on),
                head: Some(head),
                unit: unit.to_owned(),
                people: Some(turns + self.dice.within(0, 3)),
                turns: Some(turns),
                ..Reception::default()
            }
        };
        days.into_iter().map(reception).collect()
    }

    /// Makes the rows of the register of a reception.
    pub fn rows(&mut self, reception: ReceptionId) -> Vec<Tending> {
        let rows = self.dice.within(0, 2);
        let row = |_| Tending::Row {
            reception,
            row: self.row(),
        };
        (0..rows).map(row).collect()
    }

    /// Adds what was done about a row of the register.
    pub fn registered(
        &mut self,
        (concern, kind, heard): (ConcernId, ConcernKind, Day),
        person: PersonId,
        rounds: &mut Vec<Vec<Tending>>,
    ) {
        into_rounds(self.steps(concern, kind, heard, Some(person)), rounds);
    }

    fn row(&mut self) -> RegisterRow {
        let topics: Vec<String> = self.words.sentences.concern.keys().cloned().collect();
        let topic = self.dice.pick(&topics).clone();
        let line = self
            .words
            .about(&mut self.dice, &self.words.sentences.concern, &topic);
        let (handling, passed_to) = match self.dice.within(1, 3) {
            1 => (Handling::Accept, String::new()),
            2 => (Handling::ReturnAndGuide, String::new()),
            _ => {
                let body = self.words.word(&mut self.dice, "receiver");
                (Handling::PassOn, body.to_owned())
            }
        };
        let concern = Concern {
            kind: Some(*self.dice.pick(&ConcernKind::ALL)),
            topic: Code::new(&topic).ok(),
            line,
            registered: Registered {
                people: Some(self.dice.within(1, 4)),
                handling: Some(handling),
                passed_to,
                ..Registered::default()
            },
            ..Concern::default()
        };
        let village = format!(
            "thôn {} {}",
            self.words.word(&mut self.dice, "village_first"),
            self.words.word(&mut self.dice, "village_second")
        );
        let particulars = Particulars {
            concern: None,
            raised_by: RaisedBy::Citizen(Citizen {
                name: name(&mut self.dice, &self.words),
                contact: String::new(),
                address: village,
                // No province has the number 000.
                id_number: format!("000{:09}", self.dice.below(1_000_000_000)),
            }),
            said: self
                .words
                .sentence(&mut self.dice, &self.words.sentences.said),
            wish: String::new(),
        };
        RegisterRow::Concern(Box::new(concern), Some(Box::new(particulars)))
    }

    /// Makes Saturday duty of half a year, an inspection, and the member's own duty of this year.
    pub fn beside(&mut self, me: PersonId, unit: &str) -> Vec<Tending> {
        let mut all = Vec::new();
        for back in 0..26_u64 {
            let day = self
                .today
                .checked_sub_days(Days::new(back * 7))
                .map(saturday);
            let day = day.filter(|day| *day <= self.today);
            if let Some(on) = day.filter(|_| self.dice.below(9) > 0) {
                let received = self.dice.within(2, 20);
                all.push(Tending::Duty(Versioned::new(Duty {
                    on: Some(on),
                    unit: unit.to_owned(),
                    people: vec![me],
                    hours: Some(Quantity(4000)),
                    received: Some(received),
                    solved: Some(received - self.dice.within(0, 2)),
                    overdue: Some(0),
                    ..Duty::default()
                })));
            }
        }
        let year = self.today.year();
        let first = Day::from_ymd_opt(year, 1, 1).unwrap_or(self.today);
        let begun = self.today.checked_sub_months(Months::new(3));
        all.push(Tending::Inspection(Versioned::new(Inspection {
            decision: self.paper("QĐ-UBND"),
            from: begun,
            to: begun.map(|day| self.later(day, 8, 20)),
            laws: InspectedLaw::ALL.map(|(law, _)| law).to_vec(),
            body: "Ủy ban nhân dân xã Nà Hang".to_owned(),
            agencies: vec![
                "Trạm Y tế xã".to_owned(),
                "Trung tâm Phục vụ hành chính công xã".to_owned(),
            ],
            ..Inspection::default()
        })));
        all.push(Tending::Assignment(Versioned::new(Assignment {
            duty: Code::new("cell_meetings").ok(),
            person: Some(me),
            cell: "Chi bộ Bản Lãm".to_owned(),
            from: Some(first),
            to: Day::from_ymd_opt(year, 12, 31),
            quota: Some(1),
            every: Some(Every::Quarter),
            document: format!("Phân công số 07-PC/ĐU năm {year}"),
            ..Assignment::default()
        })));
        all
    }

    fn later(&mut self, day: Day, least: u32, most: u32) -> Day {
        let days = u64::from(self.dice.within(least, most));
        day.checked_add_days(Days::new(days)).unwrap_or(day)
    }

    fn paper(&mut self, kind: &str) -> String {
        format!("{:02}/{kind}", self.dice.within(1, 240))
    }
}

/// Puts steps that build on each other into a round each.
fn into_rounds(steps: Vec<Tending>, rounds: &mut Vec<Vec<Tending>>) {
    for (round, step) in steps.into_iter().enumerate() {
        if rounds.len() == round {
            rounds.push(Vec::new());
        }
        rounds[round].push(step);
    }
}

/// Moves a day at the weekend to the Monday after.
fn weekday(day: Day) -> Day {
    let on = match day.weekday() {
        Weekday::Sat => 2,
        Weekday::Sun => 1,
        Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => 0,
    };
    day.checked_add_days(Days::new(on)).unwrap_or(day)
}

/// Gives the Saturday of the day's week.
fn saturday(day: Day) -> Day {
    let back = u64::from(day.weekday().num_days_from_monday());
    let monday = day.checked_sub_days(Days::new(back)).unwrap_or(day);
    monday.checked_add_days(Days::new(5)).unwrap_or(monday)
}
