//! Carries out the steps of an [`Exchange`]: waits, obtains tokens, sends.

use std::future::poll_fn;

use bytes::{Bytes, BytesMut};
use http::header::CONTENT_LENGTH;
use http::{Request, Response};

use super::call::BodySource;
use super::concurrency::occupying;
use super::{Call, Exchange, Limits, Step};
use crate::request::{ByteStream, Client, Content, Error, TransportError, single_chunk};

/// The number of bytes of an error body that are read.
const ERROR_BODY_BYTES: u64 = 64 * 1024;

/// Sends a call and returns the complete response.
pub(crate) async fn drive(client: &Client, call: Call) -> Result<Response<Bytes>, Error> {
    let received = run_traced(client, call, BodyMode::Whole).await?;
    Ok(received.0)
}

/// Sends a call and returns the successful response with its body as a stream.
pub(crate) async fn open(client: &Client, call: Call) -> Result<Response<ByteStream>, Error> {
    let (response, body) = run_traced(client, call, BodyMode::Stream).await?;
    Ok(response.map(|whole| body.unwrap_or_else(|| single_chunk(whole))))
}

/// How the body of a successful response is read.
#[derive(Clone, Copy)]
enum BodyMode {
    Whole,
    Stream,
}

/// A response, and its body if it was not read.
type Received = (Response<Bytes>, Option<ByteStream>);

async fn run_traced(client: &Client, call: Call, mode: BodyMode) -> Result<Received, Error> {
    #[cfg(feature = "tracing")]
    let span = super::spans::of(&call);
    let source = call.source.clone();
    let mut exchange = Exchange::new(client.policies().clone(), call);
    let received = run_steps(client, &mut exchange, source, mode);
    #[cfg(feature = "tracing")]
    let received = super::spans::within(span.clone(), received);
    let received = received.await;
    #[cfg(feature = "tracing")]
    super::spans::ends(
        &span,
        &exchange,
        received.as_ref().map(|(response, _)| response),
    );
    received
}

async fn run_steps(
    client: &Client,
    exchange: &mut Exchange,
    source: Option<BodySource>,
    mode: BodyMode,
) -> Result<Received, Error> {
    let mut rest = None;
    let mut slot = None;
    loop {
        // Occupied before the next step is determined: the client may be throttled while the request waits for a slot.
        if slot.is_none() {
            slot = Some(client.policies().slots.occupy().await);
        }
        match exchange.next(client.clock().now()) {
            Step::Wait(wait) => {
                slot = None;
                #[cfg(feature = "tracing")]
                super::spans::waits(&wait);
                client.notify_wait(&wait);
                client.clock().sleep(wait.duration).await;
            }
            Step::SignIn { claims, rejected } => {
                match client.token(claims.as_deref(), rejected.as_ref()).await {
                    Ok(token) => exchange.signed_in(&token),
                    Err(error) => exchange.end(Err(error)),
                }
            }
            Step::Send(request) => {
                let source = source.as_ref().filter(|_| exchange.has_body());
                let request = request.map(|body| match source {
                    Some(source) => Content::Stream(source.stream()),
                    None => Content::Whole(body),
                });
                match fetch(client, request, mode).await {
                    Ok((response, body)) => {
                        rest = body;
                        exchange.answered(response, client.clock().now());
                    }
                    Err(Fault::Transport(error)) => exchange.failed(error),
                    Err(Fault::Final(error)) => exchange.end(Err(error)),
                }
            }
            Step::Done(result) => {
                let rest = rest.map(|body| occupying(body, slot));
                return Ok((result?, rest));
            }
        }
    }
}

/// The reason why there is no complete response.
enum Fault {
    Transport(TransportError),
    Final(Error),
}

/// Sends a request and reads the response.
async fn fetch(
    client: &Client,
    request: Request<Content>,
    mode: BodyMode,
) -> Result<Received, Fault> {
    let sent = client.transport().open(request).await;
    let (parts, body) = sent.map_err(Fault::Transport)?.into_parts();
    if let (BodyMode::Stream, true) = (mode, parts.status.is_success()) {
        return Ok((Response::from_parts(parts, Bytes::new()), Some(body)));
    }
    let body = if parts.status.is_success() {
        let limits = &client.policies().limits;
        let stated = parts.headers.get(CONTENT_LENGTH);
        let stated = stated.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
        if stated.is_some_and(|stated| stated > limits.body_bytes) {
            return Err(Fault::Final(limits.too_large()));
        }
        read_body(body, limits).await?
    } else {
        read_error_body(body).await
    };
    Ok((Response::from_parts(parts, body), None))
}

async fn read_body(mut body: ByteStream, limits: &Limits) -> Result<Bytes, Fault> {
    let mut read = BytesMut::new();
    let mut only = Bytes::new();
    while let Some(chunk) = chunk(&mut body).await {
        let chunk = chunk.map_err(Fault::Transport)?;
        let length = (read.len() + only.len() + chunk.len()) as u64;
        if length > limits.body_bytes {
            return Err(Fault::Final(limits.too_large()));
        }
        if read.is_empty() && only.is_empty() {
            // A body of a single chunk is not copied.
            only = chunk;
        } else {
            read.extend_from_slice(&std::mem::take(&mut only));
            read.extend_from_slice(&chunk);
        }
    }
    Ok(if read.is_empty() { only } else { read.freeze() })
}

/// Reads the beginning of an error body. If the rest cannot be received, the status is sufficient.
async fn read_error_body(mut body: ByteStream) -> Bytes {
    let mut read = BytesMut::new();
    while (read.len() as u64) <= ERROR_BODY_BYTES {
        match chunk(&mut body).await {
            Some(Ok(chunk)) => read.extend_from_slice(&chunk),
            Some(Err(_)) | None => break,
        }
    }
    read.freeze()
}

/// Returns the next chunk of a stream.
pub(crate) async fn chunk(stream: &mut ByteStream) -> Option<Result<Bytes, TransportError>> {
    poll_fn(|context| stream.as_mut().poll_next(context)).await
}
