//! The text of query options.

use super::{
    CanSelect, Expand, ExpandItem, Filter, HasProperties, IntoFilter, Literal, Null, Search,
    SelectItem,
};
use crate::json::flags::Flags;
use crate::{AnyEntity, OpenEnum, Property};

const MANAGER: Property<AnyEntity, AnyEntity> = Property::new("manager");

struct Device;
struct Plan;
struct AnyDevice;

impl HasProperties<Device> for AnyDevice {}
impl CanSelect<Device> for AnyDevice {}

#[derive(Clone, Debug, PartialEq)]
enum State {
    Enabled,
    Unlisted(Box<str>),
}

impl OpenEnum for State {
    const MEMBERS: &'static [Self] = &[Self::Enabled];

    fn as_str(&self) -> &str {
        match self {
            Self::Enabled => "enabled",
            Self::Unlisted(name) => name,
        }
    }

    fn unlisted(name: &str) -> Self {
        Self::Unlisted(name.into())
    }
}

impl Device {
    const NAME: Property<Self, String> = Property::new("name");
    const SIZE: Property<Self, i64> = Property::new("size");
    const WEIGHT: Property<Self, f64> = Property::new("weight");
    const STATE: Property<Self, State> = Property::new("state");
    const STATES: Property<Self, Flags<State>> = Property::new("states");
    const PLAN: Property<Self, Plan> = Property::new("plan");
    const PLANS: Property<Self, Vec<Plan>> = Property::new("plans");
    const TAGS: Property<Self, Vec<String>> = Property::new("tags");
    const SEEN: Property<Self, crate::DateTimeOffset> = Property::new("seen");
    const OWNERS: Property<Self, Vec<AnyEntity>> = Property::new("owners");
}

impl Plan {
    const NAME: Property<Self, String> = Property::new("name");
    const TAGS: Property<Self, Vec<String>> = Property::new("tags");
}

#[track_caller]
fn check(filter: Filter<Device>, expected: &str) {
    assert_eq!(filter.to_string(), expected);
}

#[test]
fn comparisons() {
    check(Device::NAME.eq("O'Neil"), "name eq 'O''Neil'");
    let name = String::from("a");
    check(Device::NAME.ne(&name), "name ne 'a'");
    check(Device::NAME.ne(name), "name ne 'a'");
    check(Device::SIZE.gt(5), "size gt 5");
    check(Device::SIZE.ge(-5), "size ge -5");
    check(Device::SIZE.lt(5), "size lt 5");
    check(Device::SIZE.le(5), "size le 5");
    check(Device::STATE.eq(State::Enabled), "state eq 'enabled'");
    check(
        Device::STATE.eq(State::Unlisted("o'k".into())),
        "state eq 'o''k'",
    );
    check(Device::NAME.eq(Null), "name eq null");
    check(Device::NAME.is_in(["a", "b"]), "name in ('a','b')");
    check(Device::NAME.is_in([""; 0]), "false");
    check(Device::STATES.has(State::Enabled), "states has 'enabled'");
    check(Device::STATES.eq(State::Enabled), "states eq 'enabled'");
}

#[test]
fn string_functions() {
    check(Device::NAME.startswith("a'"), "startswith(name,'a''')");
    check(Device::NAME.endswith("a"), "endswith(name,'a')");
    check(
        Device::PLAN.then(Plan::NAME).contains("a"),
        "contains(plan/name,'a')",
    );
}

#[test]
fn functions() {
    check(Device::NAME.tolower().eq("a"), "tolower(name) eq 'a'");
    check(Device::NAME.toupper().ne("A"), "toupper(name) ne 'A'");
    check(
        Device::NAME.tolower().trim().startswith("a"),
        "startswith(trim(tolower(name)),'a')",
    );
    check(Device::NAME.length().gt(3), "length(name) gt 3");
    check(
        Device::PLAN.then(Plan::NAME).tolower().is_in(["a"]),
        "tolower(plan/name) in ('a')",
    );
    check(Device::NAME.indexof("a'").ge(0), "indexof(name,'a''') ge 0");
    check(
        Device::NAME.substring(1).eq("a"),
        "substring(name,1) eq 'a'",
    );
    check(
        Device::NAME.concat("b").eq("ab"),
        "concat(name,'b') eq 'ab'",
    );
    check(Device::WEIGHT.round().eq(1e300), "round(weight) eq 1e300");
    check(Device::WEIGHT.floor().lt(-0.5), "floor(weight) lt -0.5");
    check(Device::TAGS.is_not_empty(), "tags/any()");
    check(
        Device::PLANS.all(|plan| plan.then(Plan::TAGS).is_not_empty()),
        "plans/all(x:x/tags/any())",
    );
    check(Device::SEEN.year().eq(2024), "year(seen) eq 2024");
    check(Device::SEEN.month().eq(2), "month(seen) eq 2");
    check(Device::SEEN.hour().ge(8), "hour(seen) ge 8");
    let date: crate::Date = "2024-02-29".parse().unwrap();
    check(Device::SEEN.date().lt(date), "date(seen) lt 2024-02-29");
    check(Device::SEEN.date().day().eq(1), "day(date(seen)) eq 1");
    check(
        Device::TAGS.any(|tag| tag.tolower().contains("a")),
        "tags/any(x:contains(tolower(x),'a'))",
    );
}

