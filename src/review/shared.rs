//! What many sessions have in common, kept once: case codes and staff numbers.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::text::{CaseCode, StaffNumber};

/// What many sessions have in common. Threads share it.
#[derive(Debug, Default)]
pub struct Shared {
    cases: Mutex<HashSet<Arc<CaseCode>>>,
    staff: Mutex<HashSet<Arc<[StaffNumber]>>>,
}

impl Shared {
    /// The one copy of a case code.
    pub fn case(&self, case: &CaseCode) -> Arc<CaseCode> {
        let mut known = self.cases.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(one) = known.get(case) {
            return Arc::clone(one);
        }
        let one = Arc::new(case.clone());
        known.insert(Arc::clone(&one));
        one
    }

    /// The one copy of some staff numbers.
    pub fn staff(&self, staff: &[StaffNumber]) -> Arc<[StaffNumber]> {
        let mut known = self.staff.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(one) = known.get(staff) {
            return Arc::clone(one);
        }
        let one: Arc<[StaffNumber]> = Arc::from(staff);
        known.insert(Arc::clone(&one));
        one
    }
}
