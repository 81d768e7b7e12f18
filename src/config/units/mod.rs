//! The communes, wards and special zones of the country, from `config/data/communes.csv`, those of the
//! division before, and which became which.
//!
//! Owns the tables and their order. Never searches without marks; that needs folding, which its callers have.

mod division;
mod era;
mod former;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::{ConfigError, Problem, Source};
use crate::domain::{CommuneCode, Day};
use division::Divisions;

pub use division::{Division, Validity};
pub use era::UnitName;
pub use former::{District, FormerCommune, FormerCommunes};

/// The kind of a unit at commune level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommuneKind {
    /// Commune.
    Xa,
    /// Ward.
    Phuong,
    /// Special zone.
    DacKhu,
    /// Township, of the former division only.
    ThiTran,
}

/// The kinds of today.
const KINDS: [CommuneKind; 3] = [CommuneKind::Xa, CommuneKind::Phuong, CommuneKind::DacKhu];

impl CommuneKind {
    /// Reads the kind off a full name. The table's own column `kind` contradicts four names, and the
    /// names are the ones of the resolutions that made the units.
    fn of(name: &str, kinds: &[Self]) -> Option<Self> {
        let begins = |kind: &Self| {
            let bare = name.strip_prefix(kind.word());
            bare.is_some_and(|bare| bare.trim() != bare && !bare.trim().is_empty())
        };
        kinds.iter().copied().find(begins)
    }

    /// Gives a full name without the kind.
    fn bare(self, name: &str) -> &str {
        name.strip_prefix(self.word()).map_or(name, str::trim_start)
    }

    /// Gives the word that a full name begins with.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Xa => "Xã",
            Self::Phuong => "Phường",
            Self::DacKhu => "Đặc khu",
            Self::ThiTran => "Thị trấn",
        }
    }
}

/// The two-digit code of a province.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProvinceCode(pub u8);

/// A province or a city of that level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Province {
    pub code: ProvinceCode,
    /// The full name ("Tỉnh Tuyên Quang").
    pub name: String,
}

/// A commune, ward or special zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commune {
    pub code: CommuneCode,
    pub province: ProvinceCode,
    pub kind: CommuneKind,
    /// The full name ("Xã Nà Hang").
    pub name: String,
    /// Where it lies, where the table says so.
    pub spot: Option<Spot>,
}

/// A point on the map, in ten-thousandths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    pub north: i32,
    pub east: i32,
}

impl Spot {
    /// Reads degrees with a decimal point.
    fn read(lat: &str, lon: &str) -> Result<Self, &'static str> {
        let part = |text: &str, most: f64| {
            let degrees: f64 = text.trim().parse().ok()?;
            // Ten-thousandths of 180 degrees fit.
            (degrees.abs() <= most).then(|| (degrees * 10_000.0).round() as i32)
        };
        Ok(Self {
            north: part(lat, 90.0).ok_or("lat")?,
            east: part(lon, 180.0).ok_or("lon")?,
        })
    }
}

impl Commune {
    /// Gives the name without its kind ("Nà Hang").
    pub fn bare_name(&self) -> &str {
        self.kind.bare(&self.name)
    }
}

/// Every commune and province of today, by code, and the division before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Communes {
    communes: Vec<Commune>,
    provinces: BTreeMap<ProvinceCode, Province>,
    divisions: Divisions,
    /// Read when it is first asked for.
    former: OnceLock<FormerCommunes>,
}

/// The columns of the table; further ones are passed over.
const COLUMNS: [&str; 4] = ["province_code", "province", "code", "name"];

/// A line of the table.
struct Row<'r> {
    province_code: &'r str,
    province: &'r str,
    code: &'r str,
    name: &'r str,
    /// Latitude and longitude, where the table has their columns.
    spot: Option<(&'r str, &'r str)>,
}

impl Communes {
    /// Reads the table that is compiled in: some milliseconds, so once a program.
    pub fn built_in() -> Self {
        let source = Source::built_in(
            "config/data/communes.csv",
            include_str!("../../../config/data/communes.csv"),
        );
        Self::parse(&source).expect("the compiled table is well-formed")
    }

