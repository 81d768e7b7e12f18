//! A stick as FAT keeps it: no links, no name over another one, one name whatever the case; and pulled at any
//! byte, so that what was being written lies there in part, under whichever of its names.
//!
//! A real image is not mounted here: that takes rights that no test should have.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::rc::Rc;

use bacung::domain::{LogbookId, Role};
use bacung::exchange::{BundleName, Disk, DiskItem, FolderTarget, Target};

use super::hostile::logbook;
use super::laptop::Laptop;
use crate::harness::logbook::visit;

/// What a pull leaves of the file that was being written.
#[derive(Clone, Copy, Debug)]
enum Left {
    /// Its beginning, under the name that it has until it is whole.
    Unfinished,
    /// Its beginning under its own name: FAT may write the name before the bytes.
    Named,
    /// Its whole length under its own name, and zeros where the rest should be.
    Zeros,
}

const SHAPES: [Left; 3] = [Left::Unfinished, Left::Named, Left::Zeros];

#[derive(Default)]
struct State {
    folders: BTreeSet<String>,
    /// What a name is in any case; the name as it was written; the bytes.
    files: BTreeMap<String, (String, Vec<u8>)>,
    /// After how many more bytes it is pulled, and what that leaves.
    pull: Option<(usize, Left)>,
    /// The file that is cut as soon as it has its name, and at how many bytes.
    torn: Option<(usize, Left)>,
    gone: bool,
}

#[derive(Clone, Default)]
struct Fat(Rc<RefCell<State>>);

fn text(path: &Path) -> String {
    path.to_str().expect("ASCII").to_owned()
}

fn folded(path: &Path) -> String {
    let name = text(path);
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'/');
    assert!(name.bytes().all(plain), "{name} is a name on any system");
    assert!(
        path.iter().all(|part| part.len() <= 80),
        "{name} is short enough"
    );
    name.to_ascii_lowercase()
}

fn pulled() -> io::Error {
    io::ErrorKind::NotConnected.into()
}

impl Fat {
    fn new() -> Self {
        let disk = Self::default();
        disk.0.borrow_mut().folders.insert("stick".into());
        disk
    }

    fn pull_after(&self, bytes: usize, left: Left) {
        self.0.borrow_mut().pull = Some((bytes, left));
    }

    fn put_back(&self) {
        let mut state = self.0.borrow_mut();
        (state.pull, state.torn, state.gone) = (None, None, false);
    }

    fn there(&self) -> Result<(), io::Error> {
        match self.0.borrow().gone {
            true => Err(pulled()),
            false => Ok(()),
        }
    }

    /// The last parts of the names of all files, and what lies under them.
    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let state = self.0.borrow();
        let of = |(name, bytes): &(String, Vec<u8>)| {
            let name = name.rsplit('/').next().unwrap_or_default().to_owned();
            (name, bytes.clone())
        };
        state.files.values().map(of).collect()
    }

    fn target(&self, of: LogbookId) -> FolderTarget<Self> {
        FolderTarget::new(self.clone(), Path::new("stick"), of)
    }
}

impl Disk for Fat {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.there()?;
        let mut state = self.0.borrow_mut();
        let above = path.ancestors().filter(|path| !path.as_os_str().is_empty());
        state.folders.extend(above.map(folded));
        Ok(())
    }

    fn list(&self, path: &Path) -> io::Result<Vec<DiskItem>> {
        self.there()?;
        let state = self.0.borrow();
        if !state.folders.contains(&folded(path)) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let inside = format!("{}/", folded(path));
        let name = |of: &str| {
            let rest = of.to_ascii_lowercase().strip_prefix(&inside)?.len();
            let name = &of[of.len() - rest..];
            (!name.contains('/')).then(|| name.to_owned())
        };
        let folders = state.folders.iter().filter_map(|folder| name(folder));
        let folders = folders.map(|name| DiskItem {
            name,
            size: 0,
            is_folder: true,
        });
        let files = state.files.values().filter_map(|(file, bytes)| {
            Some(DiskItem {
                name: name(file)?,
                size: bytes.len() as u64,
                is_folder: false,
            })
        });
        Ok(folders.chain(files).collect())
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        self.there()?;
        let state = self.0.borrow();
        let found = state.files.get(&folded(path));
        let (_, bytes) = found.ok_or(io::ErrorKind::NotFound)?;
        match bytes.len() as u64 > most {
            true => Err(io::ErrorKind::InvalidData.into()),
            false => Ok(bytes.clone()),
        }
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.there()?;
        let mut state = self.0.borrow_mut();
        let (key, name) = (folded(path), text(path));
        let mut kept = bytes.to_vec();
        match state.pull {
            Some((left, how)) if left < bytes.len() => match how {
                Left::Unfinished => {
                    kept.truncate(left);
                    state.files.insert(key, (name, kept));
                    state.gone = true;
                    return Err(pulled());
                }
                // The bytes wait in the system's memory, and the name goes first.
                Left::Named | Left::Zeros => state.torn = Some((left, how)),
            },
            Some((left, how)) => state.pull = Some((left - bytes.len(), how)),
            None => {}
        }
        state.files.insert(key, (name, kept));
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.there()?;
        let mut state = self.0.borrow_mut();
        if state.files.contains_key(&folded(to)) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let found = state.files.remove(&folded(from));
        let (_, mut bytes) = found.ok_or(io::ErrorKind::NotFound)?;
        let torn = state.torn.take();
        if let Some((at, how)) = torn {
            let whole = bytes.len();
            bytes.truncate(at);
            if matches!(how, Left::Zeros) {
                bytes.resize(whole, 0);
            }
        }
        state.files.insert(folded(to), (text(to), bytes));
        match torn {
            Some(_) => {
                state.gone = true;
                Err(pulled())
            }
            None => Ok(()),
        }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.there()?;
        let removed = self.0.borrow_mut().files.remove(&folded(path));
        removed.map(drop).ok_or(io::ErrorKind::NotFound.into())
    }

    fn sync_dir(&self, _path: &Path) -> io::Result<()> {
        self.there()
    }
}

