//! The one thing that a row records: an activity, a meeting, a village or a cadre.

use super::{Fault, Part, Reader, Trip};
use crate::config::catalogue::Choices;
use crate::domain::{
    Activity, Beneficiaries, Code, ColumnField, Funding, Meeting, Summing, Unreadable,
    VillageConfirmation, cell,
};
use crate::import::guess::choice;
use crate::import::note;
use crate::import::place::{PlaceWords, Where};
use crate::import::sheet::Row;
use crate::text::fold::fold;

/// What a cell of yes or no says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flag {
    Yes,
    No,
}

const SAYS_NOTHING: Fault = Fault {
    reason: Unreadable::SaysNothing,
    column: None,
};

impl Reader<'_> {
    /// Reads a support activity. A row that names neither what was done nor any number is none.
    pub(super) fn activity(&self, row: Row<'_>, trip: &Trip) -> Result<Part, Fault> {
        let mut about = Vec::new();
        let (category, other) =
            self.choice(row, ColumnField::Category, &self.catalogue.activities)?;
        about.extend(other);
        let mut activity = Activity {
            category,
            description: self.paragraphs(row, ColumnField::Description)?,
            lead_unit: match self.columns.of(ColumnField::LeadUnit) {
                Some(_) => self.line(row, ColumnField::LeadUnit)?,
                None => trip.unit.clone(),
            },
            confirmation: self.confirmation(row)?,
            partners: self.names(row, ColumnField::Partners)?,
            ..Activity::default()
        };
        self.amount_and_measure(row, &mut activity, &mut about)?;
        let days = self.quantity(row, ColumnField::PersonDays, &mut about)?;
        activity.person_days = days.map(|(days, _)| days);
        activity.officers = self.count(row, ColumnField::Officers, &mut about)?;
        activity.beneficiaries = self.beneficiaries(row, &mut about)?;
        activity.funding = self.funding(row, &mut about)?;
        let names = self.citizens(row)?;
        let says = activity.category.is_some()
            || !activity.description.is_empty()
            || activity.amount.is_some()
            || activity.person_days.is_some()
            || !activity.beneficiaries.is_empty()
            || !activity.funding.is_empty()
            || !names.is_empty();
        if !says {
            return Err(SAYS_NOTHING);
        }
        (activity.note, activity.summing) = self.note(row, about)?;
        Ok(Part::Activity(Box::new(activity), names))
    }

    /// Reads a visit, with the activity that its row also tells of.
    pub(super) fn visit(&self, row: Row<'_>, trip: &mut Trip) -> Result<Part, Fault> {
        match self.activity(row, trip) {
            Err(SAYS_NOTHING) => {}
            other => return other,
        }
        let nothing = trip.unit.is_empty()
            && trip.places.is_empty()
            && trip.team.is_empty()
            && trip.lead.is_empty();
        let (note, _) = self.note(row, Vec::new())?;
        if nothing && note.is_empty() {
            return Err(SAYS_NOTHING);
        }
        trip.note = note;
        Ok(Part::Nothing)
    }

    /// Reads a meeting.
    pub(super) fn meeting(&self, row: Row<'_>, trip: &Trip) -> Result<Part, Fault> {
        let mut about = Vec::new();
        let (kind, other) = self.choice(row, ColumnField::Kind, &self.catalogue.meetings)?;
        about.extend(other);
        let (capacity, other) =
            self.choice(row, ColumnField::Capacity, &self.catalogue.capacities)?;
        about.extend(other);
        let mut meeting = Meeting {
            kind,
            capacity,
            body: match self.columns.of(ColumnField::Body) {
                Some(_) => self.line(row, ColumnField::Body)?,
                None => trip.unit.clone(),
            },
            attendance: self.count(row, ColumnField::Attendance, &mut about)?,
            opinions: self.count(row, ColumnField::Opinions, &mut about)?,
            issues: self.paragraphs(row, ColumnField::Topics)?,
            remarks: self.paragraphs(row, ColumnField::Remarks)?,
            ..Meeting::default()
        };
        let says = meeting.kind.is_some()
            || !meeting.body.is_empty()
            || !meeting.issues.is_empty()
            || meeting.attendance.is_some();
        if !says {
            return Err(SAYS_NOTHING);
        }
        (meeting.note, meeting.summing) = self.note(row, about)?;
        let promises = self.list(row, ColumnField::Promises, cell::read_promises)?;
        Ok(Part::Meeting(Box::new(meeting), promises))
    }

    /// Reads a village of a commune.
    pub(super) fn village(&self, row: Row<'_>) -> Result<Part, Fault> {
        let (province, commune, village) = (
            self.line(row, ColumnField::Province)?,
            self.line(row, ColumnField::Commune)?,
            self.line(row, ColumnField::Village)?,
        );
        let missing = |field| Fault {
            reason: Unreadable::Missing,
            column: self.columns.of(field),
        };
        if village.is_empty() {
            return Err(missing(ColumnField::Village));
        }
        let words = PlaceWords {
            province: &province,
            commune: &commune,
            village: &village,
            district: "",
        };
        match self.gazetteer.places(&words, None).as_slice() {
            [place @ Where::Village { .. }] => Ok(Part::Place(place.clone())),
            _ => Err(missing(ColumnField::Commune)),
        }
    }

    /// Reads a cadre.
    pub(super) fn person(&self, row: Row<'_>) -> Result<Part, Fault> {
        let name = self.line(row, ColumnField::Name)?;
        if name.is_empty() {
            return Err(Fault {
                reason: Unreadable::Missing,
                column: self.columns.of(ColumnField::Name),
            });
        }
        let post = self.line(row, ColumnField::Post)?;
        Ok(Part::Person(name, post, self.line(row, ColumnField::Unit)?))
    }

    /// Reads a choice of a list; a word that is not in it is kept beside it, as "other".
    pub(super) fn choice(
        &self,
        row: Row<'_>,
        field: ColumnField,
        choices: &Choices,
    ) -> Result<(Option<Code>, Option<String>), Fault> {
        let word = self.line(row, field)?;
        if word.is_empty() {
            return Ok((None, None));
        }
        match choice(choices, &word) {
            Some(code) => Ok((Some(code), None)),
            None => {
                let other = Code::new("other").ok();
                let other = other.filter(|code| choices.get(code).is_some());
                Ok((other, Some(self.remark(field, &word))))
            }
        }
    }

    /// Says something behind the name of its column.
    fn remark(&self, field: ColumnField, words: &str) -> String {
        match self.columns.of(field) {
            Some(column) => format!("{}: {words}", self.table.column_name(column)),
            None => words.to_owned(),
        }
    }

    fn amount_and_measure(
        &self,
        row: Row<'_>,
        activity: &mut Activity,
        about: &mut Vec<String>,
    ) -> Result<(), Fault> {
        let amount = self.quantity(row, ColumnField::Quantity, about)?;
        let mut measure = self.line(row, ColumnField::QuantityUnit)?;
        if let Some((amount, rest)) = amount {
            activity.amount = Some(amount);
            if measure.is_empty() {
                measure = rest;
            }
        }
        if measure.is_empty() {
            return Ok(());
        }
        let list = &self.catalogue.measures;
        activity.measure = choice(list, &measure);
        if activity.measure.is_none() {
            // "kg gạo": the measure, and of what.
            let folded = fold(&measure);
            let begins = |word: &str| {
                folded
                    .strip_prefix(fold(word).as_str())
                    .is_some_and(|rest| rest.starts_with(' '))
            };
            let words = list.iter().filter(|choice| choice.words().any(begins));
            activity.measure = words.map(|choice| choice.code.clone()).next();
            about.push(self.remark(ColumnField::QuantityUnit, &measure));
        }
        Ok(())
    }

    fn beneficiaries(
        &self,
        row: Row<'_>,
        about: &mut Vec<String>,
    ) -> Result<Vec<Beneficiaries>, Fault> {
        let (kind, other) =
            self.choice(row, ColumnField::Beneficiary, &self.catalogue.beneficiaries)?;
        let detail = self.list(
            row,
            ColumnField::BeneficiaryDetail,
            cell::read_beneficiaries,
        )?;
        if !detail.is_empty() {
            return Ok(detail);
        }
        about.extend(other);
        let helped = Beneficiaries {
            kind,
            households: self.count(row, ColumnField::Households, about)?,
            people: self.count(row, ColumnField::People, about)?,
            turns: self.count(row, ColumnField::Turns, about)?,
        };
        Ok(match helped == Beneficiaries::default() {
            true => Vec::new(),
            false => vec![helped],
        })
    }

    fn funding(&self, row: Row<'_>, about: &mut Vec<String>) -> Result<Vec<Funding>, Fault> {
        let detail = self.list(row, ColumnField::FundingDetail, cell::read_funding)?;
        if !detail.is_empty() {
            return Ok(detail);
        }
        let (source, other) = self.choice(row, ColumnField::Funding, &self.catalogue.funding)?;
        about.extend(other);
        let value = self.money(row, about)?;
        Ok(match (&source, value) {
            (None, None) => Vec::new(),
            (Some(_), _) | (None, Some(_)) => vec![Funding { source, value }],
        })
    }

    fn confirmation(&self, row: Row<'_>) -> Result<Option<VillageConfirmation>, Fault> {
        let on = self.cell(row, ColumnField::ConfirmedOn);
        let on = on.map(|found| self.span(found)).transpose()?;
        let confirmation = VillageConfirmation {
            by: self.line(row, ColumnField::ConfirmedBy)?,
            on: on.map(|span| span.to),
        };
        Ok((confirmation != VillageConfirmation::default()).then_some(confirmation))
    }

    /// Reads the names of citizens, one a line; none where the role does not keep them.
    fn citizens(&self, row: Row<'_>) -> Result<String, Fault> {
        match self.citizens {
            super::Citizens::LeftOut => Ok(String::new()),
            super::Citizens::Kept => Ok(self.names(row, ColumnField::Names)?.join("\n")),
        }
    }

    /// Reads the note with all that goes to it, and whether the row is a total of others.
    pub(super) fn note(
        &self,
        row: Row<'_>,
        about: Vec<String>,
    ) -> Result<(String, Summing), Fault> {
        let note = self.paragraphs(row, ColumnField::Note)?;
        let summing = match self.flag(row, ColumnField::Cumulative)? {
            Some(Flag::Yes) => Summing::Cumulative,
            Some(Flag::No) => Summing::Summed,
            // An export leaves the cell of what is not so empty.
            None if self.is_export() => Summing::Summed,
            None => note::summing(&note),
        };
        let mut lines = vec![note];
        lines.extend(about);
        for column in self.columns.all_of(ColumnField::Remark) {
            if let Some(cell) = row.cell(column) {
                let text = self.text(column, cell)?;
                lines.push(format!("{}: {text}", self.table.column_name(column)));
            }
        }
        lines.retain(|line| !line.is_empty());
        Ok((lines.join("\n"), summing))
    }

    /// Tells whether the table is one that this program wrote.
    fn is_export(&self) -> bool {
        let has = |field| self.columns.of(field).is_some();
        has(ColumnField::Code) && has(ColumnField::State) && has(ColumnField::Cumulative)
    }

    pub(super) fn flag(&self, row: Row<'_>, field: ColumnField) -> Result<Option<Flag>, Fault> {
        let column = self.columns.of(field);
        let Some((column, cell)) = column.and_then(|at| Some((at, row.cell(at)?))) else {
            return Ok(None);
        };
        match fold(cell.text).as_str() {
            "x" | "1" | "co" | "dung" | "yes" | "true" => Ok(Some(Flag::Yes)),
            "0" | "khong" | "sai" | "no" | "false" => Ok(Some(Flag::No)),
            "-" | "–" | "—" => Ok(None),
            _ => Err(Fault {
                reason: Unreadable::NotYesOrNo,
                column: Some(column),
            }),
        }
    }
}
