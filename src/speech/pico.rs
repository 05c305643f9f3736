//! SVOX Pico, a voice in C: with `unsafe` all around it, which is why it runs in the worker alone.
//!
//! Every sentence gets an arena of zeroes and a system of its own, since Pico reads memory that it has not written and
//! keeps things from one text to the next; so the same sentence gives the same samples.
#![expect(
    unsafe_code,
    reason = "Pico is a C library; every call is here, with what makes it sound beside it"
)]

use std::ffi::{CStr, CString};
use std::ptr;

use ttspico_sys as c;

/// Samples a second of what Pico says.
pub(super) const RATE: u32 = 16_000;
/// What two resources, a voice and an engine take, with room to spare.
const ARENA_BYTES: usize = 3 << 20;
/// The longest sound of one sentence.
const MOST_SAMPLES: usize = 60 * RATE as usize;
/// The name that we give to our one voice.
const VOICE: &CStr = c"rootwell";

/// What Pico answered where it should have answered "fine".
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error("Pico answered {0}")]
    Status(c::pico_Status),
    #[error("a sentence took more than a minute")]
    TooLong,
}

/// Says a text, which may carry Pico's own tags, with two resource files: text analysis, then signal generation.
///
/// The names are taken from the working directory and must be plain ones.
pub(super) fn say(text: &str, resources: [&str; 2]) -> Result<Vec<i16>, Failure> {
    let mut system = System::new()?;
    for resource in resources {
        system.load(resource)?;
    }
    system.start()?;
    system.put(text)?;
    system.sound()
}

/// A Pico system and the memory that it lives in.
struct System {
    system: c::pico_System,
    engine: c::pico_Engine,
    /// Never touched by us while the system is alive; its items give it the alignment that C asks for.
    _arena: Vec<u128>,
}

impl System {
    fn new() -> Result<Self, Failure> {
        let mut arena = vec![0_u128; ARENA_BYTES / size_of::<u128>()];
        let mut system = ptr::null_mut();
        // SAFETY: the arena is as large as said and aligned to 16 bytes. It is moved into the value below, which does
        // not move its contents, and is freed only after `Drop` has ended the system.
        check(unsafe {
            c::pico_initialize(
                arena.as_mut_ptr().cast(),
                ARENA_BYTES as u32,
                &raw mut system,
            )
        })?;
        let system = Self {
            system,
            engine: ptr::null_mut(),
            _arena: arena,
        };
        // SAFETY: the system was initialised above; the name is a C string that outlives the call, which copies it.
        check(unsafe { c::pico_createVoiceDefinition(system.system, VOICE.as_ptr().cast()) })?;
        Ok(system)
    }

    /// Loads a file and adds it to the voice.
    fn load(&mut self, file: &str) -> Result<(), Failure> {
        let file = CString::new(file).expect("the names of our files have no zero in them");
        let mut resource = ptr::null_mut();
        let mut name = [0; c::PICO_RETSTRINGSIZE];
        // SAFETY: the system is alive; the name is a C string; Pico opens the file, reads and closes it.
        check(unsafe {
            c::pico_loadResource(self.system, file.as_ptr().cast(), &raw mut resource)
        })?;
        // SAFETY: the resource was loaded above, and the buffer has the size that the header asks for.
        check(unsafe { c::pico_getResourceName(self.system, resource, name.as_mut_ptr()) })?;
        // SAFETY: both names are C strings, the second written by Pico into a buffer that was all zeroes.
        check(unsafe {
            c::pico_addResourceToVoiceDefinition(
                self.system,
                VOICE.as_ptr().cast(),
                name.as_ptr().cast(),
            )
        })
    }

    fn start(&mut self) -> Result<(), Failure> {
        // SAFETY: the system is alive and its voice is defined; the engine is disposed of before the system ends.
        check(unsafe {
            c::pico_newEngine(self.system, VOICE.as_ptr().cast(), &raw mut self.engine)
        })
    }

    /// Hands over a whole text and its end.
    fn put(&mut self, text: &str) -> Result<(), Failure> {
        let mut rest = CString::new(text.replace('\0', " "))
            .expect("it has no zero inside")
            .into_bytes_with_nul();
        while !rest.is_empty() {
            let size = i16::try_from(rest.len()).unwrap_or(i16::MAX);
            let mut taken = 0;
            // SAFETY: the engine is alive; `size` bytes can be read; Pico copies what it takes and says how much.
            check(unsafe {
                c::pico_putTextUtf8(self.engine, rest.as_ptr(), size, &raw mut taken)
            })?;
            if taken <= 0 {
                return Err(Failure::TooLong);
            }
            rest.drain(..taken as usize);
        }
        Ok(())
    }

    fn sound(&mut self) -> Result<Vec<i16>, Failure> {
        let mut samples = Vec::new();
        let mut buffer = [0_i16; 512];
        loop {
            let (mut bytes, mut kind) = (0, 0);
            let size = size_of_val(&buffer) as i16;
            // SAFETY: the engine is alive; the buffer can take `size` bytes and is aligned for samples.
            let status = unsafe {
                c::pico_getData(
                    self.engine,
                    buffer.as_mut_ptr().cast(),
                    size,
                    &raw mut bytes,
                    &raw mut kind,
                )
            };
            match status {
                c::PICO_STEP_BUSY | c::PICO_STEP_IDLE => {}
                other => return Err(Failure::Status(other)),
            }
            let count = usize::try_from(bytes).unwrap_or(0) / 2;
            samples.extend_from_slice(buffer.get(..count).ok_or(Failure::Status(status))?);
            if status == c::PICO_STEP_IDLE {
                return Ok(samples);
            }
            if samples.len() > MOST_SAMPLES {
                return Err(Failure::TooLong);
            }
        }
    }
}

impl Drop for System {
    fn drop(&mut self) {
        if !self.engine.is_null() {
            // SAFETY: the engine is alive and belongs to this system; nothing uses it afterwards.
            unsafe { c::pico_disposeEngine(self.system, &raw mut self.engine) };
        }
        // SAFETY: no engine is left; resources are unloaded with the system; the arena is freed after this.
        unsafe { c::pico_terminate(&raw mut self.system) };
    }
}

fn check(status: c::pico_Status) -> Result<(), Failure> {
    if status == c::PICO_OK {
        Ok(())
    } else {
        Err(Failure::Status(status))
    }
}
