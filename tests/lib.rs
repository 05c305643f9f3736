//! All integration tests, one binary: the window's libraries are linked once.

#![allow(missing_docs, reason = "tests speak through their names")]
#![allow(
    clippy::unwrap_used,
    reason = "a test stops where something is not as it should be"
)]

mod care;
mod cli;
mod corpus;
mod guide;
mod house;
mod live;
mod reading;
mod routines;
mod rules;
mod scripts;
mod timelines;
mod torture;
mod voice;
#[cfg(feature = "gui")]
mod window;
