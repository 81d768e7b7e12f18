//! The traps of each number, case by case.

mod duties;

use super::*;
use crate::domain::{
    Attendance, ConcernKind, ConcernState, ConcernStep, EntityId, EntityKind, Label, LabelChange,
    LabelKind, PersonId, Quantity, Settlement, Site, SiteName, VisitId, Vnd,
};

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn body(name: &str) -> Body {
    Body {
        name: name.to_owned(),
        key: name.to_lowercase(),
    }
}

fn head(number: u8, on: &str) -> Head {
    Head {
        entity: EntityId {
            kind: EntityKind::Visit,
            id: [number; 16],
        },
        state: VisitState::Sent,
        day: on.parse().ok(),
        unit: body("Công an tỉnh"),
        site: SiteName::default(),
        place: String::new(),
        communes: Vec::new(),
        category: None,
        repeat: false,
        cumulative: false,
    }
}

fn visit(number: u8, on: &str, people: &[u8]) -> VisitFacts {
    VisitFacts {
        head: head(number, on),
        group: VisitId([number; 16]),
        nights: 2,
        people: people
            .iter()
            .map(|person| PersonId([*person; 16]))
            .collect(),
        bare: true,
    }
}

fn activity(number: u8, on: &str) -> ActivityFacts {
    ActivityFacts {
        head: head(number, on),
        partners: Vec::new(),
        person_days: Quantity(1500),
        households: 3,
        turns: 40,
        value: Vnd(2_000_000),
    }
}

fn concern(number: u8, on: &str, steps: &[(ConcernStep, &str, ConcernState)]) -> ConcernFacts {
    let step = |(step, on, state): &(ConcernStep, &str, ConcernState)| StepFacts {
        step: *step,
        on: day(on),
        state: *state,
        attendance: (*step == ConcernStep::HoldDialogue).then_some(Attendance::Came),
    };
    ConcernFacts {
        head: head(number, on),
        kind: Some(ConcernKind::Complaint),
        settlement: Settlement::Pending,
        steps: steps.iter().map(step).collect(),
        labels: Vec::new(),
        due: None,
    }
}

fn label(kind: LabelKind, change: LabelChange, on: &str) -> Label {
    Label {
        kind: Some(kind),
        change: Some(change),
        on: Some(day(on)),
        ..Label::default()
    }
}

/// A logbook and how it is asked.
struct Asked<'a> {
    rows: Rows,
    period: &'a str,
    basis: crate::domain::Basis,
    unit: Option<&'a str>,
    narrow: Narrow,
}

fn asked(rows: Rows) -> Asked<'static> {
    Asked {
        rows,
        period: "2026-10",
        basis: crate::domain::Basis::Calendar,
        unit: None,
        narrow: Narrow::Sent,
    }
}

impl Asked<'_> {
    fn with<T>(&self, ask: impl FnOnce(&Question<'_>) -> T) -> T {
        let period = Period::named(self.period, self.basis).expect("a period");
        let saturdays: Vec<Day> = period.weekdays(chrono::Weekday::Sat).collect();
        ask(&Question {
            period,
            as_of: period.to,
            unit: self.unit,
            narrow: self.narrow,
            saturdays: &saturdays,
            communes: &[],
            rows: &self.rows,
        })
    }

    fn count(&self, id: TallyId) -> u64 {
        match self.with(|question| tally(id, question).value()) {
            Value::Count(count) | Value::Decimal(count) => count,
            Value::Share { .. } => panic!("{id:?} is a share"),
        }
    }

    fn share(&self, id: TallyId) -> (u64, u64) {
        match self.with(|question| tally(id, question).value()) {
            Value::Share { done, of } => (done, of),
            Value::Count(_) | Value::Decimal(_) => panic!("{id:?} is no share"),
        }
    }
}

