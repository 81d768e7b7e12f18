//! What is wrong with a configuration file, and where.
//!
//! Data only; the sentences are in `i18n::messages::errors`.

use std::path::PathBuf;

/// A configuration file that is refused.
#[derive(Debug, thiserror::Error)]
#[error("{}, line {line}: {problem:?}", path.display())]
pub struct ConfigError {
    /// The file, or its place in `config/` where it is compiled in.
    pub path: PathBuf,
    /// The line, counted from 1; 0 where the file as a whole is meant.
    pub line: usize,
    pub problem: Problem,
}

/// What is wrong on the line.
#[derive(Debug)]
pub enum Problem {
    /// The file cannot be read.
    Read(std::io::Error),
    /// The first bytes that are no UTF-8.
    NotUtf8,
    /// Neither TOML nor the table that was expected.
    Syntax,
    /// A key that nothing here has.
    UnknownKey(String),
    /// The value of this key has the wrong type, is out of range or incomplete.
    Value(String),
    /// A key that must be there.
    Missing(String),
    /// What is wrong with a template, in the words of what reads templates.
    Template(String),
    /// A key or code that stands above already.
    Twice(String),
    /// A rule whose span of validity leaves days out after the span before it.
    Gap(String),
    /// A rule whose span of validity covers days of another span of it.
    Overlap(String),
    /// A day that is worked anyway, said to be worked in exchange.
    WorkedAnyway(String),
    /// A weekly rest day, said to be given off.
    OffAnyway(String),
}
