//! Deserializes the envelope of a success response: the data inside, and the pagination of a list.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};

use crate::api::{ApiSpec, Envelope, Paging};
use crate::paging::Pagination;

/// The contents of an envelope.
pub(crate) struct Opened<T> {
    /// Whether the flag reports success; a missing flag counts as success.
    pub(crate) succeeded: bool,
    pub(crate) data: T,
    pub(crate) pagination: Pagination,
}

/// Deserializes an envelope with this type of data.
pub(crate) struct Opening<T> {
    envelope: Option<&'static Envelope>,
    paging: Option<&'static Paging>,
    data: PhantomData<T>,
}

impl<T> Clone for Opening<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Opening<T> {}

impl<T> Opening<T> {
    pub(crate) fn of(api: &'static ApiSpec) -> Self {
        Self { envelope: api.envelope.as_ref(), paging: api.paging.as_ref(), data: PhantomData }
    }
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Opening<T> {
    type Value = Opened<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Opening<T> {
    type Value = Opened<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an envelope, which is an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let names = [
            self.envelope.map(|envelope| envelope.success),
            self.envelope.map(|envelope| envelope.data),
            self.paging.map(|paging| paging.property),
        ];
        let (mut succeeded, mut data, mut pagination) = (None, None, None);
        while let Some(name) = map.next_key_seed(Known(&names))? {
            match name {
                Some(0) => set(&mut succeeded, names[0], map.next_value::<Option<bool>>()?)?,
                Some(1) => set(&mut data, names[1], map.next_value::<T>()?)?,
                Some(2) => set(&mut pagination, names[2], map.next_value_seed(PaginationSeed(self.paging))?)?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(Opened {
            succeeded: succeeded != Some(Some(false)),
            data: data.ok_or_else(|| A::Error::missing_field(names[1].unwrap_or_default()))?,
            pagination: pagination.unwrap_or_default(),
        })
    }
}

/// Sets a property, and rejects a second occurrence.
fn set<T, E: serde::de::Error>(slot: &mut Option<T>, name: Option<&'static str>, value: T) -> Result<(), E> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(E::duplicate_field(name.unwrap_or_default())),
    }
}

/// Deserializes a key as the index of a known name, or `None`.
struct Known<'a>(&'a [Option<&'static str>]);

impl<'de> DeserializeSeed<'de> for Known<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Known<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property")
    }

    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().position(|name| *name == Some(key)))
    }
}

/// Deserializes the pagination; null is the default.
struct PaginationSeed(Option<&'static Paging>);

impl<'de> DeserializeSeed<'de> for PaginationSeed {
    type Value = Pagination;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for PaginationSeed {
    type Value = Pagination;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object that describes the page")
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<Self::Value, E> {
        Ok(Pagination::default())
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
        Ok(Pagination::default())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let names = self
            .0
            .map(|paging| [paging.page, paging.limit, paging.total_count, paging.total_pages, paging.has_more])
            .unwrap_or_default();
        let (mut counts, mut has_more) = ([None; 4], None);
        while let Some(name) = map.next_key_seed(Known(&names))? {
            match name {
                Some(count @ 0..4) => counts[count] = map.next_value::<Option<i64>>()?,
                Some(_) => has_more = map.next_value::<Option<bool>>()?,
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let [page, limit, total_count, total_pages] = counts.map(|count| count.and_then(|count| count.try_into().ok()));
        Ok(Pagination { page, limit, total_count, total_pages, has_more })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::decode;
    use crate::example::API;

    fn open(body: &str) -> Result<Opened<Vec<u8>>, decode::Mismatch> {
        decode::read(Opening::of(&API), body.as_bytes())
    }

    #[track_caller]
    fn rejected(body: &str, json_path: &str, reason: &str) {
        let error = open(body).err().expect("a mismatch");
        assert_eq!((error.json_path.as_str(), error.reason.as_str()), (json_path, reason));
    }

    #[test]
    fn properties_are_read_in_any_order() {
        for body in [
            r#"{"ok":true,"data":[1,2],"place":{"page":1,"total":2,"more":false,"else":[]},"else":{}}"#,
            r#"{"place":{"more":false,"total":2,"page":1},"d\u0061ta":[1,2]}"#,
        ] {
            let opened = open(body).unwrap();
            assert_eq!((opened.succeeded, opened.data), (true, vec![1, 2]), "{body}");
            let Pagination { page, limit, total_count, has_more, .. } = opened.pagination;
            assert_eq!((page, limit, total_count, has_more), (Some(1), None, Some(2), Some(false)), "{body}");
        }
    }

    #[test]
    fn absent_and_null_properties() {
        assert!(open(r#"{"data":[],"place":null,"ok":null}"#).unwrap().succeeded);
        assert!(!open(r#"{"data":[],"ok":false}"#).unwrap().succeeded);
        assert_eq!(open(r#"{"data":[],"place":{"page":-1}}"#).unwrap().pagination.page, None);
    }

    #[test]
    fn mismatches_have_a_path() {
        rejected("{}", ".", "missing field `data`");
        rejected(r#"{"data":[1,"x"]}"#, "data[1]", "expected u8, found string");
        rejected(r#"{"data":[],"data":[]}"#, ".", "duplicate field `data`");
        rejected(r#"{"data":[],"ok":1}"#, "ok", "expected a boolean, found integer");
        rejected(r#"{"data":[],"place":{"page":"1"}}"#, "place.page", "expected i64, found string");
        rejected(r#"{"data":[],"place":7}"#, "place", "expected an object that describes the page, found integer");
        rejected("[]", ".", "expected an envelope, which is an object, found sequence");
        rejected("null", ".", "expected an envelope, which is an object, found null");
    }
}
