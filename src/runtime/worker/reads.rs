//! The thread that reads: a snapshot for each question, the newest question first.

use std::sync::mpsc::Receiver;

use super::joined::Readers;
use super::remembered::Remembered;
use super::{Ask, Place, hide};
use crate::app::{Answer, Effect, Failure, Refusal};
use crate::domain::{Counted, Stretch, Waiting};
use crate::import::quarantined_from_bytes;
use crate::runtime::panics::{Panicked, caught};
use crate::runtime::{exchange, settings, trouble};
use crate::store::{Reader, StoreError};

/// Visits named beside a form that may repeat them.
const ALIKE: usize = 3;

/// Answers until the worker is gone.
pub(super) fn run(place: &Place, asks: &Receiver<Ask>) {
    let mut open = None;
    let mut joined = Readers::default();
    let mut remembered = Remembered::default();
    while let Ok(first) = asks.recv() {
        let mut waiting = vec![first];
        waiting.extend(asks.try_iter());
        for ask in newest(waiting) {
            match ask {
                Ask::Install(reader) => {
                    open = Some(reader);
                    remembered = Remembered::default();
                }
                Ask::Close(closed) => {
                    open = None;
                    remembered = Remembered::default();
                    drop(closed);
                }
                Ask::Join(at, Some(reader)) => joined.put(at, *reader),
                Ask::Join(at, None) => joined.drop(at),
                Ask::Part(closed) => {
                    joined = Readers::default();
                    drop(closed);
                }
                Ask::Query(Effect::InJoined(at, query)) => joined.answer(place, at, *query),
                Ask::Query(query) => {
                    let Some(reader) = open.as_deref() else {
                        continue;
                    };
                    if let Some(rows) = first_rows(reader, &query) {
                        place.answer(rows);
                    }
                    let answer = match query {
                        Effect::QueryReview(number) => joined.queue(place, number, reader),
                        query => answer(reader, &mut remembered, query, place),
                    };
                    if let Some(answer) = answer {
                        place.answer(answer);
                    }
                }
            }
        }
    }
}

/// Drops the questions that a newer one of the same kind has overtaken.
fn newest(asks: Vec<Ask>) -> Vec<Ask> {
    let last = |is: fn(&Ask) -> bool| asks.iter().rposition(is);
    let list = last(|ask| matches!(ask, Ask::Query(Effect::QueryList { .. })));
    let today = last(|ask| matches!(ask, Ask::Query(Effect::QueryToday { .. })));
    let records = last(|ask| matches!(ask, Ask::Query(Effect::QueryRecords { .. })));
    let dossier = last(|ask| matches!(ask, Ask::Query(Effect::QueryDossier(_))));
    let alike = last(|ask| matches!(ask, Ask::Query(Effect::QueryAlike { .. })));
    let keeps = |at: usize, ask: &Ask| match ask {
        Ask::Query(Effect::QueryList { .. }) => list == Some(at),
        Ask::Query(Effect::QueryToday { .. }) => today == Some(at),
        Ask::Query(Effect::QueryRecords { .. }) => records == Some(at),
        Ask::Query(Effect::QueryDossier(_)) => dossier == Some(at),
        Ask::Query(Effect::QueryAlike { .. }) => alike == Some(at),
        Ask::Query(_) | Ask::Install(_) | Ask::Close(_) | Ask::Join(..) | Ask::Part(_) => true,
    };
    let numbered = asks.into_iter().enumerate();
    let kept = numbered.filter(|(at, ask)| keeps(*at, ask));
    kept.map(|(_, ask)| ask).collect()
}

/// Returns a window of a list before it is known how many there are; `None` where that is known with
/// the window, and where something is wrong, which the whole answer then says.
fn first_rows(reader: &Reader, query: &Effect) -> Option<Answer> {
    let Effect::QueryList { number, query } = query else {
        return None;
    };
    let page = caught(|| reader.list_first_visits(query)).ok()?.ok()?;
    (page.counted == Counted::AtLeast).then_some(Answer::List {
        number: *number,
        page,
    })
}

pub(super) fn answer(
    reader: &Reader,
    remembered: &mut Remembered,
    query: Effect,
    place: &Place,
) -> Option<Answer> {
    let path = place.folder.logbook();
    match caught(|| read(reader, remembered, query)) {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => Some(trouble::store(error, &path)),
        Err(Panicked) => Some(Answer::Failed(Failure::Damaged {
            path: path.display().to_string(),
        })),
    }
}

/// Returns the rows in quarantine by file and number; one that a newer release put there is not known.
fn waiting(reader: &Reader) -> Result<Vec<Waiting>, StoreError> {
    let kept = reader.quarantine()?.into_iter();
    let known = kept.filter_map(|(id, bytes)| quarantined_from_bytes(id, &bytes));
    let mut rows: Vec<_> = known.map(|row| Waiting::from(&row)).collect();
    rows.sort_by(|one, other| (&one.file, one.number).cmp(&(&other.file, other.number)));
    Ok(rows)
}

