(function () {
  "use strict";
  var words = JSON.parse(document.body.dataset.words);
  var root = document.documentElement;
  var language = root.lang;

  function one(selector, within) { return (within || document).querySelector(selector); }
  function all(selector, within) { return Array.from((within || document).querySelectorAll(selector)); }
  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }
  var status = one("#status");
  function say(text) { status.textContent = text; }

  one(".controls").hidden = false;

  /* The bar's height decides where a linked part comes to rest. */
  var bar = one(".bar");
  function measure() { root.style.setProperty("--bar", bar.offsetHeight + 8 + "px"); }
  new ResizeObserver(measure).observe(bar);

  /* Light and dark */

  var theme = one("#theme");
  var system = window.matchMedia("(prefers-color-scheme: dark)");
  function remembered() { try { return localStorage.getItem("theme"); } catch (error) { return null; } }
  function remember(value) { try { localStorage.setItem("theme", value); } catch (error) { /* a page may have no memory */ } }
  function isDark() { return root.dataset.theme ? root.dataset.theme === "dark" : system.matches; }
  function showTheme() { theme.setAttribute("aria-pressed", String(isDark())); }
  if (remembered() === "dark" || remembered() === "light") { root.dataset.theme = remembered(); }
  theme.addEventListener("click", function () {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember(root.dataset.theme);
    showTheme();
  });
  system.addEventListener("change", showTheme);
  showTheme();

  /* Sorting: numbers and days by their value, symbols last, sums where they are */

  var collator = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
  function entry(row, index, column) {
    var cell = row.cells[column];
    var text = cell.textContent.trim();
    var value = cell.dataset.value;
    var isNothing = cell.hasAttribute("data-symbol") || !text || text === "–";
    return {
      row: row, index: index, rank: isNothing ? 2 : value === undefined ? 1 : 0,
      key: value === undefined ? text : isNaN(Number(value)) ? value : Number(value)
    };
  }
  function compare(one, other) {
    return typeof one === "number" && typeof other === "number" ? one - other : collator.compare(one, other);
  }
  function sort(table, rows, column, direction) {
    var sums = rows.filter(function (row) { return row.classList.contains("total"); });
    var body = rows.filter(function (row) { return !row.classList.contains("total"); });
    if (direction) {
      body = body.map(function (row, index) { return entry(row, index, column); })
        .sort(function (left, right) {
          return left.rank - right.rank
            || (left.rank < 2 ? direction * compare(left.key, right.key) : 0)
            || left.index - right.index;
        })
        .map(function (item) { return item.row; });
    }
    table.tBodies[0].append.apply(table.tBodies[0], body.concat(sums));
  }
  /* The order of heads follows from their spans. */
  function headColumns(table) {
    var lower = table.tHead.rows.length > 1 ? Array.from(table.tHead.rows[1].cells) : [];
    var columns = [];
    Array.from(table.tHead.rows[0].cells).forEach(function (cell) {
      if (cell.scope === "colgroup") { columns.push.apply(columns, lower.splice(0, cell.colSpan)); }
      else { columns.push(cell); }
    });
    return columns;
  }
  function makeSortable(table) {
    var original = Array.from(table.tBodies[0].rows);
    var title = one(".title", table.caption).textContent;
    var heads = headColumns(table);
    heads.forEach(function (head, column) {
      if (head.hasAttribute("data-fixed")) { return; }
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append.apply(button, Array.from(head.childNodes));
      var group = head.parentNode.rowIndex ? groupOf(table, column) : "";
      var name = group ? group + ": " + button.textContent : button.textContent;
      button.title = fill(words.sort_by, { name: name });
      head.append(button);
      button.addEventListener("click", function () {
        var now = head.getAttribute("aria-sort");
        var next = now === "ascending" ? "descending" : now === "descending" ? "" : "ascending";
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        if (next) { head.setAttribute("aria-sort", next); }
        sort(table, original, column, next === "ascending" ? 1 : next ? -1 : 0);
        announce(fill(next === "ascending" ? words.sorted_up : next ? words.sorted_down : words.sorted_not,
          { table: title, name: name }));
      });
    });
  }
  function groupOf(table, column) {
    var at = 0;
    var found = "";
    Array.from(table.tHead.rows[0].cells).forEach(function (cell) {
      if (column >= at && column < at + cell.colSpan && cell.scope === "colgroup") { found = cell.textContent; }
      at += cell.colSpan;
    });
    return found;
  }
  /* Sorting is told to screen readers only; the bar keeps the choice of region. */
  var quiet = document.createElement("div");
  quiet.className = "unseen";
  quiet.setAttribute("role", "status");
  quiet.id = "sorted";
  document.body.append(quiet);
  function announce(text) { quiet.textContent = text; }
  all("table[data-sortable]").forEach(makeSortable);

  /* The choice of a region, kept in the address: #region=RU-SVE&at=s-overview */

  var select = one("#region");
  var clear = one("#clear");
  var toPage = one("#to-page");
  function decoded(text) { try { return decodeURIComponent(text); } catch (error) { return ""; } }
  function state() {
    var found = { region: "", at: "" };
    location.hash.slice(1).split("&").forEach(function (part) {
      var pair = part.split("=");
      if (pair[0] === "region") { found.region = decoded(pair[1] || ""); }
      else if (pair[0] === "at") { found.at = decoded(pair[1] || ""); }
      else if (pair.length === 1) { found.at = decoded(part); }
    });
    return found;
  }
  function address(region, at) {
    if (!region) { return "#" + (at || "region="); }
    return "#region=" + region + (at ? "&at=" + encodeURIComponent(at) : "");
  }
  function isOf(row, region) { return (row.dataset.region || "").split(" ").indexOf(region) >= 0; }
  function filterTable(table, region, name) {
    var kept = 0;
    Array.from(table.tBodies[0].rows).forEach(function (row) {
      var shown = !region || isOf(row, region);
      kept += region && shown && !row.classList.contains("total") ? 1 : 0;
      row.hidden = !shown && !row.classList.contains("total");
    });
    var block = table.closest(".table");
    var none = one(".none", block);
    if (none) { none.remove(); }
    if (region && !kept) {
      none = document.createElement("p");
      none.className = "none";
      none.textContent = fill(words.no_rows, { name: name });
      one(".scroll", block).after(none);
    }
    return kept;
  }
  function filter(region) {
    var chosen = region && all("option", select).find(function (option) { return option.value === region; });
    region = chosen ? region : "";
    var name = chosen ? chosen.textContent : "";
    var rows = 0;
    var tables = 0;
    all("table[data-regions]").forEach(function (table) {
      var kept = filterTable(table, region, name);
      rows += kept;
      tables += kept ? 1 : 0;
    });
    var page = null;
    all("section[data-page]").forEach(function (section) {
      section.hidden = Boolean(region) && section.dataset.page !== region;
      if (region && !section.hidden) { page = section; }
    });
    all(".pages a").forEach(function (link) {
      var target = document.getElementById(link.hash.slice(1));
      link.parentNode.hidden = Boolean(target && target.hidden);
    });
    select.value = region;
    clear.hidden = !region;
    toPage.hidden = !page;
    if (page) {
      toPage.href = "#" + page.id;
      all("details.fold", page).forEach(function (fold) { fold.open = true; });
    }
    say(region ? fill(words.filtered, {
      name: name, rows: rows.toLocaleString(language), tables: tables.toLocaleString(language)
    }) : "");
    return region;
  }
  function reveal(at) {
    var target = at && document.getElementById(at);
    if (!target) { return; }
    var inside = one("details.fold", target);
    if (inside && inside.parentNode === target) { inside.open = true; }
    for (var part = target; part; part = part.parentElement) {
      if (part.tagName === "DETAILS") { part.open = true; }
    }
    target.scrollIntoView();
    if (!target.hasAttribute("tabindex")) { target.setAttribute("tabindex", "-1"); }
    target.focus({ preventScroll: true });
  }
  var region = "";
  function follow() {
    var wanted = state();
    var target = wanted.at && document.getElementById(wanted.at);
    var page = target && target.closest("section[data-page]");
    if (page && wanted.region && page.dataset.page !== wanted.region) { wanted.region = ""; }
    if (select) { region = filter(wanted.region); }
    reveal(wanted.at);
  }
  function go(newRegion, at) {
    var target = address(newRegion, at);
    if (location.hash === target) { follow(); return; }
    location.hash = target;
  }
  if (select) {
    select.addEventListener("change", function () { go(select.value, ""); });
    clear.addEventListener("click", function () { go("", ""); select.focus(); });
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("a[href^='#']") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    go(region, link.getAttribute("href").slice(1));
  });
  window.addEventListener("hashchange", follow);
  follow();

  /* Opening and closing, printing */

  var folds = all("details.fold");
  var openAll = one("#open-all");
  openAll.hidden = !folds.length;
  openAll.addEventListener("click", function () {
    var isOpening = openAll.textContent === openAll.dataset.open;
    folds.forEach(function (fold) { fold.open = isOpening; });
    openAll.textContent = isOpening ? openAll.dataset.close : openAll.dataset.open;
  });
  one("#print").addEventListener("click", function () { window.print(); });
  var closedBefore = [];
  window.addEventListener("beforeprint", function () {
    closedBefore = folds.filter(function (fold) { return !fold.open; });
    closedBefore.forEach(function (fold) { fold.open = true; });
  });
  window.addEventListener("afterprint", function () {
    closedBefore.forEach(function (fold) { fold.open = false; });
  });

  /* Wide tables and charts can be reached and moved with the keyboard, others are no stop. */

  function reach() {
    all(".scroll").forEach(function (box) {
      var isWide = box.scrollWidth > box.clientWidth + 1;
      if (isWide && box.tabIndex !== 0) {
        var title = one(".title", box.closest(".table, .chart"));
        box.tabIndex = 0;
        box.setAttribute("role", "region");
        box.setAttribute("aria-label", fill(words.scroll, { name: title.textContent }));
      } else if (!isWide && box.tabIndex === 0) {
        box.removeAttribute("tabindex");
        box.removeAttribute("role");
        box.removeAttribute("aria-label");
      }
    });
  }
  window.addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);
  reach();

  /* Contents: folded on a small screen, telling where one is on a large one */

  var small = window.matchMedia("(max-width: 68rem)");
  function foldContents() { one("#contents").open = !small.matches; }
  small.addEventListener("change", foldContents);
  foldContents();
  var links = all(".contents a");
  var seen = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (!entry.isIntersecting) { return; }
      links.forEach(function (link) {
        if (link.hash === "#" + entry.target.id) { link.setAttribute("aria-current", "true"); }
        else { link.removeAttribute("aria-current"); }
      });
    });
  }, { rootMargin: "-15% 0px -75% 0px" });
  links.forEach(function (link) {
    var target = document.getElementById(link.hash.slice(1));
    if (target) { seen.observe(target); }
  });
})();
