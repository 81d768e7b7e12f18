//! Which division of the country holds on a day, from `config/data/divisions.csv`.

use serde::Deserialize;

use super::line;
use crate::config::{ConfigError, Problem, Source};
use crate::domain::Day;

/// A division of the country into units at commune level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Division {
    /// The one before today's, with districts.
    Former,
    Today,
}

impl Division {
    const ALL: [Self; 2] = [Self::Former, Self::Today];

    const fn name(self) -> &'static str {
        match self {
            Self::Former => "former",
            Self::Today => "today",
        }
    }
}

/// The first and the last day of a division's units, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    pub from: Option<Day>,
    pub to: Option<Day>,
}

/// When each division holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Divisions([Validity; Division::ALL.len()]);

#[derive(Deserialize)]
struct Row {
    division: String,
    valid_from: String,
    valid_to: String,
}

/// Reads a day; an empty cell means that there is none.
fn read_day(cell: &str) -> Result<Option<Day>, &'static str> {
    if cell.is_empty() {
        return Ok(None);
    }
    cell.parse().map(Some).map_err(|_| "valid_from, valid_to")
}

impl Divisions {
    /// Reads the table that is compiled in.
    pub(super) fn built_in() -> Self {
        let source = Source::built_in(
            "config/data/divisions.csv",
            include_str!("../../../config/data/divisions.csv"),
        );
        Self::parse(&source).expect("the compiled table is well-formed")
    }

    fn parse(source: &Source) -> Result<Self, ConfigError> {
        let mut reader = csv::Reader::from_reader(source.text().as_bytes());
        let mut found = [None; Division::ALL.len()];
        let header = reader.headers().cloned();
        let header = header.map_err(|_| source.error_on_line(1, Problem::Syntax))?;
        for record in reader.records() {
            let record = record
                .map_err(|error| source.error_on_line(line(error.position()), Problem::Syntax))?;
            let line = line(record.position());
            let wrong = |what: &str| source.error_on_line(line, Problem::Value(what.to_owned()));
            let row: Row = record
                .deserialize(Some(&header))
                .map_err(|_| wrong("division"))?;
            let known = Division::ALL.into_iter().zip(&mut found);
            let mut named = known.filter(|(division, _)| division.name() == row.division);
            let (_, validity) = named.next().ok_or_else(|| wrong("division"))?;
            *validity = Some(Validity {
                from: read_day(&row.valid_from).map_err(wrong)?,
                to: read_day(&row.valid_to).map_err(wrong)?,
            });
        }
        let [Some(former), Some(today)] = found else {
            return Err(source.error_on_line(1, Problem::Missing("division".to_owned())));
        };
        Ok(Self([former, today]))
    }

    /// Returns the division that holds on a day.
    pub(super) fn on(&self, day: Day) -> Division {
        let [former, _] = self.0;
        match former.to {
            Some(last) if day <= last => Division::Former,
            Some(_) | None => Division::Today,
        }
    }

    /// Returns when the units of a division hold.
    pub(super) fn validity(&self, division: Division) -> Validity {
        let [former, today] = self.0;
        match division {
            Division::Former => former,
            Division::Today => today,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn today_begins_the_day_after_the_former_one_ends() {
        let divisions = Divisions::built_in();
        let last = divisions.validity(Division::Former).to.expect("has ended");
        let first = divisions.validity(Division::Today).from;
        assert_eq!(first, last.succ_opt());
        assert_eq!(divisions.on(last), Division::Former);
        assert_eq!(divisions.on(first.expect("has begun")), Division::Today);
    }

    #[test]
    fn another_shape_is_refused() {
        for text in [
            "division,valid_from,valid_to\nformer,,2025-06-30\n",
            "division,valid_from,valid_to\nformer,,soon\ntoday,,\n",
            "division,valid_from,valid_to\nother,,\n",
        ] {
            let source = Source::new(Path::new("divisions.csv"), text.as_bytes()).expect("UTF-8");
            assert!(Divisions::parse(&source).is_err(), "{text}");
        }
    }
}
