//! `man`: a manual page for the program and one for each command, from the same words as the help.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap_mangen::Man;

use super::args;
use super::desk::Desk;
use super::stop::{Exit, Stop};
use crate::app::system_text;
use crate::i18n::Catalog;
use crate::i18n::messages::{cli, export};
use crate::runtime::outname;

/// Why there are no pages: a file or folder and what the system said of it.
type Failed = (PathBuf, io::Error);

/// Writes the pages into a folder, which is made where it is not there: all of them or none.
pub fn run(desk: &Desk, folder: &Path) -> Result<Exit, Stop> {
    if outname::is_within(folder, desk.folder.path()) {
        let folder = folder.display().to_string();
        return Err(Stop::refused(export::name_logbook(folder)));
    }
    let made = !folder.exists();
    let pages = pages(&desk.speech)
        .map_err(|error| (folder.to_owned(), error))
        .and_then(|pages| write(folder, &pages).map(|()| pages.len()));
    let count = pages.map_err(|(path, error)| {
        if made {
            // Only where nothing else came into it meanwhile.
            let _ = fs::remove_dir(folder);
        }
        let path = path.display().to_string();
        Stop::refused(export::failed(path, system_text(&error)))
    })?;
    desk.say(&export::pages_done(count, folder.display().to_string()));
    Ok(Exit::Done)
}

/// Makes the pages: names and contents.
fn pages(speech: &Catalog) -> io::Result<Vec<(String, String)>> {
    let mut command = args::command(speech);
    command.build();
    let mut commands = vec![("bacung".to_owned(), command.clone())];
    for sub in command.get_subcommands() {
        commands.push((format!("bacung-{}", sub.get_name()), sub.clone()));
    }
    let page = |(name, command): (String, clap::Command)| {
        let page = Man::new(command.name(name.clone()).display_name(name.clone())).section("1");
        let mut bytes = Vec::new();
        page.render(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes);
        Ok((format!("{name}.1"), headed(&text, speech)))
    };
    commands.into_iter().map(page).collect()
}

/// Puts the headings that the renderer knows in English only into the chosen language.
fn headed(page: &str, speech: &Catalog) -> String {
    let heading = |line: &str| {
        let text = match line {
            ".SH NAME" => cli::man_name(),
            ".SH SYNOPSIS" => cli::man_synopsis(),
            ".SH DESCRIPTION" => cli::man_description(),
            ".SH VERSION" => cli::man_version(),
            _ => return line.to_owned(),
        };
        format!(".SH {}", speech.text(&text))
    };
    let lines: Vec<String> = page.lines().map(heading).collect();
    lines.join("\n") + "\n"
}

/// Writes all pages beside their names, and only then gives them those.
fn write(folder: &Path, pages: &[(String, String)]) -> Result<(), Failed> {
    fs::create_dir_all(folder).map_err(|error| (folder.to_owned(), error))?;
    let part = |name: &str| folder.join(format!(".{name}.part"));
    let written = pages.iter().try_for_each(|(name, page)| {
        let target = folder.join(name);
        if target.is_dir() {
            return Err((target, io::ErrorKind::IsADirectory.into()));
        }
        let path = part(name);
        fs::write(&path, page).map_err(|error| (path, error))
    });
    let named = written.and_then(|()| {
        pages.iter().try_for_each(|(name, _)| {
            let path = folder.join(name);
            fs::rename(part(name), &path).map_err(|error| (path, error))
        })
    });
    if named.is_err() {
        for (name, _) in pages {
            // What has its name already is a whole page.
            let _ = fs::remove_file(part(name));
        }
    }
    named
}
