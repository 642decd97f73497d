#!/usr/bin/env python3
"""Extracts a list of files (WARC or NDJSON, plain or gzipped) on a Spark cluster: one task a file.

usage: spark-submit scripts/spark_extract.py [--newsmeta=PROGRAM] [--format=ndjson|parquet] [--options=OPTIONS] LIST OUT
       python3 scripts/spark_extract.py --master=URL ...

LIST     a file with one path a line; every worker reads the paths as they stand there (a shared file system)
OUT      a folder that every worker can write: part-00000.ndjson answers the first path, and so on, one line an input as
         `newsmeta batch` gives it. Beside them `_job.json` (what was asked) and, at the end, `_SUCCESS` (counts)
PROGRAM  `newsmeta` on every worker; OPTIONS go to `newsmeta batch`: --options='--fields=headline,date'
parquet  the answers as columns (SCHEMA below), in OUT/parquet, made of the parts by Spark's own writer

A task gives a path to the program, which writes a file under a name of this attempt; when it is whole, it is renamed to
the part. So a part is whole or not there, and attempts that were killed, or ran twice, leave no trace and no second
part. Run again with the same LIST and OUT it does what is still missing. Needs PySpark 3.5 and nothing else.

exit codes: 0 done (also where inputs had problems: those are lines), 1 a task failed as often as Spark tries
(spark.task.maxFailures), 2 the command line is wrong or OUT belongs to another list
"""
import argparse
import collections
import ctypes
import hashlib
import json
import os
import pathlib
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time
import uuid

LOOK_SECONDS = 1.0
LOOKS_A_LINE = 10  # where the line is not drawn over itself
CHUNK_BYTES = 1 << 20
PROBLEM = b',"problem":{'
SCHEMA = """
    id STRING, headline STRING, date STRING,
    actors ARRAY<STRUCT<name: STRING, type: STRING, kind: STRING, country: STRING, salience: DOUBLE, confidence: DOUBLE,
        roles: ARRAY<STRUCT<title: STRING, of: STRING>>, aliases: ARRAY<STRING>, count: INT>>,
    topics ARRAY<STRUCT<code: STRING, label: STRING, path: ARRAY<STRING>, path_labels: ARRAY<STRING>, score: DOUBLE>>,
    authors ARRAY<STRING>, language STRING, keyphrases ARRAY<STRUCT<text: STRING, score: DOUBLE>>,
    dates ARRAY<STRUCT<edtf: STRING, kind: STRING, text: STRING>>,
    url STRING, canonical_url STRING, site_name STRING, description STRING, image STRING,
    body STRUCT<words: INT, paragraphs: INT, text: STRING>,
    warnings ARRAY<STRUCT<code: STRING, field: STRING, message: STRING>>,
    problem STRUCT<code: STRING, status: INT, title: STRING, detail: STRING, retryable: BOOLEAN>
"""


# ------------------------------------------------------------ a task, on a worker

def die_with_parent():
    """In the child: it ends when the Python worker that started it is killed."""
    PR_SET_PDEATHSIG = 1
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def run_program(command, path, out):
    """Pipes one path to the program; its lines go to the file `out`. Raises where they are not all there."""
    with open(out, "wb") as file:
        run = subprocess.run(command, input=os.fsencode(path) + b"\n", stdout=file, stderr=subprocess.PIPE, preexec_fn=die_with_parent)
        if run.returncode != 0:
            raise RuntimeError(f"{path}: {command[0]} ended with {run.returncode}: {run.stderr.decode(errors='replace')[-500:]}")
        os.fsync(file.fileno())


def count_answers(part):
    """How many lines a part has, and of these how many problems by their code. Looks at many lines at a time: only those that may
    tell of a problem are read as JSON."""
    counts = collections.Counter()
    with open(part, "rb") as lines:
        while chunk := lines.read(CHUNK_BYTES) + lines.readline():
            counts["answers"] += chunk.count(b"\n")
            at = chunk.find(PROBLEM)
            while at >= 0:
                start, end = chunk.rfind(b"\n", 0, at) + 1, chunk.find(b"\n", at)
                problem = json.loads(chunk[start:end]).get("problem")  # an id may hold the same bytes
                if problem:
                    counts[problem["code"]] += 1
                at = chunk.find(PROBLEM, end)
    return counts


def part_of(out, number):
    return os.path.join(out, f"part-{number:05}.ndjson")


def extract_file(command, out, run_id, number, path):
    """The whole of a task. Attempts never share a file until the rename, which is one step."""
    from pyspark import TaskContext

    part = part_of(out, number)
    if not os.path.exists(part):
        attempt = os.path.join(out, "_temporary", f"{run_id}-{number:05}-{TaskContext.get().taskAttemptId()}")
        run_program(command, path, attempt)
        os.replace(attempt, part)
    return count_answers(part)


