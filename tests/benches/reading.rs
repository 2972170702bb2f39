//! What it costs to read and model the real documentation, next to what it costs to read the files and run a markdown parser
//! over them: CPU time of one thread, and the most memory. `cargo bench -p graphwright-tests --bench reading`

#[path = "../tests/whole/documentation.rs"]
#[allow(dead_code, reason = "a bench needs a part of what tests need")]
mod documentation;
#[path = "../tests/whole/tree.rs"]
#[allow(dead_code, reason = "a bench needs a part of what tests need")]
mod tree;

use std::hint::black_box;

use documentation::Silent;
use generator::source::Sources;
use graphwright_tests::real_documentation;
use pulldown_cmark::{Options, Parser};

/// The one that `xtask` has.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often each is done; the figures are medians.
const ROUNDS: usize = 9;

fn main() {
    let folder = real_documentation::checkout("2021-07");
    let sources = documentation::real_sources("2021-07");
    let bytes: usize = sources.iter().map(|(_, source)| source.text.len()).sum();
    drop(sources);
    let before = peak_memory();
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("one thread can be started");
    let (mut floor, mut own) = (Vec::new(), Vec::new());
    pool.install(|| {
        for _ in 0..ROUNDS {
            floor.push(cpu(|| {
                let sources = documentation::real_sources("2021-07");
                black_box(markdown_events(&sources));
            }));
            own.push(cpu(|| {
                let sources = documentation::real_sources("2021-07");
                black_box(generator::analyze(
                    &sources,
                    &graphwright_pages::corrections(),
                    &Silent,
                ));
            }));
        }
    });
    let (floor, own) = (median(floor), median(own));
    let mib = |bytes: f64| bytes / f64::from(1 << 20);
    println!(
        "documentation            {} ({:.1} MiB)",
        folder.display(),
        mib(bytes as f64)
    );
    println!("read + markdown parser   {floor:.3} CPU s");
    println!(
        "read + facts + model     {own:.3} CPU s, {:.2} times that",
        own / floor
    );
    println!(
        "most memory              {:.0} MiB ({:.0} before), {:.1} times the pages",
        mib(peak_memory()),
        mib(before),
        peak_memory() / bytes as f64
    );
}

fn markdown_events(sources: &Sources) -> usize {
    sources
        .iter()
        .map(|(_, source)| Parser::new_ext(&source.text, Options::ENABLE_TABLES).count())
        .sum()
}

/// CPU seconds that this thread spends on some work.
fn cpu(work: impl FnOnce()) -> f64 {
    let before = thread_nanoseconds();
    work();
    (thread_nanoseconds() - before) / 1e9
}

/// Nanoseconds that this thread has run, as the kernel counts them.
fn thread_nanoseconds() -> f64 {
    let text =
        std::fs::read_to_string("/proc/thread-self/schedstat").expect("this bench runs on Linux");
    text.split_whitespace()
        .next()
        .and_then(|word| word.parse().ok())
        .expect("the first word is a number")
}

/// The most bytes of memory that this process has had.
fn peak_memory() -> f64 {
    let text = std::fs::read_to_string("/proc/self/status").expect("this bench runs on Linux");
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .expect("the kernel counts the most memory");
    line.trim()
        .trim_end_matches(" kB")
        .parse::<f64>()
        .expect("it is a number of kilobytes")
        * 1024.0
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
