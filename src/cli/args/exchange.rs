//! Arguments of `sync`, `roster`, `review` and of joining.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command};

use super::{Form, Run, day, flag, form, one, role, switch, text, value};
use crate::domain::{Day, Role, Say};
use crate::i18n::Text;
use crate::i18n::messages::{cli, erase, exchange as messages, joined, review};

/// What is done with the roster.
#[derive(Debug, PartialEq, Eq)]
pub enum Rostering {
    Show(Form),
    Invite {
        role: Role,
        cell: String,
        path: PathBuf,
    },
    Admit {
        request: PathBuf,
        compared: Compared,
    },
    Revoke {
        device: String,
    },
    /// Another device keeps the roster too.
    Keeper {
        device: String,
    },
}

/// Whether the words were compared before the command was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// It is asked.
    Ask,
    Yes,
}

/// Whose visits a queue holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Books {
    /// Those of the one logbook.
    One,
    /// Those of the joined ones too.
    All,
}

/// What a reviewer does.
#[derive(Debug, PartialEq, Eq)]
pub enum Reviewing {
    List {
        form: Form,
        books: Books,
    },
    /// Another unit's logbook stands in the one queue.
    Join(PathBuf),
    Part(PathBuf),
    Show {
        code: String,
        form: Form,
    },
    /// Exactly the revision that was shown.
    Confirm {
        code: String,
        /// The first digits of the revision; empty where it is not named.
        revision: String,
        compared: Compared,
    },
    Say {
        code: String,
        say: Say,
        text: String,
    },
    /// The cell confirmed on paper.
    Paper {
        code: String,
        number: String,
        on: Day,
    },
}

/// A device that wants to come in.
#[derive(Debug, PartialEq, Eq)]
pub struct Joining {
    pub invite: PathBuf,
    pub name: String,
    pub post: String,
    pub unit: String,
    pub request: PathBuf,
}

/// Reads `new --join`; `None` where a logbook of one's own is wanted.
pub(super) fn joining(found: &ArgMatches) -> Option<Joining> {
    Some(Joining {
        invite: one(found, "join")?,
        name: text(found, "name"),
        post: text(found, "post"),
        unit: text(found, "unit"),
        request: one(found, "output")?,
    })
}

/// Arguments of `new` that join.
pub(super) fn join_args(say: &impl Fn(Text) -> String) -> [Arg; 2] {
    [
        value("join", say(messages::arg_join()))
            .value_name("INVITE")
            .requires("output")
            .value_parser(clap::value_parser!(PathBuf)),
        output(say(messages::arg_request_out())).requires("join"),
    ]
}

pub(super) fn sync(found: &ArgMatches) -> Run {
    Run::Sync {
        target: text(found, "target"),
        form: form(found),
    }
}

pub(super) fn roster(found: &ArgMatches) -> Run {
    Run::Roster(match found.subcommand() {
        Some(("invite", found)) => Rostering::Invite {
            role: one(found, "role").unwrap_or(Role::Officer),
            cell: text(found, "cell"),
            path: one(found, "output").unwrap_or_default(),
        },
        Some(("admit", found)) => Rostering::Admit {
            request: one(found, "request").unwrap_or_default(),
            compared: flag(found, "yes", Compared::Ask, Compared::Yes),
        },
        Some(("keeper", found)) => Rostering::Keeper {
            device: text(found, "device"),
        },
        Some(("revoke", found)) => Rostering::Revoke {
            device: text(found, "device"),
        },
        Some((_, found)) => Rostering::Show(form(found)),
        None => Rostering::Show(Form::Words),
    })
}

pub(super) fn erasing(found: &ArgMatches) -> Run {
    let compared = flag(found, "yes", Compared::Ask, Compared::Yes);
    Run::EraseLogbook(text(found, "name"), compared)
}

