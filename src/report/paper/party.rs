//! What a party cell needs for its meeting: its report, and the draft of its minutes. Below the commune a
//! small number may name a person, so small ones of concerns are not told.

use super::body::{Fill, whole};
use super::head::or_dots;
use super::sheet::words;
use super::{Block, Entry, Grid, Line, Look, Page, Paper};
use crate::domain::{Citizens, Column, Day, ExportRow, PaperLayout, Say, ThreadLine, VisitState};
use crate::i18n::messages::{common, paper as p};

/// Counts of people's concerns below this are hidden below the commune.
const HIDDEN: u64 = 5;

/// A visit as its cell sees it.
pub struct CellVisit {
    pub visit: ExportRow,
    pub activities: Vec<ExportRow>,
    pub meetings: Vec<ExportRow>,
    /// What was said about it.
    pub thread: Vec<ThreadLine>,
}

/// A promise that was made to villagers.
pub struct Promised {
    pub text: String,
    pub place: String,
    pub due: Option<Day>,
    pub answered: Option<Day>,
}

/// What a cell's papers are filled from.
#[derive(Default)]
pub struct CellFacts {
    pub visits: Vec<CellVisit>,
    /// Codes of what people's concerns were about, with how many.
    pub topics: Vec<(String, u64)>,
    pub promises: Vec<Promised>,
}

