//! Request builders: structs over a path, with methods that go on and methods that send.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::{
    Accessor, Argument, ArgumentType, Builder, Call, Element, Method, MethodBody, Module, Part,
    Response, Step, When,
};

use super::Frame;
use super::attributes::{cfg, deprecated};
use super::constants::constants;
use super::imports::Sheet;
use super::inserts::Inserts;
use super::modules;
use super::values::{self, ident};

/// The file of a module's request builders, or of what holds their parts together.
pub(super) fn requests<'a>(
    frame: Frame<'a>,
    module: &'a Module,
    inserts: &Inserts<'a>,
) -> Sheet<'a> {
    let items = if module.parts.is_empty() {
        module
            .builders
            .iter()
            .map(|item| builder(item, module, inserts))
            .collect()
    } else {
        modules::parts(module)
    };
    Sheet {
        docs: format!("//! Requests of [`{}`](super).\n", module.ident),
        frame: Some(frame),
        items,
    }
}

/// The file of one part of a module's request builders.
pub(super) fn part<'a>(
    frame: Frame<'a>,
    module: &'a Module,
    part: &Part,
    inserts: &Inserts<'a>,
) -> Sheet<'a> {
    let builders = module.builders.iter();
    let own = builders.filter(|builder| builder.root == part.ident);
    let items = own.map(|item| builder(item, module, inserts)).collect();
    let docs = format!(
        "//! Requests of [`{}`](super::super) whose paths start with one segment.\n",
        module.ident
    );
    Sheet {
        docs,
        frame: Some(frame),
        items,
    }
}

fn builder<'a>(item: &'a Builder, module: &Module, inserts: &Inserts<'a>) -> TokenStream {
    let condition = cfg(&item.when, &module.requests_when);
    let docs = inserts.docs(&item.docs);
    let name = ident(&item.ident);
    let body = body(item, inserts);
    let body = if body.is_empty() {
        body
    } else {
        quote! { #condition impl #name { #body } }
    };
    quote! {
        #condition
        #docs
        pub struct #name(pub(crate) runtime::Path);
        #body
    }
}

/// What stands in the `impl` of a builder.
fn body<'a>(item: &'a Builder, inserts: &Inserts<'a>) -> TokenStream {
    let accessors = item
        .accessors
        .iter()
        .map(|accessor| self::accessor(accessor, &item.when, &quote! { self.0 }, inserts));
    let (constants, methods) = requesting(item, inserts);
    quote! { #constants #(#accessors)* #methods }
}

/// The constants of a builder, and its methods that make a request.
pub(super) fn requesting<'a>(
    item: &'a Builder,
    inserts: &Inserts<'a>,
) -> (TokenStream, TokenStream) {
    if item.methods.is_empty() {
        return (TokenStream::new(), TokenStream::new());
    }
    let cfg = cfg(&item.methods_when, &item.when);
    let constants = inserts.rows(constants(item));
    let methods = item.methods.iter();
    let methods = methods.map(|method| self::method(method, inserts));
    (
        quote! { const #constants: () = (); },
        quote! { #(#cfg #methods)* },
    )
}

/// A method that leads one segment on from `path`.
pub(super) fn accessor<'a>(
    item: &'a Accessor,
    within: &When,
    path: &TokenStream,
    inserts: &Inserts<'a>,
) -> TokenStream {
    let docs = inserts.docs(&item.docs);
    let cfg = cfg(&item.when, within);
    let name = ident(&item.ident);
    let builder = ident(&item.builder);
    let arguments = arguments(&item.step);
    let many = allow_many(&item.step);
    let next = step(path, &item.step);
    quote! {
        #docs
        #cfg
        #many
        pub fn #name(&self, #arguments) -> builders::#builder {
            builders::#builder(#next)
        }
    }
}

