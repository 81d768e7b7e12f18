//! Proves what holds whatever the rules say; the rules as they stand are proven in `config::law`.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::Law;
use super::calendar::{Calendar, Special, is_weekend};
use super::days_off::{Confidence, Dating, DayKind, DaysOff, Holiday, Name, NamedDay, Schedule};
use super::deadline::{Circumstances, Due, Facts, Left, Refused, Starts, Suspension, Warning};
use super::lunar::{self, Lunar, Month};
use super::rules::{
    Basis, Extension, Instance, Kind, Length, Limit, Rule, Rules, Step, Suspended, Trigger, Unit,
    Validity,
};
use crate::domain::{
    Act, ConcernKind, ConcernLife, Day, OpenConcern, PartWithdrawal, PersonId, Taken,
};

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

fn holiday(id: &str, month: u8, of_month: u8) -> Holiday {
    let name = Name {
        vi: id.to_owned(),
        en: id.to_owned(),
    };
    Holiday {
        id: id.to_owned(),
        name,
        dating: Dating::Solar,
        month,
        day: of_month,
        first: 0,
        days: 1,
        validity: Validity {
            from: day("2000-01-01"),
            to: None,
        },
        source: String::new(),
    }
}

fn named(date: &str, kind: DayKind, of: Option<&str>) -> NamedDay {
    NamedDay {
        date: day(date),
        kind,
        of: of.map(str::to_owned),
        name: None,
        confidence: Confidence::Sourced,
        source: String::new(),
    }
}

/// A calendar with one holiday a year and the swaps of one week.
fn calendar() -> Calendar {
    Calendar::new(&DaysOff {
        holidays: vec![holiday("labour", 5, 1)],
        named: vec![
            named("2026-08-22", DayKind::SwappedWork, None),
            named("2026-08-31", DayKind::SwappedOff, None),
        ],
        schedules: vec![Schedule {
            year: 2026,
            source: String::new(),
        }],
    })
}

fn rule(step: Step, trigger: Trigger, unit: Unit, suspended: Option<Suspended>) -> Rule {
    Rule {
        id: format!("{step:?}"),
        kinds: vec![Kind::Complaint],
        instance: None,
        step,
        trigger,
        basis: Basis {
            law: String::new(),
            vi: String::new(),
            en: String::new(),
            article: String::new(),
            checked: true,
            source: String::new(),
        },
        validity: Validity {
            from: day("2000-01-01"),
            to: None,
        },
        limit: Limit::Within(Length {
            days: 30,
            unit,
            complex: Some(45),
            remote: None,
            complex_remote: None,
            several_places: None,
            suspended,
            extension: Some(Extension {
                id: "X".to_owned(),
                days: 30,
                most: 2,
            }),
        }),
    }
}

/// Thirty working days to accept, thirty days to settle.
static LAW: LazyLock<Law> = LazyLock::new(law);

fn law() -> Law {
    let accept = rule(Step::Accept, Trigger::Received, Unit::Working, None);
    let left_out = Some(Suspended::LeftOut);
    let settle = rule(Step::Settle, Trigger::Accepted, Unit::Calendar, left_out);
    Law {
        rules: Rules::default().with(vec![accept, settle], Vec::new(), Vec::new()),
        calendar: calendar(),
    }
}

fn facts(accepted: Day) -> Facts {
    Facts {
        kind: Kind::Complaint,
        instance: Instance::First,
        starts: Starts::default().with(Trigger::Accepted, Some(accepted)),
        circumstances: Circumstances::default(),
        extended: 0,
        suspensions: Vec::new(),
    }
}

fn span(from: &str, to: &str) -> Suspension {
    Suspension {
        from: day(from),
        to: Some(day(to)),
    }
}

fn settle<'a>(law: &'a Law, facts: &Facts) -> (Due<'a>, Vec<Warning>) {
    let found = law.deadlines(facts).expect("facts that can be");
    let mut steps = found.steps.into_iter();
    let due = steps.find(|due| due.step() == Step::Settle);
    (due.expect("is accepted"), found.warnings)
}