impl Fill<'_> {
    /// Fills the cell's report.
    pub fn cell(&self, facts: &CellFacts) -> Paper {
        let layout = PaperLayout::Party;
        let [left, right] = self.head(layout, "BC");
        let in_state = |state| {
            let visits = facts.visits.iter();
            whole(visits.filter(|of| of.visit.state == state).count() as u64)
        };
        let mut blocks = vec![self.text(&p::cell_lead(self.issuer(), self.days()))];
        blocks.extend(self.still_open());
        blocks.push(self.heading(&p::cell_visits()));
        blocks.push(self.text(&p::cell_counts(
            whole(facts.visits.len() as u64),
            in_state(VisitState::Confirmed) + in_state(VisitState::OnPaper),
            in_state(VisitState::Sent) + in_state(VisitState::Changed),
            in_state(VisitState::Returned),
        )));
        blocks.push(self.visits(facts));
        blocks.push(self.heading(&p::cell_topics()));
        blocks.extend(self.topics(facts));
        blocks.push(self.heading(&p::cell_promises()));
        blocks.push(self.promises(facts));
        blocks.push(self.heading(&p::cell_proposals()));
        blocks.extend(self.concluded(facts));
        blocks.push(Block::Dots(4));
        Paper {
            layout,
            page: Page::Portrait,
            left,
            right,
            title: vec![
                Line::new(self.say(&p::report()), Look::Bold),
                Line::new(self.say(&p::cell_subject(self.period())), Look::Bold),
                Line::new("-----", Look::Plain),
            ],
            blocks,
            foot_left: self.recipients(layout),
            foot_right: self.signature(layout),
        }
    }

    /// Fills the draft of the minutes.
    pub fn minutes(&self, facts: &CellFacts) -> Paper {
        let layout = PaperLayout::Party;
        let [left, right] = self.head(layout, "BB");
        let dots = || or_dots("");
        let mut blocks = vec![
            self.field(&p::minutes_time(), dots()),
            self.field(&p::minutes_place(), dots()),
            self.field(&p::minutes_members(), self.say(&p::minutes_kinds())),
            self.field(&p::minutes_present(), self.say(&p::minutes_kinds())),
            self.field(&p::minutes_absent(), self.say(&p::minutes_reasons())),
            self.field(&p::minutes_guests(), dots()),
            self.field(&p::minutes_chair(), dots()),
            self.field(&p::minutes_secretary(), dots()),
            self.heading(&p::minutes_news()),
            Block::Dots(3),
            self.heading(&p::minutes_visits(self.days())),
            self.visits(facts),
        ];
        blocks.extend(self.said(facts));
        blocks.push(self.heading(&p::minutes_people()));
        blocks.extend(self.topics(facts));
        blocks.push(self.promises(facts));
        for (heading, lines) in [
            (p::minutes_discussion(), 6),
            (p::minutes_conclusion(), 4),
            (p::minutes_vote(), 2),
        ] {
            let concludes = heading == p::minutes_conclusion();
            blocks.push(self.heading(&heading));
            if concludes {
                blocks.extend(self.concluded(facts));
            }
            blocks.push(Block::Dots(lines));
        }
        blocks.push(self.text(&p::minutes_end()));
        Paper {
            layout,
            page: Page::Portrait,
            left,
            right,
            title: vec![
                Line::new(self.say(&p::minutes_title()), Look::Bold),
                Line::new(self.say(&p::minutes_subject(self.period())), Look::Bold),
                Line::new("-----", Look::Plain),
            ],
            blocks,
            foot_left: self.signed_by(&p::minutes_writer(), &p::oral_sign(), ""),
            foot_right: self.signed_by(&p::minutes_chairing(), &p::oral_sign(), ""),
        }
    }

    fn visits(&self, facts: &CellFacts) -> Block {
        let row = |of: &CellVisit| {
            let cells = self.terms.row(&of.visit, Citizens::LeftOut);
            let mut did: Vec<String> = of.activities.iter().map(|row| self.work(row)).collect();
            did.extend(of.meetings.iter().map(|row| {
                let cells = self.terms.row(row, Citizens::LeftOut);
                words(&cells, &[Column::Kind, Column::Body])
            }));
            vec![
                Entry::text(of.visit.code.as_str()),
                Entry::text(&self.visit_days(&of.visit)),
                Entry::text(&words(&cells, &[Column::Village, Column::Commune])),
                Entry::text(&of.visit.lead),
                Entry::text(&did.join("; ")),
                self.entry(&state_text(of.visit.state)),
            ]
        };
        Block::Table(Grid {
            columns: self.columns([
                (p::column_code(), 10),
                (p::column_day(), 16),
                (p::column_place(), 20),
                (p::column_lead(), 16),
                (p::column_done(), 26),
                (p::column_state(), 12),
            ]),
            rows: facts.visits.iter().map(row).collect(),
            ..Grid::default()
        })
    }

    /// What the cell said about each visit.
    fn said(&self, facts: &CellFacts) -> Vec<Block> {
        let mut blocks = Vec::new();
        for of in &facts.visits {
            for line in &of.thread {
                let say = match line.say {
                    Say::Conclude => continue,
                    Say::Confirm => p::said_confirmed(),
                    Say::Return => p::said_returned(),
                    Say::Ask => p::said_asked(),
                    Say::OnPaper => {
                        p::said_on_paper(line.paper.as_str(), line.on.unwrap_or(line.at.day()))
                    }
                };
                let says = match line.text.trim() {
                    "" => self.say(&say),
                    text => format!("{}: {text}", self.say(&say)),
                };
                let says = format!("- {} · {}: {says}", of.visit.code.as_str(), line.who);
                blocks.push(Block::Text(says));
            }
        }
        blocks
    }

    /// What the cell concluded of the visits.
    fn concluded(&self, facts: &CellFacts) -> Vec<Block> {
        let mut blocks = Vec::new();
        for of in &facts.visits {
            let cells = self.terms.row(&of.visit, Citizens::LeftOut);
            let place = words(&cells, &[Column::Village, Column::Commune]);
            let about = [of.visit.code.as_str(), &self.visit_days(&of.visit), &place];
            let lines = of.thread.iter().filter(|line| line.say == Say::Conclude);
            blocks.extend(lines.map(|line| {
                let text = line.text.trim();
                Block::Text(format!("- {}: {text}", about.join(" · ")))
            }));
        }
        blocks
    }

    /// What people spoke about, by topic. Where a number is hidden no sum is told that would give it away.
    fn topics(&self, facts: &CellFacts) -> Vec<Block> {
        let hidden = facts.topics.iter().any(|(_, count)| *count < HIDDEN);
        let row = |(topic, count): &(String, u64)| {
            let count = match *count {
                small if small < HIDDEN => self.entry(&p::below(whole(HIDDEN))),
                count => Entry::Count(count),
            };
            vec![
                Entry::Text(self.label(&self.terms.catalogue.topics, topic)),
                count,
            ]
        };
        let table = Block::Table(Grid {
            columns: self.columns([(p::column_topic(), 70), (p::column_concerns(), 30)]),
            rows: facts.topics.iter().map(row).collect(),
            ..Grid::default()
        });
        let note = hidden.then(|| self.text(&p::hidden(whole(HIDDEN))));
        std::iter::once(table).chain(note).collect()
    }

    fn promises(&self, facts: &CellFacts) -> Block {
        let row = |of: &Promised| {
            let stands = match (of.answered, of.due) {
                (Some(_), _) => p::promise_answered(),
                (None, Some(due)) if due < self.today => p::promise_late(),
                (None, _) => p::promise_open(),
            };
            vec![
                Entry::text(&of.text),
                Entry::text(&of.place),
                of.due.map_or(Entry::Blank, Entry::Day),
                self.entry(&stands),
            ]
        };
        Block::Table(Grid {
            columns: self.columns([
                (p::column_promise(), 50),
                (p::column_place(), 20),
                (p::column_due(), 14),
                (p::column_state(), 16),
            ]),
            rows: facts.promises.iter().map(row).collect(),
            ..Grid::default()
        })
    }
}

fn state_text(state: VisitState) -> crate::i18n::Text {
    match state {
        VisitState::Draft => common::visit_draft(),
        VisitState::Sent => common::visit_sent(),
        VisitState::Returned => common::visit_returned(),
        VisitState::Confirmed => common::visit_confirmed(),
        VisitState::Changed => common::visit_changed(),
        VisitState::Conflict => common::visit_conflict(),
        VisitState::Withdrawn => common::visit_withdrawn(),
        VisitState::OnPaper => common::visit_on_paper(),
    }
}
