/* Small helps where scripts run. Every page works without them, and every word comes from the
   page. htmx does nothing unless asked here: if one of the two files is lost, pages are plain. */
(function () {
  var d = document, idle = id("idle"), wait = id("wait"), last, typed, clock, slow;

  function id(name) { return d.getElementById(name); }
  function each(selector, act) { [].forEach.call(d.querySelectorAll(selector), act); }
  function on(event, act, early) { d.addEventListener(event, act, early); }
  function data(element, name) { return element.getAttribute("data-" + name); }
  function seconds(name) { return data(idle, name) * 1000; }
  function say(box, words) { if (box) box.textContent = words; }
  function mark(element, name, value) {
    if (value) element.setAttribute(name, value); else element.removeAttribute(name);
  }

  /* Idle time is shared between tabs, and typing counts as being here. */
  function touch() {
    last = Date.now();
    try { localStorage.seen = last; } catch (e) { /* storage is switched off */ }
    say(idle, "");
  }
  function end() {
    var form = d.querySelector("form#f[method=post]") || id("lang");
    clearInterval(clock);
    mark(form, "action", data(idle, "end"));
    HTMLFormElement.prototype.submit.call(form);
  }
  function stay() {
    fetch(data(idle, "stay"), {
      method: "POST", redirect: "error", body: new URLSearchParams(new FormData(id("lang")))
    }).then(function (answer) { if (answer.ok) touch(); else end(); }, function () {});
  }
  function ask() {
    var text = d.createElement("p"), button = d.createElement("button");
    say(text, data(idle, "text"));
    say(button, data(idle, "button"));
    button.type = "button";
    button.className = "govuk-button";
    button.onclick = stay;
    idle.appendChild(text);
    idle.appendChild(button);
  }
  function tick() {
    var now = Date.now(), left;
    try { last = Math.max(last, localStorage.seen || 0); } catch (e) { /* as above */ }
    left = last + seconds("seconds") - now;
    if (left <= 0) { if (navigator.onLine) end(); }
    else if (typed > last && now - last > seconds("warn")) stay();
    else if (left > seconds("warn")) say(idle, "");
    else if (!idle.firstChild) ask();
  }

  /* When the main part was exchanged, the rest of the page follows. */
  function settle() {
    clearTimeout(slow);
    say(wait, "");
    if (idle) touch();
    var form = id("f"), path = location.pathname, place = d.querySelector(".govuk-error-summary, main h1") || id("main");
    mark(place, "tabindex", "-1");
    place.focus({ preventScroll: true });
    each("#lang [name=_language]", function (button) { mark(button, "form", form && "f"); });
    each("#lang [name=_next]", function (field) {
      field.value = form && form._next ? form._next.value : path + location.search;
    });
    each("nav a", function (link) {
      var href = link.getAttribute("href");
      mark(link, "aria-current", (href === path || (href !== "/" && path.indexOf(href + "/") === 0)) && "true");
    });
    ready();
  }
  function lost() {
    clearTimeout(slow);
    say(wait, data(wait, "lost"));
  }
  function ready() { each("[data-print]", function (button) { button.hidden = false; }); }

  on("input", function () { typed = Date.now(); });
  /* Browsers leave alone what they can see, even where a bar lies over it. */
  on("focusin", function (e) {
    if (d.querySelector(".bar:not(:empty)") && !e.target.closest(".bar")) e.target.scrollIntoView({ block: "nearest" });
  });
  on("click", function (e) { if (e.target.hasAttribute("data-print")) print(); });
  /* A button outside the main part (a language) wants a whole new page. */
  on("submit", function (e) {
    if (e.submitter && e.submitter.hasAttribute("formaction") && !id("main").contains(e.submitter)) e.stopPropagation();
  }, true);

  if (window.htmx) {
    Object.assign(htmx.config, {
      includeIndicatorStyles: false, allowEval: false, allowScriptTags: false, selfRequestsOnly: true,
      historyCacheSize: 0, refreshOnHistoryMiss: true,
      responseHandling: [{ code: "204", swap: false }, { code: "...", swap: true }]
    });
    mark(d.body, "hx-boost", "true");
    mark(d.body, "hx-target", "#main");
    mark(d.body, "hx-select", "#main");
    mark(d.body, "hx-swap", "outerHTML show:window:top");
    each("header, footer", function (part) { mark(part, "hx-boost", "false"); });

    on("htmx:beforeRequest", function () {
      clearTimeout(slow);
      slow = setTimeout(say, 1000, wait, data(wait, "wait"));
    });
    /* An answer that is not a page of ours (a broken line, a proxy) must not wipe what is there. */
    on("htmx:beforeSwap", function (e) {
      /* Nothing new. */
      if (e.detail.xhr.status === 204) { clearTimeout(slow); say(wait, ""); return; }
      if (e.detail.xhr.responseText.indexOf('id="main"') < 0) { e.detail.shouldSwap = false; lost(); }
    });
    on("htmx:sendError", lost);
    on("htmx:afterSettle", settle);
  }
  ready();
  if (idle) { touch(); clock = setInterval(tick, 5000); }
})();
