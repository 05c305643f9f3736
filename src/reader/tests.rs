//! Tests of the reader on a small model that has every shape of the dialect.

mod mistakes;
mod model;
mod properties;

use super::*;
use model::{Area, Band, Do, Length, Press, Step, Wrapped};

#[track_caller]
fn good(text: &str, expected: Step) {
    let reading = read::<Step>(&Source::new("test.ron", text));
    assert_eq!(reading.diagnostics, [], "{text}");
    assert_eq!(reading.value.as_ref(), Some(&expected), "{text}");
    assert_eq!(ron_options().from_str(text), Ok(expected), "{text}");
}

#[test]
fn every_shape_is_read_as_ron_reads_it() {
    good("Step()", Step::default());
    good("()", Step::default());
    good("// before\n(/* in */) // after", Step::default());
    good(
        "(name: \"a\", seconds: 4.5, times: +3)",
        Step {
            name: Some("a".into()),
            seconds: Some(4.5),
            times: Some(3),
            ..Step::default()
        },
    );
    good(
        "(seconds: -.5e2, level: 0.1, name: None)",
        Step {
            seconds: Some(-50.0),
            level: 0.1,
            ..Step::default()
        },
    );
    good(
        "(areas: [Neck, Jaw,], pressure: (4, 6))",
        Step {
            areas: vec![Area::Neck, Area::Jaw],
            pressure: Some(Band(4, 6)),
            ..Step::default()
        },
    );
    good(
        "(length: 30)",
        Step {
            length: Some(Length::Fixed(30.0)),
            ..Step::default()
        },
    );
    good(
        "(length: (min: 20, ideal: 30.5, max: 60))",
        Step {
            length: Some(Length::Elastic(20.0, 30.5, 60.0)),
            ..Step::default()
        },
    );
    good(
        "(do: Press(spot: \"calf\", pressure: (1, 2)))",
        Step {
            r#do: Some(Do::Press(Press {
                spot: "calf".into(),
                pressure: Some(Band(1, 2)),
            })),
            ..Step::default()
        },
    );
    good(
        "(do: Rest)",
        Step {
            r#do: Some(Do::Rest),
            ..Step::default()
        },
    );
    good(
        "(do: Wait(30))",
        Step {
            r#do: Some(Do::Wait(Length::Fixed(30.0))),
            ..Step::default()
        },
    );
    good(
        "(do: Wait(min: 1, ideal: 2, max: 3))",
        Step {
            r#do: Some(Do::Wait(Length::Elastic(1.0, 2.0, 3.0))),
            ..Step::default()
        },
    );
    good(
        "(do: Pair(1, \"x\"))",
        Step {
            r#do: Some(Do::Pair(1, "x".into())),
            ..Step::default()
        },
    );
    good(
        "(do: Group(steps: [(), Step(daily: true)], times: 2))",
        Step {
            r#do: Some(Do::Group {
                steps: vec![
                    Step::default(),
                    Step {
                        daily: true,
                        ..Step::default()
                    },
                ],
                times: 2,
            }),
            ..Step::default()
        },
    );
    good(
        "(do: Maybe(spot: \"x\"))",
        Step {
            r#do: Some(Do::Maybe(Some(Press {
                spot: "x".into(),
                pressure: None,
            }))),
            ..Step::default()
        },
    );
    good(
        "(respell: {\"psoas\": \"so as\", \"a\": \"b\"}, letter: 'x', wrapped: (7))",
        Step {
            respell: [("psoas".into(), "so as".into()), ("a".into(), "b".into())].into(),
            letter: Some('x'),
            wrapped: Some(Wrapped(7)),
            ..Step::default()
        },
    );
    good(
        "(say: \"two\nlines \\\"and\\\" \\u{e9}\\\n   more\", name: r#\"ra\"w\"#)",
        Step {
            say: Some("two\nlines \"and\" émore".into()),
            name: Some("ra\"w".into()),
            ..Step::default()
        },
    );
}

