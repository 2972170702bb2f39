//! Checks the property paths of filters against the model.

use generator::model::{Api, Primitive, StructuredTypeId, Type, TypeRef};

use super::Filter;
use crate::types;

impl Filter {
    /// Checks every property path. The error is the message for the client.
    pub(crate) fn check(&self, api: &Api, id: StructuredTypeId) -> Result<(), String> {
        check(self, api, id, &mut Vec::new())?;
        check_condition(self, api, id)
    }
}

/// Rejects a property that is used as a condition and is neither true nor false.
fn check_condition(filter: &Filter, api: &Api, id: StructuredTypeId) -> Result<(), String> {
    match filter {
        Filter::And(left, right) | Filter::Or(left, right) => {
            check_condition(left, api, id)?;
            check_condition(right, api, id)
        }
        Filter::Not(operand) => check_condition(operand, api, id),
        Filter::Path(path) => match types::resolve_path(api, id, path)? {
            Some(TypeRef {
                collection: false,
                ty: Type::Primitive(Primitive::Boolean | Primitive::Untyped) | Type::Undefined(_),
            })
            | None => Ok(()),
            Some(_) => Err(format!(
                "Invalid filter clause: the property '{}' is not true or false.",
                path.join("/")
            )),
        },
        _ => Ok(()),
    }
}

type Variable<'f> = (&'f str, Option<StructuredTypeId>);

fn check<'f>(
    filter: &'f Filter,
    api: &Api,
    id: StructuredTypeId,
    variables: &mut Vec<Variable<'f>>,
) -> Result<(), String> {
    match filter {
        Filter::Literal(_) => Ok(()),
        Filter::Path(path) | Filter::Count(path) => resolve(path, api, id, variables).map(drop),
        Filter::Lambda {
            path,
            variable,
            condition,
            ..
        } => {
            let item = resolve(path, api, id, variables)?;
            if item.as_ref().is_some_and(|ty| !ty.collection) {
                return Err(format!(
                    "Invalid filter clause: the property '{}' is not a collection.",
                    path.join("/")
                ));
            }
            let item = match item.map(|ty| ty.ty) {
                Some(Type::Structured(id)) => Some(id),
                _ => None,
            };
            variables.push((variable, item));
            let checked = condition
                .iter()
                .try_for_each(|condition| check(condition, api, id, variables));
            variables.pop();
            checked
        }
        Filter::Call(super::Function::IsOf, _) => Ok(()),
        Filter::Call(_, operands) => operands
            .iter()
            .try_for_each(|operand| check(operand, api, id, variables)),
        Filter::Not(operand) => check(operand, api, id, variables),
        Filter::And(left, right)
        | Filter::Or(left, right)
        | Filter::Comparison(_, left, right)
        | Filter::Arithmetic(_, left, right) => {
            check(left, api, id, variables)?;
            check(right, api, id, variables)
        }
        Filter::In(operand, _) => check(operand, api, id, variables),
    }
}

fn resolve(
    path: &[String],
    api: &Api,
    id: StructuredTypeId,
    variables: &[Variable<'_>],
) -> Result<Option<TypeRef>, String> {
    let variable = variables
        .iter()
        .rev()
        .find(|(name, _)| path.first().is_some_and(|first| first == name));
    match variable {
        None => types::resolve_path(api, id, path),
        Some((_, Some(id))) => types::resolve_path(api, *id, &path[1..]),
        Some((_, None)) => Ok(None),
    }
}
