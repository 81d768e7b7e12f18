//! What every command works with: language, clock, folder, configuration, passphrase.
//!
//! Never does what one command alone does.

use std::io::{self, Write};
use std::path::PathBuf;

use serde_json::Value;

use super::args::Common;
use super::secret::Source;
use super::stop::Stop;
use crate::app::{Setup, lost_text};
use crate::domain::EntityId;
use crate::i18n::messages::{cli, errors};
use crate::i18n::{Catalog, Text};
use crate::keys::Passphrase;
use crate::law::Law;
use crate::runtime::logbook::{self, Logbook, OpenError};
use crate::runtime::panics::{Panicked, caught};
use crate::runtime::{ConfigPaths, Folder, SystemClock, ballast, settings, trouble};
use crate::store::{Reader, StoreError, WriteError};

/// What a command works with.
pub struct Desk {
    pub speech: Catalog,
    pub clock: SystemClock,
    pub paths: ConfigPaths,
    pub folder: Folder,
    passphrase_file: Option<PathBuf>,
}

impl Desk {
    /// Lays the desk out; a configuration that is refused stops every command.
    pub fn new(common: &Common, paths: ConfigPaths, speech: Catalog) -> Result<Self, Stop> {
        settings::check(&paths)?;
        let folder = Folder::choose(common.logbook.as_deref());
        Ok(Self {
            speech,
            clock: SystemClock::new(common.as_of),
            paths,
            folder: folder.ok_or_else(|| Stop::refused(errors::no_home()))?,
            passphrase_file: common.passphrase_file.clone(),
        })
    }

    /// Returns where the passphrase comes from.
    pub fn source(&self) -> Source<'_> {
        Source {
            file: self.passphrase_file.as_deref(),
            speech: &self.speech,
        }
    }

    /// Opens the logbook.
    pub fn open(&self) -> Result<Logbook, Stop> {
        self.open_with_passphrase().map(|(logbook, _)| logbook)
    }

    /// Opens the logbook and keeps its passphrase at hand, for what writes the keys anew.
    pub fn open_with_passphrase(&self) -> Result<(Logbook, Passphrase), Stop> {
        if !self.folder.holds_logbook() {
            return Err(OpenError::Missing(self.folder.path().to_owned()).into());
        }
        let passphrase = self.source().passphrase()?;
        let logbook = match logbook::unlock(&self.folder, &passphrase, &self.clock) {
            Err(OpenError::Store {
                source: StoreError::DiskFull,
                ..
            }) => return Err(self.disk_full()),
            other => other?,
        };
        if let Some(head) = logbook.lost {
            self.say(&lost_text(&trouble::lost(head)));
        }
        Ok((logbook, passphrase))
    }

    /// Reads lists, units and keys.
    pub fn setup(&self) -> Result<Setup, Stop> {
        Ok(settings::setup(&self.paths)?)
    }

    /// Reads rules of law and calendars.
    pub fn law(&self) -> Result<Law, Stop> {
        Ok(settings::law(&self.paths)?)
    }

    /// Runs what reads or writes the logbook; a panic on a damaged file becomes a sentence.
    pub fn with<T>(&self, work: impl FnOnce() -> Result<T, WriteError>) -> Result<T, Stop> {
        let path = self.folder.logbook();
        match caught(work) {
            Ok(Err(WriteError::Store(StoreError::DiskFull))) => Err(self.disk_full()),
            Ok(done) => done.map_err(|error| Stop::write(error, &path)),
            Err(Panicked) => Err(Stop::store(StoreError::Damaged("a page"), &path)),
        }
    }

    /// Gives the ballast up, so that the command may be given again.
    fn disk_full(&self) -> Stop {
        match ballast::release(&self.folder.ballast()) {
            Ok(true) => Stop::refused(errors::disk_full_released()),
            // Where there is none, or it cannot be removed, the person has to make room.
            Ok(false) | Err(_) => Stop::refused(errors::disk_full()),
        }
    }

    /// Finds the one record that a code names.
    pub fn find(&self, reader: &Reader, code: &str) -> Result<EntityId, Stop> {
        let found = self.with(|| Ok(reader.find(code)?))?;
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(Stop::refused(errors::not_found())),
            [_, _, ..] => {
                let codes = found.iter().take(20).map(|entity| reader.code(*entity));
                let codes = self.with(|| Ok(codes.collect::<Result<Vec<_>, _>>()?))?;
                let lines = codes.iter().map(|code| code.as_str().to_owned());
                Err(Stop {
                    lines: lines.collect(),
                    ..Stop::refused(cli::candidates(code))
                })
            }
        }
    }

    /// Says something beside the result.
    pub fn say(&self, text: &Text) {
        tell(&self.speech.text(text));
    }
}

/// Writes a line to stderr; nobody may listen.
pub fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Writes a line of the result; a closed pipe ends the interest in it.
pub fn put(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// Writes a JSON document.
pub fn put_json(value: &Value) {
    put(&format!("{value:#}"));
}
