"""w3m, a browser of text: no script, no style, no picture."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from urllib.parse import urlencode

from tests.programs import find


class TextBrowser:
    """Reads pages as w3m shows them, and posts forms with it. Keeps the cookie itself, because
    w3m does not between two runs."""

    def __init__(self, home: str, folder: Path, cookie: str = "") -> None:
        self.home, self.folder, self.cookie = home, folder, cookie

    def read(self, path: str) -> list[str]:
        """The lines of a page, eighty letters wide."""
        return self._run("-dump", self.home + path).splitlines()

    def source(self, path: str) -> str:
        """The page itself; remembers the cookie that comes with it."""
        answer = self._run("-dump_both", self.home + path)
        if found := re.search(r"^Set-Cookie: s=([^;]*)", answer, re.MULTILINE):
            self.cookie = found[1]
        return answer

    def post(self, path: str, **fields: str) -> list[str]:
        """The lines of the page that answers a form."""
        file = self.folder / "form"
        file.write_text(urlencode(fields))
        return self._run("-dump", "-post", str(file), self.home + path).splitlines()

    def _run(self, *arguments: str) -> str:
        options = ["-O", "UTF-8", "-cols", "80", "-o", "accept_encoding=identity"]
        if self.cookie:
            options += ["-header", f"Cookie: s={self.cookie}"]
        done = subprocess.run(
            [find("w3m"), *options, *arguments],
            env={**os.environ, "HOME": str(self.folder), "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=30,
            check=True,
        )
        return done.stdout.decode()
