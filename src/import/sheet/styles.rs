//! Which numbers of a workbook are days: the formats of cells, and serial days.

use chrono::{Days, NaiveDate};

/// Tells whether a built-in format of XLSX (ECMA-376 part 1, 18.8.30) shows a day.
pub(super) fn is_built_in_day(format: u32) -> bool {
    matches!(format, 14..=17 | 22 | 27..=31 | 34..=36 | 50..=54 | 57..=58)
}

/// Tells whether the code of a format shows a day: a `d` or `y` outside quotes and brackets.
pub(super) fn shows_day(code: &str) -> bool {
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => while letters.next().is_some_and(|c| c != '"') {},
            '[' => while letters.next().is_some_and(|c| c != ']') {},
            '\\' | '_' | '*' => drop(letters.next()),
            'd' | 'D' | 'y' | 'Y' => return true,
            _ => {}
        }
    }
    false
}

/// Gives the day of a serial number; the time of day is dropped.
///
/// Counted from 1900 there is a 29 February 1900 that never was, as day 60.
pub(in crate::import) fn day_of_serial(serial: f64, from_1904: bool) -> Option<NaiveDate> {
    // Up to the end of the year 2199.
    if !(0.0..109_600.0).contains(&serial) {
        return None;
    }
    let whole = serial.trunc() as u64;
    let (start, whole) = match (from_1904, whole) {
        (true, whole) => (NaiveDate::from_ymd_opt(1904, 1, 1)?, whole),
        (false, 0 | 60) => return None,
        (false, 1..60) => (NaiveDate::from_ymd_opt(1899, 12, 31)?, whole),
        (false, 61..) => (NaiveDate::from_ymd_opt(1899, 12, 30)?, whole),
    };
    start.checked_add_days(Days::new(whole))
}
