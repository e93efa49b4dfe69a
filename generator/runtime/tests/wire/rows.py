"""Writes rows.jsonl: what a parameter, a form or a part must look like on the wire, for each style and form of value.

Path and query come from RFC 6570, as `uritemplate` (4.1.1) expands it, because OpenAPI 3.0.3 refers to it; forms are
escaped by `urllib`; every multipart body is read again by `email`; the other rows are in this file.
`python3 rows.py --check` fails where the file is another one.
"""

import email
import email.policy
import json
import pathlib
import sys
import urllib.parse

import uritemplate

FILE = pathlib.Path(__file__).with_name("rows.jsonl")
LONG = "x" * 10_000
NULL_IN_FORM = "must not be null, which a form cannot represent"
NULL_IN_PART = "must not be null, which a part cannot represent"
NO_MEDIA_TYPE = "must have a media type such as `image/png`"
EMPTY = "must not be empty"
RELATIVE = "must not be a relative path"
NOTHING = "must not be empty, because it would not be sent"
DOT = "must not contain a dot in an item, because dots separate items"
SPACE = "must not contain a space in an item, because spaces separate items"
PIPE = "must not contain `|` in an item, because it separates items"
COMMA = "must not contain a comma in an item, because commas separate items"
SPACES = "must not begin or end with white space, which servers ignore"
SPACED_ITEM = "must not have an item that is empty or begins or ends with white space, which servers ignore"
EQUALS = "must not contain `=` in the name of a field"
NO_HEADER = "must contain only printable ASCII characters"
NO_COOKIE = (
    "must contain only characters of cookies: no white space, quotes, commas, semicolons or backslashes"
)

DELIMITERS = [",", ";", "=", ".", "/", "\\", "?", "#", "%", "+", "&", ":", "@", "!", "$", "'", "(", ")", "*", "[", "]"]
DELIMITERS += ["|", "~", "-", "_", "{v}", "<", ">", "^", "`", '"', " ", "\t", "\r", "\n", "\0", "\x7f", "é", "😀"]
SCALARS = ["", "blue", True, 7, -1.5, "%2F", "..", ".", "a/../b", "a b", "2024-02-29T10:00:00+01:00"]
SCALARS += [f"a{delimiter}b" for delimiter in DELIMITERS]
LISTS = [[], ["a"], ["a", "b", "c"], [1, True], ["", "x"], ["x", ""]]
LISTS += [[f"a{delimiter}b", "c"] for delimiter in DELIMITERS]
OBJECTS = [{}, {"a": "1"}, {"R": 100, "G": 200, "B": 150}, {"a": None, "b": 1}, {"a": ""}]
OBJECTS += [{f"a{delimiter}b": f"c{delimiter}d"} for delimiter in DELIMITERS]
NESTED = [[["a"], {"b": 1}], {"c": [1, "x"], "a": {"b": [1]}}, [None, 1]]


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
    value = texts(value)
    # It sorts the names of a dict, but not those of a list of pairs.
    return uritemplate.expand(template, v=list(value.items()) if isinstance(value, dict) and value else value)


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
                yield {**row, "sent": "/x?c=1&c=x&a=%7B%22b%22%3A%5B1%5D%7D", "undefined": note}
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


def escaped_in_form(text, reserved=False):
    """As the URL standard has it, where urllib differs: `*` stays, `~` does not."""
    safe = "*:/?#[]@!$'(),;=" if reserved else "*"
    return urllib.parse.quote_plus(text, safe=safe).replace("~", "%7E")


def escaped_in_query(text, reserved=False):
    """RFC 6570, or with the reserved characters that mean nothing in a query (RFC 3986, section 3.4).

    The URL standard escapes an apostrophe in the query of http."""
    return urllib.parse.quote(text, safe=":/?@!$()*,;=" if reserved else "")


def deep_pairs(name, value, lists):
    """The pairs of `deepObject`; lists are defined by nobody, so a setting says how they are written."""
    if isinstance(value, dict):
        return [pair for key, item in value.items() for pair in deep_pairs(f"{name}[{key}]", item, lists)]
    if isinstance(value, list):
        if lists == "deepObjectIndices" or any(isinstance(item, dict) for item in value):
            numbered = [deep_pairs(f"{name}[{index}]", item, lists) for index, item in enumerate(value)]
            return [pair for pairs in numbered for pair in pairs]
        return [(name + ("[]" if lists == "deepObject" else ""), text(item)) for item in value]
    return [] if value is None else [(name, text(value))]


