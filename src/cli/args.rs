//! The command line as data, its help in the user's language.
//!
//! Owns names and forms of arguments. Never acts on them.

mod citizen;
mod closed;
mod deadline;
mod exchange;
mod export;
mod import;
mod refused;
mod report;
mod tally;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command};
use clap_complete::Shell;
use closed::{listing, role, state, words};

pub use citizen::{Confirmed, Contents, Deed as CitizenDeed, Requested, Whose};
pub use exchange::{Books, Compared, Joining, Reviewing, Rostering};
pub use export::Wish;
pub use import::{Source, Writing};
pub use report::Reported;
pub use tally::{Behind, Tallied};

use super::amend::Names;
use crate::domain::{Day, Listing, Period, Role};
use crate::i18n::messages::{cli, keep, privacy};
use crate::i18n::{Catalog, Language, Text};
use crate::law::deadline::Facts;

/// What holds for every command.
#[derive(Debug, PartialEq, Eq)]
pub struct Common {
    pub logbook: Option<PathBuf>,
    pub passphrase_file: Option<PathBuf>,
    pub language: Option<Language>,
    pub as_of: Option<Day>,
}

/// How a result is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Words,
    Json,
}

/// Whether citizens' particulars are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Showing {
    Masked,
    Revealed,
}

/// What `check` does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checking {
    Look,
    Rebuild,
}

/// Which rows `list` writes.
#[derive(Debug, PartialEq, Eq)]
pub struct Wanted {
    pub listing: Listing,
    pub find: String,
    pub from: Option<Day>,
    pub to: Option<Day>,
    pub place: Option<String>,
    /// A word of the list's states.
    pub state: Option<String>,
    pub limit: usize,
    pub form: Form,
}

/// A command with its arguments.
#[derive(Debug, PartialEq, Eq)]
pub enum Run {
    Open,
    New {
        name: String,
        post: String,
        unit: String,
        role: Role,
    },
    List(Wanted),
    Show {
        code: String,
        form: Form,
        showing: Showing,
    },
    Send {
        code: String,
    },
    Amend {
        code: String,
        fields: Vec<String>,
        names: Names,
    },
    Withdraw {
        code: String,
        reason: String,
    },
    Check {
        checking: Checking,
        form: Form,
    },
    Due(Form),
    Demo {
        visits: u64,
        seed: u64,
        to: Option<PathBuf>,
    },
    Deadline {
        facts: Facts,
        form: Form,
    },
    Import(Source),
    Backup {
        target: PathBuf,
    },
    Restore {
        file: PathBuf,
        to: PathBuf,
    },
    Compact,
    Passphrase,
    Recover,
    Completions(Shell),
    Export(Wish),
    Man(PathBuf),
    Join(Joining),
    Sync {
        target: String,
        form: Form,
    },
    Roster(Rostering),
    Review(Reviewing),
    EraseLogbook(String, Compared),
    Tally(Tallied),
    Citizen(Requested),
    Report(Reported),
    Seal {
        code: String,
        number: String,
        file: Option<PathBuf>,
    },
    Close(Period),
}

/// Why there is nothing to run.
#[derive(Debug)]
pub enum NotRun {
    /// Help or the version was asked for.
    Print(String),
    /// The arguments make no command.
    Usage(Text),
}

/// Rows of `list` where no limit is given.
const ROWS: usize = 100;

/// Reads the arguments, the program's name first.
pub fn read(args: Vec<OsString>, speech: &Catalog) -> Result<(Common, Run), NotRun> {
    let matches = command(speech)
        .try_get_matches_from(args)
        .map_err(|error| refused::why(&error, speech))?;
    let common = Common {
        logbook: matches.get_one("logbook").cloned(),
        passphrase_file: matches.get_one("passphrase-file").cloned(),
        language: matches.get_one("lang").copied(),
        as_of: matches.get_one("as-of").copied(),
    };
    let run = match matches.subcommand() {
        None => Run::Open,
        Some((name, found)) => run(name, found),
    };
    Ok((common, run))
}

