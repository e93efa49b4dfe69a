"""What the other scripts need to find their way in an OpenAPI document."""

METHODS = ("get", "put", "post", "delete", "patch")


def operations(document):
    """Each operation with its path and method."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def resolved(document, value):
    """The value, or what it refers to."""
    while "$ref" in value:
        steps = value["$ref"].removeprefix("#/").split("/")
        value = document
        for step in steps:
            value = value[step.replace("~1", "/").replace("~0", "~")]
    return value
