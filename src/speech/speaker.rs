//! How a line finds its sound: the studio's recording, the cache, a voice; else the caption and a tone are left.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::{fs, io};

use super::cache::{Cache, Key};
use super::decode::MOST_BYTES;
use super::{Clip, External, Language, Line, NoVoice, Voice, Worker, voice_digest};

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
}

/// The voice of a session: says each line by the best means there is.
pub struct Speaker {
    worker: Worker,
    cache: Option<Cache>,
    external: Option<External>,
    digests: [OnceLock<Key>; Language::ALL.len()],
}

impl Speaker {
    /// A speaker; nothing is started or written before the first line.
    pub fn new(setup: Setup) -> Self {
        Self {
            cache: (setup.limit > 0).then(|| Cache::new(setup.folder.join("clips"), setup.limit)),
            external: External::new(&setup.external),
            worker: Worker::new(setup.worker, setup.folder.join("voices")),
            digests: [const { OnceLock::new() }; Language::ALL.len()],
        }
    }

    /// The clip of a studio's recording.
    pub fn recording(&self, path: &Path) -> Result<Clip, NoVoice> {
        let file = read(path)
            .map_err(|error| NoVoice::Recording(format!("{error}: {}", path.display())))?;
        self.cached(Key::of(&[b"recording", &file]), || {
            self.worker.voice_of(file)
        })
    }

    /// The worker, for sound that is not spoken.
    pub fn worker(&self) -> &Worker {
        &self.worker
    }

    fn synthesised(&self, line: &Line) -> Result<Clip, NoVoice> {
        let spoken = serde_json::to_vec(&Line {
            recording: None,
            ..line.clone()
        })
        .expect("a line can be written");
        if let Some(external) = &self.external {
            let key = Key::of(&[b"external", &external.identity(), &spoken]);
            let clip = self.cached(key, || self.worker.voice_of(external.file_of(&line.text)?));
            // A program that is gone or has failed must not make the session mute: our own voice takes over.
            if clip.is_ok() {
                return clip;
            }
        }
        let digest =
            self.digests[line.language as usize].get_or_init(|| voice_digest(line.language));
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
        let recorded = line
            .recording
            .as_deref()
            .and_then(|path| self.recording(path).ok());
        recorded.map_or_else(|| self.synthesised(line), Ok)
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
