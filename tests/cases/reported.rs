//! Documents from bug reports about API clients: each compiles without warnings, and a program checks its wire format.

use generator::generate_crate;
use libtest_mimic::{Failed, Trial};
use tests::files::{directory, input, names_in, read};

use crate::compiled::{self, Crate};

/// The server of all programs.
pub(crate) const SOCKET: &str = include_str!("reported/socket.rs");

pub(crate) fn cases() -> Vec<Trial> {
    let cases = names().into_iter().flat_map(|name| {
        let (krate, program) = (crate_name(&name), name.clone());
        let compiles = Trial::test(format!("reported::{name}::compiles"), {
            let (krate, name) = (krate.clone(), name.clone());
            move || made(&name).and_then(|_| compiled::result_of(&krate))
        });
        [compiles, Trial::test(format!("reported::{name}::runs"), move || compiled::run(&krate, &program))]
    });
    cases.collect()
}

/// Returns the documents as crates, each with its program.
pub(crate) fn crates() -> Vec<Crate> {
    names().into_iter().filter_map(|name| made(&name).ok()).collect()
}

fn made(name: &str) -> Result<Crate, Failed> {
    let case = directory("reported").join(name);
    let [spec, config] = ["openapi.yaml", "generator.toml"].map(|file| case.join(file));
    let files = generate_crate(&input(&spec, &config, &case.join("samples"))).map_err(|diagnostics| {
        let texts: Vec<_> = diagnostics.iter().map(ToString::to_string).collect();
        texts.join("\n\n")
    })?;
    Ok(Crate {
        name: crate_name(name),
        root: files.get("lib.rs").ok_or("a crate without a root")?.to_owned(),
        files,
        examples: vec![(name.to_owned(), read(&case.join("program.rs")))],
        features: compiled::all_features(),
        runs: true,
    })
}

fn names() -> Vec<String> {
    names_in(&directory("reported"))
}

fn crate_name(name: &str) -> String {
    format!("reported_{}", name.replace('-', "_"))
}
