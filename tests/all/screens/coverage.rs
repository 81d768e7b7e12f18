//! Where the unit has been and how duties stand, on the screen and by keys.

use bacung::app::dialogs::Dialog;
use bacung::app::screens::{Chip, View};
use bacung::app::{Answer, Effect};
use bacung::domain::{
    Assignment, AssignmentId, Code, CommuneCode, Coverage, Day, Every, Kept, Label, LabelChange,
    LabelKind, Names, Place, PlaceId, ReceptionDay, ShortCode, Site, SiteName, Standing, Stretch,
    Tending,
};
use bacung::i18n::Language;

use super::sample::{self, day, person, place};
use super::shots;
use super::stage::Stage;

const SIZE: (u16, u16) = (100, 30);

/// Four meetings a year at each of three cells, by as many as were attended, oldest first.
fn standing(number: u8, who: &str, cell: &str, every: Option<Every>, done: &[u32]) -> Standing {
    let duty = Assignment {
        duty: Code::new("cell_meetings").ok(),
        person: Some(person(number)),
        cell: cell.to_owned(),
        from: Some(day(1, 1)),
        to: Some(day(12, 31)),
        quota: Some(if every.is_none() { 4 } else { 1 }),
        document: "QĐ 12-QĐ/ĐU".to_owned(),
        every,
        ..Assignment::default()
    };
    let spans = duty.spans(Stretch::of_year(2026).expect("a year"));
    let kept = spans.iter().zip(done);
    Standing {
        id: AssignmentId([number; 16]),
        code: ShortCode::of(AssignmentId([number; 16]).into(), 6),
        who: who.to_owned(),
        site: SiteName::default(),
        kept: kept
            .map(|(span, done)| Kept::on(*span, *done, day(11, 23)))
            .collect(),
        duty,
    }
}

fn coverage() -> Coverage {
    let months = |name, months| (Site::Village(place(name)), months);
    Coverage {
        year: 2026,
        visited: vec![
            months("Bản Lãm", [1, 0, 1, 2, 3, 2, 0, 1, 4, 9, 2, 0]),
            months("Nà Chang", [1, 2, 0, 1, 1, 2, 1, 0, 2, 1, 1, 0]),
            (
                Site::Commune(CommuneCode(2221)),
                [0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0],
            ),
        ],
        unplaced: [0; 12],
        on_duty: [3, 10, 17, 24].map(|on| day(10, on)).to_vec(),
        receptions: [5, 19]
            .map(|on| ReceptionDay {
                on: day(10, on),
                head: None,
            })
            .to_vec(),
        duties: vec![
            standing(1, "Hoàng Thị Bế", "Chi bộ Pắc Ban", None, &[1]),
            standing(1, "Hoàng Thị Bế", "Chi bộ Bản Lãm", None, &[3]),
            standing(
                2,
                "Nguyễn Văn Hòa",
                "Chi bộ Nà Chang",
                Some(Every::Quarter),
                &[1, 0, 1, 0],
            ),
        ],
    }
}

/// Answers whatever was asked for last.
fn answer(stage: &mut Stage, coverage: &Coverage) {
    for number in 0..100 {
        let coverage = Box::new(coverage.clone());
        stage.answer(Answer::Coverage { number, coverage });
    }
}

fn opened(language: Language, size: (u16, u16), names: Names, coverage: &Coverage) -> Stage {
    let mut stage = Stage::open(language, size, names);
    stage.today(sample::today());
    stage.keys("4");
    answer(&mut stage, coverage);
    stage
}

fn hot(change: LabelChange, on: Day) -> Label {
    Label {
        site: Some(Site::Village(place("Pắc Ban"))),
        kind: Some(LabelKind::HotSpot),
        change: Some(change),
        on: Some(on),
        paper: "KH 05".to_owned(),
        ..Label::default()
    }
}

/// More villages than lines, with long names, visits and duties.
fn many() -> (Names, Coverage) {
    let mut names = sample::names();
    let mut all = coverage();
    for n in 0..60_u8 {
        let id = PlaceId([100 + n; 16]);
        let name = format!("Tổ dân phố Đồng Tâm Thượng Nguồn {n}");
        let village = Place {
            name: name.clone(),
            commune: Some(CommuneCode(2221)),
            ..Place::default()
        };
        names.places.push((id, village));
        all.visited.push((Site::Village(id), [n.into(); 12]));
        let who = format!("Hoàng Nguyễn Thị Bế {n}");
        all.duties.push(standing(
            n,
            &who,
            &name,
            Some(Every::Month),
            &[n.into(); 12],
        ));
    }
    (names, all)
}