#[test]
fn a_holiday_on_a_rest_day_is_made_up_on_the_next_working_day() {
    let calendar = calendar();
    // 1 May 2027 is a Saturday; 1 May 2033 a Sunday.
    for (off, working) in [("2027-05-03", "2027-05-04"), ("2033-05-02", "2033-05-03")] {
        let special = calendar.special(day(off)).expect("is made up").special;
        assert!(matches!(special, Special::MakeUpOff(_)), "{off}");
        assert_eq!(calendar.working_from(day(off)), day(working));
    }
}

#[test]
fn a_file_says_otherwise_than_the_rule() {
    let mut days_off = DaysOff {
        holidays: vec![holiday("labour", 5, 1)],
        ..DaysOff::default()
    };
    days_off.named = vec![
        named("2027-05-04", DayKind::MakeUpOff, Some("labour")),
        named("2028-04-28", DayKind::Holiday, Some("labour")),
        named("2029-05-01", DayKind::AsUsual, None),
    ];
    let calendar = Calendar::new(&days_off);
    assert!(calendar.is_working(day("2027-05-03")), "made up elsewhere");
    assert!(!calendar.is_working(day("2027-05-04")));
    assert!(calendar.is_working(day("2028-05-01")), "kept elsewhere");
    assert!(!calendar.is_working(day("2028-04-28")));
    assert!(!calendar.is_working(day("2029-05-01")), "as usual is off");
}

#[test]
fn a_layer_takes_the_place_of_dates_and_holidays_below() {
    let below = DaysOff {
        holidays: vec![holiday("labour", 5, 1)],
        named: vec![named("2026-08-31", DayKind::SwappedOff, None)],
        ..DaysOff::default()
    };
    let above = DaysOff {
        holidays: vec![holiday("labour", 5, 2)],
        named: vec![named("2026-08-31", DayKind::AsUsual, None)],
        ..DaysOff::default()
    };
    let calendar = Calendar::new(&below.with(above));
    assert!(calendar.is_working(day("2026-08-31")));
    assert!(calendar.is_working(day("2025-05-01")));
    assert!(!calendar.is_working(day("2025-05-02")));
}

#[test]
fn years_without_a_table_know_their_weekends() {
    let calendar = calendar();
    for year in ["1999", "2101", "9999"] {
        let first = day(&format!("{year}-01-01"));
        for day in first.iter_days().take(14) {
            assert_eq!(calendar.is_working(day), !is_weekend(day), "{day}");
        }
    }
}

#[test]
fn overlapping_suspensions_count_once_and_only_after_the_start() {
    let law = &*LAW;
    let mut facts = facts(day("2026-03-02"));
    facts.suspensions = vec![
        span("2026-03-10", "2026-03-14"),
        span("2026-02-20", "2026-03-03"),
        span("2026-03-12", "2026-03-20"),
    ];
    let (due, warnings) = settle(law, &facts);
    // 3 March alone of the first, and 10 to 20 March.
    assert_eq!(due.suspended_days, 12);
    assert_eq!(due.due, day("2026-04-13"));
    assert_eq!(warnings, []);
}

#[test]
fn a_suspension_counts_if_it_begins_by_the_due_date_of_that_time() {
    let law = &*LAW;
    let mut facts = facts(day("2026-03-02"));
    // Due 1 April; the first span moves it to 3 April, where the second begins.
    facts.suspensions = vec![
        span("2026-04-03", "2026-04-04"),
        span("2026-04-01", "2026-04-02"),
    ];
    let (due, warnings) = settle(law, &facts);
    assert_eq!((due.suspended_days, due.due), (4, day("2026-04-05")));
    assert_eq!(due.due_moved, day("2026-04-06"));
    assert_eq!(warnings, []);
    facts.suspensions.pop();
    let (due, warnings) = settle(law, &facts);
    assert_eq!((due.suspended_days, due.due), (0, day("2026-04-01")));
    assert!(matches!(warnings[..], [Warning::AfterDue(_, on)] if on == day("2026-04-01")));
}

