//! Watches the theme's files while the app is being worked on: an edit shows at once, a mistake keeps the last good
//! look and is told once.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::{Measure, Name, Theme};

/// How often the files' times are looked at.
const LOOK: Duration = Duration::from_millis(400);

/// The files of a look, read again when they change. In release builds there is nothing to watch.
pub struct Reload {
    folder: PathBuf,
    seen: Option<(Name, [Option<SystemTime>; 2])>,
}

/// What an edit brought.
pub enum Edit {
    /// A new look.
    Fresh(Box<(Theme, Measure)>),
    /// A file with a mistake, in one sentence with the place.
    Mistake(String),
}

impl Reload {
    /// Watches the project's own theme files in debug builds: a thread looks at their times and wakes the window.
    pub fn for_work(ctx: &egui::Context) -> Option<Self> {
        let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/theme"));
        if !cfg!(debug_assertions) || !folder.is_dir() {
            return None;
        }
        let (ctx, watched) = (ctx.clone(), folder.clone());
        let watch = move || {
            let mut seen = times(&watched);
            loop {
                std::thread::sleep(LOOK);
                let now = times(&watched);
                if now != seen {
                    seen = now;
                    ctx.request_repaint();
                }
            }
        };
        std::thread::Builder::new()
            .name("theme".into())
            .spawn(watch)
            .ok()?;
        Some(Self::new(folder))
    }

    /// Watches the theme files in a folder.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, seen: None }
    }

    /// What has changed since the last look at the files; `None` when nothing has.
    pub fn poll(&mut self, name: Name) -> Option<Edit> {
        let paths = [
            self.folder.join(format!("{}.ron", name.stem())),
            self.folder.join("measure.ron"),
        ];
        let times = [0, 1].map(|i: usize| {
            std::fs::metadata(&paths[i])
                .and_then(|data| data.modified())
                .ok()
        });
        if self.seen == Some((name, times)) {
            return None;
        }
        let first = self.seen.is_none_or(|(seen, _)| seen != name);
        self.seen = Some((name, times));
        if first { None } else { Some(read(&paths)) }
    }
}

/// When each file of a folder was last written.
fn times(folder: &Path) -> Vec<Option<SystemTime>> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    files
        .map(|file| file.metadata().and_then(|data| data.modified()).ok())
        .collect()
}

fn read(paths: &[PathBuf; 2]) -> Edit {
    let text = |path: &PathBuf| {
        std::fs::read_to_string(path).map_err(|error| format!("{error}: {}", path.display()))
    };
    let place =
        |error: ron::error::SpannedError, path: &PathBuf| format!("{error}: {}", path.display());
    let both = || {
        let theme = Theme::read(&text(&paths[0])?).map_err(|error| place(error, &paths[0]))?;
        let measure = Measure::read(&text(&paths[1])?).map_err(|error| place(error, &paths[1]))?;
        Ok(Box::new((theme, measure)))
    };
    match both() {
        Ok(look) => Edit::Fresh(look),
        Err(sentence) => Edit::Mistake(sentence),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(folder: &std::path::Path, text: &str, age: u64) {
        let path = folder.join("light.ron");
        std::fs::write(&path, text).expect("the folder is ours");
        let file = std::fs::File::options()
            .write(true)
            .open(&path)
            .expect("just written");
        file.set_modified(SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(age))
            .expect("ours");
    }

    #[test]
    fn an_edit_shows_and_a_mistake_is_told_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let light = include_str!("../../../assets/theme/light.ron");
        std::fs::write(
            folder.path().join("measure.ron"),
            include_str!("../../../assets/theme/measure.ron"),
        )
        .expect("ours");
        edit(folder.path(), light, 1);
        let mut reload = Reload::new(folder.path().to_owned());
        assert!(
            reload.poll(Name::Light).is_none(),
            "the first look is the built-in one"
        );

        edit(folder.path(), &light.replace("F6F1E9", "F0F0F0"), 2);
        let Some(Edit::Fresh(look)) = reload.poll(Name::Light) else {
            panic!("the edit shows")
        };
        assert_eq!(look.0.ground.0.r(), 0xF0);

        edit(folder.path(), &light.replace("F6F1E9", "paper"), 3);
        let Some(Edit::Mistake(sentence)) = reload.poll(Name::Light) else {
            panic!("the mistake is told")
        };
        assert!(
            sentence.contains("`paper` is not a colour") && sentence.contains("light.ron"),
            "{sentence}"
        );
        assert!(reload.poll(Name::Light).is_none(), "and told once");
    }
}
