//! The leaflet's words in English.

use super::{BuiltIn, BuiltInTopic, LeafletSays};

pub(super) fn leaflet(says: LeafletSays) -> String {
    match says {
        LeafletSays::Page { page, of, seen } => format!("page {page} of {of}  {seen}%"),
        LeafletSays::Contents { seen } => format!("contents  {seen}%"),
        LeafletSays::Keys { of: 1 } => "1 page  0 contents  q close".to_owned(),
        LeafletSays::Keys { of } => format!("1-{of} page  0 contents  q close"),
        LeafletSays::KeysAlone { of } => format!("0-{of}  q"),
        LeafletSays::Close => "Close? y/n".to_owned(),
        LeafletSays::Settings => "Settings".to_owned(),
        LeafletSays::TextWidth(columns) => format!("Text width: {columns}"),
        LeafletSays::TextLanguage => "Language: English".to_owned(),
        LeafletSays::SettingsKeys => "1-2 change  0 contents  q close".to_owned(),
    }
}

pub(super) const BUILT_IN: BuiltIn = BuiltIn {
    title: "Health and training",
    topics: &[
        BuiltInTopic {
            title: "Sleeping better",
            lines: &[
                "Most adults need seven to nine hours of sleep.",
                "Go to bed and get up at the same hours, at weekends too.",
                "A dark, quiet and rather cool room helps.",
                "Coffee, tea and cola keep many people awake for hours.",
                "Put the telephone away half an hour before you lie down.",
                "If you cannot sleep, get up and do something quiet. Lie down again when you feel tired.",
                "If you sleep badly for a month or more, ask a doctor.",
            ],
        },
        BuiltInTopic {
            title: "Food and water",
            lines: &[
                "Drink six to eight glasses of water a day, more when it is hot.",
                "Eat at regular hours. Three simple meals are enough.",
                "Beans, lentils and eggs cost little and keep you full.",
                "Fruit and vegetables of the season are the cheapest.",
                "Wash your hands before you cook and before you eat.",
                "Keep cooked food cold, and eat it within two days.",
            ],
        },
        BuiltInTopic {
            title: "Seeing a doctor",
            lines: &[
                "Ask at the health centre for an appointment. You can ask for an interpreter.",
                "Write down what hurts, since when, and what you take for it.",
                "Take with you what papers and medicines you have.",
                "Say so when you did not understand. The doctor will say it again.",
                "In an emergency call 112. The call is free.",
            ],
        },
        BuiltInTopic {
            title: "Courses",
            lines: &[
                "Libraries and town halls know which language courses cost nothing.",
                "An hour a day for a few weeks brings more than a whole day now and then.",
                "Speak from the first day. Mistakes are part of it.",
                "Ask whether there is a place for your children during the lessons.",
                "Keep each certificate, also of a short course.",
            ],
        },
    ],
};
