"""Chromium, as a visitor with a small screen, large letters, no script or a keyboard alone."""

from __future__ import annotations

import base64
import contextlib
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.common.exceptions import JavascriptException, WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service as Driver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from tests.programs import find

NARROW, WIDE = 320, 1280
PATIENCE = 15.0
"""Seconds to wait for something that normally takes a few hundredths."""

# In every page before its own scripts: time can be moved on, and an exchange of the main part
# leaves a mark. Nothing here runs unless a test asks.
_BEFORE = """
(() => {
  const real = Date.now.bind(Date), repeated = [], timers = [];
  let ahead = 0;
  const every = window.setInterval, later = window.setTimeout;
  Date.now = () => real() + ahead;
  window.setInterval = (act, ms, ...rest) => {
    repeated.push(act);
    return every(act, ms, ...rest);
  };
  window.setTimeout = (act, ms, ...rest) => {
    if (ms >= 1000) timers.push(() => act(...rest));
    return later(act, ms, ...rest);
  };
  window.passTime = (seconds) => {
    ahead += seconds * 1000;
    repeated.forEach((act) => act());
    timers.splice(0).forEach((act) => act());
  };
  document.addEventListener("htmx:afterSettle", () => { window.exchanged = true; });
})();
"""


class Browser:
    """One Chromium for a whole run of tests; `new_visitor` makes it a stranger again."""

    def __init__(self, driver: WebDriver, home: str) -> None:
        self.driver, self.home = driver, home
        self.cdp("Network.enable")
        self.cdp("Page.addScriptToEvaluateOnNewDocument", source=_BEFORE)
        self.scripts = True
        self.patience = PATIENCE

    def cdp(self, command: str, **values: Any) -> Any:
        return self.driver.execute_cdp_cmd(command, values)  # type: ignore[attr-defined]

    def run(self, script: str, *values: Any) -> Any:
        """Run a script in the page, whatever the page allows its own scripts."""
        return self.driver.execute_script(script, *values)

    # --- who visits, and with what ----------------------------------------------------

    def new_visitor(self, session: str = "") -> None:
        """Nothing is remembered; a narrow screen, usual letters and colours, scripts run."""
        self.cdp("Network.clearBrowserCookies")
        self.cdp("Storage.clearDataForOrigin", origin=self.home, storageTypes="local_storage")
        self.width(NARROW)
        self.text_size(1)
        self.colours()
        self.allow_scripts(True)
        self.offline(False)
        if session:
            self.cdp("Network.setCookie", name="s", value=session, url=self.home)

    def width(self, pixels: int) -> None:
        height = 640 if pixels == NARROW else 900
        self.cdp(
            "Emulation.setDeviceMetricsOverride",
            width=pixels,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def text_size(self, times: int) -> None:
        """The reader's own text size, as set in the browser."""
        self.cdp("Page.setFontSizes", fontSizes={"standard": 16 * times, "fixed": 13 * times})

    def colours(self, forced: bool = False) -> None:
        value = "active" if forced else "none"
        self.cdp("Emulation.setEmulatedMedia", features=[{"name": "forced-colors", "value": value}])

    def allow_scripts(self, allowed: bool) -> None:
        """Without: no script file arrives, as on a line that drops them."""
        self.scripts = allowed
        self.cdp("Network.setBlockedURLs", urls=[] if allowed else ["*.js"])

    def offline(self, gone: bool) -> None:
        """The line is dead, or back."""
        self.cdp(
            "Network.emulateNetworkConditions",
            offline=gone,
            latency=0,
            downloadThroughput=-1,
            uploadThroughput=-1,
        )

    # --- going places -----------------------------------------------------------------

    def open(self, path: str) -> None:
        self.driver.get(self.home + path)

    @property
    def path(self) -> str:
        return self.driver.current_url.removeprefix(self.home)

    @property
    def title(self) -> str:
        return self.driver.title

    @property
    def text(self) -> str:
        """What can be read in the main part."""
        return str(self.run("return document.getElementById('main').innerText"))

    @property
    def h1(self) -> str:
        return str(self.run("return document.querySelector('h1').innerText"))

    def fill(self, **fields: str) -> None:
        """Put values into the fields of the main form, as if they had been typed."""
        self.run(_FILL, fields)

    def press(self, selector: str) -> None:
        """Press a button or link, and wait for the next page or for the part in its place."""
        with self.next_page():
            self.run("document.querySelector(arguments[0]).click()", selector)

    def click_words(self, words: str) -> None:
        """Click the button, link or label with exactly these words."""
        everything = "//main//*[self::button or self::a or self::label]"
        for each in self.driver.find_elements("xpath", everything):
            if each.text.strip() == words and each.is_displayed():
                each.click()
                return
        raise LookupError(words)

    def forget_files(self) -> None:
        """As on the first visit ever."""
        self.cdp("Network.clearBrowserCache")

    def send(self, **fields: str) -> None:
        """Fill in the main form and press its first button."""
        self.fill(**fields)
        self.press("#f .govuk-button")

    def send_plainly(self, **fields: str) -> None:
        """The same, as a browser without scripts does it."""
        self.fill(**fields)
        self.submit_plainly("#f")

    def submit_plainly(self, form: str) -> None:
        """Send the form at this selector without its scripts being asked."""
        with self.next_page():
            self.run(
                "HTMLFormElement.prototype.submit.call(document.querySelector(arguments[0]))", form
            )

    @contextlib.contextmanager
    def next_page(self) -> Iterator[None]:
        """What is done inside leads to a new page, or to a new main part of this one."""
        self.run("window.exchanged = false; document.documentElement.dataset.old = 'yes'")
        yield
        self.wait(
            "return window.exchanged === true || "
            "(!document.documentElement.dataset.old && document.readyState === 'complete')"
        )
        self.run("delete document.documentElement.dataset.old")

    def wait(self, script: str) -> None:
        """Wait until the script returns true. Raises TimeoutError."""
        self.until(lambda: self.run(script), script)

    def until(self, true: Callable[[], Any], what: str, patience: float = 0) -> None:
        deadline = time.monotonic() + (patience or self.patience)
        while time.monotonic() < deadline:
            # While one page gives way to the next there may be no page at all.
            with contextlib.suppress(JavascriptException, WebDriverException):
                if true():
                    return
            time.sleep(0.01)
        raise TimeoutError(what)

    # --- the keyboard -----------------------------------------------------------------

    def keys(self, *keys: str) -> None:
        ActionChains(self.driver).send_keys(*keys).perform()

    def select_all(self) -> None:
        actions = ActionChains(self.driver)
        actions.key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).perform()

    def tab_to(self, words: str, most: int = 60) -> list[str]:
        """Press Tab until the focus is on the control with these words; returns where the focus
        was on the way. Raises LookupError when Tab does not lead there."""
        seen: list[str] = []
        for _ in range(most):
            self.keys(Keys.TAB)
            seen.append(self.focused)
            if seen[-1] == words:
                return seen
        raise LookupError(f"{words!r} is not among {seen}")

    @property
    def focused(self) -> str:
        """The words of what has the focus."""
        return str(self.run(_FOCUSED))

    def passes(self, seconds: float) -> None:
        """Time moves on in the page."""
        self.run("window.passTime(arguments[0])", seconds)

    def picture(self, file: Path) -> None:
        """The whole page, however long."""
        size = self.run(
            "const d = document.documentElement; return [d.scrollWidth, d.scrollHeight]"
        )
        clip = {"x": 0, "y": 0, "width": size[0], "height": size[1], "scale": 1}
        shot = self.cdp("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        file.write_bytes(base64.b64decode(shot["data"]))


_FILL = """
for (const [name, value] of Object.entries(arguments[0])) {
  const fields = [...document.querySelectorAll(`main [name="${name}"]`)];
  if (!fields.length) throw new Error("no field " + name);
  for (const field of fields) {
    if (field.type === "radio") field.checked = field.value === value;
    else if (field.type === "checkbox") field.checked = value === "y" || field.value === value;
    else field.value = value;
  }
}
"""

_FOCUSED = """
const e = document.activeElement;
if (!e || e === document.body) return "the page";
const label = e.labels && e.labels.length ? e.labels[0].innerText : "";
return (label || e.innerText || e.value || e.id).trim();
"""


@contextlib.contextmanager
def chromium(home: str) -> Iterator[Browser]:
    """A browser that is gone afterwards, with all it wrote."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        options = Options()
        options.binary_location = find("chromium")
        for argument in (
            "--headless=new",
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--hide-scrollbars",
            f"--user-data-dir={folder}",
        ):
            options.add_argument(argument)
        driver = webdriver.Chrome(options=options, service=Driver(find("chromedriver")))
        try:
            driver.set_page_load_timeout(60)
            driver.set_script_timeout(60)
            yield Browser(driver, home)
        finally:
            driver.quit()
