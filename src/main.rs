//! Starts the program; everything else lives in the library.

fn main() {}
