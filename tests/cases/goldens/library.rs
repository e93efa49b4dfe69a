//! The client of a library's API against its mock server. The API has its own envelope, pagination and routes.

use golden_library::{ChangeBook, Error, NewBook, NewShelf, mock};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let server = mock::start().expect("a server");
    let client = server.client()?;
    let west = client.shelves().create(NewShelf::new("West")).await?;
    let east = client.shelves().create(NewShelf::new("East")).await?;
    let book = client.books().create(NewBook::new("Notes").price(7).shelf_id(west.id)).await?;
    assert_eq!((book.price, book.shelf.as_ref()), (Some(7.into()), Some(&west)));
    let moved = client.books().change(book.id, ChangeBook::new().shelf_id(east.id)).await?;
    assert_eq!((moved.title.as_str(), moved.shelf.as_ref()), ("Notes", Some(&east)));
    assert!(client.books().list().shelf_id(west.id).await?.is_empty());
    assert_eq!(client.books().list().shelf_id(east.id).await?.items, [moved.clone()]);
    let second = client.shelves().list().per_page(1).page_no(2).await?;
    assert_eq!((second.items, second.pagination.total_count, second.pagination.has_more), (vec![east], Some(2), Some(false)));
    let too_long = client.books().create(NewBook::new("A title that is too long")).await;
    assert!(matches!(too_long, Err(Error::InvalidRequest { .. })), "{too_long:?}");
    assert_eq!(client.books().delete(book.id).await?, moved);
    let gone = client.books().get(book.id).await.expect_err("it does not exist");
    assert_eq!(gone.to_string(), format!("get_book: 404 Not Found: Book {} does not exist (not_found)", book.id));
    Ok(())
}
