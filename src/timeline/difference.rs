//! Where two timelines begin to differ for the ear: a change while playing is taken over only after all that has been
//! heard is proved equal in both.

use crate::timeline::{Event, Segment, Timeline, What};
use crate::units::Frames;

/// The first frame at which two timelines differ in what is heard or done; `None` where they never do. How long a
/// stretch will last is not heard before it ends.
pub fn first_difference(a: &Timeline, b: &Timeline) -> Option<Frames> {
    [
        events_differ(&a.events, &b.events),
        segments_differ(&a.segments, &b.segments),
        (a.bed != b.bed).then_some(Frames::ZERO),
        fades_differ(a, b),
        (a.total != b.total).then(|| a.total.min(b.total)),
    ]
    .into_iter()
    .flatten()
    .min()
}

fn events_differ(a: &[Event], b: &[Event]) -> Option<Frames> {
    let same = a
        .iter()
        .zip(b)
        .take_while(|(a, b)| same_event(a, b))
        .count();
    [a.get(same), b.get(same)]
        .into_iter()
        .flatten()
        .map(|event| event.at)
        .min()
}

/// Whether the same is heard; how much room a line had is not.
fn same_event(a: &Event, b: &Event) -> bool {
    let same_what = match (&a.what, &b.what) {
        (What::Say(a), What::Say(b)) => {
            (a.kind, &a.text, &a.caption, &a.clip, a.spoken)
                == (b.kind, &b.text, &b.caption, &b.clip, b.spoken)
        }
        (a, b) => a == b,
    };
    same_what && (a.at, a.frames, a.side) == (b.at, b.frames, b.side)
}

fn segments_differ(a: &[Segment], b: &[Segment]) -> Option<Frames> {
    for pair in a.iter().zip(b) {
        let (a, b) = pair;
        if !same_work(a, b) {
            return Some(a.start.min(b.start));
        }
        if a.frames != b.frames {
            return Some(a.end().min(b.end()));
        }
    }
    let shorter = a.len().min(b.len());
    a.get(shorter)
        .or(b.get(shorter))
        .map(|segment| segment.start)
}

fn same_work(a: &Segment, b: &Segment) -> bool {
    (a.section, a.kind, a.role, &a.title, a.side, a.start)
        == (b.section, b.kind, b.role, &b.title, b.side, b.start)
        && (a.pressure, a.breath, a.beat, &a.pose, &a.gate)
            == (b.pressure, b.breath, b.beat, &b.pose, &b.gate)
}

fn fades_differ(a: &Timeline, b: &Timeline) -> Option<Frames> {
    if a.fade == b.fade {
        return None;
    }
    [a.fade, b.fade]
        .into_iter()
        .flatten()
        .map(|fade| fade.start)
        .min()
}
