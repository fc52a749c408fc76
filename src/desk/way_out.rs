//! The one way out: the session is made safe, and the program is executed anew as the leaflet, with nothing of this
//! life's memory. `q` `y`, five wrong PINs, the second PIN, SIGTERM, SIGHUP and a panic differ only in whether the leaflet
//! then ends.

use std::sync::{Mutex, PoisonError};

use crate::terminal::{LastSight, OnPanic, become_leaflet, draw_no_more, go_alone, on_panic, restore};

use super::disk;
use super::life::Life;
use super::new_file::leave_no_half;

/// What becomes of the leaflet at the end of the way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    /// It ends: somebody closed it, the system asked for it, or the terminal is no more.
    Ends,
    /// It stays to be read, with nothing behind it.
    Stays,
}

/// The leaflet as it would be now.
#[derive(Debug, Clone)]
pub(super) struct Now {
    /// What stands on the screen.
    pub(super) sight: LastSight,
    /// The leaflet's life.
    pub(super) life: Life,
}

/// Noted with each frame, because a panic hook has no other way to reach it.
static NOW: Mutex<Option<Now>> = Mutex::new(None);

/// The exit code where the leaflet ends; also of a signal, so that a prompt which shows codes has nothing to show.
const CODE: u8 = 0;

/// The exit code after a fault of the program itself, where the leaflet cannot be: it could not.
const AFTER_A_PANIC: i32 = 3;

/// Notes how the leaflet would be now.
pub(super) fn note(now: Now) {
    *NOW.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
}

/// Lets a panic in any thread go the way out, to a leaflet that stays.
pub(super) fn open_for_panics() {
    on_panic(|| {
        // The panic may have come while it was noted.
        let Some(now) = NOW.try_lock().ok().and_then(|now| now.clone()) else {
            return OnPanic::Exit(AFTER_A_PANIC);
        };
        draw_no_more(now.sight);
        leave_no_half();
        disk::make_safe();
        OnPanic::Leaflet { life: now.life.next(), otherwise: AFTER_A_PANIC }
    });
}

/// The way out, once what was in sight is gone.
#[derive(Debug)]
pub(super) struct OnTheWay(Life);

/// Begins the way out: from now on nothing of the session is in sight. Before anything is waited for, since a disk that
/// does not answer must not leave a checklist standing there; and the terminal is given back in this life, not in the
/// next, or a second signal that comes in between would end it with the terminal still raw.
pub(super) fn begin(then: Then) -> OnTheWay {
    go_alone();
    let now = NOW.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let (Then::Stays, Some(now)) = (then, now) {
        draw_no_more(now.sight);
        return OnTheWay(now.life);
    }
    restore();
    OnTheWay(Life::Ends(CODE))
}

/// Goes on with a session that is safe, and never comes back.
pub(super) fn go(OnTheWay(life): OnTheWay) -> ! {
    let _ = become_leaflet(&life.next());
    restore();
    std::process::exit(CODE.into())
}
