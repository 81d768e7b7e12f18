//! A visit and its parts as lines.

use super::Sheet;
use crate::app::Setup;
use crate::app::screens::Shown;
use crate::config::catalogue::Choices;
use crate::config::theme::Role;
use crate::domain::{
    Activity, ActivityFile, Code, Concern, ConcernFile, ConcernKind, Contested, Dossier, Meeting,
    MeetingFile, PersonId, Quantity, RaisedBy, Settlement, Site, SiteName, Unit, UnitBasis, Visit,
};
use crate::i18n::Text;
use crate::i18n::messages::{common, detail, list, review};
use crate::ui::canvas::capital;
use crate::ui::part::Wording;

/// Everything of a visit.
pub(super) fn whole(sheet: &mut Sheet<'_, '_>, dossier: &Dossier) {
    let visit = &dossier.visit.value;
    sheet.on = visit.day();
    if let Some(reason) = &dossier.visit.withdrawn {
        let text = sheet.say(&detail::withdrawn(reason));
        sheet.wrapped(0, &text, Role::Warn);
    }
    head(sheet, visit);
    if !dossier.activities.is_empty() {
        sheet.blank();
        sheet.heading(&detail::activities());
        for (at, file) in (1..).zip(&dossier.activities) {
            activity(sheet, at, file);
        }
    }
    if !dossier.meetings.is_empty() {
        sheet.blank();
        sheet.heading(&detail::meetings());
        for (at, file) in (1..).zip(&dossier.meetings) {
            meeting(sheet, at, file);
            withdrawn(sheet, file.meeting.withdrawn.as_ref());
        }
    }
    if !dossier.concerns.is_empty() {
        sheet.blank();
        sheet.heading(&detail::concerns());
        for (at, file) in (1..).zip(&dossier.concerns) {
            concern(sheet, at, file);
        }
    }
    if !dossier.envelopes.is_empty() {
        sheet.blank();
        sheet.heading(&detail::envelopes());
        for (at, envelope) in (1..).zip(&dossier.envelopes) {
            let envelope = &envelope.value;
            let text = detail::envelope(&envelope.number, &envelope.body);
            let date = envelope.on.map(|on| sheet.canvas.language().date(on));
            let text = [Some(sheet.say(&text)), date];
            let text: Vec<_> = text.into_iter().flatten().collect();
            sheet.entry(at, &text.join(" · "));
        }
    }
}

/// Shows what several people made of a field, and how one of them is chosen.
pub(super) fn contested(sheet: &mut Sheet<'_, '_>, dossier: &Dossier, all: &[Contested]) {
    if all.is_empty() {
        return;
    }
    let text = sheet.say(&detail::conflict(all.len()));
    sheet.wrapped(0, &format!("⚡ {text}"), Role::Bad);
    let wording = Wording {
        canvas: sheet.canvas,
        model: sheet.model,
        names: sheet.known,
        on: dossier.visit.value.day(),
    };
    let lines: Vec<String> = all.iter().map(|one| wording.contested(one)).collect();
    for line in lines {
        sheet.wrapped(2, &line, Role::Text);
    }
    let text = sheet.say(&review::how_to_settle());
    sheet.wrapped(2, &text, Role::Dim);
    sheet.blank();
}

/// Says that a part was withdrawn.
fn withdrawn(sheet: &mut Sheet<'_, '_>, reason: Option<&String>) {
    if let Some(reason) = reason {
        let text = sheet.say(&detail::part_withdrawn());
        sheet.wrapped(4, &format!("⌫ {text}: {reason}"), Role::Warn);
    }
}

/// A visit in a few lines: when and who, a line for each activity, meeting and concern.
pub(super) fn brief(sheet: &mut Sheet<'_, '_>, dossier: &Dossier) {
    let visit = &dossier.visit.value;
    sheet.on = visit.day();
    let mut first = vec![site(sheet, visit.site.as_ref()), when(sheet, visit)];
    let team = team(sheet, visit);
    if !team.is_empty() {
        first.push(sheet.say(&list::team(team)));
    }
    first.retain(|part| !part.is_empty());
    let first = first.join(" · ");
    sheet.lines.push(super::Line(vec![(0, first, Role::Title)]));
    for file in &dossier.activities {
        let text = activity_line(sheet, &file.activity.value);
        sheet.lines.push(super::Line(vec![(0, text, Role::Text)]));
    }
    for meeting in &dossier.meetings {
        let text = meeting_line(sheet, &meeting.meeting.value);
        sheet.lines.push(super::Line(vec![(0, text, Role::Text)]));
    }
    for file in &dossier.concerns {
        let text = concern_line(sheet, &file.concern.value);
        sheet.lines.push(super::Line(vec![(0, text, Role::Text)]));
    }
}

