//! `list`: rows of a list, as lines or JSON.

use serde_json::{Value, json};

use super::args::{Form, Wanted};
use super::desk::{Desk, put, put_json};
use super::pairs;
use super::plain;
use super::stop::{Exit, Stop};
use super::words;
use crate::app::{Setup, owed, state_name};
use crate::domain::{
    ConcernState, Filters, ListQuery, Listing, Names, PersonId, RecordRow, RowTitle, Site, Sort,
    Unit, VisitRow, VisitState,
};
use crate::i18n::Text;
use crate::i18n::messages::{cli, common, concern};
use crate::store::Reader;
use crate::text::fold::fold;
use crate::text::width;

/// Writes the rows.
pub fn run(desk: &Desk, wanted: Wanted) -> Result<Exit, Stop> {
    let logbook = desk.open()?;
    let setup = desk.setup()?;
    let reader = logbook.store.reader();
    let query = query(desk, &setup, &reader, &wanted)?;
    let names = desk.with(|| Ok(reader.names()?))?;
    let lister = Lister {
        desk,
        setup: &setup,
        names: &names,
    };
    let records = |listing| {
        let page = desk.with(|| Ok(reader.list_records(listing, &query)?))?;
        let rows: Vec<Value> = page.rows.iter().map(|row| lister.record(row)).collect();
        Ok::<_, Stop>((rows, page.matching))
    };
    let (rows, matching) = match wanted.listing {
        Listing::Visits => {
            let page = desk.with(|| Ok(reader.list_visits(&query)?))?;
            let rows = page.rows.iter().map(|row| lister.visit(row)).collect();
            (rows, page.matching)
        }
        Listing::Duties => {
            // Saturday duty that was done, and duties that are owed.
            let (mut rows, done) = records(Listing::Duties)?;
            let (owed, assigned) = records(Listing::Assignments)?;
            rows.extend(owed);
            rows.sort_by_key(|row| std::cmp::Reverse(row["date"].as_str().map(str::to_owned)));
            rows.truncate(query.limit);
            (rows, done + assigned)
        }
        listing @ (Listing::Activities
        | Listing::Meetings
        | Listing::Concerns
        | Listing::Promises
        | Listing::Receptions
        | Listing::Inspections
        | Listing::Assignments) => records(listing)?,
    };
    let shown = rows.len();
    match wanted.form {
        Form::Json => put_json(&json!({ "total": matching, "rows": rows })),
        Form::Words => lines(&rows, desk),
    }
    desk.say(&cli::listed(shown, matching));
    Ok(Exit::Done)
}

fn query(desk: &Desk, setup: &Setup, reader: &Reader, wanted: &Wanted) -> Result<ListQuery, Stop> {
    let (states, lives) = states(wanted)?;
    let mut words = wanted.find.clone();
    let names = desk.with(|| Ok(reader.names()?))?;
    let mut sites = Vec::new();
    if let Some(place) = &wanted.place {
        sites = one_place(setup, &names, place);
        if sites.is_empty() {
            words = format!("{place} {words}").trim_end().to_owned();
        }
    }
    Ok(ListQuery {
        labels: setup.labels(&words, &names),
        words,
        filters: Filters {
            from: wanted.from,
            to: wanted.to,
            sites,
            states,
            lives,
        },
        sort: Sort::NewestFirst,
        offset: 0,
        limit: wanted.limit,
    })
}

/// Returns the sites of the one village or unit of that name; several of a name are searched by its
/// words. A name that a unit has today is that unit's, whatever had it before.
fn one_place(setup: &Setup, names: &Names, typed: &str) -> Vec<Site> {
    let folded = fold(typed.trim());
    let villages = names.standing();
    let villages = villages.filter(|(_, place)| fold(&place.name) == folded);
    let villages: Vec<_> = villages.map(|(id, _)| names.sites_of(id)).collect();
    let units = setup.units_named(typed);
    let (today, former): (Vec<_>, Vec<_>) = units.into_iter().partition(|unit| match unit {
        Unit::Today(_) => true,
        Unit::Former(_) => false,
    });
    let units = if today.is_empty() { former } else { today };
    let units = units.into_iter().map(|unit| setup.communes.sites_of(unit));
    let mut places = villages.into_iter().chain(units);
    let first = places.next();
    first
        .filter(|_| places.next().is_none())
        .unwrap_or_default()
}

