//! The least that a program with clap is: what the command's start stands beside.

fn main() {
    clap::Command::new("hello").version(env!("CARGO_PKG_VERSION")).about("Says nothing").get_matches();
}
