//! What a field offers while it is typed in.
//!
//! Owns matching without marks and the order of the offers. Never takes one itself.

use super::around::Around;
use super::form::{CRIME_REPORT, Chip, DENUNCIATION, Form, Item, concern_part};
use super::place::{self, NewVillage};
use super::slot::{Entry, Known, List, Part};
use crate::domain::{Code, ConcernKind, Role};
use crate::i18n::Text;
use crate::i18n::messages::capture;
use crate::text::fold::{fold, syllables};
use crate::text::highlight::{Prefix, matches};

/// How many offers are shown at most.
const MOST: usize = 60;

/// Something that a field offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    pub label: String,
    /// What tells it from others of the same name.
    pub hint: String,
    pub(super) take: Take,
}

/// What taking an offer does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Take {
    Chip(Chip),
    NewVillage(NewVillage),
    /// The commune of a new village is not known yet: it is to be typed after this.
    AskCommune(String),
    NewPerson(String),
    /// Replaces the text of the field.
    Text(String),
}

impl Suggestion {
    pub(super) fn new(label: String, hint: String, take: Take) -> Self {
        Self { label, hint, take }
    }
}

/// Gives what the focused field offers for what is typed in it; everything, where nothing is.
pub(super) fn suggestions(form: &Form, around: &Around<'_>) -> Vec<Suggestion> {
    let field = form.field();
    let typed = field.input.text();
    let mut found = match field.slot.entry() {
        Entry::Choice(list) => {
            let mut found = of_list(list, typed, around);
            if list == List::Concerns {
                found.retain(|offer| may_become(form.item(), offer, around.profile.role));
            }
            found
        }
        Entry::Site | Entry::Sites => place::suggestions(form, typed, around),
        Entry::People => people(form, typed, around),
        Entry::Units => lines(&around.names.units, typed),
        Entry::Line(known) => match known {
            Known::Nothing => Vec::new(),
            Known::Units => lines(&around.names.units, typed),
            Known::Programmes => lines(&around.names.programmes, typed),
            Known::Cells => lines(&around.names.cells, typed),
        },
        Entry::Toggles(_)
        | Entry::Day(_)
        | Entry::Count
        | Entry::Quantity
        | Entry::Money
        | Entry::Prose => Vec::new(),
    };
    found.truncate(MOST);
    found
}

/// Returns how well a text fits what is typed: 0 best, `None` not at all.
pub(super) fn fit(text: &str, typed: &str) -> Option<u8> {
    let words: Vec<String> = syllables(typed).collect();
    if !matches(text, &words, Prefix::Each) {
        return None;
    }
    let (text, typed) = (fold(text), fold(typed));
    Some(match text.strip_prefix(typed.trim()) {
        Some("") => 0,
        Some(_) => 1,
        None => 2,
    })
}

/// A concern that was saved stays in its stream: it cannot turn into an envelope, nor back. An
/// envelope is for devices that keep them.
fn may_become(item: &Item, offer: &Suggestion, role: Role) -> bool {
    match &offer.take {
        Take::Chip(Chip::Code(code)) => {
            let part = concern_part(code);
            let kept = part != Part::Envelope || role.keeps_denunciations();
            kept && (item.saved.itself.is_none() || part == item.part)
        }
        Take::Chip(_)
        | Take::NewVillage(_)
        | Take::AskCommune(_)
        | Take::NewPerson(_)
        | Take::Text(_) => true,
    }
}

/// Returns whether the marks that were typed say that another name is meant: `Nà Ca` is not the
/// beginning of `Nà Cái`, though `na ca` may be.
pub(super) fn means_another(known: &str, typed: &str) -> bool {
    let typed = typed.to_lowercase();
    fold(&typed) != typed && !known.to_lowercase().starts_with(&typed)
}

fn of_list(list: List, typed: &str, around: &Around<'_>) -> Vec<Suggestion> {
    let mut found = Vec::new();
    for offer in around.offers(list) {
        let fits = offer.words.iter().filter_map(|word| fit(word, typed));
        if let Some(best) = fits.min() {
            let asks = (list == List::Concerns).then(|| question(&offer.code));
            let hint = asks
                .flatten()
                .map_or_else(String::new, |text| around.speech.text(&text));
            let take = Take::Chip(Chip::Code(offer.code));
            found.push((best, Suggestion::new(offer.label, hint, take)));
        }
    }
    found.sort_by_key(|(best, _)| *best);
    found
        .into_iter()
        .map(|(_, suggestion)| suggestion)
        .collect()
}

/// The question whose yes makes a concern of that kind (Law on Complaints 2011, Art. 2; Law on Denunciations
/// 2018, Art. 2; Law on Citizen Reception 2013, Art. 2).
fn question(code: &Code) -> Option<Text> {
    match code.as_str() {
        DENUNCIATION => Some(capture::ask_violation()),
        CRIME_REPORT => Some(capture::ask_crime()),
        word => ConcernKind::from_word(word).map(|kind| match kind {
            ConcernKind::Complaint => capture::ask_own_right(),
            ConcernKind::Recommendation => capture::ask_wish(),
            ConcernKind::Reflection => capture::ask_information(),
        }),
    }
}

fn people(form: &Form, typed: &str, around: &Around<'_>) -> Vec<Suggestion> {
    let taken = &form.field().chips;
    let known = form.people.iter().chain(&around.names.people);
    let mut found = Vec::new();
    for (id, person) in known {
        let chip = Chip::Person(*id);
        if taken.contains(&chip) {
            continue;
        }
        if let Some(best) = fit(&person.name, typed) {
            let hint = match (person.post.as_str(), person.unit.as_str()) {
                ("", unit) => unit.to_owned(),
                (post, "") => post.to_owned(),
                (post, unit) => format!("{post}, {unit}"),
            };
            let other = best > 0 && means_another(&person.name, typed.trim());
            let suggestion = Suggestion::new(person.name.clone(), hint, Take::Chip(chip));
            found.push(((other, best), suggestion));
        }
    }
    found.sort_by_key(|(order, _)| *order);
    let exact = found.first().is_some_and(|((_, best), _)| *best == 0);
    let likely = found.iter().filter(|((other, _), _)| !other).count();
    let mut found: Vec<Suggestion> = found.into_iter().map(|(_, s)| s).collect();
    found.truncate(MOST - 1);
    let name = typed.trim();
    if !name.is_empty() && !exact {
        let hint = around.speech.text(&capture::new_person());
        let name = place::with_capitals(name);
        let fresh = Suggestion::new(name.clone(), hint, Take::NewPerson(name));
        found.insert(likely.min(found.len()), fresh);
    }
    found
}

fn lines(known: &[String], typed: &str) -> Vec<Suggestion> {
    let mut found: Vec<(u8, &String)> = known
        .iter()
        .filter_map(|line| Some((fit(line, typed)?, line)))
        .filter(|(_, line)| line.as_str() != typed)
        .collect();
    found.sort_by_key(|(best, _)| *best);
    let suggestion = |(_, line): (u8, &String)| {
        Suggestion::new(line.clone(), String::new(), Take::Text(line.clone()))
    };
    found.into_iter().map(suggestion).collect()
}
