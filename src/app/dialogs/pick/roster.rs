//! Choices about the devices of the logbook: who keeps the roster too, who is shut out.

use super::{Offer, Value};
use crate::app::dialogs::{Ask, Dialog, Question, role_name};
use crate::app::screens::{Shared, View};
use crate::app::{Effect, Model, RosterDeed};
use crate::domain::Role;

/// What is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterValue {
    pub deed: RosterDeed,
    pub device: [u8; 16],
    pub name: String,
}

/// The devices that the deed can be about.
pub(super) fn devices(model: &Model, deed: RosterDeed) -> Vec<Offer> {
    let Some(View::Shared(Shared::Exchange(open))) = model.session().map(|s| &s.view) else {
        return Vec::new();
    };
    let devices = open.seen.iter().flat_map(|seen| &seen.devices);
    let offered = devices.filter(|device| !device.revoked && !device.keeper);
    offered
        .map(|device| Offer {
            label: device.name.clone(),
            note: device.device[..4]
                .iter()
                .map(|b| format!("{b:02x}"))
                .collect(),
            value: Value::Device(RosterValue {
                deed,
                device: device.device,
                name: device.name.clone(),
            }),
        })
        .collect()
}

/// The roles that somebody can be invited in.
pub(super) fn roles(model: &Model) -> Vec<Offer> {
    let roles = Role::ALL.into_iter();
    roles
        .map(|role| Offer {
            label: model.say(&role_name(role)),
            note: String::new(),
            value: Value::Invite(role),
        })
        .collect()
}

impl RosterValue {
    /// Names a keeper at once; to shut a device out its name is typed again.
    pub(in crate::app) fn apply(self, model: &mut Model) -> Vec<Effect> {
        match self.deed {
            RosterDeed::NameKeeper => vec![self.effect()],
            RosterDeed::ShutOut => {
                let ask = Ask::new(Question::ShutOut(self), "");
                model.dialogs.push(Dialog::Ask(ask));
                Vec::new()
            }
        }
    }

    pub(in crate::app) fn effect(self) -> Effect {
        Effect::Roster {
            deed: self.deed,
            device: self.device,
            name: self.name,
        }
    }
}
