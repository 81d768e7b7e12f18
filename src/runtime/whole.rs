//! A small file that leaves the logbook in one piece: written, read back and compared before it has its name.

use std::io::{self, Read, Write};
use std::path::Path;

use super::outfile::{OutDisk, OutFile};
use super::outname::{self, BadName};

/// Why a file was not written; what was there of its name is as it was.
#[derive(Debug, thiserror::Error)]
pub enum WholeError {
    #[error("the file cannot have this name")]
    Name(BadName),
    #[error("the file was not written")]
    File(#[from] io::Error),
    #[error("the file reads otherwise than it was written")]
    Unlike,
}

/// Writes a file of one of some formats, which its name ends in.
pub fn write_whole<D: OutDisk>(
    disk: &D,
    path: &Path,
    ending: &str,
    logbook: &Path,
    content: &[u8],
) -> Result<(), WholeError> {
    let checked = outname::check(path, ending, &[], logbook);
    let (folder, name) = checked.map_err(WholeError::Name)?;
    let (file, mut out) = OutFile::begin(disk, &folder, &name)?;
    out.write_all(content)?;
    let mut back = Vec::with_capacity(content.len());
    file.written(out)?.read_to_end(&mut back)?;
    if back != content {
        return Err(WholeError::Unlike);
    }
    Ok(file.name()?)
}
