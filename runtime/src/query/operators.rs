//! The operators and functions of `$filter`, as methods of properties and property paths.

use super::{Filter, HasProperties, IntoLiteral, LambdaItem, Literal, PropertyPath};
use crate::Property;
use crate::json::{OpenEnum, flags::Flags};
use crate::request::quoted;

/// Implements the operators for a type that converts to [`PropertyPath`].
macro_rules! operators {
    ([$($owner:tt)*], $type:ident) => {
        impl<O $($owner)*, V: Literal> $type<O, V> {
            /// `eq`: equals `value`.
            pub fn eq(self, value: impl IntoLiteral<V>) -> Filter<O> {
                compare(self.into(), "eq", &value)
            }

            /// `ne`: does not equal `value`.
            pub fn ne(self, value: impl IntoLiteral<V>) -> Filter<O> {
                compare(self.into(), "ne", &value)
            }

            /// `gt`: is greater or later than `value`.
            pub fn gt(self, value: impl IntoLiteral<V>) -> Filter<O> {
                compare(self.into(), "gt", &value)
            }

            /// `ge`: is at least `value`.
            pub fn ge(self, value: impl IntoLiteral<V>) -> Filter<O> {
                compare(self.into(), "ge", &value)
            }

            /// `lt`: is less or earlier than `value`.
            pub fn lt(self, value: impl IntoLiteral<V>) -> Filter<O> {
                compare(self.into(), "lt", &value)
            }

            /// `le`: is at most `value`.
            pub fn le(self, value: impl IntoLiteral<V>) -> Filter<O> {
                compare(self.into(), "le", &value)
            }

            /// `in`: equals one of `values`. Always false if `values` is empty.
            pub fn is_in<L: IntoLiteral<V>>(self, values: impl IntoIterator<Item = L>) -> Filter<O> {
                let values = values.into_iter().map(|value| value.to_literal());
                is_in(self.into(), values.collect())
            }
        }

        impl<O $($owner)*> $type<O, String> {
            /// `startswith`: starts with `text`.
            pub fn startswith(self, text: &str) -> Filter<O> {
                call(self.into(), "startswith", text)
            }

            /// `endswith`: ends with `text`.
            pub fn endswith(self, text: &str) -> Filter<O> {
                call(self.into(), "endswith", text)
            }

            /// `contains`: contains `text`.
            pub fn contains(self, text: &str) -> Filter<O> {
                call(self.into(), "contains", text)
            }
        }

        impl<O $($owner)*, E: OpenEnum> $type<O, Flags<E>> {
            /// `has`: the flags include `member`.
            pub fn has(self, member: E) -> Filter<O> {
                compare::<O, Flags<E>>(self.into(), "has", &member)
            }
        }
    };
}

operators!([: ?Sized], PropertyPath);
operators!([], Property);

impl<O, V> Property<O, V> {
    /// Appends a property of the value to the path: `mailboxSettings/timeZone`.
    pub fn then<P, W>(self, property: Property<P, W>) -> PropertyPath<O, W>
    where
        V: HasProperties<P>,
    {
        PropertyPath::from(self).then(property)
    }
}

impl<O, T> Property<O, Vec<T>> {
    /// `any`: at least one item of the collection meets the condition.
    ///
    /// ```
    /// # use graphwright_runtime::Property;
    /// # struct User;
    /// # impl User { const TAGS: Property<Self, Vec<String>> = Property::new("tags"); }
    /// assert_eq!(User::TAGS.any(|tag| tag.eq("a")).to_string(), "tags/any(x:x eq 'a')");
    /// ```
    pub fn any(
        self,
        condition: impl FnOnce(PropertyPath<LambdaItem<T>, T>) -> Filter<LambdaItem<T>>,
    ) -> Filter<O> {
        PropertyPath::from(self).any(condition)
    }

    /// `all`: every item of the collection meets the condition. True for an empty collection.
    pub fn all(
        self,
        condition: impl FnOnce(PropertyPath<LambdaItem<T>, T>) -> Filter<LambdaItem<T>>,
    ) -> Filter<O> {
        PropertyPath::from(self).all(condition)
    }

    /// `$count`: the number of items in the collection.
    pub fn count(self) -> PropertyPath<O, i64> {
        PropertyPath::from(self).count()
    }
}

fn compare<O: ?Sized, V>(
    path: PropertyPath<O, V>,
    operator: &str,
    value: &dyn IntoLiteral<V>,
) -> Filter<O> {
    Filter::comparison(format!("{path} {operator} {}", value.to_literal()))
}

fn is_in<O: ?Sized, V>(path: PropertyPath<O, V>, values: Vec<String>) -> Filter<O> {
    if values.is_empty() {
        // OData has no syntax for an empty list.
        return Filter::call("false".to_owned());
    }
    Filter::comparison(format!("{path} in ({})", values.join(",")))
}

fn call<O: ?Sized>(path: PropertyPath<O, String>, function: &str, text: &str) -> Filter<O> {
    Filter::call(format!("{function}({path},{})", quoted(&text)))
}
