"""Has a model try the small terminal tasks of Benchmarks/terminal-tasks, through Neo or through mini-swe-agent.

    python terminal_tasks.py --harness neo  --neo PATH --model qwen2.5-coder-1.5b-instruct --out DIR
    python terminal_tasks.py --harness mini --neo PATH --mini "$(scripts/harnesses-environment)" --model qwen2.5-coder-1.5b-instruct --out DIR
    (mini-text: the same with the commands that it reads in the text, where a model knows no calls of tools)
    python terminal_tasks.py --harness oracle --neo PATH --out DIR     # the tasks' own solutions: all must be right
    python terminal_tasks.py --harness nop    --neo PATH --out DIR     # nothing is done: all must be wrong
    python terminal_tasks.py --table --out DIR

The tasks have Harbor's form (task.toml, instruction.md, environment/, tests/, solution/). Instead of a container each gets
a fresh folder, and all that a model or a test runs in it stands inside Neo's walls, the same for each harness. A model of
this machine is served by Neo; both harnesses ask it through a relay that gives both the same temperature, seed and longest
answer (model_relay.py). What has a result in DIR/results.jsonl is not tried again, so that a run that was ended goes on.
"""

import argparse
import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time
import tomllib

from model_relay import relaying

HERE = pathlib.Path(__file__).parent
TASKS = HERE / "terminal-tasks"
STEPS = 8
# What a task allows is meant for a model that answers at once; a small one on two processors is slower, not worse.
PATIENCE = 6


def main():
    options = arguments()
    out = pathlib.Path(options.out).resolve()
    if above := next((folder for folder in out.parents if (folder / ".git").exists()), None):
        # neo would read its AGENTS.md to the model, and a task is about something else.
        sys.exit(f"{out} is in the repository {above}: name a folder outside of one.")
    out.mkdir(parents=True, exist_ok=True)
    if options.table:
        return print(table(out))
    harness = {"neo": neo, "mini": mini, "mini-text": mini, "oracle": oracle, "nop": lambda *_: {"exit": "nothing done"}}[options.harness]
    tasks = sorted(path.parent for path in pathlib.Path(options.tasks).glob("*/task.toml"))
    known = {(row["label"], row["task"]) for row in results(out)}
    open_tasks = [task for task in tasks if (options.label, task.name) not in known]
    if not open_tasks:
        return print(f"{options.label}: every task has a result in {out}")
    with served(options) as upstream:
        for task in open_tasks:
            row = tried(task, harness, upstream, out, options)
            keep(out / "results.jsonl", row)
            print(json.dumps(row), flush=True)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--harness", choices=["neo", "mini", "mini-text", "oracle", "nop"], default="neo")
    parser.add_argument("--neo", default="neo", help="the program, with neo-cell beside it")
    parser.add_argument("--mini", default=".venv/harnesses", help="a virtual environment with mini-swe-agent")
    parser.add_argument("--model", default="qwen2.5-coder-1.5b-instruct")
    parser.add_argument("--url", help="a server of chat completions that serves the model; without it, Neo serves it here")
    parser.add_argument("--context", type=int, default=8192, help="tokens that the model of --url can read")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--tasks", default=TASKS)
    parser.add_argument("--label", help="what the results are called; the harness's name where not given")
    parser.add_argument("--out", required=True)
    parser.add_argument("--table", action="store_true", help="print what is known, and try nothing")
    options = parser.parse_args()
    options.label = options.label or options.harness
    if not options.table:
        found = shutil.which(options.neo) or sys.exit(f"terminal_tasks: there is no program {options.neo}")
        options.neo = os.path.abspath(found)
    return options


# A task


