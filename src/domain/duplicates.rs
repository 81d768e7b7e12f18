//! What makes two visits a pair that a person should look at: they may tell of the same. Never
//! decides that they do.

use std::collections::BTreeSet;

use super::{
    Activity, Code, CommuneCode, ConcernKind, Day, Dossier, FormerCommuneCode, Meeting, PersonId,
    PlaceId, Site, Visit, VisitState,
};

/// Two visits this many days apart may still be one.
pub const DAYS_APART: i64 = 3;
/// Of a longer visit only so many days before its last one are compared.
pub const LONGEST: i64 = 31;

/// A place as visits are compared by it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The village as it stands today.
    pub village: Option<PlaceId>,
    pub commune: Option<CommuneCode>,
    pub former: Option<FormerCommuneCode>,
    /// The folded words of the village's name, or of a place that stands as its source wrote it.
    pub words: Vec<String>,
}

/// How near two places are, the nearest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nearness {
    /// One of the two names the commune only.
    Commune,
    /// The same words, at least one of them not matched with a village.
    Words,
    Village,
}

impl Spot {
    fn nearness(&self, other: &Self) -> Option<Nearness> {
        let is_text =
            |spot: &Self| spot.village.is_none() && spot.commune.is_none() && spot.former.is_none();
        match (self.village, other.village) {
            (Some(one), Some(two)) => (one == two).then_some(Nearness::Village),
            (Some(_) | None, _) if is_text(self) || is_text(other) => {
                let same = !self.words.is_empty() && self.words == other.words;
                same.then_some(Nearness::Words)
            }
            (Some(_) | None, _) => {
                let commune = self.commune.is_some() && self.commune == other.commune;
                let former = self.former.is_some() && self.former == other.former;
                (commune || former).then_some(Nearness::Commune)
            }
        }
    }
}

/// What a part of a visit is about, as parts are compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    Activity(Option<Code>),
    Meeting(Option<Code>),
    Concern(Option<ConcernKind>, Option<Code>),
}

impl About {
    /// Returns whether two visits that both have it have something in common.
    fn joins(&self) -> bool {
        match self {
            Self::Activity(code) | Self::Meeting(code) => code.is_some(),
            Self::Concern(..) => false,
        }
    }

    /// Returns whether a second one in a linked visit is taken for the same: of concerns only
    /// where kind and topic are known.
    pub(super) fn repeats(&self) -> bool {
        match self {
            Self::Activity(_) | Self::Meeting(_) => true,
            Self::Concern(kind, topic) => kind.is_some() && topic.is_some(),
        }
    }
}

/// What of a visit, saved or still in a form, is needed to look for others like it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gist {
    pub state: VisitState,
    pub from: Option<Day>,
    pub to: Option<Day>,
    /// The visit's place, and those that its activities and meetings have of their own.
    pub sites: BTreeSet<Site>,
    pub people: BTreeSet<PersonId>,
    pub about: BTreeSet<About>,
}

impl Gist {
    /// Returns what is needed of a visit and its parts.
    pub fn new<'v>(
        visit: &'v Visit,
        state: VisitState,
        activities: impl IntoIterator<Item = &'v Activity>,
        meetings: impl IntoIterator<Item = &'v Meeting>,
    ) -> Self {
        let mut gist = Self {
            state,
            from: visit.from,
            to: visit.to,
            sites: visit.site.iter().cloned().collect(),
            people: visit.team.iter().chain(&visit.lead).copied().collect(),
            about: BTreeSet::new(),
        };
        for activity in activities {
            gist.sites.extend(activity.sites.iter().cloned());
            let about = About::Activity(activity.category.clone());
            gist.about.insert(about);
        }
        for meeting in meetings {
            gist.sites.extend(meeting.site.iter().cloned());
            gist.about.insert(About::Meeting(meeting.kind.clone()));
        }
        gist
    }

    /// Returns what is needed of a visit in a form.
    pub fn of(dossier: &Dossier) -> Self {
        let activities = dossier.activities.iter();
        Self::new(
            &dossier.visit.value,
            dossier.state,
            activities.map(|file| &file.activity.value),
            dossier.meetings.iter().map(|file| &file.meeting.value),
        )
    }

    /// Returns whether others like it can be looked for at all.
    pub fn is_enough(&self) -> bool {
        let dated = self.from.is_some() || self.to.is_some();
        dated && !self.sites.is_empty() && !(self.people.is_empty() && self.about.is_empty())
    }
}

/// What of a visit is compared: its gist, with places as they stand today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    pub state: VisitState,
    pub from: Option<Day>,
    pub to: Option<Day>,
    pub spots: Vec<Spot>,
    pub people: BTreeSet<PersonId>,
    pub about: BTreeSet<About>,
}

/// Why two visits may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    pub place: Nearness,
    /// Days between them; 0 where they share one.
    pub days: u32,
    /// Members of both teams.
    pub people: BTreeSet<PersonId>,
    /// Kinds of activity and meeting that both have.
    pub about: BTreeSet<About>,
}

impl Likeness {
    /// Returns a number that is higher the likelier the two are one.
    pub fn score(&self) -> u32 {
        let place = match self.place {
            Nearness::Commune => 0,
            Nearness::Words => 15,
            Nearness::Village => 20,
        };
        let near = DAYS_APART as u32 + 1 - self.days.min(DAYS_APART as u32);
        let few = |count: usize| u32::try_from(count.min(3)).unwrap_or(3);
        place + near * 10 + few(self.people.len()) * 8 + few(self.about.len()) * 12
    }
}

impl Sketch {
    /// Returns first and last day as they are compared, `None` without a date.
    pub fn span(&self) -> Option<(Day, Day)> {
        let last = self.to.or(self.from)?;
        let first = self.from.map_or(last, |from| from.min(last));
        let earliest = last.checked_sub_signed(chrono::TimeDelta::days(LONGEST));
        Some((first.max(earliest.unwrap_or(first)), last))
    }

    /// Returns the days between two visits, 0 where they share one; `None` where they are too far
    /// apart to be one, or one of them has no date.
    pub fn days_from(&self, other: &Self) -> Option<i64> {
        let days = gap(self.span()?, other.span()?);
        (days <= DAYS_APART).then_some(days)
    }

    /// Returns why two visits may be one, `None` where nothing says so: the same place, at most
    /// [`DAYS_APART`] days between them, a cadre or a kind of activity or meeting in common, and
    /// neither withdrawn.
    pub fn like(&self, other: &Self) -> Option<Likeness> {
        let withdrawn = VisitState::Withdrawn;
        if self.state == withdrawn || other.state == withdrawn {
            return None;
        }
        let days = self.days_from(other)?;
        let pairs = self.spots.iter().flat_map(|one| {
            let nearness = |two| one.nearness(two);
            other.spots.iter().filter_map(nearness)
        });
        let place = pairs.max()?;
        let people: BTreeSet<_> = self.people.intersection(&other.people).copied().collect();
        let about = self.about.intersection(&other.about);
        let about: BTreeSet<_> = about.filter(|about| about.joins()).cloned().collect();
        let says = !people.is_empty() || !about.is_empty();
        says.then_some(Likeness {
            place,
            days: u32::try_from(days).unwrap_or(0),
            people,
            about,
        })
    }
}

/// Days between two spans; 0 where they share one.
fn gap(one: (Day, Day), two: (Day, Day)) -> i64 {
    let after = (two.0 - one.1).num_days();
    let before = (one.0 - two.1).num_days();
    after.max(before).max(0)
}

#[cfg(test)]
mod tests;
