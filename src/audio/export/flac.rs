//! FLAC: 16 bits, as small as the reference encoder's usual setting, its chapters as comments.

use std::fs::File;
use std::io::{self, BufWriter};

use flac_codec::encode::{FlacSampleWriter, Options};

use super::{Encoder, Tags};
use crate::units::{Frames, RATE};

/// A FLAC file that is being written.
pub(super) struct Flac<'a> {
    writer: FlacSampleWriter<BufWriter<&'a mut File>>,
    wide: Vec<i32>,
}

impl<'a> Flac<'a> {
    pub(super) fn new(file: &'a mut File, tags: &Tags, total: Frames) -> io::Result<Self> {
        let mut options = Options::default();
        for (name, text) in tags.comments() {
            options = options.tag(&name, text);
        }
        let total = Some(2 * total.0).filter(|total| *total > 0);
        let writer = FlacSampleWriter::new(BufWriter::new(file), options, RATE, 16, 2, total)?;
        Ok(Self {
            writer,
            wide: Vec::new(),
        })
    }
}

impl Encoder for Flac<'_> {
    fn write(&mut self, samples: &[i16]) -> io::Result<()> {
        self.wide.clear();
        self.wide
            .extend(samples.iter().map(|sample| i32::from(*sample)));
        Ok(self.writer.write(&self.wide)?)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        Ok(self.writer.finalize()?)
    }
}
