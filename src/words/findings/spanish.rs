//! Findings in Spanish.

use crate::protocol::{
    ConditionTrouble, FileProblem, FileTrouble, FindingKind, Found, Grammar, KeyTrouble, KindName,
    NameTrouble, Needed, Rule, SectionName, Syntax, Thing, Translation, Trap, ValueTrouble, Wanted,
};
use crate::text::IdProblem;

use super::{CommandTrouble, Told, circle, listed, shown};

pub(super) fn tell(finding: &FindingKind) -> Told {
    match finding {
        FindingKind::File(trouble) => file(trouble),
        FindingKind::Syntax(syntax) => {
            let (what, help) = unreadable(syntax);
            Told::new(format!("{what}; el resto del archivo no se ha leído"), help)
        }
        FindingKind::Trap(trap) => of_yaml(trap),
        FindingKind::Key(trouble) => key(trouble),
        FindingKind::Value(trouble) => value(trouble),
        FindingKind::Name(trouble) => name(trouble),
        FindingKind::Grammar(trouble) => grammar(trouble),
        FindingKind::Condition(trouble) => condition(trouble),
        FindingKind::Rule(trouble) => rule(trouble),
        FindingKind::Translation(trouble) => translation(trouble),
    }
}

pub(super) fn tell_file(problem: &FileProblem) -> Told {
    match problem {
        FileProblem::Io { path, source } => Told::new(
            format!("no se puede leer `{}`: {source}", shown_path(path)),
            "mira si el nombre es correcto y si tienes permiso para leer el archivo",
        ),
        FileProblem::NoFile(path) => Told::new(
            format!("`{}` no es un archivo", shown_path(path)),
            "indica el protocolo mismo, no una carpeta",
        ),
    }
}

pub(super) fn tell_command(trouble: &CommandTrouble) -> Told {
    match trouble {
        CommandTrouble::Exists(path) => Told::new(
            format!("`{}` ya existe, y se ha dejado como está", shown_path(path)),
            "indica otro archivo",
        ),
        CommandTrouble::NotWritten(path, error) => Told::new(
            format!("no se puede escribir `{}`: {error}", shown_path(path)),
            "mira si la carpeta existe, si puedes escribir en ella y si queda espacio en el disco",
        ),
        CommandTrouble::Output(error) => Told::new(
            format!("no se puede escribir la salida: {error}"),
            "mire si queda espacio en el disco, o envíe la salida a otro lugar",
        ),
        CommandTrouble::SameLanguage(language) => {
            Told::new(format!("el protocolo mismo está en `{language}`"), "indica otro idioma")
        }
    }
}

fn shown_path(path: &std::path::Path) -> String {
    crate::text::line_safe(&path.display().to_string())
}

pub(super) fn summary(name: &str, errors: usize, remarks: usize) -> String {
    let name = crate::text::line_safe(name);
    match (errors, remarks) {
        (0, 0) => format!("{name}: correcto"),
        (0, remarks) => format!("{name}: correcto, con {}", counted(remarks, "nota", "notas")),
        (errors, 0) => format!("{name}: {}", counted(errors, "error", "errores")),
        (errors, remarks) => {
            format!("{name}: {} y {}", counted(errors, "error", "errores"), counted(remarks, "nota", "notas"))
        }
    }
}

fn counted(many: usize, one: &str, several: &str) -> String {
    format!("{many} {}", if many == 1 { one } else { several })
}

fn or_near(near: Option<&String>, otherwise: impl Into<String>) -> String {
    near.map_or_else(|| otherwise.into(), |near| format!("¿querías decir `{near}`?"))
}

fn file(trouble: &FileTrouble) -> Told {
    match trouble {
        FileTrouble::TooLarge => Told::new(
            "el protocolo con sus traducciones pasa de 1 MiB, y en una sesión no cabe más",
            "acórtalo, o mira si es el archivo correcto",
        ),
        FileTrouble::NotUtf8 => Told::new(
            "desde aquí el archivo no es texto en UTF-8; no se ha leído nada",
            "guárdalo otra vez en tu editor con la codificación UTF-8",
        ),
        FileTrouble::Empty => Told::new(
            "no hay nada en el archivo",
            "`amparo protocol new FILE` escribe un protocolo pequeño para empezar",
        ),
    }
}

