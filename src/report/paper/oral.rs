//! The record of an oral complaint, to be read out and signed or fingerprinted (Law on Complaints 2011,
//! Art. 8).

use super::body::Fill;
use super::head::or_dots;
use super::{Block, Line, Look, Page, Paper};
use crate::domain::{Citizen, PaperLayout, Raised, RaisedBy};
use crate::i18n::messages::paper as p;

impl Fill<'_> {
    /// Fills the record.
    pub fn oral_record(&self, (code, place): (&str, &str), of: &Raised) -> Paper {
        let layout = PaperLayout::Administrative;
        let [left, right] = self.head(layout, "BB");
        let language = self.terms.speech.language();
        let heard = of.heard.map_or_else(String::new, |day| language.date(day));
        let particulars = of.particulars.as_ref().map(|of| &of.value);
        let citizen = particulars.and_then(|of| match &of.raised_by {
            RaisedBy::Citizen(citizen) => Some(citizen),
            RaisedBy::Anonymous => None,
        });
        let person =
            |get: fn(&Citizen) -> &String| or_dots(citizen.map_or("", |citizen| get(citizen)));
        let said = particulars.map_or("", |of| of.said.trim());
        let said = if said.is_empty() {
            &of.concern.line
        } else {
            said
        };
        let wish = particulars.map_or("", |of| of.wish.trim());
        let mut blocks = vec![
            self.text(&p::oral_when(or_dots(&heard), or_dots(place))),
            self.heading(&p::oral_writer()),
            self.field(&p::oral_name(), or_dots(&self.author.name)),
            self.field(&p::oral_post(), or_dots(&self.author.post)),
            self.field(&p::oral_unit(), or_dots(self.issuer())),
            self.heading(&p::oral_citizen()),
            self.field(&p::oral_name(), person(|citizen| &citizen.name)),
            self.field(&p::oral_address(), person(|citizen| &citizen.address)),
            self.field(&p::oral_id(), person(|citizen| &citizen.id_number)),
            self.field(&p::oral_contact(), person(|citizen| &citizen.contact)),
            self.heading(&p::oral_content()),
        ];
        blocks.extend(words_or_dots(said, 6));
        blocks.push(self.heading(&p::oral_wish()));
        blocks.extend(words_or_dots(wish, 3));
        blocks.push(self.heading(&p::oral_papers()));
        blocks.push(Block::Dots(2));
        blocks.push(self.text(&p::oral_read_out()));
        Paper {
            layout,
            page: Page::Portrait,
            left,
            right,
            title: vec![
                Line::new(self.say(&p::oral_title()), Look::Bold),
                Line::new(self.say(&p::oral_subject()), Look::ShortRuled),
                Line::new(self.say(&p::code(code)), Look::Italic),
            ],
            blocks,
            foot_left: self.signed_by(
                &p::oral_complainant(),
                &p::oral_sign_or_print(),
                &person(|c| &c.name),
            ),
            foot_right: self.signed_by(&p::oral_recorder(), &p::oral_sign(), &self.author.name),
        }
    }
}

/// Writes what was said, or room to write it by hand.
fn words_or_dots(said: &str, lines: u8) -> Vec<Block> {
    match said.trim() {
        "" => vec![Block::Dots(lines)],
        said => vec![Block::Text(said.to_owned()), Block::Dots(1)],
    }
}
