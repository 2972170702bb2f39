//! Writes all managed devices to CSV, and tells on standard error how far it is.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use graphwright::v1_0::Client;
use graphwright::v1_0::types::ManagedDevice as Device;
use graphwright_examples::{Connection, Failure, finish};

/// Writes all managed devices to CSV, and tells on standard error how far it is.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(flatten)]
    connection: Connection,
    /// File to write; standard output if it is not given
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Devices on a page
    #[arg(long, value_name = "N", default_value_t = 500)]
    page_size: u32,
}

type Column = (&'static str, fn(&Device) -> Option<String>);

/// The columns, by the names of the properties that they show.
const COLUMNS: [Column; 12] = [
    ("id", |device| device.id.clone()),
    ("deviceName", |device| device.device_name.clone()),
    ("userPrincipalName", |device| {
        device.user_principal_name.clone()
    }),
    ("operatingSystem", |device| device.operating_system.clone()),
    ("osVersion", |device| device.os_version.clone()),
    ("complianceState", |device| {
        device
            .compliance_state
            .as_ref()
            .map(|state| state.as_str().to_owned())
    }),
    ("managedDeviceOwnerType", |device| {
        device
            .managed_device_owner_type
            .as_ref()
            .map(|owner| owner.as_str().to_owned())
    }),
    ("enrolledDateTime", |device| {
        device.enrolled_date_time.as_ref().map(ToString::to_string)
    }),
    ("lastSyncDateTime", |device| {
        device.last_sync_date_time.as_ref().map(ToString::to_string)
    }),
    ("manufacturer", |device| device.manufacturer.clone()),
    ("model", |device| device.model.clone()),
    ("serialNumber", |device| device.serial_number.clone()),
];

fn main() -> ExitCode {
    finish(run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let client: Client = arguments.connection.client(Client::builder())?;
    let mut out: Box<dyn Write> = match &arguments.out {
        Some(path) => Box::new(BufWriter::new(File::create(path)?)),
        None => Box::new(BufWriter::new(io::stdout().lock())),
    };
    let names: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
    line(&mut out, names.iter().map(|name| (*name).to_owned()))?;
    let list = client.device_management().managed_devices().list();
    let list = list
        .query("$select", &names.join(","))
        .top(arguments.page_size);
    let mut pages = list.pages();
    let mut count = 0;
    while let Some(page) = pages.next_page_blocking() {
        let page = page?;
        for device in &page.value {
            line(
                &mut out,
                COLUMNS
                    .iter()
                    .map(|(_, read)| read(device).unwrap_or_default()),
            )?;
        }
        count += page.value.len();
        eprintln!("{count} devices");
    }
    Ok(out.flush()?)
}

fn line(out: &mut dyn Write, cells: impl Iterator<Item = String>) -> io::Result<()> {
    let cells: Vec<String> = cells.map(|cell| written(&cell)).collect();
    write!(out, "{}\r\n", cells.join(","))
}

/// A cell as CSV has it. Names of devices come from their users: what a spreadsheet would take for a formula gets an apostrophe.
fn written(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if is_formula {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn cells() {
        for (cell, expected) in [
            ("plain", "plain"),
            ("a,b", "\"a,b\""),
            ("a \"b\"", "\"a \"\"b\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("=cmd()", "'=cmd()"),
            ("@x,y", "\"'@x,y\""),
            ("", ""),
        ] {
            assert_eq!(written(cell), expected);
        }
    }
}
