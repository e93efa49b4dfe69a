//! A program for the base API. It uses every part, so that it stops compiling if anything breaks.
#![allow(deprecated)]

use changed::webhooks::Event;
use changed::{
    Client, Colour, Crate, CreateThing, Error, Lid, List, Missing, Nullable, Page, Size, State, Thing, UpdateThing,
};
use rust_decimal::Decimal;
use uuid::Uuid;

fn main() {
    let _: fn(Client) -> _ = everything;
    let _: fn(&[u8]) -> _ = told;
    let _ = made;
}

fn made() -> Result<Client, Error> {
    Client::new("key")
}

fn told(body: &[u8]) -> Result<Option<Uuid>, Error> {
    match Event::parse(body)? {
        Event::ThingCreated(thing) | Event::ThingRemoved(thing) => Ok(Some(thing.id)),
        _ => Ok(None),
    }
}

async fn everything(client: Client) -> Result<String, Error> {
    let (page, limit): (i64, i64) = (1, 100);
    let list = client.things().list().page(page).limit(limit).colour(Colour::Red).labels(["new".to_owned()]);
    let things: Page<Thing> = list.clone().await?;
    let key: Option<Uuid> = key(&list, &things.items[0]);
    let mut rows = list.stream();
    let Some(first) = rows.next().await else { return Ok(format!("{key:?}")) };
    let made = CreateThing::new("lamp", Decimal::ONE, Decimal::TWO).note("none").count(3).colour(Colour::Green);
    let _: Option<&String> = made.note.as_ref();
    let thing: Thing = client.things().create(made).await?;
    let thing: Thing = client.things().update(thing.id, UpdateThing::new().name("light")).await?;
    let other: Thing = client.things().get(first?.id).await?;
    let mut events = client.boxes().read_log().events().await?;
    let _: Option<String> = events.next().await.transpose()?.map(|event| event.data.lid);
    let found: Crate = match client.boxes().get("north", "top").await {
        Err(error) => return missing(&error).ok_or(error),
        Ok(found) => found,
    };
    Ok(words(&thing) + &words(&other) + &label(found))
}

fn missing(error: &Error) -> Option<String> {
    let missing: Missing = error.body()?.ok()?;
    Some(missing.what)
}

fn key<L: List>(_: &L, row: &L::Row) -> Option<L::Key> {
    L::key(row)
}

fn words(thing: &Thing) -> String {
    let Thing { id, name, note, price, colour, state, size, extra, .. } = thing;
    let _: (&Uuid, &String, &Option<String>, &Option<Decimal>) = (id, name, note, price);
    let colour = match colour {
        Some(Colour::Red | Colour::Green | Colour::Blue) => "bright",
        Some(Colour::Unknown(other)) => other.as_str(),
        _ => "",
    };
    let is_whole = matches!(state, Some(State::Whole));
    let size = match size {
        Some(Size::Integer(size)) => i64::to_string(size),
        Some(Size::Text(size)) => size.clone(),
        _ => String::new(),
    };
    format!("{colour} {is_whole} {size} {}", extra.len())
}

fn label(found: Crate) -> String {
    let seal: Option<String> = found.lid.and_then(|lid| lid.seal);
    let _: (Lid, Option<Nullable<String>>) = (Lid::default(), None);
    let grip: Option<String> = found.handle.and_then(|handle| handle.0.into_iter().next());
    found.label + &seal.unwrap_or_default() + &grip.unwrap_or_default()
}
