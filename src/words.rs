//! Every word that a person sees, in their language: typed, so that a missing or a strange key does not read. The files
//! are `assets/words/{en,es}.ron`; places to fill in are written `{name}`.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::names::{Area, Goal, Position, Tag, Tool};

/// A language that the app speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Spanish.
    Spanish,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::Spanish];

    /// The language of the machine, where we speak it; `locale` is as in `LANG`, such as `es_MX.UTF-8`.
    pub fn of(locale: &str) -> Self {
        if locale.starts_with("es") {
            Self::Spanish
        } else {
            Self::English
        }
    }

    fn text(self) -> &'static str {
        match self {
            Self::English => include_str!("../assets/words/en.ron"),
            Self::Spanish => include_str!("../assets/words/es.ron"),
        }
    }
}

/// Makes the groups of words: structs whose fields are texts.
macro_rules! words {
    ($($group:ident: $name:ident { $($field:ident),+ $(,)? })+) => {
        $(
            /// The words of one part of the window.
            #[derive(Clone, Debug, Deserialize, Serialize)]
            #[serde(deny_unknown_fields)]
            pub struct $name { $(#[doc = stringify!($field)] pub $field: String),+ }
        )+

        /// All words.
        #[derive(Clone, Debug, Deserialize, Serialize)]
        #[serde(deny_unknown_fields)]
        pub struct Words {
            $(#[doc = stringify!($group)] pub $group: $name,)+
            /// What each thing that can be done is called, and what it does.
            pub acts: BTreeMap<String, Said>,
            /// The pressure dial.
            pub band: Dial,
            /// Parts of the body.
            pub areas: BTreeMap<Area, String>,
            /// The same, as it is said in the middle of a sentence.
            pub parts: BTreeMap<Area, String>,
            /// Why something is not heard, by the English of it.
            pub unheard: BTreeMap<String, String>,
            /// Our own colours, by their names in the theme.
            pub colours: BTreeMap<String, String>,
            /// What is kept, by its name in the store.
            pub kept: BTreeMap<String, String>,
            /// What a routine is meant for.
            pub goals: BTreeMap<Goal, String>,
            /// Places to be in.
            pub positions: BTreeMap<Position, String>,
            /// Things at hand.
            pub tools: BTreeMap<Tool, String>,
            /// What can be true of a person's health.
            pub tags: BTreeMap<Tag, String>,
            /// What is done, by the kind of the step.
            pub kinds: BTreeMap<String, String>,
            /// Names of keys that have no letter.
            pub keys: BTreeMap<String, String>,
            /// The months.
            pub months: [String; 12],
            /// The weekdays' initials, Monday first.
            pub weekdays: [String; 7],
        }
    };
}

/// Displays what can be said in any language by its English words, as the command line does.
macro_rules! in_english {
    ($($told:ty),+ $(,)?) => {
        $(impl std::fmt::Display for $told {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.said($crate::words::Words::of($crate::words::Language::English)))
            }
        })+
    };
}
pub(crate) use in_english;

/// What something is called, and what it does in a few words.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// On the button.
    pub name: String,
    /// When the pointer rests, and on the help page.
    pub hint: String,
}

/// The words of the pressure dial.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Dial {
    /// What it is.
    pub name: String,
    /// Its upper end.
    pub firm: String,
    /// Its lower end.
    pub soft: String,
    /// A band in a sentence.
    pub sentence: String,
    /// What each number means, 0 … 10.
    pub meaning: [String; 11],
}

