//! How it sounds: the sound check, how loud each part is, how much talking, on which device and in whose voice.

use egui::Ui;

use super::{Ask, Settings};
use crate::app::command::Command;
use crate::app::kit::chip::{Pick, chip};
use crate::app::kit::field::field;
use crate::app::kit::icon::Icon;
use crate::app::kit::slider::{Range, slider};
use crate::app::kit::{button, text};
use crate::app::look::Look;
use crate::app::today::group;
use crate::audio::device::Entry;
use crate::names::Talk;

/// Draws the part of the page.
pub(super) fn ui(
    ui: &mut Ui,
    look: &Look,
    next: &mut Settings,
    devices: &[Entry],
    out: &mut Vec<Command>,
) {
    let words = &look.words.settings;
    let space = look.space();
    ui.add_space(space.wide);
    text::section(ui, look, &words.sound);
    ui.add_space(space.tight);
    text::label(ui, look, &words.sound_check_hint);
    ui.add_space(space.tight);
    if button::quiet(ui, look, Some(Icon::SpeakerHigh), &words.sound_check).clicked() {
        out.push(Command::Settings(Ask::SoundCheck));
    }
    ui.add_space(space.even);
    for (name, value) in [
        (&words.volume, &mut next.volume),
        (&words.voice_volume, &mut next.voice),
        (&words.bed_volume, &mut next.bed),
        (&words.tone_volume, &mut next.tones),
    ] {
        let mut loud = f32::from(*value);
        let said = look
            .words
            .fill(&look.words.player.volume_value, &[("n", value)]);
        slider(
            ui,
            look,
            &Range {
                name,
                least: 0.0,
                most: 100.0,
                step: 5.0,
                said: &said,
            },
            &mut loud,
        );
        *value = loud.round() as u8;
        ui.add_space(space.tight);
    }
    group(ui, look, &words.talk, |ui| {
        for (talk, label) in [
            (Talk::Full, &words.talk_full),
            (Talk::Brief, &words.talk_brief),
            (Talk::Tones, &words.talk_tones),
            (Talk::Silent, &words.talk_silent),
        ] {
            if chip(ui, look, Pick::One, next.talk == talk, label).clicked() {
                next.talk = talk;
            }
        }
    });
    text::label(ui, look, &words.talk_hint);
    ui.add_space(space.even);
    let mut latency = next.latency as f32;
    let said = look
        .words
        .fill(&words.latency_value, &[("n", &next.latency)]);
    slider(
        ui,
        look,
        &Range {
            name: &words.latency,
            least: 0.0,
            most: super::LATEST as f32,
            step: 10.0,
            said: &said,
        },
        &mut latency,
    );
    next.latency = latency.round() as u32;
    text::label(ui, look, &words.latency_hint);
    ui.add_space(space.even);
    device(ui, look, next, devices, out);
    ui.add_space(space.even);
    field(
        ui,
        look,
        &words.voice_program,
        &words.voice_program_example,
        1,
        &mut next.voice_program,
    );
    ui.add_space(space.hair);
    text::label(ui, look, &words.voice_program_hint);
}

/// The sound device: the usual one and the chosen one, and all the others once they are asked for.
fn device(
    ui: &mut Ui,
    look: &Look,
    next: &mut Settings,
    devices: &[Entry],
    out: &mut Vec<Command>,
) {
    let words = &look.words.settings;
    group(ui, look, &words.device, |ui| {
        let usual = chip(
            ui,
            look,
            Pick::One,
            next.device.is_none(),
            &words.device_usual,
        );
        if usual.clicked() {
            next.device = None;
        }
        let absent = next
            .device
            .clone()
            .filter(|id| devices.iter().all(|device| device.id != *id))
            .map(|id| (id.clone(), id));
        let there = devices
            .iter()
            .map(|device| (device.id.clone(), device.name.clone()));
        for (id, name) in absent.into_iter().chain(there) {
            let on = next.device.as_ref() == Some(&id);
            if chip(ui, look, Pick::One, on, &name).clicked() {
                next.device = Some(id);
            }
        }
        if devices.is_empty() && button::link(ui, look, None, &words.device_others).clicked() {
            out.push(Command::Settings(Ask::Devices));
        }
    });
}
