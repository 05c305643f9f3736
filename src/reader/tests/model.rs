//! A model with every shape of the dialect, and how to make its values at random.

use std::collections::BTreeMap;
use std::fmt;

use proptest::prelude::*;
use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Step {
    pub(super) format: u32,
    pub(super) name: Option<String>,
    pub(super) seconds: Option<f64>,
    pub(super) times: Option<u32>,
    pub(super) level: f32,
    pub(super) areas: Vec<Area>,
    pub(super) pressure: Option<Band>,
    pub(super) length: Option<Length>,
    pub(super) r#do: Option<Do>,
    pub(super) say: Option<String>,
    pub(super) daily: bool,
    pub(super) letter: Option<char>,
    pub(super) wrapped: Option<Wrapped>,
    pub(super) respell: BTreeMap<String, String>,
    pub(super) steps: Vec<Self>,
}

#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub(super) enum Area {
    Neck,
    Jaw,
    Shoulders,
}

#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct Band(pub(super) u8, pub(super) i16);

#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct Wrapped(pub(super) i64);

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) enum Do {
    Rest,
    Press(Press),
    Wait(Length),
    Pair(u8, String),
    Group { steps: Vec<Step>, times: u32 },
    Maybe(Option<Press>),
    Many(Vec<Area>),
    Number(f64),
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Press {
    pub(super) spot: String,
    #[serde(default)]
    pub(super) pressure: Option<Band>,
}

/// A number or a group of fields, as lengths are.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Length {
    Fixed(f64),
    Elastic(f64, f64, f64),
}

impl Serialize for Length {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Fixed(secs) => secs.serialize(serializer),
            Self::Elastic(min, ideal, max) => {
                let mut group = serializer.serialize_struct("Length", 3)?;
                group.serialize_field("min", min)?;
                group.serialize_field("ideal", ideal)?;
                group.serialize_field("max", max)?;
                group.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LengthVisitor;
        impl<'de> Visitor<'de> for LengthVisitor {
            type Value = Length;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("seconds, or `(min: 20, ideal: 30, max: 60)`")
            }
            fn visit_f64<E: Error>(self, secs: f64) -> Result<Length, E> {
                Ok(Length::Fixed(secs))
            }
            fn visit_u64<E: Error>(self, secs: u64) -> Result<Length, E> {
                Ok(Length::Fixed(secs as f64))
            }
            fn visit_i64<E: Error>(self, secs: i64) -> Result<Length, E> {
                Ok(Length::Fixed(secs as f64))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Length, A::Error> {
                let (mut min, mut ideal, mut max) = (None, None, None);
                while let Some(key) = map.next_key::<String>()? {
                    let slot = match key.as_str() {
                        "min" => &mut min,
                        "ideal" => &mut ideal,
                        "max" => &mut max,
                        _ => return Err(Error::unknown_field(&key, &["min", "ideal", "max"])),
                    };
                    if slot.replace(map.next_value()?).is_some() {
                        return Err(Error::custom("twice"));
                    }
                }
                match (min, ideal, max) {
                    (Some(min), Some(ideal), Some(max)) => Ok(Length::Elastic(min, ideal, max)),
                    _ => Err(Error::custom(
                        "a length that may change has `min`, `ideal` and `max`",
                    )),
                }
            }
        }
        deserializer.deserialize_any(LengthVisitor)
    }
}

fn number() -> BoxedStrategy<f64> {
    prop_oneof![
        (-1000_i32..1000).prop_map(|n| f64::from(n) / 8.0),
        -1e300..1e300_f64,
        (0_u32..100).prop_map(f64::from)
    ]
    .boxed()
}

fn text() -> BoxedStrategy<String> {
    prop_oneof!["[a-z ]{0,8}", "[\\PC\n\"\\\\“”'(),:é]{0,12}"].boxed()
}

fn area() -> BoxedStrategy<Area> {
    prop_oneof![Just(Area::Neck), Just(Area::Jaw), Just(Area::Shoulders)].boxed()
}

fn length() -> BoxedStrategy<Length> {
    prop_oneof![
        number().prop_map(Length::Fixed),
        (number(), number(), number())
            .prop_map(|(min, ideal, max)| Length::Elastic(min, ideal, max)),
    ]
    .boxed()
}

fn band() -> BoxedStrategy<Band> {
    (any::<u8>(), any::<i16>())
        .prop_map(|(lo, hi)| Band(lo, hi))
        .boxed()
}

fn press() -> BoxedStrategy<Press> {
    (text(), prop::option::of(band()))
        .prop_map(|(spot, pressure)| Press { spot, pressure })
        .boxed()
}

fn kind(steps: BoxedStrategy<Vec<Step>>) -> BoxedStrategy<Do> {
    prop_oneof![
        Just(Do::Rest),
        press().prop_map(Do::Press),
        length().prop_map(Do::Wait),
        (any::<u8>(), text()).prop_map(|(n, text)| Do::Pair(n, text)),
        (steps, any::<u32>()).prop_map(|(steps, times)| Do::Group { steps, times }),
        press().prop_map(|press| Do::Maybe(Some(press))),
        prop::collection::vec(area(), 0..3).prop_map(Do::Many),
        number().prop_map(Do::Number),
    ]
    .boxed()
}

fn step_with(steps: BoxedStrategy<Vec<Step>>) -> BoxedStrategy<Step> {
    (
        (
            prop::option::of(text()),
            prop::option::of(number()),
            prop::option::of(any::<u32>()),
            any::<i16>(),
            any::<bool>(),
        ),
        (
            prop::collection::vec(area(), 0..3),
            prop::option::of(band()),
            prop::option::of(length()),
        ),
        (
            prop::option::of(kind(steps.clone())),
            prop::option::of(any::<char>().prop_filter("NUL", |c| *c != '\0')),
        ),
        (
            prop::option::of(any::<i64>()),
            prop::collection::btree_map(text(), text(), 0..3),
            steps,
        ),
    )
        .prop_map(
            |(
                (name, seconds, times, level, daily),
                (areas, pressure, length),
                (kind, letter),
                (wrapped, respell, steps),
            )| {
                Step {
                    format: u32::from(daily),
                    say: name.clone().map(|name| name + "!"),
                    name,
                    seconds,
                    times,
                    level: f32::from(level) / 7.0,
                    areas,
                    pressure,
                    length,
                    r#do: kind,
                    daily,
                    letter: letter.filter(|letter| {
                        !letter.is_control() && *letter != '\'' && *letter != '\\'
                    }),
                    wrapped: wrapped.map(Wrapped),
                    respell,
                    steps,
                }
            },
        )
        .boxed()
}

/// Steps with steps inside them.
pub(super) fn step() -> BoxedStrategy<Step> {
    let none = Just(Vec::new()).boxed();
    step_with(prop::collection::vec(step_with(none), 0..2).boxed())
}
