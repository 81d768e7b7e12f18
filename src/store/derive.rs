//! What a visit adds to the views: its rows, their tokens, and the names typed in it. A function of
//! the journal alone: not of config, language, clock or the order of arrival.

use super::bytes::encode;
use super::error::StoreError;
use super::family::{Family, Loaded, family};
use super::fresh::Records;
use super::namer::Namer;
use super::names::Sort;
use super::pairs::{self, Link};
use super::rows::{Counting, Row, Slot, VisitBytes, day_number, record_summary};
use super::tables::Read;
use super::tokens::{self, Tokens};
use crate::domain::{
    Activity, ActivityBrief, Concern, Day, Listing, Meeting, PersonId, RowTitle, Settlement, Site,
    SiteName, Visit, VisitId, VisitState, counts,
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
pub(super) fn derive<R: Read>(
    records: &impl Records,
    namer: &mut Namer<'_, R>,
    visit: VisitId,
) -> Result<Derived, StoreError> {
    match family(records, visit)? {
        Some(family) => {
            let link = pairs::link(records, visit, &family)?;
            Deriving::new(namer, visit, &family)?.all(&family, link)
        }
        None => Ok(Derived::default()),
    }
}

struct Deriving<'n, 'r, R> {
    namer: &'n mut Namer<'r, R>,
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

impl<'n, 'r, R: Read> Deriving<'n, 'r, R> {
    fn new(
        namer: &'n mut Namer<'r, R>,
        visit: VisitId,
        family: &Family,
    ) -> Result<Self, StoreError> {
        let value = &family.visit.value;
        let mut this = Self {
            namer,
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
        let named = self.namer.person(id)?;
        self.team_tokens.extend(&named.tokens);
        Ok(named.name.clone())
    }

    /// Returns the name of a site and what finds it.
    fn located(&mut self, site: &Site) -> Result<(SiteName, Tokens), StoreError> {
        let named = self.namer.site(site, self.day)?;
        Ok((named.name.clone(), named.tokens.clone()))
    }

    fn all(mut self, family: &Family, link: Option<Link>) -> Result<Derived, StoreError> {
        let mut derived = Derived::default();
        let mut whole = self.visit_tokens(&family.visit.value);
        let mut summary = self.summary(family);
        summary.repeat = link.as_ref().map(|link| link.repeat);
        let mut repeats = link.as_ref().map_or(&[][..], |link| &link.parts).iter();
        for activity in &family.activities {
            let mut row = self.activity(activity)?;
            row.counts = self.counting(repeats.next().copied());
            whole.extend(&row.tokens);
            derived.rows.push(row);
        }
        for meeting in &family.meetings {
            let mut row = self.meeting(meeting)?;
            row.counts = self.counting(repeats.next().copied());
            whole.extend(&row.tokens);
            derived.rows.push(row);
        }
        for concern in &family.concerns {
            let mut row = self.concern(concern)?;
            row.counts = self.counting(repeats.next().copied());
            whole.extend(&row.tokens);
            derived.rows.push(row);
        }
        // What is due is asked of the records themselves.
        whole.drop_dues(self.namer.lexicon);
        summary.lead = std::mem::take(&mut self.lead);
        derived.rows.push(Row {
            slot: Slot::new(Listing::Visits, self.day, family.visit.entity),
            state: self.state,
            summary: encode(&summary),
            counts: self.counting(link.map(|link| link.repeat)),
            measure: 0,
            tokens: whole.sorted(),
        });
        if self.state != VisitState::Withdrawn {
            derived.typed = typed(family);
        }
        Ok(derived)
    }

    fn counting(&self, repeat: Option<bool>) -> Counting {
        match repeat {
            Some(true) if self.state != VisitState::Withdrawn => Counting::Repeat,
            Some(_) | None if counts(self.state) => Counting::Once,
            Some(_) | None => Counting::Not,
        }
    }

    fn visit_tokens(&mut self, visit: &Visit) -> Tokens {
        let mut tokens = self.common();
        for text in [
            &visit.programme,
            &visit.reviewing_cell,
            &visit.unit,
            &visit.note,
        ] {
            tokens.text(self.namer.lexicon, text);
        }
        tokens.code(self.namer.lexicon, &visit.shared);
        tokens
    }

    /// What every row of the visit is found by.
    fn common(&mut self) -> Tokens {
        let mut tokens = self.team_tokens.clone();
        tokens.extend(&self.site_tokens);
        tokens.add(self.namer.lexicon, tokens::state(self.state));
        tokens
    }

    fn summary(&self, family: &Family) -> VisitBytes {
        let visit = &family.visit.value;
        let open = |l: &&Loaded<Concern>| l.value.settlement != Settlement::OnTheSpot;
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
            open_concerns: family.concerns.iter().filter(open).count() as u32,
            repeat: None,
        }
    }

    fn row(
        &self,
        listing: Listing,
        entity: crate::domain::EntityId,
        (site, title, tokens): (&SiteName, &RowTitle, Tokens),
        measure: u64,
    ) -> Row {
        Row {
            slot: Slot::new(listing, self.day, entity),
            state: self.state,
            summary: record_summary(self.visit, site, title),
            counts: self.counting(None),
            measure,
            tokens: tokens.sorted(),
        }
    }

    fn activity(&mut self, loaded: &Loaded<Activity>) -> Result<Row, StoreError> {
        let activity = &loaded.value;
        let mut tokens = self.common();
        for text in [&activity.description, &activity.lead_unit, &activity.note] {
            tokens.text(self.namer.lexicon, text);
        }
        activity
            .partners
            .iter()
            .for_each(|p| tokens.text(self.namer.lexicon, p));
        if let Some(confirmation) = &activity.confirmation {
            tokens.text(self.namer.lexicon, &confirmation.by);
        }
        tokens.code(self.namer.lexicon, &activity.category);
        tokens.code(self.namer.lexicon, &activity.measure);
        tokens.code(
            self.namer.lexicon,
            activity
                .beneficiaries
                .iter()
                .filter_map(|b| b.kind.as_ref()),
        );
        tokens.code(
            self.namer.lexicon,
            activity.funding.iter().filter_map(|f| f.source.as_ref()),
        );
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
        let days = activity.person_days.map_or(0, |days| days.0);
        let about = (&site, &title, tokens);
        Ok(self.row(Listing::Activities, loaded.entity, about, days))
    }

    /// Returns the site of a part, which is the visit's where it has none of its own.
    fn own_site(
        &mut self,
        own: &Option<Site>,
        tokens: &mut Tokens,
    ) -> Result<SiteName, StoreError> {
        match own {
            None => Ok(self.site.clone()),
            Some(site) => {
                let (name, found_by) = self.located(site)?;
                tokens.extend(&found_by);
                Ok(name)
            }
        }
    }

    fn meeting(&mut self, loaded: &Loaded<Meeting>) -> Result<Row, StoreError> {
        let meeting = &loaded.value;
        let mut tokens = self.common();
        for text in [
            &meeting.body,
            &meeting.remarks,
            &meeting.issues,
            &meeting.note,
        ] {
            tokens.text(self.namer.lexicon, text);
        }
        for site in &meeting.sites {
            tokens.extend(&self.located(site)?.1);
        }
        for promise in &meeting.promises {
            tokens.text(self.namer.lexicon, &promise.text);
            if let Some(day) = promise.due {
                self.due(day, &mut tokens);
            }
        }
        tokens.code(self.namer.lexicon, &meeting.kind);
        tokens.code(self.namer.lexicon, &meeting.capacity);
        let site = self.own_site(&meeting.site, &mut tokens)?;
        let title = RowTitle::Meeting {
            kind: meeting.kind.clone(),
            body: cut(&meeting.body),
        };
        Ok(self.row(Listing::Meetings, loaded.entity, (&site, &title, tokens), 0))
    }

    fn concern(&mut self, loaded: &Loaded<Concern>) -> Result<Row, StoreError> {
        let concern = &loaded.value;
        let mut tokens = self.common();
        tokens.text(self.namer.lexicon, &concern.line);
        tokens.code(self.namer.lexicon, &concern.topic);
        if let Some(kind) = concern.kind {
            tokens.code(
                self.namer.lexicon,
                &crate::domain::Code::new(kind.as_str()).ok(),
            );
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
        let settled = u64::from(concern.settlement == Settlement::OnTheSpot);
        let about = (&site, &title, tokens);
        Ok(self.row(Listing::Concerns, loaded.entity, about, settled))
    }

    fn due(&mut self, day: Day, tokens: &mut Tokens) {
        if self.state != VisitState::Withdrawn {
            tokens.add(self.namer.lexicon, tokens::due(day));
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