fn unreadable(syntax: &Syntax) -> (String, String) {
    let (what, help) = match syntax {
        Syntax::ColonInText => (
            "dos puntos y un espacio no pueden estar en un texto sin comillas",
            "pon todo el texto entre comillas dobles: `ask: \"Primero: la puerta\"`",
        ),
        Syntax::Tab => ("una línea no puede empezar con un tabulador", "usa espacios"),
        Syntax::Indentation => (
            "esto no queda alineado con las líneas a las que pertenece",
            "empieza la línea en la misma columna que sus vecinas, con espacios",
        ),
        Syntax::NoColon => (
            "esta línea no es ni una clave con dos puntos ni un elemento con guion",
            "escribe `clave: valor`; un texto que sigue de la línea anterior empieza más a la derecha",
        ),
        Syntax::UnclosedQuote => {
            ("aquí se abren comillas que nunca se cierran", "ciérralas, o quita las dos")
        }
        Syntax::AfterQuote => (
            "hay algo detrás de las comillas de cierre",
            "pon las comillas alrededor de todo el texto; entre comillas simples el apóstrofo se escribe dos veces: `'it''s'`",
        ),
        Syntax::Escape => (
            "una barra invertida entre comillas dobles empieza un carácter especial, y este no lo es",
            "escribe la barra dos veces, o usa comillas simples",
        ),
        Syntax::Bracket => (
            "los corchetes o llaves de aquí no se cierran como se abrieron",
            "cierra cada uno, con comas entre los elementos; un texto que empieza con corchete necesita comillas",
        ),
        Syntax::Invisible => {
            ("no se puede leer nada detrás del carácter invisible de aquí", "bórralo y comprueba otra vez")
        }
        Syntax::StrangeStart(c) => {
            return (
                format!("un texto sin comillas no puede empezar con `{}`", shown(&c.to_string())),
                "pon el texto entre comillas dobles".to_owned(),
            );
        }
        Syntax::TooDeep => {
            ("esto está anidado mucho más hondo que nada en un protocolo", "quita algunos de los corchetes")
        }
        Syntax::SecondDocument => (
            "`---` empieza un segundo documento, y un protocolo es uno solo",
            "quita la línea, o haz dos archivos",
        ),
        Syntax::Directive => {
            ("una línea que empieza con `%` es una instrucción para lectores de YAML", "quita la línea")
        }
        Syntax::Other => (
            "esto no se puede leer como YAML",
            "mira esta línea y la anterior; un texto con signos necesita comillas",
        ),
    };
    (what.to_owned(), help.to_owned())
}

fn of_yaml(trap: &Trap) -> Told {
    match trap {
        Trap::ByteOrderMark => Told::new(
            "hay una marca invisible al principio del archivo",
            "guárdalo como UTF-8 sin BOM (marca de orden de bytes)",
        ),
        Trap::Tab => Told::new(
            "aquí hay un tabulador",
            "usa espacios; casi todos los editores pueden escribirlos con la tecla del tabulador",
        ),
        Trap::Forbidden(c) => Told::new(
            format!("aquí hay un carácter invisible (U+{:04X})", u32::from(*c)),
            "bórralo: puede gobernar un terminal o hacer que un texto se lea como otro",
        ),
        Trap::Comment => Told::new(
            "un solo espacio antes de `#` corta el texto aquí",
            "pon el texto entre comillas dobles; para un comentario, escribe dos espacios o más antes de `#`",
        ),
        Trap::Tag => Told::new(
            "`!` antes de un valor es una etiqueta, que un protocolo no tiene",
            "pon el texto entre comillas; en una condición, escribe `not` en lugar de `!`",
        ),
        Trap::Anchor => Told::new(
            "`&` antes de un valor es un ancla, que un protocolo no tiene",
            "quítala, o pon el texto entre comillas",
        ),
        Trap::Alias => Told::new(
            "`*` antes de un nombre es un alias, que un protocolo no tiene",
            "escribe el valor entero, o pon el texto entre comillas",
        ),
        Trap::Merge => {
            Told::new("`<<` mezcla secciones, y un protocolo no lo hace", "escribe las claves enteras")
        }
        Trap::KeyTwice(key) => {
            Told::new(format!("la clave `{}` está aquí por segunda vez", shown(key)), "quita una de las dos")
        }
        Trap::CollectionAsKey => {
            Told::new("una lista o una sección no puede ser una clave", "pon el texto entre comillas dobles")
        }
        Trap::ColonMadeSection => Told::new(
            "los dos puntos y el espacio hacen una clave de las palabras anteriores",
            "pon todo el texto entre comillas dobles",
        ),
        Trap::CommaInBraces => Told::new(
            "la coma entre llaves terminó el texto antes de estas palabras",
            "escribe una clave por línea sin llaves, o pon el texto entre comillas dobles",
        ),
    }
}

