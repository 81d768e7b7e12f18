//! From a record to the cells of its row. A table's columns are those that its rows have.

use super::Cell;
use super::parts::{activity, concern, entry, meeting, petitioner};
use crate::config::catalogue::{Catalogue, Choices};
use crate::config::units::{Communes, UnitName};
use crate::domain::{
    Activity, Citizens, Code, Column, Concern, Day, EntityId, EntityKind, EntryAct, EntryHash,
    ExportEntry, ExportPart, ExportRow, Meeting, Origin, ShortCode, SiteCell, SiteName, Stamp,
    Table, Unit, UnitBasis, Visit, VisitState,
};
use crate::i18n::messages::common;
use crate::i18n::{Catalog, Language, Text};

/// The lists and sentences that cells are labelled by.
#[derive(Clone, Copy)]
pub struct Terms<'a> {
    pub catalogue: &'a Catalogue,
    pub communes: &'a Communes,
    pub speech: &'a Catalog,
}

/// A row: each column with its cell.
pub type Cells = Vec<(Column, Cell)>;

impl Terms<'_> {
    /// Returns the columns of a table in their order.
    pub fn columns(&self, table: Table, citizens: Citizens) -> Vec<Column> {
        let cells = match table {
            Table::Entries => entry(self, &no_entry()),
            Table::Visits | Table::Activities | Table::Meetings | Table::Concerns => {
                self.row(&no_record(table), citizens)
            }
        };
        cells.into_iter().map(|(column, _)| column).collect()
    }

    /// Returns the row of an entry's header.
    pub fn entry(&self, of: &ExportEntry) -> Cells {
        entry(self, of)
    }

    /// Returns the row of a record; citizens' names only where they are asked for.
    pub fn row(&self, row: &ExportRow, citizens: Citizens) -> Cells {
        let mut cells = self.record(row);
        match &row.part {
            ExportPart::Visit {
                activities,
                meetings,
                concerns,
            } => cells.extend(self.visit(&row.visit, [*activities, *meetings, *concerns])),
            ExportPart::Activity {
                activity: of,
                other_sites,
                helped,
            } => {
                cells.extend(activity(self, of));
                cells.push(self.other_places(other_sites, row.visit.day()));
                if citizens == Citizens::Named {
                    let names = helped.iter().flat_map(|h| h.value.names.lines());
                    let names = names.map(str::to_owned).collect();
                    cells.push((Column::Helped, Cell::texts(names)));
                }
            }
            ExportPart::Meeting {
                meeting: of,
                other_sites,
                promises,
            } => {
                cells.extend(meeting(self, of, promises));
                cells.push(self.other_places(other_sites, row.visit.day()));
            }
            ExportPart::Concern {
                concern: of,
                particulars,
            } => {
                cells.extend(concern(self, of));
                if citizens == Citizens::Named {
                    cells.extend(petitioner(particulars.as_ref().map(|p| &p.value)));
                }
            }
        }
        cells
    }

    /// What every record says: what it is, when, where and by whom.
    fn record(&self, row: &ExportRow) -> Cells {
        let visit = &row.visit;
        let origin = match visit.origin {
            Origin::Typed => self.term("typed", &common::origin_typed()),
            Origin::Import => self.term("import", &common::origin_import()),
        };
        let mut cells = vec![(Column::Code, Cell::text(row.code.as_str()))];
        match &row.part {
            ExportPart::Visit { .. } => {}
            ExportPart::Activity { .. }
            | ExportPart::Meeting { .. }
            | ExportPart::Concern { .. } => {
                cells.push((Column::Visit, Cell::text(row.visit_code.as_str())));
            }
        }
        cells.extend([
            (
                Column::State,
                self.term(row.state.as_str(), &state(row.state)),
            ),
            (Column::Origin, origin),
            (Column::From, Cell::of(visit.from, Cell::Day)),
            (Column::To, Cell::of(visit.to, Cell::Day)),
            (Column::Unit, Cell::text(&visit.unit)),
        ]);
        cells.extend(self.place(&row.site, visit.day()));
        cells.extend([
            (Column::Lead, Cell::text(&row.lead)),
            (Column::Team, Cell::texts(row.team.clone())),
        ]);
        cells
    }

    fn visit(&self, visit: &Visit, counts: [u32; 3]) -> Cells {
        let [activities, meetings, concerns] = counts.map(|count| Cell::Count(u64::from(count)));
        let shared = self.labels(&self.catalogue.shared, visit.shared.iter());
        vec![
            (Column::Shared, shared),
            (Column::Programme, Cell::text(&visit.programme)),
            (Column::ReviewingCell, Cell::text(&visit.reviewing_cell)),
            (Column::Activities, activities),
            (Column::Meetings, meetings),
            (Column::Concerns, concerns),
            (Column::Note, Cell::text(&visit.note)),
        ]
    }

    /// Where it was: the units of its day, and those of today where they are known.
    fn place(&self, site: &SiteCell, day: Option<Day>) -> Cells {
        let then = self.unit(&site.name, day, UnitBasis::OfItsDay);
        let today = self.unit(&site.name, day, UnitBasis::Today);
        let today = today.filter(|unit| matches!(unit, Unit::Today(_)));
        let then = then.and_then(|unit| self.communes.unit_name(unit));
        let today = today.and_then(|unit| self.communes.unit_name(unit));
        let district = then.as_ref().and_then(|unit| unit.district);
        let name = |unit: &Option<UnitName<'_>>| Cell::of(unit.as_ref(), |u| Cell::text(u.name));
        let province =
            |unit: &Option<UnitName<'_>>| Cell::of(unit.as_ref(), |u| Cell::text(u.province));
        let code = Cell::of(today.as_ref(), |u| Cell::Text(format!("{:05}", u.code)));
        let kind = self.label(&self.catalogue.villages, site.kind.as_ref());
        vec![
            (Column::Village, Cell::text(&site.name.village)),
            (Column::VillageKind, kind),
            (Column::Commune, name(&then)),
            (Column::District, Cell::of(district, Cell::text)),
            (Column::Province, province(&then)),
            (Column::CommuneCode, code),
            (Column::CommuneToday, name(&today)),
            (Column::ProvinceToday, province(&today)),
        ]
    }

    /// Returns the one unit that a site is named by: where it lay in one that was divided and nobody
    /// has said which part is meant, that one.
    fn unit(&self, site: &SiteName, day: Option<Day>, basis: UnitBasis) -> Option<Unit> {
        match self.communes.units(site, day, basis)[..] {
            [unit] => Some(unit),
            [] | [_, ..] => site.former.map(Unit::Former),
        }
    }

    fn other_places(&self, sites: &[SiteCell], day: Option<Day>) -> (Column, Cell) {
        let names = sites.iter().map(|site| self.in_full(site, day));
        (Column::OtherPlaces, Cell::texts(names.collect()))
    }

    /// Names a place with everything above it, the smallest unit first.
    fn in_full(&self, site: &SiteCell, day: Option<Day>) -> String {
        let parts = self.place(site, day).into_iter().filter(|(column, _)| {
            matches!(
                column,
                Column::Village | Column::Commune | Column::District | Column::Province
            )
        });
        let words: Vec<String> = parts
            .filter_map(|(_, cell)| cell.words().map(std::borrow::Cow::into_owned))
            .collect();
        words.join(", ")
    }

    /// One of a closed list, in the language of the table.
    pub(super) fn term(&self, code: &'static str, text: &Text) -> Cell {
        let said = self.speech.text(text);
        Cell::Term { code, said }
    }

    /// Labels a code of a list.
    pub(super) fn label(&self, choices: &Choices, code: Option<&Code>) -> Cell {
        Cell::of(code, |code| Cell::Text(self.word(choices, code)))
    }

    /// Labels codes of a list.
    pub(super) fn labels<'c>(
        &self,
        choices: &Choices,
        codes: impl Iterator<Item = &'c Code>,
    ) -> Cell {
        Cell::texts(codes.map(|code| self.word(choices, code)).collect())
    }

    /// Labels a code; one that this catalogue does not know is shown as it is.
    fn word(&self, choices: &Choices, code: &Code) -> String {
        let label = choices
            .get(code)
            .map(|choice| match self.speech.language() {
                Language::Vi => choice.vi.as_str(),
                Language::En => choice.en.as_str(),
            });
        label.unwrap_or(code.as_str()).to_owned()
    }
}

