//! A visit from the first key to the save.

use super::*;
use crate::domain::{Citizen, Code, ConcernKind, Day, Quantity, RaisedBy, Vnd};

fn day(d: u32) -> Day {
    Day::from_ymd_opt(2026, 11, d).expect("a day of November")
}

fn code(text: &str) -> Code {
    Code::new(text).expect("a code")
}

/// The script of the promise: a new village, a typed date, one activity with category, amount,
/// person-days, households, value and source.
fn a_whole_visit(officer: &mut Officer, village: &str) -> Box<SaveVisit> {
    let mut capture = officer.starts();
    officer.fills(&mut capture, &[village]);
    officer.types(&mut capture, "22/11");
    officer.does(&mut capture, &[Action::AddActivity]);
    officer.fills(
        &mut capture,
        &[
            "kenh", "120", "", "45", "", "", "9", "", "", "dong", "3,5tr",
        ],
    );
    let before = officer.keys;
    officer.types(&mut capture, "Nạo vét mương đoạn đầu thôn");
    officer.keys = before;
    officer.does(&mut capture, &[Action::Save]);
    officer.saved()
}

#[test]
fn a_visit_in_an_empty_logbook_takes_at_most_sixty_keys() {
    for (unit, village) in [
        ("Công an xã Nà Hang, tỉnh Tuyên Quang", "Pắc Ban"),
        ("Công an tỉnh Tuyên Quang", "Pắc Ban, nà hang"),
    ] {
        let mut officer = Officer::new(unit);
        let save = a_whole_visit(&mut officer, village);
        assert!(officer.keys <= 60, "{} keys", officer.keys);
        let place = village_of(&save).expect("a village");
        assert_eq!(place.name, "Pắc Ban");
        let commune = place
            .commune
            .and_then(|c| setup().communes.get(c))
            .expect("a commune");
        assert_eq!(commune.name, "Xã Nà Hang");
        let visit = &save.dossier.visit.value;
        assert_eq!((visit.from, visit.to), (Some(day(22)), Some(day(22))));
        assert_eq!((visit.team.as_slice(), visit.lead), (&[ME][..], Some(ME)));
        let activity = &save.dossier.activities[0].activity.value;
        assert_eq!(activity.category, Some(code("canal")));
        assert_eq!(activity.amount, Some(Quantity(120_000)));
        assert_eq!(activity.measure, Some(code("m")));
        assert_eq!(activity.person_days, Some(Quantity(45_000)));
        assert_eq!(activity.beneficiaries[0].kind, Some(code("poor")));
        assert_eq!(activity.beneficiaries[0].households, Some(9));
        assert_eq!(activity.funding[0].source, Some(code("contribution")));
        assert_eq!(activity.funding[0].value, Some(Vnd(3_500_000)));
        assert_eq!(activity.description, "Nạo vét mương đoạn đầu thôn");
        assert_eq!(crate::domain::check(&save.dossier, day(23)), []);
    }
}

#[test]
fn enter_goes_on_and_never_saves() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    for _ in 0..200 {
        officer.does(&mut capture, &[Action::Accept]);
    }
    officer.types(&mut capture, "Pắc Ban");
    for _ in 0..200 {
        officer.does(&mut capture, &[Action::Accept]);
    }
    assert!(officer.effects.is_empty());
    assert_eq!(officer.next, Next::Stay);
}

#[test]
fn enter_takes_the_first_offer() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    officer.does(&mut capture, &[Action::AddActivity]);
    officer.types(&mut capture, "xoa nha");
    officer.does(&mut capture, &[Action::Accept]);
    let item = capture.form.item();
    assert_eq!(
        item.field(Slot::Category, 0).and_then(Field::code),
        Some(&code("makeshift_house"))
    );
    assert_eq!(
        item.field(Slot::Measure, 0).and_then(Field::code),
        Some(&code("house"))
    );
    assert_eq!(capture.form.field().slot, Slot::Amount);
}

