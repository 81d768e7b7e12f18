//! Parts in an object store, which knows no renaming: they go to a place where nothing lies yet, an empty
//! object `_SUCCESS` comes last, and what was put is taken away again if one of them fails.

use super::Shelf;
use crate::exchange::TargetError;
use crate::report::Part;
use crate::runtime::bucket::Shelves;
use crate::runtime::export::ExportError;

/// How engines know that all parts are there.
const WHOLE: &str = "_SUCCESS";

/// Parts on their way.
pub(super) struct Bucket {
    shelves: Shelves,
    put: Vec<(String, String)>,
    whole: bool,
}

impl Bucket {
    pub(super) fn open(
        place: &str,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ExportError> {
        let shelves = Shelves::open(place, variable)?;
        if !shelves.is_empty()? {
            return Err(ExportError::Taken);
        }
        Ok(Self {
            shelves,
            put: Vec::new(),
            whole: false,
        })
    }
}

impl Shelf for Bucket {
    fn put(&mut self, part: &Part) -> Result<Vec<u8>, ExportError> {
        let path = self.shelves.path(&[&part.folder, &part.name]);
        // Noted first: a put that failed may have come to its end.
        self.put.push((part.folder.clone(), part.name.clone()));
        Ok(self.shelves.put(&path, &part.bytes)?)
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        let path = self.shelves.path(&[WHOLE]);
        match self.shelves.put(&path, &[])?.is_empty() {
            true => self.whole = true,
            false => return Err(TargetError::NotReadBack.into()),
        }
        Ok(())
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        if !self.whole {
            let path = self.shelves.path(&[WHOLE]);
            // Where the network is gone they stay, without the object that says they are whole.
            let _ = self.shelves.remove(&path);
            for (folder, name) in &self.put {
                let _ = self.shelves.remove(&self.shelves.path(&[folder, name]));
            }
        }
    }
}
