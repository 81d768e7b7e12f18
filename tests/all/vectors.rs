//! The golden vectors that `tests/vectors.py` made from `FORMAT.md`: what it wrote is read here,
//! and what is written here is byte for byte what it wrote.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::Arc;

use bacung::domain::{
    Activity, ActivityId, Beneficiaries, Code, CommuneCode, Concern, ConcernId, ConcernKind, Day,
    EntityId, EntityKind, EntryHash, Envelope, FormerCommuneCode, Funding, HelpedNames, LogbookId,
    Meeting, MemberId, Origin, Pair, PairId, Particulars, Person, PersonId, Place, PlaceId,
    Profile, Promise, Quantity, RaisedBy, Role, RowId, Settlement, Site, Stamp, Summing, Verdict,
    VillageConfirmation, Visit, VisitId, Vnd,
};
use bacung::journal::{
    Act, Certificate, Chain, Commit, Entry, FieldMap, Header, Ids, Logbook, Member, Pen, Recorded,
    Signer, Stream, Tip, fold, revision, uuid_v7,
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
        other => panic!("unknown act {other}"),
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
            let hash = writing.add(entity(entry), &heads, &act, &mut salts);
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
        promises: vec![Promise {
            text: "Trả lời dân".into(),
            due: day(2026, 12, 3),
        }],
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
        row: None,
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
        raised_by: RaisedBy::Citizen {
            name: "Nguyễn Văn A".into(),
            contact: "0900000000".into(),
        },
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
