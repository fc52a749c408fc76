//! What the program's next life is: the leaflet, which has the text on the screen and nothing else, or an end at once.
//! Written as arguments that anybody may read in a list of processes, and as a text that only the owner may.

use std::ffi::OsString;
use std::sync::Arc;

use crate::terminal::NextLife;
use crate::text::Language;
use crate::ui::{Bookmark, Handed, LeafletOpens};

use super::turn::Shows;

/// A life of the program that has nothing behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Life {
    /// It ends at once, with this code.
    Ends(u8),
    /// It is the leaflet until somebody closes it.
    Leaflet(Sheet),
}

/// What the leaflet's life is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Whether it is open at its text, or at its own settings.
    pub opens: LeafletOpens,
    /// Its text in the next language, where the settings are open.
    pub other: Option<Arc<Handed>>,
    /// Its text; none: the program's own leaflet.
    pub text: Option<Arc<Handed>>,
    /// Where it is open.
    pub mark: Bookmark,
    /// Columns that the text takes at most.
    pub width: u16,
    /// The language of the words around it.
    pub language: Language,
    /// Cells, or lines of text.
    pub shows: Shows,
}

/// The first of the arguments: a leaflet that is open at a page says so in a list of processes.
const PAGE: &str = "page";

/// The last of the arguments where lines are shown.
const LINES: &str = "lines";

/// In place of the bookmark where the leaflet's own settings are open.
const SETTINGS: &str = "settings";

/// The variable with the leaflet's text in the next language.
pub const OTHER_TEXT: &str = "PAGE_TEXT_2";

/// The variable with the leaflet's text.
pub const TEXT: &str = "PAGE_TEXT";

/// The system takes no longer variable than twice this, and refuses the whole next life because of one.
const LONGEST: usize = 64 * 1024;

impl Life {
    /// With what the program is executed.
    pub(super) fn next(&self) -> NextLife {
        let mut args = vec![PAGE.to_owned()];
        let mut vars = Vec::new();
        match self {
            Self::Ends(code) => args.push(code.to_string()),
            Self::Leaflet(sheet) => {
                let mark = match sheet.opens {
                    LeafletOpens::Here => sheet.mark.to_string(),
                    LeafletOpens::Settings => SETTINGS.to_owned(),
                };
                args.extend([mark, sheet.width.to_string(), sheet.language.code().to_string()]);
                args.extend((sheet.shows == Shows::Lines).then(|| LINES.to_owned()));
                for (name, text) in [(TEXT, &sheet.text), (OTHER_TEXT, &sheet.other)] {
                    let text = text.as_ref().map(|text| text.as_str()).filter(|text| text.len() <= LONGEST);
                    vars.extend(text.map(|text| (name, OsString::from(text))));
                }
            }
        }
        NextLife { args: args.into_iter().map(OsString::from).collect(), vars }
    }

    /// Of the program's arguments, without its name, and of the variables [`TEXT`] and [`OTHER_TEXT`]. None: they ask
    /// for something else.
    pub fn of(args: &[String], text: Option<&str>, other: Option<&str>) -> Option<Self> {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let (mark, width, language, shows) = match args[..] {
            [PAGE, code] => return code.parse().ok().map(Self::Ends),
            [PAGE, mark, width, language] => (mark, width, language, Shows::Cells),
            [PAGE, mark, width, language, LINES] => (mark, width, language, Shows::Lines),
            _ => return None,
        };
        let (opens, mark) = match mark {
            SETTINGS => (LeafletOpens::Settings, Bookmark::default()),
            mark => (LeafletOpens::Here, mark.parse().ok()?),
        };
        Some(Self::Leaflet(Sheet {
            opens,
            other: other.and_then(Handed::of_text).map(Arc::new),
            text: text.and_then(Handed::of_text).map(Arc::new),
            mark,
            width: width.parse().ok()?,
            language: Language::from_code(language)?,
            shows,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(args: &[OsString]) -> Vec<String> {
        args.iter().map(|arg| arg.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_life_is_read_as_it_was_written() {
        let text = Arc::new(Handed::of_text("Health\n\nSleep\nLie down.").unwrap());
        for (text, mark, language, shows) in [
            (Some(text), Bookmark { page: 2, paragraph: 3, offset: 40 }, Language::Spanish, Shows::Cells),
            (None, Bookmark::default(), Language::English, Shows::Lines),
        ] {
            let other = text.clone();
            let life = Life::Leaflet(Sheet {
                text,
                mark,
                width: 72,
                language,
                shows,
                opens: LeafletOpens::Here,
                other,
            });
            check(&life);
            let Life::Leaflet(sheet) = life else { continue };
            check(&Life::Leaflet(Sheet {
                opens: LeafletOpens::Settings,
                mark: Bookmark::default(),
                ..sheet
            }));
        }
        check(&Life::Ends(7));
    }

    fn check(life: &Life) {
        let next = life.next();
        let var = |name: &str| {
            let found = next.vars.iter().find(|(other, _)| *other == name);
            found.map(|(_, text)| text.to_string_lossy().into_owned())
        };
        let read = Life::of(&strings(&next.args), var(TEXT).as_deref(), var(OTHER_TEXT).as_deref());
        assert_eq!(read.as_ref(), Some(life));
    }

    #[test]
    fn other_arguments_ask_for_something_else() {
        for args in ["", "run", "page", "page x", "page 1.2 72 en", "page 1.2.3 72 en plain", "resume 1"] {
            let args: Vec<String> = args.split_whitespace().map(str::to_owned).collect();
            assert_eq!(Life::of(&args, None, None), None, "{args:?}");
        }
    }

    #[test]
    fn a_text_that_the_system_would_refuse_is_left_out() {
        let long = Handed::of_text(&format!("Health\n\nSleep\n{}", "a".repeat(LONGEST))).unwrap();
        let sheet = Sheet {
            opens: LeafletOpens::Here,
            other: None,
            text: Some(Arc::new(long)),
            mark: Bookmark::default(),
            width: 72,
            language: Language::English,
            shows: Shows::Cells,
        };
        assert_eq!(Life::Leaflet(sheet).next().vars, []);
    }
}
