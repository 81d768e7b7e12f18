//! What belongs to citizens: everything held on one person, on that person's request; and who denounced, sealed to the
//! competent authority.
//!
//! What is typed here lies nowhere else: it is no unsaved typing, and it is gone with the box.

use crate::app::input::{Input, SecretInput};
use crate::app::screens::Shown;
use crate::app::{Action, Effect, Model, Secret, field_name, sought};
use crate::domain::{Day, EnvelopeId, Held, Sought};
use crate::i18n::Text;
use crate::i18n::messages::privacy;

/// What is asked for.
pub enum Personal {
    Citizen(Box<CitizenAsk>),
    /// What may be erased, since it was handed over long ago.
    Offered(OfferedAsk),
    Seal(SealAsk),
}

/// Whether what is found is shown, or only where it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contents {
    Hidden,
    Shown,
}

/// What was found, and where the name stands beside the records.
///
/// No `Debug`: it holds a citizen's name.
pub struct HeldSeen {
    pub held: Vec<Held>,
    pub contents: Contents,
    pub waiting: u64,
    pub typing: u64,
}

/// What the worker is to do.
pub enum PersonalDeed {
    Find {
        sought: Sought,
        paper: String,
        contents: Contents,
    },
    Erase {
        sought: Sought,
        paper: String,
        passphrase: Secret,
    },
    /// What was received on that day or before.
    EraseOffered { before: Day, passphrase: Secret },
    Seal {
        envelope: EnvelopeId,
        identity: Secret,
    },
}

/// What came of it.
pub enum PersonalDone {
    Found(HeldSeen),
    Erased(u64),
    Sealed,
    /// Nothing was done, and why.
    Not(Text),
}

/// Asks for a name and a village, and shows what is held.
#[derive(Default)]
pub struct CitizenAsk {
    /// Name, village, paper.
    pub inputs: [Line; 3],
    pub at: usize,
    pub found: Option<HeldSeen>,
    pub top: u16,
    /// The passphrase before it is erased.
    pub erasing: Option<SecretInput>,
    pub shown: Shown,
    pub problem: Option<Text>,
}

/// A line that is typed into.
pub struct Line(pub Input);

impl Default for Line {
    fn default() -> Self {
        Self(Input::line())
    }
}

/// Shows what may be erased, and asks for the passphrase before it is.
pub struct OfferedAsk {
    pub found: HeldSeen,
    /// The last day of receipt that is offered.
    before: Day,
    pub top: u16,
    pub passphrase: SecretInput,
    pub shown: Shown,
    pub problem: Option<Text>,
}

/// Asks who denounced.
pub struct SealAsk {
    pub envelope: EnvelopeId,
    pub identity: SecretInput,
    pub shown: Shown,
    pub problem: Option<Text>,
}

/// Names a field of particulars.
pub fn citizen_field(name: &str) -> Text {
    match name {
        "name" => privacy::field_name(),
        "contact" => privacy::field_contact(),
        "address" => privacy::field_address(),
        "id_number" => privacy::field_id_number(),
        other => field_name(other),
    }
}

/// Whether the box stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum After {
    Stay,
    Close,
}

impl Personal {
    /// Does an action.
    pub(in crate::app) fn act(&mut self, model: &Model, action: Action) -> (Vec<Effect>, After) {
        match self {
            Self::Citizen(ask) => ask.act(model, action),
            Self::Offered(ask) => (ask.act(action), After::Stay),
            Self::Seal(ask) => (ask.act(action), After::Stay),
        }
    }

    /// Takes in what came of it; tells what to say where the box is done with.
    pub(in crate::app) fn done(&mut self, done: PersonalDone) -> Option<Text> {
        match (self, done) {
            (Self::Citizen(ask), PersonalDone::Found(found)) => {
                ask.found = Some(found);
                None
            }
            (_, PersonalDone::Erased(count)) => Some(privacy::erased(count)),
            (_, PersonalDone::Sealed) => Some(privacy::identity_sealed()),
            (Self::Citizen(ask), PersonalDone::Not(why)) => {
                ask.erasing = None;
                ask.problem = Some(why);
                None
            }
            (Self::Seal(ask), PersonalDone::Not(why)) => {
                ask.problem = Some(why);
                None
            }
            (Self::Offered(ask), PersonalDone::Not(why)) => {
                ask.problem = Some(why);
                None
            }
            (Self::Seal(_) | Self::Offered(_), PersonalDone::Found(_)) => None,
        }
    }

    /// Tells whether there is something to erase in front.
    pub(in crate::app) fn may_erase(&self) -> bool {
        match self {
            Self::Citizen(ask) => {
                let found = ask.found.as_ref();
                ask.erasing.is_none() && found.is_some_and(|found| !found.held.is_empty())
            }
            Self::Seal(_) | Self::Offered(_) => false,
        }
    }

