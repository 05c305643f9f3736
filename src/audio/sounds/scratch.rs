//! Room to make a sound in before it is stored, given back to the system when it is done.
//!
//! glibc keeps what was freed for itself, and the more so the larger the largest piece that it ever gave back; only what
//! is larger than 32 MB it takes from the system and returns each time. So all room is that large. What is not written to
//! costs nothing; with room of the right size, 3 MB stayed with a session for good.

/// Samples: 36 MB, or more than 90 s in two channels.
const ROOM: usize = 9 << 20;

/// Room for samples to come.
pub(super) fn empty() -> Vec<f32> {
    Vec::with_capacity(ROOM)
}

/// So many frames of silence in two channels.
pub(super) fn silence(frames: usize) -> Vec<f32> {
    let mut samples = empty();
    samples.resize(2 * frames, 0.0);
    samples
}