#[test]
fn coverage_of_a_year() {
    shots("coverage_empty", |language, size| {
        opened(
            language,
            size,
            sample::no_names(),
            &Coverage {
                year: 2026,
                ..Coverage::default()
            },
        )
    });
    shots("coverage", |language, size| {
        let mut stage = opened(language, size, sample::names(), &coverage());
        stage.answer(Answer::Spots(vec![hot(LabelChange::PutOn, day(11, 2))]));
        stage.keys("<down><left>");
        stage
    });
    shots("coverage_overfull", |language, size| {
        let (names, coverage) = many();
        let mut stage = opened(language, size, names, &coverage);
        stage.keys("p<end>");
        stage
    });
    shots("coverage_duties_none", |language, size| {
        let mut stage = opened(language, size, sample::names(), &Coverage::default());
        stage.keys("t");
        stage
    });
    shots("coverage_duties", |language, size| {
        let mut stage = opened(language, size, sample::names(), &coverage());
        stage.keys("t<end>");
        stage
    });
    shots("coverage_duties_overfull", |language, size| {
        let (names, coverage) = many();
        let mut stage = opened(language, size, names, &coverage);
        stage.keys("t<end>");
        stage
    });
}

#[test]
fn duties_that_are_behind_stand_on_today() {
    shots("today_duty", |language, size| {
        let mut stage = Stage::open(language, size, sample::no_names());
        stage.today(sample::today_empty());
        let asked = stage
            .effects
            .iter()
            .any(|e| matches!(e, Effect::QueryDuties { .. }));
        let duties = coverage().duties;
        for number in 0..100 {
            let duties = duties.clone();
            stage.answer(Answer::Duties { number, duties });
        }
        assert!(!asked || !stage.model.session().expect("open").today.behind.is_empty());
        stage
    });
}

#[test]
fn a_place_and_month_opens_its_visits_in_the_list() {
    let mut stage = opened(Language::Vi, SIZE, sample::names(), &coverage());
    // Pắc Ban was never visited and stands first; the commune itself, Bản Lãm, Nà Chang follow.
    stage.keys("<down><down><left><left>");
    stage.keys("<enter>");
    let session = stage.model.session().expect("open");
    assert!(matches!(session.view, View::Visits));
    let [Chip::Month(month), Chip::Place(sites, name)] = &session.visits.chips[..] else {
        panic!("a month and a place");
    };
    assert_eq!((*month, name.as_str()), (day(9, 1), "Bản Lãm"));
    assert_eq!(sites, &[Site::Village(place("Bản Lãm"))]);
    let asks = |e: &Effect| matches!(e, Effect::QueryList { .. });
    assert!(stage.effects.iter().any(asks));
    // The screen is where it was left.
    stage.keys("4");
    let session = stage.model.session().expect("open");
    assert_eq!((session.coverage.chosen, session.coverage.month), (2, 8));
}

#[test]
fn the_year_and_the_area_are_chosen_by_keys() {
    let mut stage = opened(Language::Vi, SIZE, sample::names(), &coverage());
    let year = |stage: &Stage| {
        stage.effects.iter().find_map(|effect| match effect {
            Effect::QueryCoverage { year, .. } => Some(*year),
            _ => None,
        })
    };
    stage.keys(",");
    assert_eq!(year(&stage), Some(2025));
    stage.keys("..");
    assert_eq!(year(&stage), Some(2027));
    // An answer that came too late changes nothing.
    let before = stage.model.session().expect("open").coverage.read.clone();
    stage.answer(Answer::Coverage {
        number: 1,
        coverage: Box::default(),
    });
    assert_eq!(stage.model.session().expect("open").coverage.read, before);
    let rows = |stage: &Stage| {
        let session = stage.model.session().expect("open");
        session.coverage.places(session, &stage.model.setup).len()
    };
    // Nà Khá lies in another commune.
    assert_eq!(rows(&stage), 4);
    stage.keys("p");
    assert_eq!(rows(&stage), 5);
}

#[test]
fn a_place_becomes_a_hot_spot_and_is_none_any_more() {
    let mut stage = opened(Language::Vi, SIZE, sample::names(), &coverage());
    let label = |stage: &Stage| {
        stage.effects.iter().find_map(|effect| match effect {
            Effect::Tend(tending) => match &tending.tending {
                Tending::Label(label) => Some(label.clone()),
                _ => None,
            },
            _ => None,
        })
    };
    stage.keys("l<tab>KH 05<enter>");
    let put = label(&stage).expect("a label");
    assert_eq!(put.change, Some(LabelChange::PutOn));
    assert_eq!(put.site, Some(Site::Village(place("Pắc Ban"))));
    assert_eq!(
        (put.kind, put.paper.as_str()),
        (Some(LabelKind::HotSpot), "KH 05")
    );
    stage.keys("<esc>");
    stage.answer(Answer::Spots(vec![put]));
    stage.keys("l<tab>TB 9<enter>");
    assert_eq!(
        label(&stage).expect("a label").change,
        Some(LabelChange::TakenOff)
    );
    // The same from the screen of villages.
    stage.keys("<esc>b");
    assert!(
        stage
            .effects
            .iter()
            .any(|e| matches!(e, Effect::QuerySpots))
    );
    stage.keys("<end>l");
    assert!(matches!(stage.model.dialogs.last(), Some(Dialog::Tend(_))));
}

