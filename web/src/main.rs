//! The program that the browser loads. See the library for what it is made of.

#[cfg(target_arch = "wasm32")]
fn main() {
    web::open();
}

#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::print_stdout, reason = "whoever runs this by mistake should learn what to run instead")]
fn main() {
    println!("web is the editing app for the browser: build it with web/build.sh");
}
