//! The page of a session that is read, in Spanish.

use super::PageSays;

pub(super) fn says(says: PageSays<'_>) -> String {
    match says {
        PageSays::Course => "Cómo transcurrió".into(),
        PageSays::Legend => "cifras: las fases   ━ una respuesta   ▒ cubierta   ┄ una pausa".into(),
        PageSays::Consent => "consentimiento".into(),
        PageSays::ToldBefore => "contado antes".into(),
        PageSays::Review => "revisión".into(),
        PageSays::NothingAgainst => "Nada fue contra el protocolo.".into(),
        PageSays::Changed => "Respuestas que se cambiaron".into(),
        PageSays::Pause(took) => format!("una pausa de {took}"),
        PageSays::TakenUpAfter(later) => format!("{later} después"),
        PageSays::FoundNowhere(words) => format!("«{words}» no está en lo que se escribió en esta sesión"),
        PageSays::Found(at, of) => format!("encontrado: {at} de {of}"),
        PageSays::Seek => "buscar".into(),
        PageSays::After(at, of) => format!("tras el hecho {at} de {of}"),
        PageSays::UnderTheCover => "la pantalla estaba cubierta".into(),
        PageSays::Uncounted(1) => {
            "1 marca no cuenta: nombra un archivo que este nunca fue, o un día por venir".into()
        }
        PageSays::Uncounted(count) => {
            format!("{count} marcas no cuentan: nombran un archivo que este nunca fue, o un día por venir")
        }
        PageSays::DoneBy(what, by, when) => format!("{what} por {by}, {when}"),
        PageSays::PromisedAnew(when) => format!("retomado en la sesión del {when}"),
        PageSays::DoneOn(what, when) => format!("{what}, {when}"),
        PageSays::Remark(by, None, text) => format!("{by}: «{text}»"),
        PageSays::Remark(by, Some(to), text) => format!("{by} a {to}: «{text}»"),
        PageSays::Answer(by, text) => format!("{by} responde: «{text}»"),
        PageSays::Added(by, when, text) => format!("añadido por {by}, {when}: «{text}»"),
        PageSays::FilterWords => "Palabras para el filtro, con espacios en medio".into(),
        PageSays::FilterNot => {
            "ante una palabra: lo que no cumple (-firmada); otra palabra se busca en códigos y números".into()
        }
        PageSays::Keys => "Teclas".into(),
        PageSays::Below(1) => "1 línea más".into(),
        PageSays::Below(rows) => format!("{rows} líneas más"),
    }
}
