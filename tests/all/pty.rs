//! The program in a real terminal, from the first run on. Few, since they are slow.

use std::time::Duration;

use crate::harness::home::{Home, PASSPHRASE};
use crate::harness::terminal::Terminal;

/// Answers the first run in Vietnamese, up to the open logbook.
fn first_run(terminal: &mut Terminal) {
    terminal.wait("Tiếng Việt");
    terminal.keys("\r");
    terminal.wait("Họ và tên");
    terminal.keys("Hoàng Thị Bế\r");
    terminal.keys("Thượng úy\r");
    terminal.keys("Công an xã Nà Hang");
    terminal.wait("Công an xã Nà Hang");
    terminal.keys("\r");
    terminal.wait("Vai trò của bạn");
    terminal.keys("\r");
    terminal.wait("Mật khẩu mở sổ");
    terminal.keys(&format!("{PASSPHRASE}\r{PASSPHRASE}\r"));
    let screen = terminal.wait("Chép xong, bấm Enter.");
    let letters = screen.lines().flat_map(|line| line.split_whitespace());
    let secret: String = letters
        .skip_while(|word| !word.contains("AGE-SECRET-KEY-"))
        .take_while(|word| {
            word.bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
        })
        .collect();
    assert!(secret.starts_with("AGE-SECRET-KEY-"), "{screen}");
    terminal.keys("\r");
    terminal.wait("ký tự cuối của mã");
    let tail = secret.get(secret.len() - 6..).expect("ASCII");
    terminal.keys(&format!("{tail}\r"));
    terminal.wait("Hoàng Thị Bế");
}

#[test]
fn the_first_run_makes_a_logbook_that_opens_again() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home, &[]);
    first_run(&mut terminal);
    terminal.keys("q");
    let (code, held) = terminal.end();
    assert_eq!(code, 0);
    assert_eq!(held.trim(), "", "nothing stays on the terminal");

    let mut terminal = Terminal::start(&home, &[]);
    terminal.wait("Mật khẩu");
    terminal.keys("một cụm khác hẳn\r");
    terminal.wait("Sai mật khẩu");
    terminal.keys(&format!("{PASSPHRASE}\r"));
    terminal.wait("Hoàng Thị Bế");
    // F12 locks.
    terminal.keys("\x1b[24~");
    let locked = terminal.wait_gone("Hoàng Thị Bế");
    assert!(!locked.contains("Nà Hang"), "{locked}");
    terminal.keys(&format!("{PASSPHRASE}\r"));
    terminal.wait("Hoàng Thị Bế");
    terminal.keys("\x11");
    let (code, held) = terminal.end();
    assert_eq!((code, held.trim()), (0, ""));
}

#[test]
fn a_passphrase_file_opens_the_screen() {
    let home = Home::with_demo(2);
    let file = home.passphrase_file();
    let file = file.to_str().expect("UTF-8");
    let mut terminal = Terminal::start(&home, &["--passphrase-file", file]);
    terminal.wait("VIỆC CẦN LÀM");
    terminal.keys("\x11");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn a_logbook_that_is_open_elsewhere_is_said() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home, &[]);
    first_run(&mut terminal);
    let second = home.run(&["list", "visits"]);
    assert_eq!((second.code, second.out.as_str()), (1, ""));
    assert!(second.err.lines().count() >= 3, "{}", second.err);
    let mut other = Terminal::start(&home, &[]);
    other.wait("Mật khẩu");
    other.keys(&format!("{PASSPHRASE}\r"));
    other.wait("cửa sổ khác");
    other.keys("\x11");
    assert_eq!(other.end().0, 0);
    terminal.kill();
    let third = home.run(&["list", "visits"]);
    assert_eq!(third.code, 0, "{}", third.err);
}

/// Signals are Unix's; Windows ends by closing the console.
#[cfg(unix)]
#[test]
fn a_demo_that_is_told_to_end_leaves_nothing() {
    let home = Home::new();
    let terminal = Terminal::start(&home, &["demo", "--visits", "30"]);
    terminal.wait("Hoàng Thị Bế");
    let before = home.files().len();
    assert!(before > 1, "the logbook lies in the temporary folder");
    let process = terminal.process().to_string();
    let told = std::process::Command::new("kill")
        .args(["-TERM", &process])
        .status();
    assert!(told.expect("kill runs").success());
    let (code, held) = terminal.end();
    assert_eq!(code, 0);
    assert!(!held.contains("Hoàng") && !held.contains("Pắc"), "{held}");
    let left: Vec<_> = home.files().into_iter().map(|(path, _)| path).collect();
    assert_eq!(left, [home.passphrase_file()]);
}

