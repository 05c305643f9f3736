//! A `PulseAudio` server with a null sink, for one test.

use std::fs;
use std::io::Read as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

pub(super) struct Server {
    folder: TempDir,
    process: Child,
}

impl Server {
    pub(super) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let script = "load-module module-native-protocol-unix auth-anonymous=1\n\
            load-module module-null-sink sink_name=null0 rate=48000 format=float32le channels=2\n\
            set-default-sink null0\n";
        fs::write(folder.path().join("pulse.pa"), script).unwrap();
        let process = launch(&folder);
        let server = Self { folder, process };
        server.wait();
        server
    }

    /// What `PULSE_SERVER` must be.
    pub(super) fn address(&self) -> String {
        format!("unix:{}", self.folder.path().join("pulse/native").display())
    }

    pub(super) fn runtime(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    pub(super) fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    pub(super) fn restart(&mut self) {
        self.process = launch(&self.folder);
    }

    pub(super) fn hang(&self) {
        signal("STOP", &self.process);
    }

    pub(super) fn go_on(&self) {
        signal("CONT", &self.process);
    }

    /// Records what the null sink hears until it is dropped.
    pub(super) fn record(&self) -> Recording {
        let path = self.folder.path().join("recording.raw");
        let file = fs::File::create(&path).unwrap();
        let recorder = Command::new("parec")
            .args([
                "--device=null0.monitor",
                "--format=float32le",
                "--rate=48000",
                "--channels=1",
                "--latency-msec=50",
            ])
            .env("PULSE_SERVER", self.address())
            .stdout(file)
            .spawn()
            .unwrap();
        // It loses its own first second.
        thread::sleep(Duration::from_secs(2));
        Recording { path, recorder }
    }

    fn wait(&self) {
        for _ in 0..100 {
            let info = Command::new("pactl")
                .arg("info")
                .env("PULSE_SERVER", self.address())
                .output()
                .unwrap();
            if info.status.success() {
                return;
            }
            thread::sleep(Duration::from_millis(100));
        }
        panic!("the sound server does not start");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn launch(folder: &TempDir) -> Child {
    Command::new("pulseaudio")
        .args([
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--use-pid-file=no",
            "--log-level=error",
            "-F",
        ])
        .arg(folder.path().join("pulse.pa"))
        .env("XDG_RUNTIME_DIR", folder.path())
        .env("HOME", folder.path())
        .env_remove("PULSE_RUNTIME_PATH")
        .env_remove("PULSE_SERVER")
        // A session bus knows one sound server only.
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

pub(super) fn signal(name: &str, process: &Child) {
    let sent = Command::new("kill")
        .arg(format!("-{name}"))
        .arg(process.id().to_string())
        .status()
        .unwrap();
    assert!(sent.success());
}

pub(super) struct Recording {
    path: PathBuf,
    recorder: Child,
}

impl Recording {
    /// The frames at which clicks were heard.
    pub(super) fn clicks(self) -> Vec<usize> {
        let samples = self.samples();
        let loud = samples
            .iter()
            .enumerate()
            .filter(|(_, sample)| sample.abs() > 0.2)
            .map(|(frame, _)| frame);
        let mut clicks: Vec<usize> = Vec::new();
        for frame in loud {
            if clicks.last().is_none_or(|last| frame > last + 1_000) {
                clicks.push(frame);
            }
        }
        clicks
    }

    /// All that was heard.
    pub(super) fn samples(mut self) -> Vec<f32> {
        thread::sleep(Duration::from_secs(1));
        self.recorder.kill().unwrap();
        self.recorder.wait().unwrap();
        let mut bytes = Vec::new();
        fs::File::open(&self.path)
            .unwrap()
            .read_to_end(&mut bytes)
            .unwrap();
        bytes
            .chunks_exact(4)
            .map(|sample| f32::from_le_bytes(sample.try_into().unwrap()))
            .collect()
    }
}
