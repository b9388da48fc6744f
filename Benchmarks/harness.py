"""The same scripted replies through neo agent, mini-swe-agent and codex: the same files, and what each harness takes.

    python harness.py --neo PATH --peers VENV --out DIR [--rounds N]
    python harness.py --neo PATH --peers VENV --out DIR --check     # one run each; only whether the result is the same

The scripted model (scripted_model.py) writes a small program and its test, runs it, mends it, runs it again and stops: 7
answers. A second script is the same with 60. Each harness gets an empty folder and a home of its own. The harness's own
processor time is read when a request arrives, so that what a turn costs is free of its start, its end and its commands.
"""

import argparse
import ctypes
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import time

from scripted_model import FILES, STEPS, playing

HERE = pathlib.Path(__file__).parent
SHORT, LONG = len(STEPS), 60
TASK = "Write roman.py, which turns numbers into Roman numerals, with a test, and make the test pass."
PATIENCE_SECONDS = 600


def main():
    options = arguments()
    # codex refuses to put its helpers below /tmp.
    out = pathlib.Path(options.out).resolve()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    harnesses = {"neo agent": neo, "mini-swe-agent": mini, "codex exec": codex}
    chosen = {name: made for name, made in harnesses.items() if not options.only or name.split()[0] in options.only}
    runs = {name: {SHORT: [], LONG: []} for name in chosen}
    rounds = 1 if options.check else options.rounds
    for number in range(rounds):
        for turns in [SHORT] if options.check else [SHORT, LONG]:
            if turns == LONG and number % 2:
                continue
            for name, made in chosen.items():
                folder = out / f"{name.split()[0]}-{turns}-{number}"
                runs[name][turns].append(run(made, turns, folder, options))
                print(f"{name}, {turns + 1} answers: {runs[name][turns][-1]['wall']:.2f} s", file=sys.stderr)
    same(out, chosen, rounds)
    print(f"The files are the same after {', '.join(chosen)}, and the test passes.")
    if not options.check:
        print(table(runs, options))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--neo", required=True, help="the program, with neo-cell beside it")
    parser.add_argument("--peers", required=True, help="a virtual environment with mini-swe-agent and codex-bin")
    parser.add_argument("--out", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--only", nargs="*", help="neo, mini-swe-agent or codex")
    options = parser.parse_args()
    options.neo = os.path.abspath(options.neo)
    options.peers = os.path.abspath(options.peers)
    return options


# The harnesses: command, environment, and files that lie in their homes


def neo(url, home, work, options):
    (home / "config.yaml").write_text(f'endpoints: {{scripted: {{api: vllm, url: "{url}", tool_calls: native}}}}\n')
    command = [options.neo, "agent", TASK, "--folder", str(work), "--model", "scripted/scripted"]
    return command, {"NEO_HOME": str(home)}


def mini(url, home, work, options):
    settings = {
        "model.model_kwargs.api_base": url, "model.model_kwargs.api_key": "none", "environment.cwd": str(work),
    }  # fmt: skip
    command = [
        f"{options.peers}/bin/mini", "--yolo", "--exit-immediately", "--agent-class", "default", "--model", "openai/scripted",
        "--task", TASK, "--output", str(home / "trajectory.json"), "--config", "mini.yaml",
    ]  # fmt: skip
    command += [word for name, value in settings.items() for word in ("--config", f"{name}={value}")]
    # Prices are not asked of the network.
    return command, {
        "MSWEA_CONFIGURED": "true", "MSWEA_SILENT_STARTUP": "1", "MSWEA_COST_TRACKING": "ignore_errors",
        "MSWEA_GLOBAL_CONFIG_DIR": str(home), "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    }  # fmt: skip


def codex(url, home, work, options):
    (home / "config.toml").write_text(
        'model = "scripted"\nmodel_provider = "scripted"\ncheck_for_update_on_startup = false\n'
        f'[analytics]\nenabled = false\n[model_providers.scripted]\nname = "scripted"\nbase_url = "{url}"\n'
        'wire_api = "responses"\nrequires_openai_auth = false\n')
    command = [
        f"{options.peers}/bin/codex", "exec", "--skip-git-repo-check", "--sandbox", "workspace-write", "--cd", str(work), TASK,
    ]  # fmt: skip
    return command, {"CODEX_HOME": str(home)}


# A run


def run(made, turns, folder, options):
    """One session, and what was seen of it."""
    work, home = folder / "work", folder / "home"
    work.mkdir(parents=True)
    home.mkdir()
    watched = Watched()
    with playing(turns=turns, onRequest=watched.saw) as model:
        command, environment = made(model.url, home, work, options)
        with open(folder / "output.txt", "wb") as output:
            began = watched.began = time.perf_counter()
            process = subprocess.Popen(
                command, cwd=work, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=os.environ | environment)
            watched.process = process.pid
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - began
            process.returncode = os.waitstatus_to_exitcode(status)
    if len(watched.requests) != turns + 1 or process.returncode:
        sys.exit(
            f"harness: {command[0]} asked {len(watched.requests)} times and not {turns + 1}, and ended with "
            f"{process.returncode}: see {folder}/output.txt")
    results = watched.results
    if "FAILED" not in results[-4] or "OK" not in results[-1]:
        sys.exit(f"harness: through {command[0]} the tests did not first fail and then pass: {results[-4]}, {results[-1]}")
    first, last = watched.requests[0], watched.requests[-1]
    return {
        "wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "rss": usage.ru_maxrss * 1024, "first": first["seconds"],
        "firstCPU": first["cpu"], "firstRSS": first["rss"], "sent": sum(one["bytes"] for one in watched.requests),
        "ownTurn": (last["cpu"] - first["cpu"]) / turns, "wallTurn": (last["seconds"] - first["seconds"]) / turns,
    }


class Watched:
    """What a process has used when its requests arrive."""

    def __init__(self):
        self.began = self.process = None
        self.requests = []
        self.results = []

    def saw(self, size, results):
        seconds = time.perf_counter() - self.began
        self.requests.append(
            {"seconds": seconds, "cpu": processor_seconds(self.process), "rss": peak(self.process), "bytes": size})
        self.results = results


def processor_seconds(process):
    """All threads of a process, in nanoseconds' steps: its clock, as clock_getcpuclockid(3) names it."""
    clock = ctypes.c_int()
    ctypes.CDLL(None).clock_getcpuclockid(process, ctypes.byref(clock))
    return time.clock_gettime(clock.value)


def peak(process):
    """The most memory that a process has held so far, in bytes."""
    lines = pathlib.Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM"))


def same(out, chosen, rounds):
    """Every harness left the same files."""
    expected = None
    for folder in sorted(out.glob("*-*/work")):
        files = {name: (folder / name).read_text() if (folder / name).exists() else None for name in FILES}
        expected = expected or files
        if files != expected or None in files.values():
            sys.exit(f"harness: {folder} holds other files than {sorted(out.glob('*-*/work'))[0]}")
        subprocess.run([sys.executable, "-B", "-m", "unittest", "-q"], cwd=folder, check=True, stderr=subprocess.DEVNULL)


# The table


def table(runs, options):
    """Medians of the runs, harness beside harness, and how many times as much as ours the peers take."""
    def median(name, turns, key):
        return statistics.median(one[key] for one in runs[name][turns])

    names = list(runs)
    rows = [
        ("start to first request, ms", lambda n: median(n, SHORT, "first") * 1000, "{:.0f}"),
        ("processor until then, ms", lambda n: median(n, SHORT, "firstCPU") * 1000, "{:.0f}"),
        ("memory until then, MB", lambda n: median(n, SHORT, "firstRSS") / 1e6, "{:.0f}"),
        (f"wall of {SHORT + 1} answers, s", lambda n: median(n, SHORT, "wall"), "{:.2f}"),
        ("processor of it, with its commands, s", lambda n: median(n, SHORT, "cpu"), "{:.2f}"),
        ("most memory, MB", lambda n: median(n, SHORT, "rss") / 1e6, "{:.0f}"),
        ("bytes sent", lambda n: median(n, SHORT, "sent"), "{:,.0f}"),
        (f"harness's own processor a turn ({LONG} turns), ms", lambda n: median(n, LONG, "ownTurn") * 1000, "{:.2f}"),
        ("processor a turn, with its command, ms",
         lambda n: (median(n, LONG, "cpu") - median(n, SHORT, "cpu")) / (LONG - SHORT) * 1000, "{:.1f}"),
        ("wall a turn, with its command, ms", lambda n: median(n, LONG, "wallTurn") * 1000, "{:.1f}"),
        (f"bytes sent in {LONG + 1} answers", lambda n: median(n, LONG, "sent"), "{:,.0f}"),
    ]  # fmt: skip
    lines = ["| | " + " | ".join(names) + " |", "|---" * (1 + len(names)) + "|"]
    for title, value, form in rows:
        ours = value(names[0])
        cells = [form.format(ours)] + [f"{form.format(value(name))} ({value(name) / ours:.1f} ×)" for name in names[1:]]
        lines.append(f"| {title} | " + " | ".join(cells) + " |")
    return "\n".join(lines + ["", versions(options)])


def versions(options):
    listed = subprocess.run(
        [f"{options.peers}/bin/python", "-c",
         "import importlib.metadata as m\nfor n in ('mini-swe-agent', 'codex-bin'):\n try: print(n, m.version(n))\n"
         " except m.PackageNotFoundError: pass"], stdout=subprocess.PIPE, text=True, check=True).stdout.split("\n")  # fmt: skip
    own = subprocess.run([options.neo, "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    return "; ".join([f"neo {own}", *filter(None, listed), f"Python {platform.python_version()}"])


if __name__ == "__main__":
    main()
