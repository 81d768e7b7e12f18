//! Texts, names and numbers out of the cells of a row.

use super::{Fault, Reader};
use crate::domain::{Code, ColumnField, Quantity, Unreadable, Vnd, cell};
use crate::import::guess::choice;
use crate::import::names::money_unit;
use crate::import::sheet::{Cell, CellKind, Row};
use crate::import::value::{self, Amount};
use crate::text::clean::{clean_line, clean_text, cut_bytes};
use crate::text::fold::fold;
use crate::text::number::Marks;

/// The longest text that a field takes, in bytes.
const LONGEST: usize = 60 * 1024;
/// The most letters of a cell in quarantine, in bytes.
const KEPT: usize = 16 * 1024;

/// Gives a cell as a person would type it.
pub(super) fn of_cell(cell: Cell<'_>, marks: Marks) -> String {
    match cell.kind {
        CellKind::Number if marks == Marks::Vietnamese => cell.text.replace('.', ","),
        CellKind::Number => cell.text.to_owned(),
        CellKind::Text | CellKind::Date | CellKind::Error => cut_bytes(cell.text, KEPT).to_owned(),
    }
}

impl Reader<'_> {
    /// Reads the text of a cell.
    pub(super) fn text(&self, column: usize, cell: Cell<'_>) -> Result<String, Fault> {
        let fault = |reason| Fault {
            reason,
            column: Some(column),
        };
        if cell.kind == CellKind::Error {
            return Err(fault(Unreadable::FormulaError));
        }
        if cell.text.len() > LONGEST {
            return Err(fault(Unreadable::TextTooLong));
        }
        Ok(clean_text(cell.text))
    }

    /// Reads the one line of a field; empty where there is none.
    pub(super) fn line(&self, row: Row<'_>, field: ColumnField) -> Result<String, Fault> {
        match self.cell(row, field) {
            None => Ok(String::new()),
            Some((column, cell)) => {
                let text = clean_line(&self.text(column, cell)?);
                Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
            }
        }
    }

    /// Reads the text of every column of a field, one below the other.
    pub(super) fn paragraphs(&self, row: Row<'_>, field: ColumnField) -> Result<String, Fault> {
        let mut all = String::new();
        for column in self.columns.all_of(field) {
            let Some(cell) = row.cell(column) else {
                continue;
            };
            if !all.is_empty() {
                all.push('\n');
            }
            all.push_str(self.text(column, cell)?.trim());
        }
        Ok(all)
    }

    /// Reads names that semicolons or lines set apart, in every column of a field.
    pub(super) fn names(&self, row: Row<'_>, field: ColumnField) -> Result<Vec<String>, Fault> {
        let all = self.paragraphs(row, field)?;
        let names = all.split('\n').flat_map(cell::split);
        let names = names.map(|name| clean_line(&name).trim().to_owned());
        Ok(names.filter(|name| !name.is_empty()).collect())
    }

    /// Reads a number, with what else its cell says.
    fn amount(
        &self,
        row: Row<'_>,
        field: ColumnField,
    ) -> Result<Option<(usize, Amount, String)>, Fault> {
        let Some((column, cell)) = self.cell(row, field) else {
            return Ok(None);
        };
        let fault = |reason| Fault {
            reason,
            column: Some(column),
        };
        let (amount, rest) = value::amount(cell, self.columns.marks).map_err(fault)?;
        Ok(Some((column, amount, rest)))
    }

    /// Reads a whole number. `about` gets what the cell says where it is not exact.
    pub(super) fn count(
        &self,
        row: Row<'_>,
        field: ColumnField,
        about: &mut Vec<String>,
    ) -> Result<Option<u32>, Fault> {
        let Some((column, amount, rest)) = self.amount(row, field)? else {
            return Ok(None);
        };
        let fault = |reason| Fault {
            reason,
            column: Some(column),
        };
        // "1,098" without its thousands told: a count has no fraction.
        let whole = match amount.thousandths % 1000 {
            0 => amount.thousandths / 1000,
            _ => match row.cell(column) {
                Some(cell) if is_grouped(cell.text) => amount.thousandths,
                Some(_) | None => return Err(fault(Unreadable::NotANumber)),
            },
        };
        self.remember_about(row, column, amount, &rest, about);
        let count = u32::try_from(whole).map_err(|_| fault(Unreadable::NumberOutOfRange))?;
        Ok(Some(count))
    }

    /// Reads an amount in thousandths and the words behind it.
    pub(super) fn quantity(
        &self,
        row: Row<'_>,
        field: ColumnField,
        about: &mut Vec<String>,
    ) -> Result<Option<(Quantity, String)>, Fault> {
        let Some((column, amount, rest)) = self.amount(row, field)? else {
            return Ok(None);
        };
        if amount.about {
            self.remember_about(row, column, amount, "", about);
        }
        Ok(Some((Quantity(amount.thousandths), rest)))
    }

    /// Reads money in đồng, by the unit that the header names.
    pub(super) fn money(
        &self,
        row: Row<'_>,
        about: &mut Vec<String>,
    ) -> Result<Option<Vnd>, Fault> {
        let Some((column, amount, rest)) = self.amount(row, ColumnField::Value)? else {
            return Ok(None);
        };
        let fault = |reason| Fault {
            reason,
            column: Some(column),
        };
        let header = self.table.header.get(column).map_or("", String::as_str);
        let unit = if rest.is_empty() {
            money_unit(header)
        } else {
            1
        };
        let scaled = amount.thousandths.checked_mul(unit);
        let scaled = scaled.ok_or(fault(Unreadable::NumberOutOfRange))?;
        if !scaled.is_multiple_of(1000) {
            return Err(fault(Unreadable::NumberOutOfRange));
        }
        self.remember_about(row, column, amount, &rest, about);
        Ok(Some(Vnd(scaled / 1000)))
    }

    /// Keeps the words of a number that is not exact: the number alone would say more than the source.
    fn remember_about(
        &self,
        row: Row<'_>,
        column: usize,
        amount: Amount,
        rest: &str,
        about: &mut Vec<String>,
    ) {
        let plain = matches!(
            fold(rest).as_str(),
            "" | "ho" | "nguoi" | "cong" | "luot" | "luot nguoi" | "khau" | "dong" | "d" | "vnd"
        );
        if (amount.about || !plain)
            && let Some(cell) = row.cell(column)
        {
            let name = self.table.column_name(column);
            about.push(format!("{name}: {}", clean_line(cell.text).trim()));
        }
    }

    /// Reads a list that an export wrote.
    pub(super) fn list<T>(
        &self,
        row: Row<'_>,
        field: ColumnField,
        read: impl Fn(&str) -> Option<Vec<T>>,
    ) -> Result<Vec<T>, Fault> {
        let Some((column, cell)) = self.cell(row, field) else {
            return Ok(Vec::new());
        };
        let list = read(&self.text(column, cell)?);
        list.ok_or(Fault {
            reason: Unreadable::NotAList,
            column: Some(column),
        })
    }

    /// Reads what was shared: the words of the list, however they are set apart.
    pub(super) fn shared(&self, row: Row<'_>) -> Result<Vec<Code>, Fault> {
        let line = self.line(row, ColumnField::Shared)?;
        let words = line.split([',', ';', '·', '+', '/']).map(str::trim);
        let mut shared = Vec::new();
        for word in words.filter(|word| !word.is_empty()) {
            if let Some(code) = choice(&self.catalogue.shared, word)
                && !shared.contains(&code)
            {
                shared.push(code);
            }
        }
        Ok(shared)
    }
}

/// Tells digits in groups of three: `1,098` or `1.098`.
fn is_grouped(text: &str) -> bool {
    let mut groups = text.split(['.', ',']);
    let first = groups.next().unwrap_or("");
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    (1..=3).contains(&first.len()) && digits(first) && groups.all(|g| g.len() == 3 && digits(g))
}
