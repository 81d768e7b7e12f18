//! The guard against text that a spreadsheet would run as a formula: an apostrophe before it, which an
//! import takes off again. Nothing else is changed, so that every text comes back as it was.

use std::borrow::Cow;

const GUARD: char = '\'';

/// Tells whether a spreadsheet may take the text for a formula, behind any guards before it.
fn runs(text: &str) -> bool {
    let bare = text.trim_start_matches(GUARD);
    let starts = |bare: &str| bare.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    starts(bare.trim_start()) || bare.starts_with(['\t', '\r', '\n'])
}

/// Puts the guard before text that needs it.
pub fn guard(text: &str) -> Cow<'_, str> {
    if runs(text) {
        Cow::Owned(format!("{GUARD}{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Takes off what [`guard`] put there, once.
pub fn unguard(text: &str) -> &str {
    match text.strip_prefix(GUARD) {
        Some(bare) if runs(text) => bare,
        Some(_) | None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_guarded() {
        for text in [
            "=1+1",
            "=HYPERLINK(\"http://x\",\"y\")",
            "=cmd|' /C calc'!A0",
            "@SUM(1)",
            "+84 912 345 678",
            "-2+3",
            "- gạch đầu dòng",
            "\t=1",
            "\rx",
            "\n=1",
            " =1+1",
            "\u{a0}=1",
            "＝1+1",
            "'=1",
            "''=1",
            "' =1",
        ] {
            let guarded = guard(text);
            assert_eq!(guarded, format!("'{text}"));
            assert_eq!(unguard(&guarded), text);
        }
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in [
            "", "Nà Hang", "'", "'tên'", "1.234", "a=b", "3-4", "''", "  x",
        ] {
            assert_eq!(guard(text), text);
            assert_eq!(unguard(text), text);
        }
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in "['=+\\-@ \t\r\na]{0,6}.{0,4}") {
            let guarded = guard(&text);
            prop_assert_eq!(unguard(&guarded), text.as_str());
        }
    }
}
