//! The developers' command line has all commands of Graphwright and additional ones.

use std::process::Command;

#[test]
fn help_lists_shared_and_additional_commands() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("--help")
        .output()
        .expect("the command line starts");
    let help = String::from_utf8_lossy(&output.stdout).into_owned();
    for command in ["gen", "facts", "problems", "diff", "examples", "bench"] {
        let is_listed = help
            .lines()
            .any(|line| line.split_whitespace().next() == Some(command));
        assert!(is_listed, "{command}: {help}");
    }
    assert!(!help.contains("bench-part"), "{help}");
}