#[test]
fn facts_that_cannot_be_are_refused() {
    let law = &*LAW;
    let good = facts(day("2026-03-02"));
    let refused = |facts: Facts| law.deadlines(&facts).expect_err("is refused");
    let mut early = good.clone();
    early.starts = early
        .starts
        .with(Trigger::Received, Some(day("2026-03-03")));
    assert!(matches!(refused(early), Refused::Order { .. }));
    let mut backwards = good.clone();
    backwards.suspensions = vec![span("2026-03-10", "2026-03-09")];
    assert!(matches!(
        refused(backwards),
        Refused::SuspensionBackwards { .. }
    ));
    let mut endless = good.clone();
    endless.suspensions = vec![Suspension {
        from: day("2026-03-10"),
        to: None,
    }];
    assert!(matches!(refused(endless), Refused::SuspensionEndless(_)));
    let extended = Facts {
        extended: 3,
        ..good
    };
    let (asked, most) = (3, 2);
    assert_eq!(
        refused(extended),
        Refused::TooManyExtensions { asked, most }
    );
}

#[test]
fn far_dates_do_not_panic() {
    let law = &*LAW;
    let mut far = facts(day("9999-12-31"));
    far.suspensions = vec![
        span("1000-01-01", "9999-12-31"),
        span("2026-01-01", "2026-01-01"),
    ];
    assert_eq!(law.deadlines(&far), Err(Refused::OutOfReach));
    far = facts(day("9999-06-01"));
    far.suspensions = vec![span("1000-01-01", "9999-05-31")];
    assert!(law.deadlines(&far).is_ok());
    let last = facts(Day::MAX);
    assert_eq!(law.deadlines(&last), Err(Refused::OutOfReach));
}

#[test]
fn time_left_is_told_in_the_unit_of_the_rule() {
    let law = &*LAW;
    let accept = facts(day("2026-04-01"));
    let (due, _) = settle(law, &accept);
    let calendar = &law.calendar;
    // Due on 1 May 2026, a Friday off; moved to Monday 4 May.
    assert_eq!(
        (due.due, due.due_moved),
        (day("2026-05-01"), day("2026-05-04"))
    );
    for (today, left) in [
        ("2026-04-28", Left::Days(3)),
        ("2026-05-01", Left::Today),
        ("2026-05-02", Left::UntilMoved),
        ("2026-05-04", Left::UntilMoved),
        ("2026-05-06", Left::Overdue(2)),
    ] {
        assert_eq!(due.left(day(today), calendar), left, "{today}");
    }
    let mut received = accept;
    received.starts = Starts::default().with(Trigger::Received, Some(day("2026-03-16")));
    let found = law.deadlines(&received).expect("facts that can be");
    // Thirty working days on, Monday 27 April.
    let due = &found.steps[0];
    assert_eq!(due.due, day("2026-04-27"));
    for (today, left) in [
        ("2026-04-24", Left::Days(1)),
        ("2026-04-25", Left::Days(1)),
        ("2026-04-27", Left::Today),
        ("2026-05-02", Left::Overdue(3)),
    ] {
        assert_eq!(due.left(day(today), calendar), left, "{today}");
    }
}

