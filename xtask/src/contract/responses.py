"""Asks a server that knows the objects of an OpenAPI document's examples, once for each operation and with its examples.

Writes DIRECTORY/<operationId>/response.success.json, and response.error.json for the same request without the API key.
"""

import argparse
import json
import urllib.error
import urllib.request
from pathlib import Path

import yaml

from document import operations, resolved


def main():
    arguments = parse()
    document = yaml.safe_load(arguments.spec.read_text(encoding="utf-8"))
    for path, method, operation in operations(document):
        url = arguments.url + filled(document, path, operation)
        body = example(document, operation)
        directory = arguments.directory / operation["operationId"]
        directory.mkdir()
        keep(directory / "response.success.json", 2, request(method, url, body, arguments.key))
        keep(directory / "response.error.json", 4, request(method, url, body, None))


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("spec", type=Path)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--url", required=True, help="where the paths of the document begin")
    parser.add_argument("--key", required=True, help="the API key")
    return parser.parse_args()


def filled(document, path, operation):
    """The path with the examples of its parameters."""
    for parameter in operation.get("parameters", []):
        parameter = resolved(document, parameter)
        if parameter["in"] == "path":
            path = path.replace("{%s}" % parameter["name"], parameter["example"])
    return path


def example(document, operation):
    """The first example of the request body, if there is a body."""
    if "requestBody" not in operation:
        return None
    examples = operation["requestBody"]["content"]["application/json"]["examples"]
    return resolved(document, next(iter(examples.values())))["value"]


def request(method, url, body, key):
    request = urllib.request.Request(url, method=method.upper())
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    if key is not None:
        request.add_header("Authorization", f"Bearer {key}")
    return request


def keep(file, expected, request):
    # No proxy stands between this machine and itself.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        response = opener.open(request, timeout=10)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        body = response.read()
        if response.status // 100 != expected:
            raise SystemExit(f"{request.method} {request.full_url}: {response.status}, not {expected}XX\n{body.decode()}")
    file.write_bytes(body)


main()
