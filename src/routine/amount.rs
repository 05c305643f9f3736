//! Lengths, counts and breaths as they are written.

use serde::de::{self, MapAccess, Visitor};
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

use crate::units::Secs;

/// How long: `30`, `(min: 20, ideal: 30, max: 60)` or `(breaths: 5)`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Length {
    /// So many seconds.
    Fixed(Secs),
    /// Between two lengths, `ideal` when nothing presses.
    Elastic {
        /// The shortest.
        min: Secs,
        /// The usual.
        ideal: Secs,
        /// The longest.
        max: Secs,
    },
    /// So many breaths of the step's own `breath`.
    Breaths(f64),
}

/// How many: `6` or `(min: 3, ideal: 6, max: 18)`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Count {
    /// So many.
    Fixed(u32),
    /// Between two counts, `ideal` when nothing presses.
    Elastic {
        /// The fewest.
        min: u32,
        /// The usual.
        ideal: u32,
        /// The most.
        max: u32,
    },
}

impl Count {
    /// The fewest, the usual and the most.
    pub fn range(self) -> (u32, u32, u32) {
        match self {
            Self::Fixed(n) => (n, n, n),
            Self::Elastic { min, ideal, max } => (min, ideal, max),
        }
    }
}

impl Default for Count {
    fn default() -> Self {
        Self::Fixed(1)
    }
}

/// One breath, in counts of the step (a second each unless `count` says otherwise); what is not written is 0.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Breath {
    /// In.
    pub inhale: f64,
    /// A second, short in-breath on top.
    #[serde(skip_serializing_if = "is_zero")]
    pub top_up: f64,
    /// Held full.
    #[serde(skip_serializing_if = "is_zero")]
    pub hold: f64,
    /// Out.
    pub exhale: f64,
    /// Held empty.
    #[serde(skip_serializing_if = "is_zero")]
    pub empty: f64,
}

impl Breath {
    /// All of it, in counts.
    pub fn total(self) -> f64 {
        self.inhale + self.top_up + self.hold + self.exhale + self.empty
    }
}

/// A stage on the way to a breath's pattern: a breath and how many of it.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RampStage {
    /// In.
    pub inhale: f64,
    /// A second, short in-breath on top.
    #[serde(skip_serializing_if = "is_zero")]
    pub top_up: f64,
    /// Held full.
    #[serde(skip_serializing_if = "is_zero")]
    pub hold: f64,
    /// Out.
    pub exhale: f64,
    /// Held empty.
    #[serde(skip_serializing_if = "is_zero")]
    pub empty: f64,
    /// How many breaths.
    pub breaths: u32,
}

impl RampStage {
    /// The breath alone.
    pub fn breath(self) -> Breath {
        let Self {
            inhale,
            top_up,
            hold,
            exhale,
            empty,
            ..
        } = self;
        Breath {
            inhale,
            top_up,
            hold,
            exhale,
            empty,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(value: &f64) -> bool {
    *value == 0.0
}

impl Serialize for Length {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Fixed(secs) => secs.serialize(serializer),
            Self::Elastic { min, ideal, max } => elastic(serializer, min, ideal, max),
            Self::Breaths(n) => {
                let mut group = serializer.serialize_struct("Length", 1)?;
                group.serialize_field("breaths", n)?;
                group.end()
            }
        }
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Fixed(n) => n.serialize(serializer),
            Self::Elastic { min, ideal, max } => elastic(serializer, min, ideal, max),
        }
    }
}

