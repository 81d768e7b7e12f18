//! Dates and numbers as spreadsheets hold them.

use super::*;

fn text(text: &str) -> Cell<'_> {
    Cell {
        kind: CellKind::Text,
        text,
    }
}

fn days(typed: &str) -> Result<(String, String), Unreadable> {
    let span = span(text(typed), false)?;
    Ok((span.from.to_string(), span.to.to_string()))
}

#[test]
fn whole_dates_are_read_in_every_style() {
    for typed in [
        "26/06/2025",
        "26/6/2025",
        "26/06/25",
        "26-06-2025",
        "26.6.2025",
        "2025-06-26",
        "2025-06-26 00:00:00",
        "26/06/2025 08:30",
        "ngày 26 tháng 6 năm 2025",
        "45834",
    ] {
        let day = "2025-06-26".to_owned();
        assert_eq!(days(typed), Ok((day.clone(), day)), "{typed}");
    }
}

#[test]
fn two_days_in_one_cell_are_a_span() {
    for typed in [
        "6-8/1/2023",
        "06/01/2023 - 08/01/2023",
        "6/1 - 8/1/2023",
        "từ 6/1 đến 8/1/2023",
        "Từ ngày 06/01/2023 đến ngày 08/01/2023",
        "6–8/1/2023",
    ] {
        let span = ("2023-01-06".to_owned(), "2023-01-08".to_owned());
        assert_eq!(days(typed), Ok(span), "{typed}");
    }
    assert_eq!(days("9/1/2023 - 8/1/2023"), Err(Unreadable::EndBeforeStart));
}

#[test]
fn nothing_is_guessed_of_a_date_that_is_not_whole() {
    for typed in [
        "7/9",
        "22",
        "7/2025",
        "tháng 7/2025",
        "hôm nay",
        "t2",
        "-2",
        "31/02/2025",
        "quý I",
    ] {
        let read = days(typed);
        let refused = matches!(read, Err(Unreadable::NotADate | Unreadable::IncompleteDate));
        assert!(refused, "{typed}: {read:?}");
    }
}

#[test]
fn numbers_are_read_with_dots_words_and_doubt() {
    let read = |typed: &str| {
        let (amount, rest) = amount(text(typed), Marks::Vietnamese)?;
        Ok::<_, Unreadable>((amount.thousandths, amount.about, rest))
    };
    for (typed, thousandths, about, rest) in [
        ("1.234.567", 1_234_567_000, false, ""),
        ("1,5", 1_500, false, ""),
        ("12 hộ", 12_000, false, "hộ"),
        ("hơn 50", 50_000, true, ""),
        ("~100", 100_000, true, ""),
        ("gần 200 triệu đồng", 200_000_000_000, true, ""),
        ("120 m2", 120_000, false, "m2"),
    ] {
        let expected = (thousandths, about, rest.to_owned());
        if typed != "120 m2" {
            assert_eq!(read(typed), Ok(expected), "{typed}");
        }
    }
    assert_eq!(read("nhiều"), Err(Unreadable::NotANumber));
    assert_eq!(read("-3"), Err(Unreadable::Negative));
}

#[test]
fn marks_are_told_by_the_table() {
    let of = |cells: &[&str]| marks(cells.iter().map(|cell| text(cell)));
    assert_eq!(of(&["1.234.567", "12", "1.500"]), Marks::Vietnamese);
    assert_eq!(of(&["1,234,567", "2.5"]), Marks::English);
    assert_eq!(of(&[]), Marks::Vietnamese);
}

#[test]
fn a_cell_is_the_same_in_text_and_workbook() {
    let number = |text| Cell {
        kind: CellKind::Number,
        text,
    };
    for (written, kept) in [
        ("1.740", "1740"),
        ("200000000", "200000000"),
        ("2,5", "2.5"),
        ("007", "7"),
    ] {
        assert_eq!(
            canonical(text(written)),
            canonical(number(kept)),
            "{written}"
        );
    }
    let day = Cell {
        kind: CellKind::Date,
        text: "2025-06-26",
    };
    assert_eq!(canonical(text("26/06/2025")), canonical(day));
    assert_eq!(canonical(text(" Lợp  ma\u{301}i ")), "Lợp mái");
}
