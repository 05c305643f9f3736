//! Diagnostics for a terminal, in the look of rustc; in plain sentences for a screen reader.
//!
//! The sentence comes first, then the place, then the fix, and the code last.

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level as Severity, Patch, Renderer, Snippet,
};

use super::{Diagnostic, Fix, Level};
use crate::source::{Source, Span};

/// How diagnostics are drawn.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Look {
    /// With the terminal's colours.
    pub colour: bool,
    /// As sentences with line and column, without any drawing.
    pub plain: bool,
}

/// The diagnostics of one source as text, a blank line after each.
pub fn render(source: &Source, diagnostics: &[Diagnostic], look: Look) -> String {
    let renderer = if look.colour && !look.plain {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.no_graphics(look.plain);
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&renderer.render(&report(source, diagnostic)));
        text.push_str("\n\n");
    }
    text
}

fn report<'a>(source: &'a Source, diagnostic: &'a Diagnostic) -> Vec<Group<'a>> {
    let code = Severity::NOTE
        .with_name("more")
        .message(format!("rootwell explain {}", diagnostic.code));
    let mut problem = severity(diagnostic.level)
        .primary_title(&diagnostic.message)
        .element(picture(source, diagnostic));
    problem = problem.elements(
        diagnostic
            .notes
            .iter()
            .map(|note| Severity::NOTE.message(note)),
    );
    match &diagnostic.fix {
        None => vec![problem.element(code)],
        Some(fix) => vec![problem, suggestion(source, fix).element(code)],
    }
}

fn severity(level: Level) -> Severity<'static> {
    match level {
        Level::Error => Severity::ERROR,
        Level::Warning => Severity::WARNING,
        Level::Note => Severity::NOTE,
    }
}

fn picture<'a>(source: &'a Source, diagnostic: &'a Diagnostic) -> Snippet<'a, Annotation<'a>> {
    let annotation = |kind: AnnotationKind, span: Span, text: &'a str| {
        let annotation = kind.span(within(source, span));
        if text.is_empty() {
            annotation
        } else {
            annotation.label(text)
        }
    };
    Snippet::source(&source.text)
        .path(&source.name)
        .annotation(annotation(
            AnnotationKind::Primary,
            diagnostic.span,
            &diagnostic.label,
        ))
        .annotations(
            diagnostic
                .related
                .iter()
                .map(|label| annotation(AnnotationKind::Context, label.span, &label.text)),
        )
}

fn suggestion<'a>(source: &'a Source, fix: &'a Fix) -> Group<'a> {
    let patches = fix
        .edits
        .iter()
        .map(|edit| Patch::new(within(source, edit.span), &edit.text));
    Severity::HELP.secondary_title(&fix.message).element(
        Snippet::source(&source.text)
            .path(&source.name)
            .patches(patches),
    )
}

/// The span, cut to the text, as the renderer wants it.
fn within(source: &Source, span: Span) -> std::ops::Range<usize> {
    let end = (span.end as usize).min(source.text.len());
    (span.start as usize).min(end)..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Edit;

    fn example() -> (Source, Diagnostic) {
        let source = Source::new("calf.ron", "Routine(\n    areas: [Calf, Neck],\n)\n");
        let diagnostic = Diagnostic::at(
            "RW040",
            Level::Error,
            Span::new(21, 25),
            "there is no area `Calf`",
        )
        .label("did you mean `Calves`?")
        .related(Span::new(0, 7), "in this routine")
        .note("areas are written as one word")
        .fix(
            "write `Calves`",
            vec![Edit::new(Span::new(21, 25), "Calves")],
        );
        (source, diagnostic)
    }

    #[test]
    fn a_diagnostic_is_drawn_with_sentence_first_and_code_last() {
        let (source, diagnostic) = example();
        assert_eq!(
            render(&source, &[diagnostic], Look::default()),
            "\
error: there is no area `Calf`
 --> calf.ron:2:13
  |
1 | Routine(
  | ------- in this routine
2 |     areas: [Calf, Neck],
  |             ^^^^ did you mean `Calves`?
  |
  = note: areas are written as one word
help: write `Calves`
  |
2 -     areas: [Calf, Neck],
2 +     areas: [Calves, Neck],
  |
  = more: rootwell explain RW040

"
        );
    }

    #[test]
    fn plain_is_sentences_only() {
        let (source, diagnostic) = example();
        assert_eq!(
            render(
                &source,
                &[diagnostic],
                Look {
                    colour: true,
                    plain: true
                }
            ),
            "\
error: there is no area `Calf`
 at calf.ron:2:13: did you mean `Calves`?
  on line 1: in this routine
 note: areas are written as one word
help: write `Calves`
 on line 2, column 13 to column 17 replace with: Calves
 more: rootwell explain RW040

"
        );
    }

    #[test]
    fn an_empty_source_can_be_drawn() {
        let text = render(
            &Source::new("gone.ron", ""),
            &[Diagnostic::unreadable("no permission")],
            Look::default(),
        );
        assert!(
            text.contains("error: no permission") && text.contains("gone.ron:1:1"),
            "{text}"
        );
    }
}
