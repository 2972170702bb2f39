//! The server: connections in, answers out, with all that goes wrong on the way.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::sync::oneshot;

use crate::answer::Answer;
use crate::asked::Asked;
use crate::body::AnswerBody;
use crate::faults::Doing;
use crate::graph::Graph;
use crate::service::Service;
use crate::settings::Settings;
use crate::store::guid;

/// A server on this machine, reached from this machine alone. It stops when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    desk: Arc<Desk>,
    stop: Option<oneshot::Sender<Infallible>>,
    thread: Option<JoinHandle<()>>,
}

/// What all connections share.
#[derive(Debug)]
struct Desk {
    service: Service,
    asked: Mutex<Vec<Asked>>,
    ids: AtomicU64,
}

impl Server {
    /// Starts a server on a thread of its own. Fails if the port is taken.
    pub fn start(graph: &Graph, settings: Settings) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, settings.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let service = Service::new(graph.clone(), settings, format!("http://{address}"));
        let desk = Arc::new(Desk {
            service,
            asked: Mutex::default(),
            ids: AtomicU64::new(0),
        });
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel::<Infallible>();
        let at_work = desk.clone();
        let thread = std::thread::Builder::new().name("graphwright-serve".to_owned());
        let thread = thread.spawn(move || {
            runtime.block_on(async {
                tokio::spawn(accept(listener, at_work));
                // Ends when the other side is dropped.
                let _ = stopped.await;
            });
        })?;
        Ok(Self {
            address,
            desk,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address that clients start from, for a version: `http://127.0.0.1:8080/v1.0`.
    pub fn base_url(&self, version: &str) -> String {
        format!("http://{}/{version}", self.address)
    }

    /// What it was asked so far, also where something went wrong then.
    pub fn asked(&self) -> Vec<Asked> {
        let asked = self.desk.asked.lock();
        asked.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The items of the collection at a path (`/v1.0/users`), as they are now; without faults, and without a trace.
    pub fn items(&self, path: &str) -> Vec<Value> {
        let mut items = Vec::new();
        let mut query = Some("$top=1000".to_owned());
        while let Some(place) = query.take() {
            let answer = self.desk.service.answer(&Asked {
                method: "GET".to_owned(),
                path: path.to_owned(),
                query: Some(place),
                headers: Default::default(),
                body: Default::default(),
                is_own: true,
            });
            let mut page: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            if let Some(Value::Array(own)) = page.get_mut("value").map(Value::take) {
                items.extend(own);
            }
            let next = page.get("@odata.nextLink").and_then(Value::as_str);
            query = next.and_then(|next| Some(next.split_once('?')?.1.to_owned()));
        }
        items
    }

    /// Waits until the server ends, which it does when the process does.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has said why.
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn accept(listener: TcpListener, desk: Arc<Desk>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    loop {
        // A connection that ended before it began is no concern of others.
        let Ok((connection, _)) = listener.accept().await else {
            tokio::task::yield_now().await;
            continue;
        };
        let desk = desk.clone();
        let service = service_fn(move |request| respond(desk.clone(), request));
        let connection = http1::Builder::new().serve_connection(TokioIo::new(connection), service);
        // Those that break off are meant to, or the client did it.
        tokio::spawn(async { drop(connection.await) });
    }
}

/// One request. An error ends the connection.
async fn respond(
    desk: Arc<Desk>,
    request: Request<Incoming>,
) -> Result<Response<AnswerBody>, io::Error> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    let asked = Asked {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        headers: head.headers,
        body,
        is_own: false,
    };
    desk.asked
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(asked.clone());
    let faults = desk.service.settings.faults.next();
    if faults.contains(&Doing::Cut) {
        return Err(io::Error::other("cut on demand"));
    }
    let answer = desk.answer(&asked, &faults);
    if faults.contains(&Doing::CutAnswer) {
        return Err(io::Error::other("cut on demand"));
    }
    Ok(sent(answer, &faults))
}

impl Desk {
    fn answer(&self, asked: &Asked, faults: &[Doing]) -> Answer {
        let redirect = faults.iter().find_map(|fault| match fault {
            Doing::Redirect(origin) => Some(format!("{origin}{}", asked.target())),
            _ => None,
        });
        let in_place = || faults.iter().cloned().find_map(Doing::in_place);
        let mut answer = match redirect {
            Some(location) => Answer::empty(302).with_header("location", location),
            None => in_place().unwrap_or_else(|| self.service.answer(asked)),
        };
        for fault in faults {
            match fault {
                Doing::Loop => self.lead_back(asked, &mut answer),
                Doing::Foreign(origin) => self.lead_elsewhere(origin, &mut answer),
                Doing::ContentType(kind) => {
                    answer = answer.with_header("content-type", kind.as_str())
                }
                _ => {}
            }
        }
        let number = self.ids.fetch_add(1, Ordering::Relaxed) + 1;
        answer.with_ids(&guid(u128::from(number)), asked.header("client-request-id"))
    }

    /// The next link leads to the page that it stands on.
    fn lead_back(&self, asked: &Asked, answer: &mut Answer) {
        if let Ok(mut body) = serde_json::from_slice::<Value>(&answer.body)
            && body.get("value").is_some_and(Value::is_array)
        {
            let here = format!("{}{}", self.service.origin, asked.target());
            body["@odata.nextLink"] = Value::String(here);
            answer.body = body.to_string().into();
        }
    }

    /// Every address of this server becomes one of another.
    fn lead_elsewhere(&self, origin: &str, answer: &mut Answer) {
        let own = &self.service.origin;
        if let Ok(body) = std::str::from_utf8(&answer.body) {
            answer.body = body.replace(own, origin).into();
        }
        for (_, value) in &mut answer.headers {
            *value = value.replace(own, origin);
        }
    }
}

fn sent(answer: Answer, faults: &[Doing]) -> Response<AnswerBody> {
    let mut body = AnswerBody::whole(answer.body);
    for fault in faults {
        match fault {
            Doing::CutBody => body = body.broken(),
            Doing::Slow(pause) => body = body.slow(*pause),
            _ => {}
        }
    }
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(answer.status).expect("the server answers with statuses of HTTP");
    for (name, value) in answer.headers {
        let name = HeaderName::from_static(name);
        // A fault may ask for a header that HTTP has not.
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    }
    if response.status() == StatusCode::NO_CONTENT {
        response.headers_mut().remove(CONTENT_TYPE);
    }
    response
}
