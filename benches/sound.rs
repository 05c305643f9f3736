//! How much the sound costs, as ratios within one run: `cargo bench --bench sound`.
//!
//! The anchor is the scene of a bare loop: 20 minutes, a bed of a minute under a gain at the rate of the breath, 150
//! sounds, 40 spoken clips, a dip under each, to a 16-bit file; no dither and no limiter in either.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a bench looks at the clock")]

use std::fs::File;
use std::hint::black_box;
use std::io::Write as _;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use rootwell::audio::export::{Tags, export};
use rootwell::audio::render::{Finish, render};
use rootwell::audio::sounds::House;
use rootwell::audio::{Pcm, PhaseShape, Score, Sounds, Start, open};
use rootwell::routine::atoms::PacedBreath;
use rootwell::routine::{Bed, BedSound, CueKind, SectionKind};
use rootwell::timeline::{
    Event, Line, Phase, Role, Segment, SegmentSide, Timeline, ToneRole, What,
};
use rootwell::units::{Decibels, Frames};

const RATE: u64 = 48_000;
const MINUTES: u64 = 20;
const TOTAL: u64 = MINUTES * 60 * RATE;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--memory") {
        return memory_of(arguments[at + 1].parse().expect("minutes"));
    }
    anchor();
    voices();
    blend();
    playing();
    memory();
}

/// Seconds of CPU of this thread.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux counts it");
    let nanos: u64 = stat
        .split(' ')
        .next()
        .expect("it comes first")
        .parse()
        .expect("a number");
    nanos as f64 / 1e9
}

/// Seconds of CPU of all threads of this process, in hundredths.
fn all_cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux counts it");
    let (_, rest) = stat.rsplit_once(") ").expect("the name stands in brackets");
    let ticks: Vec<f64> = rest
        .split(' ')
        .skip(11)
        .take(2)
        .map(|ticks| ticks.parse().expect("a number"))
        .collect();
    (ticks[0] + ticks[1]) / 100.0
}

/// The median of a few runs of each, in turn.
fn in_turn<const N: usize>(rounds: usize, mut runs: [&mut dyn FnMut() -> f64; N]) -> [f64; N] {
    let mut all = [const { Vec::new() }; N];
    for _ in 0..rounds {
        for (run, times) in runs.iter_mut().zip(&mut all) {
            times.push(run());
        }
    }
    all.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    })
}

/// Samples that are no silence, as loud as needed.
fn noise(samples: usize, seed: u32) -> Vec<i16> {
    let mut bits = seed;
    let step = |_| {
        bits = bits.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (bits >> 16) as u16 as i16 / 6
    };
    (0..samples).map(step).collect()
}

/// The sounds of the scene.
struct Scene {
    bed: Pcm,
    sounds: Vec<Pcm>,
    clips: Vec<Pcm>,
}

impl Scene {
    fn new() -> Self {
        let length = |n: usize| (RATE as usize / 2) + n * 12_267;
        Self {
            bed: Pcm::stereo(noise(2 * 60 * RATE as usize, 1), 0.5),
            sounds: (0..10)
                .map(|n| Pcm::stereo(noise(2 * length(n), 7 + n as u32), 0.5))
                .collect(),
            clips: (0..40)
                .map(|n| Pcm::mono(noise(3 * RATE as usize, 99 + n), 0.5))
                .collect(),
        }
    }

    fn sound_at(n: u64) -> u64 {
        n * (TOTAL / 150) + 1_234 + n * 17
    }

    fn clip_at(n: u64) -> u64 {
        n * (TOTAL / 40) + 200_123
    }

    /// The scene as a timeline; which sound a tone is, is told by its role.
    fn timeline() -> Timeline {
        let mut events = Vec::new();
        for breath in 0..MINUTES * 6 {
            for (half, phase) in [Phase::Inhale, Phase::Exhale].into_iter().enumerate() {
                let at = breath * 10 * RATE + half as u64 * 5 * RATE;
                events.push(event(at, 5 * RATE, What::Phase(phase)));
            }
        }
        for n in 0..150 {
            events.push(event(
                Self::sound_at(n),
                0,
                What::Tone(ToneRole::ALL[n as usize % 8]),
            ));
        }
        for n in 0..40 {
            events.push(event(Self::clip_at(n), 3 * RATE, line(&format!("{n}"))));
        }
        events.sort_by_key(|event| event.at);
        Timeline {
            segments: vec![paced(0, TOTAL, 5, 5)],
            events,
            total: Frames(TOTAL),
            bed: Some(Bed {
                sound: BedSound::Brown,
                level: Decibels(0.0),
                fade: None,
            }),
            ..Timeline::default()
        }
    }
}