fn section(name: SectionName) -> &'static str {
    match name {
        SectionName::Protocol => "un protocolo",
        SectionName::Condition => "una condición con nombre",
        SectionName::Cover => "un folleto (`covers`)",
        SectionName::Topic => "un tema",
        SectionName::Phase => "una fase",
        SectionName::Gate => "una puerta (`gates`)",
        SectionName::Group => "un grupo",
        SectionName::Step => "un paso",
        SectionName::Suggests => "`suggests`",
        SectionName::Option => "una opción",
        SectionName::Row => "una fila",
        SectionName::State => "un estado",
        SectionName::Response => "una respuesta (`responses`)",
        SectionName::Translation => "una traducción",
        SectionName::CoverTexts => "los textos de un folleto",
        SectionName::TopicTexts => "los textos de un tema",
        SectionName::PhaseTexts => "los textos de una fase",
        SectionName::GroupTexts => "los textos de un grupo",
        SectionName::StepTexts => "los textos de un paso",
        SectionName::ResponseTexts => "los textos de una respuesta",
    }
}

/// Whether a word is masculine or feminine.
#[derive(Clone, Copy, PartialEq)]
enum Gender {
    Masculine,
    Feminine,
}

fn thing(thing: Thing) -> (&'static str, Gender) {
    match thing {
        Thing::Condition => ("condición con nombre", Gender::Feminine),
        Thing::Cover => ("folleto", Gender::Masculine),
        Thing::Topic => ("tema", Gender::Masculine),
        Thing::Phase => ("fase", Gender::Feminine),
        Thing::Group => ("grupo", Gender::Masculine),
        Thing::Step => ("paso", Gender::Masculine),
        Thing::Option => ("opción", Gender::Feminine),
        Thing::Row => ("fila", Gender::Feminine),
        Thing::State => ("estado", Gender::Masculine),
        Thing::Response => ("respuesta", Gender::Feminine),
        Thing::Label => ("opción, fila o estado", Gender::Feminine),
    }
}

fn one(of: Thing) -> String {
    let (word, gender) = thing(of);
    format!("{} {word}", if gender == Gender::Feminine { "una" } else { "un" })
}

fn no(of: Thing) -> String {
    let (word, gender) = thing(of);
    format!("{} {word}", if gender == Gender::Feminine { "ninguna" } else { "ningún" })
}

fn the(of: Thing) -> String {
    let (word, gender) = thing(of);
    format!("{} {word}", if gender == Gender::Feminine { "la" } else { "el" })
}

fn this(of: Thing) -> String {
    let (word, gender) = thing(of);
    format!("{} {word}", if gender == Gender::Feminine { "esta" } else { "este" })
}

fn kinds(kinds: &[KindName]) -> String {
    listed(kinds.iter().map(|kind| kind.word()), "y")
}

