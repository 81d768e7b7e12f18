//! The units at commune level before today's division, from `config/data/former_communes.csv`, and
//! which of today's received each.

use super::{CommuneKind, digits, line};
use crate::config::{ConfigError, Problem, Source};
use crate::domain::{CommuneCode, FormerCommuneCode};

const KINDS: [CommuneKind; 3] = [CommuneKind::Xa, CommuneKind::Phuong, CommuneKind::ThiTran];

const COLUMNS: [&str; 5] = [
    "former_province",
    "former_district",
    "former_code",
    "former_name",
    "code",
];

/// A commune, ward or township of the former division.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerCommune {
    pub code: FormerCommuneCode,
    pub kind: CommuneKind,
    /// The full name ("Xã Lang Quán").
    pub name: String,
    /// The units of today that received it: several where it was divided.
    pub successors: Vec<CommuneCode>,
    district: usize,
}

impl FormerCommune {
    /// Gives the name without its kind ("Lang Quán").
    pub fn bare_name(&self) -> &str {
        self.kind.bare(&self.name)
    }
}

/// A district of the former division, and its province.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct District {
    /// The full names ("Huyện Yên Sơn", "Tỉnh Tuyên Quang").
    pub name: String,
    pub province: String,
}

/// Every unit of the former division, by code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerCommunes {
    communes: Vec<FormerCommune>,
    districts: Vec<District>,
    /// What each unit of today received, by its code.
    received: Vec<(CommuneCode, FormerCommuneCode)>,
}

impl FormerCommunes {
    /// Reads the table that is compiled in: some milliseconds, so when it is first asked for.
    pub(super) fn built_in() -> Self {
        let source = Source::built_in(
            "config/data/former_communes.csv",
            include_str!("../../../config/data/former_communes.csv"),
        );
        Self::parse(&source).expect("the compiled table is well-formed")
    }

    /// Reads a table with a line for each unit and each one of today that received it.
    fn parse(source: &Source) -> Result<Self, ConfigError> {
        let mut reader = csv::Reader::from_reader(source.text().as_bytes());
        let header = reader.headers().cloned();
        let header = header.map_err(|_| source.error_on_line(1, Problem::Syntax))?;
        let mut at = [0; COLUMNS.len()];
        for (at, column) in at.iter_mut().zip(COLUMNS) {
            let found = header.iter().position(|name| name == column);
            let missing = || source.error_on_line(1, Problem::Missing(column.to_owned()));
            *at = found.ok_or_else(missing)?;
        }
        let mut table = Self {
            communes: Vec::new(),
            districts: Vec::new(),
            received: Vec::new(),
        };
        let mut record = csv::StringRecord::new();
        loop {
            let more = reader.read_record(&mut record);
            let syntax =
                |error: csv::Error| source.error_on_line(line(error.position()), Problem::Syntax);
            if !more.map_err(syntax)? {
                break;
            }
            let cells = at.map(|at| record.get(at).unwrap_or_default());
            table.take(cells).map_err(|column| {
                source.error_on_line(line(record.position()), Problem::Value(column.to_owned()))
            })?;
        }
        table.communes.sort_by_key(|commune| commune.code);
        // Each line of a divided unit gave one with a single part.
        table.communes.dedup_by(|next, kept| {
            let same = next.code == kept.code;
            if same {
                kept.successors.append(&mut next.successors);
            }
            same
        });
        table.received.sort_unstable();
        Ok(table)
    }

