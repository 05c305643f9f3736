//! Rootwell: guided breathing, self-massage and stretching for the time between massage sessions.
//!
//! The order of the modules is the order of dependency: a module uses only modules that stand above it here.
//! `tests/house.rs` keeps that order.
//!
//! 1. **Words and numbers**: units, easing, wording, names.
//! 2. **The routine language**: text in, values out; it never fails, it reports.
//! 3. **What happens when**: pure; time, minutes, answers and the world are handed in.
//! 4. **Doors to the world**: voice, sound, files, the session's own thread.
//! 5. **Faces**: the window and the command line.

pub mod easing;
mod memory;
pub mod names;
pub mod units;
pub mod wording;
pub mod words;

pub mod source;

pub mod diagnostic;

pub mod syntax;

pub mod reader;

pub mod cautions;

pub mod routine;
pub mod timeline;

pub mod rules;

pub mod checkin;
pub mod recommend;

pub mod blend;

pub mod journal;
pub mod plan;
pub mod profile;
pub mod studio;
pub mod summary;

pub mod session;

pub mod speech;

pub mod store;

pub mod library;

pub mod remind;

pub mod jobs;

pub mod audio;
pub mod playback;

#[cfg(feature = "gui")]
pub mod app;
pub mod cli;
