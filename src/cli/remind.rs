//! `rootwell remind`: what the desktop's own timer calls when the app is closed.

use std::io::Write;
use std::time::Duration;

use clap::{Args as ClapArgs, ValueEnum};

use super::kept::{now, stop};
use super::{Answer, Exit, Stop, World};
use crate::remind::{Desktop, Timer, notify, remind};
use crate::store::Folders;

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
pub(super) fn run(args: &Args, world: &World, out: &mut dyn Write) -> Answer {
    let folders = world.kept()?;
    if let Some(switch) = args.switch {
        return switched(switch, folders, out);
    }
    loop {
        if let Some(sentence) = remind(folders, now(), notify).map_err(stop)? {
            writeln!(out, "{sentence}")?;
        }
        if !args.stay {
            return Ok(Exit::Fine);
        }
        std::thread::sleep(LOOK);
    }
}

fn switched(switch: Switch, folders: &Folders, out: &mut dyn Write) -> Answer {
    let desktop =
        Desktop::find().ok_or_else(|| Stop::Sentence("there is no home folder".to_owned()))?;
    let (mut profile, _) = folders.profile().map_err(stop)?;
    profile.reminders.on = switch == Switch::On;
    folders.save_profile(&profile).map_err(stop)?;
    if switch == Switch::Off {
        desktop.switch_off().map_err(stop)?;
        writeln!(out, "Reminders are off.")?;
        return Ok(Exit::Fine);
    }
    let program = std::env::current_exe()
        .map_err(|error| Stop::Sentence(format!("could not find the program itself: {error}")))?;
    let home = std::env::var_os("ROOTWELL_HOME").map(std::path::PathBuf::from);
    match desktop.switch_on(&program, home.as_deref()).map_err(stop)? {
        Timer::Systemd => writeln!(
            out,
            "Reminders are on: at most one a day, never in quiet hours."
        )?,
        Timer::Autostart => writeln!(
            out,
            "Reminders are on from your next login: at most one a day."
        )?,
    }
    Ok(Exit::Fine)
}
