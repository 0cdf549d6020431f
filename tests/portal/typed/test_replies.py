"""What staff write to a person names its language to whoever reads another."""

from __future__ import annotations

import pytest
from flask import Flask

from portal import languages
from portal.appointments import actions as diary
from portal.appointments import office_actions
from portal.database import transaction
from portal.messages import desk_actions as post
from tests.people import Browser, Desk, People, actor, again, appointment
from tests.portal.typed.written import ENGLISH, OFFERED, TYPED, writes


@pytest.mark.parametrize("code", OFFERED)
def test_a_reply_names_its_language_to_whoever_reads_another(
    app: Flask, people: People, code: str
) -> None:
    about_it = writes(app, people.alex, ENGLISH)
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}/messages")
    desk.post(
        f"/staff/people/{people.alex.id}/messages",
        words=TYPED[code],
        up_to=about_it,
        language=code,
    )
    own = languages.known()[code]
    alex = Browser(app).sign_in(people.alex).open("/messages").sees(TYPED[code])
    assert next(e for e in alex.page.all("div") if e.get("lang") == own.html_lang)
    said = f"This was written in {own.english_name}. Nobody has translated it."
    (alex.does_not_see if code == "en" else alex.sees)(said)


def test_a_refusal_names_its_language_inside_the_sentence(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        visit = appointment(again(people.alex))
        diary.ask_to_cancel(again(visit), by=actor(people.alex))
    with app.app_context(), transaction():
        request = again(visit).open_request
        assert request is not None
        office_actions.refuse(request, why="We need to see you.", by=actor(people.coach))
    alex = Browser(app).sign_in(people.alex).open(f"/appointments/{visit.id}")
    alex.sees("They say: We need to see you. The appointment")
    alex.post("/language", _language=OFFERED[-1], _next=f"/appointments/{visit.id}")
    marked = [e for e in alex.page.all("bdi") if e.text == "We need to see you."]
    assert marked[0].get("lang") == "en"
    alex.sees("We need to see you. (English)")


def test_a_reply_in_a_language_that_nobody_offers_is_refused(app: Flask, people: People) -> None:
    about_it = writes(app, people.alex, ENGLISH)
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}/messages")
    desk.post(
        f"/staff/people/{people.alex.id}/messages", 422, words="x", up_to=about_it, language="xx"
    )
    with app.app_context(), transaction():
        post.mark_read(again(people.alex), staff=people.coach, by=actor(people.coach))
