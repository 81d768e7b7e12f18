//! Bundles that somebody made: whatever is in them, the records stay what they were.
