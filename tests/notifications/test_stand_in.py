"""`make stand-in`: a demo that texts through the provider's own kit, and phones to reply from."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from portal.settings import ROOT
from tests.served import end, free_port
from tests.stand_in import pages
from tests.stand_in.twilio import TwilioStandIn
from tests.stand_in.twilio_words import Message, Written

ALEX = "+447700900101"
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def fetch(url: str, **fields: str) -> str:
    data = urllib.parse.urlencode(fields).encode() if fields else None
    with _OPENER.open(url, data, timeout=60) as answer:
        return str(answer.read().decode())


@contextmanager
def beside(*options: str) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    service, stand_in = free_port(), free_port()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.stand_in.beside", "--port", str(service)),
            *("--stand-in-port", str(stand_in), *options),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process, f"http://127.0.0.1:{service}", f"http://127.0.0.1:{stand_in}"
    finally:
        # Ended as by a supervisor, so that it ends the service, which has a group of its own.
        end(process)


def eventually(url: str, pattern: str, within: float = 180) -> str:
    deadline, seen = time.monotonic() + within, ""
    while time.monotonic() < deadline:
        try:
            seen = fetch(url)
            if re.search(pattern, seen):
                return seen
        except (OSError, urllib.error.URLError):
            pass
        time.sleep(0.3)
    raise AssertionError((pattern, seen))


@pytest.mark.slow
def test_a_demo_texts_through_the_stand_in_and_ends_cleanly() -> None:
    with beside() as (process, service, stand_in):
        phone = f"{stand_in}/phones/{urllib.parse.quote(ALEX)}"
        eventually(phone, r"Reply 1")
        eventually(f"{service}/health", "ok")
        assert re.search(rf"{re.escape(ALEX)}</a>: [1-9][0-9]* texts<", fetch(stand_in))
        fetch(phone, text="NEXT")
        eventually(phone, "1 = ")
        fetch(phone, text="1")
        page = eventually(phone, "delivered")
        assert "Our webhook answered 200" in page
        assert fetch(f"{service}/demo/code-app")
        with pytest.raises(urllib.error.HTTPError, match="404"):
            fetch(f"{service}/demo/phones")
        texts = json.loads(fetch(f"{stand_in}/stand-in/messages"))["messages"]
        assert {text["to"] for text in texts} >= {ALEX, "+447700900102", "+447700900103"}
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=180)
        assert process.returncode == 0, said
        assert f"phone at {stand_in}" in said
        assert "Traceback" not in said
        with pytest.raises(OSError, match=r"refused|Errno"):
            fetch(f"{service}/health")


def test_the_phones_at_the_stand_in_show_words_as_they_are() -> None:
    twilio = TwilioStandIn()
    with twilio:
        twilio.messages.append(
            Message("SM1", ALEX, "+447700900900", "<b>1\n2</b> موعد", "", {}, "undelivered", 30008)
        )
        twilio.written.append(Written(ALEX, "STOP & go"))
        page = fetch(f"{twilio.url}/phones/{urllib.parse.quote(ALEX)}")
        assert "&lt;b&gt;1<br>2&lt;/b&gt; موعد" in page
        assert "undelivered, error 30008" in page
        assert "UCS-2" in page
        assert "STOP &amp; go" in page
        assert "answered nothing" in page
        assert ALEX in fetch(twilio.url)
        assert pages.answer(twilio, "POST", "/phones", {"number": "07700 900 123"}).code == 303


def test_a_service_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with TwilioStandIn(public_url=f"http://127.0.0.1:{free_port()}") as twilio:
        answer = pages.answer(twilio, "POST", f"/phones/{ALEX}", {"text": "1"})
        assert answer.code == 502
        assert "does not answer" in answer.page