# ------------------------------------------------------------------- the driver

class Progress(threading.Thread):
    """One line on standard error: drawn over itself at a terminal, otherwise (also under spark-submit, which hands it on) one
    each ten seconds."""

    def __init__(self, tracker, total):
        super().__init__(daemon=True)
        self.tracker, self.total, self.done, self.failed = tracker, total, 0, 0
        self.start_time, self.ended = time.monotonic(), threading.Event()

    def look(self):
        for stage in self.tracker.getActiveStageIds():
            info = self.tracker.getStageInfo(stage)
            if info:
                self.done, self.failed = info.numCompletedTasks, info.numFailedTasks

    def line(self):
        passed = time.monotonic() - self.start_time
        left = f", {passed / self.done * (self.total - self.done):.0f} s left" if self.done else ""
        failed = f", {self.failed} attempts failed" if self.failed else ""
        return f"{self.done}/{self.total} files, {passed:.0f} s{left}{failed}"

    def run(self):
        terminal, looks = sys.stderr.isatty(), 0
        while not self.ended.wait(LOOK_SECONDS):
            self.look()
            looks += 1
            if terminal:
                print(f"\r{self.line()}\033[K", end="", file=sys.stderr, flush=True)
            elif looks % LOOKS_A_LINE == 0:
                print(self.line(), file=sys.stderr, flush=True)
        if terminal:
            print("\r\033[K", end="", file=sys.stderr)


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("list", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--master", metavar="URL", help="of the cluster; otherwise that of spark-submit")
    parser.add_argument("--newsmeta", default="newsmeta", metavar="PROGRAM")
    parser.add_argument("--format", choices=("ndjson", "parquet"), default="ndjson")
    parser.add_argument("--options", default="", help="options of newsmeta batch, as a shell would take them")
    return parser.parse_args()


def claim_output(out, paths, options):
    """A folder is of one list and one set of options: otherwise its parts would answer something else."""
    job = {"paths": len(paths), "sha256": hashlib.sha256("\n".join(paths).encode()).hexdigest(), "options": options}
    record = out / "_job.json"
    if record.exists() and json.loads(record.read_text()) != job:
        return False
    (out / "_temporary").mkdir(parents=True, exist_ok=True)
    record.write_text(json.dumps(job) + "\n")
    return True


def extract_all(context, paths, command, out):
    run_id = uuid.uuid4().hex[:8]
    numbered = context.parallelize(list(enumerate(paths)), len(paths))
    progress = Progress(context.statusTracker(), len(paths))
    progress.start()
    try:
        counts = numbered.map(lambda task: extract_file(command, out, run_id, *task)).reduce(lambda one, other: one + other)
    finally:
        progress.ended.set()
        progress.join()
    return counts, progress


def write_parquet(session, out):
    session.read.schema(SCHEMA).json(str(out / "part-*.ndjson")).write.mode("overwrite").parquet(str(out / "parquet"))


def tell(counts, progress):
    answers = counts.pop("answers", 0)
    problems = ", ".join(f"{code} {count}" for code, count in counts.most_common()) or "none"
    seconds = time.monotonic() - progress.start_time
    print(f"{progress.total} files, {answers} answers in {seconds:.0f} s; problems: {problems}; attempts that failed and were made again: "
          f"{progress.failed}", file=sys.stderr)
    return {"files": progress.total, "answers": answers, "problems": dict(counts)}


def main():
    from pyspark.sql import SparkSession

    arguments = read_arguments()
    out = arguments.out.resolve()
    paths = [line for line in arguments.list.read_text().splitlines() if line.strip()]
    options = shlex.split(arguments.options)
    if not paths or not claim_output(out, paths, options):
        print(f"{arguments.list} names no file" if not paths else f"{out} holds answers to another list or other options", file=sys.stderr)
        return 2
    builder = SparkSession.builder.appName("newsmeta")
    session = (builder.master(arguments.master) if arguments.master else builder).getOrCreate()
    threads = session.sparkContext.getConf().get("spark.task.cpus", "1")
    command = [arguments.newsmeta, "batch", f"--jobs={threads}", "--paths-from-stdin", *options]
    try:
        counts, progress = extract_all(session.sparkContext, paths, command, str(out))
        if arguments.format == "parquet":
            write_parquet(session, out)
    except Exception as error:  # what the last attempt raised, with the stack of Java behind it
        print("failed:", str(error).partition("\n\tat ")[0], file=sys.stderr)
        return 1
    shutil.rmtree(out / "_temporary")
    (out / "_SUCCESS").write_text(json.dumps(tell(counts, progress)) + "\n")
    session.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
