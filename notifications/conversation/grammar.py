"""What a text means: a pure function from words and the open question to an ``Intent``.

Only a text that, once cleaned, *equals* an option or a keyword is ``exact`` and may be acted
on. Everything else carries suggestions at most, which the person is asked to confirm. Every
text passes the safety screen here, so that no caller can forget it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from notifications.conversation import hours, proposer, safety, vocabulary
from notifications.conversation.cleaning import Cleaned, clean, shortened

# Asking again for what only shows something does no harm, so "help?" is simply answered.
_HARMLESS = frozenset({"help", "menu"})
_TAKES_REFERENCE = frozenset({"status", "escalate", "undo"})
# Receipt codes: 8 Crockford base-32 characters; people read 0 as O, and 1 as I or L.
_REFERENCE = re.compile(r"[0-9a-hj-km-np-tv-z]{8}")
_MISREAD = str.maketrans("oil", "011")
_PIN = re.compile(r"[0-9]{4,6}")
_CODE = re.compile(r"[0-9]{2}")
_MOST_MINUTES_LATE = 180
_PARTS_OF_A_REFERENCE = 2
# Questions in which "wrong number" may well mean the number that was asked for.
_TRUSTING = frozenset({"pin", "confirm_cancel", "figures"})


@dataclass(frozen=True, slots=True)
class State:
    """The open question, as far as reading the answer needs it.

    asks: "nothing", "choice", "confirm_cancel", "pin", "hours" (a choice, or two hours of the
    day), "free_text", "review" (a choice; other words are part of what was written), or
    "figures" (0 or a telephone number or long code, which the task reads).
    answers: which digit means which intent ("option" where the digit itself is the answer).
    yes, no: the digit that a plain yes or no stands for; empty where neither is an answer.
    """

    asks: str = "nothing"
    answers: tuple[tuple[str, str], ...] = ()
    yes: str = ""
    no: str = ""

    def meaning(self, digit: str) -> str:
        """The intent that the digit chooses; empty when it is not an option."""
        return dict(self.answers).get(digit, "")


def choice(options: str, *, yes: str = "", no: str = "") -> State:
    """A question answered by one of the digits given, for example ``choice("1239")``."""
    return State("choice", tuple((digit, "option") for digit in options), yes=yes, no=no)


IDLE = State()
OFFER = State(
    "choice",
    (("1", "accept"), ("2", "cancel"), ("3", "phone"), ("4", "other_time")),
    yes="1",
)
CONFIRM_CANCEL = State("confirm_cancel", (("1", "keep"), ("4", "other_time")))
PICK_TIME = choice("1239")
MENU = choice("0123456789")
SUGGESTION = choice("10", yes="1", no="0")
FREE_TEXT = State("free_text")
REVIEW = State("review", choice("123").answers)
FIGURES = State("figures", choice("0").answers)
HOURS = State("hours", choice("12340").answers)
PIN = State("pin", choice("10").answers)


@dataclass(frozen=True, slots=True)
class Intent:
    """What a text means.

    kind: accept, cancel, phone, other_time, keep, option, hours, code, pin, text, undo, next, plan,
    commitment, costs, complaint, message, callback, language, plain, full, settings, help,
    menu, stop, start, done, drop, escalate, status, late, fare, no_call, no_interpreter,
    hospital, yes, no, ack, empty, unsafe, question or unclear.
    value: the digit, code, language, reference, minutes or safety category that goes with it.
    exact: True when it may be acted on. suggestions: what to ask "Did you mean...?" about,
    most likely first; a language is written "language:pl".
    """

    kind: str
    value: str = ""
    exact: bool = False
    suggestions: tuple[str, ...] = ()


def parse(text: str, language: str, state: State = IDLE) -> Intent:
    """Read one text of a person whose language and open question are given. Never raises."""
    cleaned = clean(text, language)
    if _asks_to_stop(cleaned, state):
        return Intent("stop", exact=True)
    danger = safety.screen_words(cleaned.tokens)
    if danger:
        return Intent("unsafe", danger, exact=True)
    if cleaned.blank:
        return Intent("empty")
    if state.asks == "free_text":
        return _free_text(cleaned, language)
    if state.asks == "hours" and (found := hours.read(text, cleaned)):
        return _guarded(Intent("hours", found, exact=True), cleaned)
    if (
        state.asks in ("review", "figures")
        and next(_readings(cleaned, language, state), None) is None
    ):
        return Intent("text", exact=True)
    return next(_readings(cleaned, language, state), None) or _suggest(cleaned, language)


def _asks_to_stop(cleaned: Cleaned, state: State) -> bool:
    if cleaned.question or not cleaned.core:
        return False
    stops = vocabulary.stop_forms()
    for candidate in _spellings(cleaned):
        if candidate in stops:
            # Inside a complaint a sentence may be part of the story; the bare word never is.
            return not (stops[candidate] and state.asks == "free_text")
    return False


def _spellings(cleaned: Cleaned) -> tuple[tuple[str, ...], ...]:
    plain = (cleaned.core, cleaned.tokens)
    if len(cleaned.core) == 1:
        return plain + tuple((short,) for short in shortened(cleaned.core[0]))
    return plain


def _free_text(cleaned: Cleaned, language: str) -> Intent:
    known = _known(cleaned, language)
    if cleaned.core == ("0",) and not cleaned.doubt:
        return Intent("drop", exact=True)
    if known in ("done", "help") and not cleaned.doubt:
        return Intent(known, exact=True)
    return Intent("text", exact=True, suggestions=("stop",) if known == "stop" else ())


def _known(cleaned: Cleaned, language: str) -> str:
    table = vocabulary.keywords(language)
    return table.get(cleaned.core) or table.get(cleaned.tokens, "")


def _readings(cleaned: Cleaned, language: str, state: State) -> Iterator[Intent]:
    """Readings of the text in the order of sms.md section 2; the first one holds."""
    known = _known(cleaned, language)
    if known in ("start", "help", "menu"):
        yield _guarded(Intent(known, exact=True), cleaned)
    if known.startswith("language:"):
        yield _guarded(Intent("language", known.partition(":")[2], exact=True), cleaned)
    yield from _answers(cleaned, known, language, state)
    if known == "wrong_person" and state.asks in _TRUSTING:
        # Whoever was asked this answered before: a slip must not end all texts.
        yield Intent("unclear", suggestions=(known,))
    yield from _keyword(known, cleaned)
    yield from _keyword_with_value(cleaned, language)


def _guarded(intent: Intent, cleaned: Cleaned) -> Intent:
    """The same intent, only suggested when a sign of doubt stands in the text."""
    if intent.kind in _HARMLESS or not (cleaned.question or cleaned.doubt):
        return intent
    named = f"language:{intent.value}" if intent.kind == "language" else intent.kind
    askable = not cleaned.doubt and named not in ("option", "code", "pin")
    return Intent("unclear", suggestions=(named,) if askable else ())


def _answers(cleaned: Cleaned, known: str, language: str, state: State) -> Iterator[Intent]:
    core = cleaned.core
    if state.asks == "pin" and (pin := _pin(cleaned)):
        # No sign of doubt counts here: whether it is the PIN is not for the words to say.
        yield Intent("pin", pin, exact=True)
    if state.asks == "confirm_cancel" and len(core) == 1 and _CODE.fullmatch(core[0]):
        yield _guarded(Intent("code", core[0], exact=True), cleaned)
    digit = _digit(core, language, state) or _digit(cleaned.tokens, language, state)
    if digit and state.meaning(digit):
        yield _guarded(Intent(state.meaning(digit), digit, exact=True), cleaned)
    elif digit:
        yield Intent("option", digit)


def _pin(cleaned: Cleaned) -> str:
    """The one number of a text that can be a PIN: "48 21" and "4-8-2-1" are one, and so is the
    number in "my pin is 4821". Empty when there is none, or more than one."""
    together = "".join(cleaned.core)
    if _PIN.fullmatch(together):
        return together
    found = [token for token in cleaned.tokens if _PIN.fullmatch(token)]
    return found[0] if len(found) == 1 else ""


def _digit(core: tuple[str, ...], language: str, state: State) -> str:
    """The one digit that the words stand for under this question; empty when there is none.

    It may be a figure, a number word, the word of an option, a plain yes or no, or a figure
    with its own word beside it ("1 accept"), which is one answer said twice.
    """
    if _is_figure(core):
        return core[0]
    meant = _worded(core, language, state)
    if meant or len(core) < 2:
        return meant
    for figure, label in ((core[:1], core[1:]), (core[-1:], core[:-1])):
        if _is_figure(figure) and _worded(label, language, state) == figure[0]:
            return figure[0]
    return ""


def _is_figure(tokens: tuple[str, ...]) -> bool:
    return len(tokens) == 1 and len(tokens[0]) == 1 and tokens[0].isdigit()


def _worded(tokens: tuple[str, ...], language: str, state: State) -> str:
    known = vocabulary.keywords(language).get(tokens, "")
    if ("1", "accept") in state.answers:
        known = vocabulary.labels(language).get(tokens) or known
    if known.startswith("option"):
        return known[-1]
    if known in ("yes", "no"):
        return state.yes if known == "yes" else state.no
    return next((digit for digit, kind in state.answers if kind == known), "")


def _keyword(known: str, cleaned: Cleaned) -> Iterator[Intent]:
    if known == "no":
        yield Intent("no", suggestions=("cancel", "other_time", "phone"))
    elif known in ("ack", "yes"):
        yield Intent(known)
    elif known == "accept":
        # Nothing open that could be accepted: asked, never done.
        yield Intent("unclear", suggestions=("accept",))
    elif known and not known.startswith("option"):
        yield _guarded(Intent(known, exact=True), cleaned)


def _keyword_with_value(cleaned: Cleaned, language: str) -> Iterator[Intent]:
    """A keyword and what it is about: STATUS with a reference, LATE with minutes."""
    if cleaned.question or cleaned.doubt:
        return
    for cut in (1, 2):
        known = vocabulary.keywords(language).get(cleaned.core[:cut], "")
        rest = cleaned.core[cut:]
        if known in _TAKES_REFERENCE and 0 < len(rest) <= _PARTS_OF_A_REFERENCE:
            code = "".join(rest).translate(_MISREAD)
            if _REFERENCE.fullmatch(code):
                yield Intent(known, code.upper(), exact=True)
        if known == "late" and len(rest) == 1 and rest[0].isdigit():
            minutes = int(rest[0][:4])
            if 0 < minutes <= _MOST_MINUTES_LATE:
                yield Intent("late", str(minutes), exact=True)


def _suggest(cleaned: Cleaned, language: str) -> Intent:
    if not cleaned.core:
        return Intent("ack")
    if cleaned.core in vocabulary.yes_anywhere():
        return Intent("unclear", suggestions=("accept",))
    suggestions = proposer.propose(cleaned.tokens, language, question=cleaned.question)
    if suggestions == ("question",):
        return Intent("question")
    return Intent("unclear", suggestions=suggestions)
