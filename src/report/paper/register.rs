//! The register of receptions, form 03/TCD of Circular 04/2021/TT-TTCP: its twelve columns and no other.

use super::body::Fill;
use super::{Block, Entry, Grid, Group, Line, Look, Page, Paper};
use crate::domain::{
    ConcernKind, ConcernState, Day, Envelope, FormMatter, FormRow, Handling, PaperLayout, Raised,
    RaisedBy,
};
use crate::i18n::Text;
use crate::i18n::messages::{common, concern as c, paper as p};

impl Fill<'_> {
    /// Fills the register.
    pub fn register(&self, rows: &[FormRow]) -> Paper {
        let layout = PaperLayout::Administrative;
        let [left, right] = self.head(layout, "");
        let grid = Grid {
            groups: vec![Group {
                from: 7,
                to: 9,
                label: self.say(&p::register_handling()),
            }],
            columns: self.columns([
                (p::register_no(), 4),
                (p::register_day(), 8),
                (p::register_name(), 14),
                (p::register_id(), 9),
                (p::register_content(), 17),
                (p::register_kind(), 8),
                (p::register_settled_by(), 9),
                (p::register_accept(), 7),
                (p::register_guide(), 8),
                (p::register_pass_on(), 9),
                (p::register_result(), 11),
                (p::register_note(), 8),
            ]),
            rows: (1..)
                .zip(rows)
                .map(|(at, row)| self.register_row(at, row))
                .collect(),
            ..Grid::default()
        };
        Paper {
            layout,
            page: Page::Landscape,
            left,
            right,
            title: vec![
                Line::new(self.say(&p::register_title()), Look::Bold),
                Line::new(self.say(&p::register_form()), Look::Italic),
                Line::new(self.days(), Look::Italic),
            ],
            blocks: vec![Block::Table(grid)],
            foot_left: Vec::new(),
            foot_right: self.signature(layout),
        }
    }

    fn register_row(&self, at: u64, row: &FormRow) -> Vec<Entry> {
        let day = row.day.map_or(Entry::Blank, Entry::Day);
        let first = [Entry::Count(at), day];
        let rest = match &row.matter {
            FormMatter::Concern(raised) => self.concern_cells(raised),
            FormMatter::Denunciation(envelope) => self.denunciation_cells(envelope),
        };
        first.into_iter().chain(rest).collect()
    }

    fn concern_cells(&self, raised: &Raised) -> [Entry; 10] {
        let concern = &raised.concern;
        let registered = &concern.registered;
        let particulars = raised.particulars.as_ref().map(|of| &of.value);
        let (name, id) = match particulars.map(|of| &of.raised_by) {
            None => (Entry::Blank, Entry::Blank),
            Some(RaisedBy::Anonymous) => (self.entry(&p::register_anonymous()), Entry::Blank),
            Some(RaisedBy::Citizen(citizen)) => {
                let both = [&citizen.name, &citizen.address].map(|part| part.trim());
                let both: Vec<&str> = both.into_iter().filter(|part| !part.is_empty()).collect();
                (
                    Entry::text(&both.join(" – ")),
                    Entry::text(&citizen.id_number),
                )
            }
        };
        let said = particulars.map_or("", |of| of.said.trim());
        let content = if said.is_empty() { &concern.line } else { said };
        let kind = concern
            .kind
            .map_or_else(String::new, |kind| self.say(&kind_text(kind)));
        let people = registered.people.unwrap_or(1);
        let way = |way, says: Entry| match registered.handling {
            Some(handling) if handling == way => says,
            Some(_) | None => Entry::Blank,
        };
        let passed_to = match registered.passed_to.trim() {
            "" => Entry::Text("x".to_owned()),
            body => Entry::text(body),
        };
        [
            name,
            id,
            Entry::text(content),
            Entry::text(&format!("{kind} / {people}")),
            Entry::text(&registered.settled_by),
            way(Handling::Accept, Entry::Text("x".to_owned())),
            way(Handling::ReturnAndGuide, Entry::Text("x".to_owned())),
            way(Handling::PassOn, passed_to),
            self.result(raised.state, raised.last.as_ref()),
            Entry::text(&registered.note),
        ]
    }

    /// What became of it: where it stands, since when, on which paper.
    fn result(&self, state: ConcernState, last: Option<&(Day, String)>) -> Entry {
        let state = self.say(&state_text(state));
        let language = self.terms.speech.language();
        Entry::text(&match last {
            None => state,
            Some((day, paper)) if paper.trim().is_empty() => {
                format!("{state}, {}", language.date(*day))
            }
            Some((day, paper)) => format!("{state}, {}, {}", language.date(*day), paper.trim()),
        })
    }

    /// A denunciation shows nobody (Law on Denunciations 2018, Art. 56).
    fn denunciation_cells(&self, envelope: &Envelope) -> [Entry; 10] {
        let secret = || self.entry(&p::register_secret());
        let language = self.terms.speech.language();
        let handed = envelope.handed_over.map_or_else(String::new, |day| {
            let paper = envelope.paper.trim();
            let between = if paper.is_empty() { "" } else { ", " };
            format!("{}{between}{paper}", language.date(day))
        });
        [
            secret(),
            secret(),
            self.entry(&p::register_denunciation()),
            self.entry(&p::register_denunciation()),
            Entry::Blank,
            Entry::Blank,
            Entry::Blank,
            Entry::text(&envelope.body),
            Entry::text(&handed),
            self.entry(&p::register_envelope(envelope.number.as_str())),
        ]
    }

    pub(super) fn entry(&self, text: &Text) -> Entry {
        Entry::text(&self.say(text))
    }
}

fn kind_text(kind: ConcernKind) -> Text {
    match kind {
        ConcernKind::Complaint => common::concern_complaint(),
        ConcernKind::Recommendation => common::concern_recommendation(),
        ConcernKind::Reflection => common::concern_reflection(),
    }
}

fn state_text(state: ConcernState) -> Text {
    match state {
        ConcernState::Heard => c::state_heard(),
        ConcernState::HandedOver => c::state_handed_over(),
        ConcernState::Received => c::state_received(),
        ConcernState::Accepted => c::state_accepted(),
        ConcernState::Refused => c::state_refused(),
        ConcernState::Transferred => c::state_transferred(),
        ConcernState::Guided => c::state_guided(),
        ConcernState::Suspended => c::state_suspended(),
        ConcernState::Settled => c::state_settled(),
        ConcernState::Withdrawn => c::state_withdrawn(),
        ConcernState::Stopped => c::state_stopped(),
        ConcernState::EndedByNotice => c::state_ended_by_notice(),
        ConcernState::Answered => c::state_answered(),
    }
}
