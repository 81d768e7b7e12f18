//! The arguments of `tally`: which period, cut how, of whom.

use clap::{Arg, ArgMatches, Command};

use super::{Form, flag, form, one, switch, value, words};
use crate::domain::tally::{Division, Narrow, TallyId};
use crate::domain::{Basis, Period};
use crate::i18n::Text;
use crate::i18n::messages::{cli, tally};

/// Whether the records behind a number are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    Left,
    Named,
}

/// Which numbers are asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Tallied {
    pub period: Period,
    pub unit: Option<String>,
    pub by: Option<Division>,
    pub id: Option<TallyId>,
    pub behind: Behind,
    pub narrow: Narrow,
    pub form: Form,
}

/// A period as it is cut by either basis.
#[derive(Clone, Copy)]
struct Either {
    calendar: Period,
    administrative: Period,
}

/// Reads a period by its name or its two days.
fn period(text: &str) -> Option<Either> {
    let by = |basis| match text.split_once("..") {
        None => Period::named(text, basis),
        Some((from, to)) => {
            let (from, to) = (crate::cli::day::read(from)?, crate::cli::day::read(to)?);
            Period::free(from, to, basis)
        }
    };
    Some(Either {
        calendar: by(Basis::Calendar)?,
        administrative: by(Basis::Administrative)?,
    })
}

const PERIODS: &str = "2026-10, 2026-Q3, 2026-H1, 2026-9M, 2026, FROM..TO";

const DIVISIONS: &str = "category, place, unit, month; place,month";

pub(super) fn command(say: &impl Fn(Text) -> String) -> Command {
    Command::new("tally")
        .about(say(tally::about()))
        .arg(period_arg(say))
        .arg(basis_arg(say))
        .arg(value("unit", say(tally::arg_unit())))
        .arg(
            value("by", say(tally::arg_by()))
                .value_parser(|text: &str| Division::read(text).ok_or(DIVISIONS)),
        )
        .arg(value("id", say(tally::arg_id())).value_parser(words(TallyId::ALL)))
        .arg(switch("rows", say(tally::arg_rows())).requires("id"))
        .arg(switch("confirmed", say(tally::arg_confirmed())))
        .arg(switch("json", say(cli::arg_json())))
}

/// The period, by its name or its two days.
pub(super) fn period_arg(say: &impl Fn(Text) -> String) -> Arg {
    Arg::new("period")
        .value_name("PERIOD")
        .required(true)
        .value_parser(|text: &str| period(text).ok_or(PERIODS))
        .help(say(tally::arg_period()))
}

/// How a period is cut.
pub(super) fn basis_arg(say: &impl Fn(Text) -> String) -> Arg {
    value("basis", say(tally::arg_basis())).value_parser(words(Basis::ALL))
}

/// Reads the period by its basis.
pub(super) fn period_of(found: &ArgMatches) -> Period {
    let either: Either = one(found, "period").expect("clap asks for the period");
    match one(found, "basis").unwrap_or_default() {
        Basis::Calendar => either.calendar,
        Basis::Administrative => either.administrative,
    }
}

/// Reads which numbers are asked for.
pub(super) fn tallied(found: &ArgMatches) -> Tallied {
    Tallied {
        period: period_of(found),
        unit: one(found, "unit"),
        by: one(found, "by"),
        id: one(found, "id"),
        behind: flag(found, "rows", Behind::Left, Behind::Named),
        narrow: flag(found, "confirmed", Narrow::Sent, Narrow::Confirmed),
        form: form(found),
    }
}