pub(super) fn review(found: &ArgMatches) -> Run {
    let say = |found: &ArgMatches, say, words: &str| Reviewing::Say {
        code: text(found, "code"),
        say,
        text: text(found, words),
    };
    Run::Review(match found.subcommand() {
        Some(("show", found)) => Reviewing::Show {
            code: text(found, "code"),
            form: form(found),
        },
        Some(("confirm", found)) => Reviewing::Confirm {
            code: text(found, "code"),
            revision: text(found, "revision"),
            compared: flag(found, "yes", Compared::Ask, Compared::Yes),
        },
        Some(("return", found)) => say(found, Say::Return, "reason"),
        Some(("paper", found)) => Reviewing::Paper {
            code: text(found, "code"),
            number: text(found, "number"),
            on: one(found, "on").unwrap_or_default(),
        },
        Some(("ask", found)) => say(found, Say::Ask, "text"),
        Some(("conclude", found)) => say(found, Say::Conclude, "text"),
        Some(("join", found)) => Reviewing::Join(one(found, "folder").unwrap_or_default()),
        Some(("part", found)) => Reviewing::Part(one(found, "folder").unwrap_or_default()),
        Some((_, found)) => Reviewing::List {
            form: form(found),
            books: flag(found, "all", Books::One, Books::All),
        },
        None => Reviewing::List {
            form: Form::Words,
            books: Books::One,
        },
    })
}

fn output(help: String) -> Arg {
    value("output", help)
        .short('o')
        .value_name("FILE")
        .value_parser(clap::value_parser!(PathBuf))
}

/// Builds the commands.
pub(super) fn commands(say: &impl Fn(Text) -> String) -> [Command; 4] {
    let sub = |name: &'static str, about: Text| Command::new(name).about(say(about));
    let json = || switch("json", say(cli::arg_json()));
    let word = |id: &'static str, name: &'static str, help: Text| {
        Arg::new(id).value_name(name).required(true).help(say(help))
    };
    let folder = || {
        word("folder", "FOLDER", joined::arg_folder()).value_parser(clap::value_parser!(PathBuf))
    };
    let code = || word("code", "CODE", cli::arg_code());
    let invite = sub("invite", messages::about_roster_invite())
        .arg(
            value("role", say(cli::arg_role()))
                .required(true)
                .value_parser(role()),
        )
        .arg(value("cell", say(messages::arg_cell())).value_name("NAME"))
        .arg(output(say(messages::arg_invite_out())).required(true));
    let admit = sub("admit", messages::about_roster_admit())
        .arg(
            word("request", "REQUEST", messages::arg_request())
                .value_parser(clap::value_parser!(PathBuf)),
        )
        .arg(switch("yes", say(messages::arg_yes())));
    let revoke = sub("revoke", messages::about_roster_revoke()).arg(word(
        "device",
        "DEVICE",
        messages::arg_device(),
    ));
    let keeper =
        sub("keeper", review::about_keeper()).arg(word("device", "DEVICE", messages::arg_device()));
    let given_back = sub("return", messages::about_review_return())
        .arg(code())
        .arg(value("reason", say(cli::arg_reason())).required(true));
    let on_paper = sub("paper", review::about_paper())
        .arg(code())
        .arg(value("number", say(review::arg_number())).required(true))
        .arg(day("on", say(review::arg_on())).required(true));
    let ask = sub("ask", messages::about_review_ask())
        .arg(code())
        .arg(word("text", "TEXT", messages::arg_text()));
    let conclude = sub("conclude", review::about_conclude())
        .arg(code())
        .arg(word("text", "TEXT", messages::arg_text()));
    [
        sub("sync", messages::about_sync())
            .arg(word("target", "TARGET", messages::arg_target()))
            .arg(json()),
        sub("roster", messages::about_roster())
            .subcommand_required(true)
            .subcommand(sub("show", messages::about_roster_show()).arg(json()))
            .subcommand(invite)
            .subcommand(admit)
            .subcommand(revoke)
            .subcommand(keeper),
        sub("review", messages::about_review())
            .subcommand_required(true)
            .subcommand(
                sub("list", messages::about_review_list())
                    .arg(json())
                    .arg(switch("all", say(joined::arg_all()))),
            )
            .subcommand(sub("join", joined::about_join()).arg(folder()))
            .subcommand(sub("part", joined::about_part()).arg(folder()))
            .subcommand(
                sub("show", messages::about_review_show())
                    .arg(code())
                    .arg(json()),
            )
            .subcommand(
                sub("confirm", messages::about_review_confirm())
                    .arg(code())
                    .arg(value("revision", say(review::arg_revision())).value_name("HASH"))
                    .arg(switch("yes", say(review::arg_yes()))),
            )
            .subcommand(on_paper)
            .subcommand(given_back)
            .subcommand(ask)
            .subcommand(conclude),
        sub("erase-logbook", erase::about())
            .arg(value("name", say(erase::arg_name())).value_name("UNIT"))
            .arg(switch("yes", say(erase::arg_yes()))),
    ]
}
