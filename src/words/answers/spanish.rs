//! Answers to what supervisors remarked, in Spanish.

use super::AnswerSays;

pub(super) fn says(says: AnswerSays) -> &'static str {
    match says {
        AnswerSays::Title => "Comentarios para usted",
        AnswerSays::Field => "respuesta",
        AnswerSays::Nothing => "Todo está contestado. Gracias.",
        AnswerSays::Empty => {
            "Aún no hay nada escrito. Escriba unas palabras, o vacíe el campo y pulse Retroceso para dejarlo."
        }
        AnswerSays::Working => "Se está guardando…",
        AnswerSays::Kept => {
            "Su respuesta está guardada y sellada junto a la sesión. La sesión queda como estaba."
        }
        AnswerSays::NotKept => "No se pudo guardar su respuesta; está otra vez en el campo.",
        AnswerSays::OfSession => "toda la sesión",
    }
}
