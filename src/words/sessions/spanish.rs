//! Sessions in Spanish.

use crate::journal::Verdict;
use crate::machine::{CoveredBy, Fact, LeftFrom, Outcome, Place, ReasonCode, Uncovered};
use crate::protocol::Ending;
use crate::review::{
    CoverEnd, CoverSpan, Danger, Due, Entry, Listen, PhaseSpan, ResponseSpan, Status, ToldBy, What,
};

use super::{Consequence, SessionWord, Telling, one_line};

pub(super) fn word(word: SessionWord) -> &'static str {
    match word {
        SessionWord::Error => "error",
        SessionWord::Help => "ayuda",
        SessionWord::NoSessions => "todavía no hay sesiones",
        SessionWord::HowToBegin => "`amparo` empieza una; `AMPARO_HOME` nombra otra carpeta",
        SessionWord::Unbegun => "vacía: el programa se detuvo al empezar, o se cortó",
        SessionWord::Unreadable => "no se pueden leer como sesiones",
        SessionWord::StillInDanger => "¿todavía en peligro?",
        SessionWord::ToBeListenedTo => "a quién escuchar",
        SessionWord::PromisedAndDue => "prometido y pendiente",
        SessionWord::AgainstTheProtocol => "contra el protocolo",
        SessionWord::Responses => "respuestas y portadas",
        SessionWord::Phases => "fases",
        SessionWord::WhatHappened => "qué pasó",
        SessionWord::Case => "caso",
        SessionWord::Staff => "personal",
        SessionWord::Protocol => "protocolo",
        SessionWord::Begun => "empezó",
        SessionWord::Took => "duró",
        SessionWord::State => "estado",
        SessionWord::File => "archivo",
        SessionWord::RunsNow => "abierta ahora en una ventana",
        SessionWord::Practice => "práctica",
        SessionWord::PastItsTime => "pasó su plazo",
        SessionWord::NonePast => "ninguna sesión pasó su plazo",
        SessionWord::NoTimeSet => "no hay plazo: `amparo settings keep_days DÍAS` lo fija",
        SessionWord::ProtocolUnreadable => {
            "esta versión no puede leer el protocolo que va dentro: los pasos se nombran por su id y no se juzga nada"
        }
        SessionWord::Private => "privado",
        SessionWord::Done => "hecho",
        SessionWord::NoneOfThese => "nada de esto",
        SessionWord::Understood => "entendido",
        SessionWord::ToComeBackTo => "para volver a ello",
        SessionWord::RatherNot => "prefiere que no",
        SessionWord::Skipped => "omitido",
        SessionWord::PutOff => "aplazado",
        SessionWord::Read => "leído",
        SessionWord::WhyErase => "¿por qué se borra? (una línea; se conserva) ",
        SessionWord::WhoErases => "su número (se conserva; Intro si ninguno) ",
        SessionWord::ReallyErase => "¿borrarla para siempre? (s/n) ",
        SessionWord::Erased => {
            "borrada: se sobrescribieron sus bytes y se quitó el archivo; queda una nota de cuándo y por qué. \
             Un disco de estado sólido o una copia de seguridad pueden conservar una copia"
        }
        SessionWord::NotErased => "no se borró nada",
        SessionWord::NoReason => "hace falta un motivo, una línea de 300 caracteres como mucho",
        SessionWord::NoReasonHelp => "diga por qué se borra, por ejemplo: retiró su consentimiento",
        SessionWord::ReasonFileHelp => {
            "escriba el motivo en la primera línea de un archivo, o no ponga `--reason-file`"
        }
        SessionWord::NoNumber => "eso no es un número de personal",
        SessionWord::NoNumberHelp => "letras, cifras y guiones, con una cifra al menos; o nada",
        SessionWord::NumberFileHelp => {
            "escriba su número de personal en la primera línea de un archivo, o no ponga `--by-file`"
        }
        SessionWord::WhoAdds => "su número: ",
        SessionWord::NumberNeeded => "letras, cifras y guiones, con una cifra al menos",
        SessionWord::WhatIsAdded => {
            "¿qué se añade? (una línea; un texto más largo con `--text-file ARCHIVO`) "
        }
        SessionWord::TextFileHelp => "escriba el texto en un archivo, o no ponga `--text-file`",
        SessionWord::NoAddendum => "no se añadió nada: eso no es un texto, o es demasiado largo",
        SessionWord::NoAddendumHelp => "2000 caracteres como mucho, sin signos que gobiernen un terminal",
        SessionWord::NotClosedYet => "esa sesión no está cerrada",
        SessionWord::NotClosedYetHelp => "siga en ella: `amparo resume`, y una nota con `n`",
        SessionWord::AddendumKept => "añadido, sellado junto a ella; la sesión queda como estaba",
        SessionWord::AddedLater => "añadido después de cerrarla",
        SessionWord::OfAnotherFile => "(a un archivo con otros bytes que este)",
        SessionWord::YesLetters => "sSyY",
    }
}

