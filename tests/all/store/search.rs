//! Lists and search against a plain list in memory: every answer the same, before and after a
//! rebuild.

use bacung::domain::{Counted, Day, ListQuery, Page, Sort, Then, VisitId, VisitRow, VisitState};
use bacung::store::Reader;
use bacung::text::fold::syllables;
use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use redb::backends::InMemoryBackend;

use crate::harness::logbook::{Logbook, day, query, visit, with_activity};
use bacung::domain::Role;

const WORDS: [&str; 12] = [
    "Nguyễn",
    "nguyên",
    "Hoà",
    "hòa",
    "đường",
    "duong",
    "Bản",
    "Lãm",
    "lâm",
    "kênh",
    "MƯƠNG",
    "3",
];

/// A visit as a plain list would hold it.
#[derive(Clone)]
struct Plain {
    id: VisitId,
    date: Option<Day>,
    texts: String,
    state: VisitState,
}

fn below(chance: &mut ChaCha8Rng, limit: usize) -> usize {
    (chance.next_u64() % limit as u64) as usize
}

fn text(chance: &mut ChaCha8Rng) -> String {
    let words: Vec<&str> = (0..1 + below(chance, 4))
        .map(|_| WORDS[below(chance, WORDS.len())])
        .collect();
    words.join(" ")
}

fn date(chance: &mut ChaCha8Rng) -> Option<String> {
    let number = below(chance, 100);
    (number > 8).then(|| format!("2026-{:02}-{:02}", 1 + number % 4, 1 + number % 28))
}

/// Saves, amends, withdraws and takes back at random; returns what a plain list would hold.
fn live(seed: u64, steps: usize) -> (Logbook, Vec<Plain>) {
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let mut logbook = Logbook::create(InMemoryBackend::new(), Role::Officer);
    let mut plain: Vec<Plain> = Vec::new();
    for _ in 0..steps {
        let (note, work) = (text(&mut chance), text(&mut chance));
        let date = date(&mut chance);
        let any = plain
            .len()
            .checked_sub(1)
            .map(|last| below(&mut chance, last + 1));
        let now = Plain {
            id: VisitId([0; 16]),
            date: date.as_deref().map(day),
            texts: format!("{note} {work}"),
            state: VisitState::Draft,
        };
        match (below(&mut chance, 6), any) {
            (0, Some(any)) if plain[any].state == VisitState::Draft => {
                let moment = logbook.moment();
                let (id, ids) = (plain[any].id, &mut logbook.ids);
                logbook
                    .store
                    .withdraw(id, "thôi".into(), moment, ids)
                    .unwrap();
                if work.len() % 2 == 0 {
                    logbook.store.undo(id, moment, ids).unwrap();
                } else {
                    plain[any].state = VisitState::Withdrawn;
                }
            }
            (1 | 2, Some(any)) if plain[any].state == VisitState::Draft => {
                let id = plain[any].id;
                let mut dossier = logbook.store.reader().dossier(id).unwrap().unwrap();
                let value = &mut dossier.visit.value;
                (value.note, value.from, value.to) = (note, now.date, now.date);
                dossier.activities[0].activity.value.description = work;
                logbook.save(dossier);
                plain[any] = Plain { id, ..now };
            }
            _ => {
                let saved =
                    logbook.save(with_activity(visit(&note, date.as_deref()), "road", &work));
                plain.push(Plain {
                    id: saved.visit,
                    ..now
                });
            }
        }
    }
    (logbook, plain)
}

fn naive(plain: &[Plain], query: &ListQuery) -> Vec<VisitId> {
    let wanted: Vec<String> = syllables(&query.words).collect();
    let finds = |p: &&Plain| {
        let have: Vec<String> = syllables(&p.texts).collect();
        let last = wanted.len().saturating_sub(1);
        wanted.iter().enumerate().all(|(i, word)| {
            have.iter().any(|h| {
                if i == last {
                    h.starts_with(word.as_str())
                } else {
                    h == word
                }
            })
        })
    };
    let filters = &query.filters;
    let within = |p: &&Plain| match p.date {
        None => filters.from.is_none() && filters.to.is_none(),
        Some(day) => filters.from.is_none_or(|f| day >= f) && filters.to.is_none_or(|t| day <= t),
    };
    let stands = |p: &&Plain| match filters.states.is_empty() {
        true => p.state != VisitState::Withdrawn,
        false => filters.states.contains(&p.state),
    };
    let mut found: Vec<&Plain> = plain
        .iter()
        .filter(finds)
        .filter(within)
        .filter(stands)
        .collect();
    found.sort_by_key(|p| (p.date, p.id));
    if query.sort == Sort::NewestFirst {
        found.reverse();
    }
    found.sort_by_key(|p| p.date.is_none());
    if query.sort == Sort::OldestFirst {
        // Both orders show the undated by their own age.
        let dated = found.iter().filter(|p| p.date.is_some()).count();
        found[dated..].sort_by_key(|p| p.id);
    }
    found.iter().map(|p| p.id).collect()
}

