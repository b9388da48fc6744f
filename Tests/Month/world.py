"""The world of the scripted month: documents, what people ask, and what they say of the answers. The same seed, the same
world: golden questions and traffic are drawn from the same templates, so a calm day is calm."""

import json
import random

# What a document says, what is asked, the unit, and what the documents of others say of it: many speak of a pump that is not theirs.
ASPECTS = [
    ("It is filled with {value} of oil.", "How much oil is the {name} pump filled with?", "litres",
     "The {other} pump is filled with oil of another kind."),
    ("Replace its filter every {value}.", "How often is the filter of the {name} pump replaced?", "hours",
     "The filter of the {other} pump fits, too."),
    ("It stops by itself at a pressure of {value}.", "At which pressure does the {name} pump stop by itself?", "bar",
     "The {other} pump stops at another pressure by itself."),
    ("Its warranty ends after {value}.", "When does the warranty of the {name} pump end?", "days",
     "The warranty of the {other} pump does not end with it."),
    ("Grease its bearing after {value} of work.", "After how much work is the bearing of the {name} pump greased?", "minutes",
     "The bearing of the {other} pump is greased by the same work."),
]
CHARGER = [
    ("It fills an empty battery in {value}.", "How long does the {name} charger need for an empty battery?", "seconds",
     "The {other} charger needs a battery that is not empty."),
    ("It draws {value} from the grid.", "How much does the {name} charger draw from the grid?", "watts",
     "The {other} charger does not draw from this grid."),
    ("Its cable measures {value}.", "How long is the cable of the {name} charger?", "millimetres",
     "The cable of the {other} charger is as long."),
]
# In how many other documents a machine is spoken of.
MENTIONS = 14


class World:
    """Pumps, which the documents explain from the first day, and chargers, which are asked about before anybody wrote of them."""

    def __init__(self, seed=1):
        self.random = random.Random(seed)
        self.pumps = self._facts(self._names(60), ASPECTS)
        self.chargers = self._facts(self._names(16), CHARGER)
        facts = [fact for facts in self.pumps.values() for fact in facts]
        self.random.shuffle(facts)
        # What is in the golden set, and what else people ask.
        self.golden, self.others = facts[:120], facts[120:]

    def _names(self, count):
        syllables = ["ba", "dor", "fen", "gil", "hux", "jor", "kel", "lum", "mir", "nov", "pax", "quor", "rin", "sol", "tav", "vex"]
        names = set()
        while len(names) < count:
            # Two words, so that questions of one template about two of them are two questions.
            first, second = ("".join(self.random.sample(syllables, 2)).capitalize() for _ in range(2))
            names.add(f"{first} {second}")
        return sorted(names)

    def _facts(self, names, aspects):
        facts, self.mentions = {}, getattr(self, "mentions", {})
        for name in names:
            facts[name], self.mentions[name] = [], []
            for sentence, question, unit, _ in aspects:
                value = f"{self.random.randint(100, 99999)} {unit}"
                facts[name].append({
                    "document": self.file(name), "quote": sentence.format(value=value),
                    "question": question.format(name=name), "answer": value})
        for name in names:
            for other in self.random.sample([one for one in names if one != name], MENTIONS):
                self.mentions[name].append(self.random.choice(aspects)[3].format(other=other))
        return facts

    @staticmethod
    def file(name):
        return name.lower().replace(" ", "-") + ".md"

    def write(self, folder, facts):
        for name, rows in facts.items():
            said = [row["quote"] for row in rows] + self.mentions[name]
            random.Random(name).shuffle(said)
            text = f"# {name}\n\n" + "".join(f"{sentence}\n\n" for sentence in said)
            (folder / self.file(name)).write_text(text)

    @staticmethod
    def row(number, fact):
        return json.dumps({
            "id": f"q{number}", "question": fact["question"], "answers": [fact["answer"]],
            "evidence": [{"document": fact["document"], "quote": fact["quote"]}]})

    def day(self, count):
        """What people ask on a calm day."""
        return [self.random.choice(self.golden + self.others) for _ in range(count)]

    def new_day(self, count):
        """What they ask once chargers are sold."""
        chargers = [fact for facts in self.chargers.values() for fact in facts]
        return self.random.sample(chargers, min(count, len(chargers)))
