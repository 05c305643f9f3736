//! Ogg Opus (RFC 7845): 64 kbit/s stereo in packets of 20 ms, its chapters as comments.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};

use ogg::{PacketWriteEndInfo, PacketWriter};
use ropus::{Application, Bitrate, Channels, Signal};

use super::{Encoder, Tags};
use crate::units::RATE;

/// Bits a second.
const BITRATE: u32 = 64_000;
/// Frames of a packet: 20 ms.
const PACKET: usize = 960;
/// Packets of a page: a second.
const PAGE: u64 = 50;
/// Our only stream's number.
const SERIAL: u32 = 1;
/// Larger than any packet at this rate.
const ROOM: usize = 4_000;

/// An Opus file that is being written.
pub(super) struct Opus<'a> {
    writer: PacketWriter<'a, BufWriter<&'a mut File>>,
    encoder: ropus::Encoder,
    /// What does not fill a packet yet.
    waiting: Vec<i16>,
    /// The packet that is written when the next one is known, so that the last can be marked.
    last: Option<Vec<u8>>,
    /// Frames that came in.
    frames: u64,
    packets: u64,
    /// Frames that a player leaves out at the start.
    skip: u32,
}

impl<'a> Opus<'a> {
    pub(super) fn new(file: &'a mut File, tags: &Tags) -> io::Result<Self> {
        let bitrate = Bitrate::try_bits(BITRATE).map_err(io::Error::other)?;
        let encoder = ropus::Encoder::builder(RATE, Channels::Stereo, Application::Audio)
            .bitrate(bitrate)
            .signal(Signal::Auto)
            .build()
            .map_err(io::Error::other)?;
        let skip = encoder.lookahead();
        let mut writer = PacketWriter::new(BufWriter::new(file));
        writer.write_packet(head(skip), SERIAL, PacketWriteEndInfo::EndPage, 0)?;
        writer.write_packet(comments(tags), SERIAL, PacketWriteEndInfo::EndPage, 0)?;
        Ok(Self {
            writer,
            encoder,
            waiting: Vec::new(),
            last: None,
            frames: 0,
            packets: 0,
            skip,
        })
    }

    fn packet(&mut self, from: usize) -> io::Result<()> {
        let mut bytes = vec![0; ROOM];
        let pcm = &self.waiting[from..from + 2 * PACKET];
        let length = self
            .encoder
            .encode(pcm, &mut bytes)
            .map_err(io::Error::other)?;
        bytes.truncate(length);
        if let Some(last) = self.last.replace(bytes) {
            self.packets += 1;
            let end = if self.packets.is_multiple_of(PAGE) {
                PacketWriteEndInfo::EndPage
            } else {
                PacketWriteEndInfo::NormalPacket
            };
            let granule = self.packets * PACKET as u64;
            self.writer.write_packet(last, SERIAL, end, granule)?;
        }
        Ok(())
    }
}

impl Encoder for Opus<'_> {
    fn write(&mut self, samples: &[i16]) -> io::Result<()> {
        self.frames += samples.len() as u64 / 2;
        self.waiting.extend(samples);
        let mut from = 0;
        while self.waiting.len() - from >= 2 * PACKET {
            self.packet(from)?;
            from += 2 * PACKET;
        }
        self.waiting.drain(..from);
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        // What the encoder still holds comes out with silence behind it.
        let end = self.frames + u64::from(self.skip);
        while (self.packets + u64::from(self.last.is_some())) * (PACKET as u64) < end {
            self.waiting.resize(2 * PACKET, 0);
            self.packet(0)?;
            self.waiting.clear();
        }
        if let Some(last) = self.last.take() {
            self.writer
                .write_packet(last, SERIAL, PacketWriteEndInfo::EndStream, end)?;
        }
        self.writer.inner_mut().flush()
    }
}

fn head(skip: u32) -> Vec<u8> {
    let mut head = b"OpusHead".to_vec();
    head.extend([1, 2]); // version, channels
    head.extend((skip as u16).to_le_bytes());
    head.extend(RATE.to_le_bytes());
    head.extend([0, 0, 0]); // no gain, ordinary stereo
    head
}

fn comments(tags: &Tags) -> Vec<u8> {
    let mut out = b"OpusTags".to_vec();
    out.extend(tags.vorbis());
    out
}
