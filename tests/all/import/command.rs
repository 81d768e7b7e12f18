//! `bacung import` as scripts use it, and files whose names misbehave.

use super::rows::{counts, home, import};

const TABLE: &str = "Ngày,Đơn vị,Nội dung\n01/10/2026,Công an xã,Lợp mái\n";

#[test]
fn what_is_no_table_is_refused_with_what_to_do() {
    let home = home();
    let old = [
        &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..],
        &[0; 600],
    ]
    .concat();
    for (name, bytes, says) in [
        ("a.xls", old.as_slice(), ".xls"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0", "CSV"),
        ("a.csv", b"xin chao", "tên cột"),
        ("a.csv", b"", "tên cột"),
        ("a.xlsx", b"PK\x03\x04 and then nothing", "hỏng"),
    ] {
        let ran = import(&home, name, bytes, &[]);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{name}");
        assert!(ran.err.contains(says), "{name}: {}", ran.err);
        assert!(ran.err.contains("không thay đổi"), "{}", ran.err);
    }
    let missing = home.run(&["import", "/không/có.csv"]);
    assert_eq!(missing.code, 1);
    let ran = import(&home, "a.csv", TABLE.as_bytes(), &["--kind", "gì đó"]);
    assert_eq!(ran.code, 2);
    let ran = import(&home, "a.csv", TABLE.as_bytes(), &["--sheet", "Bảng 9"]);
    assert_eq!(ran.code, 1);
    let listed = home.run(&["list", "visits", "--json"]).json();
    assert_eq!(listed["total"], 0);
}

#[test]
fn files_may_be_called_anything() {
    let home = home();
    let long = format!("{}.csv", "a".repeat(240));
    let names: Vec<String> = [
        "-o",
        "--json",
        "-",
        "--",
        "a b.csv",
        "a\tb.csv",
        "a\nb.csv",
        "a\rb.csv",
        "\u{1b}[2J.csv",
        "\u{1b}]0;x\u{7}.csv",
        "\u{202e}vsc.exe",
        "\u{200b}.csv",
        "'.csv",
        "\".csv",
        "`id`.csv",
        "$(id).csv",
        "%s%n.csv",
        "*.csv",
        "?.csv",
        "[a].csv",
        "{a,b}.csv",
        "a;b.csv",
        "a|b.csv",
        "a&b.csv",
        "a>b.csv",
        "a<b.csv",
        "~.csv",
        "~root",
        "#.csv",
        "!.csv",
        "=1+1.csv",
        "@a.csv",
        ".csv",
        "...csv",
        "..a",
        "a.",
        "a ",
        " a",
        "CON.csv",
        "NUL",
        "nhà.csv",
        "nha\u{300}.csv",
        "ĐƯỜNG.CSV",
        "数据.csv",
        "🏠.csv",
        "a\u{85}b.csv",
        "a\u{2028}b.csv",
        "a\\b.csv",
        "a:b.csv",
        "a,b.csv",
        "a%00b.csv",
        "http:__x.csv",
        "a.csv.exe",
        "a.CSV",
        "table",
        "a.xlsx",
        "a.ods",
        "0",
        "\u{feff}a.csv",
        "é\u{301}\u{301}\u{301}\u{301}\u{301}.csv",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain([long])
    .collect();
    assert!(names.len() >= 60);
    let folder = home.path().join("tables");
    std::fs::create_dir_all(&folder).expect("a folder");
    let tame = |text: &str| {
        !text
            .chars()
            .any(|c| c.is_control() && c != '\n' || c == '\u{202e}')
    };
    for (at, name) in names.iter().enumerate() {
        let path = folder.join(name);
        // A whole import asks the passphrase, which takes its time: every tenth name does.
        let whole = at % 10 == 0;
        let content = if whole {
            TABLE
        } else {
            "không có tên cột"
        };
        if std::fs::write(&path, content).is_err() {
            // A file system that takes no such name has no such file.
            continue;
        }
        let path = path.to_str().expect("UTF-8");
        let ran = home.run(&["import", "--json", "--as-of", "2026-11-23", "--", path]);
        if whole {
            let expected = if at == 0 { [1, 1, 0, 0] } else { [1, 0, 0, 1] };
            assert_eq!(counts(&ran), expected, "{name:?}: {}", ran.err);
        } else {
            assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{name:?}");
            assert!(ran.err.contains("tên cột"), "{name:?}: {}", ran.err);
        }
        assert!(tame(&ran.err), "{name:?}");
        std::fs::remove_file(path).expect("is removed");
        let gone = home.run(&["import", "--", path]);
        assert_eq!(gone.code, 1, "{name:?}");
        assert!(tame(&gone.err), "{name:?}: {:?}", gone.err);
    }
}

#[test]
fn columns_are_remembered_and_help_names_the_command() {
    let home = home();
    counts(&import(
        &home,
        "a.csv",
        TABLE.as_bytes(),
        &["--kind", "visits"],
    ));
    let more = format!("{TABLE}02/10/2026,Công an xã,Đổ bê tông\n");
    let ran = import(&home, "a.csv", more.as_bytes(), &[]);
    assert_eq!(counts(&ran), [2, 1, 0, 1]);
    assert!(home.run(&["--help"]).out.contains("import"));
    let en = home.run(&["--lang", "en", "import", "nothing.csv"]);
    assert!(en.err.contains("could not be read"), "{}", en.err);
}

#[cfg(unix)]
#[test]
fn a_file_name_that_is_no_text_is_read_all_the_same() {
    use std::os::unix::ffi::OsStrExt;
    let home = home();
    let name = std::ffi::OsStr::from_bytes(b"so-\xff\xfe-2025.csv");
    let path = home.path().join(name);
    // Some file systems take no such name; then there is nothing to read.
    if std::fs::write(&path, format!("{TABLE}45/10/2026,Công an xã,Kéo điện\n")).is_err() {
        return;
    }
    let args = [
        "import".as_ref(),
        path.as_os_str(),
        "--as-of".as_ref(),
        "2026-11-23".as_ref(),
    ];
    let output = home
        .command(&args)
        .env("BACUNG_PASSPHRASE_FILE", home.passphrase_file())
        .output()
        .expect("the program starts");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("F6"), "{said}");
    let listed = home.run(&["list", "visits", "--json"]).json();
    assert_eq!(listed["total"], 1);
}

