//! The help text of the program: the commands in groups, and examples. Also prints shell completions and the man page.

use std::fmt::Write as _;

use clap::{Command, CommandFactory};
use clap_complete::Shell;

use crate::{Arguments, Outcome, terminal};

/// The commands by what they are used for, in the order of the help text.
const GROUPS: [(&str, &[&str]); 4] = [
    (
        "Generate a library",
        &["init", "docs", "areas", "gen", "diff"],
    ),
    ("Use the API", &["permissions", "serve", "export"]),
    (
        "Check the documentation",
        &[
            "lint", "lsp", "report", "problems", "facts", "explain", "ledger",
        ],
    ),
    ("Shell", &["completions", "man"]),
];

/// Examples below the list of commands.
const EXAMPLES: &str = "\
Examples:
  graphwright init my-graph                      Start a project in a new folder
  graphwright docs pull                          Download the documentation
  graphwright gen --include '/users/**'          Generate the types and requests below /users
  graphwright permissions --for 'GET /users/*'   Print the permissions that requests need
";

/// Adds the list of commands in groups to the help text of the program. Commands that no group names come last.
pub fn with_groups(command: Command) -> Command {
    let list = command_list(&command);
    command.help_template(format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{list}Options:\n{{options}}\n\n{EXAMPLES}"
    ))
}

fn command_list(command: &Command) -> String {
    let mut rest: Vec<&Command> = command
        .get_subcommands()
        .filter(|command| !command.is_hide_set())
        .collect();
    let mut text = String::new();
    for (title, names) in GROUPS {
        let mut group = Vec::new();
        for name in names {
            if let Some(index) = rest.iter().position(|command| command.get_name() == *name) {
                group.push(rest.remove(index));
            }
        }
        write_group(&mut text, title, &group);
    }
    write_group(&mut text, "Other commands", &rest);
    text
}

fn write_group(text: &mut String, title: &str, commands: &[&Command]) {
    if commands.is_empty() {
        return;
    }
    let mut line = |name: &str, about: &str| {
        writeln!(text, "{name}{about}").expect("writing to a string does not fail");
    };
    line(title, ":");
    for command in commands {
        let about = command
            .get_about()
            .map(ToString::to_string)
            .unwrap_or_default();
        line(&format!("  {:<13}", command.get_name()), &about);
    }
    line("", "");
}

/// Prints the completion script of a shell.
pub(crate) fn print_completions(shell: Shell) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "graphwright", &mut script);
    terminal::print_document(&String::from_utf8_lossy(&script));
    Ok(Outcome::Clean)
}

/// Prints the man page.
pub(crate) fn print_man_page() -> anyhow::Result<Outcome> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut page)?;
    terminal::print_document(&String::from_utf8_lossy(&page));
    Ok(Outcome::Clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_in_a_group() {
        let list = command_list(&Arguments::command());
        assert!(!list.contains("Other commands"), "{list}");
        for (_, names) in GROUPS {
            for name in names {
                assert!(
                    list.contains(&format!("\n  {name} ")),
                    "{name} is no command"
                );
            }
        }
    }
}
