//! The tables and how they are read and written; keys and values are bytes. Knows no record.

use std::ops::ControlFlow;

use redb::{
    ReadOnlyTable, ReadTransaction, ReadableTable, ReadableTableMetadata, Table, TableDefinition,
    TableHandle, WriteTransaction,
};

use super::bytes::{seal, unseal};
use super::error::StoreError;
use super::pack::{Effort, Packer};
use super::packs::{self, Changes, Packs, Shelf};

/// The tables. Views can be made again from the journal; `FORMAT.md` describes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    /// Format, logbook, member: what is not in the journal.
    Meta,
    /// Journal: chain and seq → number of the commit on this device, entry.
    Entries,
    /// Journal: ordinal of a chain → device, stream, where it stands.
    Chains,
    /// Unsaved typing.
    Typing,
    /// View: record → its entries, its parts, what it is part of.
    Entities,
    /// View: list, day and record → a line of the list.
    Rows,
    /// View: list and day → how many rows, by state.
    Buckets,
    /// View: local number of a row → its key.
    Ordinals,
    /// View: list, month and token → ordinals.
    Postings,
    /// View: bits of short codes → record.
    Codes,
    /// View: places, cadres and what was typed before.
    Names,
    /// View: visit and visit → what was decided about the two.
    Pairs,
    /// View: row of an imported table → the records made of it.
    Imported,
    /// View: what is still owed → what its dates are reckoned from.
    Cases,
    /// When what is owed is due, by the law of this machine.
    Dues,
    /// Rows of imported tables that could not be read.
    Quarantine,
    /// What the columns of a header were taken for.
    Columns,
    /// View: how far devices said they have chains, and where chains were cut.
    Marks,
    /// What this device gave out and took in.
    Exchange,
    /// View: what recent commits did to `postings`, until it is merged.
    Recent,
}

type Def = TableDefinition<'static, &'static [u8], &'static [u8]>;

impl Tab {
    pub(super) const ALL: [Self; 20] = [
        Self::Meta,
        Self::Entries,
        Self::Chains,
        Self::Typing,
        Self::Entities,
        Self::Rows,
        Self::Buckets,
        Self::Ordinals,
        Self::Postings,
        Self::Codes,
        Self::Names,
        Self::Pairs,
        Self::Imported,
        Self::Cases,
        Self::Dues,
        Self::Quarantine,
        Self::Columns,
        Self::Marks,
        Self::Exchange,
        Self::Recent,
    ];
    /// Those that a rebuild makes again.
    pub(super) const VIEWS: [Self; 12] = [
        Self::Entities,
        Self::Rows,
        Self::Buckets,
        Self::Ordinals,
        Self::Postings,
        Self::Codes,
        Self::Names,
        Self::Pairs,
        Self::Imported,
        Self::Marks,
        Self::Cases,
        Self::Recent,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Entries => "entries",
            Self::Chains => "chains",
            Self::Typing => "typing",
            Self::Entities => "entities",
            Self::Rows => "rows",
            Self::Buckets => "buckets",
            Self::Ordinals => "ordinals",
            Self::Postings => "postings",
            Self::Codes => "codes",
            Self::Names => "names",
            Self::Pairs => "pairs",
            Self::Imported => "imported",
            Self::Cases => "cases",
            Self::Dues => "dues",
            Self::Quarantine => "quarantine",
            Self::Columns => "columns",
            Self::Marks => "marks",
            Self::Exchange => "exchange",
            Self::Recent => "recent",
        }
    }

    /// Tables whose keys lie in packs.
    const PACKED: [Self; 3] = [Self::Entities, Self::Rows, Self::Cases];

    fn is_packed(self) -> bool {
        Self::PACKED.contains(&self)
    }

    fn definition(self) -> Def {
        // Under its bare name a packed table lay key by key.
        TableDefinition::new(match self {
            Self::Entities => "packed entities",
            Self::Rows => "packed rows",
            Self::Cases => "packed cases",
            Self::Meta
            | Self::Entries
            | Self::Chains
            | Self::Typing
            | Self::Buckets
            | Self::Ordinals
            | Self::Postings
            | Self::Codes
            | Self::Names
            | Self::Pairs
            | Self::Imported
            | Self::Dues
            | Self::Quarantine
            | Self::Columns
            | Self::Marks
            | Self::Exchange
            | Self::Recent => self.name(),
        })
    }
}

/// The order of a scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
}

impl Way {
    /// Tells whether a scan comes by a key before it comes by another.
    pub(super) fn is_before(self, key: &[u8], other: &[u8]) -> bool {
        match self {
            Self::Up => key < other,
            Self::Down => key > other,
        }
    }
}

/// What a scan does with a key and its content.
pub(super) type Visit<'a> = dyn FnMut(&[u8], &[u8]) -> Result<ControlFlow<()>, StoreError> + 'a;

