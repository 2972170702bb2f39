//! The commands and their arguments.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use generator::model::ApiVersion;

/// The commands of Graphwright.
#[derive(Debug, Subcommand)]
pub enum Command {
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
}

/// Arguments of `diff`.
#[derive(Args, Debug)]
pub struct DiffArguments {
    /// The earlier state: a folder with documentation, one page, a `docs.lock`, or a revision of the repository
    #[arg(long, value_name = "DOCS")]
    pub from: String,
    /// The later state, in the same forms
    #[arg(long, value_name = "DOCS")]
    pub to: String,
    /// How to print the changes
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: DiffFormat,
    /// The repository of revisions: any address that git takes, a folder, or a bundle
    #[arg(long, value_name = "URL-OR-PATH", default_value = crate::docs::PUBLIC)]
    pub source: String,
    /// Version of the API
    #[arg(long, value_name = "VERSION", default_value = "all")]
    pub api: ApiChoice,
    /// Compare only what matches, and all that it needs, as `gen` takes it
    #[arg(long, value_name = "GLOB")]
    pub include: Vec<String>,
    /// Leave out what matches
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
    /// Number of threads; 0 takes one for each processor
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
}

/// How `diff` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people.
    Text,
    /// An entry of a changelog.
    Markdown,
    /// For programs.
    Json,
}

/// Arguments of `docs`.
#[derive(Args, Debug)]
pub struct DocsCommand {
    /// The command.
    #[command(subcommand)]
    pub action: DocsAction,
}

/// The commands of `docs`.
#[derive(Debug, Subcommand)]
pub enum DocsAction {
    /// Fetch the pages of one revision with git, and write down which they are
    Pull(PullArguments),
}

/// Arguments of `docs pull`.
#[derive(Args, Debug)]
pub struct PullArguments {
    /// The repository: any address that git takes, a folder, or a bundle
    #[arg(long, value_name = "URL-OR-PATH", default_value = crate::docs::PUBLIC)]
    pub source: String,
    /// The revision: a branch, a tag or a commit
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    pub rev: String,
    /// Folder to put the pages in; it is empty, new, or comes from an earlier pull
    #[arg(long, value_name = "DIR", default_value = "docs")]
    pub into: PathBuf,
}

/// Which pages are read.
#[derive(Args, Debug)]
pub struct DocsArguments {
    /// Folder with the documentation: `v1.0/api/*.md` and so on, or `api-reference/v1.0/...` as in its repository
    #[arg(long, value_name = "DIR", default_value = "docs-input")]
    pub docs: PathBuf,
    /// Version of the API
    #[arg(long, value_name = "VERSION", default_value = "all")]
    pub api: ApiChoice,
    /// Number of threads; 0 takes one for each processor
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
}

/// Arguments of `gen`.
#[derive(Args, Debug)]
pub struct GenArguments {
    /// Folder with the documentation: `v1.0/api/*.md` and so on, or `api-reference/v1.0/...` as in its repository
    /// [default: docs-input]
    #[arg(long, value_name = "DIR")]
    pub docs: Option<PathBuf>,
    /// Folder of the generated crate [default: generated]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Version of the API [default: all]
    #[arg(long, value_name = "VERSION")]
    pub api: Option<ApiChoice>,
    /// Generate only what matches, and all that it needs: a request path (`/deviceManagement/**`), a type's full name
    /// (`microsoft.graph.user`), an area, by the name of its module (`intune_onboarding`), or a page
    /// (`v1.0/api/user-get.md`); may be given several times
    #[arg(long, value_name = "GLOB")]
    pub include: Vec<String>,
    /// Leave out what matches, in the same forms; types left out are kept as plain JSON where others name them
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
    /// File that holds these choices for a project; the command line goes before it [default: graphwright.toml, if there is
    /// one]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Say what changed since an earlier state of the documentation, as the first entry of the file of --changelog; a folder,
    /// a `docs.lock` or a revision
    #[arg(long, value_name = "DOCS", requires = "changelog")]
    pub since: Option<String>,
    /// The file of that entry
    #[arg(
        long,
        value_name = "FILE",
        requires = "since",
        conflicts_with = "check"
    )]
    pub changelog: Option<PathBuf>,
    /// Render every file anew, and take none over from an earlier run
    #[arg(long)]
    pub cold: bool,
    /// Generate again whenever a page is saved, until interrupted
    #[arg(long, conflicts_with_all = ["check", "changelog"])]
    pub watch: bool,
    /// Write nothing; name every file that is stale, missing or an orphan
    #[arg(long)]
    pub check: bool,
    /// Number of threads; 0 takes one for each processor
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
}

