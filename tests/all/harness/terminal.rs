//! A real terminal with the built program in it. Waits for what it should show, never for time.

use std::io::{Read, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use super::home::Home;

/// Nothing the program does takes longer, on however slow a machine.
const PATIENCE: Duration = Duration::from_secs(60);
const SCROLLBACK: usize = 1000;

struct Shown {
    parser: vt100::Parser,
    /// Everything that was sent to the terminal.
    bytes: Vec<u8>,
    /// The program's end of the terminal is closed.
    closed: bool,
}

/// The program in a terminal of 100×30.
pub struct Terminal {
    shown: Arc<(Mutex<Shown>, Condvar)>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Starts the program with these arguments.
    pub fn start(home: &Home, args: &[&str]) -> Self {
        let (rows, cols) = (30, 100);
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_bacung"));
        command.args(args);
        command.env_clear();
        for (name, value) in home.environment() {
            command.env(name, value);
        }
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command).expect("starts");
        drop(pair.slave);
        let keys = pair.master.take_writer().expect("can be typed into");
        let reader = pair.master.try_clone_reader().expect("can be read");
        let shown = Shown {
            parser: vt100::Parser::new(rows, cols, SCROLLBACK),
            bytes: Vec::new(),
            closed: false,
        };
        let shown = Arc::new((Mutex::new(shown), Condvar::new()));
        let to = shown.clone();
        thread::spawn(move || read(reader, &to));
        Self {
            shown,
            keys,
            child,
            _master: pair.master,
        }
    }

    /// Types; `\r` is Enter.
    pub fn keys(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("is taken");
        self.keys.flush().expect("is taken");
    }

    /// Waits until the screen shows a text, and returns the screen.
    pub fn wait(&self, text: &str) -> String {
        self.until(|screen| screen.contains(text), text)
    }

    /// Waits until the screen no longer shows a text.
    pub fn wait_gone(&self, text: &str) -> String {
        self.until(|screen| !screen.contains(text), text)
    }

    fn until(&self, holds: impl Fn(&str) -> bool, what: &str) -> String {
        let found = self.within(PATIENCE, holds);
        found.unwrap_or_else(|screen| panic!("waiting for {what}:\n{screen}"))
    }

    /// Returns the screen as soon as something holds of it, or the one that stands at the end.
    pub fn within(
        &self,
        patience: Duration,
        holds: impl Fn(&str) -> bool,
    ) -> Result<String, String> {
        let end = Instant::now() + patience;
        let (_, changed) = &*self.shown;
        let mut shown = self.shown();
        loop {
            let screen = shown.parser.screen().contents();
            if holds(&screen) {
                return Ok(screen);
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() || shown.closed {
                return Err(screen);
            }
            shown = changed.wait_timeout(shown, left).expect("no poison").0;
        }
    }

    /// Returns everything that was sent to the terminal so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.shown().bytes.clone()
    }

    /// The process that runs.
    pub fn process(&self) -> u32 {
        self.child.process_id().expect("still runs")
    }

    /// Kills the process as a loss of power would.
    pub fn kill(mut self) {
        self.child.kill().expect("is killed");
        self.child.wait().expect("is gone");
    }

    /// Waits for the end; returns the exit code and all that the terminal still holds.
    pub fn end(mut self) -> (u32, String) {
        let status = self.child.wait().expect("ends");
        let (_, changed) = &*self.shown;
        let mut shown = self.shown();
        while !shown.closed {
            shown = changed.wait(shown).expect("no poison");
        }
        shown.parser.screen_mut().set_scrollback(SCROLLBACK);
        let screen = shown.parser.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is left");
        assert!(!screen.hide_cursor(), "the cursor is back");
        let scrolled = screen.contents();
        shown.parser.screen_mut().set_scrollback(0);
        let held = format!("{scrolled}\n{}", shown.parser.screen().contents());
        (status.exit_code(), held)
    }

    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shown.0.lock().expect("no poison")
    }
}

fn read(mut from: Box<dyn Read + Send>, to: &(Mutex<Shown>, Condvar)) {
    let mut bytes = [0; 4096];
    loop {
        // A closed terminal is an error on some systems and an end on others.
        let count = from.read(&mut bytes).unwrap_or(0);
        let mut shown = to.0.lock().expect("no poison");
        if count == 0 {
            shown.closed = true;
        } else {
            shown.parser.process(&bytes[..count]);
            shown.bytes.extend_from_slice(&bytes[..count]);
        }
        to.1.notify_all();
        if count == 0 {
            return;
        }
    }
}
