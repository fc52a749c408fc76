//! Who does it: the number in a file, since an argument would stand in the list of processes and in the shell's history.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::text::{StaffNumber, line_safe};
use crate::words::SessionWord;

use super::super::exit::Exit;
use super::erase::one_line_of;
use super::{Around, Failed, complain_so, shown};

/// Who does it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Args)]
pub struct ByArgument {
    /// File with your staff number, one line (`-`: standard input); it stands beside each session
    #[arg(long, value_name = "FILE")]
    pub by_file: Option<PathBuf>,
}

impl ByArgument {
    /// The number, where there is one; how the command ends where the file has none.
    pub(super) fn number(
        &self,
        around: &mut Around<'_>,
    ) -> Result<Result<Option<StaffNumber>, Exit>, Failed> {
        let language = around.language;
        let Some(path) = &self.by_file else { return Ok(Ok(None)) };
        let line = match path {
            path if path == Path::new("-") => one_line_of(&mut around.input)?,
            path => match File::open(path).and_then(|file| one_line_of(&mut BufReader::new(file))) {
                Ok(line) => line,
                Err(error) => {
                    let what = format!("`{}`: {}", shown(path), line_safe(&error.to_string()));
                    let help = SessionWord::NumberFileHelp.text(language);
                    return Ok(Err(complain_so(around.err, language, &what, help)));
                }
            },
        };
        if let Ok(number) = StaffNumber::new(&line.unwrap_or_default()) {
            return Ok(Ok(Some(number)));
        }
        let (what, help) = (SessionWord::NoNumber.text(language), SessionWord::NumberFileHelp.text(language));
        Ok(Err(complain_so(around.err, language, what, help)))
    }
}
