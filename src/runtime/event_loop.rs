//! The loop: what happened goes into the model, what is to be done to the threads, the model to the screen.
//!
//! Owns the order of these. Decides nothing about records.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::platform::{self, Notice};
use super::terminal::{self, Terminal};
use super::worker::{Told, Worker};
use super::{Clock, Folder, chance, input};
use crate::app::{Answer, Effect, Model, Msg, Setup, update};
use crate::ui::{Look, draw};

/// The clock's steps.
const TICK: Duration = Duration::from_millis(250);
/// Identifiers that the model has in stock at once.
const STOCK: usize = 64;
/// A clock that jumped further than this between two ticks, in milliseconds, was asleep.
const ASLEEP: i64 = 20_000;

/// Something for the loop.
enum Happening {
    Input(Vec<Msg>),
    /// The terminal can no longer be read.
    Gone,
    Notice(Notice),
    Told(Told),
}

/// Why the screen could not be opened or kept.
#[derive(Debug, thiserror::Error)]
#[error("the terminal: {0}")]
pub struct ScreenError(#[from] pub std::io::Error);

/// What the loop starts with.
pub struct Start {
    pub model: Model,
    pub look: Look,
    pub folder: Folder,
    /// The user's own settings.
    pub settings: Option<std::path::PathBuf>,
    pub clock: Arc<dyn Clock>,
    /// What is done before the first key, as if the person had asked for it.
    pub first: Vec<Effect>,
}

struct Loop {
    model: Model,
    look: Look,
    terminal: Terminal,
    worker: Worker,
    clock: Arc<dyn Clock>,
    happened: Receiver<Happening>,
    /// Whether the file is to be closed and nothing more is taken in.
    ending: bool,
    stale: bool,
}

/// Runs until the person or the system ends it.
pub fn run(start: Start) -> Result<(), ScreenError> {
    let (tell, happened) = channel();
    let told = tell.clone();
    let worker = Worker::start(
        start.folder,
        start.settings,
        start.model.setup.clone(),
        start.clock.clone(),
        Arc::new(move |what| drop(told.send(Happening::Told(what)))),
    )?;
    let notices = tell.clone();
    platform::watch(move |notice| drop(notices.send(Happening::Notice(notice))))?;
    let terminal = Terminal::take()?;
    listen(tell)?;
    let mut running = Loop {
        model: start.model,
        look: start.look,
        terminal,
        worker,
        clock: start.clock,
        happened,
        ending: false,
        stale: true,
    };
    let (columns, rows) = running.terminal.size()?;
    running.take(Msg::Resize { columns, rows });
    running.take(Msg::FreshIds(chance::fresh_ids(running.clock.now(), STOCK)));
    start
        .first
        .into_iter()
        .for_each(|effect| running.act(effect));
    if running.draw().is_ok() {
        prepare(running.model.setup.clone())?;
    }
    running.go();
    Ok(())
}

/// Makes ready beside the first screen what only later ones need.
fn prepare(setup: Arc<Setup>) -> std::io::Result<()> {
    let thread = thread::Builder::new().name("prepare".to_owned());
    thread.spawn(move || setup.prepare()).map(drop)
}

/// Reads the terminal on a thread of its own, until it is gone.
fn listen(tell: Sender<Happening>) -> std::io::Result<()> {
    let pastes = platform::pastes();
    let read = move || {
        loop {
            let what = input::wait(pastes).map_or(Happening::Gone, Happening::Input);
            let gone = matches!(what, Happening::Gone);
            if tell.send(what).is_err() || gone {
                return;
            }
        }
    };
    let thread = thread::Builder::new().name("input".to_owned());
    thread.spawn(read).map(drop)
}

impl Loop {
    fn go(&mut self) {
        let mut last_tick = self.clock.now();
        loop {
            if self.stale && !self.ending && self.draw().is_err() {
                self.end();
            }
            let first = match self.happened.recv_timeout(TICK) {
                Ok(what) => Some(what),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let waiting: Vec<_> = first.into_iter().chain(self.happened.try_iter()).collect();
            for what in waiting {
                if matches!(what, Happening::Told(Told::Finished)) {
                    return;
                }
                self.happen(what);
            }
            let now = self.clock.now();
            let step = now.0.saturating_sub(last_tick.0);
            if step.unsigned_abs() >= TICK.as_millis() as u64 {
                if step > ASLEEP {
                    self.take(Msg::Suspend);
                }
                // The screens show minutes.
                self.stale |= now.0 / 60_000 != last_tick.0 / 60_000;
                last_tick = now;
                self.tick(now);
            }
        }
    }

    fn tick(&mut self, now: crate::domain::Stamp) {
        let effects = update(&mut self.model, Msg::Tick(now));
        self.stale |= !effects.is_empty();
        effects.into_iter().for_each(|effect| self.act(effect));
    }

    fn happen(&mut self, what: Happening) {
        match what {
            Happening::Input(messages) => messages.into_iter().for_each(|msg| self.take(msg)),
            Happening::Told(Told::Answer(answer)) => {
                let locked = matches!(answer, Answer::Locked(_) | Answer::Failed(_));
                self.take(Msg::Answer(Box::new(answer)));
                if locked && self.terminal.wipe().is_err() {
                    self.end();
                }
            }
            Happening::Told(Told::Finished) => {}
            Happening::Notice(Notice::Stop) => self.stop(),
            Happening::Notice(Notice::GoOn) => self.stale = true,
            Happening::Notice(Notice::End) | Happening::Gone => self.end(),
        }
    }

    fn take(&mut self, msg: Msg) {
        if self.ending {
            return;
        }
        let effects = update(&mut self.model, msg);
        self.stale = true;
        effects.into_iter().for_each(|effect| self.act(effect));
    }

    fn act(&mut self, effect: Effect) {
        match effect {
            Effect::FreshIds => {
                let ids = chance::fresh_ids(self.clock.now(), STOCK);
                self.take(Msg::FreshIds(ids));
            }
            Effect::Quit => {
                self.ending = true;
                self.worker.hand(Effect::Quit);
            }
            other => self.worker.hand(other),
        }
    }

    /// Locks, which keeps what is being typed, and closes the file.
    fn end(&mut self) {
        if !self.ending {
            self.take(Msg::Suspend);
            self.act(Effect::Quit);
        }
    }

    /// Locks, gives the terminal back and stops the process; goes on here when it is let go on.
    fn stop(&mut self) {
        self.take(Msg::Suspend);
        terminal::give_back();
        let stopped = platform::stop();
        if stopped.and_then(|()| self.terminal.take_again()).is_err() {
            self.end();
        }
        self.stale = true;
    }

    fn draw(&mut self) -> std::io::Result<()> {
        let mut drawn = None;
        let (model, look) = (&self.model, &self.look);
        self.terminal
            .draw(|frame| drawn = Some(draw(model, look, frame)))?;
        if let Some(drawn) = drawn {
            self.model.note(drawn);
        }
        self.stale = false;
        Ok(())
    }
}
