//! Operations that pay people need confirmation: a prompt on a terminal, an option elsewhere.

use tests::Result;
use tests::program::{Program, server};

const CREATE: &str = "commissions create --revenue-amount 49 --commission-amount 9.80 \
                      --referral-id 6da8b7df-c541-498f-90ef-01d5730ef236";

#[test]
fn without_a_terminal() {
    let server = server();
    Program::new(CREATE).to(&server).run().failed(2, &["`commissions create` needs a confirmation", "--yes"]);
    Program::new(CREATE).input("y\n").to(&server).run().failed(2, &["--yes"]);
    assert!(server.requests().is_empty(), "something was sent");
    Program::new(CREATE).arg("--yes").to(&server).run().done();
    assert!(server.requests().len() == 1, "not one request");
}

/// `script` provides a terminal and types the reply.
#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "needs the `script` of Linux")]
fn on_a_terminal() -> Result {
    for (answer, requests) in [("y", 1), ("yes", 1), ("n", 0), ("", 0)] {
        let server = server();
        let program = tests::program::path().display().to_string();
        let typed = format!("printf '{answer}\\n' | script -qec '{program} {CREATE}' /dev/null");
        let output = std::process::Command::new("sh")
            .args(["-c", &typed])
            .env("PROMOTEKIT_API_KEY", server.api_key())
            .env("PROMOTEKIT_BASE_URL", server.url())
            .output()?;
        let shown = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(shown.contains("Continue? [y/N]") && shown.contains("\"commission_amount\": 9.8"), "{shown}");
        assert!(server.requests().len() == requests, "{answer:?}: {shown}");
        assert!(output.status.success() == (requests == 1), "{answer:?}: {}", output.status);
    }
    Ok(())
}
