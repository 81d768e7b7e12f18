//! Finds, in a line that many may read, the names and numbers that were typed among a citizen's particulars.
//!
//! What counts, so that it warns of leaks and not of every other word:
//! - a **whole name** of two words or more, whatever its marks, case and spaces ("nguyen van hoa", "NguyenVanHoa");
//! - the **last two words** of a longer name, with the same marks on whichever letter ("Minh Tuấn"), or without any
//!   where the line has none at all; but not behind a word of a place ("xã Minh Sơn"), and where the first of the
//!   two is Văn or Thị only behind a form of address: "nhà văn hóa" is nobody's name;
//! - a name of **one word**, with its marks, behind a form of address ("bà Mai");
//! - a **number** of eight digits or more, whatever stands between its digits, +84 as 0.
//!
//! Never says which name it was: who asks knows where to look.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use super::exact::exact_syllable;
use super::fold::{fold, spans};

/// The fewest digits that make a number somebody's.
const DIGITS: usize = 8;
/// A telephone number without its leading 0.
const SUBSCRIBER: usize = 9;
/// What stands where something was taken out.
const HIDDEN: &str = "…";

/// Forms of address and kinship.
static ADDRESSES: LazyLock<Words> = LazyLock::new(|| {
    Words::of(
        "ông bà anh chị em cô chú bác cụ cháu dì cậu mợ thím mẹ bố con hộ vợ chồng nhà gia đình",
    )
});
/// What stands before the name of a place.
static PLACES: LazyLock<Words> = LazyLock::new(|| {
    Words::of(
        "thôn bản xã phường huyện tỉnh xóm làng tổ khu trường chợ cầu đường suối núi hồ đèo phố",
    )
});
/// Words between family and given name that half of all names have, folded.
const FILLERS: &[&str] = &["van", "thi"];

/// A short list of words, without marks and with them.
struct Words(Vec<(String, String)>);

impl Words {
    fn of(list: &str) -> Self {
        let word = |word: &str| (fold(word), exact_syllable(word));
        Self(list.split(' ').map(word).collect())
    }

    fn has(&self, word: &Word, marks: Marks) -> bool {
        self.0.iter().any(|known| word.is(known, marks))
    }
}

/// Whether a line has marks at all; where it has none, words are compared without.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Marks {
    Written,
    LeftOut,
}

/// A word of a line: where it stands, without marks, and with them.
struct Word {
    at: Range<usize>,
    plain: String,
    exact: String,
}

impl Word {
    fn is(&self, (plain, exact): &(String, String), marks: Marks) -> bool {
        match marks {
            Marks::Written => self.exact == *exact,
            Marks::LeftOut => self.plain == *plain,
        }
    }
}

/// A name, each word without and with its marks.
struct Name(Vec<(String, String)>);

/// What of citizens must not stand in a line that many read.
///
/// No `Debug`: it holds citizens' names.
#[derive(Default)]
pub struct Private {
    names: Vec<Name>,
    numbers: Vec<String>,
}

impl Private {
    /// Adds the names of a field: one, or several set apart by lines, commas or semicolons.
    pub fn add_names(&mut self, text: &str) {
        let ends = |c: char| matches!(c, '\n' | ',' | ';' | '/' | '(' | ')' | '–' | ':' | '|');
        for part in text.split(ends).flat_map(|part| part.split(" - ")) {
            let words = words(part);
            let marks = marks_of(&words);
            let named = words.iter().skip_while(|word| ADDRESSES.has(word, marks));
            let named = named.take_while(|word| !word.plain.contains(|c: char| c.is_ascii_digit()));
            let name: Vec<_> = named
                .map(|word| (word.plain.clone(), word.exact.clone()))
                .collect();
            if !name.is_empty() {
                self.names.push(Name(name));
            }
        }
    }

    /// Adds the numbers that stand in a field: telephone, identity card.
    pub fn add_numbers(&mut self, text: &str) {
        let found = numbers(text).into_iter().map(|(_, digits)| local(digits));
        self.numbers.extend(found);
    }

