"""Two builds of the program over all of tests/cases: their answers must be the same bytes.

usage: compare.py COMMAND COMMAND
"""
import json, pathlib, shlex, subprocess, sys, tempfile

ONE, OTHER = (shlex.split(command) for command in sys.argv[1:3])
EVERYTHING = {"include": ["body", "mentions"]}


def jobs():
    for folder in sorted(pathlib.Path("tests/cases").iterdir()):
        for path in folder.glob("input.*"):
            options = json.loads((folder / "job.json").read_text()) if (folder / "job.json").exists() else {}
            yield json.dumps({"id": folder.name, "file": str(path), **EVERYTHING, **options})


def records():
    for i, path in enumerate(sorted(pathlib.Path("tests/cases").glob("*/input.html"))):
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + path.read_bytes()
        yield (f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{i:08}>\r\nContent-Type: application/http\r\n"
               f"Content-Length: {len(block)}\r\n\r\n").encode() + block + b"\r\n\r\n"


def answers(command, path):
    return subprocess.run([*command, "batch", "--jobs=1", path], stdout=subprocess.PIPE, check=True).stdout


def compare(what, bytes_in):
    with tempfile.NamedTemporaryFile() as file:
        file.write(bytes_in)
        file.flush()
        one, other = answers(ONE, file.name), answers(OTHER, file.name)
    count = one.count(b"\n")
    if one == other and count > 20:
        print(f"ok {what}: {count} answers, {len(one)} bytes, all the same")
        return True
    print(f"FAILED {what}: {count} answers, {other.count(chr(10).encode())} of the other")
    for mine, theirs in zip(one.decode().splitlines(), other.decode().splitlines()):
        if mine != theirs:
            at = next(i for i, pair in enumerate(zip(mine, theirs)) if pair[0] != pair[1])
            print(f"  {mine[:60]}\n   {mine[max(0, at - 60):at + 60]}\n   {theirs[max(0, at - 60):at + 60]}")
    return False


good = [compare("cases", ("\n".join(jobs()) + "\n").encode()), compare("cases as an archive", b"".join(records()))]
sys.exit(not all(good))
