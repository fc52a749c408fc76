//! Handing on in Spanish.

use std::borrow::Cow;

use super::HandingSays;

pub(super) fn handing_says(says: HandingSays<'_>) -> Cow<'static, str> {
    match says {
        HandingSays::Title(1) => "¿Entregar esta sesión?".into(),
        HandingSays::Title(count) => format!("¿Entregar {count} sesiones?").into(),
        HandingSays::Why => {
            "El archivo no estará sellado: quien lo tenga puede leerlo. Lo privado queda fuera.".into()
        }
        HandingSays::Page => "una página, para leer e imprimir".into(),
        HandingSays::Markdown => "texto con marcas (Markdown)".into(),
        HandingSays::Table => "una tabla, una fila por suceso (CSV)".into(),
        HandingSays::Lines => "datos, una línea por sesión (JSON Lines)".into(),
        HandingSays::WhereTo => {
            "Un archivo nuevo, solo para usted. Cuando ya no haga falta, elimínelo: shred -u ARCHIVO".into()
        }
        HandingSays::File => "Archivo".into(),
        HandingSays::NoPath => "Escriba dónde va el archivo y pulse Intro; ↑ vuelve.".into(),
        HandingSays::Progress { done, of } => format!("Escribiendo… {done} de {of}. ← lo detiene.").into(),
        HandingSays::Written { file, sessions, withdrawn, unreadable } => {
            let mut text = match sessions {
                1 => format!("Escrito, sin sellar: {file} (1 sesión)."),
                _ => format!("Escrito, sin sellar: {file} ({sessions} sesiones)."),
            };
            for (count, why) in [
                (withdrawn, " Fuera, porque se retiró el consentimiento: "),
                (unreadable, " Fuera, porque no se pueden leer: "),
            ] {
                if count > 0 {
                    text.extend([why, &count.to_string(), "."]);
                }
            }
            text.into()
        }
        HandingSays::There(file) => {
            format!("Ya hay algo en {file}, y queda como está. Pulse x otra vez y dé otro archivo.").into()
        }
        HandingSays::NoPlace(file) => format!(
            "{file} no es un archivo común, o está en la carpeta de las sesiones selladas. Pulse x otra vez y dé otro lugar."
        )
        .into(),
        HandingSays::Stopped => {
            "Se dejó de escribir, y no hay archivo. Pulse x para empezar otra vez.".into()
        }
        HandingSays::NotWritten { file, why } => {
            format!("No se puede escribir {file}: {why}. Pulse x otra vez y dé otro lugar.").into()
        }
        HandingSays::NothingLeft => {
            "No se escribió nada: ninguna se puede entregar, o no se pueden leer.".into()
        }
    }
}
