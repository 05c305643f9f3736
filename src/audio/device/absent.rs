//! A build without sound devices: there is none, and that is said.

use super::{Device, DeviceError, Entry, System};
use crate::audio::outlet::Outlet;

/// No devices.
pub fn list() -> Vec<Entry> {
    Vec::new()
}

/// No sound systems.
pub fn systems() -> Vec<System> {
    Vec::new()
}

/// There is none to open.
///
/// # Errors
/// Always.
pub fn open(_wanted: Option<&str>, _outlet: Outlet) -> Result<Device, DeviceError> {
    Err(DeviceError::None)
}
