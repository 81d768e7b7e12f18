//! A paper as a workbook: the head and the first table on the first sheet, each further table on one of its
//! own, with real numbers, frozen headers and native charts. Text is always text, never a formula or a link.

use rust_xlsxwriter::{
    Chart as Drawn, ChartType, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    FormatUnderline, Workbook, Worksheet, XlsxError,
};

use super::{Block, Chart, Entry, Grid, Line, Look, Page, Paper, PaperError, plain};
use crate::domain::{Day, Stamp};
use crate::report::xlsx::{moment, serial};
use crate::text::clean::cut_chars;

/// The most letters of a cell, with room for pairs of units (UTF-16).
const LETTERS: usize = 16_000;
/// Numbers above have more digits than a spreadsheet keeps.
const EXACT: u64 = 999_999_999_999_999;
const FONT: &str = "Times New Roman";
/// The columns of a sheet without a table.
const PLAIN: u16 = 8;

pub(super) fn bytes(paper: &Paper, at: Stamp) -> Result<Vec<u8>, PaperError> {
    let mut book = Workbook::new();
    if let Some(serial) = moment(at) {
        let at = ExcelDateTime::from_serial_datetime(serial)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&at));
    }
    let mut tables = paper.tables();
    let first = tables.next();
    let mut sheet = Sheet::new(book.add_worksheet(), paper, first)?;
    sheet.front(paper, first)?;
    for (at, grid) in tables.enumerate() {
        let sheet = book.add_worksheet();
        sheet.set_name(format!("{}", at + 2))?;
        let mut sheet = Sheet::new(sheet, paper, Some(grid))?;
        sheet.table(grid)?;
    }
    Ok(book.save_to_buffer()?)
}

struct Sheet<'b> {
    sheet: &'b mut Worksheet,
    /// The next row.
    row: u32,
    /// The last column.
    last: u16,
    /// Rows that begin a page.
    breaks: Vec<u32>,
}

fn base() -> Format {
    Format::new().set_font_name(FONT).set_font_size(12)
}

fn bordered() -> Format {
    let top = base().set_align(FormatAlign::Top);
    top.set_border(FormatBorder::Thin).set_text_wrap()
}

fn look(look: Look) -> Format {
    let bold = || base().set_bold();
    match look {
        Look::Plain | Look::Gap => base(),
        Look::Small => base().set_font_size(11),
        Look::Bold => bold(),
        Look::Italic => base().set_italic(),
        Look::BoldItalic => bold().set_italic(),
        Look::Underlined => base().set_underline(FormatUnderline::Single),
        Look::Ruled | Look::ShortRuled => bold().set_underline(FormatUnderline::Single),
    }
}

impl<'b> Sheet<'b> {
    fn new(
        sheet: &'b mut Worksheet,
        paper: &Paper,
        grid: Option<&Grid>,
    ) -> Result<Self, XlsxError> {
        sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
        match paper.page {
            Page::Portrait => sheet.set_portrait(),
            Page::Landscape => sheet.set_landscape(),
        };
        let columns = grid.map_or(0, |grid| grid.columns.len() as u16);
        if let Some(grid) = grid {
            let whole: u16 = grid.columns.iter().map(|column| column.weight).sum();
            for (at, column) in grid.columns.iter().enumerate() {
                let share = f64::from(column.weight) / f64::from(whole.max(1));
                sheet.set_column_width(at as u16, (share * 110.0).max(6.0))?;
            }
        }
        Ok(Self {
            sheet,
            row: 0,
            last: columns.max(PLAIN) - 1,
            breaks: Vec::new(),
        })
    }

