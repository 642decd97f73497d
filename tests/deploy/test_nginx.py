"""nginx with the configuration that is handed out, before two replicas, on loopback: requests pass, request ids pass, GET is
kept, and nothing is lost when a replica ends, is killed, and comes back. usage: test_nginx.py NEWSMETA CONF [ROUNDS]"""
import http.client
import http.server
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

PAGE = b"""<!doctype html><html lang="en"><head><title>Ferry returns</title></head><body><article><h1>Ferry returns to the bay</h1>
<p>The ferry will cross the bay again from June 3, 2024, the mayor of Porto, Rui Moreira, said on Monday.</p>
<p>It had been stopped for two years because of a broken engine, and the town had asked for it since.</p></article></body></html>"""
STORY = json.dumps({"text": "Ferry returns to the bay\nPorto, June 3, 2024. The mayor of Porto, Rui Moreira, said that the ferry is back.\n"})

ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 6


class Origin(http.server.BaseHTTPRequestHandler):
    asked = 0

    def do_GET(self):
        Origin.asked += 1
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_):
        pass


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for s in sockets:
        s.bind(("127.0.0.1", 0))
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def ask(port, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, body, headers or {})
    got = connection.getresponse()
    text = got.read()
    connection.close()
    return got.status, got.headers, text


def wait_until(condition, what):
    for _ in range(200):
        try:
            if condition():
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise AssertionError(what)


class Replicas:
    def __init__(self, program, ports, origin):
        self.command = [program, "serve", "--log-level=error", f"--fetch-allow=127.0.0.0/8@{origin}"]
        self.ports, self.processes = ports, [None, None]
        for i in (0, 1):
            self.start(i)

    def start(self, i):
        self.processes[i] = subprocess.Popen(self.command + [f"--port={self.ports[i]}"])
        wait_until(lambda: ask(self.ports[i], "GET", "/readyz")[0] == 200, "a replica does not start")

    def stop(self, i, number):
        self.processes[i].send_signal(number)
        self.processes[i].wait()


class Load(threading.Thread):
    """Posts one story after another; counts what is no answer."""

    def __init__(self, port):
        super().__init__()
        self.port, self.ends, self.asked, self.bad = port, False, 0, []

    def run(self):
        while not self.ends:
            self.asked += 1
            try:
                status, _, text = ask(self.port, "POST", "/v1/extract", STORY, {"Content-Type": "application/json"})
                if status != 200 or json.loads(text)["headline"] != "Ferry returns to the bay":
                    self.bad.append(status)
            except OSError as error:
                self.bad.append(repr(error))

    def end(self):
        self.ends = True
        self.join()


def start_nginx(conf, room, port, replicas):
    text = open(conf, encoding="utf-8").read()
    for i, replica in enumerate(replicas, 1):
        text = text.replace(f"newsmeta-{i}:8080", f"127.0.0.1:{replica}")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/var/cache/newsmeta-nginx", f"{room}/cache").replace("/var/log/nginx", room)
    with open(os.path.join(room, "nginx.conf"), "w", encoding="utf-8") as file:
        file.write(f"daemon off; pid {room}/pid; error_log {room}/error.log; worker_processes 1;\n"
                   f"events {{}}\nhttp {{ client_body_temp_path {room}/body; proxy_temp_path {room}/proxy; fastcgi_temp_path {room}/f;"
                   f" uwsgi_temp_path {room}/u; scgi_temp_path {room}/s;\n{text}\n}}\n")
    os.chmod(room, 0o777)  # its worker is another user when it is started by root
    nginx = ["nginx", "-p", room, "-c", os.path.join(room, "nginx.conf"), "-e", os.path.join(room, "error.log")]
    subprocess.run(nginx + ["-t", "-q"], check=True)
    process = subprocess.Popen(nginx)
    wait_until(lambda: ask(port, "GET", "/readyz")[0] == 200, "nginx does not start")
    return process


