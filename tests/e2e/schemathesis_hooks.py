"""What schemathesis has to be told: bodies that are described as strings are sent as they are, and what is no string cannot
be sent as one (an object in the place of NDJSON would become text, and a line of it an answer of its own)."""
import schemathesis

RAW = ("application/x-ndjson", "application/xhtml+xml", "application/octet-stream", "text/html", "text/plain")


@schemathesis.serializer(*RAW[:4])
def as_it_is(_context, value):
    return value if isinstance(value, bytes) else str(value).encode("utf-8", errors="surrogateescape")


@schemathesis.hook
def filter_case(_context, case):
    return case.media_type not in RAW or isinstance(case.body, (str, bytes))
