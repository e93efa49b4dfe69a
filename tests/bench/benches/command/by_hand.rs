//! A hand-written export: one page after another, each row as the API sent it, and no progress kept for a resume.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct Body<'a> {
    #[serde(borrow)]
    data: Vec<&'a RawValue>,
    pagination: Pagination,
}

#[derive(Deserialize)]
struct Pagination {
    has_more: bool,
}

/// Writes the commissions of a server to a file.
pub(crate) fn run(url: Option<&str>, key: Option<&str>, file: Option<&str>) -> ExitCode {
    let (Some(url), Some(key), Some(file)) = (url, key, file) else { return ExitCode::FAILURE };
    match benches::runtime().block_on(export(url, key, file)) {
        Ok(()) => {
            println!("{}", benches::memory::peak().unwrap_or_default());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn export(url: &str, key: &str, file: &str) -> Result<(), Box<dyn std::error::Error>> {
    let client = reqwest::Client::new();
    let mut out = BufWriter::new(File::create(file)?);
    for page in 1.. {
        let request =
            client.get(format!("{url}/commissions")).query(&[("page", page), ("limit", 100)]).bearer_auth(key);
        let text = request.send().await?.error_for_status()?.bytes().await?;
        let body: Body<'_> = serde_json::from_slice(&text)?;
        for row in body.data {
            writeln!(out, "{row}")?;
        }
        if !body.pagination.has_more {
            break;
        }
    }
    Ok(out.flush()?)
}
