//! The command line's words.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use generator::model::ApiVersion;

use crate::bench::slice::SliceChoice;

/// Reads Microsoft Graph's documentation pages and writes a typed Rust client library.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Generate the library from documentation pages
    Gen(GenArguments),
    /// Show what one page says, with the place of every fact
    Facts(FactsArguments),
    /// Show the way of a type, a property or an operation from its page to the generated code
    Explain(ExplainArguments),
    /// List what is odd about the pages, or explain a problem's code
    Problems(ProblemsArguments),
    /// Show what became of every row, annotation, request line, code block and enum section of the pages
    Ledger(LedgerArguments),
    /// Try every example of the pages on the generated library, and tell what became of each
    Examples(ExamplesArguments),
    /// Write the model of one version in another format: CSDL, OpenAPI, or JSON with the place of every item
    Export(ExportArguments),
    /// Get the documentation from its repository
    Docs(DocsCommand),
    /// Show what changed between two states of the documentation, and what it means for users of the library
    Diff(DiffArguments),
    /// Print the smallest set of permissions for an app that makes some requests
    Permissions(PermissionsArguments),
    /// Serve a Graph on this machine, made from the pages and their examples, until it is stopped
    Serve(ServeArguments),
    /// Measure what the library and the generator cost, next to serde derive and other yardsticks
    Bench(BenchArguments),
    /// One part of the bench, in a process of its own
    #[command(hide = true)]
    BenchPart(BenchPartArguments),
}

#[derive(Args, Debug)]
pub(crate) struct DiffArguments {
    /// The earlier state: a folder with documentation, one page, a `docs.lock`, or a revision of the repository
    #[arg(long, value_name = "DOCS")]
    pub(crate) from: String,
    /// The later state, in the same forms
    #[arg(long, value_name = "DOCS")]
    pub(crate) to: String,
    /// How to print the changes
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: DiffFormat,
    /// The repository of revisions: any address that git takes, a folder, or a bundle
    #[arg(long, value_name = "URL-OR-PATH", default_value = crate::docs::PUBLIC)]
    pub(crate) source: String,
    /// Version of the API
    #[arg(long, value_name = "VERSION", default_value = "all")]
    pub(crate) api: ApiChoice,
    /// Compare only what matches, and all that it needs, as `gen` takes it
    #[arg(long, value_name = "GLOB")]
    pub(crate) include: Vec<String>,
    /// Leave out what matches
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,
    /// Number of threads; 0 takes one for each processor
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) jobs: usize,
}

/// How `diff` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people.
    Text,
    /// An entry of a changelog.
    Markdown,
    /// For programs.
    Json,
}

#[derive(Args, Debug)]
pub(crate) struct DocsCommand {
    #[command(subcommand)]
    pub(crate) action: DocsAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DocsAction {
    /// Fetch the pages of one revision with git, and write down which they are
    Pull(PullArguments),
}

#[derive(Args, Debug)]
pub(crate) struct PullArguments {
    /// The repository: any address that git takes, a folder, or a bundle
    #[arg(long, value_name = "URL-OR-PATH", default_value = crate::docs::PUBLIC)]
    pub(crate) source: String,
    /// The revision: a branch, a tag or a commit
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    pub(crate) rev: String,
    /// Folder to put the pages in; it is empty, new, or comes from an earlier pull
    #[arg(long, value_name = "DIR", default_value = "docs")]
    pub(crate) into: PathBuf,
}

/// Which pages are read.
#[derive(Args, Debug)]
pub(crate) struct DocsArguments {
    /// Folder with the documentation: `v1.0/api/*.md` and so on, or `api-reference/v1.0/...` as in its repository
    #[arg(long, value_name = "DIR", default_value = "docs-input")]
    pub(crate) docs: PathBuf,
    /// Version of the API
    #[arg(long, value_name = "VERSION", default_value = "all")]
    pub(crate) api: ApiChoice,
    /// Number of threads; 0 takes one for each processor
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) jobs: usize,
}

#[derive(Args, Debug)]
pub(crate) struct GenArguments {
    /// Folder with the documentation: `v1.0/api/*.md` and so on, or `api-reference/v1.0/...` as in its repository
    /// [default: docs-input]
    #[arg(long, value_name = "DIR")]
    pub(crate) docs: Option<PathBuf>,
    /// Folder of the generated crate [default: generated]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Version of the API [default: all]
    #[arg(long, value_name = "VERSION")]
    pub(crate) api: Option<ApiChoice>,
    /// Generate only what matches, and all that it needs: a request path (`/deviceManagement/**`), a type's full name
    /// (`microsoft.graph.user`), an area, by the name of its module (`intune_onboarding`), or a page
    /// (`v1.0/api/user-get.md`); may be given several times
    #[arg(long, value_name = "GLOB")]
    pub(crate) include: Vec<String>,
    /// Leave out what matches, in the same forms; types left out are kept as plain JSON where others name them
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,
    /// File that holds these choices for a project; the command line goes before it [default: graphwright.toml, if there is
    /// one]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Say what changed since an earlier state of the documentation, as the first entry of the file of --changelog; a folder,
    /// a `docs.lock` or a revision
    #[arg(long, value_name = "DOCS", requires = "changelog")]
    pub(crate) since: Option<String>,
    /// The file of that entry
    #[arg(
        long,
        value_name = "FILE",
        requires = "since",
        conflicts_with = "check"
    )]
    pub(crate) changelog: Option<PathBuf>,
    /// Render every file anew, and take none over from an earlier run
    #[arg(long)]
    pub(crate) cold: bool,
    /// Generate again whenever a page is saved, until interrupted
    #[arg(long, conflicts_with_all = ["check", "changelog"])]
    pub(crate) watch: bool,
    /// Write nothing; name every file that is stale, missing or an orphan
    #[arg(long)]
    pub(crate) check: bool,
    /// Number of threads; 0 takes one for each processor
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) jobs: usize,
}

