//! A duty given to a cadre: what the template offers, and what was typed about it.

use super::{TendForm, TendSlot};
use crate::app::Model;
use crate::app::duties::words;
use crate::domain::{Assignment, Code, Every, PersonId, Site};
use crate::i18n::messages::{common, duty};
use crate::i18n::{Language, Text};
use crate::law::duties::{Counts, Holds};
use crate::law::rules::Per;
use crate::text::date::Lean;
use crate::text::fold::fold;

/// A kind of duty, alone or with a quota that a document asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DutyOffer {
    pub code: Code,
    pub label: Text,
    /// How often, as it is typed; empty where no document is known.
    quota: String,
    /// Empty also where the quota is only an example.
    document: String,
}

/// Writes how often, as [`read_quota`] reads it: "1/quý".
fn quota_text(times: u32, every: Every, language: Language) -> String {
    let every = match (language, every) {
        (Language::Vi, Every::Week) => "tuần",
        (Language::Vi, Every::Month) => "tháng",
        (Language::Vi, Every::Quarter) => "quý",
        (Language::Vi, Every::Year) => "năm",
        (Language::En, every) => every.as_str(),
    };
    format!("{times}/{every}")
}

/// Reads how often: a number, and behind a slash the span in which it begins anew; `None` where it is not
/// one of these.
fn read_quota(text: &str) -> Option<(u32, Option<Every>)> {
    let (times, every) = match text.split_once('/') {
        None => (text, None),
        Some((times, every)) => (times, Some(every)),
    };
    let times = times.trim().parse().ok()?;
    let every = match every.map(|every| fold(every.trim())).as_deref() {
        None => None,
        Some("tuan" | "week") => Some(Every::Week),
        Some("thang" | "month") => Some(Every::Month),
        Some("quy" | "quarter") => Some(Every::Quarter),
        Some("nam" | "year") => Some(Every::Year),
        Some(_) => return None,
    };
    Some((times, every))
}

/// Gives what the template and the law of a day offer: each kind alone, then its quotas.
pub(super) fn offers(model: &Model) -> Vec<DutyOffer> {
    let (setup, language) = (&model.setup, model.language);
    let mut offers = Vec::new();
    for kind in &setup.duties.kinds {
        let name = words(&kind.name, language);
        let offer = |label, quota, document| DutyOffer {
            code: kind.code.clone(),
            label,
            quota,
            document,
        };
        offers.push(offer(common::words(name), String::new(), String::new()));
        if kind.counts == Counts::Receptions
            && let Some(rule) = setup.law().rules.reception(model.today())
        {
            let every = match rule.per {
                Per::Week => Every::Week,
                Per::Month => Every::Month,
            };
            let quota = quota_text(rule.times.into(), every, language);
            let law = match language {
                Language::Vi => &rule.basis.vi,
                Language::En => &rule.basis.en,
            };
            let label = duty::by_document(name, duty::chair_of_a_commune(), law);
            offers.push(offer(label, quota, law.clone()));
        }
        let quotas = setup.duties.quotas.iter();
        for quota in quotas.filter(|quota| quota.duty == kind.code) {
            let who = common::words(words(&quota.who, language));
            let often = quota_text(quota.times, quota.every, language);
            let (label, document) = match quota.holds {
                Holds::Here => (
                    duty::by_document(name, who, &quota.document),
                    &*quota.document,
                ),
                Holds::Elsewhere => (duty::by_example(name, who, &quota.document), ""),
            };
            offers.push(offer(label, often, document.to_owned()));
        }
    }
    offers
}

impl TendForm {
    /// Begins a duty: one's own, for the year, until something else is typed.
    pub(super) fn begin_duty(&mut self, model: &Model) {
        self.offers = offers(model);
        let year = model.today().format("%Y").to_string();
        let name = model.session().map(|session| session.profile.name.clone());
        for line in &mut self.inputs {
            line.input.set(&match line.slot {
                TendSlot::Person => name.clone().unwrap_or_default(),
                TendSlot::From => format!("01/01/{year}"),
                TendSlot::To => format!("31/12/{year}"),
                _ => continue,
            });
        }
    }

