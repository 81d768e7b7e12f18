//! The numbers of a period from hand-made logbooks, each opening to the records behind it.

use bacung::domain::tally::*;
use bacung::domain::*;
use redb::backends::InMemoryBackend;
use serde_json::{Value as Json, json};

use crate::harness::home::Home;
use crate::harness::logbook::{
    Logbook, day, reckoner, visit, with_activity, with_concern, with_meeting,
};

fn officer() -> Logbook {
    Logbook::create(InMemoryBackend::new(), Role::Officer)
}

fn sent(logbook: &mut Logbook, mut dossier: Dossier) -> VisitId {
    dossier.visit.value.origin = Origin::Import;
    let visit = logbook.save(dossier).visit;
    let moment = logbook.moment();
    let sent = logbook.store.send(visit, moment, &mut logbook.ids);
    sent.expect("may be sent");
    visit
}

fn tend(logbook: &mut Logbook, tending: Tending) -> EntityId {
    let moment = logbook.moment();
    let done = logbook.store.tend(tending, None, moment, &mut logbook.ids);
    done.expect("may be done")
}

fn step(logbook: &mut Logbook, concern: ConcernId, act: Act, on: &str) {
    let taken = Taken {
        act,
        on: day(on),
        paper: "12/QĐ".to_owned(),
        body: "UBND xã".to_owned(),
        person: Some(PersonId([1; 16])),
        reason: String::new(),
    };
    tend(logbook, Tending::Step { concern, taken });
}

fn concern_of(logbook: &Logbook, visit: VisitId) -> ConcernId {
    let dossier = logbook.store.reader().dossier(visit).expect("is read");
    let dossier = dossier.expect("stands");
    dossier.concerns[0].concern.id.expect("is saved")
}

/// Asks for one number of a period.
fn number(logbook: &Logbook, id: TallyId, period: &str) -> Value {
    let period = Period::named(period, Basis::Calendar).expect("a period");
    let as_of = period.to.min(day("2026-11-23"));
    let rows = logbook
        .store
        .reader()
        .tally_rows(period, as_of, &reckoner());
    let question = Question {
        period,
        as_of,
        unit: None,
        narrow: Narrow::Sent,
        saturdays: &[],
        communes: &[],
        rows: &rows.expect("are read"),
    };
    tally(id, &question).value()
}

fn share(done: u64, of: u64) -> Value {
    Value::Share { done, of }
}

#[test]
fn a_draft_counts_nowhere_and_linked_visits_once() {
    let mut logbook = officer();
    let road = || with_activity(visit("đường", Some("2026-10-05")), "canal", "mương");
    let one = sent(&mut logbook, road());
    let two = sent(&mut logbook, road());
    logbook.save(road());
    for (id, count) in [(TallyId::Visits, 2), (TallyId::Activities, 2)] {
        assert_eq!(
            number(&logbook, id, "2026-10"),
            Value::Count(count),
            "{id:?}"
        );
    }
    let moment = logbook.moment();
    let linked = logbook.store.decide(
        (two, one),
        Verdict::Linked,
        String::new(),
        moment,
        &mut logbook.ids,
    );
    linked.expect("may be linked");
    for (id, count) in [(TallyId::Visits, 1), (TallyId::Activities, 1)] {
        assert_eq!(
            number(&logbook, id, "2026-10"),
            Value::Count(count),
            "{id:?}"
        );
    }
}

#[test]
fn a_visit_over_the_end_of_a_month_belongs_to_its_last_day() {
    let mut logbook = officer();
    let mut long = with_meeting(visit("dài ngày", Some("2026-11-02")), "nghe dân");
    long.visit.value.from = Some(day("2026-10-30"));
    sent(&mut logbook, long);
    sent(
        &mut logbook,
        with_activity(visit("không ngày", None), "canal", ""),
    );
    for (id, october, november) in [
        (TallyId::Visits, 0, 1),
        (TallyId::MeetingsAttended, 0, 1),
        (TallyId::Nights, 0, 3),
        (TallyId::Undated, 1, 1),
    ] {
        assert_eq!(
            number(&logbook, id, "2026-10"),
            Value::Count(october),
            "{id:?}"
        );
        assert_eq!(
            number(&logbook, id, "2026-11"),
            Value::Count(november),
            "{id:?}"
        );
    }
}

