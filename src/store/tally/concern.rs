//! What a concern gives to the numbers: its life, its labels, and the date that it waits for.

use super::{Gather, Wanted, Whole, word};
use crate::domain::tally::{ConcernFacts, StepFacts};
use crate::domain::{
    Act, Attendance, Concern, ConcernKind, ConcernLife, ConcernState, Day, Label, Matter, OpenCase,
    OpenConcern, Settlement, Taken, next_state, standing,
};
use crate::store::entity::must_know;
use crate::store::error::StoreError;
use crate::store::family::Loaded;
use crate::store::life::under_concern;

impl Gather<'_> {
    pub(super) fn concern(
        &mut self,
        whole: &Whole<'_>,
        loaded: &Loaded<Concern>,
        (repeat, wanted): (bool, Wanted<'_>),
    ) -> Result<(), StoreError> {
        match wanted {
            Wanted::Concerns(concerns) if !concerns.contains(&loaded.entity) => return Ok(()),
            Wanted::All | Wanted::Concerns(_) => {}
        }
        let concern = &loaded.value;
        let whole = Whole {
            site: concern.site.as_ref().or(whole.site),
            ..*whole
        };
        let mut head = self.head(loaded.entity, &whole)?;
        head.category = word(&concern.topic);
        head.repeat = repeat;
        let known = must_know(&self.snapshot, loaded.entity)?;
        let under = under_concern(&self.snapshot, &known)?;
        let (life, _) = under.life(concern, whole.day);
        let labels: Vec<Label> = under.labels.into_iter().map(|label| label.value).collect();
        self.rows.concerns.push(ConcernFacts {
            due: self.due(loaded, &life, &labels, whole.day),
            head,
            kind: concern.kind,
            settlement: concern.settlement,
            steps: steps(&life, concern.settlement),
            labels,
        });
        Ok(())
    }

    /// Returns the earliest date that a concern waited for on the day of the reckoning.
    fn due(
        &self,
        loaded: &Loaded<Concern>,
        life: &ConcernLife,
        labels: &[Label],
        heard: Option<Day>,
    ) -> Option<Day> {
        let heard = heard.filter(|heard| *heard <= self.as_of)?;
        let concern = &loaded.value;
        let kind = concern.kind.unwrap_or(ConcernKind::Reflection);
        let mut then = match concern.settlement {
            Settlement::OnTheSpot => ConcernLife::settled_on_the_spot(kind, heard),
            Settlement::Pending => ConcernLife::heard(kind, heard),
        };
        let taken = life.taken().iter().filter(|taken| taken.on <= self.as_of);
        then.take_all(taken.cloned());
        let open = OpenConcern::of(&then, Some(heard), standing(labels, self.as_of));
        let case = OpenCase {
            entity: loaded.entity,
            officer: None,
            matter: Matter::Concern(OpenConcern {
                answer_by: concern.answer_by,
                ..open
            }),
        };
        let law = &self.reckoner.law;
        let waits = law.pressing(&case, self.reckoner.targets);
        waits.first().map(|pressing| pressing.due)
    }
}

/// Returns the steps of a life with the state after each.
fn steps(life: &ConcernLife, settlement: Settlement) -> Vec<StepFacts> {
    let mut state = match settlement {
        Settlement::OnTheSpot => ConcernState::Answered,
        Settlement::Pending => ConcernState::Heard,
    };
    let mut step = |taken: &Taken| {
        let step = taken.act.step();
        state = next_state(life.kind(), state, step).unwrap_or(state);
        StepFacts {
            step,
            on: taken.on,
            state,
            attendance: attendance(taken.act),
        }
    };
    life.taken().iter().map(&mut step).collect()
}

fn attendance(act: Act) -> Option<Attendance> {
    if let Act::HoldDialogue(attendance) = act {
        Some(attendance)
    } else {
        None
    }
}
