//! What a visit or another root adds to the views: its rows, their tokens, the names typed in it, and what
//! of it is still owed. A function of the journal alone: not of config, language, clock or the order of
//! arrival.

use super::bytes::encode;
use super::derive_alone;
use super::error::StoreError;
use super::family::{Family, Loaded, family};
use super::fresh::Records;
use super::namer::Namer;
use super::names::Sort;
use super::pairs::{self, Link};
use super::rows::{Counting, Row, Slot, VisitBytes, day_number};
use super::tables::Read;
use super::titles::record_summary;
use super::tokens::{self, Tokens};
use crate::domain::{
    Activity, ActivityBrief, Day, EntityId, EntityKind, Listing, Meeting, OpenCase, Origin,
    PersonId, RowTitle, Site, SiteName, Visit, VisitId, VisitState, counts,
};

/// The most letters of a text that a row keeps; the whole is read with the record.
const ROW_TEXT: usize = 160;

/// What a root adds to the views.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Derived {
    pub(super) rows: Vec<Row>,
    pub(super) typed: Vec<(Sort, String)>,
    pub(super) cases: Vec<OpenCase>,
}

/// Works out what a root adds to the views; nothing where it does not stand.
pub(super) fn derive<R: Read>(
    records: &impl Records,
    namer: &mut Namer<'_, R>,
    root: EntityId,
) -> Result<Derived, StoreError> {
    if root.kind != EntityKind::Visit {
        return derive_alone::derive(records, namer, root);
    }
    let visit = VisitId(root.id);
    match family(records, visit)? {
        Some(family) => {
            let link = pairs::link(records, visit, &family)?;
            Deriving::of_visit(namer, visit, &family)?.all(records, &family, link)
        }
        None => Ok(Derived::default()),
    }
}

/// A root whose rows are being worked out.
pub(super) struct Deriving<'n, 'r, R> {
    pub(super) namer: &'n mut Namer<'r, R>,
    pub(super) visit: Option<VisitId>,
    pub(super) state: VisitState,
    pub(super) day: Option<Day>,
    pub(super) site: SiteName,
    pub(super) lead: String,
    /// Who is in charge of what was heard until it is handed to another.
    pub(super) officer: Option<PersonId>,
    site_tokens: Tokens,
    team_tokens: Tokens,
}

pub(super) fn cut(text: &str) -> String {
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
    /// Begins a root of a state, a day and a place.
    pub(super) fn new(
        namer: &'n mut Namer<'r, R>,
        state: VisitState,
        day: Option<Day>,
        site: Option<&Site>,
    ) -> Result<Self, StoreError> {
        let mut this = Self {
            namer,
            visit: None,
            state,
            day,
            site: SiteName::default(),
            lead: String::new(),
            officer: None,
            site_tokens: Tokens::default(),
            team_tokens: Tokens::default(),
        };
        if let Some(site) = site {
            (this.site, this.site_tokens) = this.located(site)?;
        }
        Ok(this)
    }

    fn of_visit(
        namer: &'n mut Namer<'r, R>,
        visit: VisitId,
        family: &Family,
    ) -> Result<Self, StoreError> {
        let value = &family.visit.value;
        let day = value.to.or(value.from);
        let mut this = Self::new(namer, family.state, day, value.site.as_ref())?;
        this.visit = Some(visit);
        this.officer = match value.origin {
            Origin::Typed => value.lead,
            // Nobody of this logbook heard what a table brought.
            Origin::Import => None,
        };
        for person in value.team.iter().chain(&value.lead) {
            let name = this.person(*person)?;
            if value.lead == Some(*person) {
                this.lead = name;
            }
        }
        Ok(this)
    }

    /// Returns the name of a cadre; every row of the root is found by it.
    pub(super) fn person(&mut self, id: PersonId) -> Result<String, StoreError> {
        let named = self.namer.person(id)?;
        self.team_tokens.extend(&named.tokens);
        Ok(named.name.clone())
    }

    /// Returns the name of a site and what finds it.
    pub(super) fn located(&mut self, site: &Site) -> Result<(SiteName, Tokens), StoreError> {
        let named = self.namer.site(site, self.day)?;
        Ok((named.name.clone(), named.tokens.clone()))
    }

    fn all(
        mut self,
        records: &impl Records,
        family: &Family,
        link: Option<Link>,
    ) -> Result<Derived, StoreError> {
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
        let mut open = 0;
        for concern in &family.concerns {
            let (mut row, case) = self.concern(records, concern)?;
            open += u32::from(case.is_some());
            derived.cases.extend(case);
            row.counts = self.counting(repeats.next().copied());
            whole.extend(&row.tokens);
            derived.rows.push(row);
        }
        for promise in &family.promises {
            let (row, case) = self.promise(records, promise)?;
            derived.cases.extend(case);
            whole.extend(&row.tokens);
            derived.rows.push(row);
        }
        derived
            .cases
            .extend(self.envelopes(records, family.visit.entity)?);
        if self.state == VisitState::Withdrawn {
            derived.cases.clear();
        }
        summary.open_concerns = open;
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

    pub(super) fn counting(&self, repeat: Option<bool>) -> Counting {
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
    pub(super) fn common(&mut self) -> Tokens {
        let mut tokens = self.team_tokens.clone();
        tokens.extend(&self.site_tokens);
        tokens.add(self.namer.lexicon, tokens::state(self.state));
        tokens
    }

    fn summary(&self, family: &Family) -> VisitBytes {
        let visit = &family.visit.value;
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
            open_concerns: 0,
            repeat: None,
        }
    }

    pub(super) fn row(
        &self,
        listing: Listing,
        entity: EntityId,
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
    pub(super) fn own_site(
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
        tokens.code(self.namer.lexicon, &meeting.kind);
        tokens.code(self.namer.lexicon, &meeting.capacity);
        let site = self.own_site(&meeting.site, &mut tokens)?;
        let title = RowTitle::Meeting {
            kind: meeting.kind.clone(),
            body: cut(&meeting.body),
        };
        Ok(self.row(Listing::Meetings, loaded.entity, (&site, &title, tokens), 0))
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
