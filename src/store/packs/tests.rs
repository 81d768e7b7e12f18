//! A packed table answers like a map, whatever waits and whatever is written.

use proptest::prelude::*;
use redb::Builder;
use redb::backends::InMemoryBackend;

use super::*;
use crate::store::tables::{Draft, Read};

fn key(number: u16) -> Vec<u8> {
    let [a, b] = (number / 3).to_be_bytes();
    vec![a, b, (number % 3) as u8]
}

#[derive(Clone, Debug)]
enum Step {
    Put(u16, Vec<u8>),
    Remove(u16),
    Settle,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let content = prop_oneof![
        8 => prop::collection::vec(any::<u8>(), 0..40),
        1 => prop::collection::vec(any::<u8>(), 1000..6000),
    ];
    let step = prop_oneof![
        12 => (0..600_u16, content).prop_map(|(number, content)| Step::Put(number, content)),
        4 => (0..600_u16).prop_map(Step::Remove),
        1 => Just(Step::Settle),
    ];
    prop::collection::vec(step, 0..300)
}

fn scanned(draft: &Draft<'_>, from: &[u8], below: &[u8], way: Way, most: usize) -> Vec<Pair> {
    let mut found = Vec::new();
    let mut visit = |key: &[u8], content: &[u8]| {
        found.push((key.to_vec(), content.to_vec()));
        Ok(match found.len() < most {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        })
    };
    let done = draft.scan(Tab::Rows, from, below, way, &mut visit);
    done.expect("a scan");
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_packed_table_answers_like_a_map(
        steps in steps(),
        (from, below) in (0..600_u16, 0..600_u16),
        most in 1..50_usize,
    ) {
        let backend = InMemoryBackend::new();
        let db = Builder::new().create_with_backend(backend).expect("a database");
        let txn = db.begin_write().expect("write");
        let mut draft = Draft::open(&txn).expect("a draft");
        let mut map = BTreeMap::new();
        for step in steps {
            match step {
                Step::Put(number, content) => {
                    draft.put(Tab::Rows, &key(number), &content).expect("put");
                    map.insert(key(number), content);
                }
                Step::Remove(number) => {
                    draft.remove(Tab::Rows, &key(number)).expect("removed");
                    map.remove(&key(number));
                }
                Step::Settle => draft.settle().expect("written"),
            }
        }
        for _ in 0..2 {
            for number in 0..600 {
                let found = draft.get(Tab::Rows, &key(number)).expect("get");
                prop_assert_eq!(found.as_ref(), map.get(&key(number)));
                let last = draft.at_or_before(Tab::Rows, &key(number)).expect("get");
                let wanted = map.range(..=key(number)).next_back();
                prop_assert_eq!(last, wanted.map(|(k, c)| (k.clone(), c.clone())));
            }
            let (from, below) = (key(from), key(below));
            let up: Vec<Pair> = match from < below {
                true => map.range(from.clone()..below.clone()).map(|(k, c)| (k.clone(), c.clone())).collect(),
                false => Vec::new(),
            };
            let down: Vec<Pair> = up.iter().rev().take(most).cloned().collect();
            let some: Vec<Pair> = up.into_iter().take(most).collect();
            prop_assert_eq!(scanned(&draft, &from, &below, Way::Up, most), some);
            prop_assert_eq!(scanned(&draft, &from, &below, Way::Down, most), down);
            draft.settle().expect("written");
        }
    }
}
