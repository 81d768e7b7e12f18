//! The golden vectors that `tests/vectors.py` made from `FORMAT.md`: what it wrote is read here,
//! and what is written here is byte for byte what it wrote.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::Arc;

use bacung::domain::{
    self, Activity, ActivityId, Answer, Assignment, Attendance, Basis, Beneficiaries, Brought,
    Charge, Citizen, Closing, ClosingId, Code, CommuneCode, Concern, ConcernId, ConcernKind,
    DataDeed, DataRequest, Day, Duty, EntityId, EntityKind, EntryHash, Envelope, Erasure, Every,
    FormerCommuneCode, Funding, Handling, HelpedNames, InspectedLaw, Inspection, Label,
    LabelChange, LabelKind, LogbookId, Manner, Meeting, MeetingId, MemberId, Origin, Pair, PairId,
    Particulars, Period, Person, PersonId, Place, PlaceId, Profile, Promise, PromiseId, Quantity,
    RaisedBy, Reception, ReceptionId, ReceptionKind, Registered, Review, Role, RowId, Say,
    SealedBox, Settlement, Site, Stamp, StepTaken, Summing, Taken, Verdict, VillageConfirmation,
    Visit, VisitId, Vnd,
};
use bacung::journal::{
    Act, Admission, Certificate, Chain, Commit, DeviceKey, Entry, FieldMap, Header, Ids, Logbook,
    Mark, Member, Pen, Recorded, Signer, Station, Stream, Tip, fold, revision, uuid_v7,
};
use bacung::keys::DataKey;
use bacung::store::pages::Pages;
use redb::StorageBackend;
use redb::backends::InMemoryBackend;
use serde_json::Value;

fn vectors() -> Value {
    let text = include_str!("../data/journal-v1.json");
    serde_json::from_str(text).expect("the committed vectors")
}

fn hex(value: &Value) -> Vec<u8> {
    let text = value.as_str().expect("hexadecimal text");
    let byte = |i| u8::from_str_radix(&text[i..i + 2], 16).expect("hexadecimal digits");
    (0..text.len()).step_by(2).map(byte).collect()
}

