"""Batches as a whole: killed and resumed, memory, cores.

usage: test_bulk.py NEWSMETA [--seed N] [--cores]
The records are the pages and texts of tests/cases, over and over, each under its own id: no file is needed beside them.
"""
import gzip, json, os, pathlib, random, subprocess, sys, tempfile, time

PROGRAM = os.path.abspath(sys.argv[1])
SEED = int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else int.from_bytes(os.urandom(4), "big")
CASES = sorted(pathlib.Path("tests/cases").glob("*/input.*"))
ROUNDS = 20
RECORDS = 10_000
LARGE_EVERY = 20  # of these one weighs as much as pages do, 200 kB
MEMORY_LIMIT_MB = 60
SPEEDUP, SPEEDUP_BUSY = 1.8, 1.5  # of two cores; where others use the machine, whose caches they share
failed = []


def expect(what, good, detail=""):
    print("ok" if good else "FAILED", what, detail, flush=True)
    if not good:
        failed.append(what)


# ------------------------------------------------------------------- inputs

def documents(count):
    pages = [(path.suffix, path.read_bytes()) for path in CASES if path.suffix in (".html", ".txt")]
    assert len(pages) > 50, "tests/cases is not where it should be"
    for i in range(count):
        kind, text = pages[i % len(pages)]
        if kind == ".html" and i % LARGE_EVERY == 0:
            text += b"<script>" + b"var a = 1; " * 20_000 + b"</script>"
        yield i, kind, text


def write_lines(path, count):
    with open(path, "w", encoding="utf-8") as out:
        for i, kind, text in documents(count):
            if i % 29 == 7:
                out.write("this is no job\n\n")
            key = "html" if kind == ".html" else "text"
            out.write(json.dumps({"id": f"story {i}", key: text.decode("utf-8", "replace")}) + "\n")
    return path


def record(i, kind, text):
    """A response of an archive; every fifth is none that has an answer."""
    status, media = (("404 Not Found", "text/html"), ("200 OK", "image/gif"))[i % 2] if i % 5 == 3 else ("200 OK", "text/html")
    block = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n\r\n".encode() + (text if kind == ".html" else b"<p>" + text)
    head = (f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{i:08}>\r\nWARC-Target-URI: https://news.example/{i}\r\n"
            f"Content-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n")
    return head.encode() + block + b"\r\n\r\n"


def write_archive(path, count):
    with open(path, "wb") as out:
        for i, kind, text in documents(count):
            out.write(gzip.compress(record(i, kind, text), 1))
    return path


# --------------------------------------------------------------- resumption

def kill_and_resume(moments, whole_seconds, files, out, reference):
    """Kills runs at random moments until one comes to its end; how many were killed, and how many left a torn line."""
    kills = torn = 0
    while True:
        run = subprocess.Popen([PROGRAM, "batch", "--jobs=2", f"--resume={out}", *files], stderr=subprocess.DEVNULL)
        try:
            code = run.wait(moments.uniform(0, whole_seconds)) if kills < 3 else run.wait()
        except subprocess.TimeoutExpired:
            run.kill()
            code = run.wait()
        if code == 0:
            break
        assert code == -9, code
        kills += 1
        left = out.read_bytes() if out.exists() else b""
        torn += bool(left) and not left.endswith(b"\n")
    return kills, torn, out.read_bytes() == reference


def test_resume(room):
    print(f"   --seed {SEED}")
    moments = random.Random(SEED)
    inputs = [[write_lines(room / "a.ndjson", 1200)], [write_archive(room / "b.warc.gz", 1200)]]
    inputs.append([write_lines(room / "c.ndjson", 300), room / "not-there", write_archive(room / "d.warc.gz", 300),
                   write_lines(room / "e.ndjson", 300)])
    wholes = []
    for files in inputs:
        start = time.monotonic()
        whole = subprocess.run([PROGRAM, "batch", "--jobs=2", *files], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
        wholes.append((files, time.monotonic() - start, whole.stdout))
    same = kills = torn = 0
    for i in range(ROUNDS):
        files, seconds, reference = wholes[i % len(wholes)]
        out = room / f"out-{i}.ndjson"
        one_kills, one_torn, one_same = kill_and_resume(moments, seconds, files, out, reference)
        same, kills, torn = same + one_same, kills + one_kills, torn + one_torn
        out.unlink()
    expect("killed at any moment and resumed, the output is that of an undisturbed run", same == ROUNDS,
           f"({same} of {ROUNDS}; {kills} kills, {torn} of them within a line)")
    expect("the test kills, and tears lines", kills >= ROUNDS // 2 and torn > 0)


# ------------------------------------------------------------ memory and cores

def measure(arguments):
    """Runs a batch: (wall seconds, CPU seconds, peak in MB, lines of its output)."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as out:
        run = subprocess.Popen(arguments, stdout=out, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(run.pid, 0)
        wall = time.monotonic() - start
        assert status == 0, status
        out.seek(0)
        lines = sum(chunk.count(b"\n") for chunk in iter(lambda: out.read(1 << 20), b""))
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, lines


def test_memory(room):
    for name, write in ("lines", write_lines), ("an archive", write_archive):
        path = write(room / "many", RECORDS)
        _, _, peak, lines = measure([PROGRAM, "batch", "--jobs=2", path])
        expect(f"{RECORDS:,} records of {name} in constant memory", peak < MEMORY_LIMIT_MB and lines > 0,
               f"(peak {peak:.0f} MB of {MEMORY_LIMIT_MB}; {path.stat().st_size / 1e6:.0f} MB in, {lines:,} answers)")
        small = write(room / "few", RECORDS // 10)
        _, _, before, _ = measure([PROGRAM, "batch", "--jobs=2", small])
        expect("ten times as many records take no more of it", peak < before * 1.25, f"({before:.0f} -> {peak:.0f} MB)")


def test_cores(room):
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        print("skipped: one core only")
        return
    path = write_lines(room / "many", RECORDS // 2)
    # Before everybody else, where that is allowed (root): what others do on this machine must not decide.
    first = ["chrt", "-f", "1"]
    if subprocess.run([*first, "true"], stderr=subprocess.DEVNULL).returncode != 0:
        first = []
    best = None
    for _ in range(3):  # the best of them
        busy = os.getloadavg()[0]
        one, one_cpu, _, _ = measure([*first, "taskset", "-c", str(cores[0]), PROGRAM, "batch", "--jobs=1", path])
        two, two_cpu, _, _ = measure([*first, "taskset", "-c", f"{cores[0]},{cores[1]}", PROGRAM, "batch", "--jobs=2", path])
        if best is None or one / two > best[0]:
            best = (one / two, two_cpu / one_cpu, busy)
    ratio, cpu, busy = best
    expect("two threads do the same work as one", cpu < 1.25, f"({cpu:.2f} times the CPU time)")
    wanted = SPEEDUP if busy < 0.5 else SPEEDUP_BUSY
    if ratio < wanted and busy >= 0.5 and not first:
        print(f"skipped: two cores against one are {ratio:.2f} times as fast, but others use this machine (load {busy:.1f})")
    else:
        expect(f"two cores are {wanted} times as fast as one", ratio >= wanted, f"({ratio:.2f} times, load {busy:.1f})")


with tempfile.TemporaryDirectory() as folder:
    for test in (test_resume, test_memory, test_cores) if "--cores" in sys.argv else (test_resume, test_memory):
        test(pathlib.Path(folder))
sys.exit(bool(failed))
