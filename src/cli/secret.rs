//! Where passphrases come from: a file, or the terminal without echo. Never an argument.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::stop::Stop;
use crate::app::{Secret, system_text};
use crate::i18n::messages::{cli, errors, keep, privacy};
use crate::i18n::{Catalog, Text};
use crate::keys::{Passphrase, RecoverySecret};
use crate::runtime::restore;
use crate::text::strength::SHORTEST;

/// No passphrase is longer than this many bytes.
const LONGEST: u64 = 64 * 1024;

/// Where the passphrase is looked for.
pub struct Source<'a> {
    pub file: Option<&'a Path>,
    pub speech: &'a Catalog,
}

/// What was given to open a backup.
pub enum Opener {
    Passphrase(Passphrase),
    Recovery(RecoverySecret),
}

impl Opener {
    /// Lends it to what opens.
    pub fn as_ref(&self) -> restore::Opener<'_> {
        match self {
            Self::Passphrase(passphrase) => restore::Opener::Passphrase(passphrase),
            Self::Recovery(secret) => restore::Opener::Recovery(secret),
        }
    }
}

impl Source<'_> {
    /// Gets the passphrase of a logbook that is there.
    pub fn passphrase(&self) -> Result<Passphrase, Stop> {
        let typed = self.typed(cli::ask_passphrase())?;
        Passphrase::new(typed.expose()).map_err(|_| Stop::refused(errors::wrong_passphrase()))
    }

    /// Gets what the file holds, where one was named.
    pub fn in_file(&self) -> Result<Option<Secret>, Stop> {
        self.file.map(read).transpose()
    }

    /// Gets the passphrase of a new logbook; asked twice on the terminal.
    pub fn new_passphrase(&self) -> Result<Passphrase, Stop> {
        match self.file {
            Some(path) => long_enough(&read(path)?),
            None => self.ask_new(),
        }
    }

    /// Asks for a new passphrase twice, on the terminal: no file takes its place.
    pub fn ask_new(&self) -> Result<Passphrase, Stop> {
        let first = self.ask(cli::ask_new_passphrase(SHORTEST), errors::no_keyboard_new)?;
        let kept = long_enough(&first)?;
        let again = self.ask(cli::ask_again(), errors::no_keyboard_new)?;
        if first != again {
            return Err(Stop::refused(errors::passphrases_differ()));
        }
        Ok(kept)
    }

    /// Gets what opens a backup: the passphrase of its day, or the recovery secret.
    pub fn opener(&self) -> Result<Opener, Stop> {
        let typed = self.typed(keep::ask_opener())?;
        if let Some(secret) = RecoverySecret::parse(typed.expose()) {
            return Ok(Opener::Recovery(secret));
        }
        let passphrase = Passphrase::new(typed.expose());
        let passphrase = passphrase.map_err(|_| Stop::refused(errors::wrong_passphrase()))?;
        Ok(Opener::Passphrase(passphrase))
    }

    /// Asks for the recovery secret that is on paper.
    pub fn recovery(&self) -> Result<RecoverySecret, Stop> {
        let typed = self.ask(cli::ask_recovery(), errors::no_keyboard_paper)?;
        let secret = RecoverySecret::parse(typed.expose());
        secret.ok_or_else(|| Stop::refused(errors::recovery_wrong()))
    }

    /// Gets who denounced, on one line.
    pub fn identity(&self) -> Result<Secret, Stop> {
        self.typed(privacy::ask_identity())
    }

    fn typed(&self, question: Text) -> Result<Secret, Stop> {
        match self.file {
            Some(path) => read(path),
            None => self.ask(question, errors::no_passphrase),
        }
    }

    /// Asks on the terminal; `unheard` says what to do where there is none.
    fn ask(&self, question: Text, unheard: fn() -> Text) -> Result<Secret, Stop> {
        let typed = rpassword::prompt_password(self.speech.text(&question));
        typed.map(Secret::new).map_err(|_| Stop::refused(unheard()))
    }
}

fn long_enough(typed: &Secret) -> Result<Passphrase, Stop> {
    Passphrase::new(typed.expose()).map_err(|_| Stop::refused(errors::short_passphrase(SHORTEST)))
}

/// Reads a passphrase file; one newline at its end is not part of it.
fn read(path: &Path) -> Result<Secret, Stop> {
    let refused = |error: std::io::Error| {
        Stop::refused(errors::input_file(
            path.display().to_string(),
            system_text(&error),
        ))
    };
    let mut text = String::new();
    let file = File::open(path).map_err(refused)?;
    // The text moves into the secret, which wipes it, before anything can fail.
    let done = file.take(LONGEST).read_to_string(&mut text);
    let whole = Secret::new(text);
    done.map_err(refused)?;
    let line = whole.expose();
    let line = line.strip_suffix('\n').unwrap_or(line);
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.contains(['\n', '\r']) {
        let path = path.display().to_string();
        return Err(Stop::refused(errors::passphrase_lines(path)));
    }
    Ok(Secret::new(line.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_newline_at_the_end_is_not_part_of_it() {
        let home = tempfile::tempdir().expect("a temporary folder");
        let path = home.path().join("passphrase");
        for (content, secret) in [
            ("một hai ba\n", "một hai ba"),
            ("một hai ba\r\n", "một hai ba"),
            ("một hai ba", "một hai ba"),
        ] {
            std::fs::write(&path, content).expect("is written");
            assert_eq!(read(&path).expect("is read").expose(), secret);
        }
        assert!(read(&home.path().join("none")).is_err());
        for content in ["một hai ba\n\n", "một hai ba\nbốn", "một\r\nhai\r\n"] {
            std::fs::write(&path, content).expect("is written");
            let Err(stop) = read(&path) else {
                panic!("{content:?} is one line");
            };
            assert_eq!(stop.texts[0].id(), "errors-passphrase-lines");
        }
    }
}
