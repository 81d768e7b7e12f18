//! Where files lie: the folder of the logbook and the user's configuration. Creates and reads none.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use super::heads::Heads;

/// The names of the files in a logbook's folder that are not key files.
const LOGBOOK: &str = "logbook.redb";
const KEYS: &str = "keys.age";
const RECOVERY: &str = "recovery.age";
const BALLAST: &str = "ballast";

/// The folder of one logbook, and where this machine remembers its device keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    path: PathBuf,
    heads: Heads,
}

impl Folder {
    /// Takes the folder that was named, or the default one; `None` where the system has no home.
    pub fn choose(named: Option<&Path>) -> Option<Self> {
        let default = || project().map(|dirs| dirs.data_dir().to_owned());
        let path = named.map(Path::to_owned).or_else(default)?;
        let state = |dirs: ProjectDirs| {
            let folder = dirs.state_dir().unwrap_or(dirs.data_local_dir());
            folder.join("heads")
        };
        let heads = Heads::new(project().map(state));
        Some(Self { path, heads })
    }

    /// Remembers device keys elsewhere, or nowhere.
    #[must_use]
    pub fn remembered_in(self, heads: Heads) -> Self {
        Self { heads, ..self }
    }

    /// Returns another logbook's folder, whose keys are remembered in the same place.
    pub fn beside(&self, path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            heads: self.heads.clone(),
        }
    }

    /// Returns where this machine remembers device keys.
    pub fn heads(&self) -> &Heads {
        &self.heads
    }

    /// Returns the folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the encrypted file.
    pub fn logbook(&self) -> PathBuf {
        self.path.join(LOGBOOK)
    }

    /// Returns the name under which the encrypted file is made before it takes its own.
    pub fn logbook_new(&self) -> PathBuf {
        self.path.join("logbook.redb.new")
    }

    /// Returns the file of the keys under the passphrase.
    pub fn keys(&self) -> PathBuf {
        self.path.join(KEYS)
    }

    /// Returns the file of the keys under the recovery secret.
    pub fn recovery(&self) -> PathBuf {
        self.path.join(RECOVERY)
    }

    /// Returns the file that keeps room on the disk.
    pub fn ballast(&self) -> PathBuf {
        self.path.join(BALLAST)
    }

    /// Tells whether a logbook lies here: its file, or keys whose file is not here. Keys beside a
    /// file of the temporary name are what a power cut left of a logbook that never was.
    pub fn holds_logbook(&self) -> bool {
        self.logbook().exists() || (self.keys().exists() && !self.logbook_new().exists())
    }
}

/// The files that may configure the program, the system's before the user's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigPaths {
    folders: Vec<PathBuf>,
}

impl ConfigPaths {
    /// Finds the folders of this machine.
    pub fn of_machine() -> Self {
        let user = project().map(|dirs| dirs.config_dir().to_owned());
        let folders = super::platform::system_config().into_iter().chain(user);
        Self {
            folders: folders.collect(),
        }
    }

    /// Returns the file of that name in each folder, the system's before the user's.
    pub fn layers<'a>(&'a self, name: &'a str) -> impl Iterator<Item = PathBuf> + 'a {
        self.folders.iter().map(move |folder| folder.join(name))
    }

    /// Returns the user's own file of that name.
    pub fn own(&self, name: &str) -> Option<PathBuf> {
        self.folders.last().map(|folder| folder.join(name))
    }
}

fn project() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "bacung")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_folder_is_taken_as_it_is() {
        let folder = Folder::choose(Some(Path::new("usb"))).expect("was named");
        assert_eq!(folder.logbook(), Path::new("usb").join("logbook.redb"));
        assert!(!folder.holds_logbook());
    }

    #[test]
    fn the_users_own_file_comes_last() {
        let paths = ConfigPaths {
            folders: vec!["system".into(), "user".into()],
        };
        let own = paths.own("settings.toml");
        assert_eq!(paths.layers("settings.toml").last(), own);
    }
}
