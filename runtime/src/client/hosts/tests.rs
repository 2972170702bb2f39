//! Tests of URLs that try to make one host look like another.

use super::{Address, Hosts, Reach};

/// Checks the result for a URL: `signed`, `bare`, the foreign host, or the parse error.
fn check(address: &str, expected: &str) {
    let hosts = Hosts::graph();
    let outcome = match Address::parse(address) {
        Ok(address) => match hosts.reach(&address) {
            Ok(Reach::WithToken) => "signed".to_owned(),
            Ok(Reach::WithoutToken) => "bare".to_owned(),
            Err(error) => format!("foreign {}", error.host()),
        },
        Err(_) => "refused".to_owned(),
    };
    assert_eq!(outcome, expected, "{address}");
}

#[test]
fn hosts_of_the_clouds_receive_the_token() {
    for host in [
        "graph.microsoft.com",
        "graph.microsoft.us",
        "dod-graph.microsoft.us",
        "microsoftgraph.chinacloudapi.cn",
        "graph.microsoft.de",
        "GRAPH.Microsoft.COM",
        "graph.microsoft.com.",
        "graph.microsoft.com:443",
        "graph.microsoft.com.:443",
        "graph.microsoft.com:",
    ] {
        check(&format!("https://{host}/v1.0/users?$skiptoken=x"), "signed");
        check(&format!("HTTPS://{host}"), "signed");
        check(&format!("https://{host}?a#b"), "signed");
    }
}

#[test]
fn downloads_keep_no_token() {
    check("https://contoso.sharepoint.com/_api/x", "bare");
    check("https://contoso-my.sharepoint.com./personal/x", "bare");
    check("https://public.dm.files.1drv.com/y4m", "bare");
    check(
        "https://outlook.office.com/api/v2.0/AttachmentSessions",
        "bare",
    );
    check(
        "http://contoso.sharepoint.com/x",
        "foreign contoso.sharepoint.com",
    );
    check("https://evilsharepoint.com/x", "foreign evilsharepoint.com");
    check(
        "https://sharepoint.com.evil.example/x",
        "foreign sharepoint.com.evil.example",
    );
}

#[test]
fn documented_storage_hosts_receive_no_token() {
    check("https://reports.office.com/data/v1.0/download", "bare");
    check("https://print.print.microsoft.com/uploadSessions/1", "bare");
    check("https://api.onedrive.com/v1.0/monitor/1", "bare");
}

#[test]
fn rejects_lookalike_hosts() {
    check("https://evil.example/v1.0", "foreign evil.example");
    check(
        "https://graph.microsoft.com.evil.example/v1.0",
        "foreign graph.microsoft.com.evil.example",
    );
    check(
        "https://evilgraph.microsoft.com/v1.0",
        "foreign evilgraph.microsoft.com",
    );
    check(
        "https://graph.microsoft.com-evil.example/",
        "foreign graph.microsoft.com-evil.example",
    );
    check(
        "https://xn--grph-6ra.microsoft.com/",
        "foreign xn--grph-6ra.microsoft.com",
    );
    check(
        "https://graph.microsoft.com:8443/v1.0",
        "foreign graph.microsoft.com:8443",
    );
    check(
        "https://graph.microsoft.com:80/v1.0",
        "foreign graph.microsoft.com:80",
    );
    check(
        "https://evil.example/https://graph.microsoft.com/",
        "foreign evil.example",
    );
    check(
        "https://evil.example?@graph.microsoft.com/",
        "foreign evil.example",
    );
    check(
        "https://evil.example#@graph.microsoft.com/",
        "foreign evil.example",
    );
    check(
        "https://graph.microsoft-ppe.com/v1.0",
        "foreign graph.microsoft-ppe.com",
    );
    check("https://127.0.0.1/", "foreign 127.0.0.1");
    check("https://[::ffff:127.0.0.1]/", "foreign [::ffff:127.0.0.1]");
    check("https://2130706433/", "foreign 2130706433");
}

