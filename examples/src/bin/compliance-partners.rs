//! Shows how far the onboarding of each compliance partner is, and for which users.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use graphwright::runtime::Polymorphic;
use graphwright::v1_0::Client;
use graphwright::v1_0::types::{
    AnyDeviceAndAppManagementAssignmentTarget as Target, ComplianceManagementPartner as Partner,
    ComplianceManagementPartnerAssignment as Assignment,
};
use graphwright_examples::{Connection, Failure, finish};

/// Shows how far the onboarding of each compliance partner is, and for which users.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(flatten)]
    connection: Connection,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    finish(run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let client: Client = arguments.connection.client(Client::builder())?;
    let mut items = client
        .device_management()
        .compliance_management_partners()
        .list()
        .items();
    let mut partners = Vec::new();
    while let Some(item) = items.next_item_blocking() {
        partners.push(item?);
    }
    let mut out = io::stdout().lock();
    if arguments.json {
        return Ok(writeln!(
            out,
            "{}",
            serde_json::to_string_pretty(&partners)?
        )?);
    }
    for partner in &partners {
        write!(out, "{}", text(partner))?;
    }
    Ok(())
}

/// A partner, platform by platform.
fn text(partner: &Partner) -> String {
    let state = partner.partner_state.as_ref();
    let heartbeat = partner.last_heartbeat_date_time.as_ref();
    let mut text = format!(
        "{}: {}, last heartbeat {}\n",
        partner.display_name.as_deref().unwrap_or("(no name)"),
        state.map_or("unknown", |state| state.as_str()),
        heartbeat.map_or_else(|| "never".to_owned(), ToString::to_string)
    );
    for (platform, onboarded, assignments) in [
        (
            "macOS",
            partner.mac_os_onboarded,
            &partner.mac_os_enrollment_assignments,
        ),
        (
            "Android",
            partner.android_onboarded,
            &partner.android_enrollment_assignments,
        ),
        (
            "iOS",
            partner.ios_onboarded,
            &partner.ios_enrollment_assignments,
        ),
    ] {
        let onboarded = match onboarded {
            Some(true) => "onboarded",
            Some(false) => "not onboarded",
            None => "not stated",
        };
        let targets: Vec<String> = assignments.iter().flatten().map(target).collect();
        let targets = match targets.is_empty() {
            true => "nobody".to_owned(),
            false => targets.join(", "),
        };
        text += &format!("  {platform}: {onboarded}, for {targets}\n");
    }
    text
}

/// Whom an assignment is for.
fn target(assignment: &Assignment) -> String {
    let group = |id: &Option<String>| id.as_deref().unwrap_or("(no id)").to_owned();
    match &assignment.target {
        None => "(no target)".to_owned(),
        Some(Target::AllDevicesAssignmentTarget(_)) => "all devices".to_owned(),
        Some(Target::AllLicensedUsersAssignmentTarget(_)) => "all licensed users".to_owned(),
        Some(Target::GroupAssignmentTarget(of)) => format!("group {}", group(&of.group_id)),
        Some(Target::ExclusionGroupAssignmentTarget(of)) => {
            format!("all but group {}", group(&of.group_id))
        }
        Some(Target::ConfigurationManagerCollectionAssignmentTarget(of)) => {
            format!("collection {}", group(&of.collection_id))
        }
        // What comes after this program was written.
        Some(other) => {
            let name = other.object().additional_properties().odata_type();
            name.unwrap_or("(a target)").to_owned()
        }
    }
}
