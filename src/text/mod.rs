//! Text as people write it in Vietnam: cleaning, folding, order, width, numbers, dates, typing.
//!
//! Pure functions over strings; knows nothing of records, files, the clock or the language of the screen.

pub mod clean;
pub mod collate;
pub mod date;
pub mod exact;
pub mod fold;
pub mod gazetteer;
pub mod guard;
pub mod highlight;
pub mod number;
pub mod private;
pub mod strength;
pub mod typing;
pub mod width;