/// The batch that is being written is finished and no other begins; the same file again goes on.
#[cfg(unix)]
#[test]
fn ctrl_c_stops_an_import_behind_a_whole_batch() {
    use std::io::{BufRead, BufReader, Read};
    use std::process::{Command, Stdio};
    let home = home();
    let path = home.path().join("a.csv");
    let rows = (0..3000).map(|n| format!("01/10/2026,Công an xã,Việc {n}\n"));
    let table = format!("Ngày,Đơn vị,Nội dung\n{}", rows.collect::<String>());
    std::fs::write(&path, table).expect("is written");
    let path = path.to_str().expect("UTF-8");
    let args = ["import", path, "--json", "--as-of", "2026-11-23"];
    let mut child = home
        .command(&args)
        .env("BACUNG_PASSPHRASE_FILE", home.passphrase_file())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut said = BufReader::new(child.stderr.take().expect("is piped"));
    let mut line = String::new();
    while !line.contains('/') {
        line.clear();
        let read = said.read_line(&mut line).expect("UTF-8");
        assert!(read > 0, "it says how far it is");
    }
    let id = child.id().to_string();
    let sent = Command::new("kill").args(["-INT", &id]).status();
    assert!(sent.expect("can be sent").success());
    let mut rest = String::new();
    said.read_to_string(&mut rest).expect("UTF-8");
    let output = child.wait_with_output().expect("ends");
    let result: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let total = || home.run(&["list", "activities", "--json"]).json()["total"].clone();
    assert_eq!(result["added"], total(), "{rest}");
    // A machine quick enough to be done before the signal has stopped nothing.
    let stopped = result["rows"] != 3000;
    assert_eq!(output.status.code(), Some(i32::from(stopped)), "{rest}");
    let again = home.run(&args);
    assert_eq!(again.code, 0, "{}", again.err);
    assert_eq!(total(), 3000);
    assert_eq!(home.run(&["check"]).code, 0);
}
