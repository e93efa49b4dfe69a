//! A server of many rows, in its own process.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::Duration;

use benches::{canned, mock_server};

/// A process that serves rows until this value is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) url: String,
}

impl Server {
    pub(crate) fn start(rows: u64, delay: Duration) -> Self {
        let program = std::env::current_exe().expect("the path of this program");
        let mut command = Command::new(program);
        command.args(["serve", &rows.to_string(), &delay.as_millis().to_string()]).stdout(Stdio::piped());
        let mut child = command.spawn().expect("a process");
        let mut url = String::new();
        let said = BufReader::new(child.stdout.take().expect("its output")).read_line(&mut url);
        said.expect("where the server listens");
        Self { child, url: url.trim().to_owned() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail only if the process has already ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Serves until the process ends.
pub(crate) fn serve(rows: &str, delay: &str) -> ExitCode {
    let (Ok(rows), Ok(delay)) = (rows.parse(), delay.parse()) else { return ExitCode::FAILURE };
    let page = mock_server::page();
    let served = canned::serve(rows, Duration::from_millis(delay), &page, |at| println!("http://{at}"));
    match benches::runtime().block_on(served) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
