//! The commands and their arguments.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use generator::model::ApiVersion;

/// The commands of Graphwright.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start a project: a configuration, a crate for the library, and a small program that uses it
    Init(InitArguments),
    /// Generate the library from documentation pages
    Gen(GenArguments),
    /// List the areas of the API with their size, or the cargo features that a program needs
    Areas(AreasArguments),
    /// Print the facts extracted from one page, with their locations
    Facts(FactsArguments),
    /// Trace a type, property or operation from its page to the generated code
    Explain(ExplainArguments),
    /// List the problems found in the pages, or explain a problem code
    Problems(ProblemsArguments),
    /// Check pages for their writers, with levels per rule from `graphwright.toml`
    Lint(LintArguments),
    /// Run a language server that checks pages in an editor while they are written
    ///
    /// The server speaks the Language Server Protocol on standard input and output. It uses the `graphwright.toml` of the
    /// workspace folder, and relative paths are relative to that folder.
    Lsp(LspArguments),
    /// Write a static site about the documentation: types, operations, permissions, examples and problems
    Report(ReportArguments),
    /// Account for every table row, annotation, request line, code block and enum section of the pages
    Ledger(LedgerArguments),
    /// Export the model of one API version as CSDL, as OpenAPI, or as JSON with source locations
    Export(ExportArguments),
    /// Download the documentation from its repository
    Docs(DocsCommand),
    /// Compare two states of the documentation and classify the changes to the generated library
    Diff(DiffArguments),
    /// Print the smallest set of permissions that an app needs for the given requests
    Permissions(PermissionsArguments),
    /// Run a local mock of the Graph API, built from the pages and their examples, until interrupted; `/explorer/` shows the
    /// documentation in a browser, with a form to send requests
    Serve(ServeArguments),
    /// Print the completion script of a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the man page of the program
    Man,
}

/// Arguments of `areas`.
#[derive(Args, Debug)]
pub struct AreasArguments {
    /// Name the features that a program uses: a folder with its source code, or a file
    #[arg(long = "for", value_name = "PATH")]
    pub source: Option<PathBuf>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
    /// The pages.
    #[command(flatten)]
    pub docs: DocsArguments,
}

/// Arguments of `init`.
#[derive(Args, Debug)]
pub struct InitArguments {
    /// The folder of the project, which must be empty or new
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: PathBuf,
    /// Documentation folder [default: docs in the folder of the project]
    #[arg(long, value_name = "DIR")]
    pub docs: Option<PathBuf>,
    /// API version of the library
    #[arg(long, value_name = "VERSION", default_value = "v1.0")]
    pub api: ApiChoice,
    /// What to generate, in the forms of `gen --include`; can be repeated
    #[arg(long, value_name = "GLOB", default_values = ["/users/**", "/groups/**"])]
    pub include: Vec<String>,
    /// The name of the generated package
    #[arg(long, value_name = "NAME", default_value = "my-graph")]
    pub name: String,
    /// The folder of the runtime crate, instead of the published one
    #[arg(long, value_name = "DIR", conflicts_with = "runtime_git")]
    pub runtime_path: Option<PathBuf>,
    /// The runtime from a git repository, instead of the published one
    #[arg(long, value_name = "URL")]
    pub runtime_git: Option<String>,
    /// The commit, tag or branch of that repository
    #[arg(long, value_name = "REV", requires = "runtime_git")]
    pub runtime_rev: Option<String>,
}

/// Arguments of `diff`.
#[derive(Args, Debug)]
pub struct DiffArguments {
    /// The earlier state: a documentation folder, a single page, a `docs.lock` file, or a revision of the repository
    #[arg(long, value_name = "DOCS")]
    pub from: String,
    /// The later state, in any of the same forms
    #[arg(long, value_name = "DOCS")]
    pub to: String,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: DiffFormat,
    /// The repository that revisions are fetched from: a git URL, a local folder or a git bundle
    #[arg(long, value_name = "URL-OR-PATH", default_value = crate::docs::PUBLIC)]
    pub source: String,
    /// API version to read
    #[arg(long, value_name = "VERSION", default_value = "all")]
    pub api: ApiChoice,
    /// Compare only items that match and their dependencies; takes the same globs as `gen --include`
    #[arg(long, value_name = "GLOB")]
    pub include: Vec<String>,
    /// Exclude items that match; takes the same globs as `gen --exclude`
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
    /// Number of threads; 0 uses one per processor
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
}

