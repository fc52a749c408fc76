//! Words that are looked for in many sessions, in Spanish.

use super::FoundSays;

pub(super) fn says(says: FoundSays<'_>) -> String {
    match says {
        FoundSays::Title => "Palabras en muchas sesiones".into(),
        FoundSays::Field => "buscar".into(),
        FoundSays::WhereItLooks => {
            "Mira en las notas, las respuestas con palabras, los motivos y lo añadido, en cada sesión de la lista. \
             Todas las palabras deben estar en un mismo texto."
                .into()
        }
        FoundSays::Progress(looked, of) => format!("{looked} de {of} sesiones miradas"),
        FoundSays::Nowhere(words, 1) => format!("«{words}» no está en esta única sesión."),
        FoundSays::Nowhere(words, of) => {
            format!("«{words}» no está en ninguna de {of} sesiones. Pruebe con parte de una palabra.")
        }
        FoundSays::Places(words, 1, _) => format!("«{words}»: un lugar"),
        FoundSays::Places(words, places, 1) => format!("«{words}»: {places} lugares en una sesión"),
        FoundSays::Places(words, places, sessions) => {
            format!("«{words}»: {places} lugares en {sessions} sesiones")
        }
        FoundSays::OnlyFirst(listed) => {
            format!("Aquí están los primeros {listed}. Con una palabra más serán menos.")
        }
    }
}
