//! What the store promises, one promise a test.

use bacung::domain::{
    Citizen, CommuneCode, Envelope, HelpedNames, HistoryEvent, LabelMatch, Listing, Particulars,
    PlaceChange, PlaceId, RaisedBy, Role, RowTitle, Site, Sort, Stamp, TodayItem, Versioned,
    VisitState,
};
use bacung::store::{Store, StoreError, WriteError};
use redb::backends::InMemoryBackend;

use crate::harness::fault::FaultBackend;
use crate::harness::logbook::{
    Logbook, at, day, profile, query, signer, visit, with_activity, with_concern, with_meeting,
};

fn officer() -> Logbook {
    Logbook::create(InMemoryBackend::new(), Role::Officer)
}

fn notes(logbook: &Logbook, query: &bacung::domain::ListQuery) -> Vec<String> {
    let reader = logbook.store.reader();
    let page = reader.list_visits(query).unwrap();
    let note = |row: &bacung::domain::VisitRow| {
        let dossier = reader.dossier(row.id).unwrap().unwrap();
        dossier.visit.value.note.clone()
    };
    page.rows.iter().map(note).collect()
}

#[test]
fn a_new_logbook_knows_its_member_and_nothing_else() {
    let logbook = officer();
    let reader = logbook.store.reader();
    assert_eq!(reader.profile().unwrap(), profile(Role::Officer));
    let page = reader.list_visits(&query("")).unwrap();
    assert_eq!((page.matching, page.total, page.rows.len()), (0, 0, 0));
    let names = reader.names().unwrap();
    assert_eq!(names.people.len(), 1);
    assert_eq!(names.people[0].0, reader.identity().unwrap().me);
}

#[test]
fn a_saved_visit_is_read_back_as_it_was() {
    let mut logbook = officer();
    let (place, village) = logbook.place("Bản Lãm", 2440);
    let (person, cadre) = logbook.person("Nguyễn Văn Hòa");
    let mut dossier = at(visit("đi bộ", Some("2026-11-22")), Site::Village(place));
    dossier.visit.value.team = vec![person];
    dossier.visit.value.lead = Some(person);
    let dossier = with_activity(dossier, "canal", "Nạo vét kênh");
    let dossier = with_concern(with_meeting(dossier, "bàn về đèn"), "Thiếu nước", None);
    let saved = logbook
        .try_save(dossier, vec![(place, village)], vec![(person, cadre)])
        .unwrap();
    let reader = logbook.store.reader();
    let read = reader.dossier(saved.visit).unwrap().unwrap();
    assert_eq!(read.visit.value.note, "đi bộ");
    assert_eq!(read.state, VisitState::Draft);
    assert_eq!(
        read.activities[0].activity.value.description,
        "Nạo vét kênh"
    );
    assert_eq!(read.activities[0].activity.value.visit, Some(saved.visit));
    assert_eq!(read.meetings.len() + read.concerns.len(), 2);
    let row = reader.list_visits(&query("")).unwrap().rows.remove(0);
    assert_eq!(row.site.village, "Bản Lãm");
    assert_eq!(row.lead, "Nguyễn Văn Hòa");
    assert_eq!((row.activities, row.meetings, row.concerns), (1, 1, 1));
    assert_eq!(
        reader.find(row.code.as_str()).unwrap(),
        [saved.visit.into()]
    );
    assert_eq!(row.code, saved.code);
}

#[test]
fn a_save_writes_only_what_changed() {
    let mut logbook = officer();
    let saved = logbook.save(with_activity(visit("một", None), "road", "Làm đường"));
    let reader = logbook.store.reader();
    let mut dossier = reader.dossier(saved.visit).unwrap().unwrap();
    logbook.save(dossier.clone());
    assert_eq!(reader.history(saved.visit.into()).unwrap().len(), 2);
    dossier.visit.value.note = "hai".into();
    logbook.save(dossier);
    let history = reader.history(saved.visit.into()).unwrap();
    assert_eq!(history.len(), 3);
    assert_eq!(history[2].event, HistoryEvent::Amended(vec!["note"]));
    assert_eq!(history[2].who, "Hoàng Thị Bế");
}