fn run(name: &str, found: &ArgMatches) -> Run {
    let code = || text(found, "code");
    match name {
        "new" => match exchange::joining(found) {
            Some(joining) => Run::Join(joining),
            None => Run::New {
                name: text(found, "name"),
                post: text(found, "post"),
                unit: text(found, "unit"),
                role: one(found, "role").unwrap_or(Role::Officer),
            },
        },
        "sync" => exchange::sync(found),
        "roster" => exchange::roster(found),
        "review" => exchange::review(found),
        "citizen" => citizen::run(found),
        "seal" => citizen::seal(found),
        "list" => Run::List(wanted(found)),
        "show" => Run::Show {
            code: code(),
            form: form(found),
            showing: flag(found, "reveal", Showing::Masked, Showing::Revealed),
        },
        "send" => Run::Send { code: code() },
        "amend" => Run::Amend {
            code: code(),
            fields: found
                .get_many("field")
                .map_or_else(Vec::new, |fields| fields.cloned().collect()),
            names: flag(found, "yes", Names::Asked, Names::Kept),
        },
        "withdraw" => Run::Withdraw {
            code: code(),
            reason: text(found, "reason"),
        },
        "check" => Run::Check {
            checking: flag(found, "rebuild", Checking::Look, Checking::Rebuild),
            form: form(found),
        },
        "due" => Run::Due(form(found)),
        "demo" => Run::Demo {
            visits: one(found, "visits").unwrap_or(200),
            seed: one(found, "seed").unwrap_or(1),
            to: one(found, "to"),
        },
        "deadline" => deadline::run(found),
        "backup" => Run::Backup {
            target: one(found, "target").unwrap_or_default(),
        },
        "restore" => Run::Restore {
            file: one(found, "backup").unwrap_or_default(),
            to: one(found, "to").unwrap_or_default(),
        },
        "compact" => Run::Compact,
        "erase-logbook" => exchange::erasing(found),
        "import" => Run::Import(import::read(found)),
        "passphrase" => Run::Passphrase,
        "recover" => Run::Recover,
        "completions" => Run::Completions(one(found, "shell").unwrap_or(Shell::Bash)),
        "export" => Run::Export(export::wish(found)),
        "tally" => Run::Tally(tally::tallied(found)),
        "report" => Run::Report(report::reported(found)),
        "close" => Run::Close(tally::period_of(found)),
        "man" => Run::Man(one(found, "dir").unwrap_or_default()),
        other => unreachable!("a command without its arm: {other}"),
    }
}

fn wanted(found: &ArgMatches) -> Wanted {
    Wanted {
        listing: one(found, "what").unwrap_or(Listing::Visits),
        find: text(found, "find"),
        from: one(found, "from"),
        to: one(found, "to"),
        place: one(found, "place"),
        state: one(found, "state"),
        limit: one(found, "limit").unwrap_or(ROWS),
        form: form(found),
    }
}

fn one<T: Clone + Send + Sync + 'static>(found: &ArgMatches, id: &str) -> Option<T> {
    found.get_one::<T>(id).cloned()
}

fn text(found: &ArgMatches, id: &str) -> String {
    one(found, id).unwrap_or_default()
}

fn flag<T>(found: &ArgMatches, id: &str, off: T, on: T) -> T {
    if found.get_flag(id) { on } else { off }
}

fn form(found: &ArgMatches) -> Form {
    flag(found, "json", Form::Words, Form::Json)
}

/// Builds the command line with its help.
pub fn command(speech: &Catalog) -> Command {
    let say = |text: Text| speech.text(&text);
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .help(say(cli::arg_version()));
    let all = Command::new("bacung")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say(cli::about()))
        .disable_version_flag(true)
        .arg(version)
        .args(common(&say));
    let mut all = dressed(all, &say);
    for mut sub in subcommands(&say) {
        let kinds: Vec<Command> = sub.get_subcommands().cloned().collect();
        for kind in kinds {
            let name = kind.get_name().to_owned();
            sub = sub.mut_subcommand(name, |_| dressed(kind, &say));
        }
        all = all.subcommand(dressed(sub, &say));
    }
    all
}

/// Gives a command the help of this program, which clap would say in English.
fn dressed(command: Command, say: &impl Fn(Text) -> String) -> Command {
    let template = format!(
        "{{about}}\n\n{} {{usage}}\n\n{{all-args}}",
        say(cli::head_usage())
    );
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help(say(cli::arg_help()));
    command
        .help_template(template)
        .subcommand_help_heading(say(cli::head_commands()))
        .subcommand_value_name(say(cli::word_command()))
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(help)
        .mut_args(|arg| {
            let heading = match arg.is_positional() {
                true => cli::head_arguments(),
                false => cli::head_options(),
            };
            arg.help_heading(say(heading))
        })
}

fn common(say: &impl Fn(Text) -> String) -> [Arg; 4] {
    let folder = Arg::new("logbook").long("logbook").value_name("DIR");
    let file = Arg::new("passphrase-file").long("passphrase-file");
    [
        folder
            .env("BACUNG_LOGBOOK")
            .value_parser(clap::value_parser!(PathBuf))
            .help(say(cli::arg_logbook())),
        file.env("BACUNG_PASSPHRASE_FILE")
            .value_name("FILE")
            .value_parser(clap::value_parser!(PathBuf))
            .help(say(cli::arg_passphrase_file())),
        Arg::new("lang")
            .long("lang")
            .env("BACUNG_LANG")
            .value_name("LANG")
            .value_parser(|text: &str| text.parse::<Language>().map_err(|_| "vi, en"))
            .help(say(cli::arg_lang())),
        day("as-of", say(cli::arg_as_of())),
    ]
    // What holds for every command comes after what is the command's own.
    .map(|arg| arg.global(true).hide_env(true).display_order(900))
}

