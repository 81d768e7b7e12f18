//! Kept typing: opened as it was, read across releases, never a panic.

use proptest::prelude::*;

use super::*;
use crate::domain::Day;

fn restored(officer: &mut Officer, capture: &Capture) -> Capture {
    let bytes = capture.bytes();
    let restored = Capture::restore(capture.key, NOW, &bytes, &officer.desk());
    restored.expect("our own bytes are read")
}

#[test]
fn typing_opens_as_it_was() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    officer.fills(&mut capture, &["Pắc Ban", "22/1"]);
    officer.does(&mut capture, &[Action::AddActivity]);
    officer.fills(&mut capture, &["kenh", "12"]);
    goes_to(&mut officer, &mut capture, Slot::Value);
    officer.does(&mut capture, &[Action::AddRow]);
    officer.types(&mut capture, "ngân sá");
    officer.presses(&mut capture, KeyCode::Left);
    let again = restored(&mut officer, &capture);
    assert!(again.form == capture.form);
    assert_eq!(again.form.field().input.cursor(), "ngân s".len());
    assert_eq!(again.form.field().row, 1);
}

#[test]
fn an_amended_visit_goes_on_after_a_restart() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = Capture::amend(VISIT, &amending::full(), &officer.desk());
    goes_to(&mut officer, &mut capture, Slot::Note);
    officer.types(&mut capture, " quá");
    let mut again = restored(&mut officer, &capture);
    officer.does(&mut again, &[Action::Save]);
    let mut wanted = amending::full();
    wanted.visit.value.note.push_str(" quá");
    assert!(officer.saved().dossier == wanted);
}

#[test]
fn today_stays_the_day_on_which_it_was_typed() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let mut capture = officer.starts();
    goes_to(&mut officer, &mut capture, Slot::From);
    officer.types(&mut capture, "hôm qua");
    let bytes = capture.bytes();
    officer.now = Stamp(NOW.0 + 3 * 86_400_000);
    let mut again = Capture::restore(capture.key, NOW, &bytes, &officer.desk()).expect("typing");
    officer.does(&mut again, &[Action::Save]);
    let from = officer.saved().dossier.visit.value.from;
    assert_eq!(from, Day::from_ymd_opt(2026, 11, 22));
}

/// A later release adds fields, slots and parts; what this one knows is read.
#[test]
fn bytes_of_a_later_release_are_read() {
    let mut bytes = Vec::new();
    let mut e = minicbor::Encoder::new(&mut bytes);
    let write = |e: &mut minicbor::Encoder<&mut Vec<u8>>| -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
        e.map(4)?.u8(0)?.u8(9)?;
        e.u8(1)?.array(2)?;
        e.map(3)?.u8(0)?.u8(0)?.u8(1)?.array(2)?;
        e.map(4)?.u8(0)?.u8(7)?.u8(1)?.u8(0)?.u8(2)?.str("Đường trơn")?.u8(77)?.str("mới")?;
        e.map(3)?.u8(0)?.u32(900)?.u8(1)?.u8(0)?.u8(2)?.str("?")?;
        e.u8(44)?.bool(true)?;
        e.map(2)?.u8(0)?.u32(60)?.u8(1)?.array(0)?;
        e.u8(2)?.array(3)?.u8(0)?.u32(900)?.u8(0)?;
        e.u8(99)?.str("mới")?;
        Ok(())
    };
    write(&mut e).expect("memory");
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let capture = Capture::restore(TypingKey([1; 16]), NOW, &bytes, &officer.desk());
    let capture = capture.expect("is read");
    let note = capture.form.visit().field(Slot::Note, 0).expect("a note");
    assert_eq!(note.input.text(), "Đường trơn");
    assert_eq!(capture.form.items.len(), 1);
}

/// What the first release wrote is read for ever.
#[test]
fn bytes_of_the_first_release_are_read() {
    let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
    let bytes = include_bytes!("../../../../tests/data/typing-v1.cbor");
    let capture = Capture::restore(TypingKey([1; 16]), NOW, bytes, &officer.desk());
    let capture = capture.expect("is read");
    let note = capture.form.visit().field(Slot::Note, 0).expect("a note");
    assert_eq!(note.input.text(), "Đường trơn");
    assert_eq!(capture.form.items.len(), 5);
}

proptest! {
    #[test]
    fn foreign_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut officer = Officer::new("");
        if let Some(mut capture) = Capture::restore(TypingKey([1; 16]), NOW, &bytes, &officer.desk()) {
            officer.does(&mut capture, &[Action::NextField, Action::Save]);
        }
    }

    #[test]
    fn a_changed_byte_never_panics(at in 0_usize..4_000, byte: u8, more in 0_usize..60) {
        let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
        let capture = Capture::amend(VISIT, &amending::full(), &officer.desk());
        let mut bytes = capture.bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        bytes.truncate(bytes.len() - more * usize::from(byte % 2));
        if let Some(mut capture) = Capture::restore(capture.key, NOW, &bytes, &officer.desk()) {
            officer.types(&mut capture, "x1");
            officer.does(&mut capture, &[Action::AddRow, Action::Send, Action::Save]);
        }
    }

    #[test]
    fn any_text_is_kept_letter_for_letter(text in "\\PC{0,60}", slot in 0_usize..8) {
        let mut officer = Officer::new("");
        let mut capture = officer.starts();
        capture.click(slot, &mut officer.desk());
        capture.paste(&text, &mut officer.desk());
        let again = restored(&mut officer, &capture);
        prop_assert!(again.form == capture.form);
    }
}
