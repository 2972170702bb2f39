//! Macros for enums and other primitive types.

/// Implements [`OpenEnum`](crate::OpenEnum) for an enum, together with the constant `ALL`, the method `as_str`, and `Eq`, `Ord`,
/// `Hash`, `Debug`, `Display`, `FromStr`, `From<&str>`, `Serialize` and `Deserialize`.
///
/// Each row has the variant and the JSON name of a member; in an enum `with numbers`, optionally followed by its numeric
/// value:
///
/// ```
/// use graphwright_runtime::{self as runtime, OpenEnum};
///
/// /// A mood.
/// #[derive(Clone, PartialEq)]
/// pub enum Mood {
///     /// Good.
///     Good,
///     /// Bad.
///     Bad,
///     /// An undocumented member.
///     Unlisted(Box<str>),
/// }
///
/// runtime::open_enum! {
///     Mood with numbers;
///     Good = "good", 0;
///     Bad = "bad";
/// }
///
/// assert_eq!(Mood::from("bad"), Mood::Bad);
/// assert_eq!(Mood::from("fair").as_str(), "fair");
/// assert_eq!(Mood::from_value(0), Some(Mood::Good));
/// assert_eq!(Mood::ALL, [Mood::Good, Mood::Bad]);
/// assert!(Mood::Bad < Mood::Good);
/// ```
#[macro_export]
macro_rules! open_enum {
    ($name:ident; $($variant:ident = $member:literal;)*) => {
        $crate::open_enum! { @traits $name { $($variant = $member;)* } }
    };
    ($name:ident with numbers; $($variant:ident = $member:literal $(, $number:literal)?;)*) => {
        $crate::open_enum! {
            @traits $name { $($variant = $member;)* }
            fn value(&self) -> ::core::option::Option<i64> {
                match self {
                    $($(Self::$variant => ::core::option::Option::Some($number),)?)*
                    _ => ::core::option::Option::None,
                }
            }
        }
    };
    (@traits $name:ident { $($variant:ident = $member:literal;)* } $(fn $($value:tt)*)?) => {
        impl $name {
            /// The documented members, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the JSON name.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $member,)*
                    Self::Unlisted(name) => name,
                }
            }
        }

        impl $crate::OpenEnum for $name {
            const MEMBERS: &'static [Self] = Self::ALL;

            fn as_str(&self) -> &str {
                Self::as_str(self)
            }

            fn unlisted(name: &str) -> Self {
                Self::Unlisted(::core::convert::From::from(name))
            }

            $(fn $($value)*)?
        }

        impl ::core::cmp::Eq for $name {}

        /// Compares the JSON names.
        impl ::core::cmp::Ord for $name {
            fn cmp(&self, other: &Self) -> ::core::cmp::Ordering {
                ::core::cmp::Ord::cmp(self.as_str(), other.as_str())
            }
        }

        impl ::core::cmp::PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> ::core::option::Option<::core::cmp::Ordering> {
                ::core::option::Option::Some(::core::cmp::Ord::cmp(self, other))
            }
        }

        // Equal members have equal names. Derived code would take longer to compile.
        impl ::core::hash::Hash for $name {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                ::core::hash::Hash::hash(self.as_str(), state)
            }
        }

        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(name: &str) -> Self {
                $crate::OpenEnum::from_name(name)
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            // `Self::Err` would be ambiguous if a variant is called `Err`.
            fn from_str(name: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok($crate::OpenEnum::from_name(name))
            }
        }

        $crate::primitive!($name);
    };
}

/// Implements `Serialize`, `Deserialize` and [`Element`](crate::Element) for a type that implements
/// [`Primitive`](crate::Primitive).
#[doc(hidden)]
#[macro_export]
macro_rules! primitive {
    ($name:ident) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::json::serialize_primitive(self, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::json::deserialize_primitive(deserializer)
            }
        }

        $crate::primitive_element!($name);
    };
}

/// Implements [`Element`](crate::Element) for a type that implements [`Primitive`](crate::Primitive).
#[doc(hidden)]
#[macro_export]
macro_rules! primitive_element {
    ($name:ident) => {
        impl $crate::Element for $name {
            type Kind = $crate::request::OfPrimitives;
        }
    };
}
