//! Generates a crate from hundreds of random pages and type-checks it with warnings denied. `GRAPHWRIGHT_SEED` selects other pages.

mod pages;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use generator::emit::{ManifestSettings, Package, RuntimeSource};
use generator::resolve::Corrections;
use generator::source::{Source, Sources};
use generator::{Progress, Selection, Settings};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// The number of pages in one crate.
const PAGES: usize = 500;

struct Silent;

impl Progress for Silent {
    fn page_read(&self) {}
}

#[test]
fn random_pages_give_a_crate_that_compiles() {
    let seed =
        env::var("GRAPHWRIGHT_SEED").map_or(0, |seed| seed.parse().expect("the seed is a number"));
    let sources = Sources::new(random_pages(seed));
    let settings = Settings {
        corrections: &Corrections::default(),
        selection: Selection::default(),
        manifest: ManifestSettings::Package(Box::new(Package {
            runtime: RuntimeSource::Path(root().join("runtime").display().to_string()),
            ..Package::default()
        })),
    };
    let generated = generator::generate(&sources, &settings, &Silent);
    let operations: usize = generated
        .analysis
        .model
        .apis
        .iter()
        .map(|api| api.operations.len())
        .sum();
    assert!(operations > PAGES / 2, "only {operations} operations");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("random-{seed}"));
    drop(fs::remove_dir_all(&folder));
    for page in sources.iter().map(|(_, source)| source) {
        write(&folder.join("pages").join(&page.path), &page.text);
    }
    for file in &generated.files {
        let denied = if file.path == "Cargo.toml" {
            "\n[lints.rust]\nwarnings = \"deny\"\n"
        } else {
            ""
        };
        write(&folder.join(&file.path), &format!("{}{denied}", file.text));
    }
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))
        .expect("the project has a lock file");
    let output = Command::new(env!("CARGO"))
        .args(["check", "--all-targets", "--offline", "--quiet"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", target())
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "in {}:\n{errors}",
        folder.display()
    );
}

fn random_pages(seed: u64) -> Vec<Source> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let strategy = pages::page();
    let pages = (0..PAGES).map(|index| {
        let tree = strategy.new_tree(&mut runner).expect("no page is rejected");
        let (path, text) = tree.current();
        let version = if index % 8 == 7 { "beta" } else { "v1.0" };
        Source {
            path: format!("{version}/{path}-{index}.md"),
            text,
        }
    });
    pages.collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests are a folder of the project")
        .to_owned()
}

/// The target folder of the workspace, whose dependencies are compiled already.
fn target() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("the folder for tests is in the target folder")
}

fn write(path: &Path, text: &str) {
    let folder = path.parent().expect("every file is in a folder");
    fs::create_dir_all(folder).expect("folders can be created");
    fs::write(path, text).expect("files can be written");
}
