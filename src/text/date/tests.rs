//! Every way officers type a date, the side a short one leans to, and what is refused.

use super::*;
use proptest::prelude::*;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date of the test")
}

/// Monday 23/11/2026.
fn past(text: &str) -> Result<NaiveDate, DateError> {
    read_date(text, day(2026, 11, 23), Lean::Past)
}

fn future(text: &str) -> Result<NaiveDate, DateError> {
    read_date(text, day(2026, 11, 23), Lean::Future)
}

#[test]
fn reads_every_way_of_typing_a_whole_date() {
    for text in [
        "22/11/2026",
        "22-11-2026",
        "22.11.2026",
        "22 11 2026",
        "22/11/26",
        "2026-11-22",
        "2026/11/22",
        "22112026",
        "221126",
        "20261122",
        " 22/11/2026 ",
        "ngày 22 tháng 11 năm 2026",
        "Ngày 22/11/2026",
        "22\u{a0}11\u{a0}2026",
    ] {
        assert_eq!(past(text), Ok(day(2026, 11, 22)), "{text}");
    }
    assert_eq!(past("1/2/2026"), Ok(day(2026, 2, 1)));
    assert_eq!(past("20112026"), Ok(day(2026, 11, 20)));
}

#[test]
fn a_missing_year_leans() {
    for text in ["22/11", "22-11", "22.11", "2211", "ngày 22 tháng 11"] {
        assert_eq!(past(text), Ok(day(2026, 11, 22)), "{text}");
        assert_eq!(future(text), Ok(day(2027, 11, 22)), "{text}");
    }
    assert_eq!(past("23/11"), Ok(day(2026, 11, 23)));
    assert_eq!(future("23/11"), Ok(day(2026, 11, 23)));
    assert_eq!(past("24/12"), Ok(day(2025, 12, 24)));
    assert_eq!(future("1/1"), Ok(day(2027, 1, 1)));
    assert_eq!(past("29/2"), Ok(day(2024, 2, 29)));
    assert_eq!(future("29/02"), Ok(day(2028, 2, 29)));
    assert_eq!(
        read_date("29/2", day(2103, 1, 1), Lean::Past),
        Ok(day(2096, 2, 29))
    );
}

#[test]
fn a_lone_day_leans() {
    assert_eq!(past("22"), Ok(day(2026, 11, 22)));
    assert_eq!(past("23"), Ok(day(2026, 11, 23)));
    assert_eq!(past("24"), Ok(day(2026, 10, 24)));
    assert_eq!(past("31"), Ok(day(2026, 10, 31)));
    assert_eq!(future("22"), Ok(day(2026, 12, 22)));
    assert_eq!(future("31"), Ok(day(2026, 12, 31)));
    assert_eq!(
        read_date("30", day(2027, 3, 1), Lean::Past),
        Ok(day(2027, 1, 30))
    );
    assert_eq!(future("5"), Ok(day(2026, 12, 5)));
}

#[test]
fn reads_words_and_steps() {
    for (text, date) in [
        ("hôm nay", day(2026, 11, 23)),
        ("hom nay", day(2026, 11, 23)),
        ("HN", day(2026, 11, 23)),
        ("today", day(2026, 11, 23)),
        ("hôm qua", day(2026, 11, 22)),
        ("hq", day(2026, 11, 22)),
        ("yesterday", day(2026, 11, 22)),
        ("hôm kia", day(2026, 11, 21)),
        ("-2", day(2026, 11, 21)),
        ("−2", day(2026, 11, 21)),
        ("+3", day(2026, 11, 26)),
        ("- 30", day(2026, 10, 24)),
        ("mai", day(2026, 11, 24)),
    ] {
        assert_eq!(past(text), Ok(date), "{text}");
    }
    assert_eq!(past("ho\u{302}m nay"), Ok(day(2026, 11, 23)));
}

#[test]
fn weekdays_lean_and_hold_today() {
    assert_eq!(past("t2"), Ok(day(2026, 11, 23)));
    assert_eq!(past("T3"), Ok(day(2026, 11, 17)));
    assert_eq!(past("thứ 7"), Ok(day(2026, 11, 21)));
    assert_eq!(past("thứ tư"), Ok(day(2026, 11, 18)));
    assert_eq!(past("cn"), Ok(day(2026, 11, 22)));
    assert_eq!(future("Chủ nhật"), Ok(day(2026, 11, 29)));
    assert_eq!(future("t2"), Ok(day(2026, 11, 23)));
}

#[test]
fn impossible_dates_say_why() {
    assert_eq!(
        past("31/02"),
        Err(DateError::NoSuchDay {
            day: 31,
            month: 2,
            year: None
        })
    );
    assert_eq!(
        past("29/02/2026"),
        Err(DateError::NoSuchDay {
            day: 29,
            month: 2,
            year: Some(2026)
        })
    );
    assert_eq!(
        past("0/5"),
        Err(DateError::NoSuchDay {
            day: 0,
            month: 5,
            year: None
        })
    );
    assert_eq!(past("12/13"), Err(DateError::NoSuchMonth { month: 13 }));
    assert_eq!(
        past("2026-13-01"),
        Err(DateError::NoSuchMonth { month: 13 })
    );
    assert_eq!(past("32"), Err(DateError::NoSuchDayInAnyMonth { day: 32 }));
    assert_eq!(
        past("1/1/0026"),
        Err(DateError::YearOutOfRange { year: 26 })
    );
    assert_eq!(past("-99999"), Err(DateError::TooFar));
    assert_eq!(past(" \u{200b}"), Err(DateError::Empty));
    for text in [
        "ngày",
        "115",
        "22/",
        "/11",
        "22//11",
        "1/2/3",
        "22/11/2026/1",
        "a",
        "--2",
        "+",
        "123456789",
        "٢٢/١١",
    ] {
        assert_eq!(past(text), Err(DateError::NotADate), "{text}");
    }
}

#[test]
fn writes_day_first() {
    assert_eq!(write_date(day(2026, 2, 5)), "05/02/2026");
    assert_eq!(write_day(day(2026, 2, 5)), "05/02");
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>()) {
        let _unread = past(&text).is_ok() | future(&text).is_ok();
    }

    #[test]
    fn nothing_datelike_panics(text in "[-+−/. 0-9tcnhq]{0,12}", offset in -40_000i64..40_000) {
        let today = shifted(day(2026, 11, 23), offset).unwrap_or(day(2026, 11, 23));
        let _unread = read_date(&text, today, Lean::Past).is_ok() | read_date(&text, today, Lean::Future).is_ok();
    }

    #[test]
    fn a_short_date_never_leans_over_today(text in "[0-9]{1,2}(/[0-9]{1,2})?", offset in -40_000i64..40_000) {
        let today = shifted(day(2026, 11, 23), offset).unwrap_or(day(2026, 11, 23));
        prop_assert!(read_date(&text, today, Lean::Past).map_or(true, |date| date <= today));
        prop_assert!(read_date(&text, today, Lean::Future).map_or(true, |date| date >= today));
    }

    #[test]
    fn what_was_written_is_read_back(offset in -40_000i64..60_000) {
        if let Some(date) = shifted(day(2026, 11, 23), offset) {
            prop_assert_eq!(past(&write_date(date)), Ok(date));
            if date <= day(2026, 11, 23) && date > day(2025, 11, 23) {
                prop_assert_eq!(past(&write_day(date)), Ok(date));
            }
        }
    }
}
