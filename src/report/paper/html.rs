//! A paper for print: what a template is filled with. Every value is text or a number; nothing is markup.

use serde::Serialize;

use super::cell::words;
use super::{Block, Chart, Grid, Line, Look, Page, Paper, PaperError, plain};
use crate::config::paper::Templates;
use crate::i18n::Language;

/// The longest bar of a chart, in the chart's own units.
const LONGEST: f64 = 320.0;
/// The height of a bar with the room below it.
const STEP: usize = 22;

#[derive(Serialize)]
struct View {
    /// The title of the window.
    name: String,
    language: &'static str,
    page: &'static str,
    left: Vec<LineView>,
    right: Vec<LineView>,
    title: Vec<LineView>,
    blocks: Vec<BlockView>,
    foot_left: Vec<LineView>,
    foot_right: Vec<LineView>,
}

#[derive(Serialize)]
struct LineView {
    text: String,
    look: &'static str,
}

#[derive(Default, Serialize)]
struct BlockView {
    /// heading, text, field, dots, table, signatures or page.
    kind: &'static str,
    text: String,
    says: String,
    dots: Vec<u8>,
    left: Vec<LineView>,
    right: Vec<LineView>,
    /// Cells of the header's rows.
    header: Vec<Vec<HeadView>>,
    widths: Vec<u32>,
    rows: Vec<Vec<CellView>>,
    chart: Option<ChartView>,
}

#[derive(Serialize)]
struct HeadView {
    text: String,
    columns: usize,
    rows: usize,
}

#[derive(Serialize)]
struct CellView {
    text: String,
    number: bool,
}

#[derive(Serialize)]
struct ChartView {
    title: String,
    height: usize,
    bars: Vec<BarView>,
}

#[derive(Serialize)]
struct BarView {
    name: String,
    value: String,
    top: usize,
    width: u32,
}

pub(super) fn bytes(
    paper: &Paper,
    language: Language,
    templates: &Templates,
) -> Result<Vec<u8>, PaperError> {
    let lines = |lines: &[Line]| lines.iter().map(line).collect();
    let title = paper.title.iter().map(|line| plain(&line.text));
    let view = View {
        name: title.collect::<Vec<_>>().join(" "),
        language: language.code(),
        page: match paper.page {
            Page::Portrait => "portrait",
            Page::Landscape => "landscape",
        },
        left: lines(&paper.left),
        right: lines(&paper.right),
        title: lines(&paper.title),
        blocks: paper.blocks.iter().map(|b| block(b, language)).collect(),
        foot_left: lines(&paper.foot_left),
        foot_right: lines(&paper.foot_right),
    };
    Ok(templates.fill(paper.layout, view)?.into_bytes())
}

fn line(line: &Line) -> LineView {
    LineView {
        text: plain(&line.text),
        look: match line.look {
            Look::Plain => "plain",
            Look::Bold => "bold",
            Look::Italic => "italic",
            Look::BoldItalic => "bold-italic",
            Look::Underlined => "underlined",
            Look::Small => "small",
            Look::Ruled => "ruled",
            Look::ShortRuled => "short-ruled",
            Look::Gap => "gap",
        },
    }
}

fn block(block: &Block, language: Language) -> BlockView {
    let mut view = BlockView::default();
    match block {
        Block::Heading(text) => {
            view.kind = "heading";
            view.text = plain(text);
        }
        Block::Text(text) => {
            view.kind = "text";
            view.text = plain(text);
        }
        Block::Field(label, says) => {
            view.kind = "field";
            view.text = plain(label);
            view.says = plain(says);
        }
        Block::Dots(lines) => {
            view.kind = "dots";
            view.dots = (0..*lines).collect();
        }
        Block::Signatures(left, right) => {
            view.kind = "signatures";
            view.left = left.iter().map(line).collect();
            view.right = right.iter().map(line).collect();
        }
        Block::NewPage => view.kind = "page",
        Block::Table(grid) => table(&mut view, grid, language),
    }
    view
}

fn table(view: &mut BlockView, grid: &Grid, language: Language) {
    view.kind = "table";
    view.text = plain(&grid.caption);
    view.header = header(grid);
    let whole: u32 = grid.columns.iter().map(|c| u32::from(c.weight)).sum();
    let width = |weight: u16| u32::from(weight) * 100 / whole.max(1);
    view.widths = grid.columns.iter().map(|c| width(c.weight)).collect();
    let cell = |entry| CellView {
        text: words(entry, language),
        number: entry.is_number(),
    };
    let rows = grid.rows.iter();
    view.rows = rows.map(|row| row.iter().map(cell).collect()).collect();
    let chart = grid.chart.as_ref().filter(|_| !grid.rows.is_empty());
    view.chart = chart.map(|chart| bars(chart, grid, language));
}

fn header(grid: &Grid) -> Vec<Vec<HeadView>> {
    let cell = |text: &str, columns, rows| HeadView {
        text: plain(text),
        columns,
        rows,
    };
    if grid.groups.is_empty() {
        let row = grid.columns.iter().map(|c| cell(&c.label, 1, 1));
        return vec![row.collect()];
    }
    let (mut above, mut below) = (Vec::new(), Vec::new());
    for (at, column) in grid.columns.iter().enumerate() {
        match grid.groups.iter().find(|g| (g.from..=g.to).contains(&at)) {
            None => above.push(cell(&column.label, 1, 2)),
            Some(group) => {
                if group.from == at {
                    above.push(cell(&group.label, group.to - group.from + 1, 1));
                }
                below.push(cell(&column.label, 1, 1));
            }
        }
    }
    vec![above, below]
}

fn bars(chart: &Chart, grid: &Grid, language: Language) -> ChartView {
    let length = |row: &Vec<super::Entry>| row[chart.lengths].length().unwrap_or(0.0);
    let longest = grid.rows.iter().map(length).fold(0.0, f64::max);
    let bar = |(at, row): (usize, &Vec<super::Entry>)| BarView {
        name: words(&row[chart.names], language),
        value: words(&row[chart.lengths], language),
        top: at * STEP,
        width: match longest > 0.0 {
            true => (length(row) / longest * LONGEST).round() as u32,
            false => 0,
        },
    };
    ChartView {
        title: plain(&chart.title),
        height: grid.rows.len() * STEP,
        bars: grid.rows.iter().enumerate().map(bar).collect(),
    }
}
