//! What stands beside visits: a session of reception or a row of its register, Saturday duty, an inspection.

use super::{Citizens, Fault, Part, Reader, Trip};
use crate::domain::{
    Citizen, ColumnField, Concern, Day, Duty, Handling, InspectedLaw, Inspection, Particulars,
    RaisedBy, ReceptionKind, Registered, Unreadable,
};
use crate::import::sheet::Row;
use crate::text::fold::fold;

/// A session of reception as a row tells of it; its day, unit and place are the row's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    pub kind: Option<ReceptionKind>,
    /// Who received.
    pub head: String,
    pub people: Option<u32>,
    pub turns: Option<u32>,
    pub note: String,
}

/// A matter of the register (form 03/TCD), and what only the officers in charge may read.
pub type Matter = (Box<Concern>, Option<Box<Particulars>>);

/// Words of the kinds of reception, folded.
const KINDS: &[(&str, ReceptionKind)] = &[
    ("regular", ReceptionKind::Regular),
    ("thuong xuyen", ReceptionKind::Regular),
    ("periodic", ReceptionKind::Periodic),
    ("dinh ky", ReceptionKind::Periodic),
    ("unscheduled", ReceptionKind::Unscheduled),
    ("dot xuat", ReceptionKind::Unscheduled),
];

/// Words of the laws that an inspection looks at, folded.
const LAWS: &[(&str, InspectedLaw)] = &[
    ("complaint", InspectedLaw::Complaints),
    ("khieu nai", InspectedLaw::Complaints),
    ("denunciation", InspectedLaw::Denunciations),
    ("to cao", InspectedLaw::Denunciations),
    ("reception", InspectedLaw::CitizenReception),
    ("tiep cong dan", InspectedLaw::CitizenReception),
    ("tiep dan", InspectedLaw::CitizenReception),
];

/// Ways to go on, by the column that has a cross or a body in it.
const WAYS: [(ColumnField, Handling); 3] = [
    (ColumnField::HandlingAccept, Handling::Accept),
    (ColumnField::HandlingReturn, Handling::ReturnAndGuide),
    (ColumnField::HandlingPassOn, Handling::PassOn),
];

/// Columns of which one says that a row is a matter of the register.
const MATTER: [ColumnField; 4] = [
    ColumnField::Line,
    ColumnField::PetitionKind,
    ColumnField::RaisedBy,
    ColumnField::Said,
];

const SAYS_NOTHING: Fault = Fault {
    reason: Unreadable::SaysNothing,
    column: None,
};

