//! The operators and functions of `$filter`, as methods of properties, property paths and expressions.

use super::{Expression, Filter, HasProperties, IntoLiteral, LambdaItem, Literal, PropertyPath};
use crate::json::{OpenEnum, flags::Flags};
use crate::request::quoted;
use crate::{Date, DateTimeOffset, Property};

/// Implements the operators for a type that converts to [`Expression`].
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

            /// `tolower`: the text in lower case.
            pub fn tolower(self) -> Expression<O, String> {
                apply(self.into(), "tolower")
            }

            /// `toupper`: the text in upper case.
            pub fn toupper(self) -> Expression<O, String> {
                apply(self.into(), "toupper")
            }

            /// `trim`: the text without leading and trailing whitespace.
            pub fn trim(self) -> Expression<O, String> {
                apply(self.into(), "trim")
            }

            /// `length`: the number of characters.
            pub fn length(self) -> Expression<O, i32> {
                apply(self.into(), "length")
            }

            /// `indexof`: the position of the first occurrence of `text`, from 0, or -1 if there is none.
            pub fn indexof(self, text: &str) -> Expression<O, i32> {
                apply_to(self.into(), "indexof", &quoted(&text))
            }

            /// `substring`: the text from the character at position `start`, from 0.
            pub fn substring(self, start: u32) -> Expression<O, String> {
                apply_to(self.into(), "substring", &start.to_string())
            }

            /// `concat`: the text followed by `text`.
            pub fn concat(self, text: &str) -> Expression<O, String> {
                apply_to(self.into(), "concat", &quoted(&text))
            }
        }

        impl<O $($owner)*> $type<O, f64> {
            /// `round`: the nearest integer.
            pub fn round(self) -> Expression<O, f64> {
                apply(self.into(), "round")
            }

            /// `floor`: the largest integer that is not greater.
            pub fn floor(self) -> Expression<O, f64> {
                apply(self.into(), "floor")
            }

            /// `ceiling`: the smallest integer that is not less.
            pub fn ceiling(self) -> Expression<O, f64> {
                apply(self.into(), "ceiling")
            }
        }

        impl<O $($owner)*> $type<O, DateTimeOffset> {
            /// `date`: the date.
            pub fn date(self) -> Expression<O, Date> {
                apply(self.into(), "date")
            }

            /// `year`: the year.
            pub fn year(self) -> Expression<O, i32> {
                apply(self.into(), "year")
            }

            /// `month`: the month, 1 to 12.
            pub fn month(self) -> Expression<O, i32> {
                apply(self.into(), "month")
            }

            /// `day`: the day of the month, 1 to 31.
            pub fn day(self) -> Expression<O, i32> {
                apply(self.into(), "day")
            }

            /// `hour`: the hour, 0 to 23.
            pub fn hour(self) -> Expression<O, i32> {
                apply(self.into(), "hour")
            }

            /// `minute`: the minute, 0 to 59.
            pub fn minute(self) -> Expression<O, i32> {
                apply(self.into(), "minute")
            }

            /// `second`: the second, 0 to 59.
            pub fn second(self) -> Expression<O, i32> {
                apply(self.into(), "second")
            }
        }

        impl<O $($owner)*> $type<O, Date> {
            /// `year`: the year.
            pub fn year(self) -> Expression<O, i32> {
                apply(self.into(), "year")
            }

            /// `month`: the month, 1 to 12.
            pub fn month(self) -> Expression<O, i32> {
                apply(self.into(), "month")
            }

            /// `day`: the day of the month, 1 to 31.
            pub fn day(self) -> Expression<O, i32> {
                apply(self.into(), "day")
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

operators!([: ?Sized], Expression);
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

    /// `any` without a condition: the collection has an item.
    pub fn is_not_empty(self) -> Filter<O> {
        PropertyPath::from(self).is_not_empty()
    }

    /// `$count`: the number of items in the collection.
    pub fn count(self) -> PropertyPath<O, i64> {
        PropertyPath::from(self).count()
    }
}

/// Fixes the type of the argument, so that callers can pass `self.into()`.
fn apply<O: ?Sized, V, W>(argument: Expression<O, V>, function: &str) -> Expression<O, W> {
    argument.apply(function)
}

fn apply_to<O: ?Sized, V, W>(
    left: Expression<O, V>,
    function: &str,
    right: &str,
) -> Expression<O, W> {
    left.apply_to(function, right)
}

fn compare<O: ?Sized, V>(
    left: Expression<O, V>,
    operator: &str,
    value: &dyn IntoLiteral<V>,
) -> Filter<O> {
    Filter::comparison(format!("{left} {operator} {}", value.to_literal()))
}

fn is_in<O: ?Sized, V>(left: Expression<O, V>, values: Vec<String>) -> Filter<O> {
    if values.is_empty() {
        // OData has no syntax for an empty list.
        return Filter::call("false".to_owned());
    }
    Filter::comparison(format!("{left} in ({})", values.join(",")))
}

fn call<O: ?Sized>(left: Expression<O, String>, function: &str, text: &str) -> Filter<O> {
    Filter::call(format!("{function}({left},{})", quoted(&text)))
}
