//! One field of a record in words, and the difference between two of them.

use super::canvas::{Canvas, capital};
use crate::app::{Model, Setup, field_name, record_text};
use crate::config::catalogue::Choices;
use crate::domain::{
    Activity, Changed, Code, Concern, Contested, Day, Handling, Meeting, Names, Part, PersonId,
    Promise, Quantity, Settlement, Site, Summing, Visit,
};
use crate::i18n::Text;
use crate::i18n::messages::{common, concern, detail, review};

/// What the words of a field are taken from.
pub(super) struct Wording<'a, 'b> {
    pub(super) canvas: &'a Canvas<'b>,
    pub(super) model: &'a Model,
    pub(super) names: &'a Names,
    /// The day of the visit, which names its places.
    pub(super) on: Option<Day>,
}

impl Wording<'_, '_> {
    /// Says what of a record is not as it was: a heading, then a line a field.
    pub(super) fn changed(&self, changed: &Changed) -> Vec<String> {
        let part = changed.now.as_ref().or(changed.before.as_ref());
        let title = part.map_or_else(String::new, |part| self.title(part));
        let head = match (&changed.before, &changed.now) {
            (None, Some(_)) => self.say(&review::part_added(title)),
            (Some(_), None) => return vec![self.say(&review::part_gone(title))],
            (_, _) => title,
        };
        let mut lines = vec![capital(&head)];
        for field in &changed.fields {
            let label = self.say(&field_name(field));
            let words = |part: &Option<Part>| {
                let words = part.as_ref().map(|part| self.field(part, field));
                let words = words.unwrap_or_default();
                if words.is_empty() {
                    "—".to_owned()
                } else {
                    words
                }
            };
            let now = words(&changed.now);
            lines.push(match &changed.before {
                None => format!("  {label}  {now}"),
                Some(_) => format!("  {label}  {} → {now}", words(&changed.before)),
            });
        }
        lines
    }

    /// Says what several people made of one field.
    pub(super) fn contested(&self, contested: &Contested) -> String {
        let about = self.say(&record_text(contested.about.kind));
        let field = self.say(&field_name(contested.field));
        let language = self.canvas.language();
        let claims = contested.sides.iter().map(|claim| {
            let words = self.field(&claim.part, contested.field);
            let words = if words.is_empty() {
                "—"
            } else {
                words.as_str()
            };
            let day = language.short_date(claim.at.day());
            format!("«{words}» — {}, {day}", claim.who)
        });
        let claims: Vec<String> = claims.collect();
        format!("{} · {field}: {}", capital(&about), claims.join("  |  "))
    }

    /// Calls a record by its kind and what tells it from others of the visit.
    fn title(&self, part: &Part) -> String {
        let catalogue = &self.model.setup.catalogue;
        let (kind, own) = match part {
            Part::Visit(_) => (crate::domain::EntityKind::Visit, String::new()),
            Part::Activity(activity) => (
                crate::domain::EntityKind::Activity,
                self.code(&catalogue.activities, activity.category.as_ref()),
            ),
            Part::Meeting(meeting) => (
                crate::domain::EntityKind::Meeting,
                self.code(&catalogue.meetings, meeting.kind.as_ref()),
            ),
            Part::Concern(concern) => (crate::domain::EntityKind::Concern, concern.line.clone()),
            Part::Promise(promise) => (crate::domain::EntityKind::Promise, promise.text.clone()),
        };
        let kind = self.say(&record_text(kind));
        match own.is_empty() {
            true => kind,
            false => format!("{kind} · {own}"),
        }
    }

    fn field(&self, part: &Part, field: &str) -> String {
        match part {
            Part::Visit(visit) => self.of_visit(visit, field),
            Part::Activity(activity) => self.of_activity(activity, field),
            Part::Meeting(meeting) => self.of_meeting(meeting, field),
            Part::Concern(concern) => self.of_concern(concern, field),
            Part::Promise(promise) => self.of_promise(promise, field),
        }
    }

    fn of_visit(&self, visit: &Visit, field: &str) -> String {
        match field {
            "site" => self.site(visit.site.as_ref()),
            "from" => self.day(visit.from),
            "to" => self.day(visit.to),
            "team" => join(visit.team.iter().map(|id| self.person(*id))),
            "lead" => visit.lead.map_or_else(String::new, |id| self.person(id)),
            "shared" => {
                let choices = &self.model.setup.catalogue.shared;
                join(
                    visit
                        .shared
                        .iter()
                        .map(|code| self.code(choices, Some(code))),
                )
            }
            "programme" => visit.programme.clone(),
            "reviewing_cell" => visit.reviewing_cell.clone(),
            "unit" => visit.unit.clone(),
            "note" => visit.note.clone(),
            _ => String::new(),
        }
    }

