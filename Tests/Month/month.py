"""A month in the life of a service, replayed: month.py NEO FOLDER.

It runs the program itself, day by day, with the clock of the day (clock.c), over HTTP as its users do. What happens: two calm
weeks; then chargers are sold, of which the documents say nothing; people ask and complain; the documents are mended; what
people said becomes golden questions, a new search begins with the system in use, and its release passes the gate. Then
somebody builds a release of half of the documents, which the gate refuses, and one whose encoder fails, which the service
takes back.

Prints one JSON object: what was told on which day, and what became of the releases. Ends with 0 unless a step fails.
"""

import json
import pathlib
import subprocess
import sys

from machine import Machine, Served
from world import World

NEO, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
SPACE = """
objective: evidence_mrr
space: {retriever: bm25, chunker: structure, chunk.size: 64, chunk.overlap: 0, bm25.title_weight: [1, 2, 4], bm25.b: [0.75, 0.3]}
"""
HYBRID = """
objective: evidence_mrr
space: {retriever: hybrid, chunker: structure, chunk.size: 64, chunk.overlap: 0, bm25.title_weight: 4, bm25.b: 0.3, fusion: convex, fusion.dense_weight: 0.05}
"""
MONITORING = """
monitoring:
  text: redacted
  probes: 200
  probe_minutes: 600
  notify:
    - {name: file, command: [/bin/sh, -c, "cat >>told.txt; echo >>told.txt"]}
"""
SEARCH = ("--trials", "8", "--latency-requests", "0", "--holdout")


def say(text):
    print(text, file=sys.stderr, flush=True)


