//! Has the lines spoken before they are needed: those of the next 30 seconds go to the programme, the rest into the
//! voice's cache, and what is asked for out of turn comes first. A line that fails or is late stays a caption.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use super::{Message, Recordings};
use crate::audio::{Feed, Pcm};
use crate::memory;
use crate::speech::{Clip, Language, Line, Pace, Voice};
use crate::timeline::{Timeline, What};
use crate::units::Frames;
use crate::words;

/// How far ahead lines are handed over.
const AHEAD: Frames = Frames::whole_secs(30);
/// A line that began so long ago may still be needed after a small jump back.
const BEHIND: Frames = Frames::whole_secs(5);
/// How often it looks at the position.
const LOOK: Duration = Duration::from_millis(250);

/// The speaker's door.
pub(super) struct Speaker {
    jobs: Sender<Job>,
    ready: Arc<AtomicBool>,
}

enum Job {
    Follow(Option<Feed>, Arc<Timeline>),
    Say(String),
    SayAgain(usize),
}

impl Speaker {
    /// Starts its thread; what was asked for out of turn comes back as a message.
    pub(super) fn start(
        voice: Arc<dyn Voice>,
        recordings: Recordings,
        timeline: Arc<Timeline>,
        from: Frames,
        messages: Sender<Message>,
    ) -> io::Result<Self> {
        let (jobs, inbox) = mpsc::channel();
        let ready = Arc::new(AtomicBool::new(false));
        let desk = Desk {
            voice,
            recordings,
            timeline,
            from,
            feed: None,
            handed: BTreeSet::new(),
            prepared: BTreeSet::new(),
            ready: Arc::clone(&ready),
            messages,
        };
        thread::Builder::new()
            .name("session voice".to_owned())
            .spawn(move || desk.run(&inbox))?;
        Ok(Self { jobs, ready })
    }

    /// Serves another programme or another timeline.
    pub(super) fn follow(&self, feed: Option<Feed>, timeline: &Arc<Timeline>) {
        self.tell(Job::Follow(feed, Arc::clone(timeline)));
    }

    /// Has something said out of turn.
    pub(super) fn say(&self, text: String) {
        self.tell(Job::Say(text));
    }

    /// Has the line of an event of the timeline said again, out of turn.
    pub(super) fn say_again(&self, event: usize) {
        self.tell(Job::SayAgain(event));
    }

    /// Whether the first lines are ready.
    pub(super) fn is_ready(&self) -> bool {
        self.ready.load(Ordering::Relaxed)
    }

    fn tell(&self, job: Job) {
        // Its thread ends only when this door is gone.
        let _ = self.jobs.send(job);
    }
}

struct Desk {
    voice: Arc<dyn Voice>,
    recordings: Recordings,
    timeline: Arc<Timeline>,
    /// Where it looks while there is no programme.
    from: Frames,
    feed: Option<Feed>,
    /// The events whose clips the programme has.
    handed: BTreeSet<usize>,
    /// The events whose clips are in the voice's cache, or never will be.
    prepared: BTreeSet<usize>,
    ready: Arc<AtomicBool>,
    messages: Sender<Message>,
}

impl Desk {
    fn run(mut self, jobs: &Receiver<Job>) {
        let mut busy = true;
        loop {
            let patience = if busy { Duration::ZERO } else { LOOK };
            match jobs.recv_timeout(patience) {
                Ok(job) => self.take(job),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            busy = self.work();
            if busy {
                // Of what a line takes in the making, only its sound is kept. Not left until all are made: 1.5 MB more
                // would stay then.
                memory::give_back();
            }
        }
    }

    fn take(&mut self, job: Job) {
        match job {
            Job::Follow(feed, timeline) => {
                if !Arc::ptr_eq(&timeline, &self.timeline) {
                    self.prepared.clear();
                }
                self.timeline = timeline;
                self.handed.clear();
                if feed.is_some() {
                    self.feed = feed;
                }
            }
            Job::Say(text) => {
                // The session has its words in these two languages only.
                let language = match words::Language::of(&self.timeline.language) {
                    words::Language::English => Language::English,
                    words::Language::Spanish => Language::Spanish,
                };
                let line = Line {
                    language: Some(language),
                    ..Line::new(text, Pace::Relaxed)
                };
                self.say(&line);
            }
            Job::SayAgain(event) => {
                if let Some(line) = Line::of(&self.timeline, event, &*self.recordings) {
                    self.say(&line);
                }
            }
        }
    }

    /// Says a line out of turn.
    fn say(&self, line: &Line) {
        if let Ok(clip) = self.voice.speak(line) {
            // A session that is over needs no more words.
            let _ = self.messages.send(Message::Spoken(pcm(&clip)));
        }
    }

    /// Does one line's work; `false` where there is nothing to do for now.
    fn work(&mut self) -> bool {
        let at = self
            .feed
            .as_ref()
            .map_or(self.from, |feed| feed.position().at);
        let window = at.saturating_sub(BEHIND)..at + AHEAD;
        let timeline = Arc::clone(&self.timeline);
        self.handed
            .retain(|event| window.contains(&timeline.events[*event].at));
        let first = timeline
            .events
            .partition_point(|event| event.at < window.start);
        let near = (first..timeline.events.len())
            .take_while(|event| timeline.events[*event].at < window.end);
        let done = if self.feed.is_some() {
            &self.handed
        } else {
            &self.prepared
        };
        if let Some(event) = near
            .into_iter()
            .find(|event| is_spoken(&timeline, *event) && !done.contains(event))
        {
            return self.serve(event);
        }
        self.ready.store(true, Ordering::Relaxed);
        let later = (first..timeline.events.len())
            .find(|event| is_spoken(&timeline, *event) && !self.prepared.contains(event));
        later.is_some_and(|event| self.serve(event))
    }

    /// Has a line spoken and hands it over, where a programme wants it now; `false` where the programme is full.
    fn serve(&mut self, event: usize) -> bool {
        let spoken = self.speak(event);
        self.prepared.insert(event);
        let at = self.timeline.events[event].at;
        let What::Say(line) = &self.timeline.events[event].what else {
            return true;
        };
        let near = |feed: &Feed| at < feed.position().at + AHEAD;
        if let Some(feed) = &mut self.feed
            && near(feed)
        {
            if let Some(clip) = spoken
                && feed.hand_over(at, &line.text, pcm(&clip)).is_err()
            {
                return false;
            }
            self.handed.insert(event);
        }
        true
    }

    fn speak(&self, event: usize) -> Option<Clip> {
        let line = Line::of(&self.timeline, event, &*self.recordings)?;
        self.voice.speak(&line).ok()
    }
}

fn is_spoken(timeline: &Timeline, event: usize) -> bool {
    matches!(&timeline.events[event].what, What::Say(line) if line.spoken)
}

fn pcm(clip: &Clip) -> Pcm {
    Pcm::mono(clip.samples(), 1.0)
}
