//! Entries of two devices, taken in in any order and in any batches, give the same views.

use proptest::prelude::*;
use redb::ReadableDatabase;
use redb::backends::InMemoryBackend;

use super::absorb::absorb;
use super::blocks::entry_at;
use super::blocks::tests::lose;
use super::bytes::encode;
use super::compare;
use super::entity::Place;
use super::meta::{chains, read_meta, write_meta};
use super::open::{Genesis, Moment, Store, begin_views};
use super::save::SaveDossier;
use super::tables::{Draft, Snapshot, clear_views};
use crate::domain::{
    Activity, ActivityFile, Code, Day, Decision, Dossier, Filters, FormerCommuneCode, HistoryEvent,
    Linked, ListQuery, Pair, PairId, PlaceChange, PlaceId, Profile, Role, Site, Sort, Stamp, Unit,
    Verdict, Versioned, Visit, VisitId,
};
use crate::journal::{EntryView, Signer, StreamIds};

/// What one of the devices does.
#[derive(Clone, Debug)]
enum Deed {
    New {
        device: bool,
        day: u32,
        place: u8,
    },
    Edit {
        device: bool,
        visit: usize,
        day: u32,
        stale: bool,
    },
    Rename {
        device: bool,
        place: u8,
        day: u32,
    },
    Merge {
        device: bool,
        from: u8,
        into: u8,
        last: Option<u32>,
    },
    Withdraw {
        device: bool,
        visit: usize,
    },
    Undo {
        device: bool,
        visit: usize,
    },
    Decide {
        device: bool,
        pair: (usize, usize),
        verdict: Verdict,
        stale: bool,
    },
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let device = any::<bool>();
    let deed = prop_oneof![
        3 => (device, 1..90_u32, 0..3_u8)
            .prop_map(|(device, day, place)| Deed::New { device, day, place }),
        4 => (device, 0..6_usize, 1..90_u32, any::<bool>())
            .prop_map(|(device, visit, day, stale)| Deed::Edit { device, visit, day, stale }),
        1 => (device, 0..3_u8, 1..90_u32)
            .prop_map(|(device, place, day)| Deed::Rename { device, place, day }),
        1 => (device, 0..3_u8, 0..3_u8, prop::option::of(1..90_u32))
            .prop_map(|(device, from, into, last)| Deed::Merge { device, from, into, last }),
        1 => (device, 0..6_usize).prop_map(|(device, visit)| Deed::Withdraw { device, visit }),
        2 => (device, 0..6_usize).prop_map(|(device, visit)| Deed::Undo { device, visit }),
        3 => (device, (0..6_usize, 0..6_usize), any::<bool>(), any::<bool>()).prop_map(
            |(device, pair, linked, stale)| {
                let verdict = if linked { Verdict::Linked } else { Verdict::Dismissed };
                Deed::Decide { device, pair, verdict, stale }
            }
        ),
    ];
    prop::collection::vec(deed, 1..14)
}

fn date(number: u32) -> Day {
    Day::from_yo_opt(2026, number).expect("a day of the year")
}

/// A store on which two devices write, as if each had brought its entries to the other at once.
struct Two {
    store: Store,
    other: Option<Signer>,
    ids: StreamIds,
    visits: Vec<(VisitId, Dossier)>,
    now: i64,
}

impl Two {
    fn new() -> Self {
        let mut ids = StreamIds::from_seed([1; 32]);
        let moment = Moment {
            now: Stamp(1),
            today: date(90),
        };
        let profile = Profile {
            name: "A".into(),
            post: String::new(),
            unit: "U".into(),
            role: Role::Officer,
        };
        let signer = Signer::from_seed(&[1; 32]);
        let genesis = Genesis { profile };
        let store = Store::create(InMemoryBackend::new(), genesis, signer, moment, &mut ids);
        Self {
            store: store.expect("a store"),
            other: Some(Signer::from_seed(&[2; 32])),
            ids,
            visits: Vec::new(),
            now: 1,
        }
    }

    fn moment(&mut self) -> Moment {
        self.now += 1;
        Moment {
            now: Stamp(self.now),
            today: date(90),
        }
    }

