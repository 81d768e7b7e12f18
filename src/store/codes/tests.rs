//! Codes that wait are found like those that lie in the table.

use std::collections::BTreeSet;

use proptest::prelude::*;
use redb::backends::InMemoryBackend;
use redb::{Builder, Database};

use super::*;
use crate::domain::VisitId;

fn database() -> Database {
    let made = Builder::new().create_with_backend(InMemoryBackend::new());
    made.expect("a database")
}

fn visit(number: u8) -> (EntityId, u32) {
    (VisitId([number; 16]).into(), u32::from(number))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn codes_are_found_wherever_they_lie(
        commits in prop::collection::vec(prop::collection::btree_set(0..120_u8, 1..40), 1..10),
        most in prop_oneof![0..60_u64, Just(MOST_WAITING)],
    ) {
        let db = database();
        let txn = db.begin_write().expect("write");
        let mut draft = Draft::open(&txn).expect("a draft");
        begin(&mut draft).expect("begun");
        let mut there = BTreeSet::new();
        for commit in commits {
            let mut moves = Moves::default();
            for number in commit {
                let (entity, ordinal) = visit(number);
                let comes = there.insert(number);
                if !comes {
                    there.remove(&number);
                }
                moves.add(entity, ordinal, if comes { Move::Comes } else { Move::Goes });
            }
            moves.write_within(&mut draft, most).expect("written");
            prop_assert!(queue(&draft).expect("a queue").codes <= most);
        }
        let expected: BTreeSet<Coded> = there
            .iter()
            .map(|number| visit(*number))
            .map(|(entity, ordinal)| Coded { bits: ShortCode::bits(entity), ordinal })
            .collect();
        let mut found = Vec::new();
        for (low, high) in parts() {
            found.append(&mut between(&draft, low, high).expect("codes"));
        }
        prop_assert!(found.iter().eq(&expected));
        for code in expected {
            let found = between(&draft, code.bits, code.bits).expect("codes");
            prop_assert_eq!(found, vec![code]);
        }
        let gone = (0..120).find(|number| !there.contains(number));
        if let Some((entity, ordinal)) = gone.map(visit) {
            let mut moves = Moves::default();
            moves.add(entity, ordinal, Move::Goes);
            prop_assert!(moves.write(&mut draft).is_err());
        }
    }
}
