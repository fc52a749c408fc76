//! Overwriting what a step with keys left on the stack.
//!
//! A key that is moved leaves a copy where it was, and what `hmac` and `chacha20` keep while they work stays on the
//! dead stack after they have returned. Safe Rust cannot point at those copies; it can use the same stretch of stack
//! again and fill it. What it cannot reach: registers that the system saves at a switch of threads, and a stretch
//! deeper than [`DEEP`] bytes.

use std::hint::black_box;

use zeroize::Zeroize;

/// How much stack is overwritten, in bytes. The deepest of the steps (X25519 inside age) was seen to use less than half.
const DEEP: usize = 64 * 1024;

/// Runs a step that has keys on its stack, then overwrites the stack that it used. What the step gives must carry no
/// key by value.
pub(super) fn on_a_stack_that_is_wiped<T>(step: impl FnOnce() -> T) -> T {
    let given = below(step);
    overwrite();
    given
}

/// Not inlined, so that what the step leaves lies below the frame that calls [`overwrite`] next.
#[inline(never)]
fn below<T>(step: impl FnOnce() -> T) -> T {
    step()
}

#[inline(never)]
#[expect(clippy::large_stack_arrays, reason = "the stack is what it is for")]
fn overwrite() {
    let mut stretch = [0_u64; DEEP / 8];
    black_box(&mut stretch).zeroize();
    black_box(&stretch);
}
