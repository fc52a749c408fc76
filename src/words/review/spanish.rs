//! The review in Spanish.

use crate::journal::{Handling, Mark};
use crate::protocol::Ending;
use crate::review::{
    Column, Consent, Counts, DeviationKind, End, FileState, FilterKey, FilterTrouble, Heavy, PassedBy,
    Property, Signal,
};
use crate::text::{StaffNumber, line_safe};

use super::ReviewSays;

pub(super) fn review_word(word: ReviewSays) -> &'static str {
    match word {
        ReviewSays::StillInDanger => "¿Alguien sigue en peligro?",
        ReviewSays::NobodyInDanger => "Nadie, según las sesiones.",
        ReviewSays::ToBeListenedTo => "A quién hay que escuchar",
        ReviewSays::NobodyToListenTo => "Nadie espera que se le escuche.",
        ReviewSays::PromisedAndDue => "Prometido y pendiente",
        ReviewSays::NothingDue => "No hay nada pendiente.",
        ReviewSays::AgainstTheProtocol => "Contra el protocolo",
        ReviewSays::NothingAgainst => "Nada que no esté firmado.",
        ReviewSays::BackAgain => "Borradas, y están otra vez: hay que borrarlas de nuevo",
        ReviewSays::ToErase => "Retiró su consentimiento: para borrar",
        ReviewSays::PastTheirTime => "Guardadas el tiempo fijado: para borrar",
        ReviewSays::SignedOff => "firmada",
        ReviewSays::NotSignedOff => "sin firmar",
        ReviewSays::SignedAnother => "firmada, pero ahora el archivo es otro",
        ReviewSays::Afterwards => "Dicho después",
        ReviewSays::NothingFits => "Ninguna sesión coincide.",
        ReviewSays::PerhapsMeant => "Quizá se trate de",
    }
}

pub(super) fn column(column: Column) -> &'static str {
    match column {
        Column::Date => "fecha",
        Column::Case => "caso",
        Column::Protocol => "protocolo",
        Column::Staff => "personal",
        Column::Length => "duración",
        Column::Ended => "final",
        Column::Danger => "peligro, angustia",
        Column::Deviations => "en contra",
        Column::Told => "contado antes",
        Column::File => "archivo",
        Column::Signed => "firmada",
    }
}

pub(super) fn deviation_kind(kind: DeviationKind) -> &'static str {
    match kind {
        DeviationKind::GateOverridden => "se pasó por alto una puerta cerrada",
        DeviationKind::RanOnFallenGate => "una fase siguió aunque su puerta había caído",
        DeviationKind::NotWhole => "el archivo no está entero, o no es el que se anotó",
        DeviationKind::CheckInMissed => "no se hizo la llamada de control a tiempo",
        DeviationKind::RequiredSkipped => "se saltó un paso obligatorio",
        DeviationKind::ListenedLate => "había que escuchar a alguien, y se hizo tarde o no se hizo",
        DeviationKind::ClosedWithOpen => "se cerró con pasos obligatorios abiertos",
        DeviationKind::PhaseOverTime => "una fase duró más de lo que puede",
        DeviationKind::NoReasonToTellAgain => "ya lo había contado, y nadie anotó por qué otra vez",
        DeviationKind::ChangedLater => "se cambió una respuesta después de su fase",
        DeviationKind::ClockSetBack => "se atrasó el reloj",
    }
}

pub(super) fn file_state(state: FileState) -> &'static str {
    match state {
        FileState::Whole => "entero",
        FileState::Open => "abierto",
        FileState::Torn => "cortado al escribir",
        FileState::NotForUs => "sigue para otras personas",
        FileState::Another => "no es el que se anotó",
        FileState::Altered => "alterado",
        FileState::BackAgain => "borrado, y está otra vez",
    }
}

pub(super) fn consent(consent: Consent) -> &'static str {
    match consent {
        Consent::Stands => "sigue en pie",
        Consent::Narrowed => "retiró una parte",
        Consent::Unknown => "aquí no se sabe: su protocolo es de una versión más nueva",
        Consent::TakenBack => "lo retiró",
    }
}

pub(super) fn end(end: End) -> &'static str {
    match end {
        End::Full => "hasta el último paso",
        End::Before(Ending::Early) => "antes, por ella",
        End::Before(Ending::Postponed) => "aplazada",
        End::Before(Ending::NotHeld) => "no se hizo",
        End::Before(Ending::Left) => "se dejó",
        End::Unclosed => "sin cerrar",
    }
}

pub(super) fn signal(signal: Signal) -> &'static str {
    match signal {
        Signal::Danger => "peligro",
        Signal::Distress => "angustia",
        Signal::ConsentBack => "consentimiento retirado",
        Signal::Other => "otra respuesta",
    }
}

