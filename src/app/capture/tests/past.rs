//! Former units typed in the form: kept for a day of their time, led to today's for a later one.

use super::*;
use crate::domain::{CommuneCode, Day, FormerCommuneCode, Place};

const LANG_QUAN: FormerCommuneCode = FormerCommuneCode(2_479);
const YEN_SON: CommuneCode = CommuneCode(2_473);

fn officer() -> Officer {
    Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang")
}

fn saved_site(officer: &mut Officer, capture: &mut Capture) -> Option<Site> {
    officer.does(capture, &[Action::Save]);
    officer.saved().dossier.visit.value.site
}

fn place_words(officer: &mut Officer, capture: &Capture) -> String {
    let chip = capture
        .form
        .visit()
        .field(Slot::Place, 0)
        .expect("a place")
        .chips[0]
        .clone();
    officer.desk().around.chip_words(&capture.form, None, &chip)
}

#[test]
fn a_former_name_leads_to_the_unit_of_today() {
    for typed in [
        "lang quan, yen son",
        "xã Lang Quán",
        "Lang Quán, huyện Yên Sơn, Tuyên Quang",
    ] {
        let mut officer = officer();
        let mut capture = officer.starts();
        officer.types(&mut capture, typed);
        let at = capture.chosen().expect("one is taken");
        let offer = (
            capture.offers[at].label.clone(),
            capture.offers[at].hint.clone(),
        );
        let expected = ("Xã Yên Sơn", "xã Lang Quán cũ, huyện Yên Sơn");
        assert_eq!((&*offer.0, &*offer.1), expected, "{typed}");
        officer.does(&mut capture, &[Action::NextField]);
        assert_eq!(
            place_words(&mut officer, &capture),
            "Xã Yên Sơn (xã Lang Quán cũ)"
        );
        let site = saved_site(&mut officer, &mut capture);
        assert_eq!(site, Some(Site::Commune(YEN_SON)), "{typed}");
    }
}

#[test]
fn a_visit_of_its_time_keeps_the_former_unit_whichever_is_typed_first() {
    let mut officer = officer();
    let mut capture = officer.starts();
    officer.fills(&mut capture, &["lang quan, yen son", "04/10/2024"]);
    assert_eq!(place_words(&mut officer, &capture), "Xã Lang Quán");
    let site = saved_site(&mut officer, &mut capture);
    assert_eq!(site, Some(Site::Former(LANG_QUAN)));
    let mut capture = officer.starts();
    goes_to(&mut officer, &mut capture, Slot::From);
    officer.fills(&mut capture, &["04/10/2024"]);
    goes_to(&mut officer, &mut capture, Slot::Place);
    officer.types(&mut capture, "xa lang quan");
    assert_eq!(capture.offers[0].hint, "huyện Yên Sơn · nay là xã Yên Sơn");
    officer.does(&mut capture, &[Action::NextField]);
    let site = saved_site(&mut officer, &mut capture);
    assert_eq!(site, Some(Site::Former(LANG_QUAN)));
    // Opened again, it is what it was.
    let bytes = capture.bytes();
    let again = Capture::restore(capture.key, NOW, &bytes, &officer.desk()).expect("typing");
    assert!(again.form == capture.form);
}

#[test]
fn a_divided_unit_offers_its_parts() {
    let mut officer = officer();
    let mut capture = officer.starts();
    officer.types(&mut capture, "xã Thái Bình, huyện Yên Sơn");
    let labels: Vec<_> = capture.offers.iter().map(|o| &*o.label).collect();
    assert_eq!(labels, ["Phường Nông Tiến", "Xã Thái Bình"]);
    officer.presses(&mut capture, KeyCode::Down);
    officer.does(&mut capture, &[Action::NextField]);
    let site = saved_site(&mut officer, &mut capture);
    assert!(matches!(site, Some(Site::Commune(_))), "{site:?}");
    // On a day of its time there is one to take.
    let mut capture = officer.starts();
    goes_to(&mut officer, &mut capture, Slot::From);
    officer.fills(&mut capture, &["04/10/2024"]);
    goes_to(&mut officer, &mut capture, Slot::Place);
    officer.types(&mut capture, "xã Thái Bình, huyện Yên Sơn");
    let hint = "huyện Yên Sơn · nay là phường Nông Tiến, xã Thái Bình";
    assert_eq!(capture.offers[0].hint, hint);
    officer.does(&mut capture, &[Action::NextField]);
    assert_eq!(says(&capture, Slot::Place), None);
    // The day moves on: which part it is has to be said.
    officer.fills(&mut capture, &["04/10/2026"]);
    assert_eq!(says(&capture, Slot::Place), Some("capture-former-divided"));
}

