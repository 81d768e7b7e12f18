//! Workbooks of LibreOffice (OpenDocument 1.2): one sheet out of `content.xml`. What repeats without
//! saying anything is passed over, and what repeats with text counts against the bound.

use super::Refused;
use super::grid::{CellKind, Kept, MAX_COLUMNS, Sheet};
use super::package::Package;
use super::xml::{Node, Xml, attribute};

/// The part that holds every sheet.
pub(super) const CONTENT: &str = "content.xml";
/// The most sheets of a workbook.
const MAX_SHEETS: usize = 1_000;

/// Gives the names of the sheets.
pub(super) fn names(package: &mut Package<'_>) -> Result<Vec<String>, Refused> {
    let part = package.part(CONTENT)?.ok_or(Refused::NotATable)?;
    let mut xml = Xml::new(part);
    let mut names = Vec::new();
    loop {
        match xml.next()? {
            Node::Start(start) => {
                if start.name().0 == "table:table" && names.len() < MAX_SHEETS {
                    names.push(attribute(&start, "table:name").unwrap_or_default());
                }
            }
            Node::Eof => return Ok(names),
            Node::End(_) | Node::Text | Node::Other => xml.forget_text(),
        }
    }
}

/// Reads a sheet by its place.
pub(super) fn read(package: &mut Package<'_>, at: usize) -> Result<Sheet, Refused> {
    let part = package.part(CONTENT)?.ok_or(Refused::NotATable)?;
    let mut xml = Xml::new(part);
    let mut reading = Reading::default();
    let mut next = 0;
    let mut found = false;
    loop {
        match xml.next()? {
            Node::Start(start) => {
                if start.name().0 == "table:table" {
                    found = next == at;
                    next += 1;
                }
            }
            Node::Eof => return Err(Refused::NoSuchSheet),
            Node::End(_) | Node::Text | Node::Other => xml.forget_text(),
        }
        if found {
            reading.table(&mut xml)?;
            return Ok(reading.sheet.finish());
        }
    }
}

#[derive(Default)]
struct Reading {
    sheet: Sheet,
    /// The number of the row being read.
    row: usize,
    column: usize,
    /// How often the row and the cell come.
    rows: usize,
    cells: usize,
    cell: Cell,
    /// The cells of the row, kept for its repetitions.
    kept: Vec<(usize, CellKind, Kept)>,
    wide: bool,
}

/// What the attributes of a cell say.
#[derive(Default)]
struct Cell {
    of: String,
    value: String,
    formula: bool,
}

impl Reading {
    fn table<R: std::io::BufRead>(&mut self, xml: &mut Xml<R>) -> Result<(), Refused> {
        // Notes beside a cell are no part of it.
        let mut aside = 0_usize;
        let mut lines = 0_usize;
        loop {
            match xml.next()? {
                Node::Start(start) => match start.name().0 {
                    "table:table-row" => {
                        self.rows = repeated(&start, "table:number-rows-repeated");
                        self.column = 0;
                        self.row += 1;
                        self.kept.clear();
                        self.wide = false;
                    }
                    "table:table-cell" | "table:covered-table-cell" => {
                        self.begin_cell(&start);
                        lines = 0;
                        xml.forget_text();
                    }
                    "office:annotation" => aside += 1,
                    "text:p" if aside == 0 => {
                        lines += 1;
                        if lines > 1 {
                            xml.push_text("\n");
                        }
                    }
                    "text:s" | "text:tab" if aside == 0 => xml.push_text(" "),
                    "text:line-break" if aside == 0 => xml.push_text("\n"),
                    _ => {}
                },
                Node::End(name) => match name {
                    "table:table-cell" | "table:covered-table-cell" => {
                        self.end_cell(xml.text())?;
                    }
                    "office:annotation" => {
                        aside = aside.saturating_sub(1);
                        // Its words were gathered before those of the cell.
                        xml.forget_text();
                    }
                    "table:table-row" => self.end_row()?,
                    "table:table" => return Ok(()),
                    _ => {}
                },
                Node::Text | Node::Other => {}
                Node::Eof => return Err(Refused::Broken),
            }
        }
    }

    fn begin_cell(&mut self, start: &quick_xml::events::BytesStart<'_>) {
        self.cells = repeated(start, "table:number-columns-repeated");
        let of = attribute(start, "office:value-type").unwrap_or_default();
        let value = match of.as_str() {
            "date" => attribute(start, "office:date-value"),
            "float" | "percentage" | "currency" => attribute(start, "office:value"),
            "boolean" => attribute(start, "office:boolean-value"),
            _ => None,
        };
        self.cell = Cell {
            of,
            value: value.unwrap_or_default(),
            formula: attribute(start, "table:formula").is_some(),
        };
    }

    fn end_cell(&mut self, text: &str) -> Result<(), Refused> {
        let at = self.column;
        self.column = self.column.saturating_add(self.cells);
        let cell = std::mem::take(&mut self.cell);
        let (kind, text) = match cell.of.as_str() {
            "date" => (CellKind::Date, cell.value.get(..10).unwrap_or(&cell.value)),
            "float" | "percentage" | "currency" => match cell.value.parse::<f64>() {
                Ok(number) if number.is_finite() => {
                    return self.keep(at, CellKind::Number, &number.to_string());
                }
                Ok(_) | Err(_) => (CellKind::Text, text),
            },
            "" if cell.formula => (CellKind::Error, text),
            _ if cell.formula && (text.starts_with("Err:") || text.starts_with('#')) => {
                (CellKind::Error, text)
            }
            _ => (CellKind::Text, text),
        };
        self.keep(at, kind, text)
    }

    fn keep(&mut self, at: usize, kind: CellKind, text: &str) -> Result<(), Refused> {
        if text.trim().is_empty() && kind != CellKind::Error {
            return Ok(());
        }
        let kept = self.sheet.keep(text)?;
        let end = at.saturating_add(self.cells);
        self.wide |= end > MAX_COLUMNS;
        for column in at..end.min(MAX_COLUMNS) {
            self.kept.push((column, kind, kept));
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), Refused> {
        if self.kept.is_empty() && !self.wide {
            self.row = self.row.saturating_add(self.rows - 1);
            return Ok(());
        }
        for again in 0..self.rows {
            self.row += usize::from(again > 0);
            self.sheet.begin_row(self.row)?;
            for (column, kind, kept) in &self.kept {
                self.sheet.put(*column, *kind, *kept)?;
            }
            if self.wide {
                self.sheet.add(MAX_COLUMNS, CellKind::Text, "…")?;
            }
        }
        Ok(())
    }
}

fn repeated(start: &quick_xml::events::BytesStart<'_>, name: &str) -> usize {
    let count = attribute(start, name).and_then(|count| count.parse().ok());
    count.unwrap_or(1_usize).max(1)
}
