//! The words about arguments in Spanish.

use super::{HelpSays, Usage};

pub(super) fn usage(usage: &Usage) -> (String, String) {
    let all = || "`amparo --help` muestra las órdenes, y `--help` detrás de una, lo que admite".to_owned();
    let near = |near: &Option<String>| match near {
        Some(near) => format!("¿quería decir `{near}`? Si no, vea `--help`"),
        None => all(),
    };
    match usage {
        Usage::NoSuchCommand { word, near: like } => (format!("no hay ninguna orden `{word}`"), near(like)),
        Usage::NoSuchArgument { word, near: like } => (format!("aquí no se entiende `{word}`"), near(like)),
        Usage::Value { value, argument, valid } => (
            if value.is_empty() {
                format!("`{argument}` necesita un valor")
            } else {
                format!("`{argument}` no admite `{value}`")
            },
            if valid.is_empty() { all() } else { format!("admite: {}", valid.join(", ")) },
        ),
        Usage::Missing { arguments } => (format!("falta algo: {}", arguments.join(", ")), all()),
        Usage::Conflict { one, others } if others.is_empty() => {
            (format!("`{one}` está más de una vez"), "póngalo una sola vez".to_owned())
        }
        Usage::Conflict { one, others } => {
            (format!("`{one}` no va junto con {}", others.join(", ")), "quite uno de los dos".to_owned())
        }
        Usage::Other => ("no se entiende lo que sigue al nombre del programa".to_owned(), all()),
    }
}

pub(super) const fn help(says: HelpSays) -> &'static str {
    match says {
        HelpSays::Usage => "Uso",
        HelpSays::Commands => "Órdenes",
        HelpSays::Command => "ORDEN",
        HelpSays::Arguments => "Argumentos",
        HelpSays::Options => "Opciones",
        HelpSays::Some => "[OPCIONES]",
        HelpSays::Help => "Mostrar esta ayuda",
        HelpSays::Version => "Mostrar la versión",
    }
}

pub(super) fn meant(path: &str, argument: Option<&str>) -> Option<&'static str> {
    match argument {
        None => command(path),
        Some(argument) => everywhere(argument).or_else(|| of_one(path, argument)),
    }
}

fn command(path: &str) -> Option<&'static str> {
    Some(match path {
        "" => {
            "Una lista de pasos para dos personas que entrevistan a posibles víctimas de trata.\n\nSin ninguna orden abre la \
             pantalla de inicio."
        }
        "run" => "Empezar una entrevista, o practicar",
        "resume" => "Seguir con una sesión abierta",
        "review" => "Leer las sesiones guardadas",
        "sessions" => "Listar, mostrar y borrar sesiones guardadas",
        "sessions list" => "Listar lo guardado, lo último primero",
        "sessions show" => "Mostrar lo que pasó en una sesión, en orden",
        "sessions verify" => "Mirar si las sesiones están como se registraron",
        "sessions addendum" => "Añadir algo a una sesión cerrada: un archivo sellado junto a ella",
        "sessions export" => "Escribir sesiones en un archivo sin sellar, sin lo privado",
        "sessions stats" => "Cifras de muchas sesiones: cómo acaban, cuánto duran las fases, qué se omite",
        "sessions erase" => "Borrar una sesión; queda una nota de cuándo y por qué",
        "protocol" => "Comprobar, mostrar y escribir protocolos",
        "protocol check" => "Comprobar protocolos con sus traducciones, y mostrar todo lo que está mal",
        "protocol show" => "Mostrar un protocolo como esquema",
        "protocol graph" => "Escribir el grafo de las condiciones de un protocolo, para Graphviz",
        "protocol schema" => "Escribir el JSON Schema de los protocolos, para editores",
        "protocol new" => "Escribir un protocolo pequeño para empezar",
        "protocol translate" => {
            "Escribir una traducción junto a un protocolo, o ponerla al día: lo que falta queda en comentarios"
        }
        "keys" => {
            "Crear y listar claves, añadir y quitar a quienes leen, poner el PIN con que se vuelve del folleto"
        }
        "keys new" => "Crear la clave propia de este equipo, con una hoja de recuperación",
        "keys sheet" => "Mostrar otra vez la hoja de recuperación, con la frase",
        "keys passphrase" => {
            "Cambiar la frase de la clave de este equipo, con la de antes (si se perdió: `keys new --sheet ARCHIVO`)"
        }
        "keys list" => "Listar las claves que leen lo que se escribe en este equipo",
        "keys add" => {
            "Añadir la clave pública de una supervisora, que leerá cada sesión que empiece aquí; con --worker, la de una \
             compañera, que solo lee los comentarios para ella"
        }
        "keys remove" => "Quitar una clave; lo sellado antes para ella lo sigue leyendo",
        "keys pin" => "Poner, cambiar o quitar el PIN con que se vuelve del folleto",
        "settings" => "Mostrar o cambiar los ajustes",
        "print" => "Imprimir una renuncia, papeles de cita o el parte de un día",
        "print waiver" => "La renuncia: se ofreció protección y hoy no la quiere. Se rellena a mano",
        "print appointment" => "Papeles de cita, cuatro por página: nada en ellos dice de qué se trata",
        "print report" => "El trabajo del día por número",
        "completions" => "Escribir el autocompletado de una terminal",
        "man" => "Escribir las páginas del manual en una carpeta",
        _ => return None,
    })
}