def tried(task, harness, upstream, out, options):
    """One task in a fresh folder: the harness works, then the tests look."""
    about = tomllib.loads((task / "task.toml").read_text())
    room = out / options.label / task.name
    shutil.rmtree(room, ignore_errors=True)
    work, logs = room / "app", room / "verifier"
    logs.mkdir(parents=True)
    shutil.copytree(task / "environment" / "files", work, ignore=shutil.ignore_patterns(".keep"))
    settings = {"temperature": 0, "seed": options.seed, "max_tokens": upstream["context"] // 4} if upstream else {}
    began = time.time()
    with contextlib.ExitStack() as stack:
        relay = stack.enter_context(relaying(upstream, settings, room / "exchanges.jsonl")) if upstream else None
        done = harness(task, work, room, relay, about["agent"]["timeout_sec"] * PATIENCE, options)
        seconds = time.time() - began
        tokens = relay.counted() if relay else {}
    reward = judged(task, work, logs, about["verifier"]["timeout_sec"] * PATIENCE, options)
    return {
        "label": options.label, "harness": options.harness, "task": task.name, "model": options.model, "reward": reward,
        **done, **tokens, "seconds": round(seconds, 1), "settings": settings, "steps": options.steps,
        "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }


def judged(task, work, logs, limit, options):
    """What the task's tests say; they run what the model wrote, so they stand inside walls as well."""
    shutil.rmtree(logs, ignore_errors=True)
    logs.mkdir()
    tests = (task / "tests").resolve()
    status, output = ran(
        [options.neo, "sandbox", "run", "--write", str(work), "--write", str(logs), "--read", str(tests), "--",
         "env", f"WORKDIR={work}", f"LOGS={logs}", "bash", str(tests / "test.sh")], work, limit)  # fmt: skip
    try:
        return int(float((logs / "reward.txt").read_text()))
    except (OSError, ValueError):
        sys.exit(f"terminal_tasks: the tests of {task.name} gave no verdict (exit code {status}): {output[-2000:]}")


def ran(command, folder, limit, environment=None, output=None):
    """A program in a group of its own, which ends with it. Status None: it was ended at the limit."""
    with contextlib.ExitStack() as stack:
        sink = stack.enter_context(open(output, "wb")) if output else subprocess.PIPE
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.STDOUT if not output else None,
            env=environment, start_new_session=True)  # fmt: skip
        try:
            text, _ = process.communicate(timeout=limit)
            return process.returncode, (text or b"").decode(errors="replace")
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=30)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return None, ""


# The harnesses


def neo(task, work, room, relay, limit, options):
    """neo agent, with a configuration of its own that knows the relay alone."""
    home = room / "home"
    home.mkdir()
    (home / "config.yaml").write_text(
        f'endpoints: {{relay: {{api: llama-server, url: "{relay.url}", context: {relay.context}, timeout: 3600}}}}\n')
    environment = dict(os.environ, NEO_HOME=str(home))
    events = room / "events.jsonl"
    status, _ = ran(
        [options.neo, "agent", (task / "instruction.md").read_text(), "--folder", str(work), "--model",
         f"relay/{options.model}", "--turns", str(options.steps), "--tools", "small", "--json"],
        work, limit, environment, events)  # fmt: skip
    rows = [json.loads(line) for line in events.read_text().splitlines() if line.startswith("{")]
    ends = [row for row in rows if row["type"] == "end"]
    return {
        "turns": sum(row["type"] == "turn" for row in rows),
        "exit": "time" if status is None else ends[-1]["reason"] if ends else f"exit code {status}",
    }


