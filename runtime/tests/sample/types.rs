//! Types as the generator writes them.

use super::runtime;

/// One property of each kind.
#[derive(Default)]
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
    pub owner: Option<Box<Gadget>>,
    /// A collection of a structured type.
    pub parts: Option<Vec<Gadget>>,
    /// A structured type with derived types: the enum, not boxed (its variants are).
    pub target: Option<AnyTarget>,
    /// A collection of it.
    pub targets: Option<Vec<AnyTarget>>,
    /// The root `microsoft.graph.entity`: like any other structured type.
    pub anchor: Option<Box<runtime::AnyEntity>>,
    /// What else the JSON object holds.
    pub leftover: runtime::Leftover,
}

impl Gadget {
    /// `id`
    pub const ID: runtime::Property<Self, String> = runtime::Property::new("id");
    /// `enabled`
    pub const ENABLED: runtime::Property<Self, bool> = runtime::Property::new("enabled");
    /// `count`
    pub const COUNT: runtime::Property<Self, i32> = runtime::Property::new("count");
    /// `tags`: without `Option` and `Box`.
    pub const TAGS: runtime::Property<Self, Vec<String>> = runtime::Property::new("tags");
    /// `owner`
    pub const OWNER: runtime::Property<Self, Gadget> = runtime::Property::new("owner");
    /// `target`
    pub const TARGET: runtime::Property<Self, AnyTarget> = runtime::Property::new("target");
}

static GADGET: runtime::Shape = runtime::Shape::new(
    "microsoft.graph.gadget",
    &[
        "id", "enabled", "count", "size", "ratio", "anything", "things", "created", "colour",
        "features", "tags", "owner", "parts", "target", "targets", "anchor",
    ],
);

impl runtime::Object for Gadget {
    fn shape(&self) -> &'static runtime::Shape {
        &GADGET
    }

    fn slot(&mut self, index: usize) -> runtime::Slot<'_> {
        match index {
            0 => runtime::Slot::String(&mut self.id),
            1 => runtime::Slot::Boolean(&mut self.enabled),
            2 => runtime::Slot::Int32(&mut self.count),
            3 => runtime::Slot::Int64(&mut self.size),
            4 => runtime::Slot::Double(&mut self.ratio),
            5 => runtime::Slot::Untyped(&mut self.anything),
            6 => runtime::Slot::Untypeds(&mut self.things),
            7 => runtime::Slot::Leaf(&mut self.created),
            8 => runtime::Slot::Leaf(&mut self.colour),
            9 => runtime::Slot::Leaf(&mut self.features),
            10 => runtime::Slot::Leaves(&mut self.tags),
            11 => runtime::Slot::Object(&mut self.owner),
            12 => runtime::Slot::Objects(&mut self.parts),
            13 => runtime::Slot::Any(&mut self.target),
            14 => runtime::Slot::Objects(&mut self.targets),
            15 => runtime::Slot::Object(&mut self.anchor),
            _ => runtime::Slot::Missing,
        }
    }

    fn member(&self, index: usize) -> runtime::Member<'_> {
        match index {
            0 => runtime::Member::String(&self.id),
            1 => runtime::Member::Boolean(&self.enabled),
            2 => runtime::Member::Int32(&self.count),
            3 => runtime::Member::Int64(&self.size),
            4 => runtime::Member::Double(&self.ratio),
            5 => runtime::Member::Untyped(&self.anything),
            6 => runtime::Member::Untypeds(&self.things),
            7 => runtime::Member::Leaf(&self.created),
            8 => runtime::Member::Leaf(&self.colour),
            9 => runtime::Member::Leaf(&self.features),
            10 => runtime::Member::Leaves(&self.tags),
            11 => runtime::Member::Object(&self.owner),
            12 => runtime::Member::Objects(&self.parts),
            13 => runtime::Member::Any(&self.target),
            14 => runtime::Member::Objects(&self.targets),
            15 => runtime::Member::Object(&self.anchor),
            _ => runtime::Member::Missing,
        }
    }

    fn leftover(&self) -> &runtime::Leftover {
        &self.leftover
    }

    fn leftover_mut(&mut self) -> &mut runtime::Leftover {
        &mut self.leftover
    }
}

runtime::object!(Gadget);

/// An open enum.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Colour {
    /// `red`
    Red,
    /// `unknownFutureValue`
    UnknownFutureValue,
    /// Any name that the documentation does not list.
    Unlisted(Box<str>),
}

impl runtime::OpenEnum for Colour {
    const MEMBERS: &'static [Self] = &[Self::Red, Self::UnknownFutureValue];

    fn as_str(&self) -> &str {
        match self {
            Self::Red => "red",
            Self::UnknownFutureValue => "unknownFutureValue",
            Self::Unlisted(name) => name,
        }
    }