/// Waits until what the screen shows is on disk; `key` is typed to have it kept once more.
fn until_kept(terminal: &mut Terminal, key: &str) {
    let kept = |screen: &str| {
        let after = screen.split("giữ lúc ").nth(1);
        after.map(|after| after.chars().take(8).collect::<String>())
    };
    let before = kept(&terminal.wait("giữ lúc"));
    // What is kept after this key holds at least what the screen showed before it. A keep within the
    // same second shows the same time; a later key then makes another.
    let later = |screen: &str| kept(screen).is_some_and(|at| Some(at) != before);
    let again = (0..20).any(|_| {
        terminal.keys(key);
        terminal.within(Duration::from_secs(3), later).is_ok()
    });
    assert!(again, "typing is kept within a second of the last key");
}

/// 200 canaries typed through the form, half of them saved, and the process killed: no file below
/// the home holds one in clear.
#[test]
fn no_file_of_a_killed_program_holds_in_clear_what_was_typed() {
    const CANARY: &str = "chimyenhot";
    let canaries = |from: u32| {
        let canaries = (from..from + 100).map(|n| format!("{CANARY}{n}"));
        canaries.collect::<Vec<_>>().join(" ")
    };
    let home = Home::new();
    let mut terminal = Terminal::start(&home, &[]);
    first_run(&mut terminal);
    for (from, last) in [(100, "chimyenhot199"), (200, "chimyenhot299")] {
        terminal.keys("n");
        terminal.wait("Chuyến mới");
        terminal.keys("Pắc Ban, na hang\t22/11/2025\x1b[15~");
        terminal.wait("Khối lượng");
        terminal.keys("kenh\t120\t\t45\t\t\t9\t\t\tdong\t3,5tr\t");
        terminal.keys(&canaries(from));
        terminal.wait(last);
        until_kept(&mut terminal, "n");
        if from == 100 {
            // Ctrl-S saves.
            terminal.keys("\x13");
            terminal.wait("Đã lưu");
        }
    }
    terminal.kill();
    let files = home.files();
    assert!(files.iter().any(|(_, content)| content.len() > 100_000));
    let utf16: Vec<u8> = CANARY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (path, content) in &files {
        for form in [CANARY.as_bytes(), &utf16] {
            let holds = content.windows(form.len()).any(|window| window == form);
            assert!(!holds, "{} holds a canary", path.display());
        }
    }
    let found = home.run(&["list", "visits", "--find", "chimyenhot150", "--json"]);
    assert_eq!(found.json()["total"], 1, "the saved half was saved");
}

/// Killed in the middle of a word, the typing opens as it was; then the visit is saved and found
/// without marks.
#[test]
fn what_was_typed_survives_a_kill_and_is_saved_and_found() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home, &[]);
    first_run(&mut terminal);
    terminal.keys("n");
    terminal.wait("Chuyến mới");
    terminal.keys("Pắc Ban, na hang\t22/11/2025\x1b[15~");
    terminal.wait("Khối lượng");
    terminal.keys("kenh\t120\t\t45\t\t\t9\t\t\tdong\t3,5tr\tNạo vét mươ");
    terminal.wait("Nạo vét mươ");
    until_kept(&mut terminal, "n");
    terminal.kill();

    let mut terminal = Terminal::start(&home, &[]);
    terminal.wait("Mật khẩu");
    terminal.keys(&format!("{PASSPHRASE}\r"));
    terminal.wait("đang gõ");
    terminal.keys("\r");
    terminal.wait("Nạo vét mươ");
    // Ctrl-S saves.
    terminal.keys("\x13");
    terminal.wait("Đã lưu");
    terminal.keys("2/nao vet muo");
    terminal.wait("1 / 1");
    terminal.keys("\r\x11");
    let (code, held) = terminal.end();
    assert_eq!((code, held.trim()), (0, ""));
    let list = home
        .run(&["list", "visits", "--find", "pac ban", "--json"])
        .json();
    assert_eq!(list["total"], 1);
    assert_eq!(list["rows"][0]["date"], "2025-11-22");
    assert_eq!(list["rows"][0]["state"], "draft");
}
