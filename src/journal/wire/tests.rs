//! What is written is read again, what is not known is kept, no bytes panic.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

use super::*;
use crate::domain::{
    Activity, ActivityId, Answer, Assignment, Beneficiaries, Charge, Citizen, Code, CommuneCode,
    Concern, ConcernId, ConcernKind, Day, Duty, Envelope, FormerCommuneCode, Funding, HelpedNames,
    Inspection, Label, Meeting, Origin, Pair, Particulars, Person, PersonId, Place, PlaceId,
    Profile, Promise, Quantity, RaisedBy, Reception, Role, RowId, Settlement, Site, StepTaken,
    Summing, Verdict, VillageConfirmation, Visit, VisitId, Vnd,
};
use crate::journal::{Signer, diff};

fn code() -> impl Strategy<Value = Code> {
    "[a-z0-9_-]{1,32}".prop_map(|text| Code::new(&text).expect("only allowed characters"))
}

fn day() -> impl Strategy<Value = Day> {
    (-800_000..800_000_i32)
        .prop_map(|n| Day::from_num_days_from_ce_opt(719_163 + n).expect("within chrono's range"))
}

fn site() -> impl Strategy<Value = Site> {
    prop_oneof![
        any::<[u8; 16]>().prop_map(|id| Site::Village(PlaceId(id))),
        any::<u32>().prop_map(|code| Site::Commune(CommuneCode(code))),
        any::<u32>().prop_map(|code| Site::Former(FormerCommuneCode(code))),
        ".{0,20}".prop_map(Site::Text),
    ]
}

fn summing() -> impl Strategy<Value = Summing> {
    prop::sample::select(vec![Summing::Summed, Summing::Cumulative])
}

prop_compose! {
    fn visit()(
        site in of(site()),
        days in (of(day()), of(day())),
        team in vec(any::<[u8; 16]>(), 0..4),
        lead in of(any::<[u8; 16]>()),
        shared in vec(code(), 0..4),
        texts in any::<[String; 4]>(),
        imported in any::<bool>(),
        row in of(any::<[u8; 16]>()),
    ) -> Visit {
        let [programme, reviewing_cell, unit, note] = texts;
        Visit {
            site,
            from: days.0,
            to: days.1,
            team: team.into_iter().map(PersonId).collect(),
            lead: lead.map(PersonId),
            shared,
            programme,
            reviewing_cell,
            unit,
            note,
            origin: if imported { Origin::Import } else { Origin::Typed },
            row: row.map(RowId),
        }
    }
}

prop_compose! {
    fn beneficiaries()(
        kind in of(code()),
        households in any::<Option<u32>>(),
        people in any::<Option<u32>>(),
        turns in any::<Option<u32>>(),
    ) -> Beneficiaries {
        Beneficiaries { kind, households, people, turns }
    }
}

prop_compose! {
    fn activity()(
        visit in of(any::<[u8; 16]>()),
        codes in (of(code()), of(code()), of(code())),
        numbers in any::<(Option<u64>, Option<u64>, Option<u32>, Option<u64>)>(),
        beneficiaries in vec(beneficiaries(), 0..3),
        lead_unit in any::<String>(),
        partners in vec(any::<String>(), 0..3),
        sites in vec(site(), 0..3),
        confirmation in of((any::<String>(), of(day()))),
        description in any::<String>(),
        imported in (any::<String>(), of(any::<[u8; 16]>()), summing()),
    ) -> Activity {
        Activity {
            visit: visit.map(VisitId),
            category: codes.0,
            amount: numbers.0.map(Quantity),
            measure: codes.1,
            person_days: numbers.1.map(Quantity),
            officers: numbers.2,
            beneficiaries,
            funding: vec![Funding { source: codes.2, value: numbers.3.map(Vnd) }],
            lead_unit,
            partners,
            sites,
            confirmation: confirmation.map(|(by, on)| VillageConfirmation { by, on }),
            description,
            note: imported.0,
            row: imported.1.map(RowId),
            summing: imported.2,
        }
    }
}

