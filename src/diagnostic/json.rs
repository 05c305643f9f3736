//! Diagnostics as the objects of `check --json`.

use serde::Serialize;

use super::{Diagnostic, Level};
use crate::source::Source;

/// The one object that `check --json` prints.
#[derive(Serialize, Debug)]
pub struct Report<'a> {
    /// The version of this format, 1.
    pub version: u32,
    /// How many files were checked.
    pub files: usize,
    /// Sorted by file, line, column and code.
    pub diagnostics: Vec<Entry<'a>>,
}

impl<'a> Report<'a> {
    /// A report over so many files; the entries are put in order here.
    pub fn new(files: usize, mut diagnostics: Vec<Entry<'a>>) -> Self {
        diagnostics.sort_by(|a, b| {
            (&a.file, a.line, a.column, &a.code).cmp(&(&b.file, b.line, b.column, &b.code))
        });
        Self {
            version: 1,
            files,
            diagnostics,
        }
    }
}

/// One diagnostic, complete without its source.
#[derive(Serialize, Debug)]
pub struct Entry<'a> {
    code: &'static str,
    level: Level,
    message: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    path: Option<&'a str>,
    notes: &'a [String],
    fix: Option<FixEntry<'a>>,
}

#[derive(Serialize, Debug)]
struct FixEntry<'a> {
    message: &'a str,
    edits: Vec<EditEntry<'a>>,
}

#[derive(Serialize, Debug)]
struct EditEntry<'a> {
    start: u32,
    end: u32,
    text: &'a str,
}

impl<'a> Entry<'a> {
    /// The entry of a diagnostic in its source.
    pub fn new(source: &'a Source, diagnostic: &'a Diagnostic) -> Self {
        let start = source.line_column(diagnostic.span.start as usize);
        let end = source.line_column(diagnostic.span.end as usize);
        Self {
            code: diagnostic.code,
            level: diagnostic.level,
            message: &diagnostic.message,
            file: &source.name,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            path: diagnostic.path.as_deref(),
            notes: &diagnostic.notes,
            fix: diagnostic.fix.as_ref().map(|fix| FixEntry {
                message: &fix.message,
                edits: fix
                    .edits
                    .iter()
                    .map(|edit| EditEntry {
                        start: edit.span.start,
                        end: edit.span.end,
                        text: &edit.text,
                    })
                    .collect(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Edit;
    use crate::source::Span;

    #[test]
    fn every_field_of_the_contract_is_there() {
        let source = Source::new("b.ron", "Routine(\n  title: “A”,\n)");
        let span = Span::new(18, 25);
        let full = Diagnostic {
            path: Some("title".to_owned()),
            ..Diagnostic::at("RW010", Level::Error, span, "curly quotes")
                .note("say why")
                .fix("use straight quotes", vec![Edit::new(span, "\"A\"")])
        };
        let other = Source::new("a.ron", "");
        let bare = Diagnostic::unreadable("gone");
        let report = Report::new(
            2,
            vec![Entry::new(&source, &full), Entry::new(&other, &bare)],
        );
        assert_eq!(
            serde_json::to_string(&report).unwrap(),
            concat!(
                r#"{"version":1,"files":2,"diagnostics":["#,
                r#"{"code":"RW001","level":"error","message":"gone","file":"a.ron","line":1,"column":1,"#,
                r#""end_line":1,"end_column":1,"path":null,"notes":[],"fix":null},"#,
                r#"{"code":"RW010","level":"error","message":"curly quotes","file":"b.ron","line":2,"column":10,"#,
                r#""end_line":2,"end_column":13,"path":"title","notes":["say why"],"#,
                r#""fix":{"message":"use straight quotes","edits":[{"start":18,"end":25,"text":"\"A\""}]}}]}"#
            )
        );
    }
}