class Month:
    def __init__(self):
        self.machine, self.world = Machine(NEO, FOLDER), World()
        self.project = FOLDER / "p"
        self.told, self.seen = {}, 0
        self.abstained = {}

    def begin(self):
        """The day before: the first search, and the first release."""
        (FOLDER / "docs").mkdir()
        self.world.write(FOLDER / "docs", self.world.pumps)
        rows = [self.world.row(number, fact) + "\n" for number, fact in enumerate(self.world.golden)]
        (FOLDER / "questions.jsonl").write_text("".join(rows))
        self.run(0, "new", "p", "--documents", "docs/*.md", "--golden", "questions.jsonl")
        self.settings = (self.project / "neo.yaml").read_text().replace("encoder: all-minilm-l6-v2", "encoder: none")
        (self.project / "neo.yaml").write_text(self.settings + SPACE + MONITORING)
        self.run(0, "search", "p", *SEARCH)
        self.run(0, "release", "build", "p")
        self.run(0, "release", "promote", "1", "p", "--by", "Ada")

    def run(self, day, *line, **more):
        say(f"day {day}: neo {' '.join(line)}")
        return self.machine.run(day, *line, **more)

    def day(self, day, questions, opinion=lambda served, asked: None):
        """Questions of a day and what people say of the answers; in the evening somebody looks at the alerts."""
        with Served(self.machine, day) as served:
            asked = [(fact, *served.ask(fact)) for fact in questions]
            opinion(served, asked)
        self.abstained[day] = sum(body["abstained"] for *_, body in asked)
        self.machine.run(day, "watch", "p", "--once", minute=3, ends=(0, 3))
        everything = self.machine.told()
        news = [(one["event"], one["rule"]) for one in everything[self.seen:]]
        self.seen = len(everything)
        if news:
            self.told[day] = sorted(f"{rule} {event}" for event, rule in news)
        say(f"day {day}: {len(asked)} questions, {self.abstained[day]} not answered, told: {self.told.get(day, [])}")
        return asked

    def calm(self, served, asked):
        """On most days most people are content."""
        for number, (_, answer, _, _) in enumerate(asked[:10]):
            served.rate(answer, f"reader-{number}", rating="up" if number else "down")

    def complain(self, served, asked):
        for number, (fact, answer, _, body) in enumerate(asked):
            if body["abstained"]:
                served.rate(answer, f"buyer-{number}", rating="down", reason="should-have-answered")
                served.rate(answer, f"buyer-{number}", correction=fact["quote"])

    def replay(self):
        self.begin()
        for day in range(1, 15):
            self.day(day, self.world.day(40), self.calm)
        # Chargers are sold.
        self.day(15, self.world.day(5) + self.world.new_day(45))
        # People complain.
        self.day(16, self.world.day(10) + self.world.new_day(40), self.complain)
        # The documents are mended, one under a golden question, too.
        self.mend()
        self.day(17, self.world.day(40), self.calm)
        self.learn(18)
        for day in range(18, 21):
            self.day(day, self.world.day(25) + self.world.new_day(15), self.calm)
        self.refuse(21)
        self.day(22, self.world.day(25) + self.world.new_day(15), self.calm)
        self.fail(23)
        for day in range(24, 31):
            self.day(day, self.world.day(25) + self.world.new_day(15), self.calm)

    def mend(self):
        """Chargers get documents, and a pump's warranty becomes longer."""
        self.world.write(FOLDER / "docs", self.world.chargers)
        fact = next(fact for fact in self.world.golden if "warranty" in fact["quote"])
        path = FOLDER / "docs" / fact["document"]
        self.old, self.new = fact["quote"], fact["quote"].replace(fact["answer"], "a hundred months")
        path.write_text(path.read_text().replace(self.old, self.new))
        fact.update(quote=self.new, answer="a hundred months")

    def learn(self, day):
        """What people said becomes golden questions, and those a new search and a new release."""
        rows = (self.project / "golden.jsonl").read_text()
        (self.project / "golden.jsonl").write_text(rows.replace(self.old, self.new))
        self.run(day, "feedback", "propose", "p", "--count", "60")
        self.run(day, "golden", "accept", "--all", "--yes", "--project", "p", "--by", "Ada")
        advice, _ = self.run(day, "feedback", "search", "p", "--json")
        self.advice = json.loads(advice)
        self.run(day, "search", "p", "--seed-from", "winner", *SEARCH)
        self.run(day, "release", "build", "p")
        self.gate, _ = self.run(day, "release", "promote", "2", "p", "--by", "Ada")

    def refuse(self, day):
        """A copy of the documents breaks off in the middle, and somebody would put what is left into service."""
        lost = FOLDER / "lost"
        lost.mkdir()
        for path in sorted((FOLDER / "docs").iterdir())[::2]:
            path.rename(lost / path.name)
        self.run(day, "release", "build", "p")
        self.refusal, _ = self.run(day, "release", "promote", "3", "p", "--by", "Bob", ends=(3,))
        for path in lost.iterdir():
            path.rename(FOLDER / "docs" / path.name)

    def fail(self, day):
        """A release with an encoder that somebody serves is tried on a part of the traffic, and the encoder goes down."""
        port = FOLDER / "port"
        server = subprocess.Popen([sys.executable, str(pathlib.Path(__file__).parent / "embeddings.py"), str(port)])
        try:
            while not port.exists():
                pass
            (FOLDER / "home").mkdir(exist_ok=True)
            (FOLDER / "home" / "config.yaml").write_text(
                f"endpoints: {{office: {{api: vllm, url: \"http://127.0.0.1:{port.read_text()}/v1\"}}}}\n")
            (self.project / "neo.yaml").write_text(
                self.settings.replace("encoder: none", "encoder: [{endpoint: office, model: words}]")
                + HYBRID + MONITORING)
            self.run(day, "search", "p", *SEARCH)
            self.run(day, "release", "build", "p")
            self.run(day, "release", "promote", "4", "p", "--by", "Ada", "--stage", "canary", "--margin", "0.2")
            with Served(self.machine, day) as served:
                served.until(lambda: self.asked(served, 10) & {4}, "the canary")
                (FOLDER / "port.down").touch()
                served.until(lambda: self.asked(served, 50) and self.machine.releases()[-1][0] != "promote", "the rollback")
                served.until(lambda: self.asked(served, 20) == {2}, "release 2 alone")
        finally:
            server.terminate()
            server.wait()

    def asked(self, served, count):
        """The releases that answered some questions; a question that fails ends the month."""
        return {served.ask(fact)[1] for fact in self.world.day(count)}


month = Month()
month.replay()
outcomes, _ = month.machine.run(30, "knowledge", "list", "--json")
print(json.dumps({
    "told": month.told, "abstained": month.abstained, "releases": month.machine.releases(), "advice": month.advice,
    "gate": month.gate, "refusal": month.refusal,
    "outcomes": [one["sentence"] for one in json.loads(outcomes)["outcomes"]]}, indent=2))
