//! What reviewers say: written down as records beside the visit, asked for as a queue, a thread and the
//! difference to what was last looked at. Never decides where a visit stands (that is `domain`'s).

use std::collections::BTreeSet;

use super::entity::{known, must_know, views};
use super::error::{StoreError, WriteError};
use super::family::{Family, family};
use super::open::{Moment, Store, Work};
use super::reader::{Reader, member};
use super::recall::Recall;
use super::search::Reach;
use super::tables::Read;
use super::{exchange, list};
use crate::domain::{
    Book, Day, Filters, ListQuery, MemberId, Queued, Review, ReviewId, Say, Since, Sort, Step,
    ThreadLine, VisitId, VisitRow, VisitState, advance,
};
use crate::journal::{Ids, Stream};
use crate::text::fold::fold as plain;

/// Visits looked at for one page of the queue.
const PAGE: usize = 200;

impl Reader {
    /// Returns the visits that wait for this member, newest first: those sent to its cell or to none,
    /// and those edited after a confirmation.
    pub fn review_queue(&self, most: usize) -> Result<Vec<Queued>, StoreError> {
        let unit = self.unit()?;
        let mut queue = self.waiting_for_review(most)?;
        for queued in &mut queue {
            queued.unit.clone_from(&unit);
        }
        Ok(queue)
    }

    fn waiting_for_review(&self, most: usize) -> Result<Vec<Queued>, StoreError> {
        let snapshot = self.snapshot()?;
        let me = super::meta::read_meta(&snapshot)?.member();
        let roster = super::roster::roster(&snapshot)?;
        let seats = roster.seats().filter(|(_, seat)| seat.member == me);
        let cells: Vec<String> = seats.map(|(_, seat)| plain(&seat.cell)).collect();
        let ours = |cell: &str| cell.trim().is_empty() || cells.contains(&plain(cell));
        let mut queue = Vec::new();
        let mut query = ListQuery {
            words: String::new(),
            filters: Filters {
                states: vec![VisitState::Sent, VisitState::Changed],
                ..Filters::default()
            },
            sort: Sort::NewestFirst,
            offset: 0,
            limit: PAGE,
            labels: Vec::new(),
        };
        loop {
            let page = list::visits(&snapshot, &query, (Reach::Window, &Recall::default()))?;
            let count = page.rows.len();
            for row in page.rows {
                let Some(family) = family(&snapshot, row.id)? else {
                    continue;
                };
                if !ours(&family.visit.value.reviewing_cell) {
                    continue;
                }
                queue.push(queued(&snapshot, row, (&family, me))?);
                if queue.len() == most {
                    return Ok(queue);
                }
            }
            if count < PAGE {
                return Ok(queue);
            }
            query.offset += PAGE as u64;
        }
    }

    /// Returns whether a visit is what was last looked at here.
    pub fn since(&self, visit: VisitId) -> Result<Since, StoreError> {
        let snapshot = self.snapshot()?;
        match family(&snapshot, visit)? {
            Some(family) => since(&snapshot, visit, &family),
            None => Ok(Since::New),
        }
    }

    /// Returns what was said about a visit, oldest first.
    pub fn thread(&self, visit: VisitId) -> Result<Vec<ThreadLine>, StoreError> {
        let snapshot = self.snapshot()?;
        if known(&snapshot, visit.into())?.is_none() {
            return Ok(Vec::new());
        }
        let Some(family) = family(&snapshot, visit)? else {
            return Ok(Vec::new());
        };
        let revision = family.revision();
        let mut lines = Vec::new();
        for review in &family.reviews {
            let Some(say) = review.value.say else {
                continue;
            };
            let entries = views(&snapshot, &must_know(&snapshot, review.entity)?)?;
            let first = entries.iter().min_by_key(|e| e.header.order());
            let Some(first) = first.map(|e| &e.header) else {
                continue;
            };
            lines.push(ThreadLine {
                at: first.wall,
                who: member(&snapshot, first.author)?.name,
                say,
                text: review.value.text.clone(),
                current: review.value.revision == Some(revision),
                paper: review.value.paper.clone(),
                on: review.value.on,
            });
        }
        Ok(lines)
    }
}

