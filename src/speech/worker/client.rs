//! The session's side of the worker.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;
use std::{fs, io};

use tempfile::TempDir;

use super::wire::{self, Job, Reply};
use crate::speech::decode::MOST_BYTES;
use crate::speech::{Clip, Line, NoVoice, Voice};

/// The longest that a line or a file may take; a line of 20 s takes a quarter of a second.
const PATIENCE: Duration = Duration::from_secs(20);

/// The worker as its parent sees it: started when it is needed, started once more when it dies in the middle of a job.
pub struct Worker {
    program: PathBuf,
    folder: PathBuf,
    /// What stands for the folder where that cannot be written to; it goes with the worker.
    spare: OnceLock<Option<TempDir>>,
    patience: Duration,
    running: Mutex<Option<Running>>,
}

impl Worker {
    /// A worker that runs `program worker` in a folder of the cache, where the files of the C voice are laid.
    ///
    /// The program is handed in, since in a test our own is the test's.
    pub fn new(program: impl Into<PathBuf>, folder: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            folder: folder.into(),
            spare: OnceLock::new(),
            patience: PATIENCE,
            running: Mutex::new(None),
        }
    }

    /// The same worker, given so long for each job.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// A spoken clip made of a sound file: Ogg Vorbis, FLAC or WAV.
    pub fn voice_of(&self, file: Vec<u8>) -> Result<Clip, NoVoice> {
        let (_, samples) = self.ask(Job::Voice(within_limit(file)?))?;
        Ok(Clip::new(samples))
    }

    /// The sound in a file (Ogg Vorbis, FLAC or WAV, at most ten minutes): its channels, one or two, and its samples
    /// at 48 kHz, channels interleaved, as loud as they are.
    pub fn decode(&self, file: Vec<u8>) -> Result<(u8, Arc<[i16]>), NoVoice> {
        self.ask(Job::Decode(within_limit(file)?))
    }

    /// Where it works: the folder of the cache, or one for the time being where nothing can be written there.
    fn folder(&self) -> &Path {
        let spare = self.spare.get_or_init(|| match writable(&self.folder) {
            Ok(()) => None,
            // Where nothing can be written at all, the first error tells it when the worker is to start.
            Err(_refused) => tempfile::tempdir().ok(),
        });
        spare.as_ref().map_or(&self.folder, TempDir::path)
    }

    /// Does a job, in a new process where the one before has left or died; a job that kills two is given up.
    fn ask(&self, job: Job) -> Result<(u8, Arc<[i16]>), NoVoice> {
        let mut request = Vec::new();
        wire::write_job(&mut request, &job).map_err(|error| NoVoice::Failed(error.to_string()))?;
        drop(job);
        // The state behind the lock is whole whenever it can be seen, so a panic elsewhere changes nothing.
        let mut slot = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        for _ in 0..2 {
            let running = match slot.take() {
                Some(running) => running,
                None => Running::start(&self.program, self.folder()).map_err(not_started)?,
            };
            // A worker that has left, or lied, answers no more: it is dropped here.
            match running.ask(request.clone(), self.patience) {
                Ok(reply) => {
                    *slot = Some(running);
                    return match reply {
                        Reply::Sound { channels, samples } => Ok((channels, samples)),
                        Reply::Refused(why) => Err(why),
                    };
                }
                Err(RecvTimeoutError::Timeout) => return Err(NoVoice::TimeOut),
                Err(RecvTimeoutError::Disconnected) => {}
            }
        }
        Err(NoVoice::Stopped)
    }
}

impl Voice for Worker {
    fn speak(&self, line: &Line) -> Result<Clip, NoVoice> {
        #[cfg(feature = "pico")]
        if let Some(language) = line.language {
            crate::speech::foreign::lay_out(language, self.folder()).map_err(not_started)?;
        }
        let (_, samples) = self.ask(Job::Speak(line.clone()))?;
        Ok(Clip::new(samples))
    }
}

/// Makes a folder, and sees that files can be laid there.
fn writable(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    tempfile::tempfile_in(folder).map(drop)
}

fn not_started(error: io::Error) -> NoVoice {
    NoVoice::NotStarted(error.to_string())
}

fn within_limit(file: Vec<u8>) -> Result<Vec<u8>, NoVoice> {
    if file.len() <= MOST_BYTES {
        Ok(file)
    } else {
        Err(NoVoice::Recording("it is larger than 50 MB".to_owned()))
    }
}

/// A process and the two threads that write and read its pipes, so that nothing here waits without a limit.
struct Running {
    process: Child,
    requests: Sender<Vec<u8>>,
    replies: Receiver<Reply>,
}

impl Running {
    fn start(program: &Path, folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let mut command = Command::new(program);
        // The C voice opens its files by plain names, which leaves no path for it to misread.
        command
            .arg("worker")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut process = command.spawn()?;
        let mut input = process.stdin.take().expect("it was piped");
        let mut output = process.stdout.take().expect("it was piped");
        let (requests, to_write) = mpsc::channel::<Vec<u8>>();
        let (to_read, replies) = mpsc::channel();
        // Both threads end with the process: a write or a read then fails.
        thread::Builder::new()
            .name("to worker".to_owned())
            .spawn(move || {
                while to_write
                    .recv()
                    .is_ok_and(|request| io::Write::write_all(&mut input, &request).is_ok())
                {
                }
            })?;
        thread::Builder::new()
            .name("from worker".to_owned())
            .spawn(move || {
                while wire::read_reply(&mut output).is_ok_and(|reply| to_read.send(reply).is_ok()) {
                }
            })?;
        Ok(Self {
            process,
            requests,
            replies,
        })
    }

    fn ask(&self, request: Vec<u8>, patience: Duration) -> Result<Reply, RecvTimeoutError> {
        self.requests
            .send(request)
            .map_err(|_gone| RecvTimeoutError::Disconnected)?;
        self.replies.recv_timeout(patience)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have left by itself; either way nothing of it stays behind.
        _ = self.process.kill();
        _ = self.process.wait();
    }
}
