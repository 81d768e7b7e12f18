//! A paper as DOCX: Times New Roman, the margins of both rules, a head without borders, header rows that are
//! repeated, page numbers from the second page on.
//!
//! The parts are few and written here: of the crates for DOCX none repeats a table's header row, and each
//! brings a second reader of zips and of XML.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use quick_xml::escape::escape;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::cell::words;
use super::{Block, Entry, Grid, Line, Look, Page, Paper, PaperError, plain};
use crate::domain::PaperLayout;
use crate::i18n::Language;

/// The width of the text in twentieths of a point: A4 less its margins of 30 and 15 mm.
const PORTRAIT: u32 = 9355;
const LANDSCAPE: u32 = 14_286;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const DOCUMENT_RELS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="Times New Roman"/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>"#;
const HEADER: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>"#;

pub(super) fn bytes(paper: &Paper, language: Language) -> Result<Vec<u8>, PaperError> {
    let parts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELS),
        ("word/_rels/document.xml.rels", DOCUMENT_RELS),
        ("word/styles.xml", STYLES),
        ("word/header1.xml", HEADER),
        ("word/document.xml", &document(paper, language)),
    ];
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The part that holds the words.
struct Body {
    xml: String,
    layout: PaperLayout,
    language: Language,
    width: u32,
}