#[test]
fn a_draft_is_what_was_meant() {
    let text = "Stpe(nmae: “a”, seconds: 30s, areas: Nekc, pressure: [4, 6], times: \"3\", daily: yes, length: 1:30)";
    let reading = read::<Step>(&Source::new("test.ron", text));
    assert_eq!(reading.value, None);
    assert!(reading.is_whole(), "{:?}", reading.doubts);
    assert_eq!(
        reading.draft,
        Some(Step {
            name: Some("a".into()),
            seconds: Some(30.0),
            areas: vec![Area::Neck],
            pressure: Some(Band(4, 6)),
            times: Some(3),
            daily: true,
            length: Some(Length::Fixed(90.0)),
            ..Step::default()
        })
    );
}

#[test]
fn holes_are_not_trusted() {
    let text = "(steps: [(name: \"a\"), (name: 3, do: Press(pressure: (4, 6))), (length: (min: 1))], areas: [Elbow])";
    let reading = read::<Step>(&Source::new("test.ron", text));
    let draft = reading.draft.as_ref().expect("the draft can be made");
    assert_eq!(draft.steps.len(), 3);
    let trusted = |path: &str| reading.trusts(path);
    assert!(trusted("steps[0]") && trusted("steps[1].name") && trusted("steps[1].do.pressure"));
    assert!(!trusted("steps[1].do.spot") && !trusted("steps[1].do") && !trusted("steps[1]"));
    assert!(!trusted("steps[2].length.min") && !trusted("areas[0]") && !trusted(""));
}

#[test]
fn every_rule_has_examples_that_do_what_they_say() {
    for rule in crate::syntax::RULES
        .iter()
        .filter(|rule| rule.code != "RW001")
    {
        let codes = |text: &str| -> Vec<&str> {
            let reading = read::<Step>(&Source::new("test.ron", text));
            reading
                .diagnostics
                .iter()
                .map(|diagnostic| diagnostic.code)
                .collect()
        };
        assert_eq!(codes(rule.wrong), [rule.code], "{}", rule.wrong);
        assert_eq!(codes(rule.right), [""; 0], "{}", rule.right);
    }
}

#[test]
fn every_fix_of_an_example_makes_it_right() {
    for rule in crate::syntax::RULES {
        let source = Source::new("test.ron", rule.wrong);
        let reading = read::<Step>(&source);
        for fix in reading
            .diagnostics
            .iter()
            .filter_map(|diagnostic| diagnostic.fix.as_ref())
        {
            let fixed = diagnostic::apply(&source.text, [fix]);
            let after = read::<Step>(&Source::new("test.ron", fixed.as_str()));
            assert_eq!(after.diagnostics, [], "{} → {fixed}", rule.wrong);
        }
    }
}

#[test]
fn hostile_files_are_answered_at_once() {
    let only = |text: &str, code: &str| {
        let reading = read::<Step>(&Source::new("test.ron", text));
        assert_eq!(reading.value, None);
        assert_eq!(
            reading
                .diagnostics
                .iter()
                .map(|found| found.code)
                .collect::<Vec<_>>(),
            [code]
        );
    };
    only("", problem::EMPTY);
    only(&"[".repeat(100_000), problem::DEEP);
    only(
        &format!("(steps: {}", "[(steps: ".repeat(100_000)),
        problem::DEEP,
    );
    let stray = read::<Step>(&Source::new("test.ron", "]".repeat(100_000)));
    assert_eq!(stray.diagnostics.len(), diagnostic::LIMIT);
    only("(seconds: 1e400)", problem::WRONG_NUMBER);
    only("(seconds: NaN)", problem::WRONG_NUMBER);
    only("(seconds: -inf)", problem::WRONG_NUMBER);
    only("(level: 1e39)", problem::WRONG_NUMBER);
    only("(times: 5000000000)", problem::WRONG_NUMBER);
    only("(format: 2, anything: goes)", problem::NEWER);
    let many = read::<Step>(&Source::new(
        "test.ron",
        format!("({})", "x: 1, ".repeat(10_000)),
    ));
    assert_eq!(many.diagnostics.len(), diagnostic::LIMIT);
}
