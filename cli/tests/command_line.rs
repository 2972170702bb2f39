//! The command line as users run it: exit codes, output, and messages that name the file and the line.

mod program;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use program::run;

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A folder with one page that defines one complex type.
fn docs() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be created");
    let resources = folder.path().join("docs/v1.0/resources");
    fs::create_dir_all(&resources).expect("a folder can be created");
    fs::write(
        resources.join("shelf.md"),
        page("|height|Int32|Height in centimetres.|\n"),
    )
    .expect("a page can be written");
    folder
}

fn page(rows: &str) -> String {
    format!(
        "---\ntitle: \"shelf resource type\"\ndoc_type: resourcePageType\n---\n\n# shelf resource type\n\nNamespace: \
         microsoft.graph\n\nA board on a wall.\n\n## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n{rows}\n"
    )
}

#[test]
fn gen_writes_a_crate_that_check_accepts() {
    let docs = docs();
    let generated = run(docs.path(), &["gen", "--docs", "docs", "--out", "out"]);
    assert_eq!(generated.code, Some(0), "{}", generated.err);
    assert!(
        generated
            .out
            .contains("1 (0 operation, 1 resource, 0 enum, 0 conceptual)"),
        "{}",
        generated.out
    );
    assert!(docs.path().join("out/Cargo.toml").is_file());
    assert_eq!(
        run(
            docs.path(),
            &["gen", "--docs", "docs", "--out", "out", "--check"]
        )
        .code,
        Some(0)
    );

    let again = run(docs.path(), &["gen", "--docs", "docs", "--out", "out"]);
    assert!(
        again.out.contains("files     0 written, 0 removed"),
        "{}",
        again.out
    );
}

#[test]
fn check_names_stale_missing_and_orphan_files() {
    let docs = docs();
    let hook = page("|width|Int32|Width in centimetres.|\n").replace("shelf", "hook");
    fs::write(docs.path().join("docs/v1.0/resources/hook.md"), hook)
        .expect("a page can be written");
    run(docs.path(), &["gen", "--docs", "docs", "--out", "out"]);
    let src = docs.path().join("out/src");
    let lib = fs::read_to_string(src.join("lib.rs")).expect("the crate has a root");
    fs::write(src.join("lib.rs"), format!("{lib}\n// edited\n")).expect("a file can be edited");
    fs::write(src.join("foreign.rs"), &lib).expect("a file can be written");
    let hook = docs.path().join("docs/v1.0/resources/hook.md");
    fs::remove_file(&hook).expect("a page can be removed");
    fs::remove_file(docs.path().join("out/Cargo.toml")).expect("a file can be removed");
    let check = run(
        docs.path(),
        &["gen", "--docs", "docs", "--out", "out", "--check"],
    );
    assert_eq!(check.code, Some(1));
    for word in [
        "stale: out/src/lib.rs",
        "orphan: out/src/v1_0/",
        "missing: out/Cargo.toml",
    ] {
        assert!(check.err.contains(word), "{word} is not in {}", check.err);
    }
    run(docs.path(), &["gen", "--docs", "docs", "--out", "out"]);
    assert!(
        src.join("foreign.rs").exists(),
        "a file of the user was removed"
    );
    assert_eq!(
        run(
            docs.path(),
            &["gen", "--docs", "docs", "--out", "out", "--check"]
        )
        .code,
        Some(0)
    );
}

#[test]
fn new_row_changes_only_the_file_of_its_type() {
    let docs = docs();
    run(docs.path(), &["gen", "--docs", "docs", "--out", "out"]);
    let rows = "|height|Int32|Height in centimetres.|\n|boards|Int32|How many boards it has.|\n";
    fs::write(docs.path().join("docs/v1.0/resources/shelf.md"), page(rows))
        .expect("a page can be written");
    let generated = run(docs.path(), &["gen", "--docs", "docs", "--out", "out"]);
    // The second file is `graphwright.lock`.
    assert!(
        generated.out.contains("files     2 written, 0 removed"),
        "{}",
        generated.out
    );
    let text = all_text(&docs.path().join("out/src"));
    assert!(
        text.contains("/// How many boards it has."),
        "the description is not in the output"
    );
    assert!(
        text.contains("pub boards: "),
        "the field is not in the output"
    );
}

