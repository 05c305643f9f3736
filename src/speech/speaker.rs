//! How a line finds its sound: the studio's recording, the cache, a voice; else the caption and a tone are left.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::{fs, io};

use super::cache::{Cache, Key};
use super::decode::MOST_BYTES;
use super::trouble::{Trouble, Troubles, reason};
use super::{Clip, External, Language, Line, NoVoice, Voice, Worker, voice_digest};
use crate::words::Words;

/// What a speaker works with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Setup {
    /// The program whose hidden command `worker` makes the sound: our own executable.
    pub worker: PathBuf,
    /// A folder of the app's cache: clips, and the files of the C voice. It may be deleted at any time.
    pub folder: PathBuf,
    /// The most that kept clips may take, in bytes; 0 keeps none.
    pub limit: u64,
    /// The voice program of the person's settings and its arguments; empty for our own voice.
    pub external: Vec<String>,
}

impl Setup {
    /// The most that kept clips may take if not said otherwise: 256 MB, about 900 lines.
    pub const LIMIT: u64 = 256 << 20;

    /// Our own voice, which keeps what it has said in this folder.
    pub fn ours(worker: PathBuf, folder: PathBuf) -> Self {
        Self {
            worker,
            folder,
            limit: Self::LIMIT,
            external: Vec::new(),
        }
    }

    /// The same with the voice program of a person's settings, its words parted by spaces; none where it is empty.
    #[must_use]
    pub fn with_program(self, program: &str) -> Self {
        let external = program.split_whitespace().map(str::to_owned).collect();
        Self { external, ..self }
    }
}

/// The voice of a session: says each line by the best means there is.
pub struct Speaker {
    worker: Worker,
    cache: Option<Cache>,
    external: Option<External>,
    troubles: Troubles,
    digests: [OnceLock<Key>; Language::ALL.len()],
}

impl Speaker {
    /// A speaker; nothing is started or written before the first line.
    pub fn new(setup: Setup) -> Self {
        Self {
            cache: (setup.limit > 0).then(|| Cache::new(setup.folder.join("clips"), setup.limit)),
            external: External::new(&setup.external),
            troubles: Troubles::default(),
            worker: Worker::new(setup.worker, setup.folder.join("voices")),
            digests: [const { OnceLock::new() }; Language::ALL.len()],
        }
    }

    /// The clip of a studio's recording.
    pub fn recording(&self, path: &Path) -> Result<Clip, NoVoice> {
        let file = file(path)?;
        self.cached(Key::of(&[b"recording", &file]), || {
            self.worker.voice_of(file)
        })
    }

    /// The sound of a file that is not speech, as [`Worker::decode`] gives it.
    pub fn sound(&self, path: &Path) -> Result<(u8, Arc<[i16]>), NoVoice> {
        self.worker.decode(file(path)?)
    }

    /// Takes down that a studio's tone cannot be used.
    pub fn meet_no_tone(&self, name: String, why: NoVoice) {
        self.troubles.meet(Trouble::Tone(name, reason(why)));
    }

    /// What has turned out to be heard otherwise than it was meant, and was not told yet: sentences without a full stop.
    pub fn take_troubles(&self, words: &Words) -> Vec<String> {
        self.troubles.take(words)
    }

    /// What the voice program of the settings makes of a text; `None` where none is named.
    pub fn speak_with_program(&self, text: &str) -> Option<Result<Clip, NoVoice>> {
        let external = self.external.as_ref()?;
        Some(
            external
                .file_of(text)
                .and_then(|file| self.worker.voice_of(file)),
        )
    }

    fn synthesised(&self, line: &Line) -> Result<Clip, NoVoice> {
        let spoken = serde_json::to_vec(&Line {
            recording: None,
            ..line.clone()
        })
        .expect("a line can be written");
        // A program that is given dots alone may well say nothing.
        let has_words = line.text.contains(char::is_alphanumeric);
        if let Some(external) = self.external.as_ref().filter(|_| has_words) {
            let key = Key::of(&[b"external", &external.identity(), &spoken]);
            let clip = self.cached(key, || self.worker.voice_of(external.file_of(&line.text)?));
            // A program that is gone or has failed must not make the session mute: our own voice takes over.
            match clip {
                Ok(clip) => return Ok(clip),
                Err(why) => self.troubles.meet(Trouble::Program(reason(why))),
            }
        }
        let language = line.language.ok_or(NoVoice::UnknownLanguage)?;
        let digest = self.digests[language as usize].get_or_init(|| voice_digest(language));
        self.cached(Key::of(&[b"voice", digest.bytes(), &spoken]), || {
            self.worker.speak(line)
        })
    }

    fn cached(
        &self,
        key: Key,
        make: impl FnOnce() -> Result<Clip, NoVoice>,
    ) -> Result<Clip, NoVoice> {
        if let Some(clip) = self.cache.as_ref().and_then(|cache| cache.find(key)) {
            return Ok(clip);
        }
        let clip = make()?;
        if let Some(cache) = &self.cache {
            // A full disk costs the next session some time, and this one nothing.
            _ = cache.keep(key, &clip);
        }
        Ok(clip)
    }
}

impl Voice for Speaker {
    fn speak(&self, line: &Line) -> Result<Clip, NoVoice> {
        if let Some(path) = &line.recording {
            match self.recording(path) {
                Ok(clip) => return Ok(clip),
                Err(why) => {
                    let name = path.file_name().unwrap_or_default();
                    let name = name.to_string_lossy().into_owned();
                    self.troubles.meet(Trouble::Recording(name, reason(why)));
                }
            }
        }
        let clip = self.synthesised(line);
        // A line of dots alone is meant to be silent.
        if let Err(why) = clip.as_ref()
            && *why != NoVoice::Nothing
        {
            self.troubles.meet(Trouble::Mute(why.to_string()));
        }
        clip
    }
}

/// A sound file that someone else made, not yet looked into.
fn file(path: &Path) -> Result<Vec<u8>, NoVoice> {
    let file = read(path).map_err(|error| NoVoice::Recording(said(&error)))?;
    if is_cut(&file) {
        return Err(NoVoice::Recording("it is shorter than it says".to_owned()));
    }
    Ok(file)
}

/// Whether the end of a WAV file is missing. One that was written into a pipe says nothing of its length: a number that no
/// recording has.
fn is_cut(file: &[u8]) -> bool {
    let length = file.strip_prefix(b"RIFF").and_then(<[u8]>::first_chunk);
    length.is_some_and(|length| {
        let said = u32::from_le_bytes(*length) as usize;
        said < 0x7f00_0000 && said + 8 > file.len()
    })
}

/// Why a file cannot be read.
fn said(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it is not there".to_owned(),
        _ => error.to_string(),
    }
}

/// A plain file within the limit.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let about = fs::metadata(path)?;
    if !about.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    if about.len() > MOST_BYTES as u64 {
        return Err(io::Error::other("it is larger than 50 MB"));
    }
    fs::read(path)
}
