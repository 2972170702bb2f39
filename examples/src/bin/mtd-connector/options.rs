//! The options of a connector, by the names of the administrator's page.

use graphwright::beta::types::MobileThreatDefenseConnector as Connector;

/// An option that is on or off.
struct Toggle {
    option: &'static str,
    name: &'static str,
    field: fn(&mut Connector) -> &mut Option<bool>,
}

const DAYS: &str = "days-until-unresponsive";

const TOGGLES: [Toggle; 10] = [
    Toggle {
        option: "connect-android",
        name: "compliance: connect Android devices",
        field: |of| &mut of.android_enabled,
    },
    Toggle {
        option: "connect-ios",
        name: "compliance: connect iOS/iPadOS devices",
        field: |of| &mut of.ios_enabled,
    },
    Toggle {
        option: "connect-windows",
        name: "compliance: connect Windows devices",
        field: |of| &mut of.windows_enabled,
    },
    Toggle {
        option: "connect-mac",
        name: "compliance: connect Mac devices",
        field: |of| &mut of.mac_enabled,
    },
    Toggle {
        option: "app-sync",
        name: "compliance: app sync for iOS devices",
        field: |of| &mut of.allow_partner_to_collect_ios_application_metadata,
    },
    Toggle {
        option: "full-inventory",
        name: "compliance: full app inventory of personal iOS/iPadOS devices",
        field: |of| &mut of.allow_partner_to_collect_ios_personal_application_metadata,
    },
    Toggle {
        option: "block-unsupported-versions",
        name: "compliance: block unsupported OS versions",
        field: |of| &mut of.partner_unsupported_os_version_blocked,
    },
    Toggle {
        option: "app-protection-android",
        name: "app protection: connect Android devices",
        field: |of| &mut of.android_mobile_application_management_enabled,
    },
    Toggle {
        option: "app-protection-ios",
        name: "app protection: connect iOS devices",
        field: |of| &mut of.ios_mobile_application_management_enabled,
    },
    Toggle {
        option: "app-protection-windows",
        name: "app protection: connect Windows devices",
        field: |of| &mut of.windows_mobile_application_management_enabled,
    },
];

/// Puts an option into a change.
pub(crate) fn switch(change: &mut Connector, option: &str) -> Result<(), String> {
    let (name, value) = option
        .split_once('=')
        .ok_or_else(|| format!("`{option}`: an option has a value, such as {option}=on"))?;
    if name == DAYS {
        let days = value.parse().ok().filter(|days| *days > 0);
        let days = days.ok_or_else(|| format!("`{value}` is no number of days"))?;
        change.partner_unresponsiveness_threshold_in_days = Some(days);
        return Ok(());
    }
    let toggle = TOGGLES.iter().find(|toggle| toggle.option == name);
    let toggle = toggle.ok_or_else(|| format!("there is no option `{name}`; see --help"))?;
    *(toggle.field)(change) = Some(match value {
        "on" => true,
        "off" => false,
        _ => return Err(format!("`{option}`: it can be on or off")),
    });
    Ok(())
}

/// The options, for the help.
pub(crate) fn help() -> String {
    let mut text = "Options of a connector, each =on or =off:\n".to_owned();
    for toggle in &TOGGLES {
        text += &format!("  {:28}{}\n", toggle.option, toggle.name);
    }
    text + &format!("and\n  {DAYS}=N   days until the partner counts as unresponsive")
}

/// A connector in a line.
pub(crate) fn summary(connector: &Connector) -> String {
    let heartbeat = connector.last_heartbeat_date_time.as_ref();
    format!(
        "{}  {}  last heartbeat {}",
        connector.id.as_deref().unwrap_or("(no id)"),
        state(connector),
        heartbeat.map_or_else(|| "never".to_owned(), ToString::to_string)
    )
}

fn state(connector: &Connector) -> &str {
    let state = connector.partner_state.as_ref();
    state.map_or("unknown", |state| state.as_str())
}

/// A connector with all its options.
pub(crate) fn text(connector: &Connector) -> String {
    let mut text = format!("{}\n", summary(connector));
    let mut connector = connector.clone();
    for toggle in &TOGGLES {
        let value = match (toggle.field)(&mut connector) {
            Some(true) => "on",
            Some(false) => "off",
            None => "not stated",
        };
        text += &format!("  {:62}{value}\n", toggle.name);
    }
    let days = connector.partner_unresponsiveness_threshold_in_days;
    let days = days.map_or_else(|| "not stated".to_owned(), |days| days.to_string());
    text + &format!("  {:62}{days}\n", "days until unresponsive")
}