fn all_text(folder: &Path) -> String {
    let entries = fs::read_dir(folder).expect("the output can be listed");
    let texts = entries.map(|entry| {
        let path = entry.expect("the output can be listed").path();
        if path.is_dir() {
            all_text(&path)
        } else {
            fs::read_to_string(path).expect("the output is UTF-8")
        }
    });
    texts.collect()
}

#[test]
fn error_names_the_invalid_input() {
    let docs = docs();
    let missing = run(docs.path(), &["gen", "--docs", "nowhere"]);
    assert_eq!(missing.code, Some(1));
    assert!(
        missing.err.contains("nowhere: no such folder"),
        "{}",
        missing.err
    );

    fs::create_dir(docs.path().join("empty")).expect("a folder can be created");
    let empty = run(docs.path(), &["gen", "--docs", "empty"]);
    assert_eq!(empty.code, Some(1));
    assert!(empty.err.contains("empty: no pages found"), "{}", empty.err);

    fs::write(
        docs.path().join("docs/v1.0/resources/bad.md"),
        b"# bad\n\nfine \xff not",
    )
    .expect("a page can be written");
    let broken = run(docs.path(), &["gen", "--docs", "docs", "--out", "out"]);
    assert_eq!(broken.code, Some(1));
    assert!(
        broken.err.contains("v1.0/resources/bad.md:3:6: not UTF-8"),
        "{}",
        broken.err
    );
    assert!(!docs.path().join("out").exists(), "something was written");
}

#[test]
fn files_that_were_not_generated_are_not_overwritten() {
    let docs = docs();
    fs::create_dir_all(docs.path().join("mine/src")).expect("a folder can be created");
    fs::write(docs.path().join("mine/src/lib.rs"), "// mine").expect("a file can be written");
    let refused = run(docs.path(), &["gen", "--docs", "docs", "--out", "mine"]);
    assert_eq!(refused.code, Some(1));
    assert!(
        refused
            .err
            .contains("mine: neither empty nor written by an earlier run"),
        "{}",
        refused.err
    );
    assert!(
        !docs.path().join("mine/Cargo.toml").exists(),
        "something was written"
    );
}

#[test]
fn usage_errors_exit_with_2() {
    for arguments in [
        &["gen", "--api", "v2.0"][..],
        &["nothing"],
        &["facts"],
        &["gen", "--jobs", "many"],
    ] {
        assert_eq!(run(&project(), arguments).code, Some(2), "{arguments:?}");
    }
    let help = run(&project(), &["--help"]);
    assert_eq!(help.code, Some(0));
    assert!(help.out.contains("gen"), "{}", help.out);
}

#[test]
fn facts_prints_json() {
    let docs = docs();
    let facts = run(
        docs.path(),
        &["facts", "docs/v1.0/resources/shelf.md", "--format", "json"],
    );
    assert_eq!(facts.code, Some(0), "{}", facts.err);
    let value: serde_json::Value = serde_json::from_str(&facts.out).expect("facts print as JSON");
    let row = &value["properties"][0];
    assert_eq!(row["name"], "height");
    assert_eq!(row["type"], "Int32");
    assert_eq!(row["collection"], false);
    assert_eq!(row["line"], 15);
}

#[test]
fn problem_codes_are_explained() {
    let all = run(&project(), &["problems", "--explain", "all"]);
    assert_eq!(all.code, Some(0));
    assert!(all.out.contains("GW1001"), "{}", all.out);
    let unknown = run(&project(), &["problems", "--explain", "GW0000"]);
    assert_eq!(unknown.code, Some(1));
    assert!(
        unknown.err.contains("GW0000: unknown problem code"),
        "{}",
        unknown.err
    );
}

