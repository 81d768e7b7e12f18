//! Numbers of what stands beside visits: hot spots, receptions, inspections, Saturday duty, coverage.

use std::collections::{BTreeMap, BTreeSet};

use super::piece::Piece;
use super::row::{MeetingFacts, ReceptionFacts, SpotFacts};
use super::{Head, Question};
use crate::domain::{CommuneCode, Day, LabelChange, ReceptionKind, Site};

/// Places with the label "hot spot" on the day of the reckoning, by its history. A judgement of people, never
/// computed from anything else. It is of no unit.
pub(super) fn hot_spots_open(question: &Question<'_>) -> Vec<Piece> {
    let mut open = BTreeMap::<Option<&Site>, &SpotFacts>::new();
    for spot in &question.rows.spots {
        let begun = spot.label.on.is_none_or(|on| on <= question.as_of);
        if !begun || !question.stands(&spot.head) || !question.is_of_unit(&spot.head) {
            continue;
        }
        match spot.label.change {
            Some(LabelChange::PutOn) => {
                open.insert(spot.label.site.as_ref(), spot);
            }
            Some(LabelChange::TakenOff) => {
                open.remove(&spot.label.site.as_ref());
            }
            None => {}
        }
    }
    let open = open.into_values();
    open.map(|spot| Piece::of(&spot.head, 1)).collect()
}

/// Sessions of a kind, and receptions that were written down as meetings of that kind.
fn receptions(question: &Question<'_>, kind: ReceptionKind) -> Vec<Piece> {
    let rows = question.rows.receptions.iter();
    let sessions = rows.filter(|row| row.kind == Some(kind) && question.counts_in(&row.head));
    let mut pieces: Vec<Piece> = sessions.map(|row| Piece::of(&row.head, 1)).collect();
    let meetings = question.rows.meetings.iter();
    let meetings = meetings.filter(|row| meeting_kind(row) == Some(kind));
    let counted = meetings.filter(|row| question.counts_in(&row.head));
    pieces.extend(counted.map(|row| Piece::of(&row.head, 1)));
    pieces
}

/// The kind of a reception that was written down as a meeting; without a word for it, the regular one.
fn meeting_kind(row: &MeetingFacts) -> Option<ReceptionKind> {
    match row.head.category.as_deref() {
        Some("reception" | "reception_regular") => Some(ReceptionKind::Regular),
        Some("reception_periodic") => Some(ReceptionKind::Periodic),
        Some("reception_unscheduled") => Some(ReceptionKind::Unscheduled),
        Some(_) | None => None,
    }
}

/// Regular receptions.
pub(super) fn receptions_regular(question: &Question<'_>) -> Vec<Piece> {
    receptions(question, ReceptionKind::Regular)
}

/// Periodic receptions by the head.
pub(super) fn receptions_periodic(question: &Question<'_>) -> Vec<Piece> {
    receptions(question, ReceptionKind::Periodic)
}

/// Unscheduled receptions.
pub(super) fn receptions_unscheduled(question: &Question<'_>) -> Vec<Piece> {
    receptions(question, ReceptionKind::Unscheduled)
}

fn received(question: &Question<'_>, of: impl Fn(&ReceptionFacts) -> u64) -> Vec<Piece> {
    let rows = question.rows.receptions.iter();
    let counted = rows.filter(|row| of(row) > 0 && question.counts_in(&row.head));
    counted.map(|row| Piece::of(&row.head, of(row))).collect()
}

/// Receptions as turns (lượt tiếp): one person may come several times.
pub(super) fn reception_turns(question: &Question<'_>) -> Vec<Piece> {
    received(question, |row| row.turns)
}

/// Citizens received, as persons (người); of a reception written down as a meeting, those present.
pub(super) fn reception_people(question: &Question<'_>) -> Vec<Piece> {
    let mut pieces = received(question, |row| row.people);
    let meetings = question.rows.meetings.iter();
    let counted = meetings
        .filter(|row| row.is_reception() && row.attendance > 0 && question.counts_in(&row.head));
    pieces.extend(counted.map(|row| Piece::of(&row.head, row.attendance)));
    pieces
}

/// Inspections of heads' responsibility whose last day lies in the period.
pub(super) fn inspections(question: &Question<'_>) -> Vec<Piece> {
    let rows = question.rows.inspections.iter();
    let counted = rows.filter(|row| question.counts_in(&row.head));
    counted.map(|row| Piece::of(&row.head, 1)).collect()
}

fn agencies<'q>(question: &'q Question<'_>) -> Vec<(Piece, &'q str)> {
    let mut found = Vec::new();
    for row in &question.rows.inspections {
        if question.counts_in(&row.head) {
            let keys: BTreeSet<&str> = row.agencies.iter().map(|a| a.key.as_str()).collect();
            found.extend(keys.into_iter().map(|key| (Piece::of(&row.head, 1), key)));
        }
    }
    found
}

/// Agencies inspected, each once in the period, however many inspections it had.
pub(super) fn inspected_agencies(question: &Question<'_>) -> Vec<Piece> {
    let found = agencies(question).into_iter();
    found.map(|(piece, key)| piece.keyed(key)).collect()
}

/// Agencies inspected, each once an inspection.
pub(super) fn inspected_agency_visits(question: &Question<'_>) -> Vec<Piece> {
    agencies(question)
        .into_iter()
        .map(|(piece, _)| piece)
        .collect()
}

/// Saturdays with a duty row out of the Saturdays of the period; one worked in exchange for another day is
/// a working day and neither.
pub(super) fn saturdays_on_duty(question: &Question<'_>) -> Vec<Piece> {
    let mut duties = BTreeMap::<Day, Vec<&Head>>::new();
    for duty in question
        .rows
        .duties
        .iter()
        .filter(|d| question.counts_in(d))
    {
        if let Some(day) = duty.day {
            duties.entry(day).or_default().push(duty);
        }
    }
    let mut pieces = Vec::new();
    for saturday in question.saturdays {
        let on_it = duties.get(saturday).map_or(&[][..], Vec::as_slice);
        let rows = on_it.iter().map(|head| Piece::of(head, 1).out_of(1));
        let key = saturday.to_string();
        pieces.extend(rows.map(|piece| piece.keyed(key.clone())));
        if on_it.is_empty() {
            pieces.push(Piece::of_day(*saturday));
        }
    }
    pieces
}

/// Communes of today's list in which no record of the period lies: no visit, activity, meeting, concern,
/// reception, duty or inspection. A zero elsewhere says nothing of them.
pub(super) fn units_without_data(question: &Question<'_>) -> Vec<Piece> {
    let rows = question.rows.heads();
    let within = rows.filter(|head| head.day.is_some_and(|day| question.period.holds(day)));
    let counted = within.filter(|head| question.counts(head));
    let sent: BTreeSet<CommuneCode> = counted.flat_map(|h| h.communes.iter().copied()).collect();
    let silent = question.communes.iter().filter(|c| !sent.contains(&c.code));
    silent.map(|c| Piece::of_commune(c.code, &c.name)).collect()
}
