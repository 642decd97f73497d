"""Runs every command of README.md: each ```sh block as it stands, against the service that README's first command starts.

usage: test_readme.py [FILE]
A block of JSON behind a block of commands is what the last of them must answer: each value that it shows must be there
("..." stands for more). Commands that would change this machine or need a cluster are passed over, one by one, with what tries
them instead; every other command must end with 0.
"""
import contextlib, json, os, pathlib, re, signal, socket, subprocess, sys, tempfile, time, urllib.request

README = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "README.md")
ROOT = pathlib.Path.cwd()
TRIED_ELSEWHERE = [
    (r"^\./scripts/test\b", "this test is a part of it"),
    (r"^docker ", "scripts/test-containers builds and runs the image and the compose file where Docker is, scripts/image-test where it is not"),
    (r"^kubectl ", "scripts/test-deploy checks the objects"),
    (r"^sudo systemctl ", "scripts/test-containers runs it in a Debian of its own, scripts/test-deploy checks the unit"),
    (r"^newsmeta check", "build/newsmeta check is run above"),
    (r"^spark-submit ", "scripts/spark_test runs it"),
]
failed = []


def blocks():
    """(language, text) of each fenced block, in order."""
    return re.findall(r"^```(\w+)\n(.*?)^```$", README.read_text(encoding="utf-8"), re.M | re.S)


def commands(block):
    """The commands of a block: lines joined by a backslash, and here-documents, belong to one."""
    lines, said = iter(block.splitlines()), []
    for line in lines:
        if not line.strip():
            continue
        command = line
        while command.endswith("\\"):
            command += "\n" + next(lines)
        end = re.search(r"<<-?'?(\w+)'?", command)
        while end and command.splitlines()[-1] != end[1]:
            command += "\n" + next(lines)
        said.append(command)
    return said


def passed_over(command):
    return next((instead for pattern, instead in TRIED_ELSEWHERE if re.search(pattern, command)), None)


def prepare(room):
    """A folder like the repository, with the files that README speaks of."""
    for name in os.listdir(ROOT):
        if name != ".git":
            (room / name).symlink_to(ROOT / name)
    page = next(iter(sorted(ROOT.glob("tests/cases/*/input.html")))).read_bytes()
    (room / "page.html").write_bytes(page)
    (room / "story.txt").write_text("Storm closes two schools\n\nLISBON, November 12 - A storm closed two schools in Lisbon.\n")
    (room / "jobs.ndjson").write_text('{"id": 1, "text": "Storm closes two schools"}\n{"id": 2}\n')
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    (room / "crawl.warc.gz").write_bytes(b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http\r\n"
                                         + f"Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n")
    (room / "home").mkdir()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def start_service(port):
    """README's first command, on a port of its own."""
    service = subprocess.Popen(["./scripts/run", f"--port={port}", "--log-level=error"], start_new_session=True)
    for _ in range(1200):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz"):
            return service
        assert service.poll() is None, "./scripts/run has ended"
        time.sleep(0.1)
    raise SystemExit("FAILED ./scripts/run does not serve")


def run(command, room, port):
    """Exit code, standard output, standard error."""
    command = command.replace("localhost:8080", f"127.0.0.1:{port}")
    if "apt install" in command:  # what it would do, without doing it
        command = command.replace("sudo apt install", "apt-get install --simulate").replace("./build/", f"{ROOT}/build/")
    folder = ROOT if command.startswith("make ") else room
    environment = dict(os.environ, HOME=str(room / "home"), NEWSMETA_PORT=str(port))
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", command], cwd=folder, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def differences(shown, given, where="answer"):
    """What README shows and the answer does not give; figures may be a little off, models change."""
    if isinstance(shown, dict):
        for key, value in shown.items():
            if key != "...":
                yield from differences(value, given.get(key) if isinstance(given, dict) else None, f"{where}.{key}")
    elif isinstance(shown, list):
        for i, value in enumerate(shown):
            yield from differences(value, given[i] if isinstance(given, list) and i < len(given) else None, f"{where}[{i}]")
    elif isinstance(shown, float) and isinstance(given, (int, float)):
        if abs(shown - given) > 0.1:
            yield f"{where}: {shown} is now {given}"
    elif shown != given:
        yield f"{where}: {shown!r} is now {given!r}"


def run_block(block, room, port):
    """All of a block in one shell, but for what is passed over; the output of it."""
    kept = []
    for command in commands(block):
        instead = passed_over(command)
        if instead:
            print(f"skipped: {command.splitlines()[0]}: {instead}")
        elif not command.startswith("./scripts/run"):  # it is what serves
            kept.append(command)
    if not kept:
        return ""
    code, out, err = run("\n".join(kept), room, port)
    print("ok" if code == 0 else "FAILED", "; ".join(command.splitlines()[0] for command in kept))
    if code:
        failed.append(kept)
        print(out[-2000:], err[-2000:])
    return out


def main():
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        room = pathlib.Path(folder)
        prepare(room)
        service, last, count = start_service(port), "", 0
        try:
            for language, block in blocks():
                if language == "sh":
                    last, count = run_block(block, room, port), count + 1
                elif language == "json":
                    wrong = list(differences(json.loads(block), json.loads(last)))
                    print("\n".join(["FAILED README shows another answer:", *wrong]) if wrong else "ok the answer that README shows")
                    failed.extend(wrong)
        finally:
            os.killpg(service.pid, signal.SIGTERM)
            service.wait()
    print(f"{count} blocks of commands")
    sys.exit(bool(failed) or count < 5)


main()
