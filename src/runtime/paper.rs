//! From a snapshot of the logbook to a paper in a file: gathers what the paper says, writes it whole in
//! memory, then to the disk, and says "done" of a file that was read back byte for byte.
//!
//! Owns who may ask for citizens' names, and that they are written down as shown before they are written out.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::export::{ENDINGS, ExportError, Shown};
use super::numbers::{Ask, Numbers};
use super::outfile::{OutDisk, OutFile};
use super::outname;
use super::panics::{Panicked, caught};
use crate::app::{Setup, tally_words};
use crate::domain::tally::{Behind, TallyId, tally};
use crate::domain::{
    Citizens, Day, Denunciations, EntityId, ExportRow, Filters, FormRow, ListQuery, Listing,
    PaperFormat, PaperKind, Person, Raised, Role, RowTitle, Sort, Stamp, VisitId, VisitState,
    counts,
};
use crate::i18n::Catalog;
use crate::report::Terms;
use crate::report::paper::{
    Awaiting, CellFacts, CellVisit, Figures, Fill, Paper, PaperError, Promised,
};
use crate::store::{Reader, StoreError};
use crate::text::fold::fold;

/// Rows read at once.
const PAGE: usize = 500;

/// A paper that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Period(PaperKind, Ask),
    /// The record of an oral complaint.
    Oral(EntityId, Ask),
}

/// What is to be written, and where to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperOrder {
    pub wanted: Wanted,
    pub format: PaperFormat,
    pub path: PathBuf,
    pub at: Stamp,
    pub today: Day,
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Nothing lies in the period.
    pub empty: bool,
    /// No record names the unit that was asked about.
    pub of_nobody: bool,
}

/// Why no paper was written; what was there before is still there.
#[derive(Debug, thiserror::Error)]
pub enum NoPaper {
    #[error("the role does not hold citizens' particulars")]
    NotHeld,
    #[error("the record is for complaints only")]
    NoComplaint,
    #[error(transparent)]
    Export(#[from] ExportError),
}

impl From<StoreError> for NoPaper {
    fn from(error: StoreError) -> Self {
        Self::Export(error.into())
    }
}

/// What papers are written with.
pub struct PaperWork<'a, D> {
    pub reader: &'a Reader,
    pub setup: &'a Setup,
    pub speech: &'a Catalog,
    pub disk: &'a D,
    /// The folder of the logbook, where nothing is put.
    pub logbook: &'a Path,
}

