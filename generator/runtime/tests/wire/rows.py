"""Writes rows.jsonl: what a parameter must look like on the wire, for each location, style and form of value.

Path and query come from RFC 6570, as `uritemplate` (4.1.1) expands it, because OpenAPI 3.0.3 refers to it; the other
rows are in this file. `python3 rows.py --check` fails where the file is another one.
"""

import json
import pathlib
import sys

import uritemplate

FILE = pathlib.Path(__file__).with_name("rows.jsonl")
LONG = "x" * 10_000
EMPTY = "must not be empty"
RELATIVE = "must not be a relative path"
NOTHING = "must not be empty, because nothing would be sent for it"
DOT = "must have no dot in an item, because dots separate the items"
SPACE = "must have no space in an item, because spaces separate the items"
PIPE = "must have no `|` in an item, because it separates the items"
COMMA = "must have no comma in an item, because commas separate the items"
SPACES = "must have no white space around it, which servers ignore"
SPACED_ITEM = "must have no item that is empty or has white space around it, which servers ignore"
EQUALS = "must have no `=` in the name of a field"
NO_HEADER = "must hold only what a header can carry"
NO_COOKIE = (
    "must hold only what a cookie can carry: no white space, quotes, commas, semicolons or backslashes"
)

DELIMITERS = [",", ";", "=", ".", "/", "\\", "?", "#", "%", "+", "&", ":", "@", "!", "$", "'", "(", ")", "*", "[", "]"]
DELIMITERS += ["|", "~", "-", "_", "{v}", "<", ">", "^", "`", '"', " ", "\t", "\r", "\n", "\0", "\x7f", "é", "😀"]
SCALARS = ["", "blue", True, 7, -1.5, "%2F", "..", ".", "a/../b", "a b", "2024-02-29T10:00:00+01:00"]
SCALARS += [f"a{delimiter}b" for delimiter in DELIMITERS]
LISTS = [[], ["a"], ["a", "b", "c"], [1, True], ["", "x"], ["x", ""]]
LISTS += [[f"a{delimiter}b", "c"] for delimiter in DELIMITERS]
OBJECTS = [{}, {"a": "1"}, {"B": 150, "G": 200, "R": 100}, {"a": None, "b": 1}, {"a": ""}]
OBJECTS += [{f"a{delimiter}b": f"c{delimiter}d"} for delimiter in DELIMITERS]
NESTED = [[["a"], {"b": 1}], {"a": {"b": [1]}, "c": [1, "x"]}, [None, 1]]


def text(value):
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def texts(value):
    """The strings of a value; null fields are left out."""
    if isinstance(value, list):
        return [text(item) for item in value]
    if isinstance(value, dict):
        return {key: text(item) for key, item in value.items() if item is not None}
    return text(value)


def pieces(value):
    value = texts(value)
    if isinstance(value, dict):
        return [piece for pair in value.items() for piece in pair]
    return value if isinstance(value, list) else [value]


def expanded(template, value):
    return uritemplate.expand(template, v=texts(value))


def path():
    for style, sign in [("simple", ""), ("label", "."), ("matrix", ";")]:
        for explode in [False, True]:
            for value in SCALARS + LISTS + OBJECTS + NESTED:
                row = {"in": "path", "style": style, "explode": explode, "value": value}
                sent = expanded("{%sv%s}" % (sign, "*" if explode else ""), value)
                if style == "matrix" and explode:
                    # RFC 6570 (appendix A) has no `=` before nothing; the library has.
                    sent = sent.replace("=;", ";").removesuffix("=")
                is_list = isinstance(value, (list, dict))
                if is_list and style == "label" and explode and any("." in piece for piece in pieces(value)):
                    yield {**row, "rejected": DOT}
                elif is_list and not texts(value):
                    # RFC 6570 has nothing for it, and a path needs something.
                    yield from empty_in_path(row, style, explode)
                elif not sent:
                    yield {**row, "rejected": EMPTY}
                elif sent in (".", ".."):
                    yield {**row, "rejected": RELATIVE}
                else:
                    yield {**row, "sent": f"/x/{sent}"}


def empty_in_path(row, style, explode):
    if style == "simple" or (style == "matrix" and explode):
        yield {**row, "rejected": EMPTY}
    elif style == "label":
        yield {**row, "rejected": RELATIVE}
    else:
        yield {**row, "sent": "/x/;v", "undefined": "an empty list is written as the table has an empty string"}


