//! Windows that no screen has: a size that a program set by mistake, or somebody in order to see what is under the leaflet.

use std::time::Duration;

use amparo::text::Language;

use crate::caseworker::{Interview, in_both, step_named};
use crate::programs::amparo;

#[test]
fn a_window_of_any_size_is_drawn_and_hides() {
    in_both(any_size_hides);
}

fn any_size_hides(language: Language) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let start = amparo().args(["--lang", language.code().as_str()]).home(home.path());
    let mut talk = Interview::session(start, language);
    let ask: String = step_named("told-before").ask.in_language(&language.code()).chars().take(20).collect();
    for (cols, rows) in [(65_535, 65_535), (5_000, 5_000), (65_535, 1), (1, 65_535)] {
        let mark = talk.pty.mark();
        talk.pty.claims_a_size(cols, rows);
        for _ in 0..300 {
            if !talk.pty.bytes_after(mark).is_empty() || !talk.pty.is_running() {
                break;
            }
            talk.pty.look_for(Duration::from_millis(100));
        }
        assert!(talk.pty.is_running(), "{cols}x{rows} ended it:\n{}", talk.pty.framed());
        assert!(!talk.pty.bytes_after(mark).is_empty(), "{cols}x{rows} is never drawn");
        talk.keys("<esc>");
        talk.pty.look_for(Duration::from_millis(500));
        // The window as it really is.
        talk.pty.claims_a_size(80, 24);
        talk.wait_for_leaflet();
        assert!(!talk.pty.text().contains(&ask), "{cols}x{rows}:\n{}", talk.pty.framed());
        talk.keys("<c-r>");
        talk.stands_at("told-before");
    }
}
