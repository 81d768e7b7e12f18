//! Made-up records for the screens.

use bacung::domain::*;
use chrono::Months;

use super::stage::NOW;

pub(super) fn day(month: u32, day: u32) -> Day {
    Day::from_ymd_opt(2026, month, day).expect("a day")
}

pub(super) fn person(n: u8) -> PersonId {
    PersonId([n; 16])
}

fn code(code: &str) -> Option<Code> {
    Some(Code::new(code).expect("a code"))
}

pub(super) fn profile() -> Profile {
    Profile {
        name: "Hoàng Thị Bế".to_owned(),
        post: "Đại úy".to_owned(),
        unit: "Công an xã Nà Hang, tỉnh Tuyên Quang".to_owned(),
        role: Role::Police,
    }
}

pub(super) fn no_names() -> Names {
    Names {
        people: vec![(person(1), Person::default())],
        ..Names::default()
    }
}

fn site(village: &str, commune: u32) -> SiteName {
    SiteName {
        village: village.to_owned(),
        commune: Some(CommuneCode(commune)),
        former: None,
    }
}

fn village(name: &str, commune: u32) -> Place {
    Place {
        name: name.to_owned(),
        kind: code("thon"),
        commune: Some(CommuneCode(commune)),
        ..Place::default()
    }
}

/// Villages with a past: one of the former division, one that got another name, one divided.
pub(super) fn past_names() -> Names {
    let mut names = names();
    let day = |year, month, day| Day::from_ymd_opt(year, month, day);
    let place = |n: u8, place: Place| (PlaceId([n; 16]), place);
    let lang_un = Place {
        former: Some(FormerCommuneCode(2_479)),
        ..village("Làng Un", 2_473)
    };
    let old = Place {
        valid_from: day(2010, 1, 1),
        valid_to: day(2021, 6, 30),
        merged_into: Some(PlaceId([1; 16])),
        ..village("Nà Cũ", 2_221)
    };
    let divided = Place {
        successors: vec![PlaceId([2; 16]), PlaceId([4; 16])],
        ..village("Bản Chia", 2_221)
    };
    names
        .places
        .extend([place(20, lang_un), place(21, old), place(22, divided)]);
    names.former = vec![FormerCommuneCode(2_479)];
    names
}

/// A visit of 2024 in the former division.
pub(super) fn former_visit(site: Site) -> Dossier {
    let mut dossier = dossier();
    let on = Day::from_ymd_opt(2024, 10, 4);
    dossier.visit.value.site = Some(site);
    dossier.visit.value.from = on;
    dossier.visit.value.to = on;
    dossier
}

/// Gives the village of a name.
pub(super) fn place(name: &str) -> PlaceId {
    let names = names();
    let mut found = names.places.iter().filter(|(_, place)| place.name == name);
    found.next().expect("a village of that name").0
}

pub(super) fn names() -> Names {
    let people = [
        "Hoàng Thị Bế",
        "Nguyễn Văn Hòa",
        "Ma Văn Đức",
        "Nông Thị Ánh",
    ];
    let people = (1..).zip(people).map(|(n, name)| {
        let person = Person {
            name: name.to_owned(),
            ..Person::default()
        };
        (super::sample::person(n), person)
    });
    let places = [
        ("Pắc Ban", 2221),
        ("Bản Lãm", 2221),
        ("Nà Khá", 2248),
        ("Nà Chang", 2221),
    ];
    let places = (1..)
        .zip(places)
        .map(|(n, (name, commune))| (PlaceId([n; 16]), village(name, commune)));
    Names {
        places: places.collect(),
        people: people.collect(),
        ..Names::default()
    }
}

const ROWS: [(u32, &str, u32, &str, VisitState); 7] = [
    (22, "Pắc Ban", 2221, "house_repair", VisitState::Draft),
    (18, "Bản Lãm", 2221, "canal", VisitState::Returned),
    (17, "Nà Khá", 2248, "medical", VisitState::Confirmed),
    (12, "Nà Chang", 2221, "road_lighting", VisitState::Sent),
    (9, "Bản Lãm", 2221, "disaster_relief", VisitState::Changed),
    (
        5,
        "Tổ dân phố Đồng Tâm Thượng Nguồn",
        2221,
        "mobile_procedures",
        VisitState::Conflict,
    ),
    (2, "Nà Khá", 2248, "gifts", VisitState::Withdrawn),
];

