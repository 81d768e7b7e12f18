//! What happened to a record, in clock order. Never resolves the names of people.

use super::entry::{Act, EntryView};
use super::fold::in_order;
use super::header::EntryKind;
use super::wire::field_name;
use crate::domain::{EntityId, HistoryEvent, MemberId, Stamp};

/// A line of a record's history whose author is not yet named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    pub at: Stamp,
    /// Logical time; sorts the lines of several records of one stream.
    pub time: u64,
    pub author: MemberId,
    pub about: EntityId,
    pub event: HistoryEvent,
}

/// Returns a line for each entry of a record; an entry that was taken back keeps its line.
pub fn history(entries: &[EntryView]) -> Vec<Happened> {
    let line = |entry: &EntryView| Happened {
        at: entry.header.wall,
        time: entry.header.time,
        author: entry.header.author,
        about: entry.header.entity,
        event: event(entry),
    };
    in_order(entries).into_iter().map(line).collect()
}

fn event(entry: &EntryView) -> HistoryEvent {
    match (entry.header.kind, &entry.act) {
        (EntryKind::Save, _) if entry.header.heads.is_empty() => HistoryEvent::Created,
        (EntryKind::Save, Some(Act::Save(fields))) => {
            let name = |(number, _)| field_name(entry.header.entity.kind, number);
            let mut names: Vec<_> = fields.iter().filter_map(name).collect();
            names.dedup();
            HistoryEvent::Amended(names)
        }
        (EntryKind::Save, _) => HistoryEvent::Amended(Vec::new()),
        (EntryKind::Send, _) => HistoryEvent::Sent,
        (EntryKind::Withdraw, Some(Act::Withdraw(reason))) => {
            HistoryEvent::Withdrawn(reason.clone())
        }
        (EntryKind::Withdraw, _) => HistoryEvent::Withdrawn(String::new()),
        (EntryKind::Undo, _) => HistoryEvent::Undone,
        (EntryKind::Shown, _) => HistoryEvent::Shown,
        (EntryKind::Receipt | EntryKind::Cut | EntryKind::Unknown(_), _) => HistoryEvent::Unknown,
    }
}