    fn of_activity(&self, activity: &Activity, field: &str) -> String {
        let catalogue = &self.model.setup.catalogue;
        match field {
            "category" => self.code(&catalogue.activities, activity.category.as_ref()),
            "amount" => {
                let measure = self.code(&catalogue.measures, activity.measure.as_ref());
                let amount = self.quantity(activity.amount);
                format!("{amount} {measure}").trim().to_owned()
            }
            "person_days" => self.quantity(activity.person_days),
            "officers" => self.count(activity.officers),
            "beneficiaries" => join(activity.beneficiaries.iter().map(|of| {
                let kind = self.code(&catalogue.beneficiaries, of.kind.as_ref());
                let counts = [
                    of.households.map(common::households),
                    of.people.map(common::people),
                    of.turns.map(common::turns),
                ];
                let counts = counts.into_iter().flatten().map(|text| self.say(&text));
                let counts = counts.collect::<Vec<_>>().join(" ");
                format!("{counts} {kind}").trim().to_owned()
            })),
            "funding" => join(activity.funding.iter().map(|of| {
                let source = self.code(&catalogue.funding, of.source.as_ref());
                let dong = of
                    .value
                    .map(|value| i64::try_from(value.0).unwrap_or(i64::MAX));
                let dong = dong.map_or_else(String::new, |dong| self.say(&common::dong(dong)));
                format!("{dong} {source}").trim().to_owned()
            })),
            "lead_unit" => activity.lead_unit.clone(),
            "partners" => activity.partners.join(", "),
            "sites" => join(activity.sites.iter().map(|one| self.site(Some(one)))),
            "confirmation" => match &activity.confirmation {
                Some(word) => format!("{} {}", word.by, self.day(word.on))
                    .trim()
                    .to_owned(),
                None => String::new(),
            },
            "description" => activity.description.clone(),
            "note" => activity.note.clone(),
            "cumulative" => self.yes(activity.summing),
            _ => String::new(),
        }
    }

    fn of_meeting(&self, meeting: &Meeting, field: &str) -> String {
        let catalogue = &self.model.setup.catalogue;
        match field {
            "kind" => self.code(&catalogue.meetings, meeting.kind.as_ref()),
            "capacity" => self.code(&catalogue.capacities, meeting.capacity.as_ref()),
            "body" => meeting.body.clone(),
            "site" => self.site(meeting.site.as_ref()),
            "attendance" => self.count(meeting.attendance),
            "remarks" => meeting.remarks.clone(),
            "issues" => meeting.issues.clone(),
            "opinions" => self.count(meeting.opinions),
            "sites" => join(meeting.sites.iter().map(|one| self.site(Some(one)))),
            "note" => meeting.note.clone(),
            "cumulative" => self.yes(meeting.summing),
            _ => String::new(),
        }
    }

    fn of_concern(&self, of: &Concern, field: &str) -> String {
        let registered = &of.registered;
        match field {
            "kind" => of.kind.map_or_else(String::new, |kind| {
                self.say(&super::detail::kind_name(kind))
            }),
            "topic" => {
                let topics = &self.model.setup.catalogue.topics;
                self.code(topics, of.topic.as_ref())
            }
            "line" => of.line.clone(),
            "site" => self.site(of.site.as_ref()),
            "settlement" => match of.settlement {
                Settlement::Pending => String::new(),
                Settlement::OnTheSpot => self.say(&detail::on_the_spot()),
            },
            "answer_by" => self.day(of.answer_by),
            "people" => self.count(registered.people),
            "settled_by" => registered.settled_by.clone(),
            "handling" => registered.handling.map_or_else(String::new, |way| {
                self.say(&match way {
                    Handling::Accept => concern::handling_accept(),
                    Handling::ReturnAndGuide => concern::handling_return_and_guide(),
                    Handling::PassOn => concern::handling_pass_on(),
                })
            }),
            "passed_to" => registered.passed_to.clone(),
            "note" => registered.note.clone(),
            _ => String::new(),
        }
    }

    fn of_promise(&self, promise: &Promise, field: &str) -> String {
        match field {
            "text" => promise.text.clone(),
            "due" => self.day(promise.due),
            "site" => self.site(promise.site.as_ref()),
            _ => String::new(),
        }
    }

    fn say(&self, text: &Text) -> String {
        self.canvas.say(text)
    }

    fn code(&self, choices: &Choices, code: Option<&Code>) -> String {
        let label = |code| Setup::choice(choices, code, self.canvas.language());
        code.map_or_else(String::new, label)
    }

    fn day(&self, day: Option<Day>) -> String {
        day.map_or_else(String::new, |day| self.canvas.language().date(day))
    }

    fn quantity(&self, quantity: Option<Quantity>) -> String {
        let thousandths = quantity.map(|q| i64::try_from(q.0).unwrap_or(i64::MAX));
        thousandths.map_or_else(String::new, |n| self.canvas.language().decimal(n))
    }

    fn count(&self, count: Option<u32>) -> String {
        count.map_or_else(String::new, |n| self.canvas.language().number(n.into()))
    }

    fn yes(&self, summing: Summing) -> String {
        match summing == Summing::Cumulative {
            true => self.say(&common::yes()),
            false => String::new(),
        }
    }

    fn person(&self, id: PersonId) -> String {
        let known = self.names.people.iter().find(|(known, _)| *known == id);
        known.map_or_else(|| "?".to_owned(), |(_, person)| person.name.clone())
    }

    fn site(&self, site: Option<&Site>) -> String {
        let name = |site: &Site| {
            self.model
                .setup
                .site_on(&self.names.site(site, self.on), self.on)
        };
        site.map_or_else(String::new, name)
    }
}

fn join(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(", ")
}
