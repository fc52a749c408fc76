//! The lists and the table of the review, while there is nothing but a file that is none: keys, sizes, one step back at a time.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Came, Review, ReviewDoes, ReviewTold};
use crate::journal::{Foreign, JournalError, NoWayOn, SessionName};
use crate::review::Unreadable;
use crate::ui::key::Key;
use crate::ui::stage::Stage;
use crate::ui::tests::table::all_keys;
use crate::ui::view::View;
use crate::words::{ReviewSays, RoomSays, room_says};

fn with_a_foreign_file(view: &View) -> Review {
    let mut review = Review::new(None);
    review.told(ReviewTold::Begins { total: 1, keeps_for: None }, view);
    let why = JournalError::Foreign { path: "list.txt".into(), why: Foreign::Name };
    let file = Unreadable { file: "list.txt".to_owned(), why };
    review.told(ReviewTold::Came(vec![Came::Unreadable(file)]), view);
    review
}

#[test]
fn no_key_and_no_size_breaks_it() {
    let mut stage = Stage::new();
    stage.with_screens(|_, view| {
        for first in all_keys() {
            let mut review = with_a_foreign_file(view);
            for second in all_keys() {
                review.press(first, view);
                review.press(second, view);
            }
            for (width, height) in [(0, 0), (1, 1), (3, 2), (40, 12), (200, 60)] {
                let area = Rect::new(0, 0, width, height);
                review.draw(view, area, &mut Buffer::empty(area));
            }
        }
    });
}

#[test]
fn each_list_says_when_nothing_is_in_it_and_a_file_that_is_none_is_listed() {
    let mut stage = Stage::new();
    stage.with_screens(|_, view| {
        let lines = with_a_foreign_file(view).as_lines(view).join("\n");
        for says in [
            ReviewSays::NobodyInDanger,
            ReviewSays::NobodyToListenTo,
            ReviewSays::NothingDue,
            ReviewSays::NothingAgainst,
        ] {
            let sentence = crate::words::review_word(says, view.language);
            assert!(lines.contains(sentence), "{sentence}\n{lines}");
        }
        assert!(lines.contains("list.txt"), "{lines}");
    });
}

#[test]
fn nobody_is_in_danger_is_said_only_once_everything_was_read() {
    let mut stage = Stage::new();
    stage.with_screens(|_, view| {
        let language = view.language;
        let nobody = |says| crate::words::review_word(says, language);
        let nobody =
            [ReviewSays::NobodyInDanger, ReviewSays::NobodyToListenTo, ReviewSays::NothingDue].map(nobody);
        let says_nobody = |review: &Review| {
            let lines = review.as_lines(view).join("\n");
            nobody.map(|sentence| lines.contains(sentence))
        };
        let mut review = Review::new(None);
        assert_eq!(says_nobody(&review), [false; 3], "nothing is known");
        review.told(ReviewTold::Begins { total: 3, keeps_for: None }, view);
        for done in 0..3 {
            assert_eq!(says_nobody(&review), [false; 3], "{done} of 3");
            let so_far = room_says(RoomSays::NobodySoFar { done, of: 3 }, language).into_owned();
            assert!(review.as_lines(view).join("\n").contains(&so_far), "{so_far}");
            review.told(ReviewTold::Came(vec![Came::Nothing]), view);
        }
        assert_eq!(says_nobody(&review), [true; 3], "all of it");
        let mut review = Review::new(None);
        let why = JournalError::Foreign { path: "data".into(), why: Foreign::Kind };
        review.told(ReviewTold::NoFolder(why), view);
        review.press(Key::Down, view);
        assert_eq!(says_nobody(&review), [false; 3], "nothing can be read");
        let cannot_tell = room_says(RoomSays::CannotTell, language).into_owned();
        assert!(review.as_lines(view).join("\n").contains(&cannot_tell), "and each list says so");
    });
}

#[test]
fn where_a_session_cannot_be_read_nobody_is_said_of_the_others_only() {
    let mut stage = Stage::new();
    stage.with_screens(|_, view| {
        let name = SessionName::of_bytes([0xab; 16]);
        let of_all = crate::words::review_word(ReviewSays::NobodyInDanger, view.language).to_owned();
        let of_those_read = room_says(RoomSays::NobodyToBeRead, view.language).into_owned();
        for (why, expected) in [
            (JournalError::NoWayOn { name, why: NoWayOn::Cut }, &of_those_read),
            (JournalError::NoWayOn { name, why: NoWayOn::AnotherFile }, &of_those_read),
            (JournalError::Damaged(name), &of_those_read),
            (JournalError::NotForUs(name), &of_those_read),
            (JournalError::Foreign { path: "data".into(), why: Foreign::Content }, &of_those_read),
            (JournalError::Foreign { path: "data".into(), why: Foreign::Name }, &of_all),
            (JournalError::Unbegun(name), &of_all),
        ] {
            let mut review = Review::new(None);
            review.told(ReviewTold::Begins { total: 1, keeps_for: None }, view);
            let said = format!("{why:?}");
            let file = Unreadable { file: name.to_string(), why };
            review.told(ReviewTold::Came(vec![Came::Unreadable(file)]), view);
            let lines = review.as_lines(view).join("\n");
            assert!(lines.contains(expected.as_str()), "{said}: {lines}");
        }
    });
}

#[test]
fn one_step_back_at_a_time_and_then_the_review_is_left() {
    let mut stage = Stage::new();
    stage.with_screens(|_, view| {
        let mut review = with_a_foreign_file(view);
        for key in [Key::Char('t'), Key::Char('/'), Key::Char('x'), Key::Enter] {
            assert_eq!(review.press(key, view), ReviewDoes::Stays);
        }
        let back: Vec<ReviewDoes> = (0..3).map(|_| review.press(Key::Left, view)).collect();
        assert_eq!(back, [ReviewDoes::Stays, ReviewDoes::Stays, ReviewDoes::Closes], "filter, table, lists");
    });
}
