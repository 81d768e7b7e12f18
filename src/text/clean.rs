//! Cleans text that was typed, pasted or received, and guards it once more where it is drawn.
//!
//! Keeps what can be read; never trims, translates or corrects spelling.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation;

/// Marks kept on one letter; Vietnamese needs two, and a pile of them paints over other lines.
const MAX_MARKS: usize = 4;

/// What becomes of line ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    Join,
    Keep,
}

/// Composes text to NFC, also where a tone mark comes before the mark of its letter.
pub fn nfc(text: &str) -> String {
    match text.is_ascii() {
        true => text.to_owned(),
        false => compose(text.chars()),
    }
}

/// Cleans text for a field of one line: line ends and tabs become spaces.
pub fn clean_line(text: &str) -> String {
    clean(text, Lines::Join)
}

/// Cleans text of several lines: every kind of line end becomes `\n`.
pub fn clean_text(text: &str) -> String {
    clean(text, Lines::Keep)
}

/// Guards one line on its way to the terminal; borrows when there is nothing to clean.
pub fn for_screen(text: &str) -> Cow<'_, str> {
    match is_clean(text, Lines::Join) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(clean(text, Lines::Join)),
    }
}

/// Tells of most texts quickly that there is nothing to clean; of some it does not tell.
fn is_clean(text: &str, lines: Lines) -> bool {
    let printable = |c: char| (' '..='~').contains(&c) || c == '\n' && lines == Lines::Keep;
    if text.chars().all(printable) {
        return true;
    }
    let plain =
        |c: char| printable(c) || (!is_blank(c) && !is_unwanted(c) && !is_combining_mark(c));
    text.chars().all(plain) && is_nfc_quick(text.chars()) == IsNormalized::Yes
}

/// Begins a text with a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// Cuts after the last whole grapheme that ends within `max` bytes.
pub fn cut_bytes(text: &str, max: usize) -> &str {
    if text.len() <= max {
        return text;
    }
    let end = text
        .grapheme_indices(true)
        .map(|(at, grapheme)| at + grapheme.len())
        .take_while(|end| *end <= max)
        .last();
    text.get(..end.unwrap_or(0)).unwrap_or("")
}

/// Cuts after the last whole grapheme that ends within `max` characters (code points).
pub fn cut_chars(text: &str, max: usize) -> &str {
    match text.char_indices().nth(max) {
        Some((bytes, _)) => cut_bytes(text, bytes),
        None => text,
    }
}

fn clean(text: &str, lines: Lines) -> String {
    match is_clean(text, lines) {
        true => text.to_owned(),
        false => rewrite(text, lines),
    }
}

fn rewrite(text: &str, lines: Lines) -> String {
    let line_end = match lines {
        Lines::Join => ' ',
        Lines::Keep => '\n',
    };
    let mut after_return = false;
    compose(text.chars().filter_map(|c| {
        let second_half = c == '\n' && std::mem::take(&mut after_return);
        after_return = c == '\r';
        match c {
            _ if second_half => None,
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(line_end),
            _ if is_blank(c) => Some(' '),
            _ if is_unwanted(c) => None,
            _ => Some(c),
        }
    }))
}

/// Composes letter by letter: marks in the order Vietnamese letters are built, no more than the cap, none without a letter.
fn compose(chars: impl Iterator<Item = char>) -> String {
    let mut ordered = String::new();
    let mut marks: Vec<char> = Vec::new();
    let mut base = None;
    for c in chars.nfd() {
        if is_combining_mark(c) {
            marks.push(c);
        } else {
            attach(&mut ordered, base, &mut marks);
            ordered.push(c);
            base = Some(c);
        }
    }
    attach(&mut ordered, base, &mut marks);
    ordered.nfc().collect()
}

fn attach(out: &mut String, base: Option<char>, marks: &mut Vec<char>) {
    let Some(letter) = base.filter(|c| *c != '\n') else {
        marks.clear();
        return;
    };
    if matches!(
        letter.to_ascii_lowercase(),
        'a' | 'e' | 'i' | 'o' | 'u' | 'y'
    ) {
        // Stable: only circumflex, breve and horn move before the tones.
        marks.sort_by_key(|mark| !matches!(mark, '\u{302}' | '\u{306}' | '\u{31B}'));
    }
    out.extend(marks.drain(..).take(MAX_MARKS));
}

/// Tells whether a character is a space of another width, or a tab.
fn is_blank(c: char) -> bool {
    matches!(
        c,
        '\t' | '\u{A0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}'
    )
}

