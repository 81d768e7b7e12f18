//! Leaving the form: saved, sent, kept or discarded.
//!
//! Owns what must hold before each. A save is over when its answer has come, never before.

use super::chips::Settled;
use super::findings::Weight;
use super::{Capture, Desk, Focus, Menu, Next, Outcome, Phase, Then, Told, reading};
use crate::app::{Action, Effect, SaveVisit, Scope};
use crate::domain::{Dossier, Person, PersonId, Place, PlaceId, Site, Step, VisitId, advance};
use crate::i18n::messages::{capture, privacy};

/// Villages and cadres that a save names for the first time.
type NewNames = (Vec<(PlaceId, Place)>, Vec<(PersonId, Person)>);

impl Capture {
    /// Saves, where every text can be read; sends, where nothing is missing either.
    pub(super) fn save(&mut self, then: Then, desk: &mut Desk<'_>) -> Outcome {
        if self.settle(desk) == Settled::Stays {
            return Outcome::stay();
        }
        let reading = reading::read(&self.form, &desk.around);
        self.notes = reading.notes;
        let stops = |weight: Weight| match then {
            Then::Leave => weight == Weight::Unread,
            Then::Send => weight != Weight::Exposed,
        };
        if let Some(note) = self.notes.iter().find(|note| stops(note.weight)) {
            let focus = note.focus;
            let count = self.notes.iter().filter(|note| stops(note.weight)).count();
            if then == Then::Send {
                self.told = Told::All;
            }
            self.go(focus, desk);
            return Outcome::stay().warning(match then {
                Then::Leave => capture::cannot_save(),
                Then::Send => capture::cannot_send(count),
            });
        }
        let saved = self.form.visit_id();
        if let (Some(visit), true) = (saved, self.disk.is_unchanged()) {
            return self.unchanged(visit, then);
        }
        if let Some(outcome) = self.exposes(desk) {
            return outcome;
        }
        let dossier = reading.dossier;
        let (places, people) = self.new_names(&dossier);
        // It may be closed before a refusal comes.
        let mut effects = self.put_down();
        self.phase = Phase::Saving(then);
        let save = SaveVisit {
            typing: self.key,
            dossier,
            places,
            people,
        };
        effects.push(Effect::Save(Box::new(save)));
        Outcome::new(effects, Next::Stay)
    }

    /// Asks once about citizens' names where many read them; the same save again keeps them.
    fn exposes(&mut self, desk: &Desk<'_>) -> Option<Outcome> {
        let exposed = self.notes.iter();
        let exposed = exposed.filter(|note| note.weight == Weight::Exposed);
        let exposed: Vec<Focus> = exposed.map(|note| note.focus).collect();
        let first = *exposed.first()?;
        if exposed == self.asked_about {
            return None;
        }
        let count = exposed.len();
        self.go(first, desk);
        self.asked_about = exposed;
        Some(Outcome::stay().warning(privacy::exposes(count)))
    }

    /// Nothing was typed into a saved visit: there is nothing to write.
    fn unchanged(&mut self, visit: VisitId, then: Then) -> Outcome {
        match then {
            Then::Send if self.may_send() => {
                self.phase = Phase::Sending(visit);
                Outcome::new(vec![Effect::Send(visit)], Next::Stay)
            }
            Then::Send | Then::Leave => {
                Outcome::new(Vec::new(), Next::Close).telling(capture::nothing_changed())
            }
        }
    }

    fn may_send(&self) -> bool {
        advance(self.form.state, Step::Save)
            .and_then(|state| advance(state, Step::Send))
            .is_ok()
    }

    /// Gives the villages and cadres named here that the visit still speaks of.
    fn new_names(&self, dossier: &Dossier) -> NewNames {
        let mut sites: Vec<&Site> = dossier.visit.value.site.iter().collect();
        for file in &dossier.activities {
            sites.extend(&file.activity.value.sites);
        }
        sites.extend(
            dossier
                .meetings
                .iter()
                .filter_map(|m| m.meeting.value.site.as_ref()),
        );
        sites.extend(
            dossier
                .concerns
                .iter()
                .filter_map(|c| c.concern.value.site.as_ref()),
        );
        let named = |id: &PlaceId| sites.contains(&&Site::Village(*id));
        let places = self.form.places.iter().filter(|(id, _)| named(id));
        let team = &dossier.visit.value.team;
        let people = self.form.people.iter().filter(|(id, _)| team.contains(id));
        (places.cloned().collect(), people.cloned().collect())
    }

    /// The save is on disk: goes on to send, or leaves.
    pub fn saved(&mut self, visit: VisitId) -> Outcome {
        match self.phase {
            Phase::Saving(Then::Send) if self.may_send() => {
                self.phase = Phase::Sending(visit);
                Outcome::new(vec![Effect::Send(visit)], Next::Stay)
            }
            Phase::Saving(_) | Phase::Typing | Phase::Discarding | Phase::Sending(_) => {
                Outcome::new(Vec::new(), Next::Close)
            }
        }
    }

    /// The visit has been sent; `None` where that was not this form's doing.
    pub fn sent(&mut self, visit: VisitId) -> Option<Outcome> {
        let ours = self.phase == Phase::Sending(visit);
        ours.then(|| Outcome::new(Vec::new(), Next::Close))
    }

    /// A save that was refused leaves everything as it was typed; where only the sending was, the
    /// visit is saved and the form has nothing more to keep.
    pub fn refused(&mut self) -> Option<Outcome> {
        let phase = std::mem::replace(&mut self.phase, Phase::Typing);
        match phase {
            Phase::Saving(_) => {
                self.disk.changed();
                None
            }
            Phase::Sending(_) => Some(Outcome::new(Vec::new(), Next::Close)),
            Phase::Typing | Phase::Discarding => {
                self.disk.again();
                None
            }
        }
    }

    /// Closes the offers, or leaves with the typing kept.
    pub(super) fn back(&mut self, desk: &mut Desk<'_>) -> Outcome {
        if self.shows_offers() {
            self.menu = Menu::Closed;
            self.refresh(desk);
            return Outcome::stay();
        }
        if self.disk.is_unchanged() {
            return Outcome::new(Vec::new(), Next::Close);
        }
        let keep = self.disk.is_behind().then(|| self.keep());
        Outcome::new(keep.into_iter().collect(), Next::Leave)
    }

    /// Forgets the typing on disk; the form itself can be called back until quitting.
    pub(super) fn discard(&mut self, desk: &Desk<'_>) -> Outcome {
        let key = desk.key(Scope::Today, Action::Undo);
        self.phase = Phase::Typing;
        self.disk.changed();
        Outcome::new(vec![Effect::DropTyping(self.key)], Next::Discard)
            .telling(capture::discarded(key))
    }
}
