//! Structs, and enums over a base type and those derived from it.

/// Makes a struct with fields of `Option` and a `leftover` an [`Object`](crate::Object), from a table with a row for each
/// property; with it come `Default`, `Clone`, `Debug`, `PartialEq`, `Serialize`, `Deserialize` and a
/// [`Property`](crate::Property) constant for each row.
///
/// A row holds the field and the variant of [`Slot`](crate::Slot) that takes it, the name in JSON, the constant and the
/// type of the values:
///
/// ```
/// use graphwright_runtime::{self as runtime, Leftover};
///
/// /// A thing.
/// pub struct Gadget {
///     /// Its key.
///     pub id: Option<String>,
///     /// What it consists of.
///     pub parts: Option<Vec<Gadget>>,
///     /// The rest.
///     pub leftover: Leftover,
/// }
///
/// runtime::object! {
///     Gadget = "microsoft.graph.gadget";
///     id: String = "id", ID: String;
///     parts: Objects = "parts", PARTS: Vec<Gadget>;
/// }
///
/// let gadget: Gadget = serde_json::from_str(r#"{"id": "1", "parts": [{"id": "2"}]}"#).unwrap();
/// assert_eq!(gadget.parts.as_ref().map(Vec::len), Some(1));
/// assert_eq!(Gadget::PARTS.name(), "parts");
/// ```
///
/// No row knows its number, so that a row more is a line more.
#[macro_export]
macro_rules! object {
    (
        $name:ident = $type_name:literal;
        $(
            $(#[cfg($($when:tt)*)])?
            $(#[deprecated = $reason:literal])?
            $field:ident: $kind:ident = $property:literal, $constant:ident: $value:ty;
        )*
    ) => {
        impl $name {
            $(
                #[doc = $property]
                $(#[cfg($($when)*)])?
                $(#[deprecated = $reason])?
                pub const $constant: $crate::Property<Self, $value> =
                    $crate::Property { name: $property, owner: [] };
            )*
        }

        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self {
                    leftover: $crate::Leftover::new(),
                    $($(#[cfg($($when)*)])? $field: $crate::json::None,)*
                }
            }
        }

        impl $crate::Object for $name {
            type Item = Self;

            fn slots<'a>(&'a mut self, fill: &mut dyn $crate::json::Fill<'a>) {
                fill.fill(
                    &mut self.leftover,
                    &mut [$($(#[cfg($($when)*)])? $crate::Slot::$kind(&mut self.$field)),*],
                )
            }

            fn members<'a>(&'a self, look: &mut dyn $crate::json::Look<'a>) {
                if look.names(
                    $type_name,
                    &[$($(#[cfg($($when)*)])? $property),*],
                    &self.leftover,
                ) {
                    look.members(&[$($(#[cfg($($when)*)])? $crate::Member::$kind(&self.$field)),*])
                }
            }
        }

        $crate::object_traits!($name);
    };
}

/// Implements `Clone`, `Debug`, `PartialEq`, `Serialize` and `Deserialize` for a struct that implements
/// [`Object`](crate::Object).
#[doc(hidden)]
#[macro_export]
macro_rules! object_traits {
    ($name:ident) => {
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

/// Makes an enum over a base struct and those derived from it [`Polymorphic`](crate::Polymorphic), from a table with a row
/// for each variant, that of the base first; with it come the traits that [`object!`](crate::object) gives, `From` each
/// variant's struct, and the properties of the base for queries.
///
/// A row holds the variant, the struct in it, and the full name of the type:
///
/// ```text
/// runtime::polymorphic! {
///     AnyTarget;
///     Target: types::Target = "microsoft.graph.target";
///     GroupTarget: types::GroupTarget = "microsoft.graph.groupTarget";
/// }
/// ```
#[macro_export]
macro_rules! polymorphic {
    (
        $name:ident;
        $first:ident: $base:path = $base_name:literal;
        $($variant:ident: $object:path = $type_name:literal;)*
    ) => {
        impl $crate::Polymorphic for $name {
            const TYPES: &'static [&'static str] = &[$base_name, $($type_name),*];

            fn variant(index: usize) -> Self {
                let mut left = index;
                $(
                    left = left.wrapping_sub(1);
                    if left == 0 {
                        return Self::$variant(::core::default::Default::default());
                    }
                )*
                let _ = left;
                Self::$first(::core::default::Default::default())
            }

            fn object(&self) -> &dyn $crate::Object {
                match self {
                    Self::$first(object) => object.object(),
                    $(Self::$variant(object) => object.object(),)*
                }
            }

            fn object_mut(&mut self) -> &mut dyn $crate::Object {
                match self {
                    Self::$first(object) => object.object_mut(),
                    $(Self::$variant(object) => object.object_mut(),)*
                }
            }
        }

        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self::$first(::core::default::Default::default())
            }
        }

        impl $crate::HasProperties<$base> for $name {}

        impl ::core::convert::From<$base> for $name {
            fn from(object: $base) -> Self {
                Self::$first($crate::Boxed::new(object))
            }
        }

        $(
            impl ::core::convert::From<$object> for $name {
                fn from(object: $object) -> Self {
                    Self::$variant($crate::Boxed::new(object))
                }
            }
        )*

        $crate::object_traits!($name);
    };
}
