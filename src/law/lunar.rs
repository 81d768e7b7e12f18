//! The Vietnamese lunar calendar (UTC+7), by the formulas of Hồ Ngọc Đức after Jean Meeus,
//! "Astronomical Algorithms" (1998).
//!
//! Good from 1800 to 2199. Calendars reckoned for Beijing differ now and then: Tết 2030.

use std::f64::consts::PI;

use crate::domain::Day;

/// Whether a month is the second of its number in the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Month {
    Plain(u8),
    /// Tháng nhuận.
    Leap(u8),
}

/// A date of the lunar calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lunar {
    pub year: i32,
    pub month: Month,
    /// 1 to 30.
    pub day: u8,
}

/// Hours by which Vietnam is ahead of UTC, in days.
const HANOI: f64 = 7.0 / 24.0;
/// Days from one new moon to the next, on average.
const MONTH: f64 = 29.530588853;
/// The Julian date of the new moon of 1 January 1900, noon.
const FIRST: f64 = 2_415_021.076_998_695;
/// The Julian day number of 1 January of the year 1.
const YEAR_ONE: i64 = 1_721_426;

/// Gives the lunar date of a day.
pub fn of(day: Day) -> Lunar {
    use chrono::Datelike;
    let number = i64::from(day.num_days_from_ce()) + YEAR_ONE - 1;
    let count = ((number as f64 - FIRST) / MONTH).floor() as i64;
    // The mean month leads to the right new moon or to one just after.
    let starts = (0..3).map(|back| new_moon(count + 1 - back));
    let start = starts.into_iter().find(|start| *start <= number);
    let start = start.unwrap_or(number);
    let mut year = day.year();
    let mut eleventh = month_eleven(year);
    let mut next = eleventh;
    if eleventh >= start {
        eleventh = month_eleven(year - 1);
    } else {
        year += 1;
        next = month_eleven(year);
    }
    let after = (start - eleventh) / 29;
    let mut month = after + 11;
    let mut leap = false;
    if next - eleventh > 365 {
        let offset = leap_offset(eleventh);
        if after >= offset {
            month = after + 10;
            leap = after == offset;
        }
    }
    if month > 12 {
        month -= 12;
    }
    if month >= 11 && after < 4 {
        year -= 1;
    }
    let month = u8::try_from(month).unwrap_or(1);
    Lunar {
        year,
        month: if leap {
            Month::Leap(month)
        } else {
            Month::Plain(month)
        },
        day: u8::try_from(number - start + 1).unwrap_or(1),
    }
}

/// Gives the day of a lunar date; `None` where the year has no such day.
pub fn day(date: Lunar) -> Option<Day> {
    let (month, leap) = match date.month {
        Month::Plain(month) => (month, false),
        Month::Leap(month) => (month, true),
    };
    let year = if month < 11 { date.year - 1 } else { date.year };
    let eleventh = month_eleven(year);
    let mut after = (i64::from(month) + 1) % 12;
    if month_eleven(year + 1) - eleventh > 365 {
        let offset = leap_offset(eleventh);
        if leap || after >= offset {
            after += 1;
        }
    }
    let count = ((eleventh as f64 - FIRST) / MONTH + 0.5).floor() as i64;
    let number = new_moon(count + after) + i64::from(date.day) - 1;
    let from_ce = i32::try_from(number - YEAR_ONE + 1).ok()?;
    Day::from_num_days_from_ce_opt(from_ce).filter(|day| of(*day) == date)
}

/// The day number of the new moon so many months after 1 January 1900.
fn new_moon(count: i64) -> i64 {
    let k = count as f64;
    let t = k / 1236.85;
    let (t2, t3) = (t * t, t * t * t);
    let rad = PI / 180.0;
    let mean = 2_415_020.759_33 + 29.530_588_68 * k + 0.000_117_8 * t2 - 0.000_000_155 * t3
        + 0.000_33 * ((166.56 + 132.87 * t - 0.009_173 * t2) * rad).sin();
    let sun = (359.224_2 + 29.105_356_08 * k - 0.000_033_3 * t2 - 0.000_003_47 * t3) * rad;
    let moon = (306.025_3 + 385.816_918_06 * k + 0.010_730_6 * t2 + 0.000_012_36 * t3) * rad;
    let node = (21.296_4 + 390.670_506_46 * k - 0.001_652_8 * t2 - 0.000_002_39 * t3) * rad;
    let change = (0.173_4 - 0.000_393 * t) * sun.sin() + 0.002_1 * (2.0 * sun).sin()
        - 0.406_8 * moon.sin()
        + 0.016_1 * (2.0 * moon).sin()
        - 0.000_4 * (3.0 * moon).sin()
        + 0.010_4 * (2.0 * node).sin()
        - 0.005_1 * (sun + moon).sin()
        - 0.007_4 * (sun - moon).sin()
        + 0.000_4 * (2.0 * node + sun).sin()
        - 0.000_4 * (2.0 * node - sun).sin()
        - 0.000_6 * (2.0 * node + moon).sin()
        + 0.001_0 * (2.0 * node - moon).sin()
        + 0.000_5 * (2.0 * moon + sun).sin();
    let slow = if t < -11.0 {
        0.001 + 0.000_839 * t + 0.000_226_1 * t2 - 0.000_008_45 * t3 - 0.000_000_081 * t * t3
    } else {
        -0.000_278 + 0.000_265 * t + 0.000_262 * t2
    };
    (mean + change - slow + 0.5 + HANOI).floor() as i64
}

