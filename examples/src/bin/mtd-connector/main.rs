//! Lists the Mobile Threat Defense connectors of a tenant, shows one, and switches its options.

mod options;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use graphwright::beta::Client;
use graphwright::beta::types::MobileThreatDefenseConnector as Connector;
use graphwright::runtime::Request;
use graphwright_examples::{Connection, Failure, finish};

/// Lists the Mobile Threat Defense connectors of a tenant, shows one, and switches its options.
///
/// It talks to beta, as only that version has an option for Mac devices.
#[derive(Debug, Parser)]
#[command(after_help = options::help())]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    connection: Connection,
    /// Print JSON
    #[arg(long, global = true)]
    json: bool,
    /// Print the request, and send nothing
    #[arg(long, global = true)]
    dry_run: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the connectors
    List,
    /// Show one connector with all its options
    Show {
        /// Its id
        id: String,
    },
    /// Switch options of a connector; those that are not named stay as they are
    Set(Switches),
}

#[derive(Args, Debug)]
struct Switches {
    /// Its id
    id: String,
    /// Options: `connect-android=on`, `days-until-unresponsive=7`
    #[arg(value_name = "OPTION=VALUE", required = true)]
    options: Vec<String>,
}

fn main() -> ExitCode {
    finish(run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let builder = Client::builder();
    let client = match arguments.dry_run {
        true => arguments.connection.unconnected(builder)?,
        false => arguments.connection.client(builder)?,
    };
    let connectors = client
        .device_management()
        .mobile_threat_defense_connectors();
    let mut out = io::stdout().lock();
    match &arguments.command {
        Command::List if arguments.dry_run => dry_run(&mut out, &connectors.list()),
        Command::List => {
            let mut items = connectors.list().items();
            let mut all = Vec::new();
            while let Some(item) = items.next_item_blocking() {
                all.push(item?);
            }
            if arguments.json {
                return Ok(writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?);
            }
            for connector in &all {
                writeln!(out, "{}", options::summary(connector))?;
            }
            Ok(())
        }
        Command::Show { id } => send(arguments, &mut out, connectors.by_id(id).get()),
        Command::Set(switches) => {
            let mut change = Connector::default();
            for option in &switches.options {
                options::switch(&mut change, option).map_err(Failure::new)?;
            }
            send(
                arguments,
                &mut out,
                connectors.by_id(&switches.id).update(&change),
            )
        }
    }
}

/// Sends a request and shows the connector that comes back.
fn send(
    arguments: &Arguments,
    out: &mut dyn Write,
    request: Request<Connector>,
) -> Result<(), Failure> {
    if arguments.dry_run {
        return dry_run(out, &request);
    }
    let connector = request.send_blocking()?;
    match arguments.json {
        true => writeln!(out, "{}", serde_json::to_string_pretty(&connector)?)?,
        false => write!(out, "{}", options::text(&connector))?,
    }
    Ok(())
}

fn dry_run<T>(out: &mut dyn Write, request: &Request<T>) -> Result<(), Failure> {
    // An id that cannot stand in an address is found here, too.
    request.to_http()?;
    writeln!(out, "{} {}", request.method(), request.url())?;
    for (name, value) in request.headers() {
        writeln!(out, "{name}: {}", value.to_str().unwrap_or("(bytes)"))?;
    }
    if !request.body().is_empty() {
        let body: serde_json::Value = serde_json::from_slice(request.body())?;
        writeln!(out, "\n{body:#}")?;
    }
    Ok(())
}
