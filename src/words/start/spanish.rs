//! The start screen, the start form, the pacer and the plain line mode in Spanish.

use std::borrow::Cow;

use crate::text::{CaseDoubt, PlainProblem};

use super::{FormSays, PacerSays, PlainSays, StartSays};

pub(super) fn start(says: StartSays) -> Cow<'static, str> {
    match says {
        StartSays::Title => "Amparo".into(),
        StartSays::Reading => "un momento …".into(),
        StartSays::NewSession => "Sesión nueva".into(),
        StartSays::Practise => "Practicar: no se guarda nada".into(),
        StartSays::Resume(0) => "Retomar: ninguna abierta".into(),
        StartSays::Resume(1) => "Retomar (1 abierta)".into(),
        StartSays::Resume(open) => format!("Retomar ({open} abiertas)").into(),
        StartSays::Read(0) => "Leer: ninguna guardada".into(),
        StartSays::Read(1) => "Leer (1 guardada)".into(),
        StartSays::Read(saved) => format!("Leer ({saved} guardadas)").into(),
        StartSays::Remarks(1) => "Un comentario para usted".into(),
        StartSays::Remarks(count) => format!("Comentarios para usted ({count})").into(),
        StartSays::RemarksHelp => "comentarios para usted, y sus respuestas".into(),
        StartSays::Due(0) => "Pendiente: nada".into(),
        StartSays::Due(lines) => format!("Pendiente ({lines})").into(),
        StartSays::InDanger(1) => "1 quizá aún en peligro".into(),
        StartSays::InDanger(count) => format!("{count} quizá aún en peligro").into(),
        StartSays::MoreOverdue(1) => "1 vencido más".into(),
        StartSays::MoreOverdue(count) => format!("{count} vencidos más").into(),
        StartSays::HiddenShort(count) => format!("+{count}").into(),
        StartSays::TooSmall => "Agrande la ventana.".into(),
        StartSays::Hidden(count) => format!("{count} líneas más: amplíe ventana").into(),
        StartSays::Unreadable(1) => "1 archivo no se pudo leer".into(),
        StartSays::Unreadable(count) => format!("{count} archivos no se pudieron leer").into(),
        StartSays::NoLedger => {
            "La lista de lo que se empezó aquí no se puede leer ni escribir. Avise a quien cuida este equipo."
                .into()
        }
        StartSays::OpenElsewhere => "Esa está abierta en otra ventana. Ciérrela allí primero.".into(),
        StartSays::ClosedAlready => "Esa está cerrada. Léala con las guardadas.".into(),
        StartSays::Cut => {
            "Esa se cerró, y falta su final. No siga en ella; dígaselo a quien la supervisa.".into()
        }
        StartSays::Altered => "Alguien cambió esa. No siga en ella; dígaselo a quien la supervisa.".into(),
        StartSays::NotThere => "Esa ya no está. ¿Falta una memoria o un disco?".into(),
        StartSays::NoKey => {
            "Nadie podría leerla después: pulse 1 y haga antes una clave. La práctica no la necesita.".into()
        }
        StartSays::NotForUs => "Esa está sellada para otra clave. Quien la tenga puede leerla.".into(),
        StartSays::CannotBeRead => {
            "Esa no se puede leer. Deje su archivo donde está; avise a quien la supervisa.".into()
        }
        StartSays::LeftNotSaved => {
            "La sesión que dejó aún no está guardada. Se intenta de nuevo sola. e la guarda en otro sitio."
                .into()
        }
        StartSays::WrittenAnew => {
            "Algo alteró el archivo de la última sesión. Se escribió de nuevo: no falta nada.".into()
        }
        StartSays::KeptIn => "La última sesión no se pudo guardar en su carpeta. Está en".into(),
        StartSays::StayFull(1) => {
            "1 sesión aún no pudo volver a su carpeta. Se intenta de nuevo sola. Está en".into()
        }
        StartSays::StayFull(count) => {
            format!("{count} sesiones aún no pudieron volver a su carpeta. Se intenta de nuevo. Están en")
                .into()
        }
        StartSays::StayOpen(1) => {
            "1 sesión está donde otros pueden llegar a ella. Haga que la carpeta sea solo suya, y vendrá aquí. Está en"
                .into()
        }
        StartSays::StayOpen(count) => format!(
            "{count} sesiones están donde otros pueden llegar a ellas. Haga que la carpeta sea solo suya, y vendrán aquí. Están en"
        )
        .into(),
        StartSays::StayAnothers(1) => {
            "1 sesión es de otra carpeta que esta, y vuelve a aquella cuando usted empieza allí. Está en".into()
        }
        StartSays::StayAnothers(count) => format!(
            "{count} sesiones son de otra carpeta que esta, y vuelven a aquella cuando usted empieza allí. Están en"
        )
        .into(),
        StartSays::Exposed => {
            "Otros pudieron cambiar algo aquí. Mire antes las claves (amparo keys list) y los ajustes. Era".into()
        }
        StartSays::SealedForOthers => "Lo guardado está sellado para otras; aquí no hay clave suya.".into(),
        StartSays::ResumeSealed => "Retomar: pide su frase".into(),
        StartSays::ReadSealed(1) => "Leer (1 guardada): pide su frase".into(),
        StartSays::ReadSealed(saved) => format!("Leer ({saved} guardadas): frase").into(),
        StartSays::DueSealed => "Pendiente: pide su frase".into(),
        StartSays::FirstRun => {
            "Dos números y un código abren una sesión; practique antes, cuantas veces quiera.".into()
        }
        StartSays::Lesson => "Pulse Esc ahora. Luego Ctrl+R.".into(),
        StartSays::LessonWhy => "Esc lo oculta todo, siempre. Ctrl+R lo trae de vuelta.".into(),
        StartSays::LessonDone => "Muy bien: siempre funciona así.".into(),
        StartSays::WhichToResume => "¿Cuál?".into(),
        StartSays::WhatIsDue => "Lo pendiente".into(),
        StartSays::TheCall => "la llamada".into(),
        StartSays::Overdue => "vencido".into(),
        StartSays::PageOf { page, of } => format!("página {page} de {of}").into(),
        StartSays::Quit => "salir".into(),
        StartSays::NextLanguage => "English".into(),
        StartSays::Help => "teclas".into(),
        StartSays::Hide => "página".into(),
        StartSays::Back => "volver".into(),
        StartSays::Turn => "más".into(),
        StartSays::Veiled => "F4 vuelve a mostrar lo que había aquí.".into(),
        StartSays::CutByCover => "Lo pegado se cortó al pasar la página. Mire cómo termina.".into(),
        StartSays::ShowAgain => "mostrar".into(),
        StartSays::HideHelp => "lo oculta, siempre".into(),
        StartSays::ReturnHelp => "lo trae de vuelta".into(),
        StartSays::LanguageHelp => "otro idioma".into(),
        StartSays::QuitHelp => "cierra el programa".into(),
        StartSays::ResumeHelp => "Retomar una sesión abierta".into(),
        StartSays::ResumeLineHelp => "Retomar la de esa línea".into(),
        StartSays::DueLineHelp => "A la sesión de esa línea".into(),
        StartSays::Looking => "Buscando…".into(),
        StartSays::ReadHelp => "Leer sesiones guardadas".into(),
    }
}