fn array<const N: usize>(value: &Value) -> [u8; N] {
    hex(value).try_into().expect("as many bytes")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn number(value: &Value) -> u64 {
    value.as_u64().expect("a number")
}

fn signer(vectors: &Value) -> Signer {
    Signer::from_seed(&array(&vectors["device"]["seed"]))
}

/// Salts in the order of the vectors, for whichever stream.
struct Salts(VecDeque<[u8; 16]>);

impl Ids for Salts {
    fn id(&mut self, _: Stream, _: Stamp) -> [u8; 16] {
        unreachable!("the vectors bring their identifiers")
    }

    fn salt(&mut self, _: Stream) -> [u8; 16] {
        self.0.pop_front().expect("a salt an entry")
    }
}

fn act(plain: &Value, hashes: &[EntryHash]) -> Act {
    let (name, value) = plain
        .as_object()
        .and_then(|o| o.iter().next())
        .expect("an act");
    match name.as_str() {
        "save" => Act::Save(FieldMap::from_bytes(&hex(value)).expect("good fields")),
        "withdraw" => Act::Withdraw(value.as_str().expect("a reason").to_owned()),
        "send" => Act::Send,
        "undo" => Act::Undo(hashes[number(value) as usize]),
        "receipt" => Act::Receipt(mark(value)),
        "cut" => Act::Cut(mark(value)),
        other => panic!("unknown act {other}"),
    }
}

fn mark(value: &Value) -> Mark {
    Mark {
        seq: number(&value[0]),
        hash: EntryHash(array(&value[1])),
    }
}

fn entity(entry: &Value) -> EntityId {
    EntityId {
        kind: EntityKind::from_number(number(&entry["entity_kind"]) as u16),
        id: array(&entry["entity"]),
    }
}

#[test]
fn the_journal_writes_what_the_vectors_say() {
    let vectors = vectors();
    let signer = signer(&vectors);
    let mut tips: BTreeMap<Stream, Tip> = BTreeMap::new();
    let mut hashes = Vec::new();
    for commit in list(&vectors["commits"]) {
        let expected = list(&commit["entries"]);
        let mut salts = Salts(expected.iter().map(|e| array(&e["salt"])).collect());
        let pen = Pen {
            logbook: LogbookId(array(&vectors["logbook"])),
            author: MemberId(array(&vectors["author"])),
            signer: &signer,
            wall: Stamp(number(&commit["wall"]) as i64),
        };
        let mut writing = Commit::new(pen, tips);
        for entry in expected {
            let heads = list(&entry["heads"]).iter();
            let heads: Vec<_> = heads.map(|h| hashes[number(h) as usize]).collect();
            let act = act(&entry["act"], &hashes);
            let stream = Stream::from_number(number(&entry["stream"]) as u8);
            let hash = writing.add_in(stream, entity(entry), &heads, &act, &mut salts);
            hashes.push(hash.expect("a small entry of a known kind"));
        }
        let (written, after) = writing.finish();
        for ((written, _), expected) in written.iter().zip(expected) {
            assert_eq!(written.to_bytes(), hex(&expected["stored"]));
        }
        tips = after;
    }
}

#[test]
fn the_journal_reads_what_the_vectors_wrote() {
    let vectors = vectors();
    let key = signer(&vectors).public();
    assert_eq!(key.to_bytes(), array(&vectors["device"]["public"]));
    assert_eq!(key.device().0, array(&vectors["device"]["id"]));
    let logbook = LogbookId(array(&vectors["logbook"]));
    let mut chains = BTreeMap::new();
    let mut visit = Vec::new();
    for expected in list(&vectors["commits"])
        .iter()
        .flat_map(|c| list(&c["entries"]))
    {
        let entry = Entry::from_bytes(&hex(&expected["stored"])).expect("a good entry");
        let header = Header::from_bytes(&hex(&expected["header"])).expect("a good header");
        assert_eq!(entry.header(), &header);
        assert_eq!(entry.hash().0, array(&expected["hash"]));
        assert_eq!(header.entity, entity(expected));
        assert_eq!(
            u64::from(header.stream.number()),
            number(&expected["stream"])
        );
        assert_eq!(entry.to_bytes(), hex(&expected["stored"]));
        let chain = chains
            .entry(header.stream)
            .or_insert_with(|| Chain::after(Tip::default(), logbook, key.clone(), header.stream));
        chain.push(&entry).expect("the next of its chain");
        let signed = entry.signature().is_some();
        assert_eq!(signed, !expected["signature"].is_null());
        let view = entry.view().expect("a good body");
        assert!(view.act.is_some());
        if header.entity.kind == EntityKind::Visit {
            visit.push(view);
        }
    }
    assert!(chains.values().all(|chain| chain.uncovered() == 0));
    let record = fold(&visit);
    let conflicts: Vec<u32> = record.conflicts().iter().map(|c| c.field).collect();
    assert_eq!(conflicts, [10]);
    let visit: Visit = record.read().expect("a good record");
    assert_eq!(
        (visit.programme.as_str(), visit.lead),
        ("", Some(PersonId([0x60; 16])))
    );
    assert!(
        record.shown().get(200).is_some(),
        "a later release's field is kept"
    );
}

#[test]
fn identifiers_and_revisions_are_those_of_the_vectors() {
    let vectors = vectors();
    for case in list(&vectors["identifiers"]) {
        let at = Stamp(number(&case["at"]) as i64);
        assert_eq!(uuid_v7(at, &array(&case["random"])), array(&case["id"]));
    }
    let heads = list(&vectors["revision"]["heads"]).iter();
    let digest = revision(heads.map(|h| EntryHash(array(h))));
    assert_eq!(digest, array(&vectors["revision"]["digest"]));
}

/// Compares one record both ways; no `Debug`, since some hold citizens' names.
fn same<T: Recorded + PartialEq>(vectors: &Value, name: &str, value: &T) {
    let expected = hex(&vectors["records"][name]);
    let written = value.to_fields().expect("short texts").to_bytes();
    assert_eq!(written, expected, "{name}");
    let fields = FieldMap::from_bytes(&expected).expect("good fields");
    assert!(
        T::from_fields(&fields).is_ok_and(|read| read == *value),
        "{name}"
    );
}

#[test]
fn admissions_and_reviews_are_those_of_the_vectors() {
    let vectors = vectors();
    let certified = Member::from_fields(
        &FieldMap::from_bytes(&hex(&vectors["records"]["member_certified"])).expect("fields"),
    );
    let key: DeviceKey = certified.expect("a member").certificates[0].key.clone();
    let admission = Admission {
        member: Some(MemberId([0x81; 16])),
        role: Some(Role::Reviewer),
        cell: "Bản Lãm".into(),
        key: Some(key),
        recipient: "age1recipient".into(),
        person: Some(PersonId([0x61; 16])),
        name: "Nguyễn Văn Hòa".into(),
        ..Admission::default()
    };
    same(&vectors, "admission", &admission);
    let revoked = Admission {
        keeper: true,
        revoked: true,
        ..Admission::default()
    };
    same(&vectors, "admission_revoked", &revoked);
    let station = Station {
        recipient: "age1other".into(),
    };
    same(&vectors, "station", &station);
    let review = Review {
        visit: Some(VisitId([0x10; 16])),
        say: Some(Say::Return),
        revision: Some([7; 32]),
        sends: vec![EntryHash([8; 32])],
        after: vec![[0x82; 16]],
        text: "Thiếu số hộ".into(),
        by: Some(PersonId([0x61; 16])),
        ..Review::default()
    };
    same(&vectors, "review", &review);
    let on_paper = Review {
        say: Some(Say::OnPaper),
        sends: Vec::new(),
        after: Vec::new(),
        text: String::new(),
        paper: "12-XN/CB".into(),
        on: day(2026, 12, 3),
        ..review.clone()
    };
    same(&vectors, "review_on_paper", &on_paper);
    let conclusion = Review {
        say: Some(Say::Conclude),
        sends: Vec::new(),
        after: Vec::new(),
        text: "Làm tiếp đoạn cuối".into(),
        ..review
    };
    same(&vectors, "review_conclude", &conclusion);
}

fn code(text: &str) -> Option<Code> {
    Some(Code::new(text).expect("a code"))
}

fn day(year: i32, month: u32, day: u32) -> Option<Day> {
    Day::from_ymd_opt(year, month, day)
}

fn visit() -> Visit {
    Visit {
        site: Some(Site::Village(PlaceId([0x50; 16]))),
        from: day(2026, 11, 20),
        to: day(2026, 11, 22),
        team: vec![PersonId([0x60; 16]), PersonId([0x61; 16])],
        lead: Some(PersonId([0x60; 16])),
        shared: code("eat").into_iter().chain(code("live")).collect(),
        programme: "Xóa nhà tạm".into(),
        reviewing_cell: "Chi bộ thôn Nà Khá".into(),
        unit: "Công an xã".into(),
        note: "Đường trơn".into(),
        origin: Origin::Import,
        row: None,
    }
}

fn activity() -> Activity {
    Activity {
        visit: Some(VisitId([0x10; 16])),
        category: code("road"),
        amount: Some(Quantity(1500)),
        measure: code("km"),
        person_days: Some(Quantity(24_000)),
        officers: Some(7),
        beneficiaries: vec![Beneficiaries {
            kind: code("poor"),
            households: Some(12),
            people: Some(48),
            turns: Some(60),
        }],
        funding: vec![Funding {
            source: code("budget"),
            value: Some(Vnd(150_000_000)),
        }],
        lead_unit: "Đồn Biên phòng".into(),
        partners: vec!["Đoàn xã".into(), "Hội Phụ nữ".into()],
        sites: vec![
            Site::Commune(CommuneCode(2209)),
            Site::Text("Bản cũ".into()),
        ],
        confirmation: Some(VillageConfirmation {
            by: "Hoàng Văn Páo".into(),
            on: day(2026, 11, 21),
        }),
        description: "Mở đường".into(),
        ..Activity::default()
    }
}

#[test]
fn visits_and_what_was_done_have_the_bytes_of_the_vectors() {
    let vectors = vectors();
    same(&vectors, "visit", &visit());
    let long_ago = Visit {
        from: day(1969, 12, 31),
        to: day(1899, 12, 31),
        ..Visit::default()
    };
    same(&vectors, "visit_long_ago", &long_ago);
    same(&vectors, "activity", &activity());
    let meeting = Meeting {
        visit: Some(VisitId([0x10; 16])),
        kind: code("cell_regular"),
        capacity: code("guest"),
        body: "Chi bộ".into(),
        site: Some(Site::Commune(CommuneCode(2209))),
        attendance: Some(31),
        remarks: "Góp ý".into(),
        issues: "Thiếu nước".into(),
        ..Meeting::default()
    };
    same(&vectors, "meeting", &meeting);
}

#[test]
fn places_have_the_bytes_of_the_vectors() {
    let vectors = vectors();
    let place = Place {
        name: "Nà Khá".into(),
        kind: code("thon"),
        commune: Some(CommuneCode(2209)),
        merged_into: Some(PlaceId([0x51; 16])),
        ..Place::default()
    };
    same(&vectors, "place", &place);
    let past = Place {
        name: "Nà Cũ".into(),
        commune: Some(CommuneCode(2473)),
        former: Some(FormerCommuneCode(2479)),
        valid_from: day(2010, 1, 1),
        valid_to: day(2021, 6, 30),
        merged_into: Some(PlaceId([0x50; 16])),
        ..Place::default()
    };
    same(&vectors, "place_past", &past);
    let divided = Place {
        name: "Nà Chia".into(),
        former: Some(FormerCommuneCode(2479)),
        valid_to: day(2025, 6, 29),
        successors: vec![PlaceId([0x50; 16]), PlaceId([0x51; 16])],
        ..Place::default()
    };
    same(&vectors, "place_divided", &divided);
    let visit = Visit {
        site: Some(Site::Former(FormerCommuneCode(2479))),
        from: day(2024, 10, 4),
        ..Visit::default()
    };
    same(&vectors, "visit_former", &visit);
}

#[test]
fn decisions_about_pairs_have_the_bytes_of_the_vectors() {
    let vectors = vectors();
    let (one, other) = (VisitId([0x10; 16]), VisitId([0x12; 16]));
    let note = "Hai người cùng ghi".to_owned();
    let pair = Pair::new(other, one, Verdict::Linked, note);
    same(&vectors, "pair", &pair);
    let later = FieldMap::from_bytes(&hex(&vectors["records"]["pair_later"]));
    let later = Pair::from_fields(&later.expect("good fields")).expect("a record");
    assert_eq!((later.visits, later.verdict), (pair.visits, None));
    let visits = list(&vectors["pair"]["visits"]).iter();
    let visits: Vec<_> = visits.map(|id| VisitId(array(id))).collect();
    let id = PairId::of(visits[0], visits[1]);
    assert_eq!(id.0, array(&vectors["pair"]["id"]));
}

#[test]
fn closings_have_the_bytes_of_the_vectors() {
    use bacung::domain::tally::{TallyId, Value as Number};
    let vectors = vectors();
    let period = Period::named("2026-10", Basis::Calendar).expect("a period");
    let numbers = vec![
        (TallyId::Visits, Number::Count(14)),
        (TallyId::PersonDays, Number::Decimal(58_500)),
        (TallyId::Withdrawn, Number::Share { done: 3, of: 21 }),
    ];
    let on = day(2026, 11, 3).expect("a day");
    let closing = Closing {
        by: Some(PersonId([0x60; 16])),
        ..Closing::new(period, on, numbers)
    };
    same(&vectors, "closing", &closing);
    let later = FieldMap::from_bytes(&hex(&vectors["records"]["closing_later"]));
    let later = Closing::from_fields(&later.expect("good fields")).expect("a record");
    assert_eq!(later.basis, None);
    assert_eq!(later.numbers, [(TallyId::Nights, Number::Count(2))]);
    let id = ClosingId::of(period);
    assert_eq!(id.0, array(&vectors["closing"]["id"]));
}

#[test]
fn what_a_table_said_has_the_bytes_of_the_vectors() {
    let vectors = vectors();
    let visit = Visit {
        origin: Origin::Import,
        row: Some(RowId([0x70; 16])),
        ..Visit::default()
    };
    same(&vectors, "visit_of_a_row", &visit);
    let activity = Activity {
        visit: Some(VisitId([0x10; 16])),
        note: "số cả tỉnh".into(),
        summing: Summing::Cumulative,
        row: Some(RowId([0x71; 16])),
        ..Activity::default()
    };
    same(&vectors, "activity_of_a_row", &activity);
    let meeting = Meeting {
        visit: Some(VisitId([0x10; 16])),
        opinions: Some(16),
        sites: vec![
            Site::Commune(CommuneCode(2209)),
            Site::Text("Bản cũ".into()),
        ],
        note: "hai buổi".into(),
        summing: Summing::Cumulative,
        row: Some(RowId([0x72; 16])),
        ..Meeting::default()
    };
    same(&vectors, "meeting_of_a_row", &meeting);
}

#[test]
fn what_happens_to_a_concern_has_the_bytes_of_the_vectors() {
    let vectors = vectors();
    let (concern, person) = (Some(ConcernId([0x13; 16])), Some(PersonId([0x60; 16])));
    let taken = |act, on: Option<Day>| Taken {
        act,
        on: on.expect("a day"),
        paper: String::new(),
        body: String::new(),
        person: None,
        reason: String::new(),
    };
    let until = day(2026, 12, 13).expect("a day");
    let suspended = Taken {
        paper: "12/QĐ".into(),
        body: "UBND xã".into(),
        person,
        reason: "chờ kết luận".into(),
        ..taken(domain::Act::Suspend { until }, day(2026, 12, 3))
    };
    let answered = Taken {
        person,
        ..taken(domain::Act::Answer(Manner::ByTelephone), day(2026, 12, 14))
    };
    let dialogue = domain::Act::HoldDialogue(Attendance::StayedAway);
    let part = domain::Act::WithdrawPart(Brought::ByDialogue);
    for (name, taken) in [
        ("step", suspended),
        ("step_answer", answered),
        ("step_dialogue", taken(dialogue, day(2026, 12, 8))),
        ("step_withdrawal", taken(part, day(2026, 12, 9))),
    ] {
        let taken = Some(taken);
        same(&vectors, name, &StepTaken { concern, taken });
    }
    let label = Label {
        concern,
        kind: Some(LabelKind::ReviewList),
        change: Some(LabelChange::PutOn),
        on: day(2026, 12, 5),
        paper: "05/KH".into(),
        list: "Kế hoạch 363".into(),
        person,
        ..Label::default()
    };
    same(&vectors, "label", &label);
    let label = Label {
        site: Some(Site::Village(PlaceId([0x50; 16]))),
        kind: Some(LabelKind::HotSpot),
        change: Some(LabelChange::TakenOff),
        on: day(2026, 12, 6),
        ..Label::default()
    };
    same(&vectors, "label_of_a_place", &label);
    let promise = Promise {
        meeting: Some(MeetingId([0x12; 16])),
        ..Promise::new("Trả lời dân", day(2026, 12, 3))
    };
    same(&vectors, "promise", &promise);
    let promise = Promise {
        visit: Some(VisitId([0x10; 16])),
        site: Some(Site::Commune(CommuneCode(2209))),
        ..Promise::new("Lắp đèn", None)
    };
    same(&vectors, "promise_of_a_visit", &promise);
    let promise = Some(PromiseId([0x74; 16]));
    let answer = Answer {
        promise,
        on: day(2026, 12, 4),
        text: "Đã lắp".into(),
        manner: Some(Manner::AtAMeeting),
        person,
    };
    same(&vectors, "answer", &answer);
    let charge = Charge {
        concern,
        officer: person,
        on: day(2026, 12, 3),
        from: Some(PersonId([0x61; 16])),
        accepted: day(2026, 12, 4),
        ..Charge::default()
    };
    same(&vectors, "charge", &charge);
    let charge = Charge {
        promise,
        officer: person,
        ..Charge::default()
    };
    same(&vectors, "charge_of_a_promise", &charge);
}

#[test]
fn receptions_and_duties_have_the_bytes_of_the_vectors() {
    let vectors = vectors();
    let person = PersonId([0x60; 16]);
    let site = Some(Site::Commune(CommuneCode(2209)));
    let reception = Reception {
        kind: Some(ReceptionKind::Periodic),
        on: day(2026, 11, 27),
        head: Some(person),
        site: site.clone(),
        unit: "UBND xã".into(),
        people: Some(7),
        turns: Some(9),
        note: "có báo trước".into(),
        row: Some(RowId([0x73; 16])),
    };
    same(&vectors, "reception", &reception);
    let concern = Concern {
        reception: Some(ReceptionId([0x75; 16])),
        kind: Some(ConcernKind::Complaint),
        line: "Ranh giới".into(),
        registered: Registered {
            people: Some(6),
            settled_by: "UBND huyện".into(),
            handling: Some(Handling::PassOn),
            passed_to: "UBND tỉnh".into(),
            note: "lần hai".into(),
        },
        ..Concern::default()
    };
    same(&vectors, "concern_of_a_reception", &concern);
    let particulars = Particulars {
        concern: Some(ConcernId([0x13; 16])),
        raised_by: RaisedBy::Citizen(Citizen {
            name: "Nguyễn Văn A".into(),
            address: "Thôn Nà Khá".into(),
            id_number: "000000000000".into(),
            ..Citizen::default()
        }),
        said: String::new(),
        wish: String::new(),
    };
    same(&vectors, "particulars_of_a_reception", &particulars);
    let envelope = Envelope {
        reception: Some(ReceptionId([0x75; 16])),
        number: "07/PB".into(),
        handed_over: day(2026, 11, 28),
        paper: "03/PC".into(),
        sealed: SealedBox(b"box".to_vec()),
        ..Envelope::default()
    };
    same(&vectors, "envelope_handed_over", &envelope);
    let duty = Duty {
        on: day(2026, 11, 27),
        unit: "Công an xã".into(),
        site,
        people: vec![person],
        hours: Some(Quantity(7_500)),
        received: Some(12),
        solved: Some(10),
        overdue: Some(0),
        note: "đông".into(),
        row: Some(RowId([0x76; 16])),
    };
    same(&vectors, "duty", &duty);
    let inspection = Inspection {
        decision: "15/QĐ-TTr".into(),
        from: day(2026, 11, 13),
        to: day(2026, 11, 23),
        laws: vec![InspectedLaw::Complaints, InspectedLaw::CitizenReception],
        body: "Thanh tra tỉnh".into(),
        agencies: vec!["UBND xã A".into(), "UBND xã B".into()],
        conclusion: "16/KL-TTr".into(),
        concluded: day(2026, 12, 3),
        note: "đúng hạn".into(),
        row: Some(RowId([0x77; 16])),
    };
    same(&vectors, "inspection", &inspection);
    let assignment = Assignment {
        duty: code("cell_meetings"),
        person: Some(person),
        cell: "Chi bộ Nà Khá".into(),
        site: Some(Site::Village(PlaceId([0x50; 16]))),
        from: day(2026, 1, 1),
        to: day(2026, 12, 31),
        quota: Some(4),
        document: "QĐ 776-QĐ/TU".into(),
        every: None,
    };
    same(&vectors, "assignment", &assignment);
    let of_each_month = Assignment {
        duty: code("receptions"),
        person: Some(person),
        from: day(2026, 7, 1),
        quota: Some(2),
        document: "LTCD".into(),
        every: Some(Every::Month),
        ..Assignment::default()
    };
    same(&vectors, "assignment_of_each_month", &of_each_month);
}

#[test]
fn concerns_and_people_have_the_bytes_of_the_vectors() {
    let vectors = vectors();
    let concern = Concern {
        visit: Some(VisitId([0x10; 16])),
        kind: Some(ConcernKind::Recommendation),
        topic: code("water"),
        line: "Mương hỏng".into(),
        site: Some(Site::Village(PlaceId([0x50; 16]))),
        settlement: Settlement::OnTheSpot,
        answer_by: day(2026, 12, 13),
        ..Concern::default()
    };
    same(&vectors, "concern", &concern);
    let of_a_row = Concern {
        visit: Some(VisitId([0x10; 16])),
        row: Some(RowId([0x73; 16])),
        ..Concern::default()
    };
    same(&vectors, "concern_of_a_row", &of_a_row);
    let mut particulars = Particulars {
        concern: Some(ConcernId([0x13; 16])),
        raised_by: RaisedBy::Citizen(Citizen {
            name: "Nguyễn Văn A".into(),
            contact: "0900000000".into(),
            ..Citizen::default()
        }),
        said: "Mương vỡ".into(),
        wish: "Sửa sớm".into(),
    };
    same(&vectors, "particulars", &particulars);
    particulars.raised_by = RaisedBy::Anonymous;
    particulars.wish.clear();
    same(&vectors, "particulars_anonymous", &particulars);
    let helped = HelpedNames {
        activity: Some(ActivityId([0x11; 16])),
        names: "Vừ Mí Sò\nGiàng A Páo".into(),
    };
    same(&vectors, "helped", &helped);
    let envelope = Envelope {
        visit: Some(VisitId([0x10; 16])),
        number: "07/PB".into(),
        on: day(2026, 11, 22),
        body: "Thanh tra tỉnh".into(),
        ..Envelope::default()
    };
    same(&vectors, "envelope", &envelope);
    let person = Person {
        name: "Lò Thị Ánh".into(),
        post: "Thiếu tá".into(),
        unit: "Công an xã".into(),
    };
    same(&vectors, "person", &person);
    let profile = Profile {
        name: person.name,
        post: person.post,
        unit: person.unit,
        role: Role::Police,
    };
    let member = Member::new(profile, vec![signer(&vectors).public()]);
    same(&vectors, "member", &member);
    let logbook = LogbookId(array(&vectors["logbook"]));
    let new = Signer::from_seed(&std::array::from_fn(|at| 32 + at as u8));
    let certificate = Certificate::new(logbook, new.public(), &signer(&vectors));
    assert!(certificate.holds(logbook));
    let certified = Member {
        certificates: vec![certificate],
        ..member
    };
    same(&vectors, "member_certified", &certified);
    let name = "Sổ công tác xã".into();
    same(&vectors, "logbook", &Logbook { name });
}

/// Physical bytes that outlive the pages put over them.
#[derive(Clone, Debug)]
struct Disk(Arc<InMemoryBackend>);

impl StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        self.0.len()
    }
    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.0.read(offset, out)
    }
    fn set_len(&self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }
    fn sync_data(&self) -> io::Result<()> {
        self.0.sync_data()
    }
    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.0.write(offset, data)
    }
}

