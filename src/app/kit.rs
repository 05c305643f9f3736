//! Our widgets, one a file. Nothing outside this folder draws a control of its own or names a colour.
//!
//! Every control has a role, a name and, where it holds one, a value; focus is a ring that is always seen.

pub mod band;
pub mod button;
pub mod caption;
pub mod card;
pub mod chart;
pub mod chip;
pub mod cover;
pub mod days;
pub mod field;
pub mod focus;
pub mod icon;
pub mod logo;
pub mod page;
pub mod pebble;
pub mod progress;
pub mod rail;
pub mod rating;
pub mod ring;
pub mod sheet;
pub mod side;
pub mod slider;
pub mod switch;
pub mod table;
pub mod text;
pub mod tick;
pub mod touch;
