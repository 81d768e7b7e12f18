//! Which fields of an item stand side by side, and under which label.

use super::{Form, columns, fold};
use crate::app::capture::{Item, Part, Slot};
use crate::i18n::Text;
use crate::i18n::messages::capture as say;

/// Something in a cell.
pub(super) enum Bit {
    /// A field with so many columns.
    Fixed(Slot, u16),
    /// A field with the rest of the cell.
    Fill(Slot),
    Words(String),
}

impl Bit {
    /// The columns that it takes of its cell in any case.
    pub(super) fn fixed(&self) -> u16 {
        match self {
            Self::Fixed(_, room) => room + 1,
            Self::Words(words) => columns(words) + 1,
            Self::Fill(_) => 0,
        }
    }
}

/// Fields behind one label.
pub(super) struct Cell {
    pub(super) label: Text,
    pub(super) bits: Vec<Bit>,
}

/// Cells side by side; a row of a repeated group says which.
pub(super) struct Row {
    pub(super) row: u8,
    pub(super) cells: Vec<Cell>,
}

fn cell(label: Text, bits: Vec<Bit>) -> Cell {
    Cell { label, bits }
}

fn fill(label: Text, slot: Slot) -> Cell {
    cell(label, vec![Bit::Fill(slot)])
}

fn once<const N: usize>(cells: [Cell; N]) -> Row {
    Row {
        row: 0,
        cells: cells.into(),
    }
}

/// Gives the rows of an item, without those whose fields it has not.
pub(super) fn rows(form: &Form<'_>, item: &Item, width: u16) -> Vec<Row> {
    let has = |bit: &Bit| match bit {
        Bit::Fixed(slot, _) | Bit::Fill(slot) => item.field(*slot, 0).is_some(),
        Bit::Words(_) => false,
    };
    let mut rows = rows_of(form, item, width);
    rows.retain(|row| row.cells.iter().any(|cell| cell.bits.iter().any(has)));
    rows
}

fn rows_of(form: &Form<'_>, item: &Item, width: u16) -> Vec<Row> {
    match item.part {
        Part::Visit => visit(form, width),
        Part::Activity => activity(form, item, width),
        Part::Meeting => meeting(form, item),
        Part::Concern => concern(form),
        Part::Envelope => envelope(),
        Part::CrimeReport => vec![once([fill(say::kind(), Slot::Concern)])],
    }
}

/// From so many columns on a line of the form has room for a team and all that is shared.
const ROOMY: u16 = 118;

fn visit(form: &Form<'_>, width: u16) -> Vec<Row> {
    let mut when = vec![
        Bit::Fixed(Slot::From, 11),
        Bit::Words("→".to_owned()),
        Bit::Fixed(Slot::To, 11),
    ];
    if let Some(nights) = fold::nights(form) {
        let nights = form.say(&say::nights(nights));
        when.push(Bit::Words(format!("({nights})")));
    }
    let team = fill(say::team(), Slot::Team);
    let shared = fill(say::shared(), Slot::Shared);
    let mut rows = vec![once([
        fill(say::place(), Slot::Place),
        cell(say::when(), when),
    ])];
    if width < ROOMY {
        rows.extend([once([team]), once([shared])]);
    } else {
        rows.push(once([team, shared]));
    }
    rows.extend([
        once([
            fill(say::programme(), Slot::Programme),
            fill(say::cell(), Slot::Cell),
        ]),
        once([fill(say::note(), Slot::Note)]),
    ]);
    rows
}