def pairs_of(value):
    """The pairs of the style `form`, exploded."""
    if isinstance(value, dict):
        items = [(key, item) for key, item in value.items() if item is not None]
        return [(key, text(one)) for key, item in items for one in (item if isinstance(item, list) else [item])]
    return [("v", text(item)) for item in (value if isinstance(value, list) else [value])]


DEEP = [{"a": "1", "b": True}, {"a": {"b": {"c": 1}}}, {"a": ["x", "y"]}, {"a": [{"n": 1, "o": "x"}, {"n": 2}]}]
DEEP += [["a", "b"], [{"a": 1}, {"a": 2}], "a", {"a": None, "b": 1}, [[1], [2]]]
DEEP += [{f"a{delimiter}b": f"c{delimiter}d"} for delimiter in DELIMITERS]


def forms():
    for location, start in [("form", ""), ("query", "/x?")]:
        escape = escaped_in_form if location == "form" else escaped_in_query
        for reserved in [False, True]:
            if location == "query" and not reserved:
                continue  # is above
            for explode in [False, True]:
                for value in SCALARS + LISTS + OBJECTS + NESTED + [LONG]:
                    row = {"in": location, "style": "form", "explode": explode, "value": value}
                    if reserved:
                        row["reserved"] = True
                    if isinstance(value, (list, dict)) and not texts(value):
                        if explode:
                            yield {**row, "rejected": NOTHING}
                        else:
                            yield {**row, "sent": start + "v=", "undefined": "an empty list is not an absent one"}
                    elif explode or not isinstance(value, (list, dict)):
                        pairs = [f"{escape(name)}={escape(item, reserved)}" for name, item in pairs_of(value)]
                        yield {**row, "sent": start + "&".join(pairs)}
                    else:
                        # A comma in an item is none between items, whatever else is allowed.
                        items = [escape(piece, reserved).replace(",", "%2C") for piece in pieces(value)]
                        yield {**row, "sent": start + "v=" + ",".join(items)}
        for style in ["deepObject", "deepObjectIndices", "deepObjectRepeated"]:
            for value in DEEP:
                pairs = [f"{escape(name)}={escape(item)}" for name, item in deep_pairs("v", value, style)]
                row = {"in": location, "style": style, "explode": True, "value": value, "sent": start + "&".join(pairs)}
                yield row
            for value in [[], {}, {"a": None}]:
                yield {"in": location, "style": style, "explode": True, "value": value, "rejected": NOTHING}
    for style, delimiter, sent, rule in [("spaceDelimited", " ", "+", SPACE), ("pipeDelimited", "|", "%7C", PIPE)]:
        for value in LISTS:
            row = {"in": "form", "style": style, "explode": False, "value": value}
            if any(delimiter in piece for piece in pieces(value)):
                yield {**row, "rejected": rule}
            else:
                yield {**row, "sent": "v=" + sent.join(escaped_in_form(piece) for piece in pieces(value))}
            row = {"in": "form", "style": style, "explode": True, "value": value}
            if value:
                yield {**row, "sent": "&".join(f"v={escaped_in_form(piece)}" for piece in pieces(value))}
            else:
                yield {**row, "rejected": NOTHING}
    for value in SCALARS + LISTS + OBJECTS + NESTED:
        sent = escaped_in_form(json.dumps(value, separators=(",", ":"), ensure_ascii=False))
        yield {"in": "form", "style": "json", "explode": False, "value": value, "sent": f"v={sent}"}
    for style in ["form", "deepObject", "spaceDelimited", "pipeDelimited"]:
        yield {"in": "form", "style": style, "explode": True, "value": None, "rejected": NULL_IN_FORM}
    # Names are escaped like values.
    for delimiter in DELIMITERS:
        name = f"a{delimiter}b"
        yield {"in": "form", "name": name, "style": "form", "explode": True, "value": 1, "sent": f"{escaped_in_form(name)}=1"}
    # What is absent is not sent, and nothing else is.
    yield {"in": "form", "style": "form", "explode": True, "absent": True, "value": None, "sent": ""}


TYPED = [("decimal", "9.80"), ("decimal", "-0.01"), ("date-time", "2024-02-29T10:00:00.5Z"), ("date", "2024-02-29")]
TYPED += [("uuid", "0a565296-4e53-477d-b118-b89e25e1af62"), ("int64", "-9223372036854775808")]
TYPED += [("uint64", "18446744073709551615"), ("int32", "-7"), ("double", "0.1"), ("float", "0.1"), ("boolean", "true")]


