"""What somebody typed in a language that not everybody reads: at the desk, and back to them."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import UUID

from accessibility_tests.scenes import LONG_WORD, Scene
from accessibility_tests.service import NOW
from accessibility_tests.states import State, send
from portal import languages
from portal.account.models import Staff
from portal.database import db
from portal.messages import actions
from portal.messages import desk_actions as desk_messages
from portal.messages import queries as queries_of_messages
from portal.typed import desk_actions, queries

Desk = partial(State, who="staff")
Mine = partial(State, who="claimant")

ARABIC = "لا أستطيع الحضور يوم الاثنين.\nرقمي 07700 900123 والرقم المرجعي AB12-CD34."
TIGRINYA = "ሰኑይ ክመጽእ ኣይክእልን እየ <b>Abeba</b> & Sons"


def _wrote(s: Scene, words: str = ARABIC, code: str = "ar") -> UUID:
    with s.writing(NOW - timedelta(hours=3)), languages.speaking(code):
        actions.write(s.claimant(), words, by=s.me)
    with s.writing():
        return queries_of_messages.thread(s.claimant())[0].id


def _waits(s: Scene) -> str:
    _wrote(s)
    _wrote(s, TIGRINYA, "en")
    return "/staff/waiting/translator"


def _in_messages(s: Scene) -> str:
    _wrote(s)
    _wrote(s, TIGRINYA, "en")
    return s.url("staff.messages", claimant_id=s.person)


def _to_translate(s: Scene) -> str:
    return s.url("staff.typed", about=_wrote(s))


def _translate(s: Scene) -> UUID:
    about = _wrote(s)
    with s.writing():
        found = queries.typed(about)
        assert found is not None
        desk_actions.translate(
            found,
            f"I cannot come on Monday.\n{LONG_WORD}",
            translator=f"Nadia T, {LONG_WORD}",
            named="Arabic, as in Sudan",
            staff=db.session.get_one(Staff, s.member),
            by=s.desk,
        )
    return about


def _translated(s: Scene) -> str:
    _translate(s)
    return s.url("staff.messages", claimant_id=s.person)


def _translated_for_me(s: Scene) -> str:
    _translate(s)
    with s.writing():
        person, member = s.claimant(), db.session.get_one(Staff, s.member)
        desk_messages.reply(
            person,
            "Thank you. We call you today.",
            staff=member,
            up_to=queries_of_messages.waiting_of(person)[-1].id,
            language="cy" if s.language == "en" else "en",
            by=s.desk,
        )
    return "/messages"


STATES = (
    Desk("desk-needs-a-translator", "staff.waiting", _waits),
    Desk("desk-messages-in-other-languages", "staff.messages", _in_messages),
    Desk("desk-to-translate", "staff.typed", _to_translate),
    Desk("desk-half-a-translation", "staff.typed", _to_translate, send(english="x"), errors=True),
    Desk("desk-translated", "staff.messages", _translated),
    Mine("messages-translated", "messages.messages", _translated_for_me),
)
