//! Workbooks of Excel (ECMA-376): shared texts, formats, one sheet. A formula is its saved result; none
//! is ever worked out.

use super::Refused;
use super::grid::{CellKind, Kept, Sheet};
use super::package::Package;
use super::styles::{day_of_serial, is_built_in_day, shows_day};
use super::xml::{Node, Xml, attribute, local};

const WORKBOOK: &str = "xl/workbook.xml";
const RELATIONS: &str = "xl/_rels/workbook.xml.rels";
const TEXTS: &str = "xl/sharedStrings.xml";
const STYLES: &str = "xl/styles.xml";
/// The most sheets of a workbook.
const MAX_SHEETS: usize = 1_000;
/// Formats beyond these are those of no spreadsheet that a person made.
const MAX_STYLES: usize = 100_000;

/// What the workbook says of its sheets.
#[derive(Default)]
struct Workbook {
    /// Name and relation of each.
    sheets: Vec<(String, String)>,
    from_1904: bool,
}

/// Gives the names of the sheets.
pub(super) fn names(package: &mut Package<'_>) -> Result<Vec<String>, Refused> {
    let names = workbook(package)?.sheets.into_iter();
    Ok(names.map(|(name, _)| name).collect())
}

/// Reads a sheet by its place.
pub(super) fn read(package: &mut Package<'_>, at: usize) -> Result<Sheet, Refused> {
    let workbook = workbook(package)?;
    let relation = workbook
        .sheets
        .get(at)
        .map(|(_, relation)| relation.as_str());
    let path = target(package, relation.ok_or(Refused::NoSuchSheet)?)?;
    let mut sheet = Sheet::default();
    sheet.from_1904 = workbook.from_1904;
    let texts = texts(package, &mut sheet)?;
    let days = days(package)?;
    let part = package.part(&path)?.ok_or(Refused::Broken)?;
    let mut reading = Reading {
        sheet,
        texts,
        days,
        row: 0,
        column: 0,
    };
    reading.all(&mut Xml::new(part))?;
    Ok(reading.sheet.finish())
}

fn workbook(package: &mut Package<'_>) -> Result<Workbook, Refused> {
    let part = package.part(WORKBOOK)?.ok_or(Refused::NotATable)?;
    let mut xml = Xml::new(part);
    let mut workbook = Workbook::default();
    loop {
        match xml.next()? {
            Node::Start(start) => match local(start.name().0) {
                "sheet" if workbook.sheets.len() < MAX_SHEETS => {
                    let name = attribute(&start, "name").unwrap_or_default();
                    let relation = attribute(&start, "r:id").unwrap_or_default();
                    workbook.sheets.push((name, relation));
                }
                "workbookPr" => {
                    let date = attribute(&start, "date1904");
                    workbook.from_1904 = date.is_some_and(|is| is == "1" || is == "true");
                }
                _ => {}
            },
            Node::Eof => return Ok(workbook),
            Node::End(_) | Node::Text | Node::Other => xml.forget_text(),
        }
    }
}

/// Finds the part of a sheet by its relation.
fn target(package: &mut Package<'_>, relation: &str) -> Result<String, Refused> {
    let part = package.part(RELATIONS)?.ok_or(Refused::Broken)?;
    let mut xml = Xml::new(part);
    loop {
        match xml.next()? {
            Node::Start(start) => {
                if attribute(&start, "Id").as_deref() == Some(relation) {
                    let path = attribute(&start, "Target").unwrap_or_default();
                    return Ok(match path.strip_prefix('/') {
                        Some(whole) => whole.to_owned(),
                        None => format!("xl/{path}"),
                    });
                }
            }
            Node::Eof => return Err(Refused::Broken),
            Node::End(_) | Node::Text | Node::Other => xml.forget_text(),
        }
    }
}

/// Keeps the shared texts; what only says how to pronounce them is left out.
fn texts(package: &mut Package<'_>, sheet: &mut Sheet) -> Result<Vec<Kept>, Refused> {
    let mut texts = Vec::new();
    let Some(part) = package.part(TEXTS)? else {
        return Ok(texts);
    };
    let mut xml = Xml::new(part);
    let mut whole = String::new();
    let (mut spoken, mut taken) = (false, false);
    loop {
        match xml.next()? {
            Node::Start(start) => match local(start.name().0) {
                "si" => whole.clear(),
                "rPh" => spoken = true,
                "t" => {
                    taken = !spoken;
                    xml.forget_text();
                }
                _ => {}
            },
            Node::End(name) => match local(name) {
                "t" if taken => {
                    taken = false;
                    whole.push_str(xml.text());
                }
                "rPh" => spoken = false,
                "si" => texts.push(sheet.keep(&whole)?),
                _ => {}
            },
            Node::Text | Node::Other => {}
            Node::Eof => return Ok(texts),
        }
    }
}