impl Sounds for Scene {
    fn tone(&self, role: ToneRole, _: SegmentSide) -> Option<Pcm> {
        Some(self.sounds[role as usize].clone())
    }
    fn phase(&self, _: PhaseShape) -> Option<Pcm> {
        None
    }
    fn bed(&self, _: BedSound) -> Option<Pcm> {
        Some(self.bed.clone())
    }
    fn notice(&self) -> Option<Pcm> {
        None
    }
    fn bed_breath(&self) -> Decibels {
        Decibels(-6.0)
    }
}

fn event(at: u64, frames: u64, what: What) -> Event {
    Event {
        at: Frames(at),
        frames: Frames(frames),
        what,
        side: SegmentSide::None,
        segment: 0,
    }
}

/// A stretch of paced breaths.
fn paced(start: u64, frames: u64, inhale: u64, exhale: u64) -> Segment {
    Segment {
        step: 0,
        path: String::new(),
        section: SectionKind::Soften,
        kind: "breathe",
        role: Role::Work,
        title: String::new(),
        side: SegmentSide::None,
        round: None,
        start: Frames(start),
        frames: Frames(frames),
        pressure: None,
        breath: Some(PacedBreath {
            inhale: Frames(inhale * RATE),
            exhale: Frames(exhale * RATE),
            ..PacedBreath::default()
        }),
        breaths: Some((frames / RATE / (inhale + exhale)) as u32),
        beat: None,
        pose: None,
        gate: None,
    }
}

fn line(text: &str) -> What {
    What::Say(Line {
        kind: CueKind::Instruction,
        text: text.to_owned(),
        caption: text.to_owned(),
        clip: None,
        spoken: true,
        room: Frames(10 * RATE),
    })
}

/// The scene by our engine and by a bare loop, and what limiter and dither add.
fn anchor() {
    let scene = Scene::new();
    let timeline = Arc::new(Scene::timeline());
    let score = Score::new(Arc::clone(&timeline), &scene);
    let lines: Vec<usize> = (0..timeline.events.len())
        .filter(|index| matches!(timeline.events[*index].what, What::Say(_)))
        .collect();
    let speech = |event: usize| {
        let line = lines.iter().position(|line| *line == event)?;
        Some(scene.clips[line].clone())
    };
    let folder = tempfile::tempdir_in("/dev/shm").expect("a folder in memory");
    let bare = Bare::new(&scene);
    let ours = |finish: Finish| {
        let mut file = File::create(folder.path().join("ours.raw")).expect("a file");
        let mut bytes = Vec::new();
        let start = cpu();
        let ended = render::<()>(&score, &speech, NonZeroUsize::MIN, finish, |_, samples| {
            write(&mut file, samples, &mut bytes);
            ControlFlow::Continue(())
        });
        assert!(ended.is_continue(), "it runs to its end");
        cpu() - start
    };
    let [loop_secs, mixed, limited, whole] = in_turn(
        5,
        [
            &mut || {
                let mut file = File::create(folder.path().join("bare.raw")).expect("a file");
                let start = cpu();
                bare.run(&mut file);
                cpu() - start
            },
            &mut || ours(Finish::Bare),
            &mut || ours(Finish::Limited),
            &mut || ours(Finish::Whole),
        ],
    );
    let real = MINUTES as f64 * 60.0;
    println!("anchor scene, 20 min, one core, CPU:");
    println!(
        "  bare loop        {loop_secs:.3} s  {:.0} x real time",
        real / loop_secs
    );
    println!(
        "  engine           {mixed:.3} s  {:.0} x  ratio {:.2} (goal 1.5)",
        real / mixed,
        mixed / loop_secs
    );
    println!(
        "  + limiter        {limited:.3} s  ratio {:.2}",
        limited / loop_secs
    );
    println!(
        "  + limiter, dither {whole:.3} s  ratio {:.2}",
        whole / loop_secs
    );
}

fn write(file: &mut File, samples: &[i16], bytes: &mut Vec<u8>) {
    bytes.resize(2 * samples.len(), 0);
    for (bytes, sample) in bytes.chunks_exact_mut(2).zip(samples) {
        bytes.copy_from_slice(&sample.to_le_bytes());
    }
    file.write_all(bytes).expect("memory has room");
}

/// Frames that the bare loop handles at once.
const BARE_BLOCK: usize = 512;