#[test]
fn edits_of_two_readings_merge_or_both_stand() {
    let mut logbook = officer();
    let saved = logbook.save(visit("gốc", None));
    let reader = logbook.store.reader();
    let mut one = reader.dossier(saved.visit).unwrap().unwrap();
    let (mut two, mut three) = (one.clone(), one.clone());
    one.visit.value.note = "một".into();
    two.visit.value.programme = "ba cùng".into();
    three.visit.value.note = "ba".into();
    logbook.save(one);
    logbook.save(two);
    let merged = reader.dossier(saved.visit).unwrap().unwrap();
    assert_eq!(merged.visit.value.note, "một");
    assert_eq!(merged.visit.value.programme, "ba cùng");
    assert_eq!(merged.state, VisitState::Draft);
    logbook.save(three);
    let mut conflict = reader.dossier(saved.visit).unwrap().unwrap();
    assert_eq!(conflict.state, VisitState::Conflict);
    assert_eq!(conflict.visit.conflicts.len(), 1);
    let today = reader.today(day("2026-11-23")).unwrap();
    assert!(matches!(today.items[..], [TodayItem::Conflict(_)]));
    // Another field's edit decides nothing; taking the conflict off the list does.
    conflict.visit.value.unit = "đội 2".into();
    logbook.save(conflict);
    let mut conflict = reader.dossier(saved.visit).unwrap().unwrap();
    assert_eq!(conflict.state, VisitState::Conflict);
    conflict.visit.conflicts.clear();
    logbook.save(conflict);
    let decided = reader.dossier(saved.visit).unwrap().unwrap();
    assert_eq!(decided.state, VisitState::Draft);
    assert_eq!(decided.visit.value.note, "ba");
}

#[test]
fn a_part_left_out_is_withdrawn_and_undo_brings_it_back() {
    let mut logbook = officer();
    let saved = logbook.save(with_activity(visit("x", None), "gifts", "Tặng quà"));
    let reader = logbook.store.reader();
    let mut dossier = reader.dossier(saved.visit).unwrap().unwrap();
    dossier.activities.clear();
    logbook.save(dossier);
    assert!(
        reader
            .dossier(saved.visit)
            .unwrap()
            .unwrap()
            .activities
            .is_empty()
    );
    assert_eq!(reader.list_visits(&query("tang qua")).unwrap().matching, 0);
    let moment = logbook.moment();
    logbook
        .store
        .undo(saved.visit, moment, &mut logbook.ids)
        .unwrap();
    assert_eq!(
        reader
            .dossier(saved.visit)
            .unwrap()
            .unwrap()
            .activities
            .len(),
        1
    );
    assert_eq!(reader.list_visits(&query("tang qua")).unwrap().matching, 1);
    let state = logbook
        .store
        .undo(saved.visit, moment, &mut logbook.ids)
        .unwrap();
    assert_eq!(state, VisitState::Withdrawn);
    assert!(reader.dossier(saved.visit).unwrap().is_none());
    assert_eq!(reader.list_visits(&query("")).unwrap().total, 0);
    let again = logbook.store.undo(saved.visit, moment, &mut logbook.ids);
    assert!(matches!(again, Err(WriteError::NothingToUndo)));
}

