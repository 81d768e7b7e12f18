//! Attendance held against duties.

use super::*;
use crate::domain::Every;

#[test]
fn a_duty_is_kept_by_its_cadre_at_its_cell_and_no_more_than_it_asks() {
    let duty = |number, person, quota| AssignmentFacts {
        head: head(number, "2026-12-31"),
        person: Some(PersonId([person; 16])),
        cell: body("chi bộ nà khá"),
        site: None,
        from: Some(day("2026-01-01")),
        to: Some(day("2026-12-31")),
        quota,
        every: None,
    };
    let meeting = |number, on, person, cell, kind: &str| MeetingFacts {
        head: Head {
            category: Some(kind.to_owned()),
            ..head(number, on)
        },
        body: body(cell),
        sites: Vec::new(),
        people: vec![PersonId([person; 16])],
        attendance: 7,
    };
    let cell = "chi bộ nà khá";
    let asked = asked(Rows {
        assignments: vec![duty(1, 1, Some(2)), duty(2, 2, Some(3)), duty(3, 3, None)],
        meetings: vec![
            meeting(4, "2026-10-01", 1, cell, "cell_regular"),
            meeting(5, "2026-10-08", 1, cell, "cell_regular"),
            meeting(6, "2026-10-15", 1, cell, "cell_thematic"),
            meeting(7, "2026-10-15", 2, "chi bộ khác", "cell_regular"),
            meeting(8, "2026-10-16", 2, cell, "village"),
            meeting(9, "2026-10-17", 2, cell, "reception_periodic"),
            meeting(10, "2026-10-18", 2, "", "dialogue"),
        ],
        ..Rows::default()
    });
    assert_eq!(asked.share(TallyId::CellsAttended), (2, 5));
    assert_eq!(asked.count(TallyId::MeetingsAttended), 6);
    assert_eq!(asked.count(TallyId::ReceptionsPeriodic), 1);
    assert_eq!(asked.count(TallyId::ReceptionPeople), 7);
    assert_eq!(asked.count(TallyId::Dialogues), 1);
}

#[test]
fn a_quota_that_begins_anew_each_month_is_owed_in_each_month_of_the_period() {
    let duty = AssignmentFacts {
        head: head(1, "2026-12-31"),
        person: Some(PersonId([1; 16])),
        cell: body(""),
        site: None,
        from: Some(day("2026-01-01")),
        to: Some(day("2026-12-31")),
        quota: Some(2),
        every: Some(Every::Month),
    };
    let meeting = |number, on| MeetingFacts {
        head: Head {
            category: Some("cell_regular".to_owned()),
            ..head(number, on)
        },
        body: body("a"),
        sites: Vec::new(),
        people: vec![PersonId([1; 16])],
        attendance: 0,
    };
    let days = ["2026-10-01", "2026-10-02", "2026-10-03", "2026-09-30"];
    let meetings = (2..).zip(days).map(|(number, on)| meeting(number, on));
    let asked = asked(Rows {
        assignments: vec![duty],
        meetings: meetings.collect(),
        ..Rows::default()
    });
    // The period is October; more than is asked for does not count.
    assert_eq!(asked.share(TallyId::CellsAttended), (2, 2));
}
