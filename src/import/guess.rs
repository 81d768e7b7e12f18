//! Guesses what each column of a table holds, by its name and by what stands in it.

use super::columns::{Columns, is_many};
use super::header::Table;
use super::names::field_of;
use super::sheet::{Cell, CellKind, Sheet};
use super::value;
use crate::config::catalogue::{Catalogue, Choices};
use crate::domain::{ColumnField, SheetKind};
use crate::text::fold::fold;
use crate::text::number::Marks;

/// Rows that are looked at.
const LOOKED_AT: usize = 200;

/// Guesses the columns, and the kind of the table where it is not given.
pub fn guess(
    sheet: &Sheet,
    table: &Table,
    catalogue: &Catalogue,
    kind: Option<SheetKind>,
) -> Columns {
    let mut fields = Vec::with_capacity(table.header.len());
    for (column, name) in table.header.iter().enumerate() {
        let known = if name.is_empty() {
            by_content(sheet, table, catalogue, column)
        } else {
            field_of(name)
        };
        let field = known.unwrap_or(ColumnField::Ignored);
        let again = !is_many(field) && fields.contains(&field);
        fields.push(if again { ColumnField::Ignored } else { field });
    }
    let kind = kind.unwrap_or_else(|| kind_of(&fields, sheet, table, catalogue));
    for at in 0..fields.len() {
        let field = in_kind(fields[at], kind);
        let again = !is_many(field) && fields[..at].contains(&field);
        fields[at] = if again { ColumnField::Ignored } else { field };
    }
    let marks = marks(sheet, table, &fields);
    Columns {
        kind,
        fields,
        marks,
    }
}

/// Fields that hold numbers.
const NUMBERS: &[ColumnField] = &[
    ColumnField::Quantity,
    ColumnField::Households,
    ColumnField::People,
    ColumnField::Turns,
    ColumnField::PersonDays,
    ColumnField::Officers,
    ColumnField::Value,
    ColumnField::Attendance,
    ColumnField::Opinions,
    ColumnField::Hours,
    ColumnField::FilesReceived,
    ColumnField::FilesSolved,
    ColumnField::FilesOverdue,
];

/// Tells how the numbers of a table are written.
pub fn marks(sheet: &Sheet, table: &Table, fields: &[ColumnField]) -> Marks {
    let columns = fields.iter().enumerate();
    let columns = columns.filter(|(_, field)| NUMBERS.contains(field));
    value::marks(columns.flat_map(|(column, _)| cells(sheet, table, column)))
}

/// Gives the cells of a column in the first rows.
fn cells<'s>(
    sheet: &'s Sheet,
    table: &'s Table,
    column: usize,
) -> impl Iterator<Item = Cell<'s>> + 's {
    let rows = table.rows.iter().take(LOOKED_AT);
    rows.filter_map(move |row| sheet.row(*row as usize)?.cell(column))
}

/// What stands in a column without a name.
fn by_content(
    sheet: &Sheet,
    table: &Table,
    catalogue: &Catalogue,
    column: usize,
) -> Option<ColumnField> {
    let cells: Vec<Cell<'_>> = cells(sheet, table, column).collect();
    let most = |is: &dyn Fn(&Cell<'_>) -> bool| {
        let count = cells.iter().filter(|cell| is(cell)).count();
        !cells.is_empty() && count * 10 >= cells.len() * 7
    };
    let is_number = |cell: &Cell<'_>| {
        cell.kind == CellKind::Number || cell.text.bytes().all(|b| b.is_ascii_digit())
    };
    let long = |cell: &Cell<'_>| cell.text.chars().count() > 30;
    let begins = |cell: &Cell<'_>, words: &[&str]| {
        let folded = fold(cell.text);
        words.iter().any(|word| folded.starts_with(word))
    };
    if most(&|cell| value::span(*cell, false).is_ok() && !is_number(cell)) {
        Some(ColumnField::Date)
    } else if most(&|cell| is_label(&catalogue.activities, cell.text)) {
        Some(ColumnField::Category)
    } else if most(&|cell| is_label(&catalogue.meetings, cell.text)) {
        Some(ColumnField::Kind)
    } else if most(&|cell| {
        begins(
            cell,
            &[
                "cong an",
                "ubnd",
                "doan ",
                "hoi ",
                "bo chi huy",
                "chi bo",
                "dang uy",
                "ban ",
            ],
        )
    }) {
        Some(ColumnField::Unit)
    } else if most(&|cell| begins(cell, &["thon ", "xom ", "to dan pho"])) {
        Some(ColumnField::Village)
    } else if most(&|cell| begins(cell, &["xa ", "phuong "])) {
        Some(ColumnField::Commune)
    } else if most(&|cell| long(cell)) {
        Some(ColumnField::Description)
    } else {
        None
    }
}

fn is_label(choices: &Choices, text: &str) -> bool {
    choice(choices, text).is_some()
}

