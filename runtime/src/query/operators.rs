//! Comparisons: methods of properties and of paths alike.

use super::{Each, Filter, HasProperties, Literal, LiteralOf, PropertyPath};
use crate::Property;
use crate::json::{OpenEnum, flags::Flags};
use crate::request::quoted;

/// The methods of both, each of which goes through a path.
macro_rules! operators {
    ([$($owner:tt)*], $type:ident) => {
        impl<O $($owner)*, V: Literal> $type<O, V> {
            /// `eq`: equals a value.
            pub fn eq(self, value: impl LiteralOf<V>) -> Filter<O> {
                compare(self.into(), "eq", &value)
            }

            /// `ne`: does not equal a value.
            pub fn ne(self, value: impl LiteralOf<V>) -> Filter<O> {
                compare(self.into(), "ne", &value)
            }

            /// `gt`: is greater or later than a value.
            pub fn gt(self, value: impl LiteralOf<V>) -> Filter<O> {
                compare(self.into(), "gt", &value)
            }

            /// `ge`: is at least a value.
            pub fn ge(self, value: impl LiteralOf<V>) -> Filter<O> {
                compare(self.into(), "ge", &value)
            }

            /// `lt`: is less or earlier than a value.
            pub fn lt(self, value: impl LiteralOf<V>) -> Filter<O> {
                compare(self.into(), "lt", &value)
            }

            /// `le`: is at most a value.
            pub fn le(self, value: impl LiteralOf<V>) -> Filter<O> {
                compare(self.into(), "le", &value)
            }

            /// `in`: equals one of the values. None does if there are none.
            pub fn is_in<L: LiteralOf<V>>(self, values: impl IntoIterator<Item = L>) -> Filter<O> {
                let values = values.into_iter().map(|value| value.literal_text());
                is_in(self.into(), values.collect())
            }
        }

        impl<O $($owner)*> $type<O, String> {
            /// `startswith`: begins with a text.
            pub fn startswith(self, text: &str) -> Filter<O> {
                call(self.into(), "startswith", text)
            }

            /// `endswith`: ends with a text.
            pub fn endswith(self, text: &str) -> Filter<O> {
                call(self.into(), "endswith", text)
            }

            /// `contains`: has a text somewhere in it.
            pub fn contains(self, text: &str) -> Filter<O> {
                call(self.into(), "contains", text)
            }
        }

        impl<O $($owner)*, E: OpenEnum> $type<O, Flags<E>> {
            /// `has`: a member is among the flags.
            pub fn has(self, member: E) -> Filter<O> {
                compare::<O, Flags<E>>(self.into(), "has", &member)
            }
        }
    };
}

operators!([: ?Sized], PropertyPath);
operators!([], Property);

impl<O, V> Property<O, V> {
    /// Goes on to a property of the value: `mailboxSettings/timeZone`.
    pub fn then<P, W>(self, property: Property<P, W>) -> PropertyPath<O, W>
    where
        V: HasProperties<P>,
    {
        PropertyPath::from(self).then(property)
    }
}

impl<O, T> Property<O, Vec<T>> {
    /// Whether some value of the collection meets a condition; of an empty one, none does.
    ///
    /// ```
    /// # use graphwright_runtime::Property;
    /// # struct User;
    /// # impl User { const TAGS: Property<Self, Vec<String>> = Property::new("tags"); }
    /// assert_eq!(User::TAGS.any(|tag| tag.eq("a")).to_string(), "tags/any(x:x eq 'a')");
    /// ```
    pub fn any(
        self,
        condition: impl FnOnce(PropertyPath<Each<T>, T>) -> Filter<Each<T>>,
    ) -> Filter<O> {
        PropertyPath::from(self).any(condition)
    }

    /// Whether each value of the collection meets a condition; of an empty one, all do.
    pub fn all(
        self,
        condition: impl FnOnce(PropertyPath<Each<T>, T>) -> Filter<Each<T>>,
    ) -> Filter<O> {
        PropertyPath::from(self).all(condition)
    }

    /// How many values the collection has.
    pub fn count(self) -> PropertyPath<O, i64> {
        PropertyPath::from(self).count()
    }
}

fn compare<O: ?Sized, V>(
    path: PropertyPath<O, V>,
    operator: &str,
    value: &dyn LiteralOf<V>,
) -> Filter<O> {
    Filter::comparison(format!("{path} {operator} {}", value.literal_text()))
}

fn is_in<O: ?Sized, V>(path: PropertyPath<O, V>, values: Vec<String>) -> Filter<O> {
    if values.is_empty() {
        // OData has no empty list.
        return Filter::call("false".to_owned());
    }
    Filter::comparison(format!("{path} in ({})", values.join(",")))
}

fn call<O: ?Sized>(path: PropertyPath<O, String>, function: &str, text: &str) -> Filter<O> {
    Filter::call(format!("{function}({path},{})", quoted(&text)))
}
