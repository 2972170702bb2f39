//! Carries out the steps of an [`Exchange`]: waits, obtains tokens, sends.

use std::future::poll_fn;

use bytes::{Bytes, BytesMut};
use http::header::CONTENT_LENGTH;
use http::{Request, Response};

use super::call::BodySource;
use super::{Call, Exchange, Limits, Step};
use crate::request::{ByteStream, Client, Content, Error, TransportError, once};

/// The number of bytes of an error body that are read.
const ENOUGH: u64 = 64 * 1024;

/// Sends a call and returns the complete response.
pub(crate) async fn drive(client: &Client, call: Call) -> Result<Response<Bytes>, Error> {
    let driven = spanned(client, call, Decoded::Whole).await?;
    Ok(driven.0)
}

/// Sends a call and returns the successful response with its body as a stream.
pub(crate) async fn open(client: &Client, call: Call) -> Result<Response<ByteStream>, Error> {
    let (response, body) = spanned(client, call, Decoded::Stream).await?;
    Ok(response.map(|whole| body.unwrap_or_else(|| once(whole))))
}

/// How the body of a successful response is read.
#[derive(Clone, Copy)]
enum Decoded {
    Whole,
    Stream,
}

/// A response, and its body if it was not read.
type Driven = (Response<Bytes>, Option<ByteStream>);

async fn spanned(client: &Client, call: Call, reading: Decoded) -> Result<Driven, Error> {
    #[cfg(feature = "tracing")]
    let span = super::spans::of(&call);
    let source = call.source.clone();
    let mut exchange = Exchange::new(client.policies().clone(), call);
    let driven = follow(client, &mut exchange, source, reading);
    #[cfg(feature = "tracing")]
    let driven = super::spans::within(span.clone(), driven);
    let driven = driven.await;
    #[cfg(feature = "tracing")]
    super::spans::ends(
        &span,
        &exchange,
        driven.as_ref().map(|(response, _)| response),
    );
    driven
}

async fn follow(
    client: &Client,
    exchange: &mut Exchange,
    source: Option<BodySource>,
    reading: Decoded,
) -> Result<Driven, Error> {
    let mut rest = None;
    loop {
        match exchange.next(client.clock().now()) {
            Step::Wait(wait) => {
                #[cfg(feature = "tracing")]
                super::spans::waits(&wait);
                client.tell(&wait);
                client.clock().sleep(wait.duration).await;
            }
            Step::SignIn { claims } => match client.token(claims.as_deref()).await {
                Ok(token) => exchange.signed_in(&token),
                Err(error) => exchange.end(Err(error)),
            },
            Step::Send(request) => {
                let source = source.as_ref().filter(|_| exchange.has_body());
                let request = request.map(|body| match source {
                    Some(source) => Content::Stream(source.stream()),
                    None => Content::Whole(body),
                });
                match fetch(client, request, reading).await {
                    Ok((response, body)) => {
                        rest = body;
                        exchange.answered(response, client.clock().now());
                    }
                    Err(Fault::Transport(error)) => exchange.failed(error),
                    Err(Fault::Final(error)) => exchange.end(Err(error)),
                }
            }
            Step::Done(result) => return Ok((result?, rest)),
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
    reading: Decoded,
) -> Result<Driven, Fault> {
    let sent = client.transport().open(request).await;
    let (parts, body) = sent.map_err(Fault::Transport)?.into_parts();
    if let (Decoded::Stream, true) = (reading, parts.status.is_success()) {
        return Ok((Response::from_parts(parts, Bytes::new()), Some(body)));
    }
    let body = if parts.status.is_success() {
        let limits = &client.policies().limits;
        let stated = parts.headers.get(CONTENT_LENGTH);
        let stated = stated.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
        if stated.is_some_and(|stated| stated > limits.body_bytes) {
            return Err(Fault::Final(limits.too_large()));
        }
        read(body, limits).await?
    } else {
        read_some(body).await
    };
    Ok((Response::from_parts(parts, body), None))
}

async fn read(mut body: ByteStream, limits: &Limits) -> Result<Bytes, Fault> {
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
async fn read_some(mut body: ByteStream) -> Bytes {
    let mut read = BytesMut::new();
    while (read.len() as u64) <= ENOUGH {
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
