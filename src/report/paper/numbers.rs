//! The tables of numbers: each beside the period before, by kind of work, by commune, and the rules.

use super::body::{Figures, Fill, cells, change, whole};
use super::cell::words;
use super::{Block, Chart, Entry, Grid};
use crate::config::catalogue::Choices;
use crate::domain::tally::{By, Rates, TallyId, Value};
use crate::domain::{Code, Period};
use crate::i18n::Language;
use crate::i18n::messages::{paper as p, tally as t};
use crate::text::clean::capital;
use crate::text::collate;

/// What a table of numbers is of.
pub(super) const FIELD: &[TallyId] = &[
    TallyId::Visits,
    TallyId::Cadres,
    TallyId::CadreTurns,
    TallyId::Nights,
    TallyId::Activities,
    TallyId::ActivitiesAsPartner,
    TallyId::PersonDays,
    TallyId::Households,
    TallyId::PeopleTurns,
    TallyId::ValueVnd,
    TallyId::MeetingsAttended,
    TallyId::CellsAttended,
];
pub(super) const CONCERNS: &[TallyId] = &[
    TallyId::Concerns,
    TallyId::Complaints,
    TallyId::Recommendations,
    TallyId::Reflections,
    TallyId::SettledOnSpot,
    TallyId::AnsweredToCitizen,
    TallyId::ConcernsOverdue,
    TallyId::Withdrawn,
    TallyId::ProlongedResolved,
    TallyId::TerminationNotices,
    TallyId::Dialogues,
    TallyId::HotSpotsOpen,
];
pub(super) const RECEPTION: &[TallyId] = &[
    TallyId::ReceptionsRegular,
    TallyId::ReceptionsPeriodic,
    TallyId::ReceptionsUnscheduled,
    TallyId::ReceptionTurns,
    TallyId::ReceptionPeople,
    TallyId::Inspections,
    TallyId::InspectedAgencies,
    TallyId::InspectedAgencyVisits,
    TallyId::SaturdaysOnDuty,
];

