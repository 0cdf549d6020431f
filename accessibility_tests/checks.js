/* What axe does not look at. Run in the page with the names of the checks wanted and what the
   page should be; returns one line for each fault: "check: what is wrong (where)". */
const [wanted, expected] = arguments;
const faults = [];
const html = document.documentElement;
const main = document.getElementById("main");
const START = html.dir === "rtl" ? "right" : "left";

function say(check, words, element) {
  const where = element ? ` (${describe(element)})` : "";
  faults.push(`${check}: ${words}${where}`);
}

function describe(e) {
  const id = e.id ? `#${e.id}` : "";
  const kind = e.className && e.className.split ? `.${e.className.split(" ")[0]}` : "";
  return `${e.tagName.toLowerCase()}${id}${kind} "${(e.innerText || e.value || "").trim().slice(0, 40)}"`;
}

function hiddenFromSight(e) {
  return Boolean(e.closest(".govuk-visually-hidden, .skip:not(:focus)"));
}

function visible(e) {
  if (!e.checkVisibility({ visibilityProperty: true }) || hiddenFromSight(e)) return false;
  const box = e.getBoundingClientRect();
  return box.width > 0 && box.height > 0;
}

function all(selector, within) {
  return [...(within || document.body).querySelectorAll(selector)];
}

const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";

function controls() {
  return all(CONTROLS).filter(visible);
}

function tabbable() {
  return all(CONTROLS).filter(
    (e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }));
}

function firstLine(parts) {
  return {
    left: Math.min(...parts.map((part) => part.left)),
    right: Math.max(...parts.map((part) => part.right)),
  };
}

/* --- colours ------------------------------------------------------------------------ */

function rgb(text) {
  const parts = text.match(/[\d.]+/g).map(Number);
  return { r: parts[0], g: parts[1], b: parts[2], a: parts.length > 3 ? parts[3] : 1 };
}

