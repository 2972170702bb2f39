//! The programs as a user runs them, each against a server of this machine.

#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::path::Path;
use std::process::{Command, Output};
use std::sync::OnceLock;

use graphwright_serve::{Graph, Server, Settings, token};
use serde_json::Value;

const CONNECTOR: &str = env!("CARGO_BIN_EXE_mtd-connector");
const PARTNERS: &str = env!("CARGO_BIN_EXE_compliance-partners");
const INVENTORY: &str = env!("CARGO_BIN_EXE_inventory");

const CONNECTORS: &str = "/beta/deviceManagement/mobileThreatDefenseConnectors";
const READ: &str = "DeviceManagementServiceConfig.Read.All";
const WRITE: &str = "DeviceManagementServiceConfig.ReadWrite.All";

fn serve(settings: Settings) -> Server {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    let graph = GRAPH.get_or_init(|| {
        let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input");
        Graph::read(&docs).unwrap()
    });
    Server::start(graph, settings).unwrap()
}

/// Runs a program against a server.
fn run(program: &str, base_url: &str, token: Option<&str>, arguments: &[&str]) -> Output {
    let mut command = Command::new(program);
    command.args(arguments).args(["--base-url", base_url]);
    command
        .env_remove("GRAPH_TOKEN")
        .env_remove("GRAPH_CLIENT_SECRET");
    if let Some(token) = token {
        command.env("GRAPH_TOKEN", token);
    }
    command.output().unwrap()
}

/// What a program printed; it is to have succeeded.
fn printed(output: Output) -> String {
    let text = String::from_utf8(output.stdout).unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{text}{said}");
    text
}

fn complaint(output: Output) -> String {
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8(output.stderr).unwrap()
}

fn id_of_first(server: &Server) -> String {
    server.items(CONNECTORS)[0]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn connectors_are_listed_and_shown() {
    let server = serve(Settings::new());
    let id = id_of_first(&server);
    let base = server.base_url("beta");
    let list = printed(run(CONNECTOR, &base, None, &["list"]));
    assert!(
        list.starts_with(&id) && list.contains("available"),
        "{list}"
    );
    let show = printed(run(CONNECTOR, &base, None, &["show", &id]));
    assert!(
        show.contains("connect Mac devices") && show.contains("on\n"),
        "{show}"
    );
    let json = printed(run(CONNECTOR, &base, None, &["show", &id, "--json"]));
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["id"], id);
}

#[test]
fn every_option_is_switched() {
    let server = serve(Settings::new());
    let id = id_of_first(&server);
    let base = server.base_url("beta");
    for (option, property) in [
        ("connect-android", "androidEnabled"),
        ("connect-ios", "iosEnabled"),
        ("connect-windows", "windowsEnabled"),
        ("connect-mac", "macEnabled"),
        ("app-sync", "allowPartnerToCollectIOSApplicationMetadata"),
        (
            "full-inventory",
            "allowPartnerToCollectIOSPersonalApplicationMetadata",
        ),
        (
            "block-unsupported-versions",
            "partnerUnsupportedOsVersionBlocked",
        ),
        (
            "app-protection-android",
            "androidMobileApplicationManagementEnabled",
        ),
        (
            "app-protection-ios",
            "iosMobileApplicationManagementEnabled",
        ),
        (
            "app-protection-windows",
            "windowsMobileApplicationManagementEnabled",
        ),
    ] {
        let before = server.items(CONNECTORS)[0].clone();
        let value = if before[property] == true {
            "off"
        } else {
            "on"
        };
        printed(run(
            CONNECTOR,
            &base,
            None,
            &["set", &id, &format!("{option}={value}")],
        ));
        // This one, and no other. Every change gives the item another ETag.
        let mut expected = before;
        expected[property] = Value::Bool(value == "on");
        let mut actual = server.items(CONNECTORS)[0].clone();
        assert_ne!(actual["@odata.etag"], expected["@odata.etag"], "{option}");
        actual["@odata.etag"] = expected["@odata.etag"].clone();
        assert_eq!(actual, expected, "{option}");
    }
    let both = ["set", &id, "days-until-unresponsive=30", "connect-mac=on"];
    printed(run(CONNECTOR, &base, None, &both));
    let now = &server.items(CONNECTORS)[0];
    assert_eq!(now["partnerUnresponsivenessThresholdInDays"], 30);
    assert_eq!(now["macEnabled"], true);
}

#[test]
fn a_dry_run_prints_the_request_and_sends_nothing() {
    let server = serve(Settings::new());
    let base = server.base_url("beta");
    let arguments = ["set", "a b", "connect-ios=off", "--dry-run"];
    let text = printed(run(CONNECTOR, &base, None, &arguments));
    let (head, body) = text.split_once("\n\n").unwrap();
    let line = format!("PATCH {base}/deviceManagement/mobileThreatDefenseConnectors/a%20b\n");
    assert!(head.starts_with(&line), "{text}");
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["iosEnabled"], false);
    assert_eq!(
        body.as_object()
            .unwrap()
            .keys()
            .filter(|key| !key.starts_with('@'))
            .count(),
        1
    );
    assert!(server.requests().is_empty());
}

