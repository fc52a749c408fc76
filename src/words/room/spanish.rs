//! The screens of the review in Spanish.

use std::borrow::Cow;

use crate::review::Column;

use super::RoomSays;

pub(super) fn room_says(says: RoomSays<'_>) -> Cow<'static, str> {
    match says {
        RoomSays::Title => "Revisión".into(),
        RoomSays::Opened { done, of } => format!("{done} de {of}").into(),
        RoomSays::Sessions(1) => "1 sesión".into(),
        RoomSays::Sessions(count) => format!("{count} sesiones").into(),
        RoomSays::NothingSaved => "No hay ninguna sesión guardada en este equipo.".into(),
        RoomSays::More(more) => format!("{more} más").into(),
        RoomSays::MoreWaitLong { more: 0, long } => format!("{long} esperan desde hace más de 30 días").into(),
        RoomSays::MoreWaitLong { more, long } => {
            format!("{more} más, y {long} esperan desde hace más de 30 días").into()
        }
        RoomSays::AndMore(more) => format!("  (+{more})").into(),
        RoomSays::NobodySoFar { done, of } => {
            format!("Aún leyendo, {done} de {of} archivos; nadie hasta ahora.").into()
        }
        RoomSays::NoneSoFar => "Aún leyendo; nada hasta ahora.".into(),
        RoomSays::NobodyToBeRead => "Nadie, según las sesiones que se pueden leer.".into(),
        RoomSays::CannotTell => "No se puede saber: las sesiones no se pueden leer.".into(),
        RoomSays::NotToBeRead(1) => "1 no se puede leer".into(),
        RoomSays::NotToBeRead(files) => format!("{files} no se pueden leer").into(),
        RoomSays::Unreadable => "No se pueden leer".into(),
        RoomSays::Table => "Todas las sesiones".into(),
        RoomSays::Fits { fits, of } => format!("{fits} de {of}").into(),
        RoomSays::Selected(1) => "1 marcada".into(),
        RoomSays::Selected(count) => format!("{count} marcadas").into(),
        RoomSays::NoRoomFor(columns) => format!("más ancho: {columns}").into(),
        RoomSays::Times { what, times } => format!("{what}, {times} veces").into(),
        RoomSays::FilterExamples => {
            "peligro  sin-firmar  caso:K-17  personal:204  desde:2026-11-01  desv>2".into()
        }
        RoomSays::OfCase(case) => format!("Todas las sesiones de {case}, la primera primero").into(),
        RoomSays::Opening => "Abriendo…".into(),
        RoomSays::NoProtocol => {
            "Su protocolo es de una versión más nueva. Actualice este programa para leerla.".into()
        }
        RoomSays::AllKeys => "Todas las teclas".into(),
        RoomSays::NumberTitle => "Su número de personal".into(),
        RoomSays::NumberWhy => "Queda junto a lo que abra y a lo que diga. Se pide una vez, hasta que salga.".into(),
        RoomSays::NumberLabel => "Su número".into(),
        RoomSays::NumberWrong => "Aquí hace falta un número: letras, cifras y guiones.".into(),
        RoomSays::SignOffTitle(1) => "¿Dar el visto bueno a esta sesión?".into(),
        RoomSays::SignOffTitle(count) => format!("¿Dar el visto bueno a {count} sesiones?").into(),
        RoomSays::SignOffWhy => {
            "Dice que la leyó tal como está ahora su archivo. Queda junto a la sesión, que no cambia.".into()
        }
        RoomSays::SignOffYes => "dar el visto bueno".into(),
        RoomSays::TakeBack => "retirar la última marca".into(),
        RoomSays::RemarkTitle => "Un comentario".into(),
        RoomSays::RemarkToWhy => {
            "¿Para quién? El número de una colega, que lo verá en su pantalla de inicio. Vacío: para supervisión."
                .into()
        }
        RoomSays::RemarkTo => "Para el número".into(),
        RoomSays::RemarkWhy => "Queda junto a la sesión, sellado. Escriba para ayudarla, y sin nombres.".into(),
        RoomSays::RemarkLabel => "Comentario".into(),
        RoomSays::RemarkEmpty => "Aún no hay palabras. Escríbalas y pulse Intro; ↑ vuelve.".into(),
        RoomSays::MarkTitle => "Una marca".into(),
        RoomSays::MarkAlarmsTitle(1) => "Una marca en lo que habla de peligro en esta sesión".into(),
        RoomSays::MarkAlarmsTitle(count) => {
            format!("Una marca en las {count} cosas que hablan de peligro en esta sesión").into()
        }
        RoomSays::MarkWhy => "Lo que está hecho sale de las listas; la sesión no cambia.".into(),
        RoomSays::MarkDiscuss => "para hablarlo".into(),
        RoomSays::MarkDone => "hecho".into(),
        RoomSays::MarkAgain => "mirarlo otra vez un día".into(),
        RoomSays::MarkDay => "El día".into(),
        RoomSays::MarkDayWrong => "Escriba un día por venir, como 24.11 o 2026-11-24.".into(),
        RoomSays::EraseTitle(case) => format!("Borrar esta sesión de {case}").into(),
        RoomSays::EraseWhy => {
            "Nada de ella se puede recuperar. Queda una nota de cuándo, quién y por qué: sin nombres.".into()
        }
        RoomSays::EraseLabel => "Motivo".into(),
        RoomSays::EraseEmpty => "Hace falta un motivo. Escríbalo y pulse Intro; ↑ vuelve.".into(),
        RoomSays::EraseSure => "¿Borrarla para siempre?".into(),
        RoomSays::EraseYes => "borrar".into(),
        RoomSays::Back => "volver".into(),
        RoomSays::Working => "Escribiendo…".into(),
        RoomSays::Said(1) => "Queda guardado.".into(),
        RoomSays::Said(count) => format!("Queda guardado junto a {count} sesiones.").into(),
        RoomSays::Erased => "Borrada. Queda la nota.".into(),
        RoomSays::FileChanged => {
            "El archivo no es el que leyó. Abra otra vez la sesión y mírela primero.".into()
        }
        RoomSays::NoKeyOf(number) => format!(
            "En este equipo no hay clave de {number}: no podría leerlo. `amparo keys add --worker {number} age1…` la añade."
        )
        .into(),
        RoomSays::NoKey => "La clave está cerrada otra vez. Salga de la revisión y ábrala de nuevo.".into(),
    }
}

pub(super) fn column_head(column: Column) -> &'static str {
    match column {
        Column::Date => "fecha",
        Column::Case => "caso",
        Column::Protocol => "protocolo",
        Column::Staff => "personal",
        Column::Length => "duró",
        Column::Ended => "final",
        Column::Danger => "pel",
        Column::Deviations => "contra",
        Column::Told => "contado",
        Column::File => "archivo",
        Column::Signed => "v.b.",
    }
}
