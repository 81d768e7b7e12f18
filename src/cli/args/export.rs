//! The arguments of `export` and `man`.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command};

use super::{day, flag, one, switch, value, words};
use crate::domain::{Citizens, Days, Format, Table};
use crate::i18n::Text;
use crate::i18n::messages::{cli, export};

/// What is to be exported, and where to.
#[derive(Debug, PartialEq, Eq)]
pub struct Wish {
    pub table: Table,
    pub format: Format,
    pub days: Days,
    pub citizens: Citizens,
    pub path: PathBuf,
}

/// Reads what is to be exported.
pub(super) fn wish(found: &ArgMatches) -> Wish {
    Wish {
        table: one(found, "what").unwrap_or(Table::Visits),
        format: one(found, "format").unwrap_or(Format::Csv),
        days: Days {
            from: one(found, "from"),
            to: one(found, "to"),
        },
        citizens: flag(found, "with-names", Citizens::LeftOut, Citizens::Named),
        path: one(found, "output").unwrap_or_default(),
    }
}

pub(super) fn command(say: &impl Fn(Text) -> String) -> Command {
    let path = clap::value_parser!(PathBuf);
    Command::new("export")
        .about(say(export::about()))
        .arg(
            Arg::new("what")
                .value_name("TABLE")
                .required(true)
                .hide_possible_values(true)
                .value_parser(words(Table::ALL.map(|table| (table.as_str(), table))))
                .help(say(export::arg_what())),
        )
        .arg(
            value("format", say(export::arg_format()))
                .required(true)
                .value_parser(words(Format::ALL.map(|format| (format.as_str(), format)))),
        )
        .arg(
            value("output", say(export::arg_output()))
                .short('o')
                .value_name("FILE")
                .required(true)
                .value_parser(path),
        )
        .arg(day("from", say(cli::arg_from())))
        .arg(day("to", say(cli::arg_to())))
        .arg(switch("with-names", say(export::arg_with_names())))
}

pub(super) fn man(say: &impl Fn(Text) -> String) -> Command {
    Command::new("man").about(say(export::about_man())).arg(
        Arg::new("dir")
            .value_name("DIR")
            .required(true)
            .value_parser(clap::value_parser!(PathBuf))
            .help(say(export::arg_dir())),
    )
}
