//! The API description that a server serves: a model with its routes.

use std::io;
use std::path::Path;
use std::sync::Arc;

use generator::Progress;
use generator::model::{Api, ApiVersion, Model, Operation};
use generator::resolve::Corrections;
use generator::source::{Source, Sources};

use crate::routes::Routes;

/// The API description that a [`Server`](crate::Server) serves. Clones share it.
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
    /// Serves an existing model.
    pub fn new(model: Model) -> Self {
        let with_routes = |api| Version {
            routes: Routes::new(&api),
            api,
        };
        Self(Arc::new(model.apis.into_iter().map(with_routes).collect()))
    }

    /// Analyzes documentation pages, each given as its path (`v1.0/api/user-list.md`) and its text, without corrections.
    pub fn of_pages<P: Into<String>, T: Into<String>>(
        pages: impl IntoIterator<Item = (P, T)>,
    ) -> Self {
        let to_source = |(path, text): (P, T)| Source {
            path: path.into(),
            text: text.into(),
        };
        let sources = Sources::new(pages.into_iter().map(to_source).collect());
        Self::new(generator::analyze(&sources, &Corrections::default(), &Silent).model)
    }

    /// Reads and analyzes a documentation folder with the built-in corrections. The model is the one that the command line
    /// generates from. [`graphwright_pages::read`] describes the layout of the folder.
    ///
    /// # Errors
    /// Returns an error if the folder has no pages or a file cannot be read.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let docs = graphwright_pages::read(folder, &ApiVersion::ALL)?;
        let corrections = graphwright_pages::corrections();
        Ok(Self::new(
            generator::analyze(&docs.sources, &corrections, &Silent).model,
        ))
    }

    /// Returns the version with a name: `v1.0` or `beta`.
    pub(crate) fn version(&self, name: &str) -> Option<&Version> {
        self.0
            .iter()
            .find(|version| version.api.version.name() == name)
    }

    /// Returns the operations of all versions.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.0.iter().flat_map(|version| &version.api.operations)
    }

    /// Returns the names of the versions: `v1.0`, `beta`.
    pub fn versions(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|version| version.api.version.name())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use generator::model::view;

    use super::*;

    #[test]
    fn serves_the_model_of_the_page_loader() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write(
            "api-reference/v1.0/resources/lamp.md",
            "# lamp resource type\n\nNamespace: microsoft.graph\n\n## Properties\n[!INCLUDE [rows](../../includes/rows.md)]\n",
        );
        write(
            "api-reference/includes/rows.md",
            "|Property|Type|Description|\n|:---|:---|:---|\n|bright|Boolean|Whether it shines.|\n",
        );
        let graph = Graph::read(folder.path()).unwrap();
        let docs = graphwright_pages::read(folder.path(), &ApiVersion::ALL).unwrap();
        let analysis =
            generator::analyze(&docs.sources, &graphwright_pages::corrections(), &Silent);
        let texts = |apis: Vec<&Api>| apis.into_iter().map(view::text).collect::<Vec<_>>();
        let served = texts(graph.0.iter().map(|version| &version.api).collect());
        assert_eq!(served, texts(analysis.model.apis.iter().collect()));
        assert!(served.concat().contains("bright"), "{served:?}");
    }
}