/// Reads the tables, in a snapshot or within a commit. Contents have passed their checksum.
pub(super) trait Read {
    /// Returns the content of a key.
    fn get(&self, tab: Tab, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// Visits the keys from `from` on, below `below`, until the visit breaks off.
    fn scan(
        &self,
        tab: Tab,
        from: &[u8],
        below: &[u8],
        way: Way,
        visit: &mut Visit,
    ) -> Result<(), StoreError>;

    /// Returns the last key up to and with `key`, and its content.
    fn at_or_before(&self, tab: Tab, key: &[u8]) -> Result<Option<Pair>, StoreError>;
}

pub(super) type Pair = (Vec<u8>, Vec<u8>);

fn get_in<T>(table: &T, tab: Tab, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>
where
    T: ReadableTable<&'static [u8], &'static [u8]>,
{
    let value = table.get(key)?;
    value
        .map(|value| unseal(key, value.value(), tab.name()).map(<[u8]>::to_vec))
        .transpose()
}

fn scan_in<T>(
    table: &T,
    tab: Tab,
    (from, below): (&[u8], &[u8]),
    way: Way,
    visit: &mut Visit,
) -> Result<(), StoreError>
where
    T: ReadableTable<&'static [u8], &'static [u8]>,
{
    if from >= below {
        return Ok(());
    }
    let mut range = table.range::<&[u8]>(from..below)?;
    loop {
        let next = match way {
            Way::Up => range.next(),
            Way::Down => range.next_back(),
        };
        let Some(pair) = next else {
            return Ok(());
        };
        let (key, value) = pair?;
        let content = unseal(key.value(), value.value(), tab.name())?;
        if visit(key.value(), content)?.is_break() {
            return Ok(());
        }
    }
}

fn at_or_before_in<T>(table: &T, tab: Tab, key: &[u8]) -> Result<Option<Pair>, StoreError>
where
    T: ReadableTable<&'static [u8], &'static [u8]>,
{
    let Some(pair) = table.range::<&[u8]>(..=key)?.next_back() else {
        return Ok(None);
    };
    let (key, value) = pair?;
    let content = unseal(key.value(), value.value(), tab.name())?;
    Ok(Some((key.value().to_vec(), content.to_vec())))
}

/// Returns the last key up to and with another, by a scan.
fn before(read: &impl Read, tab: Tab, key: &[u8]) -> Result<Option<Pair>, StoreError> {
    let mut beyond = key.to_vec();
    beyond.push(0);
    let mut found = None;
    read.scan(tab, &[], &beyond, Way::Down, &mut |key, content| {
        found = Some((key.to_vec(), content.to_vec()));
        Ok(ControlFlow::Break(()))
    })?;
    Ok(found)
}

macro_rules! read {
    ($type:ty) => {
        impl Read for $type {
            fn get(&self, tab: Tab, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
                if !tab.is_packed() {
                    return get_in(self.table(tab), tab, key);
                }
                match self.changes(tab).and_then(|changes| changes.get(key)) {
                    Some(change) => Ok(change.clone()),
                    None => self.packs(tab).get(key),
                }
            }

            fn scan(
                &self,
                tab: Tab,
                from: &[u8],
                below: &[u8],
                way: Way,
                visit: &mut Visit,
            ) -> Result<(), StoreError> {
                if !tab.is_packed() {
                    return scan_in(self.table(tab), tab, (from, below), way, visit);
                }
                let packs = self.packs(tab);
                packs.scan((from, below), way, self.changes(tab), visit)
            }

            fn at_or_before(&self, tab: Tab, key: &[u8]) -> Result<Option<Pair>, StoreError> {
                match tab.is_packed() {
                    true => before(self, tab, key),
                    false => at_or_before_in(self.table(tab), tab, key),
                }
            }
        }
    };
}

/// The file at one moment.
pub(super) struct Snapshot {
    tables: Vec<ReadOnlyTable<&'static [u8], &'static [u8]>>,
    shelf: Shelf,
}

impl Snapshot {
    pub(super) fn open(txn: &ReadTransaction) -> Result<Self, StoreError> {
        let open = |tab: Tab| txn.open_table(tab.definition());
        let tables: Result<_, _> = Tab::ALL.into_iter().map(open).collect();
        Ok(Self {
            tables: tables?,
            shelf: Shelf::default(),
        })
    }

    fn table(&self, tab: Tab) -> &ReadOnlyTable<&'static [u8], &'static [u8]> {
        &self.tables[tab as usize]
    }

    fn packs(&self, tab: Tab) -> Packs<'_, ReadOnlyTable<&'static [u8], &'static [u8]>> {
        Packs {
            table: self.table(tab),
            tab,
            shelf: &self.shelf,
        }
    }

    fn changes(&self, _: Tab) -> Option<&Changes> {
        None
    }

    /// Returns how many keys a table has.
    pub(super) fn count(&self, tab: Tab) -> Result<u64, StoreError> {
        if !tab.is_packed() {
            return Ok(self.table(tab).len()?);
        }
        let mut count = 0;
        self.scan(tab, &[], &[u8::MAX; 64], Way::Up, &mut |_, _| {
            count += 1;
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(count)
    }
}

/// Changes of packed tables that wait before they are written.
const WAITING: usize = 1 << 14;

/// The file within a commit. What becomes of packed tables waits until [`Draft::settle`].
pub(super) struct Draft<'t> {
    tables: Vec<Table<'t, &'static [u8], &'static [u8]>>,
    shelf: Shelf,
    changes: [Changes; Tab::PACKED.len()],
    packer: Packer,
}

impl<'t> Draft<'t> {
    pub(super) fn open(txn: &'t WriteTransaction) -> Result<Self, StoreError> {
        let open = |tab: Tab| txn.open_table(tab.definition());
        let tables: Result<_, _> = Tab::ALL.into_iter().map(open).collect();
        Ok(Self {
            tables: tables?,
            shelf: Shelf::default(),
            changes: Default::default(),
            packer: Packer::new(Effort::Quick),
        })
    }

    fn table(&self, tab: Tab) -> &Table<'t, &'static [u8], &'static [u8]> {
        &self.tables[tab as usize]
    }

    fn packs(&self, tab: Tab) -> Packs<'_, Table<'t, &'static [u8], &'static [u8]>> {
        Packs {
            table: self.table(tab),
            tab,
            shelf: &self.shelf,
        }
    }

    fn changes(&self, tab: Tab) -> Option<&Changes> {
        let at = Tab::PACKED.iter().position(|packed| *packed == tab)?;
        self.changes.get(at)
    }

    /// From now on packs are made as small as they get.
    pub(super) fn pack_densely(&mut self) {
        self.packer = Packer::new(Effort::Dense);
    }

    /// Writes the content of a key.
    pub(super) fn put(&mut self, tab: Tab, key: &[u8], content: &[u8]) -> Result<(), StoreError> {
        if tab.is_packed() {
            return self.change(tab, key, Some(content.to_vec()));
        }
        self.tables[tab as usize].insert(key, seal(key, content).as_slice())?;
        Ok(())
    }

    fn change(&mut self, tab: Tab, key: &[u8], to: Option<Vec<u8>>) -> Result<(), StoreError> {
        for (at, packed) in Tab::PACKED.into_iter().enumerate() {
            if packed == tab {
                self.changes[at].insert(key.to_vec(), to);
                if self.changes[at].len() >= WAITING {
                    return self.settle();
                }
                break;
            }
        }
        Ok(())
    }

    /// Writes what waits; every commit ends with it.
    pub(super) fn settle(&mut self) -> Result<(), StoreError> {
        for (at, tab) in Tab::PACKED.into_iter().enumerate() {
            let changes = std::mem::take(&mut self.changes[at]);
            let table = &mut self.tables[tab as usize];
            packs::write(table, tab, changes, &mut self.packer)?;
        }
        self.shelf.clear();
        Ok(())
    }

    /// Takes every key out.
    pub(super) fn clear(&mut self, tab: Tab) -> Result<(), StoreError> {
        for (at, packed) in Tab::PACKED.into_iter().enumerate() {
            if packed == tab {
                self.changes[at].clear();
                self.shelf.clear();
            }
        }
        self.tables[tab as usize].retain(|_, _| false)?;
        Ok(())
    }

    /// Takes a key out.
    pub(super) fn remove(&mut self, tab: Tab, key: &[u8]) -> Result<(), StoreError> {
        if tab.is_packed() {
            return self.change(tab, key, None);
        }
        self.tables[tab as usize].remove(key)?;
        Ok(())
    }
}

read!(Snapshot);
read!(Draft<'_>);

/// Returns whether a file has a table.
pub(super) fn has(txn: &ReadTransaction, tab: Tab) -> bool {
    txn.open_table(tab.definition()).is_ok()
}

/// Puts the tables of an earlier release that lay key by key into packs.
pub(super) fn pack_loose(txn: &WriteTransaction, draft: &mut Draft<'_>) -> Result<(), StoreError> {
    for tab in Tab::PACKED {
        let loose: Def = TableDefinition::new(tab.name());
        let mut names = txn.list_tables()?;
        if !names.any(|table| table.name() == tab.name()) {
            continue;
        }
        let table = txn.open_table(loose)?;
        scan_in(
            &table,
            tab,
            (&[], &[u8::MAX; 64]),
            Way::Up,
            &mut |key, content| {
                draft.put(tab, key, content)?;
                Ok(ControlFlow::Continue(()))
            },
        )?;
        drop(table);
        txn.delete_table(loose)?;
    }
    Ok(())
}

/// Removes the views, so that they can be made again.
pub(super) fn clear_views(txn: &WriteTransaction) -> Result<(), StoreError> {
    for tab in Tab::VIEWS.into_iter().chain([Tab::Dues]) {
        txn.delete_table(tab.definition())?;
    }
    Ok(())
}

/// Returns the first key after all that begin with `prefix`.
pub(super) fn after(prefix: &[u8]) -> Vec<u8> {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            return end;
        }
    }
    vec![u8::MAX; 64]
}