#[test]
fn permissions_prints_the_smallest_set() {
    let arguments = [
        "permissions",
        "--api",
        "v1.0",
        "--for",
        "GET /deviceManagement/managedDevices",
        "--for",
        "PATCH /deviceManagement/complianceManagementPartners/*",
    ];
    let printed = run(&project(), &arguments);
    assert_eq!(printed.code, Some(0), "{}", printed.err);
    let set = "  DeviceManagementManagedDevices.Read.All\n  DeviceManagementServiceConfig.ReadWrite.All\n";
    let expected = format!(
        "v1.0: 2 operations\n  \
         PATCH /deviceManagement/complianceManagementPartners/{{complianceManagementPartnerId}}\n  \
         GET /deviceManagement/managedDevices\n\n\
         delegated, work or school account:\n{set}\n\
         delegated, personal account:\n  not supported\n\n\
         application:\n{set}"
    );
    assert_eq!(printed.out, expected);

    let conditional = run(
        &project(),
        &["permissions", "--for", "POST /groups/*/members/$ref"],
    );
    let alternatives = "  depending on a condition\n    \
         device: GroupMember.ReadWrite.All and Device.ReadWrite.All\n    \
         user: GroupMember.ReadWrite.All and User.ReadBasic.All\n";
    assert_eq!(
        conditional.out,
        format!(
            "v1.0: 1 operation\n  POST /groups/{{group-id}}/members/$ref\n\n\
             delegated, work or school account:\n{alternatives}\n\
             delegated, personal account:\n  not supported\n\n\
             application:\n{alternatives}\n\
             roles of the signed-in user, one for each operation that names roles:\n  Groups Administrator\n  User Administrator\n"
        )
    );

    let nothing = run(&project(), &["permissions", "--for", "/nothing/**"]);
    assert_eq!(nothing.code, Some(1));
    assert!(
        nothing.err.contains("/nothing/**: no operation"),
        "{}",
        nothing.err
    );
}

#[test]
fn version_names_the_commit() {
    let version = run(&project(), &["--version"]).out;
    let (name, rest) = version.split_once(' ').expect("a name and a version");
    assert_eq!(name, "graphwright");
    assert!(rest.starts_with(env!("CARGO_PKG_VERSION")), "{version}");
}

#[test]
fn patterns_that_match_nothing_are_errors() {
    let docs = docs();
    let check = |option: &str, pattern: &str, expected: &str| {
        let refused = run(
            docs.path(),
            &["gen", "--docs", "docs", "--out", "out", option, pattern],
        );
        assert_eq!(refused.code, Some(1), "{pattern}");
        assert!(refused.err.contains(expected), "{}", refused.err);
        assert!(
            !docs.path().join("out/src").exists(),
            "something was written"
        );
    };
    check(
        "--include",
        "nosucharea",
        "--include nosucharea: matches no",
    );
    check(
        "--include",
        "microsoft.graph.shelv",
        "did you mean `microsoft.graph.shelf`?",
    );
    check(
        "--exclude",
        "/shelves/**",
        "--exclude /shelves/**: matches no",
    );
}

#[test]
fn output_in_the_documentation_folder_is_refused() {
    let docs = docs();
    for out in ["docs", "docs/out", "docs/../docs/v1.0/new"] {
        let refused = run(docs.path(), &["gen", "--docs", "docs", "--out", out]);
        assert_eq!(refused.code, Some(1), "{out}");
        assert!(
            refused.err.contains("inside the documentation folder"),
            "{}",
            refused.err
        );
    }
}