def typed():
    """Scalars of each type and format. A form is made of JSON, in which an amount is a number."""
    for kind, value in TYPED:
        row = {"style": "form", "explode": True, "type": kind, "value": value}
        yield {**row, "in": "query", "sent": "/x?v=" + escaped_in_query(value)}
        sent = str(float(value)) if kind == "decimal" else value
        yield {**row, "in": "form", "sent": "v=" + escaped_in_form(sent)}
        yield part(row, value, [(value, "text/plain")])


def named(text):
    """A name between quotes: HTML's escapes, and others for what some servers read otherwise."""
    escaped = "".join(f"%{ord(c):02X}" if c == '"' or (c < " " and c != "\t") or c == "\x7f" else c for c in text)
    # A quoted pair: a backslash before another one, or before the quote at the end.
    while "\\\\" in escaped:
        escaped = escaped.replace("\\\\", "%5C\\", 1)
    return escaped[:-1] + "%5C" if escaped.endswith("\\") else escaped


def part(row, value, parts, name="v", headers=()):
    """A row with a body of these parts: content and media type, and the name of a file if it is one."""
    body = ""
    for content, media_type, *file in parts:
        file = "".join(f'; filename="{named(one)}"' for one in file)
        charset = "; charset=utf-8" if media_type.startswith("text/") and not content.isascii() and ";" not in media_type else ""
        body += f'--BOUNDARY\r\nContent-Disposition: form-data; name="{named(name)}"{file}\r\n'
        body += f"Content-Type: {media_type}{charset}\r\n"
        body += "".join(f"{header}: {text}\r\n" for header, text in headers)
        body += f"\r\n{content}\r\n"
    body += "--BOUNDARY--\r\n"
    read_again(body, name, parts, headers)
    row = {"in": "multipart", **{key: item for key, item in row.items() if key != "in"}, "value": value, "sent": body}
    return row if name == "v" else {**row, "name": name}


def read_again(body, name, parts, headers):
    """Another reader finds the same parts, and no others."""
    message = b"Content-Type: multipart/form-data; boundary=BOUNDARY\r\n\r\n" + body.encode()
    read = email.message_from_bytes(message, policy=email.policy.compat32.clone(linesep="\r\n"))
    found = read.get_payload() if parts else []
    assert len(found) == len(parts), body
    for one, (content, media_type, *file) in zip(found, parts):
        assert sorted(one.keys()) == sorted(["Content-Disposition", "Content-Type", *(header for header, _ in headers)]), body
        assert one.get_payload(decode=True) == content.encode(), (body, one.get_payload(decode=True), content)
        assert one.get_content_type() == media_type.split(";")[0].lower(), body
        disposition = str(one["Content-Disposition"])
        assert disposition.count('"') == 2 + 2 * len(file), body


