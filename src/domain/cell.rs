//! Lists in one cell of a table: written so that a person can read them and a program can read them
//! back. A reader returns `None` where the text was not written by its writer.

use super::{Beneficiaries, Code, Day, Funding, Promise, Vnd};

/// Joins texts by semicolons; a semicolon or backslash within one gets a backslash before it.
pub fn join<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> String {
    let mut joined = String::new();
    for text in texts {
        if !joined.is_empty() {
            joined.push_str("; ");
        }
        for letter in text.as_ref().chars() {
            if matches!(letter, ';' | '\\') {
                joined.push('\\');
            }
            joined.push(letter);
        }
    }
    joined
}

/// Splits what [`join`] wrote, or a list that a person wrote; empty texts are passed over.
pub fn split(cell: &str) -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut letters = cell.chars().peekable();
    while let Some(letter) = letters.next() {
        let last = texts.len() - 1;
        match (letter, letters.peek()) {
            ('\\', Some(&next @ (';' | '\\'))) => {
                texts[last].push(next);
                letters.next();
            }
            (';', _) => texts.push(String::new()),
            (other, _) => texts[last].push(other),
        }
    }
    let trimmed = texts.iter().map(|text| text.trim().to_owned());
    trimmed.filter(|text| !text.is_empty()).collect()
}

/// Writes value by source: `budget=3500000; donor=`.
pub fn funding(all: &[Funding]) -> String {
    join(all.iter().map(|one| {
        let value = one.value.map_or_else(String::new, |Vnd(v)| v.to_string());
        format!("{}={value}", code(one.source.as_ref()))
    }))
}

/// Reads what [`funding`] wrote.
pub fn read_funding(cell: &str) -> Option<Vec<Funding>> {
    let read = |item: &String| {
        let (source, value) = item.split_once('=')?;
        Some(Funding {
            source: read_code(source)?,
            value: read_number(value)?.map(Vnd),
        })
    };
    split(cell).iter().map(read).collect()
}

/// Writes those helped: `poor=9/31/; pupils=//120` (households, people, turns).
pub fn beneficiaries(all: &[Beneficiaries]) -> String {
    let count = |count: Option<u32>| count.map_or_else(String::new, |c| c.to_string());
    join(all.iter().map(|one| {
        let (households, people) = (count(one.households), count(one.people));
        let kind = code(one.kind.as_ref());
        format!("{kind}={households}/{people}/{}", count(one.turns))
    }))
}

/// Reads what [`beneficiaries`] wrote.
pub fn read_beneficiaries(cell: &str) -> Option<Vec<Beneficiaries>> {
    let read = |item: &String| {
        let (kind, counts) = item.split_once('=')?;
        let mut counts = counts.split('/');
        let mut next = || read_number::<u32>(counts.next()?);
        let one = Beneficiaries {
            kind: read_code(kind)?,
            households: next()?,
            people: next()?,
            turns: next()?,
        };
        counts.next().is_none().then_some(one)
    };
    split(cell).iter().map(read).collect()
}

/// Writes promises, each behind its day: `2026-12-01: đèn đường; -: nước sạch`.
pub fn promises(all: &[Promise]) -> String {
    join(all.iter().map(|one| {
        let due = one.due.map_or_else(|| "-".to_owned(), |d| d.to_string());
        format!("{due}: {}", one.text)
    }))
}

/// Reads what [`promises`] wrote.
pub fn read_promises(cell: &str) -> Option<Vec<Promise>> {
    let read = |item: &String| {
        let (due, text) = item.split_once(':')?;
        let due = match due {
            "-" => None,
            day => Some(day.parse::<Day>().ok()?),
        };
        let text = text.trim_start().to_owned();
        Some(Promise::new(text, due))
    };
    split(cell).iter().map(read).collect()
}

fn code(code: Option<&Code>) -> &str {
    code.map_or("", Code::as_str)
}

/// Reads a code; nothing is none. `None` where the text is no code.
fn read_code(text: &str) -> Option<Option<Code>> {
    match text {
        "" => Some(None),
        text => Code::new(text).ok().map(Some),
    }
}

/// Reads a number; nothing is none. `None` where the text is no number.
fn read_number<N: std::str::FromStr>(text: &str) -> Option<Option<N>> {
    match text {
        "" => Some(None),
        text => text.parse().ok().map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn codes() -> impl Strategy<Value = Option<Code>> {
        let code = "[a-z_]{1,8}".prop_map(|text| Code::new(&text).expect("a code"));
        prop::option::of(code)
    }

    proptest! {
        #[test]
        fn lists_come_back(texts in prop::collection::vec("[a-ză;\\\\,=]{1,8}", 0..5)) {
            prop_assert_eq!(split(&join(&texts)), texts);
        }

        #[test]
        fn value_by_source_comes_back(
            all in prop::collection::vec((codes(), any::<Option<u64>>()), 0..4),
        ) {
            let all = all.into_iter();
            let all: Vec<_> = all
                .map(|(source, value)| Funding { source, value: value.map(Vnd) })
                .collect();
            prop_assert_eq!(read_funding(&funding(&all)), Some(all));
        }

        #[test]
        fn those_helped_come_back(
            all in prop::collection::vec((codes(), any::<[Option<u32>; 3]>()), 0..4),
        ) {
            let one = |(kind, [households, people, turns]): (_, [Option<u32>; 3])| Beneficiaries {
                kind,
                households,
                people,
                turns,
            };
            let all: Vec<_> = all.into_iter().map(one).collect();
            prop_assert_eq!(read_beneficiaries(&beneficiaries(&all)), Some(all));
        }

        #[test]
        fn promises_come_back(
            all in prop::collection::vec(("[a-z:;\\-][a-z:; \\-]{0,8}[a-z]", any::<Option<u16>>()), 0..4),
        ) {
            let one = |(text, due): (String, Option<u16>)| {
                Promise::new(text, due.and_then(|d| Day::from_num_days_from_ce_opt(700_000 + i32::from(d))))
            };
            let all: Vec<_> = all.into_iter().map(one).collect();
            prop_assert_eq!(read_promises(&promises(&all)), Some(all));
        }

        #[test]
        fn foreign_text_is_refused_and_never_panics(text in ".{0,40}") {
            let _ = (read_funding(&text), read_beneficiaries(&text), read_promises(&text));
        }
    }

    #[test]
    fn what_a_person_wrote_is_split_and_is_no_detail() {
        assert_eq!(split("A;B ; ; C\\D"), ["A", "B", "C\\D"]);
        assert_eq!(read_funding("nhà hảo tâm"), None);
        assert_eq!(read_beneficiaries("9 hộ nghèo"), None);
        assert_eq!(read_promises("lắp đèn"), None);
        assert_eq!(read_funding(""), Some(Vec::new()));
    }
}
