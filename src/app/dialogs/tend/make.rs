//! Puts together what a form says is to be done.

use super::{
    ATTENDANCE, BROUGHT, HANDLINGS, LAWS, MANNERS, RECEPTIONS, TendForm, TendSlot, TendWhat, turned,
};
use crate::app::{Effect, Model, Naming, Tend};
use crate::domain::cell::split;
use crate::domain::{
    Act, Answer, Citizen, Concern, ConcernStep, Day, Duty, Envelope, Inspection, Label, LabelKind,
    Particulars, PersonId, Quantity, RaisedBy, Reception, RegisterRow, Registered, Site, Taken,
    Tending, Versioned,
};
use crate::i18n::Text;
use crate::i18n::messages::concern;
use crate::text::date::{Lean, read_date};

impl TendForm {
    pub(super) fn text(&self, slot: TendSlot) -> String {
        let line = self.inputs.iter().find(|line| line.slot == slot);
        line.map_or_else(String::new, |line| line.input.text().trim().to_owned())
    }

    fn day(&self, slot: TendSlot, today: Day, lean: Lean) -> Result<Day, Text> {
        read_date(&self.text(slot), today, lean).map_err(|_| match slot {
            TendSlot::Until | TendSlot::To => concern::missing(concern::field_to()),
            TendSlot::From => concern::missing(concern::field_from()),
            _ => concern::missing(concern::field_on()),
        })
    }

    /// Puts together what is to be done; the store has the last word on it.
    pub(in crate::app) fn accept(&self, model: &Model) -> Result<Vec<Effect>, Text> {
        let today = model.today();
        let on = match self.what {
            TendWhat::Inspection | TendWhat::Assignment | TendWhat::Row(_) => today,
            _ => self.day(TendSlot::On, today, Lean::Past)?,
        };
        let me = model.session().map(|session| session.me);
        let tending = match self.what {
            TendWhat::Step(concern, step) => Tending::Step {
                concern,
                taken: self.taken(step, on, today, me)?,
            },
            TendWhat::Answer(promise) => Tending::Answer(Answer {
                promise: Some(promise),
                on: Some(on),
                text: self.text(TendSlot::Text),
                manner: Some(self.turned(&MANNERS)),
                person: me,
            }),
            TendWhat::Label(concern, kind, change) => Tending::Label(Label {
                concern: Some(concern),
                site: None,
                kind: Some(kind),
                change: Some(change),
                on: Some(on),
                paper: self.text(TendSlot::Paper),
                list: self.text(TendSlot::List),
                person: me,
            }),
            TendWhat::HotSpot(place, change) => Tending::Label(Label {
                concern: None,
                site: Some(Site::Village(place)),
                kind: Some(LabelKind::HotSpot),
                change: Some(change),
                on: Some(on),
                paper: self.text(TendSlot::Paper),
                list: String::new(),
                person: me,
            }),
            TendWhat::Envelope(envelope) => Tending::Envelope {
                envelope,
                on,
                paper: self.text(TendSlot::Paper),
                body: self.text(TendSlot::Body),
            },
            TendWhat::Row(reception) => Tending::Row {
                reception,
                row: self.register_row()?,
            },
            TendWhat::Reception => Tending::Reception(Versioned::new(self.reception(on, model)?)),
            TendWhat::Duty => Tending::Duty(Versioned::new(self.duty(on, model)?)),
            TendWhat::Inspection => Tending::Inspection(Versioned::new(self.inspection(today)?)),
            TendWhat::Assignment => Tending::Assignment(Versioned::new(self.assignment(model)?)),
        };
        Ok(vec![Effect::Tend(Box::new(Tend {
            tending,
            typing: self.key,
            naming: match self.named.as_ref() == Some(&self.typed()) {
                true => Naming::Meant,
                false => Naming::Asks,
            },
        }))])
    }

    fn reception(&self, on: Day, model: &Model) -> Result<Reception, Text> {
        Ok(Reception {
            kind: Some(self.turned(&RECEPTIONS)),
            on: Some(on),
            head: self.cadres(model)?.first().copied(),
            site: None,
            unit: self.text(TendSlot::Unit),
            people: self.count(TendSlot::People)?,
            turns: self.count(TendSlot::Turns)?,
            note: self.text(TendSlot::Note),
            row: None,
        })
    }

    fn duty(&self, on: Day, model: &Model) -> Result<Duty, Text> {
        let hours = self.count(TendSlot::Hours)?;
        Ok(Duty {
            on: Some(on),
            unit: self.text(TendSlot::Unit),
            site: None,
            people: self.cadres(model)?,
            hours: hours.map(|hours| Quantity(u64::from(hours) * 1000)),
            received: self.count(TendSlot::Received)?,
            solved: self.count(TendSlot::Solved)?,
            overdue: self.count(TendSlot::Overdue)?,
            note: self.text(TendSlot::Note),
            row: None,
        })
    }

