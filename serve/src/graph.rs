//! What there is to serve. In: pages, or the model that was made of them. Out: the model with its routes.

use std::io;
use std::path::Path;
use std::sync::Arc;

use generator::Progress;
use generator::model::{Api, ApiVersion, Model, Operation};
use generator::source::{Source, Sources};

use crate::routes::Routes;

/// What there is to serve: all that the pages of the documentation say. A clone shares it.
#[derive(Clone, Debug)]
pub struct Graph(Arc<Vec<Version>>);

/// One version of the API, with its routes.
#[derive(Debug)]
pub(crate) struct Version {
    pub(crate) api: Api,
    pub(crate) routes: Routes,
}

struct Silent;

impl Progress for Silent {
    fn page_read(&self) {}
}

impl Graph {
    /// What a model describes.
    pub fn new(model: Model) -> Self {
        let with_routes = |api| Version {
            routes: Routes::of(&api),
            api,
        };
        Self(Arc::new(model.apis.into_iter().map(with_routes).collect()))
    }

    /// What these pages describe: each with its path (`v1.0/api/user-list.md`) and its text.
    pub fn of_pages<P: Into<String>, T: Into<String>>(
        pages: impl IntoIterator<Item = (P, T)>,
    ) -> Self {
        let to_source = |(path, text): (P, T)| Source {
            path: path.into(),
            text: text.into(),
        };
        let sources = Sources::new(pages.into_iter().map(to_source).collect());
        Self::new(generator::analyze(&sources, &Silent).model)
    }

    /// What the pages of a folder describe: `v1.0/api/*.md`, `v1.0/resources/*.md`, and the same for `beta`.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut pages = Vec::new();
        for version in ApiVersion::ALL {
            for kind in ["api", "resources"] {
                let below = format!("{}/{kind}", version.name());
                read_folder(&folder.join(&below), &below, &mut pages)?;
            }
        }
        Ok(Self::of_pages(pages))
    }

    /// One version, by its name in addresses.
    pub(crate) fn version(&self, name: &str) -> Option<&Version> {
        self.0
            .iter()
            .find(|version| version.api.version.name() == name)
    }

    /// The operations of all versions.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.0.iter().flat_map(|version| &version.api.operations)
    }

    /// The names of the versions there are.
    pub fn versions(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|version| version.api.version.name())
    }
}

/// Gathers the pages of a folder; one that is not there has none.
fn read_folder(folder: &Path, below: &str, pages: &mut Vec<(String, String)>) -> io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".md") {
            let text = std::fs::read_to_string(entry.path())?;
            pages.push((format!("{below}/{name}"), text));
        }
    }
    Ok(())
}
