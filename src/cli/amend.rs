//! `amend`: fields of a record set from the command line, named as `show --json` names them.
//!
//! Knows which fields a line of text can say. Lists of lists (funding, beneficiaries, promises) and
//! citizens' particulars are amended on the screen.

use super::day;
use super::desk::Desk;
use super::pairs;
use super::stop::{Exit, Stop};
use crate::config::catalogue::Catalogue;
use crate::domain::{
    Activity, Code, Concern, ConcernKind, Dossier, EntityId, EntityKind, Envelope, Finding, Item,
    Meeting, Quantity, Settlement, Severity, Summing, Visit, VisitState, check,
};
use crate::i18n::messages::{cli, errors, privacy};
use crate::runtime::Clock;
use crate::runtime::logbook::moment;
use crate::store::SaveDossier;
use crate::text::clean::clean_text;

/// Whether a field that many read may hold the name of a citizen of the visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    Asked,
    Kept,
}

/// Sets the fields and saves.
pub fn run(desk: &Desk, code: &str, fields: &[String], names: Names) -> Result<Exit, Stop> {
    let mut logbook = desk.open()?;
    let reader = logbook.store.reader();
    let entity = desk.find(&reader, code)?;
    let visit = desk.with(|| Ok(reader.visit_of(entity)?))?;
    let dossier = match visit {
        Some(visit) => desk.with(|| Ok(reader.dossier(visit)?))?,
        None => None,
    };
    let mut dossier = dossier.ok_or_else(|| Stop::refused(errors::not_found()))?;
    let lists = desk.setup()?.catalogue;
    let today = desk.clock.today();
    let before = check(&dossier, today);
    let private = desk.with(|| Ok(reader.private_of(entity)?))?;
    for field in fields {
        let (name, value) = field
            .split_once('=')
            .ok_or_else(|| Stop::usage(cli::usage_unknown(field)))?;
        if names == Names::Asked && entity.kind != EntityKind::Envelope && private.is_in(value) {
            return Err(Stop::refused(privacy::amend_exposes(name)));
        }
        let set = match is_listed(&lists, entity, name, value) {
            true => set(&mut dossier, entity, name, &clean_text(value)),
            false => Err(Wrong::Value),
        };
        set.map_err(|wrong| match wrong {
            Wrong::Field => Stop::refused(errors::field_unknown(name)),
            Wrong::Value => Stop::refused(errors::field_value(name, value)),
        })?;
    }
    let of_visit = entity.kind == EntityKind::Visit;
    let spoils = |finding: &Finding| {
        let own = (finding.item == Item::Visit) == of_visit;
        let waits =
            dossier.state == VisitState::Draft && finding.severity() == Severity::Incomplete;
        own && !waits && !before.contains(finding)
    };
    let mut spoilt = check(&dossier, today);
    spoilt.retain(spoils);
    if !spoilt.is_empty() {
        return Err(Stop::findings(errors::would_spoil(), &spoilt));
    }
    let save = SaveDossier {
        dossier,
        places: Vec::new(),
        people: Vec::new(),
        typing: None,
    };
    desk.with(|| {
        logbook
            .store
            .save(save, moment(&desk.clock), &mut logbook.ids)
    })?;
    let code = desk.with(|| Ok(reader.code(entity)?))?;
    desk.say(&cli::amended(code.as_str()));
    if let Some(visit) = visit {
        pairs::tell(desk, &reader, visit)?;
    }
    Ok(Exit::Done)
}

/// Tells whether the codes that a field is given are among those to choose from; other fields have
/// no codes.
fn is_listed(lists: &Catalogue, entity: EntityId, name: &str, value: &str) -> bool {
    let choices = match (entity.kind, name) {
        (EntityKind::Visit, "shared") => &lists.shared,
        (EntityKind::Activity, "category") => &lists.activities,
        (EntityKind::Activity, "measure") => &lists.measures,
        (EntityKind::Meeting, "kind") => &lists.meetings,
        (EntityKind::Meeting, "capacity") => &lists.capacities,
        (EntityKind::Concern, "topic") => &lists.topics,
        _ => return true,
    };
    let words = value.split(',').map(str::trim).filter(|w| !w.is_empty());
    let mut codes = words.map(code);
    codes.all(|code| code.is_some_and(|code| choices.get(&code).is_some()))
}

/// Why a field was not set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    Field,
    Value,
}

fn set(dossier: &mut Dossier, entity: EntityId, name: &str, value: &str) -> Result<(), Wrong> {
    let is = |id: Option<EntityId>| id == Some(entity);
    if is(dossier.visit.id.map(Into::into)) {
        return visit(&mut dossier.visit.value, name, value);
    }
    for file in &mut dossier.activities {
        if is(file.activity.id.map(Into::into)) {
            return activity(&mut file.activity.value, name, value);
        }
    }
    for part in &mut dossier.meetings {
        if is(part.meeting.id.map(Into::into)) {
            return meeting(&mut part.meeting.value, name, value);
        }
    }
    for file in &mut dossier.concerns {
        if is(file.concern.id.map(Into::into)) {
            return concern(&mut file.concern.value, name, value);
        }
    }
    for part in &mut dossier.envelopes {
        if is(part.id.map(Into::into)) {
            return envelope(&mut part.value, name, value);
        }
    }
    Err(Wrong::Field)
}

