//! Villages and units with a past: changed by keys, shown by the names of their days.

use bacung::app::Effect;
use bacung::app::screens::{Chip, View};
use bacung::domain::{
    CommuneCode, Day, FormerCommuneCode, Names, PlaceChange, PlaceId, Site, SiteName, Unit,
};
use bacung::i18n::Language;

use super::stage::{self, Stage};
use super::{sample, shots};

const SIZE: (u16, u16) = (100, 30);

const LANG_QUAN: FormerCommuneCode = FormerCommuneCode(2_479);

fn villages(names: Names) -> Stage {
    let mut stage = Stage::open(Language::Vi, SIZE, names);
    stage.today(sample::today());
    stage.keys("b");
    stage
}

fn change(stage: &Stage) -> (PlaceId, PlaceChange) {
    let change = stage.effects.iter().find_map(|effect| match effect {
        Effect::ChangePlace { place, change } => Some((*place, change.clone())),
        _ => None,
    });
    change.expect("a change of a village")
}

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd_opt(year, month, day).expect("a day")
}

#[test]
fn villages_are_corrected_and_merged() {
    let mut stage = villages(sample::names());
    stage.keys("r<ctrl-u>Pắc Bản<enter>");
    assert_eq!(change(&stage).1, PlaceChange::Name("Pắc Bản".to_owned()));
    // Without a last day the village was typed twice.
    stage.keys("mkha<enter><enter>");
    let (from, merge) = change(&stage);
    let into = sample::place("Nà Khá");
    assert_ne!(from, into);
    assert_eq!(merge, PlaceChange::Into { into, last: None });
    stage.keys("mkha<enter>30/06/2021<enter>");
    let last = Some(day(2021, 6, 30));
    assert_eq!(change(&stage).1, PlaceChange::Into { into, last });
}

#[test]
fn a_village_gets_days_and_another_name() {
    let mut stage = villages(sample::names());
    stage.send(bacung::app::Msg::FreshIds(vec![[77; 16]]));
    stage.keys("<enter>ngay dau<enter>1/1/2010<enter>");
    assert_eq!(change(&stage).1, PlaceChange::First(Some(day(2010, 1, 1))));
    stage.keys("<enter>doi ten<enter>Pắc Mới<enter>1/7/2021<enter>");
    let renamed = PlaceChange::Renamed {
        id: PlaceId([77; 16]),
        name: "Pắc Mới".to_owned(),
        first: day(2021, 7, 1),
    };
    assert_eq!(change(&stage).1, renamed);
    stage.keys("<enter>tach<enter>kha<enter><enter>");
    let into = sample::place("Nà Khá");
    assert_eq!(change(&stage).1, PlaceChange::Part { into, last: None });
    stage.keys("<enter>ngay cuoi<enter>hôm nọ<enter>");
    assert!(stage.effects.is_empty());
    assert_eq!(stage.model.dialogs.len(), 1, "the question stays");
}

#[test]
fn the_cursor_stays_on_a_village_that_moved() {
    let mut stage = villages(sample::names());
    let under_cursor = |stage: &Stage| {
        let session = stage.model.session().expect("open");
        let View::Places(places) = &session.view else {
            panic!("the villages");
        };
        let place = places.place(&session.names, &stage.model.setup);
        place.expect("a village").1.name
    };
    assert_eq!(under_cursor(&stage), "Bản Lãm");
    let mut names = sample::names();
    for (_, place) in &mut names.places {
        if place.name == "Bản Lãm" {
            place.valid_to = Some(day(2021, 6, 30));
        }
    }
    stage.answer(bacung::app::Answer::NamesChanged(Box::new(names)));
    assert_eq!(under_cursor(&stage), "Bản Lãm");
    assert!(stage.screen().contains("đến 30/06/2021"));
}

#[test]
fn days_that_cross_are_refused() {
    let mut stage = villages(sample::past_names());
    // The last one is the village of 2010 to 2021.
    stage.keys("<end>");
    stage.keys("<enter>ngay cuoi<enter><ctrl-u>1/1/2009<enter>");
    assert!(stage.effects.is_empty());
    assert!(stage.screen().contains("trước ngày đầu"));
}

#[test]
fn a_village_is_put_into_a_unit_of_either_division() {
    let mut stage = villages(sample::names());
    stage.keys("<enter>thuoc xa<enter>");
    // Without a word: what its commune received.
    assert!(stage.screen().contains("huyện Na Hang"));
    stage.keys("lang quan, yen son<enter>");
    assert_eq!(change(&stage).1, PlaceChange::Unit(Unit::Former(LANG_QUAN)));
}

#[test]
fn a_list_is_narrowed_to_a_unit_under_any_of_its_names() {
    let mut stage = Stage::open(Language::Vi, SIZE, sample::past_names());
    stage.keys("2plang quan<enter>");
    let session = stage.model.session().expect("open");
    let [Chip::Place(sites, name)] = &session.visits.chips[..] else {
        panic!("one chip");
    };
    assert_eq!(
        (&sites[..], &**name),
        (&[Site::Former(LANG_QUAN)][..], "Lang Quán")
    );
    stage.keys("pxa yen son<enter>");
    let session = stage.model.session().expect("open");
    let [Chip::Place(sites, _)] = &session.visits.chips[..] else {
        panic!("one chip");
    };
    assert!(sites.contains(&Site::Commune(CommuneCode(2_473))));
    assert!(sites.contains(&Site::Former(LANG_QUAN)));
}

#[test]
fn names_of_their_day() {
    shots("places", |language, size| {
        let mut stage = Stage::open(language, size, sample::past_names());
        stage.keys("b<down>");
        stage
    });
    shots("places_past", |language, size| {
        let mut stage = Stage::open(language, size, sample::past_names());
        stage.keys("b<end>");
        stage
    });
    shots("places_menu", |language, size| {
        let mut stage = Stage::open(language, size, sample::past_names());
        stage.keys("b<down><enter>");
        stage
    });
    shots("detail_former", |language, size| {
        let mut stage = stage::at_visit(language, size);
        stage.dossier_of(sample::former_visit(Site::Former(LANG_QUAN)));
        stage
    });
    shots("detail_divided", |language, size| {
        let mut stage = stage::at_visit(language, size);
        stage.dossier_of(sample::former_visit(Site::Former(FormerCommuneCode(2_494))));
        stage
    });
    shots("visits_former", |language, size| {
        let mut stage = Stage::open(language, size, sample::past_names());
        let mut page = sample::page(3, 3);
        page.rows[1].to = Day::from_ymd_opt(2025, 6, 30);
        page.rows[1].site = SiteName {
            village: "Làng Un".to_owned(),
            commune: Some(CommuneCode(2_473)),
            former: Some(LANG_QUAN),
        };
        page.rows[2].to = Day::from_ymd_opt(2024, 10, 4);
        page.rows[2].site = SiteName {
            former: Some(LANG_QUAN),
            ..SiteName::default()
        };
        stage.keys("2");
        stage.list(page);
        stage
    });
}
