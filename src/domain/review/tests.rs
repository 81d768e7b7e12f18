//! The workflow of review as a checked table.

use super::*;

const OLD: [u8; 32] = [1; 32];
const NOW: [u8; 32] = [2; 32];

fn hash(n: u8) -> EntryHash {
    EntryHash([n; 32])
}

fn review(say: Say, revision: [u8; 32], sends: &[u8], after: &[u8]) -> Review {
    Review {
        say: Some(say),
        revision: Some(revision),
        sends: sends.iter().map(|n| hash(*n)).collect(),
        after: after.iter().map(|n| [*n; 16]).collect(),
        ..Review::default()
    }
}

fn state(sends: &[u8], reviews: &[Review]) -> VisitState {
    let sends: Vec<EntryHash> = sends.iter().map(|n| hash(*n)).collect();
    let said: Vec<Said<'_>> = (1..).map(|n| [n; 16]).zip(reviews).collect();
    let mut turned = said.clone();
    turned.reverse();
    let found = reviewed(VisitState::Sent, &NOW, &sends, &said);
    assert_eq!(found, reviewed(VisitState::Sent, &NOW, &sends, &turned));
    found
}

/// The workflow as a table: (sendings, what was said, where the visit stands).
#[test]
fn the_table_of_reviews() {
    use Say::{Ask, Confirm, OnPaper, Return};
    use VisitState::{Changed, Confirmed, Returned, Sent};
    const PAPER: VisitState = VisitState::OnPaper;
    let r = review;
    let table: &[(&[u8], Vec<Review>, VisitState)] = &[
        (&[1], vec![], Sent),
        (&[1], vec![r(Ask, NOW, &[1], &[])], Sent),
        (&[1], vec![r(Confirm, NOW, &[1], &[])], Confirmed),
        (&[1], vec![r(Return, NOW, &[1], &[])], Returned),
        // Edited after the verdict, not sent again.
        (&[1], vec![r(Confirm, OLD, &[1], &[])], Changed),
        (&[1], vec![r(Return, OLD, &[1], &[])], Returned),
        // Sent again after the verdict.
        (&[1, 2], vec![r(Confirm, OLD, &[1], &[])], Sent),
        (&[1, 2], vec![r(Return, OLD, &[1], &[])], Sent),
        // Two who did not know of each other: what was found wanting stays so.
        (
            &[1],
            vec![r(Confirm, NOW, &[1], &[]), r(Return, NOW, &[1], &[])],
            Returned,
        ),
        // A verdict on top of another takes its place, in both directions.
        (
            &[1],
            vec![r(Return, NOW, &[1], &[]), r(Confirm, NOW, &[1], &[1])],
            Confirmed,
        ),
        (
            &[1],
            vec![r(Confirm, NOW, &[1], &[]), r(Return, NOW, &[1], &[1])],
            Returned,
        ),
        // A question gives no verdict and takes none away.
        (
            &[1],
            vec![r(Confirm, NOW, &[1], &[]), r(Ask, NOW, &[1], &[1])],
            Confirmed,
        ),
        // Confirmed anew after a change.
        (
            &[1, 2],
            vec![r(Confirm, OLD, &[1], &[]), r(Confirm, NOW, &[1, 2], &[1])],
            Confirmed,
        ),
        // A return of what was, and a confirmation of what is.
        (
            &[1, 2],
            vec![r(Return, OLD, &[1], &[]), r(Confirm, NOW, &[1, 2], &[])],
            Confirmed,
        ),
        // A paper is a mark of its own, void after an edit, and a signature takes its place.
        (&[1], vec![r(OnPaper, NOW, &[1], &[])], PAPER),
        (&[1], vec![r(OnPaper, OLD, &[1], &[])], Changed),
        (&[1, 2], vec![r(OnPaper, OLD, &[1], &[])], Sent),
        (
            &[1],
            vec![r(OnPaper, NOW, &[1], &[]), r(Confirm, NOW, &[1], &[1])],
            Confirmed,
        ),
        (
            &[1],
            vec![r(OnPaper, NOW, &[1], &[]), r(Return, NOW, &[1], &[1])],
            Returned,
        ),
        // It takes the place of no verdict that somebody signed.
        (
            &[1],
            vec![r(Return, NOW, &[1], &[]), r(OnPaper, NOW, &[1], &[1])],
            Returned,
        ),
        (
            &[1],
            vec![r(Confirm, NOW, &[1], &[]), r(OnPaper, NOW, &[1], &[1])],
            Confirmed,
        ),
        (
            &[1],
            vec![r(Return, OLD, &[1], &[]), r(OnPaper, NOW, &[1], &[1])],
            Returned,
        ),
    ];
    for (at, (sends, reviews, expected)) in table.iter().enumerate() {
        assert_eq!(state(sends, reviews), *expected, "row {at}");
    }
}

#[test]
fn only_a_sent_visit_is_reviewed() {
    let confirm = review(Say::Confirm, NOW, &[], &[]);
    for before in VisitState::ALL {
        let after = reviewed(before, &NOW, &[], &[([1; 16], &confirm)]);
        let expected = match before {
            VisitState::Sent => VisitState::Confirmed,
            other => other,
        };
        assert_eq!(after, expected);
    }
}

/// Every combination of two reviews of two revisions: what is confirmed was signed, what is confirmed on
/// paper has its paper.
#[test]
fn nothing_is_confirmed_that_nobody_signed() {
    let all: Vec<Review> = Say::ALL
        .into_iter()
        .flat_map(|say| [OLD, NOW].map(|revision| (say, revision)))
        .flat_map(|(say, revision)| {
            [&[1][..], &[1, 2]].map(|sends| review(say, revision, sends, &[]))
        })
        .collect();
    for one in &all {
        for two in &all {
            for (first, second) in [(&[][..], &[][..]), (&[], &[1]), (&[2], &[])] {
                let after = |r: &Review, after: &[u8]| Review {
                    after: after.iter().map(|n| [*n; 16]).collect(),
                    ..r.clone()
                };
                let reviews = [after(one, first), after(two, second)];
                let signed = |r: &Review| r.say == Some(Say::Confirm) && r.revision == Some(NOW);
                let papered = |r: &Review| r.say == Some(Say::OnPaper) && r.revision == Some(NOW);
                for sends in [&[1][..], &[1, 2]] {
                    let is = state(sends, &reviews);
                    assert!(is != VisitState::Confirmed || reviews.iter().any(signed));
                    assert!(is != VisitState::OnPaper || reviews.iter().any(papered));
                }
            }
        }
    }
}
