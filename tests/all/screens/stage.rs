//! The program without its machine: keys in, effects and cells out.

use std::sync::Arc;

use bacung::app::{
    Answer, Effect, Keymap, Logbook, Model, Msg, Secret, Setup, Size, TypingKey, Unlocked, update,
};
use bacung::config::catalogue::Catalogue;
use bacung::config::settings::Settings;
use bacung::config::theme::Theme;
use bacung::config::units::Communes;
use bacung::domain::{Dossier, Names, Page, Stamp, Today, VisitId, VisitRow};
use bacung::i18n::Language;
use bacung::text::width;
use bacung::ui::{Look, draw};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::sample;

pub(super) const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

/// 23 November 2026, 08:14 in Vietnam.
pub(super) const NOW: Stamp = Stamp(1_795_396_440_000);

pub(super) struct Stage {
    pub(super) model: Model,
    pub(super) effects: Vec<Effect>,
    terminal: Terminal<TestBackend>,
}

fn setup() -> Arc<Setup> {
    static SETUP: std::sync::OnceLock<Arc<Setup>> = std::sync::OnceLock::new();
    let make = || {
        Arc::new(Setup::new(
            Catalogue::built_in(),
            Communes::built_in(),
            Keymap::built_in(),
        ))
    };
    SETUP.get_or_init(make).clone()
}

impl Stage {
    pub(super) fn new(logbook: Logbook, language: Language, (columns, rows): (u16, u16)) -> Self {
        let settings = Settings {
            language: language.into(),
            ..Settings::from_layers([])
        };
        let size = Size { columns, rows };
        let terminal = Terminal::new(TestBackend::new(columns, rows));
        Self {
            model: Model::new(setup(), &settings, logbook, size, NOW),
            effects: Vec::new(),
            terminal: terminal.expect("a terminal in memory"),
        }
    }

    /// An open logbook.
    pub(super) fn open(language: Language, size: (u16, u16), names: Names) -> Self {
        let mut stage = Self::new(Logbook::Present, language, size);
        stage.keys("x<enter>");
        let typing = match names.people.len() {
            0 | 1 => Vec::new(),
            _ => vec![(TypingKey([9; 16]), Stamp(NOW.0 - 600_000), vec![1])],
        };
        stage.answer(Answer::Unlocked(Box::new(Unlocked {
            profile: sample::profile(),
            me: sample::person(1),
            names,
            typing,
        })));
        stage
    }

    pub(super) fn send(&mut self, msg: Msg) {
        self.effects = update(&mut self.model, msg);
    }

    pub(super) fn answer(&mut self, answer: Answer) {
        self.send(Msg::Answer(Box::new(answer)));
    }

    /// Answers the last query for today.
    pub(super) fn today(&mut self, today: Today) {
        for number in 0..100 {
            let today = Box::new(today.clone());
            self.answer(Answer::Today { number, today });
        }
    }

    /// Answers the last query for the list.
    pub(super) fn list(&mut self, page: Page<VisitRow>) {
        for number in 0..100 {
            let page = page.clone();
            self.answer(Answer::List { number, page });
        }
    }

    /// Answers the query for the row in front.
    pub(super) fn dossier(&mut self, dossier: Dossier) {
        let visit = dossier.visit.id.expect("a saved visit");
        let dossier = Box::new(dossier);
        self.answer(Answer::Dossier {
            visit,
            dossier,
            contested: Vec::new(),
        });
    }

    /// Answers the query for that visit with the record of the samples.
    pub(super) fn dossier_as(&mut self, visit: VisitId) {
        let mut dossier = sample::dossier();
        dossier.visit.id = Some(visit);
        self.dossier(dossier);
    }

    /// Puts another record under the visit that is open.
    pub(super) fn dossier_of(&mut self, mut dossier: Dossier) {
        dossier.visit.id = sample::dossier().visit.id;
        self.dossier(dossier);
    }

    /// Presses keys: letters as they are, others as `<enter>`, `<ctrl-p>`, `<f3>`.
    pub(super) fn keys(&mut self, keys: &str) {
        let mut rest = keys;
        while let Some(c) = rest.chars().next() {
            let (key, length) = match rest.find('>').filter(|_| c == '<') {
                Some(end) => (named(&rest[1..end]), end + 1),
                None => (KeyEvent::from(KeyCode::Char(c)), c.len_utf8()),
            };
            self.screen();
            self.send(Msg::Key(key));
            rest = &rest[length..];
        }
    }

    /// Draws, and gives the cells as text; `⎸` marks the terminal's cursor.
    pub(super) fn screen(&mut self) -> String {
        let look = Look::new(Theme::built_in("dark").expect("is compiled in"));
        let Size { columns, rows } = self.model.size;
        self.terminal.backend_mut().resize(columns, rows);
        let mut drawn = None;
        let model = &self.model;
        let mut cursor = None;
        self.terminal
            .draw(|frame| drawn = Some(draw(model, &look, frame)))
            .expect("drawing in memory");
        let backend = self.terminal.backend();
        if backend.cursor_visible() {
            cursor = Some(backend.cursor_position());
        }
        self.model.note(drawn.expect("was drawn"));
        let buffer = self.terminal.backend().buffer();
        let mut out = String::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            for x in 0..buffer.area.width {
                if cursor.is_some_and(|at| (at.x, at.y) == (x, y)) {
                    line.push('⎸');
                }
                let behind_wide = x > 0 && width::columns(buffer[(x - 1, y)].symbol()) == 2;
                if !behind_wide {
                    line.push_str(buffer[(x, y)].symbol());
                }
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }
}

fn named(name: &str) -> KeyEvent {
    let control = name.strip_prefix("ctrl-");
    let code = match control.unwrap_or(name) {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "shift-tab" => KeyCode::BackTab,
        "backspace" => KeyCode::Backspace,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "page-down" => KeyCode::PageDown,
        "page-up" => KeyCode::PageUp,
        name if name.len() == 1 => KeyCode::Char(name.chars().next().unwrap_or(' ')),
        name => match name.strip_prefix('f').and_then(|n| n.parse().ok()) {
            Some(number) => KeyCode::F(number),
            None => panic!("no key is named {name}"),
        },
    };
    let modifiers = match control {
        Some(_) => KeyModifiers::CONTROL,
        None => KeyModifiers::NONE,
    };
    KeyEvent::new(code, modifiers)
}

pub(super) const RECOVERY: &str =
    "AGE-SECRET-KEY-1QQPQ9SVVYEJH7N6J4V9ZDZJ5CQ5QZ5ZK2H7N6J4V9ZDZJ5CQ5QZK7MPX";

/// The first run, with the recovery secret on the screen.
pub(super) fn at_recovery(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = Stage::new(Logbook::Missing, language, size);
    stage.keys("<enter>Bế<enter><enter>Công an xã<enter><enter>");
    stage.keys("suoi lon nha san<enter>suoi lon nha san<enter>");
    stage.answer(Answer::Created {
        recovery: Secret::new(RECOVERY.to_owned()),
    });
    stage
}

/// A visit opened from the list.
pub(super) fn at_visit(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = Stage::open(language, size, sample::names());
    stage.keys("2");
    stage.list(sample::page(7, 7));
    stage.keys("<enter>");
    stage.dossier(sample::dossier());
    stage.answer(Answer::History {
        visit: sample::dossier().visit.id.expect("a saved visit"),
        lines: sample::history(),
    });
    stage
}
