//! Slow work with a name, each on a thread of its own: it tells how far it is and can be asked to stop, and what it
//! brings back is taken when it is there.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::memory;

type Wake = Arc<OnceLock<Box<dyn Fn() + Send + Sync>>>;

/// The jobs that are under way; `T` is what each brings back. Dropped, it asks all of them to stop and waits for them,
/// so that none is cut off in the middle of a file.
pub struct Jobs<T> {
    under_way: Vec<UnderWay<T>>,
    next: usize,
    wake: Wake,
}

/// Which job.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct JobId(usize);

/// How far a job is.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Far {
    /// What share is done, 0 … 1; `None` where nobody can know.
    pub share: Option<f32>,
    /// The time that is left.
    pub left: Option<Duration>,
}

/// A job as a face shows it.
#[derive(Clone, PartialEq, Debug)]
pub struct Shown {
    /// Which.
    pub id: JobId,
    /// What it does, in a sentence.
    pub name: String,
    /// How far it is.
    pub far: Far,
    /// Whether it can be stopped half-way.
    pub can_stop: bool,
    /// Whether it has been asked to.
    pub stopping: bool,
}

/// A job that broke off by a mistake of ours; what it was called.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BrokenOff(pub String);

/// The side of the work: told how far it is, it hears whether to stop.
#[derive(Clone)]
pub struct Job {
    far: Arc<Mutex<Far>>,
    stop: Arc<AtomicBool>,
    wake: Wake,
}

struct UnderWay<T> {
    id: JobId,
    name: String,
    can_stop: bool,
    job: Job,
    back: Receiver<thread::Result<T>>,
    thread: Option<JoinHandle<()>>,
}

impl<T: Send + 'static> Jobs<T> {
    /// Calls `wake` whenever there is something new to see; called once.
    pub fn wake_with(&self, wake: impl Fn() + Send + Sync + 'static) {
        drop(self.wake.set(Box::new(wake)));
    }

    /// Starts a job; with `can_stop` a person is offered to stop it half-way, and then it leaves nothing behind.
    ///
    /// # Panics
    /// When the system has no thread left.
    pub fn start(
        &mut self,
        name: String,
        can_stop: bool,
        work: impl FnOnce(&Job) -> T + Send + 'static,
    ) -> JobId {
        let id = JobId(self.next);
        self.next += 1;
        let job = Job {
            far: Arc::default(),
            stop: Arc::default(),
            wake: Arc::clone(&self.wake),
        };
        let (bring, back) = channel();
        let own = job.clone();
        let run = move || {
            let ended = catch_unwind(AssertUnwindSafe(|| work(&own)));
            // Nobody takes it any more only when the app is going.
            drop(bring.send(ended));
            own.wake();
            memory::give_back();
        };
        let thread = thread::Builder::new()
            .name("job".to_owned())
            .spawn(run)
            .expect("a thread can be started");
        self.under_way.push(UnderWay {
            id,
            name,
            can_stop,
            job,
            back,
            thread: Some(thread),
        });
        id
    }

    /// Asks a job to stop. It is under way until it has.
    pub fn stop(&mut self, id: JobId) {
        for under_way in self.under_way.iter().filter(|job| job.id == id) {
            under_way.job.stop.store(true, Ordering::Relaxed);
        }
    }

    /// What is under way, oldest first.
    pub fn shown(&self) -> Vec<Shown> {
        let shown = |under_way: &UnderWay<T>| Shown {
            id: under_way.id,
            name: under_way.name.clone(),
            far: *under_way.job.held(),
            can_stop: under_way.can_stop,
            stopping: under_way.job.is_stopped(),
        };
        self.under_way.iter().map(shown).collect()
    }

    /// Takes what has been brought back since the last time.
    pub fn take(&mut self) -> Vec<Result<T, BrokenOff>> {
        let mut taken = Vec::new();
        self.under_way
            .retain_mut(|under_way| match under_way.back.try_recv() {
                Err(TryRecvError::Empty) => true,
                Ok(Ok(value)) => {
                    taken.push(Ok(value));
                    false
                }
                Ok(Err(_)) | Err(TryRecvError::Disconnected) => {
                    taken.push(Err(BrokenOff(std::mem::take(&mut under_way.name))));
                    false
                }
            });
        taken
    }
}

impl<T> Default for Jobs<T> {
    fn default() -> Self {
        Self {
            under_way: Vec::new(),
            next: 0,
            wake: Wake::default(),
        }
    }
}

impl<T> fmt::Debug for Jobs<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.under_way.iter().map(|under_way| &under_way.name))
            .finish()
    }
}

