//! What other visits a visit may be one with, and which it is linked with. Deciding is the screen's.

use serde_json::{Value, json};

use super::desk::Desk;
use super::stop::Stop;
use crate::domain::{Decision, Linked, VisitId};
use crate::i18n::messages::cli;
use crate::store::Reader;

/// The codes of visits that a visit may be one with, and of those that it is linked with.
#[derive(Default)]
struct Others {
    open: Vec<String>,
    linked: Vec<String>,
}

fn others(desk: &Desk, reader: &Reader, visit: VisitId) -> Result<Others, Stop> {
    let mut others = Others::default();
    for pair in desk.with(|| Ok(reader.duplicates_of(visit)?))? {
        let code = pair.sides[1].row.code.as_str().to_owned();
        match pair.decision {
            None | Some(Decision::Disputed) => others.open.push(code),
            Some(Decision::Linked) => others.linked.push(code),
            Some(Decision::Dismissed) => {}
        }
    }
    Ok(others)
}

/// Adds them to the fields of a visit.
pub fn add(fields: &mut Value, desk: &Desk, reader: &Reader, visit: VisitId) -> Result<(), Stop> {
    let others = others(desk, reader, visit)?;
    if let Some(object) = fields.as_object_mut() {
        object.insert("linked".to_owned(), json!(others.linked));
        object.insert("may_be_one_with".to_owned(), json!(others.open));
    }
    Ok(())
}

/// Says that a visit just written may be one with others.
pub fn tell(desk: &Desk, reader: &Reader, visit: VisitId) -> Result<(), Stop> {
    let others = others(desk, reader, visit)?;
    if !others.open.is_empty() {
        desk.say(&cli::may_be_one(others.open.join(", ")));
    }
    Ok(())
}

/// Names where a visit stands among those linked to it.
pub fn linked(linked: Linked) -> Value {
    match linked {
        Linked::No => Value::Null,
        Linked::First => json!("first"),
        Linked::Repeat => json!("repeat"),
    }
}
