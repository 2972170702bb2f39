//! The least privileged permissions that the script of the site computes, compared with those of the runtime.

use std::io::Write;
use std::process::{Command, Stdio};

use generator::Analysis;
use generator::model::{Account, Api, Grant};
use generator::source::Sources;
use graphwright::runtime::permissions::minimal_set;
use graphwright_report::{Site, State};
use serde_json::{Value, json};

use crate::documentation;

/// Runs the script of the site with an index. Returns the result of each case: the permissions, and the uncovered operations.
const PROGRAM: &str = r#"
const { index, script, cases } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const vm = require("vm");
vm.runInThisContext(index);
vm.runInThisContext(script);
const results = cases.map(([account, operations]) => {
  const { permissions, uncovered } = leastPermissions.leastPrivileges(permissionIndex, account, operations);
  const names = permissions.map((permission) => permissionIndex.permissions[permission][1]);
  return [names, [...uncovered].sort()];
});
console.log(JSON.stringify(results));
"#;

/// Runs the search of the script for requirements with numbers as permissions.
const SEARCH: &str = r#"
const { script, cases } = JSON.parse(require("fs").readFileSync(0, "utf8"));
require("vm").runInThisContext(script);
console.log(JSON.stringify(cases.map((requirements) => leastPermissions.minimalSet(requirements))));
"#;

/// Runs a program with Node.js.
fn run_node(program: &str, input: &Value) -> Vec<Value> {
    let mut node = Command::new("node")
        .args(["-e", program])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node.js starts");
    let mut stdin = node.stdin.take().expect("the input is a pipe");
    stdin
        .write_all(input.to_string().as_bytes())
        .expect("Node.js reads its input");
    drop(stdin);
    let output = node.wait_with_output().expect("Node.js ends");
    assert!(output.status.success(), "node failed");
    serde_json::from_slice(&output.stdout).expect("the program prints a list")
}

/// A sequence of numbers without a pattern, the same in every run.
struct Numbers(u64);

impl Numbers {
    /// Returns a number below a limit.
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1);
        (self.0 >> 33) as usize % limit
    }
}

fn script(site: &Site) -> String {
    site.render("assets/permissions.js")
        .expect("the site has the script")
}

/// Computes the permissions and the uncovered operations with the runtime.
fn expected(api: &Api, account: Account, operations: &[usize]) -> Value {
    let mut requirements: Vec<Vec<Vec<&str>>> = Vec::new();
    let mut uncovered = ["depends on a condition", "not stated", "not supported"]
        .map(|reason| (reason, Vec::new()));
    for operation in operations {
        let reason = match api.operations[*operation].permissions.grant(account) {
            Grant::AnyOf(sets) => {
                let sets = sets.sets.iter();
                requirements.push(
                    sets.map(|set| set.iter().map(String::as_str).collect())
                        .collect(),
                );
                continue;
            }
            Grant::Conditional => 0,
            Grant::Unstated => 1,
            Grant::NotSupported => 2,
        };
        uncovered[reason].1.push(*operation);
    }
    let uncovered = uncovered
        .iter()
        .filter(|(_, operations)| !operations.is_empty());
    json!([minimal_set(&requirements), uncovered.collect::<Vec<_>>()])
}

#[track_caller]
fn check(sources: Sources, analysis: Analysis) {
    let apis: Vec<Api> = analysis.model.apis.to_vec();
    let site = Site::new(State::new("state", sources, analysis));
    let mut numbers = Numbers(17);
    for api in apis {
        let mut cases = Vec::new();
        for size in (1..=30).chain([45, 60, 100, 200]).cycle().take(102) {
            let operations = (0..size).map(|_| numbers.below(api.operations.len()));
            let mut operations: Vec<usize> = operations.collect();
            operations.sort_unstable();
            operations.dedup();
            cases.extend((0..Account::ALL.len()).map(|account| (account, operations.clone())));
        }
        let path = format!("{}/permissions/operations.js", api.version.name());
        let index = site.render(&path).expect("the site has the index");
        let input = json!({"index": index, "script": script(&site), "cases": cases});
        let results = run_node(PROGRAM, &input);
        assert_eq!(results.len(), cases.len());
        for (result, (account, operations)) in results.iter().zip(cases) {
            let expected = expected(&api, Account::ALL[account], &operations);
            assert_eq!(
                *result, expected,
                "{path}, account {account}, operations {operations:?}"
            );
        }
    }
}

#[test]
#[cfg_attr(not(node), ignore = "needs Node.js")]
fn script_computes_the_permissions_of_the_runtime_for_own_pages() {
    check(documentation::own_sources(), documentation::own());
}

#[test]
#[cfg_attr(
    not(all(real_docs, node)),
    ignore = "needs GRAPHWRIGHT_DOCS and Node.js"
)]
fn script_computes_the_permissions_of_the_runtime_for_real_pages() {
    check(
        documentation::real_sources("2021-07"),
        documentation::real(),
    );
}

/// Random alternatives have more ties and more optional permissions than documented ones.
#[test]
#[cfg_attr(not(node), ignore = "needs Node.js")]
fn script_computes_the_permissions_of_the_runtime_for_random_requirements() {
    let names: Vec<String> = (0..40).map(|number| format!("p{number:02}")).collect();
    let mut numbers = Numbers(4);
    let mut list = |limit: usize, at_least: usize| -> Vec<usize> {
        let length = at_least + numbers.below(limit);
        (0..length).map(|_| numbers.below(40)).collect()
    };
    let cases: Vec<Vec<Vec<Vec<usize>>>> = (0..150)
        .map(|case| {
            let requirement = |_: usize| list(4, 0).iter().map(|_| list(2, 1)).collect();
            (0..case % 30).map(requirement).collect()
        })
        .collect();
    let site = Site::new(State::new(
        "state",
        documentation::own_sources(),
        documentation::own(),
    ));
    let input = json!({"script": script(&site), "cases": cases});
    let results = run_node(SEARCH, &input);
    assert_eq!(results.len(), cases.len());
    for (result, requirements) in results.iter().zip(&cases) {
        let to_names = |set: &Vec<usize>| set.iter().map(|place| names[*place].as_str()).collect();
        let named: Vec<Vec<Vec<&str>>> = requirements
            .iter()
            .map(|alternatives| alternatives.iter().map(to_names).collect())
            .collect();
        let expected = minimal_set(&named);
        let indexes = result.as_array().unwrap().iter();
        let indexes = indexes.map(|index| index.as_u64().unwrap() as usize);
        let result: Vec<&str> = indexes.map(|index| names[index].as_str()).collect();
        assert_eq!(result, expected, "{requirements:?}");
    }
}