/// Arguments of `facts`.
#[derive(Args, Debug)]
pub struct FactsArguments {
    /// The page: any file, in any of the three renditions
    pub page: PathBuf,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

/// Arguments of `explain`.
#[derive(Args, Debug)]
pub struct ExplainArguments {
    /// A type (`mobileThreatDefenseConnector`), a property (`mobileThreatDefenseConnector.partnerState`) or an operation
    /// (`"GET /deviceManagement/mobileThreatDefenseConnectors"`)
    pub name: String,
    /// The pages.
    #[command(flatten)]
    pub docs: DocsArguments,
}

/// Arguments of `problems`.
#[derive(Args, Debug)]
pub struct ProblemsArguments {
    /// The pages.
    #[command(flatten)]
    pub docs: DocsArguments,
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
    /// Explain one code (`GW2001`), or every code with `all`, and read no pages
    #[arg(long, value_name = "CODE")]
    pub explain: Option<String>,
}

/// Arguments of `ledger`.
#[derive(Args, Debug)]
pub struct LedgerArguments {
    /// The pages.
    #[command(flatten)]
    pub docs: DocsArguments,
    /// How to print it; in JSON the balance of each page is told, too
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

/// Arguments of `export`.
#[derive(Args, Debug)]
pub struct ExportArguments {
    /// The format
    pub format: ExportFormat,
    /// The pages.
    #[command(flatten)]
    pub docs: DocsArguments,
    /// File to write; standard output if it is not given
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Arguments of `permissions`.
#[derive(Args, Debug)]
pub struct PermissionsArguments {
    /// The requests: a path (`/deviceManagement/**`), one with its method (`GET /users/*`), or the full name of a type that is
    /// sent or returned (`microsoft.graph.user`); may be given several times
    #[arg(long = "for", value_name = "GLOB", required = true)]
    pub wanted: Vec<String>,
    /// Only requests that read
    #[arg(long)]
    pub read_only: bool,
    /// The pages.
    #[command(flatten)]
    pub docs: DocsArguments,
}

/// Arguments of `serve`.
#[derive(Args, Debug)]
pub struct ServeArguments {
    /// The pages.
    #[command(flatten)]
    pub docs: DocsArguments,
    /// Port to listen on; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 8080)]
    pub port: u16,
    /// What goes wrong, and when: `429=0.5 every 5, cut=body at 3`, also `503=date+2`, `slow=10`, `type=text/plain`, `html`,
    /// `loop`, `foreign=http://elsewhere`, `redirect=http://elsewhere`, and `part 429=0 at 2` in batches
    #[arg(
        long,
        value_name = "SPEC",
        default_value = "",
        hide_default_value = true
    )]
    pub faults: graphwright_serve::Faults,
    /// So many made-up items in each collection, in place of those of the examples
    #[arg(long, value_name = "N")]
    pub items: Option<usize>,
    /// Items on a page where a request does not say
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub page_size: usize,
    /// Look at tokens: 401 without one, 403 if it has none of the documented permissions
    #[arg(long)]
    pub check_scopes: bool,
}

/// A format of `export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// OData's schema language, as EDMX 4.0
    Csdl,
    /// OpenAPI 3.1, as JSON
    Openapi,
    /// The model itself, as JSON
    Model,
}

/// How a command prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Which versions of the API are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ApiChoice {
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
    /// The versions, in their order.
    pub fn versions(self) -> Vec<ApiVersion> {
        match self {
            Self::V1_0 => vec![ApiVersion::V1_0],
            Self::Beta => vec![ApiVersion::Beta],
            Self::All => ApiVersion::ALL.to_vec(),
        }
    }
}