fn subcommands(say: &impl Fn(Text) -> String) -> Vec<Command> {
    let sub = |name: &'static str, about: Text| Command::new(name).about(say(about));
    let needed = |id: &'static str, help: Text| value(id, say(help)).required(true);
    let code = || {
        Arg::new("code")
            .value_name("CODE")
            .required(true)
            .help(say(cli::arg_code()))
    };
    let json = || switch("json", say(cli::arg_json()));
    vec![
        sub("new", cli::about_new())
            .arg(needed("name", cli::arg_name()))
            .arg(value("unit", say(cli::arg_unit())).required_unless_present("join"))
            .arg(
                value("role", say(cli::arg_role()))
                    .required_unless_present("join")
                    .value_parser(role()),
            )
            .arg(value("post", say(cli::arg_post())))
            .args(exchange::join_args(say)),
        sub("import", cli::about_import())
            .args(import::args(say))
            .arg(json()),
        sub("list", cli::about_list()).args(list(say)).arg(json()),
        sub("show", cli::about_show())
            .arg(code())
            .arg(json())
            .arg(switch("reveal", say(cli::arg_reveal()))),
        sub("send", cli::about_send()).arg(code()),
        sub("amend", cli::about_amend())
            .arg(code())
            .arg(
                Arg::new("field")
                    .value_name("FIELD=VALUE")
                    .num_args(1..)
                    .required(true)
                    .help(say(cli::arg_fields())),
            )
            .arg(switch("yes", say(privacy::arg_keep_names()))),
        sub("withdraw", cli::about_withdraw())
            .arg(code())
            .arg(needed("reason", cli::arg_reason())),
        sub("check", cli::about_check())
            .arg(switch("rebuild", say(cli::arg_rebuild())))
            .arg(json()),
        sub("due", cli::about_due()).arg(json()),
        sub("demo", cli::about_demo())
            .arg(number("visits", say(cli::arg_visits())))
            .arg(number("seed", say(cli::arg_seed())))
            .arg(value("to", say(cli::arg_to_dir())).value_parser(clap::value_parser!(PathBuf))),
        deadline::command(say),
        sub("backup", keep::about_backup()).arg(path("target", "FILE", say(keep::arg_target()))),
        sub("restore", keep::about_restore())
            .arg(path("backup", "FILE", say(keep::arg_backup())))
            .arg(
                needed("to", keep::arg_to())
                    .value_name("DIR")
                    .value_parser(clap::value_parser!(PathBuf)),
            ),
        sub("compact", keep::about_compact()),
        sub("passphrase", cli::about_passphrase()),
        sub("recover", cli::about_recover()),
        sub("completions", cli::about_completions()).arg(
            Arg::new("shell")
                .value_name("SHELL")
                .required(true)
                .hide_possible_values(true)
                .value_parser(clap::value_parser!(Shell))
                .help(say(cli::arg_shell())),
        ),
        tally::command(say),
        report::command(say),
        report::close(say),
        export::command(say),
        export::man(say),
        citizen::command(say),
        citizen::seal_command(say),
    ]
    .into_iter()
    .chain(exchange::commands(say))
    .collect()
}

/// A file that a command needs.
fn path(id: &'static str, name: &'static str, help: String) -> Arg {
    Arg::new(id)
        .value_name(name)
        .required(true)
        .value_parser(clap::value_parser!(PathBuf))
        .help(help)
}

fn list(say: &impl Fn(Text) -> String) -> Vec<Arg> {
    vec![
        Arg::new("what")
            .value_name("LIST")
            .required(true)
            .hide_possible_values(true)
            .value_parser(listing())
            .help(say(cli::arg_what())),
        value("find", say(cli::arg_find())),
        day("from", say(cli::arg_from())),
        day("to", say(cli::arg_to())),
        value("place", say(cli::arg_place())),
        value("state", say(cli::arg_state())).value_parser(state()),
        value("limit", say(cli::arg_limit())).value_parser(whole::<usize>),
    ]
}

fn value(id: &'static str, help: String) -> Arg {
    Arg::new(id)
        .long(id)
        .value_name(id.to_ascii_uppercase())
        .hide_possible_values(true)
        .help(help)
}

fn switch(id: &'static str, help: String) -> Arg {
    Arg::new(id).long(id).action(ArgAction::SetTrue).help(help)
}

fn number(id: &'static str, help: String) -> Arg {
    value(id, help).value_parser(whole::<u64>)
}

/// Reads a whole number.
fn whole<T: std::str::FromStr>(text: &str) -> Result<T, &'static str> {
    text.parse().map_err(|_| "0, 1, 2…")
}

fn day(id: &'static str, help: String) -> Arg {
    let read = |text: &str| super::day::read(text).ok_or("yyyy-mm-dd, dd/mm/yyyy");
    Arg::new(id)
        .long(id)
        .value_name("DATE")
        .value_parser(read)
        .help(help)
}

#[cfg(test)]
mod tests;
