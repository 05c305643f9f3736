//! Memory that was freed, given back to the system.
//!
//! glibc keeps what a thread has freed, in case it is wanted again; most of our threads do something large once. Without
//! this, a session holds 5 MB more for as long as it lasts.

/// Gives back what nobody uses. It takes some 0.3 ms, in which others may have to wait for memory: to be called
/// where something large is done, never on the audio thread.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "only the C library can do it")]
pub(crate) fn give_back() {
    // SAFETY: any thread may call it at any time; it touches only what is free.
    unsafe { libc::malloc_trim(0) };
}

/// Elsewhere the system's allocator gives back by itself.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn give_back() {}
