//! What the program's next life is: the leaflet, which has the text on the screen and nothing else, or an end at once.
//! Written as arguments that anybody may read in a list of processes, and as a text that only the owner may.

use std::ffi::OsString;

use crate::terminal::NextLife;
use crate::text::Language;
use crate::ui::{Bookmark, Handed};

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
    /// Its text; none: the program's own leaflet.
    pub text: Option<Handed>,
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
                args.extend([
                    sheet.mark.to_string(),
                    sheet.width.to_string(),
                    sheet.language.code().to_string(),
                ]);
                args.extend((sheet.shows == Shows::Lines).then(|| LINES.to_owned()));
                let text = sheet.text.as_ref().map(Handed::as_str).filter(|text| text.len() <= LONGEST);
                vars.extend(text.map(|text| (TEXT, OsString::from(text))));
            }
        }
        NextLife { args: args.into_iter().map(OsString::from).collect(), vars }
    }

    /// Of the program's arguments, without its name, and of the variable [`TEXT`]. None: they ask for something else.
    pub fn of(args: &[String], text: Option<&str>) -> Option<Self> {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let (mark, width, language, shows) = match args[..] {
            [PAGE, code] => return code.parse().ok().map(Self::Ends),
            [PAGE, mark, width, language] => (mark, width, language, Shows::Cells),
            [PAGE, mark, width, language, LINES] => (mark, width, language, Shows::Lines),
            _ => return None,
        };
        Some(Self::Leaflet(Sheet {
            text: text.and_then(Handed::of_text),
            mark: mark.parse().ok()?,
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
        let text = Handed::of_text("Health\n\nSleep\nLie down.").unwrap();
        for (text, mark, language, shows) in [
            (Some(text), Bookmark { page: 2, paragraph: 3, offset: 40 }, Language::Spanish, Shows::Cells),
            (None, Bookmark::default(), Language::English, Shows::Lines),
        ] {
            let life = Life::Leaflet(Sheet { text, mark, width: 72, language, shows });
            let next = life.next();
            let text = next.vars.first().map(|(_, text)| text.to_string_lossy().into_owned());
            assert_eq!(Life::of(&strings(&next.args), text.as_deref()), Some(life));
        }
        assert_eq!(Life::of(&strings(&Life::Ends(7).next().args), None), Some(Life::Ends(7)));
    }

    #[test]
    fn other_arguments_ask_for_something_else() {
        for args in ["", "run", "page", "page x", "page 1.2 72 en", "page 1.2.3 72 en plain", "resume 1"] {
            let args: Vec<String> = args.split_whitespace().map(str::to_owned).collect();
            assert_eq!(Life::of(&args, None), None, "{args:?}");
        }
    }

    #[test]
    fn a_text_that_the_system_would_refuse_is_left_out() {
        let long = Handed::of_text(&format!("Health\n\nSleep\n{}", "a".repeat(LONGEST))).unwrap();
        let sheet = Sheet {
            text: Some(long),
            mark: Bookmark::default(),
            width: 72,
            language: Language::English,
            shows: Shows::Cells,
        };
        assert_eq!(Life::Leaflet(sheet).next().vars, []);
    }
}
