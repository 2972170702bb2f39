//! Upload sessions: accept consecutive ranges, report the missing ones, and create the item at the end.

use bytes::Bytes;
use serde_json::{Value, json};

use crate::address::Address;
use crate::answer::Answer;
use crate::received::{ReceivedRequest, decode};
use crate::service::{Context, Service};
use crate::store::{Entry, Item, Upload};

/// The path prefix of upload URLs.
const UPLOAD: &str = "/upload/";

/// Creates an upload session.
pub(crate) fn begin(context: &Context<'_>) -> Answer {
    let body: Value = serde_json::from_slice(&context.received.body).unwrap_or_default();
    let item = ["item", "AttachmentItem", "attachmentItem"]
        .iter()
        .find_map(|name| body.get(*name)?.as_object());
    let number = context.service.store().uploads.add(Upload {
        path: context.received.path.clone(),
        item: item.cloned().unwrap_or_default(),
        content: Vec::new(),
        total: None,
    });
    let origin = upload_origin(context.service, &context.received.origin);
    let url = format!("{origin}{UPLOAD}{number}");
    let session = json!({
        "@odata.context": context.context_url(), "uploadUrl": url,
        "expirationDateTime": "2099-01-01T00:00:00Z", "nextExpectedRanges": ["0-"],
    });
    Answer::json(200, &session)
}

/// Returns the origin with the host name for uploads, if the settings contain one.
fn upload_origin(service: &Service, origin: &str) -> String {
    let Some(host) = &service.settings.upload_host else {
        return origin.to_owned();
    };
    let (scheme, authority) = origin.split_once("://").unwrap_or(("http", origin));
    let port = authority.rsplit_once(':').map(|(_, port)| port);
    let port = port.filter(|port| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()));
    match port {
        Some(port) => format!("{scheme}://{host}:{port}"),
        None => format!("{scheme}://{host}"),
    }
}

/// Accepts a range or reports the missing ranges. Returns `None` if the request is not for an upload URL.
pub(crate) fn answer(service: &Service, received: &ReceivedRequest) -> Option<Answer> {
    let number: u64 = received.path.strip_prefix(UPLOAD)?.parse().ok()?;
    if received.header("authorization").is_some() {
        return Some(Answer::error(
            401,
            "unauthenticated",
            "Requests to an upload URL must not contain an access token.",
        ));
    }
    let mut store = service.store();
    // The Python SDK sends the final range twice; other clients repeat it if the answer was lost.
    if received.method == "PUT"
        && let Some(finished) = store.finished_uploads.get(&number)
        && is_final_range(received)
    {
        return Some(finished.clone());
    }
    let Some(upload) = store.uploads.get_mut(number) else {
        let message = "The upload session was not found.";
        return Some(Answer::error(404, "itemNotFound", message));
    };
    let answer = match received.method.as_str() {
        "GET" => missing(upload, 200),
        "PUT" => take(upload, received),
        "DELETE" => {
            store.uploads.remove(number);
            return Some(Answer::empty(204));
        }
        _ => return Some(Answer::method_not_allowed(&["DELETE", "GET", "PUT"])),
    };
    let is_complete = upload.total == Some(upload.content.len()) && answer.status == 202;
    if !is_complete {
        return Some(answer);
    }
    let finished = store.uploads.remove(number);
    drop(store);
    let answer = finish(service, received, finished?);
    service.store().add_finished_upload(number, answer.clone());
    Some(answer)
}

/// Returns whether the range of a request ends at the end of the file. A request without a range contains the whole file.
fn is_final_range(received: &ReceivedRequest) -> bool {
    let Some(header) = received.header("content-range") else {
        return true;
    };
    let parts = header.strip_prefix("bytes ").and_then(|range| {
        let (range, total) = range.split_once('/')?;
        let (_, last) = range.split_once('-')?;
        Some((last.parse::<usize>().ok()?, total.parse::<usize>().ok()?))
    });
    parts.is_some_and(|(last, total)| last.checked_add(1) == Some(total))
}

fn take(upload: &mut Upload, received: &ReceivedRequest) -> Answer {
    let length = received.body.len();
    // A file of one range may be sent without the header.
    let range = match received.header("content-range") {
        Some(header) => range(header),
        None if upload.content.is_empty() => Some((0, length)),
        None => None,
    };
    let Some((start, total)) = range else {
        let message = "The Content-Range header is missing or malformed.";
        return Answer::error(400, "invalidRequest", message);
    };
    let end = start.saturating_add(length);
    let is_other_total = upload.total.is_some_and(|known| known != total);
    if start != upload.content.len() || end > total || is_other_total {
        return Answer::error(
            416,
            "invalidRange",
            "The range is not the next expected range.",
        );
    }
    upload.total = Some(total);
    upload.content.extend_from_slice(&received.body);
    missing(upload, 202)
}

fn missing(upload: &Upload, status: u16) -> Answer {
    let next = upload.content.len();
    let ranges = match upload.total {
        Some(total) if next == total => json!([]),
        Some(total) => json!([format!("{next}-{}", total - 1)]),
        None => json!([format!("{next}-")]),
    };
    let body = json!({"expirationDateTime": "2099-01-01T00:00:00Z", "nextExpectedRanges": ranges});
    Answer::json(status, &body)
}

/// `bytes 0-9/100` → 0 and 100.
fn range(header: &str) -> Option<(usize, usize)> {
    let (range, total) = header.strip_prefix("bytes ")?.split_once('/')?;
    let (start, _) = range.split_once('-')?;
    Some((start.parse().ok()?, total.parse().ok()?))
}