/// An output format of `diff`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// Plain text for people.
    Text,
    /// A changelog entry.
    Markdown,
    /// JSON for programs.
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
    /// Fetch the pages of one revision with git and record them in `docs.lock`
    Pull(PullArguments),
}

/// Arguments of `docs pull`.
#[derive(Args, Debug)]
pub struct PullArguments {
    /// The repository: a git URL, a local folder or a git bundle
    #[arg(long, value_name = "URL-OR-PATH", default_value = crate::docs::PUBLIC)]
    pub source: String,
    /// The revision: a branch, a tag or a commit
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    pub rev: String,
    /// Folder for the pages; must be new, empty or the result of an earlier pull
    #[arg(long, value_name = "DIR", default_value = "docs")]
    pub into: PathBuf,
}

/// The pages to read.
#[derive(Args, Clone, Debug, Default)]
pub struct DocsArguments {
    /// Documentation folder, laid out as `v1.0/api/*.md` or, as in its repository, `api-reference/v1.0/api/*.md`
    /// [default: docs]
    #[arg(long, value_name = "DIR")]
    pub docs: Option<PathBuf>,
    /// API version to read [default: all]
    #[arg(long, value_name = "VERSION")]
    pub api: Option<ApiChoice>,
    /// File with corrections of pages, in addition to the built-in ones; can be repeated
    #[arg(long, value_name = "FILE")]
    pub corrections: Vec<PathBuf>,
    /// Configuration file with defaults for these options [default: graphwright.toml, if it exists]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Number of threads; 0 uses one per processor
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
}

/// Arguments of `gen`.
#[derive(Args, Debug)]
pub struct GenArguments {
    /// The pages.
    #[command(flatten)]
    pub docs: DocsArguments,
    /// Folder of the generated crate [default: generated]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Generate only items that match and their dependencies: a request path (`/deviceManagement/**`), the full name of a
    /// type (`microsoft.graph.user`), the module name of an area (`intune_onboarding`), or a page
    /// (`v1.0/api/user-get.md`); can be repeated
    #[arg(long, value_name = "GLOB")]
    pub include: Vec<String>,
    /// Exclude items that match, in the same forms; references to excluded types are generated as JSON; can be repeated
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
    /// Describe the changes since an earlier state of the documentation in a changelog entry: a folder, a `docs.lock` file
    /// or a revision
    #[arg(long, value_name = "DOCS", requires = "changelog")]
    pub since: Option<String>,
    /// Changelog to insert the entry of --since into, before all other entries
    #[arg(
        long,
        value_name = "FILE",
        requires = "since",
        conflicts_with = "check"
    )]
    pub changelog: Option<PathBuf>,
    /// Generate even if the output of the last run is up to date
    #[arg(long)]
    pub cold: bool,
    /// Generate again whenever a page changes, until interrupted
    #[arg(long, conflicts_with_all = ["check", "changelog"])]
    pub watch: bool,
    /// Write nothing; report every file that is stale, missing or orphaned
    #[arg(long)]
    pub check: bool,
}

/// Arguments of `facts`.
#[derive(Args, Debug)]
pub struct FactsArguments {
    /// Path of the page, in any rendition
    pub page: PathBuf,
    /// Output format
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
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
    /// Explain a problem code (`GW2001`), or all codes with `all`, without reading pages
    #[arg(long, value_name = "CODE")]
    pub explain: Option<String>,
}

/// Arguments of `lint`.
#[derive(Args, Debug)]
pub struct LintArguments {
    /// Files and folders whose problems are shown; all pages are read in any case [default: all]
    pub paths: Vec<PathBuf>,
    /// The pages.
    #[command(flatten)]
    pub docs: DocsArguments,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: LintFormat,
    /// Show only problems that the file does not accept, and report entries that are no longer needed
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write all problems of the pages to the file of --baseline
    #[arg(long, requires = "baseline", conflicts_with_all = ["paths", "since"])]
    pub update_baseline: bool,
    /// Correct the pages where the correction is certain
    #[arg(long, conflicts_with = "update_baseline")]
    pub fix: bool,
    /// Show only problems that are new since a revision of the git repository that contains the pages
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
}

/// An output format of `lint`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LintFormat {
    /// Plain text for people.
    Text,
    /// JSON for programs.
    Json,
    /// SARIF 2.1.0 for code scanning.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
}

