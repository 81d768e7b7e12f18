//! Words for days, folded: Vietnamese with its usual short forms, and English.
//!
//! Knows words only; the arithmetic is done by the reader.

use chrono::Weekday;

/// Days from today that a word means.
pub(super) fn day_from_today(typed: &str) -> Option<i64> {
    match typed {
        "hom nay" | "hnay" | "hn" | "nay" | "today" => Some(0),
        "hom qua" | "hqua" | "hq" | "qua" | "yesterday" => Some(-1),
        "hom kia" | "hkia" | "hk" => Some(-2),
        "ngay mai" | "mai" | "tomorrow" => Some(1),
        "ngay kia" | "mot" => Some(2),
        _ => None,
    }
}

/// The day of the week that a word means; Vietnamese counts Monday as the second.
pub(super) fn weekday(typed: &str) -> Option<Weekday> {
    match typed {
        "t2" | "thu 2" | "thu hai" | "mon" | "monday" => Some(Weekday::Mon),
        "t3" | "thu 3" | "thu ba" | "tue" | "tuesday" => Some(Weekday::Tue),
        "t4" | "thu 4" | "thu tu" | "wed" | "wednesday" => Some(Weekday::Wed),
        "t5" | "thu 5" | "thu nam" | "thursday" => Some(Weekday::Thu),
        "t6" | "thu 6" | "thu sau" | "fri" | "friday" => Some(Weekday::Fri),
        "t7" | "thu 7" | "thu bay" | "sat" | "saturday" => Some(Weekday::Sat),
        "cn" | "chu nhat" | "sun" | "sunday" => Some(Weekday::Sun),
        _ => None,
    }
}

/// Takes the words out of `ngày 22 tháng 11 năm 2026`.
pub(super) fn without_labels(typed: &str) -> String {
    let spaced = typed
        .replace("ngay ", "")
        .replace(" thang ", "/")
        .replace(" nam ", "/");
    spaced.trim().to_owned()
}
