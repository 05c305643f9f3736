//! `rootwell remind`: what the desktop's own timer calls when the app is closed.

use std::io::Write;
use std::time::Duration;

use clap::{Args as ClapArgs, ValueEnum};

use super::kept::{now, stop};
use super::{Answer, Exit, Stop, World};
use crate::remind::{Desktop, Timer, notify, remind};
use crate::store::Folders;
use crate::words::Words;

/// How to remind.
#[derive(ClapArgs, Clone, Debug)]
pub(super) struct Args {
    /// Stay and look twice an hour, for a desktop without a timer.
    #[arg(long, hide = true)]
    stay: bool,
    /// Switch reminders on or off, with the desktop's timer.
    #[arg(long, value_name = "on|off")]
    switch: Option<Switch>,
}

/// On or off.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum Switch {
    On,
    Off,
}

/// How often a reminder that stays looks.
const LOOK: Duration = Duration::from_mins(30);

/// Runs the command.
pub(super) fn run(args: &Args, world: &World, out: &mut dyn Write, err: &mut dyn Write) -> Answer {
    let folders = world.kept()?;
    if let Some(switch) = args.switch {
        return switched(switch, folders, out, err);
    }
    let words = Words::of(folders.language());
    loop {
        match remind(folders, &now(), words, notify) {
            Ok(Some(sentence)) => writeln!(out, "{sentence}")?,
            Ok(None) => {}
            // One that stays tries again: the desktop may still be starting.
            Err(error) if args.stay => writeln!(err, "rootwell: {error}")?,
            Err(error) => return Err(stop(error)),
        }
        if !args.stay {
            return Ok(Exit::Fine);
        }
        std::thread::sleep(LOOK);
    }
}

fn switched(switch: Switch, folders: &Folders, out: &mut dyn Write, err: &mut dyn Write) -> Answer {
    let desktop =
        Desktop::find().ok_or_else(|| Stop::Sentence("there is no home folder".to_owned()))?;
    let (mut profile, trouble) = folders.profile().map_err(stop)?;
    if let Some(trouble) = trouble {
        writeln!(err, "rootwell: {trouble}")?;
    }
    profile.reminders.on = switch == Switch::On;
    let timer = if profile.reminders.on {
        desktop.switch(true).map_err(stop)?
    } else {
        None
    };
    // A timer is there only with a profile that wants it; without its timer, no profile does harm.
    let saved = folders.save_profile(&profile);
    if saved.is_err() || timer.is_none() {
        desktop.switch(false).map_err(stop)?;
    }
    saved.map_err(stop)?;
    let said = match timer {
        Some(Timer::Systemd) => "Reminders are on: at most one a day, never in quiet hours.",
        Some(Timer::Autostart) => "Reminders are on from your next login: at most one a day.",
        None => "Reminders are off.",
    };
    writeln!(out, "{said}")?;
    Ok(Exit::Fine)
}
