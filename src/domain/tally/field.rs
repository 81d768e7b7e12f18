//! Numbers of visits, support activities and meetings.

use std::collections::BTreeSet;

use super::piece::Piece;
use super::row::{ActivityFacts, AssignmentFacts, Body, MeetingFacts};
use super::{Head, Question};
use crate::domain::{EntityId, PersonId, Stretch, VisitId, spans};

/// Visits whose last day lies in the period; linked visits count once.
pub(super) fn visits(question: &Question<'_>) -> Vec<Piece> {
    let rows = question.rows.visits.iter();
    let counted = rows.filter(|row| question.counts_in(&row.head));
    counted.map(|row| Piece::of(&row.head, 1)).collect()
}

/// Adds up a measure of the activities that count.
fn sum(question: &Question<'_>, measure: impl Fn(&ActivityFacts) -> u64) -> Vec<Piece> {
    let rows = question.rows.activities.iter();
    let counted = rows.filter(|row| question.counts_in(&row.head));
    let pieces = counted.map(|row| (row, measure(row)));
    let known = pieces.filter(|(_, measure)| *measure > 0);
    known
        .map(|(row, measure)| Piece::of(&row.head, measure))
        .collect()
}

/// Support activities, each once however many days, places or partners; with a unit, those that it led.
pub(super) fn activities(question: &Question<'_>) -> Vec<Piece> {
    sum(question, |_| 1)
}

/// Activities led by another in which the unit was a partner; without a unit none.
pub(super) fn activities_as_partner(question: &Question<'_>) -> Vec<Piece> {
    let Some(unit) = question.unit else {
        return Vec::new();
    };
    let everybody = Question {
        unit: None,
        ..*question
    };
    let is_partner = |partner: &Body| partner.key == unit;
    let rows = question.rows.activities.iter();
    let counted = rows.filter(|row| {
        let partner = row.head.unit.key != unit && row.partners.iter().any(is_partner);
        partner && everybody.counts_in(&row.head)
    });
    counted.map(|row| Piece::of(&row.head, 1)).collect()
}

/// Records without a date, of all time: activities, meetings, concerns, receptions, duties, inspections,
/// and visits that have none of these.
pub(super) fn undated(question: &Question<'_>) -> Vec<Piece> {
    let rows = question.rows;
    let visits = rows.visits.iter().filter(|row| !row.bare);
    let divided: BTreeSet<EntityId> = visits.map(|row| row.head.entity).collect();
    let counts = |head: &&Head| {
        let own = head.day.is_none() && question.stands(head) && question.is_of_unit(head);
        own && !head.repeat && !head.cumulative && !divided.contains(&head.entity)
    };
    let heads = rows.heads().filter(counts);
    heads.map(|head| Piece::of(head, 1)).collect()
}

/// Who went on which visit of the period; linked visits are one.
fn participations(
    question: &Question<'_>,
    key: impl Fn(&VisitId, &PersonId) -> String,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for row in &question.rows.visits {
        let within = row.head.day.is_some_and(|day| question.period.holds(day));
        if within && question.counts(&row.head) && !row.head.cumulative {
            let people = row.people.iter();
            pieces.extend(people.map(|p| Piece::of(&row.head, 1).keyed(key(&row.group, p))));
        }
    }
    pieces
}

fn hex(id: &[u8; 16]) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Cadres as persons: each once in the period, however many visits.
pub(super) fn cadres(question: &Question<'_>) -> Vec<Piece> {
    participations(question, |_, person| hex(&person.0))
}

/// Cadres as turns: each once a visit; on linked visits once.
pub(super) fn cadre_turns(question: &Question<'_>) -> Vec<Piece> {
    participations(question, |visit, person| {
        format!("{} {}", hex(&visit.0), hex(&person.0))
    })
}

/// Nights stayed, from the first to the last day of each visit that counts.
pub(super) fn nights(question: &Question<'_>) -> Vec<Piece> {
    let rows = question.rows.visits.iter();
    let counted = rows.filter(|row| row.nights > 0 && question.counts_in(&row.head));
    let pieces = counted.map(|row| Piece::of(&row.head, u64::from(row.nights)));
    pieces.collect()
}

