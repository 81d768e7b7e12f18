//! The tables and how they are read and written; keys and values are bytes. Knows no record.

use std::ops::ControlFlow;

use redb::{
    ReadOnlyTable, ReadTransaction, ReadableTable, ReadableTableMetadata, Table, TableDefinition,
    WriteTransaction,
};

use super::bytes::{seal, unseal};
use super::error::StoreError;

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

    fn definition(self) -> Def {
        TableDefinition::new(self.name())
    }
}

/// The order of a scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
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

macro_rules! read {
    ($type:ty) => {
        impl Read for $type {
            fn get(&self, tab: Tab, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
                get_in(self.table(tab), tab, key)
            }

            fn scan(
                &self,
                tab: Tab,
                from: &[u8],
                below: &[u8],
                way: Way,
                visit: &mut Visit,
            ) -> Result<(), StoreError> {
                scan_in(self.table(tab), tab, (from, below), way, visit)
            }

            fn at_or_before(&self, tab: Tab, key: &[u8]) -> Result<Option<Pair>, StoreError> {
                at_or_before_in(self.table(tab), tab, key)
            }
        }
    };
}

/// The file at one moment.
pub(super) struct Snapshot {
    tables: Vec<ReadOnlyTable<&'static [u8], &'static [u8]>>,
}

impl Snapshot {
    pub(super) fn open(txn: &ReadTransaction) -> Result<Self, StoreError> {
        let open = |tab: Tab| txn.open_table(tab.definition());
        let tables: Result<_, _> = Tab::ALL.into_iter().map(open).collect();
        Ok(Self { tables: tables? })
    }

    fn table(&self, tab: Tab) -> &ReadOnlyTable<&'static [u8], &'static [u8]> {
        &self.tables[tab as usize]
    }

    /// Returns how many keys a table has.
    pub(super) fn count(&self, tab: Tab) -> Result<u64, StoreError> {
        Ok(self.table(tab).len()?)
    }
}

/// The file within a commit.
pub(super) struct Draft<'t> {
    tables: Vec<Table<'t, &'static [u8], &'static [u8]>>,
}

impl<'t> Draft<'t> {
    pub(super) fn open(txn: &'t WriteTransaction) -> Result<Self, StoreError> {
        let open = |tab: Tab| txn.open_table(tab.definition());
        let tables: Result<_, _> = Tab::ALL.into_iter().map(open).collect();
        Ok(Self { tables: tables? })
    }

    fn table(&self, tab: Tab) -> &Table<'t, &'static [u8], &'static [u8]> {
        &self.tables[tab as usize]
    }

    /// Writes the content of a key.
    pub(super) fn put(&mut self, tab: Tab, key: &[u8], content: &[u8]) -> Result<(), StoreError> {
        self.tables[tab as usize].insert(key, seal(key, content).as_slice())?;
        Ok(())
    }

    /// Takes every key out.
    pub(super) fn clear(&mut self, tab: Tab) -> Result<(), StoreError> {
        self.tables[tab as usize].retain(|_, _| false)?;
        Ok(())
    }

    /// Takes a key out.
    pub(super) fn remove(&mut self, tab: Tab, key: &[u8]) -> Result<(), StoreError> {
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
