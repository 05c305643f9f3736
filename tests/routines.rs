//! The routines that Rootwell ships.

use std::fs;
use std::path::{Path, PathBuf};

use rootwell::routine::Routine;

/// Every shipped routine with its path, sorted.
pub(crate) fn shipped() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("routines");
    let mut files: Vec<PathBuf> = ["relaxation", "therapeutic", "blend"]
        .iter()
        .flat_map(|style| fs::read_dir(root.join(style)).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

#[test]
fn every_shipped_routine_is_plain_ron() {
    let extensions = ron::extensions::Extensions::IMPLICIT_SOME
        | ron::extensions::Extensions::UNWRAP_VARIANT_NEWTYPES;
    let options = ron::Options::default().with_default_extension(extensions);
    for path in shipped() {
        let text = fs::read_to_string(&path).unwrap();
        let routine: Routine = options
            .from_str(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let folder = path.parent().unwrap().file_name().unwrap();
        assert_eq!(folder, routine.style.kebab(), "{}", path.display());
    }
    assert_eq!(shipped().len(), 8);
}
