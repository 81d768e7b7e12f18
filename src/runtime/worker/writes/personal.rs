//! What belongs to citizens, done by the writer: a look-up with its line in the log, an erasure with the new file after
//! it, an identity sealed.

use super::Desk;
use crate::app::dialogs::{Contents, HeldSeen, PersonalDeed, PersonalDone};
use crate::app::{Answer, Secret};
use crate::domain::{DataDeed, Day, EnvelopeId, Sought};
use crate::i18n::messages::{errors, privacy};
use crate::keys::{KeyFiles, Passphrase, Reader as Key};
use crate::runtime::SystemDisk;
use crate::runtime::logbook::{Logbook, moment};
use crate::runtime::worker::{Place, hide};
use crate::store::{WriteError, request};

impl Desk {
    /// Does it, and says what came of it.
    pub(super) fn personal(&mut self, deed: PersonalDeed) {
        let Some(open) = &mut self.open else {
            return;
        };
        let path = open.folder.logbook();
        let done = match deed {
            PersonalDeed::Find {
                sought,
                paper,
                contents,
            } => find(&self.place, open, &sought, (&paper, contents)),
            PersonalDeed::Seal { envelope, identity } => {
                seal(&self.place, open, envelope, &identity)
            }
            PersonalDeed::Erase {
                sought,
                paper,
                passphrase,
            } => match erase(
                &self.place,
                open,
                Whose::Citizens(&sought),
                (&paper, &passphrase),
            ) {
                Ok(PersonalDone::Erased(count)) => {
                    return self.rewritten(count, &passphrase);
                }
                other => other,
            },
            PersonalDeed::EraseOffered { before, passphrase } => {
                match erase(&self.place, open, Whose::Offered(before), ("", &passphrase)) {
                    Ok(PersonalDone::Erased(count)) => {
                        return self.rewritten(count, &passphrase);
                    }
                    other => other,
                }
            }
        };
        let answer = match done {
            Ok(done) => Answer::Personal(Box::new(done)),
            Err(error) => match crate::runtime::trouble::write(error, &path) {
                Answer::Refused(refusal) => {
                    let why = crate::app::refusal_text(&refusal);
                    Answer::Personal(Box::new(PersonalDone::Not(why)))
                }
                other => other,
            },
        };
        self.place.answer(answer);
    }

    /// The entries are gone; only a file under another key makes the freed pages unreadable too.
    fn rewritten(&mut self, count: u64, passphrase: &Secret) {
        let Some(open) = &self.open else {
            return;
        };
        let shown = open.folder.logbook().display().to_string();
        let done = match crate::runtime::worker::long::compact(&self.place, open, passphrase) {
            Ok((logbook, ..)) => {
                self.close();
                self.install(logbook);
                PersonalDone::Erased(count)
            }
            Err(Answer::Refused(_)) => PersonalDone::Not(privacy::pages_remain(shown)),
            Err(answer) => {
                self.place.answer(answer);
                return;
            }
        };
        self.place.answer(Answer::Personal(Box::new(done)));
    }
}

/// Whose data go.
enum Whose<'a> {
    Citizens(&'a Sought),
    /// Those of all whose concerns were received by then.
    Offered(Day),
}

fn find(
    place: &Place,
    open: &mut Logbook,
    sought: &Sought,
    (paper, contents): (&str, Contents),
) -> Result<PersonalDone, WriteError> {
    let reader = open.store.reader();
    if !reader.profile()?.role.keeps_names() {
        return Ok(PersonalDone::Not(privacy::not_held()));
    }
    let mut held = reader.held_on(sought)?;
    let elsewhere = reader.named_elsewhere(sought)?;
    let deed = match contents {
        Contents::Hidden => DataDeed::Found,
        Contents::Shown => DataDeed::Shown,
    };
    let line = request(deed, &held, paper, None);
    let now = moment(&*place.clock);
    open.store.note_data_request(&line, now, &mut open.ids)?;
    if contents == Contents::Hidden {
        hide(&mut held);
    }
    Ok(PersonalDone::Found(HeldSeen {
        held,
        contents,
        waiting: elsewhere.waiting.len() as u64,
        typing: elsewhere.typing as u64,
    }))
}

fn erase(
    place: &Place,
    open: &mut Logbook,
    whose: Whose<'_>,
    (paper, passphrase): (&str, &Secret),
) -> Result<PersonalDone, WriteError> {
    let reader = open.store.reader();
    // Before anything is gone, what is to write the new keys must be right.
    let right = Passphrase::new(passphrase.expose())
        .ok()
        .is_some_and(|passphrase| {
            let files = KeyFiles::new(&SystemDisk, open.folder.path());
            files.open(&passphrase).is_ok()
        });
    if !right {
        return Ok(PersonalDone::Not(errors::wrong_passphrase()));
    }
    let (held, sought, waiting) = match whose {
        Whose::Citizens(sought) => {
            let elsewhere = reader.named_elsewhere(sought)?;
            if elsewhere.typing > 0 {
                return Ok(PersonalDone::Not(privacy::typing_first()));
            }
            (reader.held_on(sought)?, Some(sought), elsewhere.waiting)
        }
        Whose::Offered(before) => (reader.all_offered_for_erasure(before)?, None, Vec::new()),
    };
    if held.is_empty() && waiting.is_empty() {
        return Ok(PersonalDone::Not(privacy::nothing_to_erase()));
    }
    let line = request(DataDeed::Erased, &held, paper, None);
    let what = (held.as_slice(), sought, &line);
    let now = moment(&*place.clock);
    let (store, ids) = (&open.store, &mut open.ids);
    store.erase_held(what, &waiting, now, ids)?;
    Ok(PersonalDone::Erased(held.len() as u64))
}

fn seal(
    place: &Place,
    open: &mut Logbook,
    envelope: EnvelopeId,
    identity: &Secret,
) -> Result<PersonalDone, WriteError> {
    let mut keys = open.store.reader().authority()?;
    if keys.is_empty() {
        keys.extend(Key::parse(&place.setup.authority_key));
    }
    let now = moment(&*place.clock);
    let (store, ids) = (&open.store, &mut open.ids);
    store.seal_identity(envelope, identity.expose(), &keys, now, ids)?;
    Ok(PersonalDone::Sealed)
}
