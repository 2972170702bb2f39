//! Macros for structs, and for enums over a base type and its derived types.

/// Implements [`Object`](crate::Object) for a struct whose fields are `Option`s and `additional_properties`, together with
/// `Default`, `Clone`, `Debug`, `PartialEq`, `Serialize`, `Deserialize` and a [`Property`](crate::Property) constant for each
/// property.
///
/// Each row has the field, its variant of [`SlotMut`](crate::SlotMut), the JSON name, the name of the constant and the type of
/// the values:
///
/// ```
/// use graphwright_runtime::{self as runtime, AdditionalProperties};
///
/// /// A gadget.
/// pub struct Gadget {
///     /// The key.
///     pub id: Option<String>,
///     /// The parts of the gadget.
///     pub parts: Option<Vec<Gadget>>,
///     /// Properties without a field.
///     pub additional_properties: AdditionalProperties,
/// }
///
/// runtime::object! {
///     Gadget = "microsoft.graph.gadget";
///     id: String = "id", ID: String;
///     parts: ObjectCollection = "parts", PARTS: Vec<Gadget>;
/// }
///
/// let gadget: Gadget = serde_json::from_str(r#"{"id": "1", "parts": [{"id": "2"}]}"#).unwrap();
/// assert_eq!(gadget.parts.as_ref().map(Vec::len), Some(1));
/// assert_eq!(Gadget::PARTS.name(), "parts");
/// ```
///
/// Rows do not contain their index, so that adding a property adds a single line.
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
                    additional_properties: $crate::AdditionalProperties::new(),
                    $($(#[cfg($($when)*)])? $field: $crate::json::None,)*
                }
            }
        }

        impl $crate::Object for $name {
            type Item = Self;

            fn visit_slots_mut<'a>(&'a mut self, visitor: &mut dyn $crate::json::SlotVisitorMut<'a>) {
                visitor.visit_slots(
                    &mut self.additional_properties,
                    &mut [$($(#[cfg($($when)*)])? $crate::SlotMut::$kind(&mut self.$field)),*],
                )
            }

            fn visit_slots<'a>(&'a self, visitor: &mut dyn $crate::json::SlotVisitor<'a>) {
                if visitor.visit_type(
                    $type_name,
                    &[$($(#[cfg($($when)*)])? $property),*],
                    &self.additional_properties,
                ) {
                    visitor.visit_slots(&[$($(#[cfg($($when)*)])? $crate::SlotRef::$kind(&self.$field)),*])
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
                $crate::json::clone_object(self)
            }
        }

        impl ::core::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $crate::json::objects_equal(self, other)
            }
        }

        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::json::fmt_object(self, f)
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

/// Implements [`Polymorphic`](crate::Polymorphic) for an enum over a base type and its derived types, together with the traits
/// that [`object!`](crate::object) implements, `From` for the struct of each variant,
/// [`HasProperties`](crate::HasProperties) of the base type and [`CanSelect`](crate::CanSelect) of all types.
///
/// Each row has the variant, its struct and the full name of its type. The base type comes first:
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
        impl $crate::CanSelect<$base> for $name {}
        $(impl $crate::CanSelect<$object> for $name {})*

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