    /// Reads a table with the columns `province_code`, `province`, `code` and `name`; those of `lat` and `lon`
    /// are read where it has them.
    pub fn parse(source: &Source) -> Result<Self, ConfigError> {
        let mut reader = csv::Reader::from_reader(source.text().as_bytes());
        let header = reader
            .headers()
            .map_err(|_| source.error_on_line(1, Problem::Syntax))?;
        let header = header.clone();
        let mut columns = [0; 4];
        for (at, column) in columns.iter_mut().zip(COLUMNS) {
            let found = header.iter().position(|name| name == column);
            let missing = || source.error_on_line(1, Problem::Missing(column.to_owned()));
            *at = found.ok_or_else(missing)?;
        }
        let column = |name: &str| header.iter().position(|known| known == name);
        let spots = column("lat").zip(column("lon"));
        let mut by_code = BTreeMap::new();
        let mut provinces = BTreeMap::new();
        let mut record = csv::StringRecord::new();
        while reader
            .read_record(&mut record)
            .map_err(|error| source.error_on_line(line(error.position()), Problem::Syntax))?
        {
            let line = line(record.position());
            let wrong =
                |column: &str| source.error_on_line(line, Problem::Value(column.to_owned()));
            let [province_code, province, code, name] =
                columns.map(|at| record.get(at).unwrap_or_default());
            let row = Row {
                province_code,
                province,
                code,
                name,
                spot: spots.map(|at| {
                    let cell = |at| record.get(at).unwrap_or_default();
                    (cell(at.0), cell(at.1))
                }),
            };
            let commune = row.checked().map_err(wrong)?;
            provinces
                .entry(commune.province)
                .or_insert_with(|| Province {
                    code: commune.province,
                    name: province.to_owned(),
                });
            if let Some(first) = by_code.insert(commune.code, commune) {
                return Err(source.error_on_line(line, Problem::Twice(first.name)));
            }
        }
        Ok(Self {
            communes: by_code.into_values().collect(),
            provinces,
            divisions: Divisions::built_in(),
            former: OnceLock::new(),
        })
    }

    /// Gives every commune, by code.
    pub fn all(&self) -> &[Commune] {
        &self.communes
    }

    /// Gives every province, by code.
    pub fn provinces(&self) -> impl Iterator<Item = &Province> {
        self.provinces.values()
    }

    /// Finds a commune; `None` for a code that this release does not know.
    pub fn get(&self, code: CommuneCode) -> Option<&Commune> {
        let at = self
            .communes
            .binary_search_by_key(&code, |commune| commune.code);
        self.communes.get(at.ok()?)
    }

    /// Gives the units of the former division. The first call reads their table, which takes some
    /// milliseconds: nothing that the first screen needs asks for it.
    pub fn former(&self) -> &FormerCommunes {
        self.former.get_or_init(FormerCommunes::built_in)
    }

    /// Tells which division held on a day.
    pub fn division(&self, day: Day) -> Division {
        self.divisions.on(day)
    }

    /// Tells when the units of a division hold.
    pub fn validity(&self, division: Division) -> Validity {
        self.divisions.validity(division)
    }

    /// Gives the province that a commune lies in.
    pub fn province_of(&self, commune: &Commune) -> &Province {
        let province = self.provinces.get(&commune.province);
        province.expect("each commune came with its province")
    }
}

impl Row<'_> {
    /// Types the line, or names the column that is wrong.
    fn checked(&self) -> Result<Commune, &'static str> {
        let code = digits(self.code, 5).ok_or("code")?;
        let province = digits(self.province_code, 2).ok_or("province_code")?;
        let province = ProvinceCode(u8::try_from(province).map_err(|_| "province_code")?);
        for (name, column) in [(self.name, "name"), (self.province, "province")] {
            if name.trim().is_empty() || name.chars().any(char::is_control) {
                return Err(column);
            }
        }
        Ok(Commune {
            code: CommuneCode(code),
            province,
            kind: CommuneKind::of(self.name, &KINDS).ok_or("name")?,
            name: self.name.to_owned(),
            spot: self
                .spot
                .map(|(lat, lon)| Spot::read(lat, lon))
                .transpose()?,
        })
    }
}

/// Reads exactly so many digits.
fn digits(text: &str, length: usize) -> Option<u32> {
    let exact = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    exact.then(|| text.parse().ok()).flatten()
}

