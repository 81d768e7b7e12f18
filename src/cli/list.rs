//! `list`: rows of a list, as lines or JSON.

use serde_json::{Value, json};

use super::args::{Form, Wanted};
use super::desk::{Desk, put, put_json};
use super::pairs;
use super::plain;
use super::stop::{Exit, Stop};
use super::words;
use crate::app::{Setup, state_name};
use crate::domain::{
    Filters, ListQuery, Listing, Names, Page, RecordRow, RowTitle, Site, Sort, Unit, VisitRow,
    VisitState,
};
use crate::i18n::messages::cli;
use crate::store::Reader;
use crate::text::fold::fold;
use crate::text::width;

/// Writes the rows.
pub fn run(desk: &Desk, wanted: Wanted) -> Result<Exit, Stop> {
    let logbook = desk.open()?;
    let setup = desk.setup()?;
    let reader = logbook.store.reader();
    let query = query(desk, &setup, &reader, &wanted)?;
    let (shown, matching) = match wanted.listing {
        Listing::Visits => {
            let page = desk.with(|| Ok(reader.list_visits(&query)?))?;
            write(desk, &page, wanted.form, |row| visit(&setup, row, desk))
        }
        Listing::Activities | Listing::Meetings | Listing::Concerns => {
            let page = desk.with(|| Ok(reader.list_records(wanted.listing, &query)?))?;
            write(desk, &page, wanted.form, |row| record(&setup, row, desk))
        }
    };
    desk.say(&cli::listed(shown, matching));
    Ok(Exit::Done)
}

fn query(desk: &Desk, setup: &Setup, reader: &Reader, wanted: &Wanted) -> Result<ListQuery, Stop> {
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
            states: wanted.state.into_iter().collect(),
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

/// Writes a page and returns how many rows it has and how many match.
fn write<R>(desk: &Desk, page: &Page<R>, form: Form, row: impl Fn(&R) -> Value) -> (usize, u64) {
    let rows: Vec<Value> = page.rows.iter().map(row).collect();
    let shown = rows.len();
    match form {
        Form::Json => put_json(&json!({ "total": page.matching, "rows": rows })),
        Form::Words => {
            lines(&rows, desk);
        }
    }
    (shown, page.matching)
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

fn visit(setup: &Setup, row: &VisitRow, desk: &Desk) -> Value {
    let language = desk.speech.language();
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

fn record(setup: &Setup, row: &RecordRow, desk: &Desk) -> Value {
    let language = desk.speech.language();
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
    let mut set = |name: &str, what: Value| {
        if let Some(object) = value.as_object_mut() {
            object.insert(name.to_owned(), what);
        }
    };
    match &row.title {
        RowTitle::Activity { brief, description } => {
            set("summary", words::brief(setup, brief, language).into());
            set("category", words::code(brief.category.as_ref()));
            set("description", description.as_str().into());
        }
        RowTitle::Meeting { kind, body } => {
            let label = kind
                .as_ref()
                .map(|k| Setup::choice(&setup.catalogue.meetings, k, language));
            let parts = [label.unwrap_or_default(), body.clone()];
            set("summary", words::joined(&parts).into());
            set("kind", words::code(kind.as_ref()));
            set("body", body.as_str().into());
        }
        RowTitle::Concern {
            kind,
            line,
            settlement,
            answer_by,
        } => {
            set("summary", line.as_str().into());
            set("kind", kind.map(|kind| kind.as_str()).into());
            set("settlement", words::settlement(*settlement).into());
            set("answer_by", words::day(*answer_by));
        }
    }
    value
}
