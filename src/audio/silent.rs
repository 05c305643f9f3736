//! The clock of a session that nobody hears: a thread that pulls an outlet in real time. Captions, pictures and gates
//! go on with it just as with a device.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::outlet::Outlet;
use crate::units::RATE;

/// How often it pulls.
const TICK: Duration = Duration::from_millis(10);
/// What it catches up with at most, in frames (250 ms): time in which the machine slept does not count, as with a device.
const MOST: u64 = 12_000;

/// Pulls an outlet until it is dropped.
#[derive(Debug)]
pub struct Silent {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Silent {
    /// Starts the clock.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(outlet: Outlet) -> io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = thread::Builder::new()
            .name("silent clock".to_owned())
            .spawn(move || pull(outlet, &stopped))?;
        Ok(Self {
            stop,
            thread: Some(thread),
        })
    }
}

impl Drop for Silent {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // A panic over there has been reported already.
            let _ = thread.join();
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is a clock")]
fn pull(mut outlet: Outlet, stopped: &AtomicBool) {
    let mut start = Instant::now();
    let mut done: u64 = 0;
    let mut block = vec![0.0; 2 * MOST as usize];
    while !stopped.load(Ordering::Relaxed) {
        let wanted = (start.elapsed().as_secs_f64() * f64::from(RATE)) as u64;
        let mut frames = wanted - done;
        if frames > MOST {
            frames = MOST;
            (start, done) = (Instant::now(), 0);
        } else {
            done = wanted;
        }
        outlet.fill(&mut block[..2 * frames as usize]);
        thread::sleep(TICK);
    }
}
