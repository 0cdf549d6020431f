"""What each listed word means to a person of one language: look-ups in the tables, kept ready."""

from functools import lru_cache

from notifications.conversation import tables
from notifications.conversation.cleaning import listed

# Words whose letters mean something else in another language: they count only in the
# person's own language and in English.
_BOUND = ("yes", "no", "accept", "ack", "option")
_SHORTEST_FOREIGN_YES = 3


@lru_cache(maxsize=32)
def keywords(language: str) -> dict[tuple[str, ...], str]:
    """The intent of every form that counts for a person of this language.

    Their own words come before English, English before the rest; where the rest disagree, the
    form counts for nobody.
    """
    own: dict[tuple[str, ...], str] = {}
    english: dict[tuple[str, ...], str] = {}
    others: dict[tuple[str, ...], str] = {}
    for form in tables.forms():
        if form.kind in ("polite", "offer"):
            continue
        key = listed(form.text)
        if form.language == language:
            own.setdefault(key, form.intent)
        elif form.language == "en":
            english.setdefault(key, form.intent)
        elif not form.intent.startswith(_BOUND):
            others[key] = form.intent if others.get(key, form.intent) == form.intent else ""
    rest = {key: intent for key, intent in others.items() if intent}
    return rest | english | own


@lru_cache(maxsize=32)
def labels(language: str) -> dict[tuple[str, ...], str]:
    """Words printed beside the options of an offer, which mean them only under an offer."""
    return {
        listed(form.text): form.intent
        for form in tables.forms()
        if form.kind == "offer" and form.language == language
    }


@lru_cache(maxsize=1)
def stop_forms() -> dict[tuple[str, ...], bool]:
    """STOP words of every language; the value says whether it is a free-worded request."""
    return {
        listed(form.text): form.kind == "phrase" for form in tables.forms() if form.intent == "stop"
    }


@lru_cache(maxsize=1)
def yes_anywhere() -> frozenset[tuple[str, ...]]:
    """Accepting words of all languages; a guess outside their own, and so only a suggestion."""
    return frozenset(
        listed(form.text)
        for form in tables.forms()
        if form.intent in ("yes", "accept") and len(form.text) >= _SHORTEST_FOREIGN_YES
    )