    /// Gives the secret that has the cursor.
    pub(in crate::app) fn secret(&mut self) -> Option<&mut SecretInput> {
        match self {
            Self::Citizen(ask) => ask.erasing.as_mut(),
            Self::Offered(ask) => Some(&mut ask.passphrase),
            Self::Seal(ask) => Some(&mut ask.identity),
        }
    }

    /// Gives the line that has the cursor.
    pub(in crate::app) fn line(&mut self) -> Option<&mut Input> {
        match self {
            Self::Citizen(ask) if ask.found.is_none() => {
                ask.problem = None;
                ask.inputs.get_mut(ask.at).map(|line| &mut line.0)
            }
            Self::Citizen(_) | Self::Seal(_) | Self::Offered(_) => None,
        }
    }
}

impl CitizenAsk {
    fn act(&mut self, model: &Model, action: Action) -> (Vec<Effect>, After) {
        let stay = |effects| (effects, After::Stay);
        match (action, &mut self.found) {
            (Action::Accept, None) => stay(self.find(model, Contents::Hidden)),
            (Action::Accept, Some(_)) => match self.erasing.is_some() {
                true => stay(self.erase(model)),
                false => (Vec::new(), After::Close),
            },
            (Action::Reveal, Some(_)) if self.erasing.is_some() => {
                self.shown = self.shown.other();
                stay(Vec::new())
            }
            (Action::Reveal, Some(found)) if found.contents == Contents::Hidden => {
                stay(self.find(model, Contents::Shown))
            }
            (Action::Erase, Some(_)) => {
                self.erasing = Some(SecretInput::default());
                stay(Vec::new())
            }
            (Action::Up | Action::PageUp, Some(_)) => {
                self.top = self.top.saturating_sub(1);
                stay(Vec::new())
            }
            (Action::Down | Action::PageDown, Some(_)) => {
                self.top = self.top.saturating_add(1);
                stay(Vec::new())
            }
            (Action::Up | Action::PreviousField, None) => {
                self.at = (self.at + self.inputs.len() - 1) % self.inputs.len();
                stay(Vec::new())
            }
            (Action::Down | Action::NextField, None) => {
                self.at = (self.at + 1) % self.inputs.len();
                stay(Vec::new())
            }
            _ => stay(Vec::new()),
        }
    }

    fn sought(&self, model: &Model) -> Option<(Sought, String)> {
        let [name, village, paper] = &self.inputs;
        let names = &model.session()?.names;
        let (name, village) = (name.0.text(), village.0.text());
        let sought = sought(name, village, names, &model.setup.communes)?;
        Some((sought, paper.0.text().trim().to_owned()))
    }

    fn find(&mut self, model: &Model, contents: Contents) -> Vec<Effect> {
        let Some((sought, paper)) = self.sought(model) else {
            self.problem = Some(privacy::not_a_full_name());
            return Vec::new();
        };
        self.problem = None;
        let deed = PersonalDeed::Find {
            sought,
            paper,
            contents,
        };
        vec![Effect::Personal(Box::new(deed))]
    }

    fn erase(&mut self, model: &Model) -> Vec<Effect> {
        let (Some((sought, paper)), Some(passphrase)) = (self.sought(model), &mut self.erasing)
        else {
            return Vec::new();
        };
        if passphrase.is_empty() {
            return Vec::new();
        }
        let deed = PersonalDeed::Erase {
            sought,
            paper,
            passphrase: passphrase.take(),
        };
        vec![Effect::Personal(Box::new(deed))]
    }
}

impl OfferedAsk {
    pub(in crate::app) fn new(held: Vec<Held>, before: Day) -> Self {
        Self {
            found: HeldSeen {
                held,
                contents: Contents::Hidden,
                waiting: 0,
                typing: 0,
            },
            before,
            top: 0,
            passphrase: SecretInput::default(),
            shown: Shown::default(),
            problem: None,
        }
    }

    fn act(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Reveal => self.shown = self.shown.other(),
            Action::Up | Action::PageUp => self.top = self.top.saturating_sub(1),
            Action::Down | Action::PageDown => self.top = self.top.saturating_add(1),
            Action::Accept if !self.passphrase.is_empty() => {
                let deed = PersonalDeed::EraseOffered {
                    before: self.before,
                    passphrase: self.passphrase.take(),
                };
                return vec![Effect::Personal(Box::new(deed))];
            }
            _ => {}
        }
        Vec::new()
    }
}

impl SealAsk {
    pub(in crate::app) fn new(envelope: EnvelopeId) -> Self {
        Self {
            envelope,
            identity: SecretInput::default(),
            shown: Shown::default(),
            problem: None,
        }
    }

    fn act(&mut self, action: Action) -> Vec<Effect> {
        if action == Action::Reveal {
            self.shown = self.shown.other();
        }
        if action != Action::Accept || self.identity.is_empty() {
            return Vec::new();
        }
        let deed = PersonalDeed::Seal {
            envelope: self.envelope,
            identity: self.identity.take(),
        };
        vec![Effect::Personal(Box::new(deed))]
    }
}
