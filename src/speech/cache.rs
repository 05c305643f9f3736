//! Clips that were made before, in a folder that may be deleted at any time.

use std::io::{self, Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use std::{fmt, fs};

use sha2::{Digest as _, Sha256};

use super::{Clip, finish};
use crate::units::RATE;

/// What a clip was made of: the line, the voice, the version of the chain. Equal keys mean equal clips.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Key([u8; 32]);

impl Key {
    /// The key of these parts, in this order.
    pub(super) fn of(parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        hash.update(finish::VERSION.to_le_bytes());
        for part in parts {
            // The length first, so that no two lists of parts look alike.
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }

    /// The sum of what is kept under this key: neither damage nor another key's file passes for it.
    fn sum(&self, kept: &[u8]) -> [u8; 32] {
        Self::of(&[&self.0, kept]).0
    }

    /// Its bytes, to be part of another key.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A folder of clips with a limit on its size.
pub(super) struct Cache {
    folder: PathBuf,
    /// In bytes.
    limit: u64,
    /// What the files take, in bytes; counted anew whenever the limit seems to be passed.
    size: Mutex<u64>,
}

impl Cache {
    /// A cache in this folder, which is made when the first clip is kept.
    pub(super) fn new(folder: PathBuf, limit: u64) -> Self {
        let size = files(&folder).iter().map(|file| file.size).sum();
        Self {
            folder,
            limit,
            size: Mutex::new(size),
        }
    }

    /// A clip that was kept; `None` for one that was not, or whose file is damaged.
    pub(super) fn find(&self, key: Key) -> Option<Clip> {
        let file = fs::read(self.path(key)).ok()?;
        let (wav, sum) = file.split_last_chunk()?;
        if *sum != key.sum(wav) {
            return None;
        }
        // All at once: sample by sample takes as long as the whole mix.
        let samples = hound::WavReader::new(wav).ok()?.into_inner();
        let (pairs, _) = samples.as_chunks::<2>();
        let samples = pairs.iter().map(|&pair| i16::from_le_bytes(pair));
        Some(Clip::new(samples.collect::<Arc<[i16]>>()))
    }

    /// Keeps a clip, and lets the oldest ones go where it gets too much.
    pub(super) fn keep(&self, key: Key, clip: &Clip) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let mut file = wav(clip);
        // Behind the sound, where players do not look.
        file.extend(key.sum(&file));
        write_whole(&self.path(key), &file)?;
        let mut size = self.size.lock().unwrap_or_else(PoisonError::into_inner);
        *size += file.len() as u64;
        if *size > self.limit {
            *size = self.shrink();
        }
        Ok(())
    }

    /// Removes the oldest files until three quarters of the limit are left; says what they take.
    fn shrink(&self) -> u64 {
        let mut files = files(&self.folder);
        files.sort_by_key(|file| std::cmp::Reverse(file.written));
        let mut size = files.iter().map(|file| file.size).sum();
        while size > self.limit / 4 * 3 {
            let Some(oldest) = files.pop() else { break };
            // One that cannot be removed is counted again next time.
            if fs::remove_file(oldest.path).is_ok() {
                size -= oldest.size;
            }
        }
        size
    }

    fn path(&self, key: Key) -> PathBuf {
        self.folder.join(format!("{key}.wav"))
    }
}

const SPEC: hound::WavSpec = hound::WavSpec {
    channels: 1,
    sample_rate: RATE,
    bits_per_sample: 16,
    sample_format: hound::SampleFormat::Int,
};

fn wav(clip: &Clip) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let mut writer = hound::WavWriter::new(&mut file, SPEC).expect("memory can be written to");
    for &sample in clip.samples() {
        writer
            .write_sample(sample)
            .expect("memory can be written to");
    }
    writer.finalize().expect("memory can be written to");
    file.into_inner()
}

struct File {
    path: PathBuf,
    size: u64,
    written: SystemTime,
}

/// The files of a folder; none where it cannot be read.
fn files(folder: &Path) -> Vec<File> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let file = |entry: fs::DirEntry| {
        let about = entry.metadata().ok().filter(fs::Metadata::is_file)?;
        Some(File {
            path: entry.path(),
            size: about.len(),
            written: about.modified().ok()?,
        })
    };
    entries.filter_map(file).collect()
}

/// Writes a file beside its place and renames it, so that nobody ever sees half of it.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clip(samples: usize) -> Clip {
        Clip::new((0..samples).map(|n| n as i16).collect::<Vec<_>>())
    }

    #[test]
    fn a_kept_clip_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path().join("voice"), 1_000_000);
        let key = Key::of(&[b"a", b"bc"]);
        assert_eq!(cache.find(key), None);
        cache.keep(key, &clip(500)).unwrap();
        assert_eq!(cache.find(key), Some(clip(500)));
        assert_eq!(
            cache.find(Key::of(&[b"ab", b"c"])),
            None,
            "parts do not run together"
        );
    }

    #[test]
    fn a_damaged_file_is_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path().to_owned(), 1_000_000);
        let key = Key::of(&[b"line"]);
        cache.keep(key, &clip(500)).unwrap();
        let whole = fs::read(cache.path(key)).unwrap();
        let mut noise = whole.clone();
        noise[100..900].fill(77);
        let other = Key::of(&[b"another line"]);
        cache.keep(other, &clip(500)).unwrap();
        let others = fs::read(cache.path(other)).unwrap();
        for damaged in [
            &whole[..whole.len() - 7],
            &whole[..20],
            &whole[..whole.len() - 32], // as it was kept once, without a sum
            b"",
            b"RIFF, but not really a sound",
            &noise,
            &others,
        ] {
            fs::write(cache.path(key), damaged).unwrap();
            assert_eq!(cache.find(key), None, "{} bytes", damaged.len());
        }
    }

    #[test]
    fn the_oldest_clips_go_first_and_the_limit_holds() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path().to_owned(), 10_000);
        let keys: Vec<Key> = (0_u8..40).map(|n| Key::of(&[&[n]])).collect();
        for (age, &key) in keys.iter().enumerate() {
            cache.keep(key, &clip(500)).unwrap();
            let written = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(age as u64);
            fs::File::options()
                .write(true)
                .open(cache.path(key))
                .unwrap()
                .set_modified(written)
                .unwrap();
            assert!(
                files(folder.path())
                    .iter()
                    .map(|file| file.size)
                    .sum::<u64>()
                    <= 10_000
            );
        }
        let kept: Vec<bool> = keys.iter().map(|&key| cache.find(key).is_some()).collect();
        assert!(kept.is_sorted() && kept[39] && !kept[0], "{kept:?}");
    }

    #[test]
    fn a_folder_that_was_deleted_is_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path().join("voice"), 1_000_000);
        cache.keep(Key::of(&[b"1"]), &clip(10)).unwrap();
        fs::remove_dir_all(folder.path().join("voice")).unwrap();
        assert_eq!(cache.find(Key::of(&[b"1"])), None);
        cache.keep(Key::of(&[b"2"]), &clip(10)).unwrap();
        assert!(cache.find(Key::of(&[b"2"])).is_some());
    }
}