fn key(trouble: &KeyTrouble) -> Told {
    match trouble {
        KeyTrouble::Unknown { section: of, key, near } => Told::new(
            format!("`{}` no es una clave de {}", shown(key), section(*of)),
            or_near(
                near.as_ref(),
                "`docs/protocol.md` lista las claves; un texto con dos puntos necesita comillas",
            ),
        ),
        KeyTrouble::OfOtherKinds { key, kind, kinds: of } => Told::new(
            format!("un paso de tipo `{}` no tiene la clave `{key}`", kind.word()),
            format!("quítala: `{key}` es para {}", kinds(of)),
        ),
        KeyTrouble::TakenOver(key) => {
            Told::new(format!("`{key}` se toma del paso que este repite con `again`"), "quítala")
        }
        KeyTrouble::Missing { section: of, key } => {
            Told::new(format!("{} necesita la clave `{key}`", section(*of)), format!("añade `{key}:`"))
        }
        KeyTrouble::MissingEither(one, other) => {
            Told::new(format!("aquí falta `{one}` o `{other}`"), format!("añade `{one}:` o `{other}:`"))
        }
        KeyTrouble::Both(one, other) => {
            Told::new(format!("`{other}` no puede estar junto a `{one}`"), "deja una de las dos")
        }
        KeyTrouble::Needs(one, other) => Told::new(
            format!("`{one}` necesita `{other}` a su lado"),
            format!("añade `{other}:`, o quita `{one}`"),
        ),
        KeyTrouble::Wrong { wanted, found } => {
            let (what, help) = wanted_words(wanted);
            Told::new(format!("aquí va {what}, y hay {}", found_words(found)), help)
        }
        KeyTrouble::TooMany(most) => Told::new(
            format!("esto pasa de {most}, el máximo que puede haber"),
            if *most == 9 {
                "cada uno tiene una cifra como tecla: junta o quita algunos"
            } else {
                "junta o quita algunos"
            },
        ),
    }
}

fn found_words(found: &Found) -> String {
    match found {
        Found::Nothing => "nada".to_owned(),
        Found::Text(text) => format!("`{}`", shown(text)),
        Found::Quoted(text) => format!("`\"{}\"`", shown(text)),
        Found::List => "una lista".to_owned(),
        Found::Section => "una sección con claves".to_owned(),
    }
}

fn wanted_words(wanted: &Wanted) -> (String, String) {
    match wanted {
        Wanted::Text => ("un texto".to_owned(), "escribe el texto detrás de los dos puntos, en una línea".to_owned()),
        Wanted::Texts => {
            ("una lista de textos".to_owned(), "escribe uno por línea, cada uno detrás de un guion".to_owned())
        }
        Wanted::Id => (
            "un identificador".to_owned(),
            "escribe un nombre corto en minúsculas, como `first-look`".to_owned(),
        ),
        Wanted::IdOf(of) => (
            format!("el identificador de {}", one(*of)),
            "escribe su identificador detrás de los dos puntos".to_owned(),
        ),
        Wanted::Flag => ("`true` o `false`".to_owned(), "escribe `true` o `false`, sin comillas".to_owned()),
        Wanted::Number(from, to) if from == to => (format!("el número {from}"), format!("escribe `{from}`")),
        Wanted::Number(from, to) => (
            format!("un número entero de {from} a {to}"),
            "escribe el número en cifras, sin comillas".to_owned(),
        ),
        Wanted::Word { words, near } => {
            let all = listed(*words, "o");
            (all.clone(), or_near(near.as_ref(), format!("escribe {all}")))
        }
        Wanted::Words(words) => (
            "una lista de palabras".to_owned(),
            format!("escríbelas entre corchetes, como `[{}]`; hay {}", words[0], listed(*words, "y")),
        ),
        Wanted::Condition => ("una condición".to_owned(), "escribe una como `company == nobody`".to_owned()),
        Wanted::FlagOrCondition => (
            "`true`, `false` o una condición".to_owned(),
            "escribe `true`, o una condición como `company == nobody`".to_owned(),
        ),
        Wanted::Action => (
            "una acción".to_owned(),
            "escribe `end(early)`, `reopen(paso)`, `raise(respuesta)` o `pause`; en una respuesta también `return` o `set-aside`"
                .to_owned(),
        ),
        Wanted::Practice => (
            "el número de una práctica".to_owned(),
            "escribe una mayúscula y un número, como `A5` o `B7a`".to_owned(),
        ),
        Wanted::Practices => (
            "una lista de números de prácticas".to_owned(),
            "escríbelos entre corchetes, como `[A5, B7a]`".to_owned(),
        ),
        Wanted::Language => (
            "el código de un idioma".to_owned(),
            "escribe sus dos o tres minúsculas, como `en` o `es`".to_owned(),
        ),
        Wanted::Section(of) => (
            section(*of).to_owned(),
            "escribe sus claves en las líneas de abajo, cada una más a la derecha".to_owned(),
        ),
        Wanted::Sections(of) => (
            format!("una lista con {} en cada elemento", section(*of)),
            "empieza cada elemento con un guion en su propia línea".to_owned(),
        ),
        Wanted::ById => (
            "una sección con identificadores como claves".to_owned(),
            "escribe cada identificador en su propia línea, con dos puntos detrás".to_owned(),
        ),
    }
}