fn row(at: usize) -> VisitRow {
    let (d, village, commune, category, state) = ROWS[at % ROWS.len()];
    let id = VisitId([at as u8 + 1; 16]);
    let shared = ["eat", "live", "work"].into_iter().enumerate();
    let shared = shared.filter(|(n, _)| at % 3 != *n || at % 2 == 1);
    VisitRow {
        id,
        code: ShortCode::of(id.into(), 6),
        from: Some(day(11, d)),
        to: Some(day(11, d)),
        site: site(village, commune),
        lead: "Nguyễn Văn Hòa".to_owned(),
        team: 4,
        shared: shared.filter_map(|(_, name)| code(name)).collect(),
        activity: (at % 5 != 4).then(|| ActivityBrief {
            category: code(category),
            amount: Some(Quantity(120_000)),
            measure: code("m"),
            person_days: Some(Quantity(45_500)),
        }),
        activities: 1 + at as u32 % 3,
        meetings: at as u32 % 2,
        concerns: at as u32 % 4,
        state,
        linked: Linked::No,
        copies: Copies::Local,
    }
}

pub(super) fn page(rows: usize, total: u64) -> Page<VisitRow> {
    Page {
        rows: (0..rows).map(row).collect(),
        offset: 0,
        matching: if rows < 8 { rows as u64 } else { total },
        counted: Counted::Whole,
        total,
    }
}

pub(super) fn today_empty() -> Today {
    Today {
        items: Vec::new(),
        waiting: 0,
        months: vec![month(7, 0)],
        days: Vec::new(),
        not_copied: 0,
        quarantined: 0,
        uncopied: None,
    }
}

fn month(back: u32, n: u64) -> MonthNumbers {
    MonthNumbers {
        month: day(11, 1)
            .checked_sub_months(Months::new(7 - back))
            .expect("a month"),
        visits: n,
        activities: n * 2 / 3,
        meetings: n / 2,
        person_days: n * 4_100,
        concerns: n * 3 / 2,
        settled_on_spot: n,
    }
}

fn concern(line: &str, village: &str) -> RecordRow {
    let id = ConcernId([7; 16]);
    RecordRow {
        entity: id.into(),
        code: ShortCode::of(id.into(), 6),
        date: Some(day(11, 12)),
        site: site(village, 2221),
        title: RowTitle::Concern {
            kind: Some(ConcernKind::Complaint),
            line: line.to_owned(),
            settlement: Settlement::Pending,
            answer_by: None,
            state: ConcernState::Heard,
            officer: Some(PersonId([1; 16])),
        },
        state: VisitState::Sent,
        visit: Some(VisitId([2; 16])),
    }
}

/// A concern whose answer was promised for a day.
fn owed(due: Day, row: RecordRow) -> TodayItem {
    let life = ConcernLife::heard(ConcernKind::Reflection, day(11, 20));
    let open = OpenConcern {
        answer_by: Some(due),
        ..OpenConcern::of(&life, Some(day(11, 20)), Vec::new())
    };
    TodayItem::Due {
        due: Some(due),
        case: OpenCase {
            entity: row.entity,
            officer: Some(PersonId([1; 16])),
            matter: Matter::Concern(open),
        },
        row,
    }
}

/// A promise to villagers.
fn promised(due: Day, text: &str, village: &str) -> TodayItem {
    let mut row = concern("", village);
    row.title = RowTitle::Promise {
        text: text.to_owned(),
        due: Some(due),
        answered: None,
        officer: Some(PersonId([1; 16])),
    };
    TodayItem::Due {
        due: Some(due),
        case: OpenCase {
            entity: row.entity,
            officer: Some(PersonId([1; 16])),
            matter: Matter::Promise { due: Some(due) },
        },
        row,
    }
}

pub(super) fn today() -> Today {
    let answer = |due, line: &str, village: &str| owed(due, concern(line, village));
    Today {
        items: vec![
            TodayItem::Conflict(row(5)),
            answer(day(11, 21), "Đường rừng lầy khi mưa", "Nà Chang"),
            answer(day(11, 23), "Đèn đường đoạn qua suối tối", "Pắc Ban"),
            promised(day(11, 28), "đèn đường Pắc Ban", "Pắc Ban"),
            TodayItem::Draft(row(0)),
            TodayItem::Draft(VisitRow {
                to: None,
                from: None,
                ..row(3)
            }),
        ],
        waiting: 6,
        months: [1, 5, 8, 3, 14, 6, 11, 14]
            .into_iter()
            .zip(0..)
            .map(|(n, m)| month(m, n))
            .collect(),
        days: vec![
            (day(11, 2), 1),
            (day(11, 4), 7),
            (day(11, 9), 4),
            (day(11, 22), 2),
        ],
        not_copied: 3,
        quarantined: 0,
        uncopied: None,
    }
}

