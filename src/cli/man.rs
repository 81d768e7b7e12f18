//! `man`: a manual page for the program and one for each command, from the same words as the help.

use std::fs;
use std::io;
use std::path::Path;

use clap_mangen::Man;

use super::args;
use super::desk::Desk;
use super::stop::{Exit, Stop};
use crate::i18n::messages::export;

/// Writes the pages into a folder, which is made where it is not there.
pub fn run(desk: &Desk, folder: &Path) -> Result<Exit, Stop> {
    let count = write(desk, folder).map_err(|(path, error)| {
        Stop::refused(export::failed(
            path.display().to_string(),
            error.to_string(),
        ))
    })?;
    desk.say(&export::pages_done(count, folder.display().to_string()));
    Ok(Exit::Done)
}

fn write(desk: &Desk, folder: &Path) -> Result<usize, (std::path::PathBuf, io::Error)> {
    fs::create_dir_all(folder).map_err(|error| (folder.to_owned(), error))?;
    let mut command = args::command(&desk.speech);
    command.build();
    let mut pages = vec![("bacung".to_owned(), command.clone())];
    for sub in command.get_subcommands() {
        pages.push((format!("bacung-{}", sub.get_name()), sub.clone()));
    }
    let count = pages.len();
    for (name, command) in pages {
        let path = folder.join(format!("{name}.1"));
        let page = Man::new(command.name(name.clone()).display_name(name)).section("1");
        let mut bytes = Vec::new();
        let rendered = page.render(&mut bytes);
        let written = rendered.and_then(|()| fs::write(&path, &bytes));
        written.map_err(|error| (path, error))?;
    }
    Ok(count)
}
