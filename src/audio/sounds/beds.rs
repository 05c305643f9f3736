//! The beds: background sounds that begin anew after a minute, without a joint. Each is made frame by frame, as it is
//! heard or into a loop, with the same samples. Noise runs through its filters for a moment before the first frame, on the
//! samples with which the loop ends; sines turn a whole number of times in a loop.

use std::f64::consts::TAU;

use super::noise::{OnePole, Pink, Svf, white};
use super::recipe::{Beds, Hiss, Ocean, Pad, Partial, Rain};
use super::strike::Turning;
use crate::audio::envelope::smooth;
use crate::audio::pcm::Pcm;
use crate::routine::BedSound;
use crate::units::{Decibels, Frames, RATE};

/// How long noise runs through the filters before it is heard: 1 s.
const WARM: u32 = RATE;
/// What moves slowly does so in steps of so many frames.
const STEP: u32 = 64;
/// The root mean square of the stored samples: there is room for 24 dB more, and what rounding costs lies 110 dB below full
/// scale where a bed is heard at its level.
const STORED: f32 = 2_048.0;

/// A background sound that makes itself as it is heard: it takes less than 100 kB, where its loop takes 12 MB.
#[derive(Clone)]
pub struct LiveBed {
    sound: BedSound,
    made: Made,
    /// The next frame.
    index: u32,
    /// After so many it begins anew.
    frames: u32,
    /// From what the filters give to stored samples.
    factor: f32,
    /// From a stored sample to full scale 1.0.
    gain: f32,
}

#[derive(Clone)]
enum Made {
    Pad(Vec<Note>),
    Brown(Noise<Plain<OnePole>>),
    Pink(Noise<Plain<Pink>>),
    Rain(Noise<Far>, Drops),
    Ocean(Noise<Waves>),
}

impl LiveBed {
    /// A background sound, to be heard [from](Self::from) a frame on.
    pub(super) fn new(beds: &'static Beds, sound: BedSound) -> Option<Self> {
        let frames = beds.secs * RATE;
        let (made, level) = match sound {
            BedSound::None => return None,
            BedSound::Pad => (Made::Pad(chord(&beds.pad, frames)), beds.pad.level),
            BedSound::Brown => {
                let ear = Plain::new(OnePole::new(beds.brown.low_cut * 2.0), &beds.brown);
                (Made::Brown(Noise::new(0.5, [ear; 2])), beds.brown.level)
            }
            BedSound::Pink => {
                let ear = Plain::new(Pink::default(), &beds.pink);
                (Made::Pink(Noise::new(0.5, [ear; 2])), beds.pink.level)
            }
            BedSound::Rain => {
                let far = Noise::new(0.35, [Far::new(&beds.rain); 2]);
                let drops = Drops::new(&beds.rain, frames);
                (Made::Rain(far, drops), beds.rain.level)
            }
            BedSound::Ocean => {
                let ears = [0.0, 1.0].map(|ear| Waves::new(&beds.ocean, frames, ear));
                (Made::Ocean(Noise::new(0.3, ears)), beds.ocean.level)
            }
        };
        Some(Self {
            sound,
            made,
            index: 0,
            frames,
            factor: STORED / level.raw,
            gain: level.rms.gain() / STORED,
        })
    }

    /// The same from a frame of its life on: as if it had been heard since its first, to a step of the stored samples.
    #[must_use]
    pub(in crate::audio) fn from(mut self, run: Frames) -> Self {
        let to = (run.0 % u64::from(self.frames)) as u32 / STEP * STEP;
        self.index = (to + self.frames - WARM) % self.frames;
        if let Made::Rain(_, drops) = &mut self.made {
            drops.begin(self.index);
        }
        for _ in 0..WARM + (run.0 % u64::from(STEP)) as u32 {
            self.next();
        }
        self
    }

    /// Which one it is.
    pub(in crate::audio) fn sound(&self) -> BedSound {
        self.sound
    }

    /// From a stored sample to full scale 1.0.
    pub(in crate::audio) fn gain(&self) -> f32 {
        self.gain
    }

    /// Makes the next frames, interleaved. Allocates nothing.
    pub(in crate::audio) fn fill(&mut self, out: &mut [i16]) {
        for pair in out.chunks_exact_mut(2) {
            pair.copy_from_slice(&self.next());
        }
    }

    /// All of it, once.
    pub(super) fn whole(self) -> Pcm {
        let mut samples = vec![0; 2 * self.frames as usize];
        let gain = self.gain;
        self.from(Frames::ZERO).fill(&mut samples);
        Pcm::stereo(samples, 32_768.0 * gain)
    }

