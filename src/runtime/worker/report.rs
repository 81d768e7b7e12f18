//! The numbers of a period for the screen, and the papers that it asks for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::thread::JoinHandle;

use super::Place;
use super::export::own_folder;
use super::remembered::{Remembered, ask};
use crate::app::report::{
    BehindRow, BehindSeen, NumberLine, NumbersSeen, ReportAsk, ReportTold, WritePaper,
};
use crate::app::{Answer, Setup};
use crate::domain::tally::{Behind, By, Head, Rates, TallyId, Value, tally};
use crate::domain::{Code, Day, EntityId, PaperKind, Period, SiteName};
use crate::runtime::closing::{self, NotClosed};
use crate::runtime::logbook::{Logbook, moment};
use crate::runtime::numbers::Numbers;
use crate::runtime::outfile::RealDisk;
use crate::runtime::paper::{NoPaper, PaperOrder, PaperWork, Wanted};
use crate::runtime::trouble;
use crate::store::{Reader, StoreError, WriteError};

/// Records behind a number that a screen is given.
const ROWS: usize = 500;

/// Answers a question of the screen; `None` for what is no question.
pub(super) fn read(
    reader: &Reader,
    remembered: &mut Remembered,
    asked: ReportAsk,
) -> Result<Option<Answer>, StoreError> {
    Ok(Some(Answer::Report(match asked {
        ReportAsk::Numbers {
            number,
            period,
            today,
            setup,
        } => ReportTold::Numbers {
            number,
            seen: Box::new(numbers(reader, remembered, (&setup, period, today))?),
        },
        ReportAsk::Behind {
            number,
            period,
            today,
            id,
            setup,
        } => ReportTold::Behind {
            number,
            behind: behind(
                reader,
                &*remembered.numbers(reader, &setup, (period, today))?,
                id,
            )?,
        },
        ReportAsk::Write(_) | ReportAsk::Close { .. } => return Ok(None),
    })))
}

fn numbers(
    reader: &Reader,
    remembered: &mut Remembered,
    (setup, period, today): (&Arc<Setup>, Period, Day),
) -> Result<NumbersSeen, StoreError> {
    let before = match period.before() {
        Some(period) => Some(remembered.numbers(reader, setup, (period, today))?),
        None => None,
    };
    let now = remembered.numbers(reader, setup, (period, today))?;
    let corrections = now.corrections();
    let lines = TallyId::ALL.into_iter().map(|(_, id)| id);
    let lines = lines.filter(|id| {
        // Of no unit nothing is a partner's, and the period before has a column.
        !matches!(id, TallyId::ActivitiesAsPartner | TallyId::WithdrawnBefore)
    });
    let line = |id| NumberLine {
        id,
        value: now.value(id),
        before: before.as_ref().map(|before| before.value(id)),
        corrected: corrections.get(&id).map(|(_, now)| *now),
    };
    let kinds = tally(TallyId::Activities, &now.question()).by(By::Category, period.basis);
    let count = |value| match value {
        Value::Count(count) | Value::Decimal(count) => count,
        Value::Share { done, .. } => done,
    };
    let mut kinds: Vec<(String, u64)> = kinds
        .into_iter()
        .map(|(kind, value)| (kind, count(value)))
        .collect();
    kinds.retain(|(_, count)| *count > 0);
    kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let rates = Rates::of(
        now.value(TallyId::Withdrawn),
        now.value(TallyId::WithdrawnBefore),
    );
    Ok(NumbersSeen {
        lines: lines.map(line).collect(),
        kinds,
        silent: count(now.value(TallyId::UnitsWithoutData)),
        rates,
        closed: now.closing().and_then(|closing| closing.on),
        open_on: (period.to >= today).then_some(today),
    })
}