/// Finds a choice by any of its words, without marks.
pub(super) fn choice(choices: &Choices, text: &str) -> Option<crate::domain::Code> {
    let typed = fold(text.trim());
    let is = |choice: &&crate::config::catalogue::Choice| {
        choice.code.as_str() == typed || choice.words().any(|word| fold(word) == typed)
    };
    choices.iter().find(is).map(|choice| choice.code.clone())
}

/// Tells the kind of a table by what its columns hold.
fn kind_of(
    fields: &[ColumnField],
    sheet: &Sheet,
    table: &Table,
    catalogue: &Catalogue,
) -> SheetKind {
    use ColumnField as F;
    let has = |field: F| fields.contains(&field);
    let count = |of: &[F]| of.iter().filter(|field| has(**field)).count();
    let dated = has(F::Date) || has(F::From);
    let kinds = |field: F| {
        let column = fields.iter().position(|known| *known == field);
        column.is_some_and(|column| {
            cells(sheet, table, column).any(|cell| is_label(&catalogue.meetings, cell.text))
                && !cells(sheet, table, column).any(|cell| {
                    is_label(&catalogue.activities, cell.text)
                        && !is_label(&catalogue.meetings, cell.text)
                })
        })
    };
    let meeting = count(&[
        F::Kind,
        F::Attendance,
        F::Body,
        F::Topics,
        F::Capacity,
        F::Remarks,
    ]);
    let activity = count(&[
        F::Category,
        F::Description,
        F::Quantity,
        F::QuantityUnit,
        F::Households,
        F::PersonDays,
        F::Value,
        F::Funding,
        F::Partners,
        F::Names,
    ]);
    let concern = count(&[
        F::Topic,
        F::Line,
        F::Settlement,
        F::AnswerBy,
        F::RaisedBy,
        F::Said,
        F::Wish,
    ]);
    let received = count(&[
        F::Head,
        F::PetitionKind,
        F::IdNumber,
        F::SettledBy,
        F::HandlingAccept,
        F::HandlingReturn,
        F::HandlingPassOn,
        F::Handling,
        F::Outcome,
    ]);
    let inspected = count(&[
        F::Decision,
        F::Laws,
        F::Agencies,
        F::Conclusion,
        F::ConcludedOn,
    ]);
    let on_duty = count(&[F::Hours, F::FilesReceived, F::FilesSolved, F::FilesOverdue]);
    if received >= 3 {
        SheetKind::Receptions
    } else if inspected >= 2 {
        SheetKind::Inspections
    } else if on_duty >= 2 {
        SheetKind::Duties
    } else if concern >= 3 {
        SheetKind::Concerns
    } else if kinds(F::Kind) || kinds(F::Category) {
        SheetKind::Meetings
    } else if !dated && has(F::Post) && (has(F::Name) || has(F::Names)) {
        SheetKind::People
    } else if !dated && (has(F::Village) || has(F::Name)) && activity + meeting == 0 {
        SheetKind::Places
    } else if meeting > activity {
        SheetKind::Meetings
    } else if activity == 0
        && count(&[F::Team, F::Lead, F::Shared, F::Programme, F::From, F::To]) > 0
    {
        SheetKind::Visits
    } else {
        SheetKind::Activities
    }
}

/// What a column's name means in a table of that kind.
fn in_kind(field: ColumnField, kind: SheetKind) -> ColumnField {
    use ColumnField as F;
    match (kind, field) {
        (SheetKind::Meetings, F::Category) => F::Kind,
        (SheetKind::Meetings, F::Description | F::Topic | F::Line) => F::Topics,
        (SheetKind::Meetings, F::People | F::Officers) => F::Attendance,
        (SheetKind::Activities | SheetKind::Visits, F::Kind | F::Topic) => F::Category,
        (SheetKind::Activities, F::Attendance) => F::Officers,
        (SheetKind::Concerns, F::Category) => F::Topic,
        (SheetKind::Concerns, F::Description | F::Topics) => F::Line,
        (SheetKind::Concerns, F::Names) => F::RaisedBy,
        (SheetKind::Activities | SheetKind::Visits, F::RaisedBy) => F::Names,
        (SheetKind::Receptions, F::Category) => F::Topic,
        (SheetKind::Receptions, F::Description | F::Topics) => F::Line,
        (SheetKind::Receptions, F::Names) => F::RaisedBy,
        (SheetKind::Receptions, F::Lead | F::Name) => F::Head,
        (SheetKind::Receptions, F::Settlement) => F::Outcome,
        (SheetKind::Receptions, F::Attendance) => F::People,
        (SheetKind::Duties, F::Lead | F::Name | F::Names) => F::Team,
        (SheetKind::Inspections, F::LeadUnit) => F::Body,
        (SheetKind::Inspections, F::Description) => F::Laws,
        (SheetKind::People, F::Names) => F::Name,
        (SheetKind::Places, F::Name) => F::Village,
        (kind, field) if !field.kinds().contains(&kind) => F::Ignored,
        (_, field) => field,
    }
}
