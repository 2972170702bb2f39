//! Types as the generator writes them.

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
    /// Any JSON value: `Edm.Untyped`, and types that no page defines.
    pub anything: Option<runtime::Value>,
    /// A collection of any JSON values.
    pub things: Option<Vec<runtime::Value>>,
    /// Any other primitive: DateTimeOffset, Date, TimeOfDay, Duration, Guid, Binary, Decimal, i16, u8, f32.
    pub created: Option<runtime::DateTimeOffset>,
    /// An open enum.
    pub colour: Option<Colour>,
    /// A flags enum.
    pub features: Option<runtime::Flags<Feature>>,
    /// A collection of primitives or enums; strings too.
    pub tags: Option<Vec<String>>,
    /// A structured type without derived types: always boxed, so that cycles need no thought.
    pub owner: Option<runtime::Boxed<Gadget>>,
    /// A collection of a structured type.
    pub parts: Option<Vec<Gadget>>,
    /// A structured type with derived types: the enum, not boxed (its variants are).
    pub target: Option<AnyTarget>,
    /// A collection of it.
    pub targets: Option<Vec<AnyTarget>>,
    /// The root `microsoft.graph.entity`: like any other structured type.
    pub anchor: Option<runtime::Boxed<runtime::AnyEntity>>,
    /// What else the JSON object holds.
    pub leftover: runtime::Leftover,
}

// One row for each property, in the order in which the pages declare them: field, kind, name, constant, and the type of
// the values without `Option` and `Box`.
runtime::object! {
    Gadget = "microsoft.graph.gadget";
    id: String = "id", ID: String;
    enabled: Boolean = "enabled", ENABLED: bool;
    count: Int32 = "count", COUNT: i32;
    size: Int64 = "size", SIZE: i64;
    ratio: Double = "ratio", RATIO: f64;
    anything: Untyped = "anything", ANYTHING: runtime::Value;
    things: Untypeds = "things", THINGS: Vec<runtime::Value>;
    created: Leaf = "created", CREATED: runtime::DateTimeOffset;
    colour: Leaf = "colour", COLOUR: Colour;
    features: Leaf = "features", FEATURES: runtime::Flags<Feature>;
    tags: Leaves = "tags", TAGS: Vec<String>;
    owner: Object = "owner", OWNER: Gadget;
    parts: Objects = "parts", PARTS: Vec<Gadget>;
    target: Any = "target", TARGET: AnyTarget;
    targets: Objects = "targets", TARGETS: Vec<AnyTarget>;
    anchor: Object = "anchor", ANCHOR: runtime::AnyEntity;
}

/// An open enum.
#[derive(Clone, PartialEq)]
pub enum Colour {
    /// `red`
    Red,
    /// `unknownFutureValue`
    UnknownFutureValue,
    /// Any name that the documentation does not list.
    Unlisted(Box<str>),
}

runtime::open_enum! {
    Colour;
    Red = "red";
    UnknownFutureValue = "unknownFutureValue";
}

/// An enum with numbers; the properties that hold several are `Flags<Feature>`, the enum itself is written as any other.
#[derive(Clone, PartialEq)]
pub enum Feature {
    /// `none`
    None,
    /// `backup`
    Backup,
    /// Any name that the documentation does not list.
    Unlisted(Box<str>),
}

// Only where the pages state numbers; members without one are left out.
runtime::open_enum! {
    Feature with numbers;
    None = "none", 0;
    Backup = "backup", 1;
}

/// A base type. It is written like any other struct.
pub struct Target {
    /// Whose filter.
    pub filter: Option<String>,
    /// What else the JSON object holds.
    pub leftover: runtime::Leftover,
}

runtime::object! {
    Target = "microsoft.graph.target";
    filter: String = "filter", FILTER: String;
}

/// A derived type: inherited properties first.
pub struct GroupTarget {
    /// Whose filter.
    pub filter: Option<String>,
    /// Which group.
    pub group_id: Option<String>,
    /// What else the JSON object holds.
    pub leftover: runtime::Leftover,
}

runtime::object! {
    GroupTarget = "microsoft.graph.groupTarget";
    filter: String = "filter", FILTER: String;
    group_id: String = "groupId", GROUP_ID: String;
}

/// A [`Target`] or any type derived from it.
pub enum AnyTarget {
    /// The base itself, and every type that the documentation does not list.
    Target(runtime::Boxed<Target>),
    /// `microsoft.graph.groupTarget`
    GroupTarget(runtime::Boxed<GroupTarget>),
}

// The base first, then derived types at any depth, in the order of the variants.
runtime::polymorphic! {
    AnyTarget;
    Target: Target = "microsoft.graph.target";
    GroupTarget: GroupTarget = "microsoft.graph.groupTarget";
}
