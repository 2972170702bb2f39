//! Request builders: structs over a path, with accessors of the next builders and methods that make requests.

use crate::rust::{
    Accessor, Account, Argument, ArgumentType, Builder, Call, CallArgument, Grant, HttpMethod,
    Ident, Method, MethodBody, Module, Part, Permissions, Response, Step, When,
};

use super::layout::{self, Code};
use super::reexports;
use super::source::{Item, Source};
use super::values::literal;

/// Writes the request builders of a module, or the declarations of their parts.
pub(super) fn write_requests<'a>(source: &mut Source<'a>, module: &'a Module) {
    if module.parts.is_empty() {
        for item in &module.builders {
            write_builder(source, item, module);
        }
        return;
    }
    let always = When::default();
    for part in &module.parts {
        source.declaration((&always, &always), &format!("mod {};", part.ident));
    }
    for part in &module.parts {
        let items = reexports::builders(builders_of_part(module, part));
        reexports::write(source, part.ident.as_str(), &module.requests_when, items);
    }
}

/// Writes the request builders of one part of a module.
pub(super) fn write_part<'a>(source: &mut Source<'a>, module: &'a Module, part: &'a Part) {
    for item in builders_of_part(module, part) {
        write_builder(source, item, module);
    }
}

fn builders_of_part<'a>(module: &'a Module, part: &'a Part) -> impl Iterator<Item = &'a Builder> {
    let builders = module.builders.iter();
    builders.filter(|builder| builder.root == part.ident)
}

fn write_builder<'a>(source: &mut Source<'a>, item: &'a Builder, module: &Module) {
    source.use_runtime();
    source.start_item();
    let first = source.offset();
    source.cfg(&item.when, &module.requests_when);
    source.docs(&item.docs);
    source.record(Item::Type(&item.ident), first);
    let path = Code::Text("pub(crate) runtime::Path".to_owned());
    let declaration = Code::call(&format!("pub struct {}", item.ident), vec![path]);
    declaration.write(source.text(), 0, ";".len());
    source.push(";\n");
    if item.accessors.is_empty() && item.methods.is_empty() {
        return;
    }
    source.start_item();
    source.cfg(&item.when, &module.requests_when);
    source.open(&format!("impl {} {{", item.ident));
    write_constants(source, item);
    for accessor in &item.accessors {
        let calls = vec![step(source, &accessor.step)];
        write_accessor(source, item, accessor, calls);
    }
    write_methods(source, item, "self.0");
    source.close();
}

/// Writes an accessor of the client, whose paths start at the root of the version.
pub(super) fn write_client_accessor(source: &mut Source<'_>, client: &Builder, item: &Accessor) {
    let calls = match &item.step {
        Step::Name(name) => vec![Code::call("path", vec![Code::Text(literal(name))])],
        Step::Key(_) | Step::AlternateKey(_) | Step::ItemPath(_) | Step::Call(_) => {
            vec![Code::call("root", Vec::new()), step(source, &item.step)]
        }
    };
    write_accessor(source, client, item, calls);
}

/// Writes an accessor: a method that returns the builder of a longer path, which calls on the own path make.
fn write_accessor(source: &mut Source<'_>, builder: &Builder, item: &Accessor, calls: Vec<Code>) {
    source.use_builders();
    source.start_item();
    source.docs(&item.docs);
    source.cfg(&item.when, &builder.when);
    write_allowance(source, Some(&item.step));
    source.start_line();
    let result = ["builders::", item.builder.as_str()].concat();
    let parameters = parameters(source, Some(&item.step));
    let indent = source.indent();
    layout::write_signature(
        source.text(),
        indent,
        item.ident.as_str(),
        &parameters,
        &result,
    );
    let receiver = "self.0";
    let path = Code::Chain { receiver, calls };
    write_body(source, &Code::call(&result, vec![path]));
}

/// Writes a constant with the documented facts of each operation.
pub(super) fn write_constants<'a>(source: &mut Source<'a>, builder: &'a Builder) {
    for method in &builder.methods {
        source.start_item();
        source.row_attributes((&builder.methods_when, &builder.when), None, "    ");
        write_constant(source, method);
    }
}

fn write_constant(source: &mut Source<'_>, method: &Method) {
    let operation = &method.operation;
    let http = match operation.method {
        HttpMethod::Get => "Get",
        HttpMethod::Post => "Post",
        HttpMethod::Put => "Put",
        HttpMethod::Patch => "Patch",
        HttpMethod::Delete => "Delete",
    };
    source.push(&format!(
        "    /// The method, path, documentation page and permissions of [`{0}`](Self::{0}).\n    \
         pub const {1}: runtime::Operation = runtime::Operation::new(\n        runtime::Method::{http},\n",
        method.ident, operation.ident
    ));
    let permissions = &operation.permissions;
    for text in [
        &operation.template,
        &operation.page,
        &grant(&permissions.delegated_work),
        &grant(&permissions.delegated_personal),
        &grant(&permissions.application),
    ] {
        source.push_all(&["        ", &literal(text), ",\n"]);
    }
    source.push("    )");
    write_conditions(source, permissions);
    source.push(";\n");
}

