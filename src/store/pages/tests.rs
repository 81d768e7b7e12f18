//! The pages without redb: any offset and length, the two slots, and what is refused.

use redb::backends::InMemoryBackend;

use super::*;

/// A physical store that outlives the pages put over it.
#[derive(Debug, Clone)]
struct Disk(std::sync::Arc<InMemoryBackend>);

impl Disk {
    fn new() -> Self {
        Self(std::sync::Arc::new(InMemoryBackend::new()))
    }

    fn flip(&self, at: u64) {
        let mut byte = [0];
        self.0.read(at, &mut byte).unwrap();
        self.0.write(at, &[byte[0] ^ 1]).unwrap();
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        self.0.len()
    }
    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.0.read(offset, out)
    }
    fn set_len(&self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }
    fn sync_data(&self) -> io::Result<()> {
        self.0.sync_data()
    }
    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.0.write(offset, data)
    }
}

fn key(seed: u8) -> DataKey {
    DataKey::generate(&mut |bytes| {
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = seed.wrapping_add(i as u8);
        }
    })
}

fn pages(disk: &Disk) -> Pages<Disk> {
    Pages::new(disk.clone(), &key(1))
}

fn reason(error: &io::Error) -> Option<PagesError> {
    error.get_ref()?.downcast_ref().copied()
}

fn page_0(pages: &Pages<Disk>) -> io::Result<[u8; 8]> {
    let mut out = [0; 8];
    pages.read(0, &mut out).map(|()| out)
}

#[test]
fn bytes_at_any_offset_and_length_read_back() {
    let disk = Disk::new();
    let pages = pages(&disk);
    let mut model = vec![0; 8 * UNIT];
    pages.set_len(model.len() as u64).unwrap();
    let lengths = [1, 15, 16, 17, 320, UNIT, UNIT + 1, 2 * UNIT];
    let offsets = [0, 7, 1024, UNIT, UNIT + 5, 3 * UNIT, 5 * UNIT - 1];
    for (turn, (offset, len)) in offsets
        .iter()
        .flat_map(|offset| lengths.iter().map(move |len| (*offset, *len)))
        .enumerate()
    {
        let mut data = vec![turn as u8 + 1; len];
        // The end of page 0 is ours: redb writes nothing there.
        for (at, byte) in (offset..).zip(&mut data) {
            if (4000..UNIT).contains(&at) {
                *byte = 0;
            }
        }
        pages.write(offset as u64, &data).unwrap();
        model[offset..offset + len].copy_from_slice(&data);
        let mut whole = vec![0; model.len()];
        pages.read(0, &mut whole).unwrap();
        assert!(whole == model, "after {len} bytes at {offset}");
        let mut part = vec![0; len];
        pages.read(offset as u64, &mut part).unwrap();
        assert!(part == data, "{len} bytes at {offset}");
    }
}

#[test]
fn growing_gives_zeros_and_nothing_is_kept_in_clear() {
    let disk = Disk::new();
    let pages = pages(&disk);
    pages.set_len(4 * PAGE).unwrap();
    pages.write(0, b"in clear").unwrap();
    pages.write(PAGE, &[b'x'; UNIT]).unwrap();
    let mut out = vec![1; 2 * UNIT];
    pages.read(2 * PAGE, &mut out).unwrap();
    assert!(out.iter().all(|byte| *byte == 0));
    assert_eq!(pages.len().unwrap(), 4 * PAGE);
    assert_eq!(disk.len().unwrap(), 5 * PAGE);
    let mut raw = vec![0; 5 * UNIT];
    disk.read(0, &mut raw).unwrap();
    assert!(!raw.windows(8).any(|bytes| bytes == b"in clear"));
    assert!(!raw.windows(4).any(|bytes| bytes == b"xxxx"));
}

#[test]
fn writes_between_two_syncs_leave_the_synced_slot_alone() {
    let disk = Disk::new();
    let first = pages(&disk);
    first.set_len(2 * PAGE).unwrap();
    first.write(0, b"durable!").unwrap();
    first.sync_data().unwrap();
    let mut synced = vec![0; UNIT];
    disk.read(0, &mut synced).unwrap();
    for text in [b"second..", b"third...", b"fourth.."] {
        first.write(0, text).unwrap();
    }
    let mut after = vec![0; UNIT];
    disk.read(0, &mut after).unwrap();
    assert!(after == synced, "the synced slot was overwritten");
    assert_eq!(&page_0(&pages(&disk)).unwrap(), b"fourth..");
    disk.flip(PAGE + 9);
    assert_eq!(&page_0(&pages(&disk)).unwrap(), b"durable!");
    disk.flip(9);
    let error = page_0(&pages(&disk)).unwrap_err();
    assert_eq!(reason(&error), Some(PagesError::NoValidHeader));
}

#[test]
fn a_closed_file_stands_damage_to_either_slot() {
    for at in [9, PAGE + 9] {
        let disk = Disk::new();
        let open = pages(&disk);
        open.set_len(2 * PAGE).unwrap();
        open.write(0, b"before..").unwrap();
        open.sync_data().unwrap();
        open.write(0, b"the last").unwrap();
        open.sync_data().unwrap();
        open.close().unwrap();
        disk.flip(at);
        assert_eq!(&page_0(&pages(&disk)).unwrap(), b"the last");
    }
}

#[test]
fn closing_does_not_spread_what_was_never_synced() {
    let disk = Disk::new();
    let open = pages(&disk);
    open.set_len(2 * PAGE).unwrap();
    open.write(0, b"before..").unwrap();
    open.sync_data().unwrap();
    open.write(0, b"too late").unwrap();
    open.close().unwrap();
    disk.flip(PAGE + 9);
    assert_eq!(&page_0(&pages(&disk)).unwrap(), b"before..");
}

#[test]
fn another_key_and_a_short_file_are_told_apart() {
    let disk = Disk::new();
    let open = pages(&disk);
    open.set_len(2 * PAGE).unwrap();
    open.write(0, b"anything").unwrap();
    let error = page_0(&Pages::new(disk.clone(), &key(2))).unwrap_err();
    assert_eq!(reason(&error), Some(PagesError::NoValidHeader));
    disk.set_len(2 * PAGE - 1).unwrap();
    let error = pages(&disk).len().unwrap_err();
    assert_eq!(reason(&error), Some(PagesError::TooShort));
}

#[test]
fn what_redb_never_does_is_refused() {
    let disk = Disk::new();
    let pages = pages(&disk);
    pages.set_len(2 * PAGE).unwrap();
    let error = pages.write(PAGE - 1, &[1]).unwrap_err();
    assert_eq!(reason(&error), Some(PagesError::ReservedTail));
    pages.write(PAGE - 1, &[0]).unwrap();
    let error = pages.set_len(PAGE + 1).unwrap_err();
    assert_eq!(reason(&error), Some(PagesError::PartialPage));
    let error = pages.read(u64::MAX - 8, &mut [0; 4]).unwrap_err();
    assert_eq!(reason(&error), Some(PagesError::OutOfRange));
    assert!(pages.read(2 * PAGE, &mut [0; UNIT]).is_err());
    assert!(pages.write(2 * PAGE, &[1; 10]).is_err());
}