#[test]
fn a_village_of_its_time_lies_in_both_units() {
    let mut officer = officer();
    let mut capture = officer.starts();
    goes_to(&mut officer, &mut capture, Slot::From);
    officer.fills(&mut capture, &["04/10/2024"]);
    goes_to(&mut officer, &mut capture, Slot::Place);
    officer.fills(&mut capture, &["lang un, lang quan"]);
    assert_eq!(place_words(&mut officer, &capture), "Lang Un, xã Lang Quán");
    officer.does(&mut capture, &[Action::Save]);
    let save = officer.saved();
    let village = village_of(&save).expect("a new village").clone();
    assert_eq!(
        (village.commune, village.former),
        (Some(YEN_SON), Some(LANG_QUAN))
    );
    // Years later it is offered by the name of the unit that it lay in.
    officer.names.places.push((save.places[0].0, village));
    let mut capture = officer.starts();
    officer.fills(&mut capture, &["lang un, lang quan"]);
    assert_eq!(place_words(&mut officer, &capture), "Lang Un, xã Yên Sơn");
    let site = saved_site(&mut officer, &mut capture);
    assert_eq!(site, Some(Site::Village(save.places[0].0)));
}

#[test]
fn a_new_village_of_the_own_commune_may_have_lain_in_each_of_its_parts() {
    let mut officer = officer();
    let mut capture = officer.starts();
    officer.types(&mut capture, "Pắc Tre");
    assert_eq!(capture.offers.len(), 1, "one commune today");
    let mut capture = officer.starts();
    goes_to(&mut officer, &mut capture, Slot::From);
    officer.fills(&mut capture, &["04/10/2024"]);
    goes_to(&mut officer, &mut capture, Slot::Place);
    officer.types(&mut capture, "Pắc Tre");
    let labels: Vec<_> = capture.offers.iter().map(|o| &*o.label).collect();
    let expected = [
        "Pắc Tre, xã Nà Hang",
        "Pắc Tre, thị trấn Na Hang",
        "Pắc Tre, xã Năng Khả",
        "Pắc Tre, xã Thanh Tương",
    ];
    assert_eq!(labels, expected);
}

#[test]
fn a_village_of_the_past_is_offered_for_its_days_only() {
    let mut officer = officer();
    let past = Place {
        name: "Nà Cũ".to_owned(),
        commune: officer.desk().around.home(),
        valid_to: Day::from_ymd_opt(2021, 6, 30),
        merged_into: Some(PlaceId([78; 16])),
        ..Place::default()
    };
    let new = Place {
        name: "Nà Mới".to_owned(),
        valid_from: Day::from_ymd_opt(2021, 7, 1),
        commune: past.commune,
        ..Place::default()
    };
    officer.names.places = vec![(PlaceId([77; 16]), past), (PlaceId([78; 16]), new)];
    for (day, typed, known) in [
        ("30/06/2021", "nà c", Some(77)),
        ("01/07/2021", "nà c", None),
        ("01/07/2021", "nà m", Some(78)),
        ("30/06/2021", "nà m", None),
    ] {
        let mut capture = officer.starts();
        goes_to(&mut officer, &mut capture, Slot::From);
        officer.fills(&mut capture, &[day]);
        goes_to(&mut officer, &mut capture, Slot::Place);
        officer.fills(&mut capture, &[typed]);
        let site = saved_site(&mut officer, &mut capture);
        let id = |n| Some(Site::Village(PlaceId([n; 16])));
        let taken = [77, 78].into_iter().find(|n| site == id(*n));
        assert_eq!(taken, known, "{day} {typed}");
    }
}
