//! Letting a device in: the invitation that a keeper writes, the request that is read, the admission.
//!
//! Never asks whether the words were compared.

use std::io;
use std::path::Path;

use super::Clock;
use super::exchange::{read_small, write_small};
use super::logbook::{Logbook, moment};
use crate::domain::Role;
use crate::exchange::{Invite, Request};
use crate::i18n::Text;
use crate::i18n::messages::exchange as messages;
use crate::store::{StoreError, WriteError};
use crate::text::clean::{clean_line, for_screen};

/// Why nobody was invited or let in; the logbook is as it was.
#[derive(Debug)]
pub enum Shut {
    Why(Text),
    /// A file beside the logbook could not be read or written.
    File(io::Error),
    Logbook(WriteError),
}

impl From<WriteError> for Shut {
    fn from(error: WriteError) -> Self {
        Self::Logbook(error)
    }
}

impl From<StoreError> for Shut {
    fn from(error: StoreError) -> Self {
        Self::Logbook(error.into())
    }
}

fn shown(path: &Path) -> String {
    for_screen(&path.display().to_string()).into_owned()
}

/// Writes one of the small files; one of that name stays as it is.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Shut> {
    write_small(path, bytes).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Shut::Why(messages::file_exists(shown(path))),
        _ => Shut::File(error),
    })
}

/// Reads one of the small files; `what` says that it is none.
pub fn read(path: &Path, what: fn(String) -> Text) -> Result<Vec<u8>, Shut> {
    read_small(path).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => Shut::Why(what(shown(path))),
        io::ErrorKind::NotFound => Shut::Why(messages::target_missing(shown(path))),
        _ => Shut::File(error),
    })
}

/// Makes sure that the roster says what this device is sealed to.
fn open_roster(open: &mut Logbook, clock: &dyn Clock) -> Result<(), Shut> {
    let recipient = open.ring.exchange().to_public().to_string();
    let now = moment(clock);
    Ok(open.store.open_roster(recipient, now, &mut open.ids)?)
}

/// Writes an invitation as a keeper; returns the words to compare.
pub fn invite(
    open: &mut Logbook,
    clock: &dyn Clock,
    (role, cell): (Role, &str),
    path: &Path,
) -> Result<String, Shut> {
    open_roster(open, clock)?;
    let reader = open.store.reader();
    let own = open.store.device().device();
    let is_keeper = reader.roster()?.is_keeper(own);
    let root = reader.root()?.filter(|_| is_keeper);
    let invite = Invite {
        logbook: reader.identity()?.logbook,
        name: reader.profile()?.unit,
        root: root.ok_or(WriteError::NotHeld)?,
        role,
        cell: clean_line(cell).trim().to_owned(),
    };
    write(path, &invite.to_bytes())?;
    Ok(invite.words())
}

/// Reads a request to be let into this logbook.
pub fn request(open: &Logbook, path: &Path) -> Result<(Request, Vec<u8>), Shut> {
    let bytes = read(path, messages::not_a_request)?;
    let request = Request::from_bytes(&bytes);
    let request = request.ok_or_else(|| Shut::Why(messages::not_a_request(shown(path))))?;
    if request.logbook != open.store.reader().identity()?.logbook {
        return Err(Shut::Why(messages::other_logbook()));
    }
    Ok((request, bytes))
}

/// Lets the device of a request in.
pub fn admit(open: &mut Logbook, clock: &dyn Clock, request: &Request) -> Result<(), Shut> {
    open_roster(open, clock)?;
    let (admission, now) = (request.admission(), moment(clock));
    Ok(open.store.admit(&admission, now, &mut open.ids)?)
}
