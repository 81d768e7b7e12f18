//! What a visit adds to the views: its rows, their tokens, and the names typed in it. A function of
//! the journal alone: not of config, language, clock or the order of arrival.

use super::bytes::encode;
use super::error::StoreError;
use super::family::{Family, Loaded, family};
use super::names::{self, Sort};
use super::pairs;
use super::rows::{Row, Slot, VisitBytes, day_number, record_summary};
use super::tables::Read;
use super::tokens::{self, Tokens};
use crate::domain::{
    Activity, ActivityBrief, Concern, Day, Listing, Meeting, PersonId, Place, RowTitle, Settlement,
    Site, SiteName, Visit, VisitId, VisitState,
};

/// The most letters of a text that a row keeps; the whole is read with the record.
const ROW_TEXT: usize = 160;

/// What a visit adds to the views.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Derived {
    pub(super) rows: Vec<Row>,
    pub(super) typed: Vec<(Sort, String)>,
}

/// Works out what a visit adds to the views; nothing where it does not stand.
pub(super) fn derive(read: &impl Read, visit: VisitId) -> Result<Derived, StoreError> {
    match family(read, visit)? {
        Some(family) => Deriving::new(read, visit, &family)?.all(&family),
        None => Ok(Derived::default()),
    }
}

struct Deriving<'r, R> {
    read: &'r R,
    visit: VisitId,
    state: VisitState,
    day: Option<Day>,
    site: SiteName,
    site_tokens: Tokens,
    lead: String,
    team_tokens: Tokens,
}

fn cut(text: &str) -> String {
    text.chars().take(ROW_TEXT).collect()
}

fn brief(activity: &Activity) -> ActivityBrief {
    ActivityBrief {
        category: activity.category.clone(),
        amount: activity.amount,
        measure: activity.measure.clone(),
        person_days: activity.person_days,
    }
}

impl<'r, R: Read> Deriving<'r, R> {
    fn new(read: &'r R, visit: VisitId, family: &Family) -> Result<Self, StoreError> {
        let value = &family.visit.value;
        let mut this = Self {
            read,
            visit,
            state: family.state,
            day: value.to.or(value.from),
            site: SiteName::default(),
            site_tokens: Tokens::default(),
            lead: String::new(),
            team_tokens: Tokens::default(),
        };
        if let Some(site) = &value.site {
            (this.site, this.site_tokens) = this.located(site)?;
        }
        for person in value.team.iter().chain(&value.lead) {
            let name = this.person(*person)?;
            if value.lead == Some(*person) {
                this.lead = name;
            }
        }
        Ok(this)
    }

    fn person(&mut self, id: PersonId) -> Result<String, StoreError> {
        let name = names::person(self.read, id)?.unwrap_or_default().name;
        self.team_tokens.add(tokens::names_person(id));
        self.team_tokens.text(&name);
        Ok(name)
    }

    /// Returns the name of a site and what finds it.
    fn located(&self, site: &Site) -> Result<(SiteName, Tokens), StoreError> {
        let mut tokens = Tokens::default();
        tokens.add(tokens::site(site));
        let mut name = SiteName::default();
        match site {
            Site::Village(id) => {
                let resolved = names::resolve(self.read, *id)?;
                for (place, _) in &resolved.path {
                    tokens.add(tokens::names_place(*place));
                }
                for place in resolved.found_by() {
                    tokens.text(&place.name);
                    tokens.code(&place.kind);
                    tokens.commune(place.commune);
                    tokens.former(place.former);
                }
                if let Some((standing, _)) = resolved.standing() {
                    tokens.add(tokens::site(&Site::Village(*standing)));
                }
                let place = resolved.of_its_day(self.day);
                name = place.map_or(name, Place::site_name);
            }
            Site::Commune(code) => name.commune = Some(*code),
            Site::Former(code) => name.former = Some(*code),
            Site::Text(text) => {
                tokens.text(text);
                name.village.clone_from(text);
            }
        }
        Ok((name, tokens))
    }

    fn all(mut self, family: &Family) -> Result<Derived, StoreError> {
        let mut derived = Derived::default();
        let mut whole = self.visit_tokens(&family.visit.value);
        let mut summary = self.summary(family);
        summary.link = pairs::link(self.read, self.visit, family)?;
        for activity in &family.activities {
            let row = self.activity(activity)?;
            whole.extend(&row.tokens);
            derived.rows.push(row);
        }
        for meeting in &family.meetings {
            let row = self.meeting(meeting)?;
            whole.extend(&row.tokens);
            derived.rows.push(row);
        }
        for concern in &family.concerns {
            let row = self.concern(concern)?;
            whole.extend(&row.tokens);
            derived.rows.push(row);
        }
        // What is due is asked of the records themselves.
        whole.0.retain(|token| !token.starts_with(tokens::DUE));
        summary.lead = std::mem::take(&mut self.lead);
        derived.rows.push(Row {
            slot: Slot::new(Listing::Visits, self.day, family.visit.entity),
            state: self.state,
            summary: encode(&summary),
            tokens: whole,
        });
        if self.state != VisitState::Withdrawn {
            derived.typed = typed(family);
        }
        Ok(derived)
    }

    fn visit_tokens(&self, visit: &Visit) -> Tokens {
        let mut tokens = self.common();
        for text in [
            &visit.programme,
            &visit.reviewing_cell,
            &visit.unit,
            &visit.note,
        ] {
            tokens.text(text);
        }
        tokens.code(&visit.shared);
        tokens
    }

    /// What every row of the visit is found by.
    fn common(&self) -> Tokens {
        let mut tokens = self.team_tokens.clone();
        tokens.extend(&self.site_tokens);
        tokens.add(tokens::state(self.state));
        tokens
    }

