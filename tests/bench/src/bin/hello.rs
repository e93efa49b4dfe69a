//! A minimal clap program, the baseline of the command's startup time.

fn main() {
    clap::Command::new("hello").version(env!("CARGO_PKG_VERSION")).about("Says nothing").get_matches();
}
