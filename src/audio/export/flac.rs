//! FLAC: 16 bits, by the reference encoder at its usual setting; the head, with the chapters as comments, is ours.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, BufWriter, Seek as _, SeekFrom, Write};

use flac_bound::{FlacEncoder, WriteWrapper};

use super::{Ended, Tags, Work};
use crate::units::{Frames, RATE};

/// The encoder's usual setting.
const LEVEL: u32 = 5;
/// Frames of a block at that setting.
const BLOCK: u16 = 4_096;

/// Writes a FLAC file of the samples that `work` puts in.
pub(super) fn write(
    file: &mut File,
    tags: &Tags,
    total: Frames,
    work: &mut Work<'_>,
) -> Result<(), Ended> {
    file.write_all(&head(tags, total, [0; 16]))?;
    let (begun, failed) = (Cell::new(false), RefCell::new(None));
    let mut sink = Sink {
        file: BufWriter::new(&mut *file),
        begun: &begun,
        failed: &failed,
    };
    let mut wrapper = WriteWrapper(&mut sink);
    let mut encoder = FlacEncoder::new()
        .ok_or_else(|| io::Error::from(io::ErrorKind::OutOfMemory))?
        .channels(2)
        .bits_per_sample(16)
        .sample_rate(RATE)
        .compression_level(LEVEL)
        .blocksize(u32::from(BLOCK))
        .init_write(&mut wrapper)
        .map_err(|refusal| io::Error::other(format!("{refusal:?}")))?;
    begun.set(true);
    let why = || {
        let failed: Option<io::Error> = failed.take();
        failed.unwrap_or_else(|| io::Error::other("the FLAC encoder has failed"))
    };
    let mut sum = md5::Context::new();
    let (mut wide, mut bytes) = (Vec::new(), Vec::new());
    work(&mut |samples| {
        wide.clear();
        wide.extend(samples.iter().map(|sample| i32::from(*sample)));
        bytes.clear();
        bytes.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
        sum.consume(&bytes);
        encoder
            .process_interleaved(&wide, samples.len() as u32 / 2)
            .map_err(|()| why())
    })?;
    if encoder.finish().is_err() {
        return Err(why().into());
    }
    sink.file.flush()?;
    drop(sink);
    file.seek(SeekFrom::Start(0))?;
    Ok(file.write_all(&head(tags, total, sum.finalize().0))?)
}

/// Takes what the encoder writes, but for its own head; and keeps the error that the encoder has no place for.
struct Sink<'a> {
    file: BufWriter<&'a mut File>,
    begun: &'a Cell<bool>,
    failed: &'a RefCell<Option<io::Error>>,
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.begun.get() {
            return Ok(bytes.len());
        }
        self.file.write_all(bytes).map_err(|error| {
            let kind = error.kind();
            self.failed.replace(Some(error));
            io::Error::from(kind)
        })?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The mark of a FLAC file, its properties, and its comments as the last block before the sound.
fn head(tags: &Tags, total: Frames, sum: [u8; 16]) -> Vec<u8> {
    let mut properties = Vec::new();
    properties.extend([BLOCK, BLOCK].map(u16::to_be_bytes).as_flattened());
    properties.extend([0; 6]); // the sizes of frames are not known beforehand
    let (channels, bits) = (2_u64, 16_u64);
    let packed = u64::from(RATE) << 44 | (channels - 1) << 41 | (bits - 1) << 36 | total.0;
    properties.extend(packed.to_be_bytes());
    properties.extend(sum);
    let mut head = b"fLaC".to_vec();
    block(&mut head, 0, &properties);
    block(&mut head, 4 | 0x80, &tags.vorbis());
    head
}

/// Adds a block of metadata.
fn block(out: &mut Vec<u8>, kind: u8, content: &[u8]) {
    out.push(kind);
    out.extend(&(content.len() as u32).to_be_bytes()[1..]);
    out.extend(content);
}