#[test]
fn a_village_typed_once_is_offered_again() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let save = a_whole_visit(&mut officer, "Pắc Ban");
    let (id, place) = save.places[0].clone();
    officer.names.places.push((id, place));
    let mut capture = officer.starts();
    officer.fills(&mut capture, &["pac b"]);
    officer.does(&mut capture, &[Action::Save]);
    let save = officer.saved();
    assert_eq!(save.dossier.visit.value.site, Some(Site::Village(id)));
    assert_eq!(save.places, []);
}

#[test]
fn a_new_village_asks_for_its_commune_where_none_is_likely() {
    let mut officer = Officer::new("Công an tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    officer.fills(&mut capture, &["thôn Pắc Ban"]);
    assert_eq!(capture.form.field().slot, Slot::Place);
    assert_eq!(capture.form.field().input.text(), "thôn Pắc Ban, ");
    officer.fills(&mut capture, &["na hang"]);
    assert_eq!(capture.form.field().slot, Slot::From);
    officer.does(&mut capture, &[Action::Save]);
    let save = officer.saved();
    let place = village_of(&save).expect("a village");
    assert_eq!(
        (place.name.as_str(), &place.kind),
        ("Pắc Ban", &Some(code("thon")))
    );
}

#[test]
fn a_commune_itself_can_be_the_place() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    officer.fills(&mut capture, &["xa na hang"]);
    officer.does(&mut capture, &[Action::Save]);
    assert!(matches!(
        officer.saved().dossier.visit.value.site,
        Some(Site::Commune(_))
    ));
}

#[test]
fn wrong_texts_are_said_beside_their_field() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    officer.fills(&mut capture, &["Pắc Ban", "31/2"]);
    assert_eq!(says(&capture, Slot::From), Some("capture-not-a-date"));
    officer.does(&mut capture, &[Action::PreviousField]);
    officer.fills(&mut capture, &["20/11", "19/11"]);
    assert_eq!(says(&capture, Slot::To), Some("capture-end-before-start"));
    goes_to(&mut officer, &mut capture, Slot::From);
    officer.fills(&mut capture, &["+2", "+3"]);
    assert_eq!(says(&capture, Slot::From), Some("capture-future-date"));
    officer.does(&mut capture, &[Action::AddActivity, Action::NextField]);
    officer.fills(&mut capture, &["-5"]);
    assert_eq!(
        says(&capture, Slot::Amount),
        Some("capture-negative-amount")
    );
    assert_eq!(
        says(&capture, Slot::Category),
        Some("capture-category-missing")
    );
}

#[test]
fn what_cannot_be_read_is_not_saved_and_not_lost() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    officer.fills(&mut capture, &["Pắc Ban", "lâu rồi"]);
    officer.does(&mut capture, &[Action::Save]);
    assert!(officer.effects.is_empty());
    assert_eq!(capture.form.field().slot, Slot::From);
    assert_eq!(capture.form.field().input.text(), "lâu rồi");
}

#[test]
fn sending_lists_what_is_missing_and_goes_to_the_first() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    officer.does(&mut capture, &[Action::AddConcern]);
    officer.fills(&mut capture, &["kien", "dien"]);
    officer.does(&mut capture, &[Action::Send]);
    assert!(officer.effects.is_empty());
    assert_eq!(
        officer.said.as_ref().map(Text::id),
        Some("capture-cannot-send")
    );
    assert_eq!(capture.form.field().slot, Slot::Place);
    assert_eq!(says(&capture, Slot::Line), Some("capture-line-missing"));
    officer.fills(&mut capture, &["Pắc Ban"]);
    goes_to(&mut officer, &mut capture, Slot::From);
    capture.click(8 + 2, &mut officer.desk());
    officer.types(&mut capture, "Đèn đường đoạn qua suối tối");
    officer.does(&mut capture, &[Action::Send]);
    assert_eq!(officer.saved().dossier.concerns.len(), 1);
    let outcome = capture.saved(VISIT);
    assert!(matches!(outcome.effects[..], [Effect::Send(VISIT)]));
}