#[test]
fn closed_pipes_end_the_program_quietly() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_graphwright"))
        .args(["problems", "--explain", "all"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the command line starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the command line ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn control_characters_of_pages_are_not_printed() {
    let docs = docs();
    let rows =
        "|height|\u{1b}[31mInt\u{202e}|\u{9b}2J\u{7}High.|\n|\u{1b}]0;x\u{7}|String|No name.|\n";
    fs::write(docs.path().join("docs/v1.0/resources/shelf.md"), page(rows))
        .expect("a page can be written");
    let is_control = |letter: char| letter != '\n' && letter != '\t' && letter.is_control();
    for arguments in [
        &["problems", "--docs", "docs"][..],
        &["problems", "--docs", "docs", "--format", "json"],
        &["facts", "docs/v1.0/resources/shelf.md"],
        &["explain", "shelf", "--docs", "docs"],
    ] {
        let printed = run(docs.path(), arguments);
        let text = format!("{}{}", printed.out, printed.err);
        assert!(text.contains("shelf"), "{arguments:?}: {text}");
        assert!(!text.contains(is_control), "{arguments:?}: {text:?}");
        assert!(!text.contains('\u{202e}'), "{arguments:?}: {text:?}");
    }
}

#[test]
fn colors_follow_option_and_environment() {
    let docs = docs();
    fs::write(
        docs.path().join("docs/v1.0/resources/shelf.md"),
        page("|height|Nothing|High.|\n"),
    )
    .expect("a page can be written");
    let has_colors = |variable: &str, color: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_graphwright"))
            .current_dir(docs.path())
            .args(["problems", "--docs", "docs", "--color", color])
            .env_remove("NO_COLOR")
            .env(variable, "1")
            .output()
            .expect("the command line starts");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(text.contains("GW3004"), "{text}");
        text.contains('\u{1b}')
    };
    assert!(!has_colors("UNRELATED", "auto"), "a pipe has no colors");
    assert!(has_colors("UNRELATED", "always"));
    assert!(has_colors("CLICOLOR_FORCE", "auto"));
    assert!(!has_colors("NO_COLOR", "auto"));
    assert!(!has_colors("CLICOLOR_FORCE", "never"));
}

#[test]
fn completions_and_man_page_are_printed() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = run(&project(), &["completions", shell]);
        assert_eq!(script.code, Some(0));
        assert!(script.out.contains("graphwright"), "{shell}");
    }
    let page = run(&project(), &["man"]);
    assert!(page.out.contains(".TH graphwright"), "{}", page.out);
}

#[test]
fn init_starts_a_project() {
    let docs = docs();
    let arguments = [
        "init",
        "--docs",
        "docs",
        "--include",
        "microsoft.graph.shelf",
        "project",
    ];
    let created = run(docs.path(), &arguments);
    assert_eq!(created.code, Some(0), "{}", created.err);
    assert!(created.out.contains("graphwright gen"), "{}", created.out);
    let project = docs.path().join("project");
    let generated = run(&project, &["gen"]);
    assert_eq!(generated.code, Some(0), "{}", generated.err);
    let manifest = fs::read_to_string(project.join("graph/Cargo.toml")).expect("it is generated");
    for line in [
        "name = \"my-graph\"",
        concat!(
            "graphwright-runtime = { version = \"",
            env!("CARGO_PKG_VERSION"),
            "\", default-features = false }"
        ),
    ] {
        assert!(manifest.contains(line), "{manifest}");
    }
    assert!(!manifest.contains("[workspace]"), "{manifest}");
    assert_eq!(run(&project, &["gen", "--check"]).code, Some(0));

    let plain = run(docs.path(), &["init", "plain"]);
    assert_eq!(plain.code, Some(0), "{}", plain.err);
    let ignored = fs::read_to_string(docs.path().join("plain/.gitignore")).expect("it is written");
    assert_eq!(ignored, "/target/\n/docs/\n");

    let again = run(docs.path(), &arguments);
    assert_eq!(again.code, Some(1));
    assert!(
        again.err.contains("the folder is not empty"),
        "{}",
        again.err
    );
}

