//! A leaflet handed from one life of the program to the next: its text in one language, and the place where it is open.
//! Whoever reads either learns what stands on the screen, and nothing else.

use std::fmt;
use std::str::FromStr;

/// The text of a leaflet: a title, and topics with their lines. Written as one text, with a blank line before each topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed(String);

impl Handed {
    /// Of a title and topics.
    pub fn new<'a>(title: &str, topics: impl IntoIterator<Item = (&'a str, &'a [&'a str])>) -> Self {
        let mut text = on_one_line(title);
        for (title, lines) in topics {
            text.push_str("\n\n");
            text.push_str(&on_one_line(title));
            for line in lines {
                text.push('\n');
                text.push_str(&on_one_line(line));
            }
        }
        Self(text)
    }

    /// Of a text as [`Handed::as_str`] gives it; nothing of a text without a topic, or with more than nine.
    pub fn of_text(text: &str) -> Option<Self> {
        let handed = Self(text.to_owned());
        let topics = handed.topics().count();
        (1..=9).contains(&topics).then_some(handed)
    }

    /// As one text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The head line.
    pub fn title(&self) -> &str {
        self.0.split("\n\n").next().unwrap_or_default()
    }

    /// Each topic's title and lines.
    pub fn topics(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        self.0.split("\n\n").skip(1).map(|topic| {
            let mut lines = topic.lines();
            (lines.next().unwrap_or_default(), lines.collect())
        })
    }
}

/// A line that is empty or broken would read as the beginning of a topic.
fn on_one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() { "-".to_owned() } else { line }
}

/// Where a leaflet is open; written as three numbers with full stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bookmark {
    /// The page, from 1; the contents are 0.
    pub page: usize,
    /// The paragraph whose line is at the top.
    pub paragraph: usize,
    /// How many of its characters stand before that line.
    pub offset: usize,
}

impl fmt::Display for Bookmark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.page, self.paragraph, self.offset)
    }
}

/// A text that is no bookmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoBookmark;

impl FromStr for Bookmark {
    type Err = NoBookmark;

    fn from_str(text: &str) -> Result<Self, NoBookmark> {
        let numbers: Vec<usize> =
            text.split('.').map(str::parse).collect::<Result<_, _>>().map_err(|_| NoBookmark)?;
        let [page, paragraph, offset] = numbers[..] else { return Err(NoBookmark) };
        Ok(Self { page, paragraph, offset })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leaflet_comes_out_as_it_was_handed_over() {
        let topics: [(&str, &[&str]); 2] =
            [("Sleep", &["Lie down.", "Get up."]), ("Food", &["Eat\n\nwell."])];
        let handed = Handed::new("Health", topics);
        let read = Handed::of_text(handed.as_str());
        assert_eq!(read.as_ref(), Some(&handed));
        assert_eq!(handed.title(), "Health");
        let read: Vec<_> = handed.topics().collect();
        assert_eq!(read, [("Sleep", vec!["Lie down.", "Get up."]), ("Food", vec!["Eat well."])]);
    }

    #[test]
    fn what_is_no_leaflet_is_none() {
        for text in ["", "Health", &"T\n\n".repeat(11)] {
            assert_eq!(Handed::of_text(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_bookmark_is_three_numbers() {
        let mark = Bookmark { page: 3, paragraph: 2, offset: 57 };
        assert_eq!(mark.to_string().parse(), Ok(mark));
        for text in ["", "3", "3.2", "3.2.57.1", "-1.0.0", "a.b.c"] {
            assert_eq!(text.parse::<Bookmark>(), Err(NoBookmark), "{text}");
        }
    }
}
