"""Checks response bodies against an OpenAPI 3.0 document, with a validator that knows nothing of this project.

DIRECTORY holds <operationId>/<name><ending>. Writes one line for each body that is not as expected, and last the number
of bodies.
"""

import argparse
import json
from pathlib import Path

import yaml
from openapi_schema_validator import OAS30ReadValidator, oas30_format_checker

from document import operations, resolved


def main():
    arguments = parse()
    document = yaml.safe_load(arguments.spec.read_text(encoding="utf-8"))
    files = sorted(arguments.directory.glob(f"*/*{arguments.ending}"))
    validators = {
        operation["operationId"]: validator(document, operation, arguments.status)
        for _, _, operation in operations(document)
    }
    for file in files:
        errors = check(file, validators)
        if bool(errors) != arguments.mismatch:
            said = "; ".join(errors) or "fits, and must not"
            print(f"{file.parent.name}/{file.name}: {said}")
    if not files:
        print(f"no file ends with {arguments.ending}")
    print(len(files))


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("spec", type=Path)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--ending", required=True, help="how the names of the bodies end")
    parser.add_argument("--status", required=True, help="the key of the response whose schema counts, such as 2XX")
    parser.add_argument("--mismatch", action="store_true", help="the bodies must not fit")
    return parser.parse_args()


def validator(document, operation, status):
    response = resolved(document, operation["responses"][status])
    schema = response["content"]["application/json"]["schema"]
    # References inside lead into the components.
    schema = {**schema, "components": document["components"]}
    return OAS30ReadValidator(schema, format_checker=oas30_format_checker)


def check(file, validators):
    """What is wrong with a body."""
    operation = file.parent.name
    if operation not in validators:
        raise SystemExit(f"{file}: the document has no operation {operation}")
    body = json.loads(file.read_text(encoding="utf-8"))
    return [f"{error.json_path}: {error.message}" for error in validators[operation].iter_errors(body)]


main()