#[test]
fn searches() {
    #[track_caller]
    fn check(search: Search, expected: &str) {
        assert_eq!(search.to_string(), expected);
    }
    let a = || Search::phrase("a");
    let b = || Search::property("name", "b c");
    check(b(), r#""name:b c""#);
    check(Search::phrase(r#"a"b\c"#), r#""a\"b\\c""#);
    check(a().or(b()).and(a()), r#"("a" OR "name:b c") AND "a""#);
    check(a().or(b().and(!a())), r#""a" OR "name:b c" AND NOT "a""#);
    check(!a().and(b()), r#"NOT ("a" AND "name:b c")"#);
}

#[test]
fn literals() {
    #[track_caller]
    fn check(value: impl Literal, expected: &str) {
        assert_eq!(value.literal(), expected);
    }
    check(true, "true");
    check(0.5_f64, "0.5");
    check(5.0_f64, "5.0");
    check(1e300_f64, "1e300");
    check(-1.5e-7_f64, "-0.00000015");
    check(0.0_f64, "0");
    check(0.1_f32, "0.1");
    check(f64::NAN, "NaN");
    check(f64::INFINITY, "INF");
    check(f32::NEG_INFINITY, "-INF");
    check(
        "2024-08-01T00:00:00Z"
            .parse::<crate::DateTimeOffset>()
            .unwrap(),
        "2024-08-01T00:00:00Z",
    );
    check("2024-08-01".parse::<crate::Date>().unwrap(), "2024-08-01");
    check("12:30:00".parse::<crate::TimeOfDay>().unwrap(), "12:30:00");
    check("P1D".parse::<crate::Duration>().unwrap(), "duration'P1D'");
    check("1.50".parse::<crate::Decimal>().unwrap(), "1.50");
    check("+/8=".parse::<crate::Binary>().unwrap(), "binary'-_8='");
    check(
        "e4bede14-de14-e4be-14de-bee414debee4"
            .parse::<crate::Guid>()
            .unwrap(),
        "e4bede14-de14-e4be-14de-bee414debee4",
    );
}

#[test]
fn adds_parentheses_where_precedence_requires_them() {
    let a = || Device::SIZE.eq(1);
    let b = || Device::SIZE.eq(2);
    let c = || Device::SIZE.eq(3);
    check(
        a().and(b()).and(c()),
        "size eq 1 and size eq 2 and size eq 3",
    );
    check(
        a().or(b()).and(c()),
        "(size eq 1 or size eq 2) and size eq 3",
    );
    check(a().or(b().and(c())), "size eq 1 or size eq 2 and size eq 3");
    check(!a(), "not (size eq 1)");
    check(
        (!Device::NAME.startswith("a")).and(a()),
        "not startswith(name,'a') and size eq 1",
    );
    check(!!a(), "not (not (size eq 1))");
    check(
        a().and("b eq 1 or c eq 1"),
        "size eq 1 and (b eq 1 or c eq 1)",
    );
    check(Filter::raw("b eq 1").or(a()), "b eq 1 or size eq 1");
}

#[test]
fn lambdas() {
    check(Device::TAGS.any(|tag| tag.eq("a")), "tags/any(x:x eq 'a')");
    check(
        !Device::TAGS.all(|tag| tag.clone().startswith("a").or(tag.eq("b"))),
        "not tags/all(x:startswith(x,'a') or x eq 'b')",
    );
    check(
        Device::PLANS.any(|plan| {
            let has_name = plan.clone().then(Plan::NAME).eq("a");
            has_name.and(plan.then(Plan::TAGS).any(|tag| tag.ne("b")))
        }),
        "plans/any(x:x/name eq 'a' and x/tags/any(y:y ne 'b'))",
    );
    check(Device::TAGS.count().eq(0), "tags/$count eq 0");
}

#[test]
fn accepts_properties_of_the_base_type() {
    let filter: Filter<AnyDevice> = Device::SIZE.eq(1).into_filter();
    assert_eq!(filter.to_string(), "size eq 1");
    let name: &dyn SelectItem<AnyDevice> = &Device::NAME;
    assert_eq!(name.select_item(), "name");
    let path: &dyn SelectItem<AnyDevice> = &Device::PLAN.then(Plan::NAME);
    assert_eq!(path.select_item(), "plan/name");
}

#[test]
fn expand_has_nested_options() {
    let owners = Expand::new(Device::OWNERS)
        .select(&[&AnyEntity::ID])
        .filter(AnyEntity::ID.ne("a;b"))
        .orderby(&[&AnyEntity::ID])
        .expand(&[&"manager"])
        .top(2)
        .top(3);
    assert_eq!(
        ExpandItem::<AnyDevice>::expand_item(&owners),
        "owners($select=id;$filter=id ne 'a;b';$orderby=id;$expand=manager;$top=3)"
    );
    let owners = Expand::new(Device::OWNERS)
        .search(Search::phrase("a"))
        .skip(5)
        .count()
        .levels(2)
        .all_levels()
        .expand(&[&Expand::new(MANAGER).select(&[&AnyEntity::ID])]);
    assert_eq!(
        ExpandItem::<Device>::expand_item(&owners),
        "owners($search=\"a\";$skip=5;$count=true;$levels=max;$expand=manager($select=id))"
    );
    let plain = Expand::new(Device::OWNERS);
    assert_eq!(ExpandItem::<Device>::expand_item(&plain), "owners");
}