    fn next(&mut self) -> [i16; 2] {
        let index = self.index;
        self.index = if index + 1 == self.frames {
            0
        } else {
            index + 1
        };
        let raw = match &mut self.made {
            Made::Pad(notes) => sum(notes, index, self.frames),
            Made::Brown(noise) => noise.next(index),
            Made::Pink(noise) => noise.next(index),
            Made::Rain(noise, drops) => drops.on(noise.next(index), index),
            Made::Ocean(noise) => noise.next(index),
        };
        raw.map(|sample| (sample * self.factor).round() as i16)
    }
}

/// Noise in two ears that share some of it.
#[derive(Clone, Copy)]
struct Noise<C> {
    /// How much, 0…1.
    shared: f32,
    ears: [C; 2],
}

/// What makes one ear's noise out of white noise.
trait Colour: Copy {
    fn next(&mut self, white: f32, index: u32) -> f32;
}

impl<C: Colour> Noise<C> {
    fn new(shared: f32, ears: [C; 2]) -> Self {
        Self { shared, ears }
    }

    fn next(&mut self, index: u32) -> [f32; 2] {
        let own = (1.0 - self.shared * self.shared).sqrt();
        let middle = white(1, index) * self.shared;
        let [left, right] = &mut self.ears;
        [
            left.next(middle + own * white(2, index), index),
            right.next(middle + own * white(3, index), index),
        ]
    }
}

/// Noise without a life of its own: what makes it fall, then its two ends.
#[derive(Clone, Copy)]
struct Plain<F> {
    falls: F,
    cut: OnePole,
    lid: OnePole,
}

impl<F> Plain<F> {
    fn new(falls: F, hiss: &Hiss) -> Self {
        Self {
            falls,
            cut: OnePole::new(hiss.low_cut),
            lid: OnePole::new(hiss.high_cut),
        }
    }
}

impl Colour for Plain<OnePole> {
    fn next(&mut self, white: f32, _index: u32) -> f32 {
        self.lid.low(self.cut.high(self.falls.low(white)))
    }
}

impl Colour for Plain<Pink> {
    fn next(&mut self, white: f32, _index: u32) -> f32 {
        self.lid.low(self.cut.high(self.falls.next(white)))
    }
}

/// Rain far away.
#[derive(Clone, Copy)]
struct Far {
    pink: Pink,
    cut: Svf,
    lids: [OnePole; 2],
}

impl Far {
    fn new(rain: &Rain) -> Self {
        Self {
            pink: Pink::default(),
            cut: Svf::new(rain.low_cut, 0.7),
            lids: [OnePole::new(rain.high_cut); 2],
        }
    }
}

impl Colour for Far {
    fn next(&mut self, white: f32, _index: u32) -> f32 {
        let pink = self.pink.next(white);
        let high = pink - self.cut.next(pink).1;
        let [first, second] = &mut self.lids;
        second.low(first.low(high))
    }
}

/// Drops near by.
#[derive(Clone)]
struct Drops {
    /// In the order in which they fall.
    drops: Vec<Drop>,
    /// The next to fall.
    next: usize,
    /// How many of those before it may still sound.
    sounding: usize,
}

/// A short ring that comes quickly, but not at once.
#[derive(Clone)]
struct Drop {
    from: u32,
    length: u32,
    /// Left and right.
    gains: [f32; 2],
    struck: Turning,
    ring: Turning,
    /// The next frame of it.
    at: u32,
}

impl Drops {
    fn new(rain: &Rain, frames: u32) -> Self {
        let numbers = 0..rain.drops * (frames / RATE);
        let mut drops: Vec<Drop> = numbers.map(|n| Drop::new(rain, frames, n)).collect();
        drops.sort_by_key(|drop| drop.from);
        Self {
            drops,
            next: 0,
            sounding: 0,
        }
    }

    /// Begins at a frame; what fell before is not heard.
    fn begin(&mut self, index: u32) {
        self.next = self.drops.partition_point(|drop| drop.from < index);
        self.sounding = 0;
    }

    /// The drops on top of the rain far away.
    fn on(&mut self, mut sound: [f32; 2], index: u32) -> [f32; 2] {
        if index == 0 {
            self.next = 0;
        }
        let falling = self.drops[self.next..].iter_mut();
        for drop in falling.take_while(|drop| drop.from == index) {
            (drop.ring, drop.at) = (drop.struck, 0);
            self.next += 1;
            self.sounding += 1;
        }
        let count = self.drops.len();
        for age in (1..=self.sounding).rev() {
            let drop = &mut self.drops[(self.next + count - age) % count];
            if drop.at < drop.length {
                drop.add(&mut sound);
            } else if age == self.sounding {
                self.sounding -= 1;
            }
        }
        sound
    }
}

