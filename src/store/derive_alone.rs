//! What receptions, Saturday duty, inspections and assignments add to the views. None of them ever counts
//! as a visit.

use super::derive::{Derived, Deriving};
use super::error::StoreError;
use super::family::{Loaded, load, parts};
use super::fresh::Records;
use super::namer::Namer;
use super::rows::Row;
use super::tables::Read;
use crate::domain::{
    Assignment, Code, Concern, Duty, EntityId, EntityKind, Inspection, Listing, Reception,
    RowTitle, VisitState,
};

/// Works out what a root that is no visit adds to the views; nothing where it does not stand.
pub(super) fn derive<R: Read>(
    records: &impl Records,
    namer: &mut Namer<'_, R>,
    root: EntityId,
) -> Result<Derived, StoreError> {
    let alone = |row: Row| Derived {
        rows: vec![row],
        ..Derived::default()
    };
    Ok(match root.kind {
        EntityKind::Reception => match load::<Reception>(records, root)? {
            Some(loaded) => reception(records, namer, &loaded)?,
            None => Derived::default(),
        },
        EntityKind::Duty => match load::<Duty>(records, root)? {
            Some(loaded) => alone(duty(namer, &loaded)?),
            None => Derived::default(),
        },
        EntityKind::Inspection => match load::<Inspection>(records, root)? {
            Some(loaded) => alone(inspection(namer, &loaded)?),
            None => Derived::default(),
        },
        EntityKind::Assignment => match load::<Assignment>(records, root)? {
            Some(loaded) => alone(assignment(namer, &loaded)?),
            None => Derived::default(),
        },
        // No other kind is a root.
        _ => Derived::default(),
    })
}

/// What stands alone is never a draft: it is there once it is saved.
pub(super) fn state<T>(loaded: &Loaded<T>) -> VisitState {
    if !loaded.record.conflicts().is_empty() && loaded.record.withdrawn.is_none() {
        VisitState::Conflict
    } else if loaded.record.withdrawn.is_some() {
        VisitState::Withdrawn
    } else {
        VisitState::Sent
    }
}

fn reception<R: Read>(
    records: &impl Records,
    namer: &mut Namer<'_, R>,
    loaded: &Loaded<Reception>,
) -> Result<Derived, StoreError> {
    let reception = &loaded.value;
    let state = state(loaded);
    let mut deriving = Deriving::new(namer, state, reception.on, reception.site.as_ref())?;
    deriving.officer = reception.head;
    let head = match reception.head {
        Some(head) => deriving.person(head)?,
        None => String::new(),
    };
    let mut derived = Derived::default();
    let mut tokens = deriving.common();
    for text in [&reception.unit, &reception.note] {
        tokens.text(deriving.namer.lexicon, text);
    }
    let kind = reception
        .kind
        .and_then(|kind| Code::new(kind.as_str()).ok());
    tokens.code(deriving.namer.lexicon, &kind);
    let concerns = parts::<Concern>(records, loaded.entity)?;
    for concern in &concerns {
        let (mut row, case) = deriving.concern(records, concern)?;
        row.counts = deriving.counting(None);
        tokens.extend(&row.tokens);
        derived.cases.extend(case);
        derived.rows.push(row);
    }
    derived
        .cases
        .extend(deriving.envelopes(records, loaded.entity)?);
    if state == VisitState::Withdrawn {
        derived.cases.clear();
    }
    let title = RowTitle::Reception {
        kind: reception.kind,
        head,
        cases: u32::try_from(concerns.len()).unwrap_or(u32::MAX),
        people: reception.people,
        turns: reception.turns,
    };
    let site = deriving.site.clone();
    let about = (&site, &title, tokens);
    derived
        .rows
        .push(deriving.row(Listing::Receptions, loaded.entity, about, 0));
    Ok(derived)
}

fn duty<R: Read>(namer: &mut Namer<'_, R>, loaded: &Loaded<Duty>) -> Result<Row, StoreError> {
    let duty = &loaded.value;
    let mut deriving = Deriving::new(namer, state(loaded), duty.on, duty.site.as_ref())?;
    for person in &duty.people {
        deriving.person(*person)?;
    }
    let mut tokens = deriving.common();
    for text in [&duty.unit, &duty.note] {
        tokens.text(deriving.namer.lexicon, text);
    }
    let title = RowTitle::Duty {
        unit: duty.unit.clone(),
        people: u32::try_from(duty.people.len()).unwrap_or(u32::MAX),
        received: duty.received,
        solved: duty.solved,
        overdue: duty.overdue,
    };
    let site = deriving.site.clone();
    Ok(deriving.row(Listing::Duties, loaded.entity, (&site, &title, tokens), 0))
}

fn inspection<R: Read>(
    namer: &mut Namer<'_, R>,
    loaded: &Loaded<Inspection>,
) -> Result<Row, StoreError> {
    let inspection = &loaded.value;
    let day = inspection.to.or(inspection.from);
    let mut deriving = Deriving::new(namer, state(loaded), day, None)?;
    let mut tokens = deriving.common();
    let texts = [
        &inspection.decision,
        &inspection.body,
        &inspection.conclusion,
        &inspection.note,
    ];
    for text in texts.into_iter().chain(&inspection.agencies) {
        tokens.text(deriving.namer.lexicon, text);
    }
    let title = RowTitle::Inspection {
        decision: inspection.decision.clone(),
        body: inspection.body.clone(),
        laws: inspection.laws.clone(),
        agencies: u32::try_from(inspection.agencies.len()).unwrap_or(u32::MAX),
        from: inspection.from,
        concluded: inspection.concluded,
    };
    let site = deriving.site.clone();
    let about = (&site, &title, tokens);
    Ok(deriving.row(Listing::Inspections, loaded.entity, about, 0))
}

fn assignment<R: Read>(
    namer: &mut Namer<'_, R>,
    loaded: &Loaded<Assignment>,
) -> Result<Row, StoreError> {
    let assignment = &loaded.value;
    let day = assignment.to.or(assignment.from);
    let mut deriving = Deriving::new(namer, state(loaded), day, assignment.site.as_ref())?;
    let who = match assignment.person {
        Some(person) => deriving.person(person)?,
        None => String::new(),
    };
    let mut tokens = deriving.common();
    for text in [&assignment.cell, &assignment.document] {
        tokens.text(deriving.namer.lexicon, text);
    }
    tokens.code(deriving.namer.lexicon, &assignment.duty);
    let title = RowTitle::Assignment {
        duty: assignment.duty.clone(),
        who,
        cell: assignment.cell.clone(),
        from: assignment.from,
        to: assignment.to,
        quota: assignment.quota,
    };
    let site = deriving.site.clone();
    let about = (&site, &title, tokens);
    Ok(deriving.row(Listing::Assignments, loaded.entity, about, 0))
}
