//! What the tests of several packages share. The tests themselves are in `tests/`; the code in the README and in the guide is
//! compiled, and the recipes are run.
#![doc = include_str!("../../README.md")]
#![doc = include_str!("../../guide/src/library.md")]
#![doc = include_str!("../../guide/src/client.md")]
#![doc = include_str!("../../guide/src/recipes.md")]
#![doc = include_str!("../../guide/src/serve.md")]
#![doc = include_str!("../../guide/src/start.md")]

pub mod real_documentation;