/// The twelfth of the sun's way (0 from the spring equinox) at the beginning of a day in Vietnam.
fn sun_twelfth(number: i64) -> i64 {
    let t = (number as f64 - 2_451_545.5 - HANOI) / 36_525.0;
    let t2 = t * t;
    let rad = PI / 180.0;
    let anomaly = (357.529_10 + 35_999.050_30 * t - 0.000_155_9 * t2 - 0.000_000_48 * t * t2) * rad;
    let mean = 280.466_45 + 36_000.769_83 * t + 0.000_303_2 * t2;
    let centre = (1.914_600 - 0.004_817 * t - 0.000_014 * t2) * anomaly.sin()
        + (0.019_993 - 0.000_101 * t) * (2.0 * anomaly).sin()
        + 0.000_290 * (3.0 * anomaly).sin();
    let longitude = ((mean + centre) * rad).rem_euclid(2.0 * PI);
    (longitude / PI * 6.0).floor() as i64
}

/// The day number at which the month begins that holds the winter solstice of a year.
fn month_eleven(year: i32) -> i64 {
    let end = Day::from_ymd_opt(year, 12, 31);
    let end = end.map_or(0, |day| {
        use chrono::Datelike;
        i64::from(day.num_days_from_ce())
    });
    let number = end + YEAR_ONE - 1;
    let count = ((number as f64 - 2_415_021.0) / MONTH).floor() as i64;
    let start = new_moon(count);
    if sun_twelfth(start) >= 9 {
        new_moon(count - 1)
    } else {
        start
    }
}

/// How many months after the eleventh the leap month lies: the first without a middle of the sun's way.
fn leap_offset(eleventh: i64) -> i64 {
    let count = ((eleventh as f64 - FIRST) / MONTH + 0.5).floor() as i64;
    let mut last = sun_twelfth(new_moon(count + 1));
    for offset in 2..14 {
        let twelfth = sun_twelfth(new_moon(count + offset));
        if twelfth == last {
            return offset - 1;
        }
        last = twelfth;
    }
    13
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Day {
        Day::from_ymd_opt(year, month, day).expect("a day")
    }

    fn lunar(of_day: Day) -> (i32, Month, u8) {
        let lunar = of(of_day);
        (lunar.year, lunar.month, lunar.day)
    }

    /// Mùng 1 Tết and Giỗ Tổ (10/3) of twelve years.
    #[test]
    fn new_year_and_ancestors_day_fall_where_vietnam_keeps_them() {
        for (year, tet, gio_to) in [
            (2024, (2, 10), (4, 18)),
            (2025, (1, 29), (4, 7)),
            (2026, (2, 17), (4, 26)),
            (2027, (2, 6), (4, 16)),
            (2028, (1, 26), (4, 4)),
            (2029, (2, 13), (4, 23)),
            (2030, (2, 2), (4, 12)),
            (2031, (1, 23), (4, 1)),
            (2032, (2, 11), (4, 19)),
            (2033, (1, 31), (4, 9)),
            (2034, (2, 19), (4, 28)),
            (2035, (2, 8), (4, 17)),
        ] {
            let tet = day(year, tet.0, tet.1);
            assert_eq!(lunar(tet), (year, Month::Plain(1), 1), "Tết {year}");
            let gio_to = day(year, gio_to.0, gio_to.1);
            assert_eq!(lunar(gio_to), (year, Month::Plain(3), 10), "Giỗ Tổ {year}");
        }
    }

    #[test]
    fn leap_months_are_told_from_plain_ones() {
        assert_eq!(lunar(day(2025, 7, 25)), (2025, Month::Leap(6), 1));
        assert_eq!(lunar(day(2025, 6, 25)), (2025, Month::Plain(6), 1));
        assert_eq!(lunar(day(2023, 3, 22)), (2023, Month::Leap(2), 1));
        assert_eq!(lunar(day(2033, 12, 22)), (2033, Month::Leap(11), 1));
    }

    #[test]
    fn a_lunar_date_is_found_again_or_is_none() {
        for today in day(1980, 1, 1).iter_days().take(60 * 365) {
            assert_eq!(super::day(of(today)), Some(today));
        }
        let none = |year, month, day| super::day(Lunar { year, month, day });
        assert_eq!(none(2026, Month::Leap(6), 1), None);
        assert_eq!(none(2025, Month::Plain(13), 1), None);
        assert_eq!(none(2026, Month::Plain(1), 31), None);
    }

    #[test]
    fn days_run_on_without_gaps() {
        let mut before = of(day(1900, 1, 1));
        for today in day(1900, 1, 2).iter_days().take(200 * 365) {
            let now = of(today);
            let next = now.day == before.day + 1 && now.month == before.month;
            let turn = now.day == 1 && before.day >= 29 && now.month != before.month;
            assert!(next || turn, "{today}: {before:?} then {now:?}");
            before = now;
        }
    }
}
