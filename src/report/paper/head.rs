//! Head and foot of each layout. Numbers are left blank for the clerk; what nobody configured is dots.

use super::body::Fill;
use super::{Line, Look};
use crate::config::paper::Letterhead;
use crate::domain::{Day, PaperLayout};
use crate::i18n::messages::paper as p;

const DOTS: &str = "……………………";

/// Returns a text, or dots to be filled in.
pub(super) fn or_dots(text: &str) -> String {
    match text.trim() {
        "" => DOTS.to_owned(),
        text => text.to_owned(),
    }
}

impl Fill<'_> {
    fn letterhead(&self, layout: PaperLayout) -> &Letterhead {
        self.letterheads.of(layout)
    }

    /// Returns both columns of the head; `kind` is how the number is written, "BC", empty for a paper
    /// without a number.
    pub(super) fn head(&self, layout: PaperLayout, kind: &str) -> [Vec<Line>; 2] {
        let own = self.letterhead(layout);
        let issuer = match own.issuer.trim() {
            "" => self.issuer(),
            issuer => issuer,
        };
        let superior = or_dots(&own.superior).to_uppercase();
        let issuer = or_dots(issuer).to_uppercase();
        let symbol = match own.symbol.trim() {
            "" => "…",
            symbol => symbol,
        };
        let line = |text: String, look| Line::new(text, look);
        let dated = line(self.dated(&own.place, self.today), Look::Italic);
        let [mut left, right] = match layout {
            PaperLayout::Administrative => [
                vec![
                    line(superior, Look::Plain),
                    line(issuer, Look::ShortRuled),
                    line(self.say(&p::number(kind, symbol)), Look::Plain),
                ],
                vec![
                    line(self.say(&p::republic()), Look::Bold),
                    line(self.say(&p::motto()), Look::Ruled),
                    dated,
                ],
            ],
            PaperLayout::Party => [
                vec![
                    line(superior, Look::Plain),
                    line(issuer, Look::Bold),
                    line("*".to_owned(), Look::Plain),
                    line(self.say(&p::party_number(kind, symbol)), Look::Plain),
                ],
                vec![line(self.say(&p::party()), Look::Ruled), dated],
            ],
        };
        if kind.is_empty() {
            left.pop();
        }
        [left, right]
    }

    /// Says where and when: days below 10 and the first two months have a zero before them.
    fn dated(&self, place: &str, day: Day) -> String {
        let [on, month, year] = ["%d", "%m", "%Y"].map(|part| day.format(part).to_string());
        let month = match month.as_str() {
            "01" | "02" => month,
            other => other.trim_start_matches('0').to_owned(),
        };
        self.say(&p::dated(or_dots(place), on, month, year))
    }

    /// Returns the recipients.
    pub(super) fn recipients(&self, layout: PaperLayout) -> Vec<Line> {
        let look = match layout {
            PaperLayout::Administrative => Look::BoldItalic,
            PaperLayout::Party => Look::Underlined,
        };
        let label = match layout {
            PaperLayout::Administrative => p::recipients(),
            PaperLayout::Party => p::party_recipients(),
        };
        let mut lines = vec![Line::new(self.say(&label), look)];
        let all = &self.letterhead(layout).recipients;
        for (at, recipient) in all.iter().enumerate() {
            let text = match (layout, at + 1 == all.len()) {
                (PaperLayout::Party, true) => format!("{recipient}."),
                (PaperLayout::Administrative, true) => format!("- {recipient}."),
                (_, false) => format!("- {recipient};"),
            };
            lines.push(Line::new(text, Look::Small));
        }
        lines
    }

    /// Returns the signature block.
    pub(super) fn signature(&self, layout: PaperLayout) -> Vec<Line> {
        let own = self.letterhead(layout);
        let post_look = match layout {
            PaperLayout::Administrative => Look::Bold,
            PaperLayout::Party => Look::Plain,
        };
        let mut lines = Vec::new();
        if !own.sign_for.trim().is_empty() {
            lines.push(Line::new(own.sign_for.to_uppercase(), Look::Bold));
        }
        lines.push(Line::new(or_dots(&own.post).to_uppercase(), post_look));
        lines.push(Line::new("", Look::Gap));
        lines.push(Line::new(or_dots(&own.signer), Look::Bold));
        lines
    }

    /// Returns a signature line below a word for who signs.
    pub(super) fn signed_by(
        &self,
        who: &crate::i18n::Text,
        hint: &crate::i18n::Text,
        name: &str,
    ) -> Vec<Line> {
        vec![
            Line::new(self.say(who), Look::Bold),
            Line::new(self.say(hint), Look::Italic),
            Line::new("", Look::Gap),
            Line::new(or_dots(name), Look::Bold),
        ]
    }
}