fn visit(visit: &mut Visit, name: &str, value: &str) -> Result<(), Wrong> {
    match name {
        "from" => visit.from = optional(value, day::read)?,
        "to" => visit.to = optional(value, day::read)?,
        "programme" => value.clone_into(&mut visit.programme),
        "reviewing_cell" => value.clone_into(&mut visit.reviewing_cell),
        "unit" => value.clone_into(&mut visit.unit),
        "note" => value.clone_into(&mut visit.note),
        "shared" => visit.shared = codes(value)?,
        _ => return Err(Wrong::Field),
    }
    Ok(())
}

fn activity(activity: &mut Activity, name: &str, value: &str) -> Result<(), Wrong> {
    match name {
        "category" => activity.category = optional(value, code)?,
        "amount" => {
            let (amount, measure) = value.split_once(' ').unwrap_or((value, ""));
            activity.amount = optional(amount, quantity)?;
            if !measure.is_empty() || value.is_empty() {
                activity.measure = optional(measure, code)?;
            }
        }
        "person_days" => activity.person_days = optional(value, quantity)?,
        "officers" => activity.officers = optional(value, count)?,
        "lead_unit" => value.clone_into(&mut activity.lead_unit),
        "partners" => {
            let partners = value.split(';').map(str::trim);
            let partners = partners.filter(|partner| !partner.is_empty());
            activity.partners = partners.map(str::to_owned).collect();
        }
        "description" => value.clone_into(&mut activity.description),
        "note" => value.clone_into(&mut activity.note),
        "cumulative" => activity.summing = summing(value)?,
        _ => return Err(Wrong::Field),
    }
    Ok(())
}

fn meeting(meeting: &mut Meeting, name: &str, value: &str) -> Result<(), Wrong> {
    match name {
        "kind" => meeting.kind = optional(value, code)?,
        "capacity" => meeting.capacity = optional(value, code)?,
        "body" => value.clone_into(&mut meeting.body),
        "attendance" => meeting.attendance = optional(value, count)?,
        "remarks" => value.clone_into(&mut meeting.remarks),
        "issues" => value.clone_into(&mut meeting.issues),
        "opinions_raised" => meeting.opinions = optional(value, count)?,
        "note" => value.clone_into(&mut meeting.note),
        "cumulative" => meeting.summing = summing(value)?,
        _ => return Err(Wrong::Field),
    }
    Ok(())
}

fn concern(concern: &mut Concern, name: &str, value: &str) -> Result<(), Wrong> {
    let kind = |word: &str| {
        ConcernKind::ALL
            .into_iter()
            .find(|kind| kind.as_str() == word)
    };
    match name {
        "kind" => concern.kind = optional(value, kind)?,
        "topic" => concern.topic = optional(value, code)?,
        "line" => value.clone_into(&mut concern.line),
        "settlement" => {
            concern.settlement = match value {
                "pending" => Settlement::Pending,
                "on_the_spot" => Settlement::OnTheSpot,
                _ => return Err(Wrong::Value),
            }
        }
        "answer_by" => concern.answer_by = optional(value, day::read)?,
        _ => return Err(Wrong::Field),
    }
    Ok(())
}

fn envelope(envelope: &mut Envelope, name: &str, value: &str) -> Result<(), Wrong> {
    match name {
        "number" => value.clone_into(&mut envelope.number),
        "on" => envelope.on = optional(value, day::read)?,
        "body" => value.clone_into(&mut envelope.body),
        _ => return Err(Wrong::Field),
    }
    Ok(())
}

/// Reads a value; nothing takes the field out.
fn optional<T>(value: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Wrong> {
    if value.is_empty() {
        return Ok(None);
    }
    read(value).map(Some).ok_or(Wrong::Value)
}

fn summing(value: &str) -> Result<Summing, Wrong> {
    match value {
        "true" => Ok(Summing::Cumulative),
        "false" | "" => Ok(Summing::Summed),
        _ => Err(Wrong::Value),
    }
}

fn code(value: &str) -> Option<Code> {
    Code::new(value).ok()
}

fn codes(value: &str) -> Result<Vec<Code>, Wrong> {
    let words = value
        .split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty());
    words.map(|word| code(word).ok_or(Wrong::Value)).collect()
}

fn count(value: &str) -> Option<u32> {
    value.parse().ok()
}

/// Reads an amount: digits, and one or two behind a point or comma. Three behind it could as well be
/// thousands, so that they are refused.
fn quantity(value: &str) -> Option<Quantity> {
    let (whole, part) = value.split_once(['.', ',']).unwrap_or((value, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let thousandths: u64 = format!("{part:0<3}").parse().ok()?;
    let whole: u64 = whole.parse().ok()?;
    Some(Quantity(whole.checked_mul(1000)?.checked_add(thousandths)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_and_doubtful_ones_refused() {
        for (text, thousandths) in [("12", 12_000), ("1.5", 1_500), ("1,25", 1_250), ("0", 0)] {
            assert_eq!(quantity(text), Some(Quantity(thousandths)), "{text}");
        }
        for text in ["1.500", "-1", "", "1.2.3", "a", "99999999999999999999"] {
            assert_eq!(quantity(text), None, "{text}");
        }
    }

    #[test]
    fn a_field_is_set_taken_out_or_refused() {
        let mut of = Visit::default();
        assert_eq!(visit(&mut of, "from", "22/11/2026"), Ok(()));
        assert_eq!(of.from, day::read("2026-11-22"));
        assert_eq!(visit(&mut of, "from", ""), Ok(()));
        assert_eq!(of.from, None);
        assert_eq!(visit(&mut of, "from", "soon"), Err(Wrong::Value));
        assert_eq!(visit(&mut of, "lead", "x"), Err(Wrong::Field));
    }
}
