//! Where a file that leaves the logbook may be put: names that misbehave on this system, on a stick or
//! on the next person's system are refused before anything is written.

use std::fs;
use std::path::{Component, Path, PathBuf};

/// Why a name is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BadName {
    /// It ends in no name of a file.
    NoName,
    /// A letter that a file system forbids, that cannot be seen, or that is no text.
    Letter,
    /// A name that Windows keeps for a device, or an end that it drops.
    Windows,
    TooLong,
    /// It ends like a file of another format.
    OtherFormat,
    /// The folder is not there.
    NoFolder,
    /// Something of that name is there that is no file.
    NotAFile,
    /// Something of that name is there that is no folder.
    NotAFolder,
    /// The folder holds other things than an export.
    OtherThings,
    /// It lies in the folder of the logbook.
    InLogbook,
}

/// The most bytes of a name; there must be room for what is added to it for a while.
const LONGEST: usize = 200;

/// Names that Windows keeps for devices.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"];

/// Checks where a file is to be put; `ending` is how files of its format end, `others` how those of
/// other formats do. Returns the folder and the name.
pub fn check(
    path: &Path,
    ending: &str,
    others: &[&str],
    logbook: &Path,
) -> Result<(PathBuf, String), BadName> {
    let text = path.to_str().ok_or(BadName::Letter)?;
    if text.ends_with(['/', '\\']) || text.ends_with("/.") {
        return Err(BadName::NoName);
    }
    let (folder, name) = placed(path, ending, others, logbook)?;
    match fs::symlink_metadata(folder.join(&name)) {
        Ok(there) if !there.is_file() => Err(BadName::NotAFile),
        Ok(_) | Err(_) => Ok((folder, name)),
    }
}

/// Checks where a folder of files is to be put, as [`check`] does for a file. One that is there is taken
/// only where it holds nothing but what `is_export` tells of: what lies in it, each file with its folder.
#[cfg(feature = "parquet")]
pub fn check_folder(
    path: &Path,
    ending: &str,
    others: &[&str],
    logbook: &Path,
    is_export: fn(&str, &str) -> bool,
) -> Result<(PathBuf, String), BadName> {
    let (folder, name) = placed(path, ending, others, logbook)?;
    let there = folder.join(&name);
    match fs::symlink_metadata(&there) {
        Err(_) => {}
        Ok(data) if !data.is_dir() => return Err(BadName::NotAFolder),
        Ok(_) if holds_only(&there, is_export) => {}
        Ok(_) => return Err(BadName::OtherThings),
    }
    Ok((folder, name))
}

/// Tells whether a folder holds folders of such files and nothing else; one that cannot be read does not.
#[cfg(feature = "parquet")]
fn holds_only(folder: &Path, is_export: fn(&str, &str) -> bool) -> bool {
    let inside = |folder: &Path| -> std::io::Result<Vec<_>> { fs::read_dir(folder)?.collect() };
    let name = |entry: &fs::DirEntry| entry.file_name().into_string().ok();
    let Ok(months) = inside(folder) else {
        return false;
    };
    months.iter().all(|month| {
        let is_folder = month.file_type().is_ok_and(|kind| kind.is_dir());
        let files = inside(&month.path()).unwrap_or_default();
        let ours = |file: &fs::DirEntry| {
            let is_file = file.file_type().is_ok_and(|kind| kind.is_file());
            let names = name(month).zip(name(file));
            is_file && names.is_some_and(|(month, file)| is_export(&month, &file))
        };
        is_folder && !files.is_empty() && files.iter().all(ours)
    })
}

