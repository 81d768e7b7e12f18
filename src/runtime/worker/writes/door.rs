//! The writer's side of letting a device in.

use super::Desk;
use crate::app::{Answer, Effect, RequestSeen};
use crate::exchange::Request;
use crate::i18n::messages::exchange as messages;
use crate::runtime::door::{self, Shut};
use crate::runtime::logbook::Logbook;
use crate::runtime::panics::{Panicked, caught};
use crate::runtime::trouble;
use crate::runtime::worker::Place;
use crate::runtime::worker::export::own_folder;
use crate::text::clean::for_screen;

impl Desk {
    /// Writes an invitation, reads a request, or lets its device in.
    pub(super) fn at_the_door(&mut self, effect: &Effect) {
        if let Err(answer) = self.reopen() {
            self.place.answer(answer);
            return;
        }
        let Some(open) = &mut self.open else {
            return;
        };
        let path = open.folder.logbook();
        let answer = match caught(|| answer(&self.place, open, effect)) {
            Ok(Ok(answer)) => answer,
            Ok(Err(Shut::Why(why))) => Answer::NotDone(why),
            Ok(Err(Shut::File(error))) => {
                let answer = trouble::store(error.into(), &path);
                Answer::NotDone(trouble::in_a_sentence(answer))
            }
            Ok(Err(Shut::Logbook(error))) => trouble::write(error, &path),
            Err(Panicked) => trouble::damaged(&path),
        };
        self.place.answer(answer);
    }
}

fn answer(place: &Place, open: &mut Logbook, effect: &Effect) -> Result<Answer, Shut> {
    let clock = &*place.clock;
    if let Effect::Invite { role, cell, path } = effect {
        let path = own_folder(path);
        let words = door::invite(open, clock, (*role, cell), &path)?;
        let path = for_screen(&path.display().to_string()).into_owned();
        return Ok(Answer::Invited { path, words });
    }
    if let Effect::ReadRequest(path) = effect {
        let (request, bytes) = door::request(open, &own_folder(path))?;
        return Ok(Answer::RequestRead(Box::new(RequestSeen {
            words: request.words(),
            name: for_screen(&request.name).into_owned(),
            cell: for_screen(&request.cell).into_owned(),
            role: request.role,
            bytes,
        })));
    }
    let Effect::Admit(seen) = effect else {
        return Err(Shut::Why(messages::not_admitted()));
    };
    let request = Request::from_bytes(&seen.bytes);
    let request = request.ok_or_else(|| Shut::Why(messages::not_admitted()))?;
    door::admit(open, clock, &request)?;
    Ok(Answer::Admitted(seen.name.clone()))
}