impl Fill<'_> {
    /// A table of numbers beside those of the period before; without rows where nothing lies in the period.
    pub(super) fn numbers(&self, figures: &Figures<'_>, ids: &[TallyId]) -> Block {
        let mut grid = Grid {
            columns: self.columns([
                (p::column_no(), 5),
                (p::column_number(), 40),
                (p::column_now(), 15),
                (p::column_of(), 9),
                (p::column_before(), 15),
                (p::column_of(), 9),
                (p::column_change(), 12),
            ]),
            ..Grid::default()
        };
        if !figures.empty {
            for (at, id) in ids.iter().enumerate() {
                let (now, before) = (figures.value(*id), figures.before(*id));
                let [done, of] = cells(Some(now));
                let [done_before, of_before] = cells(before);
                grid.rows.push(vec![
                    Entry::Count(at as u64 + 1),
                    Entry::Text(self.name(*id)),
                    done,
                    of,
                    done_before,
                    of_before,
                    change(now, before),
                ]);
            }
        }
        Block::Table(grid)
    }

    pub(super) fn name(&self, id: TallyId) -> String {
        self.say(&(self.words)(id).0)
    }

    /// The activities by their kind, with a chart.
    pub(super) fn by_category(&self, figures: &Figures<'_>) -> Block {
        let by = |id| figures.tally(id).by(By::Category, self.period.basis);
        let (days, values) = (by(TallyId::PersonDays), by(TallyId::ValueVnd));
        let mut kinds: Vec<(String, Value)> = by(TallyId::Activities).into_iter().collect();
        kinds.retain(|(_, value)| *value != Value::Count(0));
        kinds.sort_by_key(|(_, value)| std::cmp::Reverse(count(*value)));
        let rows = kinds.iter().map(|(kind, activities)| {
            let [activities, _] = cells(Some(*activities));
            let [person_days, _] = cells(days.get(kind).copied());
            let [value, _] = cells(values.get(kind).copied());
            let lists = &self.terms.catalogue.activities;
            let kind = Entry::Text(self.label(lists, kind));
            vec![kind, activities, person_days, value]
        });
        Block::Table(Grid {
            caption: self.say(&p::by_category()),
            columns: self.columns([
                (p::column_kind(), 40),
                (p::column_activities(), 18),
                (p::column_person_days(), 18),
                (p::column_value(), 24),
            ]),
            rows: rows.collect(),
            chart: Some(Chart {
                title: self.say(&p::by_category()),
                names: 0,
                lengths: 1,
            }),
            ..Grid::default()
        })
    }

    /// Labels a code of a list; one that is not known as it is.
    pub(super) fn label(&self, list: &Choices, code: &str) -> String {
        if code.is_empty() {
            return self.say(&t::unknown());
        }
        let known = Code::new(code).ok();
        let choice = known.as_ref().and_then(|code| list.get(code));
        let label = choice.map(|choice| match self.terms.speech.language() {
            Language::Vi => choice.vi.clone(),
            Language::En => choice.en.clone(),
        });
        label.unwrap_or_else(|| code.to_owned())
    }

    /// The numbers by commune.
    pub(super) fn by_commune(&self, figures: &Figures<'_>) -> Block {
        const IDS: [TallyId; 5] = [
            TallyId::Visits,
            TallyId::Activities,
            TallyId::PersonDays,
            TallyId::MeetingsAttended,
            TallyId::Concerns,
        ];
        let by = IDS.map(|id| figures.tally(id).by(By::Place, self.period.basis));
        let places = by.iter().flat_map(|parts| parts.keys());
        let places: std::collections::BTreeSet<&String> = places.collect();
        let mut rows: Vec<(u64, Vec<Entry>)> = Vec::new();
        for place in places {
            let name = match place.as_str() {
                "" => self.say(&t::unknown()),
                name => name.to_owned(),
            };
            let mut row = vec![Entry::Text(name)];
            for parts in &by {
                let [cell, _] = cells(Some(parts.get(place).copied().unwrap_or(Value::Count(0))));
                row.push(cell);
            }
            let visits = by[0].get(place).map_or(0, |value| count(*value));
            rows.push((visits, row));
        }
        rows.sort_by_key(|(visits, _)| std::cmp::Reverse(*visits));
        Block::Table(Grid {
            caption: self.say(&p::by_commune()),
            columns: self.columns([
                (p::column_commune(), 35),
                (p::column_visits(), 13),
                (p::column_activities(), 13),
                (p::column_person_days(), 13),
                (p::column_meetings(), 13),
                (p::column_concerns(), 13),
            ]),
            rows: rows.into_iter().map(|(_, row)| row).collect(),
            ..Grid::default()
        })
    }

    /// Says which communes sent nothing; nothing of them where one unit is asked about.
    pub(super) fn coverage(&self, figures: &Figures<'_>) -> Vec<Block> {
        if !self.unit.trim().is_empty() {
            return Vec::new();
        }
        let silent = figures.tally(TallyId::UnitsWithoutData);
        let count = count(silent.value());
        if count == 0 {
            return vec![self.text(&p::complete())];
        }
        let names = silent.by(By::Place, self.period.basis);
        let mut names: Vec<String> = names.into_keys().collect();
        names.sort_by_key(|name| collate::key(name));
        let count = whole(count);
        vec![
            self.text(&p::incomplete(count)),
            self.text(&p::silent(names.join(", "))),
        ]
    }

    /// Compares the rates of withdrawal with the period before, where both closed anything.
    pub(super) fn withdrawals(&self, figures: &Figures<'_>) -> Option<Block> {
        let (now, before) = (
            figures.value(TallyId::Withdrawn),
            figures.value(TallyId::WithdrawnBefore),
        );
        let rates = Rates::of(now, before)?;
        let mut said = vec![self.say(&t::rates(rates.now, rates.before, rates.points))];
        said.extend(rates.relative.map(|change| self.say(&t::relative(change))));
        if rates.few {
            said.push(self.say(&t::few()));
        }
        said.push(self.say(&t::no_target()));
        let said = capital(&said.join("; "));
        Some(Block::Text(format!("{said}.")))
    }

    /// How each number is counted.
    pub(super) fn rules(&self, ids: &[TallyId]) -> Block {
        let row = |id: &TallyId| {
            let (name, rule) = (self.words)(*id);
            [name, rule].map(|text| Entry::Text(self.say(&text))).into()
        };
        Block::Table(Grid {
            caption: self.say(&p::rules()),
            columns: self.columns([(p::column_number(), 35), (p::column_rule(), 65)]),
            rows: ids.iter().map(row).collect(),
            ..Grid::default()
        })
    }

    /// Says when the period was closed, and what changed since.
    pub(super) fn closed(&self, figures: &Figures<'_>) -> Vec<Block> {
        let Some(on) = figures.closing.and_then(|closing| closing.on) else {
            return Vec::new();
        };
        let mut blocks = vec![self.text(&p::frozen(on))];
        let said = |value| match cells(Some(value)) {
            [done, Entry::Blank] => words(&done, self.terms.speech.language()),
            [done, of] => [done, of]
                .map(|cell| words(&cell, self.terms.speech.language()))
                .join("/"),
        };
        let corrections = figures.corrections.iter();
        let corrections: Vec<String> = corrections
            .map(|(id, (was, now))| self.say(&p::corrected(self.name(*id), said(*was), said(*now))))
            .collect();
        if !corrections.is_empty() {
            blocks.push(self.text(&p::corrections(corrections.join("; "))));
        }
        blocks
    }

    /// Names a period that is still open.
    pub(super) fn still_open(&self) -> Option<Block> {
        let Period { to, .. } = self.period;
        (to >= self.today).then(|| self.text(&t::still_open(self.today)))
    }
}

/// Returns a number as one count, for sorting.
pub(super) fn count(value: Value) -> u64 {
    match value {
        Value::Count(count) | Value::Decimal(count) => count,
        Value::Share { done, .. } => done,
    }
}
