//! The PIN in Spanish.

use super::{PinComplaint, PinSays};

pub(super) fn complaint(complaint: &PinComplaint) -> (String, String) {
    let (what, help): (String, &str) = match complaint {
        PinComplaint::Disk { path, why } => {
            (format!("no se puede leer o escribir `{path}`: {why}"), "mire si está ahí y si es suyo")
        }
        PinComplaint::Garbled { path } => (
            format!("no se entiende el PIN de `{path}`"),
            "aparte ese archivo y ponga un PIN con `amparo keys pin`",
        ),
        PinComplaint::None => ("no hay ningún PIN".into(), "ponga uno con `amparo keys pin`"),
        PinComplaint::Length => {
            ("un PIN tiene de cuatro a ocho cifras, y nada más".into(), "pruebe otra vez")
        }
        PinComplaint::Same => ("los dos PIN son iguales".into(), "tome otro para el segundo"),
        PinComplaint::OtherLength(digits) => (
            format!("el segundo PIN necesita tantas cifras como el primero: {digits}"),
            "empiece otra vez con esas",
        ),
        PinComplaint::NotTheSame => ("eran dos distintos".into(), "empiece otra vez, despacio"),
        PinComplaint::NowhereToAsk => (
            "hace falta un PIN, y no hay terminal donde pedirlo".into(),
            "dé un archivo con `--pin-file ARCHIVO`, o `-` para la entrada estándar",
        ),
        PinComplaint::Refused => (
            "el sistema no da memoria o bytes al azar para el PIN".into(),
            "cierre otros programas y pruebe otra vez",
        ),
    };
    (what, help.into())
}

pub(super) fn says(says: PinSays) -> &'static str {
    match says {
        PinSays::Asks => "PIN nuevo, de 4 a 8 cifras (no se ve nada): ",
        PinSays::AsksAgain => "Otra vez: ",
        PinSays::AsksSecond => "Segundo PIN, tan largo como el primero (no se ve nada): ",
        PinSays::Set => "El PIN está puesto.",
        PinSays::SecondSet => {
            "El segundo PIN está puesto. Cierra lo que está abierto y muestra los ajustes del folleto."
        }
        PinSays::Removed => "Ya no hay PIN.",
        PinSays::SecondRemoved => "Ya no hay segundo PIN.",
        PinSays::Title => "Un PIN para volver",
        PinSays::Why => {
            "Esc muestra el folleto. Con un PIN solo vuelve quien lo sabe: escríbalo tras Ctrl+R; no se ve nada."
        }
        PinSays::Forgotten => "¿Olvidado? No se pierde nada: ciérrelo, empiece otra vez y retome.",
        PinSays::SetOne => "Poner uno ahora",
        PinSays::Without => "Seguir sin PIN",
        PinSays::WithoutMeans => "No se le preguntará más. La orden keys pin pone uno más tarde.",
        PinSays::First => "Cifras",
        PinSays::Again => "Otra vez",
        PinSays::HowMany => "De cuatro a ocho cifras.",
        PinSays::TooFew => "Cuatro cifras por lo menos.",
        PinSays::Differ => "Eran dos distintos. Empiece otra vez, por favor.",
        PinSays::Keeping => "Un momento…",
        PinSays::NotKept => "No se pudo guardar. Pruebe otra vez.",
    }
}
