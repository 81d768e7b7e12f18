//! The arguments of `citizen`. Whom it is about is never one of them: names in arguments are seen by every program of
//! the machine and kept by the shell.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command};

use super::{Form, Run, day, flag, form, one, switch, text, value};
use crate::domain::Day;
use crate::i18n::Text;
use crate::i18n::messages::{cli, privacy};

/// What is done with a citizen's data.
#[derive(Debug, PartialEq, Eq)]
pub enum Deed {
    Find {
        contents: Contents,
        form: Form,
    },
    Export {
        path: PathBuf,
    },
    /// Puts other particulars in the place of those of one record.
    Correct {
        code: String,
    },
    Erase {
        whose: Whose,
        confirmed: Confirmed,
    },
    /// Lists what may be erased, since it was handed over long enough ago.
    Offered(Form),
    Log(Form),
}

/// Whether what is found is shown, or only where it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contents {
    Hidden,
    Shown,
}

/// Whose data are erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those of the citizen who is asked for.
    Citizens,
    /// Those that are offered for erasure.
    Offered,
}

/// Whether a person agreed already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    Ask,
    Yes,
}

/// A request of a citizen.
#[derive(Debug, PartialEq, Eq)]
pub struct Requested {
    pub deed: Deed,
    /// Where name and village are read from; asked for where there is none.
    pub ask_file: Option<PathBuf>,
    pub paper: String,
    pub received: Option<Day>,
}

pub(super) fn run(found: &ArgMatches) -> Run {
    let (deed, of) = match found.subcommand() {
        Some(("export", found)) => {
            let path = one(found, "output").unwrap_or_default();
            (Deed::Export { path }, found)
        }
        Some(("correct", found)) => {
            let code = text(found, "code");
            (Deed::Correct { code }, found)
        }
        Some(("erase", found)) => {
            let whose = flag(found, "offered", Whose::Citizens, Whose::Offered);
            let confirmed = flag(found, "yes", Confirmed::Ask, Confirmed::Yes);
            (Deed::Erase { whose, confirmed }, found)
        }
        Some(("offered", found)) => return bare(Deed::Offered(form(found))),
        Some(("log", found)) => return bare(Deed::Log(form(found))),
        Some((_, found)) => {
            let contents = flag(found, "show", Contents::Hidden, Contents::Shown);
            let form = form(found);
            (Deed::Find { contents, form }, found)
        }
        None => return bare(Deed::Log(Form::Words)),
    };
    Run::Citizen(Requested {
        deed,
        ask_file: one(of, "ask-file"),
        paper: text(of, "paper"),
        received: one(of, "received"),
    })
}

fn bare(deed: Deed) -> Run {
    Run::Citizen(Requested {
        deed,
        ask_file: None,
        paper: String::new(),
        received: None,
    })
}

pub(super) fn command(say: &impl Fn(Text) -> String) -> Command {
    let sub = |name: &'static str, about: Text| Command::new(name).about(say(about));
    let json = || switch("json", say(cli::arg_json()));
    let asked = |command: Command| {
        command
            .arg(
                value("ask-file", say(privacy::arg_ask_file()))
                    .value_name("FILE")
                    .value_parser(clap::value_parser!(PathBuf)),
            )
            .arg(value("paper", say(privacy::arg_paper())).value_name("TEXT"))
            .arg(day("received", say(privacy::arg_received())))
    };
    let find = sub("find", privacy::about_find())
        .arg(switch("show", say(privacy::arg_show())))
        .arg(json());
    let export = sub("export", privacy::about_export()).arg(
        value("output", say(privacy::arg_output()))
            .short('o')
            .value_name("FILE")
            .required(true)
            .value_parser(clap::value_parser!(PathBuf)),
    );
    let correct = sub("correct", privacy::about_correct()).arg(
        Arg::new("code")
            .value_name("CODE")
            .required(true)
            .help(say(cli::arg_code())),
    );
    let erase = sub("erase", privacy::about_erase())
        .arg(switch("offered", say(privacy::arg_offered())))
        .arg(switch("yes", say(privacy::arg_erase_yes())));
    sub("citizen", privacy::about_citizen())
        .subcommand_required(true)
        .subcommand(asked(find))
        .subcommand(asked(export))
        .subcommand(asked(correct))
        .subcommand(asked(erase))
        .subcommand(sub("offered", privacy::about_offered()).arg(json()))
        .subcommand(sub("log", privacy::about_log()).arg(json()))
}

pub(super) fn seal(found: &ArgMatches) -> Run {
    Run::Seal {
        code: text(found, "code"),
        number: text(found, "number"),
        file: one(found, "ask-file"),
    }
}

pub(super) fn seal_command(say: &impl Fn(Text) -> String) -> Command {
    Command::new("seal")
        .about(say(privacy::about_seal()))
        .arg(
            Arg::new("code")
                .value_name("CODE")
                .required(true)
                .help(say(privacy::arg_seal_code())),
        )
        .arg(value("number", say(privacy::arg_seal_number())).value_name("NO"))
        .arg(
            value("ask-file", say(privacy::arg_seal_file()))
                .value_name("FILE")
                .value_parser(clap::value_parser!(PathBuf)),
        )
}
