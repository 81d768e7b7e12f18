//! Text is data in every format; each layout is its own; the register has its twelve columns.

use std::io::{Cursor, Read};

use calamine::{Data, Reader as _, Xlsx};

use super::*;
use crate::config::catalogue::Catalogue;
use crate::config::paper::Letterheads;
use crate::config::units::Communes;
use crate::domain::{
    Basis, Citizen, Concern, ConcernKind, ConcernState, Envelope, FormMatter, FormRow, Handling,
    Particulars, Period, Person, Raised, RaisedBy, Registered, Versioned,
};
use crate::i18n::messages::paper as p;
use crate::i18n::{Catalog, Language};
use crate::report::Terms;

const AT: Stamp = Stamp(1_795_000_000_000);

/// What a record may say to the program that opens the paper.
const EVIL: [&str; 12] = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=HYPERLINK(\"http://example.org\")",
    "<script>alert(1)</script>",
    "</td><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}",
    "{% for x in y %}{% endfor %}{# note #}",
    "a\u{0}b\u{1b}[2Jc\u{7f}",
    "\u{202e}gpj.exe\u{2066}",
    "]]> & \"quoted\" 'single' <w:p/>",
];

fn with_fill<T>(work: impl FnOnce(&Fill<'_>) -> T) -> T {
    let (catalogue, communes) = (Catalogue::built_in(), Communes::built_in());
    let (speech, heads) = (Catalog::new(Language::Vi), Letterheads::built_in());
    work(&Fill {
        terms: Terms {
            catalogue: &catalogue,
            communes: &communes,
            speech: &speech,
        },
        words: |_| (p::report(), p::report()),
        letterheads: &heads,
        unit: String::new(),
        author: Person {
            name: "Hoàng Thị Bế".to_owned(),
            post: "Thượng úy".to_owned(),
            unit: "Công an xã Nà Hang".to_owned(),
        },
        period: Period::named("2026-10", Basis::Calendar).expect("a period"),
        today: "2026-11-05".parse().expect("a day"),
    })
}

/// A paper that says a text wherever a paper says anything.
fn saying(layout: PaperLayout, text: &str) -> Paper {
    let looks = [
        Look::Plain,
        Look::Bold,
        Look::Italic,
        Look::BoldItalic,
        Look::Underlined,
        Look::Small,
        Look::Ruled,
        Look::ShortRuled,
        Look::Gap,
    ];
    let lines: Vec<Line> = looks.iter().map(|look| Line::new(text, *look)).collect();
    let heading = |weight| Heading {
        label: text.to_owned(),
        weight,
    };
    let grid = Grid {
        caption: text.to_owned(),
        groups: vec![Group {
            from: 1,
            to: 2,
            label: text.to_owned(),
        }],
        columns: vec![heading(1), heading(2), heading(3)],
        rows: vec![vec![
            Entry::Text(text.to_owned()),
            Entry::Count(1_234),
            Entry::Decimal(1_500),
        ]],
        chart: Some(Chart {
            title: text.to_owned(),
            names: 0,
            lengths: 1,
        }),
    };
    Paper {
        layout,
        page: Page::Portrait,
        left: lines.clone(),
        right: lines.clone(),
        title: lines.clone(),
        blocks: vec![
            Block::Heading(text.to_owned()),
            Block::Text(text.to_owned()),
            Block::Field(text.to_owned(), text.to_owned()),
            Block::Dots(2),
            Block::Table(grid.clone()),
            Block::NewPage,
            Block::Table(grid),
            Block::Signatures(lines.clone(), lines.clone()),
        ],
        foot_left: lines.clone(),
        foot_right: lines,
    }
}

fn bytes(paper: &Paper, format: PaperFormat) -> Vec<u8> {
    let templates = Templates::built_in();
    paper
        .bytes(format, Language::Vi, &templates, AT)
        .expect("is written")
}

fn html(paper: &Paper) -> String {
    String::from_utf8(bytes(paper, PaperFormat::Html)).expect("text")
}

fn part(paper: &Paper, name: &str) -> String {
    let docx = bytes(paper, PaperFormat::Docx);
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).expect("a zip");
    let mut text = String::new();
    let mut part = zip.by_name(name).expect("a part");
    part.read_to_string(&mut text).expect("text");
    text
}

/// The name of every tag, in order: what a text must not change.
fn tags(text: &str) -> Vec<&str> {
    let name = |piece: &'_ str| piece.find(['>', ' ']).unwrap_or(piece.len());
    let pieces = text.split('<').skip(1);
    pieces.map(|piece| &piece[..name(piece)]).collect()
}

/// The words of an XML text.
fn words_of(xml: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut words = String::new();
    loop {
        match reader.read_event().expect("is well-formed") {
            quick_xml::events::Event::Eof => return words,
            quick_xml::events::Event::Text(text) => {
                words.push_str(&text.xml10_content());
            }
            quick_xml::events::Event::GeneralRef(name) => {
                words.push_str(match &*name.xml10_content() {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    "apos" => "'",
                    other => panic!("&{other};"),
                });
            }
            _ => {}
        }
    }
}