pub(super) fn reason_code(code: ReasonCode) -> &'static str {
    match code {
        ReasonCode::SheAsked => "ella lo pidió",
        ReasonCode::NoTime => "no hubo tiempo",
        ReasonCode::NotSafe => "no era seguro",
        ReasonCode::DoneBefore => "ya se había hecho",
        ReasonCode::Other => "otro motivo",
    }
}

fn ending(ending: Ending) -> &'static str {
    match ending {
        Ending::Early => "terminada antes, por el bien de ella",
        Ending::Postponed => "aplazada",
        Ending::NotHeld => "no celebrada",
        Ending::Left => "abandonada bajo la portada",
    }
}

fn covered_by(by: CoveredBy) -> &'static str {
    match by {
        CoveredBy::Key => "con una tecla",
        CoveredBy::Focus => "al perder el foco la ventana",
        CoveredBy::Rest => "por reposo",
        CoveredBy::Signal => "por una señal",
    }
}

fn events(count: u64) -> String {
    if count == 1 { "1 hecho".to_owned() } else { format!("{count} hechos") }
}

pub(super) fn row_changed(_: &Telling<'_>, row: &str, now: Option<&str>, before: Option<&str>) -> String {
    match (now, before) {
        (Some(now), Some(before)) => format!("{row}: cambiado a {now}, antes {before}"),
        (Some(now), None) => format!("{row}: {now}"),
        (None, Some(before)) => format!("{row}: quitado, antes {before}"),
        (None, None) => format!("una línea más: {row}"),
    }
}