#[test]
fn rejects_http() {
    check(
        "http://graph.microsoft.com/v1.0",
        "foreign graph.microsoft.com",
    );
    check(
        "http://graph.microsoft.com:443/v1.0",
        "foreign graph.microsoft.com:443",
    );
    check("http://localhost:8080/v1.0", "foreign localhost:8080");
    check("ftp://graph.microsoft.com/v1.0", "refused");
    check("javascript://graph.microsoft.com/%0aalert(1)", "refused");
}

#[test]
fn rejects_ambiguous_urls() {
    for address in [
        "",
        "/v1.0/users",
        "//graph.microsoft.com/v1.0",
        "https:graph.microsoft.com",
        "https:/graph.microsoft.com",
        "https:///graph.microsoft.com",
        " https://graph.microsoft.com/",
        "https://graph.microsoft.com/ ",
        "https://graph.microsoft.com@evil.example/v1.0",
        "https://graph.microsoft.com:443@evil.example/v1.0",
        "https://evil.example\\@graph.microsoft.com/",
        "https://graph.microsoft.com\\.evil.example/",
        "https://user:pass@graph.microsoft.com/",
        "https://@graph.microsoft.com/",
        "https://graph.microsoft.com%2eevil.example/",
        "https://graph%2emicrosoft.com/",
        "https://graph.microsoft.com\u{2024}evil.example/",
        "https://gr\u{430}ph.microsoft.com/",
        "https://graph.microsoft.com\u{ff0f}.evil.example/",
        "https://graph.microsoft.com\t.evil.example/",
        "https://graph.microsoft.com\r\nHost: evil.example/",
        "https://graph.microsoft.com..",
        "https://.graph.microsoft.com/",
        "https://graph.microsoft.com:99999/",
        "https://graph.microsoft.com:+443/",
        "https://graph.microsoft.com:44x/",
        "https://[::1/",
        "https://[::1]evil.example/",
        "https://[graph.microsoft.com]/",
        "https://?graph.microsoft.com",
    ] {
        check(address, "refused");
    }
}

#[test]
fn named_hosts_are_allowed_with_their_port_only() {
    let mut hosts = Hosts::none();
    hosts.allow("127.0.0.1:8080").unwrap();
    hosts.allow("[::1]:8080").unwrap();
    hosts.allow("Gateway.Contoso.Example").unwrap();
    let reach = |text: &str| hosts.reach(&Address::parse(text).unwrap()).is_ok();
    assert!(reach("http://127.0.0.1:8080/v1.0"));
    assert!(reach("https://127.0.0.1:8080/v1.0"));
    assert!(reach("http://[0:0::1]:8080/v1.0"));
    assert!(reach("https://gateway.contoso.example/x"));
    assert!(!reach("http://gateway.contoso.example/x"));
    assert!(!reach("http://127.0.0.1:8081/v1.0"));
    assert!(!reach("http://127.0.0.1/v1.0"));
    assert!(!reach("http://localhost:8080/v1.0"));
    assert!(!reach("https://graph.microsoft.com/v1.0"));
    for host in ["https://x", "a/b", "a?b", "u@a", "", "a b", "*"] {
        assert!(hosts.clone().allow(host).is_err(), "{host}");
    }
    hosts.allow_storage("files.example").unwrap();
    let address = Address::parse("https://a.files.example:99/x").unwrap();
    assert_eq!(hosts.reach(&address), Ok(Reach::WithoutToken));
}

#[test]
fn formats_urls_canonically() {
    for (given, written) in [
        ("HTTPS://A.Example.:443", "https://a.example/"),
        ("http://a.example:80/x?y#z", "http://a.example/x?y"),
        ("https://a.example?x=1", "https://a.example/?x=1"),
        (
            "https://a.example/a b|c{d}\u{e9}",
            "https://a.example/a%20b%7Cc%7Bd%7D%C3%A9",
        ),
        (
            "https://a.example/%7B?$skip='1'",
            "https://a.example/%7B?$skip='1'",
        ),
    ] {
        assert_eq!(Address::parse(given).unwrap().to_text(), written);
    }
    let shown = format!("{:?}", Address::parse("https://a.example/secret").unwrap());
    assert_eq!(shown, "Address(a.example…)");
}

