//! A routine with its voice as a sound file.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{ExportError, Progress, Tags, export};
use crate::audio::{Pcm, Score, Sounds};
use crate::jobs::Job;
use crate::speech::{Line, Voice};
use crate::timeline::Timeline;

/// All that makes a sound file of a timeline.
pub struct Spoken<'a> {
    /// What is played.
    pub timeline: &'a Arc<Timeline>,
    /// Its tones, breath and beds.
    pub sounds: &'a (dyn Sounds + Sync),
    /// Who speaks.
    pub voice: &'a dyn Voice,
    /// Where a studio's recording is, by its name.
    pub recordings: &'a (dyn Fn(&str) -> Option<PathBuf> + Sync),
    /// Whose it is, in the tags.
    pub artist: &'a str,
    /// How many threads work.
    pub threads: NonZeroUsize,
}

impl Spoken<'_> {
    /// Writes the file, and answers whether every line could be spoken: a soft tone stands for each that could not.
    /// `watch` hears of each piece; breaking, it stops the work and nothing is kept.
    pub fn export(
        &self,
        path: &Path,
        watch: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<bool, ExportError> {
        let score = Score::new(Arc::clone(self.timeline), self.sounds);
        let mute = AtomicBool::new(false);
        let speech = |event: usize| {
            let line = Line::of(self.timeline, event, self.recordings)?;
            let clip = self.voice.speak(&line);
            mute.fetch_or(clip.is_err(), Ordering::Relaxed);
            clip.ok().map(|clip| Pcm::from(&clip))
        };
        let tags = Tags::of(self.timeline, self.artist);
        export(&score, &speech, &tags, path, self.threads, watch)?;
        Ok(!mute.into_inner())
    }

    /// The same as a job, which tells how far it is and stops when it is asked to.
    pub fn export_in(&self, job: &Job, path: &Path) -> Result<bool, ExportError> {
        self.export(path, &mut |progress| {
            let share = progress.done.secs() / progress.total.secs().max(1.0);
            job.tell(share as f32, Some(progress.left()));
            if job.is_stopped() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })
    }
}
