//! What is erased is found nowhere in the file, and nothing else has changed.

use redb::backends::InMemoryBackend;

use super::*;
use crate::domain::{
    ActivityFile, ConcernFile, ConcernKind, Dossier, PlaceId, Profile, Role, Stamp, Versioned,
    VisitId,
};
use crate::journal::{Signer, StreamIds};
use crate::store::blocks::entry_at;
use crate::store::entity::Place;
use crate::store::meta::chains;
use crate::store::{Genesis, SaveDossier};

/// Words that stand in particulars and nowhere else.
const CANARIES: [&str; 7] = [
    "Lò Thị Thuý",
    "0912345678",
    "Khuổi Lặng",
    "008190001234",
    "nhà tôi dột",
    "xin tấm lợp",
    "Thuý",
];

struct Book {
    store: Store,
    ids: StreamIds,
    now: i64,
}

impl Book {
    fn new() -> Self {
        let mut ids = StreamIds::from_seed([1; 32]);
        let genesis = Genesis {
            profile: Profile {
                name: "Hoàng Thị Bế".into(),
                post: String::new(),
                unit: "Công an xã Nà Hang".into(),
                role: Role::Police,
            },
        };
        let signer = Signer::from_seed(&[7; 32]);
        let store = Store::create(InMemoryBackend::new(), genesis, signer, at(1), &mut ids);
        Self {
            store: store.expect("a logbook"),
            ids,
            now: 1,
        }
    }

    fn tick(&mut self) -> Moment {
        self.now += 1;
        at(self.now)
    }

    fn save(&mut self, dossier: Dossier) -> VisitId {
        let save = SaveDossier {
            dossier,
            places: Vec::new(),
            people: Vec::new(),
            typing: None,
        };
        let now = self.tick();
        let saved = self.store.save(save, now, &mut self.ids);
        saved.expect("a save").visit
    }

    /// Every body of the journal, one after the other.
    fn bodies(&self) -> String {
        let snapshot = self.store.reader().snapshot().expect("a snapshot");
        let mut text = String::new();
        for (chain, end) in chains(&snapshot).expect("the chains") {
            for seq in 1..=end.seq {
                let entry = entry_at(&snapshot, Place { chain, seq }).expect("an entry");
                if let Some(body) = entry.entry.body().expect("a sound body") {
                    text.push_str(&String::from_utf8_lossy(body));
                }
            }
        }
        text
    }

    fn check(&mut self) {
        let report = self.store.check().expect("a check");
        assert_eq!(report.damage, []);
    }

    fn erase(&mut self, sought: &Sought) {
        let held = self.store.reader().held_on(sought).expect("is read");
        let line = request(DataDeed::Erased, &held, "12/ĐN", None);
        let now = self.tick();
        let what = (held.as_slice(), Some(sought), &line);
        let done = self.store.erase_held(what, &[], now, &mut self.ids);
        done.expect("is erased");
    }
}

fn at(now: i64) -> Moment {
    Moment {
        now: Stamp(now),
        today: Day::from_ymd_opt(2026, 11, 23).expect("a day"),
    }
}

const VILLAGE: PlaceId = PlaceId([9; 16]);

fn dossier() -> Dossier {
    let mut dossier = Dossier::new(Visit {
        site: Some(Site::Village(VILLAGE)),
        from: Day::from_ymd_opt(2026, 11, 20),
        to: Day::from_ymd_opt(2026, 11, 20),
        ..Visit::default()
    });
    dossier.activities.push(ActivityFile {
        activity: Versioned::new(Activity::default()),
        helped: Some(Versioned::new(HelpedNames {
            activity: None,
            names: "Vàng Seo Lử\nLò Thị Thuý (3 khẩu)\nSùng A Páo".into(),
        })),
    });
    dossier.concerns.push(ConcernFile {
        concern: Versioned::new(Concern {
            kind: Some(ConcernKind::Recommendation),
            line: "mái dột".into(),
            ..Concern::default()
        }),
        particulars: Some(Versioned::new(Particulars {
            concern: None,
            raised_by: RaisedBy::Citizen(Citizen {
                name: "Lò Thị Thúy".into(),
                contact: "0912345678".into(),
                address: "Khuổi Lặng".into(),
                id_number: "008190001234".into(),
            }),
            said: "nhà tôi dột".into(),
            wish: "xin tấm lợp".into(),
        })),
    });
    dossier
}

