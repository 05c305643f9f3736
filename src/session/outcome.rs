//! What must be done after something happened to a session.

use std::sync::Arc;

use super::{Account, Answered, Leaving, Reached, Volumes};
use crate::names::Talk;
use crate::timeline::{Choices, Timeline};
use crate::units::Frames;

/// What must be done, in order: orders to the sound, and what the diary is told.
#[derive(Clone, PartialEq, Debug, Default)]
#[must_use = "an outcome that is not carried out loses sound or journal"]
pub struct Outcome {
    /// For the sound and the compiler.
    pub orders: Vec<Order>,
    /// For the diary.
    pub told: Vec<Told>,
}

impl Outcome {
    pub(super) fn order(&mut self, order: Order) {
        self.orders.push(order);
    }

    pub(super) fn tell(&mut self, told: Told) {
        self.told.push(told);
    }

    pub(super) fn append(&mut self, mut other: Self) {
        self.orders.append(&mut other.orders);
        self.told.append(&mut other.told);
    }
}

/// An order of the session.
#[derive(Clone, PartialEq, Debug)]
pub enum Order {
    /// Let the timeline move.
    Play,
    /// Let it stand.
    Pause,
    /// Go to a frame.
    Seek(Frames),
    /// The open gate waits so much longer.
    WaitLonger(Frames),
    /// Set the layers' loudness.
    Volumes(Volumes),
    /// Set how much talking there is.
    Talk(Talk),
    /// Say something that is not in the routine, now.
    Say(String),
    /// Say the line of this event again, now.
    SayAgain(usize),
    /// Compile anew with these choices and hand the timeline to [`super::Session::take`].
    Compile(Box<Choices>),
    /// Go on with this timeline from this frame on; before it all is equal.
    Swap(Arc<Timeline>, Frames),
    /// Stop with the usual short ramp.
    Stop,
    /// Fade within 400 ms, then stop.
    FadeAndStop,
}

/// What the diary is told.
#[derive(Clone, PartialEq, Debug)]
pub enum Told {
    /// A step has begun, or goes on otherwise than it began.
    Reached(Reached),
    /// A gate was answered.
    Answered(Answered),
    /// The end was reached.
    Finished(Account),
    /// The session was left, and where.
    Left(Reached, Leaving),
}