/// Reads what is asked; `None` for what is no question.
fn read(
    reader: &Reader,
    remembered: &mut Remembered,
    query: Effect,
) -> Result<Option<Answer>, StoreError> {
    Ok(Some(match query {
        Effect::QueryList { number, query } => Answer::List {
            number,
            page: reader.list_visits(&query)?,
        },
        Effect::QueryToday { number, today } => Answer::Today {
            number,
            today: Box::new(reader.today(today)?),
        },
        Effect::QuerySpots => Answer::Spots(reader.spots()?),
        Effect::QueryDuties {
            number,
            today,
            setup,
        } => Answer::Duties {
            number,
            duties: reader.duties(&settings::measure(&setup, today), Stretch::of_day(today))?,
        },
        Effect::QueryOffered { before, from } => {
            let mut offers = reader.offered_for_erasure(before, from)?;
            hide(&mut offers.held);
            Answer::Offered { before, offers }
        }
        Effect::QueryCoverage {
            number,
            year,
            today,
            setup,
        } => Answer::Coverage {
            number,
            coverage: Box::new(reader.coverage(&settings::measure(&setup, today), year)?),
        },
        Effect::QueryDossier(visit) => match reader.dossier(visit)? {
            Some(dossier) => Answer::Dossier {
                visit,
                dossier: Box::new(dossier),
                contested: reader.contested(visit)?,
            },
            None => Answer::Refused(Refusal::NotFound),
        },
        Effect::QueryHistory(visit) => Answer::History {
            visit,
            lines: reader.history(visit.into())?,
        },
        Effect::QueryPairs { number, seen } => Answer::Pairs {
            number,
            page: reader.duplicates(seen)?,
        },
        Effect::QueryPairsOf(visit) => Answer::PairsOf {
            visit,
            pairs: reader.duplicates_of(visit)?,
        },
        Effect::QueryAlike {
            key,
            number,
            visit,
            gist,
        } => Answer::Alike {
            key,
            number,
            found: reader.like_typed(visit, *gist, ALIKE)?,
        },
        Effect::QueryOwed(entity) => match reader.owed(entity)? {
            Some(detail) => Answer::Owed(Box::new(detail)),
            None => Answer::Refused(Refusal::NotFound),
        },
        Effect::QueryRecords {
            number,
            listing,
            query,
        } => Answer::Records {
            number,
            page: reader.list_records(listing, &query)?,
        },
        Effect::QueryQuarantine => Answer::Quarantine(waiting(reader)?),
        Effect::QueryWaiting(row) => {
            let bytes = reader.quarantined(row)?;
            let kept = bytes.and_then(|bytes| quarantined_from_bytes(row, &bytes));
            Answer::WaitingRow(row, kept.map(Box::new))
        }
        Effect::QueryReviewOf(visit) => Answer::ReviewOf {
            visit,
            thread: reader.thread(visit)?,
            changes: match reader.changes(visit)? {
                Some(changes) => changes,
                None => reader.content(visit)?,
            },
        },
        Effect::QueryExchange(number) => Answer::Exchange {
            number,
            seen: exchange::seen(reader)?,
        },
        Effect::QueryLastVisit => {
            let me = reader.identity()?.member;
            let last = reader.last_visit(me)?;
            let dossier = last.map(|visit| reader.dossier(visit)).transpose()?;
            Answer::LastVisit(dossier.flatten().map(Box::new))
        }
        Effect::Report(asked) => return super::report::read(reader, remembered, asked),
        Effect::Create(_)
        | Effect::Unlock(_)
        | Effect::Lock
        | Effect::Quit
        | Effect::KeepTyping { .. }
        | Effect::DropTyping(_)
        | Effect::Save(_)
        | Effect::Send(_)
        | Effect::Withdraw { .. }
        | Effect::NamesShown(_)
        | Effect::ShowRaised(_)
        | Effect::Undo(_)
        | Effect::Decide { .. }
        | Effect::Tend(_)
        | Effect::Personal(_)
        | Effect::ChangePlace { .. }
        | Effect::ChangeProfile(_)
        | Effect::ChangePassphrase { .. }
        | Effect::ChangeSettings(_)
        | Effect::Export(_)
        | Effect::StopExport
        | Effect::ReadTable(_)
        | Effect::ChangeTable(_)
        | Effect::DropWaiting(_)
        | Effect::TakeInRow { .. }
        | Effect::TakeIn
        | Effect::StopImport
        | Effect::BackUp(_)
        | Effect::Compact(_)
        | Effect::StopWork
        | Effect::QueryReview(_)
        | Effect::InJoined(..)
        | Effect::Join(_)
        | Effect::Invite { .. }
        | Effect::ReadRequest(_)
        | Effect::Admit(_)
        | Effect::Review { .. }
        | Effect::ConfirmAll(_)
        | Effect::Roster { .. }
        | Effect::ConfirmOnPaper { .. }
        | Effect::Sync(_)
        | Effect::FreshIds => return Ok(None),
    }))
}