pub(super) fn fact(telling: &Telling<'_>, entry: &Entry<'_>) -> String {
    let because = |reason: Option<&crate::machine::Reason>| {
        reason.map_or_else(String::new, |reason| format!("; {}", telling.reason(reason, entry.words)))
    };
    match &entry.event.fact {
        Fact::Begun { .. } => "empezó".into(),
        Fact::Joined { staff } => format!("se sumó otra persona: {staff}"),
        Fact::Resumed { dropped: 0, .. } => "se retomó".into(),
        Fact::Resumed { dropped, .. } => {
            format!("se retomó; {dropped} bytes del final no se pudieron leer y se quitaron")
        }
        Fact::Answered { step, value, reason } => {
            let (headed, value) = (telling.headed(step), telling.value(step, value));
            match &entry.before {
                Some(before @ Outcome::Answered(_)) => {
                    let before = telling.outcome(step, before);
                    format!("{headed} cambiado a {value}, antes {before}{}", because(reason.as_ref()))
                }
                _ => format!("{headed} {value}{}", because(reason.as_ref())),
            }
        }
        Fact::Cleared { step } => format!("{} quitado", telling.headed(step)),
        Fact::Read { step } => format!("{} leído", telling.headed(step)),
        Fact::Skipped { step, reason } => {
            format!("{} omitido{}", telling.headed(step), because(Some(reason)))
        }
        Fact::Deferred { step } => format!("{} aplazado", telling.headed(step)),
        Fact::Declined { step } => format!("{} ella prefiere que no", telling.headed(step)),
        Fact::Went => match &entry.event.follows.goes {
            Some(Place::Step(step)) => format!("se pasó a: {}", telling.step(step)),
            Some(Place::Pause(phase)) => format!("se pasó al final de: {}", telling.phase(phase)),
            Some(Place::Gate(phase)) => format!("se pasó a la puerta de: {}", telling.phase(phase)),
            Some(Place::End) => "se pasó al final".into(),
            Some(Place::Nowhere) | None => "se pasó a otro punto de la lista".into(),
        },
        Fact::Overrode { phase, gates, reason } => {
            let closed = Telling::after_colon(&telling.gates(phase, gates));
            format!(
                "{}: se siguió con una puerta cerrada{closed}{}",
                telling.phase(phase),
                because(Some(reason))
            )
        }
        Fact::Raised { response } if entry.taken_back => {
            format!("abierta sin querer: {}", telling.response(response))
        }
        Fact::Raised { response } => format!("abierta: {}", telling.response(response)),
        Fact::Waited { response } => {
            format!("pedida, espera a que otra termine: {}", telling.response(response))
        }
        Fact::Returned { response } => format!("se volvió de: {}", telling.response(response)),
        Fact::NotTaken { response } => format!("propuesta y no tomada: {}", telling.response(response)),
        Fact::Noted { step, text } => {
            let at = step.as_ref().map(|step| format!(" (en {})", telling.step(step))).unwrap_or_default();
            let back = if entry.taken_back { " (deshecha)" } else { "" };
            format!("nota{at}: «{}»{back}", one_line(text.as_str()))
        }
        Fact::Worded { event, words } => format!("el motivo del hecho {event} tiene sus palabras: «{words}»"),
        Fact::Overdue { step } => format!("{} pasó la hora sin respuesta", telling.headed(step)),
        Fact::Met { step } => format!("{} cumplido", telling.headed(step)),
        Fact::Paused => "una pausa".into(),
        Fact::Continued => "terminó la pausa".into(),
        Fact::Ended { ending: how, reason } => format!("{}{}", ending(*how), because(reason.as_ref())),
        Fact::Undone { step: None, .. } => match entry.event.follows.back.as_deref() {
            Some(back) if back.noted => format!("deshecho: la nota del hecho {}", back.event),
            Some(back) => format!("deshecho: el hecho {}", back.event),
            None => "deshecho".into(),
        },
        Fact::Undone { step: Some(step), outcome } => {
            let to = outcome
                .as_ref()
                .map_or_else(|| "abierto".to_owned(), |outcome| telling.outcome(step, outcome));
            match &entry.before {
                Some(before) => {
                    format!(
                        "{} deshecho a {to}, antes {}",
                        telling.headed(step),
                        telling.outcome(step, before)
                    )
                }
                None => format!("{} deshecho a {to}", telling.headed(step)),
            }
        }
        Fact::Covered { by } => format!("cubierta {}", covered_by(*by)),
        Fact::PageOpened { topic } => format!("página bajo la portada: {}", telling.topic(topic)),
        Fact::Uncovered { how: Uncovered::Brief } => "descubierta enseguida".into(),
        Fact::Uncovered { how: Uncovered::Later } => "descubierta".into(),
        Fact::Left { from: LeftFrom::Checklist } => "se dejó, para seguir después".into(),
        Fact::Left { from: LeftFrom::Cover } => "se dejó desde la portada".into(),
        Fact::Closed { reason, open } if open.is_empty() => format!("cerrada{}", because(reason.as_ref())),
        Fact::Closed { reason, open } => {
            format!("cerrada con pendientes: {}{}", telling.steps(open), because(reason.as_ref()))
        }
    }
}

pub(super) fn consequence(telling: &Telling<'_>, consequence: Consequence<'_>) -> String {
    match consequence {
        Consequence::Ended(how) => ending(how).into(),
        Consequence::EndTakenBack => "se retiró el final".into(),
        Consequence::Confirmed(response) => format!("confirmada: {}", telling.response(response)),
        Consequence::FalseAlarm(response) => {
            format!("al final, falsa alarma: {}", telling.response(response))
        }
        Consequence::AskedAgain(step) => format!("se pregunta otra vez: {}", telling.step(step)),
        Consequence::PutOff(step) => format!("aplazado: {}", telling.step(step)),
        Consequence::Returned => "se volvió a la lista".into(),
        Consequence::Opened(response) => format!("abierta: {}", telling.response(response)),
        Consequence::Paused => "se paró el reloj".into(),
        Consequence::Stopped(1) => "una puerta no se cumple: la fase se detiene".into(),
        Consequence::Stopped(gates) => format!("{gates} puertas no se cumplen: la fase se detiene"),
        Consequence::HoldAgain => "las puertas se cumplen otra vez".into(),
        Consequence::Proposed(response) => format!("propuesta: {}", telling.response(response)),
        Consequence::Entered(phase) => format!("fase: {}", telling.phase(phase)),
    }
}