/// Tells of each format of cells whether it shows a day.
fn days(package: &mut Package<'_>) -> Result<Vec<bool>, Refused> {
    let mut days = Vec::new();
    let Some(part) = package.part(STYLES)? else {
        return Ok(days);
    };
    let mut xml = Xml::new(part);
    let mut own = std::collections::BTreeMap::new();
    let mut in_cells = false;
    loop {
        match xml.next()? {
            Node::Start(start) => {
                let number = |name| attribute(&start, name).and_then(|n| n.parse::<u32>().ok());
                match local(start.name().0) {
                    "numFmt" if own.len() < MAX_STYLES => {
                        let code = attribute(&start, "formatCode").unwrap_or_default();
                        own.insert(number("numFmtId").unwrap_or(0), shows_day(&code));
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells && days.len() < MAX_STYLES => {
                        let format = number("numFmtId").unwrap_or(0);
                        let known = own.get(&format).copied();
                        days.push(known.unwrap_or_else(|| is_built_in_day(format)));
                    }
                    _ => {}
                }
            }
            Node::End(name) => {
                if local(name) == "cellXfs" {
                    in_cells = false;
                }
                xml.forget_text();
            }
            Node::Text | Node::Other => xml.forget_text(),
            Node::Eof => return Ok(days),
        }
    }
}

struct Reading {
    sheet: Sheet,
    texts: Vec<Kept>,
    days: Vec<bool>,
    /// The number of the row and the place of the cell that come next where they are not named.
    row: usize,
    column: usize,
}

/// What the attributes of a cell say.
#[derive(Default)]
struct Kind {
    of: String,
    is_day: bool,
    formula: bool,
    value: Option<String>,
}

impl Reading {
    fn all<R: std::io::BufRead>(&mut self, xml: &mut Xml<R>) -> Result<(), Refused> {
        let mut cell = Kind::default();
        loop {
            match xml.next()? {
                Node::Start(start) => match local(start.name().0) {
                    "row" => {
                        let number = attribute(&start, "r").and_then(|r| r.parse().ok());
                        self.begin_row(number)?;
                    }
                    "c" => {
                        if let Some(at) = attribute(&start, "r") {
                            self.column = column_of(&at).ok_or(Refused::Broken)?;
                        }
                        let style = attribute(&start, "s").and_then(|s| s.parse::<usize>().ok());
                        cell = Kind {
                            of: attribute(&start, "t").unwrap_or_default(),
                            is_day: style.and_then(|s| self.days.get(s)).copied() == Some(true),
                            ..Kind::default()
                        };
                    }
                    "f" => cell.formula = true,
                    "v" | "t" => xml.forget_text(),
                    _ => {}
                },
                Node::End(name) => match local(name) {
                    "v" => cell.value = Some(xml.text().to_owned()),
                    "t" => cell.value.get_or_insert_default().push_str(xml.text()),
                    "c" => {
                        self.cell(&cell)?;
                        self.column += 1;
                    }
                    "sheetData" => return Ok(()),
                    _ => {}
                },
                Node::Text | Node::Other => {}
                Node::Eof => return Ok(()),
            }
        }
    }

    fn begin_row(&mut self, number: Option<usize>) -> Result<(), Refused> {
        let next = self.row + 1;
        let number = number.unwrap_or(next);
        if number < next {
            return Err(Refused::Broken);
        }
        self.row = number;
        self.column = 0;
        self.sheet.begin_row(number)
    }

    fn cell(&mut self, cell: &Kind) -> Result<(), Refused> {
        let value = cell.value.as_deref().unwrap_or("");
        if value.is_empty() {
            return match cell.formula {
                // Its result was not saved with it.
                true => self.sheet.add(self.column, CellKind::Error, ""),
                false => Ok(()),
            };
        }
        match cell.of.as_str() {
            "s" => {
                let at = value.parse::<usize>().map_err(|_| Refused::Broken)?;
                let text = *self.texts.get(at).ok_or(Refused::Broken)?;
                self.sheet.put(self.column, CellKind::Text, text)
            }
            "str" | "inlineStr" => self.sheet.add(self.column, CellKind::Text, value),
            "e" => self.sheet.add(self.column, CellKind::Error, value),
            "d" => {
                let day = value.get(..10).unwrap_or(value);
                self.sheet.add(self.column, CellKind::Date, day)
            }
            _ => self.number(value, cell.is_day),
        }
    }

    fn number(&mut self, value: &str, is_day: bool) -> Result<(), Refused> {
        let Some(number) = value.trim().parse::<f64>().ok().filter(|n| n.is_finite()) else {
            return self.sheet.add(self.column, CellKind::Text, value);
        };
        let day = is_day.then(|| day_of_serial(number, self.sheet.from_1904));
        match day.flatten() {
            Some(day) => self
                .sheet
                .add(self.column, CellKind::Date, &day.to_string()),
            None => {
                // Without exponents; a spreadsheet keeps no more than 15 digits.
                self.sheet
                    .add(self.column, CellKind::Number, &number.to_string())
            }
        }
    }
}

/// Gives the column of a cell's name: `AB12` is 27.
fn column_of(name: &str) -> Option<usize> {
    let letters = name.bytes().take_while(u8::is_ascii_uppercase);
    let mut column = 0_usize;
    let mut count = 0;
    for letter in letters {
        count += 1;
        column = column * 26 + usize::from(letter - b'A') + 1;
        if count > 3 {
            return None;
        }
    }
    column.checked_sub(1)
}
