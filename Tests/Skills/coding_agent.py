"""A coding agent that knows nothing of Neo but skills/use-neo/SKILL.md takes documents to a served release:

    coding_agent.py NEO SKILL FOLDER QUESTION

FOLDER holds `docs` and `questions.jsonl`. The agent is mini-swe-agent's own loop in its own environment; the model behind it is
scripted, and has read nothing but what the agent's commands print: the first one prints the skill, and whatever runs after that
stands in it, block by block, with the user's question in the place of the skill's. Where the skill says that a person decides, it
stops and asks; here the person agrees, and does it. Prints a line for each turn, and ends with "ok", or with what is wrong.
"""

import json
import os
import pathlib
import re
import subprocess
import sys

neo, skill, folder, question = (sys.argv[1], *map(os.path.abspath, sys.argv[2:4]), sys.argv[4])
os.environ |= {
    "MSWEA_SILENT_STARTUP": "1", "MSWEA_GLOBAL_CONFIG_DIR": f"{folder}/agent", "NEO_HOME": f"{folder}/home",
    "NEO_KNOWLEDGE": "none", "PATH": f"{os.path.dirname(os.path.abspath(neo))}:{os.environ['PATH']}",
}

from minisweagent.agents.default import DefaultAgent  # noqa: E402
from minisweagent.environments.local import LocalEnvironment  # noqa: E402

DONE = "echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT"


class SkillReader:
    """A model that does what a skill says, in order, and holds each command to the exit code that the skill names."""

    def __init__(self, begin):
        self.begin = begin
        self.blocks = None
        self.place = 0
        self.asked = None

    def query(self, messages):
        last = messages[-1]["content"]
        if self.blocks is None and messages[-1]["role"] == "user":
            return self.say("I read the skill.", f"cat {skill}")
        if self.blocks is None:
            self.read(last)
        elif not last.startswith("<returncode>0<") and self.place > self.begin:
            return self.end("failed", last)
        if self.place == len(self.blocks):
            return self.end("served", last)
        kind, block = self.blocks[self.place]
        self.place += 1
        if kind == "person":
            self.asked = block
            return self.end("asks", block)
        return self.say("The next step of the skill.", script(block))

    def read(self, text):
        found = re.findall(r"^```bash ?(\w*)\n(.*?)^```$", text, re.M | re.S)
        # The user's question stands where the skill has an example, whole or in its important words.
        example = re.search(r'"question": "([^"]+)"', text)[1]
        short = " ".join(example.rstrip("?").split()[-3:])
        self.blocks = [(kind, block.replace(example, question).replace(short, question)) for kind, block in found]
        self.place = self.begin

    @staticmethod
    def say(words, command):
        return {"role": "assistant", "content": words, "extra": {"actions": [{"command": command}], "cost": 0.0}}

    def end(self, outcome, text):
        submission = json.dumps({"outcome": outcome, "text": text})
        return self.say("I stop here.", f"{DONE}; cat <<'END_OF_SUBMISSION'\n{submission}\nEND_OF_SUBMISSION")

    def format_message(self, **message):
        return message

    def format_observation_messages(self, message, outputs, template_vars=None):
        said = [f"<returncode>{output['returncode']}</returncode>\n{output['output']}" for output in outputs]
        for output, action in zip(outputs, message["extra"]["actions"]):
            print(f"{output['returncode']}  {summary(action['command'])}", flush=True)
        return [{"role": "tool", "content": words} for words in said]

    def get_template_vars(self, **kwargs):
        return {}

    def serialize(self):
        return {}


def script(block):
    """The block as a script that ends at the first command that does not end as the skill says."""
    lines = ["set -euo pipefail"]
    for line in block.splitlines():
        command, mark, code = line.partition(" # exit ")
        lines.append(f'status=0; {command} || status=$?; [ "$status" -eq {code} ]' if mark else line)
    return "bash <<'END_OF_BLOCK'\n" + "\n".join(lines) + "\nEND_OF_BLOCK"


def summary(command):
    """What ran, in a line."""
    lines = [line for line in command.splitlines() if not re.match(r"bash <<|set -|END_OF", line)]
    return " ; ".join(lines)[:150]


def objects(text):
    """The JSON objects that begin a line, or stand right behind another one, as replies do that curl printed."""
    decoder = json.JSONDecoder()
    for line in re.findall(r"^\{.+$", text, re.M):
        place = 0
        while place < len(line):
            try:
                found, place = decoder.raw_decode(line, place)
            except ValueError:
                break
            yield found


def work(begin, task):
    """What the agent ended with, and all that it was told by its commands."""
    model = SkillReader(begin)
    agent = DefaultAgent(
        model, LocalEnvironment(cwd=folder, timeout=600), system_template="You work in a shell.",
        instance_template="{{task}}", step_limit=40)
    ended = agent.run(task)
    if ended["exit_status"] != "Submitted":
        sys.exit(f"the agent ended with {ended['exit_status']}")
    result = json.loads(ended["submission"])
    if result["outcome"] == "failed":
        sys.exit(f"a step did not end as the skill says:\n{result['text'][-3000:]}")
    told = "\n".join(message["content"] for message in agent.messages if message["role"] == "tool")
    return model, result, told


def main():
    model, result, _ = work(0, f"My documents are in docs, my questions in questions.jsonl. Serve them. Read {skill} first.")
    if result["outcome"] != "asks":
        sys.exit("the agent did not ask before it put a release into service")
    print(f"the agent asks, and the person does it: {result['text'].strip()}")
    subprocess.run(["bash", "-euc", result["text"]], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    _, result, told = work(model.place, f"The release is in service. Go on behind that step of {skill}.")
    if result["outcome"] != "served":
        sys.exit("the agent asked again")
    listed = subprocess.run(
        ["neo", "release", "list", "my-docs", "--json"], cwd=folder, check=True, capture_output=True, text=True)
    if json.loads(listed.stdout)["live"] != 1:
        sys.exit(f"no release is in service: {listed.stdout}")
    answers = [reply for reply in objects(told) if reply.get("answer") and "citations" in reply]
    if not answers:
        sys.exit(f"the service did not answer the user's question: {told[-3000:]}")
    for citation in answers[-1]["citations"]:
        print(f"[{citation['number']}] {citation['document']}:{citation['line']}")
    print("ok")


main()