fn document(paper: &Paper, language: Language) -> String {
    let (width, size) = match paper.page {
        Page::Portrait => (PORTRAIT, r#"w:w="11906" w:h="16838""#),
        Page::Landscape => (LANDSCAPE, r#"w:w="16838" w:h="11906" w:orient="landscape""#),
    };
    let mut body = Body {
        xml: String::from(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>"#,
        ),
        layout: paper.layout,
        language,
        width,
    };
    body.two(&paper.left, &paper.right);
    body.space();
    for line in &paper.title {
        body.line(line, 28, width);
    }
    body.space();
    for block in &paper.blocks {
        body.block(block);
    }
    body.space();
    body.two(&paper.foot_left, &paper.foot_right);
    // A document ends on a paragraph, never on a table.
    body.xml.push_str("<w:p/>");
    let _ = write!(
        body.xml,
        r#"<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:pgSz {size}/><w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>"#
    );
    body.xml
}

impl Body {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(text) => {
                let run = run(text, "<w:b/>", 28);
                self.paragraph(r#"<w:keepNext/>"#, "both", &run);
            }
            Block::Text(text) => self.paragraph("", "both", &run(text, "", 28)),
            Block::Field(label, says) => {
                let label = run(&format!("{label}: "), "", 28);
                self.paragraph("", "both", &format!("{label}{}", run(says, "", 28)));
            }
            Block::Dots(lines) => {
                for _ in 0..*lines {
                    self.dots();
                }
            }
            Block::Table(grid) => self.table(grid),
            Block::Signatures(left, right) => self.two(left, right),
            Block::NewPage => self.xml.push_str(
                r#"<w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>"#,
            ),
        }
    }

    /// A paragraph of the body, as the layout has it.
    fn paragraph(&mut self, more: &str, align: &str, runs: &str) {
        let line = match self.layout {
            PaperLayout::Administrative => r#"w:line="276" w:lineRule="auto""#,
            PaperLayout::Party => r#"w:line="360" w:lineRule="exact""#,
        };
        let _ = write!(
            self.xml,
            r#"<w:p><w:pPr>{more}<w:spacing w:before="60" w:after="120" {line}/><w:ind w:firstLine="567"/><w:jc w:val="{align}"/></w:pPr>{runs}</w:p>"#
        );
    }

    /// A line of dots to be written on.
    fn dots(&mut self) {
        let _ = write!(
            self.xml,
            r#"<w:p><w:pPr><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{}"/></w:tabs><w:spacing w:before="120" w:after="60"/></w:pPr><w:r><w:tab/></w:r></w:p>"#,
            self.width
        );
    }

    fn space(&mut self) {
        self.xml
            .push_str(r#"<w:p><w:pPr><w:spacing w:after="0"/></w:pPr></w:p>"#);
    }

    /// A centred line of head, title or foot; `room` is how wide its column is.
    fn line(&mut self, line: &Line, size: u32, room: u32) {
        let plain_align = r#"<w:jc w:val="center"/>"#;
        let (marks, size) = match line.look {
            Look::Plain | Look::Gap => ("", size),
            Look::Bold | Look::Ruled | Look::ShortRuled => ("<w:b/>", size),
            Look::Italic => ("<w:i/>", size),
            Look::BoldItalic => ("<w:b/><w:i/>", 24),
            Look::Underlined => (r#"<w:u w:val="single"/>"#, size),
            Look::Small => ("", 22),
        };
        let left = matches!(line.look, Look::BoldItalic | Look::Underlined | Look::Small);
        let align = if left { "" } else { plain_align };
        let before = match line.look {
            Look::Gap => 1200,
            _ => 0,
        };
        let _ = write!(
            self.xml,
            r#"<w:p><w:pPr><w:spacing w:before="{before}" w:after="0"/>{align}</w:pPr>{}</w:p>"#,
            run(&line.text, marks, size)
        );
        let share = match line.look {
            Look::Ruled => Some(1.0),
            Look::ShortRuled => Some(0.4),
            _ => None,
        };
        if let Some(share) = share {
            // A letter of this face is about half as wide as it is high.
            let letters = line.text.chars().count() as f64;
            let wide = (letters * f64::from(size) * 5.6 * share) as u32;
            let aside = room.saturating_sub(wide.min(room)) / 2;
            let _ = write!(
                self.xml,
                r#"<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr><w:spacing w:after="0" w:line="120" w:lineRule="exact"/><w:ind w:left="{aside}" w:right="{aside}"/></w:pPr></w:p>"#
            );
        }
    }

    /// Two columns of lines without borders.
    fn two(&mut self, left: &[Line], right: &[Line]) {
        if left.is_empty() && right.is_empty() {
            return;
        }
        let narrow = self.width * 43 / 100;
        let columns = [(narrow, left), (self.width - narrow, right)];
        let _ = write!(
            self.xml,
            r#"<w:tbl><w:tblPr><w:tblW w:w="{}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="{narrow}"/><w:gridCol w:w="{}"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>"#,
            self.width,
            self.width - narrow
        );
        for (room, lines) in columns {
            let _ = write!(
                self.xml,
                r#"<w:tc><w:tcPr><w:tcW w:w="{room}" w:type="dxa"/></w:tcPr>"#
            );
            for line in lines {
                self.line(line, 26, room.saturating_sub(216));
            }
            if lines.is_empty() {
                self.xml.push_str("<w:p/>");
            }
            self.xml.push_str("</w:tc>");
        }
        self.xml.push_str("</w:tr></w:tbl>");
    }

    fn table(&mut self, grid: &Grid) {
        if !grid.caption.is_empty() {
            let run = run(&grid.caption, "<w:b/>", 26);
            let _ = write!(
                self.xml,
                r#"<w:p><w:pPr><w:keepNext/><w:spacing w:before="120" w:after="60"/><w:jc w:val="center"/></w:pPr>{run}</w:p>"#
            );
        }
        let whole: u32 = grid.columns.iter().map(|c| u32::from(c.weight)).sum();
        let widths: Vec<u32> = grid
            .columns
            .iter()
            .map(|c| self.width * u32::from(c.weight) / whole.max(1))
            .collect();
        let _ = write!(
            self.xml,
            r#"<w:tbl><w:tblPr><w:tblW w:w="{}" w:type="dxa"/><w:tblBorders>"#,
            self.width
        );
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            let _ = write!(
                self.xml,
                r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#
            );
        }
        self.xml.push_str(
            r#"</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>"#,
        );
        for width in &widths {
            let _ = write!(self.xml, r#"<w:gridCol w:w="{width}"/>"#);
        }
        self.xml.push_str("</w:tblGrid>");
        self.header(grid, &widths);
        for row in &grid.rows {
            self.xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for (entry, width) in row.iter().zip(&widths) {
                self.cell(entry, *width);
            }
            self.xml.push_str("</w:tr>");
        }
        self.xml.push_str("</w:tbl>");
        self.space();
    }

    /// The rows that are repeated on every page.
    fn header(&mut self, grid: &Grid, widths: &[u32]) {
        const ROW: &str = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>";
        let group = |at: usize| grid.groups.iter().find(|g| (g.from..=g.to).contains(&at));
        if !grid.groups.is_empty() {
            self.xml.push_str(ROW);
            let mut at = 0;
            while at < grid.columns.len() {
                match group(at) {
                    Some(group) => {
                        let width: u32 = widths[group.from..=group.to].iter().sum();
                        let span = group.to - group.from + 1;
                        let more = format!(r#"<w:gridSpan w:val="{span}"/>"#);
                        self.head_cell(&group.label, width, &more);
                        at = group.to + 1;
                    }
                    None => {
                        let label = &grid.columns[at].label;
                        self.head_cell(label, widths[at], r#"<w:vMerge w:val="restart"/>"#);
                        at += 1;
                    }
                }
            }
            self.xml.push_str("</w:tr>");
        }
        self.xml.push_str(ROW);
        for (at, column) in grid.columns.iter().enumerate() {
            match (grid.groups.is_empty(), group(at)) {
                (false, None) => self.head_cell("", widths[at], "<w:vMerge/>"),
                (true, _) | (false, Some(_)) => self.head_cell(&column.label, widths[at], ""),
            }
        }
        self.xml.push_str("</w:tr>");
    }

    fn head_cell(&mut self, label: &str, width: u32, more: &str) {
        let _ = write!(
            self.xml,
            r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:spacing w:after="0"/><w:jc w:val="center"/></w:pPr>{}</w:p></w:tc>"#,
            run(label, "<w:b/>", 24)
        );
    }

    fn cell(&mut self, entry: &Entry, width: u32) {
        let align = match entry.is_number() {
            true => r#"<w:jc w:val="right"/>"#,
            false => "",
        };
        let _ = write!(
            self.xml,
            r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:spacing w:after="0"/>{align}</w:pPr>{}</w:p></w:tc>"#,
            run(&words(entry, self.language), "", 24)
        );
    }
}

/// A run of text; its line ends stay line ends.
fn run(text: &str, marks: &str, size: u32) -> String {
    let mut xml = String::new();
    for (at, line) in plain(text).split('\n').enumerate() {
        let end = if at > 0 { "<w:br/>" } else { "" };
        let _ = write!(
            xml,
            r#"<w:r><w:rPr>{marks}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>{end}<w:t xml:space="preserve">{}</w:t></w:r>"#,
            escape(line)
        );
    }
    xml
}