/// Writes the permissions under conditions and the roles.
fn write_conditions(source: &mut Source<'_>, permissions: &Permissions) {
    if !permissions.conditional.is_empty() {
        source.push("\n    .with_conditions(&[\n");
        for conditional in &permissions.conditional {
            let account = match conditional.account {
                Account::DelegatedWork => "DelegatedWork",
                Account::DelegatedPersonal => "DelegatedPersonal",
                Account::Application => "Application",
            };
            source.push_all(&[
                "        runtime::ConditionalGrant::new(\n            runtime::AccountType::",
                account,
                ",\n            ",
                &literal(&conditional.condition.text()),
                ",\n            ",
                &literal(&grant(&conditional.grant)),
                ",\n        ),\n",
            ]);
        }
        source.push("    ])");
    }
    if !permissions.roles.is_empty() {
        let roles = literal(&permissions.roles.join(", "));
        source.push_all(&["\n    .with_roles(", &roles, ")"]);
    }
}

/// The text that the runtime parses: no name holds a space, a comma or a semicolon.
fn grant(grant: &Grant) -> String {
    match grant {
        Grant::Unstated => String::new(),
        Grant::NotSupported => "not supported".to_owned(),
        Grant::Conditional => "conditional".to_owned(),
        Grant::AnyOf(alternatives) => {
            let mut text = String::new();
            for (place, set) in alternatives.sets.iter().enumerate() {
                if place > 0 {
                    let is_border = alternatives.least > 1 && place == alternatives.least;
                    text.push_str(if is_border { "; " } else { ", " });
                }
                text.push_str(&set.join(" and "));
            }
            if alternatives.least > 1 && alternatives.least == alternatives.sets.len() {
                text.push(';');
            }
            text
        }
    }
}

/// Writes the methods that make requests. `path` is the expression of the builder's path.
pub(super) fn write_methods<'a>(source: &mut Source<'a>, builder: &'a Builder, path: &'static str) {
    for item in &builder.methods {
        source.start_item();
        let first = source.offset();
        source.cfg(&builder.methods_when, &builder.when);
        source.docs(&item.docs);
        source.deprecated(item.deprecated.as_ref());
        write_allowance(source, item.step.as_ref());
        source.start_line();
        source.record(Item::Member(&builder.ident, &item.ident), first);
        write_method(source, item, path);
        if let Some(shorthand) = &item.shorthand {
            write_shorthand(source, builder, item, shorthand);
        }
    }
}

/// Writes the method that takes the address of an entity instead of a reference.
fn write_shorthand<'a>(
    source: &mut Source<'a>,
    builder: &'a Builder,
    item: &'a Method,
    shorthand: &Ident,
) {
    source.start_item();
    source.cfg(&builder.methods_when, &builder.when);
    source.line(&format!(
        "/// Adds a reference to an entity by its URL, or by its path below the base URL such as `/users/{{id}}`; see [`{0}`](Self::{0}).",
        item.ident
    ));
    source.deprecated(item.deprecated.as_ref());
    source.start_line();
    source.use_runtime();
    let result = format!("runtime::Request<{}>", response(source, &item.response));
    let parameters = ["&self".to_owned(), "entity: &str".to_owned()];
    let indent = source.indent();
    layout::write_signature(
        source.text(),
        indent,
        shorthand.as_str(),
        &parameters,
        &result,
    );
    let arguments = ["self.0.client()", "entity"].map(|text| Code::Text(text.to_owned()));
    let reference = Code::call("&runtime::Reference::below", arguments.into());
    let call = Code::call(&format!("self.{}", item.ident), vec![reference]);
    write_body(source, &call);
}