    /// Writes everything but the further tables.
    fn front(&mut self, paper: &Paper, first: Option<&Grid>) -> Result<(), XlsxError> {
        self.two(&paper.left, &paper.right)?;
        self.row += 1;
        for line in &paper.title {
            self.wide(&line.text, &look(line.look).set_align(FormatAlign::Center))?;
        }
        self.row += 1;
        let mut placed = false;
        for block in &paper.blocks {
            match block {
                Block::Heading(text) => self.wide(text, &base().set_bold())?,
                Block::Text(text) => self.wide(text, &base().set_text_wrap())?,
                Block::Field(label, says) => {
                    self.wide(&format!("{label}: {says}"), &base().set_text_wrap())?;
                }
                Block::Dots(lines) => self.row += u32::from(*lines),
                Block::Table(grid) if !placed => {
                    placed = true;
                    self.table(grid)?;
                }
                Block::Table(_) => {}
                Block::Signatures(left, right) => self.two(left, right)?,
                Block::NewPage => self.breaks.push(self.row),
            }
        }
        debug_assert_eq!(placed, first.is_some());
        if !self.breaks.is_empty() {
            self.sheet.set_page_breaks(&self.breaks)?;
        }
        self.row += 1;
        self.two(&paper.foot_left, &paper.foot_right)
    }

    /// Writes two columns of lines beside each other.
    fn two(&mut self, left: &[Line], right: &[Line]) -> Result<(), XlsxError> {
        let middle = self.last.div_ceil(2);
        let begin = self.row;
        for (lines, from, to) in [(left, 0, middle - 1), (right, middle, self.last)] {
            self.row = begin;
            for line in lines {
                let format = look(line.look).set_align(FormatAlign::Center);
                if line.look == Look::Gap {
                    self.row += 3;
                } else {
                    self.across((from, to), &line.text, &format)?;
                }
            }
        }
        let rows = |lines: &[Line]| {
            let gaps = lines.iter().filter(|line| line.look == Look::Gap).count();
            (lines.len() + 2 * gaps) as u32
        };
        self.row = begin + rows(left).max(rows(right));
        Ok(())
    }

    fn wide(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.across((0, self.last), text, format)
    }

    /// Writes a text over several columns of the next row.
    fn across(
        &mut self,
        (from, to): (u16, u16),
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let text = cell_text(text);
        if from == to {
            self.sheet
                .write_string_with_format(self.row, from, &text, format)?;
        } else {
            self.sheet
                .merge_range(self.row, from, self.row, to, &text, format)?;
        }
        // Merged cells do not grow with their text.
        let letters = 14 * u32::from(to - from + 1);
        let lines = text.chars().count() as u32 / letters.max(1) + 1;
        if lines > 1 {
            self.sheet.set_row_height(self.row, 16 * lines.min(25))?;
        }
        self.row += 1;
        Ok(())
    }

