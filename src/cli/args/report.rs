//! The arguments of `report`: which paper, of which period, in which format.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command};

use super::{one, tally, text, value, words};
use crate::domain::{PaperFormat, PaperKind, Period};
use crate::i18n::Text;
use crate::i18n::messages::{cli, paper};

/// The word of the record of an oral complaint.
const ORAL: &str = "oral-record";

/// A paper that is asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Reported {
    Period {
        kind: PaperKind,
        period: Period,
        unit: Option<String>,
        format: PaperFormat,
        path: PathBuf,
    },
    Oral {
        code: String,
        format: PaperFormat,
        path: PathBuf,
    },
}

pub(super) fn command(say: &impl Fn(Text) -> String) -> Command {
    let mut command = Command::new("report")
        .about(say(paper::about()))
        .subcommand_required(true);
    for (word, kind) in PaperKind::ALL {
        let one = Command::new(word).about(say(about(kind)));
        let [format, output] = out(say, paper::arg_format());
        command = command.subcommand(
            one.arg(tally::period_arg(say))
                .arg(tally::basis_arg(say))
                .arg(value("unit", say(paper::arg_unit())))
                .arg(format)
                .arg(output),
        );
    }
    let [format, output] = out(say, paper::arg_format_oral());
    let code = Arg::new("code").value_name("CODE").required(true);
    command.subcommand(
        Command::new(ORAL)
            .about(say(paper::about_oral()))
            .arg(code.help(say(cli::arg_code())))
            .arg(format)
            .arg(output),
    )
}

/// What freezes a period.
pub(super) fn close(say: &impl Fn(Text) -> String) -> Command {
    Command::new("close")
        .about(say(paper::about_close()))
        .arg(tally::period_arg(say))
        .arg(tally::basis_arg(say))
}

fn about(kind: PaperKind) -> Text {
    match kind {
        PaperKind::Monthly => paper::about_monthly(),
        PaperKind::Police => paper::about_police(),
        PaperKind::Cell => paper::about_cell(),
        PaperKind::Minutes => paper::about_minutes(),
        PaperKind::Register => paper::about_register(),
        PaperKind::ReviewSheet => paper::about_review_sheet(),
    }
}

fn out(say: &impl Fn(Text) -> String, format: Text) -> [Arg; 2] {
    [
        value("format", say(format))
            .required(true)
            .value_parser(words(PaperFormat::ALL)),
        value("output", say(paper::arg_output()))
            .short('o')
            .value_name("FILE")
            .required(true)
            .value_parser(clap::value_parser!(PathBuf)),
    ]
}

/// Reads which paper is asked for.
pub(super) fn reported(found: &ArgMatches) -> Reported {
    let (word, found) = found.subcommand().expect("clap asks for a paper");
    let format = one(found, "format").unwrap_or(PaperFormat::Docx);
    let path = one(found, "output").unwrap_or_default();
    match PaperKind::ALL.iter().find(|(known, _)| *known == word) {
        Some((_, kind)) => Reported::Period {
            kind: *kind,
            period: tally::period_of(found),
            unit: one(found, "unit"),
            format,
            path,
        },
        None => Reported::Oral {
            code: text(found, "code"),
            format,
            path,
        },
    }
}
