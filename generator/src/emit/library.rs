//! `lib.rs`: the documentation of the crate and its versions.

use std::fmt::Write as _;

use crate::rust::{Crate, When};

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
}

/// The doc comment of the crate, with the attribute below it.
pub(super) fn docs(output: &Crate) -> String {
    let mut markdown =
        "A typed client of Microsoft Graph, generated from its documentation.\n\n".to_owned();
    for version in &output.versions {
        write!(
            markdown,
            "- [`{0}`]: version {1} of the service, with its [`Client`]({0}::Client),\n  \
             all its [`types`]({0}::types) and its [request builders]({0}::builders).\n",
            version.ident,
            version.version.name()
        )
        .expect(INFALLIBLE);
    }
    markdown.push_str(
        "- [`runtime`]: what all versions share: requests, answers, transports, primitive types.\n",
    );
    let mut versions = output.versions.iter();
    let example = versions.find_map(|version| Some((&version.ident, version.example_call()?)));
    if let Some((module, call)) = example {
        write!(
            markdown,
            "
A request can be looked at before it is sent:

```
# #[cfg(feature = \"{module}\")]
use graphwright::{{runtime, {module}::Client}};

# #[cfg(feature = \"{module}\")]
async fn read(transport: impl runtime::Transport) -> Result<(), runtime::Error> {{
    let client = Client::new(transport);
    let request = client.{call};
    println!(\"{{}}\", request.url());
    let answer = request.send().await?;
    println!(\"{{answer:?}}\");
    Ok(())
}}
```
"
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
    text.push_str("#![forbid(unsafe_code)]\n");
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

All is there by default. Every area is a feature, named after its module, and a version is all its areas:
`default-features = false, features = [\"{}\"]` takes one area. With it come the types that its properties,
bodies and answers hold, whatever area these stand in, and the builders on the way to its requests.

Features only ever add. A property that leads to other entities is there when their type is; without it, the
JSON is kept in `additional_properties`. So write `..Default::default()` behind the fields of a struct.

`reqwest` is the transport that comes along, and on by default. `blocking` sends requests without `async`, `tracing`
makes a span of each request, and `azure` takes the credentials of `azure_identity`.
",
        largest.name
    )
}
