//! Rule files: laws, limits, what may be withdrawn, how often citizens are received.

use std::collections::{BTreeMap, BTreeSet};
use std::num::{NonZeroU8, NonZeroU16};

use serde::Deserialize;
use toml::Spanned;

use super::words::{
    Counted, Date, InstanceNumber, KindWord, PartsWord, PerWord, StepWord, SuspensionWord,
    TriggerWord, UnitWord,
};
use super::{LawNames, Placed, spans_of};
use crate::config::catalogue::Label;
use crate::config::{ConfigError, Problem, Source};
use crate::law::rules::{
    Basis, Extension, Length, Limit, ReceptionRule, Rule, Unit, Validity, WithdrawalRule,
};

/// What the rule files of a layer say.
pub(super) struct Read {
    pub(super) laws: BTreeMap<String, LawNames>,
    pub(super) limits: Vec<Rule>,
    pub(super) withdrawals: Vec<WithdrawalRule>,
    pub(super) receptions: Vec<ReceptionRule>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct File {
    law: Vec<LawEntry>,
    rule: Vec<RuleEntry>,
    withdrawal: Vec<WithdrawalEntry>,
    reception: Vec<ReceptionEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LawEntry {
    name: Spanned<Label>,
    vi: Label,
    en: Label,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    id: Spanned<Label>,
    kinds: Spanned<Vec<KindWord>>,
    instance: Option<InstanceNumber>,
    step: StepWord,
    trigger: TriggerWord,
    law: Spanned<Label>,
    article: Option<Label>,
    from: Date,
    to: Option<Date>,
    days: Option<NonZeroU16>,
    complex: Option<NonZeroU16>,
    remote: Option<NonZeroU16>,
    complex_remote: Option<Spanned<NonZeroU16>>,
    several_places: Option<NonZeroU16>,
    unit: Spanned<UnitWord>,
    suspension: Option<Spanned<SuspensionWord>>,
    extension: Option<ExtensionEntry>,
    checked: bool,
    source: Label,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExtensionEntry {
    id: Label,
    days: NonZeroU16,
    most: NonZeroU8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WithdrawalEntry {
    kinds: Spanned<Vec<KindWord>>,
    parts: PartsWord,
    law: Spanned<Label>,
    article: Option<Label>,
    from: Date,
    to: Option<Date>,
    checked: bool,
    source: Label,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReceptionEntry {
    times: NonZeroU8,
    per: PerWord,
    law: Spanned<Label>,
    article: Option<Label>,
    from: Date,
    to: Option<Date>,
    checked: bool,
    source: Label,
}

/// Reads the rule files of a layer; `known` are the laws that layers below name.
pub(super) fn read(
    sources: &[Source],
    known: &BTreeMap<String, LawNames>,
) -> Result<Read, ConfigError> {
    let mut files = Vec::new();
    for source in sources {
        files.push((source, source.toml::<File>()?));
    }
    let named = laws(&mut files)?;
    let mut laws = known.clone();
    laws.extend(named.clone());
    let (mut limits, mut withdrawals, mut receptions) = (Vec::new(), Vec::new(), Vec::new());
    for (source, file) in files {
        for entry in file.rule {
            limits.push(limit(source, entry, &laws)?);
        }
        for entry in file.withdrawal {
            withdrawals.push(withdrawal(source, entry, &laws)?);
        }
        for entry in file.reception {
            receptions.push(reception(source, entry, &laws)?);
        }
    }
    let ids: BTreeSet<&str> = limits.iter().map(|rule| rule.value.id.as_str()).collect();
    for id in ids {
        let spans = limits.iter().filter(|rule| rule.value.id == id);
        spans_of(id, spans, |rule| rule.validity)?;
    }
    for (kind, word) in crate::law::rules::Kind::ALL {
        let spans = withdrawals.iter();
        let spans =
            spans.filter(|rule: &&Placed<'_, WithdrawalRule>| rule.value.kinds.contains(&kind));
        spans_of(word, spans, |rule| rule.validity)?;
    }
    spans_of("reception", receptions.iter(), |rule| rule.validity)?;
    Ok(Read {
        laws: named,
        limits: values(limits),
        withdrawals: values(withdrawals),
        receptions: values(receptions),
    })
}

fn values<T>(placed: Vec<Placed<'_, T>>) -> Vec<T> {
    placed.into_iter().map(|placed| placed.value).collect()
}

/// Takes the laws of a layer; each is named once.
fn laws(files: &mut [(&Source, File)]) -> Result<BTreeMap<String, LawNames>, ConfigError> {
    let mut laws = BTreeMap::new();
    for (source, file) in files {
        for entry in std::mem::take(&mut file.law) {
            let at = entry.name.span().start;
            let name = entry.name.into_inner().0;
            let names = LawNames {
                vi: entry.vi.0,
                en: entry.en.0,
            };
            if laws.insert(name.clone(), names).is_some() {
                return Err(source.error(at, Problem::Twice(name)));
            }
        }
    }
    Ok(laws)
}

fn limit<'a>(
    source: &'a Source,
    entry: RuleEntry,
    laws: &BTreeMap<String, LawNames>,
) -> Result<Placed<'a, Rule>, ConfigError> {
    let at = entry.id.span().start;
    let length = length(source, &entry)?;
    let value = Rule {
        id: entry.id.into_inner().0,
        kinds: kinds(source, entry.kinds)?,
        instance: entry.instance.map(|number| number.0),
        step: entry.step.0,
        trigger: entry.trigger.0,
        basis: Basis {
            checked: entry.checked,
            source: entry.source.0,
            ..basis(source, entry.law, entry.article, laws)?
        },
        validity: validity(entry.from, entry.to),
        limit: length,
    };
    Ok(Placed { source, at, value })
}

/// Checks that what takes the place of the days is whole, and that nothing stands beside no limit.
fn length(source: &Source, entry: &RuleEntry) -> Result<Limit, ConfigError> {
    let wrong = |at: usize, key: &str| Err(source.error(at, Problem::Value(key.to_owned())));
    let unit_at = entry.unit.span().start;
    let unit = match entry.unit.get_ref().0 {
        Counted::Calendar => Unit::Calendar,
        Counted::Working => Unit::Working,
        Counted::NoLimit => {
            let none = entry.days.is_none()
                && entry.complex.is_none()
                && entry.remote.is_none()
                && entry.complex_remote.is_none()
                && entry.several_places.is_none()
                && entry.suspension.is_none()
                && entry.extension.is_none();
            return if none {
                Ok(Limit::None)
            } else {
                wrong(unit_at, "unit")
            };
        }
    };
    let missing = |key: &str| source.error(unit_at, Problem::Missing(key.to_owned()));
    let days = entry.days.ok_or_else(|| missing("days"))?.get();
    let both = entry.complex.is_some() && entry.remote.is_some();
    match &entry.complex_remote {
        None if both => return Err(missing("complex_remote")),
        Some(at) if !both => return wrong(at.span().start, "complex_remote"),
        Some(_) | None => {}
    }
    if let (Unit::Working, Some(suspension)) = (unit, &entry.suspension) {
        return wrong(suspension.span().start, "suspension");
    }
    let extension = entry.extension.as_ref().map(|extension| Extension {
        id: extension.id.0.clone(),
        days: extension.days.get(),
        most: extension.most.get(),
    });
    let both = entry
        .complex_remote
        .as_ref()
        .map(|days| days.get_ref().get());
    Ok(Limit::Within(Length {
        days,
        unit,
        complex: entry.complex.map(NonZeroU16::get),
        remote: entry.remote.map(NonZeroU16::get),
        complex_remote: both,
        several_places: entry.several_places.map(NonZeroU16::get),
        suspended: entry.suspension.as_ref().map(|word| word.get_ref().0),
        extension,
    }))
}

fn withdrawal<'a>(
    source: &'a Source,
    entry: WithdrawalEntry,
    laws: &BTreeMap<String, LawNames>,
) -> Result<Placed<'a, WithdrawalRule>, ConfigError> {
    let at = entry.kinds.span().start;
    let value = WithdrawalRule {
        kinds: kinds(source, entry.kinds)?,
        parts: entry.parts.0,
        basis: Basis {
            checked: entry.checked,
            source: entry.source.0,
            ..basis(source, entry.law, entry.article, laws)?
        },
        validity: validity(entry.from, entry.to),
    };
    Ok(Placed { source, at, value })
}

fn reception<'a>(
    source: &'a Source,
    entry: ReceptionEntry,
    laws: &BTreeMap<String, LawNames>,
) -> Result<Placed<'a, ReceptionRule>, ConfigError> {
    let at = entry.law.span().start;
    let value = ReceptionRule {
        times: entry.times.get(),
        per: entry.per.0,
        basis: Basis {
            checked: entry.checked,
            source: entry.source.0,
            ..basis(source, entry.law, entry.article, laws)?
        },
        validity: validity(entry.from, entry.to),
    };
    Ok(Placed { source, at, value })
}

/// Finds the law that a rule names; not yet held against its words, and without a source.
fn basis(
    source: &Source,
    law: Spanned<Label>,
    article: Option<Label>,
    laws: &BTreeMap<String, LawNames>,
) -> Result<Basis, ConfigError> {
    let at = law.span().start;
    let law = law.into_inner().0;
    let names = laws.get(&law);
    let names = names.ok_or_else(|| source.error(at, Problem::Value("law".to_owned())))?;
    Ok(Basis {
        vi: names.vi.clone(),
        en: names.en.clone(),
        law,
        article: article.map_or_else(String::new, |article| article.0),
        checked: false,
        source: String::new(),
    })
}

fn kinds(
    source: &Source,
    words: Spanned<Vec<KindWord>>,
) -> Result<Vec<crate::law::rules::Kind>, ConfigError> {
    let at = words.span().start;
    let kinds: Vec<_> = words.into_inner().into_iter().map(|word| word.0).collect();
    if kinds.is_empty() {
        return Err(source.error(at, Problem::Value("kinds".to_owned())));
    }
    Ok(kinds)
}

fn validity(from: Date, to: Option<Date>) -> Validity {
    Validity {
        from: from.0,
        to: to.map(|to| to.0),
    }
}
