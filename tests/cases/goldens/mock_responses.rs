//! Without samples, the mock server responds with values of the documented types, which satisfy their rules.

use golden_mock_responses::mock;
use golden_mock_responses::types::{ReportLevel, ReportState, Shape};
use golden_mock_responses::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let server = mock::builder().start().expect("a mock server");
    let client = server.client()?;
    let reply = client.reports().get(1).with_response().await?;
    assert_eq!(reply.headers["x-mock-source"], "schema");
    let report = reply.value;
    assert_eq!((report.number, report.code.as_str(), report.mail.as_str()), (8, "textxx", "user@example.com"));
    assert_eq!((report.size, report.state, report.level), (-2, ReportState::Open, ReportLevel::Value3));
    assert_eq!((report.amount, report.rate.to_string(), report.done), (1.into(), "0.5".to_owned(), true));
    assert_eq!(report.tags, ["te", "te"]);
    assert!(matches!(&report.shape, Shape::Circle(_)) && report.parts.is_empty());
    assert_eq!((*report.ratio, report.root.children.len()), (2, 1));
    assert_eq!((report.note.as_deref(), report.next), (Some("text"), None));
    client.reports().delete(1).await?;
    assert_eq!(client.shapes().list().await?.len(), 1);
    assert_eq!(client.shapes().get_count().await?, 1);
    Ok(())
}
