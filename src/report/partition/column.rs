//! What a column is in Parquet, and its values on the way there.

use std::sync::Arc;

use ::parquet::basic::{LogicalType, Repetition, TimeUnit, Type as Physical};
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int32Type, Int64Type};
use ::parquet::errors::Result;
use ::parquet::file::writer::SerializedColumnWriter;
use ::parquet::schema::types::{Type, TypePtr};

use crate::domain::{Column, Day, Holds, Quantity, Stamp, Vnd};
use crate::report::Cell;
use crate::report::json::value;

/// Digits of a quantity, three of them after the point.
const DIGITS: i32 = 18;

/// Declares a column. Numbers are numbers, days are days, lists are lists; what has parts of its own (value
/// by source) is JSON as in the table of that format.
pub(super) fn field(column: Column) -> Result<TypePtr> {
    let of = |physical, logical: Option<LogicalType>| {
        Type::primitive_type_builder(column.key(), physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
    };
    let field = match column.holds() {
        Holds::Text | Holds::Code => of(Physical::BYTE_ARRAY, Some(LogicalType::String)).build(),
        Holds::Texts => return list(column),
        Holds::Count | Holds::Vnd => of(Physical::INT64, None).build(),
        Holds::Quantity => of(Physical::INT64, Some(LogicalType::decimal(3, DIGITS)))
            .with_precision(DIGITS)
            .with_scale(3)
            .build(),
        Holds::Day => of(Physical::INT32, Some(LogicalType::Date)).build(),
        Holds::Moment => {
            let moment = LogicalType::timestamp(true, TimeUnit::MILLIS);
            of(Physical::INT64, Some(moment)).build()
        }
        Holds::Flag => Type::primitive_type_builder(column.key(), Physical::BOOLEAN)
            .with_repetition(Repetition::REQUIRED)
            .build(),
        Holds::Funding | Holds::Beneficiaries | Holds::Promises => {
            of(Physical::BYTE_ARRAY, Some(LogicalType::Json)).build()
        }
    };
    Ok(Arc::new(field?))
}

/// A list of texts, in the three levels that the format asks for.
fn list(column: Column) -> Result<TypePtr> {
    let element = Type::primitive_type_builder("element", Physical::BYTE_ARRAY)
        .with_repetition(Repetition::REQUIRED)
        .with_logical_type(Some(LogicalType::String))
        .build()?;
    let repeated = Type::group_type_builder("list")
        .with_repetition(Repetition::REPEATED)
        .with_fields(vec![Arc::new(element)])
        .build()?;
    let list = Type::group_type_builder(column.key())
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(Some(LogicalType::List))
        .with_fields(vec![Arc::new(repeated)])
        .build()?;
    Ok(Arc::new(list))
}

/// Values of one column: how far each row goes (its definition levels), and what is there.
pub(super) enum Values {
    Texts(Vec<ByteArray>, Vec<i16>),
    /// With the levels of repetition.
    Lists(Vec<ByteArray>, Vec<i16>, Vec<i16>),
    Days(Vec<i32>, Vec<i16>),
    Numbers(Vec<i64>, Vec<i16>),
    Flags(Vec<bool>),
}

impl Values {
    pub(super) fn of(holds: Holds) -> Self {
        match holds {
            Holds::Text | Holds::Code | Holds::Funding | Holds::Beneficiaries | Holds::Promises => {
                Self::Texts(Vec::new(), Vec::new())
            }
            Holds::Texts => Self::Lists(Vec::new(), Vec::new(), Vec::new()),
            Holds::Count | Holds::Quantity | Holds::Vnd | Holds::Moment => {
                Self::Numbers(Vec::new(), Vec::new())
            }
            Holds::Day => Self::Days(Vec::new(), Vec::new()),
            Holds::Flag => Self::Flags(Vec::new()),
        }
    }

    /// Takes the cell of a row.
    pub(super) fn push(&mut self, cell: Option<&Cell>) {
        match self {
            Self::Texts(values, levels) => put(values, levels, cell.and_then(text)),
            Self::Lists(values, levels, repeats) => match cell {
                Some(Cell::Texts(texts)) if !texts.is_empty() => {
                    for (at, text) in texts.iter().enumerate() {
                        values.push(text.as_str().into());
                        levels.push(2);
                        repeats.push(i16::from(at > 0));
                    }
                }
                _ => {
                    levels.push(0);
                    repeats.push(0);
                }
            },
            Self::Days(values, levels) => put(values, levels, cell.and_then(days)),
            Self::Numbers(values, levels) => put(values, levels, cell.and_then(number)),
            Self::Flags(values) => values.push(matches!(cell, Some(Cell::Yes))),
        }
    }

    /// Writes what it holds and forgets it.
    pub(super) fn write(&mut self, column: &mut SerializedColumnWriter<'_>) -> Result<()> {
        match self {
            Self::Texts(values, levels) => {
                let out = column.typed::<ByteArrayType>();
                out.write_batch(values, Some(levels), None)?;
                values.clear();
                levels.clear();
            }
            Self::Lists(values, levels, repeats) => {
                let out = column.typed::<ByteArrayType>();
                out.write_batch(values, Some(levels), Some(repeats))?;
                values.clear();
                levels.clear();
                repeats.clear();
            }
            Self::Days(values, levels) => {
                let out = column.typed::<Int32Type>();
                out.write_batch(values, Some(levels), None)?;
                values.clear();
                levels.clear();
            }
            Self::Numbers(values, levels) => {
                let out = column.typed::<Int64Type>();
                out.write_batch(values, Some(levels), None)?;
                values.clear();
                levels.clear();
            }
            Self::Flags(values) => {
                column.typed::<BoolType>().write_batch(values, None, None)?;
                values.clear();
            }
        }
        Ok(())
    }
}

fn put<T>(values: &mut Vec<T>, levels: &mut Vec<i16>, value: Option<T>) {
    levels.push(i16::from(value.is_some()));
    values.extend(value);
}

fn text(cell: &Cell) -> Option<ByteArray> {
    match cell {
        Cell::Text(text) => Some(text.as_str().into()),
        Cell::Code(code) => Some(code.as_str().into()),
        Cell::Term { code, .. } => Some((*code).into()),
        Cell::Funding(_) | Cell::Beneficiaries(_) | Cell::Promises(_) => {
            Some(value(cell).to_string().as_str().into())
        }
        Cell::Empty
        | Cell::Texts(_)
        | Cell::Count(_)
        | Cell::Quantity(_)
        | Cell::Vnd(_)
        | Cell::Day(_)
        | Cell::Moment(_)
        | Cell::Yes => None,
    }
}

fn days(cell: &Cell) -> Option<i32> {
    match cell {
        Cell::Day(day) => i32::try_from((*day - Day::default()).num_days()).ok(),
        _ => None,
    }
}

/// A number that fits; one of more than nineteen digits is none that was ever meant.
fn number(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Count(number) | Cell::Quantity(Quantity(number)) | Cell::Vnd(Vnd(number)) => {
            i64::try_from(*number).ok()
        }
        Cell::Moment(Stamp(at)) => Some(*at),
        _ => None,
    }
}