impl Reader<'_> {
    fn must<T>(&self, value: Option<T>, field: ColumnField) -> Result<T, Fault> {
        value.ok_or(Fault {
            reason: Unreadable::Missing,
            column: self.columns.of(field),
        })
    }

    /// Returns the day of what has one day; a table of such rows without days would be no register.
    fn on(&self, trip: &Trip) -> Result<Day, Fault> {
        self.must(trip.to.or(trip.from), ColumnField::Date)
    }

    /// Tells whether a row of receptions is a matter of the register and no session of its own.
    pub(in crate::import) fn has_matter(&self, row: Row<'_>) -> bool {
        MATTER.iter().any(|field| self.cell(row, *field).is_some())
    }

    /// Reads what decides with which others a matter lies in one session: kind and head.
    pub(in crate::import) fn session_of(&self, row: Row<'_>) -> Result<(String, String), Fault> {
        let kind = fold(&self.line(row, ColumnField::Kind)?);
        Ok((kind, fold(&self.line(row, ColumnField::Head)?)))
    }

    /// Reads a session of reception, or a matter of one.
    pub(super) fn reception(&self, row: Row<'_>, trip: &Trip) -> Result<Part, Fault> {
        self.on(trip)?;
        let mut about = Vec::new();
        let word = fold(&self.line(row, ColumnField::Kind)?);
        let kind = KINDS.iter().find(|(known, _)| word.contains(known));
        let mut session = Session {
            kind: kind.map(|(_, kind)| *kind),
            head: self.line(row, ColumnField::Head)?,
            ..Session::default()
        };
        if self.has_matter(row) {
            let matter = self.matter(row)?;
            return Ok(Part::Reception(Box::new(session), Some(matter)));
        }
        session.people = self.count(row, ColumnField::People, &mut about)?;
        session.turns = self.count(row, ColumnField::Turns, &mut about)?;
        session.note = self.note(row, about)?.0;
        if session == Session::default() && trip.unit.is_empty() {
            return Err(SAYS_NOTHING);
        }
        Ok(Part::Reception(Box::new(session), None))
    }

    /// Reads a matter of the register. A denunciation goes into no table, and its cells are kept nowhere.
    fn matter(&self, row: Row<'_>) -> Result<Matter, Fault> {
        let column = ColumnField::PetitionKind;
        let kind = self.kind_of_petition(row, column)?;
        let mut about = Vec::new();
        let people = self.people_of(row, column, &mut about)?;
        let outcome = self.line(row, ColumnField::Outcome)?;
        let (note, _) = self.note(row, about)?;
        let (handling, passed_to) = self.handling(row)?;
        let (topic, other) = self.choice(row, ColumnField::Topic, &self.catalogue.topics)?;
        let line = self.line(row, ColumnField::Line)?;
        let parts = [line, other.unwrap_or_default()];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        let notes = [outcome, note].into_iter().filter(|part| !part.is_empty());
        let concern = Concern {
            kind,
            topic,
            line: parts.collect::<Vec<_>>().join(" · "),
            registered: Registered {
                people,
                settled_by: self.line(row, ColumnField::SettledBy)?,
                handling,
                passed_to,
                note: notes.collect::<Vec<_>>().join("\n"),
            },
            ..Concern::default()
        };
        let particulars = match self.citizens {
            Citizens::Kept => self.petitioner(row)?,
            Citizens::LeftOut => None,
        };
        if concern.line.is_empty() && concern.topic.is_none() && particulars.is_none() {
            return Err(SAYS_NOTHING);
        }
        Ok((Box::new(concern), particulars.map(Box::new)))
    }

    /// Reads how many have the same matter: the digits of a cell such as "kiến nghị/3 người", or a column of its own.
    fn people_of(
        &self,
        row: Row<'_>,
        field: ColumnField,
        about: &mut Vec<String>,
    ) -> Result<Option<u32>, Fault> {
        if let Some(count) = self.count(row, ColumnField::People, about)? {
            return Ok(Some(count));
        }
        let word = self.line(row, field)?;
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        match digits.parse() {
            Ok(count) => Ok(Some(count)),
            Err(_) if digits.is_empty() => Ok(None),
            Err(_) => Err(Fault {
                reason: Unreadable::NumberOutOfRange,
                column: self.columns.of(field),
            }),
        }
    }

    /// Reads how a matter goes on (columns 8 to 10): a cross in one of three columns, or a word.
    fn handling(&self, row: Row<'_>) -> Result<(Option<Handling>, String), Fault> {
        let mut found = (None, String::new());
        for (field, way) in WAYS {
            let column = self.columns.of(field);
            let Some(cell) = column.and_then(|column| row.cell(column)) else {
                continue;
            };
            let word = clean(cell.text);
            if matches!(fold(&word).as_str(), "" | "-" | "0" | "khong") {
                continue;
            }
            // Of several crosses the last one says how it went on.
            found.0 = Some(way);
            if way == Handling::PassOn && word.chars().count() > 1 {
                found.1 = word;
            }
        }
        let word = fold(&self.line(row, ColumnField::Handling)?);
        if found.0.is_none() && !word.is_empty() {
            let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
            found.0 = if has(&["chuyen", "pass"]) {
                Some(Handling::PassOn)
            } else if has(&["huong dan", "tra lai", "return", "guide"]) {
                Some(Handling::ReturnAndGuide)
            } else if has(&["thu ly", "accept"]) {
                Some(Handling::Accept)
            } else {
                None
            };
        }
        Ok(found)
    }

    /// Reads who came (columns 3 and 4), for the drawer of names alone.
    fn petitioner(&self, row: Row<'_>) -> Result<Option<Particulars>, Fault> {
        let whole = self.paragraphs(row, ColumnField::RaisedBy)?;
        let own = self.line(row, ColumnField::Address)?;
        let (name, address) = match own.is_empty() {
            true => name_and_address(&whole),
            false => (clean(&whole), own),
        };
        let citizen = Citizen {
            name,
            contact: self.line(row, ColumnField::Contact)?,
            address,
            id_number: self.line(row, ColumnField::IdNumber)?,
        };
        let said = self.paragraphs(row, ColumnField::Said)?;
        if citizen == Citizen::default() && said.is_empty() {
            return Ok(None);
        }
        Ok(Some(Particulars {
            concern: None,
            raised_by: RaisedBy::Citizen(citizen),
            said,
            wish: self.paragraphs(row, ColumnField::Wish)?,
        }))
    }

    /// Reads a Saturday's duty. One on any other day is none.
    pub(super) fn duty(&self, row: Row<'_>, trip: &Trip) -> Result<Part, Fault> {
        use chrono::Datelike;
        let on = self.on(trip)?;
        if on.weekday() != chrono::Weekday::Sat {
            return Err(Fault {
                reason: Unreadable::NotASaturday,
                column: self.columns.of(ColumnField::Date),
            });
        }
        let mut about = Vec::new();
        let hours = self.quantity(row, ColumnField::Hours, &mut about)?;
        let duty = Duty {
            on: Some(on),
            unit: trip.unit.clone(),
            hours: hours.map(|(hours, _)| hours),
            received: self.count(row, ColumnField::FilesReceived, &mut about)?,
            solved: self.count(row, ColumnField::FilesSolved, &mut about)?,
            overdue: self.count(row, ColumnField::FilesOverdue, &mut about)?,
            note: self.note(row, about)?.0,
            ..Duty::default()
        };
        let nobody = duty.unit.is_empty() && trip.team.is_empty() && trip.places.is_empty();
        if nobody && duty.received.is_none() && duty.hours.is_none() {
            return Err(SAYS_NOTHING);
        }
        Ok(Part::Duty(Box::new(duty)))
    }

    /// Reads an inspection of heads' responsibility.
    pub(super) fn inspection(&self, row: Row<'_>, trip: &Trip) -> Result<Part, Fault> {
        let from = self.must(trip.from.or(trip.to), ColumnField::From)?;
        let agencies = self.names(row, ColumnField::Agencies)?;
        self.must(agencies.first(), ColumnField::Agencies)?;
        let word = fold(&self.paragraphs(row, ColumnField::Laws)?);
        let mut laws: Vec<InspectedLaw> = LAWS
            .iter()
            .filter(|(known, _)| word.contains(known))
            .map(|(_, law)| *law)
            .collect();
        laws.sort_unstable();
        laws.dedup();
        let concluded = self.cell(row, ColumnField::ConcludedOn);
        let concluded = concluded.map(|found| self.span(found)).transpose()?;
        Ok(Part::Inspection(Box::new(Inspection {
            decision: self.line(row, ColumnField::Decision)?,
            from: Some(from),
            to: trip.to.filter(|to| *to != from),
            laws,
            body: match self.columns.of(ColumnField::Body) {
                Some(_) => self.line(row, ColumnField::Body)?,
                None => trip.unit.clone(),
            },
            agencies,
            conclusion: self.line(row, ColumnField::Conclusion)?,
            concluded: concluded.map(|span| span.to),
            note: self.note(row, Vec::new())?.0,
            row: None,
        })))
    }
}

fn clean(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Parts a cell of name and address: by line, by a dash between spaces, by a semicolon or the first comma.
fn name_and_address(whole: &str) -> (String, String) {
    for mark in ["\n", " - ", " – ", " — ", ";", ","] {
        if let Some((name, address)) = whole.split_once(mark) {
            return (clean(name), clean(address));
        }
    }
    (clean(whole), String::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_name_and_address_is_parted() {
        for (cell, name, address) in [
            ("Lò Văn A\nthôn Nà Khá", "Lò Văn A", "thôn Nà Khá"),
            (
                "Lò Văn A – thôn Nà Khá, xã B",
                "Lò Văn A",
                "thôn Nà Khá, xã B",
            ),
            ("Lò Văn A, thôn Nà Khá", "Lò Văn A", "thôn Nà Khá"),
            ("Lò  Văn A", "Lò Văn A", ""),
            ("", "", ""),
        ] {
            assert_eq!(
                name_and_address(cell),
                (name.to_owned(), address.to_owned())
            );
        }
    }
}
