//! What pays people is asked for: on a terminal by a question, elsewhere by an option.

use libtest_mimic::{Failed, Trial};

use super::program::{Program, server};
use crate::scratch::expect;

const CREATE: &str = "commissions create --revenue-amount 49 --commission-amount 9.80 \
                      --referral-id 6da8b7df-c541-498f-90ef-01d5730ef236";

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![Trial::test("command::without_a_terminal", without_a_terminal)];
    if cfg!(target_os = "linux") {
        trials.push(Trial::test("command::on_a_terminal", on_a_terminal));
    }
    trials
}

fn without_a_terminal() -> Result<(), Failed> {
    let server = server()?;
    Program::new(CREATE).to(&server).run()?.failed(2, &["`commissions create` is not done", "--yes"])?;
    Program::new(CREATE).input("y\n").to(&server).run()?.failed(2, &["--yes"])?;
    expect(server.requests().is_empty(), "something was sent")?;
    Program::new(CREATE).arg("--yes").to(&server).run()?.done()?;
    expect(server.requests().len() == 1, "not one request")
}

/// `script` makes a terminal; the answer is typed into it.
fn on_a_terminal() -> Result<(), Failed> {
    for (answer, requests) in [("y", 1), ("yes", 1), ("n", 0), ("", 0)] {
        let server = server()?;
        let program = super::program::path()?.display().to_string();
        let typed = format!("printf '{answer}\\n' | script -qec '{program} {CREATE}' /dev/null");
        let output = std::process::Command::new("sh")
            .args(["-c", &typed])
            .env("PROMOTEKIT_API_KEY", server.api_key())
            .env("PROMOTEKIT_BASE_URL", server.url())
            .output()?;
        let shown = String::from_utf8_lossy(&output.stdout).into_owned();
        expect(shown.contains("Go on? [y/N]") && shown.contains("\"commission_amount\": 9.8"), &shown)?;
        expect(server.requests().len() == requests, &format!("{answer:?}: {shown}"))?;
        expect(output.status.success() == (requests == 1), &format!("{answer:?}: {}", output.status))?;
    }
    Ok(())
}
