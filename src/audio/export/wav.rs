//! WAV: 16 bits, stereo, with its title, its artist and a label for each chapter. All sizes are known before the first
//! sample, so nothing is written twice.

use std::fs::File;
use std::io::{self, Write as _};

use super::{Encoder, Tags};
use crate::units::{Frames, RATE};

/// A WAV file that is being written.
pub(super) struct Wav<'a> {
    file: &'a mut File,
    bytes: Vec<u8>,
}

impl<'a> Wav<'a> {
    pub(super) fn new(file: &'a mut File, tags: &Tags, total: Frames) -> io::Result<Self> {
        let data = total.0 as u32 * 4;
        let mut head = Vec::new();
        head.extend(b"WAVE");
        let mut format = Vec::new();
        format.extend(1_u16.to_le_bytes()); // PCM
        format.extend(2_u16.to_le_bytes());
        format.extend(RATE.to_le_bytes());
        format.extend((RATE * 4).to_le_bytes());
        format.extend(4_u16.to_le_bytes());
        format.extend(16_u16.to_le_bytes());
        chunk(&mut head, *b"fmt ", &format);
        chunk(&mut head, *b"LIST", &info(tags));
        if !tags.chapters.is_empty() {
            chunk(&mut head, *b"cue ", &cues(tags));
            chunk(&mut head, *b"LIST", &labels(tags));
        }
        head.extend(b"data");
        head.extend(data.to_le_bytes());
        file.write_all(b"RIFF")?;
        file.write_all(&(head.len() as u32 + data).to_le_bytes())?;
        file.write_all(&head)?;
        Ok(Self {
            file,
            bytes: Vec::new(),
        })
    }
}

impl Encoder for Wav<'_> {
    fn write(&mut self, samples: &[i16]) -> io::Result<()> {
        self.bytes.resize(2 * samples.len(), 0);
        for (bytes, sample) in self.bytes.chunks_exact_mut(2).zip(samples) {
            bytes.copy_from_slice(&sample.to_le_bytes());
        }
        self.file.write_all(&self.bytes)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn info(tags: &Tags) -> Vec<u8> {
    let mut out = b"INFO".to_vec();
    for (name, text) in [(*b"INAM", &tags.title), (*b"IART", &tags.artist)] {
        let mut text = text.clone().into_bytes();
        text.push(0);
        chunk(&mut out, name, &text);
    }
    out
}

fn cues(tags: &Tags) -> Vec<u8> {
    let mut out = (tags.chapters.len() as u32).to_le_bytes().to_vec();
    for (number, (at, _)) in (1_u32..).zip(&tags.chapters) {
        out.extend(number.to_le_bytes());
        out.extend((at.0 as u32).to_le_bytes());
        out.extend(b"data");
        out.extend([0; 8]);
        out.extend((at.0 as u32).to_le_bytes());
    }
    out
}

fn labels(tags: &Tags) -> Vec<u8> {
    let mut out = b"adtl".to_vec();
    for (number, (_, name)) in (1_u32..).zip(&tags.chapters) {
        let mut label = number.to_le_bytes().to_vec();
        label.extend(name.as_bytes());
        label.push(0);
        chunk(&mut out, *b"labl", &label);
    }
    out
}

/// Adds a chunk, padded to an even length.
fn chunk(out: &mut Vec<u8>, name: [u8; 4], content: &[u8]) {
    out.extend(name);
    out.extend((content.len() as u32).to_le_bytes());
    out.extend(content);
    if !content.len().is_multiple_of(2) {
        out.push(0);
    }
}
