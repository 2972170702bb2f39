//! The traits that every generated type has, each with a body of one call.

/// Implements `Clone`, `Debug`, `PartialEq`, `Serialize` and `Deserialize` for a struct that implements
/// [`Object`](crate::Object).
#[macro_export]
macro_rules! object {
    ($name:ident) => {
        impl $crate::request::Itemised for $name {
            type Item = Self;
        }

        impl ::core::clone::Clone for $name {
            fn clone(&self) -> Self {
                $crate::json::clone(self)
            }
        }

        impl ::core::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $crate::json::eq(self, other)
            }
        }

        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::json::debug(self, f)
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::json::serialize(self, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::json::deserialize(deserializer)
            }
        }
    };
}

/// Implements what [`object!`](crate::object) does for an enum that implements [`Polymorphic`](crate::Polymorphic), with
/// `Default`, `From` each variant's struct, and the properties of the base for queries.
///
/// It takes the enum, the base struct, and the structs of all variants: `Name`, or `Variant = Name` where they differ.
#[macro_export]
macro_rules! polymorphic {
    ($name:ident, $base:path, $($variant:ident $(= $object:path)?),+ $(,)?) => {
        $crate::object!($name);

        impl ::core::default::Default for $name {
            fn default() -> Self {
                <Self as $crate::Polymorphic>::variant(0)
            }
        }

        impl $crate::HasProperties<$base> for $name {}

        $($crate::polymorphic!(@from $name, $variant $(, $object)?);)+
    };
    (@from $name:ident, $variant:ident) => {
        $crate::polymorphic!(@from $name, $variant, $variant);
    };
    (@from $name:ident, $variant:ident, $object:path) => {
        impl ::core::convert::From<$object> for $name {
            fn from(object: $object) -> Self {
                Self::$variant(::std::boxed::Box::new(object))
            }
        }
    };
}

/// Implements `Debug`, `Display`, `FromStr`, `From<&str>`, `Serialize`, `Deserialize` and what properties need for an enum
/// that implements [`OpenEnum`](crate::OpenEnum).
#[macro_export]
macro_rules! open_enum {
    ($name:ident) => {
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str($crate::OpenEnum::as_str(self))
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad($crate::OpenEnum::as_str(self))
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(name: &str) -> Self {
                $crate::OpenEnum::from_name(name)
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            fn from_str(name: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok($crate::OpenEnum::from_name(name))
            }
        }

        impl $crate::Leaf for $name {
            fn read(scalar: $crate::Scalar<'_>) -> $crate::Reading<Self> {
                $crate::json::read_open_enum(scalar)
            }

            fn scalar<'a>(&'a self, _: &'a mut $crate::TextBuffer) -> $crate::Scalar<'a> {
                $crate::Scalar::Text($crate::OpenEnum::as_str(self))
            }
        }

        $crate::leaf!($name);
    };
}

/// Implements `Serialize`, `Deserialize` and being an item of a page for a type that implements [`Leaf`](crate::Leaf).
#[doc(hidden)]
#[macro_export]
macro_rules! leaf {
    ($name:ident) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::json::serialize_leaf(self, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::json::deserialize_leaf(deserializer)
            }
        }

        $crate::leaf_element!($name);
    };
}

/// Implements being an item of a page for a type that implements [`Leaf`](crate::Leaf).
#[doc(hidden)]
#[macro_export]
macro_rules! leaf_element {
    ($name:ident) => {
        impl $crate::Element for $name {
            fn slot(items: &mut ::std::vec::Vec<Self>) -> $crate::Slot<'_> {
                $crate::Slot::Leaves(items)
            }

            fn member(items: &::std::vec::Vec<Self>) -> $crate::Member<'_> {
                $crate::Member::Leaves(items)
            }
        }
    };
}
