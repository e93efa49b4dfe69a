//! Properties of a form follow `encoding`.

use reported_form_encoding_ignored::types::{RunRequest, RunRequestDeep};
use reported_form_encoding_ignored::{Client, Error};
use socket::{NO_CONTENT, Socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder().base_url(socket.url()).build()?;
    let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
    for (body, expected) in [
        (RunRequest::new().csv(list(&["a", "b"])), "csv=a,b"),
        (RunRequest::new().csv(list(&["a,b", "c d"])), "csv=a%2Cb,c+d"),
        (RunRequest::new().deep(RunRequestDeep::new().order_id("1")), "deep%5Border_id%5D=1"),
        (RunRequest::new().deep(RunRequestDeep::new().order_id("a&b=[c]")), "deep%5Border_id%5D=a%26b%3D%5Bc%5D"),
    ] {
        client.x().run(body).await?;
        let request = socket.request();
        assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
        assert_eq!(request.body, expected);
    }
    Ok(())
}