prop_compose! {
    fn meeting()(
        visit in of(any::<[u8; 16]>()),
        codes in (of(code()), of(code())),
        texts in any::<[String; 3]>(),
        site in of(site()),
        attendance in any::<Option<u32>>(),
        sites in vec(site(), 0..3),
        opinions in any::<Option<u32>>(),
        imported in (any::<String>(), of(any::<[u8; 16]>()), summing()),
    ) -> Meeting {
        let [body, remarks, issues] = texts;
        Meeting {
            visit: visit.map(VisitId),
            kind: codes.0,
            capacity: codes.1,
            body,
            site,
            attendance,
            remarks,
            issues,
            opinions,
            sites,
            note: imported.0,
            row: imported.1.map(RowId),
            summing: imported.2,
        }
    }
}

prop_compose! {
    fn concern()(
        visit in of(any::<[u8; 16]>()),
        kind in of(prop::sample::select(&ConcernKind::ALL[..])),
        topic in of(code()),
        line in any::<String>(),
        site in of(site()),
        settled in any::<bool>(),
        answer_by in of(day()),
        row in of(any::<[u8; 16]>()),
    ) -> Concern {
        Concern {
            visit: visit.map(VisitId),
            kind,
            topic,
            line,
            site,
            settlement: if settled { Settlement::OnTheSpot } else { Settlement::Pending },
            answer_by,
            row: row.map(RowId),
            ..Concern::default()
        }
    }
}

fn again<T: Recorded>(value: &T) -> T {
    let fields = value.to_fields().expect("no long texts");
    let bytes = fields.to_bytes();
    let read = FieldMap::from_bytes(&bytes).expect("our own bytes");
    for (number, _) in read.iter() {
        assert!(field_name(T::KIND, number).is_some(), "field {number}");
    }
    T::from_fields(&read).expect("our own bytes")
}

proptest! {
    #[test]
    fn visits_are_read_as_written(value in visit()) {
        prop_assert_eq!(again(&value), value);
    }

    #[test]
    fn activities_are_read_as_written(value in activity()) {
        prop_assert_eq!(again(&value), value);
    }

    #[test]
    fn meetings_are_read_as_written(value in meeting()) {
        prop_assert_eq!(again(&value), value);
    }

    #[test]
    fn concerns_are_read_as_written(value in concern()) {
        prop_assert_eq!(again(&value), value);
    }

    #[test]
    fn named_records_are_read_as_written(
        texts in any::<[String; 4]>(), id in any::<[u8; 16]>(), on in of(day()),
        kind in of(code()), anonymous in any::<bool>(), role in prop::sample::select(&Role::ALL[..]),
    ) {
        let [a, b, c, d] = texts;
        let envelope = Envelope { visit: Some(VisitId(id)), number: a.clone(), on, body: b.clone(), ..Envelope::default() };
        prop_assert!(again(&envelope) == envelope);
        let helped = HelpedNames { activity: Some(ActivityId(id)), names: a.clone() };
        prop_assert!(again(&helped) == helped);
        let raised_by = if anonymous {
            RaisedBy::Anonymous
        } else {
            RaisedBy::Citizen(Citizen { name: a.clone(), contact: d.clone(), ..Citizen::default() })
        };
        let particulars = Particulars {
            concern: Some(ConcernId(id)), raised_by, said: b.clone(), wish: c.clone(),
        };
        prop_assert!(again(&particulars) == particulars);
        let place = Place {
            name: a.clone(),
            kind,
            commune: Some(CommuneCode(2_209)),
            former: Some(FormerCommuneCode(2_479)),
            valid_from: on,
            valid_to: on,
            merged_into: Some(PlaceId(id)),
            successors: vec![PlaceId(id)],
        };
        prop_assert_eq!(again(&place), place);
        let person = Person { name: a.clone(), post: b.clone(), unit: c.clone() };
        prop_assert_eq!(again(&person), person);
        let profile = Profile { name: a.clone(), post: b, unit: c, role };
        let member = Member::new(profile.clone(), vec![Signer::from_seed(&[3; 32]).public()]);
        prop_assert_eq!(again(&member), member.clone());
        prop_assert_eq!(member.profile(), Some(profile));
        let logbook = Logbook { name: a };
        prop_assert_eq!(again(&logbook), logbook);
    }

    #[test]
    fn decisions_are_read_as_written(
        visits in of(any::<([u8; 16], [u8; 16])>()), note in any::<String>(),
        verdict in of(prop::sample::select(vec![Verdict::Linked, Verdict::Dismissed])),
    ) {
        let visits = visits.map(|(first, second)| (VisitId(first), VisitId(second)));
        let pair = Pair { visits, verdict, note };
        prop_assert_eq!(again(&pair), pair);
    }

    #[test]
    fn no_bytes_panic(bytes in vec(any::<u8>(), 0..300)) {
        read_as_everything(&bytes);
    }

    /// Bytes that are nearly right reach further than random ones.
    #[test]
    fn no_flipped_byte_panics(value in activity(), at in any::<prop::sample::Index>(), byte: u8) {
        let mut bytes = value.to_fields().expect("no long texts").to_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        read_as_everything(&bytes);
    }

    /// A later release added fields; this one edits the record and loses none of them.
    #[test]
    fn an_edit_keeps_what_it_does_not_know(value in visit(), note in "[a-z]{1,9}") {
        let mut edited = value.clone();
        edited.note.push_str(&note);
        let patch = diff(
            &value.to_fields().expect("short"), &edited.to_fields().expect("short"), &[],
        );
        let changed: Vec<_> = patch.iter().map(|(number, _)| number).collect();
        prop_assert_eq!(changed, [10]);
    }
}