#[test]
fn one_activity_over_many_days_places_and_partners_counts_once() {
    let mut one = activity(1, "2026-10-05");
    one.partners = vec![body("Đoàn xã"), body("Hội Phụ nữ")];
    let mut other = activity(2, "2026-10-06");
    other.head.unit = body("Đoàn xã");
    other.partners = vec![body("Công an tỉnh")];
    let mut asked = asked(Rows {
        activities: vec![one, other, activity(3, "2026-11-01")],
        ..Rows::default()
    });
    assert_eq!(asked.count(TallyId::Activities), 2);
    assert_eq!(asked.count(TallyId::ActivitiesAsPartner), 0);
    assert_eq!(asked.count(TallyId::PersonDays), 3000);
    assert_eq!(asked.count(TallyId::ValueVnd), 4_000_000);
    assert_eq!(asked.count(TallyId::Households), 6);
    assert_eq!(asked.count(TallyId::PeopleTurns), 80);
    asked.unit = Some("công an tỉnh");
    assert_eq!(asked.count(TallyId::Activities), 1);
    assert_eq!(asked.count(TallyId::ActivitiesAsPartner), 1);
}

#[test]
fn drafts_totals_repeats_and_what_has_no_date_are_not_summed() {
    let mut rows = Rows::default();
    for (number, state) in (1..).zip(VisitState::ALL) {
        let mut row = activity(number, "2026-10-05");
        row.head.state = state;
        rows.activities.push(row);
    }
    let mut total = activity(20, "2026-10-05");
    total.head.cumulative = true;
    let mut repeat = activity(21, "2026-10-05");
    repeat.head.repeat = true;
    rows.activities.extend([total, repeat, activity(22, "")]);
    let mut asked = asked(rows);
    // Sent, returned, changed, confirmed and confirmed on paper.
    assert_eq!(asked.count(TallyId::Activities), 5);
    assert_eq!(asked.count(TallyId::Undated), 1);
    asked.narrow = Narrow::Confirmed;
    assert_eq!(asked.count(TallyId::Activities), 1);
    assert_eq!(asked.count(TallyId::Undated), 0);
}

#[test]
fn an_undated_visit_with_parts_is_counted_by_its_parts() {
    let mut divided = visit(1, "", &[]);
    divided.bare = false;
    let asked = asked(Rows {
        visits: vec![divided, visit(2, "", &[])],
        activities: vec![activity(3, ""), activity(4, "")],
        ..Rows::default()
    });
    assert_eq!(asked.count(TallyId::Undated), 3);
}

#[test]
fn persons_are_not_turns_and_linked_visits_are_one() {
    let mut again = visit(2, "2026-10-06", &[1, 3]);
    again.group = VisitId([1; 16]);
    again.head.repeat = true;
    let asked = asked(Rows {
        visits: vec![
            visit(1, "2026-10-05", &[1, 2]),
            again,
            visit(3, "2026-10-20", &[1]),
        ],
        ..Rows::default()
    });
    assert_eq!(asked.count(TallyId::Visits), 2);
    assert_eq!(asked.count(TallyId::Cadres), 3);
    // 1, 2 and 3 on the linked one, 1 on the other.
    assert_eq!(asked.count(TallyId::CadreTurns), 4);
    assert_eq!(asked.count(TallyId::Nights), 4);
}

#[test]
fn an_administrative_month_runs_from_the_fifteenth_to_the_fourteenth() {
    let days = ["2026-09-14", "2026-09-15", "2026-10-14", "2026-10-15"];
    let visits = (1..).zip(days).map(|(number, on)| visit(number, on, &[]));
    let mut asked = asked(Rows {
        visits: visits.collect(),
        ..Rows::default()
    });
    assert_eq!(asked.count(TallyId::Visits), 2);
    asked.basis = crate::domain::Basis::Administrative;
    assert_eq!(asked.count(TallyId::Visits), 2);
    let rows = asked.with(|question| tally(TallyId::Visits, question).rows());
    let expected = [3, 2].map(|number| Behind::Record(head(number, "").entity));
    assert_eq!(rows, expected);
    asked.period = "2026";
    let by = asked.with(|question| {
        tally(TallyId::Visits, question).by(By::Month, crate::domain::Basis::Administrative)
    });
    let across = asked.with(|question| {
        let by = (By::Month, By::Category);
        tally(TallyId::Visits, question).across(by, crate::domain::Basis::Administrative)
    });
    let rows = across.iter().map(|(month, cells)| {
        assert_eq!(cells.keys().collect::<Vec<_>>(), [""], "of no category");
        (month.clone(), cells[""])
    });
    assert_eq!(rows.collect::<std::collections::BTreeMap<_, _>>(), by);
    let by: Vec<(&str, Value)> = by
        .iter()
        .map(|(key, value)| (key.as_str(), *value))
        .collect();
    assert_eq!(
        by,
        [
            ("2026-09", Value::Count(1)),
            ("2026-10", Value::Count(2)),
            ("2026-11", Value::Count(1)),
        ]
    );
}