fn line(position: Option<&csv::Position>) -> usize {
    position.map_or(0, |position| {
        usize::try_from(position.line()).unwrap_or(usize::MAX)
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    const HEAD: &str = "province_code,province,code,name,kind\n";
    const NA_HANG: &str = "08,Tỉnh Tuyên Quang,02221,Xã Nà Hang,Xã\n";

    fn refused(text: &str) -> (usize, Problem) {
        let source = Source::new(Path::new("communes.csv"), text.as_bytes()).expect("UTF-8");
        let error = Communes::parse(&source).expect_err("is refused");
        assert_eq!(error.path, Path::new("communes.csv"));
        (error.line, error.problem)
    }

    /// Counts of the country since 1 July 2025.
    #[test]
    fn the_compiled_table_is_whole() {
        let communes = Communes::built_in();
        assert_eq!(communes.all().len(), 3_321);
        assert_eq!(communes.provinces().count(), 34);
        let of = |kind| communes.all().iter().filter(|c| c.kind == kind).count();
        assert_eq!(of(CommuneKind::Xa), 2_621);
        assert_eq!(of(CommuneKind::Phuong), 687);
        assert_eq!(of(CommuneKind::DacKhu), 13);
    }

    #[test]
    fn tuyen_quang_has_117_communes_and_7_wards() {
        let communes = Communes::built_in();
        let here = |c: &&Commune| c.province == ProvinceCode(8);
        let all: Vec<_> = communes.all().iter().filter(here).collect();
        let wards = all.iter().filter(|c| c.kind == CommuneKind::Phuong).count();
        assert_eq!((all.len(), wards), (124, 7));
        let na_hang = all.iter().find(|c| c.bare_name() == "Nà Hang");
        let na_hang = na_hang.expect("is a commune");
        assert_eq!(communes.get(na_hang.code), Some(*na_hang));
        assert_eq!(communes.province_of(na_hang).name, "Tỉnh Tuyên Quang");
    }

    /// Guards against the column `kind`, which says "Xã" of this ward.
    #[test]
    fn the_kind_is_read_off_the_name() {
        let communes = Communes::built_in();
        let viet_hoa = communes.get(CommuneCode(10_543)).expect("is known");
        assert_eq!(viet_hoa.kind, CommuneKind::Phuong);
        assert_eq!(viet_hoa.bare_name(), "Việt Hòa");
    }

    #[test]
    fn an_unknown_code_finds_nothing() {
        assert_eq!(Communes::built_in().get(CommuneCode(99_999)), None);
    }

    #[test]
    fn a_bad_line_is_refused_with_its_number() {
        for (bad, of) in [
            ("08,Tỉnh Tuyên Quang,2221,Xã X,Xã", "code"),
            ("08,Tỉnh Tuyên Quang,+2221,Xã X,Xã", "code"),
            ("999,Tỉnh Tuyên Quang,02222,Xã X,Xã", "province_code"),
            ("08,Tỉnh Tuyên Quang,02222,,Xã", "name"),
            ("08,Tỉnh Tuyên Quang,02222,Xã,Xã", "name"),
            ("08,Tỉnh Tuyên Quang,02222,\u{1b}[2J,Xã", "name"),
            ("08,Tỉnh Tuyên Quang,02222,Huyện X,Huyện", "name"),
            ("08,Tỉnh Tuyên Quang,02222,Thị trấn X,Thị trấn", "name"),
        ] {
            let (line, problem) = refused(&format!("{HEAD}{NA_HANG}{bad}\n"));
            assert_eq!(line, 3, "{bad}");
            assert!(
                matches!(&problem, Problem::Value(column) if column == of),
                "{problem:?}"
            );
        }
    }

    #[test]
    fn a_table_of_another_shape_is_refused() {
        let (line, problem) = refused(&format!("{HEAD}{NA_HANG}08,short\n"));
        assert_eq!(line, 3);
        assert!(matches!(problem, Problem::Syntax));
        let (line, problem) = refused("code,name\n");
        assert_eq!(line, 1);
        assert!(matches!(problem, Problem::Missing(column) if column == "province_code"));
        let (line, problem) = refused(&format!("{HEAD}{NA_HANG}{NA_HANG}"));
        assert_eq!(line, 3);
        assert!(matches!(problem, Problem::Twice(_)));
    }
}
