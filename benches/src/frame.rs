//! What needs a process of its own: the first frame from nothing, opening after a kill, memory.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use bacung::app::{Answer, Keymap, Logbook, Model, Msg, Setup, Size, Unlocked, update};
use bacung::config::catalogue::Catalogue;
use bacung::config::settings::Settings;
use bacung::config::theme::Theme;
use bacung::config::units::Communes;
use bacung::domain::Stamp;
use bacung::journal::StreamIds;
use bacung::store::Reader;
use bacung::ui::{Look, draw};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::ours::{self, query};
use crate::table::{Table, Times, ms};

/// 24 November 2026, 08:14 in Vietnam.
const NOW: Stamp = Stamp(1_795_482_840_000);
/// Saves of the writer before it says that it may be killed.
const SAVED: u64 = 5;

/// Runs the part of that name; tells whether there is one.
pub fn run(part: &str, file: &Path) -> bool {
    match part {
        "frame" => {
            let store = ours::open(file);
            drop(Screen::open(&store.reader()));
            // A kill, not a close: the next opening is the one after a crash.
            std::process::exit(0);
        }
        "write" => write(file),
        "memory" => memory(file),
        _ => false,
    }
}

/// The list on a screen of 120 × 40.
pub struct Screen {
    model: Model,
    look: Look,
    terminal: Terminal<TestBackend>,
}

impl Screen {
    pub fn open(reader: &Reader) -> Self {
        let setup = Setup::new(
            Catalogue::built_in(),
            Communes::built_in(),
            Keymap::built_in(),
        );
        let size = Size {
            columns: 120,
            rows: 40,
        };
        let settings = Settings::from_layers([]);
        let mut model = Model::new(Arc::new(setup), &settings, Logbook::Present, size, NOW);
        let answer = |model: &mut Model, answer| drop(update(model, Msg::Answer(Box::new(answer))));
        let unlocked = Unlocked {
            profile: reader.profile().expect("a profile"),
            me: reader.identity().expect("an identity").me,
            names: reader.record_names().expect("names"),
            typing: Vec::new(),
        };
        answer(&mut model, Answer::Unlocked(Box::new(unlocked)));
        press(&mut model, '2');
        let page = reader.list_visits(&query("", 0)).expect("a page");
        for number in 0..8 {
            let page = page.clone();
            answer(&mut model, Answer::List { number, page });
        }
        let terminal = Terminal::new(TestBackend::new(120, 40)).expect("a terminal in memory");
        let look = Look::new(Theme::built_in("dark").expect("is compiled in"));
        let mut screen = Self {
            model,
            look,
            terminal,
        };
        screen.draw();
        screen
    }

    pub fn press(&mut self, letter: char) {
        press(&mut self.model, letter);
    }

    pub fn draw(&mut self) {
        let (model, look) = (&self.model, &self.look);
        let drawn = self.terminal.draw(|frame| drop(draw(model, look, frame)));
        drawn.expect("drawing in memory");
    }
}

fn press(model: &mut Model, letter: char) {
    let key = crossterm::event::KeyEvent::from(crossterm::event::KeyCode::Char(letter));
    drop(update(model, Msg::Key(key)));
}

/// Saves without end, until killed.
fn write(file: &Path) -> bool {
    let store = ours::open(file);
    let mut ids = StreamIds::from_seed([3; 32]);
    let identity = store.reader().identity().expect("an identity");
    let mut dossier = bacung::domain::Dossier::new(bacung::domain::Visit::default());
    dossier.visit.value.lead = Some(identity.me);
    for number in 0_u64.. {
        if number == SAVED {
            println!("saving");
        }
        let save = bacung::store::SaveDossier {
            dossier: dossier.clone(),
            places: Vec::new(),
            people: Vec::new(),
            typing: None,
        };
        store
            .save(save, ours::moment(NOW), &mut ids)
            .expect("saved");
    }
    true
}

/// Searches as a person would, and says the most memory that it took.
fn memory(file: &Path) -> bool {
    let store = ours::open(file);
    let reader = store.reader();
    let mut screen = Screen::open(&reader);
    for words in [
        "n",
        "ng",
        "nguyen",
        "kenh muong",
        "sua nha",
        "duong",
        "h",
        "th",
    ] {
        drop(reader.list_visits(&query(words, 0)).expect("a page"));
        screen.draw();
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = status.lines().find(|line| line.starts_with("VmHWM"));
    println!("{}", most.unwrap_or("VmHWM: unknown"));
    true
}

fn own(part: &str, file: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.arg(part).arg(file);
    command
}

pub fn measure(file: &Path, table: &mut Table) {
    let mut first = Times::default();
    for _ in 0..12 {
        let status = first.time(|| own("frame", file).status().expect("runs"));
        assert!(status.success(), "the first frame failed");
    }
    table.alone(
        "exec to first frame of the list, median",
        ms(first.median()),
        "≤ 25 ms",
    );

    let mut opened = Times::default();
    for _ in 0..8 {
        let mut writer = own("write", file)
            .stdout(Stdio::piped())
            .spawn()
            .expect("runs");
        let mut said = String::new();
        let out = writer.stdout.take().expect("is piped");
        BufReader::new(out).read_line(&mut said).expect("it saves");
        writer.kill().expect("killed");
        writer.wait().expect("gone");
        let store = opened.time(|| {
            let store = ours::open(file);
            store.reader().identity().expect("an identity");
            store
        });
        drop(store);
    }
    table.alone("open after kill -9, median", ms(opened.median()), "≤ 30 ms");

    let mut painted = Times::default();
    {
        let store = ours::open(file);
        let mut screen = Screen::open(&store.reader());
        for at in 0..400 {
            press(&mut screen.model, if at % 2 == 0 { 'j' } else { 'k' });
            painted.time(|| screen.draw());
        }
    }
    table.alone("repaint 120 × 40, p99", ms(painted.p99()), "≤ 8 ms");

    let said = own("memory", file).stdout(Stdio::piped()).output();
    let said = String::from_utf8(said.expect("runs").stdout).expect("text");
    let kilobytes = said
        .split_whitespace()
        .nth(1)
        .and_then(|n| n.parse::<f64>().ok());
    let memory = kilobytes.map_or(said.clone(), |kb| format!("{:.0} MiB", kb / 1024.0));
    table.alone("resident memory with search open", memory, "≤ 160 MiB");
}
