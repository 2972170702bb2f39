//! Measures serialization at run time. A small program reads and writes many managed devices with the generated type, with
//! the serde derive type and with `serde_json::Value`, in turns.

use anyhow::{Context, Result};
use generator::model::{Api, QualifiedName};
use generator::source::Sources;
use serde_json::Value;

use super::scratch::Scratch;
use super::{crates, sample, slice};

/// The number of devices in the input.
const DEVICES: usize = 1_000;

/// The source code of the program.
const PROGRAM: &str = include_str!("program/codec.rs");

/// The results of the program. Times are medians in nanoseconds per device; ratios are medians of the ratios within a round.
#[derive(Debug)]
pub(crate) struct Codec {
    /// The number of properties of a device.
    pub(crate) properties: usize,
    /// The size of a device in bytes of JSON.
    pub(crate) bytes: usize,
    /// The times of the generated type, the derive type and `Value`.
    pub(crate) times: [Times; 3],
    /// The ratio of the generated type to the derive type.
    pub(crate) to_derive: Times,
    /// The ratio of the generated type to `Value`.
    pub(crate) to_value: Times,
    /// Whether the generated type writes the bytes that it read.
    pub(crate) is_lossless: bool,
}

/// A figure for decoding and one for encoding.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Times {
    pub(crate) decode: f64,
    pub(crate) encode: f64,
}

pub(crate) fn measure(
    scratch: &Scratch,
    api: &Api,
    sources: &Sources,
    quick: bool,
) -> Result<Codec> {
    let name = QualifiedName {
        namespace: "microsoft.graph".to_owned(),
        name: "managedDevice".to_owned(),
    };
    let library = slice::library(api, sources, &[&name.full()])?;
    let crates = crates::write(scratch, "codec", &library)?;
    let version = crates::version(&library)?;
    let sample = sample::instances(api, version, &name, DEVICES)?;
    let json = sample.json.to_string();
    let input = scratch.path("devices.json");
    scratch.write(&input, &json)?;
    let folder = scratch.path("crates/codec/program");
    let manifest = format!(
        "[package]\nname = \"codec\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         graphwright = {{ path = {:?} }}\nderived = {{ path = {:?} }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\n\
         serde_json = {{ version = \"1\", features = [\"preserve_order\"] }}\n\n[workspace]\n",
        crates.own.folder.to_string_lossy(),
        crates.derived.folder.to_string_lossy()
    );
    let types = format!(
        "pub type Own = graphwright::{}::types::{};\npub type Derived = derived::types::{1};\n",
        version.ident, sample.ident
    );
    scratch.write(&folder.join("Cargo.toml"), &manifest)?;
    scratch.write(&folder.join("src/types.rs"), &types)?;
    scratch.write(&folder.join("src/main.rs"), PROGRAM)?;
    scratch.lock(&folder)?;
    eprintln!("measuring the codec");
    let rounds = if quick { "30" } else { "200" };
    let printed = scratch.run(&folder, &[input.into(), rounds.into()])?;
    let printed: Value =
        serde_json::from_str(&printed).context("the codec program printed invalid JSON")?;
    Ok(Codec {
        properties: sample.properties,
        bytes: json.len() / DEVICES,
        times: ["own", "derived", "value"].map(|name| parse_times(&printed[name])),
        to_derive: parse_times(&printed["to_derive"]),
        to_value: parse_times(&printed["to_value"]),
        is_lossless: printed["lossless"] == true,
    })
}

fn parse_times(printed: &Value) -> Times {
    let figure = |name: &str| printed[name].as_f64().unwrap_or(f64::NAN);
    Times {
        decode: figure("decode"),
        encode: figure("encode"),
    }
}
