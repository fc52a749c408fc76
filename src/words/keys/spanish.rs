//! Keys in Spanish.

use crate::seal::{HeadProblem, ListProblem, Passphrase, RecipientProblem, SheetProblem};
use crate::text::Language;

use super::{KeyComplaint, KeySays};

pub(super) fn says(says: KeySays) -> &'static str {
    match says {
        KeySays::Passphrase => "frase de contraseña: ",
        KeySays::WithoutKey => {
            "Intro solo sigue sin la clave: los archivos se comparan entonces solo con lo que se anotó de ellos."
        }
        KeySays::NewPassphrase => {
            "Una frase de contraseña guarda su clave en este equipo. Valen cuatro o cinco palabras que nadie juntaría.\n\
             frase nueva: "
        }
        KeySays::Again => "otra vez: ",
        KeySays::Found => {
            "Aquí hay una clave, y se perdió `keys.json`, que la nombra. Su frase la recupera.\nfrase de contraseña: "
        }
        KeySays::NamedAgain => {
            "Su clave está de vuelta. Las de supervisoras no: añádalas otra vez con `amparo keys add NÚMERO age1…`."
        }
        KeySays::LockedAnew => {
            "Su clave está de vuelta, y la abre la frase nueva. `amparo keys list` muestra quién más lee."
        }
        KeySays::PassphraseChanged => {
            "Desde ahora la frase nueva abre su clave. La hoja de recuperación sigue siendo la misma."
        }
        KeySays::SheetOfNone => {
            "La clave de esta hoja no se guardó. Tire la hoja, o traiga la clave con `amparo keys new --sheet ARCHIVO`."
        }
        KeySays::Made => "Su clave pública. Quien la tenga puede escribir para usted, y no leer:",
        KeySays::SheetTitle => {
            "Hoja de recuperación. Anótela o imprímala, y guárdela donde nadie la encuentre junto al equipo:"
        }
        KeySays::SheetUse => {
            "Quien tenga esta hoja puede leer todo lo sellado para usted. Si pierde el equipo o la frase, escríbala en un \
             archivo y use `amparo keys new --sheet ARCHIVO`."
        }
        KeySays::Own => "clave propia",
        KeySays::OwnReads => "lee lo que se escribe aquí",
        KeySays::OwnDoesNot => "no lee lo que se escribe aquí",
        KeySays::Caseworker => "profesional",
        KeySays::Supervisor => "supervisora",
        KeySays::Office => "lista de la oficina",
        KeySays::None => {
            "aún no hay claves: `amparo keys new` hace la suya, `amparo keys add NÚMERO age1…` añade la de una supervisora"
        }
        KeySays::SquareUse => "`amparo keys list --qr` la muestra como un cuadro para la cámara.",
        KeySays::Added => "añadida; lee las sesiones que empiecen desde ahora",
        KeySays::AddedWorker => "añadida; lee los comentarios dirigidos a su número, y nada más",
        KeySays::RemarksOnly => "profesional, solo lee los comentarios dirigidos a ella",
        KeySays::Removed => "quitada; lo que ya se selló para ella se sigue leyendo con ella",
    }
}

fn recipient(why: RecipientProblem) -> (&'static str, &'static str) {
    match why {
        RecipientProblem::Secret => (
            "eso es una clave secreta, y ahora está donde otros pueden verla",
            "haga una nueva con `amparo keys new`, y entregue solo lo que empieza por `age1`",
        ),
        RecipientProblem::Kind => (
            "esa clave es de otra clase (un complemento, un dispositivo, SSH o poscuántica)",
            "use una corriente: `age1` y 58 signos",
        ),
        RecipientProblem::NoKey => {
            ("eso no es una clave pública, o tiene una errata", "cópiela de nuevo entera: `age1` y 58 signos")
        }
    }
}