def query():
    for explode in [False, True]:
        for value in SCALARS + LISTS + OBJECTS + NESTED:
            row = {"in": "query", "style": "form", "explode": explode, "value": value}
            if isinstance(value, (list, dict)) and not texts(value):
                if explode:
                    yield {**row, "rejected": NOTHING}
                else:
                    yield {**row, "sent": "/x?v=", "undefined": "an empty list is not an absent one"}
            elif isinstance(value, dict) and explode and any(isinstance(item, list) for item in value.values()):
                note = "a list in an object is a parameter for each item"
                yield {**row, "sent": "/x?a=%7B%22b%22%3A%5B1%5D%7D&c=1&c=x", "undefined": note}
            else:
                yield {**row, "sent": "/x" + expanded("{?v%s}" % ("*" if explode else ""), value)}
    for style, delimiter, rule in [("spaceDelimited", " ", SPACE), ("pipeDelimited", "|", PIPE)]:
        for value in LISTS:
            row = {"in": "query", "style": style, "explode": False, "value": value}
            if any(delimiter in piece for piece in pieces(value)):
                yield {**row, "rejected": rule}
            elif value:
                sent = "%20%7C"[:3] if delimiter == " " else "%7C"
                encoded = [uritemplate.expand("{v}", v=piece) for piece in pieces(value)]
                yield {**row, "sent": "/x?v=" + sent.join(encoded)}
            else:
                yield {**row, "sent": "/x?v=", "undefined": "an empty list is not an absent one"}
        yield {"in": "query", "style": style, "explode": False, "value": "a b|c", "sent": "/x?v=a%20b%7Cc"}
        # Exploded, every item is a parameter, and nothing separates them.
        row = {"in": "query", "style": style, "explode": True, "value": ["a b", "c|d"]}
        yield {**row, "sent": "/x?v=a%20b&v=c%7Cd"}
    for value, sent in [
        ({"a": "1", "b": True}, "v%5Ba%5D=1&v%5Bb%5D=true"),
        ({"a": None, "b": 1}, "v%5Bb%5D=1"),
        ({"a&": "="}, "v%5Ba%26%5D=%3D"),
        ({"a": ""}, "v%5Ba%5D="),
    ]:
        yield {"in": "query", "style": "deepObject", "explode": True, "value": value, "sent": "/x?" + sent}
    for value, sent in [
        ("a", "v=a"),
        (["a", "b"], "v%5B%5D=a&v%5B%5D=b"),
        ({"a": {"b": {"c": 1}}}, "v%5Ba%5D%5Bb%5D%5Bc%5D=1"),
        ({"a": ["x", "y"]}, "v%5Ba%5D%5B%5D=x&v%5Ba%5D%5B%5D=y"),
        ({"a": [["x"]]}, "v%5Ba%5D%5B%5D=%5B%22x%22%5D"),
    ]:
        row = {"in": "query", "style": "deepObject", "explode": True, "value": value, "sent": "/x?" + sent}
        yield {**row, "undefined": "only objects of scalars are defined; this is what PHP, Rails and qs read"}
    for value in [[], {}, {"a": None}]:
        yield {"in": "query", "style": "deepObject", "explode": True, "value": value, "rejected": NOTHING}


def header():
    for value in SCALARS:
        row = {"in": "header", "style": "simple", "explode": False, "value": value}
        if any(character in text(value) for character in "\r\n\0\x7fé😀"):
            yield {**row, "rejected": NO_HEADER}
        else:
            yield {**row, "sent": f"v: {text(value)}".rstrip()}
    yield {"in": "header", "style": "simple", "explode": False, "value": " a", "rejected": SPACES}
    yield {"in": "header", "style": "simple", "explode": False, "value": "a\t", "rejected": SPACES}
    for explode in [False, True]:
        for value in LISTS + OBJECTS:
            row = {"in": "header", "style": "simple", "explode": explode, "value": value}
            parts = pieces(value)
            if any("," in part for part in parts):
                yield {**row, "rejected": COMMA}
            elif any(part.strip() != part or not part for part in parts):
                yield {**row, "rejected": SPACED_ITEM}
            elif isinstance(value, dict) and explode and any("=" in key for key in texts(value)):
                yield {**row, "rejected": EQUALS}
            elif any(character in part for part in parts for character in "\r\n\0\x7fé😀"):
                yield {**row, "rejected": NO_HEADER}
            elif isinstance(value, dict) and explode:
                yield {**row, "sent": ("v: " + ",".join(f"{key}={item}" for key, item in texts(value).items())).rstrip()}
            else:
                yield {**row, "sent": ("v: " + ",".join(parts)).rstrip()}


def cookie():
    octets = {chr(code) for code in range(0x21, 0x7F)} - set('",;\\')
    for value in SCALARS + LISTS:
        row = {"in": "cookie", "style": "form", "explode": True, "value": value}
        if isinstance(value, list):
            row["undefined"] = "commas separate the items of a list"
        if all(character in octets for piece in pieces(value) for character in piece):
            yield {**row, "sent": "cookie: v=" + ",".join(pieces(value))}
        else:
            yield {**row, "rejected": NO_COOKIE}
    for value in OBJECTS:
        row = {"in": "cookie", "style": "form", "explode": True, "value": value}
        sent = uritemplate.expand("{v}", v=text(value))
        yield {**row, "sent": f"cookie: v={sent}", "undefined": "objects are JSON, percent-encoded"}


def documents():
    """Parameters that are JSON documents (`content`)."""
    for value in [*SCALARS, ["a", "b"], {"a": [None]}]:
        encoded = uritemplate.expand("{v}", v=text(value) if not isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for location, sent in [("path", f"/x/{encoded}"), ("query", f"/x?v={encoded}"), ("cookie", f"cookie: v={encoded}")]:
            yield {"in": location, "style": "json", "explode": False, "value": value, "sent": sent}
        if not (isinstance(value, str) and "\x7f" in value):
            sent = f"v: {json.dumps(value, separators=(',', ':'))}"
            yield {"in": "header", "style": "json", "explode": False, "value": value, "sent": sent}


def long():
    for location, style, sent in [
        ("path", "simple", "/x/"),
        ("query", "form", "/x?v="),
        ("header", "simple", "v: "),
        ("cookie", "form", "cookie: v="),
    ]:
        yield {"in": location, "style": style, "explode": True, "value": LONG, "sent": sent + LONG}


rows = [*path(), *query(), *header(), *cookie(), *documents(), *long()]
written = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
if "--check" in sys.argv:
    sys.exit(0 if FILE.read_text() == written else "rows.jsonl is not what rows.py writes")
FILE.write_text(written)
print(f"{len(rows)} rows")
