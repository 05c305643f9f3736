//! The window, driven by role and label: no display, no device, no colour is looked at.

mod bad;
mod days;
mod ends;
mod fixture;
mod guest;
mod house;
mod kept;
mod keys;
mod leaving;
mod little;
mod person;
mod safe;
mod screens;
mod sound;
mod studio;
mod today;
mod work;