#[test]
fn an_agency_inspected_twice_is_one_agency_and_two_visits() {
    let inspection = |number, agencies: &[&str]| InspectionFacts {
        head: head(number, "2026-10-05"),
        agencies: agencies.iter().map(|name| body(name)).collect(),
    };
    let asked = asked(Rows {
        inspections: vec![
            inspection(1, &["UBND xã A", "UBND xã B"]),
            inspection(2, &["UBND XÃ A"]),
        ],
        ..Rows::default()
    });
    assert_eq!(asked.count(TallyId::Inspections), 2);
    assert_eq!(asked.count(TallyId::InspectedAgencies), 2);
    assert_eq!(asked.count(TallyId::InspectedAgencyVisits), 3);
}

#[test]
fn only_whole_withdrawals_count_and_a_part_closes_nothing() {
    use ConcernState::{Accepted, Answered, Received, Settled, Transferred, Withdrawn};
    use ConcernStep::{Answer, Receive, Settle, Transfer, WithdrawPart, WithdrawWhole};
    let mut on_the_spot = concern(6, "2026-10-05", &[]);
    on_the_spot.settlement = Settlement::OnTheSpot;
    let asked = asked(Rows {
        concerns: vec![
            concern(1, "2026-08-01", &[(WithdrawPart, "2026-10-02", Accepted)]),
            concern(
                2,
                "2026-08-01",
                &[
                    (WithdrawWhole, "2026-10-03", Withdrawn),
                    (Answer, "2026-10-04", Answered),
                ],
            ),
            concern(
                3,
                "2026-08-01",
                &[
                    (WithdrawPart, "2026-10-02", Accepted),
                    (Settle, "2026-10-20", Settled),
                ],
            ),
            // Told in the period, but closed before it.
            concern(
                4,
                "2026-08-01",
                &[
                    (WithdrawWhole, "2026-09-30", Withdrawn),
                    (Answer, "2026-10-04", Answered),
                ],
            ),
            // Received elsewhere: open again.
            concern(
                5,
                "2026-08-01",
                &[
                    (Transfer, "2026-10-02", Transferred),
                    (Receive, "2026-10-09", Received),
                ],
            ),
            on_the_spot,
        ],
        ..Rows::default()
    });
    assert_eq!(asked.share(TallyId::Withdrawn), (1, 2));
    assert_eq!(asked.share(TallyId::WithdrawnBefore), (1, 1));
    assert_eq!(asked.share(TallyId::AnsweredToCitizen), (1, 1));
}

