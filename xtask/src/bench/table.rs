//! Formats the tables.

use std::fmt::Write;

use generator::model::ApiVersion;
use generator::rust::Crate;

use super::codec::Codec;
use super::compile::{Cost, Row};
use super::generation::Generation;
use super::scratch::Profile;
use super::slice::Slice;

/// Returns an explanation of the figures.
pub(crate) fn introduction(version: ApiVersion) -> String {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "version {}, {} threads\n\
         cpu: user and system seconds of rustc for the crate alone, dependencies built before, CARGO_INCREMENTAL=0; the minimum of all rounds\n\
         check is `cargo check`; dev and release are builds, with a second crate that reads and writes every type that operations send or return\n\
         mem: peak memory of rustc; lines: without comments and blank lines; rlib: both crates, dev build\n\
         ours: types, request builders, documentation; derive: the same types with serde derive; empty: only the dependencies\n",
        version.name(),
        threads
    )
}

/// Returns the table of the crates of a slice.
pub(crate) fn compile(slice: Slice, library: &Crate, rows: &[Row]) -> String {
    let mut table = format!(
        "\n{}: {} ({})\n",
        slice.name(),
        slice.description(),
        size(library)
    );
    line(
        &mut table,
        &[
            "",
            "lines",
            "check cpu",
            "mem",
            "dev cpu",
            "mem",
            "rlib",
            "release cpu",
            "mem",
        ],
    );
    for row in rows {
        let mut cells = vec![row.name.to_owned(), row.lines.to_string()];
        cells.extend(cells_of(row, Profile::Check));
        cells.extend(cells_of(row, Profile::Dev));
        cells.push(
            row.costs
                .get(&Profile::Dev)
                .map_or_else(absent, |cost| mebibytes(cost.library)),
        );
        cells.extend(cells_of(row, Profile::Release));
        line(&mut table, &cells);
    }
    let [empty, own, derived] = rows else {
        return table;
    };
    let ratio = |figure: &dyn Fn(&Row) -> Option<f64>| {
        let both = figure(own).zip(figure(derived));
        both.map_or_else(absent, |(own, derived)| format!("{:.2}", own / derived))
    };
    let cost = |profile: Profile, of: fn(&Cost) -> f64| {
        ratio(&|row: &Row| Some(of(row.costs.get(&profile)?)))
    };
    line(
        &mut table,
        &[
            "ours / derive".to_owned(),
            ratio(&|row| Some(row.lines as f64)),
            cost(Profile::Check, |cost| cost.cpu),
            cost(Profile::Check, |cost| cost.peak as f64),
            cost(Profile::Dev, |cost| cost.cpu),
            cost(Profile::Dev, |cost| cost.peak as f64),
            cost(Profile::Dev, |cost| cost.library as f64),
            cost(Profile::Release, |cost| cost.cpu),
            cost(Profile::Release, |cost| cost.peak as f64),
        ],
    );
    let above = |profile: Profile| {
        let both = own.costs.get(&profile).zip(empty.costs.get(&profile));
        both.map_or_else(absent, |(own, empty)| format!("{:.2}", own.cpu - empty.cpu))
    };
    let cells = [
        "ours - empty".to_owned(),
        String::new(),
        above(Profile::Check),
        String::new(),
        above(Profile::Dev),
    ];
    line(&mut table, &cells);
    table
}

fn cells_of(row: &Row, profile: Profile) -> [String; 2] {
    match row.costs.get(&profile) {
        Some(cost) => [format!("{:.2}", cost.cpu), mebibytes(cost.peak)],
        None => [absent(), absent()],
    }
}

/// Describes the size of a library.
fn size(library: &Crate) -> String {
    let (mut structs, mut fields, mut enums, mut operations) = (0, 0, 0, 0);
    for version in &library.versions {
        operations += version.client.methods.len();
        for module in version.areas.iter().flat_map(|area| &area.modules) {
            structs += module.structs.len();
            fields += module
                .structs
                .iter()
                .map(|item| item.fields.len())
                .sum::<usize>();
            enums += module.enums.len();
            operations += module
                .builders
                .iter()
                .map(|builder| builder.methods.len())
                .sum::<usize>();
        }
    }
    format!("{structs} structs with {fields} fields, {enums} enums, {operations} operations")
}

/// Returns the table of serialization.
pub(crate) fn codec(codec: &Codec) -> String {
    let mut table = format!(
        "\ncodec: 1,000 managed devices of {} properties and {} bytes, with one undocumented property and one null; medians, release build\n",
        codec.properties, codec.bytes
    );
    line(&mut table, &["", "decode ns", "encode ns"]);
    for (name, times) in ["ours", "derive", "Value"].iter().zip(codec.times) {
        line(
            &mut table,
            &[
                (*name).to_owned(),
                format!("{:.0}", times.decode),
                format!("{:.0}", times.encode),
            ],
        );
    }
    for (name, ratios) in [
        ("ours / derive", codec.to_derive),
        ("ours / Value", codec.to_value),
    ] {
        line(
            &mut table,
            &[
                name.to_owned(),
                format!("{:.2}", ratios.decode),
                format!("{:.2}", ratios.encode),
            ],
        );
    }
    let verdict = if codec.is_lossless {
        "the bytes that it read"
    } else {
        "OTHER BYTES THAN IT READ"
    };
    line(&mut table, &["ours writes", verdict]);
    table
}

/// Returns the table of generation.
pub(crate) fn generation(generation: &Generation) -> String {
    let mut table =
        "\ngenerate the whole API: cpu seconds of a process from its start to the text of all files; medians\n"
            .to_owned();
    let seconds = |cpu: f64| format!("{cpu:.2}");
    line(
        &mut table,
        &[
            "generate".to_owned(),
            seconds(generation.generate),
            mebibytes(generation.peak),
        ],
    );
    line(
        &mut table,
        &["baseline".to_owned(), seconds(generation.baseline())],
    );
    line(
        &mut table,
        &["  read files".to_owned(), seconds(generation.read)],
    );
    line(
        &mut table,
        &["  pulldown-cmark".to_owned(), seconds(generation.markdown)],
    );
    line(
        &mut table,
        &[
            "generate / baseline".to_owned(),
            seconds(generation.generate / generation.baseline()),
        ],
    );
    table
}

fn mebibytes(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / f64::from(1 << 20))
}

fn absent() -> String {
    "-".to_owned()
}

/// Appends a line with the first cell aligned to the left and the others to the right.
fn line(table: &mut String, cells: &[impl AsRef<str>]) {
    let mut line = String::new();
    for (place, cell) in cells.iter().enumerate() {
        let cell = cell.as_ref();
        match place {
            0 => write!(line, "{cell:<18}"),
            _ => write!(line, "  {cell:>11}"),
        }
        .expect("writing to a string does not fail");
    }
    table.push_str(line.trim_end());
    table.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_aligned() {
        let mut table = String::new();
        line(&mut table, &["", "lines"]);
        line(&mut table, &["ours", "12"]);
        line(&mut table, &["ours - empty", ""]);
        assert_eq!(
            table,
            "                          lines\nours                         12\nours - empty\n"
        );
    }
}
