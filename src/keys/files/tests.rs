//! The key files over a disk in memory that fails at any step, half-written.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::*;

#[derive(Default)]
struct Memory {
    files: RefCell<BTreeMap<PathBuf, Vec<u8>>>,
    steps: RefCell<usize>,
    fail_at: Option<usize>,
}

impl Memory {
    fn copy(&self, fail_at: Option<usize>) -> Self {
        Self {
            files: self.files.clone(),
            steps: RefCell::new(0),
            fail_at,
        }
    }

    fn step(&self) -> io::Result<()> {
        let step = self.steps.replace_with(|steps| *steps + 1);
        if self.fail_at == Some(step) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(())
    }
}

impl Disk for Memory {
    fn read(&self, path: &Path, _most: u64) -> io::Result<Vec<u8>> {
        self.step()?;
        let found = self.files.borrow().get(path).cloned();
        found.ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn create_private_dir(&self, _path: &Path) -> io::Result<()> {
        self.step()
    }

    fn write_private(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let failed = self.step();
        let len = if failed.is_err() {
            bytes.len() / 2
        } else {
            bytes.len()
        };
        let mut files = self.files.borrow_mut();
        files.insert(path.to_owned(), bytes[..len].to_vec());
        failed
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        let mut files = self.files.borrow_mut();
        let moved = files.remove(from).ok_or(io::ErrorKind::NotFound)?;
        files.insert(to.to_owned(), moved);
        Ok(())
    }

    fn sync_dir(&self, _path: &Path) -> io::Result<()> {
        self.step()
    }
}

fn phrase(text: &str) -> Passphrase {
    Passphrase::new(text).unwrap()
}

fn on(disk: &Memory) -> KeyFiles<'_> {
    KeyFiles::new(disk, Path::new("logbook"))
}

fn made() -> (Memory, KeyRing, RecoverySecret) {
    let disk = Memory::default();
    let (ring, paper) = KeyRing::create(&mut |bytes| bytes.fill(5));
    on(&disk)
        .write(
            &ring,
            &phrase("first phrase"),
            Some(&paper),
            Work::for_tests(),
        )
        .unwrap();
    (disk, ring, paper)
}

fn same(a: &KeyRing, b: &KeyRing) -> bool {
    *a.to_bytes() == *b.to_bytes()
}

#[test]
fn both_files_open_with_their_secret() {
    let (disk, ring, paper) = made();
    assert!(same(
        &on(&disk).open(&phrase("first phrase")).unwrap(),
        &ring
    ));
    assert!(same(&on(&disk).recover(&paper).unwrap(), &ring));
    let names: Vec<_> = disk.files.borrow().keys().cloned().collect();
    assert_eq!(
        names,
        [
            Path::new("logbook/keys.age"),
            Path::new("logbook/recovery.age")
        ]
    );
    assert!(matches!(
        on(&disk).open(&phrase("other phrase")),
        Err(KeyFilesError::Sealed {
            source: SealedError::WrongSecret,
            ..
        })
    ));
    assert!(matches!(
        on(&Memory::default()).open(&phrase("first phrase")),
        Err(KeyFilesError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound
    ));
}

#[test]
fn a_change_of_passphrase_that_fails_anywhere_leaves_the_old_or_the_new_file() {
    let (disk, ring, paper) = made();
    let (mut failed, mut old, mut new) = (0, 0, 0);
    for step in 0.. {
        let torn = disk.copy(Some(step));
        let result =
            on(&torn).change_passphrase(&ring, &phrase("second phrase"), Work::for_tests());
        let after = torn.copy(None);
        let opens = |text| {
            on(&after)
                .open(&phrase(text))
                .is_ok_and(|read| same(&read, &ring))
        };
        let (first, second) = (opens("first phrase"), opens("second phrase"));
        assert!(first != second, "step {step}");
        assert!(same(&on(&after).recover(&paper).unwrap(), &ring));
        old += usize::from(first);
        new += usize::from(second);
        // What was left over does not stand in the way of the next attempt.
        on(&after)
            .change_passphrase(&ring, &phrase("third phrase"), Work::for_tests())
            .unwrap();
        assert!(same(
            &on(&after).open(&phrase("third phrase")).unwrap(),
            &ring
        ));
        if result.is_ok() {
            break;
        }
        failed += 1;
    }
    assert!(failed == 4 && old == 3 && new == 2, "{failed} {old} {new}");
}

#[test]
fn a_new_data_key_that_fails_anywhere_never_loses_the_old_one() {
    let (disk, before, paper) = made();
    let mut ring = on(&disk).open(&phrase("first phrase")).unwrap();
    ring.renew_data(&mut |bytes| bytes.fill(6));
    for step in 0.. {
        let torn = disk.copy(Some(step));
        let result = on(&torn).write(&ring, &phrase("first phrase"), None, Work::for_tests());
        let after = torn.copy(None);
        for read in [
            on(&after).open(&phrase("first phrase")).unwrap(),
            on(&after).recover(&paper).unwrap(),
        ] {
            let keys = [Some(read.data()), read.previous()];
            let old = before.data().expose();
            assert!(
                keys.iter().flatten().any(|key| key.expose() == old),
                "step {step}"
            );
        }
        if result.is_ok() {
            assert!(step > 6);
            break;
        }
    }
}
