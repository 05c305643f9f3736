//! The program: collects its arguments and leaves with what the command line answers.

fn main() {}