/// Returns whether a visit is what was last looked at here.
fn since(read: &impl Read, visit: VisitId, family: &Family) -> Result<Since, StoreError> {
    let Some(heads) = exchange::looked(read, visit.0)? else {
        return Ok(Since::New);
    };
    let now: BTreeSet<[u8; 32]> = family.heads().iter().map(|h| h.0).collect();
    Ok(match heads.into_iter().collect::<BTreeSet<_>>() == now {
        true => Since::Seen,
        false => Since::Changed,
    })
}

fn queued(
    read: &impl Read,
    row: VisitRow,
    (family, reviewer): (&Family, MemberId),
) -> Result<Queued, StoreError> {
    let me = super::meta::read_meta(read)?.me();
    let author = match family.visit.author {
        Some(author) => member(read, author)?.name,
        None => String::new(),
    };
    let since = since(read, row.id, family)?;
    Ok(Queued {
        book: Book::Own,
        unit: String::new(),
        author,
        revision: family.revision(),
        since,
        own: family.is_of(Some(reviewer), Some(me)),
        row,
    })
}

impl Store {
    /// Says something about a visit. A verdict is on exactly the revision that stands, which must be
    /// the one that was looked at where one is given.
    pub fn review(
        &self,
        visit: VisitId,
        (say, text): (Say, String),
        seen: Option<[u8; 32]>,
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<(), WriteError> {
        let word = Review {
            say: Some(say),
            text,
            ..Review::default()
        };
        self.write(moment, ids, |work| work.review(visit, word, seen))
    }

    /// Writes down that the cell confirmed a visit on paper, as it stands.
    pub fn confirm_on_paper(
        &self,
        visit: VisitId,
        (paper, on): (String, Day),
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<(), WriteError> {
        let word = Review {
            say: Some(Say::OnPaper),
            paper,
            on: Some(on),
            ..Review::default()
        };
        self.write(moment, ids, |work| work.review(visit, word, None))
    }

    /// Confirms several visits as they were looked at: all of them or none.
    pub fn confirm_all(
        &self,
        visits: &[(VisitId, [u8; 32])],
        moment: Moment,
        ids: &mut dyn Ids,
    ) -> Result<(), WriteError> {
        self.write(moment, ids, |work| {
            let mut visits = visits.iter();
            visits.try_for_each(|(visit, seen)| {
                let word = Review {
                    say: Some(Say::Confirm),
                    ..Review::default()
                };
                work.review(*visit, word, Some(*seen))
            })
        })
    }

    /// Takes note that a visit was looked at as it stands.
    pub fn look(&self, visit: VisitId) -> Result<(), StoreError> {
        let snapshot = self.reader().snapshot()?;
        let Some(family) = family(&snapshot, visit)? else {
            return Ok(());
        };
        let heads: Vec<[u8; 32]> = family.heads().iter().map(|head| head.0).collect();
        self.note_looked(visit.0, &heads)
    }
}

impl Work<'_, '_> {
    fn review(
        &mut self,
        visit: VisitId,
        word: Review,
        seen: Option<[u8; 32]>,
    ) -> Result<(), WriteError> {
        if known(self.draft, visit.into())?.is_none() {
            return Err(WriteError::NotFound);
        }
        let family = family(self.draft, visit)?.ok_or(WriteError::NotFound)?;
        let (member, me) = (self.meta.member(), self.meta.me());
        match word.say {
            Some(Say::Confirm | Say::Return) if family.is_of(Some(member), Some(me)) => {
                return Err(WriteError::OwnVisit);
            }
            Some(Say::Confirm) => drop(advance(family.state, Step::Confirm)?),
            Some(Say::Return) => drop(advance(family.state, Step::Return)?),
            Some(Say::OnPaper) => drop(advance(family.state, Step::ConfirmOnPaper)?),
            Some(Say::Ask | Say::Conclude) | None => {}
        }
        let revision = family.revision();
        if seen.is_some_and(|seen| seen != revision) {
            return Err(WriteError::Moved);
        }
        let verdicts = family.reviews.iter();
        let verdicts = verdicts.filter(|r| r.value.say.is_some_and(Say::decides));
        let review = Review {
            visit: Some(visit),
            revision: Some(revision),
            sends: family.visit.record.sends.clone(),
            after: verdicts.map(|r| r.entity.id).collect(),
            by: Some(me),
            ..word
        };
        let id = ReviewId(self.new_id(Stream::Open));
        self.create(id.into(), &review)?;
        Ok(())
    }
}