/// Names the place in full.
pub(super) fn place(sheet: &Sheet<'_, '_>, visit: &Visit) -> String {
    let place = visit.site.as_ref().map(|site| in_full(sheet, site));
    place.unwrap_or_default()
}

/// Names what of the three together was shared.
pub(super) fn shared(sheet: &Sheet<'_, '_>, visit: &Visit) -> String {
    let choices = &sheet.model.setup.catalogue.shared;
    let shared = visit.shared.iter();
    let shared: Vec<_> = shared.map(|code| choice(sheet, choices, code)).collect();
    shared.join(", ")
}

fn head(sheet: &mut Sheet<'_, '_>, visit: &Visit) {
    let place = place(sheet, visit);
    sheet.pair(&detail::where_label(), &place);
    let when = when(sheet, visit);
    sheet.pair(&detail::when_label(), &when);
    let team = team(sheet, visit);
    sheet.pair(&detail::team_label(), &team);
    let shared = shared(sheet, visit);
    sheet.pair(&detail::shared_label(), &shared);
    sheet.pair(&detail::unit_label(), &visit.unit);
    sheet.pair(&detail::programme_label(), &visit.programme);
    sheet.pair(&detail::cell_label(), &visit.reviewing_cell);
    sheet.pair(&detail::note_label(), &visit.note);
}

pub(super) fn when(sheet: &Sheet<'_, '_>, visit: &Visit) -> String {
    let language = sheet.canvas.language();
    match (visit.from, visit.to) {
        (Some(from), Some(to)) if from != to => {
            let nights = visit.nights().map(detail::nights);
            let nights = nights.map_or_else(String::new, |text| sheet.say(&text));
            let dates = format!("{} → {}", language.date(from), language.date(to));
            format!("{dates} {nights}").trim_end().to_owned()
        }
        (Some(day), _) | (None, Some(day)) => language.date(day),
        (None, None) => sheet.say(&common::unknown_date()),
    }
}