fn read_as_everything(bytes: &[u8]) {
    let Ok(fields) = FieldMap::from_bytes(bytes) else {
        return;
    };
    let _ = Visit::from_fields(&fields);
    let _ = Activity::from_fields(&fields);
    let _ = Meeting::from_fields(&fields);
    let _ = Concern::from_fields(&fields);
    let _ = Particulars::from_fields(&fields);
    let _ = HelpedNames::from_fields(&fields);
    let _ = Envelope::from_fields(&fields);
    let _ = Place::from_fields(&fields);
    let _ = Person::from_fields(&fields);
    let _ = Member::from_fields(&fields);
    let _ = Logbook::from_fields(&fields);
    let _ = StepTaken::from_fields(&fields);
    let _ = Label::from_fields(&fields);
    let _ = Promise::from_fields(&fields);
    let _ = Answer::from_fields(&fields);
    let _ = Charge::from_fields(&fields);
    let _ = Reception::from_fields(&fields);
    let _ = Duty::from_fields(&fields);
    let _ = Inspection::from_fields(&fields);
    let _ = Assignment::from_fields(&fields);
}

#[test]
fn later_fields_and_codes_do_not_hinder_reading() {
    // Kind 99, an unknown settlement, a place of an unknown kind, and a field 200.
    let bytes = [
        0xa4, 2, 0x18, 99, 5, 0xa1, 9, 1, 6, 7, 0x18, 200, 0x81, 0xf6,
    ];
    let fields = FieldMap::from_bytes(&bytes).expect("well-formed");
    assert_eq!(Concern::from_fields(&fields), Ok(Concern::default()));
    assert_eq!(fields.to_bytes(), bytes);
}

#[test]
fn a_text_too_long_is_refused_before_it_is_written() {
    let visit = Visit {
        note: "a".repeat(crate::journal::MAX_TEXT + 1),
        ..Visit::default()
    };
    assert_eq!(visit.to_fields(), Err(Malformed));
}

/// `FORMAT.md` names every field with its number, and none that is not there.
#[test]
fn the_page_on_the_format_lists_every_field() {
    let page = include_str!("../../../FORMAT.md");
    let (_, page) = page.split_once("## Fields").expect("the section");
    for number in 1..=11 {
        let kind = EntityKind::from_number(number);
        let begin = format!("| {number} ");
        let row = page.lines().find(|line| line.starts_with(&begin));
        let (_, listed) = row
            .and_then(|r| r[2..].split_once('|'))
            .expect("a row a kind");
        let listed = listed.split('·').map(|field| {
            let mut words = field.trim_matches([' ', '|']).split(' ');
            (
                words.next().unwrap_or_default(),
                words.next().unwrap_or_default(),
            )
        });
        let named = (0..1000).filter_map(|n| Some((n.to_string(), field_name(kind, n)?)));
        let named: Vec<_> = named.collect();
        let named: Vec<_> = named.iter().map(|(n, name)| (n.as_str(), *name)).collect();
        assert_eq!(listed.collect::<Vec<_>>(), named, "{kind:?}");
    }
}
