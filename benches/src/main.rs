//! How quick bacung is at a million visits, and SQLite with FTS5 on the same visits in the same run.
//!
//! Prints one table. Numbers are compared as ratios of one run; nothing here fails for being slow.

mod busy;
mod corpus;
mod exchange;
mod fill;
mod frame;
mod import;
mod ours;
mod owed;
mod peer;
mod replicas;
mod table;
mod words;

use std::path::{Path, PathBuf};

use table::Table;

/// What the command line asks for.
struct Asked {
    visits: u64,
    /// Measures open concerns alone, so many of them.
    concerns: Option<u64>,
    /// Measures exchanges alone, of about so many entries.
    exchange: Option<u64>,
    folder: Option<PathBuf>,
}

fn asked() -> Asked {
    let mut asked = Asked {
        visits: 1_000_000,
        concerns: None,
        exchange: None,
        folder: None,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match (word.as_str(), words.next()) {
            ("--visits", Some(number)) => asked.visits = number.parse().expect("a number"),
            ("--concerns", Some(number)) => {
                asked.concerns = Some(number.parse().expect("a number"));
            }
            ("--exchange", Some(number)) => {
                asked.exchange = Some(number.parse().expect("a number"));
            }
            ("--in", Some(folder)) => asked.folder = Some(folder.into()),
            (other, _) => panic!(
                "unknown: {other}; known: --visits N, --concerns N, --exchange N, --in FOLDER"
            ),
        }
    }
    asked
}

fn main() {
    // Parts that need a process of their own are this program again.
    let words: Vec<String> = std::env::args().collect();
    if let Some(code) = import::program(&words) {
        std::process::exit(code.into());
    }
    if let [_, part, file] = words.as_slice()
        && frame::run(part, Path::new(file))
    {
        return;
    }
    let asked = asked();
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let folder = asked.folder.as_deref().unwrap_or(temporary.path());
    let mut table = Table::beside_of(match asked.exchange {
        Some(_) => "TaskChampion",
        None => "SQLite",
    });
    if let Some(concerns) = asked.concerns {
        owed::measure(&folder.join("owed.redb"), concerns, &mut table);
        table.print();
        return;
    }
    if let Some(entries) = asked.exchange {
        exchange::measure(folder, entries, &mut table);
        table.print();
        return;
    }
    let text = corpus::bytes_a_visit();
    table.note(format!("text of a visit: {text:.0} bytes on average"));
    let ours = folder.join("bacung.redb");
    let theirs = folder.join("peer.sqlite");
    fill::both(&ours, &theirs, asked.visits, &mut table);
    ours::size_and_compact(&ours, asked.visits, text, &mut table);
    frame::measure(&ours, &mut table);
    ours::pages(&ours, &mut table);
    words::search(&ours, &theirs, &mut table);
    busy::pairs(&ours, &theirs, &mut table);
    fill::saves(&ours, &theirs, asked.visits, &mut table);
    busy::painting(&ours, &mut table);
    import::measure(folder, asked.visits, &mut table);
    table.print();
}
