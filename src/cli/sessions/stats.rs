//! `amparo sessions stats`: figures over many sessions; with `--aggregate` such as may leave the house.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};

use crate::desk::{Arrived, Opening};
use crate::export::{
    About, Titles, figures_data, figures_page, figures_text, outsiders_page, outsiders_text,
};
use crate::journal::Store;
use crate::review::{Aggregate, Context, Figures, Filter, Protocols, Quarter, Summary};
use crate::words::{ExportSays, journal_trouble};

use super::super::exit::Exit;
use super::super::outgoing::{Destination, Replacing, Spoken, ended, write_whole};
use super::export::complain;
use super::filtering::{FilterArguments, filter};
use super::{Around, Failed};

/// Which figures, and how.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct Stats {
    /// Over which sessions; without a filter, over all
    #[command(flatten)]
    pub filter: FilterArguments,
    /// text: lines; html: a page with bars; json: data
    #[arg(long, value_enum, default_value_t = FiguresFormat::Text, value_name = "FORMAT")]
    pub format: FiguresFormat,
    /// For outsiders: only counts, with small groups hidden, over all sessions
    #[arg(long, conflicts_with_all = ["filter", "filter_file"])]
    pub aggregate: bool,
    /// File to write, for your eyes only; without one, standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace the file without asking where it is there already
    #[arg(long, requires = "output")]
    pub overwrite: bool,
}

/// How figures are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FiguresFormat {
    /// A page with bars
    Html,
    /// Data
    Json,
    /// Lines
    Text,
}

/// Writes figures.
pub(super) fn run(around: &mut Around<'_>, stats: &Stats) -> Result<Exit, Failed> {
    let language = around.language;
    let filter = match filter(around, &stats.filter)? {
        Ok(filter) => filter,
        Err(complaint) => return Ok(complain(around, &complaint)),
    };
    let (summaries, exit) = summaries(around, filter.as_ref())?;
    let least = around.settings.least_count();
    let text = written(stats, &summaries, least, &About { language, made: around.now });
    let (to, replacing) =
        (stats.output.as_deref(), if stats.overwrite { Replacing::Agreed } else { Replacing::Asked });
    let mut spoken = Spoken { language, input: &mut *around.input, err: &mut *around.err };
    let destination = Destination { to, replacing, home: Some(around.home) };
    let done = write_whole(&text, destination, &mut *around.out, &mut spoken);
    Ok(ended(done, to, summaries.len(), exit, &mut spoken)?)
}

fn written(stats: &Stats, summaries: &[Summary], least: u32, about: &About) -> String {
    if stats.aggregate {
        let aggregate = Aggregate::of(summaries, least, about.made);
        let counted =
            |summary: &&Summary| summary.day().is_some_and(|day| Some(Quarter::of(day)) <= aggregate.until);
        let mut titles = Titles::new();
        // What is not counted does not even give a title.
        for protocol in summaries.iter().filter(counted).filter_map(|summary| summary.protocol.as_ref()) {
            titles.entry(protocol.id.clone()).or_insert_with(|| Arc::clone(protocol));
        }
        return match stats.format {
            FiguresFormat::Html => outsiders_page(&aggregate, &titles, about),
            FiguresFormat::Text => outsiders_text(&aggregate, &titles, about),
            FiguresFormat::Json => format!("{:#}\n", serde_json::json!(aggregate)),
        };
    }
    let figures = Figures::of(summaries);
    match stats.format {
        FiguresFormat::Html => figures_page(&figures, about),
        FiguresFormat::Text => figures_text(&figures, about),
        FiguresFormat::Json => format!("{:#}\n", figures_data(&figures)),
    }
}

/// What is known of the sessions, and how the command ends so far: what is no session is told, and stops nothing.
fn summaries(around: &mut Around<'_>, filter: Option<&Filter>) -> Result<(Vec<Summary>, Exit), Failed> {
    let mut exit = Exit::Done;
    let Some(identity) = &around.keys.identity else { return Ok((Vec::new(), exit)) };
    let keeps_for = around.settings.keeps_for();
    let context = Context { now: around.now, keeps_for };
    let store = Store::at(around.home);
    let opening = Opening::start(&store, identity, &Protocols::default(), around.now)?;
    let mut summaries = Vec::new();
    while let Some(arrived) = opening.wait() {
        match arrived {
            Arrived::Session(summary) => {
                if filter.is_none_or(|filter| filter.keeps(&summary, context)) {
                    summaries.push(*summary);
                }
            }
            Arrived::Unreadable(file) => {
                let why = journal_trouble(&file.why, around.language).0;
                writeln!(around.err, "{}", ExportSays::Unreadable { why }.text(around.language))?;
                exit = Exit::NotRight;
            }
            Arrived::Nothing => {}
        }
    }
    // In whichever order they came, the figures are the same.
    summaries.sort_by_key(|summary| (summary.begun, summary.name));
    Ok((summaries, exit))
}