function luminance({ r, g, b }) {
  const [x, y, z] = [r, g, b].map((v) => {
    const part = v / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * x + 0.7152 * y + 0.0722 * z;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function ground(e) {
  for (let at = e; at; at = at.parentElement) {
    const colour = rgb(getComputedStyle(at).backgroundColor);
    if (colour.a > 0) return colour;
  }
  return { r: 255, g: 255, b: 255, a: 1 };
}

/* --- the checks --------------------------------------------------------------------- */

const CHECKS = {
  language() {
    if (html.lang !== expected.lang) say("language", `the page says ${html.lang}`);
    if (html.dir !== expected.dir) say("language", `the page runs ${html.dir}`);
    const runs = getComputedStyle(main).direction;
    if (runs !== expected.dir) say("language", `the main part runs ${runs}`);
  },

  /* Words begin where the language begins: on the right in a page from right to left. */
  mirrored() {
    for (const e of all("h1, h2, h3, p, label, legend, li", main).filter(visible)) {
      if (e.closest("[lang], [dir]") !== html || e.closest(".govuk-button, table")) continue;
      const words = document.createRange();
      words.selectNodeContents(e);
      const parts = [...words.getClientRects()].filter((b) => b.width > 1 && b.height > 1);
      if (!parts.length) continue;
      const first = Math.min(...parts.map((part) => part.bottom));
      const line = firstLine(parts.filter((part) => part.top < first));
      const box = e.getBoundingClientRect(), style = getComputedStyle(e);
      const edge = START === "left"
        ? line.left - box.left - parseFloat(style.paddingLeft) - parseFloat(style.borderLeftWidth)
        : box.right - line.right - parseFloat(style.paddingRight) - parseFloat(style.borderRightWidth);
      if (style.display !== "flex" && edge > 3) {
        say("mirrored", `words begin ${Math.round(edge)} px from the ${START}`, e);
      }
    }
  },

  heading() {
    const found = all("h1").filter(visible);
    if (found.length !== 1) say("heading", `${found.length} first headings`);
    else if (!found[0].innerText.trim()) say("heading", "the first heading is empty", found[0]);
    else {
      const said = document.title.replace(expected.errorTitle, "").split(" – ")[0].trim();
      const words = (text) => new Set(text.toLowerCase().split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean));
      const first = found[0].querySelector(".both > span") || found[0];
      const inTitle = words(said), inHeading = words(first.innerText.trim().split("\n")[0]);
      const shared = [...inTitle].filter((word) => inHeading.has(word)).length;
      if (!shared || shared * 2 < Math.min(inTitle.size, inHeading.size)) {
        say("heading", `the title is "${document.title}"`, found[0]);
      }
    }
  },

  /* What must be put right is said in the title, in a summary with links, and at each field. */
  errors() {
    const summary = main.querySelector(".govuk-error-summary");
    const inTitle = document.title.startsWith(expected.errorTitle);
    if (inTitle !== expected.errors) say("errors", `the title is "${document.title}"`);
    if (!expected.errors) {
      if (summary) say("errors", "a summary of errors where none are expected", summary);
      return;
    }
    if (!summary) return say("errors", "no summary of errors");
    if (!all("li", summary).length) say("errors", "the summary is empty", summary);
    if (document.activeElement !== summary) {
      say("errors", "the summary does not have the focus", document.activeElement);
    }
    const text = (e) => e.innerText.replace(/\s+/g, " ").trim();
    for (const message of all(".govuk-error-message", main)) {
      const plain = [...message.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join("").trim();
      const times = all("li", summary).filter((li) => text(li).includes(plain)).length;
      if (times !== 1) say("errors", `said ${times} times in the summary`, message);
      const group = message.closest(".govuk-form-group");
      const marked = group && group.querySelector("[aria-invalid=true]");
      if (!marked) say("errors", "no field is marked as invalid", message);
      const describing = group && group.querySelector(`[aria-describedby~="${message.id}"]`);
      if (!message.id || !describing) say("errors", "no field is described by this", message);
    }
    for (const field of all("[aria-invalid=true]", main)) {
      if (!field.closest(".govuk-form-group--error")) {
        say("errors", "an invalid field without words", field);
      }
    }
    for (const link of all("a", summary)) {
      const field = document.getElementById(link.hash.slice(1));
      if (!field) say("errors", "a link to no field", link);
    }
    /* It takes the focus and is read then; announced as well, it would be read twice. */
    for (const live of all("[role=alert], [role=status], [aria-live]")) {
      const twice = all(".govuk-error-message, .govuk-error-summary li").some((e) => live.contains(e));
      if (twice) say("errors", "announced a second time", live);
    }
  },

  help() {
    const links = all("footer a").map((a) => a.getAttribute("href"));
    const same = ["/help", "/accessibility", "/privacy"];
    if (links.join() !== same.join()) say("help", `the footer leads to ${links.join()}`);
  },

  targets() {
    for (const e of controls()) {
      if (inSentence(e)) continue;
      const box = e.getBoundingClientRect();
      if (box.width < 43.9 || box.height < 43.9) {
        say("targets", `${Math.round(box.width)} × ${Math.round(box.height)} px`, e);
      }
    }
    const list = controls().filter((e) => !inSentence(e));
    list.forEach((one, i) => list.slice(i + 1).forEach((other) => {
      if (one.contains(other) || other.contains(one)) return;
      if (one.closest(".bar") || other.closest(".bar")) return;
      const a = one.getBoundingClientRect(), b = other.getBoundingClientRect();
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 1 && high > 1) say("targets", `lies over ${describe(other)}`, one);
    }));
  },

  /* Nothing sticks out of the page, nothing is cut off. */
  overflow() {
    const width = html.clientWidth;
    const out = [];
    for (const e of all("*").filter(visible)) {
      const box = e.getBoundingClientRect();
      if (box.right > width + 1 || box.left < -1) out.push(e);
      const style = getComputedStyle(e);
      const scrolls = /^(TEXTAREA|INPUT|SELECT)$/.test(e.tagName);
      if (style.display === "inline" || scrolls) continue;
      if (e.clientWidth && e.scrollWidth > e.clientWidth + 1 && e !== document.body) out.push(e);
      const cut = /hidden|clip/.test(style.overflowX + style.overflowY);
      if (cut && (e.scrollHeight > e.clientHeight + 1)) say("overflow", "is cut off", e);
    }
    const innermost = out.filter((e) => !out.some((other) => other !== e && e.contains(other)));
    for (const e of innermost) say("overflow", `sticks out of ${width} px`, e);
    if (html.scrollWidth > width && !out.length) say("overflow", `${html.scrollWidth} px wide`);
  },

  lines() {
    for (const e of all("p, li, dd, dt, label, legend", document.body).filter(visible)) {
      const style = getComputedStyle(e);
      const ratio = parseFloat(style.lineHeight) / parseFloat(style.fontSize);
      if (!e.matches(".code, .when, .name") && ratio < 1.49) {
        say("lines", `line height ${ratio.toFixed(2)}`, e);
      }
    }
  },

  /* The edge of a field is what shows that one can write there. */
  fields() {
    for (const e of all("input:not([type=hidden]), select, textarea").filter(visible)) {
      const style = getComputedStyle(e);
      const edge = rgb(style.borderTopColor);
      if (parseFloat(style.borderTopWidth) < 1 || contrast(edge, ground(e.parentElement)) < 3) {
        say("fields", "its edge can hardly be seen", e);
      }
    }
  },

  /* Wherever Tab leads, one sees it, in the order of reading, and nothing lies on top. */
  focus() {
    const bars = all("*").filter((e) => {
      const style = getComputedStyle(e);
      return /sticky|fixed/.test(style.position) && visible(e);
    });
    let before = null;
    for (const e of tabbable()) {
      e.focus({ focusVisible: true });
      if (document.activeElement !== e) {
        say("focus", "cannot take the focus", e);
        continue;
      }
      const style = getComputedStyle(e);
      const wide = parseFloat(style.outlineWidth);
      if (style.outlineStyle === "none" || wide < 2) say("focus", "the focus does not show", e);
      else if (!expected.forced && contrast(rgb(style.outlineColor), ground(e.parentElement)) < 3) {
        say("focus", "the focus can hardly be seen", e);
      }
      const box = e.getBoundingClientRect();
      if (box.bottom < 0 || box.top > innerHeight) say("focus", "is out of sight", e);
      for (const bar of bars.filter((b) => !b.contains(e))) {
        const over = bar.getBoundingClientRect();
        if (Math.min(box.bottom, over.bottom) - Math.max(box.top, over.top) > 1) {
          say("focus", `lies under ${describe(bar)}`, e);
        }
      }
      const place = { top: box.top + scrollY, bottom: box.bottom + scrollY, e };
      if (before && place.bottom <= before.top && !e.closest(".bar")) {
        say("focus", `comes after ${describe(before.e)} but stands above it`, e);
      }
      before = e.matches(".skip") ? null : place;
    }
    scrollTo(0, 0);
  },
};

/* A link among the words of a sentence: its height is that of the line. */
function inSentence(e) {
  if (e.tagName !== "A" || getComputedStyle(e).display !== "inline") return false;
  let block = e.parentElement;
  while (getComputedStyle(block).display === "inline") block = block.parentElement;
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest("a") && /\p{L}/u.test(walker.currentNode.data)) {
      return true;
    }
  }
  return false;
}

for (const check of wanted) CHECKS[check]();
return faults;
