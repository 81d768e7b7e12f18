//! Columns of the terminal: measuring, cutting, padding and wrapping by graphemes.
//!
//! Right for composed and decomposed letters alike; expects text that was cleaned.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What stands for the part that was cut off; one column.
const ELLIPSIS: &str = "…";

/// Counts the columns a text takes.
pub fn columns(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// Cuts a text to at most so many columns; a cut text ends in `…`.
pub fn truncate(text: &str, max: usize) -> Cow<'_, str> {
    if columns(text) <= max {
        return Cow::Borrowed(text);
    }
    let Some(room) = max.checked_sub(1) else {
        return Cow::Borrowed("");
    };
    let kept = text.get(..fitting(text, room)).unwrap_or("");
    Cow::Owned(format!("{}{ELLIPSIS}", kept.trim_end()))
}

/// Cuts or fills with spaces behind, to exactly so many columns.
pub fn pad_right(text: &str, width: usize) -> String {
    let text = truncate(text, width);
    let fill = width.saturating_sub(columns(&text));
    format!("{text}{}", " ".repeat(fill))
}

/// Cuts or fills with spaces before, to exactly so many columns: numbers.
pub fn pad_left(text: &str, width: usize) -> String {
    let text = truncate(text, width);
    let fill = width.saturating_sub(columns(&text));
    format!("{}{text}", " ".repeat(fill))
}

/// Breaks a text into lines of at most so many columns, at spaces where there are any.
pub fn wrap(text: &str, max: usize) -> Vec<&str> {
    wrap_ranges(text, max)
        .into_iter()
        .filter_map(|range| text.get(range))
        .collect()
}

/// Gives the bytes of each wrapped line; only the spaces and line end at a break lie in none.
///
/// There is at least one line. A grapheme wider than `max` has a line of its own.
pub fn wrap_ranges(text: &str, max: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for paragraph in text.split('\n') {
        wrap_paragraph(paragraph, start, max, &mut lines);
        start += paragraph.len() + 1;
    }
    lines
}

fn wrap_paragraph(paragraph: &str, offset: usize, max: usize, lines: &mut Vec<Range<usize>>) {
    let mut rest = paragraph;
    let mut start = offset;
    loop {
        let fits = fitting(rest, max);
        if fits == rest.len() {
            lines.push(start..start + rest.len());
            return;
        }
        let end = break_at(rest, fits);
        let (line, tail) = rest.split_at(end);
        lines.push(start..start + line.trim_end_matches(' ').len());
        rest = tail.trim_start_matches(' ');
        start = offset + paragraph.len() - rest.len();
        if rest.is_empty() {
            return;
        }
    }
}

/// Where to break a line of which `fits` bytes have room: at a space, else within the word, never at 0.
fn break_at(line: &str, fits: usize) -> usize {
    let (head, tail) = line.split_at(fits);
    if tail.starts_with(' ') && !head.is_empty() {
        return fits;
    }
    let at_space = head
        .rfind(' ')
        .filter(|at| !line[..*at].trim_matches(' ').is_empty());
    match at_space {
        Some(at) => at,
        None if fits > 0 => fits,
        None => line.graphemes(true).next().map_or(line.len(), str::len),
    }
}

/// Bytes of the longest beginning, in whole graphemes, that takes at most `max` columns.
fn fitting(text: &str, max: usize) -> usize {
    let mut taken = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        taken += grapheme.width();
        if taken > max {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn marks_take_no_column() {
        for name in ["Nguyễn Thị Thuỷ", "Đường trục thôn Pắc Ban", "ệ"] {
            let decomposed: String = name.nfd().collect();
            assert_eq!(columns(name), name.chars().count());
            assert_eq!(columns(&decomposed), columns(name));
        }
    }

    #[test]
    fn truncates_with_an_ellipsis() {
        assert_eq!(truncate("Nà Hang", 7), "Nà Hang");
        assert_eq!(truncate("Nà Hang", 6), "Nà Ha…");
        assert_eq!(truncate("Nà Hang", 4), "Nà…");
        assert_eq!(truncate("Nà Hang", 1), "…");
        assert_eq!(truncate("Nà Hang", 0), "");
        assert_eq!(truncate("Nguye\u{302}\u{303}n", 6), "Nguye\u{302}\u{303}n");
        assert_eq!(truncate("Nguye\u{302}\u{303}n", 5), "Nguy…");
    }

    #[test]
    fn pads_to_the_column() {
        assert_eq!(pad_right("Lãm", 5), "Lãm  ");
        assert_eq!(pad_left("1.234", 7), "  1.234");
        assert_eq!(pad_left("1.234.567", 4), "1.2…");
    }

    #[test]
    fn wraps_at_spaces_and_line_ends() {
        assert_eq!(
            wrap("Đèn đường đoạn qua suối tối", 10),
            ["Đèn đường", "đoạn qua", "suối tối"]
        );
        assert_eq!(wrap("một\n\nhai", 10), ["một", "", "hai"]);
        assert_eq!(wrap("nghiêngnghiêng", 5), ["nghiê", "ngngh", "iêng"]);
        assert_eq!(wrap("a bcdefgh", 4), ["a", "bcde", "fgh"]);
        assert_eq!(wrap("", 5), [""]);
        assert_eq!(wrap("日本", 1), ["日", "本"]);
    }

    proptest! {
        #[test]
        fn truncate_never_exceeds(text in any::<String>(), max in 0usize..30) {
            prop_assert!(columns(&truncate(&text, max)) <= max);
            prop_assert_eq!(columns(&pad_right("Bản Lãm", max)), max);
        }

        #[test]
        fn wrapped_lines_fit_and_lose_only_spaces(text in "[a-eệđ \n]{0,60}", max in 1usize..12) {
            let lines = wrap(&text, max);
            prop_assert!(lines.iter().all(|line| columns(line) <= max));
            let bare = |s: &str| s.replace([' ', '\n'], "");
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
        }

        #[test]
        fn any_text_can_be_wrapped(text in any::<String>(), max in 0usize..12) {
            prop_assert!(!wrap_ranges(&text, max).is_empty());
        }
    }
}
