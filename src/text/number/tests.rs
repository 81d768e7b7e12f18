//! Numbers as officers type them, what is refused and why, and the way back.

use super::*;
use proptest::prelude::*;

fn money(text: &str) -> Result<u64, NumberError> {
    read_money(text, Marks::Vietnamese)
}

fn quantity(text: &str) -> Result<i64, NumberError> {
    read_quantity(text, Marks::Vietnamese)
}

#[test]
fn reads_money_as_it_is_typed() {
    for (text, value) in [
        ("12", 12),
        ("1.234.567", 1_234_567),
        ("1 234 567", 1_234_567),
        ("1\u{a0}234\u{202f}567", 1_234_567),
        ("1,234,567", 1_234_567),
        ("1.234", 1_234),
        ("3500000", 3_500_000),
        ("3.500.000 đ", 3_500_000),
        ("3.500.000đồng", 3_500_000),
        ("3500000 VNĐ", 3_500_000),
        ("3 triệu", 3_000_000),
        ("3 TRIỆU đồng", 3_000_000),
        ("3tr", 3_000_000),
        ("3,5 tr", 3_500_000),
        ("3.5tr", 3_500_000),
        ("3tr5", 3_500_000),
        ("3tr500", 3_500_000),
        ("3 triệu rưỡi", 3_500_000),
        ("3 triệu 500 nghìn", 3_500_000),
        ("3 triệu 500 nghìn đồng", 3_500_000),
        ("1,2 tỷ", 1_200_000_000),
        ("1,2 tỉ", 1_200_000_000),
        ("1 tỷ 2", 1_200_000_000),
        ("1,234 tỷ", 1_234_000_000),
        ("1.234 tỷ", 1_234_000_000_000),
        ("1 tỷ 250 triệu 500 nghìn", 1_250_500_000),
        ("500k", 500_000),
        ("500 nghìn", 500_000),
        ("500 ngàn", 500_000),
        ("500 nghi\u{300}n", 500_000),
        ("+5", 5),
        ("0", 0),
        ("-0", 0),
        ("5,0", 5),
        ("007", 7),
    ] {
        assert_eq!(money(text), Ok(value), "{text}");
    }
}

#[test]
fn says_what_is_wrong() {
    for (text, error) in [
        ("", NumberError::Empty),
        (" \u{200b} ", NumberError::Empty),
        ("đ", NumberError::NotANumber),
        ("-", NumberError::NotANumber),
        ("ba triệu", NumberError::NotANumber),
        ("triệu", NumberError::NotANumber),
        ("12 nhà", NumberError::NotANumber),
        ("1/2", NumberError::NotANumber),
        ("٣", NumberError::NotANumber),
        ("3 nghìn 2 triệu", NumberError::NotANumber),
        ("3tr5 đ 2", NumberError::NotANumber),
        ("12 3", NumberError::BadGrouping),
        ("1.23.456", NumberError::BadGrouping),
        ("1.2.3", NumberError::BadGrouping),
        (".123.456", NumberError::BadGrouping),
        ("1,5", NumberError::NotWhole),
        ("1.5", NumberError::NotWhole),
        ("1,234", NumberError::Ambiguous),
        ("3tr50", NumberError::Ambiguous),
        ("-500k", NumberError::Negative),
        ("999999999999999999999", NumberError::TooLarge),
        ("99999999999999999 tỷ", NumberError::TooLarge),
    ] {
        assert_eq!(money(text), Err(error), "{text}");
    }
    assert_eq!(
        read_count("5 đ", Marks::Vietnamese),
        Err(NumberError::NotANumber)
    );
    assert_eq!(read_count("64", Marks::Vietnamese), Ok(64));
}

#[test]
fn reads_quantities_in_thousandths() {
    for (text, value) in [
        ("1,5", 1_500),
        ("1.5", 1_500),
        ("1,50", 1_500),
        ("0,5", 500),
        (",5", 500),
        ("0.500", 500),
        ("1.234", 1_234_000),
        ("1,234", 1_234),
        ("1.234,5", 1_234_500),
        ("1,234.5", 1_234_500),
        ("1 234,5", 1_234_500),
        ("120", 120_000),
        ("-2,5", -2_500),
        ("−2,5", -2_500),
        ("1,2 nghìn", 1_200_000),
    ] {
        assert_eq!(quantity(text), Ok(value), "{text}");
    }
    assert_eq!(quantity("1,2345"), Err(NumberError::TooPrecise));
    assert_eq!(quantity("99999999999999999"), Err(NumberError::TooLarge));
}

#[test]
fn english_turns_the_marks_round() {
    let read = |text| read_quantity(text, Marks::English);
    assert_eq!(read("1,234"), Ok(1_234_000));
    assert_eq!(read("1.234"), Ok(1_234));
    assert_eq!(read("1,234.5"), Ok(1_234_500));
    assert_eq!(read("1,5"), Ok(1_500));
    assert_eq!(read_money("1,234,567", Marks::English), Ok(1_234_567));
    assert_eq!(read_money("1.2 million", Marks::English), Ok(1_200_000));
    assert_eq!(
        read_money("1.234", Marks::English),
        Err(NumberError::Ambiguous)
    );
}

#[test]
fn writes_with_the_marks_of_the_language() {
    assert_eq!(write_whole(1_234_567, Marks::Vietnamese), "1.234.567");
    assert_eq!(write_whole(1_234_567, Marks::English), "1,234,567");
    assert_eq!(write_whole(12, Marks::Vietnamese), "12");
    assert_eq!(write_quantity(1_234_500, Marks::Vietnamese), "1.234,5");
    assert_eq!(write_quantity(1_234_500, Marks::English), "1,234.5");
    assert_eq!(write_quantity(-50, Marks::Vietnamese), "-0,05");
    assert_eq!(write_quantity(120_000, Marks::Vietnamese), "120");
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>()) {
        let _unread = money(&text).is_ok() | quantity(&text).is_ok();
    }

    #[test]
    fn nothing_numberlike_panics(text in "(-?[0-9., ]{0,25}(tr|tỷ|k| rưỡi| nghìn|đ)?){0,4}") {
        let _unread = money(&text).is_ok() | quantity(&text).is_ok();
        let _unread = read_quantity(&text, Marks::English).is_ok();
    }

    #[test]
    fn what_was_written_is_read_back(value in 0u64..10_000_000_000_000_000, part in -1_000_000_000_000i64..1_000_000_000_000) {
        for marks in [Marks::Vietnamese, Marks::English] {
            prop_assert_eq!(read_money(&write_whole(value, marks), marks), Ok(value));
            prop_assert_eq!(read_quantity(&write_quantity(part, marks), marks), Ok(part));
        }
    }
}
