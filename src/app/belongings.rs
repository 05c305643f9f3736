//! What is kept of a person and of a studio, read together: at the start, and when other hands have changed it.

use super::settings::Settings;
use super::words::Words;
use super::world::World;
use crate::plan::Followed;
use crate::profile::Profile;
use crate::store::journal::Journal;
use crate::store::{self, Folders, StoreError, Trouble};
use crate::studio::Studio;

/// What is kept, as it was read, or the usual where it could not be.
pub struct Belongings {
    /// The journal, where it could be opened.
    pub journal: Option<Journal>,
    /// What is kept about the person.
    pub profile: Profile,
    /// The plan that is followed.
    pub followed: Followed,
    /// The studio.
    pub studio: Studio,
    /// What was chosen in the settings.
    pub settings: Settings,
    /// What the person should hear about the reading, each a sentence.
    pub notices: Vec<String>,
}

impl Belongings {
    /// Reads all of it; a file that cannot be read is kept aside.
    pub fn read(folders: &Folders, words: &Words) -> Self {
        let mut notices = Vec::new();
        let journal = Journal::open(folders)
            .map_err(|error| notices.push(error.said(words)))
            .ok();
        let met = journal.iter().flat_map(Journal::take_notices);
        notices.extend(met.map(|notice| notice.said(words)));
        let profile = found(folders.profile(), words, &mut notices);
        let followed = found(folders.followed(), words, &mut notices);
        let (studio, problems) = folders.studio_settings();
        notices.extend(problems);
        let settings = store::read::<Settings>(&folders.settings());
        let settings = found(settings.map(store::Found::or_default), words, &mut notices);
        Self {
            journal,
            profile,
            followed,
            studio,
            settings,
            notices,
        }
    }
}

impl World {
    /// Takes over what is kept; answers with the settings and with what is to be said.
    pub fn take(&mut self, kept: Belongings) -> (Settings, Vec<String>) {
        self.journal = kept.journal;
        self.profile = kept.profile;
        self.followed = kept.followed;
        self.studio = kept.studio;
        (kept.settings, kept.notices)
    }
}

/// What was found, or the default; what is to be said of it goes to the notices.
fn found<T: Default>(
    found: Result<(T, Option<Trouble>), StoreError>,
    words: &Words,
    notices: &mut Vec<String>,
) -> T {
    let (value, said) = match found {
        Ok((value, trouble)) => (value, trouble.map(|trouble| trouble.said(words))),
        Err(error) => (T::default(), Some(error.said(words))),
    };
    notices.extend(said);
    value
}
