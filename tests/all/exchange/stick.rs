//! A stick in memory, which loses, cuts and spoils what it is told to.

use std::collections::BTreeMap;

use bacung::exchange::{Item, Target, TargetError};

#[derive(Clone, Default)]
pub struct Stick {
    pub folders: BTreeMap<String, BTreeMap<String, Vec<u8>>>,
    /// Calls made.
    pub calls: usize,
    /// Bundles that can still be written before the stick is pulled; no limit where `None`.
    pub room: Option<usize>,
    /// Calls that still come through before the laptop's power goes; no limit where `None`.
    pub power: Option<usize>,
    /// A place that lists names in order after a given one.
    pub place: Option<[u8; 16]>,
}

impl Stick {
    pub fn bundles(&self) -> usize {
        self.folders.values().map(BTreeMap::len).sum()
    }

    /// Every bundle: sender, name, bytes.
    pub fn all(&self) -> Vec<(String, String, Vec<u8>)> {
        let of = |(sender, files): (&String, &BTreeMap<String, Vec<u8>>)| {
            let sender = sender.clone();
            let file = |(name, bytes): (&String, &Vec<u8>)| (name.clone(), bytes.clone());
            let files: Vec<_> = files.iter().map(file).collect();
            files
                .into_iter()
                .map(move |(name, bytes)| (sender.clone(), name, bytes))
                .collect::<Vec<_>>()
        };
        self.folders.iter().flat_map(of).collect()
    }
}

impl Stick {
    fn call(&mut self) -> Result<(), TargetError> {
        self.calls += 1;
        match &mut self.power {
            Some(0) => Err(TargetError::Unreachable),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }
}

impl Target for Stick {
    fn place(&self) -> Option<[u8; 16]> {
        self.place
    }

    fn senders(&mut self) -> Result<Vec<String>, TargetError> {
        self.call()?;
        Ok(self.folders.keys().cloned().collect())
    }

    fn list(&mut self, sender: &str, after: Option<&str>) -> Result<Vec<Item>, TargetError> {
        self.call()?;
        let files = self.folders.get(sender).into_iter().flatten();
        let files = files.filter(|(name, _)| after.is_none_or(|after| name.as_str() > after));
        Ok(files
            .map(|(name, bytes)| Item {
                name: name.clone(),
                size: bytes.len() as u64,
            })
            .collect())
    }

    fn read(&mut self, sender: &str, name: &str, most: u64) -> Result<Vec<u8>, TargetError> {
        self.call()?;
        let found = self.folders.get(sender).and_then(|files| files.get(name));
        let bytes = found.cloned().ok_or(TargetError::Missing)?;
        assert!(bytes.len() as u64 <= most);
        Ok(bytes)
    }

    fn write(&mut self, sender: &str, name: &str, bytes: &[u8]) -> Result<(), TargetError> {
        self.call()?;
        if let Some(room) = &mut self.room {
            if *room == 0 {
                return Err(TargetError::Full);
            }
            *room -= 1;
        }
        let files = self.folders.entry(sender.into()).or_default();
        let before = files.insert(name.into(), bytes.to_vec());
        assert!(before.is_none(), "bundles are never overwritten");
        Ok(())
    }
}
