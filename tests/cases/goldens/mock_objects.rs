//! The mock server keeps objects with integers or texts as ids.

use golden_mock_objects::types::{NewLabel, NewTodo};
use golden_mock_objects::{Client, Error, mock};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let server = mock::start().expect("a server");
    let client = server.client()?;
    todos(&client).await?;
    let red = client.labels().create(NewLabel::new("red")).await?;
    assert_eq!(client.labels().get(red.id.as_str()).await?, red);
    let mut labels = client.labels().list().stream();
    assert_eq!(labels.next().await.transpose()?, Some(red));
    assert!(labels.next().await.is_none());
    let plan = client.plans().get("any").with_response().await?;
    assert!(plan.headers.contains_key("x-mock-source"));
    Ok(())
}

async fn todos(client: &Client) -> Result<(), Error> {
    let wash = client.todos().create(NewTodo::new("Wash")).await?;
    let cook = client.todos().create(NewTodo::new("Cook").done(false)).await?;
    assert_eq!((wash.id, cook.id, cook.title.as_str(), cook.done), (1, 2, "Cook", false));
    client.todos().replace(1, NewTodo::new("Dry").done(true)).await?;
    let dry = client.todos().get(1).await?;
    assert_eq!((dry.title.as_str(), dry.done, dry.created_at), ("Dry", true, wash.created_at));

    let page = client.todos().list().await?;
    assert_eq!((page.total, page.items.len()), (2, 2));
    let mut rows = client.todos().list().done(false).sort("title").stream();
    assert_eq!(rows.next().await.transpose()?, Some(cook));
    assert!(rows.next().await.is_none());

    client.todos().delete(2).await?;
    let error = client.todos().get(2).await.expect_err("it was deleted");
    assert_eq!(error.to_string(), "get_todo: 404 Not Found: Todo 2 does not exist");
    let error = client.todos().delete(2).await.expect_err("it was deleted");
    assert_eq!(error.to_string(), "delete_todo: 404 Not Found: Todo 2 does not exist");
    // No id is used again.
    assert_eq!(client.todos().create(NewTodo::new("Bake")).await?.id, 3);
    Ok(())
}