#[test]
fn only_a_complete_visit_is_sent_and_withdrawn_ones_are_not_listed() {
    let mut logbook = officer();
    let saved = logbook.save(visit("thiếu", None));
    let moment = logbook.moment();
    let refused = logbook.store.send(saved.visit, moment, &mut logbook.ids);
    assert!(matches!(refused, Err(WriteError::Incomplete(_))));
    let (person, cadre) = logbook.person("Lò Thị Ánh");
    let mut dossier = with_activity(visit("đủ", Some("2026-11-20")), "road", "");
    dossier.visit.value.site = Some(Site::Commune(CommuneCode(2440)));
    dossier.visit.value.team = vec![person];
    dossier.visit.value.lead = Some(person);
    let sent = logbook
        .try_save(dossier, vec![], vec![(person, cadre)])
        .unwrap();
    let moment = logbook.moment();
    logbook
        .store
        .send(sent.visit, moment, &mut logbook.ids)
        .unwrap();
    let again = logbook.store.send(sent.visit, moment, &mut logbook.ids);
    assert!(matches!(again, Err(WriteError::NotAllowed(_))));
    let reader = logbook.store.reader();
    let today = reader.today(day("2026-11-23")).unwrap();
    assert_eq!(today.months.len(), 8);
    assert_eq!(today.months[7].visits, 1);
    assert_eq!(today.days, [(day("2026-11-20"), 1)]);
    assert_eq!((today.waiting, today.not_copied), (1, 2));
    let moment = logbook.moment();
    logbook
        .store
        .withdraw(sent.visit, "nhầm".into(), moment, &mut logbook.ids)
        .unwrap();
    let page = reader.list_visits(&query("")).unwrap();
    assert_eq!((page.matching, page.total), (1, 1));
    let mut withdrawn = query("");
    withdrawn.filters.states = vec![VisitState::Withdrawn];
    assert_eq!(notes(&logbook, &withdrawn), ["đủ"]);
    let dossier = reader.dossier(sent.visit).unwrap().unwrap();
    assert_eq!(dossier.visit.withdrawn.as_deref(), Some("nhầm"));
    let saved_again = logbook.try_save(dossier, vec![], vec![]);
    assert!(matches!(saved_again, Err(WriteError::NotAllowed(_))));
}

#[test]
fn lists_are_windows_in_order_with_undated_rows_last() {
    let mut logbook = officer();
    for (note, date) in [
        ("a", Some("2026-11-01")),
        ("b", None),
        ("c", Some("2026-10-05")),
        ("d", Some("2026-11-20")),
        ("e", None),
        ("f", Some("2026-11-01")),
    ] {
        logbook.save(visit(note, date));
    }
    assert_eq!(notes(&logbook, &query("")), ["d", "f", "a", "c", "e", "b"]);
    let mut oldest = query("");
    oldest.sort = Sort::OldestFirst;
    assert_eq!(notes(&logbook, &oldest), ["c", "a", "f", "d", "b", "e"]);
    let mut window = query("");
    (window.offset, window.limit) = (1, 3);
    assert_eq!(notes(&logbook, &window), ["f", "a", "c"]);
    window.filters.from = Some(day("2026-11-01"));
    window.filters.to = Some(day("2026-11-19"));
    window.offset = 0;
    let page = logbook.store.reader().list_visits(&window).unwrap();
    assert_eq!((page.matching, page.total), (2, 6));
}

#[test]
fn words_find_without_marks_and_labels_by_their_codes() {
    let mut logbook = officer();
    let (place, village) = logbook.place("Đường Âm", 2440);
    let (person, cadre) = logbook.person("Nguyễn Hoà");
    let mut dossier = at(visit("", Some("2026-11-02")), Site::Village(place));
    dossier.visit.value.team = vec![person];
    let dossier = with_activity(dossier, "canal", "Đào kênh");
    let places = vec![(place, village)];
    logbook
        .try_save(dossier, places, vec![(person, cadre)])
        .unwrap();
    logbook.save(visit("nguyễn", None));
    let found = |words: &str| {
        let page = logbook.store.reader().list_visits(&query(words)).unwrap();
        page.matching
    };
    assert_eq!(found("nguyen hoa"), 1);
    assert_eq!(found("NGUYỄN HÒA"), 1);
    assert_eq!(found("nguye"), 2);
    assert_eq!(found("nguye hoa"), 0);
    assert_eq!(found("duong am dao"), 1);
    assert_eq!(found("mương"), 0);
    let mut labelled = query("mương");
    labelled.labels = vec![vec![LabelMatch::Code(
        bacung::domain::Code::new("canal").unwrap(),
    )]];
    let reader = logbook.store.reader();
    assert_eq!(reader.list_visits(&labelled).unwrap().matching, 1);
    let activities = reader.list_records(Listing::Activities, &labelled).unwrap();
    assert_eq!(activities.matching, 1);
    let mut by_commune = query("");
    by_commune.filters.sites = vec![Site::Commune(CommuneCode(2440))];
    assert_eq!(reader.list_visits(&by_commune).unwrap().matching, 1);
}

