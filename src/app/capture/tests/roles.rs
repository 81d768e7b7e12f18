//! What the form asks for on the devices of each role.

use super::*;

#[test]
fn a_device_without_names_asks_for_none() {
    for role in [Role::Reviewer, Role::Superior, Role::Authority] {
        let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
        officer.profile.role = role;
        let mut capture = officer.starts();
        officer.does(&mut capture, &[Action::AddActivity, Action::AddConcern]);
        officer.fills(&mut capture, &["kien", "dien"]);
        officer.types(&mut capture, "Đèn đường");
        let fields = capture.form.items.iter().flat_map(|item| &item.fields);
        let slots: Vec<Slot> = fields.map(|field| field.slot).collect();
        assert!(slots.contains(&Slot::Line));
        assert!(!slots.iter().any(|slot| slot.is_of_names()), "{role:?}");
        officer.does(&mut capture, &[Action::Save]);
        assert!(officer.saved().dossier.concerns[0].particulars.is_none());
    }
}

#[test]
fn a_denunciation_is_offered_where_it_is_kept() {
    for role in Role::ALL {
        let mut officer = Officer::new("Công an xã Nà Hang, tỉnh Tuyên Quang");
        officer.profile.role = role;
        let mut capture = officer.starts();
        officer.does(&mut capture, &[Action::AddConcern]);
        officer.fills(&mut capture, &["to cao"]);
        let is_envelope = capture.form.item().part == Part::Envelope;
        assert_eq!(is_envelope, role.keeps_denunciations(), "{role:?}");
    }
}