    fn summary(&self, family: &Family) -> VisitBytes {
        let visit = &family.visit.value;
        let settled = |l: &&Loaded<Concern>| l.value.settlement == Settlement::OnTheSpot;
        let settled = family.concerns.iter().filter(settled).count() as u32;
        let concerns = family.concerns.len() as u32;
        let days = family.activities.iter().filter_map(|a| a.value.person_days);
        VisitBytes {
            from: visit.from.map(day_number),
            to: visit.to.map(day_number),
            site: (&self.site).into(),
            lead: String::new(),
            team: visit.team.len() as u32,
            shared: visit.shared.iter().map(|c| c.as_str().to_owned()).collect(),
            activity: family.activities.first().map(|a| (&brief(&a.value)).into()),
            activities: family.activities.len() as u32,
            meetings: family.meetings.len() as u32,
            open_concerns: concerns - settled,
            concerns,
            settled,
            person_days: days.fold(0, |sum, d| sum.saturating_add(d.0)),
            link: None,
        }
    }

    fn row(
        &self,
        listing: Listing,
        entity: crate::domain::EntityId,
        (site, title, tokens): (&SiteName, &RowTitle, Tokens),
    ) -> Row {
        Row {
            slot: Slot::new(listing, self.day, entity),
            state: self.state,
            summary: record_summary(self.visit, site, title),
            tokens,
        }
    }

    fn activity(&self, loaded: &Loaded<Activity>) -> Result<Row, StoreError> {
        let activity = &loaded.value;
        let mut tokens = self.common();
        tokens.text(&activity.description);
        tokens.text(&activity.lead_unit);
        tokens.text(&activity.note);
        activity.partners.iter().for_each(|p| tokens.text(p));
        if let Some(confirmation) = &activity.confirmation {
            tokens.text(&confirmation.by);
        }
        tokens.code(&activity.category);
        tokens.code(&activity.measure);
        tokens.code(
            activity
                .beneficiaries
                .iter()
                .filter_map(|b| b.kind.as_ref()),
        );
        tokens.code(activity.funding.iter().filter_map(|f| f.source.as_ref()));
        let mut site = self.site.clone();
        for (i, other) in activity.sites.iter().enumerate() {
            let (name, found_by) = self.located(other)?;
            tokens.extend(&found_by);
            if i == 0 {
                site = name;
            }
        }
        let title = RowTitle::Activity {
            brief: brief(activity),
            description: cut(&activity.description),
        };
        Ok(self.row(Listing::Activities, loaded.entity, (&site, &title, tokens)))
    }

    /// Returns the site of a part, which is the visit's where it has none of its own.
    fn own_site(&self, own: &Option<Site>, tokens: &mut Tokens) -> Result<SiteName, StoreError> {
        match own {
            None => Ok(self.site.clone()),
            Some(site) => {
                let (name, found_by) = self.located(site)?;
                tokens.extend(&found_by);
                Ok(name)
            }
        }
    }

    fn meeting(&self, loaded: &Loaded<Meeting>) -> Result<Row, StoreError> {
        let meeting = &loaded.value;
        let mut tokens = self.common();
        for text in [
            &meeting.body,
            &meeting.remarks,
            &meeting.issues,
            &meeting.note,
        ] {
            tokens.text(text);
        }
        for site in &meeting.sites {
            tokens.extend(&self.located(site)?.1);
        }
        for promise in &meeting.promises {
            tokens.text(&promise.text);
            if let Some(day) = promise.due {
                self.due(day, &mut tokens);
            }
        }
        tokens.code(&meeting.kind);
        tokens.code(&meeting.capacity);
        let site = self.own_site(&meeting.site, &mut tokens)?;
        let title = RowTitle::Meeting {
            kind: meeting.kind.clone(),
            body: cut(&meeting.body),
        };
        Ok(self.row(Listing::Meetings, loaded.entity, (&site, &title, tokens)))
    }

    fn concern(&self, loaded: &Loaded<Concern>) -> Result<Row, StoreError> {
        let concern = &loaded.value;
        let mut tokens = self.common();
        tokens.text(&concern.line);
        tokens.code(&concern.topic);
        if let Some(kind) = concern.kind {
            tokens.code(&crate::domain::Code::new(kind.as_str()).ok());
        }
        if let (Some(day), Settlement::Pending) = (concern.answer_by, concern.settlement) {
            self.due(day, &mut tokens);
        }
        let site = self.own_site(&concern.site, &mut tokens)?;
        let title = RowTitle::Concern {
            kind: concern.kind,
            line: cut(&concern.line),
            settlement: concern.settlement,
            answer_by: concern.answer_by,
        };
        Ok(self.row(Listing::Concerns, loaded.entity, (&site, &title, tokens)))
    }

    fn due(&self, day: Day, tokens: &mut Tokens) {
        if self.state != VisitState::Withdrawn {
            tokens.add(tokens::due(day));
        }
    }
}

/// Returns what was typed into a visit that may be typed again.
fn typed(family: &Family) -> Vec<(Sort, String)> {
    let visit = &family.visit.value;
    let mut typed = vec![
        (Sort::Unit, visit.unit.clone()),
        (Sort::Programme, visit.programme.clone()),
        (Sort::Cell, visit.reviewing_cell.clone()),
    ];
    for activity in &family.activities {
        typed.push((Sort::Unit, activity.value.lead_unit.clone()));
        let partners = activity.value.partners.iter();
        typed.extend(partners.map(|p| (Sort::Unit, p.clone())));
    }
    typed.retain(|(_, text)| !text.is_empty());
    typed.sort();
    typed.dedup();
    typed
}
