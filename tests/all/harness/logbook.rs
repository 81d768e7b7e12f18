//! A logbook on a disk in memory, with a clock that steps and identifiers from a seed.

use std::sync::{Arc, LazyLock};

use bacung::config::law::LawFiles;
use bacung::domain::{
    Activity, ActivityFile, Code, CommuneCode, Concern, ConcernFile, ConcernKind, Day, Dossier,
    Filters, ListQuery, Meeting, MeetingFile, Person, PersonId, Place, PlaceId, Profile, Role,
    Site, Sort, Stamp, Versioned, Visit,
};
use bacung::journal::{Ids, Signer, Stream, StreamIds};
use bacung::law::Law;
use bacung::law::pressing::Targets;
use bacung::store::{Genesis, Moment, Reckoner, SaveDossier, Saved, Store, WriteError};
use redb::StorageBackend;

/// A logbook and what the runtime would give it.
pub struct Logbook {
    pub store: Store,
    pub ids: StreamIds,
    now: i64,
}

pub fn signer() -> Signer {
    Signer::from_seed(&[9; 32])
}

pub fn day(text: &str) -> Day {
    text.parse().expect("a date as yyyy-mm-dd")
}

pub fn profile(role: Role) -> Profile {
    Profile {
        name: "Hoàng Thị Bế".into(),
        post: "Đại úy".into(),
        unit: "Công an xã Nà Hang".into(),
        role,
    }
}

/// The law that is compiled in, with the usual targets.
pub fn reckoner() -> Reckoner {
    static LAW: LazyLock<Arc<Law>> = LazyLock::new(|| Arc::new(LawFiles::built_in().law()));
    let targets = Targets {
        hand_over: 3,
        tell: 5,
    };
    Reckoner {
        law: LAW.clone(),
        targets,
        digest: LAW.digest(targets),
    }
}

impl Logbook {
    pub fn create(backend: impl StorageBackend, role: Role) -> Self {
        let mut ids = StreamIds::from_seed([5; 32]);
        let now = Stamp(1_795_000_000_000);
        let moment = Moment {
            now,
            today: day("2026-11-23"),
        };
        let genesis = Genesis {
            profile: profile(role),
        };
        let mut store =
            Store::create(backend, genesis, signer(), moment, &mut ids).expect("a logbook");
        let dates = store.reckon_with(reckoner(), &mut |_, _| {});
        assert_eq!(dates.expect("no dates yet"), []);
        Self {
            store,
            ids,
            now: now.0,
        }
    }

    /// One that was opened again.
    pub fn of(store: Store) -> Self {
        Self {
            store,
            ids: StreamIds::from_seed([6; 32]),
            now: 1_795_000_500_000,
        }
    }

    pub fn moment(&mut self) -> Moment {
        self.now += 1000;
        Moment {
            now: Stamp(self.now),
            today: day("2026-11-23"),
        }
    }

    pub fn place(&mut self, name: &str, commune: u32) -> (PlaceId, Place) {
        let at = self.moment().now;
        let place = Place {
            name: name.into(),
            kind: Code::new("thon").ok(),
            commune: Some(CommuneCode(commune)),
            ..Place::default()
        };
        (PlaceId(self.ids.id(Stream::Open, at)), place)
    }

    pub fn person(&mut self, name: &str) -> (PersonId, Person) {
        let at = self.moment().now;
        let person = Person {
            name: name.into(),
            ..Person::default()
        };
        (PersonId(self.ids.id(Stream::Open, at)), person)
    }

    pub fn save(&mut self, dossier: Dossier) -> Saved {
        self.try_save(dossier, vec![], vec![]).expect("a save")
    }

    pub fn try_save(
        &mut self,
        dossier: Dossier,
        places: Vec<(PlaceId, Place)>,
        people: Vec<(PersonId, Person)>,
    ) -> Result<Saved, WriteError> {
        let save = SaveDossier {
            dossier,
            places,
            people,
            typing: None,
        };
        let moment = self.moment();
        self.store.save(save, moment, &mut self.ids)
    }
}

/// A visit with a note and nothing else.
pub fn visit(note: &str, to: Option<&str>) -> Dossier {
    Dossier::new(Visit {
        from: to.map(day),
        to: to.map(day),
        note: note.into(),
        ..Visit::default()
    })
}

pub fn at(mut dossier: Dossier, site: Site) -> Dossier {
    dossier.visit.value.site = Some(site);
    dossier
}

pub fn with_activity(mut dossier: Dossier, category: &str, description: &str) -> Dossier {
    let activity = Activity {
        category: Code::new(category).ok(),
        description: description.into(),
        ..Activity::default()
    };
    dossier.activities.push(ActivityFile {
        activity: Versioned::new(activity),
        helped: None,
    });
    dossier
}

pub fn with_meeting(mut dossier: Dossier, remarks: &str) -> Dossier {
    let meeting = Meeting {
        kind: Code::new("village").ok(),
        remarks: remarks.into(),
        ..Meeting::default()
    };
    dossier.meetings.push(MeetingFile::new(meeting, Vec::new()));
    dossier
}

pub fn with_concern(mut dossier: Dossier, line: &str, answer_by: Option<&str>) -> Dossier {
    let concern = Concern {
        kind: Some(ConcernKind::Reflection),
        line: line.into(),
        answer_by: answer_by.map(day),
        ..Concern::default()
    };
    dossier.concerns.push(ConcernFile {
        concern: Versioned::new(concern),
        particulars: None,
    });
    dossier
}

pub fn query(words: &str) -> ListQuery {
    ListQuery {
        words: words.into(),
        filters: Filters::default(),
        sort: Sort::NewestFirst,
        offset: 0,
        limit: 50,
        labels: Vec::new(),
    }
}