pub(super) fn today_overfull() -> Today {
    let mut today = today();
    let long =
        "Thu hồi đất làm đường liên thôn chưa rõ phương án bồi thường, hỗ trợ và tái định cư";
    let items = (0..60).map(|n| {
        let due = day(11, 1) + chrono::Days::new(n);
        owed(due, concern(long, "Tổ dân phố Đồng Tâm Thượng Nguồn"))
    });
    today.items = items.collect();
    today.waiting = 1_234_567;
    today.months = (0..8)
        .map(|m| month(m, 1_000_000 + u64::from(m) * 123_456))
        .collect();
    today.days = (1..=30).map(|d| (day(11, d), d * 2)).collect();
    today.not_copied = 1_234;
    today
}

fn versioned<I, T>(id: I, value: T) -> Versioned<I, T> {
    Versioned {
        id: Some(id),
        ..Versioned::new(value)
    }
}

pub(super) fn dossier() -> Dossier {
    let visit = Visit {
        site: Some(Site::Village(PlaceId([1; 16]))),
        from: Some(day(11, 20)),
        to: Some(day(11, 22)),
        team: (1..=4).map(person).collect(),
        lead: Some(person(1)),
        shared: ["eat", "work"].into_iter().filter_map(code).collect(),
        programme: "Ba cùng với đồng bào dân tộc thiểu số giai đoạn 2025–2030".to_owned(),
        reviewing_cell: "Chi bộ Pắc Ban".to_owned(),
        unit: "Công an xã Nà Hang".to_owned(),
        note: String::new(),
        origin: Origin::Typed,
        row: None,
    };
    let mut dossier = Dossier::new(visit);
    dossier.visit.id = Some(VisitId([1; 16]));
    let activity = Activity {
        category: code("house_repair"),
        amount: Some(Quantity(1_000)),
        measure: code("house"),
        person_days: Some(Quantity(12_500)),
        beneficiaries: vec![Beneficiaries {
            kind: code("poor"),
            households: Some(1),
            people: Some(5),
            turns: None,
        }],
        funding: vec![Funding {
            source: code("contribution"),
            value: Some(Vnd(3_500_000)),
        }],
        lead_unit: "Công an xã Nà Hang".to_owned(),
        partners: vec![
            "Đoàn Thanh niên xã".to_owned(),
            "Hội Phụ nữ thôn".to_owned(),
        ],
        confirmation: Some(VillageConfirmation {
            by: "Ma Văn Thủy".to_owned(),
            on: Some(day(11, 22)),
        }),
        description: "Lợp lại mái, thay hai cột và dựng lại bếp cho hộ ở đầu bản, nhà dột từ trận \
                      mưa đá tháng Tư; dân góp gỗ, đơn vị góp công."
            .to_owned(),
        ..Activity::default()
    };
    dossier.activities.push(ActivityFile {
        activity: versioned(ActivityId([1; 16]), activity),
        helped: Some(versioned(
            HelpedId([1; 16]),
            HelpedNames {
                activity: None,
                names: "Triệu Thị Mùi\nTriệu Văn Sinh".to_owned(),
            },
        )),
    });
    let meeting = Meeting {
        kind: code("cell_regular"),
        capacity: code("superior"),
        body: "Chi bộ Pắc Ban".to_owned(),
        attendance: Some(23),
        remarks: "đề nghị họp dân về nước sinh hoạt".to_owned(),
        ..Meeting::default()
    };
    let promise = Promise::new("báo lại về đèn đường", Some(day(11, 30)));
    dossier.meetings.push(MeetingFile {
        meeting: versioned(MeetingId([1; 16]), meeting),
        promises: vec![versioned(PromiseId([1; 16]), promise)],
    });
    let concern = Concern {
        kind: Some(ConcernKind::Recommendation),
        topic: code("electricity"),
        line: "Đèn đường đoạn qua suối tối".to_owned(),
        answer_by: Some(day(11, 30)),
        ..Concern::default()
    };
    let particulars = Particulars {
        concern: None,
        raised_by: RaisedBy::Citizen(Citizen {
            name: "Lý Văn Páo".to_owned(),
            contact: "đầu bản".to_owned(),
            ..Citizen::default()
        }),
        said: "Trẻ đi học về tối, ngã hai lần.".to_owned(),
        wish: "Có đèn trước Tết.".to_owned(),
    };
    dossier.concerns.push(ConcernFile {
        concern: versioned(ConcernId([1; 16]), concern),
        particulars: Some(versioned(ParticularsId([1; 16]), particulars)),
    });
    let envelope = Envelope {
        visit: None,
        number: "07/2026".to_owned(),
        on: Some(day(11, 21)),
        body: "Ủy ban kiểm tra".to_owned(),
        ..Envelope::default()
    };
    dossier
        .envelopes
        .push(versioned(EnvelopeId([1; 16]), envelope));
    dossier
}