fn sheet(why: SheetProblem) -> (String, String) {
    match why {
        SheetProblem::Rows(rows) => {
            (format!("la hoja tiene {rows} filas, y no seis"), "escriba cada fila en su propia línea".into())
        }
        SheetProblem::Length { row } => {
            (format!("a la fila {row} de la hoja le sobra o le falta un signo"), "cuéntelos otra vez".into())
        }
        SheetProblem::Sign { row, sign } => (
            format!("la fila {row} de la hoja tiene `{sign}`, que ninguna tiene"),
            "mire otra vez ese signo".into(),
        ),
        SheetProblem::Slip { row, place } => (
            format!("la fila {row} de la hoja tiene una errata, probablemente en su signo {place}"),
            "mire otra vez esa fila".into(),
        ),
        SheetProblem::Row { row } => (
            format!("la fila {row} de la hoja tiene más de un signo mal, o está en otro lugar"),
            "mire otra vez esa fila".into(),
        ),
        SheetProblem::NoKey => {
            ("cada fila está bien, y juntas no son una clave".into(), "mire si son de una misma hoja".into())
        }
    }
}

pub(super) fn complaint(complaint: &KeyComplaint) -> (String, String) {
    let (what, help): (String, String) = match complaint {
        KeyComplaint::Disk { path, why } => (
            format!("`{path}`: {why}"),
            "mire si el archivo está ahí y es suyo".into(),
        ),
        KeyComplaint::Full { path } => (
            format!("no queda espacio para escribir `{path}`"),
            "borre de este disco algo que ya no necesite, y pruebe otra vez".into(),
        ),
        KeyComplaint::ReadOnly { path } => (
            format!("no se puede escribir `{path}`: su disco no admite nada"),
            "mire si está bloqueado o se sacó, y pruebe otra vez".into(),
        ),
        KeyComplaint::NoFile { path } => {
            (format!("`{path}` es una carpeta, una tubería o un dispositivo"), "nombre un archivo corriente".into())
        }
        KeyComplaint::NoText { path } => (
            format!("`{path}` no es un texto sencillo"),
            "guárdelo como texto sencillo en UTF-8, o escriba la clave misma: `age1` y 58 signos".into(),
        ),
        KeyComplaint::Several { path } => {
            (format!("`{path}` tiene varias claves"), "deje en él solo la de ella".into())
        }
        KeyComplaint::Settings(complaint) => return complaint.words(Language::Spanish),
        KeyComplaint::Garbled { path } => (
            format!("`{path}` no es lo que escribe este programa"),
            "recupérelo de una copia; o apártelo y use `amparo keys new`, que halla su clave por la frase, o con \
             `--sheet ARCHIVO` por la hoja de recuperación, y añada otra vez las de supervisoras"
                .into(),
        ),
        KeyComplaint::List { path, why } => match why {
            ListProblem::Line { line, why } => {
                let (what, help) = recipient(*why);
                (format!("`{path}`, línea {line}: {what}"), help.into())
            }
            ListProblem::Empty => {
                (format!("`{path}` no nombra a nadie"), "escriba en él una clave pública por línea".into())
            }
            ListProblem::TooMany => {
                (format!("`{path}` nombra a más de quienes caben en una sesión"), "deje treinta como mucho".into())
            }
            ListProblem::TooLarge => {
                (format!("`{path}` no es una lista de claves públicas"), "escriba una clave pública por línea".into())
            }
        },
        KeyComplaint::HasOwn => (
            "este equipo ya tiene una clave propia".into(),
            "`amparo keys list` la muestra; `amparo keys passphrase` cambia la frase; si se perdió, \
             `amparo keys new --sheet ARCHIVO` toma la hoja de recuperación"
                .into(),
        ),
        KeyComplaint::OtherOwn => (
            "esa es la hoja de otra clave, no de la de este equipo".into(),
            "busque la hoja correcta; para usar aquí esa otra clave, aparte antes el archivo `key`: las de supervisoras se quedan"
                .into(),
        ),
        KeyComplaint::Gone { path } => (
            format!("su clave debería estar en `{path}`, y no está"),
            "recupere ese archivo de una copia, o use `amparo keys new --sheet ARCHIVO` con la hoja de recuperación".into(),
        ),
        KeyComplaint::Unnamed { path } => (
            format!("hay una clave en `{path}`, y se perdió `keys.json`, que la nombra y dice quién más lee"),
            "recupere `keys.json` de una copia; o use `amparo keys new`, que pide la frase de esa clave, o toma su hoja \
             de recuperación con `--sheet ARCHIVO`"
                .into(),
        ),
        KeyComplaint::SheetNotShown { why } => (
            format!("no se pudo mostrar la hoja de recuperación: {why}"),
            "use la orden en una terminal; una clave que se iba a hacer no se guardó".into(),
        ),
        KeyComplaint::NoOwn => {
            ("este equipo no tiene clave propia".into(), "haga una con `amparo keys new`".into())
        }
        KeyComplaint::Nobody => (
            "nadie podría leer nunca lo que se escribiera".into(),
            "haga una clave con `amparo keys new`, o añada la de una supervisora con `amparo keys add NÚMERO age1…`".into(),
        ),
        KeyComplaint::TooMany => {
            ("más claves de las que caben en una sesión".into(), "deje treinta como mucho".into())
        }
        KeyComplaint::Taken(number) => (
            format!("`{number}` ya tiene otra clave"),
            format!("quite antes esa con `amparo keys remove {number}`, si ya no es suya"),
        ),
        KeyComplaint::NoSuch(number) => {
            (format!("ninguna clave tiene el número `{number}`"), "`amparo keys list` las muestra".into())
        }
        KeyComplaint::WrongPassphrase => (
            "esa no es la frase de contraseña".into(),
            "pruebe otra vez; si se perdió, `amparo keys new --sheet ARCHIVO` toma la hoja de recuperación".into(),
        ),
        KeyComplaint::TooMuchWork(work) => (
            format!("la clave se cerró con un factor de trabajo de {work}, y este programa llega a 20"),
            "ciérrela de nuevo con `age -p`, o recupere el archivo `key` que escribió este programa".into(),
        ),
        KeyComplaint::Damaged => (
            "la clave cerrada se cambió, o no lo es".into(),
            "recupere el archivo `key` de una copia, o use la hoja de recuperación".into(),
        ),
        KeyComplaint::TooShort => (
            format!("la frase es demasiado corta: al menos {} caracteres", Passphrase::FEWEST),
            "tome cuatro o cinco palabras que nadie juntaría".into(),
        ),
        KeyComplaint::NotTheSame => {
            ("las dos frases no son iguales".into(), "empiece de nuevo, despacio".into())
        }
        KeyComplaint::NowhereToAsk => (
            "hace falta una frase de contraseña, y no hay terminal donde pedirla".into(),
            "dé un archivo con `--passphrase-file ARCHIVO`, o `-` para la entrada estándar".into(),
        ),
        KeyComplaint::NothingTyped => ("no se dio ninguna frase".into(), "empiece de nuevo cuando la tenga".into()),
        KeyComplaint::NoRandomness => {
            ("el sistema no da bytes al azar".into(), "reinicie el equipo y pruebe otra vez".into())
        }
        KeyComplaint::Recipient(why) => {
            let (what, help) = recipient(*why);
            (what.into(), help.into())
        }
        KeyComplaint::Number => (
            "eso no es un número de personal".into(),
            "letras, cifras y guiones, con al menos una cifra".into(),
        ),
        KeyComplaint::Sheet(why) => sheet(*why),
        KeyComplaint::Head(why) => match why {
            HeadProblem::Length(signs) => {
                (format!("el código tiene {signs} signos, y no 16"), "escriba los cuatro grupos de cuatro".into())
            }
            HeadProblem::Sign(sign) => (
                format!("el código tiene `{sign}`, que ninguno tiene"),
                "mire otra vez ese signo; no hay I, L, O ni U".into(),
            ),
        },
        KeyComplaint::NotSupervisor => (
            "la clave de este equipo no está marcada como de supervisora".into(),
            "pida a una supervisora que la borre; `amparo keys new --supervisor` hace una clave así".into(),
        ),
    };
    (what, help)
}
