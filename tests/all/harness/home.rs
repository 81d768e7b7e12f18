//! A home of its own for the built program, so that no test reads or writes the person's.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// The passphrase of every logbook in the tests.
pub const PASSPHRASE: &str = "rừng xanh núi đỏ";

/// A home that vanishes.
pub struct Home {
    folder: tempfile::TempDir,
}

/// How a command ended.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Home {
    /// Makes an empty home with a file that holds the passphrase.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let home = Self { folder };
        fs::write(home.passphrase_file(), format!("{PASSPHRASE}\n")).expect("is written");
        home
    }

    /// Where everything lies.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Where the logbook of the tests lies.
    pub fn logbook(&self) -> PathBuf {
        self.path().join("logbook")
    }

    /// The file that holds the passphrase.
    pub fn passphrase_file(&self) -> PathBuf {
        self.path().join("passphrase")
    }

    /// What the program's environment says here.
    pub fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        vec![
            ("HOME", self.path().to_owned()),
            ("USERPROFILE", self.path().to_owned()),
            ("APPDATA", self.path().join("roaming")),
            ("LOCALAPPDATA", self.path().join("local")),
            ("XDG_DATA_HOME", self.path().join("data")),
            ("XDG_CONFIG_HOME", self.path().join("config")),
            ("XDG_STATE_HOME", self.path().join("state")),
            ("TMPDIR", self.path().to_owned()),
            ("BACUNG_LOGBOOK", self.logbook()),
        ]
    }

    /// Runs the program with the passphrase at hand.
    pub fn run(&self, args: &[&str]) -> Ran {
        let file = self.passphrase_file();
        self.run_with(args, &[("BACUNG_PASSPHRASE_FILE", &file)])
    }

    /// Gives the program with its arguments, not started and without a passphrase.
    pub fn command<A: AsRef<std::ffi::OsStr>>(&self, args: &[A]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bacung"));
        command.args(args).env_clear().envs(self.environment());
        // Windows programs do not start without it.
        command.envs(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
        command
    }

    /// Runs the program with more in its environment.
    pub fn run_with(&self, args: &[&str], more: &[(&str, &Path)]) -> Ran {
        let mut command = self.command(args);
        let Output {
            status,
            stdout,
            stderr,
        } = command
            .envs(more.iter().map(|(name, value)| (name, value)))
            .output()
            .expect("the program starts");
        Ran {
            code: status.code().expect("was not killed"),
            out: String::from_utf8(stdout).expect("UTF-8"),
            err: String::from_utf8(stderr).expect("UTF-8"),
        }
    }

    /// Fills the logbook with made-up visits, whose passphrase takes the place of the tests'.
    pub fn with_demo(visits: u32) -> Self {
        let home = Self::new();
        let count = visits.to_string();
        let to = home.logbook();
        let to = to.to_str().expect("UTF-8");
        let made = home.run(&[
            "demo",
            "--visits",
            &count,
            "--as-of",
            "2026-11-23",
            "--to",
            to,
        ]);
        assert_eq!(made.code, 0, "{}", made.err);
        fs::write(home.passphrase_file(), made.out).expect("is written");
        home
    }

    /// Every file below the home, with its content.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("is readable") {
                let path = entry.expect("is readable").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let content = fs::read(&path).expect("is readable");
                    found.push((path, content));
                }
            }
        }
        found
    }
}

impl Ran {
    /// Reads the result as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {} {}", self.out, self.err))
    }
}