#[test]
fn a_label_switched_off_still_counts_where_it_stood() {
    use LabelChange::{PutOn, TakenOff};
    use LabelKind::{Prolonged, ReviewList};
    let settled = [(ConcernStep::Settle, "2026-10-10", ConcernState::Settled)];
    let mut rows = Rows::default();
    for (number, changes, steps) in [
        (1, vec![(PutOn, "2026-01-10")], &settled[..]),
        // Taken off within the period.
        (
            2,
            vec![(PutOn, "2026-01-10"), (TakenOff, "2026-10-12")],
            &settled[..],
        ),
        (3, vec![(PutOn, "2026-10-12")], &[][..]),
        // Taken off before it, and put on after it.
        (
            4,
            vec![(PutOn, "2026-01-10"), (TakenOff, "2026-10-01")],
            &settled[..],
        ),
        (5, vec![(PutOn, "2026-11-01")], &settled[..]),
    ] {
        let mut row = concern(number, "2025-12-01", steps);
        let changes = changes.into_iter();
        row.labels = changes
            .map(|(change, on)| label(Prolonged, change, on))
            .collect();
        rows.concerns.push(row);
    }
    let mut listed = concern(
        6,
        "2025-12-01",
        &[(
            ConcernStep::EndByNotice,
            "2026-09-10",
            ConcernState::EndedByNotice,
        )],
    );
    listed.labels = vec![
        label(ReviewList, PutOn, "2026-01-01"),
        label(ReviewList, TakenOff, "2026-09-11"),
    ];
    let mut without = concern(7, "2025-12-01", &[]);
    without.labels = vec![label(ReviewList, PutOn, "2026-01-01")];
    let mut later = concern(8, "2025-12-01", &[]);
    later.labels = vec![label(ReviewList, PutOn, "2026-11-01")];
    rows.concerns.extend([listed, without, later]);
    let asked = asked(rows);
    assert_eq!(asked.share(TallyId::ProlongedResolved), (2, 3));
    assert_eq!(asked.share(TallyId::TerminationNotices), (1, 2));
}

#[test]
fn overdue_is_what_waits_at_the_end_whenever_it_was_heard() {
    let due = |number, on: &str, due: &str| ConcernFacts {
        due: Some(day(due)),
        ..concern(number, on, &[])
    };
    let asked = asked(Rows {
        concerns: vec![
            due(1, "2026-06-01", "2026-07-01"),
            due(2, "2026-10-20", "2026-10-31"),
            due(3, "", "2026-07-01"),
        ],
        ..Rows::default()
    });
    assert_eq!(asked.count(TallyId::ConcernsOverdue), 1);
    assert_eq!(asked.count(TallyId::Concerns), 1);
    assert_eq!(asked.count(TallyId::Undated), 1);
}

#[test]
fn a_hot_spot_is_open_until_it_is_taken_off() {
    let spot = |number, place: &str, change, on: &str| SpotFacts {
        head: head(number, on),
        label: Label {
            site: Some(Site::Text(place.to_owned())),
            ..label(LabelKind::HotSpot, change, on)
        },
    };
    let asked = asked(Rows {
        spots: vec![
            spot(1, "A", LabelChange::PutOn, "2026-01-01"),
            spot(2, "B", LabelChange::PutOn, "2026-02-01"),
            spot(3, "B", LabelChange::PutOn, "2026-03-01"),
            spot(4, "A", LabelChange::TakenOff, "2026-10-31"),
            spot(5, "B", LabelChange::TakenOff, "2026-11-01"),
        ],
        ..Rows::default()
    });
    assert_eq!(asked.count(TallyId::HotSpotsOpen), 1);
}

#[test]
fn a_saturday_counts_once_however_many_were_on_duty() {
    let duties = [
        (1, "2026-10-03"),
        (2, "2026-10-03"),
        (3, "2026-10-10"),
        // A Friday.
        (4, "2026-10-09"),
    ];
    let asked = asked(Rows {
        duties: duties.map(|(number, on)| head(number, on)).to_vec(),
        ..Rows::default()
    });
    assert_eq!(asked.share(TallyId::SaturdaysOnDuty), (2, 5));
    let rows = asked.with(|question| tally(TallyId::SaturdaysOnDuty, question).rows());
    assert_eq!(rows.len(), 3);
}

#[test]
fn communes_without_a_record_are_named() {
    let [here, silent] = [2_200, 2_201].map(CommuneCode);
    let mut sent = visit(1, "2026-10-05", &[]);
    sent.head.communes = vec![here];
    let rows = Rows {
        visits: vec![sent],
        ..Rows::default()
    };
    let covered = [here, silent].map(|code| Covered {
        code,
        name: format!("Xã {}", code.0),
    });
    let asked = asked(rows);
    let found = asked.with(|question| {
        let question = Question {
            communes: &covered,
            ..*question
        };
        tally(TallyId::UnitsWithoutData, &question).rows()
    });
    assert_eq!(found, [Behind::Commune(silent)]);
}
