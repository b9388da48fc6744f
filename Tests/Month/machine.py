"""Neo on a day of the month: its commands and its service run with the clock of that day, and with nothing else changed."""

import datetime
import json
import os
import pathlib
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request

FIRST = datetime.datetime(2026, 9, 30, 9, tzinfo=datetime.timezone.utc)


class Machine:
    """A project `p` in a folder, and the program."""

    def __init__(self, neo, folder):
        self.neo, self.folder = neo, folder
        self.clock = folder / "clock.so"
        source = pathlib.Path(__file__).parent / "clock.c"
        subprocess.run(["clang", "-shared", "-fPIC", "-O1", str(source), "-o", str(self.clock)], check=True)

    def environment(self, day, minute=0):
        now = FIRST + datetime.timedelta(days=day, minutes=minute)
        return dict(
            os.environ, LD_PRELOAD=str(self.clock), MONTH_OFFSET=str(int(now.timestamp() - time.time())),
            NEO_HOME=str(self.folder / "home"), NEO_KNOWLEDGE=str(self.folder / "learnt"), TZ="UTC")

    def run(self, day, *line, minute=0, ends=(0,)):
        """Runs a command to its end, and returns what it printed and its exit code."""
        done = subprocess.run(
            [self.neo, *line], cwd=self.folder, env=self.environment(day, minute), capture_output=True, text=True)
        if done.returncode not in ends:
            raise SystemExit(f"day {day}: neo {' '.join(line)} ended with {done.returncode}: {done.stderr}{done.stdout}")
        return done.stdout, done.returncode

    def told(self):
        """The alerts that were told so far, in order."""
        file = self.folder / "p" / "told.txt"
        return [json.loads(line) for line in file.read_text().splitlines() if line] if file.exists() else []

    def rows(self, sql, *values):
        with sqlite3.connect(f"file:{self.folder}/p/.neo/service.db?mode=ro", uri=True) as database:
            return database.execute(sql, values).fetchall()

    def releases(self):
        """What became of releases: action, number, stage, whether it was done, and who asked."""
        with sqlite3.connect(f"file:{self.folder}/p/.neo/neo.db?mode=ro", uri=True) as database:
            return database.execute("SELECT action, release, stage, accepted, who FROM promotions ORDER BY id").fetchall()


class Served:
    """`neo serve` on a day, until the block ends."""

    def __init__(self, machine, day):
        self.machine, self.day = machine, day

    def __enter__(self):
        since = (FIRST + datetime.timedelta(days=self.day)).timestamp() - 1
        self.errors = open(self.machine.folder / f"serve-{self.day}.txt", "w")
        self.process = subprocess.Popen(
            [self.machine.neo, "serve", "p", "--port", "0", "--json"], cwd=self.machine.folder,
            env=self.machine.environment(self.day), stdout=subprocess.PIPE, stderr=self.errors, text=True)
        text = ""
        while True:
            line = self.process.stdout.readline()
            if not line:
                raise SystemExit(f"day {self.day}: the service ended: {open(self.errors.name).read()}")
            text += line
            try:
                self.url = json.loads(text)["url"]
                break
            except ValueError:
                pass
        # The watch inside asks the golden questions when it starts.
        self.until(lambda: self.machine.rows("SELECT count(*) FROM probes WHERE time > ?", since)[0][0] > 0, "probes")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        if self.process.wait(60):
            raise SystemExit(f"day {self.day}: the service ended with {self.process.returncode}")
        self.errors.close()

    def until(self, holds, what):
        """Waits until something is so."""
        end = time.monotonic() + 60
        while not holds():
            if time.monotonic() > end:
                raise SystemExit(f"day {self.day}: waited in vain for {what}: {open(self.errors.name).read()}")
            time.sleep(0.05)

    def post(self, path, body):
        request = urllib.request.Request(
            self.url + path, data=json.dumps(body).encode(), headers={"content-type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                return reply.status, reply.headers, json.loads(reply.read() or b"{}")
        except urllib.error.HTTPError as error:
            raise SystemExit(f"day {self.day}: {path} answered {error.code}: {error.read()[:500]}")

    def ask(self, fact):
        """What the service says, with the answer's id and the release that gave it."""
        _, headers, body = self.post("/v1/answer", {"query": fact["question"]})
        return headers["x-request-id"], int(headers["neo-release"]), body

    def rate(self, answer, rater, **what):
        self.post("/v1/feedback", {"answer": answer, "rater": rater, **what})