#[test]
fn what_is_done_later_about_an_old_concern_counts_when_it_is_done() {
    let mut logbook = officer();
    let complaint = |logbook: &mut Logbook| {
        let mut dossier = with_concern(visit("", Some("2026-07-06")), "đất", None);
        dossier.concerns[0].concern.value.kind = Some(ConcernKind::Complaint);
        let visit = sent(logbook, dossier);
        concern_of(logbook, visit)
    };
    let [whole, part] = [(); 2].map(|()| complaint(&mut logbook));
    for concern in [whole, part] {
        let label = Label {
            concern: Some(concern),
            kind: Some(LabelKind::Prolonged),
            change: Some(LabelChange::PutOn),
            on: Some(day("2026-08-03")),
            paper: "5/KH".to_owned(),
            ..Label::default()
        };
        tend(&mut logbook, Tending::Label(label.clone()));
        step(&mut logbook, concern, Act::Receive, "2026-08-05");
        step(&mut logbook, concern, Act::Accept, "2026-08-10");
        let off = Label {
            change: Some(LabelChange::TakenOff),
            on: Some(day("2026-10-20")),
            ..label
        };
        tend(&mut logbook, Tending::Label(off));
    }
    let explained = Brought::ByExplanation;
    step(
        &mut logbook,
        part,
        Act::WithdrawPart(explained),
        "2026-10-05",
    );
    step(
        &mut logbook,
        whole,
        Act::WithdrawWhole(explained),
        "2026-10-06",
    );
    step(
        &mut logbook,
        whole,
        Act::Answer(Manner::InPerson),
        "2026-11-02",
    );
    for (id, period, expected) in [
        (TallyId::Withdrawn, "2026-10", share(1, 1)),
        (TallyId::Withdrawn, "2026-11", share(0, 0)),
        (TallyId::WithdrawnBefore, "2026-11", share(1, 1)),
        (TallyId::ProlongedResolved, "2026-10", share(1, 2)),
        (TallyId::ProlongedResolved, "2026-11", share(0, 0)),
        (TallyId::ProlongedResolved, "2026", share(1, 2)),
        (TallyId::AnsweredToCitizen, "2026-07", share(0, 2)),
        (TallyId::AnsweredToCitizen, "2026-Q4", share(0, 0)),
        (TallyId::AnsweredToCitizen, "2026", share(1, 2)),
        (TallyId::Complaints, "2026-07", Value::Count(2)),
        (TallyId::Complaints, "2026-10", Value::Count(0)),
        // The withdrawn one waits for nothing but that the citizen is told, which came too late.
        (TallyId::ConcernsOverdue, "2026-10", Value::Count(2)),
        (TallyId::ConcernsOverdue, "2026-11", Value::Count(1)),
        (TallyId::ConcernsOverdue, "2026-06", Value::Count(0)),
    ] {
        assert_eq!(number(&logbook, id, period), expected, "{id:?} {period}");
    }
}

#[test]
fn what_stands_beside_visits_has_numbers_of_its_own() {
    let mut logbook = officer();
    let reception = |kind, on: &str| {
        Tending::Reception(Versioned::new(Reception {
            kind: Some(kind),
            on: Some(day(on)),
            head: Some(PersonId([1; 16])),
            people: Some(7),
            turns: Some(9),
            ..Reception::default()
        }))
    };
    tend(
        &mut logbook,
        reception(ReceptionKind::Periodic, "2026-10-06"),
    );
    tend(
        &mut logbook,
        reception(ReceptionKind::Regular, "2026-10-07"),
    );
    let spot = |change, on: &str| {
        Tending::Label(Label {
            site: Some(Site::Text("Nà Khá".to_owned())),
            kind: Some(LabelKind::HotSpot),
            change: Some(change),
            on: Some(day(on)),
            paper: "1/TB".to_owned(),
            ..Label::default()
        })
    };
    tend(&mut logbook, spot(LabelChange::PutOn, "2026-09-01"));
    tend(&mut logbook, spot(LabelChange::TakenOff, "2026-11-03"));
    for (id, period, count) in [
        (TallyId::ReceptionsPeriodic, "2026-10", 1),
        (TallyId::ReceptionsRegular, "2026-10", 1),
        (TallyId::ReceptionsUnscheduled, "2026-10", 0),
        (TallyId::ReceptionPeople, "2026-10", 14),
        (TallyId::ReceptionTurns, "2026-10", 18),
        (TallyId::Visits, "2026-10", 0),
        (TallyId::HotSpotsOpen, "2026-08", 0),
        (TallyId::HotSpotsOpen, "2026-10", 1),
        (TallyId::HotSpotsOpen, "2026-11", 0),
    ] {
        assert_eq!(
            number(&logbook, id, period),
            Value::Count(count),
            "{id:?} {period}"
        );
    }
}