/// The committed table was made from an ephemeris (`tests/lunar.py`), not from these formulas.
#[test]
fn the_lunar_calendar_is_that_of_an_ephemeris_from_1900_to_2100() {
    let table = include_str!("../../tests/data/lunar.csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let mut wrong = Vec::new();
    let mut months = 0;
    for row in reader.records() {
        let row = row.expect("a row");
        let (year, leap) = (row[0].parse().expect("a year"), row[3].parse::<u8>().ok());
        let mut first = day(&row[1]);
        let mut number = 0;
        let mut leapt = false;
        for length in row[2].chars() {
            leapt = !leapt && leap == Some(number);
            if !leapt {
                number += 1;
            }
            let month = if leapt {
                Month::Leap(number)
            } else {
                Month::Plain(number)
            };
            let date = Lunar {
                year,
                month,
                day: 1,
            };
            if lunar::of(first) != date || lunar::day(date) != Some(first) {
                wrong.push(first);
            }
            months += 1;
            first += chrono::TimeDelta::days(if length == 'L' { 30 } else { 29 });
        }
    }
    // The equinox of 1938 and the two new moons lie within a minute of midnight.
    let close = ["1938-08-25", "1938-09-24", "2072-12-09", "2085-10-19"];
    assert_eq!(wrong, close.map(day));
    assert_eq!(months, 2486);
}

fn days(from: std::ops::Range<i64>) -> impl Strategy<Value = Day> {
    from.prop_map(|at| day("2024-01-01") + chrono::TimeDelta::days(at))
}

fn suspensions() -> impl Strategy<Value = Vec<Suspension>> {
    let one = (days(0..1_200), 0_i64..40).prop_map(|(from, length)| Suspension {
        from,
        to: Some(from + chrono::TimeDelta::days(length)),
    });
    prop::collection::vec(one, 0..5)
}

proptest! {
    #[test]
    fn a_later_start_is_never_due_earlier(
        from in days(0..1_000), later in 0_i64..60, suspensions in suspensions(),
    ) {
        let mut early = facts(from);
        early.suspensions = suspensions;
        let mut late = early.clone();
        let on = from + chrono::TimeDelta::days(later);
        late.starts = late.starts.with(Trigger::Accepted, Some(on));
        let (early, _) = settle(&LAW, &early);
        let (late, _) = settle(&LAW, &late);
        prop_assert!(early.due <= late.due);
        prop_assert!(early.due_moved <= late.due_moved);
    }

    #[test]
    fn a_suspension_never_shortens(
        from in days(0..1_000), suspensions in suspensions(), more in suspensions(),
    ) {
        let mut facts = facts(from);
        facts.suspensions = suspensions;
        let (before, _) = settle(&LAW, &facts);
        facts.suspensions.extend(more);
        let (after, _) = settle(&LAW, &facts);
        prop_assert!(before.due <= after.due);
    }

    /// Each day between start and due date is counted or named as left out.
    #[test]
    fn no_day_is_lost(from in days(0..1_000), suspensions in suspensions(), extended in 0_u8..3) {
        let mut facts = facts(from);
        facts.suspensions = suspensions;
        facts.extended = extended;
        facts.starts = facts.starts.with(Trigger::Received, Some(from));
        let found = LAW.deadlines(&facts).expect("facts that can be");
        for due in &found.steps {
            let passed = (due.due - due.from).num_days();
            match due.unit {
                Unit::Calendar => {
                    prop_assert_eq!(passed, i64::from(due.days + due.suspended_days));
                }
                Unit::Working => {
                    let working = LAW.calendar.working_between(due.from, due.due);
                    prop_assert_eq!(working, i64::from(due.days));
                    prop_assert!(LAW.calendar.is_working(due.due));
                }
            }
            prop_assert!(LAW.calendar.is_working(due.due_moved));
            prop_assert_eq!(LAW.calendar.working_from(due.due), due.due_moved);
        }
    }
}

/// What is done about a concern starts its dates; hearing it starts none.
#[test]
fn the_life_of_a_concern_gives_the_facts() {
    let mut life = ConcernLife::heard(ConcernKind::Complaint, day("2026-03-02"));
    let of = |life: &ConcernLife| {
        let concern = OpenConcern::of(life, Some(life.heard_on()), Vec::new());
        let facts = Facts::of_concern(&concern, Instance::First);
        let found = LAW.deadlines(&facts).expect("a life that was checked");
        let dates = found.steps.iter().map(|due| (due.step(), due.due));
        dates.collect::<Vec<_>>()
    };
    assert_eq!(of(&life), []);
    let until = day("2026-03-31");
    for (act, on) in [
        (Act::HandOver, "2026-03-03"),
        (Act::Receive, "2026-03-04"),
        (Act::Accept, "2026-03-10"),
        (Act::Suspend { until }, "2026-03-16"),
        (Act::Resume, "2026-03-21"),
    ] {
        let taken = Taken {
            act,
            on: day(on),
            paper: "1".to_owned(),
            body: "UBND xã".to_owned(),
            person: Some(PersonId([1; 16])),
            reason: "chờ".to_owned(),
        };
        let taken = life.take(taken, PartWithdrawal::NotAllowed);
        assert_eq!(taken, Ok(()), "{act:?}");
    }
    // Thirty working days from the 4th; thirty days from the 10th and five suspended.
    let expected = [
        (Step::Accept, day("2026-04-15")),
        (Step::Settle, day("2026-04-14")),
    ];
    assert_eq!(of(&life), expected);
}
