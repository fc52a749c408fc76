//! Every page in a real browser: at three widths, light and dark, and on paper; checked with axe-core where it is
//! installed. `AMPARO_LOOK=DIR` keeps the pictures, for people to look at.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::devtools::Browser;
use super::pages::pages;

/// A phone, a tablet, a desk.
const WIDTHS: [u32; 3] = [360, 768, 1280];

/// Where `.ci/run` puts axe-core.
const AXE: &str = "target/axe/axe.min.js";

/// What is too wide for the page, or cut off within it.
const TOO_WIDE: &str = "
    [...document.querySelectorAll('body *')]
        .filter(one => !one.closest('svg'))
        .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
        .map(one => one.tagName + '.' + one.className + ': ' + one.textContent.slice(0, 40))";

/// What axe-core finds, in one line each.
const COMPLAINTS: &str = "
    axe.run(document, { resultTypes: ['violations'] }).then(found => found.violations.map(
        one => one.id + ': ' + one.nodes.map(node => node.html.slice(0, 120)).join(' | ')))";

fn skipped(what: &str) {
    // Past the test runner, which keeps what a test prints.
    let _ = writeln!(std::io::stderr(), "SKIPPED: {what}");
}

#[test]
fn every_page_is_whole_in_a_browser_at_each_width_in_both_lights_and_on_paper() {
    let Some(mut browser) = Browser::start() else {
        return skipped("the pages in a browser: there is no chromium");
    };
    let axe = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(AXE)).ok();
    if axe.is_none() {
        skipped("the pages with axe-core: `bash .ci/run tools` puts it there");
    }
    if let Some(axe) = &axe {
        // Whether it looks at all: no language, and a picture without words.
        browser.opens("wrong", "<!DOCTYPE html><title>x</title><main><img src='data:,'></main>");
        browser.finds(&format!("{axe};0"));
        let found = browser.finds(COMPLAINTS).to_string();
        assert!(found.contains("html-has-lang") && found.contains("image-alt"), "{found}");
    }
    let look = std::env::var_os("AMPARO_LOOK").map(PathBuf::from);
    for (name, page, sheets) in pages() {
        browser.opens(name, &page);
        let requests =
            browser.told.iter().filter(|told| told["method"] == "Network.requestWillBeSent").count();
        assert_eq!(requests, 1, "{name}: the page itself, and nothing else");
        let complaints: Vec<_> =
            browser.told.iter().filter(|told| told["method"] == "Log.entryAdded").collect();
        assert!(complaints.is_empty(), "{name}: {complaints:?}");
        assert_eq!(browser.finds("document.scripts.length"), 0, "{name}");
        assert_ne!(browser.finds("document.title"), "taken", "{name}");
        let styled = "getComputedStyle(document.body).margin";
        assert_eq!(browser.finds(styled), "0px", "{name}: its own style is let in");
        let policy = "(() => { document.body.setAttribute('style', 'margin: 9px'); \
                       const kept = getComputedStyle(document.body).margin; \
                       document.body.removeAttribute('style'); return kept; })()";
        assert_eq!(browser.finds(policy), "0px", "{name}: no other style is");
        if let Some(axe) = &axe {
            browser.finds(&format!("{axe};0"));
        }
        for width in WIDTHS {
            for scheme in ["light", "dark"] {
                browser.shows(width, scheme, "screen");
                let at = format!("{name}-{width}-{scheme}");
                assert_eq!(browser.finds(TOO_WIDE).to_string(), "[]", "{at}");
                if axe.is_some() {
                    assert_eq!(browser.finds(COMPLAINTS).to_string(), "[]", "{at}");
                }
                if let Some(look) = &look {
                    browser.pictures(look, &at);
                }
            }
        }
        // As wide as the paper is between its margins.
        browser.shows(680, "light", "print");
        assert_eq!(browser.finds(TOO_WIDE).to_string(), "[]", "{name} on paper");
        if let Some(look) = &look {
            browser.pictures(look, &format!("{name}-paper"));
        }
        let printed = browser.sheets();
        assert!(printed >= 1 && sheets.is_none_or(|sheets| sheets == printed), "{name}: {printed} sheets");
    }
}
