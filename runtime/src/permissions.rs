//! What an app has to ask for. In: the operations it calls. Out: for each kind of account the smallest set of permissions
//! with which it can call all of them.

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::fmt;

use crate::request::{Grant, Operation};

/// What an app has to ask for, by kind of account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Least {
    /// Delegated, with a work or school account.
    pub delegated_work: Needed,
    /// Delegated, with a personal Microsoft account.
    pub delegated_personal: Needed,
    /// An application without a user.
    pub application: Needed,
}

/// What one kind of account needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needed {
    /// The permissions, sorted by name: enough for all operations but those below.
    pub permissions: Vec<&'static str>,
    /// Operations that this kind of account cannot call.
    pub not_supported: Vec<Operation>,
    /// Operations of which the documentation says nothing.
    pub not_stated: Vec<Operation>,
}

/// The smallest set of permissions for an app that calls these operations. Each is one that the documentation names as the
/// least privileged for some of them, and none is there whose operations can be called with the others.
///
/// ```
/// use graphwright_runtime::{Method, Operation, permissions};
///
/// const LIST: Operation =
///     Operation::new(Method::Get, "/users", "", "User.ReadBasic.All, User.Read.All, User.ReadWrite.All", "not supported", "User.Read.All");
/// const UPDATE: Operation =
///     Operation::new(Method::Patch, "/users/{id}", "", "User.ReadWrite.All", "", "User.ReadWrite.All");
///
/// let least = permissions::least(&[LIST]);
/// assert_eq!(least.delegated_work.permissions, ["User.ReadBasic.All"]);
/// assert_eq!(least.delegated_personal.not_supported, [LIST]);
/// // What is needed for the one is enough for the other.
/// let least = permissions::least(&[LIST, UPDATE]);
/// assert_eq!(least.delegated_work.permissions, ["User.ReadWrite.All"]);
/// ```
pub fn least(operations: &[impl Borrow<Operation>]) -> Least {
    let operations: Vec<Operation> = operations.iter().map(|one| *one.borrow()).collect();
    Least {
        delegated_work: needed(&operations, |of| of.permissions.delegated_work),
        delegated_personal: needed(&operations, |of| of.permissions.delegated_personal),
        application: needed(&operations, |of| of.permissions.application),
    }
}

fn needed(operations: &[Operation], grant: impl Fn(&Operation) -> Grant) -> Needed {
    let mut needed = Needed::default();
    let mut needs = Vec::new();
    for operation in operations {
        let grant = grant(operation);
        if grant.is_supported() {
            needs.push(grant.sets().map(|set| set.names().collect()).collect());
        } else if grant.is_stated() {
            needed.not_supported.push(*operation);
        } else {
            needed.not_stated.push(*operation);
        }
    }
    needed.permissions = smallest(&needs);
    needed
}

impl fmt::Display for Needed {
    /// The names with commas between them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.permissions.join(", "))
    }
}

/// How many permissions are tried in all combinations; beyond it the first way that is found will do.
const TRIED: usize = 12;

/// The smallest set that meets all needs. A need is met by any one of its sets, which stand in order, the least privileged
/// first. Where no set is needed, a need is met by nothing.
///
/// ```
/// use graphwright_runtime::permissions::smallest;
///
/// let needs = [vec![vec!["Read"], vec!["Write"]], vec![vec!["Write"]], vec![vec!["Mail", "Send"], vec!["All"]]];
/// assert_eq!(smallest(&needs), ["Mail", "Send", "Write"]);
/// ```
pub fn smallest<'p>(needs: &[Vec<Vec<&'p str>>]) -> Vec<&'p str> {
    let least = |need: &Vec<Vec<&'p str>>| need.first().cloned().unwrap_or_default();
    let pool: BTreeSet<&str> = needs.iter().flat_map(least).collect();
    let without = |name: &str| pool.iter().copied().filter(|held| *held != name).collect();
    let (needed, others): (Vec<&str>, Vec<&str>) =
        pool.iter().partition(|name| !meets(&without(name), needs));
    let chosen = match others.len() {
        0..=TRIED => fewest(&needed, &others, needs),
        _ => first_found(&pool, &others, needs),
    };
    chosen.into_iter().collect()
}