fn value(trouble: &ValueTrouble) -> Told {
    match trouble {
        ValueTrouble::EmptyText => Told::new("el texto está vacío", "escribe un texto, o quita la clave"),
        ValueTrouble::TooWide { most, is } => Told::new(
            format!("el texto tiene {is} columnas, y caben {most} como máximo"),
            "dilo con menos palabras",
        ),
        ValueTrouble::LineEnd => Told::new(
            "el texto tiene varias líneas, y se muestra como una",
            "escríbelo en una línea, o usa `>` en lugar de `|`, que une las líneas",
        ),
        ValueTrouble::BadId { id, problem } => bad_id(id, *problem),
        ValueTrouble::Pattern(why) => Told::new(
            format!("la expresión regular no se puede leer: {}", shown(why)),
            "prueba una más sencilla, como `[0-9]{4}`",
        ),
        ValueTrouble::Range => Told::new(
            "el último no está por encima del primero",
            "una escala o un número necesita al menos dos puntos",
        ),
        ValueTrouble::TooManyPoints => {
            Told::new("una escala tiene como máximo 101 puntos", "acórtala, o usa el tipo `number`")
        }
        ValueTrouble::EmptyList => Told::new("la lista está vacía", "añade un elemento, o quita la clave"),
    }
}

fn bad_id(id: &str, problem: IdProblem) -> Told {
    let id = shown(id);
    match problem {
        IdProblem::Empty => Told::new(
            "el identificador está vacío",
            "escribe un nombre corto en minúsculas, como `first-look`",
        ),
        IdProblem::TooLong => Told::new("el identificador pasa de 40 caracteres", "escribe uno más corto"),
        IdProblem::Character(c) => Told::new(
            format!("`{id}` no puede ser un identificador por `{}`", shown(&c.to_string())),
            "los identificadores tienen minúsculas de la a a la z sin tilde, cifras y guiones",
        ),
        IdProblem::ConditionWord => Told::new(
            format!("`{id}` no puede ser un identificador: las condiciones usan esa palabra"),
            "elige otro nombre",
        ),
        IdProblem::YamlWord => Told::new(
            format!(
                "`{id}` no puede ser un identificador: otros lectores de YAML lo leerían como sí, no o nada"
            ),
            "elige otro nombre, como `agreed` o `refused`",
        ),
    }
}

