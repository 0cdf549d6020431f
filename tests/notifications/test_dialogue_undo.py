"""UNDO with a reference."""

from __future__ import annotations

from portal.database import transaction
from tests.notifications.dialogues import Talk
from tests.people import People, again, appointment


class TestUndoWithAReference:
    def test_takes_back_the_one_that_is_meant(self, talk: Talk):
        first, second = talk.offered(), talk.offered(10)
        talk.says("1")
        ref = talk.receipt()
        talk.says("1")
        talk.says(f"UNDO {ref[:4]}-{ref[4:].lower()}")
        assert (talk.answer(first), talk.answer(second)) == ("none", "accepted")

    def test_a_code_that_nobody_knows(self, talk: Talk):
        visit = talk.offered()
        talk.says("1").says("UNDO K7QM2P4A").hears("We do not know that code")
        assert talk.answer(visit) == "accepted"

    def test_somebody_elses_code(self, talk: Talk, people: People):
        with talk.app.app_context(), transaction():
            appointment(again(people.stranger))
        other = Talk(talk.app, talk.time, people.stranger)
        other.settles().says("1")
        talk.says(f"UNDO {other.receipt()}").hears("We do not know that code")
        assert other.happened()[-1] == "accepted"

    def test_what_was_changed_since(self, talk: Talk):
        visit = talk.offered()
        talk.says("1")
        ref = talk.receipt()
        talk.says("3").says(f"undo {ref}").hears(f"{ref} cannot be taken back")
        assert talk.answer(visit) == "asked_for_phone_call"
        talk.says(f"undo {ref}", after=900).hears("cannot be taken back")

    def test_a_call_that_was_asked_for(self, talk: Talk):
        talk.says("callback").says("1")
        talk.says(f"undo {talk.receipt()}").hears_receipt_of("call_withdrawn")