def passes_requests(port, _replicas, _origin):
    status, headers, text = ask(port, "GET", "/")
    assert status == 200 and b"<title>newsmeta" in text and "Content-Security-Policy" in headers
    status, headers, text = ask(port, "POST", "/v1/extract", STORY, {"Content-Type": "application/json", "X-Request-Id": "mine-1"})
    assert status == 200 and json.loads(text)["date"] == "2024-06-03", text
    assert headers.get_all("X-Request-Id") == ["mine-1"], headers.get_all("X-Request-Id")
    status, headers, _ = ask(port, "POST", "/v1/extract", "{", {"Content-Type": "application/json", "X-Request-Id": "bad id!"})
    assert status == 400 and headers.get_all("X-Request-Id") != ["bad id!"] and headers["Content-Type"] == "application/problem+json"
    status, headers, text = ask(port, "GET", "/version", headers={"X-Request-Id": "mine-2"})
    assert headers.get_all("X-Request-Id") == ["mine-2"]
    assert ask(port, "GET", "/metrics")[0] == 404
    lines = "".join(json.dumps({"id": i, **json.loads(STORY)}) + "\n" for i in range(20))
    status, _, text = ask(port, "POST", "/v1/extract/batch", lines, {"Content-Type": "application/x-ndjson"})
    assert status == 200 and sorted(json.loads(line)["id"] for line in text.splitlines()) == list(range(20)), text[:200]


def keeps_answers(port, _replicas, origin):
    path = f"/v1/extract?url=http://127.0.0.1:{origin}/ferry.html"
    status, first, text = ask(port, "GET", path)
    assert status == 200 and json.loads(text)["headline"] == "Ferry returns to the bay", text
    status, second, again = ask(port, "GET", path, headers={"X-Request-Id": "mine-3"})
    assert (first["X-Cache-Status"], second["X-Cache-Status"]) == ("MISS", "HIT") and again == text
    assert second["X-Request-Id"] == "mine-3" and Origin.asked == 1, Origin.asked
    assert ask(port, "GET", path, headers={"If-None-Match": first["ETag"]})[0] == 304
    assert ask(port, "GET", path, headers={"Authorization": "Bearer x"})[1]["X-Cache-Status"] == "BYPASS"


def loses_nothing(port, replicas, _origin):
    """A round: one replica, in turn, reads its settings again, ends, or is killed."""
    loads = [Load(port) for _ in range(4)]
    for load in loads:
        load.start()
    for turn in range(ROUNDS):
        i, number = turn % 2, (signal.SIGTERM, signal.SIGKILL, signal.SIGHUP)[turn // 2 % 3]
        time.sleep(0.3)
        if number == signal.SIGHUP:
            replicas.processes[i].send_signal(number)
        else:
            replicas.stop(i, number)
            time.sleep(0.3)
            replicas.start(i)
    time.sleep(0.5)
    for load in loads:
        load.end()
    bad = [b for load in loads for b in load.bad]
    print(f"   {sum(load.asked for load in loads)} requests while replicas ended, were killed and read their settings again, "
          f"{ROUNDS} times in all: {len(bad)} lost")
    assert not bad, bad[:5]


def main():
    program, conf = sys.argv[1:3]
    port, origin, *ports = free_ports(4)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", origin), Origin)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    failed = 0
    with tempfile.TemporaryDirectory() as room:
        replicas, nginx = Replicas(program, ports, origin), None
        try:
            nginx = start_nginx(conf, room, port, ports)
            for test in (passes_requests, keeps_answers, loses_nothing):
                try:
                    test(port, replicas, origin)
                    print(f"ok {test.__name__}")
                except AssertionError as error:
                    failed += 1
                    print(f"FAILED {test.__name__}: {error}")
        finally:
            if nginx:
                nginx.terminate()
                nginx.wait()
            for i in (0, 1):
                replicas.stop(i, signal.SIGTERM)
    sys.exit(1 if failed else 0)


main()