impl Drop {
    fn new(rain: &Rain, frames: u32, number: u32) -> Self {
        let [place, size, ear, force] =
            [31, 32, 33, 34].map(|seed| f32::midpoint(white(seed, number), 1.0));
        let hz = rain.drop_hz.1 * (rain.drop_hz.0 / rain.drop_hz.1).powf(size * size);
        let length = (0.03 + 0.05 * size) * RATE as f32;
        let struck = Turning::new(f64::from(hz), 0.001_f64.powf(1.0 / f64::from(length)));
        let gain = rain.far * rain.drop_level.gain() * 6.0 * force * force * force;
        Self {
            from: (place * frames as f32) as u32 % frames,
            length: length as u32,
            gains: [gain * (1.0 - 0.8 * ear), gain * (0.2 + 0.8 * ear)],
            struck,
            ring: struck,
            at: 0,
        }
    }

    fn add(&mut self, sound: &mut [f32; 2]) {
        let ring = self.ring.next() * smooth(self.at as f32 / 96.0);
        self.at += 1;
        for (sound, gain) in sound.iter_mut().zip(self.gains) {
            *sound += ring * gain;
        }
    }
}

/// Water that rises and falls, for one ear.
#[derive(Clone, Copy)]
struct Waves {
    ocean: &'static Ocean,
    frames: u32,
    ear: f64,
    pink: Pink,
    cut: OnePole,
    body: Svf,
    /// At the last step, and by how much it changes each frame.
    level: (f32, f32),
}

impl Waves {
    fn new(ocean: &'static Ocean, frames: u32, ear: f64) -> Self {
        Self {
            ocean,
            frames,
            ear,
            pink: Pink::default(),
            cut: OnePole::new(ocean.low_cut),
            body: Svf::new(ocean.dark, 0.6),
            level: (0.0, 0.0),
        }
    }

    fn step(&mut self, index: u32) {
        let ocean = self.ocean;
        let [lift, next] =
            [index, index + STEP].map(|index| wave(ocean, index, self.frames, self.ear));
        self.body
            .tune(ocean.dark * (ocean.bright / ocean.dark).powf(lift));
        let loud = |lift: f32| Decibels(ocean.ebb.0 * (1.0 - lift)).gain();
        self.level = (loud(lift), (loud(next) - loud(lift)) / STEP as f32);
    }
}

impl Colour for Waves {
    fn next(&mut self, white: f32, index: u32) -> f32 {
        if index.is_multiple_of(STEP) {
            self.step(index);
        }
        let level = self.level.0 + self.level.1 * (index % STEP) as f32;
        self.body.next(self.cut.high(self.pink.next(white))).1 * level
    }
}

/// How high the water stands, 0…1: waves that rise quicker than they fall, a little later in the other ear.
fn wave(ocean: &Ocean, index: u32, frames: u32, ear: f64) -> f32 {
    let share = 1.0 / ocean.waves.len() as f64;
    let lift = ocean.waves.iter().enumerate().map(|(kind, times)| {
        let turn = f64::from(*times) * (f64::from(index) / f64::from(frames) - 0.008 * ear);
        let x = (turn + 0.37 * kind as f64).rem_euclid(1.0);
        let skewed = if x < 0.35 {
            x / 0.7
        } else {
            0.5 + (x - 0.35) / 1.3
        };
        share * f64::from(smooth(2.0 * skewed as f32)) * if skewed < 0.5 { 1.0 } else { 0.0 }
            + share
                * f64::from(smooth(2.0 - 2.0 * skewed as f32))
                * if skewed < 0.5 { 0.0 } else { 1.0 }
    });
    lift.sum::<f64>() as f32
}

/// One note of the pad in one ear.
#[derive(Clone)]
struct Note {
    hz: f64,
    ear: usize,
    level: f32,
    /// How often it sways in a loop, and from where on.
    sways: (u32, f64),
    ring: Turning,
    sway: f32,
}

