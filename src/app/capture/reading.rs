//! What the form means: its texts read into a dossier, and what there is to say beside them.
//!
//! Owns the way from texts to values. Never changes the form.

mod meeting;

use super::around::Around;
use super::findings::{Note, Notes, Weight, number_refused};
use super::form::{ANONYMOUS, Chip, Field, Focus, Form, Item, ON_THE_SPOT, Saved};
use super::slot::{Entry, Part, Slot};
use crate::domain::{
    Activity, ActivityFile, ActivityId, Beneficiaries, Citizen, Code, Concern, ConcernFile,
    ConcernId, ConcernKind, Day, Dossier, Envelope, EnvelopeId, Funding, HelpedId, HelpedNames,
    Particulars, ParticularsId, PersonId, Quantity, RaisedBy, Settlement, Site, Unit,
    VillageConfirmation, Visit, VisitId, Vnd,
};
use crate::i18n::messages::capture;
use crate::text::date::read_date;
use crate::text::number::{read_count, read_money, read_quantity};

/// A form as it was understood.
pub(super) struct Reading {
    pub(super) dossier: Dossier,
    /// What there is to say, in the order of the form.
    pub(super) notes: Vec<Note>,
}

/// Reads the whole form; items with nothing in them are passed over.
pub(super) fn read(form: &Form, around: &Around<'_>) -> Reading {
    let mut reader = Reader {
        form,
        around,
        at: 0,
        item: form.visit(),
        on: None,
        notes: Notes::default(),
    };
    let visit = reader.visit();
    let mut dossier = Dossier::new(visit);
    dossier.visit = with(&form.visit().saved.itself, VisitId, dossier.visit.value);
    dossier.state = form.state;
    dossier.parts.clone_from(&form.parts);
    let id = form.visit_id();
    for (at, item) in form.items.iter().enumerate() {
        reader.at = at;
        reader.item = item;
        if item.part != Part::Visit && item.is_blank() {
            continue;
        }
        match item.part {
            Part::Visit => {}
            Part::Activity => {
                reader.notes.activities.push(at);
                dossier.activities.push(reader.activity(id));
            }
            Part::Meeting => {
                reader.notes.meetings.push(at);
                dossier.meetings.push(reader.meeting(id));
            }
            Part::Concern => {
                reader.notes.concerns.push(at);
                dossier.concerns.push(reader.concern(id));
            }
            Part::Envelope => {
                reader.notes.envelopes.push(at);
                let envelope = reader.envelope(id);
                dossier
                    .envelopes
                    .push(with(&item.saved.itself, EnvelopeId, envelope));
            }
            Part::CrimeReport => {
                reader.say(Slot::Concern, 0, Weight::Wrong, capture::hand_over_crime());
            }
        }
    }
    let notes = reader.notes.finish(form, &dossier, around.today());
    Reading { dossier, notes }
}

fn with<I, T>(
    saved: &Option<Saved>,
    id: fn([u8; 16]) -> I,
    value: T,
) -> crate::domain::Versioned<I, T> {
    Saved::with(saved.as_ref(), id, value)
}

/// Reads a date as its field understands it.
pub(super) fn read_day(field: &Field, today: Day) -> Option<Day> {
    match field.slot.entry() {
        Entry::Day(lean) => read_date(field.input.text(), today, lean).ok(),
        Entry::Choice(_)
        | Entry::Toggles(_)
        | Entry::Site
        | Entry::Sites
        | Entry::People
        | Entry::Units
        | Entry::Count
        | Entry::Quantity
        | Entry::Money
        | Entry::Line(_)
        | Entry::Prose => None,
    }
}

struct Reader<'a> {
    form: &'a Form,
    around: &'a Around<'a>,
    /// The item that is being read.
    at: usize,
    item: &'a Item,
    /// The day of the visit, which names its places.
    on: Option<Day>,
    notes: Notes,
}

