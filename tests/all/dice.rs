//! Chance that can be had again: a seed gives the same numbers on every machine.

/// Numbers from a seed (`SplitMix64`, Steele and others, 2014).
pub struct Dice(u64);

impl Dice {
    /// Those of a seed.
    pub fn of(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below this one.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).expect("a usize fits");
        usize::try_from(self.next() % end).expect("it is below a usize")
    }

    /// A number from the first to the last.
    pub fn within(&mut self, first: u16, last: u16) -> u16 {
        first + u16::try_from(self.below(usize::from(last - first) + 1)).expect("it is below a u16")
    }

    /// Whether something comes that comes so often in a hundred.
    pub fn comes(&mut self, in_a_hundred: usize) -> bool {
        self.below(100) < in_a_hundred
    }

    /// One of these.
    pub fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}
