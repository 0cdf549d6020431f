"""One story, told once: she signs in, opens her appointment, accepts it and keeps the receipt.

How she does it is not part of the story: with a keyboard alone or a mouse, with scripts or
without. A step that cannot be done that way fails.
"""

from __future__ import annotations

from selenium.webdriver.common.keys import Keys

from accessibility_tests.browser import Browser
from accessibility_tests.scenes import Scene
from portal.account import codes
from portal.account.models import CodeAttempt
from portal.database import db


class ByMouse:
    """Points at things and clicks."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    def press(self, words: str) -> None:
        with self.browser.next_page():
            self.browser.click_words(words)

    def choose(self, words: str) -> None:
        self.browser.click_words(words)

    def write(self, label: str, text: str) -> None:
        self.browser.click_words(label)
        self.browser.keys(text)


class ByKeyboard:
    """Tab to go on, Enter to press, arrows and Space to choose. Touches nothing else."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    def press(self, words: str) -> None:
        self.browser.tab_to(words)
        with self.browser.next_page():
            self.browser.keys(Keys.ENTER)

    def choose(self, words: str) -> None:
        self.browser.tab_to(words)
        self.browser.keys(Keys.SPACE)

    def write(self, label: str, text: str) -> None:
        self.browser.tab_to(label)
        self.browser.keys(text)


Hand = ByMouse | ByKeyboard


class Journey:
    """She, her browser and how she uses it."""

    def __init__(self, browser: Browser, scene: Scene, hand: Hand) -> None:
        self.browser, self.scene, self.hand = browser, scene, hand

    @property
    def number(self) -> str:
        with self.scene.writing():
            return self.scene.claimant().mobile or ""

    def code(self) -> str:
        """The code in the newest text to her."""
        with self.scene.writing():
            newest = (
                db.session.query(CodeAttempt)
                .filter_by(number=self.scene.claimant().mobile)
                .order_by(CodeAttempt.asked_at.desc())
            ).first()
            assert newest is not None
            return codes.digits("sign-in", newest.id)

    def she_comes(self, path: str = "/sign-in") -> None:
        self.browser.open(path)

    def she_asks_for_a_code(self) -> None:
        self.hand.write("What is your mobile number?", self.number)
        self.hand.press("Text me a code")
        assert self.browser.h1 == "Enter the code"

    def she_types_the_code(self) -> None:
        self.hand.write("What is the code?", self.code())
        self.hand.press("Sign in")

    def she_signs_in(self) -> None:
        self.she_asks_for_a_code()
        self.she_types_the_code()

    def she_sees_her_appointment(self) -> None:
        assert self.browser.h1.startswith("Can you come to this appointment?")
        assert "Tuesday 9 February 2027, 10:30am" in self.browser.h1

    def she_accepts(self) -> None:
        self.hand.press("Accept")

    def she_holds_a_receipt(self) -> None:
        assert self.browser.h1 == "You accepted the appointment"
        assert self.browser.title.startswith("You accepted the appointment")
        assert "Your receipt" in self.browser.text

    def she_asks_to_cancel(self, note: str) -> None:
        self.hand.press("Ask to cancel")
        assert self.browser.h1 == "Ask to cancel this appointment"
        self.hand.write("Anything you want to add", note)
        self.hand.press("Ask to cancel")

    def it_still_stands(self) -> None:
        assert self.browser.h1 == "You asked to cancel. The appointment still stands"