#[test]
fn text_is_never_markup_or_template_code_for_print() {
    for layout in [PaperLayout::Administrative, PaperLayout::Party] {
        let harmless = html(&saying(layout, "một"));
        for evil in EVIL {
            let text = html(&saying(layout, evil));
            assert!(tags(&text) == tags(&harmless), "{evil:?}");
            assert!(!text.contains("49"), "{evil:?}");
            let unseen = |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{2066}".contains(c);
            assert!(!text.contains(unseen), "{evil:?}");
        }
        // Nothing is fetched from anywhere.
        for outside in [
            "http://", "https://", "src=", "url(", "@import", "<link", "<script",
        ] {
            let only = harmless.replace("http://www.w3.org/2000/svg", "");
            assert!(!only.contains(outside), "{outside}");
        }
    }
}

#[test]
fn text_is_never_markup_in_a_document() {
    let harmless = part(&saying(PaperLayout::Party, "một"), "word/document.xml");
    for evil in EVIL {
        let text = part(&saying(PaperLayout::Party, evil), "word/document.xml");
        assert!(tags(&text) == tags(&harmless), "{evil:?}");
        let said = plain(evil);
        assert!(words_of(&text).contains(said.trim()), "{evil:?}");
    }
}

#[test]
fn text_is_never_a_formula_in_a_workbook() {
    for evil in EVIL {
        let book = bytes(
            &saying(PaperLayout::Administrative, evil),
            PaperFormat::Xlsx,
        );
        let mut book = Xlsx::new(Cursor::new(book)).expect("a workbook");
        let names = book.sheet_names();
        assert_eq!(names.len(), 2);
        for name in names {
            let formulas = book.worksheet_formula(&name).expect("a sheet");
            assert!(
                formulas.used_cells().all(|(_, _, f)| f.is_empty()),
                "{evil:?}"
            );
            let sheet = book.worksheet_range(&name).expect("a sheet");
            let cells: Vec<&Data> = sheet.used_cells().map(|(_, _, cell)| cell).collect();
            assert!(cells.contains(&&Data::String(plain(evil))), "{evil:?}");
            assert!(cells.contains(&&Data::Float(1_234.0)), "{evil:?}");
            assert!(cells.contains(&&Data::Float(1.5)), "{evil:?}");
        }
    }
}