/// Reads the state that rows must have, in the words of the list.
fn states(wanted: &Wanted) -> Result<(Vec<VisitState>, Vec<ConcernState>), Stop> {
    let Some(word) = &wanted.state else {
        return Ok((Vec::new(), Vec::new()));
    };
    if wanted.listing == Listing::Concerns {
        let mut lives = ConcernState::ALL.into_iter();
        if let Some(life) = lives.find(|life| life.as_str() == word) {
            return Ok((Vec::new(), vec![life]));
        }
    }
    let mut states = VisitState::ALL.into_iter();
    match states.find(|state| state.as_str() == word) {
        Some(state) => Ok((vec![state], Vec::new())),
        None => Err(Stop::usage(cli::no_such_state(word))),
    }
}

/// Writes rows for people: days and states in words, columns under each other.
fn lines(rows: &[Value], desk: &Desk) {
    let language = desk.speech.language();
    let cells = |row: &Value| {
        let cell = |name: &str| row[name].as_str().filter(|text| !text.is_empty());
        let state = cell("state").and_then(|word| {
            let mut states = VisitState::ALL.into_iter();
            states.find(|state| state.as_str() == word)
        });
        let state = state.map(|state| desk.speech.text(&state_name(state)));
        let mut lives = ConcernState::ALL.into_iter();
        let life = lives.find(|life| Some(life.as_str()) == cell("state"));
        let life = life.filter(|_| cell("visit_state").is_some());
        let state = life
            .map(|life| desk.speech.text(&owed::state(life)))
            .or(state);
        let or_none = |text: Option<&str>| text.unwrap_or("–").to_owned();
        [
            or_none(cell("code")),
            cell("date").map_or_else(|| or_none(None), |iso| plain::day(iso, language)),
            or_none(cell("place")),
            or_none(cell("summary")),
            or_none(state.as_deref()),
        ]
    };
    let table: Vec<[String; 5]> = rows.iter().map(cells).collect();
    let widest = |at: usize| {
        let widths = table.iter().map(|row| width::columns(&row[at]));
        widths.max().unwrap_or(0)
    };
    let widths: [usize; 5] = std::array::from_fn(widest);
    for row in &table {
        let cells = row.iter().zip(widths);
        let padded = cells.map(|(text, room)| width::pad_right(text, room));
        put(padded.collect::<Vec<_>>().join("  ").trim_end());
    }
}

/// What a row is named with.
pub struct Lister<'a> {
    pub desk: &'a Desk,
    pub setup: &'a Setup,
    pub names: &'a Names,
}

