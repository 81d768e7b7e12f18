//! The fields of a visit and its parts as JSON, named as in the journal.

use serde_json::{Value, json};

use super::args::Showing;
use super::stop::Stop;
use super::words::{self, code, codes, day, quantity, text};
use crate::app::Setup;
use crate::domain::{
    Activity, ActivityFile, Concern, ConcernFile, Day, Dossier, EntityId, Envelope, MeetingFile,
    Names, Origin, Part, Particulars, PersonId, RaisedBy, ShortCode, Site, Summing, Versioned,
    Visit, Vnd,
};
use crate::i18n::messages::errors;

/// What the fields are written with.
pub struct Fields<'a> {
    pub setup: &'a Setup,
    pub names: &'a Names,
    pub showing: Showing,
    /// The day of the visit, which names its places.
    pub on: Option<Day>,
    pub code: &'a dyn Fn(EntityId) -> Result<ShortCode, Stop>,
}

impl Fields<'_> {
    /// Writes the fields of the visit, or of the one part of it that is asked for.
    pub fn of(&self, dossier: &Dossier, entity: EntityId) -> Result<Value, Stop> {
        let is = |id: Option<EntityId>| id == Some(entity);
        if is(dossier.visit.id.map(Into::into)) {
            return self.visit(dossier);
        }
        for file in &dossier.activities {
            if is(file.activity.id.map(Into::into)) {
                return Ok(self.activity(file));
            }
        }
        for meeting in &dossier.meetings {
            if is(meeting.meeting.id.map(Into::into)) {
                return Ok(self.meeting(meeting));
            }
        }
        for file in &dossier.concerns {
            if is(file.concern.id.map(Into::into)) {
                return Ok(self.concern(file));
            }
        }
        for envelope in &dossier.envelopes {
            if is(envelope.id.map(Into::into)) {
                return Ok(envelope_fields(&envelope.value));
            }
        }
        Err(Stop::refused(errors::not_found()))
    }

    /// Writes the fields of one record as if it stood alone.
    pub fn of_part(&self, part: &Part) -> Value {
        match part {
            Part::Visit(visit) => self.visit_alone(visit),
            Part::Activity(activity) => self.activity(&ActivityFile {
                activity: Versioned::new(activity.clone()),
                helped: None,
            }),
            Part::Meeting(meeting) => self.meeting(&MeetingFile::new(meeting.clone(), Vec::new())),
            Part::Concern(concern) => self.concern(&ConcernFile {
                concern: Versioned::new(concern.clone()),
                particulars: None,
            }),
            Part::Promise(promise) => json!({
                "text": text(&promise.text),
                "due": day(promise.due),
                "site": self.site(promise.site.as_ref()),
            }),
        }
    }

    fn visit(&self, dossier: &Dossier) -> Result<Value, Stop> {
        let mut activities = Vec::new();
        for file in &dossier.activities {
            activities.push(self.part(file.activity.id.map(Into::into), self.activity(file))?);
        }
        let mut meetings = Vec::new();
        for meeting in &dossier.meetings {
            let fields = self.meeting(meeting);
            meetings.push(self.part(meeting.meeting.id.map(Into::into), fields)?);
        }
        let mut concerns = Vec::new();
        for file in &dossier.concerns {
            concerns.push(self.part(file.concern.id.map(Into::into), self.concern(file))?);
        }
        let mut envelopes = Vec::new();
        for envelope in &dossier.envelopes {
            let fields = envelope_fields(&envelope.value);
            envelopes.push(self.part(envelope.id.map(Into::into), fields)?);
        }
        let mut fields = self.visit_alone(&dossier.visit.value);
        if let Some(object) = fields.as_object_mut() {
            let site = dossier.visit.value.site.as_ref();
            let site = site
                .map(|site| self.names.site(site, self.on))
                .unwrap_or_default();
            let units = words::units(self.setup, &site, self.on);
            object.extend(units.map(|(name, unit)| (name.to_owned(), unit)));
            for (name, parts) in [
                ("activities", activities),
                ("meetings", meetings),
                ("concerns", concerns),
                ("envelopes", envelopes),
            ] {
                object.insert(name.to_owned(), parts.into());
            }
        }
        Ok(fields)
    }

    fn part(&self, entity: Option<EntityId>, mut fields: Value) -> Result<Value, Stop> {
        if let (Some(entity), Some(object)) = (entity, fields.as_object_mut()) {
            let code = (self.code)(entity)?;
            object.insert("code".to_owned(), code.as_str().into());
        }
        Ok(fields)
    }

    fn visit_alone(&self, visit: &Visit) -> Value {
        json!({
            "site": self.site(visit.site.as_ref()),
            "from": day(visit.from),
            "to": day(visit.to),
            "nights": visit.nights(),
            "team": visit.team.iter().map(|id| self.person(*id)).collect::<Vec<_>>(),
            "lead": visit.lead.map(|id| self.person(id)),
            "shared": codes(&visit.shared),
            "programme": text(&visit.programme),
            "reviewing_cell": text(&visit.reviewing_cell),
            "unit": text(&visit.unit),
            "note": text(&visit.note),
            "origin": match visit.origin {
                Origin::Typed => "typed",
                Origin::Import => "import",
            },
        })
    }

    fn activity(&self, file: &ActivityFile) -> Value {
        let activity: &Activity = &file.activity.value;
        let helped = file.helped.as_ref().map(|helped| match self.showing {
            Showing::Masked => Value::Null,
            Showing::Revealed => helped.value.names.lines().collect(),
        });
        json!({
            "category": code(activity.category.as_ref()),
            "amount": {
                "value": quantity(activity.amount),
                "measure": code(activity.measure.as_ref()),
            },
            "person_days": quantity(activity.person_days),
            "officers": activity.officers,
            "beneficiaries": activity.beneficiaries.iter().map(|b| json!({
                "kind": code(b.kind.as_ref()),
                "households": b.households,
                "people": b.people,
                "turns": b.turns,
            })).collect::<Vec<_>>(),
            "funding": activity.funding.iter().map(|f| json!({
                "source": code(f.source.as_ref()),
                "value_vnd": f.value.map(|Vnd(value)| value),
            })).collect::<Vec<_>>(),
            "value_vnd": activity.value().map(|Vnd(value)| value),
            "lead_unit": text(&activity.lead_unit),
            "partners": activity.partners,
            "sites": activity.sites.iter().map(|s| self.site(Some(s))).collect::<Vec<_>>(),
            "confirmation": activity.confirmation.as_ref().map(|c| json!({
                "by": text(&c.by),
                "on": day(c.on),
            })),
            "description": text(&activity.description),
            "note": text(&activity.note),
            "cumulative": activity.summing == Summing::Cumulative,
            "helped": helped,
        })
    }

    fn meeting(&self, file: &MeetingFile) -> Value {
        let meeting = &file.meeting.value;
        json!({
            "kind": code(meeting.kind.as_ref()),
            "capacity": code(meeting.capacity.as_ref()),
            "body": text(&meeting.body),
            "site": self.site(meeting.site.as_ref()),
            "attendance": meeting.attendance,
            "remarks": text(&meeting.remarks),
            "issues": text(&meeting.issues),
            "promises": file.promises.iter().map(|p| &p.value).map(|p| json!({
                "text": text(&p.text),
                "due": day(p.due),
            })).collect::<Vec<_>>(),
            "opinions_raised": meeting.opinions,
            "sites": meeting.sites.iter().map(|s| self.site(Some(s))).collect::<Vec<_>>(),
            "note": text(&meeting.note),
            "cumulative": meeting.summing == Summing::Cumulative,
        })
    }

    fn concern(&self, file: &ConcernFile) -> Value {
        let concern: &Concern = &file.concern.value;
        let particulars = file.particulars.as_ref();
        json!({
            "kind": concern.kind.map(|kind| kind.as_str()),
            "topic": code(concern.topic.as_ref()),
            "line": text(&concern.line),
            "site": self.site(concern.site.as_ref()),
            "settlement": words::settlement(concern.settlement),
            "answer_by": day(concern.answer_by),
            "particulars": particulars.map(|p| self.particulars(&p.value)),
        })
    }

    fn particulars(&self, particulars: &Particulars) -> Value {
        match (self.showing, &particulars.raised_by) {
            (Showing::Masked, _) => Value::Null,
            (Showing::Revealed, RaisedBy::Anonymous) => json!({
                "anonymous": true,
                "name": null,
                "contact": null,
                "address": null,
                "id_number": null,
                "said": text(&particulars.said),
                "wish": text(&particulars.wish),
            }),
            (Showing::Revealed, RaisedBy::Citizen(citizen)) => json!({
                "anonymous": false,
                "name": text(&citizen.name),
                "contact": text(&citizen.contact),
                "address": text(&citizen.address),
                "id_number": text(&citizen.id_number),
                "said": text(&particulars.said),
                "wish": text(&particulars.wish),
            }),
        }
    }

    fn person(&self, id: PersonId) -> String {
        let known = self.names.people.iter().find(|(known, _)| *known == id);
        known.map_or_else(String::new, |(_, person)| person.name.clone())
    }

    fn site(&self, site: Option<&Site>) -> Value {
        let name = |site: &Site| self.setup.site_on(&self.names.site(site, self.on), self.on);
        site.map(name).into()
    }
}

fn envelope_fields(envelope: &Envelope) -> Value {
    json!({
        "number": text(&envelope.number),
        "on": day(envelope.on),
        "body": text(&envelope.body),
    })
}
