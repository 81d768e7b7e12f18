//! A concern of a citizen: what everybody of the unit may read, and what only the officers in charge may.

use super::part::Flag;
use super::{Citizens, Fault, Part, Reader};
use crate::domain::{
    Citizen, ColumnField, Concern, ConcernKind, Day, Particulars, RaisedBy, Settlement, Unreadable,
};
use crate::import::sheet::{Cell, Row};
use crate::import::value;
use crate::text::fold::fold;

/// Words for each kind, folded. The list is the law's and not the catalogue's.
const KINDS: &[(&str, ConcernKind)] = &[
    ("complaint", ConcernKind::Complaint),
    ("khieu nai", ConcernKind::Complaint),
    ("don khieu nai", ConcernKind::Complaint),
    ("recommendation", ConcernKind::Recommendation),
    ("kien nghi", ConcernKind::Recommendation),
    ("don kien nghi", ConcernKind::Recommendation),
    ("de nghi", ConcernKind::Recommendation),
    ("reflection", ConcernKind::Reflection),
    ("phan anh", ConcernKind::Reflection),
    ("don phan anh", ConcernKind::Reflection),
];

/// Words of what never lies beside other concerns.
const DENUNCIATIONS: &[&str] = &["to cao", "to giac", "denunciation"];

impl Reader<'_> {
    /// Reads a concern. Its public line comes from its own column alone, never from what was said.
    pub(super) fn concern(&self, row: Row<'_>) -> Result<Part, Fault> {
        let kind = self.kind_of_concern(row)?;
        let (topic, other) = self.choice(row, ColumnField::Topic, &self.catalogue.topics)?;
        let mut line = self.line(row, ColumnField::Line)?;
        if let Some(other) = other {
            line = match line.is_empty() {
                true => other,
                false => format!("{line} ({other})"),
            };
        }
        let answer_by = match self.cell(row, ColumnField::AnswerBy) {
            Some((column, cell)) => Some(self.due((column, cell))?),
            None => None,
        };
        let concern = Concern {
            kind,
            topic,
            line,
            settlement: self.settlement(row)?,
            answer_by,
            ..Concern::default()
        };
        let particulars = match self.citizens {
            Citizens::Kept => self.particulars(row)?,
            Citizens::LeftOut => None,
        };
        if concern.line.is_empty() && concern.topic.is_none() && particulars.is_none() {
            return Err(Fault {
                reason: Unreadable::SaysNothing,
                column: None,
            });
        }
        Ok(Part::Concern(Box::new(concern), particulars.map(Box::new)))
    }

    fn kind_of_concern(&self, row: Row<'_>) -> Result<Option<ConcernKind>, Fault> {
        let word = fold(&self.line(row, ColumnField::Kind)?);
        if DENUNCIATIONS.iter().any(|known| word.contains(known)) {
            return Err(Fault {
                reason: Unreadable::Denunciation,
                column: self.columns.of(ColumnField::Kind),
            });
        }
        let known = KINDS.iter().find(|(known, _)| *known == word);
        Ok(known.map(|(_, kind)| *kind))
    }

    /// Reads the kind of a matter of the register: a cell may also say how many have it ("kiến nghị/3 người").
    pub(super) fn kind_of_petition(
        &self,
        row: Row<'_>,
        field: ColumnField,
    ) -> Result<Option<ConcernKind>, Fault> {
        let word = fold(&self.line(row, field)?);
        let known = KINDS.iter().find(|(known, _)| word.contains(known));
        let line = fold(&self.line(row, ColumnField::Line)?);
        let is_one = |text: &str| DENUNCIATIONS.iter().any(|known| text.contains(known));
        // Where no kind is said, the matter says it.
        if is_one(&word) || known.is_none() && is_one(&line) {
            return Err(Fault {
                reason: Unreadable::Denunciation,
                column: self.columns.of(field),
            });
        }
        Ok(known.map(|(_, kind)| *kind))
    }

    /// Reads a day that may lie in the future.
    fn due(&self, (column, cell): (usize, Cell<'_>)) -> Result<Day, Fault> {
        let span = value::span(cell, self.sheet.from_1904);
        let span = span.map_err(|reason| Fault {
            reason,
            column: Some(column),
        })?;
        Ok(span.to)
    }

    fn settlement(&self, row: Row<'_>) -> Result<Settlement, Fault> {
        let word = fold(&self.line(row, ColumnField::Settlement)?);
        let words = ["on_the_spot", "on the spot", "tai cho"];
        match words.iter().any(|known| word.contains(known)) {
            true => Ok(Settlement::OnTheSpot),
            false => Ok(Settlement::Pending),
        }
    }

    fn particulars(&self, row: Row<'_>) -> Result<Option<Particulars>, Fault> {
        let anonymous = self.flag(row, ColumnField::Anonymous)?;
        let name = self.line(row, ColumnField::RaisedBy)?;
        let contact = self.line(row, ColumnField::Contact)?;
        let raised_by = match anonymous {
            Some(Flag::Yes) if name.is_empty() => RaisedBy::Anonymous,
            Some(Flag::Yes | Flag::No) | None => RaisedBy::Citizen(Citizen {
                name,
                contact,
                ..Citizen::default()
            }),
        };
        let particulars = Particulars {
            concern: None,
            raised_by,
            said: self.paragraphs(row, ColumnField::Said)?,
            wish: self.paragraphs(row, ColumnField::Wish)?,
        };
        let nobody = match &particulars.raised_by {
            RaisedBy::Anonymous => false,
            RaisedBy::Citizen(citizen) => citizen.name.is_empty() && citizen.contact.is_empty(),
        };
        let says = !nobody || !particulars.said.is_empty() || !particulars.wish.is_empty();
        Ok(says.then_some(particulars))
    }
}
