"""What an interpreter never sees: where the person is reached, who helps them, and other people."""

from __future__ import annotations

import pytest

from portal.account import actions as account
from portal.complaints import drafts
from portal.database import transaction
from tests.people import Browser, actor, again
from tests.portal.interpreting.conftest import Watched


@pytest.mark.parametrize("path", ["/settings", "/settings/number", "/settings/pin", "/interpreter"])
def test_how_to_reach_the_person_is_never_shown(watched: Watched, path: str) -> None:
    watched.joins(watched.opens())
    watched.alex.open("/help")
    watched.seen().sees("Whom you can call")
    watched.alex.open(path).sees("An interpreter does not see this page.")
    watched.seen().sees("They are on a page that is not for others.")
    assert watched.session().page == ""


def test_a_number_in_the_record_is_covered(watched: Watched) -> None:
    with watched.app.app_context(), transaction():
        account.set_number(
            again(watched.people.alex), "+447700900155", by=actor(watched.people.coach)
        )
    with watched.app.app_context():
        alex = again(watched.people.alex)
    watched.alex = Browser(watched.app).sign_in(alex)
    watched.joins(watched.opens())
    watched.alex.open("/record").sees("07700 900155")
    watched.seen().sees("•••").does_not_see("900155", "900101")


def test_another_persons_pages_are_not_kept(watched: Watched) -> None:
    watched.joins(watched.opens())
    Browser(watched.app).sign_in(watched.people.stranger).open("/help")
    watched.seen().sees("They have not opened a page yet.")


def test_how_a_complaint_says_to_reach_the_person_is_left_out(watched: Watched) -> None:
    with watched.app.app_context(), transaction():
        said = {"kind": "behaviour", "what": "Nobody listened.", "contact": "letter"}
        drafts.keep(again(watched.people.alex), {**said, "contact_note": "14 Hill Lane, Leeds"})
    watched.joins(watched.opens())
    watched.alex.open("/complaints/new/check").sees("14 Hill Lane", "Nobody listened.")
    watched.seen().sees("Check your complaint", "Nobody listened.").does_not_see("Hill Lane")


def test_a_link_for_somebody_who_helps_is_not_shown(watched: Watched) -> None:
    watched.joins(watched.opens())
    watched.alex.open("/help").open("/complaints/helper").fill(name="Sam", agree="y").press(
        "Make the link"
    )
    watched.alex.sees("/h/")
    watched.seen().does_not_see("/h/", "Sam").sees("They are on a page that is not for others.")


def test_what_was_seen_is_not_in_a_record_for_somebody_else(watched: Watched) -> None:
    watched.joins(watched.opens())
    watched.alex.open("/complaints")
    watched.seen()
    watched.alex.open("/record").sees("Your interpreter saw this page: Your complaints")
    watched.alex.open("/record/for-others").does_not_see("nterpreter saw", "can see your pages")