/// Every id of the contract is there; each number is as large as its parts and its rows.
#[test]
fn the_command_gives_every_number_and_opens_it() {
    let home = Home::with_demo(120);
    let ask = |more: &[&str]| {
        let args = [&["tally", "2026", "--json", "--as-of", "2026-11-23"], more].concat();
        home.run(&args).json()
    };
    let all = ask(&["--by", "month"]);
    let period = json!({ "from": "2026-01-01", "to": "2026-12-31", "basis": "calendar" });
    assert_eq!(all["period"], period);
    let tallies = all["tallies"].as_object().expect("tallies");
    assert_eq!(tallies.len(), TallyId::ALL.len());
    for (word, _) in TallyId::ALL {
        let one = &tallies[word];
        assert!(one["value"].is_number() || one["of"].is_number(), "{word}");
    }
    let months = tallies["visits"]["by"].as_object().expect("months");
    let sum: i64 = months.values().filter_map(Json::as_i64).sum();
    assert_eq!(tallies["visits"]["value"], sum);
    assert!(sum > 0, "the demo has visits of the year");
    let crossed = ask(&["--id", "visits", "--by", "month,place"]);
    let crossed = crossed["tallies"]["visits"]["by"]
        .as_object()
        .expect("rows");
    let keys = |rows: &serde_json::Map<String, Json>| rows.keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(crossed), keys(months));
    for (month, cells) in crossed {
        let cells = cells.as_object().expect("cells").values();
        assert_eq!(months[month], cells.filter_map(Json::as_i64).sum::<i64>());
    }
    let one = ask(&["--id", "visits", "--rows"]);
    assert_eq!(
        one["tallies"].as_object().map(serde_json::Map::len),
        Some(1)
    );
    let rows = one["tallies"]["visits"]["rows"].as_array().expect("rows");
    assert_eq!(one["tallies"]["visits"]["value"], rows.len());
    let first = rows[0].as_str().expect("a code");
    let shown = home.run(&["show", first, "--json"]).json();
    assert_eq!(shown["kind"], "visit");
    let other = ask(&["--basis", "administrative"]);
    assert_eq!(other["period"]["from"], "2025-12-15");
    assert_eq!(other["period"]["to"], "2026-12-14");
}

#[test]
fn what_is_no_period_is_refused_and_an_empty_one_is_said() {
    let home = Home::with_demo(3);
    for args in [
        &["tally", "2026-13"][..],
        &["tally", "2026-02-01..2026-01-01"],
        &["tally", "2026", "--id", "denunciations"],
        &["tally", "2026", "--rows"],
        &["tally", "2026", "--by", "month,month"],
        &["tally", "2026", "--by", "month,week"],
        &["tally"],
    ] {
        assert_eq!(home.run(args).code, 2, "{args:?}");
    }
    let none = home.run(&["tally", "1999-01-01..1999-01-31", "--json"]);
    assert_eq!(none.code, 0, "{}", none.err);
    assert_eq!(none.json()["tallies"]["visits"]["value"], 0);
    assert!(none.err.contains("chưa có bản ghi nào"), "{}", none.err);
    let unknown = home.run(&["tally", "2026", "--unit", "Đoàn xã Không Có"]);
    assert_eq!(unknown.code, 0, "{}", unknown.err);
    assert!(unknown.err.contains("Không Có"), "{}", unknown.err);
}

#[test]
fn a_closed_period_keeps_its_numbers_and_shows_what_changed_since() {
    let home = Home::with_demo(60);
    let at = |asked: &[&str]| home.run(&[asked, &["--as-of", "2026-11-23"]].concat());
    let open = at(&["close", "2026-11"]);
    assert_eq!(open.code, 1, "{}", open.err);
    assert!(open.err.contains("30/11/2026"), "{}", open.err);
    let before = at(&["tally", "2026-10", "--json"]).json();
    assert_eq!(before["closed"], Json::Null);
    let closed = at(&["close", "2026-10"]);
    assert_eq!(closed.code, 0, "{}", closed.err);
    let again = at(&["close", "2026-10"]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("23/11/2026"), "{}", again.err);
    // The administrative month of that name is another period.
    assert_eq!(
        at(&["close", "2026-10", "--basis", "administrative"]).code,
        0
    );
    let after = at(&["tally", "2026-10", "--json"]).json();
    assert_eq!(after["tallies"], before["tallies"]);
    assert_eq!(
        after["closed"],
        json!({ "at": "2026-11-23", "corrections": {} })
    );
    let list = at(&[
        "list",
        "visits",
        "--from",
        "2026-10-01",
        "--to",
        "2026-10-31",
        "--json",
    ]);
    let list = list.json();
    let mut rows = list["rows"].as_array().expect("rows").iter();
    let sent = rows
        .find(|row| row["state"] == "sent")
        .expect("a sent visit");
    let code = sent["code"].as_str().expect("a code");
    let withdrawn = at(&["withdraw", code, "--reason", "ghi nhầm"]);
    assert_eq!(withdrawn.code, 0, "{}", withdrawn.err);
    let corrected = at(&["tally", "2026-10", "--json"]).json();
    assert_eq!(corrected["tallies"]["visits"], before["tallies"]["visits"]);
    let was = before["tallies"]["visits"]["value"]
        .as_u64()
        .expect("a number");
    let change = json!({ "was": was, "now": was - 1 });
    assert_eq!(corrected["closed"]["corrections"]["visits"], change);
    // A part of the logbook was not frozen.
    let part = at(&["tally", "2026-10", "--confirmed", "--json"]).json();
    assert_eq!(part["closed"], Json::Null);
    let path = home.path().join("a.html");
    let path = path.to_str().expect("UTF-8");
    let paper = at(&[
        "report", "monthly", "2026-10", "--format", "html", "-o", path,
    ]);
    assert_eq!(paper.code, 0, "{}", paper.err);
    let paper = std::fs::read_to_string(path).expect("is there");
    assert!(paper.contains("Đính chính sau khi chốt: Chuyến công tác cơ sở"));
    assert_eq!(at(&["check", "--rebuild"]).code, 0);
    assert_eq!(at(&["tally", "2026-10", "--json"]).json(), corrected);
}
