//! The first key and its passphrase in Spanish.

use super::{FirstKeySays, UnlockSays};

pub(super) fn unlock(says: UnlockSays) -> &'static str {
    match says {
        UnlockSays::Title => "Su frase de contraseña",
        UnlockSays::Why => {
            "Lo guardado está sellado; su frase lo abre, hasta que salga o empiece una sesión."
        }
        UnlockSays::Label => "Frase",
        UnlockSays::Empty => "Escriba su frase y pulse Intro.",
        UnlockSays::Working => "Un momento: se está abriendo su clave …",
        UnlockSays::Wrong => "Esa no es la frase. Escríbala otra vez.",
        UnlockSays::Open => "abrir",
        UnlockSays::Back => "volver",
    }
}

pub(super) fn first_key(says: FirstKeySays) -> &'static str {
    match says {
        FirstKeySays::Title => "¿Quién podrá leerla?",
        FirstKeySays::SheetVoid => "La hoja de antes ya no vale: rómpala. Ahora viene otra.",
        FirstKeySays::Why => "Se sella, y solo una clave la abre.",
        FirstKeySays::OwnIsOff => {
            "Su clave está desactivada y no hay otra: nadie podría leerla. (amparo settings own_key on)"
        }
        FirstKeySays::Own => "Yo, con una clave propia",
        FirstKeySays::OwnMeans => "Usted lee y retoma. Otra clave se puede añadir luego.",
        FirstKeySays::Both => "Yo y mi supervisora",
        FirstKeySays::BothMeans => "Igual, y ella también lee. Hace falta su clave, age1…",
        FirstKeySays::Supervisor => "Solo mi supervisora",
        FirstKeySays::SupervisorMeans => "Usted no podrá leerla ni retomarla, tampoco tras un fallo.",
        FirstKeySays::WhoseKey => "La clave de su supervisora",
        FirstKeySays::WhoseKeyWhy => {
            "Ella la ve con amparo keys list, y puede enviarla como quiera: no abre nada."
        }
        FirstKeySays::Number => "Su número",
        FirstKeySays::Key => "Su clave",
        FirstKeySays::KeyExample => "age1 y 58 signos, o la ruta de un archivo con ella.",
        FirstKeySays::Reading => "Un momento: se está leyendo el archivo …",
        FirstKeySays::NewPassphrase => "Su frase de contraseña",
        FirstKeySays::PassphraseWhy => {
            "Cierra su clave en este equipo. Nadie más la tiene, y nadie se la puede averiguar."
        }
        FirstKeySays::Label => "Frase",
        FirstKeySays::Good => "12 signos o más: cuatro palabras que nadie juntaría.",
        FirstKeySays::Again => "Otra vez",
        FirstKeySays::TooShort => "Corta: 12 signos o más. Tome cuatro palabras.",
        FirstKeySays::NotTheSame => "No eran iguales. Escriba las dos otra vez.",
        FirstKeySays::Sheet => "Hoja de recuperación",
        FirstKeySays::SheetWhy => "Cópiela en papel, lejos del equipo. Lo abre todo si se pierde la frase.",
        FirstKeySays::Written => "La he anotado",
        FirstKeySays::ShowPublic => "Ver mi clave pública",
        FirstKeySays::PublicTitle => "Su clave pública: con ella se escribe para usted, no se lee",
        FirstKeySays::PublicSmall => "En una ventana mayor hay aquí un cuadro para la cámara.",
        FirstKeySays::Keeping => "Un momento: se cierra su clave …",
        FirstKeySays::Next => "seguir",
        FirstKeySays::Back => "volver",
    }
}