/// Names a state.
fn state(state: VisitState) -> Text {
    match state {
        VisitState::Draft => common::visit_draft(),
        VisitState::Sent => common::visit_sent(),
        VisitState::Returned => common::visit_returned(),
        VisitState::Confirmed => common::visit_confirmed(),
        VisitState::Changed => common::visit_changed(),
        VisitState::Conflict => common::visit_conflict(),
        VisitState::Withdrawn => common::visit_withdrawn(),
        VisitState::OnPaper => common::visit_on_paper(),
    }
}

const NOBODY: EntityId = EntityId {
    kind: EntityKind::Visit,
    id: [0; 16],
};

/// A record that says nothing, for the columns that it has.
fn no_record(table: Table) -> ExportRow {
    let part = match table {
        Table::Visits | Table::Entries => ExportPart::Visit {
            activities: 0,
            meetings: 0,
            concerns: 0,
        },
        Table::Activities => ExportPart::Activity {
            activity: Activity::default(),
            other_sites: Vec::new(),
            helped: None,
        },
        Table::Meetings => ExportPart::Meeting {
            meeting: Meeting::default(),
            other_sites: Vec::new(),
            promises: Vec::new(),
        },
        Table::Concerns => ExportPart::Concern {
            concern: Concern::default(),
            particulars: None,
        },
    };
    ExportRow {
        entity: NOBODY,
        code: ShortCode::of(NOBODY, 0),
        visit_code: ShortCode::of(NOBODY, 0),
        state: VisitState::Draft,
        visit: Visit::default(),
        site: SiteCell::default(),
        lead: String::new(),
        team: Vec::new(),
        part,
    }
}

fn no_entry() -> ExportEntry {
    ExportEntry {
        code: ShortCode::of(NOBODY, 0),
        kind: EntityKind::Visit,
        act: EntryAct::Save,
        at: Stamp(0),
        who: String::new(),
        device: [0; 16],
        seq: 0,
        time: 0,
        hash: EntryHash([0; 32]),
        previous: None,
        replaces: 0,
        body_hash: [0; 32],
        signed: false,
    }
}
