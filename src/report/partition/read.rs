//! Reads a part that was written, so that "done" is said of a file that a database can read.

use std::io;

use ::bytes::Bytes;
use ::parquet::file::reader::FileReader;
use ::parquet::file::serialized_reader::SerializedFileReader;

use super::refused;

/// Unpacks every page of a part and returns how many rows it has.
pub fn count_part(bytes: Vec<u8>) -> io::Result<u64> {
    let file = SerializedFileReader::new(Bytes::from(bytes)).map_err(refused)?;
    let mut rows = 0;
    for at in 0..file.num_row_groups() {
        let group = file.get_row_group(at).map_err(refused)?;
        let promised = group.metadata().num_rows();
        for column in 0..group.num_columns() {
            let mut values = 0;
            let mut pages = group.get_column_page_reader(column).map_err(refused)?;
            while let Some(page) = pages.get_next_page().map_err(refused)? {
                if !page.is_dictionary_page() {
                    values += i64::from(page.num_values());
                }
            }
            let repeats = group
                .metadata()
                .column(column)
                .column_descr()
                .max_rep_level()
                > 0;
            // A list has at least one value a row, even where it is empty.
            if values < promised || (values != promised && !repeats) {
                return Err(io::ErrorKind::InvalidData.into());
            }
        }
        rows += u64::try_from(promised).map_err(|_| io::ErrorKind::InvalidData)?;
    }
    Ok(rows)
}
