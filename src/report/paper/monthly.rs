//! The report of a period in the administrative layout: every number beside the period before, with its rule.

use super::body::{Figures, Fill};
use super::numbers::{CONCERNS, FIELD, RECEPTION};
use super::{Line, Look, Page, Paper};
use crate::domain::PaperLayout;
use crate::domain::tally::TallyId;
use crate::i18n::messages::paper as p;

impl Fill<'_> {
    /// Fills the report.
    pub fn monthly(&self, figures: &Figures<'_>) -> Paper {
        let layout = PaperLayout::Administrative;
        let [left, right] = self.head(layout, "BC");
        let partner =
            |id: &&TallyId| **id != TallyId::ActivitiesAsPartner || !self.unit.trim().is_empty();
        let field: Vec<TallyId> = FIELD.iter().filter(partner).copied().collect();
        let mut blocks = vec![self.text(&p::monthly_lead(self.issuer(), self.days()))];
        blocks.extend(self.still_open());
        blocks.extend(self.closed(figures));
        blocks.push(self.heading(&p::section_field()));
        blocks.push(self.numbers(figures, &field));
        blocks.push(self.by_category(figures));
        blocks.push(self.by_commune(figures));
        blocks.push(self.heading(&p::section_concerns()));
        blocks.push(self.numbers(figures, CONCERNS));
        blocks.extend(self.withdrawals(figures));
        blocks.push(self.heading(&p::section_reception()));
        blocks.push(self.numbers(figures, RECEPTION));
        blocks.push(self.heading(&p::section_coverage()));
        blocks.extend(self.coverage(figures));
        blocks.push(self.text(&p::end()));
        let ids: Vec<TallyId> = [&field, CONCERNS, RECEPTION].concat();
        blocks.push(self.rules(&ids));
        Paper {
            layout,
            page: Page::Portrait,
            left,
            right,
            title: vec![
                Line::new(self.say(&p::report()), Look::Bold),
                Line::new(
                    self.say(&p::monthly_subject(self.period())),
                    Look::ShortRuled,
                ),
            ],
            blocks,
            foot_left: self.recipients(layout),
            foot_right: self.signature(layout),
        }
    }
}