/// Person-days of activities, in thousandths.
pub(super) fn person_days(question: &Question<'_>) -> Vec<Piece> {
    sum(question, |row| row.person_days.0)
}

/// Households helped, added up activity by activity.
pub(super) fn households(question: &Question<'_>) -> Vec<Piece> {
    sum(question, |row| row.households)
}

/// Turns of people helped (lượt người); persons (người) are never mixed in.
pub(super) fn people_turns(question: &Question<'_>) -> Vec<Piece> {
    sum(question, |row| row.turns)
}

/// Value given from all sources, in đồng.
pub(super) fn value_vnd(question: &Question<'_>) -> Vec<Piece> {
    sum(question, |row| row.value.0)
}

/// Meetings attended; receptions are counted with the receptions and not here.
pub(super) fn meetings_attended(question: &Question<'_>) -> Vec<Piece> {
    let rows = question.rows.meetings.iter();
    let counted = rows.filter(|row| !row.is_reception() && question.counts_in(&row.head));
    counted.map(|row| Piece::of(&row.head, 1)).collect()
}

/// Attendances at cells out of those owed: of each duty that was in force in the period and says how
/// often, the meetings of its cell that its cadre attended in it, at most as many as it asks for. Where
/// its quota begins anew each month, quarter or year, each of these that the period touches counts alone.
pub(super) fn cells_attended(question: &Question<'_>) -> Vec<Piece> {
    let period = question.period;
    let within = Stretch {
        from: period.from,
        to: period.to,
    };
    let everybody = Question {
        unit: None,
        ..*question
    };
    let mut pieces = Vec::new();
    for duty in &question.rows.assignments {
        if !question.stands(&duty.head) || !question.is_of_unit(&duty.head) {
            continue;
        }
        let meetings = question.rows.meetings.iter();
        let attended = meetings.filter(|m| everybody.counts_in(&m.head) && keeps(duty, m));
        // One day at one cell is one attendance.
        let days: BTreeSet<_> = attended.filter_map(|meeting| meeting.head.day).collect();
        let (mut done, mut owed) = (0, 0);
        for span in spans((duty.from, duty.to), duty.every, duty.quota, within) {
            let quota = u64::from(span.owed.unwrap_or(0));
            let count = days.range(span.days.from..=span.days.to).count() as u64;
            done += count.min(quota);
            owed += quota;
        }
        if owed > 0 {
            let piece = Piece::of(&duty.head, done).out_of(owed);
            pieces.push(piece.on(period.to));
        }
    }
    pieces
}

/// Tells whether a meeting was attended under a duty.
fn keeps(duty: &AssignmentFacts, meeting: &MeetingFacts) -> bool {
    let Some(day) = meeting.head.day else {
        return false;
    };
    let in_force = duty.from.is_none_or(|from| from <= day) && duty.to.is_none_or(|to| day <= to);
    let went = duty.person.is_some_and(|p| meeting.people.contains(&p));
    let there = if duty.cell.key.is_empty() {
        let site = duty.site.as_ref();
        site.is_none_or(|site| meeting.sites.contains(site))
    } else {
        let site = duty.site.as_ref();
        let unnamed = meeting.body.key.is_empty();
        let there = site.is_some_and(|site| meeting.sites.contains(site));
        meeting.body.key == duty.cell.key || (unnamed && there)
    };
    in_force && went && there && meeting.is_of_cell()
}

impl MeetingFacts {
    fn kind(&self) -> &str {
        self.head.category.as_deref().unwrap_or_default()
    }

    fn is_of_cell(&self) -> bool {
        self.kind().starts_with("cell_")
    }

    /// Tells whether it is a reception that was written down as a meeting.
    pub(super) fn is_reception(&self) -> bool {
        self.kind() == "reception" || self.kind().starts_with("reception_")
    }
}