#[test]
fn renaming_and_merging_villages_reach_every_visit() {
    let mut logbook = officer();
    let (one, first) = logbook.place("Nà Chang", 2440);
    let (two, second) = logbook.place("Nà Khá", 2440);
    let dossier = at(visit("1", Some("2026-01-02")), Site::Village(one));
    logbook
        .try_save(dossier, vec![(one, first), (two, second)], vec![])
        .unwrap();
    let moment = logbook.moment();
    let store = &logbook.store;
    let merged = |into| PlaceChange::Into { into, last: None };
    store
        .change_place(
            one,
            PlaceChange::Name("Bản Mới".into()),
            moment,
            &mut logbook.ids,
        )
        .unwrap();
    let reader = store.reader();
    let matching = |words: &str| reader.list_visits(&query(words)).unwrap().matching;
    assert_eq!((matching("na chang"), matching("ban moi")), (0, 1));
    store
        .change_place(one, merged(two), moment, &mut logbook.ids)
        .unwrap();
    assert_eq!((matching("ban moi"), matching("na kha")), (0, 1));
    store
        .change_place(
            two,
            PlaceChange::Name("Pắc Ban".into()),
            moment,
            &mut logbook.ids,
        )
        .unwrap();
    assert_eq!(matching("pac ban"), 1);
    let mut site = query("");
    site.filters.sites = vec![Site::Village(two)];
    assert_eq!(reader.list_visits(&site).unwrap().matching, 1);
    assert_eq!(reader.names().unwrap().standing().count(), 1);
    let back = store.change_place(two, merged(one), moment, &mut logbook.ids);
    assert!(matches!(back, Err(WriteError::NotFound)));
    let unknown = store.change_place(one, merged(PlaceId([1; 16])), moment, &mut logbook.ids);
    assert!(matches!(unknown, Err(WriteError::NotFound)));
}

#[test]
fn what_is_sealed_or_names_citizens_is_in_no_list_and_no_search() {
    let mut logbook = officer();
    let mut dossier = with_concern(visit("thăm", Some("2026-11-02")), "Đèn tối", None);
    dossier.concerns[0].particulars = Some(Versioned::new(Particulars {
        concern: None,
        raised_by: RaisedBy::Citizen(Citizen {
            name: "Tráng A Pủa".into(),
            contact: String::new(),
            ..Citizen::default()
        }),
        said: "ngõ tối".into(),
        wish: String::new(),
    }));
    let mut dossier = with_activity(dossier, "gifts", "");
    dossier.activities[0].helped = Some(Versioned::new(HelpedNames {
        activity: None,
        names: "Giàng Thị Mỷ".into(),
    }));
    dossier.envelopes.push(Versioned::new(Envelope {
        visit: None,
        number: "PB-77".into(),
        on: Some(day("2026-11-02")),
        body: "Thanh tra tỉnh".into(),
        ..Envelope::default()
    }));
    let saved = logbook.save(dossier.clone());
    let reader = logbook.store.reader();
    for words in ["pua", "my", "giang", "ngo", "pb", "77", "thanh tra"] {
        assert_eq!(
            reader.list_visits(&query(words)).unwrap().matching,
            0,
            "{words}"
        );
    }
    let row = reader
        .list_visits(&query("den toi"))
        .unwrap()
        .rows
        .remove(0);
    assert_eq!(row.concerns, 1);
    let read = reader.dossier(saved.visit).unwrap().unwrap();
    assert_eq!(read.envelopes[0].value.number, "PB-77");
    assert!(read.activities[0].helped.is_some() && read.concerns[0].particulars.is_some());
    for role in [Role::Reviewer, Role::Superior] {
        let mut logbook = Logbook::create(InMemoryBackend::new(), role);
        let refused = logbook.try_save(dossier.clone(), vec![], vec![]);
        assert!(matches!(refused, Err(WriteError::NotHeld)));
        let page = logbook.store.reader().list_visits(&query("")).unwrap();
        assert_eq!(page.total, 0);
    }
}

