//! The one table, and how times become numbers in it.

use std::time::{Duration, Instant};

/// Times of one thing done many times.
#[derive(Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Does it once and keeps how long it took.
    pub fn time<T>(&mut self, what: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let done = what();
        self.0.push(begun.elapsed());
        done
    }

    /// Does something that goes on from what took `before`, and keeps how long both took.
    pub fn time_after<T>(&mut self, before: Duration, what: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let done = what();
        self.0.push(before + begun.elapsed());
        done
    }

    /// How long the last one took.
    pub fn last(&self) -> Duration {
        self.0.last().copied().unwrap_or_default()
    }

    /// The time that so many in a thousand do not pass, in milliseconds.
    pub fn permille(&self, permille: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let last = sorted.len().saturating_sub(1);
        let at = (sorted.len() * permille / 1000).min(last);
        sorted
            .get(at)
            .map_or(f64::NAN, |t| t.as_secs_f64() * 1000.0)
    }

    pub fn median(&self) -> f64 {
        self.permille(500)
    }

    pub fn p99(&self) -> f64 {
        self.permille(990)
    }
}

struct Line {
    what: String,
    ours: String,
    peer: String,
    ratio: String,
    aim: &'static str,
}

/// The table as it fills; each line is said as soon as it is known.
pub struct Table {
    peer: &'static str,
    notes: Vec<String>,
    lines: Vec<Line>,
}

impl Table {
    /// Begins one beside a peer.
    pub fn beside_of(peer: &'static str) -> Self {
        Self {
            peer,
            notes: Vec::new(),
            lines: Vec::new(),
        }
    }

    pub fn note(&mut self, text: String) {
        eprintln!("{text}");
        self.notes.push(text);
    }

    /// Adds a line without a peer.
    pub fn alone(&mut self, what: &str, ours: String, aim: &'static str) {
        self.add(what, ours, String::new(), String::new(), aim);
    }

    /// Adds times in milliseconds of both; the ratio is the peer's over ours.
    pub fn beside(&mut self, what: &str, ours: f64, peer: f64, aim: &'static str) {
        let ratio = format!("{:.2}", peer / ours);
        self.add(what, ms(ours), ms(peer), ratio, aim);
    }

    /// Adds rates of both; the ratio is ours over the peer's.
    pub fn rates(&mut self, what: &str, ours: f64, peer: f64, aim: &'static str) {
        let ratio = format!("{:.2}", ours / peer);
        let rate = |rate: f64| format!("{rate:.0}/s");
        self.add(what, rate(ours), rate(peer), ratio, aim);
    }

    fn add(&mut self, what: &str, ours: String, peer: String, ratio: String, aim: &'static str) {
        eprintln!("{what}: {ours} | {peer} | {ratio} | {aim}");
        self.lines.push(Line {
            what: what.to_owned(),
            ours,
            peer,
            ratio,
            aim,
        });
    }

    pub fn print(&self) {
        for note in &self.notes {
            println!("{note}");
        }
        println!("\n| what | bacung | {} | better by | aim |", self.peer);
        println!("| --- | ---: | ---: | ---: | --- |");
        for line in &self.lines {
            let Line {
                what,
                ours,
                peer,
                ratio,
                aim,
            } = line;
            println!("| {what} | {ours} | {peer} | {ratio} | {aim} |");
        }
    }
}

pub fn ms(time: f64) -> String {
    format!("{time:.2} ms")
}
