//! Handing on, in Spanish.

use crate::text::Language;

use super::super::review::filter_trouble;
use super::{ExportComplaint, ExportSays, ExportWord};

pub(super) fn word(word: ExportWord) -> &'static str {
    match word {
        ExportWord::Sessions => "Sesiones",
        ExportWord::Made => "hecho",
        ExportWord::Contents => "En este archivo",
        ExportWord::NotSealedFoot => {
            "Este archivo no está sellado: quien lo tenga puede leerlo. Consérvelo solo mientras haga falta."
        }
        ExportWord::Course => "desarrollo de la sesión",
        ExportWord::Scales => "escalas a lo largo de la sesión",
        ExportWord::CourseNote => {
            "Tiempo en que el programa estuvo en marcha; lo que pasó entre dos veces no cuenta."
        }
        ExportWord::Response => "respuesta",
        ExportWord::Cover => "pantalla cubierta",
        ExportWord::Pause => "pausa",
        ExportWord::TakenUp => "retomada",
        ExportWord::Number => "n.º",
        ExportWord::Time => "hora",
        ExportWord::What => "qué pasó",
        ExportWord::Phase => "fase",
        ExportWord::Took => "duró",
        ExportWord::Weight => "peso",
        ExportWord::Nothing => "nada",
        ExportWord::NotJudged => {
            "Esta versión no puede leer el protocolo que contiene: no se valora nada, y los pasos quedan fuera."
        }
    }
}

pub(super) fn says(says: &ExportSays) -> String {
    match says {
        ExportSays::NotSealed { file } => format!(
            "`{file}` no irá sellado: quien tenga el archivo puede leerlo. Cuando ya no haga falta, bórrelo con \
             `shred -u ARCHIVO`; un disco de estado sólido o una copia de seguridad pueden conservar una copia"
        ),
        ExportSays::NotSealedOut => {
            "lo que sigue no está sellado: quien lo tenga puede leerlo. Si va a un archivo, bórrelo con \
             `shred -u ARCHIVO` cuando ya no haga falta"
                .into()
        }
        ExportSays::Written { file, sessions: 0 } => format!("escrito: `{file}`, solo para usted"),
        ExportSays::Written { file, sessions: 1 } => {
            format!("escrito: `{file}`, 1 sesión, solo para usted")
        }
        ExportSays::Written { file, sessions } => {
            format!("escrito: `{file}`, {sessions} sesiones, solo para usted")
        }
        ExportSays::Overwrite { file } => format!("`{file}` ya existe. ¿Reemplazarlo? (s/n) "),
        ExportSays::NotWritten => "no se escribió nada".into(),
        ExportSays::Unknown { session } => format!(
            "fuera: {session}, porque su protocolo es de una versión más nueva y aquí no se puede saber si el consentimiento \
             sigue en pie; actualice este programa"
        ),
        ExportSays::Withdrawn { session } => {
            format!("queda fuera: {session}, porque se retiró el consentimiento")
        }
        ExportSays::Unreadable { why } => format!("queda fuera: {why}"),
        ExportSays::LeftOut { events: 0, remarks: 0 } => "No quedó nada fuera.".into(),
        ExportSays::LeftOut { events, remarks } => {
            format!("Quedó fuera por ser privado: sucesos: {events}, observaciones: {remarks}.")
        }
    }
}

pub(super) fn complaint(complaint: &ExportComplaint) -> (String, String) {
    match complaint {
        ExportComplaint::Filter(trouble) => filter_trouble(trouble, Language::Spanish),
        ExportComplaint::NothingChosen => (
            "no se eligió ninguna sesión".into(),
            "nombre las sesiones por las primeras cifras de su nombre, o ponga `--all`".into(),
        ),
        ExportComplaint::NoSuchStep { step, known } if known.is_empty() => (
            format!("`{step}` no es un paso privado de estas sesiones"),
            "quite `--with`: estas sesiones no tienen pasos privados".into(),
        ),
        ExportComplaint::NoSuchStep { step, known } => (
            format!("`{step}` no es un paso privado de estas sesiones"),
            format!("los pasos privados son {}", known.join(", ")),
        ),
        ExportComplaint::NamesSomebody => (
            "un código de caso, un número o una palabra libre nunca es un argumento: la consola lo guardaría".into(),
            "escriba el filtro en un archivo y nómbrelo con `--filter-file`; palabras como `danger`, `unsigned` o \
             `since:2026-11-01` pueden quedar aquí"
                .into(),
        ),
        ExportComplaint::FilterFile { file, why } => (
            format!("no se puede leer `{file}`: {why}"),
            "escriba el filtro en la primera línea de un archivo".into(),
        ),
        ExportComplaint::NoFile { file } => (
            format!("`{file}` no es un archivo común, y no se pone nada en su lugar"),
            "nombre con `--output` un archivo nuevo, o quítelo para escribir en la salida estándar".into(),
        ),
        ExportComplaint::AmongSealed { file } => (
            format!("`{file}` está en la carpeta de las claves y las sesiones selladas, donde no va nada sin sellar"),
            "nombre con `--output` un archivo en otra carpeta".into(),
        ),
        ExportComplaint::Disk { file, why } => (
            format!("no se puede escribir `{file}`: {why}"),
            "nombre con `--output` un archivo en una carpeta suya".into(),
        ),
    }
}

pub(super) fn course(length: &str, phases: usize, responses: usize, covers: usize) -> String {
    format!(
        "{length}; tramos en fases: {phases}, respuestas: {responses}, veces cubierta: {covers}. Las listas de abajo \
         dicen lo mismo."
    )
}

pub(super) fn point(time: &str, number: i64) -> String {
    format!("{number} a los {time}")
}

pub(super) fn scale(low: &str, high: &str, points: &str) -> String {
    format!("De {low} a {high}: {points}.")
}
