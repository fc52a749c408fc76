//! Figures, in Spanish.

use crate::review::LeftOut;

use super::FigureWord;

pub(super) fn word(word: FigureWord) -> &'static str {
    match word {
        FigureWord::Title => "Cifras",
        FigureWord::Nobody => {
            "En estas cifras no hay códigos de caso ni números de personal, y ninguna compara a quienes trabajan."
        }
        FigureWord::Weeks => "sesiones por semana",
        FigureWord::AsTable => "lo mismo en una tabla",
        FigureWord::Week => "semana del",
        FigureWord::Sessions => "sesiones",
        FigureWord::Ends => "cómo acabaron",
        FigureWord::Phases => "cuánto duraron las fases",
        FigureWord::PhasesNote => "La barra es la mitad central de las sesiones; su marca, la de en medio.",
        FigureWord::Passed => "lo que más se dejó pasar, y por qué",
        FigureWord::Signals => "dónde hizo falta una respuesta",
        FigureWord::Covers => "bajo la portada",
        FigureWord::Covered => "tiempo en una sesión que la tuvo",
        FigureWord::CheckIns => "avisos a la oficina",
        FigureWord::Missed => "sesiones en que faltó uno",
        FigureWord::Practices => "prácticas atendidas",
        FigureWord::Nothing => "No hay nada anotado.",
        FigureWord::ForOutsiders => "Cifras para fuera",
        FigureWord::Hiding => {
            "Los grupos pequeños van juntos, para que no se encuentre a nadie por más que estas cifras se sumen o se \
             resten. El mínimo es"
        }
        FigureWord::TooFew => "Hay muy pocas sesiones: no se puede dar ninguna cifra sin mostrar a alguien.",
        FigureWord::ByProtocol => "por protocolo",
        FigureWord::Quarter => "trimestre",
        FigureWord::Total => "total",
        FigureWord::Finished => {
            "Solo se cuentan trimestres terminados, y los últimos solo cuando ya son bastantes: comparado con un archivo \
             anterior, este mostraría si no las sesiones de entremedio. El último contado es"
        }
        FigureWord::Several => "varios protocolos",
        FigureWord::NotApart => "Son muy pocas para distinguirlas.",
        FigureWord::WithDanger => "sesiones con un peligro",
        FigureWord::WithDistress => "sesiones en que necesitó un momento",
        FigureWord::AtLeast => "En esta parte se redondea hacia abajo: lea cada número como «al menos».",
    }
}

pub(super) fn left_out(left_out: LeftOut) -> String {
    format!(
        "Sin contar: consentimiento retirado: {}; práctica: {}; sin protocolo que esta versión lea: {}.",
        left_out.withdrawn, left_out.practice, left_out.without_protocol
    )
}