impl<'a> Reader<'a> {
    fn visit(&mut self) -> Visit {
        let from = self.day(Slot::From, 0);
        let to = match self.item.field(Slot::To, 0) {
            Some(field) if !field.is_empty() => self.day(Slot::To, 0),
            Some(_) | None => from,
        };
        self.on = to.or(from);
        self.leftover(Slot::Team, capture::nobody_of_that_name());
        Visit {
            site: self.site(Slot::Place),
            from,
            to,
            team: self.team(),
            lead: self.form.lead,
            shared: self.codes(Slot::Shared),
            programme: self.text(Slot::Programme),
            reviewing_cell: self.text(Slot::Cell),
            unit: self.form.unit.clone(),
            note: self.text(Slot::Note),
            origin: self.form.origin,
            row: self.item.imported.row,
        }
    }

    fn activity(&mut self, visit: Option<VisitId>) -> ActivityFile {
        let amount = self.quantity(Slot::Amount);
        let measure = self.code(Slot::Measure, 0);
        let activity = Activity {
            visit,
            category: self.code(Slot::Category, 0),
            amount,
            // The measure comes with the category; without an amount it says nothing.
            measure: measure.filter(|_| amount.is_some()),
            person_days: self.quantity(Slot::PersonDays),
            officers: self.count(Slot::Officers, 0),
            beneficiaries: self.beneficiaries(),
            funding: self.funding(),
            lead_unit: self.text(Slot::LeadUnit),
            partners: self.units(),
            sites: self.sites(),
            confirmation: self.confirmation(),
            description: self.text(Slot::Description),
            note: self.item.imported.note.clone(),
            summing: self.item.imported.summing,
            row: self.item.imported.row,
        };
        let id = self
            .item
            .saved
            .itself
            .as_ref()
            .map(|saved| ActivityId(saved.id));
        let names = self.text(Slot::HelpedNames);
        let petition = &self.item.saved.petition;
        let helped = (!names.is_empty() || petition.is_some()).then(|| {
            let names = HelpedNames {
                activity: id,
                names,
            };
            with(petition, HelpedId, names)
        });
        ActivityFile {
            activity: with(&self.item.saved.itself, ActivityId, activity),
            helped,
        }
    }

    fn beneficiaries(&mut self) -> Vec<Beneficiaries> {
        let mut all = Vec::new();
        for row in 0..self.item.rows(Slot::Helped) {
            let helped = Beneficiaries {
                kind: self.code(Slot::Helped, row),
                households: self.count(Slot::Households, row),
                people: self.count(Slot::People, row),
                turns: self.count(Slot::Turns, row),
            };
            if helped
                .households
                .or(helped.people)
                .or(helped.turns)
                .is_some()
            {
                all.push(helped);
            }
        }
        all
    }

    fn funding(&mut self) -> Vec<Funding> {
        let mut all = Vec::new();
        for row in 0..self.item.rows(Slot::Source) {
            let funding = Funding {
                source: self.code(Slot::Source, row),
                value: self.money(Slot::Value, row),
            };
            if funding != Funding::default() {
                all.push(funding);
            }
        }
        all
    }

    fn confirmation(&mut self) -> Option<VillageConfirmation> {
        let confirmation = VillageConfirmation {
            by: self.text(Slot::ConfirmedBy),
            on: self.day(Slot::ConfirmedOn, 0),
        };
        (confirmation != VillageConfirmation::default()).then_some(confirmation)
    }

    fn concern(&mut self, visit: Option<VisitId>) -> ConcernFile {
        let settled = !self.codes(Slot::Settled).is_empty();
        let concern = Concern {
            visit,
            kind: self
                .code(Slot::Concern, 0)
                .and_then(|code| ConcernKind::from_word(code.as_str())),
            topic: self.code(Slot::Topic, 0),
            line: self.text(Slot::Line),
            site: self.site(Slot::ConcernSite),
            settlement: if settled {
                Settlement::OnTheSpot
            } else {
                Settlement::Pending
            },
            answer_by: self.day(Slot::AnswerBy, 0),
            row: self.item.imported.row,
            ..Concern::default()
        };
        let itself = &self.item.saved.itself;
        let particulars = self.particulars(itself.as_ref().map(|saved| ConcernId(saved.id)));
        ConcernFile {
            concern: with(itself, ConcernId, concern),
            particulars: particulars
                .map(|particulars| with(&self.item.saved.petition, ParticularsId, particulars)),
        }
    }

