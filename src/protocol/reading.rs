//! From bytes to a protocol and everything that was found on the way.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::thread;

use crate::text::LanguageCode;

use super::check::check;
use super::fields::Reader;
use super::finding::{FileTrouble, Finding, FindingKind, Findings};
use super::model::Protocol;
use super::overlay::overlay;
use super::read::read_draft;
use super::source::{Source, Span};
use super::tree::{Tree, grow};

/// The most bytes of a protocol or a translation that are looked at.
pub const LARGEST: usize = 4 << 20;

/// The most bytes of a protocol together with its translations in the form in which each session carries them: JSON, in
/// which a line end and a quote are two. More is refused here, since no session with it could be kept.
pub const LARGEST_CARRIED: usize = 1 << 20;

/// What came of reading a protocol.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The protocol; there exactly when no finding is an error.
    pub protocol: Option<Protocol>,
    /// Everything that is wrong or worth a remark, in the order of the files.
    pub findings: Vec<Finding>,
    /// The files: the protocol, then its translations.
    pub sources: Vec<Source>,
}

/// Why a file could not be read at all.
#[derive(Debug)]
pub enum FileProblem {
    /// The system refused.
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is a folder, a device or a pipe.
    NoFile(PathBuf),
}

/// Reads a protocol with its translations.
///
/// ```
/// let reading = amparo::protocol::read("empty.yaml", b"", &[]);
/// assert!(reading.protocol.is_none());
/// assert_eq!(reading.findings.len(), 1);
/// ```
pub fn read(name: &str, bytes: &[u8], translations: &[(&str, &[u8])]) -> Reading {
    // A translation's tree grows in a thread of its own while the protocol is read: scanning is most of the time.
    thread::scope(|scope| {
        let growing: Vec<_> =
            translations.iter().map(|(_, bytes)| scope.spawn(|| Grown::of(bytes))).collect();
        let mut findings = Findings::default();
        let mut sources = vec![source(name, bytes)];
        let mut protocol = text(bytes, &mut findings).and_then(|text| read_text(text, &mut findings));
        let mut languages: Vec<LanguageCode> = Vec::new();
        for (at, ((name, bytes), grown)) in translations.iter().zip(growing).enumerate() {
            sources.push(source(name, bytes));
            findings.in_source(at + 1);
            let Ok(grown) = grown.join() else { continue };
            languages.extend(grown.read(name, &languages, protocol.as_mut(), &mut findings));
        }
        if let Some(protocol) = &mut protocol {
            protocol.translations = languages;
        }
        // What is larger by itself was told already.
        let looked_at = |bytes: &[u8]| bytes.len() <= LARGEST;
        if looked_at(bytes)
            && translations.iter().all(|(_, bytes)| looked_at(bytes))
            && let Some(at) = first_too_much(&sources)
        {
            findings.in_source(at);
            findings.add(Span::at(0), FindingKind::File(FileTrouble::TooLarge));
        }
        let protocol = protocol.filter(|_| !findings.any_error());
        Reading { protocol, findings: findings.into_sorted(), sources }
    })
}

/// A translation as far as it can be read without its protocol.
struct Grown<'t> {
    text: Option<&'t str>,
    tree: Option<Tree<'t>>,
    findings: Findings,
}

impl<'t> Grown<'t> {
    fn of(bytes: &'t [u8]) -> Self {
        let mut findings = Findings::default();
        let text = text(bytes, &mut findings);
        let tree = text.map(|text| grow(text, &mut findings));
        if tree.as_ref().is_some_and(|tree| tree.root.is_none() && tree.whole) {
            findings.add(Span::at(0), FindingKind::File(FileTrouble::Empty));
        }
        Self { text, tree, findings }
    }

    /// Lays it over its protocol; gives its language.
    fn read(
        self,
        name: &str,
        known: &[LanguageCode],
        protocol: Option<&mut Protocol>,
        findings: &mut Findings,
    ) -> Option<LanguageCode> {
        findings.take_over(self.findings);
        let (text, tree) = (self.text?, self.tree?);
        overlay(&tree, name, known, protocol, &mut Reader { text, findings, spoiled_ids: Vec::new() })
    }
}

