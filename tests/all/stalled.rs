//! A line that stalls: the terminal takes nothing for a while. What hides must hide all the same, as soon as it goes on.

use std::time::Duration;

use amparo::text::Language;

use crate::caseworker::{in_both, step_named};
use crate::programs::amparo;
use crate::pty::Pty;

#[test]
fn the_plain_mode_hides_when_a_line_that_stalled_goes_on() {
    in_both(hides_when_it_goes_on);
}

fn hides_when_it_goes_on(language: Language) {
    let ask = step_named("told-before").ask.in_language(&language.code());
    let ask: String = ask.chars().take(30).collect();
    let mut pty = amparo().args(["run", "--plain", "--practice"]).go();
    pty.wait_for_text(&ask);
    let is_covered = |pty: &mut Pty| {
        pty.wait_for("only the leaflet", |picture| !picture.text().contains(&ask));
        pty.look_for(Duration::from_millis(300));
    };
    pty.keys("<esc>");
    is_covered(&mut pty);
    let leaflet = pty.text();
    pty.keys("<c-r>");
    pty.wait_for_text(&ask);
    for way in ["Esc", "Esc twice", "Esc and q"] {
        pty.pause();
        // Until it takes no more.
        for _ in 0..60 {
            pty.send(b"?");
            std::thread::sleep(Duration::from_millis(25));
        }
        pty.send(b"\x1b");
        std::thread::sleep(Duration::from_millis(700));
        if way != "Esc" {
            pty.send(if way == "Esc twice" { b"\x1b" } else { b"q" });
            std::thread::sleep(Duration::from_millis(400));
        }
        pty.go_on();
        pty.look_for(Duration::from_secs(2));
        let text = pty.text();
        if way == "Esc and q" {
            // Only what it asks stands in place of the last line.
            let common = text.lines().zip(leaflet.lines()).take_while(|(now, before)| now == before).count();
            assert!(common + 4 > leaflet.trim_end().lines().count(), "{way}: {}", pty.framed());
            assert!(!text.contains(&ask), "{way}: {}", pty.framed());
            pty.keys("n");
        } else {
            assert_eq!(text, leaflet, "{way}");
        }
        pty.keys("<c-r>");
        pty.wait_for_text(&ask);
    }
}
