//! A page for each visit that waits for review, to be signed on paper. Tells of concerns by topic alone.

use super::body::Fill;
use super::head::or_dots;
use super::{Block, Entry, Grid, Line, Look, Page, Paper};
use crate::domain::{Citizens, Column, ExportRow, PaperLayout};
use crate::i18n::messages::paper as p;
use crate::report::Cells;

/// A visit that waits for review.
pub struct Awaiting {
    pub visit: ExportRow,
    pub activities: Vec<ExportRow>,
    pub meetings: Vec<ExportRow>,
    /// Codes of what the concerns are about.
    pub topics: Vec<String>,
}

impl Fill<'_> {
    /// Fills the pages.
    pub fn review_sheet(&self, visits: &[Awaiting]) -> Paper {
        let layout = PaperLayout::Party;
        let [left, right] = self.head(layout, "");
        let mut blocks = Vec::new();
        for (at, visit) in visits.iter().enumerate() {
            if at > 0 {
                blocks.push(Block::NewPage);
            }
            blocks.extend(self.sheet(visit));
        }
        if visits.is_empty() {
            blocks.push(Block::Table(self.sheet_table(Vec::new())));
        }
        Paper {
            layout,
            page: Page::Portrait,
            left,
            right,
            title: vec![
                Line::new(self.say(&p::sheet_title()), Look::Bold),
                Line::new(self.days(), Look::Italic),
            ],
            blocks,
            foot_left: Vec::new(),
            foot_right: Vec::new(),
        }
    }

    fn sheet_table(&self, rows: Vec<Vec<Entry>>) -> Grid {
        Grid {
            columns: self.columns([(p::column_what(), 25), (p::column_written(), 75)]),
            rows,
            ..Grid::default()
        }
    }

    fn sheet(&self, of: &Awaiting) -> Vec<Block> {
        let visit = &of.visit;
        let cells = self.terms.row(visit, Citizens::LeftOut);
        let row = |label, says: String| vec![self.entry(&label), Entry::text(&says)];
        let mut rows = vec![
            row(p::column_day(), self.visit_days(visit)),
            row(
                p::column_place(),
                words(&cells, &[Column::Village, Column::Commune]),
            ),
            row(p::column_lead(), visit.lead.clone()),
            row(p::column_team(), visit.team.join(", ")),
            row(p::column_shared(), words(&cells, &[Column::Shared])),
        ];
        for activity in &of.activities {
            rows.push(row(p::column_activity(), self.work(activity)));
        }
        for meeting in &of.meetings {
            let cells = self.terms.row(meeting, Citizens::LeftOut);
            let says = words(&cells, &[Column::Kind, Column::Body]);
            rows.push(row(p::column_meeting(), says));
        }
        if !of.topics.is_empty() {
            let topics: std::collections::BTreeSet<String> = of
                .topics
                .iter()
                .map(|topic| self.label(&self.terms.catalogue.topics, topic))
                .collect();
            let topics: Vec<String> = topics.into_iter().collect();
            rows.push(row(p::column_topics(), topics.join(", ")));
        }
        vec![
            Block::Heading(self.say(&p::sheet_code(visit.code.as_str()))),
            Block::Table(self.sheet_table(rows)),
            self.text(&p::sheet_choice()),
            self.text(&p::sheet_reason()),
            Block::Dots(3),
            Block::Signatures(
                self.signed_by(&p::sheet_writer(), &p::oral_sign(), &visit.lead),
                self.signed_by(&p::sheet_cell(), &p::oral_sign(), &or_dots("")),
            ),
        ]
    }

    /// Writes the days of a visit.
    pub(super) fn visit_days(&self, row: &ExportRow) -> String {
        let language = self.terms.speech.language();
        match (row.visit.from, row.visit.to) {
            (Some(from), Some(to)) if from != to => {
                format!("{} – {}", language.date(from), language.date(to))
            }
            (from, to) => from
                .or(to)
                .map_or_else(String::new, |day| language.date(day)),
        }
    }

    /// Says what an activity was: its kind, its amount, its person-days, its description.
    pub(super) fn work(&self, activity: &ExportRow) -> String {
        let cells = self.terms.row(activity, Citizens::LeftOut);
        let mut parts = vec![words(&cells, &[Column::Category])];
        if let Entry::Text(amount) = self.amount(&cells) {
            parts.push(amount);
        }
        let days = cells
            .iter()
            .find(|(column, _)| *column == Column::PersonDays);
        if let Some((_, crate::report::Cell::Quantity(days))) = days {
            let language = self.terms.speech.language();
            let days = language.decimal(super::body::whole(days.0));
            parts.push(self.say(&p::person_days(days)));
        }
        parts.push(words(&cells, &[Column::Description]));
        parts.retain(|part| !part.trim().is_empty());
        parts.join(", ")
    }
}

/// Returns the words of some columns, one beside the other.
pub(super) fn words(cells: &Cells, columns: &[Column]) -> String {
    let found = columns.iter().filter_map(|wanted| {
        let cell = cells.iter().find(|(column, _)| column == wanted)?;
        cell.1.words()
    });
    found.collect::<Vec<_>>().join(", ")
}
