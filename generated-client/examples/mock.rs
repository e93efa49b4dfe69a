//! Serves the stand-in for the API on this machine: `--port N` (a free one unless given), `--seed N` for the ids of new objects.

use std::process::ExitCode;

fn main() -> ExitCode {
    match serve(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn serve(arguments: &[String]) -> Result<(), String> {
    let mut builder = promotekit::mock::builder();
    let mut port = 0;
    for pair in arguments.chunks(2) {
        match pair {
            [name, value] if name == "--port" => {
                port = value.parse().map_err(|_| format!("`{value}` is no port"))?;
                builder = builder.port(port);
            }
            [name, value] if name == "--seed" => {
                builder = builder.seed(value.parse().map_err(|_| format!("`{value}` is no number"))?);
            }
            other => return Err(format!("unknown argument `{}`: there are --port N and --seed N", other[0])),
        }
    }
    let server = builder.start().map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!("port {port} is in use: take another with --port, or none for a free one")
        }
        _ => format!("the server cannot start: {error}"),
    })?;
    println!("{}\nAuthorization: Bearer {}\nCtrl-C stops it.", server.url(), server.api_key());
    server.wait();
    Ok(())
}
