//! The store from outside: what is saved is found again, by lists, by words and by code.

mod contract;
mod damage;
mod pairs;
mod past;
mod search;
