//! A voice program that a person has named in settings: text on its input, WAV on its output, no shell between.

use std::io::{Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::NoVoice;
use super::decode::MOST_BYTES;

/// The longest that a program may take over a line.
const PATIENCE: Duration = Duration::from_secs(20);

/// A program and its arguments. Only a person's own settings may name one, never a routine or a pack.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct External {
    program: String,
    arguments: Vec<String>,
    patience: Duration,
}

impl External {
    /// The program of a list such as `["piper", "--model", "voice.onnx", "--output_file", "-"]`; `None` for no list.
    pub fn new(command: &[String]) -> Option<Self> {
        let (program, arguments) = command.split_first()?;
        Some(Self {
            program: program.clone(),
            arguments: arguments.to_vec(),
            patience: PATIENCE,
        })
    }

    /// What makes its clips differ from another's.
    pub(super) fn identity(&self) -> Vec<u8> {
        [&self.program]
            .into_iter()
            .chain(&self.arguments)
            .flat_map(|word| [word.as_bytes(), b"\0"].concat())
            .collect()
    }

    /// What the program writes when it is given this text: a sound file, not yet looked at.
    pub(super) fn file_of(&self, text: &str) -> Result<Vec<u8>, NoVoice> {
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let not_started =
            |error: std::io::Error| NoVoice::NotStarted(format!("{error}: {}", self.program));
        let mut process = Ended(command.spawn().map_err(not_started)?);
        let mut input = process.0.stdin.take().expect("it was piped");
        let output = process.0.stdout.take().expect("it was piped");
        let text = text.to_owned();
        // Two threads, since a pipe cannot be written or read with a time limit; both end with the process.
        let writer = move || _ = input.write_all(text.as_bytes());
        thread::Builder::new()
            .name("to voice".to_owned())
            .spawn(writer)
            .map_err(not_started)?;
        let (sender, file) = mpsc::channel();
        let reader = move || {
            let mut bytes = Vec::new();
            let read = output.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes);
            _ = sender.send(read.map(|_| bytes));
        };
        thread::Builder::new()
            .name("from voice".to_owned())
            .spawn(reader)
            .map_err(not_started)?;
        let file = file
            .recv_timeout(self.patience)
            .map_err(|_late| NoVoice::TimeOut)?;
        let file = file.map_err(|error| NoVoice::Failed(error.to_string()))?;
        if file.len() > MOST_BYTES {
            return Err(NoVoice::Failed(
                "the program wrote more than 50 MB".to_owned(),
            ));
        }
        Ok(file)
    }
}

/// A process that does not outlive its caller's interest.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn external(command: &[&str]) -> External {
        let command: Vec<String> = command.iter().map(|&word| word.to_owned()).collect();
        External {
            patience: Duration::from_millis(300),
            ..External::new(&command).expect("a program is named")
        }
    }

    #[test]
    fn the_text_goes_in_and_the_file_comes_out() {
        assert_eq!(
            external(&["cat"]).file_of("a; b $(c)"),
            Ok(b"a; b $(c)".to_vec())
        );
        assert_eq!(
            external(&["echo", "$HOME; `ls`"]).file_of("x"),
            Ok(b"$HOME; `ls`\n".to_vec()),
            "no shell"
        );
        assert_eq!(external(&["true"]).file_of("x"), Ok(Vec::new()));
    }

    #[test]
    fn a_program_that_fails_costs_its_line() {
        assert_eq!(
            external(&["sleep", "600"]).file_of("x"),
            Err(NoVoice::TimeOut)
        );
        assert!(matches!(
            external(&["/no/such/voice"]).file_of("x"),
            Err(NoVoice::NotStarted(_))
        ));
        assert!(matches!(
            external(&["cat", "/dev/zero"]).file_of("x"),
            Err(NoVoice::Failed(_) | NoVoice::TimeOut)
        ));
    }

    #[test]
    fn no_command_is_no_voice() {
        assert_eq!(External::new(&[]), None);
    }
}