def mini(task, work, room, relay, limit, options):
    """mini-swe-agent as its users start it, with the same limits; only its commands are sent into Neo's walls."""
    trajectory = room / "trajectory.json"
    environment = dict(
        os.environ, MSWEA_CONFIGURED="true", MSWEA_SILENT_STARTUP="1", MSWEA_COST_TRACKING="ignore_errors",
        MSWEA_GLOBAL_CONFIG_DIR=str(room / "home"), PYTHONPATH=str(HERE), NEO=options.neo,
        LITELLM_LOCAL_MODEL_COST_MAP="True")  # fmt: skip
    settings = {
        "model.model_kwargs.api_base": relay.url, "model.model_kwargs.api_key": "none",
        "model.model_kwargs.timeout": 3600, "model.model_kwargs.temperature": 0,
        "model.model_kwargs.max_tokens": relay.context // 4, "agent.step_limit": options.steps,
        "environment.timeout": 120, "environment.cwd": str(work),
    }  # fmt: skip
    status, output = ran(
        [str(pathlib.Path(options.mini).resolve() / "bin" / "mini"), "--yolo", "--exit-immediately", "--agent-class",
         "default", "--environment-class", "mini_walls.WallsEnvironment", "--model", f"openai/{options.model}", "--task",
         (task / "instruction.md").read_text(), "--output", str(trajectory)]
        + (["--model-class", "litellm_textbased", "--config", "mini_textbased.yaml"]
           if options.harness == "mini-text" else ["--config", "mini.yaml"])
        + [word for name, value in settings.items() for word in ("--config", f"{name}={value}")],
        work, limit, environment)  # fmt: skip
    (room / "output.txt").write_text(output)
    if not relay.usages:
        sys.exit(f"terminal_tasks: mini-swe-agent asked nothing and ended with {status}: see {room}/output.txt")
    info = json.loads(trajectory.read_text())["info"]
    return {"turns": info["model_stats"]["api_calls"], "exit": "time" if status is None else info["exit_status"]}


def oracle(task, work, room, relay, limit, options):
    """The task's own solution."""
    solution = (task / "solution").resolve()
    status, output = ran(
        [options.neo, "sandbox", "run", "--write", str(work), "--read", str(solution), "--",
         "env", f"WORKDIR={work}", "bash", str(solution / "solve.sh")], work, limit)  # fmt: skip
    (room / "output.txt").write_text(output)
    return {"exit": "done" if status == 0 else f"exit code {status}"}


# The model


@contextlib.contextmanager
def served(options):
    """Where the model answers; None for what asks none."""
    if options.harness in ("oracle", "nop"):
        yield None
    elif options.url:
        yield {"url": options.url, "key": None, "context": options.context}
    else:
        started = json.loads(
            subprocess.run(
                [options.neo, "models", "start", options.model, "--idle", "600", "--json"], check=True,
                stdout=subprocess.PIPE).stdout)  # fmt: skip
        key = pathlib.Path(started["key_file"]).read_text().strip()
        yield {"url": started["url"], "key": key, "context": started["context"]}
        subprocess.run([options.neo, "models", "stop", options.model], check=False, stdout=subprocess.DEVNULL)


# The results


def keep(path, row):
    """A line that is on the disk before the next task begins."""
    with open(path, "a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
        file.flush()
        os.fsync(file.fileno())


def results(out):
    path = out / "results.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def table(out):
    """Task by task, a group of columns for each label."""
    rows = {(row["label"], row["task"]): row for row in results(out)}
    labels = list(dict.fromkeys(label for label, _ in rows))
    names = sorted({task for _, task in rows})
    lines = ["| task | " + " | ".join(f"{label}: reward | turns | tokens in / out | s | end" for label in labels) + " |"]
    lines.append("|---" * (1 + 5 * len(labels)) + "|")
    for name in names:
        cells = [name]
        for label in labels:
            row = rows.get((label, name))
            cells += [str(cell) for cell in columns(row)] if row else [""] * 5
        lines.append("| " + " | ".join(cells) + " |")
    sums = ["**sum**"]
    for label in labels:
        own = [row for (name, _), row in rows.items() if name == label]
        total = {key: sum(row.get(key) or 0 for row in own) for key in ("reward", "turns", "seconds")}
        tokens = " / ".join(f"{sum(row.get(key) or 0 for row in own):,}" for key in ("input_tokens", "output_tokens"))
        sums += [f"{total['reward']} of {len(own)}", str(total["turns"]), tokens, f"{total['seconds']:.0f}", ""]
    return "\n".join(lines + ["| " + " | ".join(sums) + " |"])


def columns(row):
    tokens = f"{row.get('input_tokens', 0):,} / {row.get('output_tokens', 0):,}"
    return row["reward"], row.get("turns", ""), tokens, f"{row['seconds']:.0f}", row["exit"]


if __name__ == "__main__":
    main()
