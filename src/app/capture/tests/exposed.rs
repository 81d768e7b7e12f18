//! Citizens' names where many read: said, asked about once, never silently stopped.

use super::*;

/// A concern with a name and a telephone number among its particulars.
fn with_name(officer: &mut Officer, line: &str) -> Capture {
    let mut capture = officer.starts();
    officer.fills(&mut capture, &["Pắc Ban"]);
    officer.does(&mut capture, &[Action::AddConcern]);
    officer.fills(&mut capture, &["kien", "dien", line]);
    goes_to(officer, &mut capture, Slot::RaisedBy);
    officer.types(&mut capture, "Lò Thị Thúy");
    goes_to(officer, &mut capture, Slot::Contact);
    officer.types(&mut capture, "0912 345 678");
    capture
}

#[test]
fn a_name_in_the_public_line_is_asked_about_once() {
    for line in [
        "Nhà bà lò thị thuý mất điện",
        "Gọi 0912.345.678",
        "bà Thị Thúy",
    ] {
        let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
        let mut capture = with_name(&mut officer, line);
        assert_eq!(
            says(&capture, Slot::Line),
            Some("privacy-names-a-citizen"),
            "{line}"
        );
        officer.does(&mut capture, &[Action::Save]);
        assert!(officer.effects.is_empty());
        assert_eq!(officer.said.as_ref().map(Text::id), Some("privacy-exposes"));
        assert_eq!(capture.form.field().slot, Slot::Line);
        officer.does(&mut capture, &[Action::Save]);
        assert_eq!(officer.saved().dossier.concerns[0].concern.value.line, line);
    }
}

#[test]
fn what_is_typed_after_the_question_is_asked_about_anew() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = with_name(&mut officer, "Lo Thi Thuy cần điện");
    officer.does(&mut capture, &[Action::Save]);
    officer.types(&mut capture, "!");
    officer.does(&mut capture, &[Action::Save]);
    assert!(officer.effects.is_empty());
    let end = capture.form.field().input.text().chars().count();
    for _ in 0..end {
        officer.presses(&mut capture, KeyCode::Backspace);
    }
    officer.types(&mut capture, "Đèn đường tối");
    assert_eq!(says(&capture, Slot::Line), None);
    officer.does(&mut capture, &[Action::Save]);
    officer.saved();
}

#[test]
fn other_words_are_left_alone() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = with_name(&mut officer, "Đô thị Thủy Nguyên, 345.678.000 đ");
    assert_eq!(says(&capture, Slot::Line), None);
    officer.does(&mut capture, &[Action::Save]);
    officer.saved();
}
