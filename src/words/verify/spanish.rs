//! What verifying found, in Spanish.

use crate::journal::{ChainState, Finding, Foreign, Trouble, Unread};

pub(super) fn finding(found: &Finding) -> String {
    match found {
        Finding::Whole => "entero: se cerró, y nada se cambió".into(),
        Finding::Open => "abierto: sin cerrar, o cortado ahí; el archivo solo no lo dice".into(),
        Finding::Torn(bytes) => {
            format!(
                "roto: sus últimos {bytes} bytes no son un hecho entero; lo que hay antes está entero"
            )
        }
        Finding::Altered(0) => "cambiado: no se puede confiar en nada de él".into(),
        Finding::Altered(1) => "cambiado: solo vale su primer hecho".into(),
        Finding::Altered(after) => format!("cambiado: solo valen sus primeros {after} hechos"),
        Finding::Cut => "cortado: era más largo, o se cerró, y falta su final".into(),
        Finding::AnotherFile => "otro archivo, y no el que se anotó".into(),
        Finding::Slip(1) => {
            "un signo del código es distinto: lo más probable es una errata; mire otra vez el papel".into()
        }
        Finding::Slip(_) => {
            "dos signos del código son distintos: lo más probable es una errata; mire otra vez el papel"
                .into()
        }
        Finding::NotForUs(0) => "sellado para otras personas, o la parte de esta clave está dañada".into(),
        Finding::NotForUs(after) => {
            format!("lo que sigue tras el hecho {after} se selló para otras personas")
        }
        Finding::Erased(stone) => format!("borrado: {}", stone.reason),
        Finding::Missing => "falta: se empezó o se miró en este equipo, y su archivo no está".into(),
        Finding::Foreign(why) => {
            let why = match why {
                Foreign::Name => "ninguna sesión se llama así",
                Foreign::Kind => "no es un archivo corriente",
                Foreign::Size => "es mayor de lo que puede ser una sesión",
                Foreign::Content => "no empieza como una sesión",
            };
            format!("no es de los nuestros: {why}")
        }
        Finding::Newer(version) => format!("de una versión posterior de este programa (formato {version})"),
        Finding::Unbegun => {
            "vacío: el programa se detuvo al empezar, o se cortó; el archivo solo no lo dice".into()
        }
        Finding::Companion => "acompaña a una sesión, y está entero".into(),
        Finding::Beside(Unread::Damaged | Unread::Gone) => {
            "dañado: se dijo después de una sesión, y no se puede leer; recupérelo de una copia".into()
        }
        Finding::Beside(Unread::NotForUs) => {
            "se dijo después de una sesión, y no se selló para esta clave, o su parte está dañada".into()
        }
        Finding::Beside(Unread::Newer) => {
            "se dijo después de una sesión, con una versión posterior: actualice este programa".into()
        }
        Finding::BackAgain => {
            "se borró aquí, y está otra vez, como de una copia: no entra en cifras ni exportaciones; bórrelo de nuevo".into()
        }
        Finding::Same => {
            "byte a byte el archivo que se anotó; no se abrió, porque no había clave a mano".into()
        }
        Finding::Unopened => "sin abrir: no había clave a mano, y nada se anotó de él como está ahora".into(),
        Finding::Unreadable(trouble) => {
            let why = match trouble {
                Trouble::Full => "no queda espacio",
                Trouble::ReadOnly => "no se permite leerlo",
                Trouble::Gone => "no está ahí",
                Trouble::Fault => "el disco falla",
                Trouble::TooLarge => "es mayor de lo que puede ser una sesión",
            };
            format!("no se pudo leer: {why}")
        }
    }
}

pub(super) fn ledger(state: ChainState) -> Option<String> {
    match state {
        ChainState::Whole => None,
        ChainState::Absent => Some(
            "este equipo no tiene registro (el archivo `index` junto a la carpeta `data`): no se puede saber si falta \
             una sesión que estuvo aquí; si aquí ya se hicieron o verificaron sesiones, alguien lo quitó"
                .into(),
        ),
        ChainState::Unreadable => Some(
            "el registro de este equipo (el archivo `index` junto a la carpeta `data`) no se puede leer: no se puede \
             saber si falta una sesión que estuvo aquí; déjelo como está, y avise a quien cuida este equipo"
                .into(),
        ),
        ChainState::Torn { line } => Some(format!(
            "el registro de este equipo tiene en la línea {line} algo que no es una línea: el equipo se detuvo al \
             escribirla, o alguien la cambió"
        )),
        ChainState::Broken { line } => Some(format!(
            "el registro de este equipo se cambió antes de la línea {line}: lo que dice de archivos que faltan no es seguro"
        )),
    }
}
