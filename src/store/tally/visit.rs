//! What a visit gives to the numbers: itself, its activities and its meetings.

use std::collections::BTreeSet;

use super::{Gather, Wanted, Whole, body, word};
use crate::domain::tally::{ActivityFacts, MeetingFacts, VisitFacts};
use crate::domain::{Activity, Meeting, PersonId, Quantity, Summing, VisitId, Vnd};
use crate::store::error::StoreError;
use crate::store::family::{Family, Loaded};
use crate::store::pairs;

impl Gather<'_> {
    pub(super) fn visit(&mut self, family: &Family, wanted: Wanted<'_>) -> Result<(), StoreError> {
        let visit = &family.visit.value;
        let id = VisitId(family.visit.entity.id);
        let link = pairs::link(&self.snapshot, id, family)?;
        let mut repeats = link.as_ref().map_or(&[][..], |link| &link.parts).iter();
        let whole = Whole {
            state: family.state,
            day: visit.day(),
            unit: &visit.unit,
            site: visit.site.as_ref(),
        };
        let people: BTreeSet<PersonId> = visit.team.iter().chain(&visit.lead).copied().collect();
        let people: Vec<PersonId> = people.into_iter().collect();
        let everything = match wanted {
            Wanted::All => true,
            Wanted::Concerns(_) => false,
        };
        for loaded in &family.activities {
            let repeat = repeats.next().is_some_and(|repeat| *repeat);
            if everything {
                self.activity(&whole, loaded, repeat)?;
            }
        }
        for loaded in &family.meetings {
            let repeat = repeats.next().is_some_and(|repeat| *repeat);
            if everything {
                self.meeting(&whole, loaded, (repeat, &people))?;
            }
        }
        for loaded in &family.concerns {
            let repeat = repeats.next().is_some_and(|repeat| *repeat);
            self.concern(&whole, loaded, (repeat, wanted))?;
        }
        if everything {
            let summed = family.activities.iter().map(|a| a.value.summing);
            let summed = summed.chain(family.meetings.iter().map(|m| m.value.summing));
            let mut parts = summed.peekable();
            let totals = parts.peek().is_some() && family.concerns.is_empty();
            let mut head = self.head(family.visit.entity, &whole)?;
            head.cumulative = totals && parts.all(|s| s == Summing::Cumulative);
            head.repeat = link.is_some_and(|link| link.repeat);
            let group = pairs::group(&self.snapshot, id)?;
            self.rows.visits.push(VisitFacts {
                head,
                group: group.first().copied().unwrap_or(id),
                nights: visit.nights().unwrap_or(0),
                people,
                bare: family.activities.is_empty()
                    && family.meetings.is_empty()
                    && family.concerns.is_empty(),
            });
        }
        Ok(())
    }

    fn activity(
        &mut self,
        whole: &Whole<'_>,
        loaded: &Loaded<Activity>,
        repeat: bool,
    ) -> Result<(), StoreError> {
        let activity = &loaded.value;
        let led = &activity.lead_unit;
        let whole = Whole {
            unit: if led.is_empty() { whole.unit } else { led },
            site: activity.sites.first().or(whole.site),
            ..*whole
        };
        let mut head = self.head(loaded.entity, &whole)?;
        head.category = word(&activity.category);
        head.repeat = repeat;
        head.cumulative = activity.summing == Summing::Cumulative;
        let helped = &activity.beneficiaries;
        self.rows.activities.push(ActivityFacts {
            head,
            partners: activity.partners.iter().map(|name| body(name)).collect(),
            person_days: activity.person_days.unwrap_or(Quantity(0)),
            households: helped
                .iter()
                .filter_map(|b| b.households)
                .map(u64::from)
                .sum(),
            turns: helped.iter().filter_map(|b| b.turns).map(u64::from).sum(),
            value: activity.value().unwrap_or(Vnd(0)),
        });
        Ok(())
    }

    fn meeting(
        &mut self,
        whole: &Whole<'_>,
        loaded: &Loaded<Meeting>,
        (repeat, people): (bool, &[PersonId]),
    ) -> Result<(), StoreError> {
        let meeting = &loaded.value;
        let own = meeting.site.as_ref().or(meeting.sites.first());
        let whole = Whole {
            site: own.or(whole.site),
            ..*whole
        };
        let mut head = self.head(loaded.entity, &whole)?;
        head.category = word(&meeting.kind);
        head.repeat = repeat;
        head.cumulative = meeting.summing == Summing::Cumulative;
        let mut sites = meeting.sites.clone();
        sites.extend(whole.site.cloned());
        self.rows.meetings.push(MeetingFacts {
            head,
            body: body(&meeting.body),
            sites,
            people: people.to_vec(),
            attendance: meeting.attendance.unwrap_or(0).into(),
        });
        Ok(())
    }
}