/// Creates the item of a finished upload and returns it.
pub(crate) fn finish(service: &Service, received: &ReceivedRequest, upload: Upload) -> Answer {
    let size = upload.content.len();
    let owner = upload.path.rsplit_once('/').map_or("", |(owner, _)| owner);
    let file = FilePath::parse(owner);
    let version = owner
        .split('/')
        .nth(1)
        .and_then(|name| service.graph.version(name));
    let Some((version, file)) = version.zip(file) else {
        // An attachment, or the new content of an existing item.
        let mut item = upload.item;
        item.insert(
            "id".to_owned(),
            json!(decode(owner.rsplit('/').next().unwrap_or_default())),
        );
        item.insert("size".to_owned(), json!(size));
        let location = format!("{}{owner}", received.origin);
        return Answer::json(201, &Value::Object(item)).with_header("location", location);
    };
    let id = service.store().next_id();
    let name = upload.item.get("name").and_then(Value::as_str);
    let name = name.unwrap_or(&file.name).to_owned();
    let drive = file.drive.split('/').skip(2).collect::<Vec<_>>().join("/");
    let mut item = Item::new();
    item.insert("id".to_owned(), json!(id));
    item.insert("name".to_owned(), json!(name));
    item.insert("size".to_owned(), json!(size));
    item.insert(
        "file".to_owned(),
        json!({"mimeType": "application/octet-stream"}),
    );
    let folder = match file.folder.is_empty() {
        true => format!("/{drive}/root:"),
        false => format!("/{drive}/root:/{}", file.folder),
    };
    item.insert("parentReference".to_owned(), json!({"path": folder}));
    let mut address = Address::new(version);
    for segment in drive.split('/').chain(["items"]) {
        let child = address.clone().child(segment, segment);
        // A segment that no path has as a name is a key.
        address = match version.routes.has_prefix(&child.template) {
            true => child,
            false => address.item(&decode(segment)),
        };
    }
    let item_place = address.clone().item(&id).place;
    let stamp = service.store().next_stamp();
    let entry = Entry {
        item: item.clone(),
        stamp,
        is_new: true,
    };
    service.collection(&address, |collection, _| collection.add(entry));
    let mut store = service.store();
    let known_as = format!("{}/root:/{}", file.drive, file.path()).to_lowercase();
    store
        .file_paths
        .insert(known_as, format!("{}/items/{id}", file.drive));
    store.streams.insert(
        format!("{item_place}/content"),
        "application/octet-stream".to_owned(),
        Bytes::from(upload.content),
    );
    let location = format!("{}{}/items/{id}", received.origin, file.drive);
    Answer::json(201, &Value::Object(item)).with_header("location", location)
}

impl Upload {
    /// Returns the finished upload of a request that contains the whole content.
    pub(crate) fn of_request(context: &Context<'_>) -> Self {
        let content = context.received.body.to_vec();
        Self {
            path: context.received.path.clone(),
            item: Item::new(),
            total: Some(content.len()),
            content,
        }
    }
}

/// The path of a file below the root of a drive: `/v1.0/me/drive/root:/reports/may.txt:`.
struct FilePath {
    /// `/v1.0/me/drive`
    drive: String,
    /// `reports`
    folder: String,
    /// `may.txt`
    name: String,
}

impl FilePath {
    fn parse(path: &str) -> Option<Self> {
        let (drive, file) = match path.split_once("/root:/") {
            Some((drive, file)) => (drive.strip_suffix("/items").unwrap_or(drive), file),
            None => {
                // Below the id of a folder; the root has the id `root`.
                let (folder, file) = path.split_once(":/")?;
                (folder.rsplit_once("/items/")?.0, file)
            }
        };
        let file = decode(file.trim_end_matches(':').trim_matches('/'));
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", &file));
        Some(Self {
            drive: drive.to_owned(),
            folder: folder.to_owned(),
            name: name.to_owned(),
        })
    }

    fn path(&self) -> String {
        match self.folder.is_empty() {
            true => self.name.clone(),
            false => format!("{}/{}", self.folder, self.name),
        }
    }
}

/// Returns the segments of a request that uploads a new file by its path with an item id in place of the path, or `None` for
/// another request. Pages often document `/items/{id}/createUploadSession` only.
pub(crate) fn replace_file_path(segments: &[String]) -> Option<Vec<String>> {
    let (action, owner) = segments.split_last()?;
    let folder = owner.iter().position(|segment| segment.ends_with(':'))?;
    let is_upload = action.eq_ignore_ascii_case("createUploadSession");
    if !is_upload || folder + 1 >= owner.len() || !owner.last()?.ends_with(':') {
        return None;
    }
    let (drive, _) = owner.split_at(folder);
    let mut replaced = drive.to_vec();
    if drive.last().is_none_or(|segment| segment != "items") {
        replaced.push("items".to_owned());
    }
    replaced.extend(["root".to_owned(), action.clone()]);
    Some(replaced)
}

/// Returns a request for an uploaded file by its path as a request by its id, or `None` if no file was uploaded to the path.
pub(crate) fn resolve_file_path(
    service: &Service,
    received: &ReceivedRequest,
) -> Option<ReceivedRequest> {
    let (drive, below) = received.path.split_once("/root:/")?;
    let drive = drive.strip_suffix("/items").unwrap_or(drive);
    let (file, rest) = below.split_once(':').unwrap_or((below, ""));
    let key = format!("{drive}/root:/{}", decode(file.trim_end_matches('/'))).to_lowercase();
    let item = service.store().file_paths.get(&key).cloned()?;
    // Another upload to the path is a new session.
    if rest.eq_ignore_ascii_case("/createUploadSession") {
        return None;
    }
    let mut moved = received.clone();
    moved.path = format!("{item}{rest}");
    Some(moved)
}