/// Checks the name of a path, and that its folder is there and not the logbook's.
fn placed(
    path: &Path,
    ending: &str,
    others: &[&str],
    logbook: &Path,
) -> Result<(PathBuf, String), BadName> {
    path.to_str().ok_or(BadName::Letter)?;
    let name = match path.components().next_back() {
        Some(Component::Normal(name)) => name.to_str().ok_or(BadName::Letter)?,
        Some(
            Component::Prefix(_) | Component::RootDir | Component::CurDir | Component::ParentDir,
        )
        | None => return Err(BadName::NoName),
    };
    spelled(name)?;
    let end = name.rsplit_once('.').map(|(_, end)| end.to_lowercase());
    if let Some(end) = end
        && end != ending
        && others.contains(&end.as_str())
    {
        return Err(BadName::OtherFormat);
    }
    let folder = match path.parent() {
        None => Path::new("."),
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
    };
    let folder = folder.canonicalize().map_err(|_| BadName::NoFolder)?;
    if !folder.is_dir() {
        return Err(BadName::NoFolder);
    }
    if is_within(&folder, logbook) {
        return Err(BadName::InLogbook);
    }
    Ok((folder, name.to_owned()))
}

/// Tells whether a path leads into the folder of the logbook, or would once it is made: what is there
/// is copied, moved and put back with the logbook and can be no second place for it.
pub fn is_within(path: &Path, logbook: &Path) -> bool {
    let Ok(own) = logbook.canonicalize() else {
        return false;
    };
    let here = Path::new(".");
    let mut there = path.ancestors().map(|above| match above {
        above if above.as_os_str().is_empty() => here,
        above => above,
    });
    // The nearest folder that is there decides.
    let there = there.find_map(|above| above.canonicalize().ok());
    there.is_some_and(|there| there.starts_with(own))
}

/// Checks the letters of a name.
fn spelled(name: &str) -> Result<(), BadName> {
    if name.len() > LONGEST {
        return Err(BadName::TooLong);
    }
    if name == "-" || name.starts_with(' ') {
        return Err(BadName::NoName);
    }
    let forbidden = |letter: char| {
        letter.is_control()
            || matches!(letter, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\')
            || is_unseen(letter)
    };
    if name.contains(forbidden) {
        return Err(BadName::Letter);
    }
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let stem = stem.to_lowercase();
    let numbered = |start: &str| {
        let number = stem.strip_prefix(start).unwrap_or_default();
        matches!(number, "¹" | "²" | "³")
            || (number.len() == 1 && number.as_bytes()[0].is_ascii_digit())
    };
    if DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt") {
        return Err(BadName::Windows);
    }
    if name.ends_with(['.', ' ']) {
        return Err(BadName::Windows);
    }
    Ok(())
}