fn name(trouble: &NameTrouble) -> Told {
    match trouble {
        NameTrouble::Twice(of, name) => Told::new(
            format!("{} `{}` está dos veces", the(*of), shown(name)),
            "da otro identificador a uno de los dos",
        ),
        NameTrouble::Shared(of, other, name) => Told::new(
            format!("{} tiene el identificador de {}: `{}`", this(*of), one(*other), shown(name)),
            "da otro identificador a uno de los dos",
        ),
        NameTrouble::Unknown { thing: of, name, near } => Told::new(
            format!("no hay {} `{}`", no(*of), shown(name)),
            or_near(near.as_ref(), format!("escribe el identificador de {} que exista", one(*of))),
        ),
        NameTrouble::Later(name) => Told::new(
            format!("el paso `{}` viene después de este lugar", shown(name)),
            "aquí solo se pueden nombrar pasos anteriores, los del mismo grupo y los de las respuestas",
        ),
        NameTrouble::NotEarlier(name) => Told::new(
            format!("el paso `{}` no viene antes que este", shown(name)),
            "nombra un paso anterior, o baja este",
        ),
        NameTrouble::LaterThrough { condition, step } => Told::new(
            format!(
                "`holds({})` mira el paso `{}`, que viene después de este lugar",
                shown(condition),
                shown(step)
            ),
            "úsala más abajo, o sube el paso",
        ),
        NameTrouble::ConditionLater(name) => Told::new(
            format!("la condición `{}` no está por encima de esta", shown(name)),
            "una condición con nombre solo puede usar las de arriba: súbela",
        ),
        NameTrouble::ConditionItself(name) => Told::new(
            format!("la condición `{}` se usa a sí misma", shown(name)),
            "escribe en su lugar lo que debe cumplirse",
        ),
        NameTrouble::ConditionCircle(names) => Told::new(
            format!("estas condiciones se usan unas a otras: {}", circle(names)),
            "escribe una de ellas entera, sin `holds`",
        ),
        NameTrouble::NoList(name) => Told::new(
            format!("el paso `{}` no es una lista y no tiene filas", shown(name)),
            "nombra un paso de tipo `list`",
        ),
        NameTrouble::NoOutcome(name) => Told::new(
            format!("el paso `{}` es una guía, que no tiene respuesta que volver a pedir", shown(name)),
            "nombra otro paso",
        ),
    }
}

fn grammar(trouble: &Grammar) -> Told {
    match trouble {
        Grammar::Empty => Told::new("la condición está vacía", "escribe una como `company == nobody`"),
        Grammar::SingleEquals => Told::new("un solo `=` no compara nada", "escribe `==`"),
        Grammar::Symbol(written, meant) => {
            Told::new(format!("las condiciones no tienen `{written}`"), format!("escribe `{meant}`"))
        }
        Grammar::Capital(meant) => {
            Told::new("las palabras de las condiciones van en minúsculas", format!("escribe `{meant}`"))
        }
        Grammar::Quotes => Told::new(
            "los valores de las condiciones no llevan comillas",
            "escribe solo el identificador: `company == nobody`",
        ),
        Grammar::Strange(c) => Told::new(
            format!("la condición no puede seguir aquí con `{}`", shown(&c.to_string())),
            "las condiciones comparan pasos con valores, y los unen con `and`, `or`, `not` y paréntesis",
        ),
        Grammar::Wanted(needed) => match needed {
            Needed::Term => Told::new(
                "aquí va un paso o una función",
                "escribe por ejemplo `company == nobody` o `done(calm)`",
            ),
            Needed::Value => {
                Told::new("aquí va un valor", "escribe el identificador de una opción, o un número")
            }
            Needed::Mark(mark) => Told::new(format!("aquí falta `{mark}`"), format!("añade `{mark}`")),
            Needed::Comparison => {
                Told::new("aquí va una comparación", "escribe por ejemplo `== met` o `in [met, asked]`")
            }
        },
        Grammar::NoLink => {
            Told::new("hay dos condiciones una junto a otra", "escribe `and` u `or` entre ellas")
        }
        Grammar::Chain => Told::new(
            "esto ya está comparado",
            "compara una cosa cada vez, con `and` en medio: `risk > 1 and risk < 4`",
        ),
        Grammar::Function { name, near } => Told::new(
            format!("no hay ninguna función `{}`", shown(name)),
            or_near(
                near.as_ref(),
                "hay `done`, `answered`, `skipped`, `declined`, `has`, `row`, `raised`, `rose`, `staff` y `holds`",
            ),
        ),
        Grammar::Arguments { function, like } => {
            Told::new(format!("`{function}` se escribe de otro modo"), format!("escribe `{like}`"))
        }
        Grammar::TooDeep => Told::new(
            "la condición está anidada demasiado hondo para entenderla",
            "da nombre a partes de ella en `conditions`, y úsalas como `holds(nombre)`",
        ),
        Grammar::TooLong => Told::new(
            "la condición pasa de 1.000 caracteres",
            "da nombre a partes de ella en `conditions`, y úsalas como `holds(nombre)`",
        ),
    }
}

