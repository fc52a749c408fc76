//! The leaflet's words in Spanish.

use super::{BuiltIn, BuiltInTopic, LeafletSays};

pub(super) fn leaflet(says: LeafletSays) -> String {
    match says {
        LeafletSays::Page { page, of, seen } => format!("página {page} de {of}  {seen}%"),
        LeafletSays::Contents { seen } => format!("índice  {seen}%"),
        LeafletSays::Keys { of: 1 } => "1 página  0 índice  q cerrar".to_owned(),
        LeafletSays::Keys { of } => format!("1-{of} página  0 índice  q cerrar"),
        LeafletSays::KeysAlone { of } => format!("0-{of}  q"),
        LeafletSays::Close => "¿Cerrar? s/n".to_owned(),
        LeafletSays::Settings => "Ajustes".to_owned(),
        LeafletSays::TextWidth(columns) => format!("Ancho del texto: {columns}"),
        LeafletSays::TextLanguage => "Idioma: español".to_owned(),
        LeafletSays::SettingsKeys => "1-2 cambiar  0 índice  q cerrar".to_owned(),
    }
}

pub(super) const BUILT_IN: BuiltIn = BuiltIn {
    title: "Salud y formación",
    topics: &[
        BuiltInTopic {
            title: "Dormir mejor",
            lines: &[
                "La mayoría de los adultos necesita de siete a nueve horas de sueño.",
                "Acuéstese y levántese a las mismas horas, también el fin de semana.",
                "Ayuda un cuarto oscuro, tranquilo y más bien fresco.",
                "El café, el té y la cola quitan el sueño durante horas.",
                "Deje el teléfono media hora antes de acostarse.",
                "Si no puede dormir, levántese y haga algo tranquilo. Vuelva a la cama cuando tenga sueño.",
                "Si duerme mal un mes o más, consulte a un médico.",
            ],
        },
        BuiltInTopic {
            title: "Comida y agua",
            lines: &[
                "Beba de seis a ocho vasos de agua al día, más cuando hace calor.",
                "Coma a horas fijas. Bastan tres comidas sencillas.",
                "Las legumbres y los huevos cuestan poco y llenan mucho.",
                "La fruta y la verdura de temporada son las más baratas.",
                "Lávese las manos antes de cocinar y antes de comer.",
                "Guarde la comida hecha en frío y cómala en dos días.",
            ],
        },
        BuiltInTopic {
            title: "Ir al médico",
            lines: &[
                "Pida cita en el centro de salud. Puede pedir un intérprete.",
                "Apunte qué le duele, desde cuándo y qué toma para ello.",
                "Lleve los papeles y las medicinas que tenga.",
                "Si no ha entendido algo, dígalo. El médico se lo explicará otra vez.",
                "En una emergencia llame al 112. La llamada es gratis.",
            ],
        },
        BuiltInTopic {
            title: "Cursos",
            lines: &[
                "En las bibliotecas y los ayuntamientos saben qué cursos de idiomas son gratis.",
                "Una hora al día durante unas semanas sirve más que un día entero de vez en cuando.",
                "Hable desde el primer día. Los errores son parte de aprender.",
                "Pregunte si hay un lugar para sus hijos durante las clases.",
                "Guarde cada certificado, también de los cursos cortos.",
            ],
        },
    ],
};
