//! The same pages give the same bytes, whatever the order of files and the number of threads.

use crate::documentation::{self, Silent};
use generator::emit::{File, ManifestSettings};
use generator::source::{Source, Sources};
use generator::{Selection, Settings};

fn generate(sources: &Sources, threads: usize) -> Vec<File> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .expect("threads can be started");
    let settings = Settings {
        corrections: &documentation::corrections(),
        selection: Selection::default(),
        manifest: ManifestSettings::Workspace,
    };
    pool.install(|| generator::generate(sources, &settings, &Silent).files)
}

fn shuffled(sources: &Sources, step: usize) -> Sources {
    let files: Vec<Source> = sources.iter().map(|(_, source)| source.clone()).collect();
    // A step that has no divisor in common with the number of files visits each of them once.
    let step = (step..)
        .find(|step| gcd(*step, files.len()) == 1)
        .expect("there is always a next one");
    Sources::new(
        (0..files.len())
            .map(|index| files[index * step % files.len()].clone())
            .collect(),
    )
}

fn gcd(left: usize, right: usize) -> usize {
    if right == 0 {
        left
    } else {
        gcd(right, left % right)
    }
}

#[test]
fn order_and_threads_change_nothing() {
    let sources = documentation::own_sources();
    let first = generate(&sources, 1);
    assert!(first.len() > 20, "only {} files", first.len());
    for (step, threads) in [(7, 1), (31, 2), (101, 4)] {
        let other = generate(&shuffled(&sources, step), threads);
        assert_eq!(first.len(), other.len());
        for (left, right) in first.iter().zip(&other) {
            assert_eq!(left.path, right.path);
            assert!(left.text == right.text, "{} differs", left.path);
        }
    }
}
