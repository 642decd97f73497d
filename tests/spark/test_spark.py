"""scripts/spark_extract.py on a standalone cluster of one master and two workers on loopback.

usage: test_spark.py NEWSMETA [--cpu]
"""
import concurrent.futures, contextlib, gzip, json, os, pathlib, re, signal, socket, subprocess, sys, tempfile, threading, time

import pyspark

PROGRAM = os.path.abspath(sys.argv[1])
SPARK = pathlib.Path(pyspark.__file__).parent
CASES = [path.read_bytes() for path in sorted(pathlib.Path("tests/cases").glob("*/input.html"))]
FILES = 16
RECORDS = 900  # in a file: long enough that a worker dies within one
failed = []


def expect(what, good, detail=""):
    print("ok" if good else "FAILED", what, detail, flush=True)
    if not good:
        failed.append(what)


# ------------------------------------------------------------------- inputs

def record(number, page):
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    return (f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:08}>\r\nContent-Type: application/http\r\n"
            f"Content-Length: {len(block)}\r\n\r\n").encode() + block + b"\r\n\r\n"


def write_inputs(room, files, records):
    """Archives and lines by turns; one is cut off, one has bad lines, one is not there."""
    paths = []
    for i in range(files):
        pages = [(i * records + k, CASES[k % len(CASES)]) for k in range(records)]
        path = room / (f"{i:02}.warc.gz" if i % 2 else f"{i:02}.ndjson")
        if i % 2:
            path.write_bytes(b"".join(gzip.compress(record(number, page), 1) for number, page in pages)[: -20 if i == 1 else None])
        else:
            lines = [json.dumps({"id": number, "html": page.decode("utf-8", "replace")}) for number, page in pages]
            path.write_text("\n".join(["no job", *lines, "{}"] if i == 2 else lines))
        paths.append(path)
    return paths + [room / "not there.ndjson"]