fn condition(trouble: &ConditionTrouble) -> Told {
    match trouble {
        ConditionTrouble::Value { step, value, near, values } => Told::new(
            format!("el paso `{}` no puede ser `{}`", shown(step), shown(value)),
            or_near(near.as_ref(), format!("puede ser {}", listed(values, "o"))),
        ),
        ConditionTrouble::Outside { step, from, to } => Told::new(
            format!("el paso `{}` es un número de {from} a {to}", shown(step)),
            format!("escribe un número de {from} a {to}"),
        ),
        ConditionTrouble::Comparison { step, kind } => Told::new(
            format!("el paso `{}` es de tipo `{}`, que no se compara así", shown(step), kind.word()),
            instead(step, *kind),
        ),
        ConditionTrouble::Order(step) => Told::new(
            format!("lo que puede ser `{}` no tiene orden: no es ni menos ni más", shown(step)),
            "usa `==`, `!=` o `in [a, b]`",
        ),
        ConditionTrouble::Alone { step, kind } => Told::new(
            format!("el paso `{}` solo no dice nada", shown(step)),
            kind.map_or_else(|| "compáralo con un valor".to_owned(), |kind| instead(step, kind)),
        ),
        ConditionTrouble::AloneCondition(name) => Told::new(
            format!("la condición con nombre `{}` se usa como función", shown(name)),
            format!("escribe `holds({})`", shown(name)),
        ),
        ConditionTrouble::Kind { function, step, kind } => Told::new(
            format!("`{function}` no es para el paso `{}` de tipo `{}`", shown(step), kind.word()),
            instead(step, *kind),
        ),
        ConditionTrouble::NotAgain(step) => Told::new(
            format!("`{}` no repite ninguna escala ni número, y por eso no puede haber subido", shown(step)),
            "nombra un paso con `again`, cuya primera respuesta fue una escala o un número",
        ),
        ConditionTrouble::NoOutcome(step) => Told::new(
            format!("el paso `{}` es una guía, que no tiene respuesta", shown(step)),
            "nombra un paso que se responda",
        ),
        ConditionTrouble::Staff => {
            Told::new("una sesión tiene uno o dos números de personal", "escribe `staff(1)` o `staff(2)`")
        }
        ConditionTrouble::TooLarge => Told::new(
            "con todas las condiciones con nombre que usa, esto es demasiado grande para seguirlo",
            "usa menos, o unas más sencillas",
        ),
        ConditionTrouble::Never => Told::new(
            "esta condición no se puede cumplir nunca",
            "mira si un `and` debería ser `or`, y si los pasos que nombra pueden darse juntos",
        ),
        ConditionTrouble::NeverInGroup => Told::new(
            "esto no se puede cumplir nunca mientras se cumpla el `when` de su grupo",
            "cambia una de las dos condiciones, o lleva el paso a otro grupo",
        ),
        ConditionTrouble::NeverWhile => Told::new(
            "esto no se puede cumplir nunca mientras el paso se aplique",
            "cambia esta condición o el `when` del paso",
        ),
        ConditionTrouble::GateNever => {
            Told::new("esta puerta no se puede abrir nunca", "mira si un `and` debería ser `or`")
        }
        ConditionTrouble::GatesNever => Told::new(
            "las puertas de esta fase no pueden estar abiertas a la vez, y nadie puede llegar a ella",
            "cambia una de las condiciones",
        ),
    }
}

/// How a step of a kind is named in a condition.
fn instead(step: &str, kind: KindName) -> String {
    let step = shown(step);
    match kind {
        KindName::Check => format!("escribe `done({step})`"),
        KindName::Choice => format!("escribe `{step} == opción`, con una de sus opciones"),
        KindName::Choices => format!("escribe `has({step}, opción)`, con una de sus opciones"),
        KindName::Scale | KindName::Number => format!("escribe `{step} >= 3`, con un número que pueda ser"),
        KindName::Text | KindName::Date | KindName::Deadline => format!("escribe `answered({step})`"),
        KindName::Inform => format!("escribe `{step} == understood`; las otras son `back` y `declined`"),
        KindName::List => format!("escribe `row({step}, fila) == estado`, con una de sus filas y estados"),
        KindName::Guidance => "una guía no tiene respuesta: nombra otro paso".to_owned(),
    }
}

