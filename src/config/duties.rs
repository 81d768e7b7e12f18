//! The template of duties: `config/duties.toml`, relabelled and added to by later layers.
//!
//! Owns how a duty and a quota are written in a file. Never drops a kind: assignments name codes for ever.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use serde::Deserialize;
use toml::Spanned;

use super::catalogue::{CheckedCode, Label};
use super::law::words::words;
use super::{ConfigError, Problem, Source};
use crate::domain::{Code, Every, ReceptionKind};
use crate::law::days_off::Name;
use crate::law::duties::{Counts, Duties, DutyKind, Holds, Quota};

words!(CountsWord, Counts, Counts::ALL);
words!(EveryWord, Every, Every::ALL);
words!(ReceptionWord, ReceptionKind, ReceptionKind::ALL);
words!(
    HoldsWord,
    Holds,
    [(Holds::Here, "here"), (Holds::Elsewhere, "elsewhere")]
);

/// The file of one layer.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    duty: Vec<DutyEntry>,
    #[serde(default)]
    quota: Vec<QuotaEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DutyEntry {
    code: Spanned<CheckedCode>,
    vi: Label,
    en: Label,
    counts: CountsWord,
    #[serde(default)]
    meetings: Vec<CheckedCode>,
    #[serde(default)]
    receptions: Vec<ReceptionWord>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuotaEntry {
    duty: Spanned<CheckedCode>,
    vi: Label,
    en: Label,
    times: NonZeroU32,
    every: EveryWord,
    document: Label,
    holds: HoldsWord,
    checked: bool,
    source: Label,
}

/// Gives the template that is compiled in.
pub fn built_in() -> Duties {
    let source = Source::built_in(
        "config/duties.toml",
        include_str!("../../config/duties.toml"),
    );
    let duties = with(Duties::default(), &source);
    duties.expect("the compiled template is well-formed")
}

/// Lays a file over a template: known duties are stated anew in place, new ones follow; where it has quotas
/// of a duty, they are that duty's only ones.
pub fn with(mut duties: Duties, source: &Source) -> Result<Duties, ConfigError> {
    let file: File = source.toml()?;
    let mut seen = BTreeSet::new();
    for entry in file.duty {
        let at = entry.code.span().start;
        let kind = kind(entry);
        if !seen.insert(kind.code.clone()) {
            let code = kind.code.as_str().to_owned();
            return Err(source.error(at, Problem::Twice(code)));
        }
        match duties.kinds.iter_mut().find(|k| k.code == kind.code) {
            Some(known) => *known = kind,
            None => duties.kinds.push(kind),
        }
    }
    let mut stated = Vec::new();
    for entry in file.quota {
        let at = entry.duty.span().start;
        let quota = quota(entry);
        if duties.kind(&quota.duty).is_none() {
            return Err(source.error(at, Problem::Value("duty".to_owned())));
        }
        stated.push(quota);
    }
    let of_layer: BTreeSet<Code> = stated.iter().map(|quota| quota.duty.clone()).collect();
    duties
        .quotas
        .retain(|quota| !of_layer.contains(&quota.duty));
    duties.quotas.extend(stated);
    Ok(duties)
}

fn kind(entry: DutyEntry) -> DutyKind {
    DutyKind {
        code: entry.code.into_inner().0,
        name: Name {
            vi: entry.vi.0,
            en: entry.en.0,
        },
        counts: entry.counts.0,
        meetings: entry.meetings.into_iter().map(|code| code.0).collect(),
        receptions: entry.receptions.into_iter().map(|word| word.0).collect(),
    }
}

fn quota(entry: QuotaEntry) -> Quota {
    Quota {
        duty: entry.duty.into_inner().0,
        who: Name {
            vi: entry.vi.0,
            en: entry.en.0,
        },
        times: entry.times.get(),
        every: entry.every.0,
        document: entry.document.0,
        holds: entry.holds.0,
        checked: entry.checked,
        source: entry.source.0,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::catalogue::Catalogue;

    fn lay_over(text: &str) -> Result<Duties, ConfigError> {
        let source = Source::new(Path::new("mine.toml"), text.as_bytes()).expect("UTF-8");
        with(built_in(), &source)
    }

    fn refused(text: &str) -> (usize, Problem) {
        let error = lay_over(text).expect_err("is refused");
        assert_eq!(error.path, Path::new("mine.toml"));
        (error.line, error.problem)
    }

    const DUTY: &str =
        "[[duty]]\ncode = \"cell_meetings\"\nvi = \"x\"\nen = \"x\"\ncounts = \"meetings\"\n";
    const QUOTA: &str = "[[quota]]\nduty = \"visits\"\nvi = \"x\"\nen = \"x\"\ntimes = 12\nevery = \"year\"\n\
         document = \"KH 5\"\nholds = \"here\"\nchecked = true\nsource = \"x\"\n";

    /// No quota is made up: what is compiled in names its document, and no document of here was found.
    #[test]
    fn every_compiled_quota_names_its_document_and_binds_nobody_here() {
        let duties = built_in();
        assert_eq!(duties.quotas.len(), 3);
        for quota in &duties.quotas {
            assert!(!quota.document.is_empty() && !quota.source.is_empty());
            assert_eq!((quota.holds, quota.checked), (Holds::Elsewhere, false));
            assert_eq!(quota.duty.as_str(), "cell_meetings");
        }
        let times: Vec<u32> = duties.quotas.iter().map(|quota| quota.times).collect();
        assert_eq!(times, [2, 6, 6]);
    }

    #[test]
    fn the_meetings_of_a_duty_are_in_the_catalogue() {
        let (duties, catalogue) = (built_in(), Catalogue::built_in());
        for code in duties.kinds.iter().flat_map(|kind| &kind.meetings) {
            assert!(catalogue.meetings.get(code).is_some(), "{code:?}");
        }
        for (counts, word) in Counts::ALL {
            let mut kinds = duties.kinds.iter();
            assert!(kinds.any(|kind| kind.counts == counts), "{word}");
        }
    }

    #[test]
    fn a_layer_states_a_duty_anew_in_place_and_has_its_quotas_alone() {
        let duties = lay_over(&format!("{DUTY}{QUOTA}")).expect("a layer");
        assert_eq!(duties.kinds[0].name.vi, "x");
        assert!(duties.kinds[0].meetings.is_empty());
        assert_eq!(duties.kinds.len(), built_in().kinds.len());
        assert_eq!(duties.quotas.len(), 4, "the examples of another duty stay");
        let own = QUOTA.replace("visits", "cell_meetings");
        let duties = lay_over(&own).expect("a layer");
        assert_eq!(duties.quotas.len(), 1);
        assert_eq!(duties.quotas[0].holds, Holds::Here);
    }

    #[test]
    fn a_mistake_is_refused_by_key_and_line() {
        for (text, at, of) in [
            (DUTY.replace("meetings\"\n", "meetinsg\"\n"), 5, "counts"),
            (DUTY.replacen("\"x\"", "\" \"", 1), 3, "vi"),
            (QUOTA.replace("12", "0"), 5, "times"),
            (QUOTA.replace("12", "-1"), 5, "times"),
            (QUOTA.replace("\"year\"", "\"decade\""), 6, "every"),
            (QUOTA.replace("visits", "no_such"), 2, "duty"),
            (QUOTA.replace("here", "where"), 8, "holds"),
        ] {
            let (line, problem) = refused(&text);
            assert!(
                matches!(&problem, Problem::Value(key) if key == of),
                "{text}: {problem:?}"
            );
            assert_eq!(line, at, "{text}");
        }
        let (line, problem) = refused(&format!("{DUTY}quoat = 1\n"));
        assert!(matches!(problem, Problem::UnknownKey(key) if key == "quoat"));
        assert_eq!(line, 6);
        let (line, problem) = refused(&DUTY.repeat(2));
        assert!(matches!(problem, Problem::Twice(code) if code == "cell_meetings"));
        assert_eq!(line, 7);
        // A quota without its document is none.
        let (line, problem) = refused(&QUOTA.replace("document = \"KH 5\"\n", ""));
        assert!(matches!(problem, Problem::Value(key) if key == "quota"));
        assert_eq!(line, 1);
    }
}