fn meets(held: &BTreeSet<&str>, needs: &[Vec<Vec<&str>>]) -> bool {
    let is_held = |set: &Vec<&str>| set.iter().all(|name| held.contains(name));
    needs
        .iter()
        .all(|need| need.is_empty() || need.iter().any(is_held))
}

/// All that is needed, and as few of the others as will do; of several ways, that in which most needs are met by the least
/// privileged of their sets.
fn fewest<'p>(
    needed: &[&'p str],
    others: &[&'p str],
    needs: &[Vec<Vec<&'p str>>],
) -> BTreeSet<&'p str> {
    let with = |mask: u32| -> BTreeSet<&'p str> {
        let chosen = others.iter().enumerate();
        let chosen = chosen.filter(|(index, _)| mask & (1 << index) != 0);
        needed
            .iter()
            .copied()
            .chain(chosen.map(|(_, name)| *name))
            .collect()
    };
    let met_by_least = |held: &BTreeSet<&str>| {
        let firsts = needs.iter().filter_map(|need| need.first());
        firsts
            .filter(|set| set.iter().all(|name| held.contains(name)))
            .count()
    };
    let ways = (0..1_u32 << others.len()).map(|mask| (mask.count_ones(), with(mask)));
    ways.filter(|(_, held)| meets(held, needs))
        .min_by_key(|(count, held)| (*count, std::cmp::Reverse(met_by_least(held))))
        .map(|(_, held)| held)
        .expect("all together meet every need, as each is met by its first set")
}

/// Leaves out one after the other as long as all needs are met.
fn first_found<'p>(
    pool: &BTreeSet<&'p str>,
    others: &[&'p str],
    needs: &[Vec<Vec<&'p str>>],
) -> BTreeSet<&'p str> {
    let mut held = pool.clone();
    for name in others {
        held.remove(name);
        if !meets(&held, needs) {
            held.insert(name);
        }
    }
    held
}

#[cfg(test)]
mod tests {
    use super::smallest;

    /// Needs with semicolons between them, sets with commas, names with plus signs.
    fn check(needs: &str, expected: &[&str]) {
        let sets = |need: &'static str| {
            need.split(',')
                .map(|set| set.split('+').collect())
                .collect()
        };
        let text: &'static str = Box::leak(needs.to_owned().into_boxed_str());
        let needs: Vec<_> = text.split(';').map(sets).collect();
        assert_eq!(smallest(&needs), expected, "{text}");
    }

    #[test]
    fn the_least_of_each_is_enough_unless_others_are_needed() {
        assert!(smallest(&[]).is_empty());
        assert!(smallest(&[vec![]]).is_empty());
        check("read,write", &["read"]);
        check("read,write;write", &["write"]);
        check("a,all;b,all", &["a", "b"]);
        check("a,all;b,all;all", &["all"]);
        check("a+b,c", &["a", "b"]);
        check("a+b,c;c", &["c"]);
        check("a+b;a;b+c,a", &["a", "b"]);
        // `b` or `c` would do for the last two; `b` is the least for one more.
        check("a;b,c;c,b;b,c", &["a", "b"]);
    }

    #[test]
    fn many_are_still_met() {
        let names: Vec<String> = (10..50).map(|number| format!("p{number}")).collect();
        // Each need can be met by the next one's as well.
        let needs: Vec<Vec<Vec<&str>>> = (0..40)
            .map(|index| {
                vec![
                    vec![names[index].as_str()],
                    vec![names[(index + 1) % 40].as_str()],
                ]
            })
            .collect();
        let held = smallest(&needs);
        assert!(held.len() <= 21, "{held:?}");
        let is_met = |need: &Vec<Vec<&str>>| need.iter().any(|set| held.contains(&set[0]));
        assert!(needs.iter().all(is_met));
    }
}