#[test]
fn promised_answers_wait_on_the_days_screen() {
    let mut logbook = officer();
    let dossier = with_concern(visit("", None), "Nước bẩn", Some("2026-11-30"));
    let mut dossier = with_meeting(dossier, "họp");
    for (text, due) in [("lắp đèn", "2026-11-25"), ("sửa cầu", "2026-12-01")] {
        let promise = bacung::domain::Promise::new(text, Some(day(due)));
        dossier.meetings[0].promises.push(Versioned::new(promise));
    }
    logbook.save(dossier);
    let today = logbook.store.reader().today(day("2026-11-23")).unwrap();
    assert_eq!(today.waiting, 4);
    let dues: Vec<String> = today
        .items
        .iter()
        .filter_map(|item| match item {
            TodayItem::Due { due, row, .. } => {
                let what = match &row.title {
                    RowTitle::Promise { text, .. } => text,
                    RowTitle::Concern { line, .. } => line,
                    _ => panic!("neither promise nor concern"),
                };
                Some(format!("{} {what}", due.expect("a date")))
            }
            TodayItem::Envelope { .. }
            | TodayItem::Draft(_)
            | TodayItem::Returned(_)
            | TodayItem::Conflict(_) => None,
        })
        .collect();
    assert_eq!(
        dues,
        [
            "2026-11-25 lắp đèn",
            "2026-11-30 Nước bẩn",
            "2026-12-01 sửa cầu"
        ]
    );
}

#[test]
fn typing_is_kept_replaced_and_dropped_by_the_save() {
    let disk = FaultBackend::default();
    let mut logbook = Logbook::create(disk.clone(), Role::Officer);
    logbook
        .store
        .keep_typing([1; 16], Stamp(2), b"hai")
        .unwrap();
    logbook
        .store
        .keep_typing([2; 16], Stamp(1), b"mot")
        .unwrap();
    logbook.store.keep_typing([1; 16], Stamp(3), b"ba").unwrap();
    let expected = vec![
        ([2; 16], Stamp(1), b"mot".to_vec()),
        ([1; 16], Stamp(3), b"ba".to_vec()),
    ];
    assert_eq!(logbook.store.reader().typing().unwrap(), expected);
    let save = bacung::store::SaveDossier {
        dossier: visit("", None),
        places: vec![],
        people: vec![],
        typing: Some([1; 16]),
    };
    let moment = logbook.moment();
    logbook.store.save(save, moment, &mut logbook.ids).unwrap();
    logbook.store.drop_typing([2; 16]).unwrap();
    assert_eq!(logbook.store.reader().typing().unwrap(), []);
    drop(logbook);
    let store = Store::open(disk, signer()).unwrap();
    assert_eq!(store.reader().list_visits(&query("")).unwrap().total, 1);
}

#[test]
fn what_is_no_logbook_does_not_open() {
    let empty = Store::open(FaultBackend::default(), signer());
    assert!(matches!(empty, Err(StoreError::NotALogbook)));
    let noise = Store::open(FaultBackend::from_image(vec![7; 40_000]), signer());
    assert!(matches!(noise, Err(StoreError::NotALogbook)));
}

#[test]
fn a_profile_changes_with_its_cadre() {
    let mut logbook = officer();
    let mut profile = profile(Role::Police);
    profile.name = "Hoàng Bế".into();
    let moment = logbook.moment();
    logbook
        .store
        .save_profile(profile.clone(), moment, &mut logbook.ids)
        .unwrap();
    let reader = logbook.store.reader();
    assert_eq!(reader.profile().unwrap(), profile);
    assert_eq!(reader.names().unwrap().people[0].1.name, "Hoàng Bế");
}

#[test]
fn the_last_visit_of_a_member_is_the_newest_that_stands() {
    let mut logbook = officer();
    let first = logbook.save(visit("một", None));
    let second = logbook.save(visit("hai", None));
    let reader = logbook.store.reader();
    let me = reader.identity().unwrap().member;
    assert_eq!(reader.last_visit(me).unwrap(), Some(second.visit));
    let moment = logbook.moment();
    logbook
        .store
        .undo(second.visit, moment, &mut logbook.ids)
        .unwrap();
    assert_eq!(reader.last_visit(me).unwrap(), Some(first.visit));
}
