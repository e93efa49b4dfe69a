//! Parts are fields: a required part is an argument, an object is JSON, and names cannot inject headers.

use reported_multipart_part_type::types::{RunRequest, RunRequestInfo};
use reported_multipart_part_type::{Client, Error, FilePart};
use socket::{NO_CONTENT, Socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let socket = Socket::replying([NO_CONTENT]);
    let client = Client::builder().base_url(socket.url()).build()?;
    for (name, written) in [("a.png", "a.png"), ("a\"\r\nx: y\".png", "a%22%0D%0Ax: y%22.png")] {
        let file = FilePart::new(&b"\x00\r\n--"[..]).name(name);
        client.x().run(RunRequest::new(file).info(RunRequestInfo::new().a(1))).await?;
        let request = socket.request();
        let boundary =
            request.header("content-type").and_then(|value| value.strip_prefix("multipart/form-data; boundary="));
        let delimiter = format!("--{}", boundary.expect("a boundary"));
        let parts: Vec<_> = request.body.split(&delimiter).map(str::trim_start).collect();
        assert_eq!((parts.len(), parts[0], parts[3]), (4, "", "--\r\n".trim_start()), "{}", request.body);
        let file = format!("Content-Disposition: form-data; name=\"file\"; filename=\"{written}\"\r\n");
        assert!(parts[1].starts_with(&file) && parts[1].ends_with("\r\n\r\n\x00\r\n--\r\n"), "{:?}", parts[1]);
        let info =
            "Content-Disposition: form-data; name=\"info\"\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n";
        assert_eq!(parts[2], info);
    }
    Ok(())
}
