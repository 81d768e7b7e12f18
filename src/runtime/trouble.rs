//! From errors of the layers below to what the screens and the command line say.
//!
//! Holds no sentence; those are in `i18n`.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::backup::BackupError;
use super::compact::CompactError;
use super::export::ExportError;
use super::logbook::OpenError;
use super::outname::BadName;
use crate::app::{
    Answer, Failure, KeepRefusal, Lost, Refusal, config_refused, failure_text, refusal_text,
    system_text,
};
use crate::domain::ShortCode;
use crate::exchange::{SyncError, TargetError};
use crate::i18n::Text;
use crate::i18n::messages::exchange as words;
use crate::i18n::messages::{errors, export as messages, import, system};
use crate::import::{MAX_FILE, Refused};
use crate::journal::Stream;
use crate::keys::{KeyFilesError, SealedError};
use crate::store::{CopyError, Head, StoreError, WriteError};
use crate::text::clean::for_screen;

/// Answers for a logbook that could not be made or opened.
pub fn not_opened(error: OpenError) -> Answer {
    match error {
        OpenError::Exists(path) => io(&path, system::exists()),
        OpenError::Missing(path) => failed_as(&path, |path| Failure::NotALogbook { path }),
        OpenError::Keys(error) => keys(error),
        OpenError::Store { path, source } => store(source, &path),
        OpenError::Io { path, source } => store(source.into(), &path),
        OpenError::Panicked(path) => failed_as(&path, |path| Failure::Damaged { path }),
    }
}

/// Answers for a file that the database panicked on.
pub fn damaged(path: &Path) -> Answer {
    failed_as(path, |path| Failure::Damaged { path })
}

/// Says in one sentence what an answer says went wrong.
pub fn in_a_sentence(answer: Answer) -> Text {
    if let Answer::Refused(refusal) = &answer {
        return refusal_text(refusal);
    }
    if let Answer::Failed(failure) = &answer {
        let [what, ..] = failure_text(failure);
        return what;
    }
    if let Answer::NotSynced(why) = answer {
        return why;
    }
    unreachable!("what is wrong is a refusal, a failure or an exchange that broke off")
}

/// Answers for key files that do not open.
pub fn keys(error: KeyFilesError) -> Answer {
    match error {
        KeyFilesError::Io { path, source } => match source.kind() {
            std::io::ErrorKind::NotFound | std::io::ErrorKind::InvalidData => {
                failed_as(&path, |path| Failure::KeysDamaged { path })
            }
            _ => store(source.into(), &path),
        },
        KeyFilesError::Sealed { path, source } => match source {
            SealedError::WrongSecret => Answer::Refused(Refusal::WrongPassphrase),
            SealedError::Damaged | SealedError::NotAnAgeFile | SealedError::ExcessiveWork(_) => {
                failed_as(&path, |path| Failure::KeysDamaged { path })
            }
            SealedError::Newer(_) => failed_as(&path, |path| Failure::Newer { path }),
        },
        KeyFilesError::TrialFailed { path } => io(&path, errors::keys_not_read_back()),
    }
}

/// Answers for a change that was not made.
pub fn write(error: WriteError, path: &Path) -> Answer {
    Answer::Refused(match error {
        WriteError::Store(error) => return store(error, path),
        WriteError::NotAllowed(not) => Refusal::NotAllowed(not.state),
        WriteError::Incomplete(_) => Refusal::Incomplete,
        WriteError::NothingToUndo => Refusal::NothingToUndo,
        WriteError::NotFound => Refusal::NotFound,
        WriteError::Known => Refusal::AlreadyIn,
        WriteError::OwnVisit => Refusal::OwnVisit,
        WriteError::Moved => Refusal::Moved,
        WriteError::TooLarge => Refusal::TooLarge,
        WriteError::NoAuthority => Refusal::NoAuthority,
        WriteError::NotHeld => Refusal::NotHeld,
        WriteError::Refused(refused) => Refusal::Tending(refused),
    })
}

/// Answers for a file that could not be read or written.
pub fn store(error: StoreError, path: &Path) -> Answer {
    match error {
        StoreError::Damaged(_) => failed_as(path, |path| Failure::Damaged { path }),
        StoreError::Newer(_) => failed_as(path, |path| Failure::Newer { path }),
        StoreError::NotALogbook => failed_as(path, |path| Failure::NotALogbook { path }),
        StoreError::AlreadyOpen => Answer::Failed(Failure::AlreadyOpen),
        StoreError::DiskFull => Answer::Refused(Refusal::DiskFull),
        StoreError::ReadOnly => Answer::Refused(Refusal::ReadOnly),
        StoreError::Io(error) => io(path, system_text(&error)),
    }
}

/// Answers for a table that was not written.
pub fn export(error: ExportError, (path, ending): (&Path, &'static str), logbook: &Path) -> Answer {
    let path = for_screen(&path.display().to_string()).into_owned();
    Answer::NotExported(match error {
        ExportError::Logbook(error) => return write(error, logbook),
        ExportError::Panicked => return failed_as(logbook, |path| Failure::Damaged { path }),
        ExportError::Name(bad) => misnamed(bad, path, ending),
        ExportError::File(error) => match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => messages::no_room(path),
            _ => messages::failed(path, system_text(&error)),
        },
        ExportError::Unlike { written, read } => messages::unlike(path, written, read),
        ExportError::Target(error) => target(error, path),
        ExportError::Taken => messages::taken(path),
        ExportError::Aside(old) => {
            messages::aside(path, for_screen(&old.display().to_string()).into_owned())
        }
        ExportError::NotBuilt => messages::not_built(ending),
        ExportError::Stopped => messages::stopped(),
        ExportError::Template(error) => config_refused(&error),
    })
}

