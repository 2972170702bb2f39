//! Sets `real_docs` where `GRAPHWRIGHT_DOCS` names the real documentation, and `node` where Node.js is installed; without them the
//! tests that need them are ignored.

fn main() {
    println!("cargo::rerun-if-env-changed=GRAPHWRIGHT_DOCS");
    println!("cargo::rerun-if-env-changed=PATH");
    println!("cargo::rustc-check-cfg=cfg(real_docs, node)");
    if std::env::var_os("GRAPHWRIGHT_DOCS").is_some() {
        println!("cargo::rustc-cfg=real_docs");
    }
    let node = std::process::Command::new("node").arg("--version").output();
    if node.is_ok_and(|output| output.status.success()) {
        println!("cargo::rustc-cfg=node");
    }
}
