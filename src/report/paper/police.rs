//! A police unit's report on its support activities: numbers, kinds, and each activity that was counted.

use super::body::{Figures, Fill};
use super::{Block, Entry, Grid, Line, Look, Page, Paper};
use crate::domain::tally::TallyId;
use crate::domain::{Column, ExportRow, PaperLayout};
use crate::i18n::messages::paper as p;
use crate::report::{Cell, Cells};

const IDS: &[TallyId] = &[
    TallyId::Activities,
    TallyId::ActivitiesAsPartner,
    TallyId::Cadres,
    TallyId::CadreTurns,
    TallyId::PersonDays,
    TallyId::Households,
    TallyId::PeopleTurns,
    TallyId::ValueVnd,
];

impl Fill<'_> {
    /// Fills the report; `activities` are those that count.
    pub fn police(&self, figures: &Figures<'_>, activities: &[ExportRow]) -> Paper {
        let layout = PaperLayout::Administrative;
        let [left, right] = self.head(layout, "BC");
        let mut blocks = vec![self.text(&p::police_lead(self.issuer(), self.days()))];
        blocks.extend(self.still_open());
        blocks.extend(self.closed(figures));
        blocks.push(self.heading(&p::section_results()));
        blocks.push(self.numbers(figures, IDS));
        blocks.push(self.by_category(figures));
        blocks.push(self.heading(&p::section_activities()));
        blocks.push(self.activities(activities));
        blocks.push(self.heading(&p::section_coverage()));
        blocks.extend(self.coverage(figures));
        blocks.push(self.text(&p::end()));
        blocks.push(self.rules(IDS));
        Paper {
            layout,
            page: Page::Landscape,
            left,
            right,
            title: vec![
                Line::new(self.say(&p::report()), Look::Bold),
                Line::new(
                    self.say(&p::police_subject(self.period())),
                    Look::ShortRuled,
                ),
            ],
            blocks,
            foot_left: self.recipients(layout),
            foot_right: self.signature(layout),
        }
    }

    fn activities(&self, rows: &[ExportRow]) -> Block {
        let row = |(at, row): (usize, &ExportRow)| {
            let cells = self.terms.row(row, crate::domain::Citizens::LeftOut);
            let one = |columns: &[Column]| entry(&cells, columns);
            vec![
                Entry::Count(at as u64 + 1),
                one(&[Column::To, Column::From]),
                one(&[Column::Village, Column::Commune]),
                one(&[Column::Category, Column::Description]),
                one(&[Column::LeadUnit, Column::Unit]),
                one(&[Column::Partners]),
                Entry::text(&row.visit.programme),
                self.amount(&cells),
                one(&[Column::PersonDays]),
                one(&[Column::Households]),
                one(&[Column::Turns]),
                one(&[Column::Value]),
                one(&[Column::Funding]),
            ]
        };
        Block::Table(Grid {
            columns: self.columns([
                (p::column_no(), 4),
                (p::column_day(), 9),
                (p::column_place(), 13),
                (p::column_kind(), 16),
                (p::column_lead_unit(), 11),
                (p::column_partners(), 11),
                (p::column_programme(), 10),
                (p::column_amount(), 7),
                (p::column_person_days(), 6),
                (p::column_households(), 5),
                (p::column_turns(), 6),
                (p::column_value(), 11),
                (p::column_funding(), 9),
            ]),
            rows: rows.iter().enumerate().map(row).collect(),
            ..Grid::default()
        })
    }

    /// Returns an amount with its measure.
    pub(super) fn amount(&self, cells: &Cells) -> Entry {
        let of = |wanted| cells.iter().find(|(column, _)| *column == wanted);
        let Some((_, Cell::Quantity(amount))) = of(Column::Quantity) else {
            return Entry::Blank;
        };
        let language = self.terms.speech.language();
        let amount = language.decimal(super::body::whole(amount.0));
        let measure = of(Column::QuantityUnit).and_then(|(_, cell)| cell.words());
        Entry::text(&format!("{amount} {}", measure.unwrap_or_default()))
    }
}

/// Returns what a row has in some columns: of a day or unit the first that is there, of texts all.
fn entry(cells: &Cells, columns: &[Column]) -> Entry {
    let found = columns.iter().filter_map(|wanted| {
        let cell = cells.iter().find(|(column, _)| column == wanted)?;
        (cell.1 != Cell::Empty).then_some(&cell.1)
    });
    let found: Vec<&Cell> = found.collect();
    match (found.as_slice(), columns) {
        ([], _) => Entry::Blank,
        ([Cell::Day(day), ..], _) => Entry::Day(*day),
        ([Cell::Text(unit), ..], [Column::LeadUnit, _]) => Entry::text(unit),
        ([Cell::Count(count)], _) => Entry::Count(*count),
        ([Cell::Vnd(value)], _) => Entry::Count(value.0),
        ([Cell::Quantity(amount)], [_]) => Entry::Decimal(super::body::whole(amount.0)),
        (several, _) => {
            let words: Vec<_> = several.iter().filter_map(|cell| cell.words()).collect();
            let between = match columns {
                [Column::Category, _] => ": ",
                _ => ", ",
            };
            Entry::text(&words.join(between))
        }
    }
}