#[derive(Args, Debug)]
pub(crate) struct FactsArguments {
    /// The page: any file, in any of the three renditions
    pub(crate) page: PathBuf,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
}

#[derive(Args, Debug)]
pub(crate) struct ExplainArguments {
    /// A type (`mobileThreatDefenseConnector`), a property (`mobileThreatDefenseConnector.partnerState`) or an operation
    /// (`"GET /deviceManagement/mobileThreatDefenseConnectors"`)
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) docs: DocsArguments,
}

#[derive(Args, Debug)]
pub(crate) struct ProblemsArguments {
    #[command(flatten)]
    pub(crate) docs: DocsArguments,
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
    /// Explain one code (`GW2001`), or every code with `all`, and read no pages
    #[arg(long, value_name = "CODE")]
    pub(crate) explain: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct LedgerArguments {
    #[command(flatten)]
    pub(crate) docs: DocsArguments,
    /// How to print it; in JSON the balance of each page is told, too
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
}

#[derive(Args, Debug)]
pub(crate) struct ExamplesArguments {
    #[command(flatten)]
    pub(crate) docs: DocsArguments,
    /// How to print the balance; in JSON every request and response is told
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
    /// Fail if fewer of the requests to the API whose JSON can be read pass
    #[arg(long, value_name = "PERCENT", default_value_t = 0.0)]
    pub(crate) min_requests: f64,
    /// Fail if fewer of the responses whose JSON can be read pass
    #[arg(long, value_name = "PERCENT", default_value_t = 0.0)]
    pub(crate) min_responses: f64,
}

#[derive(Args, Debug)]
pub(crate) struct ExportArguments {
    /// The format
    pub(crate) format: ExportFormat,
    #[command(flatten)]
    pub(crate) docs: DocsArguments,
    /// File to write; standard output if it is not given
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct PermissionsArguments {
    /// The requests: a path (`/deviceManagement/**`), one with its method (`GET /users/*`), or the full name of a type that is
    /// sent or returned (`microsoft.graph.user`); may be given several times
    #[arg(long = "for", value_name = "GLOB", required = true)]
    pub(crate) wanted: Vec<String>,
    /// Only requests that read
    #[arg(long)]
    pub(crate) read_only: bool,
    #[command(flatten)]
    pub(crate) docs: DocsArguments,
}

#[derive(Args, Debug)]
pub(crate) struct ServeArguments {
    #[command(flatten)]
    pub(crate) docs: DocsArguments,
    /// Port to listen on; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 8080)]
    pub(crate) port: u16,
    /// What goes wrong, and when: `429=0.5 every 5, cut=body at 3`, also `503=date+2`, `slow=10`, `type=text/plain`, `html`,
    /// `loop`, `foreign=http://elsewhere`, `redirect=http://elsewhere`, and `part 429=0 at 2` in batches
    #[arg(
        long,
        value_name = "SPEC",
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) faults: graphwright_serve::Faults,
    /// So many made-up items in each collection, in place of those of the examples
    #[arg(long, value_name = "N")]
    pub(crate) items: Option<usize>,
    /// Items on a page where a request does not say
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) page_size: usize,
    /// Look at tokens: 401 without one, 403 if it has none of the documented permissions
    #[arg(long)]
    pub(crate) check_scopes: bool,
}

#[derive(Args, Debug)]
pub(crate) struct BenchArguments {
    /// Folder with the documentation
    #[arg(long, value_name = "DIR", default_value = "docs-input")]
    pub(crate) docs: PathBuf,
    /// Version of the API
    #[arg(long, value_name = "VERSION", default_value = "v1.0")]
    pub(crate) api: ApiChoice,
    /// Number of threads of the generator; 0 takes one for each processor
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) jobs: usize,
    /// Which part of the API is built
    #[arg(long, value_name = "SLICE", default_value = "all")]
    pub(crate) slice: SliceChoice,
    /// Build each crate once, and no release builds
    #[arg(long)]
    pub(crate) quick: bool,
}

#[derive(Args, Debug)]
pub(crate) struct BenchPartArguments {
    /// What is done
    pub(crate) part: BenchPart,
    /// Folder of the generated crate
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) docs: DocsArguments,
}

/// A part of the bench that has a process of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BenchPart {
    /// Read the pages and generate.
    Generate,
    /// Do what cannot be saved.
    Floor,
}

/// A format of `export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// OData's schema language, as EDMX 4.0
    Csdl,
    /// OpenAPI 3.1, as JSON
    Openapi,
    /// The model itself, as JSON
    Model,
}

/// How a command prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Which versions of the API are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ApiChoice {
    /// The version for production.
    #[value(name = "v1.0")]
    V1_0,
    /// The version that may change any day.
    #[value(name = "beta")]
    Beta,
    /// Both.
    #[value(name = "all")]
    All,
}

impl ApiChoice {
    pub(crate) fn versions(self) -> Vec<ApiVersion> {
        match self {
            Self::V1_0 => vec![ApiVersion::V1_0],
            Self::Beta => vec![ApiVersion::Beta],
            Self::All => ApiVersion::ALL.to_vec(),
        }
    }
}