/// A visit with far too much in it, some of it made to harm a terminal.
pub(super) fn overfull() -> Dossier {
    let mut dossier = dossier();
    let foul = "Bản \u{1b}[31mđỏ\u{202e} ngược\u{200b} \r\n\t lề\u{7} ";
    let one = dossier.activities.remove(0);
    for n in 0..40 {
        let mut file = one.clone();
        file.activity.value.description = foul.repeat(n);
        file.activity.value.lead_unit = "Đ".repeat(300);
        file.activity.value.funding[0].value = Some(Vnd(u64::MAX));
        file.activity.value.amount = Some(Quantity(u64::MAX));
        dossier.activities.push(file);
    }
    dossier.visit.value.note = foul.repeat(50);
    dossier.visit.value.programme = "x".repeat(2_000);
    dossier
}

/// A draft with most of it missing.
pub(super) fn lacking() -> Dossier {
    let mut dossier = Dossier::new(Visit {
        from: Some(day(11, 22)),
        to: Some(day(11, 20)),
        ..Visit::default()
    });
    dossier.activities.push(ActivityFile {
        activity: Versioned::new(Activity::default()),
        helped: None,
    });
    dossier
}

pub(super) fn history() -> Vec<HistoryLine> {
    let line = |hours: i64, who: &str, about: EntityId, event| HistoryLine {
        at: Stamp(NOW.0 - hours * 3_600_000),
        who: who.to_owned(),
        about,
        event,
    };
    let visit = EntityId::from(VisitId([1; 16]));
    let activity = EntityId::from(ActivityId([1; 16]));
    vec![
        line(20, "Hoàng Thị Bế", visit, HistoryEvent::Created),
        line(20, "Hoàng Thị Bế", activity, HistoryEvent::Created),
        line(
            2,
            "Nguyễn Văn Hòa",
            activity,
            HistoryEvent::Amended(vec!["amount", "person_days", "beneficiaries"]),
        ),
        line(1, "Hoàng Thị Bế", visit, HistoryEvent::Sent),
        line(
            0,
            "Hoàng Thị Bế",
            visit,
            HistoryEvent::Withdrawn("ghi nhầm thôn".to_owned()),
        ),
    ]
}

fn side(at: usize, d: u32, team: &[u8], note: &str) -> Side {
    let mut row = row(at);
    (row.from, row.to) = (Some(day(11, d)), Some(day(11, d)));
    let visit = Visit {
        site: Some(Site::Village(PlaceId([1; 16]))),
        from: Some(day(11, d)),
        to: Some(day(11, d)),
        team: team.iter().map(|n| person(*n)).collect(),
        lead: team.first().map(|n| person(*n)),
        shared: code("eat").into_iter().chain(code("work")).collect(),
        unit: "Công an xã Nà Hang".to_owned(),
        note: note.to_owned(),
        ..Visit::default()
    };
    let activity = Activity {
        category: code("canal"),
        amount: Some(Quantity(if at == 0 { 120_000 } else { 100_000 })),
        measure: code("m"),
        person_days: Some(Quantity(45_000)),
        description: "Nạo vét mương bị lấp sau lũ".to_owned(),
        ..Activity::default()
    };
    let concern = Concern {
        kind: Some(ConcernKind::Recommendation),
        line: "Đèn đường đoạn qua suối tối".to_owned(),
        ..Concern::default()
    };
    Side {
        row,
        visit,
        activities: vec![activity],
        meetings: Vec::new(),
        concerns: if at == 0 { vec![concern] } else { Vec::new() },
    }
}

/// Two pairs of visits that may be one; about the second, two people are at odds.
pub(super) fn pairs() -> Vec<Duplicate> {
    let about = code("canal").map(|code| About::Activity(Some(code)));
    let likeness = |place, days, people: &[u8]| Likeness {
        place,
        days,
        people: people.iter().map(|n| person(*n)).collect(),
        about: about.clone().into_iter().collect(),
    };
    let long = "Đường lầy sau mưa, phải đi bộ từ đầu dốc; trưởng thôn đã hẹn dân từ tối hôm trước.";
    vec![
        Duplicate {
            sides: [side(0, 22, &[1, 2], ""), side(1, 21, &[2], long)],
            likeness: Some(likeness(Nearness::Village, 1, &[2])),
            decision: None,
        },
        Duplicate {
            sides: [side(2, 17, &[1, 3], ""), side(3, 17, &[3, 4, 2], "")],
            likeness: Some(likeness(Nearness::Commune, 0, &[3])),
            decision: Some(Decision::Disputed),
        },
    ]
}
