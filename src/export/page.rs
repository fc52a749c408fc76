//! A page in one file: no script, nothing from elsewhere, and a content policy that allows nothing but its own style.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::seal::fingerprint;
use crate::text::Language;

use super::markup::Markup;

/// The style of what is read on a screen and on paper.
const LOOK: &str = include_str!("page.css");

/// A page with a title.
pub(super) fn page(language: Language, title: &str, inside: impl FnOnce(&mut Markup)) -> String {
    styled(language, title, LOOK, |body| {
        body.element("div", &[("class", "page")], inside);
    })
}

/// A page with a style of its own.
pub(super) fn styled(
    language: Language,
    title: &str,
    look: &'static str,
    inside: impl FnOnce(&mut Markup),
) -> String {
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        STANDARD.encode(fingerprint(look.as_bytes()).0)
    );
    let mut page = Markup::default();
    page.own("<!DOCTYPE html>\n");
    page.element("html", &[("lang", language.code().as_str())], |html| {
        html.line();
        html.element("head", &[], |head| {
            head.void("meta", &[("charset", "utf-8")]);
            head.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &policy)]);
            head.void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
            head.void("meta", &[("name", "referrer"), ("content", "no-referrer")]);
            head.void("meta", &[("name", "robots"), ("content", "noindex")]);
            head.leaf("title", &[], title);
            head.element("style", &[], |style| style.own(look));
        });
        html.line();
        html.element("body", &[], inside);
    });
    page.line();
    page.into_text()
}