    /// Takes a line in, or names the column that is wrong.
    fn take(&mut self, cells: [&str; COLUMNS.len()]) -> Result<(), &'static str> {
        let [province, district, code, name, successor] = cells;
        let code = FormerCommuneCode(digits(code, 5).ok_or("former_code")?);
        let successor = CommuneCode(digits(successor, 5).ok_or("code")?);
        self.received.push((successor, code));
        for (cell, column) in [
            (province, COLUMNS[0]),
            (district, COLUMNS[1]),
            (name, COLUMNS[3]),
        ] {
            if cell.trim().is_empty() || cell.chars().any(char::is_control) {
                return Err(column);
            }
        }
        // Five names of the source have the kind in capitals.
        let name = name.replacen("Thị Trấn ", "Thị trấn ", 1);
        let kind = CommuneKind::of(&name, &KINDS).ok_or(COLUMNS[3])?;
        let district = self.district(district, province);
        self.communes.push(FormerCommune {
            code,
            kind,
            name,
            successors: vec![successor],
            district,
        });
        Ok(())
    }

    /// Gives the number of a district, most often that of the line before.
    fn district(&mut self, name: &str, province: &str) -> usize {
        let is = |known: &District| known.name == name && known.province == province;
        if let Some(at) = self.districts.iter().rposition(is) {
            return at;
        }
        self.districts.push(District {
            name: name.to_owned(),
            province: province.to_owned(),
        });
        self.districts.len() - 1
    }

    /// Gives every unit, by code.
    pub fn all(&self) -> &[FormerCommune] {
        &self.communes
    }

    /// Finds a unit; `None` for a code that this release does not know.
    pub fn get(&self, code: FormerCommuneCode) -> Option<&FormerCommune> {
        let at = self
            .communes
            .binary_search_by_key(&code, |commune| commune.code);
        self.communes.get(at.ok()?)
    }

    /// Gives the district that a unit lay in.
    pub fn district_of(&self, commune: &FormerCommune) -> &District {
        let district = self.districts.get(commune.district);
        district.expect("each unit came with its district")
    }

    /// Gives the units of today that received a unit; nothing for a code that is not known.
    pub fn successors(&self, code: FormerCommuneCode) -> &[CommuneCode] {
        self.get(code).map_or(&[], |commune| &commune.successors)
    }

    /// Gives the former units that a unit of today received, whole or in part.
    pub fn predecessors(
        &self,
        code: CommuneCode,
    ) -> impl Iterator<Item = FormerCommuneCode> + Clone + '_ {
        let from = self.received.partition_point(|(into, _)| *into < code);
        let rest = self.received.get(from..).unwrap_or_default();
        let rest = rest.iter().take_while(move |(into, _)| *into == code);
        rest.map(|(_, former)| *former)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::config::units::Communes;

    fn of<'a>(table: &'a FormerCommunes, province: &'a str) -> Vec<&'a FormerCommune> {
        let all = table.all().iter();
        let here = all.filter(|commune| table.district_of(commune).province == province);
        here.collect()
    }

    #[test]
    fn every_former_unit_leads_to_units_that_exist() {
        let today = Communes::built_in();
        let table = today.former();
        let mut counts = Vec::new();
        for province in ["Tỉnh Tuyên Quang", "Tỉnh Hà Giang"] {
            let here = of(table, province);
            let lead = here.iter().filter(|commune| {
                let mut into = commune.successors.iter();
                !commune.successors.is_empty() && into.all(|code| today.get(*code).is_some())
            });
            let divided = here.iter().filter(|commune| commune.successors.len() > 1);
            counts.push((here.len(), lead.count(), divided.count()));
        }
        assert_eq!(
            counts,
            [(137, 137, 2), (193, 193, 3)],
            "units, leading somewhere, divided"
        );
        let lost = table.all().iter().flat_map(|commune| &commune.successors);
        let lost: Vec<_> = lost.filter(|code| today.get(**code).is_none()).collect();
        assert_eq!(
            (table.all().len(), lost),
            (10_035, Vec::new()),
            "units, lost successors"
        );
    }

    #[test]
    fn a_divided_unit_keeps_all_its_parts() {
        let today = Communes::built_in();
        let table = today.former();
        let text = include_str!("../../../config/data/former_communes.csv");
        let flagged: BTreeSet<&str> = text.lines().filter(|line| line.ends_with(",1")).collect();
        let divided = table
            .all()
            .iter()
            .filter(|commune| commune.successors.len() > 1);
        let parts: usize = divided
            .clone()
            .map(|commune| commune.successors.len())
            .sum();
        assert_eq!(
            (divided.count(), parts),
            (471, flagged.len()),
            "divided units, their parts"
        );
        for commune in table.all() {
            for into in &commune.successors {
                assert!(table.predecessors(*into).any(|code| code == commune.code));
            }
        }
    }

    #[test]
    fn lang_quan_is_a_part_of_yen_son_today() {
        let today = Communes::built_in();
        let table = today.former();
        let all = table.all().iter();
        let found: Vec<_> = all
            .filter(|commune| commune.bare_name() == "Lang Quán")
            .collect();
        let [lang_quan] = found[..] else {
            panic!("one of that name, not {}", found.len());
        };
        let district = table.district_of(lang_quan);
        assert_eq!(
            (&*district.name, &*district.province),
            ("Huyện Yên Sơn", "Tỉnh Tuyên Quang")
        );
        let into: Vec<_> = table.successors(lang_quan.code).iter().collect();
        let names = into.iter().filter_map(|code| today.get(**code));
        assert_eq!(names.map(|c| &*c.name).collect::<Vec<_>>(), ["Xã Yên Sơn"]);
        assert!(table.successors(FormerCommuneCode(99_999)).is_empty());
    }

    /// The same digits name another unit in each division.
    #[test]
    fn a_code_alone_does_not_say_which_division_it_is_of() {
        let today = Communes::built_in();
        let na_hang = today
            .former()
            .get(FormerCommuneCode(2_221))
            .expect("is known");
        assert_eq!(
            (na_hang.kind, na_hang.bare_name()),
            (CommuneKind::ThiTran, "Na Hang")
        );
        assert_eq!(
            today.get(CommuneCode(2_221)).expect("is known").name,
            "Xã Nà Hang"
        );
    }

    #[test]
    fn a_bad_line_is_refused_with_its_number() {
        let head = "former_province,former_district,former_code,former_name,code,split\n";
        let good = "Tỉnh A,Huyện B,00001,Xã C,00002,0\n";
        for (bad, of) in [
            ("Tỉnh A,Huyện B,1,Xã C,00002,0", "former_code"),
            ("Tỉnh A,Huyện B,00003,Xã C,2,0", "code"),
            ("Tỉnh A,Huyện B,00003,Tổng C,00002,0", "former_name"),
            ("Tỉnh A,,00003,Xã C,00002,0", "former_district"),
        ] {
            let text = format!("{head}{good}{bad}\n");
            let path = Path::new("former_communes.csv");
            let source = Source::new(path, text.as_bytes()).expect("UTF-8");
            let error = FormerCommunes::parse(&source).expect_err("is refused");
            assert_eq!(error.line, 3);
            assert!(
                matches!(&error.problem, Problem::Value(column) if column == of),
                "{bad}"
            );
        }
    }
}
