//! A timeline as sounds: everything that is heard, by frame. Made off the audio thread, then never changed.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use crate::names::Talk;
use crate::routine::{Bed, BedSound, CueKind};
use crate::timeline::{Phase, SegmentSide, Timeline, ToneRole, What};
use crate::units::{Decibels, Frames};

use super::envelope::{DipCurve, smooth};
use super::mixer::LONGEST_CLIP;
use super::pcm::Pcm;
use super::sounds::LiveBed;

/// The bed comes and goes over this long: 3 s.
const BED_EDGE: u64 = 144_000;
/// The slow curve is a formula at every 1024th frame of the timeline, and straight between.
pub(super) const CELL: u64 = 1_024;

/// What can be heard apart and has its own volume.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Layer {
    /// The background sound.
    Bed,
    /// The sound of the breath.
    Breath,
    /// Bowls, chimes, signals.
    Tones,
    /// The voice.
    Voice,
}

/// The sound of each role, for whoever makes them: our own, a studio's, or a test's.
pub trait Sounds {
    /// The tone of a role, on a side.
    fn tone(&self, role: ToneRole, side: SegmentSide) -> Option<Pcm>;
    /// The sound of one phase of a breath.
    fn phase(&self, shape: PhaseShape) -> Option<Pcm>;
    /// A background sound: a loop of at most a minute.
    fn bed(&self, sound: BedSound) -> Option<Pcm>;
    /// The same loop, made while it is heard; `None` where there is only the loop.
    fn live_bed(&self, _sound: BedSound) -> Option<LiveBed> {
        None
    }
    /// What stands for a line that is not spoken.
    fn notice(&self) -> Option<Pcm>;
    /// How much softer the bed is when the breath is out.
    fn bed_breath(&self) -> Decibels;
}

/// All that the sound of a phase depends on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PhaseShape {
    /// Which phase.
    pub phase: Phase,
    /// Its length.
    pub frames: Frames,
    /// Fullness where it begins, in hundredths.
    pub from: u8,
    /// Fullness where it ends, in hundredths.
    pub to: u8,
}

impl PhaseShape {
    /// The fullness at so many frames from the phase's start: the curve of [`Timeline::fullness`], which the picture follows.
    pub fn fullness(self, frame: u64) -> f32 {
        let (from, to) = (f32::from(self.from) / 100.0, f32::from(self.to) / 100.0);
        let x = frame as f32 / self.frames.0.max(1) as f32;
        let x = if self.phase == Phase::Exhale {
            x.powf(0.9)
        } else {
            x
        };
        from + (to - from) * smooth(x)
    }
}

/// A sound at its place.
pub(super) struct Placed {
    pub(super) at: u64,
    pub(super) end: u64,
    pub(super) layer: Layer,
    pub(super) pcm: Pcm,
}

/// A line at its place.
pub(super) struct ScoreLine {
    pub(super) at: u64,
    /// A hash of its text.
    pub(super) key: u64,
    pub(super) kind: CueKind,
    pub(super) spoken: bool,
    /// The index of its event.
    pub(super) event: usize,
}

/// Where the clock may stand still.
pub(super) struct ScoreGate {
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) time_out: u64,
    pub(super) segment: usize,
}

/// The background sound of a score.
pub(super) enum Background {
    /// Kept, for a file: several threads read it at once, each at its place.
    Loop(Pcm),
    /// Made as it is heard, and brought to its level by a factor.
    Live(Box<LiveBed>, f32),
}

impl Background {
    fn kept(bed: &Bed, sounds: &dyn Sounds) -> Option<Self> {
        let pcm = sounds.bed(bed.sound)?;
        Some(Self::Loop(pcm.scaled(bed.level.gain())))
    }

    fn live(bed: &Bed, sounds: &dyn Sounds) -> Option<Self> {
        let made = sounds.live_bed(bed.sound)?;
        Some(Self::Live(Box::new(made), bed.level.gain()))
    }
}

/// Everything that is heard of a timeline.
pub struct Score {
    pub(super) timeline: Arc<Timeline>,
    pub(super) background: Option<Background>,
    pub(super) notice: Option<Pcm>,
    pub(super) placed: Vec<Placed>,
    pub(super) lines: Vec<ScoreLine>,
    pub(super) gates: Vec<ScoreGate>,
    pub(super) dip: DipCurve,
    /// The longest sound in `placed`.
    pub(super) longest: u64,
    slow: Box<[(f32, f32)]>,
    fades_from: Option<u64>,
    total: u64,
}

impl Score {
    /// The sound of a timeline, to be written into a file.
    pub fn new(timeline: Arc<Timeline>, sounds: &dyn Sounds) -> Self {
        Self::over(timeline, sounds, |bed| Background::kept(bed, sounds))
    }

    /// The same, to be heard once: its background sound is made meanwhile, where it can be.
    pub fn live(timeline: Arc<Timeline>, sounds: &dyn Sounds) -> Self {
        Self::over(timeline, sounds, |bed| {
            Background::live(bed, sounds).or_else(|| Background::kept(bed, sounds))
        })
    }

    fn over(
        timeline: Arc<Timeline>,
        sounds: &dyn Sounds,
        background: impl FnOnce(&Bed) -> Option<Background>,
    ) -> Self {
        let (placed, lines) = place(&timeline, sounds);
        let bed = timeline.bed.as_ref();
        let longest = placed.iter().map(|sound| sound.end - sound.at).max();
        Self {
            background: bed.and_then(background),
            notice: sounds.notice(),
            longest: longest.unwrap_or(0),
            placed,
            lines,
            gates: gates(&timeline),
            dip: DipCurve::new(),
            slow: slow(&timeline, sounds.bed_breath()),
            fades_from: bed.and_then(|bed| bed.fade).map(|fade| {
                let last = fade.last.frames().0 + CELL;
                timeline.total.0.saturating_sub(last)
            }),
            total: timeline.total.0,
            timeline,
        }
    }