impl Lister<'_> {
    fn visit(&self, row: &VisitRow) -> Value {
        let setup = self.setup;
        let language = self.desk.speech.language();
        let activity = row.activity.as_ref();
        let on = row.to.or(row.from);
        let mut value = json!({
            "code": row.code.as_str(),
            "date": words::day(row.to.or(row.from)),
            "from": words::day(row.from),
            "to": words::day(row.to),
            "place": setup.site_on(&row.site, on),
            "summary": activity.map_or_else(String::new, |a| words::brief(setup, a, language)),
            "state": row.state.as_str(),
            "lead": row.lead,
            "team": row.team,
            "shared": words::codes(&row.shared),
            "activities": row.activities,
            "meetings": row.meetings,
            "concerns": row.concerns,
            "linked": pairs::linked(row.linked),
            "copies": words::copies(row.copies),
        });
        for (name, unit) in words::units(setup, &row.site, on) {
            value[name] = unit;
        }
        value
    }

    /// Writes a row of any list but that of visits.
    pub fn record(&self, row: &RecordRow) -> Value {
        let setup = self.setup;
        let mut value = json!({
            "code": row.code.as_str(),
            "date": words::day(row.date),
            "place": setup.site_on(&row.site, row.date),
            "summary": "",
            "state": row.state.as_str(),
        });
        for (name, unit) in words::units(setup, &row.site, row.date) {
            value[name] = unit;
        }
        for (name, what) in self.title(row) {
            value[name] = what;
        }
        value
    }

    fn say(&self, text: &Text) -> String {
        self.desk.speech.text(text)
    }

    fn officer(&self, officer: Option<PersonId>) -> Value {
        let named = officer.and_then(|id| self.names.people.iter().find(|(one, _)| *one == id));
        named.map(|(_, person)| person.name.clone()).into()
    }

    /// Gives what only rows of this list say.
    fn title(&self, row: &RecordRow) -> Vec<(&'static str, Value)> {
        let setup = self.setup;
        let language = self.desk.speech.language();
        match &row.title {
            RowTitle::Activity { brief, description } => vec![
                ("summary", words::brief(setup, brief, language).into()),
                ("category", words::code(brief.category.as_ref())),
                ("description", description.as_str().into()),
            ],
            RowTitle::Meeting { kind, body } => {
                let label = kind
                    .as_ref()
                    .map(|k| Setup::choice(&setup.catalogue.meetings, k, language));
                let parts = [label.unwrap_or_default(), body.clone()];
                vec![
                    ("summary", words::joined(&parts).into()),
                    ("kind", words::code(kind.as_ref())),
                    ("body", body.as_str().into()),
                ]
            }
            RowTitle::Concern {
                kind,
                line,
                settlement,
                answer_by,
                state,
                officer,
            } => vec![
                ("summary", line.as_str().into()),
                ("kind", kind.map(|kind| kind.as_str()).into()),
                ("state", state.as_str().into()),
                ("visit_state", row.state.as_str().into()),
                ("settlement", words::settlement(*settlement).into()),
                ("answer_by", words::day(*answer_by)),
                ("officer", self.officer(*officer)),
            ],
            RowTitle::Promise {
                text,
                due,
                answered,
                officer,
            } => {
                let state = match answered {
                    Some(_) => "answered",
                    None => "open",
                };
                vec![
                    ("summary", text.as_str().into()),
                    ("state", state.into()),
                    ("due", words::day(*due)),
                    ("answered", words::day(*answered)),
                    ("officer", self.officer(*officer)),
                ]
            }
            RowTitle::Reception { .. }
            | RowTitle::Duty { .. }
            | RowTitle::Inspection { .. }
            | RowTitle::Assignment { .. } => self.alone(&row.title),
        }
    }

    fn alone(&self, title: &RowTitle) -> Vec<(&'static str, Value)> {
        let counted = |count: Option<u32>| i64::from(count.unwrap_or(0));
        match title {
            RowTitle::Reception {
                kind,
                head,
                cases,
                people,
                turns,
            } => {
                let named = kind.map(|kind| self.say(&owed::reception(kind)));
                let named = common::words(named.unwrap_or_default());
                let summary = concern::sum_reception(named, *cases);
                vec![
                    ("summary", self.say(&summary).into()),
                    ("kind", kind.map(|kind| kind.as_str()).into()),
                    ("head", words::text(head)),
                    ("cases", (*cases).into()),
                    ("people", (*people).into()),
                    ("turns", (*turns).into()),
                ]
            }
            RowTitle::Duty {
                unit,
                people,
                received,
                solved,
                overdue,
            } => {
                let summary = concern::sum_duty(unit, counted(*received));
                vec![
                    ("summary", self.say(&summary).into()),
                    ("kind", "saturday".into()),
                    ("unit", words::text(unit)),
                    ("people", (*people).into()),
                    ("received", (*received).into()),
                    ("solved", (*solved).into()),
                    ("overdue", (*overdue).into()),
                ]
            }
            RowTitle::Inspection {
                decision,
                body,
                laws,
                agencies,
                from,
                concluded,
            } => {
                let summary = concern::sum_inspection(body, *agencies);
                let laws: Vec<&str> = laws.iter().map(|law| law.as_str()).collect();
                vec![
                    ("summary", self.say(&summary).into()),
                    ("decision", words::text(decision)),
                    ("body", words::text(body)),
                    ("laws", laws.into()),
                    ("agencies", (*agencies).into()),
                    ("from", words::day(*from)),
                    ("concluded", words::day(*concluded)),
                ]
            }
            RowTitle::Assignment {
                duty,
                who,
                cell,
                from,
                to,
                quota,
            } => {
                let summary = concern::sum_assignment(who, cell);
                vec![
                    ("summary", self.say(&summary).into()),
                    ("kind", words::code(duty.as_ref())),
                    ("person", words::text(who)),
                    ("cell", words::text(cell)),
                    ("from", words::day(*from)),
                    ("to", words::day(*to)),
                    ("quota", (*quota).into()),
                ]
            }
            RowTitle::Activity { .. }
            | RowTitle::Meeting { .. }
            | RowTitle::Concern { .. }
            | RowTitle::Promise { .. } => Vec::new(),
        }
    }
}
