//! Pages whose texts changed and that say what they said: nothing but the record of the pages is written anew.

use std::fs;

use anyhow::Result;
use generator::Memory;

use super::settled::Said;
use crate::choices::Choices;
use crate::output::log::Log;
use crate::output::record::Record;
use crate::output::{self, Difference};
use crate::pages::Index;
use crate::stamp::Stamps;

/// Ends a run for which nothing but texts of pages changed, if all of them say what they said. Tells what it wrote; none if
/// there is more to do. The output folder is claimed already.
pub(super) fn settle(
    choices: &Choices,
    (said, stamps): (&Said, &Stamps),
    index: &Index,
    (memory, log): (&Memory, &mut Log),
) -> Result<Option<Difference>> {
    let hash = |path: &str| memory.hash(path);
    let read = || index.read_since(stamps, &hash);
    let Some(sources) = super::threads(choices.docs.jobs)?.install(read)? else {
        return Ok(None);
    };
    // A problem is shown with the line that it is about.
    let is_shown = |path: &str| said.problems.contains(path);
    let Some(news) = memory.says_the_same(&sources, &is_shown) else {
        return Ok(None);
    };
    let record = Record::of(&sources).file();
    let is_same =
        fs::read(choices.out.join(&record.path)).is_ok_and(|old| old == record.text.as_bytes());
    let mut difference = Difference {
        unchanged: said.files,
        ..Difference::default()
    };
    if !is_same {
        difference.unchanged -= 1;
        difference.stale.push(record.path.clone());
    }
    output::write(&choices.out, &[record], &difference)?;
    log.add(&news);
    Ok(Some(difference))
}