fn source(name: &str, bytes: &[u8]) -> Source {
    let shown = &bytes[..bytes.len().min(LARGEST)];
    let text = std::str::from_utf8(shown)
        .map_or_else(|_| String::from_utf8_lossy(shown).into_owned(), str::to_owned);
    Source::new(name, text)
}

/// The bytes as text, where they are text of a bearable size.
fn text<'t>(bytes: &'t [u8], findings: &mut Findings) -> Option<&'t str> {
    if bytes.len() > LARGEST {
        findings.add(Span::at(0), FindingKind::File(FileTrouble::TooLarge));
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let at = error.valid_up_to();
            findings.add(Span::new(at, at + 1), FindingKind::File(FileTrouble::NotUtf8));
            None
        }
    }
}

/// The first of the files with which they are more than a session carries.
fn first_too_much(sources: &[Source]) -> Option<usize> {
    let mut carried = 0;
    sources.iter().position(|source| {
        carried += carried_length(source);
        carried > LARGEST_CARRIED
    })
}

/// How many bytes a file takes in a session. Rather a few more than fewer: what is taken here is always kept.
fn carried_length(source: &Source) -> usize {
    /// `{"base":{"name":"","text":""},"overlays":[]}`, and a comma.
    const AROUND: usize = 48;
    let escaped = |text: &str| -> usize {
        let length = |byte| match byte {
            b'"' | b'\\' | b'\n' | b'\r' | b'\t' => 2,
            0..0x20 => 6,
            _ => 1,
        };
        text.bytes().map(length).sum()
    };
    let name = Path::new(&source.name).file_name().and_then(|name| name.to_str()).unwrap_or(&source.name);
    AROUND + escaped(name) + escaped(&source.text)
}

fn read_text(text: &str, findings: &mut Findings) -> Option<Protocol> {
    let tree = grow(text, findings);
    if tree.root.is_none() && tree.whole {
        findings.add(Span::at(0), FindingKind::File(FileTrouble::Empty));
    }
    let mut reader = Reader { text, findings, spoiled_ids: Vec::new() };
    let draft = read_draft(&tree, &mut reader)?;
    check(&draft, text, findings)
}

/// Reads a protocol from a file, with the translations beside it (`NAME.es.yaml` beside `NAME.yaml`).
///
/// # Errors
/// A file that cannot be opened or read, or is no file. What is in it is never an error here, but a finding.
pub fn read_file(path: &Path) -> Result<Reading, FileProblem> {
    let bytes = bytes_of(path)?;
    let mut beside = Vec::new();
    for path in translations_beside(path) {
        beside.push((path.display().to_string(), bytes_of(&path)?));
    }
    let translations: Vec<(&str, &[u8])> =
        beside.iter().map(|(name, bytes)| (name.as_str(), &bytes[..])).collect();
    Ok(read(&path.display().to_string(), &bytes, &translations))
}

/// At most one byte more than a protocol may have, so that a huge file is told from a large one without being read.
fn bytes_of(path: &Path) -> Result<Vec<u8>, FileProblem> {
    let problem = |source| FileProblem::Io { path: path.to_owned(), source };
    // Asked before opening: to open a pipe waits until somebody writes to it.
    if !std::fs::metadata(path).map_err(problem)?.is_file() {
        return Err(FileProblem::NoFile(path.to_owned()));
    }
    let file = File::open(path).map_err(problem)?;
    let mut bytes = Vec::new();
    file.take(LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(problem)?;
    Ok(bytes)
}

/// The files named after a protocol and a language, in order.
fn translations_beside(path: &Path) -> Vec<PathBuf> {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return Vec::new() };
    let Some((stem, ending)) = name.rsplit_once('.') else { return Vec::new() };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .filter(|entry| {
            let name = entry.file_name();
            let name = name.to_str().unwrap_or_default();
            language_of(name, stem, ending).is_some()
        })
        .map(|entry| path.with_file_name(entry.file_name()))
        .collect();
    found.sort();
    found
}

/// The language in a translation's name.
fn language_of<'n>(name: &'n str, stem: &str, ending: &str) -> Option<&'n str> {
    let code = name.strip_prefix(stem)?.strip_prefix('.')?.strip_suffix(ending)?.strip_suffix('.')?;
    LanguageCode::new(code).is_ok().then_some(code)
}
