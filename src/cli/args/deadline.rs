//! The arguments of `deadline`: what is known of a petition.

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::{Run, day, form, one, switch, value, whole, words};
use crate::i18n::Text;
use crate::i18n::messages::cli;
use crate::law::deadline::{Circumstances, Facts, Starts, Suspension};
use crate::law::rules::{Instance, Kind, Trigger};

/// Builds the command with a subcommand for each kind.
pub(super) fn command(say: &impl Fn(Text) -> String) -> Command {
    let about = say(cli::about_deadline());
    let kinds = Kind::ALL.map(|(kind, name)| {
        let args = [
            common(say),
            of_kind(kind, say),
            vec![switch("json", say(cli::arg_json()))],
        ];
        Command::new(name)
            .about(say(about_kind(kind)))
            .args(args.into_iter().flatten())
    });
    Command::new("deadline")
        .about(about)
        .subcommand_required(true)
        .subcommands(kinds)
}

fn about_kind(kind: Kind) -> Text {
    match kind {
        Kind::Complaint => cli::about_deadline_complaint(),
        Kind::Denunciation => cli::about_deadline_denunciation(),
        Kind::Recommendation => cli::about_deadline_recommendation(),
        Kind::Reflection => cli::about_deadline_reflection(),
    }
}

fn common(say: &impl Fn(Text) -> String) -> Vec<Arg> {
    vec![day("received", say(cli::arg_received())).required(true)]
}

fn of_kind(kind: Kind, say: &impl Fn(Text) -> String) -> Vec<Arg> {
    let accepted = || day("accepted", say(cli::arg_accepted()));
    let suspended = || {
        Arg::new("suspended")
            .long("suspended")
            .value_name("A..B")
            .action(ArgAction::Append)
            .value_parser(|text: &str| suspension(text).ok_or("A..B"))
            .help(say(cli::arg_suspended()))
    };
    match kind {
        Kind::Complaint => vec![
            accepted(),
            value("instance", say(cli::arg_instance()))
                .value_parser(words([("1", Instance::First), ("2", Instance::Second)])),
            switch("complex", say(cli::arg_complex())),
            switch("remote", say(cli::arg_remote())),
            suspended(),
        ],
        Kind::Denunciation => vec![
            switch("several-places", say(cli::arg_several_places())),
            accepted(),
            value("extended", say(cli::arg_extended())).value_parser(whole::<u8>),
            suspended(),
        ],
        Kind::Recommendation | Kind::Reflection => Vec::new(),
    }
}

/// Reads `A..B`; without B the suspension has no end, which the reckoning refuses.
fn suspension(text: &str) -> Option<Suspension> {
    let (from, to) = text.split_once("..")?;
    let to = match to {
        "" => None,
        to => Some(crate::cli::day::read(to)?),
    };
    let from = crate::cli::day::read(from)?;
    Some(Suspension { from, to })
}

/// Takes the facts of the kind that was asked for.
pub(super) fn run(found: &ArgMatches) -> Run {
    let (name, found) = found.subcommand().expect("clap asks for the kind");
    let kind = Kind::ALL.into_iter().find(|(_, word)| *word == name);
    let (kind, _) = kind.expect("clap lets only known kinds pass");
    Run::Deadline {
        facts: Facts {
            kind,
            instance: many(found, "instance").pop().unwrap_or_default(),
            starts: Starts::default()
                .with(Trigger::Received, one(found, "received"))
                .with(Trigger::Accepted, many(found, "accepted").pop()),
            circumstances: Circumstances {
                complex: is_set(found, "complex"),
                remote: is_set(found, "remote"),
                several_places: is_set(found, "several-places"),
            },
            extended: many(found, "extended").pop().unwrap_or_default(),
            suspensions: many(found, "suspended"),
        },
        form: form(found),
    }
}

/// Takes what was given for an option; nothing where the kind has no such option.
fn many<T: Clone + Send + Sync + 'static>(found: &ArgMatches, id: &str) -> Vec<T> {
    let given = found.try_get_many(id).ok().flatten();
    given.map_or_else(Vec::new, |values| values.cloned().collect())
}

fn is_set(found: &ArgMatches, id: &str) -> bool {
    many::<bool>(found, id) == [true]
}