impl<T> Drop for Jobs<T> {
    fn drop(&mut self) {
        for under_way in &self.under_way {
            under_way.job.stop.store(true, Ordering::Relaxed);
        }
        for thread in self
            .under_way
            .iter_mut()
            .filter_map(|under_way| under_way.thread.take())
        {
            drop(thread.join()); // a panic has been caught, and told where anybody still takes results
        }
    }
}

impl Job {
    /// Tells how far the work is; faces hear of whole per cents and of whole seconds that are left.
    pub fn tell(&self, share: f32, left: Option<Duration>) {
        let coarse = |far: Far| {
            let per_cent = far.share.map(|share| (100.0 * share) as u32);
            (per_cent, far.left.map(|left| left.as_secs()))
        };
        let next = Far {
            share: Some(share.clamp(0.0, 1.0)),
            left,
        };
        let before = std::mem::replace(&mut *self.held(), next);
        if coarse(before) != coarse(next) {
            self.wake();
        }
    }

    /// Whether it has been asked to stop.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Far> {
        self.far.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wake(&self) {
        if let Some(wake) = self.wake.get() {
            wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::sync_channel;

    /// Waits for what comes back next; `heard` is woken by the jobs.
    fn next<T: Send + 'static>(jobs: &mut Jobs<T>, heard: &Receiver<()>) -> Result<T, BrokenOff> {
        loop {
            if let Some(taken) = jobs.take().pop() {
                return taken;
            }
            heard.recv_timeout(Duration::from_secs(10)).unwrap();
        }
    }

    fn jobs<T: Send + 'static>() -> (Jobs<T>, Receiver<()>) {
        let jobs = Jobs::default();
        let (wake, heard) = sync_channel(64);
        jobs.wake_with(move || _ = wake.try_send(()));
        (jobs, heard)
    }

    #[test]
    fn what_a_job_brings_back_is_taken_once() {
        let (mut jobs, heard) = jobs();
        jobs.start("Adding".to_owned(), false, |_| 2 + 2);
        assert_eq!(next(&mut jobs, &heard), Ok(4));
        assert_eq!((jobs.take(), jobs.shown()), (vec![], vec![]));
    }

    #[test]
    fn a_job_tells_how_far_it_is_until_it_is_stopped() {
        let (mut jobs, heard) = jobs();
        let id = jobs.start("Counting".to_owned(), true, |job| {
            job.tell(0.25, Some(Duration::from_secs(3)));
            while !job.is_stopped() {
                thread::yield_now();
            }
            "stopped"
        });
        heard.recv_timeout(Duration::from_secs(10)).unwrap();
        let mut expected = Shown {
            id,
            name: "Counting".to_owned(),
            far: Far {
                share: Some(0.25),
                left: Some(Duration::from_secs(3)),
            },
            can_stop: true,
            stopping: false,
        };
        assert_eq!(jobs.shown(), [expected.clone()]);
        jobs.stop(id);
        expected.stopping = true;
        assert!(jobs.shown().is_empty() || jobs.shown() == [expected]);
        assert_eq!(next(&mut jobs, &heard), Ok("stopped"));
    }

    #[test]
    fn what_breaks_off_says_its_name_and_leaves_the_others_alone() {
        let (mut jobs, heard) = jobs::<()>();
        jobs.start("Failing".to_owned(), false, |_| {
            std::panic::resume_unwind(Box::new("without a word on the screen"))
        });
        assert_eq!(
            next(&mut jobs, &heard),
            Err(BrokenOff("Failing".to_owned()))
        );
        jobs.start("Working".to_owned(), false, |_| ());
        assert_eq!(next(&mut jobs, &heard), Ok(()));
    }

    #[test]
    fn at_the_end_every_job_is_stopped_and_waited_for() {
        let (mut jobs, _heard) = jobs::<()>();
        let (told, left) = channel();
        jobs.start("Writing".to_owned(), true, move |job| {
            while !job.is_stopped() {
                thread::yield_now();
            }
            told.send("tidied up").unwrap();
        });
        drop(jobs);
        assert_eq!(left.try_recv(), Ok("tidied up"));
    }

    #[test]
    fn faces_are_not_woken_for_less_than_they_can_show() {
        let (jobs, heard) = jobs::<()>();
        let job = Job {
            far: Arc::default(),
            stop: Arc::default(),
            wake: Arc::clone(&jobs.wake),
        };
        for step in 0..1_000_u16 {
            job.tell(f32::from(step) / 1_000.0, None);
        }
        assert!((1..=64).contains(&heard.try_iter().count()));
    }
}