impl<D: OutDisk> PaperWork<'_, D> {
    /// Writes a paper; `shown` is called before citizens' names are written.
    pub fn run(&self, order: &PaperOrder, shown: &mut Shown<'_>) -> Result<Written, NoPaper> {
        let ending = order.format.as_str();
        let (folder, name) = outname::check(&order.path, ending, ENDINGS, self.logbook)
            .map_err(ExportError::Name)?;
        let made = caught(|| self.paper(order, shown));
        let (paper, written) = made.unwrap_or(Err(ExportError::Panicked.into()))?;
        let language = self.speech.language();
        let bytes = caught(|| paper.bytes(order.format, language, &self.setup.templates, order.at));
        let bytes = bytes.map_err(|Panicked| ExportError::Panicked)?;
        self.put(&folder, &name, &bytes.map_err(refused)?)?;
        Ok(written)
    }

    fn put(&self, folder: &Path, name: &str, bytes: &[u8]) -> Result<(), ExportError> {
        let (file, mut out) = OutFile::begin(self.disk, folder, name)?;
        out.write_all(bytes)?;
        let mut back = Vec::with_capacity(bytes.len());
        file.written(out)?.read_to_end(&mut back)?;
        if back != bytes {
            return Err(ExportError::Unlike {
                written: bytes.len() as u64,
                read: back.len() as u64,
            });
        }
        file.name()?;
        Ok(())
    }

    fn paper(
        &self,
        order: &PaperOrder,
        shown: &mut Shown<'_>,
    ) -> Result<(Paper, Written), NoPaper> {
        let (kind, ask) = match &order.wanted {
            Wanted::Period(kind, ask) => (*kind, ask),
            Wanted::Oral(entity, ask) => return self.oral(order, (*entity, ask), shown),
        };
        let fill = self.fill(order, ask)?;
        Ok(match kind {
            PaperKind::Monthly => {
                self.with_figures(order, ask, |figures| Ok(fill.monthly(figures)))?
            }
            PaperKind::Police => self.with_figures(order, ask, |figures| {
                let counted = tally(TallyId::Activities, &figures.now).rows();
                let partner = tally(TallyId::ActivitiesAsPartner, &figures.now).rows();
                let counted: BTreeSet<EntityId> = records(counted.into_iter().chain(partner));
                let mut rows = self.rows(Listing::Activities, ask)?;
                rows.retain(|row| counted.contains(&row.entity));
                Ok(fill.police(figures, &rows))
            })?,
            PaperKind::Cell | PaperKind::Minutes => {
                let facts = self.cell_facts(ask)?;
                let written = Written {
                    empty: facts.visits.is_empty(),
                    of_nobody: false,
                };
                let paper = match kind {
                    PaperKind::Minutes => fill.minutes(&facts),
                    _ => fill.cell(&facts),
                };
                (paper, written)
            }
            PaperKind::Register => self.register(&fill, ask, shown)?,
            PaperKind::ReviewSheet => {
                let visits = self.awaiting(ask)?;
                let written = Written {
                    empty: visits.is_empty(),
                    of_nobody: false,
                };
                (fill.review_sheet(&visits), written)
            }
        })
    }

    fn fill(&self, order: &PaperOrder, ask: &Ask) -> Result<Fill<'_>, StoreError> {
        let profile = self.reader.profile()?;
        Ok(Fill {
            terms: Terms {
                catalogue: &self.setup.catalogue,
                communes: &self.setup.communes,
                speech: self.speech,
            },
            words: tally_words,
            letterheads: &self.setup.letterheads,
            unit: ask.unit.clone().unwrap_or_default(),
            author: Person {
                name: profile.name,
                post: profile.post,
                unit: profile.unit,
            },
            period: ask.period,
            today: order.today,
        })
    }

    /// Reads the numbers of the period and of the one before it.
    fn with_figures(
        &self,
        order: &PaperOrder,
        ask: &Ask,
        fill: impl FnOnce(&Figures<'_>) -> Result<Paper, NoPaper>,
    ) -> Result<(Paper, Written), NoPaper> {
        let read = |ask: &Ask| Numbers::read(self.reader, self.setup, ask, order.today);
        let now = read(ask)?;
        let before = match ask.period.before() {
            None => None,
            Some(period) => Some(read(&Ask {
                period,
                ..ask.clone()
            })?),
        };
        let figures = Figures {
            now: now.question(),
            before: before.as_ref().map(Numbers::question),
            closing: now.closing(),
            corrections: now.corrections(),
            empty: now.is_empty(),
        };
        let written = Written {
            empty: figures.empty,
            of_nobody: now.is_of_nobody(),
        };
        Ok((fill(&figures)?, written))
    }

    fn register(
        &self,
        fill: &Fill<'_>,
        ask: &Ask,
        shown: &mut Shown<'_>,
    ) -> Result<(Paper, Written), NoPaper> {
        let role = self.reader.profile()?.role;
        let denunciations = match role {
            Role::Authority => Denunciations::Listed,
            Role::Officer | Role::Police => Denunciations::LeftOut,
            Role::Reviewer | Role::Superior => return Err(NoPaper::NotHeld),
        };
        let rows = self.reader.register(ask.period, denunciations)?;
        let named = |row: &FormRow| match &row.matter {
            crate::domain::FormMatter::Concern(raised) => raised.names(),
            crate::domain::FormMatter::Denunciation(_) => None,
        };
        let names: Vec<EntityId> = rows.iter().filter_map(named).collect();
        // First the entries: what could not be recorded is not written out.
        shown(&names).map_err(ExportError::Logbook)?;
        let written = Written {
            empty: rows.is_empty(),
            of_nobody: false,
        };
        Ok((fill.register(&rows), written))
    }

    fn oral(
        &self,
        order: &PaperOrder,
        (concern, ask): (EntityId, &Ask),
        shown: &mut Shown<'_>,
    ) -> Result<(Paper, Written), NoPaper> {
        if !self.reader.profile()?.role.keeps_names() {
            return Err(NoPaper::NotHeld);
        }
        let is_complaint =
            |raised: &Raised| raised.concern.kind == Some(crate::domain::ConcernKind::Complaint);
        let raised = match concern.kind {
            crate::domain::EntityKind::Concern => self.reader.raised(concern)?,
            _ => None,
        };
        let raised = raised.filter(is_complaint).ok_or(NoPaper::NoComplaint)?;
        let names: Vec<EntityId> = raised.names().into_iter().collect();
        shown(&names).map_err(ExportError::Logbook)?;
        let names = self.reader.names()?;
        let site = raised
            .site
            .as_ref()
            .map(|site| names.site(site, raised.heard));
        let place = site.map_or_else(String::new, |site| self.setup.site_on(&site, raised.heard));
        let code = self.reader.code(concern)?;
        let fill = self.fill(order, ask)?;
        let written = Written {
            empty: false,
            of_nobody: false,
        };
        Ok((fill.oral_record((code.as_str(), &place), &raised), written))
    }

    /// Reads the whole records of a list in a period that count.
    fn rows(&self, listing: Listing, ask: &Ask) -> Result<Vec<ExportRow>, StoreError> {
        let query = ListQuery {
            words: String::new(),
            filters: Filters {
                from: Some(ask.period.from),
                to: Some(ask.period.to),
                states: VisitState::ALL.into_iter().filter(|s| counts(*s)).collect(),
                ..Filters::default()
            },
            sort: Sort::OldestFirst,
            offset: 0,
            limit: 0,
            labels: Vec::new(),
        };
        let mut export = self.reader.export(listing, query, Citizens::LeftOut)?;
        let mut rows = Vec::new();
        loop {
            let page = export.page(PAGE)?;
            if page.is_empty() {
                return Ok(rows);
            }
            rows.extend(page);
        }
    }

    /// Reads the visits that a cell reviews: those that name it, or all where none was asked for.
    fn of_cell(&self, ask: &Ask) -> Result<Vec<ExportRow>, StoreError> {
        let mut visits = self.rows(Listing::Visits, ask)?;
        let cell = ask.unit.as_deref().map(|cell| fold(cell.trim()));
        visits.retain(|row| is_of(cell.as_deref(), &row.visit.reviewing_cell));
        Ok(visits)
    }

    fn by_visit(
        &self,
        listing: Listing,
        ask: &Ask,
    ) -> Result<BTreeMap<String, Vec<ExportRow>>, StoreError> {
        let mut by = BTreeMap::<String, Vec<ExportRow>>::new();
        for row in self.rows(listing, ask)? {
            by.entry(row.visit_code.as_str().to_owned())
                .or_default()
                .push(row);
        }
        Ok(by)
    }

    fn cell_facts(&self, ask: &Ask) -> Result<CellFacts, StoreError> {
        let mut activities = self.by_visit(Listing::Activities, ask)?;
        let mut meetings = self.by_visit(Listing::Meetings, ask)?;
        let mut concerns = self.by_visit(Listing::Concerns, ask)?;
        let mut facts = CellFacts::default();
        let mut topics = BTreeMap::<String, u64>::new();
        for visit in self.of_cell(ask)? {
            let code = visit.code.as_str();
            for topic in topics_of(&concerns.remove(code).unwrap_or_default()) {
                *topics.entry(topic).or_default() += 1;
            }
            facts.visits.push(CellVisit {
                activities: activities.remove(code).unwrap_or_default(),
                meetings: meetings.remove(code).unwrap_or_default(),
                thread: self.reader.thread(VisitId(visit.entity.id))?,
                visit,
            });
        }
        facts.topics = topics.into_iter().collect();
        facts
            .topics
            .sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        facts.promises = self.promises(ask)?;
        Ok(facts)
    }

    /// Reads the promises of the cell's visits up to the end of the period: those that are open, and those
    /// that were answered in it.
    fn promises(&self, ask: &Ask) -> Result<Vec<Promised>, StoreError> {
        let mut query = ListQuery {
            words: String::new(),
            filters: Filters {
                to: Some(ask.period.to),
                ..Filters::default()
            },
            sort: Sort::OldestFirst,
            offset: 0,
            limit: PAGE,
            labels: Vec::new(),
        };
        let cell = ask.unit.as_deref().map(|cell| fold(cell.trim()));
        let mut promises = Vec::new();
        loop {
            let page = self.reader.list_records(Listing::Promises, &query)?;
            for row in &page.rows {
                let RowTitle::Promise {
                    text,
                    due,
                    answered,
                    ..
                } = &row.title
                else {
                    continue;
                };
                let wanted = answered.is_none_or(|on| ask.period.holds(on));
                if !wanted || !self.is_of_cell(cell.as_deref(), row.visit)? {
                    continue;
                }
                promises.push(Promised {
                    text: text.clone(),
                    place: self.setup.site_on(&row.site, row.date),
                    due: *due,
                    answered: *answered,
                });
            }
            if page.rows.len() < PAGE {
                return Ok(promises);
            }
            query.offset += PAGE as u64;
        }
    }

    fn is_of_cell(&self, cell: Option<&str>, visit: Option<VisitId>) -> Result<bool, StoreError> {
        let (Some(cell), Some(visit)) = (cell, visit) else {
            return Ok(cell.is_none());
        };
        let dossier = self.reader.dossier(visit)?;
        Ok(dossier.is_some_and(|of| is_of(Some(cell), &of.visit.value.reviewing_cell)))
    }

    fn awaiting(&self, ask: &Ask) -> Result<Vec<Awaiting>, StoreError> {
        let mut visits = self.of_cell(ask)?;
        visits.retain(|row| row.state == VisitState::Sent);
        let mut activities = self.by_visit(Listing::Activities, ask)?;
        let mut meetings = self.by_visit(Listing::Meetings, ask)?;
        let mut concerns = self.by_visit(Listing::Concerns, ask)?;
        let mut take = |visit: ExportRow| {
            let code = visit.code.as_str();
            Awaiting {
                activities: activities.remove(code).unwrap_or_default(),
                meetings: meetings.remove(code).unwrap_or_default(),
                topics: topics_of(&concerns.remove(code).unwrap_or_default()),
                visit,
            }
        };
        Ok(visits.into_iter().map(&mut take).collect())
    }
}