    fn particulars(&self, concern: Option<ConcernId>) -> Option<Particulars> {
        let (name, contact) = (self.text(Slot::RaisedBy), self.text(Slot::Contact));
        let (said, wish) = (self.text(Slot::Said), self.text(Slot::Wish));
        let anonymous = self
            .codes(Slot::Anonymous)
            .iter()
            .any(|c| c.as_str() == ANONYMOUS);
        let empty = [&name, &contact, &said, &wish]
            .iter()
            .all(|text| text.is_empty());
        if empty && !anonymous && self.item.saved.petition.is_none() {
            return None;
        }
        let raised_by = if anonymous {
            RaisedBy::Anonymous
        } else {
            RaisedBy::Citizen(Citizen {
                name,
                contact,
                ..Citizen::default()
            })
        };
        Some(Particulars {
            concern,
            raised_by,
            said,
            wish,
        })
    }

    fn envelope(&mut self, visit: Option<VisitId>) -> Envelope {
        Envelope {
            visit,
            number: self.text(Slot::EnvelopeNumber),
            on: self.day(Slot::EnvelopeDate, 0),
            body: self.text(Slot::EnvelopeBody),
            ..Envelope::default()
        }
    }

    fn field(&self, slot: Slot, row: u8) -> Option<&'a Field> {
        self.item.field(slot, row)
    }

    fn text(&self, slot: Slot) -> String {
        self.text_of(slot, 0)
    }

    fn text_of(&self, slot: Slot, row: u8) -> String {
        let field = self.field(slot, row);
        field.map_or_else(String::new, |field| field.input.text().trim().to_owned())
    }

    fn code(&mut self, slot: Slot, row: u8) -> Option<Code> {
        let field = self.field(slot, row)?;
        if !field.input.is_blank() {
            self.say(slot, row, Weight::Unread, capture::not_in_the_list());
        }
        field.code().cloned()
    }

    fn codes(&self, slot: Slot) -> Vec<Code> {
        let chips = self.field(slot, 0).map_or(&[][..], |field| &field.chips);
        let code = |chip: &Chip| match chip {
            Chip::Code(code) => Some(code.clone()),
            Chip::Village(_)
            | Chip::Commune(_)
            | Chip::Former(_)
            | Chip::Person(_)
            | Chip::Words(_) => None,
        };
        chips.iter().filter_map(code).collect()
    }

    fn team(&self) -> Vec<PersonId> {
        let chips = self
            .field(Slot::Team, 0)
            .map_or(&[][..], |field| &field.chips);
        let person = |chip: &Chip| match chip {
            Chip::Person(id) => Some(*id),
            Chip::Code(_)
            | Chip::Village(_)
            | Chip::Commune(_)
            | Chip::Former(_)
            | Chip::Words(_) => None,
        };
        chips.iter().filter_map(person).collect()
    }

    fn units(&self) -> Vec<String> {
        let Some(field) = self.field(Slot::Partners, 0) else {
            return Vec::new();
        };
        let words = |chip: &Chip| match chip {
            Chip::Words(words) => Some(words.clone()),
            Chip::Code(_)
            | Chip::Village(_)
            | Chip::Commune(_)
            | Chip::Former(_)
            | Chip::Person(_) => None,
        };
        let mut all: Vec<String> = field.chips.iter().filter_map(words).collect();
        if !field.input.is_blank() {
            all.push(field.input.text().trim().to_owned());
        }
        all
    }

    fn sites(&mut self) -> Vec<Site> {
        self.leftover(Slot::Sites, capture::choose_a_place());
        let chips = self
            .field(Slot::Sites, 0)
            .map_or(&[][..], |field| &field.chips);
        let site = |chip: &Chip| self.around.site(chip, self.on);
        chips.iter().filter_map(site).collect()
    }

    fn imported_sites(&self) -> Vec<Site> {
        let chips = self.item.imported.sites.iter();
        chips
            .filter_map(|chip| self.around.site(chip, self.on))
            .collect()
    }

    fn site(&mut self, slot: Slot) -> Option<Site> {
        self.leftover(slot, capture::choose_a_place());
        let mut chips = self.field(slot, 0)?.chips.iter();
        let site = chips.find_map(|chip| self.around.site(chip, self.on));
        if let (Some(Site::Former(code)), Some(day)) = (&site, self.on)
            && self.around.is_of_today(day)
        {
            let former = self.around.unit_words(Unit::Former(*code));
            self.say(slot, 0, Weight::Wrong, capture::former_divided(former));
        }
        site
    }

    /// Says that what is typed in a field of chips was not taken yet.
    fn leftover(&mut self, slot: Slot, text: crate::i18n::Text) {
        if self
            .field(slot, 0)
            .is_some_and(|field| !field.input.is_blank())
        {
            self.say(slot, 0, Weight::Unread, text);
        }
    }

    fn day(&mut self, slot: Slot, row: u8) -> Option<Day> {
        let field = self.field(slot, row)?;
        if field.input.is_blank() {
            return None;
        }
        let day = read_day(field, self.around.today());
        if day.is_none() {
            self.say(slot, row, Weight::Unread, capture::not_a_date());
        }
        day
    }

    fn quantity(&mut self, slot: Slot) -> Option<Quantity> {
        let field = self
            .field(slot, 0)
            .filter(|field| !field.input.is_blank())?;
        match read_quantity(field.input.text(), self.form.marks) {
            Ok(thousandths) => match u64::try_from(thousandths) {
                Ok(thousandths) => return Some(Quantity(thousandths)),
                Err(_) => self.say(slot, 0, Weight::Unread, capture::negative_amount()),
            },
            Err(error) => self.say(slot, 0, Weight::Unread, number_refused(error)),
        }
        None
    }

    fn count(&mut self, slot: Slot, row: u8) -> Option<u32> {
        let field = self
            .field(slot, row)
            .filter(|field| !field.input.is_blank())?;
        match read_count(field.input.text(), self.form.marks).map(u32::try_from) {
            Ok(Ok(count)) => return Some(count),
            Ok(Err(_)) => self.say(slot, row, Weight::Unread, capture::number_too_large()),
            Err(error) => self.say(slot, row, Weight::Unread, number_refused(error)),
        }
        None
    }

    fn money(&mut self, slot: Slot, row: u8) -> Option<Vnd> {
        let field = self
            .field(slot, row)
            .filter(|field| !field.input.is_blank())?;
        match read_money(field.input.text(), self.form.marks) {
            Ok(value) => return Some(Vnd(value)),
            Err(error) => self.say(slot, row, Weight::Unread, number_refused(error)),
        }
        None
    }

    fn say(&mut self, slot: Slot, row: u8, weight: Weight, text: crate::i18n::Text) {
        let mut fields = self.item.fields.iter();
        if let Some(field) = fields.position(|field| field.slot == slot && field.row == row) {
            let focus = Focus {
                item: self.at,
                field,
            };
            self.notes.say(Note {
                focus,
                weight,
                text,
            });
        }
    }
}

/// Returns whether a concern was settled where it was heard.
pub(super) fn settled_chips(settlement: Settlement) -> Vec<Chip> {
    match settlement {
        Settlement::Pending => Vec::new(),
        Settlement::OnTheSpot => vec![Chip::Code(super::form::own_code(ON_THE_SPOT))],
    }
}
