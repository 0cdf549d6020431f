"""Of a booking, a move and a new commitment the record keeps the language and the words."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import pytest
from flask import Flask

from notifications.models import Notification
from portal import languages
from portal.account.models import Claimant, Way
from portal.appointments import office_actions
from portal.appointments.rules import Booking
from portal.database import db, transaction
from portal.notices import actions, queries
from portal.notices.events import Sent
from portal.notices.models import Notice, Told
from portal.record import log, retention
from tests.commitments import sent
from tests.people import Browser, Desk, People, actor, again, appointment, claimant, work

OFFERED = [language.code for language in languages.offered()]


def of(person: Claimant) -> list[Notice]:
    return list(
        db.session.query(Notice).filter_by(claimant_id=person.id).order_by(Notice.at, Notice.id)
    )


@pytest.fixture(params=OFFERED)
def sam(request: pytest.FixtureRequest, app: Flask, people: People) -> Claimant:
    with app.app_context(), transaction():
        return claimant(again(people.office), "Sam Okoro", "+447700900109", language=request.param)


def test_a_booking_and_a_move_are_kept_in_the_persons_language(
    app: Flask, people: People, sam: Claimant
) -> None:
    with app.app_context(), transaction():
        visit = appointment(again(sam))
    work(app)
    with app.app_context(), transaction():
        later = visit.starts_at + timedelta(days=1)
        moved = Booking(starts_at=later, how=visit.how, purpose=visit.purpose)
        office_actions.move(again(visit), moved, by=actor(people.coach))
    work(app)
    with app.app_context():
        moved_notice, booked = sorted(of(sam), key=lambda notice: notice.what)
        assert (booked.what, moved_notice.what) == ("appointments.offer", "appointments.moved")
        for notice in (booked, moved_notice):
            assert (notice.language, notice.regarding) == (sam.language, visit.id)
            assert notice.review == languages.review_state(sam.language)
            text = db.session.query(Notification).filter_by(kind=notice.what).one()
            assert notice.words == text.body
            own = sha256(f"{notice.language}\n{notice.words}".encode()).hexdigest()
            entry = log.by_receipt(notice.receipt)
            assert entry is not None
            event = log.event_of(entry)
            assert event == Sent(
                notice.id, notice.what, Told.text, notice.language, notice.review, own
            )
        assert log.verify(sam.id) == []


def test_a_new_commitment_is_kept_in_the_persons_language(
    app: Flask, people: People, sam: Claimant
) -> None:
    with app.app_context(), transaction():
        made = sent(sam, people.coach)
    work(app)
    with app.app_context():
        (notice,) = of(sam)
        assert (notice.what, notice.regarding) == ("commitment.offered", made.id)
        assert notice.language == sam.language


def test_the_person_and_staff_can_read_what_was_sent(
    app: Flask, people: People, sam: Claimant
) -> None:
    with app.app_context(), transaction():
        visit = appointment(again(sam))
    work(app)
    own = languages.known()[sam.language]
    drafted = languages.review_state(sam.language) == "machine-drafted"
    desk = Desk(app).sign_in(people.coach).open(f"/staff/appointments/{visit.id}")
    desk.sees("Notices, as they were sent", own.endonym)
    said = "A computer translated it, and no person had checked it."
    (desk.sees if drafted else desk.does_not_see)(said)
    with app.app_context():
        (notice,) = of(sam)
    box = next(e for e in desk.page.all("div") if e.get("lang") == sam.language)
    assert notice.words.splitlines()[0] in "".join(box.itertext())
    browser = Browser(app).sign_in(sam)
    browser.post("/language", _language="en", _next="/record").open("/record")
    browser.sees(f"We wrote you a text with this news in {own.english_name}.")


def test_who_gets_no_texts_gets_it_on_paper_and_that_is_kept(
    app: Flask, people: People, sam: Claimant
) -> None:
    with app.app_context(), transaction():
        again(sam).way = Way.letter
        visit = appointment(again(sam))
    work(app)
    with app.app_context():
        assert of(sam) == []
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{sam.id}")
    link = next(e for e in desk.page.all("a") if "/untold/" in e.get("href", ""))
    desk.open(link.get("href", ""))
    button = next(
        e for e in desk.page.all("button") if desk.page.form_of(e) is not None
        and "/untold/" in desk.page.form_of(e).get("action", link.get("href", ""))
        and e.get("name") != "_language"
    )  # fmt: skip
    desk.press("".join(button.itertext()).strip())
    with app.app_context():
        (notice,) = of(sam)
        assert (notice.told, notice.language) == (Told.paper, sam.language)
        with languages.speaking(sam.language):
            assert languages.when(visit.starts_at) in notice.words


def test_other_texts_are_no_notices(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        more = {"regarding": None, "told": Told.text, "language": "en"}
        by = actor(people.coach)
        alex = again(people.alex)
        assert actions.keep(alex, "x", what="messages.reply", by=by, **more) is None
        assert actions.keep(alex, "", what="appointments.offer", by=by, **more) is None
    with app.app_context():
        assert of(people.alex) == []


def test_the_words_go_with_the_record(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        visit = appointment(again(people.alex))
    work(app)
    with app.app_context(), transaction():
        retention.erase_record(people.alex.id)
    with app.app_context():
        (notice,) = queries.about(visit.id)
        assert (notice.words, notice.language) == ("", "en")
        assert log.verify(people.alex.id) == []
    desk = Desk(app).sign_in(people.coach).open(f"/staff/appointments/{visit.id}")
    desk.sees("The words were deleted after the time we keep them.")
