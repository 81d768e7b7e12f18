//! Merging gives one record, whatever the order.