#[test]
fn a_concern_with_everything() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    officer.does(&mut capture, &[Action::AddConcern]);
    officer.fills(
        &mut capture,
        &["phan anh", "nuoc sinh", "Nước sinh hoạt mùa khô", "Nà Khá"],
    );
    officer.presses(&mut capture, KeyCode::Char(' '));
    officer.does(&mut capture, &[Action::NextField]);
    officer.fills(&mut capture, &["30/11", "Lý Thị Mẩy"]);
    officer.does(&mut capture, &[Action::NextField]);
    officer.fills(&mut capture, &["0912", "Mó nước cạn", "Xin bể chứa"]);
    officer.does(&mut capture, &[Action::Save]);
    let save = officer.saved();
    let file = &save.dossier.concerns[0];
    assert_eq!(file.concern.value.kind, Some(ConcernKind::Reflection));
    assert_eq!(file.concern.value.topic, Some(code("water")));
    assert_eq!(
        file.concern.value.settlement,
        crate::domain::Settlement::OnTheSpot
    );
    assert_eq!(file.concern.value.answer_by, Some(day(30)));
    let particulars = &file.particulars.as_ref().expect("particulars").value;
    assert_eq!(particulars.wish, "Xin bể chứa");
    let RaisedBy::Citizen(Citizen { name, .. }) = &particulars.raised_by else {
        panic!("a name was given");
    };
    assert_eq!(name, "Lý Thị Mẩy");
}

#[test]
fn a_denunciation_keeps_nothing_but_its_envelope() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    officer.does(
        &mut capture,
        &[Action::AddConcern, Action::NextField, Action::NextField],
    );
    officer.types(&mut capture, "Ông Đặng Văn Lù nhận tiền");
    goes_to(&mut officer, &mut capture, Slot::Concern);
    officer.fills(&mut capture, &["to cao"]);
    assert_eq!(capture.form.item().part, Part::Envelope);
    let bytes = capture.bytes();
    let canary = "Đặng Văn Lù".as_bytes();
    assert!(!bytes.windows(canary.len()).any(|window| window == canary));
    officer.fills(&mut capture, &["07/PB", "22/11", "Chủ tịch UBND xã"]);
    officer.does(&mut capture, &[Action::Save]);
    let save = officer.saved();
    assert!(save.dossier.concerns.is_empty());
    assert_eq!(save.dossier.envelopes[0].value.number, "07/PB");
    assert_eq!(save.dossier.envelopes[0].value.on, Some(day(22)));
}

#[test]
fn a_crime_report_stops_and_says_where_it_belongs() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    officer.does(&mut capture, &[Action::AddConcern]);
    officer.fills(&mut capture, &["to giac"]);
    assert_eq!(
        capture.form.items.last().map(|item| item.part),
        Some(Part::CrimeReport)
    );
    assert_eq!(
        says(&capture, Slot::Concern),
        Some("capture-hand-over-crime")
    );
    officer.types(&mut capture, "x");
    officer.does(&mut capture, &[Action::Back, Action::Save]);
    for effect in &officer.effects {
        if let Effect::Save(save) = effect {
            assert!(save.dossier.concerns.is_empty() && save.dossier.envelopes.is_empty());
        }
    }
}

#[test]
fn the_team_has_a_lead_and_new_cadres() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    goes_to(&mut officer, &mut capture, Slot::Team);
    officer.types(&mut capture, "Nguyễn Văn Hòa");
    officer.does(&mut capture, &[Action::Accept, Action::PreviousField]);
    officer.types(&mut capture, "*");
    officer.does(&mut capture, &[Action::Save]);
    let save = officer.saved();
    let visit = &save.dossier.visit.value;
    assert_eq!(visit.team.len(), 2);
    assert_eq!(visit.lead, visit.team.last().copied());
    assert_eq!(save.people[0].1.name, "Nguyễn Văn Hòa");
}