fn disk(units: usize) -> (Disk, Pages<Disk>) {
    let disk = Disk(Arc::new(InMemoryBackend::new()));
    disk.set_len(units as u64 * 4096).expect("memory");
    let key = DataKey::from_slice(&hex(&vectors()["pages"]["key"])).expect("a data key");
    (disk.clone(), Pages::new(disk, &key))
}

fn read(from: &impl StorageBackend, offset: u64, len: usize) -> Vec<u8> {
    let mut bytes = vec![0; len];
    from.read(offset, &mut bytes).expect("within the file");
    bytes
}

#[test]
fn pages_are_read_from_the_bytes_of_the_vectors() {
    let vectors = &vectors()["pages"];
    let units = list(&vectors["units"]);
    let (disk, pages) = disk(units.len());
    for (i, unit) in units.iter().enumerate() {
        disk.write(i as u64 * 4096, &hex(unit)).expect("memory");
    }
    assert_eq!(read(&pages, 0, 320), hex(&vectors["page_0"]));
    assert_eq!(read(&pages, 4096, 4096), hex(&vectors["page_1"]));
    assert_eq!(read(&pages, 8192, 4096), hex(&vectors["page_2"]));
}

#[test]
fn pages_are_written_as_the_bytes_of_the_vectors() {
    let vectors = &vectors()["pages"];
    let units = list(&vectors["units"]);
    let (disk, pages) = disk(units.len());
    // The first slot holds generation 6; the next write of page 0 goes to the second as 7.
    disk.write(0, &hex(&units[0])).expect("memory");
    pages.write(4096, &hex(&vectors["page_1"])).expect("memory");
    pages.write(8192, &hex(&vectors["page_2"])).expect("memory");
    pages.write(0, &hex(&vectors["page_0"])).expect("memory");
    for (i, unit) in units.iter().enumerate() {
        assert_eq!(read(&disk, i as u64 * 4096, 4096), hex(unit), "unit {i}");
    }
}

#[test]
fn requests_and_erasures_are_those_of_the_vectors() {
    let vectors = vectors();
    let request = DataRequest {
        on: day(2026, 12, 3),
        deed: Some(DataDeed::Erased),
        records: vec![[0x14; 16]],
        paper: "12/ĐN".into(),
        person: Some(PersonId([0x60; 16])),
        received: day(2026, 12, 1),
    };
    same(&vectors, "data_request", &request);
    let erasure = Erasure {
        record: Some(EntityId {
            kind: EntityKind::Particulars,
            id: [0x14; 16],
        }),
        entries: vec![EntryHash([9; 32]), EntryHash([10; 32])],
    };
    same(&vectors, "erasure", &erasure);
}