    /// Gives the offer that is turned to.
    pub(super) fn offered(&self) -> Option<&DutyOffer> {
        let at = self
            .choice(TendSlot::Choice)
            .checked_rem(self.offers.len())?;
        self.offers.get(at)
    }

    /// Fills in what the offer says, where nothing else was typed.
    pub(super) fn fill_offer(&mut self, before: Option<DutyOffer>) {
        let Some(offer) = self.offered().cloned() else {
            return;
        };
        let (quota, document) = before.map(|b| (b.quota, b.document)).unwrap_or_default();
        for (slot, old, new) in [
            (TendSlot::Quota, quota, offer.quota),
            (TendSlot::Document, document, offer.document),
        ] {
            let line = self.inputs.iter_mut().find(|line| line.slot == slot);
            if let Some(line) = line
                && line.input.text().trim() == old
            {
                line.input.set(&new);
            }
        }
    }

    /// Puts an assignment together.
    pub(super) fn assignment(&self, model: &Model) -> Result<Assignment, Text> {
        let today = model.today();
        let quota = match self.text(TendSlot::Quota).as_str() {
            "" => None,
            text => Some(read_quota(text).ok_or_else(duty::no_quota)?),
        };
        Ok(Assignment {
            duty: self.offered().map(|offer| offer.code.clone()),
            person: cadre(self.text(TendSlot::Person), model)?,
            cell: self.text(TendSlot::Cell),
            site: self.village(model)?,
            from: self.maybe(TendSlot::From, today, Lean::Past)?,
            to: self.maybe(TendSlot::To, today, Lean::Future)?,
            quota: quota.map(|(times, _)| times),
            document: self.text(TendSlot::Document),
            every: quota.and_then(|(_, every)| every),
        })
    }

    /// Finds the village of that name; one of several is told apart by its commune behind a comma.
    fn village(&self, model: &Model) -> Result<Option<Site>, Text> {
        let typed = self.text(TendSlot::Site);
        let Some(session) = model.session().filter(|_| !typed.is_empty()) else {
            return Ok(None);
        };
        let wanted = fold(&typed);
        let named = session.names.standing().filter(|(_, place)| {
            let unit = model.setup.site(&place.site_name()).replace(" · ", ", ");
            fold(&place.name) == wanted || fold(&unit) == wanted
        });
        let found: Vec<Site> = named.map(|(id, _)| Site::Village(id)).collect();
        match <[Site; 1]>::try_from(found) {
            Ok([site]) => Ok(Some(site)),
            Err(found) if found.is_empty() => Err(duty::no_such_village(typed)),
            Err(_) => Err(duty::several_villages(typed)),
        }
    }
}

/// Finds the cadre of that name; one of several of a name is told apart by the post behind a comma.
pub(super) fn cadre(typed: String, model: &Model) -> Result<Option<PersonId>, Text> {
    let Some(session) = model.session().filter(|_| !typed.is_empty()) else {
        return Ok(None);
    };
    let wanted = fold(&typed);
    let named = session.names.people.iter().filter(|(_, person)| {
        let with_post = format!("{}, {}", person.name, person.post);
        fold(&person.name) == wanted || fold(&with_post) == wanted
    });
    let found: Vec<PersonId> = named.map(|(id, _)| *id).collect();
    match found[..] {
        [one] => Ok(Some(one)),
        // The own name stands there from the beginning.
        [_, ..] if found.contains(&session.me) => Ok(Some(session.me)),
        [_, ..] => Err(duty::several_cadres(typed)),
        [] => Err(duty::no_such_cadre(typed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_often_is_read_as_it_is_written() {
        for (every, _) in Every::ALL {
            for language in [Language::Vi, Language::En] {
                let text = quota_text(3, every, language);
                assert_eq!(read_quota(&text), Some((3, Some(every))), "{text}");
            }
        }
        assert_eq!(read_quota("12"), Some((12, None)));
        assert_eq!(read_quota("1 / Quy"), Some((1, Some(Every::Quarter))));
        for text in ["", "x", "1/ngày", "-1", "1/", "1/quý/2"] {
            assert_eq!(read_quota(text), None, "{text}");
        }
    }
}
