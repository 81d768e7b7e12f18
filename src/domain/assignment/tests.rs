//! Spans of duties and whether they are kept: cases worked out by hand, and what holds for all of them.

use proptest::prelude::*;

use super::*;

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn stretch(from: &str, to: &str) -> Stretch {
    Stretch {
        from: day(from),
        to: day(to),
    }
}

fn duty(from: &str, to: &str, every: Option<Every>, quota: u32) -> Assignment {
    Assignment {
        from: Some(day(from)),
        to: Some(day(to)),
        every,
        quota: Some(quota),
        ..Assignment::default()
    }
}

#[test]
fn a_quota_begins_anew_with_each_span_and_a_cut_span_asks_for_its_part() {
    let year = stretch("2026-01-01", "2026-12-31");
    for (every, quota, count, first, last) in [
        (
            None,
            4,
            1,
            ("2026-01-15", "2026-12-31", 4),
            ("2026-01-15", "2026-12-31", 4),
        ),
        // 351 of 365 days.
        (
            Some(Every::Year),
            6,
            1,
            ("2026-01-15", "2026-12-31", 5),
            ("2026-01-15", "2026-12-31", 5),
        ),
        // 76 of 90 days: 0 of 1.
        (
            Some(Every::Quarter),
            1,
            4,
            ("2026-01-15", "2026-03-31", 0),
            ("2026-10-01", "2026-12-31", 1),
        ),
        // 17 of 31 days: 1 of 2.
        (
            Some(Every::Month),
            2,
            12,
            ("2026-01-15", "2026-01-31", 1),
            ("2026-12-01", "2026-12-31", 2),
        ),
        // From a Thursday; the year ends on one.
        (
            Some(Every::Week),
            1,
            51,
            ("2026-01-15", "2026-01-18", 0),
            ("2026-12-28", "2026-12-31", 0),
        ),
    ] {
        let spans = duty("2026-01-15", "2026-12-31", every, quota).spans(year);
        assert_eq!(spans.len(), count, "{every:?}");
        for (span, (from, to, owed)) in [(spans[0], first), (spans[count - 1], last)] {
            assert_eq!(span.days, stretch(from, to), "{every:?}");
            assert_eq!(span.owed, Some(owed), "{every:?}");
        }
    }
}

#[test]
fn a_duty_is_behind_where_the_days_that_have_passed_ask_for_more() {
    let quarter = duty("2026-10-01", "2026-12-31", None, 1);
    let year = duty("2026-01-01", "2026-12-31", None, 4);
    let missed = Pace::Missed(1);
    for (duty, on, done, expected, pace) in [
        // 45 and 46 of 92 days: a half is rounded up.
        (&quarter, "2026-11-14", 0, 0, Pace::OnTime),
        (&quarter, "2026-11-15", 0, 1, Pace::Behind(1)),
        (&quarter, "2026-11-24", 1, 1, Pace::Done),
        (&quarter, "2026-12-31", 0, 1, missed),
        (&quarter, "2027-03-01", 0, 1, missed),
        // 327 of 365 days ask for 3.58 of 4.
        (&year, "2026-11-23", 1, 4, Pace::Behind(3)),
        (&year, "2026-11-23", 3, 4, Pace::Behind(1)),
        (&year, "2026-11-23", 4, 4, Pace::Done),
        // Before it has begun nothing is asked.
        (&year, "2025-12-31", 0, 0, Pace::OnTime),
        (&year, "2026-02-01", 0, 0, Pace::OnTime),
        (&year, "2026-02-16", 0, 1, Pace::Behind(1)),
    ] {
        let span = duty.spans(stretch("2026-01-01", "2026-12-31"))[0];
        let kept = Kept::on(span, done, day(on));
        assert_eq!((kept.expected(), kept.pace()), (expected, pace), "{on}");
    }
}

#[test]
fn without_a_quota_nothing_is_owed() {
    let duty = Assignment {
        from: Some(day("2026-01-01")),
        ..Assignment::default()
    };
    let spans = duty.spans(stretch("2026-06-01", "2026-06-30"));
    assert_eq!(spans.len(), 1);
    let kept = Kept::on(spans[0], 0, day("2026-06-15"));
    assert_eq!((kept.pace(), kept.expected()), (Pace::Done, 0));
}

fn days() -> impl Strategy<Value = Day> {
    (0..80_000_i32).prop_map(|at| Day::from_num_days_from_ce_opt(700_000 + at).expect("a day"))
}

fn every() -> impl Strategy<Value = Option<Every>> {
    prop::option::of(prop::sample::select(
        Every::ALL.map(|(every, _)| every).to_vec(),
    ))
}

proptest! {
    /// Spans follow each other without gap or overlap, lie within the duty, and each has a day that was asked for.
    #[test]
    fn spans_cover_what_was_asked_for(
        from in days(), length in 0..4_000_u64, asked in days(), wide in 0..800_u64,
        every in every(), quota in 0..50_u32,
    ) {
        let plus = |day: Day, count| day.checked_add_days(Days::new(count)).expect("a day");
        let (to, within) = (plus(from, length), Stretch { from: asked, to: plus(asked, wide) });
        let found = spans((Some(from), Some(to)), every, Some(quota), within);
        for pair in found.windows(2) {
            prop_assert_eq!(pair[0].days.to.succ_opt(), Some(pair[1].days.from));
        }
        for span in &found {
            prop_assert!(from <= span.days.from && span.days.to <= to);
            prop_assert!(span.days.from <= within.to && within.from <= span.days.to);
            prop_assert!(span.owed <= Some(quota));
        }
        let meet = from.max(within.from) <= to.min(within.to);
        prop_assert_eq!(meet, !found.is_empty());
    }

    /// More days never ask for less, at the end everything is asked, and doing more never puts behind.
    #[test]
    fn what_is_asked_grows_with_the_days(
        from in days(), length in 0..900_u64, at in 0..1_000_i64, done in 0..40_u32, quota in 0..30_u32,
    ) {
        let to = from.checked_add_days(Days::new(length)).expect("a day");
        let span = DutySpan { days: Stretch { from, to }, owed: Some(quota) };
        let on = |offset| Kept::on(span, done, from + chrono::TimeDelta::days(offset));
        prop_assert!(on(at).expected() <= on(at + 1).expected());
        prop_assert!(on(at).expected() <= quota);
        prop_assert_eq!(on(length as i64).expected(), quota);
        let behind = |kept: Kept| match kept.pace() {
            Pace::Done | Pace::OnTime => 0,
            Pace::Behind(count) | Pace::Missed(count) => count,
        };
        let more = Kept { done: done + 1, ..on(at) };
        prop_assert!(behind(more) <= behind(on(at)));
    }
}
