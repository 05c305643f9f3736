//! A session that plays: its own thread, which owns the sound's control, the diary, the locks against sleep, the media
//! keys and the device. The window and `play` are faces of it: they send commands and look at a [`View`], and may be
//! slow, hidden or gone.

mod view;

pub use view::{Anchor, GateView, Sound, View};
