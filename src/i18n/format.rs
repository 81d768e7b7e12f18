//! Numbers, dates and times as people write them.
//!
//! Owns separators and order. Never reads them back; typed input is read elsewhere.

use chrono::{NaiveDate, NaiveTime};

use super::Language;

impl Language {
    /// Writes a whole number with its thousands set apart: `1.234.567` or `1,234,567`.
    pub fn number(self, number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let mut out = String::with_capacity(digits.len() * 4 / 3 + 1);
        if number < 0 {
            out.push('-');
        }
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                out.push(self.thousands());
            }
            out.push(digit);
        }
        out
    }

    /// Writes a number of thousandths without idle zeros: `1,5` or `1.5`.
    pub fn decimal(self, thousandths: i64) -> String {
        let (whole, rest) = (thousandths / 1000, (thousandths % 1000).unsigned_abs());
        let mut out = self.number(whole);
        if rest == 0 {
            return out;
        }
        if thousandths < 0 && whole == 0 {
            out.insert(0, '-');
        }
        out.push(self.point());
        out.push_str(format!("{rest:03}").trim_end_matches('0'));
        out
    }

    /// Writes a date with its year: `22/11/2026` or `22 Nov 2026`.
    pub fn date(self, date: NaiveDate) -> String {
        match self {
            Self::Vi => date.format("%d/%m/%Y").to_string(),
            Self::En => date.format("%-d %b %Y").to_string(),
        }
    }

    /// Writes a date without its year: `22/11` or `22 Nov`.
    pub fn short_date(self, date: NaiveDate) -> String {
        match self {
            Self::Vi => date.format("%d/%m").to_string(),
            Self::En => date.format("%-d %b").to_string(),
        }
    }

    /// Writes a date of another year in as little room as it takes: `22/11/24` or `22 Nov 24`.
    pub fn other_year(self, date: NaiveDate) -> String {
        match self {
            Self::Vi => date.format("%d/%m/%y").to_string(),
            Self::En => date.format("%-d %b %y").to_string(),
        }
    }

    /// Writes hours and minutes: `08:14`.
    pub fn time(self, time: NaiveTime) -> String {
        time.format("%H:%M").to_string()
    }

    const fn thousands(self) -> char {
        match self {
            Self::Vi => '.',
            Self::En => ',',
        }
    }

    const fn point(self) -> char {
        match self {
            Self::Vi => ',',
            Self::En => '.',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_set_apart_by_thousands() {
        for (number, vi, en) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1_204, "1.204", "1,204"),
            (1_234_567, "1.234.567", "1,234,567"),
            (-45_000, "-45.000", "-45,000"),
            (
                i64::MIN,
                "-9.223.372.036.854.775.808",
                "-9,223,372,036,854,775,808",
            ),
        ] {
            assert_eq!(Language::Vi.number(number), vi);
            assert_eq!(Language::En.number(number), en);
        }
    }

    #[test]
    fn decimals_drop_idle_zeros() {
        for (thousandths, vi, en) in [
            (1_500, "1,5", "1.5"),
            (1_000, "1", "1"),
            (-250, "-0,25", "-0.25"),
            (-1_250, "-1,25", "-1.25"),
            (1_234_567_005, "1.234.567,005", "1,234,567.005"),
        ] {
            assert_eq!(Language::Vi.decimal(thousandths), vi);
            assert_eq!(Language::En.decimal(thousandths), en);
        }
    }

    #[test]
    fn dates_follow_the_language() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 2).expect("a real day");
        assert_eq!(Language::Vi.date(day), "02/11/2026");
        assert_eq!(Language::En.date(day), "2 Nov 2026");
        assert_eq!(Language::Vi.short_date(day), "02/11");
        assert_eq!(Language::En.short_date(day), "2 Nov");
    }
}