fn write_method(source: &mut Source<'_>, item: &Method, path: &'static str) {
    let mut parameters = parameters(source, item.step.as_ref());
    let constant = Code::Text(format!("&Self::{}", item.operation.ident));
    let (parameter, function, argument) = match &item.body {
        MethodBody::None => (None, "request", None),
        MethodBody::Value(value) => {
            let parameter = format!("body: &{}", source.value(value));
            (Some(parameter), "request_with", Some("body"))
        }
        MethodBody::OptionalValue(value) => {
            let parameter = format!("body: Option<&{}>", source.value(value));
            (Some(parameter), "request_with", Some("&body"))
        }
        MethodBody::Json => {
            let parameter = "body: &runtime::Value".to_owned();
            (Some(parameter), "request_with", Some("body"))
        }
        MethodBody::Reference => {
            let parameter = "reference: &runtime::Reference".to_owned();
            (Some(parameter), "request_with", Some("reference"))
        }
        MethodBody::Stream => {
            let parameter = "content: impl Into<runtime::Bytes>".to_owned();
            (Some(parameter), "request_bytes", Some("content.into()"))
        }
    };
    parameters.extend(parameter);
    let result = format!("runtime::Request<{}>", response(source, &item.response));
    let indent = source.indent();
    layout::write_signature(
        source.text(),
        indent,
        item.ident.as_str(),
        &parameters,
        &result,
    );
    let mut arguments = vec![constant];
    arguments.extend(argument.map(|argument| Code::Text(argument.to_owned())));
    let mut calls: Vec<Code> = Vec::new();
    calls.extend(item.step.as_ref().map(|step| self::step(source, step)));
    calls.push(Code::call(function, arguments));
    let chain = Code::Chain {
        receiver: path,
        calls,
    };
    write_body(source, &chain);
}

/// Writes the only expression of a function, and closes the function.
fn write_body(source: &mut Source<'_>, code: &Code) {
    source.push("\n        ");
    code.write(source.text(), 8, 0);
    source.push("\n    }\n");
}

/// Writes the attribute for functions that have more parameters than clippy likes.
fn write_allowance(source: &mut Source<'_>, step: Option<&Step>) {
    match step {
        Some(Step::AlternateKey(arguments) | Step::Call(Call { arguments, .. }))
            if arguments.len() > 5 => source.line(
            "#[allow(clippy::too_many_arguments, reason = \"the function of the service has as many parameters\")]",
        ),
        Some(
            Step::Call(_)
            | Step::Name(_)
            | Step::Key(_)
            | Step::AlternateKey(_)
            | Step::ItemPath(_),
        )
        | None => {}
    }
}

/// The receiver, and the parameters that a step takes.
fn parameters(source: &mut Source<'_>, step: Option<&Step>) -> Vec<String> {
    let mut parameters = vec!["&self".to_owned()];
    match step {
        None | Some(Step::Name(_)) => {}
        Some(Step::Key(argument) | Step::ItemPath(argument)) => {
            parameters.push(format!("{argument}: &str"));
        }
        Some(Step::AlternateKey(arguments) | Step::Call(Call { arguments, .. })) => {
            let arguments = arguments.iter();
            parameters.extend(arguments.map(|argument| parameter(source, &argument.argument)));
        }
    }
    parameters
}

fn parameter(source: &mut Source<'_>, Argument { ident, ty }: &Argument) -> String {
    match ty {
        ArgumentType::Text => format!("{ident}: &str"),
        ArgumentType::Number(primitive) => format!("{ident}: {}", primitive.rust_path()),
        ArgumentType::Shown(element) => format!("{ident}: &{}", source.element(element)),
    }
}

/// The call that appends a segment to a path.
fn step(source: &mut Source<'_>, step: &Step) -> Code {
    let text = |text: String| vec![Code::Text(text)];
    match step {
        Step::Name(name) => Code::call("segment", text(literal(name))),
        Step::Key(argument) => Code::call("key", text(argument.to_string())),
        Step::AlternateKey(arguments) => {
            Code::call("alternate_key", vec![named_values(source, arguments)])
        }
        Step::ItemPath(argument) => Code::call("item_path", text(argument.to_string())),
        Step::Call(Call { name, arguments }) if arguments.is_empty() => {
            Code::call("segment", text(literal(name)))
        }
        Step::Call(Call { name, arguments }) => {
            let arguments = named_values(source, arguments);
            Code::call("function", vec![Code::Text(literal(name)), arguments])
        }
    }
}

/// The list of names and literals in the parentheses of a segment.
fn named_values(source: &mut Source<'_>, arguments: &[CallArgument]) -> Code {
    source.use_runtime();
    let pairs = arguments.iter().map(|argument| {
        let function = if argument.quoted {
            "runtime::quoted"
        } else {
            "runtime::plain"
        };
        let value = Code::Text(format!("&{}", argument.argument.ident));
        let name = Code::Text(literal(&argument.name));
        Code::call("", vec![name, Code::call(function, vec![value])])
    });
    Code::List {
        open: "&[".to_owned(),
        items: pairs.collect(),
        close: "]",
    }
}

fn response(source: &mut Source<'_>, response: &Response) -> String {
    match response {
        Response::None => "()".to_owned(),
        Response::Object(element) => source.element(element),
        Response::Page(element) => format!("runtime::Page<{}>", source.element(element)),
        Response::Wrapped(element) => format!("runtime::Single<{}>", source.element(element)),
        Response::Count => "i64".to_owned(),
        Response::Stream => "runtime::Bytes".to_owned(),
        Response::Json => "runtime::Value".to_owned(),
    }
}
