//! From a snapshot of the logbook to a folder of Parquet files, or to a place in an object store: each file
//! is read back before the next, and unless all are there, none is.

#[cfg(feature = "s3")]
mod bucket;
mod folder;

use std::path::Path;

use super::export::{Done, ENDINGS, ExportError, Order, Shown, Work};
use super::outfile::OutDisk;
use super::outname;
use super::panics::caught;
use crate::report::{Part, Partitions, count_part, is_part};

/// Where parts are laid down. Dropped before its end, it takes them away again.
trait Shelf {
    /// Lays a part down and returns what is read back of it.
    fn put(&mut self, part: &Part) -> Result<Vec<u8>, ExportError>;
    /// Gives all parts the place that they were made for.
    fn finish(self: Box<Self>) -> Result<(), ExportError>;
}

impl<D: OutDisk> Work<'_, D> {
    /// Exports as Parquet.
    pub(super) fn partition(
        &self,
        order: &Order,
        shown: &mut Shown<'_>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Done, ExportError> {
        let mut shelf = self.shelf(&order.path)?;
        let written = caught(|| self.lay_down(order, &mut *shelf, shown, progress));
        let rows = written.unwrap_or(Err(ExportError::Panicked))?;
        self.go_on()?;
        shelf.finish()?;
        Ok(Done { rows, cut: 0 })
    }

    fn shelf(&self, path: &Path) -> Result<Box<dyn Shelf + '_>, ExportError> {
        #[cfg(feature = "s3")]
        if let Some(place) = path.to_str().filter(|place| place.starts_with("s3://")) {
            return Ok(Box::new(bucket::Bucket::open(
                place,
                super::bucket::environment,
            )?));
        }
        let checked = outname::check_folder(path, "parquet", ENDINGS, self.logbook, is_part);
        let (folder, name) = checked.map_err(ExportError::Name)?;
        Ok(Box::new(folder::Tree::begin(self.disk, folder, &name)?))
    }

    fn lay_down(
        &self,
        order: &Order,
        shelf: &mut dyn Shelf,
        shown: &mut Shown<'_>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<u64, ExportError> {
        let mut table = Partitions::new(&self.head(order))?;
        let mut rows = 0;
        let mut put = |part: Part| -> Result<(), ExportError> {
            self.go_on()?;
            let back = shelf.put(&part)?;
            // A part without rows that reads otherwise is none either.
            let read = match back == part.bytes {
                true => Some(count_part(back)?),
                false => None,
            };
            if read != Some(part.rows) {
                return Err(ExportError::Unlike {
                    written: part.rows,
                    read: read.unwrap_or(0),
                });
            }
            rows += part.rows;
            Ok(())
        };
        self.each(order, shown, progress, &mut |day, cells| {
            table.row(day, cells)?.into_iter().try_for_each(&mut put)
        })?;
        table.finish()?.into_iter().try_for_each(&mut put)?;
        Ok(rows)
    }
}
