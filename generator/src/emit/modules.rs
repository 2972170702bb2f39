//! The files that hold the others together: the library, the versions, their indices, the areas and the modules.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::{self, Area, Crate, Module, Step, Version, When};

use super::Frame;
use super::attributes::{allow_deprecated, cfg};
use super::imports::Sheet;
use super::inserts::Inserts;
use super::values::ident;
use super::{builders, enums, structs};

/// `lib.rs`
pub(super) fn library(output: &Crate) -> TokenStream {
    let lines = library_docs(output);
    let versions = output.versions.iter().map(|version| ident(&version.ident));
    quote! {
        #(#![doc = #lines])*
        #![forbid(unsafe_code)]
        #(pub mod #versions;)*
        pub use graphwright_runtime as runtime;
    }
}

fn library_docs(output: &Crate) -> Vec<String> {
    let mut lines = vec![
        " A typed client of Microsoft Graph, generated from its documentation.".to_owned(),
        String::new(),
    ];
    for version in &output.versions {
        lines.push(format!(
            " - [`{0}`]: version {1} of the service, with its [`Client`]({0}::Client),",
            version.ident,
            version.version.name()
        ));
        lines.push(format!(
            "   all its [`types`]({0}::types) and its [request builders]({0}::builders).",
            version.ident
        ));
    }
    lines.push(
        " - [`runtime`]: what all versions share: requests, answers, transports, primitive types."
            .to_owned(),
    );
    let example = output
        .versions
        .iter()
        .find_map(|version| Some((version, version.example_call()?)));
    if let Some((version, call)) = example {
        let module = &version.ident;
        lines.push(String::new());
        lines.extend(
            format!(
                " A request can be looked at before it is sent:\n\n ```\n # #[cfg(feature = \"{module}\")]\n \
                 use graphwright::{{runtime, {module}::Client}};\n\n # #[cfg(feature = \"{module}\")]\n \
                 async fn read(transport: impl runtime::Transport) -> Result<(), runtime::Error> {{\n     \
                 let client = Client::new(transport);\n     let request = client.{call};\n     \
                 println!(\"{{}}\", request.url());\n     let answer = request.send().await?;\n     \
                 println!(\"{{answer:?}}\");\n     Ok(())\n }}\n ```"
            )
            .lines()
            .map(str::to_owned),
        );
    }
    lines.push(String::new());
    lines.extend(features_docs(output));
    lines
}

/// What `lib.rs` says about features.
fn features_docs(output: &Crate) -> Vec<String> {
    let versions = output.versions.iter();
    let largest = versions
        .flat_map(|version| &version.features)
        .max_by_key(|feature| feature.types);
    let Some(largest) = largest else {
        return Vec::new();
    };
    let text = format!(
        "# Features\n\n\
         All is there by default. Every area is a feature, named after its module, and a version is all its areas:\n\
         `default-features = false, features = [\"{}\"]` takes one area. With it come the types that its properties,\n\
         bodies and answers hold, whatever area these stand in, and the builders on the way to its requests.\n\n\
         Features only ever add. A property that leads to other entities is there when their type is; without it, the\n\
         JSON is kept in `additional_properties`. So write `..Default::default()` behind the fields of a struct.\n\n\
         `reqwest` is the transport that comes along, and on by default. `blocking` sends requests without `async`, `tracing`\n\
         makes a span of each request, and `azure` takes the credentials of `azure_identity`.",
        largest.name
    );
    text.lines()
        .map(|line| {
            if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            }
        })
        .collect()
}

/// The root of a version: the client, and the areas.
pub(super) fn root<'a>(version: &'a Version, inserts: &Inserts<'a>) -> TokenStream {
    let name = version.version.name();
    let doc = format!(" Version {name} of the service: [`Client`] is where requests start.");
    let areas = version.areas.iter().map(|area| {
        let cfg = cfg(&area.when, &When::default());
        let name = ident(&area.ident);
        quote! { #cfg pub mod #name; }
    });
    let client_docs = inserts.docs(&version.client.docs);
    let address = format!("https://graph.microsoft.com/{name}");
    let accessors = version.client.accessors.iter();
    let (first, others): (Vec<_>, Vec<_>) =
        accessors.partition(|accessor| matches!(accessor.step, Step::Name(_)));
    let first = first.iter().map(|accessor| {
        let Step::Name(name) = &accessor.step else {
            unreachable!("names were picked")
        };
        let docs = inserts.docs(&accessor.docs);
        let cfg = cfg(&accessor.when, &When::default());
        let method = ident(&accessor.ident);
        let builder = ident(&accessor.builder);
        quote! {
            #docs
            #cfg
            pub fn #method(&self) -> builders::#builder {
                builders::#builder(self.0.path(#name))
            }
        }
    });
    let others = others.iter().map(|accessor| {
        builders::accessor(
            accessor,
            &When::default(),
            &quote! { self.0.root() },
            inserts,
        )
    });
    let (constants, methods) = builders::requesting(&version.client, inserts);
    quote! {
        #![doc = #doc]
        pub mod types;
        pub mod builders;
        #(#areas)*
        use crate::runtime;
        #client_docs
        #[derive(Clone, Debug)]
        pub struct Client(runtime::Client);
        impl Client {
            /// The address of the service, up to the version.
            pub const BASE_URL: &'static str = #address;
            /// A client that sends through a transport, which signs in by itself.
            pub fn new(transport: impl runtime::Transport) -> Self {
                Self::with_base_url(Self::BASE_URL, transport)
            }
            /// A client of another host, such as that of a national cloud; the address goes up to the version.
            pub fn with_base_url(base_url: &str, transport: impl runtime::Transport) -> Self {
                Self(runtime::Client::new(base_url, transport))
            }
            /// A client step by step: its source of tokens, its transport, how often it tries.
            pub fn builder() -> runtime::ClientBuilder<Self> {
                runtime::ClientBuilder::new(Self::BASE_URL)
            }
            /// The address that requests go to, up to the version.
            pub fn base_url(&self) -> &str {
                self.0.base_url()
            }
            #(#first)*
            #(#others)*
            #constants
            #methods
        }
        impl From<runtime::Client> for Client {
            fn from(client: runtime::Client) -> Self {
                Self(client)
            }
        }
        impl AsRef<runtime::Client> for Client {
            fn as_ref(&self) -> &runtime::Client {
                &self.0
            }
        }
    }
}

