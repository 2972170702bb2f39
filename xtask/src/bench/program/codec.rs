//! Reads and writes a JSON array of devices with three types, and prints the medians over all rounds of the nanoseconds per
//! device and of the ratios within a round.

mod types;

use std::hint::black_box;
use std::time::Instant;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use types::{Derived, Own};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let input = arguments.next().expect("the first argument is the input file");
    let rounds: usize = arguments.next().and_then(|text| text.parse().ok()).expect("the second argument is the number of rounds");
    let text = std::fs::read(input).expect("the file can be read");
    let devices = serde_json::from_slice::<Vec<Value>>(&text).expect("the file holds an array").len();
    let lossless = round_trip(&text) == text;
    let mut taken = [[Vec::new(), Vec::new()], [Vec::new(), Vec::new()], [Vec::new(), Vec::new()]];
    for round in 0..rounds {
        // The order rotates, so that no type is always first.
        for turn in 0..3 {
            let which = (round + turn) % 3;
            let times = match which {
                0 => measure::<Own>(&text),
                1 => measure::<Derived>(&text),
                _ => measure::<Value>(&text),
            };
            for (taken, time) in taken[which].iter_mut().zip(times) {
                taken.push(time / devices as f64);
            }
        }
    }
    let [own, derived, value] = &taken;
    let both = |figure: &dyn Fn(usize) -> f64| json!({ "decode": figure(0), "encode": figure(1) });
    let ratio = |other: &[Vec<f64>; 2]| {
        both(&|way| median(own[way].iter().zip(&other[way]).map(|(own, other)| own / other).collect()))
    };
    let middle = |taken: &[Vec<f64>; 2]| both(&|way| median(taken[way].clone()));
    let results = json!({
        "own": middle(own),
        "derived": middle(derived),
        "value": middle(value),
        "to_derive": ratio(derived),
        "to_value": ratio(value),
        "lossless": lossless,
    });
    println!("{results}");
}

/// Returns the nanoseconds for decoding and for encoding all devices, without dropping the values.
fn measure<T: DeserializeOwned + Serialize>(text: &[u8]) -> [f64; 2] {
    let start = Instant::now();
    let devices: Vec<T> = serde_json::from_slice(black_box(text)).expect("the devices are as documented");
    let decode = start.elapsed();
    let start = Instant::now();
    let written = serde_json::to_vec(black_box(&devices)).expect("values that were read can be written");
    let encode = start.elapsed();
    black_box(written);
    [decode.as_nanos() as f64, encode.as_nanos() as f64]
}

fn round_trip(text: &[u8]) -> Vec<u8> {
    let devices: Vec<Own> = serde_json::from_slice(text).expect("the devices are as documented");
    serde_json::to_vec(&devices).expect("values that were read can be written")
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