#[test]
fn references_are_resolved_against_the_whole_address() {
    let base = Address::parse("https://a.example/v1.0/users/1?$top=5").unwrap();
    for (reference, joined) in [
        ("https://b.example/x", "https://b.example/x"),
        ("//b.example/x", "https://b.example/x"),
        ("/x?y", "https://a.example/x?y"),
        // Not appended to the host: `https://a.examplefoo`.
        ("foo", "https://a.example/v1.0/users/foo"),
        ("../foo", "https://a.example/v1.0/foo"),
        ("../../../foo/.", "https://a.example/foo/"),
        ("?$skip=5", "https://a.example/v1.0/users/1?$skip=5"),
        ("", "https://a.example/v1.0/users/1?$top=5"),
        ("#top", "https://a.example/v1.0/users/1?$top=5"),
        ("a(b='c:d')", "https://a.example/v1.0/users/a(b='c:d')"),
    ] {
        assert_eq!(
            base.join(reference).unwrap().to_text(),
            joined,
            "{reference}"
        );
    }
    for reference in [
        "\\\\b.example",
        "//u@b.example/",
        "mailto:a@b.example",
        "a\nb",
    ] {
        assert!(base.join(reference).is_err(), "{reference}");
    }
}

use proptest::prelude::*;

/// Texts that resemble URLs.
fn near_address() -> impl Strategy<Value = String> {
    let pieces = [
        "https",
        "http",
        "HTTPS",
        ":",
        "/",
        "//",
        "://",
        "\\",
        "@",
        "?",
        "#",
        ".",
        "..",
        "%2e",
        "%00",
        "%40",
        " ",
        "\t",
        "\n",
        "[",
        "]",
        "[::1]",
        "::",
        "127.0.0.1",
        "0x7f.1",
        "localhost",
        "graph.microsoft.com",
        "evil.example",
        "sharepoint.com",
        "xn--",
        "\u{ff0f}",
        "\u{ff20}",
        "\u{3002}",
        "\u{ad}",
        ":443",
        ":80",
        ":8443",
        "v1.0",
        "a",
        "-",
        "_",
        "'",
        "(",
        "{",
        "|",
        "^",
    ];
    let piece = prop::sample::select(pieces.to_vec());
    prop_oneof![
        prop::collection::vec(piece.clone(), 0..12).prop_map(|pieces| pieces.concat()),
        prop::collection::vec(piece, 0..8)
            .prop_map(|pieces| format!("https://{}", pieces.concat())),
        any::<String>(),
    ]
}

/// Checks that another parser finds the same host.
fn check_host(address: &Address) -> Result<(), TestCaseError> {
    let text = address.to_text();
    prop_assert_eq!(&Address::parse(&text).unwrap(), address);
    let uri = http::Uri::try_from(&text).unwrap();
    prop_assert_eq!(uri.host(), Some(address.host()));
    prop_assert_eq!(uri.scheme_str() == Some("https"), address.is_https());
    prop_assert_eq!(uri.port_u16(), address.port());
    Ok(())
}

proptest! {
    #[test]
    fn reaches_the_same_hosts_as_other_url_parsers(text in near_address(), reference in near_address()) {
        let base = Address::parse("https://graph.microsoft.com/v1.0/users?a=b").unwrap();
        for address in [Address::parse(&text), base.join(&text)].into_iter().flatten() {
            check_host(&address)?;
            if let Ok(joined) = address.join(&reference) {
                check_host(&joined)?;
            }
        }
    }

    #[cfg(feature = "reqwest")]
    #[test]
    fn sends_no_token_where_the_whatwg_parser_finds_another_host(text in near_address()) {
        let Ok(address) = Address::parse(&text) else { return Ok(()) };
        // The other parser accepts more spellings of numeric addresses.
        let is_number = address.host().rsplit('.').next().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_digit()));
        for text in [text, address.to_text()] {
            if let Ok(url) = reqwest::Url::parse(&text) {
                let host = url.host_str().unwrap_or_default();
                prop_assert!(is_number || host.trim_end_matches('.') == address.host(), "{} {:?}", text, host);
            }
        }
    }
}
