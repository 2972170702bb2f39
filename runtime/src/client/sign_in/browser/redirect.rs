//! The listener for the redirect of the browser.

use std::future::poll_fn;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};
use std::thread;
use std::time::Duration;

use percent_encoding::percent_decode_str;
use zeroize::Zeroizing;

use crate::sign_in::TokenError;

/// The page that the browser shows at the end.
const PAGE: &str =
    "<!doctype html><title>Sign-in</title><p>Sign-in is complete. This window can be closed.";

/// The maximum size of a request of the browser.
const MAX_REQUEST: usize = 64 * 1024;

/// A port of the local machine that receives the redirect, on a thread of its own until the value is dropped.
pub(super) struct RedirectListener {
    address: SocketAddr,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    is_dropped: bool,
    result: Option<Result<Zeroizing<String>, TokenError>>,
    waker: Option<Waker>,
}

impl RedirectListener {
    /// Opens a port. Requests without `state` are rejected: they are not from the sign-in page that this program opened.
    pub(super) fn bind(state: &str) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Mutex::new(Shared::default()));
        let (to, state) = (shared.clone(), state.to_owned());
        let thread = thread::Builder::new().name("graphwright-sign-in".to_owned());
        thread.spawn(move || listen(&listener, &state, &to))?;
        Ok(Self { address, shared })
    }

    /// The URL that the browser is redirected to. The sign-in service accepts any port of `localhost`.
    pub(super) fn redirect_uri(&self) -> String {
        format!("http://localhost:{}", self.address.port())
    }

    /// Waits for the redirect, and returns its authorization code.
    pub(super) async fn receive(self) -> Result<Zeroizing<String>, TokenError> {
        poll_fn(|context| {
            let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
            match shared.result.take() {
                Some(result) => Poll::Ready(result),
                None => {
                    shared.waker = Some(context.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }
}

impl Drop for RedirectListener {
    fn drop(&mut self) {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        shared.is_dropped = true;
        drop(shared);
        // Ends the thread, which waits for a connection.
        drop(TcpStream::connect_timeout(
            &self.address,
            Duration::from_secs(1),
        ));
    }
}

fn listen(listener: &TcpListener, state: &str, shared: &Mutex<Shared>) {
    for connection in listener.incoming() {
        if shared
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_dropped
        {
            return;
        }
        let Ok(mut connection) = connection else {
            return;
        };
        let result = read_target(&mut connection)
            .ok()
            .and_then(|target| parse(&target, state));
        let (status, page) = match &result {
            Some(_) => ("200 OK", PAGE),
            None => ("404 Not Found", ""),
        };
        let length = page.len();
        let answer = format!(
            "HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{page}"
        );
        // The result counts, whether or not the browser shows the page.
        let _ = connection.write_all(answer.as_bytes());
        if result.is_some() {
            let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
            shared.result = result;
            if let Some(waker) = shared.waker.take() {
                waker.wake();
            }
            return;
        }
    }
}

/// Reads the head of a request, and returns its target.
fn read_target(connection: &mut TcpStream) -> io::Result<Zeroizing<String>> {
    connection.set_read_timeout(Some(Duration::from_secs(10)))?;
    connection.set_write_timeout(Some(Duration::from_secs(10)))?;
    let mut head = Zeroizing::new(Vec::new());
    let mut buffer = [0; 4096];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let read = connection.read(&mut buffer)?;
        if read == 0 || head.len() > MAX_REQUEST {
            return Err(io::ErrorKind::InvalidData.into());
        }
        head.extend_from_slice(&buffer[..read]);
    }
    let text = String::from_utf8_lossy(&head);
    let mut words = text.split(' ');
    match (words.next(), words.next()) {
        (Some("GET"), Some(target)) => Ok(Zeroizing::new(target.to_owned())),
        _ => Err(io::ErrorKind::InvalidData.into()),
    }
}

/// Parses the result of the sign-in, or returns `None` if the request is another one.
fn parse(target: &str, state: &str) -> Option<Result<Zeroizing<String>, TokenError>> {
    let (_, query) = target.split_once('?')?;
    let parameter = |name: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(other, _)| *other == name)?;
        let value = value.replace('+', " ");
        Some(percent_decode_str(&value).decode_utf8_lossy().into_owned())
    };
    if parameter("state")? != state {
        return None;
    }
    if let Some(code) = parameter("code") {
        return Some(Ok(Zeroizing::new(code)));
    }
    let code = parameter("error")?;
    let message = parameter("error_description").unwrap_or_else(|| code.clone());
    Some(Err(TokenError::new(message).with_code(code)))
}
