//! Words that stand among particulars, in a sealed box and in requests, and are to be met nowhere else: in no output of
//! a command, no file, no byte of the terminal.

use std::io::{Cursor, Read};
use std::path::Path;
use std::time::Duration;

use bacung::domain::*;
use bacung::keys::{KeyRing, Passphrase, Reader};
use bacung::runtime::logbook::{moment, unlock};
use bacung::runtime::{Folder, SystemClock};
use bacung::store::SaveDossier;

use crate::harness::home::{Home, PASSPHRASE};
use crate::harness::logbook::{day, visit};
use crate::harness::terminal::Terminal;
use crate::import::rows::{home, import};

const NAME: &str = "Xiềng Thị Kanari";
const PHONE: &str = "0977 123 456";
const SAID: &str = "lời kể kín đáo";
const HELPED: &str = "Giàng Thị Kanari";
const IDENTITY: &str = "Người Tố Cáo Kín";

/// Every word, and how search would fold the names.
const CANARIES: [&str; 8] = [
    NAME,
    PHONE,
    SAID,
    HELPED,
    IDENTITY,
    "0977123456",
    "thi kanari",
    "nguoi to cao kin",
];

fn scene() -> Home {
    let home = home();
    let concerns = format!(
        "Ngày,Đơn vị,Xã,Thôn,Loại,Nội dung ý kiến,Người nêu ý kiến,Liên hệ,Lời trình bày\n\
         01/10/2026,Công an xã Nà Hang,Nà Hang,Pắc Ban,kiến nghị,Xin điện,{NAME},{PHONE},{SAID}\n"
    );
    let activities = format!(
        "Ngày,Đơn vị,Xã,Thôn,Loại hoạt động,Mô tả,Số hộ,Tên người được giúp\n\
         02/10/2026,Công an xã Nà Hang,Nà Hang,Pắc Ban,Sửa nhà,Lợp mái,1,{HELPED}\n"
    );
    for (name, table, kind) in [
        ("a.csv", &concerns, "concerns"),
        ("b.csv", &activities, "activities"),
    ] {
        let ran = import(&home, name, table.as_bytes(), &["--kind", kind]);
        assert_eq!(ran.json()["added"], 1, "{} {}", ran.out, ran.err);
        nowhere("import", &format!("{}{}", ran.out, ran.err).into_bytes());
        std::fs::remove_file(home.path().join(name)).expect("is removed");
    }
    seal(&home);
    home
}

/// Opens the logbook of a home.
fn open(home: &Home) -> bacung::runtime::logbook::Logbook {
    let folder = Folder::choose(Some(&home.logbook())).expect("a folder");
    let passphrase = Passphrase::new(PASSPHRASE).expect("long enough");
    unlock(&folder, &passphrase, &SystemClock::new(None)).expect("opens")
}

/// Writes a visit with the envelope of a denunciation.
pub fn write_envelope(home: &Home) -> VisitId {
    let (mut open, clock) = (open(home), SystemClock::new(None));
    let mut dossier = visit("suối", Some("2026-10-03"));
    dossier.envelopes.push(Versioned::new(Envelope {
        number: "07/PB".to_owned(),
        on: Some(day("2026-10-03")),
        ..Envelope::default()
    }));
    let save = SaveDossier {
        dossier,
        places: Vec::new(),
        people: Vec::new(),
        typing: None,
    };
    let saved = open.store.save(save, moment(&clock), &mut open.ids);
    saved.expect("a save").visit
}

/// Writes a denunciation's envelope and seals who denounced into it.
fn seal(home: &Home) {
    let visit = write_envelope(home);
    let (mut open, clock) = (open(home), SystemClock::new(None));
    let dossier = open.store.reader().dossier(visit);
    let dossier = dossier.expect("is read").expect("stands");
    let envelope = dossier.envelopes[0].id.expect("is saved");
    let (authority, _) = KeyRing::create(&mut |bytes| bytes.fill(9));
    let key = Reader::parse(&authority.exchange().to_public().to_string());
    let sealed = open.store.seal_identity(
        envelope,
        IDENTITY,
        &[key.expect("a key")],
        moment(&clock),
        &mut open.ids,
    );
    sealed.expect("is sealed");
}

