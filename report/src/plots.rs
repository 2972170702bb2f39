//! Plots as inline SVG. The description of a plot contains all values; colours follow from classes.

use maud::{Markup, html};

use crate::text::shorten;

/// The width of a plot in its own units; a character of a label is about 7 of them wide.
const WIDTH: usize = 640;

/// The right edge of the labels.
const LABELS: usize = 220;

/// The width of the longest bar.
const BARS: usize = 270;

/// The height of a row.
const ROW: usize = 24;

/// The maximum length of a label in characters.
const MAX_LABEL: usize = 30;

/// A bar of a plot.
#[derive(Debug)]
pub(crate) struct Bar {
    pub(crate) label: String,
    /// The lengths of the segments from left to right, each with the class that colours it.
    pub(crate) segments: Vec<(&'static str, usize)>,
    /// The text at the end of the bar.
    pub(crate) value: String,
}

impl Bar {
    /// Creates a bar with a single segment.
    pub(crate) fn new(label: impl Into<String>, class: &'static str, value: usize) -> Self {
        Self {
            label: label.into(),
            segments: vec![(class, value)],
            value: value.to_string(),
        }
    }

    fn length(&self) -> usize {
        self.segments.iter().map(|(_, length)| length).sum()
    }
}

/// Renders horizontal bars; nothing if there are none. `id` is unique on the page.
pub(crate) fn bars(id: &str, title: &str, bars: &[Bar]) -> Markup {
    let longest = bars.iter().map(Bar::length).max().unwrap_or(0).max(1);
    let scale = |length: usize| length * BARS / longest;
    let height = bars.len() * ROW;
    let values: Vec<String> = bars
        .iter()
        .map(|bar| format!("{}: {}", bar.label, bar.value))
        .collect();
    html! {
        @if !bars.is_empty() {
            div.scroll tabindex="0" role="group" aria-label=(title) {
                svg.plot role="img" aria-labelledby={ (id) "-title " (id) "-values" }
                    viewBox=(format!("0 0 {WIDTH} {height}")) xmlns="http://www.w3.org/2000/svg" {
                    title id={ (id) "-title" } { (title) }
                    desc id={ (id) "-values" } { (values.join("; ")) }
                    @for (row, bar) in bars.iter().enumerate() {
                        @let y = row * ROW;
                        text.label x=(LABELS) y=(y + 16) text-anchor="end" { (shorten(&bar.label, MAX_LABEL)) }
                        @for (segment, (class, length)) in bar.segments.iter().enumerate() {
                            @let start: usize = bar.segments[..segment].iter().map(|(_, length)| length).sum();
                            rect class={ "bar " (class) } x=(LABELS + 8 + scale(start)) y=(y + 4)
                                width=(scale(start + length) - scale(start)) height=(ROW - 8) {}
                        }
                        text.value x=(LABELS + 14 + scale(bar.length())) y=(y + 16) { (bar.value) }
                    }
                }
            }
        }
    }
}