pub(super) fn form(says: FormSays) -> Cow<'static, str> {
    match says {
        FormSays::Title => "Sesión nueva".into(),
        FormSays::NoNames => "Números y código, sin nombres: así nadie puede dar con ella.".into(),
        FormSays::First => "Su nº de personal".into(),
        FormSays::Second => "El de su colega".into(),
        FormSays::Case => "Código del caso".into(),
        FormSays::MayBeAlone => "¿Hoy va a solas? Déjelo vacío; luego se pregunta por qué.".into(),
        FormSays::Alone => "a solas".into(),
        FormSays::CaseExample => "Por ejemplo K-17. Ni nombre ni iniciales.".into(),
        FormSays::HerAndOthersRead(1) => "La lee una clave: la suya (amparo keys list).".into(),
        FormSays::HerAndOthersRead(keys) => {
            format!("La leen {keys} claves, la suya entre ellas (amparo keys list).").into()
        }
        FormSays::OnlyOthersRead(1) => {
            "La lee una clave, y no la suya: no podrá leerla ni seguir con ella tras un fallo o una salida.".into()
        }
        FormSays::OnlyOthersRead(keys) => format!(
            "La leen {keys} claves, y no la suya: no podrá leerla ni seguir con ella tras un fallo o una salida."
        )
        .into(),
        FormSays::Staff(PlainProblem::Empty) => "Falta el número. Escriba el suyo y pulse Intro.".into(),
        FormSays::Staff(PlainProblem::TooLong(most)) => {
            format!("Demasiado largo. Hasta {most} letras, cifras y guiones.").into()
        }
        FormSays::Staff(PlainProblem::Forbidden(c)) if c.is_ascii_alphanumeric() || c == '-' => {
            "No tiene ninguna cifra. Escriba el número, no un nombre.".into()
        }
        FormSays::Staff(PlainProblem::Forbidden(' ')) => "Tiene un espacio. Escríbalo sin él.".into(),
        FormSays::Staff(PlainProblem::Forbidden(c)) => {
            format!("{c} no puede ir aquí. Use letras, cifras y guiones.").into()
        }
        FormSays::StaffTwice => "Es el primer número. Escriba el de su colega o déjelo vacío.".into(),
        FormSays::Code(PlainProblem::Empty) => "Falta el código. Escriba uno, como K-17.".into(),
        FormSays::Code(PlainProblem::TooLong(most)) => {
            format!("Demasiado largo. Hasta {most} signos.").into()
        }
        FormSays::Code(PlainProblem::Forbidden(_)) => {
            "Tiene un signo que no se guarda. Escríbalo a mano.".into()
        }
        FormSays::Doubt(CaseDoubt::NoDigit) => {
            "¿Es un nombre? No tiene cifras. Intro otra vez lo deja.".into()
        }
        FormSays::Doubt(CaseDoubt::Words) => {
            "¿Es un nombre? Son dos palabras. Intro otra vez lo deja.".into()
        }
        FormSays::Doubt(CaseDoubt::Capital) => "¿Es un nombre? Lo parece. Intro otra vez lo deja.".into(),
        FormSays::Next => "seguir".into(),
        FormSays::Back => "volver".into(),
    }
}

