(function () {
  "use strict";
  var all = function (q, n) { return Array.prototype.slice.call((n || document).querySelectorAll(q)); };
  var filter = document.getElementById("filter"), find = document.getElementById("find");
  var only = document.getElementById("only"), shown = document.getElementById("shown");
  var findings = all(".finding"), rows = all("table.text tbody tr");
  var texts = new Map();
  findings.concat(rows).forEach(function (n) { texts.set(n, n.textContent.toLowerCase()); });
  filter.hidden = false;

  function apply() {
    var cats = new Set(all("input[name=cat]:checked").map(function (i) { return i.value; }));
    var every = cats.size === all("input[name=cat]").length;
    var words = find.value.toLowerCase().trim(), n = 0, m = 0;
    findings.forEach(function (f) {
      var on = cats.has(f.dataset.cat) && texts.get(f).indexOf(words) >= 0;
      f.hidden = !on;
      if (on) n++;
    });
    rows.forEach(function (r) {
      var mine = (r.dataset.cats || "").split(" ").filter(Boolean);
      var on = texts.get(r).indexOf(words) >= 0;
      if (only.checked && !r.classList.contains("has")) on = false;
      if (!every && only.checked && !mine.some(function (c) { return cats.has(c); })) on = false;
      r.hidden = !on;
      if (on) m++;
    });
    shown.textContent = (findings.length ? n + " of " + findings.length + " findings, " : "") + m + " of " + rows.length + " passages";
  }
  filter.addEventListener("input", apply);
  filter.addEventListener("submit", function (e) { e.preventDefault(); });

  // The steps of j and k: findings where there are any, else the rows that want a look.
  function steps() {
    var list = findings.length ? findings : all("table.text tr.has");
    return list.filter(function (n) { return !n.hidden && n.getClientRects().length; });
  }
  var here = null;
  function go(n) {
    if (!n) return;
    if (here) here.classList.remove("here");
    here = n;
    n.classList.add("here");
    n.setAttribute("tabindex", "-1");
    n.focus({ preventScroll: true });
    n.scrollIntoView({ block: "center" });
  }
  function step(d) {
    var list = steps(), i = list.indexOf(here);
    if (i < 0) { go(list[d > 0 ? 0 : list.length - 1]); return; }
    go(list[Math.min(Math.max(i + d, 0), list.length - 1)]);
  }
  function textOf(f) {
    var out = [f.querySelector(".badge").textContent + " " + f.querySelector(".cat").textContent + ": " + f.querySelector("h3").textContent.trim()];
    all(".sides tr", f).forEach(function (r) { out.push(r.cells[0].textContent.trim() + ": " + r.cells[1].textContent.trim()); });
    all(".evidence li", f).forEach(function (l) { out.push("- " + l.textContent); });
    return out.join("\n");
  }
  function copy(f) {
    var b = f.querySelector(".copy"), t = textOf(f);
    function done() { b.textContent = "Copied"; setTimeout(function () { b.textContent = "Copy"; }, 1500); }
    function old() {
      var a = document.createElement("textarea");
      a.value = t; document.body.appendChild(a); a.select();
      try { document.execCommand("copy"); done(); } finally { a.remove(); }
    }
    if (navigator.clipboard && navigator.clipboard.writeText) navigator.clipboard.writeText(t).then(done, old); else old();
  }
  findings.forEach(function (f) {
    var b = f.querySelector(".copy");
    b.hidden = false;
    b.addEventListener("click", function () { copy(f); });
  });
  document.addEventListener("keydown", function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) && e.target.type !== "checkbox") {
      if (e.key === "Escape") e.target.blur();
      return;
    }
    if (e.key === "j") step(1);
    else if (e.key === "k") step(-1);
    else if (e.key === "/") { e.preventDefault(); find.focus(); }
    else if (e.key === "f") all("details").forEach(function (d) { d.open = !d.open; });
    else if (e.key === "c" && here && here.classList.contains("finding")) copy(here);
  });
  // A link to a folded finding opens the fold.
  function open() {
    var n = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!n) return;
    var d = n.closest("details");
    if (d) { d.open = true; n.scrollIntoView(); }
  }
  window.addEventListener("hashchange", open);
  window.addEventListener("beforeprint", function () { all("details").forEach(function (d) { d.open = true; }); });
  apply();
  open();
})();
