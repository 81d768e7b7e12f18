//! Closed lists of words that an option takes.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser, ValueParser};

use crate::domain::{ConcernState, Listing, Role, VisitState};

pub(super) fn role() -> ValueParser {
    words(Role::ALL.map(|role| (role.as_str(), role)))
}

/// Words of the states of any list; which of them a list has is asked once both are known.
pub(super) fn state() -> ValueParser {
    let mut all: Vec<&str> = VisitState::ALL.iter().map(|s| s.as_str()).collect();
    let of_concerns = ConcernState::ALL.iter().map(|s| s.as_str());
    let more: Vec<&str> = of_concerns.filter(|word| !all.contains(word)).collect();
    all.extend(more);
    ValueParser::new(PossibleValuesParser::new(all))
}

pub(super) fn listing() -> ValueParser {
    words([
        ("visits", Listing::Visits),
        ("activities", Listing::Activities),
        ("meetings", Listing::Meetings),
        ("concerns", Listing::Concerns),
        ("promises", Listing::Promises),
        ("receptions", Listing::Receptions),
        ("inspections", Listing::Inspections),
        ("duties", Listing::Duties),
    ])
}

/// Reads one of a closed list of words.
pub(super) fn words<T, const N: usize>(all: [(&'static str, T); N]) -> ValueParser
where
    T: Copy + Send + Sync + 'static,
{
    let known = all.map(|(word, _)| PossibleValue::new(word));
    let known = PossibleValuesParser::new(known);
    ValueParser::new(known.map(move |word| {
        let found = all.iter().find(|(known, _)| *known == word);
        found.expect("clap lets only known words pass").1
    }))
}