fn random_query(chance: &mut ChaCha8Rng) -> ListQuery {
    let mut asked = query("");
    if below(chance, 4) > 0 {
        asked.words = text(chance);
        let letters = asked.words.chars().count();
        asked.words = asked
            .words
            .chars()
            .take(1 + below(chance, letters))
            .collect();
    }
    if below(chance, 3) == 0 {
        asked.filters.from = date(chance).as_deref().map(day);
        asked.filters.to = date(chance).as_deref().map(day);
    }
    if below(chance, 3) == 0 {
        asked.filters.states = vec![VisitState::Withdrawn];
    }
    if below(chance, 2) == 0 {
        asked.sort = Sort::OldestFirst;
    }
    asked.offset = below(chance, 6) as u64;
    asked.limit = 1 + below(chance, 10);
    asked
}

fn agree(logbook: &Logbook, plain: &[Plain], chance: &mut ChaCha8Rng) {
    let reader = logbook.store.reader();
    let total = plain
        .iter()
        .filter(|p| p.state != VisitState::Withdrawn)
        .count();
    for _ in 0..25 {
        let asked = random_query(chance);
        let page = reader.list_visits(&asked).unwrap();
        let all = naive(plain, &asked);
        assert_eq!(page.matching, all.len() as u64, "{asked:?}");
        assert_eq!(page.total, total as u64);
        let window = all.iter().skip(asked.offset as usize).take(asked.limit);
        let found: Vec<VisitId> = page.rows.iter().map(|row| row.id).collect();
        assert_eq!(found, window.copied().collect::<Vec<_>>(), "{asked:?}");
        first_rows_agree(&reader, &asked, &page);
    }
}

/// The answer that does not wait for the count has the same rows.
fn first_rows_agree(reader: &Reader, asked: &ListQuery, page: &Page<VisitRow>) {
    let first = reader.list_first_visits(asked).unwrap();
    assert_eq!(first.rows, page.rows, "{asked:?}");
    assert_eq!(page.counted, Counted::Whole);
    match first.counted {
        Counted::Whole => assert_eq!(first.matching, page.matching, "{asked:?}"),
        Counted::AtLeast => {
            assert_eq!(first.rows.len(), asked.limit);
            assert_eq!(first.matching, asked.offset + asked.limit as u64);
            assert!(first.matching <= page.matching, "{asked:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn every_answer_is_that_of_a_plain_list(seed in any::<u64>()) {
        let (mut logbook, plain) = live(seed, 40);
        let mut chance = ChaCha8Rng::seed_from_u64(seed ^ 1);
        agree(&logbook, &plain, &mut chance);
        let today = logbook.store.reader().today(day("2026-04-20")).unwrap();
        let names = logbook.store.reader().names().unwrap();
        let report = logbook.store.check().unwrap();
        prop_assert_eq!(report.damage, []);
        logbook.store.rebuild().unwrap();
        agree(&logbook, &plain, &mut chance);
        prop_assert_eq!(logbook.store.reader().today(day("2026-04-20")).unwrap(), today);
        prop_assert_eq!(logbook.store.reader().names().unwrap(), names);
    }
}

#[test]
fn a_month_with_more_hits_than_are_looked_up_one_by_one_reads_in_order() {
    let mut logbook = Logbook::create(InMemoryBackend::new(), Role::Officer);
    let saves = (0..700).map(|i| bacung::store::SaveDossier {
        dossier: visit(
            &format!("đường {}", i % 2),
            Some(&format!("2026-03-{:02}", 1 + i % 28)),
        ),
        places: vec![],
        people: vec![],
        typing: None,
    });
    let saves = saves.map(|save| (save, Then::StaysDraft));
    let (saves, moment) = (saves.collect(), logbook.moment());
    logbook
        .store
        .save_all(saves, moment, &mut logbook.ids)
        .unwrap();
    let reader = logbook.store.reader();
    let mut asked = query("duong");
    asked.limit = 700;
    let page = reader.list_visits(&asked).unwrap();
    assert_eq!((page.matching, page.rows.len()), (700, 700));
    assert!(page.rows.is_sorted_by(|a, b| (a.to, a.id) > (b.to, b.id)));
    asked.offset = 650;
    asked.sort = Sort::OldestFirst;
    let last = reader.list_visits(&asked).unwrap();
    let tail: Vec<_> = page.rows.iter().take(50).rev().map(|r| r.id).collect();
    assert_eq!(last.rows.iter().map(|r| r.id).collect::<Vec<_>>(), tail);
}