words! {
    app: AppWords { title, menu, close, cancel, done, show, hide, keep }
    count: CountWords { minutes_one, minutes_many, minutes_range, minutes_short, sessions_one, sessions_many, date, decimal }
    rating: RatingWords { value, unanswered, low, high }
    style: StyleWords { relaxation, therapeutic, blend, all }
    section: SectionWords { arrive, soften, bridge, release, integrate, close }
    today: TodayWords {
        morning, afternoon, evening, night, from_studio, next_visit, first_line, first_title, first_promise, about_link,
        begin, unfinished, carry_on, let_go, plan_from, plan_day, kept, not_today, put_off, after_all, due, question, place,
        somewhere_else, fewer_places, tight, tight_low, tight_high, stress, stress_low, stress_high, pain, pain_low,
        pain_high, sleep, sleep_low, sleep_high, time, more, less, wish, wish_calm, wish_ease, wish_both, wish_unsure,
        position, tools, bedtime, suggestion, other_ways, note_from, yesterday, ache,
    }
    safety: SafetyWords {
        title, none, some, more, emergency_body, emergency_number, urgent_body,
        ask_title, ask_body, ask_ok, ask_soft, health_title, health_lead, health_none, health_go, breathing, understood, first, soon, ask,
    }
    routine: RoutineWords {
        length, needs, nothing, cautions, reviewed, unreviewed, variation, take, sections,
        side, tighter_left, tighter_right, tighter_none,
    }
    library: LibraryWords {
        title, search, search_hint, minutes_ten, minutes_twenty, minutes_thirty, empty, broken,
        count_one, count_many, area_any, hands_only, cautions_some, more, less, part, position, tools, goal,
    }
    player: PlayerWords {
        pacer, left, right, progress, time_left, then, last, in_place, unanswered_soft, soft, deeper,
        inhale, top_up, hold, exhale, empty, rest, paused, get_ready, switch_sides, push, ease, stretch,
        tense, release, between, finished, where_am_i,
        volume, volume_value, lying, lying_out, leave_title, leave_body, leave_yes, leave_no, press_space,
    }
    said: SaidWords {
        gate_ready, gate_rating, gate_soft, gate_branch, left_side, right_side, seconds_one, seconds_many, time, here, next,
        done, back,
    }
    take: TakeWords {
        format, mp3, mp3_hint, flac, flac_hint, opus, opus_hint, wav, wav_hint, page, page_hint, folder, make, made,
        made_mute, stopped,
    }
    work: WorkWords { taking, visiting, exporting, bringing, removing, opening, devices, left, stop, stopping, reading, wait, reminding, broken_off }
    stop: StopWords { title, body, blocked, done, call }
    after: AfterWords {
        title, stopped, tension, stress, before, pressure, too_light, right, too_much, note, note_hint, done,
        soreness, settled, settled_low, settled_high, warm, warm_low, warm_high, ease, ease_low, ease_high, even, even_low,
        even_high, tomorrow, calmer,
    }
    journey: JourneyWords {
        title, empty_title, empty_body, unpaired_title, unpaired_body, chart_summary, usually, worse, trend_from, picture, table, date,
        before, after, practised, practised_summary, weeks_practised, visit, visit_lead, visit_area,
        visit_notes, visit_checks, visit_sessions, visit_pain, visit_pressure, visit_plan, visit_make, visit_made, range, range_same, range_more, range_less, range_add, range_first, range_empty, check, first, newest, change, remove_data,
        entries, entry_remove, entry_sure, stress, worse_none, regress,
    }
    settings: SettingsWords {
        title, sound, sound_check, sound_check_hint, sound_check_none, volume, voice_volume, bed_volume, tone_volume, talk, talk_full,
        talk_brief, talk_tones, talk_silent, talk_hint, look, text_size, text_size_value, theme, theme_system, theme_light,
        theme_dark, theme_contrast, still, still_hint, captions, large_captions, flash, flash_hint, latency, latency_hint,
        latency_value, device, device_usual, device_others, voice_program, voice_program_example, voice_program_hint, language, reminders, remind, remind_hint, remind_from, remind_login, no_timer, quiet_from, quiet_until,
        tick_place, tick_everywhere, tick_asked, health, health_hint, data,
        data_where, data_export, data_exported, data_bring, data_bring_hint, data_brought, data_kept, data_remove,
        data_remove_sure, data_remove_yes, data_removed, data_left, guest,
        guest_hint, weeks, weeks_hint, about, reader, reader_hint, reader_none,
        count, count_hint,
    }
    reason: ReasonWords {
        because, nothing, no_numbers, and, emergency, urgent, pain_stop, rising, calm_first, bedtime_blend, bedtime, calm, focused, blend,
        short, stop, of_signs, of_health, of_rising, wish_calm, wish_ease, wish_both, stress, sleep, tension_in, tension, pain, locked,
    }
    session: SessionWords {
        sound_back_key,
        place_kept, goes_on_silent, device_gone, device_none, device_absent, device_refused, device_mute, cannot_change,
        nothing_changes, too_late, not_written,
    }
    failure: FailureWords {
        journal_recovered, journal_more, journal_copy, journal_folder, journal_newer, journal_full,
        journal_read_only, journal_no_entry, journal_unusable, import_shape, import_impossible, import_newer,
        data_read, data_write, data_remove, data_archive, data_packed, data_foreign, store_read, store_write,
        store_newer, plan_unread, plan_mistakes, sound_ending, captions_ending, no_mp3, wav_too_long, sound_full,
        sound_unwritten, sound_stopped, no_notifications, no_timer,
        voice_program, voice_recordings, voice_tones, voice_mute,
    }
    adherence: AdherenceWords { nothing, kept, one_rest, many_rests }
    summary: SummaryWords {
        title, span, did, done_on, session, sessions, day, days, time, times, routine, all, tension, stress, pain, before,
        after, count, better, worse, ache, pressure, pressure_counts, movement, first, newest, less, same, more, left, right,
        floor, wall, shoulder, plan, plan_line, notes, foot,
    }
    left_out: LeftOutWords { stop, softer, locked, position, tools, health }
    measure: MeasureWords {
        lead, floor, wall, shoulder, floor_how, wall_how, shoulder_how, smallest, centimetres, marks, one_mark, not_measured, felt, keep,
    }
    remind: RemindWords { due, due_for }
    about: AboutWords {
        title, is_title, is_body, not_title, not_body, keeps_title, keeps_body, licence_title, licence_body,
    }
    studio: StudioWords { title, own_words, contact, booking, number, none, accent_refused, accent_none, logo }
    help: HelpWords { title, lead, everywhere, player, no_key, rating, lists }
    notice: NoticeWords { theme_mistake, opened, not_opened, not_ron, routine_gone, no_display, no_gl, no_library, no_home, reader_question, reader_lead, reader_ours, reader_theirs, kept_aside, newer, logo, plan_followed }
}

