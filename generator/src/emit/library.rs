//! `lib.rs`: the documentation of the crate and its versions.

use std::fmt::Write as _;

use crate::rust::{Crate, When};

use super::MARK;
use super::manifest::VERSION;
use super::source::Source;

/// Why writing to a `String` cannot fail.
const INFALLIBLE: &str = "a String accepts all text";

/// Writes the declarations of the versions.
pub(super) fn write_library(source: &mut Source<'_>, output: &Crate) {
    let always = When::default();
    for version in &output.versions {
        let line = format!("pub mod {};", version.ident);
        source.declaration((&always, &always), &line);
    }
    let line = "pub use graphwright_runtime as runtime;";
    source.declaration((&always, &always), line);
    let line = format!("runtime::require_version!(\"{VERSION}\");");
    source.declaration((&always, &always), &line);
}

/// The doc comment of the crate, with the attribute below it.
pub(super) fn docs(output: &Crate) -> String {
    let mut markdown =
        "A typed client library for Microsoft Graph, generated from its documentation.\n\n"
            .to_owned();
    for version in &output.versions {
        write!(
            markdown,
            "- [`{0}`]: version {1} of the API, with its [`Client`]({0}::Client), [types]({0}::types)\n  \
             and [request builders]({0}::builders).\n",
            version.ident,
            version.version.name()
        )
        .expect(INFALLIBLE);
    }
    markdown.push_str(
        "- [`runtime`]: requests, responses, transports and primitive types, shared by all versions.\n",
    );
    let mut versions = output.versions.iter();
    let example = versions.find_map(|version| Some((&version.ident, version.example_call()?)));
    if let Some((module, call)) = example {
        write!(
            markdown,
            "
A request is a value that can be inspected before it is sent:

```
# #[cfg(feature = \"{module}\")]
use {}::{{runtime, {module}::Client}};

# #[cfg(feature = \"{module}\")]
async fn read(transport: impl runtime::Transport) -> Result<(), runtime::Error> {{
    let client = Client::new(transport);
    let request = client.{call};
    println!(\"{{}}\", request.url());
    let response = request.send().await?;
    println!(\"{{response:?}}\");
    Ok(())
}}
```
",
            output.name
        )
        .expect(INFALLIBLE);
    }
    markdown.push_str(&features(output));
    let mut text = String::new();
    for line in markdown.lines() {
        text.push_str(if line.is_empty() { "//!" } else { "//! " });
        text.push_str(line);
        text.push('\n');
    }
    text.push_str("#![forbid(unsafe_code)]\n#![cfg_attr(docsrs, feature(doc_cfg))]\n");
    text
}

/// The section on Cargo features.
fn features(output: &Crate) -> String {
    let versions = output.versions.iter();
    let largest = versions
        .flat_map(|version| &version.features)
        .max_by_key(|feature| feature.types);
    let Some(largest) = largest else {
        return String::new();
    };
    format!(
        "
# Features

All areas of all versions are enabled by default. Each area has a feature named after its module, and the feature of
a version enables all its areas. `default-features = false, features = [\"{}\"]` enables one area: its types,
the types of its properties, request bodies and responses, and the request builders on the path to its requests.

Features are additive. A navigation property has a field only if the type of its target is enabled; otherwise
`additional_properties` holds its JSON. Struct literals therefore end with `..Default::default()`.

`reqwest` is the default transport. `blocking` sends requests without `async`, `tracing` creates a span for each
request, and `azure` accepts the credentials of `azure_identity`.
",
        largest.name
    )
}

/// The text of `README.md`.
pub(super) fn readme(output: &Crate, package: &str) -> String {
    let versions = output.versions.iter().map(|version| version.version.name());
    let versions: Vec<&str> = versions.collect();
    let features = output.versions.iter().flat_map(|version| &version.features);
    let example = features
        .map(|feature| feature.name.as_str())
        .next()
        .unwrap_or("v1_0");
    format!(
        "<!-- {MARK}. Do not edit. -->\n\n# {package}\n\nA typed Rust client library for Microsoft Graph ({}), generated from its \
         documentation by\n[Graphwright](https://crates.io/crates/graphwright-cli) {VERSION}. The documentation of the crate tells how to \
         send requests.\n\nEach area of the API is a cargo feature; all are enabled by default. To compile a part:\n\n```toml\n[dependencies]\n\
         {package} = {{ version = \"*\", default-features = false, features = [\"reqwest\", \"{example}\"] }}\n```\n",
        versions.join(" and ")
    )
}
