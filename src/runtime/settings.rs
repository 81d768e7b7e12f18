//! The configuration of this machine: every layer read in its order, the user's own written.
//!
//! Knows no key by name.

use std::io;
use std::path::{Path, PathBuf};

use super::{ConfigPaths, Folder, SystemDisk, platform};
use crate::app::{Keymap, Setup, system_text};
use crate::config::catalogue::Catalogue;
use crate::config::law::LawFiles;
use crate::config::paper::{Letterheads, Templates};
use crate::config::settings::{Layer, Settings};
use crate::config::theme::Theme;
use crate::config::units::Communes;
use crate::config::{self, ConfigError, Source};
use crate::domain::Day;
use crate::i18n::Text;
use crate::i18n::messages::{errors, joined};
use crate::keys::Disk;
use crate::law::Law;
use crate::law::duties::Duties;
use crate::law::pressing::Targets;
use crate::store::{Measure, Reckoner};
use crate::text::clean::for_screen;

/// No settings file is longer than this many bytes.
const LONGEST: u64 = 64 * 1024;

/// Reads the settings of all layers; `line` is what the command line says.
pub fn read(paths: &ConfigPaths, line: Layer) -> Result<Settings, ConfigError> {
    let mut layers = Vec::new();
    for path in paths.layers("settings.toml") {
        if let Some(source) = Source::read(&path)? {
            layers.push(Layer::parse(&source)?);
        }
    }
    layers.push(line);
    Ok(Settings::from_layers(layers))
}

/// Reads every file of every layer, so that a mistake is said whatever was asked for.
pub fn check(paths: &ConfigPaths) -> Result<(), ConfigError> {
    let settings = read(paths, Layer::default())?;
    keymap(paths)?;
    catalogue(paths)?;
    law_files(paths)?;
    duties(paths)?;
    letterheads(paths)?;
    templates(paths)?;
    theme(paths, &settings.theme).map(drop)
}

fn keymap(paths: &ConfigPaths) -> Result<Keymap, ConfigError> {
    let mut keymap = Keymap::built_in();
    for path in paths.layers("keymap.toml") {
        if let Some(source) = Source::read(&path)? {
            keymap = keymap.with(&source)?;
        }
    }
    Ok(keymap)
}

/// Gives what dates are reckoned with.
pub fn reckoner(setup: &Setup) -> Reckoner {
    Reckoner {
        law: setup.law().clone(),
        targets: setup.targets,
        digest: setup.law().digest(setup.targets),
    }
}

/// Gives what duties are held against up to a day.
pub fn measure(setup: &Setup, as_of: Day) -> Measure<'_> {
    Measure {
        duties: &setup.duties,
        calendar: &setup.law().calendar,
        as_of,
    }
}

/// Reads lists and keys of all layers.
pub fn setup(paths: &ConfigPaths) -> Result<Setup, ConfigError> {
    let keymap = keymap(paths)?;
    let settings = read(paths, Layer::default())?;
    let targets = Targets {
        hand_over: settings.hand_over_days.into(),
        tell: settings.tell_days.into(),
    };
    let setup = Setup::new(catalogue(paths)?, Communes::built_in(), keymap)
        .with_targets(targets)
        .with_authority(settings.authority_key)
        .with_erase_offer(settings.erase_offer_months)
        .with_duties(duties(paths)?)
        .with_joined(settings.joined)
        .with_cells(settings.cells)
        .with_papers(letterheads(paths)?, templates(paths)?);
    let mut folders = paths.layers("law");
    // What is compiled in is read once somebody asks for a date.
    Ok(if folders.any(|folder| folder.is_dir()) {
        setup.with_law(law(paths)?)
    } else {
        setup
    })
}

/// Reads the lists of all layers.
pub fn catalogue(paths: &ConfigPaths) -> Result<Catalogue, ConfigError> {
    let mut catalogue = Catalogue::built_in();
    for path in paths.layers("catalogue.toml") {
        if let Some(source) = Source::read(&path)? {
            catalogue = catalogue.with(&source)?;
        }
    }
    Ok(catalogue)
}

/// Reads the template of duties of all layers.
fn duties(paths: &ConfigPaths) -> Result<Duties, ConfigError> {
    let mut duties = config::duties::built_in();
    for path in paths.layers("duties.toml") {
        if let Some(source) = Source::read(&path)? {
            duties = config::duties::with(duties, &source)?;
        }
    }
    Ok(duties)
}

/// Reads heads and feet of papers of all layers.
fn letterheads(paths: &ConfigPaths) -> Result<Letterheads, ConfigError> {
    let mut heads = Letterheads::built_in();
    for path in paths.layers("report/paper.toml") {
        if let Some(source) = Source::read(&path)? {
            heads = heads.with(&source)?;
        }
    }
    Ok(heads)
}