fn rule(trouble: &Rule) -> Told {
    match trouble {
        Rule::NoCover => Told::new(
            "ninguna respuesta cubre la pantalla",
            "escribe `cover: true` en la que se llama con Esc",
        ),
        Rule::TwoCovers => {
            Told::new("dos respuestas cubren la pantalla", "deja `cover: true` en una de ellas")
        }
        Rule::EscNotCover => Told::new(
            "Esc esconde la pantalla y no hace nada más, y esta respuesta no la cubre",
            "elige otra tecla: `f2` o de `f5` a `f9`",
        ),
        Rule::CoverRank => Told::new(
            "esta respuesta podría hacer esperar a la que cubre",
            "da a la respuesta que cubre el rango (`rank`) más pequeño de todos",
        ),
        Rule::KeyTwice(key) => {
            Told::new(format!("otra respuesta ya tiene la tecla `{}`", shown(key)), "elige otra tecla")
        }
        Rule::TwoCheckIns => Told::new(
            "un protocolo tiene una sola llamada de control, y esta es la segunda",
            "quita `role: check-in` de una de las dos",
        ),
        Rule::OnlyInResponse(word) => {
            Told::new(format!("`{word}` sale de una respuesta, y este paso no es de ninguna"), "quítalo")
        }
        Rule::TwoEnds => Told::new("una sesión termina de una sola manera", "deja un solo `end(…)`"),
        Rule::SignNeverShown => {
            Told::new("el signo no se muestra nunca", "escribe `stays: true` en el paso, o quita el signo")
        }
        Rule::TopicNotInEvery { topic, cover } => Told::new(
            format!(
                "el folleto `{}` no tiene el tema `{}`; allí empieza por su índice",
                shown(cover),
                shown(topic)
            ),
            "añade el tema a ese folleto",
        ),
    }
}

fn translation(trouble: &Translation) -> Told {
    match trouble {
        Translation::OtherProtocol { named, base } => Told::new(
            format!("esto traduce `{}`, y está junto a `{}`; no se ha usado nada", shown(named), shown(base)),
            format!("escribe `translates: {}`, o cambia el nombre del archivo", shown(base)),
        ),
        Translation::SameLanguage => {
            Told::new("este es el idioma del protocolo mismo", "escribe el idioma de la traducción")
        }
        Translation::LanguageTwice(language) => {
            Told::new(format!("hay otra traducción a `{}`", shown(language)), "deja uno de los dos archivos")
        }
        Translation::FileName { named, language } => Told::new(
            format!("el archivo lleva el nombre de `{}`, y su idioma es `{}`", shown(named), shown(language)),
            "cambia el nombre del archivo, o el idioma",
        ),
        Translation::Older { of, base } => Told::new(
            format!("la traducción es de la versión {of}, y el protocolo tiene la versión {base}"),
            format!("léela junto al protocolo, y escribe después `of_version: {base}`"),
        ),
        Translation::Newer { of, base } => Told::new(
            format!("la traducción es de la versión {of}, y el protocolo solo tiene la versión {base}"),
            format!("escribe `of_version: {base}`, o consigue el protocolo más nuevo"),
        ),
        Translation::Missing { path, base } => Told::new(
            format!(
                "falta el texto de `{}`; en su lugar se muestra `{}`",
                crate::text::line_safe(path),
                shown(base)
            ),
            "tradúcelo",
        ),
        Translation::NotInBase { key } => Told::new(
            format!("el protocolo no tiene aquí ningún texto para `{}`", shown(key)),
            "quítalo, o mira si es de otro identificador",
        ),
        Translation::Length { base, own } => Told::new(
            format!("el protocolo tiene aquí {base} textos, y la traducción {own}; no se ha usado"),
            "escribe uno por cada uno, en el mismo orden",
        ),
    }
}
