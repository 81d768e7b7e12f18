//! Logbooks of other units beside the open one: opened by the same passphrase, each read by itself.

use std::path::PathBuf;

use super::logbook::{self, Logbook, OpenError};
use super::panics::{Panicked, caught};
use super::{Clock, Folder, trouble};
use crate::domain::{LogbookId, Queued};
use crate::i18n::Text;
use crate::i18n::messages::joined as messages;
use crate::keys::Passphrase;
use crate::store::StoreError;

/// Says why a logbook is not joined.
pub fn why(error: OpenError) -> Text {
    if error.is_wrong_secret() {
        return messages::other_passphrase();
    }
    match error {
        OpenError::Missing(_) => messages::missing(),
        OpenError::Store {
            source: StoreError::AlreadyOpen,
            ..
        } => messages::open_elsewhere(),
        OpenError::Exists(_)
        | OpenError::Keys(_)
        | OpenError::Store { .. }
        | OpenError::Io { .. }
        | OpenError::Panicked(_) => trouble::in_a_sentence(trouble::not_opened(error)),
    }
}

/// Puts visits of several logbooks into the order that each has by itself.
pub fn newest_first(rows: &mut [Queued]) {
    rows.sort_by_key(|queued| std::cmp::Reverse(queued.row.to.or(queued.row.from)));
}

/// Tells whether a logbook is one of those that are open already.
pub fn is_known(new: &Logbook, known: &[Option<LogbookId>]) -> bool {
    let id = new.store.reader().identity().ok();
    id.is_some_and(|id| known.contains(&Some(id.logbook)))
}

/// What waits in a logbook, or why that is not known.
pub type Waiting = (Folder, Result<Vec<Queued>, Text>);

/// Reads what waits in joined logbooks, opening one after another.
pub fn queues(
    own: &Logbook,
    folders: &[PathBuf],
    (passphrase, most): (&Passphrase, usize),
    clock: &dyn Clock,
) -> Vec<Waiting> {
    let mut known = vec![own.store.reader().identity().ok().map(|id| id.logbook)];
    let mut all = Vec::new();
    for path in folders {
        let folder = own.folder.beside(path);
        let queue = logbook::unlock(&folder, passphrase, clock).map_err(why);
        let queue = queue.and_then(|open| {
            if is_known(&open, &known) {
                return Err(messages::twice());
            }
            known.push(open.store.reader().identity().ok().map(|id| id.logbook));
            let file = folder.logbook();
            match caught(|| open.store.reader().review_queue(most)) {
                Ok(Ok(queue)) => Ok(queue),
                Ok(Err(error)) => Err(trouble::in_a_sentence(trouble::store(error, &file))),
                Err(Panicked) => Err(trouble::in_a_sentence(trouble::damaged(&file))),
            }
        });
        all.push((folder, queue));
    }
    all
}
