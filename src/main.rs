//! The program: collects its arguments and leaves with what the command line answers.

use std::io;
use std::process::ExitCode;

use rootwell::cli::{self, World};

fn main() -> ExitCode {
    cli::run(
        std::env::args_os(),
        &World::of_this_process(),
        &mut io::stdout(),
        &mut io::stderr(),
    )
}