fn sought(name: &str) -> Sought {
    Sought {
        name: exact(name),
        village: exact("Pắc Ban"),
        sites: vec![Site::Village(VILLAGE)],
    }
}

#[test]
fn exactly_this_name_and_village_are_found_and_nothing_like_them() {
    let mut book = Book::new();
    book.save(dossier());
    let reader = book.store.reader();
    let count = |sought: &Sought| reader.held_on(sought).expect("is read").len();
    assert_eq!(count(&sought("lò thị thuý")), 2);
    assert_eq!(count(&sought("Sùng A Páo")), 1);
    for other in ["Lo Thi Thuy", "Thị Thúy", "Lò Thị", "Lò Thị Thủy"] {
        assert_eq!(count(&sought(other)), 0, "{other}");
    }
    let elsewhere = Sought {
        sites: vec![Site::Village(PlaceId([8; 16]))],
        ..sought("Lò Thị Thúy")
    };
    assert_eq!(count(&elsewhere), 0);
}

#[test]
fn unsaved_typing_is_found_by_its_texts_whatever_stands_before_them() {
    let book = Book::new();
    let mut typing = Vec::new();
    let mut encoder = minicbor::Encoder::new(&mut typing);
    // The length of the name reads as a letter.
    let map = encoder.map(1).and_then(|map| map.u8(1));
    let texts = map.and_then(|map| map.array(2)).and_then(|a| a.str("x"));
    texts.and_then(|a| a.str("Lò Thị Thúy")).expect("in memory");
    let kept = book.store.keep_typing([3; 16], Stamp(1), &typing);
    kept.expect("is kept");
    let reader = book.store.reader();
    let count = |name| {
        reader
            .named_elsewhere(&sought(name))
            .expect("is read")
            .typing
    };
    assert_eq!(count("Lò Thị Thúy"), 1);
    assert_eq!(count("Thị Thúy Lò"), 0);
}

#[test]
fn what_is_erased_is_nowhere_and_all_else_stands() {
    let mut book = Book::new();
    let visit = book.save(dossier());
    // A history: what stood before is to go as well.
    let mut again = book
        .store
        .reader()
        .dossier(visit)
        .expect("is read")
        .expect("stands");
    if let Some(particulars) = &mut again.concerns[0].particulars {
        particulars.value.wish = "xin tấm lợp và đinh".into();
    }
    book.save(again);
    let reader = book.store.reader();
    let revision = reader.revision(visit).expect("is read");
    let before = reader.dossier(visit).expect("is read").expect("stands");
    assert!(book.bodies().contains("xin tấm lợp"));
    book.erase(&sought("Lò Thị Thúy"));
    let bodies = book.bodies();
    for canary in CANARIES.iter().chain(&["Lò Thị Thúy"]) {
        assert!(!bodies.contains(canary), "{canary}");
    }
    assert!(bodies.contains("Vàng Seo Lử"));
    let after = reader.dossier(visit).expect("is read").expect("stands");
    let helped = after.activities[0].helped.as_ref().expect("others stay");
    assert_eq!(helped.value.names, "Vàng Seo Lử\nSùng A Páo");
    assert_eq!(reader.revision(visit).expect("is read"), revision);
    assert!(before.visit == after.visit && before.concerns[0].concern == after.concerns[0].concern);
    assert!(
        reader
            .held_on(&sought("Lò Thị Thúy"))
            .expect("is read")
            .is_empty()
    );
    book.check();
    book.store.rebuild().expect("is made again");
    book.check();
    let log = reader.data_requests().expect("is read");
    assert_eq!(log.len(), 1);
    assert_eq!(
        (log[0].deed, log[0].records.len()),
        (Some(DataDeed::Erased), 2)
    );
    // What was erased can be typed anew, and erased again.
    book.erase(&sought("Vàng Seo Lử"));
    book.check();
}
