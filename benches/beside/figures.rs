//! Figures of two programs, taken in pairs, as a line of a table.

use std::time::Duration;

/// What was measured of one program, a figure a round.
pub type Figures = Vec<f64>;

/// Prints the table's head.
pub fn head(unit: &str) {
    let [ours, peer] = [format!("ours, {unit}"), format!("peer, {unit}")];
    println!("{:<52} {ours:>12} {peer:>12}   {:<22} goal", "what", "ratio (min to max)");
}

/// Prints a line: both medians, the median of the pairs' ratios with the smallest and the largest, and the goal.
pub fn line(what: &str, ours: &[f64], peer: &[f64], goal: &str) {
    let ratios: Figures = ours.iter().zip(peer).map(|(ours, peer)| ours / peer).collect();
    let (least, most) =
        ratios.iter().fold((f64::MAX, 0.0_f64), |(least, most), r| (least.min(*r), most.max(*r)));
    let ratio = format!("{:.2} ({least:.2} to {most:.2})", median(&ratios));
    println!("{what:<52} {:>12.3} {:>12.3}   {ratio:<22} {goal}", median(ours), median(peer));
}

/// The middle one; of an even number, the upper of the two.
pub fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// A time as a figure.
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
