//! The command line in Spanish.

use super::{CommandSays, Complaint, SettingFor, SettingTakes};

pub(super) fn says(says: CommandSays) -> &'static str {
    match says {
        CommandSays::Error => "error",
        CommandSays::Help => "ayuda",
        CommandSays::NoDefault => "nada",
        CommandSays::Default => "de serie",
        CommandSays::Takes => "admite",
        CommandSays::AnyText => "un texto",
        CommandSays::OwnKeyIsOff => {
            "Las sesiones que empiecen desde ahora se sellan solo para otras personas: no podrá leerlas, ni seguir con una \
             tras un fallo o tras salir de ella."
        }
    }
}

pub(super) fn complaint(complaint: &Complaint) -> (String, String) {
    let (what, help): (String, String) = match complaint {
        Complaint::NoTerminal => (
            "hace falta una terminal, y la entrada o la salida es un archivo o una tubería".into(),
            "ábralo en una ventana de terminal, sin `<`, `>` ni `|`".into(),
        ),
        Complaint::TerminalTooOld => (
            "esta terminal no sabe colocar el cursor (`TERM` está vacío o es `dumb`)".into(),
            "ábralo en una ventana de terminal corriente, o ponga `TERM=xterm-256color`".into(),
        ),
        Complaint::TerminalFailed { why } => (
            format!("no se pudo preparar la terminal: {why}"),
            "cierre esta ventana, abra otra y empiece de nuevo".into(),
        ),
        Complaint::NoHome => {
            ("no hay carpeta donde guardar nada".into(), "ponga en `AMPARO_HOME` una carpeta suya".into())
        }
        Complaint::NoSuchSetting { name, near } => (
            format!("no hay ningún ajuste `{name}`"),
            match near {
                Some(near) => format!("¿quería decir `{near}`? `amparo settings` los muestra todos"),
                None => "`amparo settings` los muestra todos".into(),
            },
        ),
        Complaint::SettingRefused { name, value, takes } => (
            format!("`{name}` no puede ser `{value}`"),
            match takes {
                SettingTakes::OneOf(words) => format!("use una de estas: {}", words.join(", ")),
                SettingTakes::Number { from, to } => format!("use un número entero de {from} a {to}"),
                SettingTakes::Text => "use un texto sencillo, sin caracteres de control".into(),
            },
        ),
        Complaint::SettingsGarbled { path } => (
            format!("no se entienden los ajustes de `{path}`"),
            "recupérelo de una copia; o apártelo y ponga otra vez lo que tenía, sobre todo `recipients` y `own_key`: \
             sin ese archivo, su clave lee lo que usted escribe y la lista de una oficina no"
                .into(),
        ),
        Complaint::SettingsDisk { path, why } => (
            format!("no se pueden leer o escribir los ajustes de `{path}`: {why}"),
            "mire si la carpeta está ahí y es suya".into(),
        ),
        Complaint::NothingToResume => (
            "no hay ninguna sesión abierta".into(),
            "`amparo sessions list` muestra lo guardado; `amparo` empieza una nueva".into(),
        ),
        Complaint::WhichToResume { open } => (
            format!("hay {open} sesiones abiertas"),
            "nombre una: `amparo sessions list` las muestra, y bastan unas letras de su nombre".into(),
        ),
        Complaint::NoSuchLanguage { code } => {
            (format!("el programa no tiene el idioma `{code}`"), "use `en` o `es`".into())
        }
        Complaint::NoSuchSay { code, has } => {
            (format!("el protocolo no tiene palabras en `{code}`"), format!("tiene: {has}"))
        }
        Complaint::ProtocolWrong { path } => (
            format!("el protocolo `{path}` tiene errores y no se ha abierto"),
            format!("corrija lo que se muestra arriba y mire otra vez con `amparo protocol check {path}`"),
        ),
        Complaint::CannotWrite { path, why } => (
            format!("no se puede escribir `{path}`: {why}"),
            "elija una carpeta que exista y sea suya".into(),
        ),
    };
    (what, help)
}

pub(super) fn setting(setting: SettingFor) -> &'static str {
    match setting {
        SettingFor::Language => "idioma de la pantalla; sin él, el del sistema",
        SettingFor::Say => "idioma de lo que se dice en voz alta; sin él, el de la pantalla",
        SettingFor::Protocol => "archivo del protocolo de las sesiones nuevas; sin él, el incorporado",
        SettingFor::Recipients => {
            "archivo con las claves públicas de una oficina, una por línea; sus dueñas pueden leer cada sesión"
        }
        SettingFor::OwnKey => {
            "su propia clave lee lo que usted escribe; off: no podrá leerlo ni seguir tras un fallo o una salida"
        }
        SettingFor::Cover => "qué folleto tapa la pantalla, por su id; sin él, el primero del protocolo",
        SettingFor::LeafletWidth => "columnas que ocupa como mucho el texto del folleto",
        SettingFor::HideKey => "otra tecla que tapa; Esc siempre lo hace",
        SettingFor::FocusHides => "tapar cuando otra ventana pasa delante",
        SettingFor::CoverAfter => "minutos sin tecla hasta taparse sola, mientras ella no está; 0: nunca",
        SettingFor::QuietAfter => "segundos sin tecla hasta quedar en calma, mientras ella está",
        SettingFor::ClearAtStart => "borrar al empezar la pantalla de la terminal y lo anterior",
        SettingFor::StartCovered => "abrir como el folleto",
        SettingFor::AskPin => "pedir un PIN antes de la primera sesión real, si no hay ninguno",
        SettingFor::Colour => "usar colores; los signos dicen lo mismo sin ellos",
        SettingFor::Motion => "que la página de respirar se mueva; si no, es texto",
        SettingFor::Breaths => "respiraciones por minuto en la página de respirar",
        SettingFor::LeastCount => "las cifras para fuera ocultan todo grupo menor",
        SettingFor::KeepDays => {
            "días que se guarda una sesión tras su última anotación; `sessions list --past` enumera las que hay que borrar; 0: sin fin"
        }
    }
}
