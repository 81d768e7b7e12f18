//! A folder of parts on a disk: made beside its place, and put there by renaming once all parts are in it.

use std::io::{self, Read, Write};
use std::path::PathBuf;

use super::Shelf;
use crate::report::Part;
use crate::runtime::export::ExportError;
use crate::runtime::outfile::{OutDisk, beside};

/// A folder on its way to its name.
pub(super) struct Tree<'d, D: OutDisk> {
    disk: &'d D,
    /// The folder that it will lie in.
    folder: PathBuf,
    temporary: PathBuf,
    /// Where the one that is there now goes for a moment.
    aside: PathBuf,
    target: PathBuf,
    months: Vec<PathBuf>,
    named: bool,
}

impl<'d, D: OutDisk> Tree<'d, D> {
    /// Begins a folder. What a power cut left of an earlier one is put back, or taken away.
    pub(super) fn begin(disk: &'d D, folder: PathBuf, name: &str) -> io::Result<Self> {
        let this = Self {
            temporary: beside(&folder, name, "part"),
            aside: beside(&folder, name, "old"),
            target: folder.join(name),
            folder,
            months: Vec::new(),
            named: false,
            disk,
        };
        if this.aside.exists() && !this.target.exists() {
            disk.rename(&this.aside, &this.target)?;
        }
        disk.remove_dir(&this.aside)?;
        disk.remove_dir(&this.temporary)?;
        disk.create_dir(&this.temporary)?;
        Ok(this)
    }

    /// Puts it in the place of the one that is there.
    fn exchange(&mut self) -> Result<(), ExportError> {
        self.disk.rename(&self.target, &self.aside)?;
        if let Err(error) = self.disk.rename(&self.temporary, &self.target) {
            return Err(match self.disk.rename(&self.aside, &self.target) {
                Ok(()) => error.into(),
                Err(_) => ExportError::Aside(self.aside.clone()),
            });
        }
        self.named = true;
        // What cannot be removed now is removed by the next export.
        let _ = self.disk.remove_dir(&self.aside);
        Ok(())
    }
}

impl<D: OutDisk> Shelf for Tree<'_, D> {
    fn put(&mut self, part: &Part) -> Result<Vec<u8>, ExportError> {
        let month = self.temporary.join(&part.folder);
        if !self.months.contains(&month) {
            self.disk.create_dir(&month)?;
            self.months.push(month.clone());
        }
        let path = month.join(&part.name);
        let mut out = self.disk.create(&path)?;
        out.write_all(&part.bytes)?;
        self.disk.sync(&mut out)?;
        drop(out);
        let mut back = Vec::with_capacity(part.bytes.len());
        self.disk.open(&path)?.read_to_end(&mut back)?;
        Ok(back)
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        for month in &self.months {
            self.disk.sync_dir(month)?;
        }
        self.disk.sync_dir(&self.temporary)?;
        if self.target.exists() {
            self.exchange()?;
        } else {
            self.disk.rename(&self.temporary, &self.target)?;
            self.named = true;
        }
        Ok(self.disk.sync_dir(&self.folder)?)
    }
}

impl<D: OutDisk> Drop for Tree<'_, D> {
    fn drop(&mut self) {
        if !self.named {
            // What cannot be removed has a name that says it is nothing yet; the next try removes it.
            let _ = self.disk.remove_dir(&self.temporary);
        }
    }
}
