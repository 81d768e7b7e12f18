//! A paper as data: head, title, paragraphs, tables, charts, signatures, recipients; and its three writers.
//!
//! Owns what a paper says and how it is laid out. Never opens a file and never reads a record itself.

mod body;
mod cell;
mod docx;
mod head;
mod html;
mod monthly;
mod numbers;
mod oral;
mod party;
mod police;
mod register;
mod sheet;
#[cfg(test)]
mod tests;
mod xlsx;

pub use body::{Figures, Fill};
pub use party::{CellFacts, CellVisit, Promised};
pub use sheet::Awaiting;

use rust_xlsxwriter::XlsxError;

use crate::config::ConfigError;
use crate::config::paper::Templates;
use crate::domain::{Day, PaperFormat, PaperLayout, Stamp};
use crate::text::clean::clean_text;

/// A paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    pub layout: PaperLayout,
    pub page: Page,
    /// The two columns of the head.
    pub left: Vec<Line>,
    pub right: Vec<Line>,
    pub title: Vec<Line>,
    pub blocks: Vec<Block>,
    /// The two columns of the foot: recipients or a second signature, and the signature.
    pub foot_left: Vec<Line>,
    pub foot_right: Vec<Line>,
}

/// How the paper lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    Portrait,
    Landscape,
}

/// A line of head, title or foot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub text: String,
    pub look: Look,
}

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Plain,
    Bold,
    Italic,
    BoldItalic,
    Underlined,
    /// Small, as recipients are listed.
    Small,
    /// Bold, with a line as long as the words below it.
    Ruled,
    /// Bold, with a short line below it.
    ShortRuled,
    /// Room for a signature or a fingerprint.
    Gap,
}

/// A part of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Heading(String),
    Text(String),
    /// A label with what it says.
    Field(String, String),
    /// So many dotted lines to be written on.
    Dots(u8),
    Table(Grid),
    /// Two signatures side by side, in the middle of a paper.
    Signatures(Vec<Line>, Vec<Line>),
    NewPage,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    pub caption: String,
    /// Headers above several columns.
    pub groups: Vec<Group>,
    pub columns: Vec<Heading>,
    pub rows: Vec<Vec<Entry>>,
    pub chart: Option<Chart>,
}

/// A header above several columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub from: usize,
    pub to: usize,
    pub label: String,
}

/// The header of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub label: String,
    /// How wide it is, in parts of the whole.
    pub weight: u16,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    Blank,
    Text(String),
    Count(u64),
    /// In thousandths.
    Decimal(i64),
    /// With its sign.
    Change(i64),
    /// With its sign, in thousandths.
    DecimalChange(i64),
    Day(Day),
}

/// A bar for each row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    pub title: String,
    /// The column of the bars' names.
    pub names: usize,
    /// The column of their lengths.
    pub lengths: usize,
}

/// Why a paper is not written.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    #[error(transparent)]
    Template(#[from] ConfigError),
    #[error(transparent)]
    Xlsx(#[from] XlsxError),
    #[error(transparent)]
    Zip(#[from] zip::result::ZipError),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl Line {
    pub(super) fn new(text: impl Into<String>, look: Look) -> Self {
        Self {
            text: text.into(),
            look,
        }
    }
}

impl Entry {
    /// A text; blank where it is empty.
    pub fn text(text: &str) -> Self {
        match text.trim() {
            "" => Self::Blank,
            text => Self::Text(text.to_owned()),
        }
    }

    /// A count that may not be known.
    pub fn count(count: Option<u32>) -> Self {
        count.map_or(Self::Blank, |count| Self::Count(count.into()))
    }

    /// Returns its length in a chart; `None` where it is no number.
    fn length(&self) -> Option<f64> {
        match self {
            Self::Count(count) => Some(*count as f64),
            Self::Decimal(thousandths) => Some(*thousandths as f64 / 1000.0),
            Self::Blank
            | Self::Text(_)
            | Self::Change(_)
            | Self::DecimalChange(_)
            | Self::Day(_) => None,
        }
    }

    /// Tells whether it is set to the right.
    fn is_number(&self) -> bool {
        match self {
            Self::Count(_) | Self::Decimal(_) | Self::Change(_) | Self::DecimalChange(_) => true,
            Self::Blank | Self::Text(_) | Self::Day(_) => false,
        }
    }
}

impl Paper {
    /// Writes it in a format; `at` is when. `language` writes numbers and dates.
    pub fn bytes(
        &self,
        format: PaperFormat,
        language: crate::i18n::Language,
        templates: &Templates,
        at: Stamp,
    ) -> Result<Vec<u8>, PaperError> {
        match format {
            PaperFormat::Xlsx => xlsx::bytes(self, at),
            PaperFormat::Docx => docx::bytes(self, language),
            PaperFormat::Html => html::bytes(self, language, templates),
        }
    }

    /// Returns its tables in their order.
    pub fn tables(&self) -> impl Iterator<Item = &Grid> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(grid) => Some(grid),
            Block::Heading(_)
            | Block::Text(_)
            | Block::Field(..)
            | Block::Dots(_)
            | Block::Signatures(..)
            | Block::NewPage => None,
        })
    }
}

/// Returns a text as it may stand in any format: composed, without control bytes, without what turns the
/// direction of letters.
fn plain(text: &str) -> String {
    clean_text(text)
}
