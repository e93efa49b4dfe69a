//! The objects of OpenAPI Overlay 1.0 and 1.1.

use super::objects::object;
use super::{ALL, Kind, Others, field, required};
use Kind::{Any, Flag, ListOf, Object, Text};

object!(
    OVERLAY,
    "an overlay",
    Others::None,
    false,
    [
        required("overlay", ALL, Text),
        required("info", ALL, Object(&INFO)),
        field("extends", ALL, Text),
        required("actions", ALL, ListOf(&ACTION)),
    ]
);

object!(
    INFO,
    "`info`",
    Others::None,
    false,
    [required("title", ALL, Text), required("version", ALL, Text), field("description", ALL, Text),]
);

object!(
    ACTION,
    "an action",
    Others::None,
    false,
    [
        required("target", ALL, Text),
        field("description", ALL, Text),
        field("update", ALL, Any),
        field("copy", ALL, Text),
        field("remove", ALL, Flag),
    ]
);