    /// Runs a deed under the key of the device that does it; a refused one changes nothing.
    fn run(&mut self, deed: &Deed) {
        let other = match deed {
            Deed::New { device, .. }
            | Deed::Edit { device, .. }
            | Deed::Rename { device, .. }
            | Deed::Merge { device, .. }
            | Deed::Withdraw { device, .. }
            | Deed::Undo { device, .. }
            | Deed::Decide { device, .. } => *device,
        };
        if other {
            self.swap();
        }
        self.do_it(deed);
        if other {
            self.swap();
        }
    }

    fn swap(&mut self) {
        let other = self.other.take().expect("the other key");
        self.other = Some(std::mem::replace(&mut self.store.signer, other));
    }

    fn save(&mut self, dossier: Dossier, place: u8) -> Option<VisitId> {
        let village = crate::domain::Place {
            name: format!("Bản {place}"),
            ..crate::domain::Place::default()
        };
        let save = SaveDossier {
            dossier,
            places: vec![(PlaceId([place; 16]), village)],
            people: vec![],
            typing: None,
        };
        let moment = self.moment();
        let saved = self.store.save(save, moment, &mut self.ids);
        saved.ok().map(|saved| saved.visit)
    }

    fn do_it(&mut self, deed: &Deed) {
        let visits = self.visits.len();
        let pick = |visit: usize| visit % visits.max(1);
        let moment = self.moment();
        match *deed {
            Deed::New { day, place, .. } => {
                let mut dossier = Dossier::new(Visit {
                    site: Some(Site::Village(PlaceId([place; 16]))),
                    to: (day % 7 != 0).then(|| date(day)),
                    ..Visit::default()
                });
                let activity = Activity {
                    description: format!("việc {day}"),
                    category: Code::new("road").ok(),
                    ..Activity::default()
                };
                dossier.activities.push(ActivityFile {
                    activity: Versioned::new(activity),
                    helped: None,
                });
                let id = self.save(dossier, place).expect("a new visit is saved");
                let read = self.store.reader().dossier(id).expect("read");
                self.visits.push((id, read.expect("there")));
            }
            Deed::Edit {
                visit, day, stale, ..
            } => {
                let Some((id, first)) = self.visits.get(pick(visit)).cloned() else {
                    return;
                };
                let current = self.store.reader().dossier(id).expect("read");
                let Some(mut dossier) = (if stale { Some(first) } else { current }) else {
                    return;
                };
                dossier.visit.value.to = Some(date(day));
                if day % 5 == 0 {
                    dossier.activities.clear();
                }
                self.save(dossier, 0);
            }
            Deed::Rename { place, day, .. } => {
                let name = format!("Bản đổi {}", self.now);
                let change = match day % 4 {
                    0 => PlaceChange::Last(Some(date(day))),
                    1 => PlaceChange::Renamed {
                        id: PlaceId([100 + place; 16]),
                        name,
                        first: date(day),
                    },
                    2 => PlaceChange::Unit(Unit::Former(FormerCommuneCode(day))),
                    _ => PlaceChange::Name(name),
                };
                let place = PlaceId([place; 16]);
                let _ = self
                    .store
                    .change_place(place, change, moment, &mut self.ids);
            }
            Deed::Merge {
                from, into, last, ..
            } => {
                let (from, into) = (PlaceId([from; 16]), PlaceId([into; 16]));
                let last = last.map(date);
                let change = PlaceChange::Into { into, last };
                let _ = self.store.change_place(from, change, moment, &mut self.ids);
            }
            Deed::Withdraw { visit, .. } => {
                if let Some((id, _)) = self.visits.get(pick(visit)) {
                    let _ = self.store.withdraw(*id, "x".into(), moment, &mut self.ids);
                }
            }
            Deed::Undo { visit, .. } => {
                if let Some((id, _)) = self.visits.get(pick(visit)) {
                    let _ = self.store.undo(*id, moment, &mut self.ids);
                }
            }
            Deed::Decide {
                pair,
                verdict,
                stale,
                ..
            } => {
                let ids = [pair.0, pair.1].map(|visit| self.visits.get(pick(visit)));
                let [Some((one, _)), Some((other, _))] = ids else {
                    return;
                };
                let (one, other) = (*one, *other);
                if one != other && stale {
                    // As if the other device had decided without knowing of this one.
                    let pair = Pair::new(one, other, verdict, String::new());
                    let id = PairId::of(one, other).into();
                    let done = self
                        .store
                        .write(moment, &mut self.ids, |w| w.create(id, &pair));
                    done.expect("an entry");
                } else {
                    let pair = (one, other);
                    let note = String::new();
                    let _ = self
                        .store
                        .decide(pair, verdict, note, moment, &mut self.ids);
                }
            }
        }
    }
}