def plain(path):
    return subprocess.run([PROGRAM, "batch", "--jobs=1", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout


# ------------------------------------------------------------------ a cluster

def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Cluster:
    """Each of its processes leads a group of its own, so that it can be killed with what it started."""

    def __init__(self, room, workers=2):
        self.room = room
        self.url = f"spark://127.0.0.1:{free_port()}"
        self.environment = dict(os.environ, SPARK_HOME=str(SPARK), SPARK_LOCAL_IP="127.0.0.1", PYSPARK_PYTHON=sys.executable,
                                SPARK_WORKER_DIR=str(room / "work"), SPARK_LOCAL_DIRS=str(room / "local"), SPARK_DAEMON_MEMORY="256m")
        port = self.url.rpartition(":")[2]
        self.master = self.start("Master", "master.Master", "--port", port)
        self.workers = [self.start(f"Worker {i}", "worker.Worker", "--cores", "1", "--memory", "900m", self.url) for i in range(workers)]
        self.wait_for("Master", "Registering worker", workers)

    def start(self, name, klass, *arguments):
        log = open(self.room / f"{name}.log", "wb")
        command = [SPARK / "bin/spark-class", f"org.apache.spark.deploy.{klass}", "--host", "127.0.0.1", "--webui-port", "0", *arguments]
        return subprocess.Popen(command, stdout=log, stderr=log, env=self.environment, start_new_session=True)

    def wait_for(self, name, words, times):
        for _ in range(600):
            if (self.room / f"{name}.log").read_text().count(words) >= times:
                return
            time.sleep(0.1)
        raise SystemExit(f"FAILED the cluster does not start:\n{(self.room / f'{name}.log').read_text()[-2000:]}")

    def submit(self, *arguments):
        command = [SPARK / "bin/spark-submit", "--master", self.url, "--conf", "spark.ui.enabled=false", "--conf", "spark.executor.memory=512m",
                   "--conf", "spark.driver.memory=512m", "--conf", "spark.driver.host=127.0.0.1", "scripts/spark_extract.py",
                   f"--newsmeta={PROGRAM}", *map(str, arguments)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=self.environment, text=True)

    def kill_worker(self):
        os.killpg(self.workers.pop().pid, signal.SIGKILL)

    def stop(self):
        for process in [*self.workers, self.master]:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait()


# --------------------------------------------------------------------- tests

def parts_of(out):
    return sorted(out.glob("part-*.ndjson"))


def run_and_kill(cluster, listing, out):
    """Runs the job, kills a worker while both have a task under way; what the driver said."""
    run = cluster.submit(listing, out)
    while run.poll() is None and not (len(parts_of(out)) >= 2 and len(list(out.glob("_temporary/*"))) == 2):
        time.sleep(0.02)
    expect("the job is under way when the worker dies", run.poll() is None)
    before = len(parts_of(out))
    cluster.kill_worker()
    said = run.communicate()[0]
    expect("and ends well all the same", run.returncode == 0, f"({before} of {FILES + 1} parts were there)" if run.returncode == 0 else said[-3000:])
    return said


def test_killed_worker(cluster, room):
    paths = write_inputs(room, FILES, RECORDS)
    listing, out = room / "list", room / "out"
    listing.write_text("\n".join(map(str, paths)) + "\n")
    said = run_and_kill(cluster, listing, out)
    references = [plain(path) for path in paths]
    parts = parts_of(out)
    expect("one part for each input", [part.name for part in parts] == [f"part-{i:05}.ndjson" for i in range(len(paths))])
    expect("each is what one process gives", [part.read_bytes() for part in parts] == references)
    expect("a task was lost and made again", re.search(r"made again: [1-9]", said))
    expect("no attempt leaves a trace", sorted(path.name for path in out.iterdir() if not path.name.startswith("part-")) == ["_SUCCESS", "_job.json"])
    codes = re.findall(rb'"problem":\{[^}]*"code":"(\w+)"', b"".join(references))
    counts = {code.decode(): codes.count(code) for code in codes}
    success = json.loads((out / "_SUCCESS").read_text())
    expect("failures are counted by code", success == {"files": len(paths), "answers": b"".join(references).count(b"\n"), "problems": counts}
           and len(counts) >= 3, str(success))
    return listing, out


def test_again(cluster, listing, out, room):
    parts_of(out)[3].unlink()
    before = {part: part.stat().st_mtime_ns for part in parts_of(out)}
    run = cluster.submit(listing, out)
    said = run.communicate()[0]
    expect("run again, it does what is missing and no more", run.returncode == 0 and len(parts_of(out)) == FILES + 1 and
           all(part.stat().st_mtime_ns == then for part, then in before.items()), "" if run.returncode == 0 else said[-2000:])
    (room / "other").write_text(listing.read_text().splitlines()[0])
    run = cluster.submit(room / "other", out)
    run.communicate()
    expect("the folder of another list is refused", run.returncode == 2)


def test_failure(cluster, listing, room):
    run = cluster.submit("--options=--no-such-option", listing, room / "failed")
    said = run.communicate()[0]
    expect("a program that fails is tried four times, and ends the job", run.returncode == 1 and "failed 4 times" in said)
    expect("without a part", not parts_of(room / "failed"))


READ_PARQUET = """
import json, sys
from pyspark.sql import SparkSession
session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
for row in session.read.parquet(sys.argv[1]).select("id", "headline", "date", "problem.code").collect():
    print(json.dumps(row))
"""


def test_parquet(cluster, listing, out, room):
    run = cluster.submit("--format=parquet", listing, room / "columns")
    said = run.communicate()[0]
    expect("Parquet is written", run.returncode == 0 and (room / "columns/parquet/_SUCCESS").exists(), "" if run.returncode == 0 else said[-2000:])
    read = subprocess.run([sys.executable, "-c", READ_PARQUET, room / "columns/parquet"], env=cluster.environment,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout

    def row(answer):
        identity = answer["id"]
        return [None if identity is None else str(identity), answer.get("headline"), answer.get("date"), answer.get("problem", {}).get("code")]

    seen = sorted(read.splitlines())
    wanted = sorted(json.dumps(row(json.loads(line))) for part in parts_of(out) for line in part.read_bytes().splitlines())
    expect("with the same answers", seen == wanted, f"({len(seen)} rows)")


# ------------------------------------------------------------------- CPU time

def cpu_of(function):
    """CPU seconds of all processes that `function` starts: looked at twenty times a second, for what a child of a child used is
    lost where nobody waits for it. What is missed at the end of a process is missed on both sides."""
    used, ours, ended = {}, {os.getpid()}, threading.Event()

    def look():
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                pid, fields = int(stat.parent.name), stat.read_text().rpartition(")")[2].split()  # proc(5), from the state on
                parent, user, system, start = (int(fields[i]) for i in (1, 11, 12, 19))
                if parent in ours:
                    ours.add(pid)
                if pid in ours and pid != os.getpid():
                    used[pid, start] = user + system

    def watch():
        while not ended.wait(0.05):
            look()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        function()
    finally:
        ended.set()
        watcher.join()
    return sum(used.values()) / os.sysconf("SC_CLK_TCK")


def measure_cpu(room):
    """The same files through Spark, its cluster included, and in one process each; twice, so that the start can be told from the rest.
    Both ways two files are under way at a time: who shares a core's caches with another needs more of its time."""
    paths = write_inputs(room, 2, 40 * RECORDS)[:2]
    rows = []
    for times in 1, 5:
        listing = room / f"list-{times}"
        listing.write_text("\n".join(map(str, paths * times)) + "\n")

        def with_spark():
            cluster = Cluster(room)
            run = cluster.submit(listing, room / f"out-{times}")
            said = run.communicate()[0]
            assert run.returncode == 0, said[-2000:]
            cluster.stop()

        def extract(i, path):
            with open(room / f"plain-{i}", "wb") as out:
                subprocess.run([PROGRAM, "batch", "--jobs=1", path], stdout=out, stderr=subprocess.DEVNULL, check=True)
            (room / f"plain-{i}").unlink()

        def without():
            with concurrent.futures.ThreadPoolExecutor(2) as pool:
                list(pool.map(extract, range(2 * times), paths * times))

        rows.append((2 * times, cpu_of(without), cpu_of(with_spark)))
        print("   {} files: {:.1f} s of CPU in one process each, {:.1f} s with Spark".format(*rows[-1]), flush=True)
    (_, few, few_spark), (_, many, many_spark) = rows
    added = ((many_spark - few_spark) / (many - few) - 1) * 100
    expect("Spark adds at most 5 % of CPU to each file", added <= 5, f"({added:.1f} %; its start, once, {few_spark - few * (1 + added / 100):.0f} s)")


with tempfile.TemporaryDirectory() as folder:
    room = pathlib.Path(folder)
    if "--cpu" in sys.argv:
        measure_cpu(room)
    else:
        cluster = Cluster(room)
        try:
            listing, out = test_killed_worker(cluster, room)
            test_again(cluster, listing, out, room)
            test_failure(cluster, listing, room)
            test_parquet(cluster, listing, out, room)
        finally:
            cluster.stop()
sys.exit(bool(failed))
