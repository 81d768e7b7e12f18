//! Sets in runs read like the sets they were made of.

use std::collections::BTreeSet;

use minicbor::bytes::ByteVec;
use proptest::prelude::*;
use redb::backends::InMemoryBackend;
use redb::{Builder, Database};

use super::*;

/// Words that begin alike, and one that another word is the beginning of.
const TOKENS: [&[u8]; 6] = [b"wha", b"whai", b"whan", b"wta", b"iw", b"p\0\0"];

const BEGINNINGS: &[&[u8]] = &[b"", b"w", b"wh", b"wha", b"whan", b"x"];

fn database() -> Database {
    let backend = InMemoryBackend::new();
    let made = Builder::new().create_with_backend(backend);
    made.expect("a database")
}

fn month(number: u8) -> [u8; 5] {
    [1 + number / 2, 0, 0, 0, number]
}

type Sets = BTreeMap<([u8; 5], usize), BTreeSet<u32>>;

/// Changes of one commit: month, token, number, and whether the set gets it.
type Changes = Vec<(u8, usize, u32, bool)>;

fn commits() -> impl Strategy<Value = Vec<Changes>> {
    let number = prop_oneof![0..40_u32, 1000..1040_u32, any::<u32>()];
    let change = (0..4_u8, 0..TOKENS.len(), number, prop::bool::weighted(0.8));
    prop::collection::vec(prop::collection::vec(change, 1..60), 1..12)
}

/// Does to the sets what a commit does, and returns it as the commit would say it.
fn steps(sets: &mut Sets, changes: &Changes) -> BTreeMap<[u8; 5], Steps> {
    let before = sets.clone();
    for &(at, token, number, gets) in changes {
        let set = sets.entry((month(at), token)).or_default();
        match gets {
            true => set.insert(number),
            false => set.remove(&number),
        };
    }
    let mut months = BTreeMap::<[u8; 5], Steps>::new();
    for (&(at, token), set) in sets.iter() {
        let old = before.get(&(at, token)).cloned().unwrap_or_default();
        let moves = Moves {
            lost: old.difference(set).copied().collect(),
            got: set.difference(&old).copied().collect(),
        };
        let steps = months.entry(at).or_default();
        if moves != Moves::default() {
            steps.push((TOKENS[token].to_vec(), moves));
        }
    }
    for steps in months.values_mut() {
        steps.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    }
    months.retain(|_, steps| !steps.is_empty());
    months
}

fn all(read: &impl Read, key: &[u8; 5], with: &[u8]) -> Vec<(Vec<u8>, Vec<u32>)> {
    let mut found = Vec::new();
    let month = Month::open(read, key).expect("a month");
    let each = month.each(read, with, &mut |token, set| {
        found.push((token.to_vec(), set.iter().collect()));
        Ok(())
    });
    each.expect("its sets");
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn sets_of_runs_and_merged_ones_answer_like_sets(
        commits in commits(),
        most in prop_oneof![0..80_u64, Just(MOST)],
        with in prop::sample::select(BEGINNINGS),
    ) {
        let db = database();
        let txn = db.begin_write().expect("write");
        let mut draft = Draft::open(&txn).expect("a draft");
        begin(&mut draft).expect("begun");
        let mut sets = Sets::new();
        for changes in &commits {
            let months = steps(&mut sets, changes);
            add_within(&mut draft, months, most).expect("added");
            prop_assert!(total(&draft).expect("a total").weight <= most);
        }
        for key in months(&draft).expect("months") {
            let mut expected: Vec<(Vec<u8>, Vec<u32>)> = Vec::new();
            let month = Month::open(&draft, &key).expect("a month");
            let mut any = BTreeSet::<u32>::new();
            for (token, name) in TOKENS.iter().enumerate() {
                let set = sets.get(&(key, token)).cloned().unwrap_or_default();
                let found = month.get(&draft, name).expect("a set");
                prop_assert!(found.iter().eq(set.iter().copied()));
                if name.starts_with(with) && !set.is_empty() {
                    any.extend(&set);
                    expected.push((name.to_vec(), set.into_iter().collect()));
                }
            }
            expected.sort();
            prop_assert_eq!(all(&draft, &key, with), expected);
            let found = month.beginning(&draft, with).expect("a set");
            prop_assert!(found.iter().eq(any));
        }
        // As much as the runs say that they hold.
        let held = months(&draft).expect("months").into_iter();
        let held = held.flat_map(|key| runs(&draft, &key).expect("runs").expect("a month"));
        let held: u64 = held.map(|run| run.weight).sum();
        prop_assert_eq!(held, total(&draft).expect("a total").weight);
    }

    #[test]
    fn any_bytes_of_a_block_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let db = database();
        let txn = db.begin_write().expect("write");
        let mut draft = Draft::open(&txn).expect("a draft");
        let key = month(0);
        let link = encode(&(ByteVec::from(Vec::new()), ByteVec::from(bytes)));
        draft.put(Tab::Recent, &[&key[..], &[0; 4]].concat(), &link).expect("put");
        let _ = Run::new(&key, 0).read(&draft);
        let _ = Run::new(&key, 0).get(&draft, b"wha");
    }
}

/// A word whose set is one number.
fn word(number: u32) -> (Vec<u8>, Moves) {
    let got = vec![number];
    let moves = Moves {
        got,
        ..Moves::default()
    };
    (format!("w{number:05}").into_bytes(), moves)
}

#[test]
fn a_run_or_a_block_that_is_lost_is_missed() {
    let db = database();
    let key = month(0);
    let txn = db.begin_write().expect("write");
    let mut draft = Draft::open(&txn).expect("a draft");
    begin(&mut draft).expect("begun");
    // The last run is too small to be joined with the first, which has several blocks.
    for words in [0..3000, 3000..3010] {
        let steps = words.map(word).collect();
        let months = BTreeMap::from([(key, steps)]);
        add(&mut draft, months).expect("added");
    }
    drop(draft);
    txn.commit().expect("committed");
    let mut keys = Vec::new();
    let txn = db.begin_write().expect("write");
    let draft = Draft::open(&txn).expect("a draft");
    draft
        .scan(Tab::Recent, &key, &after(&key), Way::Up, &mut |key, _| {
            keys.push(key.to_vec());
            Ok(ControlFlow::Continue(()))
        })
        .expect("scanned");
    drop(draft);
    txn.abort().expect("given up");
    assert!(keys.len() > 4, "{} keys", keys.len());
    for lost in keys {
        let txn = db.begin_write().expect("write");
        let mut draft = Draft::open(&txn).expect("a draft");
        draft.remove(Tab::Recent, &lost).expect("removed");
        let month = Month::open(&draft, &key).expect("a month");
        let each = month.each(&draft, b"", &mut |_, _| Ok(()));
        assert!(matches!(each, Err(StoreError::Damaged(_))), "{lost:?}");
        assert!(month.beginning(&draft, b"w").is_err(), "{lost:?}");
        drop(draft);
        txn.abort().expect("given up");
    }
}
