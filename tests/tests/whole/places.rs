//! Where the library is said to have a request, it has it, and files of requests stay short enough to read.

use std::collections::BTreeMap;

use generator::Selection;

use crate::documentation;
use crate::features::generate;

#[test]
fn each_request_is_in_its_file() {
    let (library, files) = generate(&documentation::own_sources(), Selection::default());
    let texts: BTreeMap<&str, &str> = files
        .iter()
        .map(|file| (file.path.as_str(), file.text.as_str()))
        .collect();
    let mut divided = 0;
    for version in &library.versions {
        let modules = version.areas.iter().flat_map(|area| &area.modules);
        let builders = modules.flat_map(|module| &module.builders);
        for method in builders.flat_map(|builder| &builder.methods) {
            let made = &method.operation;
            let place = library.find_operation(version.version, made.method, &made.template);
            let place = place.expect("the library has all its operations");
            let text = texts.get(place.file.as_str());
            let text = text.unwrap_or_else(|| panic!("there is no {}", place.file));
            for wanted in [
                format!("pub struct {}(", place.builder),
                format!("pub fn {}(", place.method),
            ] {
                assert!(text.contains(&wanted), "{}: no {wanted}", place.file);
            }
            divided += usize::from(!place.file.ends_with("/requests.rs"));
        }
    }
    // Those of managed devices start with `deviceManagement` and with `users`.
    assert!(divided > 20, "{divided}");
}
