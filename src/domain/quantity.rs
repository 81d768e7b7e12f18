//! Amounts: quantities in thousandths, money in whole đồng.

/// An amount of work in thousandths of its measure unit (1,5 km = 1500).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(pub u64);

/// Money in whole đồng.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Vnd(pub u64);
