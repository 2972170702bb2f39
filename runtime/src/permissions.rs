//! Computes the permissions that an app has to request: for each account type, the smallest set of permissions that is
//! sufficient for all operations the app calls.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt;

use crate::request::{Grant, Operation};

/// The permissions that an app has to request, by account type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeastPrivileges {
    /// Delegated permissions, for work or school accounts.
    pub delegated_work: RequiredPermissions,
    /// Delegated permissions, for personal Microsoft accounts.
    pub delegated_personal: RequiredPermissions,
    /// Application permissions.
    pub application: RequiredPermissions,
}

/// The permissions that an app has to request for one account type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequiredPermissions {
    /// The permissions, sorted by name. Sufficient for all operations except those listed in the other fields.
    pub permissions: Vec<&'static str>,
    /// The operations that do not support this account type.
    pub not_supported: Vec<Operation>,
    /// The operations whose permissions are not documented.
    pub not_stated: Vec<Operation>,
    /// The operations whose permissions depend on a condition that the path does not decide; see
    /// [`Permissions::conditional`](crate::Permissions::conditional).
    pub conditional: Vec<Operation>,
}

/// Returns the smallest sets of permissions for an app that calls `operations`. Every permission in a set is documented as the
/// least privileged one for some of the operations, and no permission can be left out.
///
/// ```
/// use graphwright_runtime::{Method, Operation, permissions};
///
/// const LIST: Operation =
///     Operation::new(Method::Get, "/users", "", "User.ReadBasic.All, User.Read.All, User.ReadWrite.All", "not supported", "User.Read.All");
/// const UPDATE: Operation =
///     Operation::new(Method::Patch, "/users/{id}", "", "User.ReadWrite.All", "", "User.ReadWrite.All");
///
/// let permissions = permissions::least_privileges(&[LIST]);
/// assert_eq!(permissions.delegated_work.permissions, ["User.ReadBasic.All"]);
/// assert_eq!(permissions.delegated_personal.not_supported, [LIST]);
/// // The permission required by one operation is sufficient for the other.
/// let permissions = permissions::least_privileges(&[LIST, UPDATE]);
/// assert_eq!(permissions.delegated_work.permissions, ["User.ReadWrite.All"]);
/// ```
pub fn least_privileges(operations: &[impl Borrow<Operation>]) -> LeastPrivileges {
    let operations: Vec<Operation> = operations
        .iter()
        .map(|operation| *operation.borrow())
        .collect();
    LeastPrivileges {
        delegated_work: required_permissions(&operations, |operation| {
            operation.permissions.delegated_work
        }),
        delegated_personal: required_permissions(&operations, |operation| {
            operation.permissions.delegated_personal
        }),
        application: required_permissions(&operations, |operation| {
            operation.permissions.application
        }),
    }
}

fn required_permissions(
    operations: &[Operation],
    grant: impl Fn(&Operation) -> Grant,
) -> RequiredPermissions {
    let mut required = RequiredPermissions::default();
    let mut alternatives = Vec::new();
    for operation in operations {
        let grant = grant(operation);
        if grant.is_supported() {
            alternatives.push(grant.sets().map(|set| set.names().collect()).collect());
        } else if grant == Grant::CONDITIONAL {
            required.conditional.push(*operation);
        } else if grant.is_stated() {
            required.not_supported.push(*operation);
        } else {
            required.not_stated.push(*operation);
        }
    }
    required.permissions = minimal_set(&alternatives);
    required
}

impl fmt::Display for RequiredPermissions {
    /// Formats the names, separated by commas.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.permissions.join(", "))
    }
}

/// Up to this number of optional permissions, all combinations are tried. Beyond it, a greedy search is used.
const EXHAUSTIVE_LIMIT: usize = 12;

/// Returns the smallest set of permissions that satisfies all requirements. A requirement is a list of alternative sets, the
/// least privileged first, any of which satisfies it; an empty list is always satisfied.
///
/// ```
/// use graphwright_runtime::permissions::minimal_set;
///
/// let requirements =
///     [vec![vec!["Read"], vec!["Write"]], vec![vec!["Write"]], vec![vec!["Mail", "Send"], vec!["All"]]];
/// assert_eq!(minimal_set(&requirements), ["Mail", "Send", "Write"]);
/// ```
pub fn minimal_set<'p>(requirements: &[Vec<Vec<&'p str>>]) -> Vec<&'p str> {
    let candidates: BTreeSet<&str> = requirements
        .iter()
        .filter_map(|alternatives| alternatives.first())
        .flatten()
        .copied()
        .collect();
    let is_optional = |name: &&str| {
        let others = candidates.iter().copied().filter(|other| other != name);
        is_sufficient(&others.collect(), requirements)
    };
    let (optional, required): (Vec<&str>, Vec<&str>) =
        candidates.iter().partition(|name| is_optional(name));
    let set = match optional.len() {
        0..=EXHAUSTIVE_LIMIT => exhaustive_search(&required, &optional, requirements),
        _ => greedy_search(&candidates, &optional, requirements),
    };
    set.into_iter().collect()
}