/// Reads the templates of papers of all layers.
fn templates(paths: &ConfigPaths) -> Result<Templates, ConfigError> {
    let mut templates = Templates::built_in();
    for name in templates.names() {
        for path in paths.layers(&format!("report/{name}")) {
            if let Some(source) = Source::read(&path)? {
                templates = templates.with(name, source)?;
            }
        }
    }
    Ok(templates)
}

/// Reads rules of law and calendars of all layers.
pub fn law(paths: &ConfigPaths) -> Result<Law, ConfigError> {
    Ok(law_files(paths)?.law())
}

fn law_files(paths: &ConfigPaths) -> Result<LawFiles, ConfigError> {
    let mut files = LawFiles::built_in();
    for folder in paths.layers("law") {
        let rules = Source::read_folder(&folder)?;
        let calendars = Source::read_folder(&folder.join("calendar"))?;
        files = files.with(&rules, &calendars)?;
    }
    Ok(files)
}

/// Reads the theme of that name: the user's own, the system's, a built-in one, or the plain one.
pub fn theme(paths: &ConfigPaths, name: &str) -> Result<Theme, ConfigError> {
    let plain = || Theme::built_in("plain").expect("the plain theme is compiled in");
    // A name is not a way to other folders.
    if name.contains(['/', '\\', '.']) {
        return Ok(plain());
    }
    let file = format!("themes/{name}.toml");
    let mut found = Theme::built_in(name);
    for path in paths.layers(&file) {
        if let Some(source) = Source::read(&path)? {
            found = Some(Theme::parse(&source)?);
        }
    }
    Ok(found.unwrap_or_else(plain))
}

/// Reads the user's own file.
fn own(path: &Path) -> io::Result<Layer> {
    match SystemDisk.read(path, LONGEST) {
        Ok(bytes) => parse(path, &bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Layer::default()),
        Err(error) => Err(error),
    }
}

/// Lays settings over those of the user's own file, as one step.
pub fn write(path: &Path, layer: Layer) -> io::Result<()> {
    let own = own(path)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let new = path.with_extension("toml.new");
    platform::create_private_dir(folder)?;
    SystemDisk.write_private(&new, own.with(layer).to_toml().as_bytes())?;
    SystemDisk.rename(&new, path)?;
    SystemDisk.sync_dir(folder)
}

/// Puts a folder to those of joined logbooks, and gives it as it was written. `own` is the logbook that
/// they are joined to.
pub fn join(path: Option<&Path>, own: &Folder, folder: &Folder) -> Result<PathBuf, Text> {
    if !folder.holds_logbook() {
        return Err(joined::no_logbook(shown(folder.path())));
    }
    let whole = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let new = whole(folder.path());
    if new == whole(own.path()) {
        return Err(joined::same());
    }
    change_joined(path, |all| {
        if !all.contains(&new) {
            all.push(new.clone());
        }
    })?;
    Ok(new)
}

/// Takes a folder off those of joined logbooks; the logbook itself stays where it is.
pub fn part(path: Option<&Path>, folder: &Path) -> Result<(), Text> {
    let whole = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let mut found = false;
    change_joined(path, |all| {
        let before = all.len();
        all.retain(|one| *one != whole && one != folder);
        found = all.len() < before;
    })?;
    match found {
        true => Ok(()),
        false => Err(joined::not_joined(shown(folder))),
    }
}

fn shown(path: &Path) -> String {
    for_screen(&path.display().to_string()).into_owned()
}

fn change_joined(path: Option<&Path>, change: impl FnOnce(&mut Vec<PathBuf>)) -> Result<(), Text> {
    let path = path.ok_or_else(errors::no_home)?;
    let failed = |error: io::Error| errors::io(shown(path), system_text(&error));
    let mut all = own(path).map_err(failed)?.joined.unwrap_or_default();
    change(&mut all);
    let layer = Layer {
        joined: Some(all),
        ..Layer::default()
    };
    write(path, layer).map_err(failed)
}

fn parse(path: &Path, bytes: &[u8]) -> io::Result<Layer> {
    let source = Source::new(path, bytes).map_err(io::Error::other)?;
    Layer::parse(&source).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::settings::Language;

    #[test]
    fn what_is_written_is_laid_over_what_was_there() {
        let home = tempfile::tempdir().expect("a temporary folder");
        let path = home.path().join("config").join("settings.toml");
        let english = Layer {
            language: Some(Language::En),
            ..Layer::default()
        };
        let plain = Layer {
            theme: Some("plain".to_owned()),
            ..Layer::default()
        };
        write(&path, english).expect("is written");
        write(&path, plain).expect("is written");
        let text = std::fs::read_to_string(&path).expect("is there");
        assert_eq!(text, "language = \"en\"\ntheme = \"plain\"\n");
    }
}
