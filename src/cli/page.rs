//! The leaflet's life: what the program is when it was executed anew by its own way out. It has no command, no help
//! and no complaint; nobody types it.

use std::env;

use crate::desk::{Life, TEXT, show_leaflet};

use super::exit::Exit;

/// Lives it, where the arguments are those of a way out.
pub fn live() -> Option<u8> {
    let args: Vec<String> = env::args_os().skip(1).map(|arg| arg.into_string().unwrap_or_default()).collect();
    match Life::of(&args, env::var(TEXT).ok().as_deref())? {
        Life::Ends(code) => Some(code),
        Life::Leaflet(sheet) => {
            // Without a terminal there is nothing to show and nobody to tell.
            let _ = show_leaflet(sheet);
            Some(Exit::Done.code())
        }
    }
}
