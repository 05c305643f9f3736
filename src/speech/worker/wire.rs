//! What goes through the pipes: frames of a length (four bytes, little-endian) and so many bytes.
//!
//! A job is a frame with one byte for its kind and its contents: a line as JSON, or a file as it is. A reply is a
//! frame with one byte for the number of channels and 16-bit samples; 0 channels mean a refusal, as JSON.

use std::io::{self, Read, Write};
use std::sync::Arc;

use crate::speech::decode::Decoded;
use crate::speech::{Clip, Line, NoVoice};

/// The longest frame; the longest sound that is decoded fits.
const LONGEST: u32 = 128 << 20;

/// Something to do.
pub(super) enum Job {
    /// Say this line.
    Speak(Line),
    /// Make a spoken clip of this file.
    Voice(Vec<u8>),
    /// Give the sound of this file.
    Decode(Vec<u8>),
}

/// What came of it.
#[derive(Debug)]
pub(super) enum Reply {
    /// Samples at 48 kHz, channels interleaved.
    Sound { channels: u8, samples: Arc<[i16]> },
    /// Why there is none.
    Refused(NoVoice),
}

impl From<Clip> for Reply {
    fn from(clip: Clip) -> Self {
        Self::Sound {
            channels: 1,
            samples: clip.shared(),
        }
    }
}

impl From<Decoded> for Reply {
    fn from(sound: Decoded) -> Self {
        Self::Sound {
            channels: sound.channels,
            samples: sound.at_48_khz().into(),
        }
    }
}

/// The next job; `None` where the pipe has ended between two jobs.
pub(super) fn read_job(input: &mut impl Read) -> io::Result<Option<Job>> {
    let Some(mut frame) = read_frame(input)? else {
        return Ok(None);
    };
    let contents = frame.split_off(1.min(frame.len()));
    Ok(Some(match frame.first() {
        Some(b's') => Job::Speak(serde_json::from_slice(&contents)?),
        Some(b'v') => Job::Voice(contents),
        Some(b'd') => Job::Decode(contents),
        _ => return Err(invalid("there is no such job")),
    }))
}

pub(super) fn write_job(output: &mut impl Write, job: &Job) -> io::Result<()> {
    match job {
        Job::Speak(line) => write_frame(output, b's', &serde_json::to_vec(line)?),
        Job::Voice(file) => write_frame(output, b'v', file),
        Job::Decode(file) => write_frame(output, b'd', file),
    }
}

/// The reply; an error where the pipe has ended.
pub(super) fn read_reply(input: &mut impl Read) -> io::Result<Reply> {
    let frame = read_frame(input)?.ok_or(io::ErrorKind::UnexpectedEof)?;
    match frame.split_first() {
        Some((0, refusal)) => Ok(Reply::Refused(serde_json::from_slice(refusal)?)),
        Some((&channels @ (1 | 2), samples)) => {
            let (pairs, rest) = samples.as_chunks::<2>();
            if !rest.is_empty() || pairs.len() % usize::from(channels) != 0 {
                return Err(invalid("a sound ends in the middle of a frame"));
            }
            Ok(Reply::Sound {
                channels,
                samples: pairs.iter().map(|&pair| i16::from_le_bytes(pair)).collect(),
            })
        }
        _ => Err(invalid("there is no such reply")),
    }
}

pub(super) fn write_reply(output: &mut impl Write, reply: &Reply) -> io::Result<()> {
    match reply {
        Reply::Refused(why) => write_frame(output, 0, &serde_json::to_vec(why)?),
        Reply::Sound { channels, samples } => {
            let bytes: Vec<u8> = samples
                .iter()
                .flat_map(|sample| sample.to_le_bytes())
                .collect();
            write_frame(output, *channels, &bytes)
        }
    }
}

fn read_frame(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let length = u32::from_le_bytes(length);
    if length > LONGEST {
        return Err(invalid("a frame is longer than it may be"));
    }
    // Grows with what really comes, not with what is promised.
    let mut frame = Vec::new();
    input.take(u64::from(length)).read_to_end(&mut frame)?;
    if frame.len() < length as usize {
        Err(io::ErrorKind::UnexpectedEof.into())
    } else {
        Ok(Some(frame))
    }
}

fn write_frame(output: &mut impl Write, kind: u8, contents: &[u8]) -> io::Result<()> {
    let length = u32::try_from(contents.len() + 1)
        .ok()
        .filter(|&length| length <= LONGEST);
    output.write_all(
        &length
            .ok_or_else(|| invalid("a frame is longer than it may be"))?
            .to_le_bytes(),
    )?;
    output.write_all(&[kind])?;
    output.write_all(contents)?;
    output.flush()
}

fn invalid(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::Pace;

    #[test]
    fn jobs_and_replies_come_through_whole() {
        let line = Line::new("Left side.", Pace::Steady);
        let mut pipe = Vec::new();
        write_job(&mut pipe, &Job::Speak(line.clone())).unwrap();
        write_job(&mut pipe, &Job::Decode(vec![1, 2, 3])).unwrap();
        let mut pipe = pipe.as_slice();
        assert!(matches!(read_job(&mut pipe).unwrap(), Some(Job::Speak(read)) if read == line));
        assert!(
            matches!(read_job(&mut pipe).unwrap(), Some(Job::Decode(read)) if read == [1, 2, 3])
        );
        assert!(read_job(&mut pipe).unwrap().is_none());

        let mut pipe = Vec::new();
        write_reply(
            &mut pipe,
            &Reply::Sound {
                channels: 2,
                samples: [-1, 300].into(),
            },
        )
        .unwrap();
        write_reply(&mut pipe, &Reply::Refused(NoVoice::Nothing)).unwrap();
        let mut pipe = pipe.as_slice();
        assert!(
            matches!(read_reply(&mut pipe).unwrap(), Reply::Sound { channels: 2, samples } if *samples == [-1, 300])
        );
        assert!(matches!(
            read_reply(&mut pipe).unwrap(),
            Reply::Refused(NoVoice::Nothing)
        ));
        assert!(read_reply(&mut pipe).is_err());
    }

    #[test]
    fn lies_are_errors() {
        for bytes in [
            &[255, 255, 255, 255, 1][..], // longer than may be
            &[9, 0, 0, 0, 1, 2],          // longer than what comes
            &[0, 0, 0, 0],                // nothing in it
            &[2, 0, 0, 0, 1, 7],          // half a sample
            &[3, 0, 0, 0, 2, 7, 7],       // half a frame
            &[2, 0, 0, 0, 9, 7],          // no such kind
            &[3, 0, 0, 0, 0, b'{', b'x'], // not JSON
        ] {
            assert!(read_reply(&mut &bytes[..]).is_err(), "{bytes:?}");
            assert!(read_job(&mut &bytes[..]).is_err(), "{bytes:?}");
        }
    }
}
