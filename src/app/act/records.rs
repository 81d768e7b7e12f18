//! What each action does on the lists of concerns, receptions and the like.

use super::owed;
use crate::app::dialogs::{Dialog, Pick, Purpose};
use crate::app::screens::{LISTS, Searching, Tab, step};
use crate::app::{Action, Effect, Model, tending};
use crate::domain::{ConcernState, Listing};

pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let (setup, size) = (model.setup.clone(), model.size);
    if let Some(what) = owed::new_record(action) {
        return tending::ask(model, what);
    }
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    let records = &mut session.records;
    match action {
        Action::Find => records.searching = Searching::Words,
        Action::Accept => records.searching = Searching::Rows,
        Action::Cancel | Action::Back if !records.words.text().is_empty() => {
            records.searching = Searching::Rows;
            records.words.set("");
            return session.search_records(&setup, size);
        }
        Action::Cancel => records.searching = Searching::Rows,
        Action::Back => session.go(Tab::Today),
        Action::NextList => return session.turn_records(1, &setup, size),
        Action::PreviousList => return session.turn_records(LISTS.len() - 1, &setup, size),
        Action::DropFilter => {
            records.life = None;
            return session.search_records(&setup, size);
        }
        Action::FilterState if records.listing == Listing::Concerns => {
            let pick = Pick::new(Purpose::FilterLife);
            model.dialogs.push(Dialog::Pick(pick));
        }
        Action::Open => {
            let row = records.row(records.chosen).map(|row| row.entity);
            return row.map_or_else(Vec::new, |entity| session.open_owed(entity));
        }
        action => {
            let to = step(records.chosen, records.matching(), action, size);
            return to.map_or_else(Vec::new, |to| session.choose_record(to, &setup, size));
        }
    }
    Vec::new()
}

/// Shows concerns that stand there only; all of them for `None`.
pub(in crate::app) fn filter(model: &mut Model, life: Option<ConcernState>) -> Vec<Effect> {
    let (setup, size) = (model.setup.clone(), model.size);
    let Some(session) = model.session_mut() else {
        return Vec::new();
    };
    session.records.life = life;
    session.search_records(&setup, size)
}