pub(super) fn pacer(says: PacerSays) -> Cow<'static, str> {
    match says {
        PacerSays::In => "tomar aire".into(),
        PacerSays::Out => "soltar".into(),
        PacerSays::Feet => "O bien, los pies en el suelo".into(),
        PacerSays::CountIn(seconds) => format!("Tome aire despacio: cuente hasta {seconds}.").into(),
        PacerSays::CountOut(seconds) => format!("Suelte el aire despacio: cuente hasta {seconds}.").into(),
        PacerSays::Again => "Y otra vez.".into(),
    }
}

pub(super) fn plain(says: PlainSays<'_>) -> Cow<'static, str> {
    match says {
        PlainSays::Phase { title, number, of } => format!("{title}, parte {number} de {of}.").into(),
        PlainSays::Step { number, of } => format!("Paso {number} de {of}.").into(),
        PlainSays::Chosen => "elegido".into(),
        PlainSays::AtWork => "esta línea".into(),
        PlainSays::NotShown => "no se muestra".into(),
        PlainSays::Done => "hecho".into(),
        PlainSays::Open => "abierto".into(),
        PlainSays::Partly => "en parte".into(),
        PlainSays::Deferred => "más tarde".into(),
        PlainSays::Skipped => "saltado".into(),
        PlainSays::RatherNot => "prefiere no".into(),
        PlainSays::NotApplicable => "no procede".into(),
        PlainSays::BeingKept => "guardándose".into(),
        PlainSays::NotSaved => "sin guardar".into(),
        PlainSays::Keys => "Teclas:".into(),
    }
}
