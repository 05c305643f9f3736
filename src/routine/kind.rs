//! The kinds of step: one file each, with its fields.

pub mod ask;
pub mod breathe;
pub mod choose;
pub mod contract_relax;
pub mod ground;
pub mod group;
pub mod include;
pub mod melt;
pub mod r#move;
pub mod press;
pub mod rest;
pub mod roll;
pub mod say;
pub mod scan;
pub mod stretch;
pub mod stroke;
pub mod tense_release;
pub mod wait;

use serde::{Deserialize, Serialize};

use crate::units::Band;

pub use ask::Ask;
pub use breathe::Breathe;
pub use choose::Choose;
pub use contract_relax::ContractRelax;
pub use ground::Ground;
pub use group::Group;
pub use include::Include;
pub use melt::Melt;
pub use r#move::Move;
pub use press::Press;
pub use rest::Rest;
pub use roll::Roll;
pub use say::Say;
pub use scan::Scan;
pub use stretch::Stretch;
pub use stroke::Stroke;
pub use tense_release::TenseRelease;
pub use wait::Wait;

/// What a step does.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename = "KindOfStep")] // what a message to the author calls it
pub enum Do {
    /// Time without a task: arriving, letting go, ending.
    Rest(Rest),
    /// Time for words alone.
    Say(Say),
    /// Paced or natural breathing.
    Breathe(Breathe),
    /// Press a spot and wait.
    Press(Press),
    /// Lean in and let it melt.
    Melt(Melt),
    /// Roll slowly along a path.
    Roll(Roll),
    /// Stroke slowly along a path; slow deep glides are strokes of 10–20 s.
    Stroke(Stroke),
    /// Lengthen and stay.
    Stretch(Stretch),
    /// Push a little, let go, lengthen.
    ContractRelax(ContractRelax),
    /// Move slowly and without pain.
    Move(Move),
    /// Tense a group of muscles at half effort, then let go.
    TenseRelease(TenseRelease),
    /// Rest the attention in one region after another.
    Scan(Scan),
    /// Come back through the senses.
    Ground(Ground),
    /// Ask for a number; unanswered it is "not asked", never 0.
    Ask(Ask),
    /// Wait until the person is ready; goes on by itself at its time-out.
    Wait(Wait),
    /// Let the person choose how to go on.
    Choose(Choose),
    /// Steps that belong together, several times over.
    Group(Group),
    /// Steps of another routine.
    Include(Include),
}

impl Do {
    /// How much pressure it asks for, where it asks for some.
    pub fn pressure_mut(&mut self) -> Option<&mut Band> {
        match self {
            Self::Press(press) => Some(&mut press.pressure),
            Self::Melt(melt) => Some(&mut melt.pressure),
            Self::Roll(roll) => Some(&mut roll.pressure),
            Self::Stroke(stroke) => Some(&mut stroke.pressure),
            Self::Stretch(stretch) => Some(&mut stretch.pressure),
            Self::ContractRelax(contract_relax) => {
                Some(contract_relax.pressure.get_or_insert(ContractRelax::USUAL))
            }
            _ => None,
        }
    }

    /// What a person reads where the author wrote no title (`content.md` 2.1), in English, and in Spanish for `es`.
    pub fn words(&self, language: &str) -> &'static str {
        let (english, spanish) = match self {
            Self::Rest(_) => ("Rest", "Descanso"),
            Self::Say(_) => ("Listen", "Escucha"),
            Self::Breathe(_) => ("Breathe", "Respira"),
            Self::Press(_) => ("Press and wait", "Presiona y espera"),
            Self::Melt(_) => ("Lean and melt", "Apóyate y suelta"),
            Self::Roll(_) => ("Slow roll", "Rodar despacio"),
            Self::Stroke(_) => ("Slow strokes", "Pases lentos"),
            Self::Stretch(_) => ("Stretch", "Estira"),
            Self::ContractRelax(_) => ("Push, let go, stretch", "Empuja, suelta, estira"),
            Self::Move(_) => ("Move slowly", "Muévete despacio"),
            Self::TenseRelease(_) => ("Tense and let go", "Tensa y suelta"),
            Self::Scan(_) => ("Body scan", "Recorrido por el cuerpo"),
            Self::Ground(_) => ("Come to your senses", "Vuelve a tus sentidos"),
            Self::Ask(_) => ("A question", "Una pregunta"),
            Self::Wait(_) => ("Get ready", "Prepárate"),
            Self::Choose(_) => ("Your choice", "Tú eliges"),
            Self::Group(_) => ("Together", "En conjunto"),
            Self::Include(_) => ("From another routine", "De otra rutina"),
        };
        if language.starts_with("es") {
            spanish
        } else {
            english
        }
    }

    /// The name of the kind in JSON.
    pub const fn kebab(&self) -> &'static str {
        match self {
            Self::Rest(_) => "rest",
            Self::Say(_) => "say",
            Self::Breathe(_) => "breathe",
            Self::Press(_) => "press",
            Self::Melt(_) => "melt",
            Self::Roll(_) => "roll",
            Self::Stroke(_) => "stroke",
            Self::Stretch(_) => "stretch",
            Self::ContractRelax(_) => "contract-relax",
            Self::Move(_) => "move",
            Self::TenseRelease(_) => "tense-release",
            Self::Scan(_) => "scan",
            Self::Ground(_) => "ground",
            Self::Ask(_) => "ask",
            Self::Wait(_) => "wait",
            Self::Choose(_) => "choose",
            Self::Group(_) => "group",
            Self::Include(_) => "include",
        }
    }
}
