//! A spoken line as samples.

use std::sync::Arc;

use crate::units::Frames;

/// Spoken sound: one channel of 16-bit samples at [`RATE`](crate::units::RATE), silence trimmed, −18 LUFS.
///
/// Cloning shares the samples.
#[derive(Clone, PartialEq, Eq)]
pub struct Clip {
    samples: Arc<[i16]>,
}

impl Clip {
    /// A clip of these samples.
    pub fn new(samples: impl Into<Arc<[i16]>>) -> Self {
        Self {
            samples: samples.into(),
        }
    }

    /// Its samples, shared.
    pub fn shared(&self) -> Arc<[i16]> {
        Arc::clone(&self.samples)
    }

    /// How long it sounds.
    pub fn frames(&self) -> Frames {
        Frames(self.samples.len() as u64)
    }

    /// Its samples; full scale is 32 768.
    pub fn samples(&self) -> &[i16] {
        &self.samples
    }
}

/// Its length; the samples would fill the screen.
impl std::fmt::Debug for Clip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Clip({:.3} s)", self.frames().secs())
    }
}
