//! `new`, `passphrase` and `recover`: what has to do with keys.

use super::desk::{Desk, tell};
use super::stop::{Exit, Stop};
use crate::domain::Profile;
use crate::i18n::messages::{cli, first_run};
use crate::keys::{KeyFiles, Work};
use crate::runtime::SystemDisk;
use crate::runtime::logbook::{self, OpenError};
use crate::text::clean::clean_line;

/// Makes a logbook without questions but the passphrase.
pub fn new(desk: &Desk, profile: Profile) -> Result<Exit, Stop> {
    if desk.folder.holds_logbook() {
        return Err(OpenError::Exists(desk.folder.path().to_owned()).into());
    }
    let profile = Profile {
        name: clean_line(&profile.name),
        post: clean_line(&profile.post),
        unit: clean_line(&profile.unit),
        role: profile.role,
    };
    for (text, missing) in [
        (&profile.name, first_run::name_missing()),
        (&profile.unit, first_run::unit_missing()),
    ] {
        if text.trim().is_empty() {
            return Err(Stop::usage(missing));
        }
    }
    let passphrase = desk.source().new_passphrase()?;
    let (_, paper) = logbook::create(&desk.folder, profile, &passphrase, &desk.clock)?;
    desk.say(&cli::made(desk.folder.path().display().to_string()));
    desk.say(&cli::recovery_once());
    tell(paper.expose());
    Ok(Exit::Done)
}

/// Changes the passphrase; the new one is asked on the terminal.
pub fn passphrase(desk: &Desk) -> Result<Exit, Stop> {
    let open = desk.open()?;
    let new = desk.source().ask_new()?;
    let files = KeyFiles::new(&SystemDisk, desk.folder.path());
    files.change_passphrase(&open.ring, &new, Work::STANDARD)?;
    desk.say(&cli::passphrase_changed());
    Ok(Exit::Done)
}

/// Sets a new passphrase by the recovery secret that is on paper.
pub fn recover(desk: &Desk) -> Result<Exit, Stop> {
    if !desk.folder.holds_logbook() {
        return Err(OpenError::Missing(desk.folder.path().to_owned()).into());
    }
    let _held = logbook::hold(&desk.folder)?;
    let files = KeyFiles::new(&SystemDisk, desk.folder.path());
    let ring = files.recover(&desk.source().recovery()?)?;
    let new = desk.source().new_passphrase()?;
    files.change_passphrase(&ring, &new, Work::STANDARD)?;
    desk.say(&cli::passphrase_changed());
    Ok(Exit::Done)
}