pub(super) fn team(sheet: &Sheet<'_, '_>, visit: &Visit) -> String {
    let name = |id: &PersonId| {
        let people = &sheet.known.people;
        let person = people.iter().find(|(known, _)| known == id);
        let name = person.map_or("?", |(_, person)| person.name.as_str());
        if visit.lead == Some(*id) {
            format!("{name} ★")
        } else {
            name.to_owned()
        }
    };
    visit.team.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Names a place as on the day of the visit.
fn site(sheet: &Sheet<'_, '_>, site: Option<&Site>) -> String {
    let Some(site) = site else {
        return String::new();
    };
    let name = sheet.known.site(site, sheet.on);
    let name = sheet.model.setup.site_on(&name, sheet.on);
    if name.is_empty() {
        return "?".to_owned();
    }
    name
}

/// Names a place as on the day of the visit, and beside it what it is called today.
fn in_full(sheet: &Sheet<'_, '_>, site: &Site) -> String {
    let setup = &sheet.model.setup;
    let words = |name: &SiteName, unit: Option<Unit>| match unit {
        Some(unit) if name.village.is_empty() => setup.unit_in_full(unit),
        Some(unit) => format!("{} · {}", name.village, setup.unit_short(unit)),
        None => name.village.clone(),
    };
    let then = sheet.known.site(site, sheet.on);
    let called = words(&then, setup.unit(&then, sheet.on, UnitBasis::OfItsDay));
    let today = today(sheet, site);
    let same = today
        .iter()
        .all(|(name, unit)| words(name, *unit) == called);
    if called.is_empty() {
        return "?".to_owned();
    } else if same {
        return called;
    }
    let in_text = |(name, unit): &(SiteName, Option<Unit>)| match unit {
        Some(unit) if name.village.is_empty() => setup.unit_in_text(*unit),
        Some(_) | None => words(name, *unit),
    };
    let today: Vec<_> = today.iter().map(in_text).collect();
    sheet.say(&detail::today_called(called, today.join("; ")))
}

/// Gives the names and units that a place has today: several where a village or a unit was divided.
fn today(sheet: &Sheet<'_, '_>, site: &Site) -> Vec<(SiteName, Option<Unit>)> {
    let names = sheet.known;
    let sites = match site {
        Site::Village(id) => names.today(*id).into_iter().map(Site::Village).collect(),
        Site::Commune(_) | Site::Former(_) | Site::Text(_) => vec![site.clone()],
    };
    let communes = &sheet.model.setup.communes;
    let mut today = Vec::new();
    for site in sites {
        let name = names.site(&site, None);
        let units = communes.units(&name, None, UnitBasis::Today);
        if units.is_empty() {
            today.push((name, None));
        } else {
            today.extend(units.into_iter().map(|unit| (name.clone(), Some(unit))));
        }
    }
    today
}

/// Says where a part happened, where it was not the visit's place.
fn at_site(sheet: &Sheet<'_, '_>, one: Option<&Site>) -> Option<String> {
    let place = site(sheet, Some(one?));
    Some(sheet.say(&detail::at_site(place)))
}

fn choice(sheet: &Sheet<'_, '_>, choices: &Choices, code: &Code) -> String {
    Setup::choice(choices, code, sheet.canvas.language())
}

fn quantity(sheet: &Sheet<'_, '_>, quantity: Quantity) -> String {
    let thousandths = i64::try_from(quantity.0).unwrap_or(i64::MAX);
    sheet.canvas.language().decimal(thousandths)
}

pub(super) fn activity_line(sheet: &Sheet<'_, '_>, activity: &Activity) -> String {
    let catalogue = &sheet.model.setup.catalogue;
    let mut parts = Vec::new();
    let category = activity.category.as_ref();
    parts.extend(category.map(|code| choice(sheet, &catalogue.activities, code)));
    if let Some(amount) = activity.amount {
        let measure = activity.measure.as_ref();
        let measure = measure.map(|code| choice(sheet, &catalogue.measures, code));
        let amount = quantity(sheet, amount);
        parts.push(measure.map_or(amount.clone(), |m| format!("{amount} {m}")));
    }
    if let Some(days) = activity.person_days {
        let days = i64::try_from(days.0).unwrap_or(i64::MAX);
        parts.push(sheet.say(&common::person_days(days)));
    }
    parts.extend(
        activity
            .officers
            .map(|count| sheet.say(&detail::officers(count))),
    );
    for helped in &activity.beneficiaries {
        let counts = [
            helped.households.map(common::households),
            helped.people.map(common::people),
            helped.turns.map(common::turns),
        ];
        let counts = counts.into_iter().flatten().map(|text| sheet.say(&text));
        let counts = counts.collect::<Vec<_>>().join(", ");
        let kind = helped.kind.as_ref();
        let kind = kind.map(|code| choice(sheet, &catalogue.beneficiaries, code));
        parts.push(match kind {
            Some(kind) => format!("{kind}: {counts}")
                .trim_end_matches(": ")
                .to_owned(),
            None => counts,
        });
    }
    for funding in &activity.funding {
        let value = funding.value.map(|value| {
            let dong = i64::try_from(value.0).unwrap_or(i64::MAX);
            sheet.say(&common::dong(dong))
        });
        let source = funding.source.as_ref();
        let source = source.map(|code| choice(sheet, &catalogue.funding, code));
        parts.push(match (value, source) {
            (Some(value), Some(source)) => format!("{value} ({source})"),
            (value, source) => value.or(source).unwrap_or_default(),
        });
    }
    parts.retain(|part| !part.is_empty());
    capital(&parts.join(" · "))
}

fn activity(sheet: &mut Sheet<'_, '_>, number: usize, file: &ActivityFile) {
    let activity = &file.activity.value;
    let line = activity_line(sheet, activity);
    sheet.entry(number, &line);
    withdrawn(sheet, file.activity.withdrawn.as_ref());
    if !activity.sites.is_empty() {
        let sites = activity.sites.iter().map(|one| site(sheet, Some(one)));
        let sites = sites.collect::<Vec<_>>().join(", ");
        sheet.below(&detail::other_sites(sites));
    }
    if !activity.description.is_empty() {
        sheet.wrapped(4, &activity.description, Role::Text);
    }
    if !activity.lead_unit.is_empty() {
        sheet.below(&detail::lead_unit(&activity.lead_unit));
    }
    if !activity.partners.is_empty() {
        sheet.below(&detail::partners(activity.partners.join(", ")));
    }
    if let Some(word) = &activity.confirmation {
        sheet.below(&match word.on {
            Some(on) => detail::confirmed_by_on(&word.by, on),
            None => detail::confirmed_by(&word.by),
        });
    }
    if let Some(helped) = &file.helped {
        let names = helped.value.names.replace('\n', ", ");
        let names = masked(sheet, &names);
        sheet.below(&detail::helped(names));
    }
}

/// Gives a citizen's words where they are shown, else what stands for them.
fn masked(sheet: &Sheet<'_, '_>, words: &str) -> String {
    match sheet.names {
        Shown::Shown => words.to_owned(),
        Shown::Hidden => sheet.say(&detail::masked()),
    }
}

pub(super) fn meeting_line(sheet: &Sheet<'_, '_>, meeting: &Meeting) -> String {
    let catalogue = &sheet.model.setup.catalogue;
    let kind = meeting.kind.as_ref();
    let capacity = meeting.capacity.as_ref();
    let mut parts = vec![
        kind.map_or_else(String::new, |code| choice(sheet, &catalogue.meetings, code)),
        meeting.body.clone(),
        capacity.map_or_else(String::new, |code| {
            choice(sheet, &catalogue.capacities, code)
        }),
    ];
    parts.extend(at_site(sheet, meeting.site.as_ref()));
    parts.extend(
        meeting
            .attendance
            .map(|count| sheet.say(&detail::attendance(count))),
    );
    parts.retain(|part| !part.is_empty());
    capital(&parts.join(" · "))
}

fn meeting(sheet: &mut Sheet<'_, '_>, number: usize, file: &MeetingFile) {
    let meeting = &file.meeting.value;
    let line = meeting_line(sheet, meeting);
    sheet.entry(number, &line);
    if !meeting.remarks.is_empty() {
        sheet.below(&detail::remarks(&meeting.remarks));
    }
    if !meeting.issues.is_empty() {
        sheet.below(&detail::issues(&meeting.issues));
    }
    for promise in &file.promises {
        let promise = &promise.value;
        sheet.below(&match promise.due {
            Some(due) => detail::promise_by(&promise.text, due),
            None => detail::promise(&promise.text),
        });
    }
}

/// Names a kind of concern.
pub(in crate::ui) fn kind_name(kind: ConcernKind) -> Text {
    match kind {
        ConcernKind::Complaint => common::concern_complaint(),
        ConcernKind::Recommendation => common::concern_recommendation(),
        ConcernKind::Reflection => common::concern_reflection(),
    }
}

pub(super) fn concern_line(sheet: &Sheet<'_, '_>, concern: &Concern) -> String {
    let topic = concern.topic.as_ref();
    let topics = &sheet.model.setup.catalogue.topics;
    let mut parts = vec![
        concern
            .kind
            .map_or_else(String::new, |kind| sheet.say(&kind_name(kind))),
        concern.line.clone(),
        topic.map_or_else(String::new, |code| choice(sheet, topics, code)),
    ];
    parts.extend(at_site(sheet, concern.site.as_ref()));
    match concern.settlement {
        Settlement::OnTheSpot => parts.push(sheet.say(&detail::on_the_spot())),
        Settlement::Pending => {
            parts.extend(
                concern
                    .answer_by
                    .map(|day| sheet.say(&detail::answer_by(day))),
            );
        }
    }
    parts.retain(|part| !part.is_empty());
    capital(&parts.join(" · "))
}

fn concern(sheet: &mut Sheet<'_, '_>, number: usize, file: &ConcernFile) {
    let line = concern_line(sheet, &file.concern.value);
    sheet.entry(number, &line);
    withdrawn(sheet, file.concern.withdrawn.as_ref());
    let Some(particulars) = &file.particulars else {
        return;
    };
    let particulars = &particulars.value;
    match &particulars.raised_by {
        RaisedBy::Anonymous => sheet.below(&detail::raised_by(sheet.say(&detail::anonymous()))),
        RaisedBy::Citizen(citizen) => {
            let parts = [
                &citizen.name,
                &citizen.contact,
                &citizen.address,
                &citizen.id_number,
            ];
            let parts = parts.into_iter().filter(|part| !part.is_empty());
            let parts: Vec<_> = parts.map(String::as_str).collect();
            let who = masked(sheet, &parts.join(", "));
            sheet.below(&detail::raised_by(who));
        }
    }
    if !particulars.said.is_empty() {
        let said = masked(sheet, &particulars.said);
        sheet.below(&detail::said(said));
    }
    if !particulars.wish.is_empty() {
        let wish = masked(sheet, &particulars.wish);
        sheet.below(&detail::wish(wish));
    }
}
