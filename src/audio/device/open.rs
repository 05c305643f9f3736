//! Finding and opening devices.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use cpal::traits::{DeviceTrait as _, HostTrait as _, StreamTrait as _};
use cpal::{BufferSize, Error, ErrorKind, Host, SampleFormat, StreamConfig, SupportedStreamConfig};

use super::stream::{Pull, data_callback};
use super::{BUFFER, Device, DeviceError, Entry, Format, Signs, System};
use crate::audio::outlet::Outlet;
use crate::units::{Frames, RATE};

/// The devices of the machine's best sound system, the usual one first. May take seconds: not for the window's thread.
pub fn list() -> Vec<Entry> {
    quietly(|| {
        hosts()
            .next()
            .map(|host| entries(&host))
            .unwrap_or_default()
    })
}

/// The sound systems of the machine with their devices, best first. May take seconds, or hang where a server does.
pub fn systems() -> Vec<System> {
    let system = |host: Host| System {
        name: host.id().name(),
        devices: entries(&host),
    };
    quietly(|| hosts().map(system).collect())
}

/// The devices of a sound system, the usual one first.
fn entries(host: &Host) -> Vec<Entry> {
    let usual = host
        .default_output_device()
        .and_then(|device| entry(&device));
    let all = host
        .output_devices()
        .map(|devices| devices.filter_map(|device| entry(&device)).collect());
    let mut all: Vec<Entry> = all.unwrap_or_default();
    if let Some(usual) = usual {
        all.retain(|other| other.id != usual.id);
        all.insert(0, usual);
    }
    all
}

/// Opens a device, by its id or its name, or the usual one, and lets it pull. May hang: to be called on a thread that can
/// be left behind.
///
/// # Errors
/// There is no such device, or it cannot be used.
pub fn open(wanted: Option<&str>, outlet: Outlet) -> Result<Device, DeviceError> {
    quietly(|| {
        let (system, device) = hosts()
            .find_map(|host| Some((host.id().name(), find(&host, wanted)?)))
            .ok_or_else(|| missing(wanted))?;
        let entry = entry(&device).unwrap_or(Entry {
            id: String::new(),
            name: "sound device".to_owned(),
        });
        let refused = |error: Error| match error.kind() {
            ErrorKind::DeviceNotAvailable | ErrorKind::HostUnavailable => missing(wanted),
            _ => DeviceError::Refused {
                reason: error.to_string(),
                name: entry.name.clone(),
            },
        };
        let signs = Arc::new(Signs::default());
        let config = config(&device).map_err(refused)?;
        let stream = build(&device, &config, outlet, &signs).map_err(refused)?;
        stream.play().map_err(refused)?;
        Ok(Device {
            entry,
            format: Format {
                system,
                rate: config.sample_rate(),
                channels: config.channels(),
                buffer: stream
                    .buffer_size()
                    .map_or(BUFFER, |size| Frames(u64::from(size))),
            },
            signs,
            stream: Some(stream),
        })
    })
}

fn missing(wanted: Option<&str>) -> DeviceError {
    wanted.map_or(DeviceError::None, |name| DeviceError::Gone(name.to_owned()))
}

/// The sound systems of this machine, best first: on Linux the sound server's own protocol, then ALSA.
fn hosts() -> impl Iterator<Item = Host> {
    cpal::available_hosts()
        .into_iter()
        .filter_map(|id| cpal::host_from_id(id).ok())
}

fn find(host: &Host, wanted: Option<&str>) -> Option<cpal::Device> {
    let Some(wanted) = wanted else {
        return host.default_output_device();
    };
    let is_it = |entry: Entry| entry.id == wanted || entry.name == wanted;
    host.output_devices()
        .ok()?
        .find(|device| entry(device).is_some_and(is_it))
}

fn entry(device: &cpal::Device) -> Option<Entry> {
    let id = device.id().ok()?.to_string();
    let name = device
        .description()
        .map_or_else(|_nameless| id.clone(), |known| known.name().to_owned());
    Some(Entry { id, name })
}

/// The sample formats that we can fill, best first.
const FORMATS: [SampleFormat; 4] = [
    SampleFormat::F32,
    SampleFormat::I32,
    SampleFormat::I16,
    SampleFormat::U16,
];

/// 48 kHz stereo if the device can, else what it likes best; the finished mix is then resampled once.
fn config(device: &cpal::Device) -> Result<SupportedStreamConfig, Error> {
    let quality = |format| FORMATS.iter().position(|known| *known == format);
    let ours = device
        .supported_output_configs()
        .into_iter()
        .flatten()
        .filter(|range| range.channels() == 2)
        .filter_map(|range| range.try_with_sample_rate(RATE))
        .filter_map(|config| Some((quality(config.sample_format())?, config)))
        .min_by_key(|(quality, _)| *quality);
    ours.map_or_else(|| device.default_output_config(), |(_, config)| Ok(config))
}

fn build(
    device: &cpal::Device,
    config: &SupportedStreamConfig,
    outlet: Outlet,
    signs: &Arc<Signs>,
) -> Result<cpal::Stream, Error> {
    let (channels, sample_rate) = (config.channels(), config.sample_rate());
    let size = (BUFFER.0 as u32).saturating_mul(sample_rate) / RATE;
    let complain = {
        let signs = Arc::clone(signs);
        // Whether anything else was fatal is told by the beats.
        move |error: Error| {
            if let ErrorKind::DeviceNotAvailable
            | ErrorKind::StreamInvalidated
            | ErrorKind::HostUnavailable = error.kind()
            {
                signs.dead.store(true, Ordering::Relaxed);
            }
        }
    };
    let pull = Pull::new(outlet, Arc::clone(signs), channels, sample_rate);
    let wanted = StreamConfig {
        channels,
        sample_rate,
        buffer_size: BufferSize::Fixed(size),
    };
    match config.sample_format() {
        SampleFormat::I16 => {
            device.build_output_stream(wanted, data_callback::<i16>(pull), complain, None)
        }
        SampleFormat::I32 => {
            device.build_output_stream(wanted, data_callback::<i32>(pull), complain, None)
        }
        SampleFormat::U16 => {
            device.build_output_stream(wanted, data_callback::<u16>(pull), complain, None)
        }
        _ => device.build_output_stream(wanted, data_callback::<f32>(pull), complain, None),
    }
}

/// ALSA's library writes its troubles straight to the terminal; within `work` they go nowhere.
fn quietly<T>(work: impl FnOnce() -> T) -> T {
    #[cfg(target_os = "linux")]
    let _silenced = alsa::Output::local_error_handler();
    work()
}
