//! Dates of the command line: `2026-11-23` or `23/11/2026`, and nothing else, since scripts use them.

use crate::domain::Day;

/// Reads a date.
pub fn read(text: &str) -> Option<Day> {
    let (year, month, day) = match text.split_once('-') {
        Some((year, rest)) => {
            let (month, day) = rest.split_once('-')?;
            (year, month, day)
        }
        None => {
            let (day, rest) = text.split_once('/')?;
            let (month, year) = rest.split_once('/')?;
            (year, month, day)
        }
    };
    let digits = |text: &str, most: usize| {
        let fits = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| text.parse::<u32>().ok()).flatten()
    };
    let year = digits(year, 4).filter(|year| *year >= 1000)?;
    Day::from_ymd_opt(
        i32::try_from(year).ok()?,
        digits(month, 2)?,
        digits(day, 2)?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_and_only_they_are_read() {
        let day = Day::from_ymd_opt(2026, 11, 2);
        for text in ["2026-11-02", "02/11/2026", "2/11/2026"] {
            assert_eq!(read(text), day, "{text}");
        }
        for text in [
            "2026-02-30",
            "26-11-02",
            "hôm nay",
            "2026/11/02",
            "+2/11/2026",
            "",
            "2026-11",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
