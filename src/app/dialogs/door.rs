//! Letting a device in: the role and the file of an invitation, the words of a request.
//!
//! Nobody is let in without a word that was heard from the other side.

use super::ask::filled;
use super::{Ask, Dialog, Question};
use crate::app::{Effect, Model, RequestSeen};
use crate::domain::Role;
use crate::i18n::Text;
use crate::i18n::messages::{door, exchange, first_run};
use crate::text::fold::fold;

/// What is asked about somebody who comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DoorQuestion {
    /// The cell that a reviewer reviews for.
    Cell(Role),
    /// Where the invitation goes.
    Path { role: Role, cell: String },
    /// The words of an invitation, to be read out; nothing is typed.
    Invited,
    /// The file of a request.
    Request,
    /// The last word that the other device shows, as it was heard.
    Admit(Box<RequestSeen>),
}

/// Names a role.
pub fn role_name(role: Role) -> Text {
    match role {
        Role::Officer => first_run::role_officer(),
        Role::Police => first_run::role_police(),
        Role::Reviewer => first_run::role_reviewer(),
        Role::Authority => first_run::role_authority(),
        Role::Superior => first_run::role_superior(),
    }
}

/// Says what a device of a role will receive of the unit's.
pub fn gets(role: Role) -> Text {
    match role {
        Role::Officer | Role::Police => exchange::gets_unit(),
        Role::Reviewer => exchange::gets_cell(),
        Role::Superior => exchange::gets_superior(),
        Role::Authority => exchange::gets_authority(),
    }
}

/// Asks on about an invitation for a role.
pub(super) fn invite(model: &mut Model, role: Role) -> Vec<Effect> {
    let question = match role {
        Role::Reviewer => DoorQuestion::Cell(role),
        Role::Officer | Role::Police | Role::Authority | Role::Superior => {
            let cell = String::new();
            DoorQuestion::Path { role, cell }
        }
    };
    ask(model, question, role);
    Vec::new()
}

fn ask(model: &mut Model, question: DoorQuestion, role: Role) {
    let mut ask = Ask::new(Question::Door(question), "");
    ask.notes = vec![gets(role)];
    model.dialogs.push(Dialog::Ask(ask));
}

impl Ask {
    /// Shows the words of an invitation that was written.
    pub(in crate::app) fn invited(path: &str, words: &str) -> Self {
        let mut ask = Self::new(Question::Door(DoorQuestion::Invited), "");
        ask.notes = vec![
            exchange::invite_made(path),
            exchange::words(words),
            exchange::compare_invite(),
        ];
        ask
    }

    /// Shows who asks to be let in, and what that device will receive.
    pub(in crate::app) fn request(seen: RequestSeen) -> Self {
        let mut notes = vec![exchange::admit_who(
            seen.name.as_str(),
            role_name(seen.role),
        )];
        if !seen.cell.is_empty() {
            notes.push(door::for_cell(seen.cell.as_str()));
        }
        notes.extend([
            gets(seen.role),
            exchange::words(seen.words.as_str()),
            door::compare(),
        ]);
        let question = DoorQuestion::Admit(Box::new(seen));
        let mut ask = Self::new(Question::Door(question), "");
        ask.notes = notes;
        ask
    }
}

impl DoorQuestion {
    pub(super) fn title(&self) -> Text {
        match self {
            Self::Cell(_) => door::ask_cell(),
            Self::Path { .. } => door::ask_path(),
            Self::Invited => door::invited(),
            Self::Request => door::ask_request(),
            Self::Admit(_) => door::ask_word(),
        }
    }

    pub(super) fn answer(&self, text: String, model: &mut Model) -> Result<Vec<Effect>, Text> {
        match self {
            Self::Cell(role) => {
                let (role, cell) = (*role, filled(text, door::cell_missing)?);
                ask(model, Self::Path { role, cell }, role);
                Ok(Vec::new())
            }
            Self::Path { role, cell } => {
                let (role, cell) = (*role, cell.clone());
                let path = filled(text, door::path_missing)?;
                Ok(vec![Effect::Invite { role, cell, path }])
            }
            Self::Invited => Ok(Vec::new()),
            Self::Request => {
                let path = filled(text, door::path_missing)?;
                Ok(vec![Effect::ReadRequest(path)])
            }
            Self::Admit(seen) => {
                let last = seen.words.rsplit(' ').next().unwrap_or_default();
                match !last.is_empty() && fold(text.trim()) == fold(last) {
                    true => Ok(vec![Effect::Admit(seen.clone())]),
                    false => Err(door::word_wrong()),
                }
            }
        }
    }
}
