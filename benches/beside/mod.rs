//! What the benches share: programs in terminals of their own, and figures side by side. A bench compares, in one
//! run and turn by turn, so that a busy or a slow machine weighs on both alike; it asserts no time.

pub mod figures;
pub mod large;
pub mod programs;
pub mod window;

/// Whether only a few pairs are wished, to see that the bench still works: `AMPARO_BENCH=short`.
pub fn is_short() -> bool {
    std::env::var_os("AMPARO_BENCH").is_some_and(|mode| mode == "short")
}
