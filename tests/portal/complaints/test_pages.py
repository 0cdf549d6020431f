"""The pages of one's own complaints: nothing typed is lost, nothing is sent twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import clock
from portal.account.models import Staff
from portal.complaints import actions, desk_actions, form_views, queries, rules
from portal.complaints import drafts as writing
from portal.complaints.models import Complaint, Draft, Kind, Level
from portal.database import db, transaction
from portal.record import log
from tests.people import Browser, People, StoppedClock, actor, again, appointment, staff
from tests.phone import code_for

NEW = "/complaints/new"
LATER = {"when", "who", "effect", "right", "about", "contact", "hidden"}


@pytest.fixture
def browser(app: Flask, people: People) -> Browser:
    with app.app_context(), transaction():
        staff(again(people.office), "Hana Handler", role=rules.HANDLER)
        staff(again(people.other_office), "Theo Team", role=rules.TEAM)
        appointment(again(people.alex), by=people.coach)
    return Browser(app).sign_in(people.alex)


def complaints(app: Flask) -> list[Complaint]:
    with app.app_context():
        return list(db.session.scalars(sa.select(Complaint).order_by(Complaint.sent_at)))


def drafts(app: Flask) -> list[Draft]:
    with app.app_context():
        return list(db.session.scalars(sa.select(Draft)))


def written(
    browser: Browser, what: str = "I was told two different days.", level: str = ""
) -> Browser:
    """Everything is written, and the page to check it is open."""
    browser.open(NEW)
    browser.choose("Something took too long, or never happened").press("Continue")
    browser.fill(what=what).press("Continue")
    for _page in LATER:
        browser.press("Continue")
    if level:
        browser.choose(level)
    browser.press("Continue")
    return browser.sees("Check your complaint")


def test_nothing_yet(browser: Browser) -> None:
    browser.open("/complaints").sees("You have not complained about anything.")


def test_what_is_checked_is_what_is_sent(app: Flask, browser: Browser) -> None:
    written(browser).sees(
        "I was told two different days.",
        "It is not sent yet.",
        "Hana Handler, who deals with complaints at Leeds Jobcentre",
        "Priya Shah does not see it.",
        "A reply is due by Monday 22 February 2027.",
        "A complaint does not stop the one month",
    )
    assert complaints(app) == []
    browser.press("Send the complaint").sees("Your complaint is sent", "Your receipt")
    (sent,) = complaints(app)
    assert (sent.what, sent.level) == ("I was told two different days.", Level.office)
    assert drafts(app) == []
    with app.app_context():
        assert [each.name for each in queries.kept_from(again(sent))] == ["Priya Shah"]


def test_two_presses_send_once(app: Flask, browser: Browser) -> None:
    written(browser).press("Send the complaint")
    first = browser.text
    browser.again()
    assert browser.text == first
    assert len(complaints(app)) == 1


def test_past_the_office_it_goes_to_the_team(app: Flask, browser: Browser) -> None:
    written(browser, level="The complaints team, past my Jobcentre")
    browser.sees("Theo Team, of the complaints team").does_not_see("Hana Handler")
    browser.press("Send the complaint")
    assert [each.level for each in complaints(app)] == [Level.team]


def test_where_nobody_could_see_it_the_team_gets_it(app: Flask, people: People) -> None:
    """The only one who deals with complaints there is the one it is about."""
    with app.app_context(), transaction():
        again(people.coach).role = rules.HANDLER
    browser = written(Browser(app).sign_in(people.alex))
    browser.sees("so it goes to the complaints team", "Priya Shah does not see it.")
    browser.press("Send the complaint")
    assert [each.level for each in complaints(app)] == [Level.team]


def test_a_coach_who_deals_with_complaints_later_sees_nothing(
    app: Flask, people: People, browser: Browser
) -> None:
    written(browser).press("Send the complaint")
    (sent,) = complaints(app)
    with app.app_context(), transaction():
        coach = again(people.coach)
        coach.role, coach.office_id = rules.TEAM, people.other_office.id
        actions.take_further(_late(again(sent)), by=actor(people.alex))
    with app.app_context():
        assert queries.for_staff(again(people.coach), sent.id) is None
        assert queries.open_for(again(people.coach)) == []
    browser.open(f"/complaints/{sent.id}").sees("Priya Shah does not see it.", "Theo Team")


@pytest.mark.parametrize("when", ["before", "while it is written", "before it is sent"])
def test_a_coach_who_moved_away_is_kept_out_all_the_same(
    app: Flask, people: People, browser: Browser, when: str
) -> None:
    def moves() -> None:
        with app.app_context(), transaction():
            coach = again(people.coach)
            coach.office_id, coach.role = people.other_office.id, rules.TEAM
            coach.active = when != "before it is sent"

    if when == "before":
        moves()
    browser.open(f"{NEW}/hidden")
    if when == "while it is written":
        moves()
    written(browser).sees("Priya Shah does not see it.")
    if when == "before it is sent":
        moves()
    browser.press("Send the complaint")
    with app.app_context():
        (sent,) = complaints(app)
        assert [each.name for each in queries.kept_from(again(sent))] == ["Priya Shah"]


def test_the_team_can_be_kept_out_by_name(app: Flask, browser: Browser) -> None:
    with app.app_context(), transaction():
        other = db.session.scalar(sa.select(Staff).where(Staff.name == "Theo Team"))
        assert other is not None
        staff(other.office, "Tea Team", role=rules.TEAM)
    browser.open(f"{NEW}/hidden").choose("Theo Team").press("Continue")
    written(browser).sees("Theo Team does not see it.").press("Send the complaint")


def test_who_stands_in_for_the_office_is_named(
    app: Flask, people: People, browser: Browser
) -> None:
    written(browser).press("Send the complaint")
    (sent,) = complaints(app)
    with app.app_context(), transaction():
        member = db.session.scalar(sa.select(Staff).where(Staff.name == "Hana Handler"))
        assert member is not None
        member.active = False
    with app.app_context():
        level, who = queries.who_sees(again(sent))
        assert (level, [each.name for each in who]) == (Level.team, ["Theo Team"])
        assert [queries.for_staff(each, sent.id) is not None for each in who] == [True]
    browser.open(f"/complaints/{sent.id}").sees("Theo Team")
    browser.open(f"/complaints/{sent.id}/document").sees("Theo Team, of the complaints team")


def test_somebody_must_be_left_who_can_read_it(browser: Browser) -> None:
    browser.open(f"{NEW}/hidden").choose("Theo Team").press("Continue")
    written(browser, level="The complaints team, past my Jobcentre")
    browser.press("Send the complaint", None).sees("Leave at least one person who can read it.")


def test_words_that_came_while_it_was_sent_are_not_deleted(
    app: Flask, people: People, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second window keeps a page between the look at what was checked and the sending."""

    def meanwhile(*_names: str) -> bool:
        with transaction():
            writing.keep(again(people.alex), {"what": "Written in the other window."})
        return True

    written(browser)
    monkeypatch.setattr(form_views.throttle, "allow", meanwhile)
    browser.press("Send the complaint", None)
    browser.sees("Something was changed in another window.")
    browser.open(f"{NEW}/check").sees("Written in the other window.")
    assert complaints(app) == []


