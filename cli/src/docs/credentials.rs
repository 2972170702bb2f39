//! Credentials in the URL of a repository. Git gets them through the environment of its process; messages, `docs.lock` and the
//! configuration of the clone name the URL without them.

/// A repository's address, separated from its credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Source {
    /// The address without credentials.
    pub(super) address: String,
    /// The address up to the host, with credentials and without: `https://user:password@host/` and `https://host/`.
    rewrite: Option<[String; 2]>,
}

impl Source {
    pub(super) fn new(source: &str) -> Self {
        let Some((scheme, rest)) = source.split_once("://") else {
            return Self {
                address: source.to_owned(),
                rewrite: None,
            };
        };
        let end = rest.find('/').unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        match authority.rsplit_once('@') {
            // A user without a password is no secret, and ssh needs it.
            Some((user, host)) if scheme.starts_with("http") || user.contains(':') => Self {
                address: format!("{scheme}://{host}{path}"),
                rewrite: Some([
                    format!("{scheme}://{user}@{host}/"),
                    format!("{scheme}://{host}/"),
                ]),
            },
            _ => Self {
                address: source.to_owned(),
                rewrite: None,
            },
        }
    }

    /// Returns the environment variables with which git uses the credentials.
    pub(super) fn environment(&self) -> Vec<(&'static str, String)> {
        match &self.rewrite {
            None => Vec::new(),
            Some([with, without]) => vec![
                ("GIT_CONFIG_COUNT", "1".to_owned()),
                ("GIT_CONFIG_KEY_0", format!("url.{with}.insteadOf")),
                ("GIT_CONFIG_VALUE_0", without.clone()),
            ],
        }
    }

    /// Removes the credentials from a message of git.
    pub(super) fn redact(&self, message: &str) -> String {
        match &self.rewrite {
            None => message.to_owned(),
            Some([with, without]) => {
                message.replace(with.trim_end_matches('/'), without.trim_end_matches('/'))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_separated() {
        let check = |source: &str, address: &str, is_secret: bool| {
            let parsed = Source::new(source);
            assert_eq!(parsed.address, address);
            assert_eq!(!parsed.environment().is_empty(), is_secret, "{source}");
            assert_eq!(
                parsed.redact(&format!("fatal: '{source}'")),
                format!("fatal: '{address}'")
            );
        };
        check(
            "https://example.com/docs",
            "https://example.com/docs",
            false,
        );
        check(
            "https://me:pass@example.com/docs",
            "https://example.com/docs",
            true,
        );
        check(
            "https://token@example.com:8443/docs",
            "https://example.com:8443/docs",
            true,
        );
        check("https://me:p@ss@example.com", "https://example.com", true);
        check(
            "ssh://git@example.com/docs",
            "ssh://git@example.com/docs",
            false,
        );
        check("git@example.com:docs", "git@example.com:docs", false);
        check("../docs@2/repository", "../docs@2/repository", false);
    }
}