    fn unlisted(name: &str) -> Self {
        Self::Unlisted(name.into())
    }
}

runtime::open_enum!(Colour);

/// An enum with numbers; the properties that hold several are `Flags<Feature>`, the enum itself is written as any other.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// `none`
    None,
    /// `backup`
    Backup,
    /// Any name that the documentation does not list.
    Unlisted(Box<str>),
}

impl runtime::OpenEnum for Feature {
    const MEMBERS: &'static [Self] = &[Self::None, Self::Backup];

    fn as_str(&self) -> &str {
        match self {
            Self::None => "none",
            Self::Backup => "backup",
            Self::Unlisted(name) => name,
        }
    }

    fn unlisted(name: &str) -> Self {
        Self::Unlisted(name.into())
    }

    // Only where the pages state numbers; members without one are left out.
    fn value(&self) -> Option<i64> {
        match self {
            Self::None => Some(0),
            Self::Backup => Some(1),
            Self::Unlisted(_) => None,
        }
    }
}

runtime::open_enum!(Feature);

/// A base type. It is written like any other struct.
#[derive(Default)]
pub struct Target {
    /// Whose filter.
    pub filter: Option<String>,
    /// What else the JSON object holds.
    pub leftover: runtime::Leftover,
}

static TARGET: runtime::Shape = runtime::Shape::new("microsoft.graph.target", &["filter"]);

impl runtime::Object for Target {
    fn shape(&self) -> &'static runtime::Shape {
        &TARGET
    }

    fn slot(&mut self, index: usize) -> runtime::Slot<'_> {
        match index {
            0 => runtime::Slot::String(&mut self.filter),
            _ => runtime::Slot::Missing,
        }
    }

    fn member(&self, index: usize) -> runtime::Member<'_> {
        match index {
            0 => runtime::Member::String(&self.filter),
            _ => runtime::Member::Missing,
        }
    }

    fn leftover(&self) -> &runtime::Leftover {
        &self.leftover
    }

    fn leftover_mut(&mut self) -> &mut runtime::Leftover {
        &mut self.leftover
    }
}

runtime::object!(Target);

impl Target {
    /// `filter`
    pub const FILTER: runtime::Property<Self, String> = runtime::Property::new("filter");
}

/// A derived type: inherited properties first.
#[derive(Default)]
pub struct GroupTarget {
    /// Whose filter.
    pub filter: Option<String>,
    /// Which group.
    pub group_id: Option<String>,
    /// What else the JSON object holds.
    pub leftover: runtime::Leftover,
}

static GROUP_TARGET: runtime::Shape =
    runtime::Shape::new("microsoft.graph.groupTarget", &["filter", "groupId"]);

impl runtime::Object for GroupTarget {
    fn shape(&self) -> &'static runtime::Shape {
        &GROUP_TARGET
    }

    fn slot(&mut self, index: usize) -> runtime::Slot<'_> {
        match index {
            0 => runtime::Slot::String(&mut self.filter),
            1 => runtime::Slot::String(&mut self.group_id),
            _ => runtime::Slot::Missing,
        }
    }

    fn member(&self, index: usize) -> runtime::Member<'_> {
        match index {
            0 => runtime::Member::String(&self.filter),
            1 => runtime::Member::String(&self.group_id),
            _ => runtime::Member::Missing,
        }
    }

    fn leftover(&self) -> &runtime::Leftover {
        &self.leftover
    }

    fn leftover_mut(&mut self) -> &mut runtime::Leftover {
        &mut self.leftover
    }
}

runtime::object!(GroupTarget);

/// A [`Target`] or any type derived from it.
pub enum AnyTarget {
    /// The base itself, and every type that the documentation does not list.
    Target(Box<Target>),
    /// `microsoft.graph.groupTarget`
    GroupTarget(Box<GroupTarget>),
}

impl runtime::Polymorphic for AnyTarget {
    // The base first, then derived types at any depth, in the order of the variants.
    const TYPES: &'static [&'static str] =
        &["microsoft.graph.target", "microsoft.graph.groupTarget"];

    fn variant(index: usize) -> Self {
        match index {
            1 => Self::GroupTarget(Box::default()),
            _ => Self::Target(Box::default()),
        }
    }

    fn object(&self) -> &dyn runtime::Object {
        match self {
            Self::Target(object) => &**object,
            Self::GroupTarget(object) => &**object,
        }
    }

    fn object_mut(&mut self) -> &mut dyn runtime::Object {
        match self {
            Self::Target(object) => &mut **object,
            Self::GroupTarget(object) => &mut **object,
        }
    }
}

// The enum, the base, then `variant from struct` for all variants, the base included.
runtime::polymorphic!(AnyTarget, Target, Target, GroupTarget);
