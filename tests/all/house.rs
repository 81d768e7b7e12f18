//! What a machine can keep of the house: arrows between layers, sizes, and calls that only the
//! runtime may make.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Which layers each layer may import; `ARCHITECTURE.md` says why.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("law", &["domain"]),
    ("text", &[]),
    ("journal", &["domain"]),
    ("keys", &["domain", "journal"]),
    ("store", &["domain", "law", "text", "journal", "keys"]),
    ("exchange", &["domain", "journal", "keys", "store"]),
    ("config", &["domain", "law"]),
    ("i18n", &[]),
    ("import", &["domain", "law", "text", "i18n", "config"]),
    ("app", &["domain", "law", "text", "i18n", "config"]),
    ("report", &["domain", "law", "text", "i18n", "config"]),
    ("ui", &["app", "domain", "law", "text", "i18n", "config"]),
    ("demo", &["domain", "law", "text", "config"]),
    ("runtime", EVERY),
    ("cli", EVERY),
];

const EVERY: &[&str] = &[
    "domain", "law", "text", "journal", "keys", "store", "exchange", "config", "i18n", "import",
    "app", "report", "ui", "demo", "runtime", "cli",
];

/// Files longer than this hold more than one thing.
const LONGEST_FILE: usize = 500;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path, out: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    for entry in entries {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            rust_files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// Every source file: its path below `src`, and its text.
fn sources() -> BTreeMap<String, String> {
    let src = root().join("src");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    assert!(files.len() > 20, "the sources were not found");
    let name = |p: &Path| {
        p.strip_prefix(&src)
            .expect("below src")
            .to_string_lossy()
            .replace('\\', "/")
    };
    files
        .iter()
        .map(|p| (name(p), fs::read_to_string(p).expect("a text file")))
        .collect()
}

/// Code without comments, so that prose may name what code may not.
fn code(text: &str) -> String {
    text.lines()
        .filter(|l| !l.trim_start().starts_with("//"))
        .map(|l| format!("{l}\n"))
        .collect()
}

/// The layers named by `crate::layer` and by the groups of `use crate::{a::…, b::…}`.
fn imports(code: &str) -> Vec<String> {
    let word = |s: &str| {
        s.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => found.push(word(rest)),
            Some(group) => {
                let mut depth = 0;
                let mut start = 0;
                for (i, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' | ',' if depth == 0 => {
                            found.push(word(group[start..i].trim_start()));
                            start = i + 1;
                        }
                        '}' => depth -= 1,
                        _ => {}
                    }
                    if c == '}' && depth == 0 && start == i + 1 {
                        break;
                    }
                }
            }
        }
    }
    found.retain(|w| !w.is_empty());
    found
}

#[test]
fn the_reader_of_imports_sees_groups() {
    let text =
        "use crate::{app::{A, B}, domain};\nlet x = crate::text::fold(y);\nuse crate::store;";
    assert_eq!(imports(text), ["app", "domain", "text", "store"]);
}

#[test]
fn every_arrow_between_layers_is_allowed() {
    let mut seen = 0;
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let Some((layer, _)) = file.split_once('/') else {
            continue;
        };
        let allowed = ARROWS.iter().find(|(name, _)| *name == layer);
        let Some((_, allowed)) = allowed else {
            wrong.push(format!("{file}: the layer {layer} is not in the table"));
            continue;
        };
        for import in imports(&code(&text)) {
            seen += 1;
            if import != layer && !allowed.contains(&import.as_str()) {
                wrong.push(format!("{file}: {layer} must not import {import}"));
            }
        }
    }
    assert!(seen > 10, "only {seen} imports were seen");
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn files_are_small_and_say_what_they_own() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let lines = text.lines().count();
        if lines > LONGEST_FILE {
            wrong.push(format!("{file}: {lines} lines"));
        }
        if !text.starts_with("//!") {
            wrong.push(format!("{file}: does not begin with //!"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn only_the_runtime_reads_clocks_and_knows_the_system() {
    const BANNED: &[(&str, &[&str])] = &[
        ("SystemTime::now", &["runtime/"]),
        ("Instant::now", &["runtime/"]),
        ("Utc::now", &[]),
        ("Local::now", &[]),
        ("getrandom::", &["runtime/"]),
        ("std::os::unix", &["runtime/platform/"]),
        ("std::os::windows", &["runtime/platform/"]),
        ("cfg(unix)", &["runtime/platform/"]),
        ("cfg(windows)", &["runtime/platform/"]),
        ("signal_hook", &["runtime/platform/"]),
        ("todo!(", &[]),
        ("unimplemented!(", &[]),
        ("dbg!(", &[]),
        ("println!(", &["cli/", "main.rs"]),
    ];
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        for (call, homes) in BANNED {
            if code(&text).contains(call) && !homes.iter().any(|home| file.starts_with(home)) {
                wrong.push(format!("{file}: {call}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Pure layers do no io at all.
#[test]
fn pure_layers_touch_no_files() {
    const PURE: &[&str] = &[
        "domain/", "law/", "text/", "journal/", "app/", "report/", "ui/", "i18n/", "import/",
    ];
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        for call in [
            "std::fs",
            "std::thread",
            "std::net",
            "std::process",
            "std::env",
        ] {
            if PURE.iter().any(|layer| file.starts_with(layer)) && code(&text).contains(call) {
                wrong.push(format!("{file}: {call}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