pub(super) fn deviation(telling: &Telling<'_>, what: &What) -> String {
    let because = |reason: Option<&crate::machine::Reason>| {
        reason.map_or_else(String::new, |reason| format!("; {}", telling.reason(reason, None)))
    };
    let answered = |answered: Option<i64>| match answered {
        Some(at) => format!("respondido {}", telling.instant(at)),
        None => "sin respuesta".into(),
    };
    match what {
        What::GateOverridden { phase, gates, reason } => {
            let closed = Telling::after_colon(&telling.gates(phase, gates));
            format!(
                "{}: se pasó por una puerta cerrada{closed}{}",
                telling.phase(phase),
                because(Some(reason))
            )
        }
        What::RanOnFallenGate { phase, gates, steps } => {
            let closed = Telling::after_colon(&telling.gates(phase, gates));
            format!(
                "{}: se siguió aunque una puerta había caído{closed}; {}",
                telling.phase(phase),
                telling.steps(steps)
            )
        }
        What::NotWhole { after } => format!("el archivo se cambió desde fuera después de {}", events(*after)),
        What::CheckInMissed { step, due, answered: at } => {
            format!(
                "{} no se hizo a su hora, {}, {}",
                telling.headed(step),
                telling.instant(*due),
                answered(*at)
            )
        }
        What::RequiredSkipped { step, reason } => {
            format!("{} obligatorio y omitido{}", telling.headed(step), because(reason.as_ref()))
        }
        What::ListenedLate { step, due, answered: None } => {
            format!(
                "{} tarde, era para {}, no consta que se hiciera",
                telling.headed(step),
                telling.instant(*due)
            )
        }
        What::ListenedLate { step, due, answered: at } => {
            format!("{} tarde, era para {}, {}", telling.headed(step), telling.instant(*due), answered(*at))
        }
        What::ClosedWithOpen { steps, reason } => {
            format!(
                "cerrada con pasos obligatorios abiertos: {}{}",
                telling.steps(steps),
                because(reason.as_ref())
            )
        }
        What::PhaseOverTime { phase, minutes, took } => {
            format!("{}: duró {}, debía durar {minutes} min", telling.phase(phase), telling.duration(*took))
        }
        What::ChangedLater { step, before, reason } => {
            let before = telling.outcome(step, before);
            format!(
                "{} cambiado después de su fase, antes {before}{}",
                telling.headed(step),
                because(reason.as_ref())
            )
        }
        What::NoReasonToTellAgain { step, told } => {
            format!("{} sin respuesta, aunque ya lo había contado {told} veces", telling.headed(step))
        }
        What::ClockSetBack { by } => format!("el reloj se atrasó {}", telling.duration(*by)),
    }
}

pub(super) fn danger(telling: &Telling<'_>, danger: &Danger) -> String {
    match danger {
        Danger::LeftUnderCover { since } => {
            format!("se dejó bajo la portada a las {}, y nadie la retomó", telling.moment(*since))
        }
        Danger::StillCovered { by, since } => {
            format!("cubierta {}, y nada después de {}", covered_by(*by), telling.moment(*since))
        }
        Danger::CheckInUnanswered { step, due } => {
            format!("{} era para {}, sin respuesta", telling.headed(step), telling.instant(*due))
        }
        Danger::RiskRose { step, from, to } => format!("{} subió de {from} a {to}", telling.headed(step)),
        Danger::Told(told) => telling.told_by(&told.step, &told.by),
    }
}

