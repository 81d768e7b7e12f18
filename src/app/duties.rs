//! The words of duties: whose, where, in which span, and the arithmetic of whether they are kept.

use chrono::Datelike;

use super::Setup;
use crate::domain::{Assignment, Every, Kept, Label, LabelChange, Pace, Site, Standing, Stretch};
use crate::i18n::messages::{common, duty};
use crate::i18n::{Language, Text};
use crate::law::days_off::Name;
use crate::law::duties::Counts;

/// Gives the words of a language.
pub fn words(name: &Name, language: Language) -> &str {
    match language {
        Language::Vi => &name.vi,
        Language::En => &name.en,
    }
}

/// Names a kind of duty; one that this template does not know by its code.
pub fn kind(setup: &Setup, assignment: &Assignment, language: Language) -> String {
    let Some(code) = &assignment.duty else {
        return String::new();
    };
    let known = setup.duties.kind(code);
    known
        .map_or(code.as_str(), |kind| words(&kind.name, language))
        .to_owned()
}

/// Names where a duty is kept; nothing where it is anywhere.
pub fn place(setup: &Setup, standing: &Standing) -> String {
    let site = setup.site(&standing.site);
    match (standing.duty.cell.as_str(), site.as_str()) {
        ("", site) => site.to_owned(),
        (cell, _) => cell.to_owned(),
    }
}

/// Tells whether a place is a hot spot, by all changes in the order of their days.
pub fn is_hot(spots: &[Label], site: &Site) -> bool {
    let last = spots.iter().rfind(|spot| spot.site.as_ref() == Some(site));
    last.is_some_and(|last| last.change == Some(LabelChange::PutOn))
}

/// Says since when a place is or was a hot spot, and on which paper; one sentence a change.
pub fn spot_history(spots: &[Label], site: &Site) -> Vec<Text> {
    let of_site = spots.iter().filter(|spot| spot.site.as_ref() == Some(site));
    let say = |spot: &Label| match (spot.change?, spot.on?) {
        (LabelChange::PutOn, on) => Some(duty::spot_since(on, &spot.paper)),
        (LabelChange::TakenOff, on) => Some(duty::spot_until(on, &spot.paper)),
    };
    of_site.filter_map(say).collect()
}

/// Says what was not done yet.
pub fn not_done(setup: &Setup, assignment: &Assignment) -> Text {
    let kind = assignment.duty.as_ref();
    match kind.and_then(|code| setup.duties.kind(code)) {
        Some(kind) => match kind.counts {
            Counts::Meetings => duty::not_attended(),
            Counts::Visits => duty::not_visited(),
            Counts::Receptions => duty::not_received(),
            Counts::Saturdays => duty::not_on_duty(),
        },
        None => duty::not_done(),
    }
}

/// Names a span: a month, quarter or year where it is one, else its days.
pub fn span(days: Stretch) -> Text {
    let (from, to) = (days.from, days.to);
    let is = |months: u32| {
        let next = from.checked_add_months(chrono::Months::new(months));
        let last = next.and_then(|next| next.pred_opt());
        from.day() == 1 && from.month0() % months == 0 && last == Some(to)
    };
    if is(12) {
        duty::year(from.format("%Y").to_string())
    } else if is(3) {
        match from.month0() / 3 {
            0 => duty::quarter_1(),
            1 => duty::quarter_2(),
            2 => duty::quarter_3(),
            _ => duty::quarter_4(),
        }
    } else if is(1) {
        duty::month(from.month())
    } else {
        duty::days(from, to)
    }
}

/// Says how often the quota begins anew.
pub fn every(every: Option<Every>) -> Text {
    match every {
        None => common::none(),
        Some(Every::Week) => duty::each_week(),
        Some(Every::Month) => duty::each_month(),
        Some(Every::Quarter) => duty::each_quarter(),
        Some(Every::Year) => duty::each_year(),
    }
}

/// Writes how much was done of how much.
pub fn share(kept: &Kept) -> String {
    match kept.span.owed {
        Some(owed) => format!("{}/{owed}", kept.done),
        None => kept.done.to_string(),
    }
}

/// Says how a duty stands.
pub fn pace(kept: &Kept) -> Text {
    match kept.pace() {
        Pace::Done => duty::done(),
        Pace::OnTime => duty::on_time(kept.missing()),
        Pace::Behind(missing) | Pace::Missed(missing) => duty::missing(missing),
    }
}

/// Writes the arithmetic of how much should be done by now.
pub fn arithmetic(kept: &Kept) -> Text {
    let (owed, days) = (kept.span.owed.unwrap_or(0), kept.days().max(1));
    let thousandths = i64::from(owed) * i64::from(kept.passed) * 1000 / i64::from(days);
    let rounded = (thousandths + 5) / 10 * 10;
    duty::arithmetic(owed, kept.passed, days, rounded, kept.expected())
}