def multipart():
    for value in SCALARS + [LONG]:
        yield part({}, value, [(text(value), "text/plain")])
    for value in LISTS:
        if value:
            yield part({}, value, [(text(item), "text/plain") for item in value])
        else:
            yield {"in": "multipart", "value": value, "rejected": NOTHING}
    for value in OBJECTS + NESTED:
        document = lambda item: json.dumps(item, separators=(",", ":"), ensure_ascii=False)
        if isinstance(value, dict):
            yield part({}, value, [(document(value), "application/json")])
        elif None in value:
            yield {"in": "multipart", "value": value, "rejected": NULL_IN_PART}
        else:
            yield part({}, value, [(document(item), "application/json") for item in value])
        row = {"mediaType": "application/json"}
        yield part({**row, "undefined": "a list that is said to be JSON is one document"}, value, [(document(value), "application/json")])
        if isinstance(value, dict):
            rule = "must not be an object or list, which `application/xml` cannot represent"
            yield {"in": "multipart", "mediaType": "application/xml", "value": value, "rejected": rule}
            yield part({"mediaType": "text/plain, application/vnd.a+json"}, value, [(document(value), "application/vnd.a+json")])
    # Styles are for forms (OpenAPI 3.0.3, Encoding Object).
    for style in ["form", "spaceDelimited", "pipeDelimited", "deepObject"]:
        for explode in [False, True]:
            row = {"style": style, "explode": explode}
            yield part(row, ["a", "b c"], [("a", "text/plain"), ("b c", "text/plain")])
            yield part(row, {"a": [1]}, [('{"a":[1]}', "application/json")])
            yield part(row, "a,b", [("a,b", "text/plain")])
    for media_type, sent in [
        ("text/csv", "text/csv"),
        ("image/png, image/gif", "image/png"),
        ("text/*", "text/plain"),
        ("*/*", "text/plain"),
        ("text/plain; charset=latin-1", "text/plain"),
        ("application/xml,text/plain", "text/plain"),
    ]:
        yield part({"mediaType": media_type}, "a", [("a", sent)])
    yield part({"mediaType": "application/json"}, "a", [('"a"', "application/json")])
    yield part({"mediaType": "application/json"}, "é", [('"é"', "application/json")])
    yield {"in": "multipart", "null": True, "value": None, "rejected": NULL_IN_PART}
    yield {"in": "multipart", "absent": True, "value": None, "sent": "--BOUNDARY--\r\n"}
    for delimiter in DELIMITERS + ["\\", "\\\\"]:
        name = f"a{delimiter}b"
        yield part({}, 1, [("1", "text/plain")], name=name)
        yield part({}, 1, [("1", "text/plain")], name=f"a{delimiter}")
        yield file({"name": name, "content": "x"}, name, "application/octet-stream")
        yield file({"name": f"{delimiter}", "content": "x"}, delimiter, "application/octet-stream")
    yield from files()
    for text_of_header in ["1", "a b", 'a"b;=']:
        row = {"header": text_of_header}
        yield part(row, "a", [("a", "text/plain")], headers=[("X-Meta", text_of_header)])
    for text_of_header in ["a\r\nX-Evil: 1", "\0", "é"]:
        yield {"in": "multipart", "header": text_of_header, "value": "a", "rejected": NO_HEADER}
    yield {"in": "multipart", "header": " a", "value": "a", "rejected": SPACES}


def file(value, name, media_type, **row):
    return part({"type": "file", **row}, value, [(value["content"], media_type, name)])


def files():
    for content in ["", "x", "\r\n--BOUNDARY--\r\n", "é\0", LONG]:
        if "BOUNDARY" not in content:
            yield file({"content": content}, "v", "application/octet-stream")
    evil = "a\r\nContent-Type: text/html\r\n\r\n<b>"
    yield file({"name": evil, "content": "x"}, evil, "application/octet-stream")
    for own, listed, sent in [
        ("image/png", None, "image/png"),
        (None, "image/png", "image/png"),
        ("image/gif", "image/png, image/gif", "image/gif"),
        ("IMAGE/GIF", "image/gif", "IMAGE/GIF"),
        ("image/svg+xml; q=1", "image/*", "image/svg+xml; q=1"),
        (None, "*/*", "application/octet-stream"),
        (None, "application/*", "application/octet-stream"),
        ("text/csv", "*/*", "text/csv"),
        (None, "image/png, application/octet-stream", "application/octet-stream"),
    ]:
        value = {"content": "x"} if own is None else {"content": "x", "media_type": own}
        yield file(value, "v", sent, **({} if listed is None else {"mediaType": listed}))
    for own, listed in [("text/html", "image/png"), (None, "image/png, image/gif"), (None, "image/*"), ("image", "image/*")]:
        value = {"content": "x"} if own is None else {"content": "x", "media_type": own}
        rule = NO_MEDIA_TYPE if own == "image" else f"must have a media type of `{listed}`"
        yield {"in": "multipart", "type": "file", "mediaType": listed, "value": value, "rejected": rule}
    for own in ["a/b\r\nX-Evil: 1", "a/b\r\n\r\n", "", "a b/c", "é/x"]:
        value = {"content": "x", "media_type": own}
        yield {"in": "multipart", "type": "file", "value": value, "rejected": NO_MEDIA_TYPE}
    two = [{"name": "1", "content": "x"}, {"name": "2", "content": "y", "media_type": "image/png"}]
    parts = [("x", "application/octet-stream", "1"), ("y", "image/png", "2")]
    yield part({"type": "files"}, two, parts)
    yield {"in": "multipart", "type": "files", "value": [], "rejected": NOTHING}


rows = [*path(), *query(), *header(), *cookie(), *documents(), *long(), *forms(), *typed(), *multipart()]
written = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
if "--check" in sys.argv:
    sys.exit(0 if FILE.read_text() == written else "rows.jsonl is not what rows.py writes")
FILE.write_text(written)
print(f"{len(rows)} rows")