#[test]
fn what_is_not_allowed_names_the_permission_to_ask_for() {
    let server = serve(Settings::new().check_scopes());
    let id = id_of_first(&server);
    let base = server.base_url("beta");
    let before = server.items(CONNECTORS);
    let set = ["set", id.as_str(), "connect-ios=off"];
    let reader = token(&[READ]);
    let said = complaint(run(CONNECTOR, &base, Some(&reader), &set));
    assert!(
        said.contains("not allowed") && said.contains(WRITE),
        "{said}"
    );
    assert!(!said.contains(READ) && !said.contains(&reader), "{said}");
    assert_eq!(server.items(CONNECTORS), before);
    printed(run(CONNECTOR, &base, Some(&token(&[WRITE])), &set));
    assert_eq!(server.items(CONNECTORS)[0]["iosEnabled"], false);
}

#[test]
fn applications_and_users_sign_in() {
    let server = serve(Settings::new().check_scopes());
    let (base, authority) = (
        server.base_url("beta"),
        format!("http://{}", server.address()),
    );
    let sign_in = |extra: &[&str], secret: &str| {
        let mut command = Command::new(CONNECTOR);
        command.args(["list", "--base-url", &base, "--authority", &authority]);
        command
            .args(["--tenant", "contoso.example", "--client-id", "app"])
            .args(extra);
        command
            .env_remove("GRAPH_TOKEN")
            .env("GRAPH_CLIENT_SECRET", secret);
        command.output().unwrap()
    };
    assert!(printed(sign_in(&[], "the-secret")).contains("available"));
    let asked = server.requests();
    let form = String::from_utf8_lossy(asked[0].body());
    assert_eq!(asked[0].path(), "/contoso.example/oauth2/v2.0/token");
    assert!(form.contains("client_secret=the-secret"), "{form}");

    let output = sign_in(&["--device-code"], "");
    assert!(String::from_utf8_lossy(&output.stderr).contains("ABCD"));
    assert!(printed(output).contains("available"));
    // The code, the answer that nobody typed it in, the token, the list.
    assert_eq!(server.requests().len() - asked.len(), 4);
}

#[test]
fn what_cannot_be_done_is_said() {
    let server = serve(Settings::new());
    let base = server.base_url("beta");
    let said = complaint(run(CONNECTOR, &base, None, &["show", "nobody"]));
    assert!(
        said.contains("ResourceNotFound") && said.contains("request-id"),
        "{said}"
    );
    for option in [
        "connect-ios",
        "connect-ios=maybe",
        "sing=on",
        "days-until-unresponsive=0",
    ] {
        let said = complaint(run(CONNECTOR, &base, None, &["set", "x", option]));
        assert!(
            said.contains(option.split('=').next().unwrap()) || said.contains("days"),
            "{said}"
        );
    }
    let said = complaint(run(
        CONNECTOR,
        "https://graph.example/beta",
        None,
        &["list"],
    ));
    assert!(said.contains("GRAPH_TOKEN"), "{said}");
}

#[test]
fn partners_with_their_assignments() {
    let server = serve(Settings::new());
    let base = server.base_url("v1.0");
    let text = printed(run(PARTNERS, &base, None, &[]));
    let partners = server.items("/v1.0/deviceManagement/complianceManagementPartners");
    assert_eq!(partners.len(), 1);
    assert!(
        text.contains(partners[0]["displayName"].as_str().unwrap()),
        "{text}"
    );
    for platform in ["macOS", "Android", "iOS"] {
        assert!(
            text.contains(&format!("  {platform}: onboarded, for ")),
            "{text}"
        );
    }
    let json = printed(run(PARTNERS, &base, None, &["--json"]));
    let mut json: Vec<Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(json.pop().unwrap(), partners[0]);
}

#[test]
fn all_devices_once_over_a_bad_line() {
    let faults = "429=0.001 every 5, 503=0 every 7".parse().unwrap();
    let server = serve(Settings::new().items(1_050).faults(faults));
    let base = server.base_url("v1.0");
    let output = run(INVENTORY, &base, None, &["--page-size", "50"]);
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(
        said.ends_with("1050 devices\n") && said.contains("\n100 devices\n"),
        "{said}"
    );
    let csv = printed(output);
    let mut lines = csv.split_terminator("\r\n");
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("id,deviceName,userPrincipalName,")
    );
    let ids: Vec<&str> = lines.map(|line| line.split(',').next().unwrap()).collect();
    let expected = server.items("/v1.0/deviceManagement/managedDevices");
    let expected: Vec<&str> = expected
        .iter()
        .filter_map(|item| item["id"].as_str())
        .collect();
    assert_eq!(ids, expected);
    // Only what the columns need was asked for.
    assert!(
        server
            .requests()
            .iter()
            .all(|asked| asked.query().unwrap().contains("$select=id,deviceName"))
    );
}