fn elastic<S: Serializer, T: Serialize>(
    serializer: S,
    min: &T,
    ideal: &T,
    max: &T,
) -> Result<S::Ok, S::Error> {
    let mut group = serializer.serialize_struct("Elastic", 3)?;
    group.serialize_field("min", min)?;
    group.serialize_field("ideal", ideal)?;
    group.serialize_field("max", max)?;
    group.end()
}

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LengthVisitor;
        impl<'de> Visitor<'de> for LengthVisitor {
            type Value = Length;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "seconds such as `30`, or `(min: 20, ideal: 30, max: 60)`, or `(breaths: 5)`",
                )
            }
            fn visit_f64<E: de::Error>(self, secs: f64) -> Result<Length, E> {
                Ok(Length::Fixed(Secs(secs)))
            }
            fn visit_u64<E: de::Error>(self, secs: u64) -> Result<Length, E> {
                Ok(Length::Fixed(Secs(secs as f64)))
            }
            fn visit_i64<E: de::Error>(self, secs: i64) -> Result<Length, E> {
                Ok(Length::Fixed(Secs(secs as f64)))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Length, A::Error> {
                let fields = Fields::read(&mut map, &["min", "ideal", "max", "breaths"])?;
                match (fields.elastic(), fields.breaths) {
                    (Some((min, ideal, max)), None) => Ok(Length::Elastic {
                        min: Secs(min),
                        ideal: Secs(ideal),
                        max: Secs(max),
                    }),
                    (None, Some(n)) if !fields.any_elastic() => Ok(Length::Breaths(n)),
                    _ => Err(de::Error::custom(
                        "a length has `min`, `ideal` and `max`, or `breaths` alone",
                    )),
                }
            }
        }
        deserializer.deserialize_any(LengthVisitor)
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct CountVisitor;
        impl<'de> Visitor<'de> for CountVisitor {
            type Value = Count;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number such as `6`, or `(min: 3, ideal: 6, max: 18)`")
            }
            fn visit_u64<E: de::Error>(self, n: u64) -> Result<Count, E> {
                u32::try_from(n)
                    .map(Count::Fixed)
                    .map_err(|_big| de::Error::custom("this number is far too large"))
            }
            fn visit_i64<E: de::Error>(self, n: i64) -> Result<Count, E> {
                u32::try_from(n)
                    .map(Count::Fixed)
                    .map_err(|_small| de::Error::custom("a count is not below zero"))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Count, A::Error> {
                let fields = Fields::read(&mut map, &["min", "ideal", "max"])?;
                let Some((min, ideal, max)) = fields.elastic() else {
                    return Err(de::Error::custom(
                        "a count that may change has `min`, `ideal` and `max`",
                    ));
                };
                Ok(Count::Elastic {
                    min: whole(min)?,
                    ideal: whole(ideal)?,
                    max: whole(max)?,
                })
            }
        }
        deserializer.deserialize_any(CountVisitor)
    }
}

fn whole<E: de::Error>(n: f64) -> Result<u32, E> {
    if n.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&n) {
        Ok(n as u32)
    } else {
        Err(E::custom("a count is a whole number, not below zero"))
    }
}

/// The named numbers of a length or a count.
#[derive(Default)]
struct Fields {
    min: Option<f64>,
    ideal: Option<f64>,
    max: Option<f64>,
    breaths: Option<f64>,
}

impl Fields {
    fn read<'de, A: MapAccess<'de>>(
        map: &mut A,
        known: &'static [&'static str],
    ) -> Result<Self, A::Error> {
        let mut fields = Self::default();
        while let Some(key) = map.next_key::<String>()? {
            let slot = match key.as_str() {
                "min" => &mut fields.min,
                "ideal" => &mut fields.ideal,
                "max" => &mut fields.max,
                "breaths" if known.contains(&"breaths") => &mut fields.breaths,
                _ => return Err(de::Error::unknown_field(&key, known)),
            };
            if slot.replace(map.next_value()?).is_some() {
                return Err(de::Error::custom(format_args!("duplicate field `{key}`")));
            }
        }
        Ok(fields)
    }

    fn elastic(&self) -> Option<(f64, f64, f64)> {
        Some((self.min?, self.ideal?, self.max?))
    }

    fn any_elastic(&self) -> bool {
        self.min.is_some() || self.ideal.is_some() || self.max.is_some()
    }
}