/// Tells whether a visit's reviewing cell is the one that is asked for; a visit that names none is every cell's.
fn is_of(cell: Option<&str>, reviewing: &str) -> bool {
    let reviewing = fold(reviewing.trim());
    cell.is_none_or(|cell| reviewing.is_empty() || reviewing == cell)
}

fn topics_of(concerns: &[ExportRow]) -> Vec<String> {
    let topic = |row: &ExportRow| match &row.part {
        crate::domain::ExportPart::Concern { concern, .. } => {
            let topic = concern.topic.as_ref();
            Some(topic.map_or_else(String::new, |topic| topic.as_str().to_owned()))
        }
        crate::domain::ExportPart::Visit { .. }
        | crate::domain::ExportPart::Activity { .. }
        | crate::domain::ExportPart::Meeting { .. } => None,
    };
    concerns.iter().filter_map(topic).collect()
}

/// Returns the records behind a number.
fn records(behind: impl Iterator<Item = Behind>) -> BTreeSet<EntityId> {
    let record = |behind| match behind {
        Behind::Record(entity) => Some(entity),
        Behind::Commune(_) => None,
    };
    behind.filter_map(record).collect()
}

fn refused(error: PaperError) -> ExportError {
    match error {
        PaperError::Template(error) => error.into(),
        PaperError::Io(error) => error.into(),
        PaperError::Xlsx(error) => std::io::Error::other(error).into(),
        PaperError::Zip(error) => ExportError::File(error.into()),
    }
}