    /// Tells whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.numbers.is_empty()
    }

    /// Tells whether something of it stands in a line.
    pub fn is_in(&self, line: &str) -> bool {
        !self.is_empty() && !self.found(line).is_empty()
    }

    /// Takes it out of a line.
    pub fn hide<'l>(&self, line: &'l str) -> Cow<'l, str> {
        if self.is_empty() {
            return Cow::Borrowed(line);
        }
        let mut found = self.found(line);
        if found.is_empty() {
            return Cow::Borrowed(line);
        }
        found.sort_by_key(|span| span.start);
        let mut out = String::with_capacity(line.len());
        let mut end = 0;
        for span in found {
            if span.start >= end {
                out.push_str(line.get(end..span.start).unwrap_or_default());
                out.push_str(HIDDEN);
            }
            end = end.max(span.end);
        }
        out.push_str(line.get(end..).unwrap_or_default());
        Cow::Owned(out)
    }

    fn found(&self, line: &str) -> Vec<Range<usize>> {
        let words = words(line);
        let mut found = Vec::new();
        let marks = marks_of(&words);
        for name in &self.names {
            found.extend(name.whole(&words));
            found.extend(name.in_part(&words, marks));
        }
        for (at, digits) in numbers(line) {
            let digits = local(digits);
            if self
                .numbers
                .iter()
                .any(|number| digits.contains(number.as_str()))
            {
                found.push(at);
            }
        }
        found
    }
}

impl Name {
    /// Finds the whole name at the borders of words, spaces left out.
    fn whole(&self, words: &[Word]) -> Vec<Range<usize>> {
        if self.0.len() < 2 {
            return Vec::new();
        }
        let name: String = self.0.iter().map(|(plain, _)| plain.as_str()).collect();
        let mut found = Vec::new();
        for (first, word) in words.iter().enumerate() {
            let mut rest = name.as_str();
            for next in words.get(first..).unwrap_or_default() {
                match rest.strip_prefix(next.plain.as_str()) {
                    Some(left) => rest = left,
                    None => break,
                }
                if rest.is_empty() {
                    found.push(word.at.start..next.at.end);
                    break;
                }
            }
        }
        found
    }

    /// Finds what of the name people call somebody by.
    fn in_part(&self, words: &[Word], marks: Marks) -> Vec<Range<usize>> {
        let part = match self.0.as_slice() {
            [_] => &self.0[..],
            [_, .., _, _] => &self.0[self.0.len() - 2..],
            [] | [_, _] => return Vec::new(),
        };
        let filler = part
            .first()
            .is_some_and(|(plain, _)| FILLERS.contains(&plain.as_str()));
        let addressed = part.len() == 1 || filler;
        let mut found = Vec::new();
        for (first, run) in words.windows(part.len()).enumerate() {
            let before = first.checked_sub(1).and_then(|before| words.get(before));
            let fits = match addressed {
                true => before.is_some_and(|before| ADDRESSES.has(before, marks)),
                false => !before.is_some_and(|before| PLACES.has(before, marks)),
            };
            if fits
                && run
                    .iter()
                    .zip(part)
                    .all(|(word, part)| word.is(part, marks))
            {
                let (from, to) = (run.first(), run.last());
                found.extend(from.zip(to).map(|(from, to)| from.at.start..to.at.end));
            }
        }
        found
    }
}

fn marks_of(words: &[Word]) -> Marks {
    match words.iter().any(|word| word.plain != word.exact) {
        true => Marks::Written,
        false => Marks::LeftOut,
    }
}

/// Splits a line into words; digits that stand at letters are words of their own.
fn words(line: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for (at, _) in spans(line) {
        let text = line.get(at.clone()).unwrap_or_default();
        let mut start = 0;
        let mut kinds = text
            .char_indices()
            .map(|(at, c)| (at, c.is_numeric()))
            .peekable();
        while let Some((_, digit)) = kinds.next() {
            let end = match kinds.peek() {
                Some((_, next)) if *next == digit => continue,
                Some((next, _)) => *next,
                None => text.len(),
            };
            let word = text.get(start..end).unwrap_or_default();
            words.push(Word {
                at: at.start + start..at.start + end,
                plain: fold(word),
                exact: exact_syllable(word),
            });
            start = end;
        }
    }
    words
}

/// Finds runs of digits, with what people put between them, that are long enough.
fn numbers(line: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut run: Option<(Range<usize>, String)> = None;
    for (at, c) in line.char_indices() {
        if let Some(digit) = c.to_digit(10) {
            let (span, digits) = run.get_or_insert_with(|| (at..at, String::new()));
            span.end = at + c.len_utf8();
            digits.extend(char::from_digit(digit, 10));
        } else if !matches!(c, ' ' | '.' | '-' | '(' | ')' | '\u{a0}' | '+') {
            found.extend(run.take());
        }
    }
    found.extend(run);
    found.retain(|(_, digits)| digits.len() >= DIGITS);
    found
}