fn method<'a>(item: &'a Method, inserts: &Inserts<'a>) -> TokenStream {
    let docs = inserts.docs(&item.docs);
    let deprecated = deprecated(item.deprecated.as_ref());
    let name = ident(&item.ident);
    let constant = ident(&item.operation.ident);
    let in_path = item.step.as_ref().map(arguments);
    let path = match &item.step {
        Some(step) => self::step(&quote! { self.0 }, step),
        None => quote! { self.0 },
    };
    let many = item.step.as_ref().map(allow_many);
    let response = response(&item.response);
    let (in_body, call) = match &item.body {
        MethodBody::None => (TokenStream::new(), quote! { request(&Self::#constant) }),
        MethodBody::Value(value) => {
            let ty = values::value(value);
            (
                quote! { body: &#ty },
                quote! { request_with(&Self::#constant, body) },
            )
        }
        MethodBody::Json => (
            quote! { body: &runtime::Value },
            quote! { request_with(&Self::#constant, body) },
        ),
        MethodBody::Reference => (
            quote! { reference: &runtime::Reference },
            quote! { request_with(&Self::#constant, reference) },
        ),
        MethodBody::Stream => (
            quote! { content: impl Into<runtime::Bytes> },
            quote! { request_bytes(&Self::#constant, content.into()) },
        ),
    };
    quote! {
        #docs
        #deprecated
        #many
        pub fn #name(&self, #in_path #in_body) -> runtime::Request<#response> {
            #path.#call
        }
    }
}

/// What clippy is told where a function has more parameters than it likes.
fn allow_many(step: &Step) -> TokenStream {
    match step {
        Step::Call(Call { arguments, .. }) if arguments.len() > 5 => {
            quote! { #[allow(clippy::too_many_arguments, reason = "the function of the service takes as many")] }
        }
        Step::Call(_)
        | Step::Name(_)
        | Step::Key(_)
        | Step::AlternateKey { .. }
        | Step::ItemPath(_) => TokenStream::new(),
    }
}

/// The arguments that a step takes, each with a comma behind it.
fn arguments(step: &Step) -> TokenStream {
    match step {
        Step::Name(_) => TokenStream::new(),
        Step::Key(argument) | Step::ItemPath(argument) | Step::AlternateKey { argument, .. } => {
            let argument = ident(argument);
            quote! { #argument: &str, }
        }
        Step::Call(Call { arguments, .. }) => {
            let arguments = arguments
                .iter()
                .map(|argument| self::argument(&argument.argument));
            quote! { #(#arguments,)* }
        }
    }
}

fn argument(Argument { ident, ty }: &Argument) -> TokenStream {
    let name = values::ident(ident);
    match ty {
        ArgumentType::Text => quote! { #name: &str },
        ArgumentType::Number(primitive) => {
            let ty = values::primitive(*primitive);
            quote! { #name: #ty }
        }
        ArgumentType::Shown(element) => {
            let ty = values::element(element);
            quote! { #name: &#ty }
        }
    }
}

/// A path with one more segment.
fn step(path: &TokenStream, step: &Step) -> TokenStream {
    match step {
        Step::Name(name) => quote! { #path.segment(#name) },
        Step::Key(argument) => {
            let argument = ident(argument);
            quote! { #path.key(#argument) }
        }
        Step::AlternateKey { property, argument } => {
            let argument = ident(argument);
            quote! { #path.alternate_key(#property, #argument) }
        }
        Step::ItemPath(argument) => {
            let argument = ident(argument);
            quote! { #path.item_path(#argument) }
        }
        Step::Call(Call { name, arguments }) if arguments.is_empty() => {
            quote! { #path.segment(#name) }
        }
        Step::Call(Call { name, arguments }) => {
            let arguments = arguments.iter().map(|argument| {
                let name = &argument.name;
                let value = ident(&argument.argument.ident);
                let spelling = if argument.quoted {
                    quote! { quoted }
                } else {
                    quote! { plain }
                };
                quote! { (#name, runtime::#spelling(&#value)) }
            });
            quote! { #path.function(#name, &[#(#arguments),*]) }
        }
    }
}

fn response(response: &Response) -> TokenStream {
    match response {
        Response::None => quote! { () },
        Response::Object(element) => values::element(element),
        Response::Page(element) => {
            let element: &Element = element;
            let element = values::element(element);
            quote! { runtime::Page<#element> }
        }
        Response::Wrapped(element) => {
            let element = values::element(element);
            quote! { runtime::Single<#element> }
        }
        Response::Count => quote! { i64 },
        Response::Stream => quote! { runtime::Bytes },
        Response::Json => quote! { runtime::Value },
    }
}
