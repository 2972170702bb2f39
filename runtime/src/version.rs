//! The version of the runtime, which generated crates check at compile time.

/// The version of this crate: `1.2.3`.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Fails to compile if this crate is older than a version: the version of the generator that wrote the crate which invokes the
/// macro.
///
/// ```
/// graphwright_runtime::require_version!("0.1.0");
/// ```
///
/// ```compile_fail
/// graphwright_runtime::require_version!("999.0.0");
/// ```
#[macro_export]
macro_rules! require_version {
    ($version:literal) => {
        const _: () = assert!(
            $crate::version::is_at_least($crate::version::VERSION, $version),
            concat!(
                "graphwright-runtime is older than the generator of this crate, version ",
                $version,
                "; run `cargo update --package graphwright-runtime`, or state that version in `Cargo.toml`"
            )
        );
    };
}

/// Returns whether a version is the required one or a later one. What follows the three numbers is ignored.
pub const fn is_at_least(version: &str, required: &str) -> bool {
    let (version, required) = (numbers(version), numbers(required));
    let mut index = 0;
    while index < version.len() {
        if version[index] != required[index] {
            return version[index] > required[index];
        }
        index += 1;
    }
    true
}

/// Parses `1.2.3` into its numbers; a missing one is 0.
const fn numbers(version: &str) -> [u64; 3] {
    let bytes = version.as_bytes();
    let mut numbers = [0_u64; 3];
    let (mut index, mut part) = (0, 0);
    while index < bytes.len() {
        match bytes[index] {
            b'.' if part < 2 => part += 1,
            digit @ b'0'..=b'9' => {
                numbers[part] = numbers[part]
                    .saturating_mul(10)
                    .saturating_add((digit - b'0') as u64);
            }
            _ => break,
        }
        index += 1;
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        let check = |version, required, expected| {
            assert_eq!(
                is_at_least(version, required),
                expected,
                "{version} {required}"
            );
        };
        check("0.1.0", "0.1.0", true);
        check("0.1.1", "0.1.0", true);
        check("0.1.0", "0.1.1", false);
        check("0.10.0", "0.9.9", true);
        check("1.0.0", "0.9.9", true);
        check("0.9.9", "1.0.0", false);
        check("0.2.0-rc.1", "0.2.0", true);
        check("0.2", "0.2.0", true);
    }
}
