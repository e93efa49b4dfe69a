//! Examples of the document are the samples of the mock server.

use golden_documented_examples::types::NewTodo;
use golden_documented_examples::{Error, mock};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let server = mock::builder().samples().start().expect("a mock server");
    let client = server.client()?;
    let todos = client.todos().list().await?;
    let titles: Vec<_> = todos.iter().map(|todo| todo.title.as_str()).collect();
    assert_eq!(titles, ["Buy milk", "Read", "Sleep"]);
    assert_eq!(client.todos().get(todos[1].id).await?.title, "Read");
    let created = client.todos().create(NewTodo::new("Write")).await?;
    assert_eq!((created.title.as_str(), client.todos().list().await?.len()), ("Write", 4));
    assert_eq!(client.summary().get().await?.open, 2);
    Ok(())
}