fn behind(reader: &Reader, numbers: &Numbers, id: TallyId) -> Result<BehindSeen, StoreError> {
    let question = numbers.question();
    let all = tally(id, &question).rows();
    let wanted: BTreeSet<Behind> = all.iter().take(ROWS).copied().collect();
    let record = |head: &&Head| wanted.contains(&Behind::Record(head.entity));
    let spots = question.rows.spots.iter().map(|spot| &spot.head);
    let duties = question.rows.assignments.iter().map(|row| &row.head);
    let heads = question
        .rows
        .heads()
        .chain(spots)
        .chain(duties)
        .filter(record);
    let heads: BTreeMap<EntityId, &Head> = heads.map(|head| (head.entity, head)).collect();
    let mut rows = Vec::new();
    for one in all.iter().take(ROWS) {
        rows.push(match one {
            Behind::Record(entity) => {
                let head = heads.get(entity);
                let category = head.and_then(|head| head.category.as_deref());
                BehindRow {
                    record: Some((*entity, reader.code(*entity)?)),
                    day: head.and_then(|head| head.day),
                    site: head.map_or_else(SiteName::default, |head| head.site.clone()),
                    category: category.and_then(|code| Code::new(code).ok()),
                    visit: reader.visit_of(*entity)?,
                }
            }
            Behind::Commune(code) => BehindRow {
                record: None,
                day: None,
                site: SiteName {
                    commune: Some(*code),
                    ..SiteName::default()
                },
                category: None,
                visit: None,
            },
        });
    }
    Ok(BehindSeen {
        rows,
        total: all.len() as u64,
    })
}

/// Closes a period.
pub(super) fn close(place: &Place, open: &mut Logbook, period: Period, setup: &Setup) -> Answer {
    use crate::i18n::messages::paper;
    let now = moment(&*place.clock);
    let path = open.folder.logbook();
    Answer::NotExported(match closing::close(open, setup, period, now) {
        Ok(_) => return Answer::Report(ReportTold::Closed(period)),
        Err(NotClosed::StillOpen(to)) => paper::not_over(to),
        Err(NotClosed::Already(Some(on))) => paper::closed_already(on),
        Err(NotClosed::Already(None)) => paper::closed_elsewhere(),
        Err(NotClosed::Write(error)) => return trouble::write(error, &path),
    })
}

/// A paper that is being written; dropped, it is waited for.
pub(super) struct Writing(Option<JoinHandle<()>>);

impl Drop for Writing {
    fn drop(&mut self) {
        if let Some(thread) = self.0.take() {
            // What it was about has been said; a panic in it was caught there.
            let _ = thread.join();
        }
    }
}

/// Writes a paper: one with citizens' names at once, since each is written down as shown before; all others
/// in a thread of their own.
pub(super) fn write(place: &Place, open: &mut Logbook, wish: WritePaper) -> Option<Writing> {
    let reader = open.store.reader();
    match wish.kind {
        PaperKind::Register => {
            let now = moment(&*place.clock);
            let (store, ids) = (&open.store, &mut open.ids);
            let mut shown = |names: &[EntityId]| store.show_all(names, now, ids);
            place.answer(put(place, &reader, &wish, &mut shown));
            None
        }
        PaperKind::Monthly
        | PaperKind::Police
        | PaperKind::Cell
        | PaperKind::Minutes
        | PaperKind::ReviewSheet => {
            let told = place.clone();
            let work = move || {
                // No names are in these, so that there is no showing to write down.
                let answer = put(&told, &reader, &wish, &mut |_| Ok(()));
                told.answer(answer);
            };
            let thread = std::thread::Builder::new().name("paper".to_owned());
            match thread.spawn(work) {
                Ok(thread) => Some(Writing(Some(thread))),
                Err(error) => {
                    let path = open.folder.logbook();
                    place.answer(trouble::store(StoreError::Io(error), &path));
                    None
                }
            }
        }
    }
}

fn put(
    place: &Place,
    reader: &Reader,
    wish: &WritePaper,
    shown: &mut dyn FnMut(&[EntityId]) -> Result<(), WriteError>,
) -> Answer {
    use crate::i18n::messages::paper;
    let order = PaperOrder {
        wanted: Wanted::Period(wish.kind, ask(wish.period)),
        format: wish.format,
        path: own_folder(&wish.path),
        at: place.clock.now(),
        today: place.clock.today(),
    };
    let work = PaperWork {
        reader,
        setup: &wish.setup,
        speech: wish.setup.speech(wish.language),
        disk: &RealDisk,
        logbook: place.folder.path(),
    };
    match work.run(&order, shown) {
        Ok(_) => Answer::Report(ReportTold::Written {
            path: wish.path.clone(),
        }),
        Err(NoPaper::NotHeld) => Answer::NotExported(paper::no_particulars()),
        Err(NoPaper::NoComplaint) => Answer::NotExported(paper::only_complaints()),
        Err(NoPaper::Export(error)) => {
            let to = (order.path.as_path(), order.format.as_str());
            trouble::export(error, to, &place.folder.logbook())
        }
    }
}