/// Says why a file cannot be taken in.
pub fn not_taken(refused: &Refused) -> Text {
    match refused {
        Refused::TooLarge => import::refused_too_large(MAX_FILE >> 20),
        Refused::TooManyCells => import::refused_too_many_cells(),
        Refused::TooManyParts => import::refused_too_many_parts(),
        Refused::NotATable => import::refused_not_a_table(),
        Refused::OldOrEncrypted => import::refused_old(),
        Refused::Broken => import::refused_broken(),
        Refused::NoSuchSheet => import::refused_no_sheet(),
        Refused::NoHeader => import::refused_no_header(),
    }
}

fn misnamed(bad: BadName, path: String, ending: &'static str) -> Text {
    match bad {
        BadName::NoName => messages::name_missing(path),
        BadName::Letter => messages::name_letter(path),
        BadName::Windows => messages::name_windows(path),
        BadName::TooLong => messages::name_long(path),
        BadName::OtherFormat => messages::name_format(path, ending),
        BadName::NoFolder => messages::name_folder(path),
        BadName::NotAFile => messages::name_no_file(path),
        BadName::NotAFolder => messages::name_no_folder(path),
        BadName::OtherThings => messages::name_other_things(path),
        BadName::InLogbook => messages::name_logbook(path),
    }
}

/// Answers for a backup that was not made or not put back; `logbook` is the file it is of.
pub fn backup(error: BackupError, logbook: &Path) -> Answer {
    let name = |path: PathBuf| path.display().to_string();
    Answer::Refused(Refusal::Keep(match error {
        BackupError::Exists(path) => KeepRefusal::Exists { path: name(path) },
        BackupError::InLogbook(path) => KeepRefusal::InLogbook { path: name(path) },
        BackupError::NotEmpty(path) => KeepRefusal::NotEmpty { path: name(path) },
        BackupError::NotABackup(path) => KeepRefusal::NotABackup { path: name(path) },
        BackupError::Newer(path) => KeepRefusal::Newer { path: name(path) },
        BackupError::Damaged(path) => KeepRefusal::Damaged { path: name(path) },
        BackupError::NotReadBack(path) => KeepRefusal::NotReadBack { path: name(path) },
        BackupError::Sealed { path, source } => {
            return sealed(path, source, |path| KeepRefusal::Damaged {
                path: name(path),
            });
        }
        BackupError::Io { path, source } => match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                KeepRefusal::NoRoom { path: name(path) }
            }
            _ => return io(&path, system_text(&source)),
        },
        BackupError::Keys(error) => return keys(error),
        BackupError::Copy(error) => return copy(error, logbook),
    }))
}

/// Answers for a file that was not made smaller.
pub fn compact(error: CompactError, logbook: &Path) -> Answer {
    match error {
        CompactError::Copy(error) => copy(error, logbook),
        CompactError::Keys(error) => keys(error),
    }
}

/// Names the last entry that a logbook lacks; what not all members may know of stays without name.
pub fn lost(head: Head) -> Lost {
    let may_be_named = head.stream == Stream::Open;
    Lost {
        code: may_be_named.then(|| ShortCode::of(head.entity, ShortCode::SHORTEST)),
        at: head.at,
    }
}

fn copy(error: CopyError, logbook: &Path) -> Answer {
    match error {
        CopyError::Store(error) => store(error, logbook),
        CopyError::Stopped => Answer::Refused(Refusal::Keep(KeepRefusal::Stopped)),
        CopyError::Differs => Answer::Refused(Refusal::Keep(KeepRefusal::Differs)),
    }
}

fn sealed(
    path: PathBuf,
    source: SealedError,
    damaged: impl FnOnce(PathBuf) -> KeepRefusal,
) -> Answer {
    match source {
        SealedError::WrongSecret => Answer::Refused(Refusal::WrongPassphrase),
        SealedError::Damaged | SealedError::NotAnAgeFile | SealedError::ExcessiveWork(_) => {
            Answer::Refused(Refusal::Keep(damaged(path)))
        }
        SealedError::Newer(_) => Answer::Refused(Refusal::Keep(KeepRefusal::Newer {
            path: path.display().to_string(),
        })),
    }
}

fn io(path: &Path, why: Text) -> Answer {
    let path = path.display().to_string();
    Answer::Refused(Refusal::Io { path, why })
}

fn failed_as(path: &Path, failure: impl FnOnce(String) -> Failure) -> Answer {
    Answer::Failed(failure(path.display().to_string()))
}

/// Answers for an exchange that broke off.
pub fn exchange(error: SyncError, place: &str, logbook: &Path) -> Answer {
    let place = for_screen(place).into_owned();
    Answer::NotSynced(match error {
        SyncError::Write(error) => return write(error, logbook),
        SyncError::Stopped => words::stopped(),
        SyncError::Target(error) => target(error, place),
    })
}

/// Says why a folder or an object store could not be used.
fn target(error: TargetError, place: String) -> Text {
    match error {
        TargetError::Missing => words::target_missing(place),
        TargetError::Denied => words::target_denied(place),
        TargetError::Full => words::target_full(place),
        TargetError::NotReadBack => words::target_not_read_back(place),
        TargetError::Setup => words::target_setup(place),
        TargetError::NoCredentials => words::target_no_credentials(place),
        TargetError::PlainHttp => words::target_plain_http(place),
        TargetError::Unreachable => words::target_unreachable(place),
        TargetError::Io(error) => words::target_failed(place, system_text(&error)),
    }
}
