//! The messages on standard input and output: JSON-RPC with a `Content-Length` header.

use std::io::{self, BufRead, ErrorKind, Read, Write};

use lsp_server::{ErrorCode, Message, RequestId, Response};
use serde_json::{Value, json};

/// The maximum length of a header line in bytes.
const MAX_HEADER: u64 = 4096;

/// A message of the client, or the reason why it cannot be parsed.
#[derive(Debug)]
pub(super) enum Incoming {
    Message(Message),
    /// The message is complete, but no valid JSON-RPC. The next one can be read.
    Invalid(Failure),
}

/// The answer to a message that is no valid JSON-RPC.
#[derive(Debug)]
pub(super) struct Failure {
    /// The id of the request, if the message has a valid one.
    id: Option<RequestId>,
    code: ErrorCode,
    reason: String,
}

/// A message for the client.
#[derive(Debug)]
pub(super) enum Outgoing {
    Message(Message),
    Failure(Failure),
}

/// Reads a message. Returns `None` at the end of the input.
///
/// # Errors
/// The input cannot be read, ends within a message, or a header is invalid, so that the end of the message is unknown.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let Some(length) = read_header(input)? else {
        return Ok(None);
    };
    // The buffer grows with the input, since the length may be wrong.
    let mut body = Vec::new();
    input.take(length).read_to_end(&mut body)?;
    if (body.len() as u64) < length {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(parse(&body)))
}

/// Reads the header lines. Returns the length of the body.
fn read_header(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    let invalid = |reason: String| io::Error::new(ErrorKind::InvalidData, reason);
    let mut length = None;
    let mut is_first = true;
    loop {
        let mut line = Vec::new();
        input
            .by_ref()
            .take(MAX_HEADER)
            .read_until(b'\n', &mut line)?;
        if line.is_empty() && is_first {
            return Ok(None);
        }
        is_first = false;
        let Some(line) = line.strip_suffix(b"\n") else {
            return Err(invalid("a header line has no end".to_owned()));
        };
        let line = String::from_utf8_lossy(line);
        let line = line.trim();
        if line.is_empty() {
            let missing = || invalid("a message has no header `Content-Length`".to_owned());
            return length.ok_or_else(missing).map(Some);
        }
        let Some((name, value)) = line.split_once(':') else {
            return Err(invalid(format!("{line:?} is not a header")));
        };
        if name.trim().eq_ignore_ascii_case("Content-Length") {
            let parsed = value.trim().parse();
            length = Some(parsed.map_err(|_| invalid(format!("{value:?} is not a length")))?);
        }
    }
}

fn parse(body: &[u8]) -> Incoming {
    let value: Value = match serde_json::from_slice(body) {
        Ok(value) => value,
        Err(error) => {
            return Incoming::Invalid(Failure {
                id: None,
                code: ErrorCode::ParseError,
                reason: format!("the message is not JSON: {error}"),
            });
        }
    };
    let id = serde_json::from_value(value["id"].clone()).ok();
    match serde_json::from_value(value) {
        Ok(message) => Incoming::Message(message),
        Err(_) => Incoming::Invalid(Failure {
            id,
            code: ErrorCode::InvalidRequest,
            reason: "the message is neither a request, nor a response, nor a notification"
                .to_owned(),
        }),
    }
}

impl Outgoing {
    /// Writes the message.
    pub(super) fn write(self, output: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Message(message) => message.write(output),
            Self::Failure(Failure {
                id: Some(id),
                code,
                reason,
            }) => Message::from(Response::new_err(id, code as i32, reason)).write(output),
            Self::Failure(Failure {
                id: None,
                code,
                reason,
            }) => {
                let error = json!({ "code": code as i32, "message": reason });
                // `Response` has no null as its id.
                let text = json!({ "jsonrpc": "2.0", "id": null, "error": error }).to_string();
                write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
                output.flush()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(input: &[u8]) -> Vec<String> {
        let mut input = io::BufReader::new(input);
        let mut results = Vec::new();
        loop {
            match read(&mut input) {
                Ok(None) => return results,
                Ok(Some(Incoming::Message(message))) => results.push(match message {
                    Message::Request(request) => format!("request {}", request.method),
                    Message::Response(response) => format!("response {}", response.id),
                    Message::Notification(notification) => notification.method,
                }),
                Ok(Some(Incoming::Invalid(failure))) => {
                    results.push(format!("{} {:?}", failure.code as i32, failure.id));
                }
                Err(error) => {
                    results.push(error.to_string());
                    return results;
                }
            }
        }
    }

    #[test]
    fn reads_messages_until_the_end() {
        let check = |bodies: &[&str], expected: &[&str]| {
            let input: String = bodies
                .iter()
                .map(|body| format!("Content-Length: {}\r\n\r\n{body}", body.len()))
                .collect();
            assert_eq!(read_all(input.as_bytes()), expected, "{bodies:?}");
        };
        check(&[], &[]);
        check(
            &[
                r#"{"jsonrpc":"2.0","id":1,"method":"a"}"#,
                r#"{"jsonrpc":"2.0","method":"b","params":{}}"#,
                r#"{"jsonrpc":"2.0","id":"x","result":null}"#,
            ],
            &["request a", "b", "response \"x\""],
        );
        check(&["{", r#"{"method":"b"}"#], &["-32700 None", "b"]);
        check(
            &["[]", "7", "{}", r#"{"id":3}"#, r#"{"id":{},"method":5}"#],
            &[
                "-32600 None",
                "-32600 None",
                "-32600 None",
                "-32600 Some(RequestId(I32(3)))",
                "-32600 None",
            ],
        );
        let deep = "[".repeat(100_000);
        check(&[&deep, r#"{"method":"b"}"#], &["-32700 None", "b"]);
    }

    #[test]
    fn headers_tell_the_length() {
        let check = |input: &str, expected: &[&str]| {
            assert_eq!(read_all(input.as_bytes()), expected, "{input:?}");
        };
        let body = r#"{"method":"b"}"#;
        check(
            &format!("Content-Type: x; charset=utf-8\r\ncontent-length:14\n\n{body}"),
            &["b"],
        );
        check(
            "Content-Length: 99999999999\r\n\r\n{}",
            &["unexpected end of file"],
        );
        check("Content-Length: -1\r\n\r\n{}", &["\" -1\" is not a length"]);
        check(
            "GET / HTTP/1.1\r\n\r\n",
            &["\"GET / HTTP/1.1\" is not a header"],
        );
        check("\r\n", &["a message has no header `Content-Length`"]);
        check(&"x".repeat(9999), &["a header line has no end"]);
    }
}
