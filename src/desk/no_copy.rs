//! No copy of this process's memory, for whatever command it was started: no core file, and no other program of the same
//! user that reads it.

use rustix::process::{Resource, Rlimit, setrlimit};

use crate::terminal::wear_own_name;

/// Lets no fault and no signal leave a copy of the memory on the disk, and no other process of the same user read it. To
/// be called before anything is read that is to stay secret. The process has its own name afterwards, which it could not
/// change any more.
pub fn leave_no_copy() {
    // Where the system refuses, it is as it was before.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    wear_own_name();
    keep_memory_to_itself();
}

/// Where a program takes what is left of a fault, the system does not ask for the limit, but for this.
fn keep_memory_to_itself() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}
