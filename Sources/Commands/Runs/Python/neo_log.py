"""Logs runs to Neo, without dependencies (docs/runs.md documents the lines): kill -9 loses nothing that was logged.
    with neo_log.Run("nightly", config={"lr": 0.1}) as run: run.log({"loss": 0.5}, step=1)
"""
import fcntl, json, math, os, secrets, sys, time

def _plain(value):
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, (str, int, float)):
        return value
    return _plain(value.tolist()) if hasattr(value, "tolist") else str(value)  # of numpy, torch, pandas

class Run:
    def __init__(self, name, project=".", kind="run", config=None, group=None, tags=None, id=None):
        self.id = id or time.strftime("%Y%m%d-%H%M%S-", time.gmtime()) + secrets.token_hex(3)
        folder = os.path.join(project, ".neo", "inbox", f"py-{os.getpid()}-{secrets.token_hex(4)}")
        os.makedirs(folder)
        self._lock = open(os.path.join(folder, "lock"), "w")
        fcntl.flock(self._lock, fcntl.LOCK_SH)  # held for as long as this process lives
        self._file = os.open(os.path.join(folder, "0.jsonl"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._write("run", run=name, run_kind=kind, config=config or {}, group=group, tags=tags,
                    writer=os.path.basename(folder), command=sys.argv, host=os.uname().nodename)

    def log(self, metrics, step=None):
        self._write("metric", metrics=metrics, step=step)

    def log_system(self, metrics):
        self._write("system_metric", metrics=metrics)

    def text(self, text, key="log", step=None):
        self._write("text", key=key, content=text, step=step)

    def table(self, key, columns, rows, step=None):
        self._write("table", key=key, columns=columns, rows=rows, step=step)

    def alert(self, title, text=None, level="warn", step=None):
        self._write("alert", title=title, text=text, level=level, step=step)

    def finish(self, status="finished", failure=None):
        if self._file is not None:
            self._write("end", status=status, failure=failure)
            os.fsync(self._file)
            os.close(self._file)
            self._lock.close()
            self._file = None

    def _write(self, kind, **members):
        record = {"v": 1, "kind": kind, "run_id": self.id, "timestamp": time.time(), **members}
        line = json.dumps({key: _plain(value) for key, value in record.items() if value is not None})
        os.write(self._file, line.encode() + b"\n")  # one write a line: threads and forks do not mix them

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.finish("finished" if kind is None else "failed", None if error is None else str(error))
