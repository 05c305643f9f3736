//! "Something feels wrong": for each area what to do now and when to get help. Constants of the program, as the safety
//! list (`content.md` 2.3, stop and refer lines).

use super::safety::{EMERGENCY, Text};
use crate::names::Area;

/// What is shown when something feels wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StopCard {
    /// What to do now.
    pub now: Text,
    /// When to call for help, before [`EMERGENCY`].
    pub call: Text,
    /// The words for that call.
    pub emergency: Text,
    /// When to tell the therapist or a doctor.
    pub tell: Text,
}

/// The card of an area; the whole body's for a routine without one.
pub fn stop_card(area: Area) -> StopCard {
    let (now, call, tell) = match area {
        Area::Jaw | Area::Face => (JAW, CHEST_CALL, JAW_TELL),
        Area::Head | Area::SkullBase | Area::Neck => (NECK, NECK_CALL, ARM_TELL),
        Area::Chest => (CHEST, CHEST_CALL, ARM_TELL),
        Area::BackOfShoulder | Area::Forearms | Area::Hands => (ARM, CHEST_CALL, ARM_TELL),
        Area::MidBack | Area::LowBack => (BACK, BACK_CALL, LEG_TELL),
        Area::Calves | Area::Soles => (LEG, CLOT_CALL, CLOT_TELL),
        Area::Hips | Area::HipFlexors | Area::Hamstrings | Area::Thighs | Area::InnerThighs => {
            (LEG, BACK_CALL, LEG_TELL)
        }
        Area::Belly | Area::Whole => (BREATH, CHEST_CALL, WHOLE_TELL),
    };
    StopCard {
        now,
        call,
        emergency: EMERGENCY,
        tell,
    }
}

const JAW: Text = Text::new(
    "Take your hands away. Let the jaw hang, lips closed, teeth apart. Breathe as it comes.",
    "Retira las manos. Deja caer la mandíbula, labios cerrados, dientes separados. Respira como venga.",
);
const NECK: Text = Text::new(
    "Take hands and balls away. Bring your head to the middle and rest it. Breathe as it comes.",
    "Retira manos y pelotas. Lleva la cabeza al centro y apóyala. Respira como venga.",
);
const CHEST: Text = Text::new(
    "Step away from the wall or the doorway. Sit down, arms low. Breathe as it comes.",
    "Apártate de la pared o la puerta. Siéntate, brazos abajo. Respira como venga.",
);
const ARM: Text = Text::new(
    "Let go of the pressure. Let the arm hang or rest in your lap. Breathe as it comes.",
    "Suelta la presión. Deja el brazo colgar o en tu regazo. Respira como venga.",
);
const BACK: Text = Text::new(
    "Come off the ball or the roller. Lie on your side or sit, knees bent. Breathe as it comes.",
    "Sal de la pelota o el rodillo. Túmbate de lado o siéntate, rodillas dobladas. Respira como venga.",
);
const LEG: Text = Text::new(
    "Come off the ball or out of the stretch. Sit or lie, leg at rest. Breathe as it comes.",
    "Sal de la pelota o del estiramiento. Siéntate o túmbate, la pierna en reposo. Respira como venga.",
);
const BREATH: Text = Text::new(
    "Open your eyes. Breathe any way you like. Press your feet into the floor.",
    "Abre los ojos. Respira como quieras. Apoya los pies en el suelo.",
);

const NECK_CALL: Text = Text::new(
    "Dizzy, seeing double, trouble speaking or swallowing, numb face, or a sudden bad headache:",
    "Mareo, visión doble, dificultad para hablar o tragar, cara dormida o un dolor de cabeza fuerte y repentino:",
);
const CHEST_CALL: Text = Text::new(
    "Chest pain or tightness, sudden breathlessness, or pain that goes to jaw or arm:",
    "Dolor u opresión en el pecho, falta de aire repentina o dolor que va a la mandíbula o al brazo:",
);
const BACK_CALL: Text = Text::new(
    "Numb between the legs, a new bladder or bowel change, or weakness in both legs:",
    "Entumecimiento entre las piernas, un cambio al orinar o evacuar, o debilidad en ambas piernas:",
);
const CLOT_CALL: Text = Text::new(
    "A swollen, painful leg and breathlessness or chest pain:",
    "Una pierna hinchada y dolorosa, con falta de aire o dolor de pecho:",
);

const JAW_TELL: Text = Text::new(
    "If the jaw locks, or chewing hurts with a new headache: see a doctor today.",
    "Si la mandíbula se traba, o masticar duele con un dolor de cabeza nuevo: ve al médico hoy.",
);
const ARM_TELL: Text = Text::new(
    "If tingling, numbness or weakness in an arm stays: see a doctor today, and tell your therapist.",
    "Si persiste el hormigueo, entumecimiento o debilidad de un brazo: ve al médico hoy y díselo a tu terapeuta.",
);
const LEG_TELL: Text = Text::new(
    "If pain shoots down a leg, or numbness or weakness stays: see a doctor today, and tell your therapist.",
    "Si el dolor baja por una pierna, o persiste el entumecimiento o la debilidad: ve al médico hoy y díselo a tu terapeuta.",
);
const CLOT_TELL: Text = Text::new(
    "If one leg is swollen, warm, red or throbbing: do not press it, and see a doctor today.",
    "Si una pierna está hinchada, caliente, roja o palpita: no la presiones y ve al médico hoy.",
);
const WHOLE_TELL: Text = Text::new(
    "If you are still light-headed after five minutes, or it worries you: get help, and tell your therapist.",
    "Si sigues con mareo tras cinco minutos, o te preocupa: pide ayuda y díselo a tu terapeuta.",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkin::safety::Language;

    #[test]
    fn every_area_has_a_card_with_the_emergency_words() {
        for &area in Area::ALL {
            let card = stop_card(area);
            assert_eq!(card.emergency, EMERGENCY);
            for language in [Language::English, Language::Spanish] {
                assert!(card.call.said(language).ends_with(':'), "{area}");
                assert!(
                    card.now.said(language).ends_with('.')
                        && card.tell.said(language).ends_with('.'),
                    "{area}"
                );
            }
        }
    }
}
