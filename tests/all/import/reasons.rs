//! Each reason for which a row goes to quarantine, with its row and column.

use serde_json::json;

use super::books::xlsx_around;
use super::rows::{counts, home, import};

const HEAD: &str = "Ngày,Từ ngày,Đến ngày,Đơn vị,Nội dung,Số hộ,Kinh phí,Lũy kế\n";

#[test]
fn every_reason_names_its_row_and_column() {
    let long = "a".repeat(70_000);
    let cases = [
        ("hôm qua,,,A,B,,,", "not_a_date", Some("Ngày")),
        ("31/02/2026,,,A,B,,,", "not_a_date", Some("Ngày")),
        ("10/2026,,,A,B,,,", "incomplete_date", Some("Ngày")),
        ("5/10,,,A,B,,,", "incomplete_date", Some("Ngày")),
        ("24/11/2026,,,A,B,,,", "in_future", Some("Ngày")),
        (
            ",5/10/2026,4/10/2026,A,B,,,",
            "end_before_start",
            Some("Đến ngày"),
        ),
        (",5/10/2020,4/10/2026,A,B,,,", "too_long", Some("Đến ngày")),
        ("5/10/2026,,,A,B,nhiều,,", "not_a_number", Some("Số hộ")),
        ("5/10/2026,,,A,B,-3,,", "negative", Some("Số hộ")),
        (
            "5/10/2026,,,A,B,5000000000,,",
            "number_out_of_range",
            Some("Số hộ"),
        ),
        (
            &format!("5/10/2026,,,A,{long},,,"),
            "text_too_long",
            Some("Nội dung"),
        ),
        ("5/10/2026,,,A,B,,,có lẽ", "not_yes_or_no", Some("Lũy kế")),
        ("5/10/2026,,,A,,,,", "says_nothing", None),
        (
            &format!("5/10/2026,,,A,B,,,{}x", ",".repeat(1_000)),
            "too_many_cells",
            None,
        ),
    ];
    let mut table = HEAD.to_owned();
    let mut expected = Vec::new();
    for (at, (row, reason, column)) in cases.iter().enumerate() {
        table.push_str(row);
        table.push('\n');
        expected.push(json!({"row": at + 2, "column": column, "reason": reason}));
    }
    table.push_str("5/10/2026,,,A,tốt,1,,\n");
    let home = home();
    let ran = import(&home, "a.csv", table.as_bytes(), &[]);
    assert_eq!(counts(&ran), [15, 1, 0, 0], "{}", ran.out);
    assert_eq!(ran.json()["quarantined"], json!(expected));
    assert!(!ran.err.contains("nhiều") && !ran.err.contains("có lẽ"));
    let again = import(&home, "a.csv", table.as_bytes(), &[]);
    assert_eq!(counts(&again), [15, 0, 0, 1]);
    assert_eq!(again.json()["quarantined"], json!(expected));
    assert_eq!(home.run(&["check"]).code, 0);
}

#[test]
fn a_formula_is_its_saved_result_or_an_error() {
    let text =
        |at: &str, text: &str| format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let row = |number: u32, cell: &str| {
        let unit = text(&format!("A{number}"), "Công an xã");
        let what = text(&format!("B{number}"), "Sửa nhà");
        format!(r#"<row r="{number}">{unit}{what}{cell}</row>"#)
    };
    let head = [
        text("A1", "Đơn vị"),
        text("B1", "Nội dung"),
        text("C1", "Số hộ"),
    ]
    .concat();
    let sheet = [
        format!(r#"<row r="1">{head}</row>"#),
        row(2, r#"<c r="C2"><f>1+1</f><v>7</v></c>"#),
        row(3, r#"<c r="C3" t="e"><f>1/0</f><v>#DIV/0!</v></c>"#),
        row(4, r#"<c r="C4"><f>1+1</f></c>"#),
    ];
    let home = home();
    let ran = import(&home, "a.xlsx", &xlsx_around(&sheet.concat()), &[]);
    assert_eq!(counts(&ran), [3, 1, 1, 0], "{}", ran.out);
    let fault = |row: u32| json!({"row": row, "column": "Số hộ", "reason": "formula_error"});
    assert_eq!(ran.json()["quarantined"], json!([fault(3), fault(4)]));
    let listed = home.run(&["list", "activities", "--json"]).json();
    let code = listed["rows"][0]["code"]
        .as_str()
        .expect("a code")
        .to_owned();
    let shown = home.run(&["show", &code, "--json"]).json();
    assert_eq!(shown["fields"]["beneficiaries"][0]["households"], 7);
}
