//! Paper, in Spanish.

use super::{ReportWord, Slip, Waiver};

pub(super) const WAIVER: Waiver = Waiver {
    title: "Se ofreció protección, y hoy no la quiere",
    stays: "Esta hoja se queda con nosotras, bajo llave. Nunca se va a casa con ella. No lleva ningún nombre.",
    which: &["Código del caso", "Día", "Hora"],
    offered: "Qué se ofreció",
    offers: &[
        "Un lugar seguro donde quedarse, desde hoy",
        "Protección, y alguien que la acompañe",
        "Otra ayuda (escríbala al dorso)",
    ],
    told: "Qué se le dijo, en un idioma que entiende",
    tells: &[
        "Qué peligros vemos y qué nos preocupa",
        "Puede decir que sí más adelante, también después de firmar",
        "Seguimos ayudándola, decida lo que decida",
        "Solo lo sabrá quien tenga que saberlo",
    ],
    decides: "Qué decide ella",
    says: "Sé lo que se me ha ofrecido. Hoy no lo quiero. Nadie me ha presionado. Puedo cambiar de idea cuando quiera.",
    her_sign: &["Su firma (basta una cruz)"],
    unsigned: "Si no firma",
    why_unsigned: &[
        "Prefiere no hacerlo",
        "No es seguro para ella firmar",
        "No lee: se le leyó, y dijo que así es",
    ],
    staff: "Quién estaba (números, no nombres)",
    staff_signs: &[
        "Número de personal",
        "Firma",
        "Número de personal",
        "Firma",
        "Número de la intérprete",
        "Firma",
    ],
};

pub(super) const SLIP: Slip =
    Slip { title: "Cita", fields: &["Día", "Hora", "Lugar", "Traer", "Si no puede venir"] };

pub(super) fn report(word: ReportWord) -> &'static str {
    match word {
        ReportWord::Title => "Informe del día",
        ReportWord::Note => {
            "Solo números y códigos. Hecho con las sesiones que empezaron ese día, sin lo privado y sin aquellas cuyo \
             consentimiento se retiró. El papel suelto se guarda bajo llave o se destruye."
        }
        ReportWord::Nothing => "Ese día no empezó ninguna sesión.",
        ReportWord::Session => "sesión",
        ReportWord::With => "con",
        ReportWord::Raised => "respuestas",
        ReportWord::OtherWork => "otro trabajo (llamadas, gestiones, visitas)",
        ReportWord::Sign => "Firma",
        ReportWord::Number => "Número de personal",
    }
}