    fn table(&mut self, grid: &Grid) -> Result<(), XlsxError> {
        if !grid.caption.is_empty() {
            self.wide(&grid.caption, &base().set_bold())?;
        }
        let head = bordered()
            .set_bold()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter);
        let begin = self.row;
        if !grid.groups.is_empty() {
            self.groups(grid, &head)?;
        }
        for (at, column) in grid.columns.iter().enumerate() {
            let above = !grid.groups.is_empty() && !is_grouped(grid, at);
            let label = cell_text(&column.label);
            if above {
                self.sheet
                    .merge_range(begin, at as u16, self.row, at as u16, &label, &head)?;
            } else {
                self.sheet
                    .write_string_with_format(self.row, at as u16, &label, &head)?;
            }
        }
        self.row += 1;
        self.sheet.set_freeze_panes(self.row, 0)?;
        self.sheet.set_repeat_rows(begin, self.row - 1)?;
        let first = self.row;
        let looks = Looks::new();
        for row in &grid.rows {
            for (at, entry) in row.iter().enumerate() {
                self.put(at as u16, entry, &looks)?;
            }
            self.row += 1;
        }
        if let Some(chart) = grid.chart.as_ref().filter(|_| !grid.rows.is_empty()) {
            self.chart(
                chart,
                (begin.saturating_sub(1), first),
                grid.columns.len() as u16,
            )?;
        }
        self.row += 1;
        Ok(())
    }

    fn groups(&mut self, grid: &Grid, head: &Format) -> Result<(), XlsxError> {
        for group in &grid.groups {
            let (from, to) = (group.from as u16, group.to as u16);
            let label = cell_text(&group.label);
            self.sheet
                .merge_range(self.row, from, self.row, to, &label, head)?;
        }
        self.row += 1;
        Ok(())
    }

    fn put(&mut self, at: u16, entry: &Entry, looks: &Looks) -> Result<(), XlsxError> {
        let (row, sheet) = (self.row, &mut self.sheet);
        let number = match entry {
            Entry::Count(count) if *count <= EXACT => Some((*count as f64, &looks.whole)),
            Entry::Decimal(thousandths) => Some((*thousandths as f64 / 1000.0, &looks.decimal)),
            Entry::Change(change) => Some((*change as f64, &looks.change)),
            Entry::DecimalChange(change) => Some((*change as f64 / 1000.0, &looks.decimal_change)),
            Entry::Day(day) => serial(*day).map(|serial| (serial, &looks.day)),
            Entry::Count(_) | Entry::Blank | Entry::Text(_) => None,
        };
        match (number, entry) {
            (Some((number, look)), _) => sheet.write_number_with_format(row, at, number, look)?,
            (None, Entry::Text(text)) => {
                sheet.write_string_with_format(row, at, cell_text(text), &looks.text)?
            }
            (None, Entry::Count(count)) => {
                sheet.write_string_with_format(row, at, count.to_string(), &looks.text)?
            }
            (None, Entry::Day(day)) => {
                sheet.write_string_with_format(row, at, iso(*day), &looks.text)?
            }
            (None, _) => sheet.write_blank(row, at, &looks.text)?,
        };
        Ok(())
    }

    /// Draws the bars of a table beside it.
    fn chart(
        &mut self,
        chart: &Chart,
        (caption, first): (u32, u32),
        columns: u16,
    ) -> Result<(), XlsxError> {
        let (last, name) = (self.row - 1, self.sheet.name());
        let (names, lengths) = (chart.names as u16, chart.lengths as u16);
        let mut drawn = Drawn::new(ChartType::Bar);
        // By the cell of the caption: a title given as text may be read as a reference.
        drawn.title().set_name((name.as_str(), caption, 0));
        drawn.legend().set_hidden();
        drawn.y_axis().set_reverse();
        drawn
            .add_series()
            .set_categories((name.as_str(), first, names, last, names))
            .set_values((name.as_str(), first, lengths, last, lengths));
        let beside = self.last.max(columns) + 1;
        self.sheet.insert_chart(first, beside, &drawn)?;
        Ok(())
    }
}

struct Looks {
    text: Format,
    whole: Format,
    decimal: Format,
    change: Format,
    decimal_change: Format,
    day: Format,
}

impl Looks {
    fn new() -> Self {
        Self {
            text: bordered(),
            whole: bordered().set_num_format("#,##0"),
            decimal: bordered().set_num_format("#,##0.###"),
            change: bordered().set_num_format("+#,##0;-#,##0;0"),
            decimal_change: bordered().set_num_format("+#,##0.###;-#,##0.###;0"),
            day: bordered().set_num_format("dd/mm/yyyy"),
        }
    }
}

fn is_grouped(grid: &Grid, at: usize) -> bool {
    let groups = grid.groups.iter();
    groups
        .into_iter()
        .any(|group| (group.from..=group.to).contains(&at))
}

/// Returns what a cell takes of a text.
fn cell_text(text: &str) -> String {
    let text = plain(text);
    match cut_chars(&text, LETTERS) {
        cut if cut.len() < text.len() => format!("{cut}…"),
        _ => text,
    }
}

fn iso(day: Day) -> String {
    day.format("%Y-%m-%d").to_string()
}
