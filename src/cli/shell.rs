//! `completions` and `man`: made from the one definition of the commands, for packages.

use std::io::Write;

use clap::{Args, CommandFactory as _};

use super::{Answer, Arguments, Exit};

/// What `completions` is told.
#[derive(Args, Debug)]
pub(super) struct Completions {
    /// The shell.
    shell: clap_complete::Shell,
}

/// Prints the completions for a shell.
pub(super) fn completions(args: &Completions, out: &mut dyn Write) -> Answer {
    // Into memory first: the generator panics when it cannot write.
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Arguments::command(), "rootwell", &mut text);
    out.write_all(&text)?;
    Ok(Exit::Fine)
}

/// Prints the man page.
pub(super) fn man(out: &mut dyn Write) -> Answer {
    clap_mangen::Man::new(Arguments::command()).render(&mut &mut *out)?;
    Ok(Exit::Fine)
}
