//! The subcommands, headless: the result to stdout, everything else to stderr.
//!
//! Names, JSON keys and exit codes are a contract. Never draws a screen.

mod amend;
pub mod args;
mod check;
mod citizen;
mod close;
mod confirm;
mod day;
mod deadline;
mod demo;
mod desk;
mod due;
mod erase_logbook;
mod exchange;
mod export;
mod fields;
mod import;
mod keep;
mod keys;
mod list;
mod man;
mod open;
mod pairs;
mod plain;
mod report;
mod review;
mod roster;
mod seal;
mod secret;
mod show;
mod show_row;
mod steps;
mod stop;
mod tally;
mod words;

use std::ffi::OsString;

use args::{Common, NotRun, Run};
use desk::{Desk, put, tell};
use stop::{Exit, Stop};

use crate::config::settings::Layer;
use crate::domain::Profile;
use crate::i18n::messages::errors;
use crate::i18n::{Catalog, Language};
use crate::runtime::{ConfigPaths, panics, settings};

/// Runs the program with its arguments, its own name first, and returns the exit code.
pub fn main(args: Vec<OsString>) -> u8 {
    let paths = ConfigPaths::of_machine();
    let speech = Catalog::new(language(&args, &paths));
    panics::say_only(speech.text(&errors::panicked()));
    match args::read(args, &speech) {
        Err(NotRun::Print(text)) => {
            put(text.trim_end());
            Exit::Done.code()
        }
        Err(NotRun::Usage(text)) => stopped(&Stop::usage(text), &speech),
        Ok((common, run)) => {
            let language = speech.language();
            match Desk::new(&common, paths, speech).and_then(|desk| act(desk, &common, run)) {
                Ok(exit) => exit.code(),
                Err(stop) => stopped(&stop, &Catalog::new(language)),
            }
        }
    }
}

fn stopped(stop: &Stop, speech: &Catalog) -> u8 {
    for text in &stop.texts {
        tell(&speech.text(text));
    }
    for line in &stop.lines {
        tell(line);
    }
    stop.code
}

/// Finds the language before the arguments are read, since their help is in it. What is no language
/// is refused when they are.
fn language(args: &[OsString], paths: &ConfigPaths) -> Language {
    let args: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let behind = args.windows(2).find_map(|pair| match pair {
        ["--lang", code] => Some(*code),
        _ => None,
    });
    let joined = args.iter().find_map(|arg| arg.strip_prefix("--lang="));
    let told = std::env::var("BACUNG_LANG").ok();
    let code = behind.or(joined).or(told.as_deref());
    code.and_then(|code| code.parse().ok()).unwrap_or_else(|| {
        // A settings file that is refused is said by the command that needs it.
        let read = settings::read(paths, Layer::default());
        read.map_or(Language::default(), |settings| settings.language.into())
    })
}

fn act(desk: Desk, common: &Common, run: Run) -> Result<Exit, Stop> {
    match run {
        Run::Open => open::screen(&desk, common, Vec::new()),
        Run::New {
            name,
            post,
            unit,
            role,
        } => keys::new(
            &desk,
            Profile {
                name,
                post,
                unit,
                role,
            },
        ),
        Run::List(wanted) => list::run(&desk, wanted),
        Run::Show {
            code,
            form,
            showing,
        } => show::run(&desk, &code, form, showing),
        Run::Send { code } => steps::send(&desk, &code),
        Run::Amend {
            code,
            fields,
            names,
        } => amend::run(&desk, &code, &fields, names),
        Run::Withdraw { code, reason } => steps::withdraw(&desk, &code, &reason),
        Run::Check { checking, form } => check::run(&desk, checking, form),
        Run::Tally(asked) => tally::run(&desk, &asked),
        Run::Report(asked) => report::run(&desk, asked),
        Run::Close(period) => close::run(&desk, period),
        Run::Due(form) => due::run(&desk, form),
        Run::Demo { visits, seed, to } => demo::run(desk, common, (visits, seed), to),
        Run::Deadline { facts, form } => deadline::run(&desk, &facts, form),
        Run::Export(wish) => export::run(&desk, wish),
        Run::Man(folder) => man::run(&desk, &folder),
        Run::Import(source) => import::run(&desk, source),
        Run::Backup { target } => keep::back_up(&desk, &target),
        Run::Restore { file, to } => keep::put_back(&desk, &file, &to),
        Run::Seal { code, number, file } => seal::run(&desk, &code, &number, file.as_deref()),
        Run::Citizen(asked) => citizen::run(&desk, &asked),
        Run::Compact => keep::compact(&desk),
        Run::Join(joining) => roster::join(&desk, joining),
        Run::Sync { target, form } => exchange::sync(&desk, &target, form),
        Run::Roster(what) => roster::run(&desk, what),
        Run::EraseLogbook(unit, compared) => erase_logbook::run(&desk, &unit, compared),
        Run::Review(what) => review::run(&desk, what),
        Run::Passphrase => keys::passphrase(&desk),
        Run::Recover => keys::recover(&desk),
        Run::Completions(shell) => {
            let mut command = args::command(&desk.speech);
            // The generator panics where it cannot write.
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut command, "bacung", &mut script);
            put(String::from_utf8_lossy(&script).trim_end());
            Ok(Exit::Done)
        }
    }
}