#[test]
fn the_team_loses_its_lead_with_the_name() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    goes_to(&mut officer, &mut capture, Slot::Team);
    officer.presses(&mut capture, KeyCode::Backspace);
    assert_eq!(capture.form.lead, None);
    officer.does(&mut capture, &[Action::Send]);
    assert_eq!(says(&capture, Slot::Team), Some("capture-team-missing"));
}

#[test]
fn toggles_are_kept_in_the_order_of_the_list() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    goes_to(&mut officer, &mut capture, Slot::Shared);
    for code in [
        KeyCode::Right,
        KeyCode::Right,
        KeyCode::Char(' '),
        KeyCode::Left,
        KeyCode::Left,
    ] {
        officer.presses(&mut capture, code);
    }
    officer.types(&mut capture, " x");
    officer.does(&mut capture, &[Action::Save]);
    assert_eq!(
        officer.saved().dossier.visit.value.shared,
        [code("eat"), code("work")]
    );
}

#[test]
fn rows_are_added_and_parts_brought_back() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    officer.does(&mut capture, &[Action::AddMeeting]);
    officer.fills(&mut capture, &["hop thon"]);
    goes_to(&mut officer, &mut capture, Slot::Promise);
    officer.fills(&mut capture, &["Lắp đèn"]);
    officer.types(&mut capture, "30/11");
    officer.does(&mut capture, &[Action::AddRow]);
    officer.fills(&mut capture, &["Sửa cầu", "+20"]);
    officer.does(&mut capture, &[Action::RemovePart]);
    assert_eq!(capture.form.items.len(), 1);
    officer.does(&mut capture, &[Action::Undo, Action::Save]);
    let save = officer.saved();
    let promises = &save.dossier.meetings[0].promises;
    assert_eq!(promises.len(), 2);
    assert_eq!(promises[1].value.text, "Sửa cầu");
    assert_eq!(promises[1].value.due, Day::from_ymd_opt(2026, 12, 13));
}

#[test]
fn a_burst_with_line_ends_saves_nothing() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    let outcome = capture.paste("Pắc Ban\r\nNà Hang\r\n", &mut officer.desk());
    assert!(outcome.effects.is_empty());
    assert_eq!(capture.form.field().input.text(), "Pắc Ban Nà Hang");
    goes_to(&mut officer, &mut capture, Slot::Note);
    let outcome = capture.paste(&"Bản làng\n".repeat(20_000), &mut officer.desk());
    assert_eq!(
        outcome.say.as_ref().map(|(_, text)| text.id()),
        Some("capture-paste-cut")
    );
    assert_eq!(capture.cut, Some(capture.form.focus));
    assert!(outcome.effects.is_empty());
}

#[test]
fn typing_is_kept_within_a_second_and_not_more_often() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    assert!(capture.tick(officer.now).is_empty());
    let mut kept = Vec::new();
    for tick in 0..40 {
        officer.types(&mut capture, "a");
        officer.now = Stamp(NOW.0 + tick * 250);
        if !capture.tick(officer.now).is_empty() {
            kept.push(tick * 250);
        }
    }
    assert!(
        kept.windows(2)
            .all(|pair| (750..=1_000).contains(&(pair[1] - pair[0])))
    );
    assert!(kept.len() > 8);
    officer.types(&mut capture, "a");
    let end = officer.now.0;
    let mut idle = (1..=8).flat_map(|n| capture.tick(Stamp(end + n * 250)));
    assert!(idle.next().is_some());
    assert!(idle.next().is_none());
}