impl Words {
    /// The words of a language.
    fn read(language: Language) -> Self {
        ron::from_str(language.text()).expect("the built-in words read: a test opens both files")
    }

    /// The words of a language, read once.
    pub fn of(language: Language) -> &'static Self {
        static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::read(Language::English));
        static SPANISH: LazyLock<Words> = LazyLock::new(|| Words::read(Language::Spanish));
        match language {
            Language::English => &ENGLISH,
            Language::Spanish => &SPANISH,
        }
    }

    /// A text with its places filled in.
    pub fn fill(&self, text: &str, places: &[(&str, &dyn Display)]) -> String {
        let mut filled = text.to_owned();
        for (name, value) in places {
            filled = filled.replace(&format!("{{{name}}}"), &value.to_string());
        }
        filled
    }

    /// A length in minutes: `1 minute`, `10 minutes`.
    pub fn minutes(&self, minutes: u32) -> String {
        let text = if minutes == 1 {
            &self.count.minutes_one
        } else {
            &self.count.minutes_many
        };
        self.fill(text, &[("n", &minutes)])
    }

    /// A number with its noun, in the singular where there is exactly one.
    pub fn counted(&self, n: usize, one: &str, many: &str) -> String {
        self.fill(if n == 1 { one } else { many }, &[("n", &n)])
    }

    /// A number as it is read: whole, or with one place after the decimal sign.
    pub fn number(&self, value: f64) -> String {
        let places = usize::from(value.fract() != 0.0);
        format!("{value:.places$}").replace('.', &self.count.decimal)
    }

    /// Words in a sentence: "stress, sleep and pain".
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [rest @ .., last] => format!("{} {} {last}", rest.join(", "), self.reason.and),
        }
    }

    /// Areas as a person says them in a sentence: "neck and chest".
    pub fn places(&self, areas: &[Area]) -> String {
        let names: Vec<String> = areas.iter().map(|area| self.parts[area].clone()).collect();
        self.list(&names)
    }

    /// So many sessions: `1 session`, `10 sessions`.
    pub fn sessions(&self, sessions: usize) -> String {
        let text = if sessions == 1 {
            &self.count.sessions_one
        } else {
            &self.count.sessions_many
        };
        self.fill(text, &[("n", &sessions)])
    }

    /// From how many minutes to how many: `6–8 min`, or `10 min` where they are the same.
    pub fn minutes_range(&self, least: u32, most: u32) -> String {
        if least == most {
            return self.fill(&self.count.minutes_short, &[("n", &least)]);
        }
        self.fill(
            &self.count.minutes_range,
            &[("least", &least), ("most", &most)],
        )
    }

    /// How something is done, and with what: its first position and two of its tools.
    pub fn manner(&self, positions: &[Position], tools: &[Tool]) -> Vec<String> {
        let position = positions.first().map(|position| &self.positions[position]);
        let tools = tools.iter().take(2).map(|tool| &self.tools[tool]);
        position
            .into_iter()
            .chain(tools)
            .map(|name| name.to_lowercase())
            .collect()
    }

    /// What an act of the window is called.
    pub fn act(&self, act: impl AsRef<str>) -> &Said {
        &self.acts[act.as_ref()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names;

    /// All texts with the path to each.
    fn texts(language: Language) -> BTreeMap<String, String> {
        fn walk(value: &serde_json::Value, path: String, into: &mut BTreeMap<String, String>) {
            match value {
                serde_json::Value::String(text) => drop(into.insert(path, text.clone())),
                serde_json::Value::Array(list) => {
                    for (index, value) in list.iter().enumerate() {
                        walk(value, format!("{path}[{index}]"), into);
                    }
                }
                serde_json::Value::Object(map) => {
                    for (key, value) in map {
                        walk(value, format!("{path}.{key}"), into);
                    }
                }
                other => panic!("{path} is {other}"),
            }
        }
        let value = serde_json::to_value(Words::of(language)).expect("words are plain");
        let mut into = BTreeMap::new();
        walk(&value, String::new(), &mut into);
        into
    }

    fn places(text: &str) -> Vec<&str> {
        let mut places: Vec<&str> = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next())
            .collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    #[test]
    fn both_languages_have_the_same_keys_and_places() {
        let (english, spanish) = (texts(Language::English), texts(Language::Spanish));
        assert_eq!(
            english.keys().collect::<Vec<_>>(),
            spanish.keys().collect::<Vec<_>>()
        );
        for (key, text) in &english {
            assert!(
                !text.trim().is_empty() && !spanish[key].trim().is_empty(),
                "{key} is empty"
            );
            assert_eq!(
                places(text),
                places(&spanish[key]),
                "{key} fills in other places"
            );
        }
    }

    #[test]
    fn every_name_has_a_word() {
        let words = Words::of(Language::English);
        assert_eq!(words.areas.len(), names::Area::ALL.len());
        assert_eq!(words.parts.len(), names::Area::ALL.len());
        assert_eq!(words.positions.len(), names::Position::ALL.len());
        assert_eq!(words.tools.len(), names::Tool::ALL.len());
        assert_eq!(words.tags.len(), names::Tag::ALL.len());
        assert_eq!(words.goals.len(), names::Goal::ALL.len());
    }

    #[test]
    fn lengths_read_well() {
        let words = Words::of(Language::English);
        assert_eq!(words.minutes(1), "1 minute");
        assert_eq!(words.minutes(10), "10 minutes");
        assert_eq!(words.minutes_range(6, 8), "6–8 min");
        assert_eq!(words.minutes_range(8, 8), "8 min");
    }

    #[test]
    fn a_half_is_written_as_in_its_language() {
        for (language, whole, half) in [
            (Language::English, "6", "4.5"),
            (Language::Spanish, "6", "4,5"),
        ] {
            let words = Words::of(language);
            assert_eq!(
                (words.number(6.0), words.number(4.5)),
                (whole.into(), half.into())
            );
        }
    }

    #[test]
    fn the_language_of_the_machine_is_taken_where_we_speak_it() {
        assert_eq!(Language::of("es_MX.UTF-8"), Language::Spanish);
        assert_eq!(Language::of("de_DE.UTF-8"), Language::English);
        assert_eq!(Language::of("C"), Language::English);
    }
}
