//! Other words for the fields of a routine: what an author writes who thinks in the words of the trade.

/// Another word, and the fields that it can stand for, the likelier first.
const SYNONYMS: &[(&str, &[&str])] = &[
    ("after", &["rest", "after_care"]),
    ("breathe_in", &["inhale"]),
    ("breathe_out", &["exhale"]),
    ("caution", &["cautions"]),
    ("contraindications", &["cautions"]),
    ("cues", &["say"]),
    ("cycles", &["breaths", "times"]),
    ("depth", &["pressure"]),
    ("distance", &["cm"]),
    ("duration", &["length", "seconds", "each"]),
    ("equipment", &["tools"]),
    ("force", &["pressure", "effort"]),
    ("hold", &["length", "stretch"]),
    ("id", &["name"]),
    ("image", &["pose"]),
    ("in", &["inhale"]),
    ("intensity", &["pressure", "effort"]),
    ("kind", &["do", "section"]),
    ("line", &["text"]),
    ("lines", &["say"]),
    ("location", &["spot", "path"]),
    ("message", &["text"]),
    ("muscles", &["groups", "areas"]),
    ("name", &["title"]),
    ("out", &["exhale"]),
    ("pause", &["between", "empty", "rest"]),
    ("picture", &["pose"]),
    ("place", &["spot"]),
    ("posture", &["pose", "positions"]),
    ("reps", &["times"]),
    ("repeat", &["times"]),
    ("repetitions", &["times"]),
    ("rounds", &["times"]),
    ("script", &["say"]),
    ("seconds", &["length", "each"]),
    ("sides", &["side"]),
    ("speech", &["say"]),
    ("sound", &["bed"]),
    ("summary", &["description", "promise"]),
    ("time", &["length", "at"]),
    ("type", &["kind", "do", "section"]),
    ("where", &["spot", "path"]),
    ("words", &["text"]),
];

/// The field that another word for it stands for.
pub(super) fn synonym<'a>(
    written: &str,
    mut known: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let written = written.to_ascii_lowercase();
    let (_, meant) = SYNONYMS.iter().find(|(word, _)| *word == written)?;
    let mut found: Vec<&str> = known.by_ref().filter(|name| meant.contains(name)).collect();
    found.sort_by_key(|name| meant.iter().position(|word| word == name));
    found.first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(written: &str, known: &[&str], meant: Option<&str>) {
        assert_eq!(synonym(written, known.iter().copied()), meant);
    }

    #[test]
    fn other_words_are_understood_where_the_field_exists() {
        case("out", &["inhale", "exhale"], Some("exhale"));
        case("Duration", &["each", "length"], Some("length"));
        case("duration", &["each"], Some("each"));
        case("reps", &["length"], None);
        case("elephant", &["length"], None);
    }
}