#[test]
fn a_document_has_the_look_of_an_office() {
    let paper = saying(PaperLayout::Administrative, "một");
    let document = part(&paper, "word/document.xml");
    // Both header rows of both tables are repeated, no row is split.
    assert_eq!(document.matches("<w:tblHeader/>").count(), 4);
    assert_eq!(
        document.matches("<w:trPr><w:cantSplit/>").count(),
        document.matches("<w:tr>").count()
    );
    assert!(document.contains(r#"w:top="1134" w:right="850" w:bottom="1134" w:left="1701""#));
    // No number on the first page; on the others in the middle above.
    assert!(document.contains("<w:titlePg/>"));
    assert!(part(&paper, "word/header1.xml").contains(" PAGE "));
    assert!(part(&paper, "word/styles.xml").contains("Times New Roman"));
    for name in [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/_rels/document.xml.rels",
    ] {
        words_of(&part(&paper, name));
    }
}

#[test]
fn a_workbook_has_a_frozen_header_and_a_native_chart() {
    let book = bytes(
        &saying(PaperLayout::Administrative, "một"),
        PaperFormat::Xlsx,
    );
    let mut zip = zip::ZipArchive::new(Cursor::new(book)).expect("a zip");
    let mut read = |name: &str| {
        let mut text = String::new();
        let mut part = zip.by_name(name).expect("a part");
        part.read_to_string(&mut text).expect("text");
        text
    };
    for sheet in ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"] {
        assert!(read(sheet).contains(r#"state="frozen""#), "{sheet}");
    }
    assert!(read("xl/charts/chart1.xml").contains("c:barChart"));
}

#[test]
fn the_layouts_are_never_mixed() {
    with_fill(|fill| {
        let text = |layout| {
            let mut paper = saying(layout, "");
            [paper.left, paper.right] = fill.head(layout, "BC");
            paper.foot_left = fill.recipients(layout);
            paper.foot_right = fill.signature(layout);
            words_of(&part(&paper, "word/document.xml"))
        };
        let administrative = text(PaperLayout::Administrative);
        for word in [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "CÔNG AN XÃ NÀ HANG",
            "Số:          /BC-…",
            "ngày 05 tháng 11 năm 2026",
            "Nơi nhận:",
            "- Lưu: VT.",
        ] {
            assert!(administrative.contains(word), "{word}");
        }
        assert!(!administrative.contains("ĐẢNG CỘNG SẢN"));
        let party = text(PaperLayout::Party);
        for word in [
            "ĐẢNG CỘNG SẢN VIỆT NAM",
            "Số          -BC/CB",
            "T/M CHI BỘ",
            "BÍ THƯ",
            "Lưu Chi bộ.",
        ] {
            assert!(party.contains(word), "{word}");
        }
        assert!(!party.contains("CỘNG HÒA"));
    });
}

fn raised(name: &str) -> Raised {
    Raised {
        concern: Concern {
            kind: Some(ConcernKind::Complaint),
            line: "Thu hồi đất".to_owned(),
            registered: Registered {
                people: Some(6),
                settled_by: "UBND huyện".to_owned(),
                handling: Some(Handling::PassOn),
                passed_to: "UBND xã Nà Hang".to_owned(),
                note: "hẹn 30/11".to_owned(),
            },
            ..Concern::default()
        },
        heard: "2026-10-06".parse().ok(),
        site: None,
        particulars: Some(Versioned::new(Particulars {
            concern: None,
            raised_by: RaisedBy::Citizen(Citizen {
                name: name.to_owned(),
                contact: "0900 000 000".to_owned(),
                address: "Pắc Ban".to_owned(),
                id_number: "008099000001".to_owned(),
            }),
            said: "Đất bị thu hồi mà chưa được đền bù".to_owned(),
            wish: String::new(),
        })),
        state: ConcernState::HandedOver,
        last: Some(("2026-10-08".parse().expect("a day"), "12/PC".to_owned())),
    }
}

#[test]
fn the_register_has_the_twelve_columns_of_its_form() {
    let rows = [
        FormRow {
            day: "2026-10-06".parse().ok(),
            matter: FormMatter::Concern(Box::new(raised("Ma Thị Lan"))),
        },
        FormRow {
            day: "2026-10-06".parse().ok(),
            matter: FormMatter::Denunciation(Box::new(Envelope {
                number: "03".to_owned(),
                body: "Thanh tra tỉnh".to_owned(),
                ..Envelope::default()
            })),
        },
    ];
    let paper = with_fill(|fill| fill.register(&rows));
    let grid = paper.tables().next().expect("a table");
    let labels: Vec<&str> = grid.columns.iter().map(|c| c.label.as_str()).collect();
    assert_eq!(
        labels,
        [
            "STT",
            "Ngày tiếp",
            "Họ tên – Địa chỉ",
            "CMND/Hộ chiếu của công dân",
            "Nội dung vụ việc",
            "Phân loại đơn/Số người",
            "Cơ quan đã giải quyết",
            "Thụ lý để giải quyết",
            "Trả lại đơn và hướng dẫn",
            "Chuyển đơn đến cơ quan, tổ chức, đơn vị có thẩm quyền",
            "Theo dõi kết quả giải quyết",
            "Ghi chú",
        ]
    );
    let said = |row: usize| {
        let cells = grid.rows[row].iter();
        cells
            .map(|cell| cell::words(cell, Language::Vi))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        said(0),
        [
            "1",
            "06/10/2026",
            "Ma Thị Lan – Pắc Ban",
            "008099000001",
            "Đất bị thu hồi mà chưa được đền bù",
            "khiếu nại / 6",
            "UBND huyện",
            "",
            "",
            "UBND xã Nà Hang",
            "đã bàn giao, 08/10/2026, 12/PC",
            "hẹn 30/11",
        ]
    );
    let secret = said(1);
    assert_eq!(secret[2], "Bảo mật theo Luật Tố cáo");
    assert_eq!(secret[3], "Bảo mật theo Luật Tố cáo");
    assert_eq!(secret[4], "Tố cáo");
}

#[test]
fn the_record_of_a_complaint_has_room_for_a_fingerprint() {
    let paper =
        with_fill(|fill| fill.oral_record(("K2M8QF", "Pắc Ban · Nà Hang"), &raised("Ma Thị Lan")));
    let text = words_of(&part(&paper, "word/document.xml"));
    for word in [
        "Ghi nội dung khiếu nại",
        "Ma Thị Lan",
        "008099000001",
        "0900 000 000",
        "Đất bị thu hồi",
        "hoặc điểm chỉ",
        "NGƯỜI GHI BIÊN BẢN",
        "K2M8QF",
    ] {
        assert!(text.contains(word), "{word}");
    }
}

#[test]
fn small_numbers_below_the_commune_are_hidden() {
    let facts = CellFacts {
        topics: vec![("water".to_owned(), 7), ("land".to_owned(), 1)],
        ..CellFacts::default()
    };
    let paper = with_fill(|fill| fill.cell(&facts));
    let topics = paper.tables().nth(1).expect("a table");
    assert_eq!(topics.rows[0][1], Entry::Count(7));
    assert_eq!(topics.rows[1][1], Entry::Text("dưới 5".to_owned()));
}
