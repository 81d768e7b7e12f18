//! The threads behind the screen: one writes, one reads snapshots, one derives keys while it is needed.
//!
//! Owns who does which effect. Never draws and never decides what is to be done.

mod dates;
mod export;
mod import;
mod joined;
mod keys;
mod long;
mod reads;
mod remembered;
mod report;
mod writes;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::{Clock, Folder};
use crate::app::report::ReportAsk;
use crate::app::{Answer, Effect, Setup};
use crate::domain::Held;
use crate::store::Reader;

/// Takes what the threads answer.
pub type Tell = Arc<dyn Fn(Told) + Send + Sync>;

/// What a thread has to say.
pub enum Told {
    Answer(Answer),
    /// Everything asked before the end is done and the file is closed.
    Finished,
}

/// An order for the writer.
enum Order {
    Do(Effect),
    /// The keys are derived.
    Opened(Box<keys::Opened>),
    /// A logbook that is joined to the open one is opened, or not.
    Joined(Box<joined::Opened>),
    /// A backup that was begun is made, or not.
    BackedUp(Box<long::Ended>),
    /// A table that is taken in has come on.
    Import(import::Told),
}

/// An order for the reader.
enum Ask {
    /// The logbook is open.
    Install(Box<Reader>),
    /// The logbook is closed as soon as this is dropped.
    Close(Sender<()>),
    /// A joined logbook is open; without a reader it is so no more.
    Join(u16, Option<Box<(Folder, Reader)>>),
    /// All joined ones are closed as soon as this is dropped.
    Part(Sender<()>),
    Query(Effect),
}

/// Where the threads work and by which clock.
#[derive(Clone)]
struct Place {
    folder: Folder,
    /// The user's own settings; `None` where the system has no home.
    settings: Option<PathBuf>,
    setup: Arc<Setup>,
    clock: Arc<dyn Clock>,
    tell: Tell,
    /// Set where long work shall end early.
    stop: Arc<AtomicBool>,
}

impl Place {
    fn answer(&self, answer: Answer) {
        (self.tell)(Told::Answer(answer));
    }
}

/// The way to the threads; they end when it is dropped.
pub struct Worker {
    orders: Sender<Order>,
    asks: Sender<Ask>,
    stop: Arc<AtomicBool>,
}

impl Worker {
    /// Starts the threads for a folder.
    pub fn start(
        folder: Folder,
        settings: Option<PathBuf>,
        setup: Arc<Setup>,
        clock: Arc<dyn Clock>,
        tell: Tell,
    ) -> std::io::Result<Self> {
        let place = Place {
            folder,
            settings,
            setup,
            clock,
            tell,
            stop: Arc::default(),
        };
        let stop = place.stop.clone();
        let (orders, to_write): (_, Receiver<Order>) = channel();
        let (asks, to_read): (_, Receiver<Ask>) = channel();
        let reading = place.clone();
        spawn("reader", move || reads::run(&reading, &to_read))?;
        let desk = writes::Desk::new(place, orders.clone(), asks.clone());
        spawn("writer", move || desk.run(&to_write))?;
        Ok(Self { orders, asks, stop })
    }

    /// Hands an effect to the thread that does it. Threads that are gone take none: the end is near.
    pub fn hand(&self, effect: Effect) {
        // What ends the logbook does not wait for long work.
        if matches!(effect, Effect::StopWork | Effect::Lock | Effect::Quit) {
            self.stop.store(true, Ordering::Relaxed);
        }
        if is_question(&effect) {
            drop(self.asks.send(Ask::Query(effect)));
        } else if !matches!(effect, Effect::StopWork) {
            drop(self.orders.send(Order::Do(effect)));
        }
    }
}

/// Tells whether an effect is for the reader.
fn is_question(effect: &Effect) -> bool {
    if let Effect::InJoined(_, effect) = effect {
        return is_question(effect);
    }
    matches!(
        effect,
        Effect::QueryList { .. }
            | Effect::QueryToday { .. }
            | Effect::QuerySpots
            | Effect::QueryDuties { .. }
            | Effect::QueryCoverage { .. }
            | Effect::QueryOffered { .. }
            | Effect::QueryDossier(_)
            | Effect::QueryHistory(_)
            | Effect::QueryPairs { .. }
            | Effect::QueryPairsOf(_)
            | Effect::QueryAlike { .. }
            | Effect::QueryQuarantine
            | Effect::QueryWaiting(_)
            | Effect::QueryReview(_)
            | Effect::QueryReviewOf(_)
            | Effect::QueryExchange(_)
            | Effect::QueryOwed(_)
            | Effect::QueryRecords { .. }
            | Effect::Report(ReportAsk::Numbers { .. } | ReportAsk::Behind { .. })
            | Effect::QueryLastVisit
    )
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    let thread = thread::Builder::new().name(name.to_owned());
    thread.spawn(work).map(drop)
}

/// Leaves only where something is held, not what.
fn hide(held: &mut [Held]) {
    let texts = held.iter_mut().flat_map(|held| &mut held.fields);
    texts.for_each(|(_, text)| text.clear());
}