#[test]
fn typing_that_the_disk_refused_is_put_down_again_without_another_key() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    officer.types(&mut capture, "Pắc");
    let first = officer.now.0 + 1_000;
    assert_eq!(capture.tick(Stamp(first)).len(), 1);
    assert!(capture.tick(Stamp(first + 1_000)).is_empty());
    assert!(capture.refused().is_none());
    assert!(capture.tick(Stamp(first + 250)).is_empty());
    let again = capture.tick(Stamp(first + 1_000));
    assert!(matches!(again[..], [Effect::KeepTyping { .. }]));
    assert!(capture.tick(Stamp(first + 2_000)).is_empty());
}

#[test]
fn typing_is_on_disk_before_it_is_saved() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    officer.types(&mut capture, "Pắc Khoang");
    officer.does(&mut capture, &[Action::Save]);
    let [Effect::KeepTyping { key, .. }, Effect::Save(save)] = &officer.effects[..] else {
        panic!("kept, then saved");
    };
    assert_eq!(*key, save.typing);
}

#[test]
fn esc_keeps_and_discard_asks_once() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    officer.does(&mut capture, &[Action::Back]);
    assert_eq!(officer.next, Next::Close);
    officer.types(&mut capture, "Pắc");
    officer.does(&mut capture, &[Action::Back]);
    assert_eq!(officer.next, Next::Stay);
    officer.does(&mut capture, &[Action::Back]);
    assert_eq!(officer.next, Next::Leave);
    assert!(matches!(officer.effects[..], [Effect::KeepTyping { .. }]));
    officer.does(&mut capture, &[Action::Discard]);
    officer.types(&mut capture, "x");
    officer.does(&mut capture, &[Action::Discard]);
    assert_eq!(officer.next, Next::Stay);
    officer.does(&mut capture, &[Action::Discard]);
    assert_eq!(officer.next, Next::Discard);
    let again = capture.tick(Stamp(NOW.0 + 10_000));
    assert!(matches!(again[..], [Effect::KeepTyping { .. }]));
}

#[test]
fn marks_tell_a_new_name_from_a_longer_one() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let commune = officer.desk().around.home();
    let place = crate::domain::Place {
        name: "Nà Cái".to_owned(),
        commune,
        ..crate::domain::Place::default()
    };
    officer.names.places.push((PlaceId([77; 16]), place));
    for (typed, known) in [("na ca", true), ("Nà Cá", true), ("Nà Ca", false)] {
        let mut capture = officer.starts();
        officer.fills(&mut capture, &[typed]);
        officer.does(&mut capture, &[Action::Save]);
        let site = officer.saved().dossier.visit.value.site;
        assert_eq!(
            site == Some(Site::Village(PlaceId([77; 16]))),
            known,
            "{typed}"
        );
    }
}

#[test]
fn a_semicolon_stands_between_two_partners() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    officer.fills(&mut capture, &["Pắc Ban"]);
    officer.does(&mut capture, &[Action::AddActivity]);
    goes_to(&mut officer, &mut capture, Slot::Partners);
    officer.fills(&mut capture, &["Đoàn xã; Hội Nông dân ;"]);
    officer.does(&mut capture, &[Action::Save]);
    let partners = &officer.saved().dossier.activities[0]
        .activity
        .value
        .partners;
    assert_eq!(*partners, ["Đoàn xã", "Hội Nông dân"]);
}

#[test]
fn keys_in_a_burst_with_line_ends_save_nothing() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    let burst = "Pắc Ban\n22/11\n\nHoàng\n x\nBa cùng\n\nSửa nhà\n1\n";
    for part in [Action::AddActivity, Action::AddMeeting, Action::AddConcern] {
        for line in burst.repeat(4).lines() {
            officer.types(&mut capture, line);
            officer.does(&mut capture, &[Action::Accept]);
        }
        officer.does(&mut capture, &[part]);
    }
    assert!(officer.effects.is_empty());
    assert_eq!(officer.next, Next::Stay);
    assert_eq!(capture.phase, Phase::Typing);
}
