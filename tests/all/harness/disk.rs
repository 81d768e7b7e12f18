//! A disk in memory with names and files, which fails when told and can lose its power: then only
//! what was synced is left, names and contents each for themselves.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use bacung::keys::Disk;
use bacung::runtime::vault::Vault;
use redb::StorageBackend;

/// When the disk fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fail {
    Never,
    /// The change of this number is refused, the ones after it are not.
    Once(usize),
    /// From this change on nothing is done any more.
    From(usize),
}

/// What is left when the process is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// All of it: the process was killed.
    Everything,
    /// What was synced: the power failed.
    Synced,
}

#[derive(Clone, Default)]
struct Content {
    live: Vec<u8>,
    synced: Vec<u8>,
}

#[derive(Clone)]
struct State {
    names: BTreeMap<PathBuf, usize>,
    durable: BTreeMap<PathBuf, usize>,
    files: Vec<Content>,
    changes: usize,
    fail: Fail,
}

/// The disk; clones are handles of the same one.
#[derive(Clone)]
pub struct MemoryDisk(Arc<Mutex<State>>);

/// An open file.
#[derive(Clone)]
pub struct MemoryFile {
    disk: MemoryDisk,
    file: usize,
}

impl std::fmt::Debug for MemoryFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemoryFile").finish_non_exhaustive()
    }
}

impl MemoryDisk {
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(State {
            names: BTreeMap::new(),
            durable: BTreeMap::new(),
            files: Vec::new(),
            changes: 0,
            fail: Fail::Never,
        })))
    }

    /// A disk of its own with what is left of this one, on which everything is synced.
    pub fn after(&self, left: Left) -> Self {
        let mut state = self.state().clone();
        for content in &mut state.files {
            match left {
                Left::Everything => content.synced.clone_from(&content.live),
                Left::Synced => content.live.clone_from(&content.synced),
            }
        }
        match left {
            Left::Everything => state.durable.clone_from(&state.names),
            Left::Synced => state.names.clone_from(&state.durable),
        }
        state.changes = 0;
        state.fail = Fail::Never;
        Self(Arc::new(Mutex::new(state)))
    }

    /// Fails from now on as told; changes count from 0.
    pub fn fail(&self, fail: Fail) {
        let mut state = self.state();
        state.changes = 0;
        state.fail = fail;
    }

    /// How many changes were asked for since the count began.
    pub fn changes(&self) -> usize {
        self.state().changes
    }

    /// Syncs everything.
    pub fn sync_all(&self) {
        let mut state = self.state();
        let State {
            names,
            durable,
            files,
            ..
        } = &mut *state;
        durable.clone_from(names);
        for content in files {
            content.synced.clone_from(&content.live);
        }
    }

    /// Changes a bit of a file.
    pub fn flip(&self, path: &Path, at: usize) {
        let mut state = self.state();
        let file = state.names[path];
        state.files[file].live[at] ^= 1;
    }

    /// The length of a file, where there is one.
    pub fn length(&self, path: &Path) -> Option<usize> {
        let state = self.state();
        let file = state.names.get(path)?;
        Some(state.files[*file].live.len())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0
            .lock()
            .expect("no test panics while it holds the disk")
    }

    fn change(&self) -> io::Result<MutexGuard<'_, State>> {
        let mut state = self.state();
        let number = state.changes;
        state.changes += 1;
        let fails = match state.fail {
            Fail::Never => false,
            Fail::Once(at) => number == at,
            Fail::From(at) => number >= at,
        };
        match fails {
            true => Err(io::Error::other("the disk was told to fail")),
            false => Ok(state),
        }
    }

    fn found(&self, path: &Path) -> io::Result<usize> {
        let found = self.state().names.get(path).copied();
        found.ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn made(&self, path: &Path) -> io::Result<MemoryFile> {
        let mut state = self.change()?;
        state.files.push(Content::default());
        let file = state.files.len() - 1;
        state.names.insert(path.to_owned(), file);
        drop(state);
        let disk = self.clone();
        Ok(MemoryFile { disk, file })
    }

    fn content(&self, path: &Path) -> io::Result<Vec<u8>> {
        let file = self.found(path)?;
        Ok(self.state().files[file].live.clone())
    }
}

impl Disk for MemoryDisk {
    fn read(&self, path: &Path, _most: u64) -> io::Result<Vec<u8>> {
        self.content(path)
    }

    fn create_private_dir(&self, _path: &Path) -> io::Result<()> {
        self.change().map(drop)
    }

    fn write_private(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let file = self.made(path)?;
        file.write(0, bytes)?;
        file.sync_data()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.change()?;
        let file = state.names.remove(from).ok_or(io::ErrorKind::NotFound)?;
        state.names.insert(to.to_owned(), file);
        Ok(())
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        let mut state = self.change()?;
        let inside = |name: &Path| name.parent() == Some(path);
        state.durable.retain(|name, _| !inside(name));
        let now: Vec<_> = state
            .names
            .iter()
            .filter(|(name, _)| inside(name))
            .map(|(name, file)| (name.clone(), *file))
            .collect();
        state.durable.extend(now);
        Ok(())
    }
}

impl Vault for MemoryDisk {
    type File = MemoryFile;
    type Out = MemoryFile;
    type In = Cursor<Vec<u8>>;

    fn create(&self, path: &Path) -> io::Result<MemoryFile> {
        self.made(path)
    }

    fn open(&self, path: &Path) -> io::Result<MemoryFile> {
        let file = self.found(path)?;
        let disk = self.clone();
        Ok(MemoryFile { disk, file })
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.change()?.names.remove(path);
        Ok(())
    }

    fn begin(&self, path: &Path) -> io::Result<MemoryFile> {
        self.made(path)
    }

    fn finish(&self, out: MemoryFile) -> io::Result<()> {
        out.sync_data()
    }

    fn read_from(&self, path: &Path) -> io::Result<Cursor<Vec<u8>>> {
        self.content(path).map(Cursor::new)
    }

    fn is_folder(&self, path: &Path) -> bool {
        path.extension().is_none()
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let state = self.state();
        let inside = state
            .names
            .keys()
            .filter(|name| name.parent() == Some(folder));
        let name = |path: &PathBuf| Some(path.file_name()?.to_string_lossy().into_owned());
        Ok(inside.filter_map(name).collect())
    }
}

impl MemoryFile {
    fn put(&self, at: usize, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.disk.change()?;
        let live = &mut state.files[self.file].live;
        if live.len() < at + bytes.len() {
            live.resize(at + bytes.len(), 0);
        }
        live[at..at + bytes.len()].copy_from_slice(bytes);
        Ok(())
    }
}

impl StorageBackend for MemoryFile {
    fn len(&self) -> io::Result<u64> {
        Ok(self.disk.state().files[self.file].live.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let state = self.disk.state();
        let start = offset as usize;
        let live = &state.files[self.file].live;
        let bytes = live.get(start..start + out.len());
        out.copy_from_slice(bytes.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let mut state = self.disk.change()?;
        state.files[self.file].live.resize(len as usize, 0);
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        let mut state = self.disk.change()?;
        let content = &mut state.files[self.file];
        content.synced.clone_from(&content.live);
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.put(offset as usize, data)
    }
}

impl Write for MemoryFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let end = self.disk.state().files[self.file].live.len();
        self.put(end, bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