#[test]
fn a_duty_is_written_down_with_its_span_its_cadre_and_its_village() {
    let mut stage = opened(Language::Vi, SIZE, sample::names(), &coverage());
    let assigned = |stage: &Stage| {
        stage.effects.iter().find_map(|effect| match effect {
            Effect::Tend(tending) => match &tending.tending {
                Tending::Assignment(assignment) => Some(assignment.value.clone()),
                _ => None,
            },
            _ => None,
        })
    };
    stage.keys("v<tab><ctrl-u>nguyen van hoa<tab>Chi bộ Nà Khá<tab>na kha<tab><tab><tab>1/quý<tab>QĐ 12<enter>");
    let duty = assigned(&stage).expect("an assignment");
    assert_eq!(duty.duty, Code::new("cell_meetings").ok());
    assert_eq!(duty.person, Some(person(2)));
    assert_eq!(duty.site, Some(Site::Village(place("Nà Khá"))));
    assert_eq!((duty.quota, duty.every), (Some(1), Some(Every::Quarter)));
    assert_eq!((duty.from, duty.to), (Some(day(1, 1)), Some(day(12, 31))));
    // An example of elsewhere gives its quota and keeps its document to itself.
    stage.keys("<esc>v<down><tab><tab><tab><tab><tab><tab><tab>QĐ 13<enter>");
    let duty = assigned(&stage).expect("an assignment");
    assert_eq!((duty.quota, duty.every), (Some(2), Some(Every::Year)));
    assert_eq!(duty.document, "QĐ 13");
    // What the law asks of a commune's chair brings the law.
    stage.keys("<esc>v<up><up><enter>");
    let duty = assigned(&stage).expect("an assignment");
    assert_eq!((duty.quota, duty.every), (Some(2), Some(Every::Month)));
    assert!(duty.document.contains("136/2025/QH15"));
    for wrong in [
        "<esc>v<tab><ctrl-u>Ma Không Ai<enter>",
        "<esc>v<tab><tab><tab>Bản Không Có<enter>",
        "<esc>v<tab><tab><tab><tab><tab><tab>thỉnh thoảng<enter>",
    ] {
        stage.keys(wrong);
        assert!(assigned(&stage).is_none(), "{wrong}");
        let Some(Dialog::Tend(form)) = stage.model.dialogs.last() else {
            panic!("the form stays");
        };
        assert!(form.problem.is_some(), "{wrong}");
    }
}

/// Visits in three communes of one province, and one in another.
fn by_commune() -> Coverage {
    let months = |code, months| (Site::Commune(CommuneCode(code)), months);
    let mut all = coverage();
    all.visited.extend([
        months(2239, [0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]),
        months(1387, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ]);
    all
}

#[test]
fn communes_as_dots() {
    shots("map_empty", |language, size| {
        let mut stage = opened(
            language,
            size,
            sample::no_names(),
            &Coverage {
                year: 2026,
                ..Coverage::default()
            },
        );
        stage.keys("g");
        stage
    });
    shots("map", |language, size| {
        let mut stage = opened(language, size, sample::names(), &by_commune());
        stage.keys("g");
        stage
    });
    shots("map_moved", |language, size| {
        let mut stage = opened(language, size, sample::names(), &by_commune());
        stage.keys("g<left><up>");
        stage
    });
}

#[test]
fn the_cursor_goes_over_the_map_and_a_commune_opens_to_its_visits() {
    let mut stage = opened(Language::Vi, SIZE, sample::names(), &by_commune());
    stage.keys("g");
    let front = |stage: &Stage| {
        let session = stage.model.session().expect("an open logbook");
        let dots = session.coverage.dots(session, &stage.model.setup);
        dots[usize::try_from(session.coverage.chosen).expect("small")].clone()
    };
    let most = front(&stage);
    assert_eq!((most.code, most.visits()), (CommuneCode(2221), 42));
    // Opened before the year was read, it begins there too.
    let mut early = Stage::open(Language::Vi, SIZE, sample::names());
    early.keys("4g");
    answer(&mut early, &by_commune());
    assert_eq!(front(&early).code, most.code);
    for (key, back) in [("<left>", "<right>"), ("<up>", "<down>")] {
        stage.keys(key);
        assert_ne!(front(&stage).code, most.code, "{key}");
        stage.keys(back);
    }
    stage.keys("<home>");
    let north = front(&stage).spot.north;
    stage.keys("<up>");
    assert_eq!(
        front(&stage).spot.north,
        north,
        "nothing lies further north"
    );
    stage.keys("gg<enter>");
    let session = stage.model.session().expect("an open logbook");
    assert!(matches!(session.view, View::Visits));
    let [Chip::Place(sites, name)] = session.visits.chips.as_slice() else {
        panic!("a chip of the commune");
    };
    assert_eq!(name, "Xã Nà Hang");
    assert!(sites.contains(&Site::Commune(CommuneCode(2221))));
    assert!(sites.contains(&Site::Village(place("Bản Lãm"))));
}
