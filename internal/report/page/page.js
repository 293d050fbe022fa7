(function () {
  "use strict";
  var all = function (q, n) { return Array.prototype.slice.call((n || document).querySelectorAll(q)); };
  var byId = function (id) { return document.getElementById(id); };
  var filter = byId("filter"), find = byId("find"), only = byId("only"), shown = byId("shown");
  var version = byId("version"), help = byId("help"), said = filter ? filter.dataset : {};
  var findings = all(".finding"), chunks = all(".chunk");
  var rows = chunks.map(function (c) { return all("tbody tr", c); });
  var total = rows.reduce(function (n, r) { return n + r.length; }, 0);
  document.documentElement.classList.add("js");

  // Texts in lower case, read when something is first looked for.
  var texts = null;
  function textOf(n) { return texts.get(n); }
  function readTexts() {
    if (texts) return;
    texts = new Map();
    var read = function (n) { texts.set(n, n.textContent.toLowerCase()); };
    findings.forEach(read);
    rows.forEach(function (list) { list.forEach(read); });
  }

  function chosen(name) {
    var boxes = all("input[name=" + name + "]"), set = new Set(), every = true;
    boxes.forEach(function (b) { if (b.checked) set.add(b.value); else every = false; });
    return every ? null : set;
  }
  function show(n, on) { if (n.hidden === on) n.hidden = !on; return on; }

  function apply() {
    var cats = chosen("cat"), sevs = chosen("sev"), v = version ? version.value : "";
    var word = find ? find.value.toLowerCase().trim() : "", n = 0, m = 0;
    if (word) readTexts();
    var told = new Set();
    findings.forEach(function (f) {
      var d = f.dataset;
      var on = (!cats || cats.has(d.cat)) && (!sevs || sevs.has(d.sev)) &&
        (!v || (" " + d.versions + " ").indexOf(" " + v + " ") >= 0) && (!word || textOf(f).indexOf(word) >= 0);
      if (show(f, on)) { n++; told.add(f.id); }
    });
    var narrowed = cats || sevs || v;
    chunks.forEach(function (c, i) {
      var mine = 0;
      rows[i].forEach(function (r) {
        var on = !word || textOf(r).indexOf(word) >= 0;
        if (on && only && only.checked) {
          on = r.classList.contains("has");
          if (on && narrowed) on = all(".ref", r).some(function (a) { return told.has(a.getAttribute("href").slice(1)); });
        }
        if (show(r, on)) mine++;
      });
      show(c, mine > 0);
      c.style.containIntrinsicBlockSize = "auto " + (5 * mine + 3) + "rem";
      m += mine;
    });
    var of = function (a, b) { return said.of.replace("{0}", a).replace("{1}", b); };
    if (shown) shown.textContent = (findings.length ? said.findings.replace("{}", of(n, findings.length)) + " · " : "") + said.passages.replace("{}", of(m, total));
  }
  if (filter) {
    filter.hidden = false;
    filter.addEventListener("input", apply);
    filter.addEventListener("submit", function (e) { e.preventDefault(); });
    var tall = function () { document.documentElement.style.setProperty("--bar", filter.offsetHeight + "px"); };
    tall();
    window.addEventListener("resize", tall);
  }

  // Steps go through the findings, or through the rows that want a look where
  // a page has no findings.
  var stops = findings.length ? findings : all("table.text tr.has"), here = -1;
  function stands(n) {
    if (n.hidden || n.closest("[hidden]")) return false;
    var fold = n.closest("details.fold");
    return !fold || fold.open;
  }
  function mark(i) {
    if (here >= 0) stops[here].classList.remove("here");
    here = i;
    stops[i].classList.add("here");
    stops[i].setAttribute("tabindex", "-1");
  }
  function go(n) {
    n.focus({ preventScroll: true });
    n.scrollIntoView({ block: "start" });
  }
  function step(d) {
    for (var i = here < 0 && d < 0 ? stops.length - 1 : here + d; i >= 0 && i < stops.length; i += d) {
      if (!stands(stops[i])) continue;
      mark(i);
      go(stops[i]);
      return;
    }
  }
  // A click in a finding or the focus on it makes it the one that keys act on.
  document.addEventListener("focusin", function (e) {
    var n = e.target.closest && e.target.closest(findings.length ? ".finding" : "tr.has");
    var i = n ? stops.indexOf(n) : -1;
    if (i >= 0 && i !== here) mark(i);
  });

  function plain(f) {
    var out = [f.querySelector(".badge").textContent + ", " + f.querySelector(".cat").textContent + ": " + f.querySelector("h3").textContent.trim()];
    all(".sides > div", f).forEach(function (r) { out.push(r.firstElementChild.textContent.trim() + ": " + r.lastElementChild.textContent.trim()); });
    all(".evidence li", f).forEach(function (l) { out.push("- " + l.textContent); });
    out.push("[" + f.id.slice(2) + "]");
    return out.join("\n");
  }
  function toClipboard(text, button) {
    var was = button && button.textContent;
    function done() {
      if (!button) return;
      button.textContent = said.copied;
      setTimeout(function () { button.textContent = was === said.copied ? said.copy : was; }, 1500);
    }
    function old() {
      var a = document.createElement("textarea"), focus = document.activeElement;
      a.value = text; document.body.appendChild(a); a.select();
      try { if (document.execCommand("copy")) done(); } finally { a.remove(); if (focus) focus.focus({ preventScroll: true }); }
    }
    if (navigator.clipboard && navigator.clipboard.writeText) navigator.clipboard.writeText(text).then(done, old); else old();
  }

  // Waived findings are gathered as lines for the waiver file.
  var waivers = byId("waivers"), lines = new Map();
  function waive(f) {
    var on = !lines.has(f), b = f.querySelector("[data-do=waive]");
    if (on) lines.set(f, f.id.slice(2) + "  # " + f.querySelector(".cat").textContent + ": " + f.querySelector("h3").textContent.trim().replace(/\s+/g, " "));
    else lines.delete(f);
    f.classList.toggle("waived", on);
    b.setAttribute("aria-pressed", String(on));
    b.textContent = on ? said.waived : said.waive;
    waivers.hidden = lines.size === 0;
    var box = waivers.querySelector("textarea");
    box.value = findings.filter(function (g) { return lines.has(g); }).map(function (g) { return lines.get(g) + "\n"; }).join("");
    box.rows = Math.min(Math.max(lines.size + 1, 3), 12);
  }
  document.addEventListener("click", function (e) {
    var b = e.target.closest && e.target.closest("[data-do]");
    if (!b) return;
    if (b.dataset.do === "copy-waivers") { toClipboard(waivers.querySelector("textarea").value, b); return; }
    var f = b.closest(".finding");
    if (b.dataset.do === "copy") toClipboard(plain(f), b);
    else if (b.dataset.do === "waive") waive(f);
  });

  function foldAll() {
    var folds = all("details"), shut = folds.some(function (d) { return !d.open; });
    folds.forEach(function (d) { d.open = shut; });
  }
  // t goes from a finding to its place in the text and back to the finding.
  function there() {
    var row = document.activeElement && document.activeElement.closest("table.text tr");
    if (row) {
      var ref = row.querySelector(".ref"), f = ref && byId(ref.getAttribute("href").slice(1));
      if (here >= 0 && all(".ref", row).some(function (a) { return a.getAttribute("href") === "#" + stops[here].id; })) f = stops[here];
      if (f) { unfold(f); mark(stops.indexOf(f)); go(f); }
    } else if (here >= 0 && findings.length) {
      var n = byId(stops[here].querySelector(".foot a").getAttribute("href").slice(1));
      if (!n) return;
      if (n.hidden) { find.value = ""; only.checked = false; apply(); }
      n.setAttribute("tabindex", "-1");
      go(n);
    }
  }
  function openHelp() { if (help && !help.open) help.showModal(); }
  if (byId("keys")) byId("keys").addEventListener("click", openHelp);
  document.addEventListener("keydown", function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey || help && help.open) return;
    var t = e.target;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(t.tagName) && t.type !== "checkbox") {
      if (e.key === "Escape") { if (t === find && find.value) { find.value = ""; apply(); } else t.blur(); }
      return;
    }
    var f = here >= 0 && stops[here].classList.contains("finding") ? stops[here] : null;
    switch (e.key) {
    case "j": case "n": step(1); break;
    case "k": case "p": step(-1); break;
    case "/": if (find) { e.preventDefault(); find.focus(); find.select(); } break;
    case "?": e.preventDefault(); openHelp(); break;
    case "f": if (f) { var d = f.querySelector("details"); d.open = !d.open; } break;
    case "F": foldAll(); break;
    case "c": if (f) toClipboard(plain(f), f.querySelector("[data-do=copy]")); break;
    case "w": if (f) waive(f); break;
    case "t": there(); break;
    }
  });

  // A link to something folded or filtered away shows it.
  function unfold(n) {
    for (var d = n.closest("details"); d; d = d.parentElement && d.parentElement.closest("details")) d.open = true;
  }
  function follow() {
    var n = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
    if (!n) return;
    if (n.closest("[hidden]") && filter) { filter.reset(); apply(); }
    unfold(n);
    n.scrollIntoView({ block: "start" });
    var i = stops.indexOf(n);
    if (i >= 0) mark(i);
  }
  window.addEventListener("hashchange", follow);
  if (filter) apply();
  follow();
})();
