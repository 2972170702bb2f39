//! Types of the shapes that the generator emits.

use super::runtime;

/// One property of each kind.
pub struct Gadget {
    /// A string.
    pub id: Option<String>,
    /// `Edm.Boolean`
    pub enabled: Option<bool>,
    /// `Edm.Int32`
    pub count: Option<i32>,
    /// `Edm.Int64`
    pub size: Option<i64>,
    /// `Edm.Double`
    pub ratio: Option<f64>,
    /// Any JSON value: `Edm.Untyped`, and undefined types.
    pub anything: Option<runtime::Value>,
    /// A collection of any JSON values.
    pub things: Option<Vec<runtime::Value>>,
    /// Any other primitive type: DateTimeOffset, Date, TimeOfDay, Duration, Guid, Binary, Decimal, i16, u8, f32.
    pub created: Option<runtime::DateTimeOffset>,
    /// An open enum.
    pub colour: Option<Colour>,
    /// A flags enum.
    pub features: Option<runtime::Flags<Feature>>,
    /// A collection of primitive values or enum members.
    pub tags: Option<Vec<String>>,
    /// A structured type without derived types: always boxed, because types may be recursive.
    pub owner: Option<runtime::Boxed<Gadget>>,
    /// A collection of a structured type.
    pub parts: Option<Vec<Gadget>>,
    /// A structured type with derived types: the enum, not boxed (its variants are).
    pub target: Option<AnyTarget>,
    /// A collection of a type with derived types.
    pub targets: Option<Vec<AnyTarget>>,
    /// The root type `microsoft.graph.entity`.
    pub anchor: Option<runtime::Boxed<runtime::AnyEntity>>,
    /// Properties without a field.
    pub additional_properties: runtime::AdditionalProperties,
}

// One row per property in declaration order: field, slot kind, JSON name, constant, and the type of the values.
runtime::object! {
    Gadget = "microsoft.graph.gadget";
    id: String = "id", ID: String;
    enabled: Boolean = "enabled", ENABLED: bool;
    count: Int32 = "count", COUNT: i32;
    size: Int64 = "size", SIZE: i64;
    ratio: Double = "ratio", RATIO: f64;
    anything: Untyped = "anything", ANYTHING: runtime::Value;
    things: UntypedCollection = "things", THINGS: Vec<runtime::Value>;
    created: Primitive = "created", CREATED: runtime::DateTimeOffset;
    colour: Primitive = "colour", COLOUR: Colour;
    features: Primitive = "features", FEATURES: runtime::Flags<Feature>;
    tags: PrimitiveCollection = "tags", TAGS: Vec<String>;
    owner: Object = "owner", OWNER: Gadget;
    parts: ObjectCollection = "parts", PARTS: Vec<Gadget>;
    target: Polymorphic = "target", TARGET: AnyTarget;
    targets: ObjectCollection = "targets", TARGETS: Vec<AnyTarget>;
    anchor: Object = "anchor", ANCHOR: runtime::AnyEntity;
}

/// An open enum.
#[derive(Clone, PartialEq)]
pub enum Colour {
    /// `red`
    Red,
    /// `unknownFutureValue`
    UnknownFutureValue,
    /// An undocumented member.
    Unlisted(Box<str>),
}

runtime::open_enum! {
    Colour;
    Red = "red";
    UnknownFutureValue = "unknownFutureValue";
}

/// An enum with numeric values. Flags properties have the type `Flags<Feature>`.
#[derive(Clone, PartialEq)]
pub enum Feature {
    /// `none`
    None,
    /// `backup`
    Backup,
    /// An undocumented member.
    Unlisted(Box<str>),
}

// Members without a documented number are omitted from the table's numbers.
runtime::open_enum! {
    Feature with numbers;
    None = "none", 0;
    Backup = "backup", 1;
}

/// A base type.
pub struct Target {
    /// The filter.
    pub filter: Option<String>,
    /// Properties without a field.
    pub additional_properties: runtime::AdditionalProperties,
}

runtime::object! {
    Target = "microsoft.graph.target";
    filter: String = "filter", FILTER: String;
}

/// A derived type: inherited properties first.
pub struct GroupTarget {
    /// The filter.
    pub filter: Option<String>,
    /// The key of the group.
    pub group_id: Option<String>,
    /// Properties without a field.
    pub additional_properties: runtime::AdditionalProperties,
}

runtime::object! {
    GroupTarget = "microsoft.graph.groupTarget";
    filter: String = "filter", FILTER: String;
    group_id: String = "groupId", GROUP_ID: String;
}

/// A [`Target`] or any type derived from it.
pub enum AnyTarget {
    /// The base type, and every undocumented type.
    Target(runtime::Boxed<Target>),
    /// `microsoft.graph.groupTarget`
    GroupTarget(runtime::Boxed<GroupTarget>),
}

// The base type first, then all derived types in the order of the variants.
runtime::polymorphic! {
    AnyTarget;
    Target: Target = "microsoft.graph.target";
    GroupTarget: GroupTarget = "microsoft.graph.groupTarget";
}
