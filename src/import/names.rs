//! What columns are called, in Vietnamese and English: `config/columns.toml`.

use std::sync::LazyLock;

use crate::config::columns;
use crate::domain::{Column, ColumnField};
use crate::text::fold::syllables;

/// A field with the names of its columns, folded.
type Named = (ColumnField, Vec<String>);

static NAMES: LazyLock<Vec<Named>> = LazyLock::new(|| {
    let named = |(key, names): (String, Vec<String>)| {
        let field = match (ColumnField::of_word(&key), Column::of_key(&key)) {
            (Some(field), _) => field,
            // What an import does not take is known, so that a part of its name is not taken for more.
            (None, Some(column)) if !column.is_of_entries() => ColumnField::Ignored,
            (None, _) => return None,
        };
        Some((field, names.iter().map(|name| joined(name)).collect()))
    };
    columns::names().into_iter().filter_map(named).collect()
});

/// Tells short names, which stand in many headers by chance, so that they count only alone.
fn counts_alone(name: &str) -> bool {
    name.len() <= 5 && !name.contains(' ')
}

/// Finds what a header names.
pub(super) fn field_of(header: &str) -> Option<ColumnField> {
    let whole = joined(header);
    // What stands in brackets is a unit or a hint.
    let bare = joined(header.split(['(', '[']).next().unwrap_or(""));
    let mut best: Option<(usize, ColumnField)> = None;
    for (field, names) in NAMES.iter() {
        for name in names {
            let exact = *name == whole || *name == bare;
            let within = !counts_alone(name) && stands_in(name, &bare);
            let length = name.len() + if exact { 1_000 } else { 0 };
            if (exact || within) && best.is_none_or(|(known, _)| length > known) {
                best = Some((length, *field));
            }
        }
    }
    best.map(|(_, field)| field)
}

fn joined(header: &str) -> String {
    syllables(header).take(40).collect::<Vec<_>>().join(" ")
}

fn stands_in(name: &str, header: &str) -> bool {
    header.match_indices(name).any(|(at, _)| {
        let before = header.get(..at).unwrap_or("");
        let behind = header.get(at + name.len()..).unwrap_or("");
        (before.is_empty() || before.ends_with(' '))
            && (behind.is_empty() || behind.starts_with(' '))
    })
}

/// Words for a thousand in the header of a money column, folded.
const THOUSANDS: &[&str] = &["nghin", "ngan", "1000", "1000d", "1000dong", "000", "000d"];

/// Gives what numbers of a money column are counted in, by its header: `Kinh phí (triệu đồng)`.
pub(super) fn money_unit(header: &str) -> u64 {
    let words: Vec<String> = syllables(header).collect();
    let has = |word: &str| words.iter().any(|known| known == word);
    if has("ty") || has("ti") {
        1_000_000_000
    } else if has("trieu") || has("trd") {
        1_000_000
    } else if THOUSANDS.iter().any(|word| has(word)) {
        1_000
    } else {
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ColumnField::{
        Commune, Date, Description, From, Funding, Households, Ignored, Names, Note, Officers,
        Opinions, Partners, People, PersonDays, QuantityUnit, Remark, Unit, Value,
    };

    #[test]
    fn headers_of_offices_are_understood() {
        for (header, field) in [
            ("Ngày, tháng thực hiện", Date),
            ("Đơn vị", Unit),
            ("ĐƠN VỊ TÍNH", QuantityUnit),
            ("Đơn vị phối hợp thực hiện", Partners),
            ("Số hộ được hỗ trợ", Households),
            ("Số người được hưởng lợi", People),
            ("Số người tham gia", Officers),
            ("Kinh phí (triệu đồng)", Value),
            ("Nguồn kinh phí", Funding),
            ("Họ tên chủ hộ", Names),
            ("Ghi chú", Note),
            ("Xã/phường/thị trấn", Commune),
            ("Nội dung công việc", Description),
            ("Số ngày công", PersonDays),
            ("Từ ngày", From),
            ("STT", Ignored),
            ("source_url_domain", Remark),
            ("value_vnd", Value),
            ("opinions_raised", Opinions),
        ] {
            assert_eq!(field_of(header), Some(field), "{header}");
        }
        assert_eq!(field_of("Thời tiết"), None);
        assert_eq!(field_of(""), None);
    }

    #[test]
    fn money_may_be_counted_in_millions() {
        assert_eq!(money_unit("Kinh phí (triệu đồng)"), 1_000_000);
        assert_eq!(money_unit("Số tiền (1.000đ)"), 1_000);
        assert_eq!(money_unit("Giá trị"), 1);
    }
}
