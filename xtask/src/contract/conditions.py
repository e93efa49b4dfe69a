"""Adds to the schemas what spec/generator.toml says of them, because the document has no place for it."""

import tomllib
from pathlib import Path

import schemathesis

SETTINGS = Path(__file__).parents[3] / "spec" / "generator.toml"


@schemathesis.hook
def before_load_schema(context, raw_schema):
    schemas = raw_schema["components"]["schemas"]
    for rule in tomllib.loads(SETTINGS.read_text(encoding="utf-8"))["required_when"]:
        excused = {"properties": {rule["when"]: {"not": {"enum": rule["is"]}}}}
        condition = {"anyOf": [{"required": [rule["property"]]}, excused]}
        schemas[rule["schema"]].setdefault("allOf", []).append(condition)
