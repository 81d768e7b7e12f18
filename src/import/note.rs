//! What a note says of the numbers beside it: that they are a total of others.

use crate::domain::Summing;
use crate::text::clean::nfc;

/// Words for a total of others. Marks count: "số công" is work done, "số cộng" a total.
const WORDS: &[&str] = &[
    "lũy kế",
    "luỹ kế",
    "cộng dồn",
    "số cộng",
    "cả tỉnh",
    "toàn tỉnh",
];

/// Reads whether a note says that the record is a total. A town's or a programme's total is only a
/// remark.
pub(super) fn summing(note: &str) -> Summing {
    if note.is_empty() {
        return Summing::Summed;
    }
    let note = nfc(note).to_lowercase();
    let stands = |word: &&str| {
        note.match_indices(*word).any(|(at, _)| {
            let before = note.get(..at).and_then(|text| text.chars().next_back());
            let behind = note
                .get(at + word.len()..)
                .and_then(|text| text.chars().next());
            let part_of_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            !part_of_word(before) && !part_of_word(behind)
        })
    };
    if WORDS.iter().any(stands) {
        Summing::Cumulative
    } else {
        Summing::Summed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_told_by_their_words_and_marks() {
        for note in [
            "số toàn tỉnh",
            "Luỹ kế từ đầu năm",
            "Lũy kế",
            "cả tỉnh 143 nhà",
            "SỐ CỘNG nhiều tỉnh",
            "cộng dồn quý I",
            "lu\u{303}y kê\u{301}",
        ] {
            assert_eq!(summing(note), Summing::Cumulative, "{note}");
        }
        for note in [
            "",
            "số công 45",
            "cả huyện 6 tổ",
            "tổng là phép nhân",
            "cá tính",
        ] {
            assert_eq!(summing(note), Summing::Summed, "{note}");
        }
    }
}