    /// The timeline that it sounds.
    pub fn timeline(&self) -> &Arc<Timeline> {
        &self.timeline
    }

    /// The timeline's length.
    pub fn total(&self) -> Frames {
        Frames(self.total)
    }

    /// When the last tone has died away; at least the timeline's length.
    pub fn rings_out(&self) -> Frames {
        let last = self.placed.iter().map(|sound| sound.end).max();
        Frames(last.unwrap_or(0).max(self.total))
    }

    /// Whether a clip for a line is over before the next line that is spoken begins; two voices at once help nobody.
    pub(super) fn fits(&self, line: usize, clip: &Pcm) -> bool {
        let end = self.lines[line].at + clip.frames().0;
        let next = self.lines[line + 1..].iter().find(|next| next.spoken);
        clip.frames().0 <= LONGEST_CLIP && next.is_none_or(|next| end <= next.at)
    }

    /// The level of everything, and of the bed beside it, where a cell begins.
    pub(super) fn slow(&self, cell: u64) -> (f32, f32) {
        self.slow[(cell as usize).min(self.slow.len() - 1)]
    }

    /// Whether the slow curve moves anything but the bed at a frame.
    pub(super) fn fades(&self, at: u64) -> bool {
        self.fades_from.is_some_and(|from| at >= from)
    }
}

/// The sounds of a timeline at their places, and its lines.
fn place(timeline: &Timeline, sounds: &dyn Sounds) -> (Vec<Placed>, Vec<ScoreLine>) {
    let (mut placed, mut lines) = (Vec::new(), Vec::new());
    let mut fullness = 0;
    for (event, entry) in timeline.events.iter().enumerate() {
        let at = entry.at.0;
        let mut put = |layer, pcm: Option<Pcm>| {
            placed.extend(pcm.map(|pcm| Placed {
                at,
                end: at + pcm.frames().0,
                layer,
                pcm,
            }));
        };
        match &entry.what {
            What::Gate(_) => {}
            What::Tone(role) => put(Layer::Tones, sounds.tone(*role, entry.side)),
            What::Phase(phase) => {
                if *phase == Phase::Inhale {
                    fullness = (100.0 * timeline.fullness(entry.at)).round() as u8;
                }
                let shape = shape(*phase, entry.frames, fullness, topped(timeline, event));
                fullness = shape.to;
                put(Layer::Breath, sounds.phase(shape));
            }
            What::Say(line) => lines.push(ScoreLine {
                at,
                key: key(&line.text),
                kind: line.kind,
                spoken: line.spoken,
                event,
            }),
        }
    }
    (placed, lines)
}

/// Whether the phase after this one is a top-up.
fn topped(timeline: &Timeline, event: usize) -> bool {
    let mut later = timeline.events[event + 1..].iter();
    let next = later.find_map(|next| match next.what {
        What::Phase(phase) => Some(phase),
        _ => None,
    });
    next == Some(Phase::TopUp)
}

fn gates(timeline: &Timeline) -> Vec<ScoreGate> {
    let spans = timeline.segments.iter().enumerate();
    spans
        .filter_map(|(segment, span)| {
            span.gate.as_ref().map(|gate| ScoreGate {
                start: span.start.0,
                end: span.end().0,
                time_out: gate.time_out.0,
                segment,
            })
        })
        .collect()
}

/// The level of everything, and of the bed beside it, where each cell begins: the routine's fade, the bed's coming and
/// going, and the breath in it.
fn slow(timeline: &Timeline, bed_breath: Decibels) -> Box<[(f32, f32)]> {
    let total = timeline.total.0;
    let fade = timeline.bed.as_ref().and_then(|bed| bed.fade);
    let empty = bed_breath.gain();
    let level = |at: u64| {
        let left = total.saturating_sub(at);
        let all = fade.map_or(1.0, |fade| {
            let last = fade.last.frames().0.max(1);
            let done = last.saturating_sub(left) as f32 / last as f32;
            Decibels(fade.by.0 * done).gain()
        });
        let edge = left.min(at).min(BED_EDGE) as f32 / BED_EDGE as f32;
        let full = timeline.fullness(Frames(at)) as f32;
        (all, smooth(edge) * (empty + (1.0 - empty) * full))
    };
    (0..=total.div_ceil(CELL))
        .map(|cell| level(cell * CELL))
        .collect()
}

/// The shape of a phase that begins at a fullness in hundredths (`art.md` 6).
fn shape(phase: Phase, frames: Frames, from: u8, topped: bool) -> PhaseShape {
    let (from, to) = match phase {
        Phase::Inhale if topped => (from, 86),
        Phase::Inhale => (from, 100),
        Phase::TopUp => (86, 100),
        Phase::Hold => (100, 100),
        Phase::Exhale => (if from == 0 { 100 } else { from }, 0),
        Phase::Empty => (0, 0),
    };
    PhaseShape {
        phase,
        frames,
        from,
        to,
    }
}

/// What a line is known by, beside its place.
pub(super) fn key(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Whether the voice says a line of a kind at a talk level.
pub(super) fn speaks(talk: Talk, kind: CueKind) -> bool {
    match talk {
        Talk::Full => true,
        Talk::Brief => matches!(kind, CueKind::Safety | CueKind::Instruction),
        Talk::Tones => kind == CueKind::Safety,
        Talk::Silent => false,
    }
}