fn is_sufficient(granted: &BTreeSet<&str>, requirements: &[Vec<Vec<&str>>]) -> bool {
    requirements.iter().all(|alternatives| {
        alternatives.is_empty() || alternatives.iter().any(|set| is_granted(set, granted))
    })
}

fn is_granted(set: &[&str], granted: &BTreeSet<&str>) -> bool {
    set.iter().all(|name| granted.contains(name))
}

/// Returns the required permissions and as few of the optional ones as possible. Among sets of equal size, prefers the one
/// that satisfies most requirements by their least privileged alternative.
fn exhaustive_search<'p>(
    required: &[&'p str],
    optional: &[&'p str],
    requirements: &[Vec<Vec<&'p str>>],
) -> BTreeSet<&'p str> {
    let combination = |mask: u32| -> BTreeSet<&'p str> {
        let chosen = optional
            .iter()
            .enumerate()
            .filter(|(index, _)| mask & (1 << index) != 0)
            .map(|(_, name)| name);
        required.iter().chain(chosen).copied().collect()
    };
    let least_privileged_count = |granted: &BTreeSet<&str>| {
        requirements
            .iter()
            .filter_map(|alternatives| alternatives.first())
            .filter(|set| is_granted(set, granted))
            .count()
    };
    (0..1_u32 << optional.len())
        .map(|mask| (mask.count_ones(), combination(mask)))
        .filter(|(_, granted)| is_sufficient(granted, requirements))
        .min_by_key(|(count, granted)| (*count, Reverse(least_privileged_count(granted))))
        .map(|(_, granted)| granted)
        .expect("all candidates together satisfy every requirement by its first alternative")
}

/// Removes optional permissions one by one as long as the rest is sufficient.
fn greedy_search<'p>(
    candidates: &BTreeSet<&'p str>,
    optional: &[&'p str],
    requirements: &[Vec<Vec<&'p str>>],
) -> BTreeSet<&'p str> {
    let mut granted = candidates.clone();
    for name in optional {
        granted.remove(name);
        if !is_sufficient(&granted, requirements) {
            granted.insert(name);
        }
    }
    granted
}

#[cfg(test)]
mod tests {
    use super::minimal_set;

    /// Requirements are separated by semicolons, alternatives by commas, permissions by plus signs.
    fn check(requirements: &str, expected: &[&str]) {
        let sets = |requirement: &'static str| {
            requirement
                .split(',')
                .map(|set| set.split('+').collect())
                .collect()
        };
        let text: &'static str = Box::leak(requirements.to_owned().into_boxed_str());
        let requirements: Vec<_> = text.split(';').map(sets).collect();
        assert_eq!(minimal_set(&requirements), expected, "{text}");
    }

    #[test]
    fn prefers_least_privileged_permissions() {
        assert!(minimal_set(&[]).is_empty());
        assert!(minimal_set(&[vec![]]).is_empty());
        check("read,write", &["read"]);
        check("read,write;write", &["write"]);
        check("a,all;b,all", &["a", "b"]);
        check("a,all;b,all;all", &["all"]);
        check("a+b,c", &["a", "b"]);
        check("a+b,c;c", &["c"]);
        check("a+b;a;b+c,a", &["a", "b"]);
        // Both `b` and `c` satisfy the last two; `b` is the least privileged for one more.
        check("a;b,c;c,b;b,c", &["a", "b"]);
    }

    #[test]
    fn satisfies_many_requirements() {
        let names: Vec<String> = (10..50).map(|number| format!("p{number}")).collect();
        // Each requirement is also satisfied by the first permission of the next one.
        let requirements: Vec<Vec<Vec<&str>>> = (0..40)
            .map(|index| {
                vec![
                    vec![names[index].as_str()],
                    vec![names[(index + 1) % 40].as_str()],
                ]
            })
            .collect();
        let granted = minimal_set(&requirements);
        assert!(granted.len() <= 21, "{granted:?}");
        let is_satisfied =
            |requirement: &Vec<Vec<&str>>| requirement.iter().any(|set| granted.contains(&set[0]));
        assert!(requirements.iter().all(is_satisfied));
    }
}