#[test]
fn configuration_adds_corrections_and_names_errors() {
    let docs = docs();
    let correction = "[[correction]]\npage = \"resources/shelf.md\"\nsubject = \"row\"\nrow = \"height\"\nexpected = \"Int32\"\nbecomes = \"Double\"\nreason = \"For the test.\"\n";
    fs::write(docs.path().join("more.toml"), correction).expect("a file can be written");
    let config = "docs = \"docs\"\nout = \"out\"\ncorrections = [\"more.toml\"]\n";
    fs::write(docs.path().join("graphwright.toml"), config).expect("a file can be written");
    let generated = run(docs.path(), &["gen"]);
    assert_eq!(generated.code, Some(0), "{}", generated.err);
    let text = all_text(&docs.path().join("out/src"));
    assert!(text.contains("pub height: Option<f64>"), "{text}");
    // A changed correction is noticed, although nothing else changed.
    fs::write(
        docs.path().join("more.toml"),
        correction.replace("Double", "Int64"),
    )
    .expect("a file can be written");
    assert_eq!(run(docs.path(), &["gen"]).code, Some(0));
    let text = all_text(&docs.path().join("out/src"));
    assert!(text.contains("pub height: Option<i64>"), "{text}");

    fs::write(
        docs.path().join("graphwright.toml"),
        "docs = \"docs\"\ninlcude = []\n",
    )
    .expect("a file can be written");
    let refused = run(docs.path(), &["gen"]);
    assert_eq!(refused.code, Some(1));
    for words in ["graphwright.toml", "line 2", "unknown field `inlcude`"] {
        assert!(refused.err.contains(words), "{}", refused.err);
    }
}

#[test]
fn areas_lists_sizes_and_the_features_of_a_program() {
    let all = run(&project(), &["areas", "--api", "v1.0"]);
    assert_eq!(all.code, Some(0), "{}", all.err);
    assert!(all.out.contains("  v1_0-intune_devices "), "{}", all.out);
    let program = docs();
    let source = program.path().join("main.rs");
    let code = "fn main() { let groups = client.groups(); groups.by_id(\"x\").members().list(); /* client.device_management() */ }";
    fs::write(&source, code).expect("a file can be written");
    let source = source.display().to_string();
    let used = run(&project(), &["areas", "--api", "v1.0", "--for", &source]);
    assert_eq!(used.code, Some(0), "{}", used.err);
    assert!(
        used.out
            .contains("features = [\"reqwest\", \"v1_0-entra_groups\"]"),
        "{}",
        used.out
    );
    assert!(
        used.out.contains("include = [\"entra_groups\"]"),
        "{}",
        used.out
    );
    let missing = run(&project(), &["areas", "--for", "docs-input"]);
    assert!(
        missing.err.contains("docs-input: no Rust files found"),
        "{}",
        missing.err
    );
}

/// The commands that answer from the model have no answer if most of the documentation cannot be read.
#[test]
fn unreadable_documentation_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder can be created");
    let api = folder.path().join("docs/v1.0/api");
    fs::create_dir_all(&api).expect("a folder can be created");
    for number in 0..12 {
        let page = format!(
            "# Λάμπα {number}\n\n## Δικαιώματα\n|Τύπος|Άδεια|\n|:---|:---|\n|α|β|\n|γ|δ|\n"
        );
        fs::write(api.join(format!("lamp-{number}.md")), page).expect("a page can be written");
    }
    let commands: [&[&str]; 4] = [
        &["gen"],
        &["permissions", "--for", "/lamps"],
        &["serve", "--port", "0"],
        &["report"],
    ];
    for command in commands {
        let run = run(folder.path(), command);
        assert_eq!(run.code, Some(1), "{command:?}: {}", run.err);
        assert!(
            run.err.contains("error[GW2041]"),
            "{command:?}: {}",
            run.err
        );
    }
}
