//! One window: a second start hands its file to the first and leaves. They speak through a local socket that belongs to
//! the data folder, so that two folders can have a window each.

use std::ffi::OsString;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use interprocess::local_socket::prelude::*;
use interprocess::local_socket::{ListenerOptions, Name, Stream};
use sha2::{Digest as _, Sha256};

/// The longest path that is taken from another start, in bytes.
const LONGEST: u64 = 16 * 1024;

/// What became of asking for the one window.
pub enum Claim {
    /// This is the first: it listens for others.
    First(Door),
    /// There is one already; it has been told.
    Told,
}

/// Where later starts knock.
pub struct Door {
    listener: LocalSocketListener,
}

/// Asks for the one window of a data folder, and tells the one that has it about a file.
///
/// # Errors
/// The socket can neither be made nor reached. The window opens all the same, only not alone.
pub fn claim(folder: &Path, file: Option<&Path>) -> io::Result<Claim> {
    if let Ok(mut stream) = Stream::connect(name(folder)?) {
        tell(&mut stream, file)?;
        return Ok(Claim::Told);
    }
    remove_stale(folder);
    let listener = ListenerOptions::new().name(name(folder)?).create_sync()?;
    Ok(Claim::First(Door { listener }))
}

impl Door {
    /// Listens on a thread of its own; `knocked` is called for each later start, with the file that it was given.
    pub fn listen(self, knocked: impl Fn(Option<PathBuf>) + Send + 'static) {
        let listen = move || {
            for stream in self.listener.incoming().flatten() {
                if let Ok(file) = hear(&stream) {
                    knocked(file);
                }
            }
        };
        let thread = std::thread::Builder::new()
            .name("single".into())
            .spawn(listen);
        drop(thread.ok()); // without the thread there is one window less to raise, and nothing else
    }
}

fn tell(stream: &mut Stream, file: Option<&Path>) -> io::Result<()> {
    let whole = file.map(std::path::absolute).transpose()?;
    stream.write_all(&whole.map(bytes).unwrap_or_default())?;
    stream.write_all(b"\0")?;
    stream.flush()
}

fn hear(stream: &Stream) -> io::Result<Option<PathBuf>> {
    stream.set_recv_timeout(Some(Duration::from_secs(2)))?;
    let mut heard = Vec::new();
    BufReader::new(stream.take(LONGEST)).read_until(0, &mut heard)?;
    match heard.pop() {
        Some(0) if heard.is_empty() => Ok(None),
        Some(0) => Ok(Some(path(heard))),
        _ => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

#[cfg(unix)]
fn bytes(path: PathBuf) -> Vec<u8> {
    std::os::unix::ffi::OsStringExt::into_vec(path.into_os_string())
}

#[cfg(unix)]
fn path(bytes: Vec<u8>) -> PathBuf {
    <OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn bytes(path: PathBuf) -> Vec<u8> {
    path.to_string_lossy().into_owned().into_bytes()
}

#[cfg(not(unix))]
fn path(bytes: Vec<u8>) -> PathBuf {
    OsString::from(String::from_utf8_lossy(&bytes).into_owned()).into()
}

/// A name that is the folder's own and short enough for a socket.
fn short(folder: &Path) -> String {
    let digest = Sha256::digest(folder.as_os_str().as_encoded_bytes());
    let short = digest
        .iter()
        .take(8)
        .fold(String::new(), |short, byte| short + &format!("{byte:02x}"));
    format!("rootwell-{short}.sock")
}

#[cfg(unix)]
#[expect(
    clippy::disallowed_methods,
    reason = "a socket where the system gives no folder for one"
)]
fn socket(folder: &Path) -> PathBuf {
    std::env::var_os("XDG_RUNTIME_DIR")
        .map_or_else(std::env::temp_dir, PathBuf::from)
        .join(short(folder))
}

#[cfg(unix)]
fn name(folder: &Path) -> io::Result<Name<'static>> {
    socket(folder).to_fs_name::<interprocess::local_socket::GenericFilePath>()
}

#[cfg(not(unix))]
fn name(folder: &Path) -> io::Result<Name<'static>> {
    short(folder).to_ns_name::<interprocess::local_socket::GenericNamespaced>()
}

/// A socket that nobody answers is left from a crash.
fn remove_stale(folder: &Path) {
    #[cfg(unix)]
    drop(std::fs::remove_file(socket(folder)));
    #[cfg(not(unix))]
    let _ = folder;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_start_hands_its_file_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let (told, heard) = std::sync::mpsc::channel();
        let Claim::First(door) = claim(folder.path(), None).expect("nobody else") else {
            panic!("the first")
        };
        door.listen(move |file| told.send(file).expect("the test listens"));
        for file in [Some("/tmp/hips.ron"), None] {
            assert!(matches!(
                claim(folder.path(), file.map(Path::new)),
                Ok(Claim::Told)
            ));
            let got = heard
                .recv_timeout(Duration::from_secs(5))
                .expect("it was told");
            assert_eq!(got, file.map(PathBuf::from));
        }
    }

    #[test]
    fn a_socket_that_nobody_answers_is_taken_over() {
        let folder = tempfile::tempdir().expect("a folder");
        #[cfg(unix)]
        std::fs::write(socket(folder.path()), "left from a crash").expect("ours");
        assert!(matches!(claim(folder.path(), None), Ok(Claim::First(_))));
    }
}
