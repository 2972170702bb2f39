//! Sets `real_docs` where `GRAPHWRIGHT_DOCS` names the real documentation; without it the tests that read it are ignored.

fn main() {
    println!("cargo::rerun-if-env-changed=GRAPHWRIGHT_DOCS");
    println!("cargo::rustc-check-cfg=cfg(real_docs)");
    if std::env::var_os("GRAPHWRIGHT_DOCS").is_some() {
        println!("cargo::rustc-cfg=real_docs");
    }
}