/// Writes a number as it is dialled at home: behind 84 without the 0 that stands in its place.
fn local(digits: String) -> String {
    match digits.strip_prefix("84").or(digits.strip_prefix('0')) {
        Some(rest) if rest.len() == SUBSCRIBER => rest.to_owned(),
        Some(_) | None => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &str, numbers: &str) -> Private {
        let mut private = Private::default();
        private.add_names(names);
        private.add_numbers(numbers);
        private
    }

    #[test]
    fn a_whole_name_is_found_however_it_is_written() {
        let private = of("Nguyễn Văn Hòa", "");
        for line in [
            "Nhà ông Nguyễn Văn Hòa bị dột",
            "nhà ông nguyễn văn hoà",
            "NGUYỄN VĂN HÒA",
            "nguyen van hoa",
            "NguyenVanHoa",
            "Nguye\u{302}\u{303}n Va\u{306}n Hoa\u{300}",
            "Nguyễn  Văn\nHòa",
            "(Nguyễn-Văn-Hòa)",
            "hộ nguyenvanhoa84",
            "ông Văn Hòa",
        ] {
            assert!(private.is_in(line), "{line}");
        }
        for line in [
            "Sửa nhà văn hóa thôn",
            "Nguyễn Văn Hoàng",
            "Nguyễn Văn",
            "xã Văn Hòa",
            "ông Hòa",
            "",
        ] {
            assert!(!private.is_in(line), "{line}");
        }
        assert!(of("Đặng Thị Đào", "").is_in("bà dang thi dao"));
    }

    #[test]
    fn the_last_two_words_do_where_they_are_a_name() {
        let private = of("Hoàng Minh Sơn", "");
        for line in ["cháu Minh Sơn", "giúp minh sơn học", "giup Minh Son hoc"] {
            assert!(private.is_in(line), "{line}");
        }
        for line in ["xã Minh Sơn", "minh sớn", "Giúp Minh Sớn", "Sơn Minh"] {
            assert!(!private.is_in(line), "{line}");
        }
        let thi = of("Lò Thị Mai", "");
        assert!(thi.is_in("bà Thị Mai ốm") && !thi.is_in("đô thị Mai Châu"));
        assert!(of("Thào A Sùng", "").is_in("A Sùng xin giống ngô"));
        assert!(of("Hồ Anh Tuấn", "").is_in("Anh Tuấn vắng"));
        assert!(of("Mai", "").is_in("thăm bà Mai") && !of("Mai", "").is_in("ngày mai"));
    }

    #[test]
    fn several_names_and_what_stands_beside_them_are_told_apart() {
        let private = of(
            "Ông Lý Văn Páo (con bà Sùng Thị Dợ), 3 khẩu\nVàng Seo Lử – 2",
            "",
        );
        for line in ["ly van pao", "Sùng Thị Dợ", "Seo Lử"] {
            assert!(private.is_in(line), "{line}");
        }
        assert!(!private.is_in("3 khẩu, 2 hộ"));
    }

    #[test]
    fn numbers_are_found_whatever_stands_between_their_digits() {
        let private = of("", "0912 345 678; CCCD 008190001234");
        for line in [
            "gọi 0912345678",
            "0912.345.678",
            "+84 912-345-678",
            "(84)912345678",
            "thẻ 0081 9000 1234",
        ] {
            assert!(private.is_in(line), "{line}");
        }
        for line in ["3.500.000 đ", "22/11/2026", "0912 345 679", "912"] {
            assert!(!private.is_in(line), "{line}");
        }
        assert!(!of("", "số nhà 12, tổ 3").is_in("12 hộ, 3 khẩu"));
    }

    #[test]
    fn what_is_found_is_taken_out_and_nothing_else() {
        let private = of("Nguyễn Minh Hòa", "0912345678");
        assert_eq!(
            private.hide("Hộ ông Nguyễn Minh Hoà (0912 345 678) cần giống"),
            "Hộ ông … (…) cần giống"
        );
        assert!(matches!(private.hide("Giống ngô"), Cow::Borrowed(_)));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_looked_through(names in "\\PC{0,30}", line in "\\PC{0,60}") {
            let private = of(&names, &names);
            let hidden = private.hide(&line).into_owned();
            proptest::prop_assert!(private.is_in(&line) || hidden == line);
        }
    }
}
