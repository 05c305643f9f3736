//! The sound of a routine, live and as a file.
//!
//! A [`Timeline`](crate::timeline::Timeline) and a table of [`Sounds`] make a [`Score`]: everything that is heard, by frame.
//! A score is rendered in blocks of any size, from any frame, on any number of threads, always with the same result,
//! because state belongs to an event: a sound starts on its exact frame, and every envelope is a formula of positions.
//!
//! Live, the [`Programme`] plays a score: one endless source of samples, driven over wait-free rings by its
//! [`Control`]. Offline, [`render`] writes the same samples into a file.

pub mod device;
mod envelope;
pub mod export;
mod floor;
mod limiter;
mod link;
mod mixer;
mod outlet;
mod pcm;
mod programme;
pub mod render;
mod score;
mod silent;
pub mod sounds;
mod source;

pub use link::{Control, Feed, Position, Report, Stalled, Start, State, open};
pub use mixer::Levels;
pub use outlet::{Outlet, Plug, outlet};
pub use pcm::Pcm;
pub use programme::{BLOCK, DELAY, Programme};
pub use score::{Layer, PhaseShape, Score, Sounds};
pub use silent::Silent;

#[cfg(test)]
mod tests;