/// Tells whether a character is invisible, steers the terminal or the direction, or has no agreed meaning.
fn is_unwanted(c: char) -> bool {
    let code = u32::from(c);
    c.is_control()
        || code & 0xFFFE == 0xFFFE
        || matches!(code,
            // Soft hyphen, grapheme joiner, Arabic and Syriac number signs, letter mark.
            0xAD | 0x34F | 0x600..=0x605 | 0x61C | 0x6DD | 0x70F | 0x890..=0x891 | 0x8E2
            // Fillers and vowels without a shape.
            | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x3164 | 0xFFA0
            // Zero width, line separators, embeddings, overrides, isolates.
            | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F
            // Variation selectors, byte order mark, annotations.
            | 0xFE00..=0xFE0F | 0xFEFF | 0xFFF0..=0xFFFC
            // Private use and noncharacters.
            | 0xE000..=0xF8FF | 0xFDD0..=0xFDEF | 0xF_0000..=0x10_FFFF
            // Format characters beyond the first plane, tags.
            | 0x1_10BD | 0x1_10CD | 0x1_3430..=0x1_343F | 0x1_BCA0..=0x1_BCA3 | 0x1_D173..=0x1_D17A
            | 0xE_0000..=0xE_0FFF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn composes_marks_in_any_order() {
        assert_eq!(nfc("Nguye\u{302}\u{303}n"), "Nguyễn");
        assert_eq!(nfc("Nguye\u{303}\u{302}n"), "Nguyễn");
        assert_eq!(nfc("Nguy\u{1EBD}\u{302}n"), "Nguyễn");
        assert_eq!(
            nfc("Vie\u{323}\u{302}t, Vie\u{302}\u{323}t, Vi\u{1EB9}\u{302}t"),
            "Việt, Việt, Việt"
        );
        assert_eq!(
            nfc("tru\u{31B}o\u{300}\u{31B}ng, tru\u{31B}\u{F2}\u{31B}ng"),
            "trường, trường"
        );
        assert_eq!(nfc("a\u{301}\u{306}n"), "ắn");
        assert_eq!(nfc("ho\u{340}a"), "hòa");
    }

    #[test]
    fn drops_what_cannot_be_read() {
        assert_eq!(
            clean_line("\u{FEFF}Bản\u{200B} Lãm\u{AD}\u{202E}\u{2066}\u{E0041}\u{E000}\u{FFFF}"),
            "Bản Lãm"
        );
        assert_eq!(clean_line("a\u{1b}[31mb\u{7}\u{9b}c"), "a[31mbc");
        assert_eq!(clean_line("một\tđoạn\r\nhai\u{A0}ba"), "một đoạn hai ba");
        assert_eq!(clean_line("e\u{200D}\u{301}"), "é");
    }

    #[test]
    fn keeps_lines_only_where_asked() {
        assert_eq!(
            clean_text("một\r\nhai\rba\u{2028}bốn\n\nnăm"),
            "một\nhai\nba\nbốn\n\nnăm"
        );
        assert_eq!(clean_line("một\nhai"), "một hai");
    }

    #[test]
    fn caps_piles_of_marks() {
        let pile: String = std::iter::once('o')
            .chain(std::iter::repeat_n('\u{335}', 500))
            .collect();
        assert_eq!(clean_line(&pile).chars().count(), 1 + MAX_MARKS);
        assert_eq!(clean_text("\u{301}a\n\u{301}b"), "a\nb");
    }

    #[test]
    fn the_guard_borrows_clean_text() {
        assert!(matches!(for_screen("plain 123"), Cow::Borrowed(_)));
        assert!(matches!(
            for_screen("Nguyễn Văn Hòa ▌ 1.234 đ …"),
            Cow::Borrowed(_)
        ));
        assert_eq!(for_screen("a\u{202E}b\nc"), "ab c");
        assert_eq!(for_screen("hoa\u{300}"), "hoà");
    }

    #[test]
    fn cuts_between_graphemes() {
        assert_eq!(cut_bytes("việt", 4), "vi");
        assert_eq!(cut_bytes("việt", 5), "việ");
        assert_eq!(cut_chars("vie\u{323}\u{302}t", 4), "vi");
        assert_eq!(cut_chars("việt", 3), "việ");
        assert_eq!(cut_chars("việt", 9), "việt");
        assert_eq!(cut_bytes("ệ", 0), "");
    }

    #[test]
    fn a_clean_letter_is_rewritten_as_it_is() {
        for c in (0..0x3_0000).filter_map(char::from_u32) {
            let text = c.to_string();
            for lines in [Lines::Join, Lines::Keep] {
                assert!(
                    !is_clean(&text, lines) || rewrite(&text, lines) == text,
                    "{c:?}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn a_clean_text_is_rewritten_as_it_is(text in "\\PC*|[a-zA-ZăâđêôơưậặượỡÀĐ0-9 ,.\n]{0,40}") {
            for lines in [Lines::Join, Lines::Keep] {
                prop_assert!(!is_clean(&text, lines) || rewrite(&text, lines) == text);
            }
        }

        #[test]
        fn cleaning_twice_changes_nothing(text in "\\PC*|[\\x00-\\u{ff}a-eô\u{300}-\u{345}\u{200b}-\u{202e}\n\r]{0,40}") {
            let line = clean_line(&text);
            prop_assert_eq!(&clean_line(&line), &line);
            prop_assert_eq!(for_screen(&line).into_owned(), line.clone());
            let lines = clean_text(&text);
            prop_assert_eq!(&clean_text(&lines), &lines);
            prop_assert!(!line.chars().any(is_unwanted));
        }

        #[test]
        fn any_text_can_be_cleaned_and_cut(text in any::<String>(), max in 0usize..64) {
            prop_assert_eq!(clean_line(&clean_line(&text)), clean_line(&text));
            prop_assert_eq!(for_screen(&text).into_owned(), clean_line(&text));
            prop_assert!(cut_bytes(&text, max).len() <= max);
            prop_assert!(cut_chars(&text, max).chars().count() <= max);
        }
    }
}