/// A loop that does only this scene, over samples that are floats already.
struct Bare {
    bed: Vec<f32>,
    sounds: Vec<(u64, Vec<f32>)>,
    clips: Vec<(u64, Vec<f32>)>,
    breath: Vec<f32>,
}

impl Bare {
    fn new(scene: &Scene) -> Self {
        let wide = |pcm: &Pcm| pcm.heard().collect::<Vec<f32>>();
        Self {
            bed: wide(&scene.bed),
            sounds: (0..150)
                .map(|n| (Scene::sound_at(n), wide(&scene.sounds[n as usize % 8])))
                .collect(),
            clips: (0..40)
                .map(|n| (Scene::clip_at(n), wide(&scene.clips[n as usize])))
                .collect(),
            // A pair for each frame, and a block more than a breath, so that no block has to begin anew.
            breath: (0..2 * (10 * RATE + BARE_BLOCK as u64))
                .map(|n| {
                    let turn = (n / 2) as f32 / (10 * RATE) as f32;
                    0.75 - 0.25 * (turn * std::f32::consts::TAU).cos()
                })
                .collect(),
        }
    }

    fn run(&self, file: &mut File) {
        const BLOCK: usize = BARE_BLOCK;
        let longest = self
            .sounds
            .iter()
            .map(|sound| sound.1.len() as u64 / 2)
            .max();
        let longest = longest.expect("there are sounds");
        let mut out = [0.0_f32; 2 * BLOCK];
        let mut gain = [0.0_f32; 2 * BLOCK];
        let mut whole = [0_i16; 2 * BLOCK];
        let mut bytes = Vec::new();
        let mut kept = Vec::with_capacity(2 * 480_000);
        let mut at = 0;
        while at < TOTAL {
            let frames = ((TOTAL - at) as usize).min(BLOCK);
            let from = 2 * (at % (10 * RATE)) as usize;
            gain[..2 * frames].copy_from_slice(&self.breath[from..from + 2 * frames]);
            let near = self.clips.iter().filter(|(start, clip)| {
                start + clip.len() as u64 + 24_000 > at && *start < at + frames as u64 + 9_600
            });
            for (start, clip) in near {
                let from = at.cast_signed() as i32 - start.cast_signed() as i32;
                let length = clip.len() as f32;
                for (pair, n) in gain[..2 * frames].chunks_exact_mut(2).zip(from..) {
                    let before = n as f32 / -9_600.0;
                    let after = (n as f32 - length) / 24_000.0;
                    let dip = 0.25 + 0.75 * before.max(after).clamp(0.0, 1.0);
                    pair[0] *= dip;
                    pair[1] *= dip;
                }
            }
            let from = 2 * (at % (60 * RATE)) as usize;
            let length = (2 * frames).min(self.bed.len() - from);
            for ((out, bed), gain) in out[..length].iter_mut().zip(&self.bed[from..]).zip(&gain) {
                *out = bed * gain;
            }
            for ((out, bed), gain) in out[length..2 * frames]
                .iter_mut()
                .zip(&self.bed)
                .zip(&gain[length..])
            {
                *out = bed * gain;
            }
            let first = self
                .sounds
                .partition_point(|(start, _)| start + longest <= at);
            let begun = |sound: &&(u64, Vec<f32>)| sound.0 < at + frames as u64;
            for (start, sound) in self.sounds[first..].iter().take_while(begun) {
                if start + sound.len() as u64 / 2 > at {
                    let late = 2 * start.saturating_sub(at) as usize;
                    let skip = 2 * at.saturating_sub(*start) as usize;
                    let sound = &sound[skip..];
                    for ((out, sound), gain) in out[late..2 * frames]
                        .iter_mut()
                        .zip(sound)
                        .zip(&gain[late..])
                    {
                        *out += sound * gain;
                    }
                }
            }
            for (start, clip) in &self.clips {
                let end = start + clip.len() as u64;
                if *start < at + frames as u64 && end > at {
                    let late = 2 * start.saturating_sub(at) as usize;
                    let skip = at.saturating_sub(*start) as usize;
                    for (out, clip) in out[late..2 * frames].chunks_exact_mut(2).zip(&clip[skip..])
                    {
                        out[0] += clip;
                        out[1] += clip;
                    }
                }
            }
            for (whole, out) in whole[..2 * frames].iter_mut().zip(&out) {
                let scaled = (out * 32_768.0).clamp(-32_768.0, 32_767.0) + 12_582_912.0;
                *whole = (scaled.to_bits() as i32 - 0x4b40_0000) as i16;
            }
            kept.extend(&whole[..2 * frames]);
            if kept.len() >= 2 * 480_000 {
                write(file, &kept, &mut bytes);
                kept.clear();
            }
            at += frames as u64;
        }
        write(file, &kept, &mut bytes);
    }
}