/// Arguments of `report`.
#[derive(Args, Debug)]
pub struct ReportArguments {
    /// The pages.
    #[command(flatten)]
    pub docs: DocsArguments,
    /// Folder of the site, which must be empty, new or the result of an earlier run
    #[arg(long, value_name = "DIR", default_value = "site")]
    pub out: PathBuf,
    /// An earlier state, in any form that `diff --from` takes; repeat it for several states, oldest first. The site lists the changes
    /// since the last one, whose own site is written below `before/`, and shows the growth over all states
    #[arg(long, value_name = "DOCS")]
    pub from: Vec<String>,
    /// The repository that revisions are fetched from: a git URL, a local folder or a git bundle
    #[arg(long, value_name = "URL-OR-PATH", default_value = crate::docs::PUBLIC)]
    pub source: String,
}

/// Arguments of `lsp`.
#[derive(Args, Clone, Debug)]
pub struct LspArguments {
    /// The pages.
    #[command(flatten)]
    pub docs: DocsArguments,
    /// Show only problems that the file does not accept
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Accepted for clients that pass it; standard input and output are the only transport
    #[arg(long, hide = true)]
    pub stdio: bool,
}

/// Arguments of `ledger`.
#[derive(Args, Debug)]
pub struct LedgerArguments {
    /// The pages.
    #[command(flatten)]
    pub docs: DocsArguments,
    /// Output format; JSON includes the counts of each page
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

/// Arguments of `export`.
#[derive(Args, Debug)]
pub struct ExportArguments {
    /// Format of the document
    pub format: ExportFormat,
    /// The pages.
    #[command(flatten)]
    pub docs: DocsArguments,
    /// File to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Arguments of `permissions`.
#[derive(Args, Debug)]
pub struct PermissionsArguments {
    /// The requests: a path (`/deviceManagement/**`), a method and a path (`GET /users/*`), or the full name of a type that is
    /// sent or returned (`microsoft.graph.user`); can be repeated
    #[arg(long = "for", value_name = "GLOB", required = true)]
    pub requests: Vec<String>,
    /// Consider only GET requests
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
    /// Port to listen on; 0 selects a free port
    #[arg(long, value_name = "N", default_value_t = 8080)]
    pub port: u16,
    /// Faults to inject and when: `429=0.5 every 5, cut=body at 3`, also `503=date+2`, `slow=10`, `type=text/plain`, `html`,
    /// `loop`, `foreign=http://elsewhere`, `redirect=http://elsewhere`, and `part 429=0 at 2` in batches
    #[arg(
        long,
        value_name = "SPEC",
        default_value = "",
        hide_default_value = true
    )]
    pub faults: graphwright_serve::Faults,
    /// Number of synthetic items in each collection, instead of the items of the examples
    #[arg(long, value_name = "N")]
    pub items: Option<usize>,
    /// Page size of requests without `$top`
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub page_size: usize,
    /// Check access tokens: respond 401 without a token, 403 without a documented permission
    #[arg(long)]
    pub check_scopes: bool,
    /// Serve HTTPS; the certificate that clients have to trust is written to FILE [default FILE: graphwright-serve.pem]
    #[arg(
        long,
        value_name = "FILE",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "graphwright-serve.pem"
    )]
    pub tls: Option<PathBuf>,
    /// Origin of links, upload URLs and monitors, such as `https://graph.test`; by default they follow the headers `Forwarded`,
    /// `X-Forwarded-*` and `Host` of the request
    #[arg(long, value_name = "URL")]
    pub origin: Option<String>,
    /// Host name of upload URLs, such as `localhost` beside `127.0.0.1`
    #[arg(long, value_name = "HOST")]
    pub upload_host: Option<String>,
}

/// An output format of `export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// OData CSDL in an EDMX 4.0 document
    Csdl,
    /// OpenAPI 3.1 as JSON
    Openapi,
    /// The model with source locations, as JSON
    Model,
}

/// An output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Plain text for people.
    Text,
    /// JSON for programs.
    Json,
}

/// A selection of API versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ApiChoice {
    /// The production version.
    #[value(name = "v1.0")]
    V1_0,
    /// The preview version, which may change at any time.
    #[value(name = "beta")]
    Beta,
    /// Both versions.
    #[value(name = "all")]
    All,
}

impl ApiChoice {
    /// Returns the selected versions in ascending order.
    pub fn versions(self) -> Vec<ApiVersion> {
        match self {
            Self::V1_0 => vec![ApiVersion::V1_0],
            Self::Beta => vec![ApiVersion::Beta],
            Self::All => ApiVersion::ALL.to_vec(),
        }
    }
}