pub(super) fn due(telling: &Telling<'_>, due: &Due) -> String {
    let by = due.by.as_ref().unwrap_or(&ToldBy::Answer);
    let what = telling.told_headed(&due.step, by);
    let line = due.line.as_ref().map(|line| format!(" ({line})")).unwrap_or_default();
    match telling.when(due.when) {
        Some(when) if due.overdue => format!("{what} {when}{line}, vencido"),
        Some(when) => format!("{what} {when}{line}"),
        None => format!("{}{line}", telling.told_by(&due.step, by)),
    }
}

pub(super) fn listen(telling: &Telling<'_>, listen: &Listen) -> String {
    match listen {
        Listen::Wanted { step, at: Some(at), overdue: true } => {
            format!("{} {}, vencido", telling.headed(step), telling.instant(*at))
        }
        Listen::Wanted { step, at: Some(at), overdue: false } => {
            format!("{} {}", telling.headed(step), telling.instant(*at))
        }
        Listen::Wanted { step, at: None, .. } => format!("{} no se fijó hora", telling.headed(step)),
        Listen::Told(told) => telling.told_by(&told.step, &told.by),
        Listen::Discuss(told) => format!("para hablarlo: {}", telling.told_by(&told.step, &told.by)),
    }
}

pub(super) fn verdict(_: &Telling<'_>, verdict: Verdict) -> String {
    match verdict {
        Verdict::Whole => "entero".into(),
        Verdict::Open => "abierto: sin cerrar, o cortado ahí; el archivo solo no lo dice".into(),
        Verdict::Torn { dropped } => {
            format!("roto: {dropped} bytes del final no son un hecho entero; lo que hay antes está entero")
        }
        Verdict::Altered { after } => {
            format!("cambiado desde fuera después de {}; se muestra solo lo anterior", events(after))
        }
        Verdict::NotForUs { after } => {
            format!("lo que sigue después de {} se selló para otras personas, y no se muestra", events(after))
        }
    }
}

pub(super) fn status(_: &Telling<'_>, status: Status, ended: Option<Ending>) -> String {
    let stands = match status {
        Status::Open => "abierta",
        Status::Left(LeftFrom::Checklist) => "dejada, para seguir",
        Status::Left(LeftFrom::Cover) => "dejada bajo la portada",
        Status::Closed => "cerrada",
    };
    match ended.filter(|how| *how != Ending::Left || status == Status::Closed) {
        Some(how) => format!("{stands}, {}", ending(how)),
        None => stands.into(),
    }
}

pub(super) fn response_span(telling: &Telling<'_>, span: &ResponseSpan) -> String {
    let took = telling.duration(span.took);
    match span.until {
        Some(_) if span.taken_back => {
            format!("{}: sin querer, deshecho tras {took}", telling.response(&span.response))
        }
        Some(_) => format!("{}: {took}", telling.response(&span.response)),
        None => format!("{}: {took}, sin volver", telling.response(&span.response)),
    }
}

pub(super) fn cover_span(telling: &Telling<'_>, span: &CoverSpan) -> String {
    let end = match span.end {
        CoverEnd::Lifted(Uncovered::Brief) => "quitada enseguida",
        CoverEnd::Lifted(Uncovered::Later) => "quitada",
        CoverEnd::Left => "la sesión se dejó bajo ella",
        CoverEnd::Stopped => "el programa se detuvo bajo ella",
        CoverEnd::Up => "puesta en el último hecho",
    };
    format!("cubierta {}: {}, {end}", covered_by(span.by), telling.duration(span.took))
}

pub(super) fn phase_span(telling: &Telling<'_>, span: &PhaseSpan) -> String {
    format!("{}: {}", telling.phase(&span.phase), telling.duration(span.took))
}

pub(super) fn deviation_count(_: &Telling<'_>, count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "1 desviación".into(),
        several => format!("{several} desviaciones"),
    }
}

pub(super) fn jump(telling: &Telling<'_>, by: i64) -> String {
    let took = telling.duration(by.unsigned_abs());
    if by < 0 {
        format!("el reloj se atrasó {took}")
    } else {
        format!("el reloj se adelantó {took}: se cambió, o el equipo estuvo en reposo")
    }
}