fn activity(form: &Form<'_>, item: &Item, width: u16) -> Vec<Row> {
    let count = if width < super::WIDE { 4 } else { 6 };
    let word = |text: Text| Bit::Words(form.say(&text));
    let amount = vec![Bit::Fixed(Slot::Amount, 9), Bit::Fill(Slot::Measure)];
    let days = vec![
        Bit::Fixed(Slot::PersonDays, 8),
        Bit::Fixed(Slot::Officers, 6),
        word(say::officers()),
    ];
    let mut rows = vec![
        once([
            fill(say::category(), Slot::Category),
            cell(say::amount(), amount),
        ]),
        once([cell(say::person_days(), days)]),
    ];
    for row in 0..item.rows(Slot::Helped) {
        let helped = vec![
            Bit::Fill(Slot::Helped),
            Bit::Fixed(Slot::Households, count),
            word(say::households()),
            Bit::Fixed(Slot::People, count),
            word(say::people()),
            Bit::Fixed(Slot::Turns, count),
            word(say::turns()),
        ];
        let cells = vec![cell(say::helped(), helped)];
        rows.push(Row { row, cells });
    }
    for row in 0..item.rows(Slot::Source) {
        let value = vec![Bit::Fixed(Slot::Value, 16), word(say::dong())];
        let cells = vec![
            fill(say::funding(), Slot::Source),
            cell(say::value(), value),
        ];
        rows.push(Row { row, cells });
    }
    let confirmed = vec![
        Bit::Fill(Slot::ConfirmedBy),
        word(say::on_day()),
        Bit::Fixed(Slot::ConfirmedOn, 11),
    ];
    rows.extend([
        once([fill(say::description(), Slot::Description)]),
        once([
            fill(say::lead_unit(), Slot::LeadUnit),
            fill(say::partners(), Slot::Partners),
        ]),
        once([
            fill(say::sites(), Slot::Sites),
            cell(say::confirmed_by(), confirmed),
        ]),
        once([fill(say::helped_names(), Slot::HelpedNames)]),
    ]);
    rows
}

fn meeting(form: &Form<'_>, item: &Item) -> Vec<Row> {
    let attendance = vec![Bit::Fixed(Slot::Attendance, 8)];
    let mut rows = vec![
        once([
            fill(say::kind(), Slot::Meeting),
            fill(say::capacity(), Slot::Capacity),
        ]),
        once([
            fill(say::body(), Slot::Body),
            fill(say::meeting_site(), Slot::MeetingSite),
        ]),
        once([cell(say::attendance(), attendance)]),
        once([fill(say::remarks(), Slot::Remarks)]),
        once([fill(say::issues(), Slot::Issues)]),
    ];
    for row in 0..item.rows(Slot::Promise) {
        let promise = vec![
            Bit::Fill(Slot::Promise),
            Bit::Words(form.say(&say::due())),
            Bit::Fixed(Slot::PromiseDue, 11),
        ];
        let cells = vec![cell(say::promise(), promise)];
        rows.push(Row { row, cells });
    }
    rows
}

fn concern(form: &Form<'_>) -> Vec<Row> {
    let outcome = vec![
        Bit::Fill(Slot::Settled),
        Bit::Words(form.say(&say::answer_by())),
        Bit::Fixed(Slot::AnswerBy, 11),
    ];
    let raised = vec![Bit::Fill(Slot::RaisedBy), Bit::Fixed(Slot::Anonymous, 20)];
    vec![
        once([
            fill(say::kind(), Slot::Concern),
            fill(say::topic(), Slot::Topic),
        ]),
        once([fill(say::line(), Slot::Line)]),
        once([fill(say::concern_site(), Slot::ConcernSite)]),
        once([cell(say::settlement(), outcome)]),
        once([cell(say::raised_by(), raised)]),
        once([fill(say::contact(), Slot::Contact)]),
        once([fill(say::said(), Slot::Said)]),
        once([fill(say::wish(), Slot::Wish)]),
    ]
}

fn envelope() -> Vec<Row> {
    let number = fill(say::envelope_number(), Slot::EnvelopeNumber);
    let date = vec![Bit::Fixed(Slot::EnvelopeDate, 11)];
    vec![
        once([fill(say::kind(), Slot::Concern)]),
        once([number, cell(say::envelope_date(), date)]),
        once([fill(say::envelope_body(), Slot::EnvelopeBody)]),
    ]
}
