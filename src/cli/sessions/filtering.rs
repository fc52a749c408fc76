//! The filter of a command: the same words as in the review.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::review::Filter;
use crate::text::line_safe;
use crate::words::ExportComplaint;

use super::{Around, Failed, erase, shown};

/// Which sessions.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct FilterArguments {
    /// Those that a filter keeps, as the review takes it: `danger`, `since:2026-11-01`, `dev>2`, `unsigned`
    #[arg(long, value_name = "FILTER", conflicts_with = "filter_file", allow_hyphen_values = true)]
    pub filter: Option<String>,
    /// File with the filter in its first line (`-`: standard input): for case codes and staff numbers
    #[arg(long, value_name = "FILE")]
    pub filter_file: Option<PathBuf>,
}

/// The filter that is asked for. Who is meant is no argument: the shell and `ps` would keep it.
pub(super) fn filter(
    around: &mut Around<'_>,
    asked: &FilterArguments,
) -> Result<Result<Option<Filter>, ExportComplaint>, Failed> {
    let text = match (&asked.filter, &asked.filter_file) {
        (Some(text), _) => {
            return Ok(match Filter::read(text) {
                Ok(filter) if filter.may_name_somebody() => Err(ExportComplaint::NamesSomebody),
                Ok(filter) => Ok(Some(filter)),
                Err(trouble) => Err(ExportComplaint::Filter(trouble)),
            });
        }
        (None, Some(path)) if path == Path::new("-") => {
            erase::one_line_of(&mut around.input)?.unwrap_or_default()
        }
        (None, Some(path)) => {
            match File::open(path).and_then(|file| erase::one_line_of(&mut BufReader::new(file))) {
                Ok(line) => line.unwrap_or_default(),
                Err(error) => {
                    let (file, why) = (shown(path), line_safe(&error.to_string()));
                    return Ok(Err(ExportComplaint::FilterFile { file, why }));
                }
            }
        }
        (None, None) => return Ok(Ok(None)),
    };
    Ok(match Filter::read(&text) {
        Ok(filter) => Ok(Some(filter)),
        Err(trouble) => Err(ExportComplaint::Filter(trouble)),
    })
}
