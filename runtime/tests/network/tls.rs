//! Certificates and proxies, over real loopback connections.

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use graphwright_runtime::{
    AccessToken, Client, Error, ErrorKind, Proxy, ReqwestTransport, Transport, Value, reqwest,
};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

use crate::connections::{Hasty, answer, read};

/// An authority with certificates for the local machine.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    fn pem(&self) -> String {
        self.0.pem()
    }

    fn certificate(&self, name: &str) -> (rcgen::Certificate, KeyPair) {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new([name.to_owned()]).unwrap();
        (params.signed_by(&key, &self.0).unwrap(), key)
    }
}

/// A TLS server that sends an answer per connection. The requests are sent to the channel.
fn serve(
    authority: &Authority,
    name: &str,
    asks_certificate: bool,
) -> (SocketAddr, Receiver<String>) {
    let provider = Arc::new(ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider.clone());
    let config = config.with_safe_default_protocol_versions().unwrap();
    let config = if asks_certificate {
        let mut roots = RootCertStore::empty();
        roots.add(authority.0.der().clone()).unwrap();
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
        config.with_client_cert_verifier(verifier.build().unwrap())
    } else {
        config.with_no_client_auth()
    };
    let (certificate, key) = authority.certificate(name);
    let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
    let config = config.with_single_cert(vec![certificate.der().clone()], key);
    let config = Arc::new(config.unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (asked, requests) = channel();
    thread::spawn(move || {
        for connection in listener.incoming() {
            let session = ServerConnection::new(config.clone()).unwrap();
            let mut stream = StreamOwned::new(session, connection.unwrap());
            let request = read(&mut stream);
            if request.is_empty() {
                continue;
            }
            let _ = asked.send(request);
            let _ = stream.write_all(&answer("200 OK", b"{}"));
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    });
    (address, requests)
}

fn get(transport: impl Transport, base: &str) -> Result<Value, Error> {
    let builder = Client::builder(base).transport(transport).clock(Hasty);
    let builder = builder.token_source(AccessToken::fixed("the-token"));
    builder.build().unwrap().get("/x").send_blocking()
}

/// Checks that an error is final, and that its text contains `expected`.
fn check_permanent(result: Result<Value, Error>, expected: &str) {
    let error = result.unwrap_err();
    assert_eq!(
        (error.kind(), error.tries()),
        (ErrorKind::Transport, 1),
        "{error}"
    );
    let text = error.to_string();
    assert_eq!(text.matches(expected).count(), 1, "{text}");
}

#[test]
fn trusts_the_given_root_certificates() {
    let authority = Authority::new();
    let (address, requests) = serve(&authority, "127.0.0.1", false);
    let base = format!("https://{address}/v1.0");
    check_permanent(
        get(ReqwestTransport::new().unwrap(), &base),
        "UnknownIssuer",
    );
    let pem = authority.pem();
    let trusting = || ReqwestTransport::builder().root_certificates(pem.as_bytes());
    get(trusting().build().unwrap(), &base).unwrap();
    get(trusting().http1_only().build().unwrap(), &base).unwrap();
    assert_eq!(requests.try_iter().count(), 2);
    let (address, _requests) = serve(&authority, "elsewhere.example", false);
    let base = format!("https://{address}/v1.0");
    check_permanent(
        get(trusting().build().unwrap(), &base),
        "not valid for name",
    );
}

#[test]
fn authenticates_with_a_client_certificate() {
    let authority = Authority::new();
    let (address, _requests) = serve(&authority, "127.0.0.1", true);
    let base = format!("https://{address}/v1.0");
    let pem = authority.pem();
    let trusting = || ReqwestTransport::builder().root_certificates(pem.as_bytes());
    let error = get(trusting().build().unwrap(), &base).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    let (certificate, key) = authority.certificate("client.example");
    let identity = format!("{}{}", certificate.pem(), key.serialize_pem());
    let transport = trusting().client_certificate(identity.as_bytes()).build();
    get(transport.unwrap(), &base).unwrap();
}

#[test]
fn invalid_certificates_are_an_error() {
    let key = KeyPair::generate().unwrap().serialize_pem();
    let new = ReqwestTransport::builder;
    for builder in [
        new().root_certificates(b""),
        new().root_certificates(b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----"),
        new().client_certificate(b""),
        new().client_certificate(key.as_bytes()),
        new().client_certificate(Authority::new().pem().as_bytes()),
        new().proxy(Proxy::new("no url").password("hidden")),
    ] {
        let error = builder.build().unwrap_err();
        assert!(
            error.is_permanent() && !error.to_string().contains("hidden"),
            "{error}"
        );
    }
}

/// A resolver that knows no host.
struct NoHosts(&'static str);

impl reqwest::dns::Resolve for NoHosts {
    fn resolve(&self, _: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let error =
            std::io::Error::other(format!("failed to lookup address information: {}", self.0));
        Box::pin(async { Err(error.into()) })
    }
}

#[test]
fn unknown_hosts_are_not_tried_again() {
    let transport = |text| -> ReqwestTransport {
        // Unlike the default transport, a client of reqwest needs the provider of the process.
        let _ = ring::default_provider().install_default();
        let builder = reqwest::Client::builder()
            .no_proxy()
            .dns_resolver(Arc::new(NoHosts(text)));
        builder.build().unwrap().into()
    };
    let base = "https://graph.microsoft.com/v1.0";
    check_permanent(
        get(transport("Name or service not known"), base),
        "not known",
    );
    let error = get(transport("Temporary failure in name resolution"), base).unwrap_err();
    assert_eq!(error.tries(), 4);
}

#[test]
fn proxies_with_credentials() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (asked, requests) = channel();
    thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            let request = read(&mut connection);
            // `svc:right`
            let is_right = request.contains("Basic c3ZjOnJpZ2h0");
            let _ = asked.send(request);
            let status = if is_right {
                "502 Bad Gateway"
            } else {
                "407 Proxy Authentication Required"
            };
            let _ = connection.write_all(&answer(status, b""));
        }
    });
    let through = |password: &str| {
        let proxy = Proxy::new(&url).user("svc").password(password);
        ReqwestTransport::builder().proxy(proxy).build().unwrap()
    };
    let base = "https://graph.microsoft.com/v1.0";
    check_permanent(get(through("wrong"), base), "proxy authorization required");
    let request = requests.recv().unwrap();
    assert!(
        request.starts_with("CONNECT graph.microsoft.com:443"),
        "{request}"
    );
    assert!(!request.contains("the-token"));
    // The proxy accepts the password, and cannot reach the service.
    assert_eq!(get(through("right"), base).unwrap_err().tries(), 4);
    // A plain request goes through the proxy as well, unless its host is excluded.
    assert_eq!(requests.try_iter().count(), 4);
    let error = get(through("wrong"), "http://127.0.0.1:9/v1.0").unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(407));
    let proxy = Proxy::new(&url).exclude("127.0.0.1");
    let direct = ReqwestTransport::builder().proxy(proxy).build().unwrap();
    assert_eq!(
        get(direct, "http://127.0.0.1:9/v1.0").unwrap_err().status(),
        None
    );
    assert_eq!(requests.try_iter().count(), 1);
}
