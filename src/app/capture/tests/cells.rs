//! The reviewing cell that a new visit proposes by its place.

use std::collections::BTreeMap;

use super::*;

/// What the settings say in all tests of the form, of places that no other test is about.
pub(super) fn settings() -> BTreeMap<String, String> {
    let cells = [
        ("Khuổi Nhang, xã Nà Hang", "Chi bộ Khuổi Nhang"),
        ("Nà Mu", "Chi bộ Nà Mu"),
    ];
    let cells = cells.map(|(place, cell)| (place.to_owned(), cell.to_owned()));
    cells.into()
}

fn cell(capture: &Capture) -> String {
    let field = capture.form.visit().field(Slot::Cell, 0);
    field.expect("a cell").input.text().to_owned()
}

#[test]
fn a_new_visit_proposes_the_cell_of_its_village_until_another_is_typed() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    for (village, proposed) in [
        ("Khuổi Nhang", "Chi bộ Khuổi Nhang"),
        ("Nà Mu", "Chi bộ Nà Mu"),
        ("Pắc Ban", ""),
    ] {
        let mut capture = officer.starts();
        officer.fills(&mut capture, &[village]);
        assert_eq!(cell(&capture), proposed, "{village}");
    }
    let mut capture = officer.starts();
    goes_to(&mut officer, &mut capture, Slot::Cell);
    officer.types(&mut capture, "Chi bộ khác");
    goes_to(&mut officer, &mut capture, Slot::Place);
    officer.fills(&mut capture, &["Nà Mu"]);
    assert_eq!(cell(&capture), "Chi bộ khác");
}

#[test]
fn another_place_proposes_another_cell_and_no_mark_is_passed_over() {
    let setup = setup();
    let of = |village: &str, unit: &str| setup.cell_of(village, unit).map(str::to_owned);
    assert_eq!(of("Nà Mu", ""), Some("Chi bộ Nà Mu".to_owned()));
    assert_eq!(of("Nà Mủ", ""), None);
    assert_eq!(of("Khuổi Nhang", "xã Yên Hoa"), None);
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    officer.fills(&mut capture, &["Nà Mu"]);
    goes_to(&mut officer, &mut capture, Slot::Place);
    officer.presses(&mut capture, KeyCode::Backspace);
    officer.fills(&mut capture, &["Khuổi Nhang"]);
    assert_eq!(cell(&capture), "Chi bộ Khuổi Nhang");
}