    fn inspection(&self, today: Day) -> Result<Inspection, Text> {
        Ok(Inspection {
            decision: self.text(TendSlot::Decision),
            from: self.maybe(TendSlot::From, today, Lean::Past)?,
            to: self.maybe(TendSlot::To, today, Lean::Past)?,
            laws: self.turned(&LAWS).to_vec(),
            body: self.text(TendSlot::Body),
            agencies: split(&self.text(TendSlot::Agencies)),
            conclusion: self.text(TendSlot::Conclusion),
            concluded: self.maybe(TendSlot::Concluded, today, Lean::Past)?,
            note: self.text(TendSlot::Note),
            row: None,
        })
    }

    /// Reads a day that may be left out.
    pub(super) fn maybe(
        &self,
        slot: TendSlot,
        today: Day,
        lean: Lean,
    ) -> Result<Option<Day>, Text> {
        match self.text(slot).as_str() {
            "" => Ok(None),
            _ => self.day(slot, today, lean).map(Some),
        }
    }

    /// Reads cadres by their names.
    fn cadres(&self, model: &Model) -> Result<Vec<PersonId>, Text> {
        let names = split(&self.text(TendSlot::Cadres)).into_iter();
        let found = names.map(|name| super::duty::cadre(name, model));
        found.filter_map(Result::transpose).collect()
    }

    fn register_row(&self) -> Result<RegisterRow, Text> {
        let Some(kind) = self.row_kind() else {
            return Ok(RegisterRow::Envelope(Envelope {
                number: self.text(TendSlot::Envelope),
                body: self.text(TendSlot::Body),
                ..Envelope::default()
            }));
        };
        let concern = Concern {
            kind: Some(kind),
            line: self.text(TendSlot::Text),
            registered: Registered {
                people: self.count(TendSlot::People)?,
                settled_by: self.text(TendSlot::SettledBy),
                handling: HANDLINGS
                    .get(self.choice(TendSlot::Handling))
                    .copied()
                    .flatten(),
                passed_to: self.text(TendSlot::PassedTo),
                note: self.text(TendSlot::Note),
            },
            ..Concern::default()
        };
        let citizen = Citizen {
            name: self.text(TendSlot::Name),
            contact: self.text(TendSlot::Contact),
            address: self.text(TendSlot::Address),
            id_number: self.text(TendSlot::IdNumber),
        };
        let said = self.text(TendSlot::Said);
        let named = citizen != Citizen::default() || !said.is_empty();
        let particulars = named.then(|| {
            Box::new(Particulars {
                concern: None,
                raised_by: RaisedBy::Citizen(citizen),
                said,
                wish: String::new(),
            })
        });
        Ok(RegisterRow::Concern(Box::new(concern), particulars))
    }

    fn turned<T: Copy, const N: usize>(&self, all: &[T; N]) -> T {
        turned(all, self.choice(TendSlot::Choice))
    }

    fn count(&self, slot: TendSlot) -> Result<Option<u32>, Text> {
        match self.text(slot).as_str() {
            "" => Ok(None),
            text => match text.parse() {
                Ok(count) => Ok(Some(count)),
                Err(_) => Err(concern::not_a_count(super::slot_name(self.what, slot))),
            },
        }
    }

    fn taken(
        &self,
        step: ConcernStep,
        on: Day,
        today: Day,
        person: Option<PersonId>,
    ) -> Result<Taken, Text> {
        let act = match step {
            ConcernStep::WriteDown => Act::WriteDown,
            ConcernStep::HandOver => Act::HandOver,
            ConcernStep::Receive => Act::Receive,
            ConcernStep::Accept => Act::Accept,
            ConcernStep::Refuse => Act::Refuse,
            ConcernStep::Transfer => Act::Transfer,
            ConcernStep::Guide => Act::Guide,
            ConcernStep::InviteDialogue => Act::InviteDialogue,
            ConcernStep::HoldDialogue => Act::HoldDialogue(self.turned(&ATTENDANCE)),
            ConcernStep::Suspend => Act::Suspend {
                until: self.day(TendSlot::Until, today, Lean::Future)?,
            },
            ConcernStep::Resume => Act::Resume,
            ConcernStep::Settle => Act::Settle,
            ConcernStep::WithdrawPart => Act::WithdrawPart(self.turned(&BROUGHT)),
            ConcernStep::WithdrawWhole => Act::WithdrawWhole(self.turned(&BROUGHT)),
            ConcernStep::Stop => Act::Stop,
            ConcernStep::EndByNotice => Act::EndByNotice,
            ConcernStep::Answer => Act::Answer(self.turned(&MANNERS)),
        };
        Ok(Taken {
            act,
            on,
            paper: self.text(TendSlot::Paper),
            body: self.text(TendSlot::Body),
            person,
            reason: self.text(TendSlot::Reason),
        })
    }
}