pub(super) fn passed_by(what: &PassedBy) -> &'static str {
    match what {
        PassedBy::Skipped(_) => "saltado",
        PassedBy::Deferred(_) => "dejado para luego",
        PassedBy::Declined(_) => "prefirió que no",
        PassedBy::Overrode(..) => "puerta pasada por alto",
    }
}

pub(super) fn mark(mark: Mark) -> String {
    match mark {
        Mark::ToDiscuss => "para hablar".into(),
        Mark::Done => "hecho".into(),
        Mark::LookAgain(day) => format!("volver a mirar el {day}"),
        Mark::SignedOff => "firmada".into(),
        Mark::TakenBack => "marca retirada".into(),
    }
}

pub(super) fn handling(handling: Handling) -> &'static str {
    match handling {
        Handling::Opened => "abierta",
        Handling::Exported => "exportada",
        Handling::Erased => "borrada",
    }
}

pub(super) fn heavy(staff: &StaffNumber, heavy: Heavy) -> String {
    let mut parts = Vec::new();
    for (count, word) in
        [(heavy.danger, "peligro"), (heavy.distress, "angustia"), (heavy.strained, "la carga al máximo")]
    {
        if count > 0 {
            parts.push(format!("{count} con {word}"));
        }
    }
    format!("{staff}: {} de las cinco últimas fueron duras ({})", heavy.sessions, parts.join(", "))
}

pub(super) fn property(property: Property) -> &'static str {
    match property {
        Property::Danger => "alguien estuvo, o puede estar, en peligro",
        Property::Distress => "ella necesitó un momento",
        Property::Listen => "hay que escuchar a alguien",
        Property::Due => "hay algo pendiente",
        Property::Signed => "firmada",
        Property::Unsigned => "sin firmar",
        Property::Withdrawn => "retiró su consentimiento",
        Property::Damaged => "el archivo no está como debe",
        Property::Open => "sin cerrar",
        Property::Past => "guardada el tiempo fijado",
        Property::Discuss => "marcada para hablar",
        Property::Changed => "se cambió una respuesta después de su fase",
        Property::Practice => "práctica",
    }
}

pub(super) fn filter_key(key: FilterKey) -> &'static str {
    match key {
        FilterKey::Case => "el código del caso empieza así",
        FilterKey::Staff => "un número de personal es este",
        FilterKey::Since => "empezó ese día o después",
        FilterKey::Until => "empezó ese día o antes",
        FilterKey::Protocol => "su protocolo; la versión, tras una @",
        FilterKey::Ended => "cómo terminó",
    }
}

pub(super) fn count_word(count: Counts) -> &'static str {
    match count {
        Counts::Deviations => "desviaciones; también < <= = >=",
        Counts::Dangers => "peligros",
        Counts::Distresses => "angustias",
        Counts::Told => "cuántas veces lo había contado antes",
        Counts::Minutes => "su duración en minutos",
    }
}

pub(super) fn filter_trouble(trouble: &FilterTrouble) -> (String, String) {
    let quoted = |text: &str| format!("`{}`", line_safe(text).replace('`', "'"));
    match trouble {
        FilterTrouble::Unknown { word, near } => (
            format!("el filtro no conoce {}", quoted(word)),
            near.map_or_else(
                || "conoce `caso:` `personal:` `desde:` `hasta:` `protocolo:` `final:` y `desv>2`".into(),
                |near| format!("quizá se trate de `{near}`"),
            ),
        ),
        FilterTrouble::NoValue(key) => {
            let (word, example) = match key {
                FilterKey::Case => ("caso:", "caso:K-17"),
                FilterKey::Staff => ("personal:", "personal:204"),
                FilterKey::Since => ("desde:", "desde:2026-11-01"),
                FilterKey::Until => ("hasta:", "hasta:2026-11-30"),
                FilterKey::Protocol => ("protocolo:", "protocolo:phit@3"),
                FilterKey::Ended => ("final:", "final:antes"),
            };
            (format!("no hay nada detrás de `{word}`"), format!("se escribe como `{example}`"))
        }
        FilterTrouble::NoDay(text) => {
            (format!("{} no es un día", quoted(text)), "se escribe año, mes, día: `desde:2026-11-01`".into())
        }
        FilterTrouble::NoNumber(text) => {
            (format!("{} no es un número", quoted(text)), "se escribe un número entero: `desv>2`".into())
        }
        FilterTrouble::NoVersion(text) => (
            format!("{} no es una versión", quoted(text)),
            "se escribe un número entero: `protocolo:phit@3`".into(),
        ),
        FilterTrouble::NoEnding(text) => (
            format!("ninguna sesión acaba como {}", quoted(text)),
            "se escribe `final:antes`, `final:aplazada`, `final:no-hecha` o `final:dejada`".into(),
        ),
        FilterTrouble::OpenQuote => {
            ("unas comillas no se cierran".into(), "se cierran así: `caso:\"K 17\"`".into())
        }
    }
}