/// The engine with many sounds at once against a bare loop with a gain ramp.
fn voices() {
    println!("voices at once, CPU for a second of sound:");
    for count in [1, 8, 32] {
        // So that each takes long enough to be counted.
        let secs = 20;
        let times = 128 / count;
        let scene = Scene {
            bed: Pcm::stereo(vec![0, 0], 0.0),
            sounds: (0..8)
                .map(|n| Pcm::stereo(noise(2 * secs * RATE as usize, n), 0.02))
                .collect(),
            clips: Vec::new(),
        };
        let events = (0..count).map(|n| event(n as u64, 0, What::Tone(ToneRole::ALL[n % 8])));
        let timeline = Timeline {
            events: events.collect(),
            total: Frames(secs as u64 * RATE),
            ..Timeline::default()
        };
        let score = Arc::new(Score::new(Arc::new(timeline), &scene));
        let wide: Vec<Vec<f32>> = (0..count)
            .map(|n| scene.sounds[n % 8].heard().collect())
            .collect();
        let start = Start {
            playing: true,
            ..Start::default()
        };
        let mut block = [0.0_f32; 2 * 512];
        let [bare, ours] = in_turn(
            5,
            [
                &mut || {
                    let mut out = [0.0_f32; 2 * 512];
                    let begun = cpu();
                    let parts = (0..2 * secs * RATE as usize - 1_024).step_by(1_024);
                    for from in (0..times).flat_map(|_| parts.clone()) {
                        out.fill(0.0);
                        for sound in &wide {
                            for (n, (out, sound)) in out.iter_mut().zip(&sound[from..]).enumerate()
                            {
                                *out += sound * (1.0 - n as i32 as f32 * 1e-4);
                            }
                        }
                        black_box(&mut out);
                    }
                    (cpu() - begun) / (times * secs) as f64
                },
                &mut || {
                    let begun = cpu();
                    for _ in 0..times {
                        let (mut programme, _control, _feed) = open(Arc::clone(&score), &start);
                        for _ in 0..secs * RATE as usize / 512 {
                            programme.fill(&mut block);
                            black_box(&mut block);
                        }
                    }
                    (cpu() - begun) / (times * secs) as f64
                },
            ],
        );
        println!(
            "  {count:>2}  bare {:>6.0} us  engine, all of it {:>6.0} us  ratio {:.2} (goal 3 at 8 and 32)",
            bare * 1e6,
            ours * 1e6,
            ours / bare
        );
    }
}

/// Twenty minutes as a routine has them: breath, tones, a bed, 70 lines.
fn blend_score(minutes: u64) -> (Score, Vec<Pcm>) {
    let mut events = Vec::new();
    let total = minutes * 60 * RATE;
    for breath in 0..minutes * 3 {
        // Half of the time is paced.
        let at = (breath / 15 * 30 + breath % 15) * 10 * RATE;
        events.push(event(at, 4 * RATE, What::Phase(Phase::Inhale)));
        events.push(event(at + 4 * RATE, 6 * RATE, What::Phase(Phase::Exhale)));
    }
    for n in 0..minutes * 3 {
        let role = ToneRole::ALL[n as usize % 8];
        events.push(event(n * 20 * RATE + 333, 0, What::Tone(role)));
    }
    for n in 0..minutes * 7 / 2 {
        events.push(event(
            n * 17 * RATE + 50_000,
            4 * RATE,
            line(&format!("line {n}")),
        ));
    }
    events.retain(|event| event.at.0 < total);
    events.sort_by_key(|event| event.at);
    let timeline = Timeline {
        segments: vec![paced(0, total, 4, 6)],
        events,
        total: Frames(total),
        bed: Some(Bed {
            sound: BedSound::Pad,
            level: Decibels(0.0),
            fade: None,
        }),
        ..Timeline::default()
    };
    let clips = (0..8)
        .map(|n| Pcm::mono(noise(4 * RATE as usize, n), 0.9))
        .collect();
    (Score::new(Arc::new(timeline), &House::new()), clips)
}