fn nowhere(what: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for canary in CANARIES {
        assert!(!text.contains(canary), "{canary} stands in {what}");
    }
}

/// Looks through every file below the home; workbooks are looked into.
fn no_file_holds_one(home: &Home) {
    for (path, content) in home.files() {
        let shown = path.display().to_string();
        nowhere(&shown, &content);
        if path
            .extension()
            .is_some_and(|end| end == "xlsx" || end == "docx")
        {
            let mut zip = zip::ZipArchive::new(Cursor::new(content)).expect("an office file");
            for part in 0..zip.len() {
                let mut bytes = Vec::new();
                let mut part = zip.by_index(part).expect("a part");
                part.read_to_end(&mut bytes).expect("is read");
                nowhere(&shown, &bytes);
            }
        }
    }
}

fn text(path: &Path) -> String {
    path.to_str().expect("UTF-8").to_owned()
}

/// Runs a command, which may refuse, and looks through what it says.
fn silent(home: &Home, args: &[&str]) {
    let ran = home.run(args);
    nowhere(&args.join(" "), ran.out.as_bytes());
    nowhere(&args.join(" "), ran.err.as_bytes());
}

fn every_command(home: &Home) {
    let mut codes = Vec::new();
    let lists = [
        "visits",
        "activities",
        "meetings",
        "concerns",
        "promises",
        "receptions",
        "inspections",
        "duties",
    ];
    for what in lists {
        silent(home, &["list", what]);
        let listed = home.run(&["list", what, "--json"]);
        nowhere(what, listed.out.as_bytes());
        let rows = listed.json()["rows"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        codes.extend(
            rows.iter()
                .filter_map(|row| row["code"].as_str().map(str::to_owned)),
        );
        let found = home.run(&["list", what, "--find", "kanari", "--json"]);
        assert_eq!(found.json()["total"], 0, "{what}");
    }
    assert!(codes.len() >= 4, "{codes:?}");
    for code in &codes {
        silent(home, &["show", code]);
        silent(home, &["show", code, "--json"]);
        silent(home, &["review", "show", code]);
    }
    for table in ["visits", "activities", "meetings", "concerns", "entries"] {
        for format in ["csv", "json", "ndjson", "xlsx"] {
            let path = text(&home.path().join(format!("{table}.{format}")));
            silent(home, &["export", table, "--format", format, "-o", &path]);
        }
    }
    for paper in ["monthly", "police", "cell", "minutes", "review-sheet"] {
        for format in ["xlsx", "docx", "html"] {
            let path = text(&home.path().join(format!("{paper}.{format}")));
            let args = ["report", paper, "2026-10", "--format", format, "-o", &path];
            silent(home, &args);
        }
    }
    assert!(home.path().join("monthly.docx").exists());
    let (stick, backup) = (home.path().join("stick"), home.path().join("sao-luu"));
    std::fs::create_dir_all(&stick).expect("a folder");
    let (stick, backup) = (text(&stick), text(&backup));
    for args in [
        &["due", "--json"][..],
        &["due"],
        &["tally", "2026", "--json"],
        &["tally", "2026-Q4", "--by", "place"],
        &["check", "--json"],
        &["check", "--rebuild"],
        &["roster", "show"],
        &["review", "list", "--json"],
        &["citizen", "log"],
        &["citizen", "log", "--json"],
        &["citizen", "offered", "--json"],
        &["sync", &stick],
        &["sync", &stick, "--json"],
        &["backup", &backup],
        &["compact"],
    ] {
        silent(home, args);
    }
}

/// Rows that cannot be read, a table that is none, columns nobody knows: what is said of them says no name.
#[test]
fn no_refusal_of_an_import_says_a_name() {
    let home = home();
    let header =
        "Ngày,Đơn vị,Xã,Thôn,Loại,Nội dung ý kiến,Người nêu ý kiến,Liên hệ,Lời trình bày\n";
    let rows = [
        format!(
            "{header}45/13/2026,Công an xã,Nà Hang,Pắc Ban,kiến nghị,Xin,{NAME},{PHONE},{SAID}\n"
        ),
        format!(
            "{header}01/10/2026,Công an xã,{NAME},Pắc Ban,kiến nghị,Xin,{NAME},{PHONE},{SAID}\n"
        ),
        format!("{header}01/10/2026,Công an xã,Nà Hang,Pắc Ban,{NAME},Xin,{NAME},{PHONE},{SAID}\n"),
        format!(
            "{header}01/10/2026,Công an xã,Nà Hang,Pắc Ban,kiến nghị,,{NAME},{PHONE},\"{SAID}\n"
        ),
        format!("{NAME},{PHONE}\n{SAID},{NAME}\n"),
    ];
    for (at, table) in rows.iter().enumerate() {
        let name = format!("hong-{at}.csv");
        let ran = import(&home, &name, table.as_bytes(), &["--kind", "concerns"]);
        nowhere(&name, format!("{}{}", ran.out, ran.err).as_bytes());
        std::fs::remove_file(home.path().join(name)).expect("is removed");
    }
}

/// Asks for somebody in the words of a file that is gone afterwards.
fn asked(home: &Home, args: &[&str]) -> String {
    let path = home.path().join("hoi");
    std::fs::write(&path, format!("{NAME}\nPắc Ban\n")).expect("is written");
    let path = text(&path);
    let mut all = vec!["citizen"];
    all.extend(args);
    all.extend(["--ask-file", &path]);
    let ran = home.run(&all);
    assert_eq!(ran.code, 0, "{}", ran.err);
    std::fs::remove_file(&path).expect("is removed");
    nowhere(&args.join(" "), ran.err.as_bytes());
    ran.out
}

#[test]
fn no_command_and_no_file_says_a_name() {
    let home = scene();
    nowhere("find", asked(&home, &["find"]).as_bytes());
    nowhere("find --json", asked(&home, &["find", "--json"]).as_bytes());
    every_command(&home);
    no_file_holds_one(&home);
    // What shows them on purpose does.
    assert!(asked(&home, &["find", "--show"]).contains(NAME));
    asked(&home, &["erase", "--yes", "--paper", "1"]);
    let path = home.path().join("het.csv");
    let export = [
        "export",
        "concerns",
        "--format",
        "csv",
        "--with-names",
        "-o",
    ];
    let path = text(&path);
    let ran = home.run(&[&export[..], &[&path]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    every_command(&home);
    no_file_holds_one(&home);
}

#[test]
fn no_byte_of_the_terminal_says_a_name() {
    let home = scene();
    let file = text(&home.passphrase_file());
    let mut terminal = Terminal::start(&home, &["--passphrase-file", &file]);
    terminal.wait("VIỆC CẦN LÀM");
    terminal.keys("2");
    terminal.wait("Pắc Ban");
    terminal.keys("\x1b[B\r");
    let patience = Duration::from_millis(700);
    for keys in [
        "", "\x1b[6~", "\x1b[6~", "\x1b", "3", "\r", "\x1b[6~", "\x1b", "4", "5", "6", "7", "1",
    ] {
        terminal.keys(keys);
        // Whatever comes of the key: the screen has the time to be drawn.
        let _ = terminal.within(patience, |_| false);
    }
    nowhere("the terminal", &terminal.bytes());
    terminal.keys("\x11");
    let (code, held) = terminal.end();
    assert_eq!(code, 0);
    nowhere("what the terminal keeps", held.as_bytes());
    no_file_holds_one(&home);
}