/// Tells whether a letter takes no room or turns others around, so that a name is not what it seems.
fn is_unseen(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{ffff}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const OTHERS: &[&str] = &["csv", "xlsx", "json", "ndjson", "parquet"];

    #[test]
    fn names_that_misbehave_are_refused() {
        let home = tempfile::tempdir().expect("a folder");
        let logbook = home.path().join("logbook");
        fs::create_dir(&logbook).expect("is made");
        fs::create_dir(home.path().join("folder.csv")).expect("is made");
        fs::create_dir(logbook.join("inside")).expect("is made");
        let long = format!("{}.csv", "a".repeat(300));
        let names: &[(&str, BadName)] = &[
            ("", BadName::NoName),
            (".", BadName::NoName),
            ("..", BadName::NoName),
            ("folder.csv/..", BadName::NoName),
            ("a.csv/", BadName::NoName),
            ("folder.csv/.", BadName::NoName),
            ("-", BadName::NoName),
            (" a.csv", BadName::NoName),
            (" ", BadName::NoName),
            ("a\0.csv", BadName::Letter),
            ("a\n.csv", BadName::Letter),
            ("a\r.csv", BadName::Letter),
            ("a\t.csv", BadName::Letter),
            ("\u{1b}[2J.csv", BadName::Letter),
            ("\u{7f}.csv", BadName::Letter),
            ("a\u{85}.csv", BadName::Letter),
            ("a<b.csv", BadName::Letter),
            ("a>b.csv", BadName::Letter),
            ("a:b.csv", BadName::Letter),
            ("C:a.csv", BadName::Letter),
            ("a.csv:stream", BadName::Letter),
            ("a\"b.csv", BadName::Letter),
            ("a|b.csv", BadName::Letter),
            ("a?.csv", BadName::Letter),
            ("a*.csv", BadName::Letter),
            ("a\\b.csv", BadName::Letter),
            ("\u{202e}vsc.exe", BadName::Letter),
            ("a\u{200b}.csv", BadName::Letter),
            ("a\u{feff}.csv", BadName::Letter),
            ("a\u{ad}b.csv", BadName::Letter),
            ("a\u{2066}b.csv", BadName::Letter),
            ("a\u{fe0f}.csv", BadName::Letter),
            ("a\u{e0041}.csv", BadName::Letter),
            ("a\u{3164}.csv", BadName::Letter),
            ("a\u{2028}b.csv", BadName::Letter),
            ("con", BadName::Windows),
            ("CON.csv", BadName::Windows),
            ("nul.csv", BadName::Windows),
            ("NUL .csv", BadName::Windows),
            ("aux.x.csv", BadName::Windows),
            ("prn", BadName::Windows),
            ("com1.csv", BadName::Windows),
            ("LPT9.csv", BadName::Windows),
            ("com¹.csv", BadName::Windows),
            ("CONIN$.csv", BadName::Windows),
            ("clock$", BadName::Windows),
            ("a.csv.", BadName::Windows),
            ("a.csv ", BadName::Windows),
            ("...", BadName::Windows),
            ("a...", BadName::Windows),
            (&long, BadName::TooLong),
            ("a.xlsx", BadName::OtherFormat),
            ("a.XLSX", BadName::OtherFormat),
            ("a.json", BadName::OtherFormat),
            ("a.csv.ndjson", BadName::OtherFormat),
            ("a.parquet", BadName::OtherFormat),
            ("none/a.csv", BadName::NoFolder),
            ("none/../a.csv", BadName::NoFolder),
            ("folder.csv", BadName::NotAFile),
            ("logbook/a.csv", BadName::InLogbook),
            ("logbook/inside/a.csv", BadName::InLogbook),
            ("folder.csv/../logbook/a.csv", BadName::InLogbook),
        ];
        assert!(names.len() >= 60, "{}", names.len());
        for (name, why) in names {
            let path = if name.is_empty() {
                PathBuf::new()
            } else {
                PathBuf::from(format!("{}/{name}", home.path().display()))
            };
            let refused = check(&path, "csv", OTHERS, &logbook);
            assert_eq!(refused, Err(*why), "{name:?}");
        }
        assert_eq!(fs::read_dir(home.path()).expect("is there").count(), 2);
    }

    #[test]
    fn what_leads_into_the_logbook_is_seen_before_it_is_made() {
        let home = tempfile::tempdir().expect("a folder");
        let logbook = home.path().join("logbook");
        fs::create_dir(&logbook).expect("is made");
        for inside in ["logbook", "logbook/a", "logbook/a/b", "none/../logbook/a"] {
            let path = home.path().join(inside);
            let wanted = !inside.starts_with("none");
            assert_eq!(is_within(&path, &logbook), wanted, "{inside}");
        }
        for outside in ["", "a", "logbook2", "logbook/.."] {
            assert!(
                !is_within(&home.path().join(outside), &logbook),
                "{outside}"
            );
        }
    }

    #[test]
    fn other_names_are_taken() {
        let home = tempfile::tempdir().expect("a folder");
        fs::write(home.path().join("cũ.csv"), "old").expect("is written");
        for name in [
            "a.csv",
            "cũ.csv",
            "a",
            ".a.csv",
            "Chuyến tháng 11 (bản 2).csv",
            "a.b.csv",
            "a.CSV",
            "a.txt",
            "2026.11",
            "comet.csv",
            "console.csv",
            "-a.csv",
            "'a'.csv",
            "=1.csv",
            "con-trai.csv",
        ] {
            let path = home.path().join(name);
            let taken = check(&path, "csv", OTHERS, &home.path().join("logbook"));
            assert_eq!(taken.map(|(_, name)| name), Ok(name.to_owned()));
        }
    }
}