/// A whole routine to WAV with both cores, and to FLAC against the reference encoder.
fn blend() {
    let both = NonZeroUsize::new(2).expect("two");
    let folder = tempfile::tempdir_in("/dev/shm").expect("a folder in memory");
    let wav = folder.path().join("blend.wav");
    let flac = folder.path().join("blend.flac");
    let (score, clips) = blend_score(MINUTES);
    let speech = |event: usize| Some(clips[event % clips.len()].clone());
    let save = |path: &Path, threads| {
        export(
            &score,
            &speech,
            &Tags::default(),
            path,
            threads,
            &mut |_| ControlFlow::Continue(()),
        )
        .expect("memory has room");
    };
    let [work, made, wall, rendered, coded, reference] = in_turn(
        3,
        [
            &mut || {
                let start = all_cpu();
                black_box(blend_score(MINUTES));
                save(&wav, both);
                all_cpu() - start
            },
            &mut || {
                let start = Instant::now();
                black_box(blend_score(MINUTES));
                start.elapsed().as_secs_f64()
            },
            &mut || {
                let start = Instant::now();
                save(&wav, both);
                start.elapsed().as_secs_f64()
            },
            &mut || {
                let start = cpu();
                save(&wav, NonZeroUsize::MIN);
                cpu() - start
            },
            &mut || {
                let start = cpu();
                save(&flac, NonZeroUsize::MIN);
                cpu() - start
            },
            &mut || reference(&wav),
        ],
    );
    let real = MINUTES as f64 * 60.0;
    println!("a 20 min blend: sounds made in {made:.2} s");
    println!(
        "  WAV, both cores  {wall:.2} s, with the sounds {:.0} x real time (goal 1000)",
        real / (wall + made)
    );
    println!(
        "  all of it        {work:.2} s of CPU: {:.0} x where both cores are free",
        2.0 * real / work
    );
    println!(
        "  WAV, one core    {rendered:.2} s of CPU, {:.0} x",
        real / rendered
    );
    println!(
        "  FLAC             {coded:.2} s of CPU; render + flac -5 {:.2} s; ratio {:.2} (goal 1.2)",
        rendered + reference,
        coded / (rendered + reference)
    );
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |file| file.len());
    let own = folder.path().join("reference.flac");
    println!(
        "  FLAC size        {:.3} of flac -5's",
        size(&flac) as f64 / size(&own) as f64
    );
}

/// Seconds of CPU that `flac -5` takes; 0 where there is none.
fn reference(wav: &Path) -> f64 {
    let children = || {
        let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux counts it");
        let fields: Vec<&str> = stat
            .rsplit(')')
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        (fields[13].parse::<f64>().unwrap_or(0.0) + fields[14].parse::<f64>().unwrap_or(0.0))
            / 100.0
    };
    let before = children();
    let out = wav.with_file_name("reference.flac");
    let ran = Command::new("flac")
        .args(["-5", "-s", "-f", "-o"])
        .arg(out)
        .arg(wav)
        .status();
    if ran.is_ok_and(|status| status.success()) {
        children() - before
    } else {
        0.0
    }
}

/// What playing costs, sample by sample as a device asks for it.
fn playing() {
    let (kept, _) = blend_score(MINUTES);
    let score = Score::live(Arc::clone(kept.timeline()), &House::new());
    let start = Start {
        playing: true,
        ..Start::default()
    };
    let (mut programme, _control, _feed) = open(Arc::new(score), &start);
    let secs = 120;
    let begun = cpu();
    for _ in 0..2 * secs * RATE {
        black_box(programme.next());
    }
    println!(
        "playing costs {:.2} % of a core (goal 2)",
        (cpu() - begun) / secs as f64 * 100.0
    );
}

/// The most memory that rendering takes, in processes of their own.
fn memory() {
    for minutes in [20, 240] {
        let own = std::env::current_exe().expect("it has a path");
        let ran = Command::new(own)
            .args(["--memory", &minutes.to_string()])
            .stdout(Stdio::piped())
            .output()
            .expect("it starts again");
        print!("{}", String::from_utf8_lossy(&ran.stdout));
    }
}

fn memory_of(minutes: u64) {
    let folder = tempfile::tempdir_in("/dev/shm").expect("a folder in memory");
    let (score, clips) = blend_score(minutes);
    let speech = |event: usize| Some(clips[event % clips.len()].clone());
    let both = NonZeroUsize::new(2).expect("two");
    let path = folder.path().join("long.opus").with_extension("wav");
    export(&score, &speech, &Tags::default(), &path, both, &mut |_| {
        ControlFlow::Continue(())
    })
    .expect("memory has room");
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux counts it");
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap_or_default();
    let kilobytes: f64 = line
        .split_whitespace()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(0.0);
    println!(
        "render of {minutes} min to WAV: {:.0} MB at most (goal 64)",
        kilobytes / 1024.0
    );
}
