//! Every test from outside, in one binary: one module a theme.

mod house;
