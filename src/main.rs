//! Starts the program; everything else lives in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(bacung::cli::main(std::env::args_os().collect()))
}
