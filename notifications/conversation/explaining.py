"""Help with costs by text: one question at a time, by the website's own rules. Pure: it knows
neither who texts nor what is kept, so that a number we do not know can use it too.

What has been answered travels as a few facts; going back forgets the last answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from flask_babel import pgettext

from notifications import segments
from notifications.wordings import costs_questions as short
from portal import languages
from portal.costs import answering, engine, rulebook, words_answer
from portal.costs.engine import Outcome
from portal.home import contacts
from portal.languages import say
from portal.refusals import Sentence

MOST_SEGMENTS = 3
"""Of one text (sms.md in the design, section 12)."""


@dataclass(frozen=True)
class Step:
    """How far somebody has come. `known` is what they need not be asked."""

    answers: Mapping[str, str]
    known: Mapping[str, str]
    group: str = ""
    """Which kind of thing they need, while it is not said which of them."""

    @classmethod
    def first(cls, known: Mapping[str, str]) -> Step:
        return cls(dict(known), dict(known))

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Step:
        known, answers = (engine.read(str(facts.get(n, ""))) for n in ("known", "answers"))
        return cls(answers, known, str(facts.get("group", "")))

    def facts(self) -> dict[str, Any]:
        """As it is kept until the next text."""
        known, answers = engine.write(self.known), engine.write(self.answers)
        return {"known": known, "answers": answers, "group": self.group}

    @property
    def question(self) -> str:
        """The id of the question that is open; empty when the outcome is certain."""
        found = engine.next_question(rulebook.known(), self.answers)
        return found.id if found else ""

    @property
    def outcome(self) -> Outcome:
        return engine.explain(rulebook.known(), self.answers)

    def choices(self) -> tuple[str, ...]:
        """What the digits from 1 on stand for."""
        if self.question == "need":
            return short.MEMBERS[self.group] if self.group else tuple(short.MEMBERS)
        return tuple(short.OPTIONS[self.question])

    def forward(self, digit: str) -> Step:
        """What follows from one digit."""
        chosen = self.choices()[int(digit) - 1]
        if self.question == "need" and not self.group:
            if len(short.MEMBERS[chosen]) > 1:
                return replace(self, group=chosen)
            chosen = short.MEMBERS[chosen][0]
        return replace(self, answers={**self.answers, self.question: chosen}, group="")

    def back(self) -> Step | None:
        """The question before; None at the first one."""
        if self.group:
            return replace(self, group="")
        answers = dict(self.answers)
        if len(answers) <= len(self.known):
            return None
        question, answer = answers.popitem()
        group = ""
        if question == "need":
            group = next(name for name, each in short.MEMBERS.items() if answer in each)
            group = group if len(short.MEMBERS[group]) > 1 else ""
        return replace(self, answers=answers, group=group)

    def digits(self) -> str:
        return "".join(str(n) for n in range(1, len(self.choices()) + 1)) + "0"

    def text(self) -> str:
        """The open question with its answers."""
        if self.question == "need" and not self.group:
            names = [words() for words in short.GROUPS.values()]
        else:
            names = [short.OPTIONS[self.question][each]() for each in self.choices()]
        return short.numbered(short.QUESTIONS[self.question](), names)


def may_send(outcome: Outcome) -> bool:
    """Whether asking the office makes sense: the website offers it for the same outcomes."""
    return outcome.rule.fund and outcome.letter != "D"


def result(step: Step, choices: Iterable[str]) -> list[str]:
    """What the rules say, in at most two texts: what, why and what to do first, then what must
    not be left out (no promise, no loan) and what one can reply. Whom else to ask stands where
    there is room for it."""
    outcome = step.outcome
    rule, said = outcome.rule, words_answer
    first = [say(answering.headline(outcome)), say(said.BECAUSE[rule.id])]
    name = [pgettext("sms", "Flexible Support Fund")] if rule.fund else []
    others = [*map(_contact, rule.contacts), *_said(said.SEE[each] for each in rule.see)]
    # A sentence that only leads up to a list takes the room of what is on it.
    leads_up = said.NEXT[rule.id].english.endswith(":")
    following = [] if leads_up else [say(said.NEXT[rule.id])]
    more = [*following, *_said(said.CHANGED[each.id] for each in outcome.changed), *others]
    must = [" ".join(_said([*said.ALWAYS, said.GRANT]))] if may_send(outcome) else []
    last = [line for line in choices if line]
    one, two, lost = _two(name + first, more, must, last)
    if leads_up and others and set(others) <= set(lost):
        one, two, lost = _two(first, [*others, *more], must, last)
    return [text for text in (one, two) if text]


def _two(
    first: list[str], more: list[str], must: list[str], last: list[str]
) -> tuple[str, str, list[str]]:
    one, left = _filled(first, more, [])
    two, lost = _filled(must, left, last)
    return one, two, lost


def _said(sentences: Iterable[Sentence]) -> list[str]:
    return [say(sentence) for sentence in sentences]


def _contact(key: str) -> str:
    """Whom to call, by name and number; the number on a line of its own."""
    return f"{say(contacts.NAMES[key])}:\n{contacts.known()[key].number}"


def _filled(first: list[str], more: list[str], last: list[str]) -> tuple[str, list[str]]:
    """One text with its first and its last lines, and in between as many of the others, in their
    order, as it holds; and the lines that it does not hold."""
    kept, left = list(first), []
    for line in more:
        text = "\n".join([*kept, line, *last])
        code = languages.current().code
        if segments.measure(segments.fit(text, code, "auto")).segments <= MOST_SEGMENTS:
            kept.append(line)
        else:
            left.append(line)
    return "\n".join([*kept, *last]), left


def card(step: Step) -> list[str]:
    """What to say to staff; then the same in English, for whoever hears or reads it."""
    said = answering.card(step.outcome, step.answers)
    if not said:
        return []
    english = " ".join(sentence.english for sentence in said)
    own = " ".join(_said(said))
    return [own] if languages.current().code == languages.DEFAULT else [own, english]


def choices_of(step: Step, *, known_person: bool) -> tuple[tuple[str, str], ...]:
    """What can be replied to a result: digits and words."""
    found: list[tuple[str, str]] = []
    if known_person and may_send(step.outcome):
        found.append(("1", pgettext("sms", "send it as a request")))
        found.append(("2", pgettext("sms", "send it, needed in 7 days")))
    if answering.card(step.outcome, step.answers):
        found.append(("3", pgettext("sms", "the words to say")))
    return (*found, ("0", pgettext("sms", "back")))


def samples() -> Iterator[tuple[str, str]]:
    """Every text there is: each question of each kind, and the result of every rule with the
    answers that make it longest."""
    for name, step in _different(id(rulebook.known())):
        if step.question:
            yield name, step.text()
            continue
        choices = [f"{d} {words}" for d, words in choices_of(step, known_person=True)]
        for number, text in enumerate(result(step, choices), 1):
            yield f"{name}:{number}", text
        for number, text in enumerate(card(step), 1):
            yield f"costs_card:{name}:{number}", text


@lru_cache(maxsize=1)
def _different(_book: int) -> tuple[tuple[str, Step], ...]:
    """The first step to each text, with the text's name. To walk all ways takes seconds, and
    leads to the same in every language."""
    found: dict[str, Step] = {}
    for step in _walk(Step({}, {})):
        if step.question:
            name = f"costs_question:{step.question}:{step.group}"
        else:
            outcome = step.outcome
            changed = "+".join(each.id for each in outcome.changed)
            name = f"costs_result:{outcome.rule.id}:{outcome.letter}:{changed}"
        found.setdefault(name, step)
    return tuple(found.items())


def _walk(step: Step) -> Iterator[Step]:
    yield step
    if step.question:
        for digit in step.digits()[:-1]:
            yield from _walk(step.forward(digit))