def _late(found: Complaint) -> Complaint:
    found.reply_by = clock.today() - timedelta(days=1)
    return found


def test_a_complaint_that_nobody_wrote_is_not_sent(app: Flask, browser: Browser) -> None:
    browser.open(f"{NEW}/kind").press("Continue", 422).sees("Choose what comes nearest.")
    browser.open(f"{NEW}/what").press("Continue", 422).sees("Write what happened.")
    browser.fill(what=" \n ").press("Continue", 422).sees("Write what happened.")
    browser.open(f"{NEW}/check").sees("Choose what it is about.", "Write what happened.")
    assert "Send the complaint" not in browser.buttons()
    browser.post(f"{NEW}/check", 422, _once=str(drafts(app)[0].id), version="")
    assert complaints(app) == []


@pytest.mark.parametrize(
    "what",
    [
        "Late",
        "x" * rules.LONGEST,
        "ভুল " * (rules.LONGEST // 4),
        "🙂" * rules.LONGEST,
        "“Curly” quotes – dashes…\tTabs\r\n• bullets from Word",
        "<script>alert(1)</script><b>bold</b>",
        "موعدي تغير مرتين",
    ],
    ids=["one word", "longest", "Bengali", "emoji", "Word", "HTML", "Arabic"],
)
def test_whatever_is_written_comes_back_as_it_was(app: Flask, browser: Browser, what: str) -> None:
    written(browser, what).press("Send the complaint").sees("Your complaint is sent")
    (sent,) = complaints(app)
    assert sent.what == what.replace("\r\n", "\n").strip()
    browser.open(f"/complaints/{sent.id}").sees(" ".join(what.split()))


def test_what_is_too_long_is_kept_and_not_sent(app: Flask, browser: Browser) -> None:
    browser.open(f"{NEW}/what").fill(what="x" * (rules.LONGEST + 1)).press("Continue", 422)
    browser.sees("Use at most 20000 letters. You wrote 20001. Your words are still here.")
    browser.open(f"{NEW}/check").sees("Write what happened.")
    assert "Send the complaint" not in browser.buttons()
    assert browser.open(f"{NEW}/what").value("what") == "x" * (rules.LONGEST + 1)


def test_each_page_is_kept_however_it_is_left(app: Flask, people: People, browser: Browser) -> None:
    browser.open(f"{NEW}/effect").fill(effect="I did not sleep.").press("Back")
    assert browser.path == f"{NEW}/who"
    browser.fill(who="Somebody at the desk").press("Keep it and stop for now")
    assert browser.path == "/complaints"
    browser.sees("You are writing a complaint", "It stays here until Wednesday 3 March 2027.")
    # Another computer, where somebody closed the browser without signing out.
    other = Browser(app).sign_in(people.alex).open(f"{NEW}/effect")
    assert other.value("effect") == "I did not sleep."
    assert other.open(f"{NEW}/who").value("who") == "Somebody at the desk"


def test_a_page_that_comes_too_late_is_kept_for_thirty_days(
    app: Flask, people: People, browser: Browser, clock_stopped: StoppedClock
) -> None:
    browser.open(f"{NEW}/what").fill(what="Nobody called me.")
    clock_stopped.later(minutes=20)
    browser.press("Continue")
    assert browser.path == "/sign-in"
    clock_stopped.later(days=20)
    later = Browser(app).sign_in(people.alex)
    assert later.open(f"{NEW}/what").value("what") == "Nobody called me."


@pytest.mark.parametrize(
    ("name", "field"), [("kind", "kind"), ("about", "codes"), ("contact", "contact_note")]
)
def test_every_page_that_comes_too_late_is_kept(
    app: Flask, people: People, browser: Browser, clock_stopped: StoppedClock, name: str, field: str
) -> None:
    browser.open(f"{NEW}/{name}").fill(**{field: "delay"})
    clock_stopped.later(minutes=20)
    browser.press("Continue")
    clock_stopped.later(days=2)
    assert Browser(app).sign_in(people.alex).open(f"{NEW}/{name}").value(field) == "delay"


def test_a_screen_that_ends_by_itself_keeps_the_page(
    app: Flask, people: People, browser: Browser, clock_stopped: StoppedClock
) -> None:
    """Scripts send the page to where a visit ends."""
    browser.open(f"{NEW}/what")
    browser.post("/session/end", what="🙂" * 9000, _next=f"{NEW}/what", version="")
    clock_stopped.later(days=20)
    assert Browser(app).sign_in(people.alex).open(f"{NEW}/what").value("what") == "🙂" * 9000


def test_signing_in_again_shows_what_came_too_late(
    app: Flask, people: People, browser: Browser, clock_stopped: StoppedClock
) -> None:
    browser.open(f"{NEW}/what").fill(what="Nobody called me.")
    clock_stopped.later(minutes=20)
    browser.press("Continue").fill(number=people.alex.mobile or "").press("Text me a code")
    browser.fill(code=code_for(app, people.alex.mobile or "")).press("Sign in")
    browser.sees("We kept what you typed.")
    assert (browser.path, browser.value("what")) == (f"{NEW}/what", "Nobody called me.")
    browser.press("Continue").sees("When did it happen?")


def test_sending_when_the_visit_ended_sends_nothing_and_loses_nothing(
    app: Flask, people: People, browser: Browser, clock_stopped: StoppedClock
) -> None:
    written(browser)
    clock_stopped.later(minutes=20)
    browser.press("Send the complaint").fill(number=people.alex.mobile or "")
    assert complaints(app) == []
    browser.press("Text me a code")
    browser.fill(code=code_for(app, people.alex.mobile or "")).press("Sign in")
    browser.sees("Check your complaint", "I was told two different days.")
    browser.press("Send the complaint").sees("Your complaint is sent")


def test_another_window_loses_nothing(app: Flask, people: People, browser: Browser) -> None:
    other = Browser(app).sign_in(people.alex).open(f"{NEW}/what")
    browser.open(f"{NEW}/what").fill(what="From the first window").press("Continue")
    other.fill(what="From the second window").press("Continue", 422)
    other.sees("in another window", "From the first window")
    assert other.value("what") == "From the second window"
    other.press("Continue")
    assert browser.open(f"{NEW}/what").value("what") == "From the second window"
    # Pages that the other window did not have open stay as they are.
    browser.open(f"{NEW}/who").fill(who="A").press("Continue")
    other.open(f"{NEW}/effect").fill(effect="B").press("Continue")
    assert browser.open(f"{NEW}/who").value("who") == "A"


def test_what_was_not_checked_is_not_sent(app: Flask, people: People, browser: Browser) -> None:
    written(browser)
    other = Browser(app).sign_in(people.alex).open(f"{NEW}/what")
    other.fill(what="Something else").press("Continue")
    browser.press("Send the complaint", 422).sees("changed in another window", "Something else")
    assert complaints(app) == []
    browser.press("Send the complaint")
    assert [each.what for each in complaints(app)] == ["Something else"]


def test_another_language_keeps_the_page(browser: Browser) -> None:
    browser.open(f"{NEW}/what").fill(what="Nobody called me.").press("Cymraeg")
    assert (browser.path, browser.value("what")) == (f"{NEW}/what", "Nobody called me.")


def test_what_it_is_about_comes_from_ones_own_record(
    app: Flask, people: People, browser: Browser
) -> None:
    with app.app_context():
        offered = (e for e in log.entries(people.alex.id) if e.kind == "appointments.offered")
        mine = next(offered).receipt
        theirs = log.entries(people.stranger.id)[0].receipt
    browser.open(f"{NEW}/about").fill(codes=theirs).press("Continue", 422)
    browser.sees("We know no receipt of yours with this code")
    browser.fill(codes="K7QM").press("Continue", 422)
    browser.sees("We know no receipt of yours with this code: K7QM")
    browser.open(f"{NEW}/about").fill(codes="", receipts=[mine]).press("Continue")
    written(browser).sees("Your Jobcentre booked an appointment").press("Send the complaint")
    with app.app_context():
        assert list(queries.attached(complaints(app)[0])) == [mine]


def test_what_was_never_offered_is_refused_or_left_out(app: Flask, people: People) -> None:
    browser = Browser(app).sign_in(people.alex).open(f"{NEW}/kind")
    browser.post(f"{NEW}/kind", 422, kind="revenge")
    browser.post(f"{NEW}/hidden", kept_from=str(people.other_coach.id))
    browser.post(f"{NEW}/nothing", 404)
    browser.open(f"{NEW}/check").does_not_see("Ines Costa")


def test_what_others_complain_about_is_not_found(
    app: Flask, people: People, browser: Browser
) -> None:
    written(browser).press("Send the complaint")
    (sent,) = complaints(app)
    stranger = Browser(app).sign_in(people.stranger)
    for path in ("", "/add", "/further", "/worse"):
        stranger.open(f"/complaints/{sent.id}{path}", 404)
    stranger.open(f"/complaints/sent/{sent.receipt}", 404)
    stranger.open("/complaints").sees("You have not complained about anything.")


def test_a_receipt_tells_a_stranger_nothing(app: Flask, browser: Browser) -> None:
    written(browser).press("Send the complaint")
    (sent,) = complaints(app)
    Browser(app).open(f"/receipts/{sent.receipt}").sees("An entry was recorded").does_not_see(
        "complain", "Complain"
    )


def test_a_record_for_somebody_else_says_nothing_of_it(browser: Browser) -> None:
    written(browser).press("Send the complaint")
    browser.open("/record").sees("You sent a complaint")
    browser.open("/record/for-others").sees("Your Jobcentre booked an appointment")
    browser.does_not_see("You sent a complaint")


# What became of it


@pytest.fixture
def sent(app: Flask, people: People, browser: Browser) -> Complaint:
    written(browser).press("Send the complaint")
    return complaints(app)[0]


def handled(app: Flask, sent: Complaint, act: str, **more: object) -> None:
    """Whoever has it does something."""
    with app.app_context(), transaction():
        found = again(sent)
        role = rules.HANDLER if found.level is Level.office else rules.TEAM
        who = db.session.scalars(sa.select(Staff).where(Staff.role == role)).one()
        getattr(desk_actions, act)(found, staff=who, by=actor(who), **more)


ANSWER = {"looked_at": "Your record.", "found_out": "A mistake.", "will_do": "We say sorry."}


def test_each_stage_is_said(app: Flask, browser: Browser, sent: Complaint) -> None:
    page = f"/complaints/{sent.id}"
    browser.open(page).sees(
        "Nobody has opened it yet.", "You can take it to the complaints team now."
    )
    handled(app, sent, "open_it")
    browser.open(page).sees("Who opened it", "Hana Handler, Monday 1 February 2027")
    handled(app, sent, "ask_more", words="On which day?")
    browser.open(page).sees("They asked you on", "On which day?").press("Add something")
    browser.fill(words="On Monday.").press("Send").sees("You added to your complaint")
    browser.again()
    browser.open(page).sees("On Monday.")
    assert browser.text.count("On Monday.") == 1
    handled(app, sent, "answer", final=False, **ANSWER)
    browser.open("/").sees("Read the reply to your complaint")
    browser.open(page).sees("What they found A mistake.", "What they will do We say sorry.")
    browser.open("/").does_not_see("Read the reply to your complaint")
    browser.open(page).press("Take it further").fill(words="No.").press("Take it further")
    browser.sees("You took your complaint further", "A reply is due by Monday 22 February 2027.")
    browser.open(page).sees("Theo Team, of the complaints team", "Received", "No.")
    handled(app, sent, "answer", final=True, **ANSWER)
    browser.open(page).sees(
        "You can ask the Independent Case Examiner until Sunday 1 August 2027, free.",
        "PO Box 209, Bootle L20 7WA",
        "Parliamentary and Health Service Ombudsman",
    )
    browser.does_not_see("ICE ", "Take it further")


def test_an_answer_of_the_team_leads_to_its_final_response(
    app: Flask, people: People, browser: Browser
) -> None:
    written(browser, level="The complaints team, past my Jobcentre").press("Send the complaint")
    (sent,) = complaints(app)
    handled(app, sent, "answer", final=False, **ANSWER)
    browser.open(f"/complaints/{sent.id}").sees("ask the complaints team for their final response")
    browser.press("Take it further").press("Take it further").sees(
        "You took your complaint further"
    )
    assert complaints(app)[0].is_open
    assert complaints(app)[0].final_at is None


def test_a_late_reply_is_theirs(
    app: Flask, browser: Browser, people: People, sent: Complaint, clock_stopped: StoppedClock
) -> None:
    page = f"/complaints/{sent.id}"
    browser.open(page).sees("You do not have to wait for the reply.")
    clock_stopped.later(days=22)
    browser = Browser(app).sign_in(people.alex).open("/")
    browser.sees("A reply to your complaint is late", "That is not your doing.")
    browser.open(page).sees("is late. That is not your doing.", "the complaints team now")
    browser.press("Take it further").press("Take it further").sees(
        "You took your complaint further"
    )


def test_nobody_need_wait_for_the_office(app: Flask, browser: Browser, sent: Complaint) -> None:
    page = f"/complaints/{sent.id}"
    browser.open(page).press("Take it further").sees("A reply is due by")
    browser.press("Take it further").sees("You took your complaint further")
    assert complaints(app)[0].level is Level.team
    assert "Take it further" not in browser.open(page).buttons()
    browser.post(f"{page}/withdraw")
    browser.open(f"{page}/further").press("Take it further", 422)
    browser.sees("This complaint is over. You can complain again at any time.")


def test_it_got_worse(app: Flask, browser: Browser, sent: Complaint) -> None:
    browser.open(f"/complaints/{sent.id}").press("It got worse after I complained")
    browser.press("Write what happened").sees("This goes to the complaints team")
    browser.fill(what="Now they threaten me.").press("Continue")
    for _page in LATER:
        browser.choose("Tom Reid") if browser.path.endswith("hidden") else None
        browser.press("Continue")
    browser.sees("Theo Team", "Priya Shah does not see it.", "Tom Reid does not see it.")
    browser.press("Send the complaint").sees("You said that it got worse after you complained.")
    worse = next(each for each in complaints(app) if each.after_id)
    assert (worse.after_id, worse.level, worse.kind) == (sent.id, Level.team, Kind.worse)


@pytest.mark.parametrize(("minutes", "is_kept"), [(30, True), (90, False)])
def test_who_comes_to_the_browser_later_writes_in_no_draft(
    app: Flask, browser: Browser, clock_stopped: StoppedClock, minutes: int, is_kept: bool
) -> None:
    """At a library somebody else may press the button of a page that was left open."""
    browser.open(f"{NEW}/what").fill(what="She shouted.")
    clock_stopped.later(minutes=minutes)
    browser.press("Continue", None)
    assert bool(drafts(app)) is is_kept


def test_only_the_draft_that_was_shown_is_deleted(
    app: Flask, people: People, browser: Browser, sent: Complaint
) -> None:
    """Another window begins another one between the page and the button."""
    page = f"/complaints/{sent.id}/worse"
    for first in ("", "Something else."):
        if first:
            browser.open(f"{NEW}/what").fill(what=first).press("Continue")
        browser.open(page)
        with app.app_context(), transaction():
            draft = queries.draft(again(people.alex))
            assert writing.drop(again(people.alex), str(draft.id) if draft else "")
            writing.keep(again(people.alex), {"what": "Newer."})
        button = "Delete the other one, and begin" if first else "Write what happened"
        browser.press(button, 409).sees("It is deleted if you begin this one.")
        assert [writing.read(each) for each in drafts(app)] == [{"what": "Newer."}]
        browser.open("/complaints")
        with app.app_context(), transaction():
            draft = queries.draft(again(people.alex))
            assert draft is not None
            assert writing.drop(again(people.alex), str(draft.id))
            writing.keep(again(people.alex), {"what": "Newest."})
        browser.press("Delete what I wrote")
        assert [writing.read(each) for each in drafts(app)] == [{"what": "Newest."}]
        with app.app_context(), transaction():
            draft = queries.draft(again(people.alex))
            assert draft is not None
            assert writing.drop(again(people.alex), str(draft.id))


def test_worse_does_not_swallow_what_is_being_written(
    app: Flask, browser: Browser, sent: Complaint
) -> None:
    browser.open(f"{NEW}/what").fill(what="Another thing").press("Continue")
    browser.open(f"/complaints/{sent.id}/worse").sees("It is deleted if you begin this one.")
    assert browser.open(f"{NEW}/what").value("what") == "Another thing"
    browser.open(f"/complaints/{sent.id}/worse").press("Delete the other one, and begin")
    assert browser.value("what") == ""


def test_taken_back(app: Flask, browser: Browser, sent: Complaint) -> None:
    browser.open(f"/complaints/{sent.id}").press("I no longer complain")
    browser.sees("You took your complaint back")
    browser.open(f"/complaints/{sent.id}").sees("You can complain again at any time.")
    browser.open(f"/complaints/{sent.id}/add").fill(words="More").press("Send", 422)


def test_northern_ireland_has_an_ombudsman_of_its_own(
    app: Flask, people: People, browser: Browser
) -> None:
    with app.app_context(), transaction():
        again(people.office).nation = "northern_ireland"
    written(browser, level="The complaints team, past my Jobcentre").press("Send the complaint")
    (sent,) = complaints(app)
    handled(app, sent, "answer", final=True, **ANSWER)
    browser.open(f"/complaints/{sent.id}").sees("Northern Ireland Public Services Ombudsman")
    browser.does_not_see("Independent Case Examiner", "Health Service Ombudsman")


def test_what_was_said_at_one_moment_stands_in_its_order(
    app: Flask, people: People, sent: Complaint, clock_stopped: StoppedClock
) -> None:
    said = [f"Point {number}" for number in range(8)]
    for each in said:
        with app.app_context(), transaction():
            actions.add(again(sent), each, by=actor(people.alex))
    with app.app_context():
        assert [word.words for word in queries.words(again(sent))] == said