/// An argument that means the same wherever it stands.
fn everywhere(argument: &str) -> Option<&'static str> {
    Some(match argument {
        "lang" => "Idioma de la pantalla y de los mensajes: en o es",
        "passphrase_file" => {
            "Archivo con la frase en su primera línea (`-`: la entrada estándar); sin él, se pregunta donde haga falta"
        }
        "json" => "Como datos, en JSON",
        "output" => "Archivo que se escribe, solo para sus ojos; sin él, la salida estándar",
        "overwrite" => "Sustituir el archivo sin preguntar, si ya está ahí",
        "by_file" => {
            "Archivo con su número, en una línea (`-`: la entrada estándar); queda junto a cada sesión"
        }
        "filter" => {
            "Las que deja un filtro, como en la revisión: `danger`, `since:2026-11-01`, `dev>2`, `unsigned`"
        }
        "filter_file" => {
            "Archivo con el filtro en su primera línea (`-`: la entrada estándar): para códigos de caso y números"
        }
        _ => return None,
    })
}

fn of_one(path: &str, argument: &str) -> Option<&'static str> {
    Some(match (path, argument) {
        ("run", "protocol") => "Archivo del protocolo que se usa, en lugar del incluido",
        ("run", "practice") => "Practicar: números inventados, y no se escribe nada",
        ("run", "plain") => "Líneas de texto para lectores de pantalla, sin marcos ni colores",
        ("run", "say") => "Idioma de las palabras que se dicen",
        ("resume" | "review" | "sessions addendum" | "sessions erase", "session") => {
            "Su nombre, o el principio de él"
        }
        ("sessions show", "session") => "Su nombre, o el principio de él; sin él, la última",
        ("sessions list", "past") => "Solo las que se guardaron tanto como dice el ajuste `keep_days`",
        ("sessions verify", "files") => "Archivos o carpetas; sin ninguno, todas las sesiones de este equipo",
        ("sessions verify", "head") => "El código que se anotó en papel, para un archivo",
        ("sessions addendum", "text_file") => "Archivo con el texto; sin él, se pregunta una línea",
        ("sessions export", "sessions") => "Sus nombres, o los principios de ellos",
        ("sessions export", "all") => "Todas las sesiones de este equipo",
        ("sessions export", "format") => {
            "html: una página para personas; md: Markdown; csv: una fila por suceso; jsonl: una línea por sesión"
        }
        ("sessions export", "with") => {
            "Con este paso privado, por su id; los demás quedan fuera. Puede darse varias veces"
        }
        ("sessions stats", "format") => "text: líneas; html: una página con barras; json: datos",
        ("sessions stats", "aggregate") => {
            "Para gente de fuera: solo recuentos, con los grupos pequeños ocultos, de todas las sesiones"
        }
        ("sessions erase", "reason_file") => {
            "Archivo con la razón, en una línea (`-`: la entrada estándar); sin él, se pregunta"
        }
        ("sessions erase", "yes") => "No preguntar si se borra",
        ("protocol check", "files") => "Archivos de protocolos",
        ("protocol show" | "protocol graph", "file") => "Archivo de un protocolo; sin él, el incluido",
        ("protocol show", "coverage") => "Mostrar qué paso cumple qué práctica",
        ("protocol new", "file") => "El archivo que se escribe; no puede existir ya",
        ("protocol translate", "file") => "Archivo de un protocolo",
        ("protocol translate", "into") => "Código del idioma, como es",
        ("keys new", "supervisor") => "Marcarla como de supervisora",
        ("keys new", "sheet") => {
            "Archivo con una hoja de recuperación copiada: trae esa clave con una frase nueva, también si la de antes se \
             perdió; las claves de otras se quedan"
        }
        ("keys passphrase", "new_passphrase_file") => {
            "Archivo con la frase nueva en su primera línea (`-`: la entrada estándar); sin él, se pregunta"
        }
        ("keys list", "qr") => {
            "Mostrar una clave como cuadro para una cámara: la de este número, o la propia de este equipo"
        }
        ("keys add" | "keys remove", "number") => "Su número",
        ("keys add", "worker") => {
            "Es de una compañera: lee solo los comentarios para su número, y ninguna sesión"
        }
        ("keys add", "key") => "Su clave pública, `age1…`",
        ("keys add", "file") => "Archivo con su clave pública",
        ("keys pin", "second") => "El segundo PIN, que cierra lo que está abierto y muestra algo inofensivo",
        ("keys pin", "remove") => "Quitarlo",
        ("keys pin", "pin_file") => {
            "Archivo con el PIN en su primera línea (`-`: la entrada estándar); sin él, se pregunta en la terminal"
        }
        ("settings", "name") => "El ajuste",
        ("settings", "value") => "Su valor nuevo; uno vacío lo devuelve a como era",
        ("print waiver" | "print appointment" | "print report", "format") => {
            "html: una página para imprimir desde un navegador; text: texto sin formato"
        }
        ("print report", "day") => "El día, como 2026-11-30; sin él, hoy",
        ("completions", "shell") => "La terminal: bash, zsh, fish, elvish o powershell",
        ("man", "folder") => "La carpeta",
        _ => return None,
    })
}

pub(super) fn value_name(name: &str) -> Option<&'static str> {
    Some(match name {
        "FILE" => "ARCHIVO",
        "FILES" => "ARCHIVOS",
        "FORMAT" => "FORMATO",
        "FILTER" => "FILTRO",
        "DAY" => "DÍA",
        "CODE" => "CÓDIGO",
        "STEP" => "PASO",
        "NUMBER" => "NÚMERO",
        "SESSION" => "SESIÓN",
        "SESSIONS" => "SESIONES",
        "NAME" => "NOMBRE",
        "VALUE" => "VALOR",
        "KEY" => "CLAVE",
        "LANG" => "IDIOMA",
        "FOLDER" => "CARPETA",
        _ => return None,
    })
}