/// Items of all modules of a version: the area, the module, and the items with their conditions.
type Listed<'a> = Vec<(&'a rust::Ident, &'a rust::Ident, Vec<Item<'a>>)>;

type Item<'a> = (&'a When, &'a rust::Ident);

/// The types of a version.
fn listed_types(version: &Version) -> Listed<'_> {
    listed(version, |module| {
        let mut items: Vec<Item<'_>> = Vec::new();
        for item in &module.enums {
            items.push((&item.when, &item.ident));
        }
        for item in &module.structs {
            items.push((&item.when, &item.ident));
            items.extend(item.any.as_ref().map(|any| (&item.when, &any.ident)));
        }
        items
    })
}

fn builders_of(module: &Module) -> Vec<Item<'_>> {
    let builders = module.builders.iter();
    builders
        .map(|builder| (&builder.when, &builder.ident))
        .collect()
}

fn listed<'a>(version: &'a Version, items: impl Fn(&'a Module) -> Vec<Item<'a>>) -> Listed<'a> {
    let areas = version.areas.iter();
    let modules = areas.flat_map(|area| area.modules.iter().map(|module| (&area.ident, module)));
    modules
        .map(|(area, module)| (area, &module.ident, items(module)))
        .collect()
}

/// The index of all types of a version, of which some may be deprecated.
pub(super) fn types(version: &Version) -> TokenStream {
    let allow = allow_deprecated(!version.deprecated.is_empty());
    let uses = index(listed_types(version));
    quote! {
        //! Every type of this version by its name alone, whatever area it belongs to.
        #allow
        #uses
    }
}

/// The index of all request builders of a version.
pub(super) fn builders(version: &Version) -> TokenStream {
    let uses = index(listed(version, builders_of));
    quote! {
        //! Every request builder of this version, named after the path it stands for.
        #uses
    }
}

fn index(listed: Listed<'_>) -> TokenStream {
    let mut index = TokenStream::new();
    for (area, module, items) in listed {
        let (area, name) = (ident(area), ident(module));
        let from = quote! { super::#area::#name };
        index.extend(uses(&from, &When::default(), items));
    }
    index
}

/// What makes items of a module known elsewhere: those under one condition in one line.
fn uses(from: &TokenStream, within: &When, mut idents: Vec<Item<'_>>) -> TokenStream {
    idents.sort();
    let lines = idents
        .chunk_by(|left, right| left.0 == right.0)
        .map(|same| {
            let cfg = cfg(same[0].0, within);
            let idents = same.iter().map(|(_, name)| ident(name));
            quote! { #cfg pub use #from::{#(#idents),*}; }
        });
    lines.collect()
}

/// An area: its modules.
pub(super) fn area<'a>(area: &'a Area, inserts: &Inserts<'a>) -> Sheet<'a> {
    let docs = inserts.inner_docs(&area.docs);
    let modules = area.modules.iter().map(|module| {
        let cfg = cfg(&module.when, &area.when);
        let name = ident(&module.ident);
        quote! { #cfg pub mod #name; }
    });
    Sheet {
        docs,
        frame: None,
        items: modules.collect(),
    }
}

/// A module: types, and the builders from a file of their own.
pub(super) fn module<'a>(frame: Frame<'a>, module: &'a Module, inserts: &Inserts<'a>) -> Sheet<'a> {
    let docs = inserts.inner_docs(&module.docs);
    let structs = module.structs.iter();
    let structs = structs.map(|item| structs::structure(item, &module.when, inserts));
    let enums = module.enums.iter();
    let enums = enums.map(|item| enums::enumeration(item, &module.when, inserts));
    let mut items = quote! { #(#structs)* #(#enums)* };
    if !module.builders.is_empty() {
        let cfg = cfg(&module.requests_when, &module.when);
        let uses = uses(&quote! { requests }, &module.when, builders_of(module));
        items = quote! {
            #cfg
            mod requests;
            #uses
            #items
        };
    }
    Sheet {
        docs,
        frame: Some(frame),
        items,
    }
}

/// The parts of a module's request builders, and the builders in them.
pub(super) fn parts(module: &Module) -> TokenStream {
    let names = module.parts.iter().map(|part| ident(&part.ident));
    let uses = module.parts.iter().map(|part| {
        let name = ident(&part.ident);
        let own = module
            .builders
            .iter()
            .filter(|builder| builder.root == part.ident);
        let idents = own.map(|builder| (&builder.when, &builder.ident)).collect();
        uses(&quote! { #name }, &module.requests_when, idents)
    });
    quote! { #(mod #names;)* #(#uses)* }
}