/// A low chord that hardly moves.
fn chord(pad: &Pad, frames: u32) -> Vec<Note> {
    // A whole number of times in a loop.
    let secs = f64::from(frames / RATE);
    let whole = |hz: f64| (hz * secs).round() / secs;
    let note = |number: usize, partial: &Partial, ear: usize| Note {
        hz: whole(partial.hz + [-0.5, 0.5][ear] * pad.detune),
        ear,
        level: partial.level.gain(),
        sways: (
            pad.sway[number % pad.sway.len()],
            number as f64 / pad.partials.len() as f64,
        ),
        ring: Turning::new(0.0, 1.0),
        sway: 0.0,
    };
    let partials = pad.partials.iter().enumerate();
    partials
        .flat_map(|(number, partial)| [0, 1].map(|ear| note(number, partial, ear)))
        .collect()
}

impl Note {
    fn step(&mut self, index: u32, frames: u32) {
        let turn = f64::from(self.sways.0) * f64::from(index) / f64::from(frames) + self.sways.1;
        self.sway = self.level * (1.0 + 0.45 * (TAU * turn).sin() as f32);
        let turns = self.hz * f64::from(index) / f64::from(RATE);
        self.ring = Turning::from(self.hz, turns);
    }
}

fn sum(notes: &mut [Note], index: u32, frames: u32) -> [f32; 2] {
    let mut out = [0.0; 2];
    for note in notes {
        if index.is_multiple_of(STEP) {
            note.step(index, frames);
        }
        out[note.ear] += note.ring.next() * note.sway;
    }
    out
}

#[cfg(test)]
mod tests {
    use assert_no_alloc::assert_no_alloc;

    use super::super::RECIPE;
    use super::*;
    use crate::audio::Sounds as _;
    use crate::audio::tests::HOUSE;

    const SOUNDS: [BedSound; 5] = [
        BedSound::Pad,
        BedSound::Rain,
        BedSound::Ocean,
        BedSound::Brown,
        BedSound::Pink,
    ];

    fn bed(sound: BedSound) -> LiveBed {
        LiveBed::new(&RECIPE.beds, sound).expect("it is a sound")
    }

    fn root_mean_square(samples: impl ExactSizeIterator<Item = f32>) -> f64 {
        let count = samples.len() as f64;
        let power: f64 = samples.map(|sample| f64::from(sample).powi(2)).sum();
        (power / count).sqrt()
    }

    #[test]
    fn the_recipe_names_the_levels_of_what_is_made() {
        for sound in SOUNDS {
            let pcm = HOUSE.bed(sound).expect("it is a sound");
            let found = root_mean_square(pcm.samples().iter().map(|sample| f32::from(*sample)));
            let off = found / f64::from(STORED);
            assert!((off - 1.0).abs() < 1e-3, "{sound:?}: raw times {off:.5}");
            let loudest = pcm.samples().iter().map(|sample| sample.unsigned_abs());
            assert!(loudest.max() < Some(32_767), "{sound:?} is cut off");
        }
        let rain = &RECIPE.beds.rain;
        let mut far = Noise::new(0.35, [Far::new(rain); 2]);
        let far: Vec<[f32; 2]> = (0..RECIPE.beds.secs * RATE).map(|n| far.next(n)).collect();
        let off = root_mean_square(far.as_flattened().iter().copied()) / f64::from(rain.far);
        assert!((off - 1.0).abs() < 1e-3, "far times {off:.5}");
    }

    #[test]
    fn what_is_made_while_it_is_heard_is_the_loop() {
        for sound in SOUNDS {
            let whole = HOUSE.bed(sound).expect("it is a sound");
            let kept = whole.samples();
            // More than a turn, in blocks that fit nowhere.
            let mut live = bed(sound).from(Frames::ZERO);
            let turns = [kept, &kept[..100_000]].concat();
            for (number, part) in turns.chunks(2 * 997).enumerate() {
                let mut made = vec![0; part.len()];
                assert_no_alloc(|| live.fill(&mut made));
                assert_eq!(made, part, "{sound:?}, part {number}");
            }
            // From anywhere, the filters' last bit aside.
            for run in [
                1,
                63,
                64,
                48_001,
                1_234_567,
                2_879_999,
                2_880_000,
                9_999_999_999,
            ] {
                let mut late = bed(sound).from(Frames(run));
                let mut out = [0; 2_000];
                late.fill(&mut out);
                let from = 2 * (run % (kept.len() as u64 / 2)) as usize;
                for (n, made) in out.iter().enumerate() {
                    let off = made.abs_diff(kept[(from + n) % kept.len()]);
                    assert!(off <= 1, "{sound:?} from {run}: {off} at {n}");
                }
            }
        }
    }
}