const BOOK: LogbookId = LogbookId([5; 16]);
const SENDER: &str = "00112233445566778899aabbccddeeff";

/// Every byte of a bundle, under either name: what is left is never taken for whole, and is gone once the
/// bundle was laid down again.
#[test]
fn whatever_byte_it_is_pulled_at_nothing_passes_for_a_bundle() {
    let bytes: Vec<u8> = (0..2_000_u32).map(|n| (n % 251) as u8 + 1).collect();
    // Sealed again it is another file, under the same number.
    let again: Vec<u8> = bytes.iter().rev().copied().collect();
    let named = |bytes: &[u8]| BundleName::new(7, &[], bytes).as_text();
    let before = BundleName::new(6, &[], &bytes).as_text();
    for how in SHAPES {
        for at in 0..bytes.len() {
            let disk = Fat::new();
            let mut target = disk.target(BOOK);
            target
                .write(SENDER, &before, &bytes)
                .expect("the one before");
            disk.pull_after(at, how);
            let written = target.write(SENDER, &named(&bytes), &bytes);
            assert!(written.is_err(), "{how:?} {at}");
            disk.put_back();
            for (name, left) in disk.files() {
                let whole = BundleName::parse(&name).is_some_and(|name| name.is_of(&left));
                assert_eq!(whole, name == before, "{how:?} {at}: {name}");
            }
            let written = target.write(SENDER, &named(&again), &again);
            written.unwrap_or_else(|error| panic!("{how:?} {at}: {error}"));
            let listed = target.list(SENDER, None).expect("is listed");
            let names: Vec<String> = listed.into_iter().map(|item| item.name).collect();
            assert_eq!(names, [before.clone(), named(&again)], "{how:?} {at}");
        }
    }
}

/// Two laptops and such a stick, pulled here and there while the first one writes.
#[test]
fn what_was_cut_is_copied_again_and_nothing_is_lost() {
    let mut one = Laptop::first(1, Role::Officer);
    let mut two = one.newcomer(2, Role::Officer);
    one.admits(&two);
    let disk = Fat::new();
    let mut target = disk.target(logbook(&one));
    for _ in 0..3 {
        one.sync(&mut target);
        two.sync(&mut target);
    }
    let (mut notes, mut times) = (Vec::new(), 0);
    for at in (0..1_300).step_by(41) {
        let how = SHAPES[at % 3];
        notes.push(format!("chuyến {at:04}"));
        one.save(visit(notes.last().expect("one"), Some("2026-11-20")));
        disk.pull_after(at, how);
        let pulled = one.try_sync(&mut target).is_err();
        disk.put_back();
        let seen = two.sync(&mut target);
        assert_eq!(seen.quarantined, 0, "{how:?} {at}: {seen:?}");
        if pulled {
            times += 1;
            assert_ne!(two.notes(), notes, "{how:?} {at}: it was not whole");
        }
        one.sync(&mut target);
        let taken = two.sync(&mut target);
        assert_eq!((taken.waiting, taken.quarantined), (0, 0), "{how:?} {at}");
        assert_eq!(two.notes(), notes, "{how:?} {at}");
    }
    assert!(times > 12, "it was pulled {times} times");
    one.sync(&mut target);
    assert_eq!(one.view(), two.view());
    for laptop in [&mut one, &mut two] {
        laptop.check();
    }
}
