"""A sentence in every language that is known, two that we cannot name, and who writes them."""

from __future__ import annotations

from uuid import UUID

from flask import Flask

from portal import languages
from portal.account.models import Claimant
from portal.database import transaction
from portal.messages import actions as messages
from portal.typed import queries
from portal.typed.models import Side, Typed
from tests.people import actor, again

OFFERED = [language.code for language in languages.offered()]
ENGLISH = "I cannot come on Monday. My child is ill."
TYPED = {
    "en": ENGLISH,
    "cy": "Ni allaf ddod ddydd Llun. Mae fy mhlentyn yn sâl.",
    "ar": "لا أستطيع الحضور يوم الاثنين. رقمي 07700 900123.",
    "bn": "আমি সোমবার আসতে পারব না।",
    "fa": "دوشنبه نمی‌توانم بیایم. ref AB12-CD34",
    "pa": "ਮੈਂ ਸੋਮਵਾਰ ਨੂੰ ਨਹੀਂ ਆ ਸਕਦਾ।",
    "pl": "Nie mogę przyjść w poniedziałek.",
    "pt": "Não posso ir na segunda-feira.",
    "ro": "Nu pot veni luni. Știți?",
    "so": "Isniinta ma iman karo.",
    "uk": "Я не можу прийти в понеділок.",
    "ur": "میں پیر کو نہیں آ سکتی۔",
}
SORANI = "من ناتوانم دووشەممە بێم"
TIGRINYA = "ሰኑይ ክመጽእ ኣይክእልን እየ"


def writes(app: Flask, person: Claimant, words: str, code: str = "en") -> UUID:
    """The person writes a message on a page in this language; its id."""
    with app.app_context(), transaction(), languages.speaking(code):
        entry = messages.write(again(person), words, by=actor(person))
        assert entry.about is not None
        return entry.about


def typed(about: UUID, side: Side = Side.person) -> Typed:
    found = queries.typed(about, side)
    assert found is not None
    return found