fn journal(draft: &Draft<'_>) -> Vec<(Place, EntryView)> {
    let mut entries = Vec::new();
    for (chain, end) in chains(draft).expect("chains") {
        for seq in 1..=end.seq {
            let place = Place { chain, seq };
            let stored = entry_at(draft, place).expect("an entry");
            entries.push((place, stored.entry.view().expect("a body")));
        }
    }
    entries
}

/// Makes the views afresh from shuffled batches and compares them with those of the file.
fn taken_in_any_order(store: &Store, order: &[u32], batch: usize) {
    let read = store.db.begin_read().expect("read");
    let file = Snapshot::open(&read).expect("a snapshot");
    let txn = store.db.begin_write().expect("write");
    clear_views(&txn).expect("clear");
    let mut fresh = Draft::open(&txn).expect("a draft");
    let mut meta = read_meta(&fresh).expect("meta");
    meta.next_ordinal = 0;
    write_meta(&mut fresh, &meta).expect("meta");
    begin_views(&mut fresh).expect("begin");
    let mut entries: Vec<_> = journal(&fresh).into_iter().enumerate().collect();
    entries.sort_by_key(|(i, _)| order.get(*i).copied().unwrap_or(*i as u32));
    let mut entries = entries.into_iter().map(|(_, entry)| entry);
    loop {
        let next: Vec<_> = entries.by_ref().take(batch).collect();
        if next.is_empty() {
            break;
        }
        absorb(&mut fresh, next).expect("absorb");
    }
    assert_eq!(compare::views(&file, &fresh).expect("compare"), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_order_gives_the_same_views(
        deeds in deeds(),
        order in prop::collection::vec(any::<u32>(), 80),
        batch in 1..9_usize,
    ) {
        let mut two = Two::new();
        for deed in &deeds {
            two.run(deed);
        }
        taken_in_any_order(&two.store, &order, batch);
        let found = two.store.check().expect("a check");
        // The other device is in no roster of this release.
        let damage = found.damage.into_iter().filter(|d| {
            !matches!(d, super::Damage::Entry { fault: super::Fault::NoKey, .. })
        });
        prop_assert_eq!(damage.collect::<Vec<_>>(), []);
    }
}

fn all() -> ListQuery {
    ListQuery {
        words: String::new(),
        filters: Filters::default(),
        sort: Sort::NewestFirst,
        offset: 0,
        limit: 10,
        labels: Vec::new(),
    }
}

#[test]
fn a_comparison_sees_a_view_that_says_something_else() {
    let mut two = Two::new();
    for day in [3, 50] {
        let deed = Deed::New {
            device: false,
            day,
            place: 1,
        };
        two.run(&deed);
    }
    let wrong = super::apply::buckets(&[1]);
    two.store
        .transact::<_, super::StoreError>(|draft| {
            let (key, content) = wrong.all(draft)?.remove(0);
            let mut counts = super::apply::read_counts(&content)?;
            counts.states[0] += 1;
            wrong.put(draft, &key, encode(&counts))
        })
        .expect("a commit");
    let found = two.store.check().expect("a check");
    assert_eq!(found.damage, [super::Damage::View("buckets")]);
    assert!(two.store.reader().list_visits(&all()).is_err());
    two.store.rebuild().expect("a rebuild");
    assert_eq!(two.store.check().expect("a check").damage, []);
    assert!(two.store.reader().list_visits(&all()).is_ok());
}

/// Two people decide differently, neither knowing of the other: both are kept, nothing is linked,
/// and the pair is asked about until somebody who sees both decides.
#[test]
fn two_decisions_at_odds_are_shown_and_decide_nothing() {
    let mut two = Two::new();
    for day in [3, 4] {
        let device = false;
        two.run(&Deed::New {
            device,
            day,
            place: 1,
        });
    }
    let open = |two: &Two| {
        let page = two.store.reader().duplicates(None).expect("a page");
        page.pairs.iter().map(|p| p.decision).collect::<Vec<_>>()
    };
    let linked = |two: &Two| {
        let row = two.store.reader().duplicates_of(two.visits[0].0);
        row.expect("pairs")[0].sides[1].row.linked
    };
    assert_eq!(open(&two), [None]);
    for (device, verdict) in [(false, Verdict::Linked), (true, Verdict::Dismissed)] {
        let pair = (0, 1);
        two.run(&Deed::Decide {
            device,
            pair,
            verdict,
            stale: true,
        });
    }
    assert_eq!(open(&two), [Some(Decision::Disputed)]);
    assert_eq!(linked(&two), Linked::No);
    two.run(&Deed::Decide {
        device: true,
        pair: (1, 0),
        verdict: Verdict::Linked,
        stale: false,
    });
    assert_eq!(open(&two), []);
    assert_ne!(linked(&two), Linked::No);
    let history = two.store.reader().history(two.visits[0].0.into());
    let told = history.expect("a history").into_iter();
    let told = told.filter(|line| {
        let event = &line.event;
        matches!(event, HistoryEvent::Linked(_) | HistoryEvent::Dismissed(_))
    });
    assert_eq!(told.count(), 3);
}

#[test]
fn a_file_without_a_view_of_this_release_gets_it_and_one_without_tables_is_no_logbook() {
    let mut two = Two::new();
    let txn = two.store.db.begin_write().expect("write");
    let pairs = redb::TableDefinition::<&[u8], &[u8]>::new(super::tables::Tab::Pairs.name());
    assert!(txn.delete_table(pairs).expect("deleted"));
    txn.commit().expect("a commit");
    assert!(two.store.reader().today(date(90)).is_err());
    two.store.complete().expect("made again");
    assert!(two.store.reader().today(date(90)).is_ok());
    assert_eq!(two.store.check().expect("a check").damage, []);
    let txn = two.store.db.begin_write().expect("write");
    let meta = redb::TableDefinition::<&[u8], &[u8]>::new(super::tables::Tab::Meta.name());
    assert!(txn.delete_table(meta).expect("deleted"));
    txn.commit().expect("a commit");
    let none = two.store.complete();
    assert!(matches!(none, Err(super::StoreError::NotALogbook)));
}

#[test]
fn a_check_lists_a_lost_entry_and_goes_on_and_a_rebuild_leaves_it_out() {
    let mut two = Two::new();
    for day in [3, 50] {
        let deed = Deed::New {
            device: false,
            day,
            place: 1,
        };
        two.run(&deed);
    }
    two.store
        .keep_typing([4; 16], Stamp(1), b"typing")
        .expect("kept");
    let (lost, visit) = (Place { chain: 1, seq: 5 }, two.visits[1].0);
    two.store
        .transact::<_, super::StoreError>(|draft| lose(draft, lost))
        .expect("a commit");
    assert!(two.store.reader().dossier(visit).is_err());
    let found = two.store.check().expect("a check").damage;
    let entry = super::Damage::Entry {
        device: two.store.signer.public().device(),
        stream: crate::journal::Stream::Open,
        seq: 5,
        fault: super::Fault::Unreadable,
    };
    assert!(found.contains(&entry), "{found:?}");
    let of_entries = |d: &&super::Damage| matches!(d, super::Damage::Entry { .. });
    assert_eq!(found.iter().filter(of_entries).count(), 1, "{found:?}");
    assert_eq!(two.store.rebuild().expect("a rebuild").skipped, 1);
    assert_eq!(two.store.reader().typing().expect("typing").len(), 1);
    let page = two.store.reader().today(date(90)).expect("the day");
    assert_eq!(page.not_copied, 1);
    assert_eq!(two.store.check().expect("a check").damage, [entry]);
}
