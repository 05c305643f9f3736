//! MP3 by LAME, which is LGPL: 64 kbit/s in joint stereo, with chapters that phones know (`ID3v2` CHAP).

use std::fs::File;
use std::io::{self, Seek as _, SeekFrom, Write as _};

use mp3lame_encoder::{Bitrate, Builder, FlushNoGap, InterleavedPcm, Mode, Quality};

use super::{Encoder, Tags};
use crate::units::{Frames, RATE};

/// An MP3 file that is being written.
pub(super) struct Mp3<'a> {
    file: &'a mut File,
    encoder: mp3lame_encoder::Encoder,
    bytes: Vec<u8>,
    /// Where the first frame of sound lies: its place is kept for what is known at the end.
    first: u64,
}

impl<'a> Mp3<'a> {
    pub(super) fn new(file: &'a mut File, tags: &Tags, total: Frames) -> io::Result<Self> {
        let tag = id3(tags, total);
        file.write_all(&tag)?;
        let encoder = build().map_err(refused)?;
        Ok(Self {
            file,
            encoder,
            bytes: Vec::new(),
            first: tag.len() as u64,
        })
    }
}

fn build() -> Result<mp3lame_encoder::Encoder, mp3lame_encoder::BuildError> {
    Builder::new()
        .ok_or(mp3lame_encoder::BuildError::NoMem)?
        .with_num_channels(2)?
        .with_sample_rate(RATE)?
        .with_brate(Bitrate::Kbps64)?
        .with_mode(Mode::JointStereo)?
        .with_quality(Quality::Good)?
        .with_to_write_vbr_tag(true)?
        .build()
}

impl Encoder for Mp3<'_> {
    fn write(&mut self, samples: &[i16]) -> io::Result<()> {
        self.bytes.clear();
        let room = mp3lame_encoder::max_required_buffer_size(samples.len() / 2);
        self.bytes.reserve(room);
        self.encoder
            .encode_to_vec(InterleavedPcm(samples), &mut self.bytes)
            .map_err(refused)?;
        self.file.write_all(&self.bytes)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.bytes.clear();
        self.bytes.reserve(7_200);
        self.encoder
            .flush_to_vec::<FlushNoGap>(&mut self.bytes)
            .map_err(refused)?;
        self.file.write_all(&self.bytes)?;
        // The true length and the encoder's delay, so that players cut nothing off and add nothing.
        self.bytes.clear();
        self.bytes.reserve(self.encoder.lame_tag_size());
        if self
            .encoder
            .lame_tag_encode_to_vec(&mut self.bytes)
            .is_some()
        {
            self.file.seek(SeekFrom::Start(self.first))?;
            self.file.write_all(&self.bytes)?;
        }
        self.file.flush()
    }
}

/// What LAME says as an error of writing.
fn refused(error: impl std::fmt::Display) -> io::Error {
    io::Error::other(error.to_string())
}

/// An ID3v2.4 tag.
fn id3(tags: &Tags, total: Frames) -> Vec<u8> {
    let mut frames = Vec::new();
    text(&mut frames, *b"TIT2", &tags.title);
    text(&mut frames, *b"TPE1", &tags.artist);
    if !tags.chapters.is_empty() && tags.chapters.len() < 256 {
        frame(&mut frames, *b"CTOC", &contents(tags));
        for (number, (start, name)) in tags.chapters.iter().enumerate() {
            let end = tags.chapters.get(number + 1).map_or(total, |next| next.0);
            frame(&mut frames, *b"CHAP", &chapter(number, *start, end, name));
        }
    }
    let mut tag = b"ID3\x04\x00\x00".to_vec();
    tag.extend(seven_bits(frames.len()));
    tag.extend(frames);
    tag
}

fn contents(tags: &Tags) -> Vec<u8> {
    let mut out = b"toc\0".to_vec();
    out.extend([0b11, tags.chapters.len() as u8]); // the top, in order
    for number in 0..tags.chapters.len() {
        out.extend(format!("c{number}\0").into_bytes());
    }
    out
}

fn chapter(number: usize, start: Frames, end: Frames, name: &str) -> Vec<u8> {
    let mut out = format!("c{number}\0").into_bytes();
    for at in [start, end] {
        out.extend(((at.0 / 48) as u32).to_be_bytes());
    }
    out.extend([0xff; 8]); // no byte offsets
    text(&mut out, *b"TIT2", name);
    out
}

fn text(out: &mut Vec<u8>, name: [u8; 4], content: &str) {
    let mut bytes = vec![3]; // UTF-8
    bytes.extend(content.as_bytes());
    frame(out, name, &bytes);
}

fn frame(out: &mut Vec<u8>, name: [u8; 4], content: &[u8]) {
    out.extend(name);
    out.extend(seven_bits(content.len()));
    out.extend([0, 0]);
    out.extend(content);
}

/// A size whose bytes have seven bits each.
fn seven_bits(size: usize) -> [u8; 4] {
    [21, 14, 7, 0].map(|shift| ((size >> shift) & 0x7f) as u8)
}
