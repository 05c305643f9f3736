//! Sound files that someone else made: Ogg Vorbis, FLAC and WAV, within limits. Runs in the worker alone.

use std::io::Cursor;

use symphonia::core::codecs::audio::AudioDecoderOptions;
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;

use super::NoVoice;
use super::finish::{self, Sound};

/// The largest file.
pub(super) const MOST_BYTES: usize = 50 << 20;
/// The longest sound, in seconds: a bed is at most a minute, a spoken line less.
const MOST_SECS: usize = 600;
/// Rates that a recording may have, in Hz.
const RATES: std::ops::RangeInclusive<u32> = 8_000..=96_000;
/// A file with more broken packets than this is not worth hearing.
const MOST_BROKEN: usize = 100;

/// The sound of a file as it is.
pub(super) struct Decoded {
    /// One or two.
    pub channels: u8,
    /// Samples a second.
    pub rate: u32,
    /// Channels interleaved.
    pub samples: Vec<f32>,
}

impl Decoded {
    /// Both channels as one.
    pub(super) fn mono(self) -> Sound {
        let samples = match self.channels {
            2 => self
                .samples
                .as_chunks::<2>()
                .0
                .iter()
                .map(|[left, right]| f32::midpoint(*left, *right))
                .collect(),
            _ => self.samples,
        };
        Sound {
            samples,
            rate: self.rate,
        }
    }

    /// Its samples at 48 kHz, 16 bits each.
    pub(super) fn at_48_khz(&self) -> Vec<i16> {
        let samples = finish::at_48_khz(&self.samples, self.rate, usize::from(self.channels));
        samples.into_iter().map(finish::to_i16).collect()
    }
}

/// Decodes a whole file.
pub(super) fn decode(file: Vec<u8>) -> Result<Decoded, NoVoice> {
    if !has_known_start(&file) {
        return Err(refused("it is neither Ogg Vorbis, FLAC nor WAV"));
    }
    samples(file).map_err(|error| match error {
        Failure::Decoder(error) => refused(error.to_string()),
        Failure::Limit(what) => refused(what),
    })
}

fn samples(file: Vec<u8>) -> Result<Decoded, Failure> {
    let stream = MediaSourceStream::new(
        Box::new(Cursor::new(file)),
        MediaSourceStreamOptions::default(),
    );
    let (hint, format, meta) = (
        Hint::new(),
        FormatOptions::default(),
        MetadataOptions::default(),
    );
    let mut reader = symphonia::default::get_probe().probe(&hint, stream, format, meta)?;
    let track = reader
        .default_track(TrackType::Audio)
        .ok_or(Failure::Limit("there is no sound in it"))?;
    let id = track.id;
    let parameters = track
        .codec_params
        .as_ref()
        .and_then(|parameters| parameters.audio());
    let parameters = parameters.ok_or(Failure::Limit("there is no sound in it"))?;
    let mut decoder = symphonia::default::get_codecs()
        .make_audio_decoder(parameters, &AudioDecoderOptions::default())?;
    let mut decoded = Decoded {
        channels: 0,
        rate: 0,
        samples: Vec::new(),
    };
    let (mut packet_samples, mut broken) = (Vec::new(), 0);
    while let Some(packet) = next_packet(reader.as_mut())? {
        if packet.track_id != id {
            continue;
        }
        match decoder.decode(&packet) {
            Ok(buffer) => {
                let spec = buffer.spec();
                decoded.take_shape(spec.channels().count(), spec.rate())?;
                buffer.copy_to_vec_interleaved(&mut packet_samples);
                decoded.samples.extend_from_slice(&packet_samples);
                decoded.check_length()?;
            }
            Err(Error::DecodeError(_)) if broken < MOST_BROKEN => broken += 1,
            Err(error) => return Err(error.into()),
        }
    }
    if decoded.samples.is_empty() {
        Err(Failure::Limit("there is no sound in it"))
    } else {
        Ok(decoded)
    }
}

/// The next packet; `None` at the end, also where a file ends early.
fn next_packet(
    reader: &mut dyn symphonia::core::formats::FormatReader,
) -> Result<Option<symphonia::core::packet::Packet>, Error> {
    match reader.next_packet() {
        Err(Error::IoError(error)) if error.kind() == std::io::ErrorKind::UnexpectedEof => Ok(None),
        other => other,
    }
}

impl Decoded {
    /// Takes the channels and the rate of the first packet, and holds the others to them.
    fn take_shape(&mut self, channels: usize, rate: u32) -> Result<(), Failure> {
        if !(1..=2).contains(&channels) {
            return Err(Failure::Limit("it has more than two channels"));
        }
        if !RATES.contains(&rate) {
            return Err(Failure::Limit("its rate is not between 8 and 96 kHz"));
        }
        if self.rate == 0 {
            (self.channels, self.rate) = (channels as u8, rate);
        }
        if (usize::from(self.channels), self.rate) != (channels, rate) {
            return Err(Failure::Limit(
                "its channels or its rate change in the middle",
            ));
        }
        Ok(())
    }

    fn check_length(&self) -> Result<(), Failure> {
        let most = MOST_SECS * self.rate as usize * usize::from(self.channels);
        if self.samples.len() > most {
            Err(Failure::Limit("it is longer than ten minutes"))
        } else {
            Ok(())
        }
    }
}

fn has_known_start(file: &[u8]) -> bool {
    file.starts_with(b"fLaC")
        || file.starts_with(b"OggS")
        || (file.starts_with(b"RIFF") && file.get(8..12) == Some(b"WAVE"))
}

enum Failure {
    Decoder(Error),
    Limit(&'static str),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Decoder(error)
    }
}

fn refused(what: impl Into<String>) -> NoVoice {
    NoVoice::Recording(what.into())
}
