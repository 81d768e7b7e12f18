//! What `import` reads, as data.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser, ValueParser};
use clap::{Arg, ArgMatches};

use super::{Form, flag, form, one, switch, value};
use crate::domain::SheetKind;
use crate::i18n::Text;
use crate::i18n::messages::cli;

/// Whether an import writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// Says what would be written.
    Dry,
    Written,
}

/// What `import` reads.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    pub file: PathBuf,
    pub kind: Option<SheetKind>,
    pub sheet: Option<String>,
    pub writing: Writing,
    pub form: Form,
}

/// Reads the arguments.
pub(super) fn read(found: &ArgMatches) -> Source {
    Source {
        file: one(found, "file").unwrap_or_default(),
        kind: one(found, "kind"),
        sheet: one(found, "sheet"),
        writing: flag(found, "dry-run", Writing::Written, Writing::Dry),
        form: form(found),
    }
}

/// Gives the arguments of `import`.
pub(super) fn args(say: &impl Fn(Text) -> String) -> Vec<Arg> {
    vec![
        Arg::new("file")
            .value_name("FILE")
            .required(true)
            .value_parser(clap::value_parser!(PathBuf))
            .help(say(cli::arg_table())),
        value("kind", say(cli::arg_kind())).value_parser(sheet_kind()),
        value("sheet", say(cli::arg_sheet())),
        switch("dry-run", say(cli::arg_dry_run())),
    ]
}

fn sheet_kind() -> ValueParser {
    let known = SheetKind::ALL.iter().map(|kind| kind.as_str());
    let known = PossibleValuesParser::new(known);
    ValueParser::new(
        known.map(|word| SheetKind::of_word(&word).expect("clap lets only known words pass")),
    )
}
