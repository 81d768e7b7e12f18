//! JSON: one document, or one object a line. Keys are those of the columns; what is not known is `null`.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Cell;
use super::cell::{decimal, iso, moment};
use super::layout::Head;
use super::rows::Cells;
use crate::domain::{Code, Vnd};

/// How objects are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Document,
    Lines,
}

/// A table being written.
pub struct Json<W: Write> {
    out: W,
    shape: Shape,
    rows: u64,
}

impl<W: Write> Json<W> {
    pub(super) fn new(mut out: W, shape: Shape, head: &Head) -> io::Result<Self> {
        match shape {
            Shape::Lines => {}
            Shape::Document => {
                let kind = json!(head.table.as_str());
                let [from, to] = [head.days.from, head.days.to].map(|day| json!(day.map(iso)));
                write!(
                    out,
                    "{{\"kind\":{kind},\"from\":{from},\"to\":{to},\"rows\":["
                )?;
            }
        }
        Ok(Self {
            out,
            shape,
            rows: 0,
        })
    }

    pub(super) fn row(&mut self, cells: &Cells) -> io::Result<()> {
        match self.shape {
            Shape::Document if self.rows > 0 => self.out.write_all(b",\n")?,
            Shape::Document => self.out.write_all(b"\n")?,
            Shape::Lines => {}
        }
        self.rows += 1;
        for (at, (column, cell)) in cells.iter().enumerate() {
            let before = if at == 0 { '{' } else { ',' };
            write!(self.out, "{before}\"{}\":", column.key())?;
            match cell {
                // Written as it is: a floating number would round it.
                Cell::Quantity(quantity) => write!(self.out, "{}", decimal(*quantity))?,
                other => serde_json::to_writer(&mut self.out, &value(other))?,
            }
        }
        self.out.write_all(match self.shape {
            Shape::Document => b"}",
            Shape::Lines => b"}\n",
        })
    }

    pub(super) fn finish(mut self) -> io::Result<W> {
        match self.shape {
            Shape::Document => self.out.write_all(b"\n]}\n")?,
            Shape::Lines => {}
        }
        Ok(self.out)
    }
}

/// Returns what a cell says as JSON.
pub(super) fn value(cell: &Cell) -> Value {
    let code = |code: &Option<Code>| json!(code.as_ref().map(Code::as_str));
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => json!(text),
        Cell::Texts(texts) => json!(texts),
        Cell::Code(code) => json!(code.as_str()),
        Cell::Term { code, .. } => json!(code),
        Cell::Count(count) => json!(count),
        Cell::Quantity(quantity) => json!(decimal(*quantity)),
        Cell::Vnd(Vnd(value)) => json!(value),
        Cell::Day(day) => json!(iso(*day)),
        Cell::Moment(at) => json!(moment(*at)),
        Cell::Yes => json!(true),
        Cell::Funding(all) => all
            .iter()
            .map(|one| {
                json!({
                    "source": code(&one.source),
                    "value_vnd": one.value.map(|Vnd(value)| value),
                })
            })
            .collect(),
        Cell::Beneficiaries(all) => all
            .iter()
            .map(|one| {
                json!({
                    "kind": code(&one.kind),
                    "households": one.households,
                    "people": one.people,
                    "turns": one.turns,
                })
            })
            .collect(),
        Cell::Promises(all) => all
            .iter()
            .map(|one| json!({ "text": one.text, "due": one.due.map(iso) }))
            .collect(),
    }
}
