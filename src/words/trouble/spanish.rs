//! Journal errors in Spanish.

use crate::journal::{Foreign, JournalError, NoWayOn, Trouble, Unsealed};
use crate::text::line_safe;

use super::shown;

pub(super) fn journal(error: &JournalError) -> (String, String) {
    match error {
        JournalError::Disk { trouble, path, source } => {
            let (path, why) = (shown(path), line_safe(&source.to_string()));
            let (what, help) = match trouble {
                Trouble::Full => ("no queda espacio", "haga sitio en este disco e inténtelo otra vez"),
                Trouble::ReadOnly => {
                    ("no se puede escribir", "use una carpeta suya, o ponga una en `AMPARO_HOME`")
                }
                Trouble::Gone => (
                    "la carpeta ya no está",
                    "vuelva a poner la memoria, o ponga otra carpeta en `AMPARO_HOME`",
                ),
                Trouble::TooLarge => ("es mayor de lo que cabe en una sesión", "siga en una sesión nueva"),
                Trouble::Fault => ("el disco falla", "copie la carpeta a otro disco y siga allí"),
            };
            (format!("`{path}`: {what} ({why})"), help.into())
        }
        JournalError::Locked(name) => (
            format!("otra ventana está escribiendo la sesión `{}`", name.short()),
            "siga en esa ventana, o ciérrela e inténtelo otra vez".into(),
        ),
        JournalError::NoSuchSession(text) => (
            format!("no hay ninguna sesión `{}`", line_safe(text)),
            "`amparo sessions list` muestra lo guardado; bastan las primeras cifras del nombre".into(),
        ),
        JournalError::Ambiguous { prefix, matches } => (
            format!("{matches} sesiones tienen un nombre que empieza por `{}`", line_safe(prefix)),
            "dé más cifras; `amparo sessions list` muestra los nombres".into(),
        ),
        JournalError::Erased(stone) => (
            format!("la sesión `{}` se borró: {}", stone.name.short(), stone.reason),
            "lo borrado no puede volver; `amparo sessions list` muestra lo guardado".into(),
        ),
        JournalError::Foreign { path, why } => {
            let why = match why {
                Foreign::Name => "ninguna sesión se llama así",
                Foreign::Kind => "no es un archivo corriente",
                Foreign::Size => "es mayor de lo que puede ser una sesión, y no se leyó",
                Foreign::Content => "no empieza como una sesión",
            };
            (
                format!("`{}` no es una sesión: {why}", shown(path)),
                "sáquelo de la carpeta o déjelo: ahí no molesta".into(),
            )
        }
        JournalError::Newer { path, version } => (
            format!("`{}` es de una versión posterior de este programa (formato {version})", shown(path)),
            "ábralo con esa versión, o ponga esta al día".into(),
        ),
        JournalError::Unbegun(name) => (
            format!(
                "la sesión `{}` no contiene nada: el programa se detuvo al empezarla, o se cortó",
                name.short()
            ),
            format!("quítela con `amparo sessions erase {}`, o déjela", name.short()),
        ),
        JournalError::NoWayOn { name, why: NoWayOn::Closed } => (
            format!("la sesión `{}` está cerrada", name.short()),
            format!("léala con `amparo sessions show {}`, o empiece una nueva", name.short()),
        ),
        JournalError::NoWayOn { name, why: NoWayOn::Cut } => (
            format!("de la sesión `{}` se había guardado más, y falta el final de su archivo", name.short()),
            "deje el archivo como está, busque una copia, y dígaselo a quien la supervisa".into(),
        ),
        JournalError::NoWayOn { name, why: NoWayOn::AnotherFile } => (
            format!("la sesión `{}` es otro archivo, y no el que anotó este equipo", name.short()),
            "deje el archivo como está, busque una copia del bueno, y dígaselo a quien la supervisa".into(),
        ),
        JournalError::NoWayOn { name, why: NoWayOn::Altered(after) } => (
            format!("la sesión `{}` se cambió desde fuera después del hecho {after}", name.short()),
            format!("lea lo que queda con `amparo sessions show {}`, y empiece una nueva", name.short()),
        ),
        JournalError::NoWayOn { name, why: NoWayOn::NotForUs(after) } => (
            format!(
                "lo que sigue tras el hecho {after} de la sesión `{}` se selló para otras personas",
                name.short()
            ),
            "sígala en el equipo donde se retomó por última vez, o empiece una nueva".into(),
        ),
        JournalError::Damaged(name) => (
            format!("se cambió el principio de la sesión `{}`: no se puede leer nada de ella", name.short()),
            "busque una copia del archivo; `amparo sessions verify` dice si es la buena".into(),
        ),
        JournalError::NotForUs(name) => (
            format!("la sesión `{}` se selló para otras personas", name.short()),
            "léala con la clave de una supervisora; `amparo keys list` muestra quién lee las nuevas".into(),
        ),
        JournalError::Companion(name) => (
            format!("`{}` acompaña a una sesión, y no lo es", name.short()),
            "sáquelo de la carpeta o déjelo: ahí no molesta".into(),
        ),
        JournalError::Unsealed(Unsealed::NoRandomness) => (
            "el sistema no da bytes al azar, y no se puede sellar nada".into(),
            "reinicie el equipo y pruebe otra vez".into(),
        ),
        JournalError::Unsealed(Unsealed::ProtocolTooLarge) => (
            "el protocolo con sus traducciones es mayor de lo que cabe en una sesión".into(),
            "acórtelo, o deje fuera una traducción: cabe un megabyte como mucho".into(),
        ),
        JournalError::NoWayOn { name, why: NoWayOn::Protocol } => (
            format!(
                "la sesión `{}` no puede seguir: su protocolo tiene errores para esta versión",
                name.short()
            ),
            format!(
                "siga con la versión del programa que la empezó; `amparo sessions show {}` muestra lo guardado",
                name.short()
            ),
        ),
        JournalError::EventTooLong { bytes } => (
            format!("lo ocurrido ocupa {bytes} bytes, más de lo que cabe en un hecho"),
            "escriba un texto más corto, o acorte los nombres del protocolo".into(),
        ),
        JournalError::FileTooLarge => (
            "la sesión ha llegado a lo más que cabe en un archivo".into(),
            "ciérrela y siga en una nueva".into(),
        ),
    }
}
