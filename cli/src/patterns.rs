//! Globs that select items of the model, and names that the user may have meant.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use generator::model::Api;
use generator::source::Sources;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Builds a set of globs. `option` names the command line option in errors. `/users/**` matches `/users` as well.
pub(crate) fn globs(patterns: &[String], option: &str) -> Result<GlobSet> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let prefix = pattern
            .strip_suffix("/**")
            .filter(|prefix| !prefix.is_empty());
        for glob in [Some(pattern.as_str()), prefix].into_iter().flatten() {
            let glob = GlobBuilder::new(glob).literal_separator(true).build();
            set.add(glob.with_context(|| format!("{option} {pattern}: invalid glob"))?);
        }
    }
    set.build()
        .with_context(|| format!("{option}: the globs are too complex"))
}

/// Rejects a pattern that matches nothing in the model: the selection would not be what the user meant.
pub(crate) fn require_matches(
    option: &str,
    patterns: &[String],
    apis: &[Api],
    sources: &Sources,
) -> Result<()> {
    require_matches_in(option, patterns, [(apis, sources)].into_iter())
}

/// Like [`require_matches`], for several models: a pattern has to match in one of them.
pub(crate) fn require_matches_in<'a>(
    option: &str,
    patterns: &[String],
    models: impl Iterator<Item = (&'a [Api], &'a Sources)>,
) -> Result<()> {
    if patterns.is_empty() {
        return Ok(());
    }
    let mut names = BTreeSet::new();
    for (apis, sources) in models {
        for api in apis {
            names.append(&mut generator::selectable_names(api, sources));
        }
    }
    for pattern in patterns {
        let matcher = globs(std::slice::from_ref(pattern), option)?;
        if !names.iter().any(|name| matcher.is_match(name)) {
            let names = names.iter().map(String::as_str);
            bail!(
                "{option} {pattern}: matches no request path, type, area or page{}",
                did_you_mean(pattern, names)
            );
        }
    }
    Ok(())
}

/// Returns "; did you mean `name`?" for the most similar name, or nothing if none is similar.
pub(crate) fn did_you_mean<'a>(given: &str, names: impl Iterator<Item = &'a str>) -> String {
    generator::lint::nearest(given, names)
        .map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_the_path_above_them() {
        let check = |pattern: &str, name: &str, expected: bool| {
            let globs = globs(&[pattern.to_owned()], "--include").unwrap();
            assert_eq!(globs.is_match(name), expected, "{pattern} {name}");
        };
        check("/users/**", "/users", true);
        check("/users/**", "/users/{userId}/messages", true);
        check("/users/*", "/users", false);
        check("/users/**", "/usersettings", false);
        check("/**", "/users", true);
    }

    #[test]
    fn similar_names_are_suggested() {
        let names = [
            "microsoft.graph.user",
            "/users",
            "/users/{userId}",
            "intune_onboarding",
        ];
        let check = |given: &str, expected: &str| {
            assert_eq!(did_you_mean(given, names.into_iter()), expected, "{given}");
        };
        check("/user/**", "; did you mean `/users`?");
        check(
            "microsoft.graph.usr",
            "; did you mean `microsoft.graph.user`?",
        );
        check("User", "; did you mean `microsoft.graph.user`?");
        check("intune_onbording", "; did you mean `intune_onboarding`?");
        check("nosucharea", "");
    }
}
