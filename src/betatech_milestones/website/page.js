"use strict";
// Every page for its reader's day: what is known by then, how it stands, and how long ago that was.
// On the overview also the list of all milestones, from an index that is loaded when it is wanted.
// No standing is decided here: it is looked up in the courses that the pages and the index hold.
// WORDS stand before this, in all languages.
(() => {
  const page = document.documentElement;
  const words = WORDS[page.lang];
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const root = new URL(".", document.currentScript.src);
  const published = /^https?:$/.test(location.protocol);

  // --- days ------------------------------------------------------------------------------------

  const DAY_MS = 86_400_000;
  const plurals = new Intl.PluralRules(page.lang);
  const numberOf = (day) => Date.parse(day) / DAY_MS;
  const dayOf = (number) => new Date(number * DAY_MS).toISOString().slice(0, 10);

  const inFigures = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, words.thousands);

  function today() {
    const parts = new Intl.DateTimeFormat("en", {
      timeZone: page.dataset.zone, year: "numeric", month: "2-digit", day: "2-digit",
    }).formatToParts(new Date());
    const part = (type) => parts.find((one) => one.type === type).value;
    return `${part("year")}-${part("month")}-${part("day")}`;
  }

  function inWords(day) {
    const { first, day: form, months } = words.days;
    const [year, month, number] = day.split("-").map(Number);
    return (number === 1 ? first : form)
      .replace("{day}", number)
      .replace("{month}", months[month - 1])
      .replace("{year}", year);
  }

  // The time from one day to another as people say it (as `Voice.age` does).
  function inSpan(first, last) {
    const { spans } = words;
    const days = numberOf(last) - numberOf(first);
    const [[y1, m1, d1], [y2, m2, d2]] = [first, last].map((day) => day.split("-").map(Number));
    const months = 12 * (y2 - y1) + m2 - m1 - (d2 < d1);
    const inUnits = (number, forms) =>
      (forms[plurals.select(number)] ?? forms.other).replace("{number}", number);
    if (days < 14) return inUnits(days, spans.day);
    if (months < 2) return inUnits(Math.trunc(days / 7), spans.week);
    if (months < 24) return inUnits(months, spans.month);
    const years = inUnits(Math.trunc(months / 12), spans.year);
    return months % 12 ? spans.over.replace("{age}", years) : years;
  }

  function withAge(text, key, counted, day) {
    if (!counted) return text;
    const [first, last] = key === "upcoming" ? [day, counted] : [counted, day];
    return text.replace("{age}", inSpan(first, last));
  }

  // --- what any page holds from day to day -----------------------------------------------------

  // SVG has no `hidden`.
  function hide(element, isHidden) {
    if (!(element instanceof SVGElement)) element.hidden = isHidden;
    else if (isHidden) element.setAttribute("visibility", "hidden");
    else element.removeAttribute("visibility");
  }

  const dated = all("[data-from], [data-until]");
  const courses = all("[data-course]").map((sign) => ({
    sign,
    course: JSON.parse(sign.dataset.course),
    isRow: sign.classList.contains("row"),
  }));
  const charts = all(".chart[data-first]");

  function tell(day) {
    for (const element of dated) {
      const { from, until } = element.dataset;
      hide(element, from > day || until < day);
    }
    for (const { sign, course, isRow } of courses) {
      const turn = course.findLast(([from]) => from <= day);
      if (!turn) continue;
      const [, key, counted, how] = turn;
      sign.setAttribute("class", `${isRow ? "row" : "how"} ${key}`);
      if (how) sign.textContent = withAge(how, key, counted, day);
    }
    for (const time of all("time[data-age]")) {
      const key = time.closest(".upcoming") ? "upcoming" : "";
      time.textContent = withAge(time.dataset.age, key, time.dateTime, day);
    }
    for (const chart of charts) markDay(chart, day);
    for (const time of all("[data-day-of-reader]")) {
      time.textContent = inWords(day);
      time.dateTime = day;
    }
  }

  // Where the day is in a picture, and how long what is over by then has been so.
  function markDay(chart, day) {
    const [first, last, now] = [chart.dataset.first, chart.dataset.last, day].map(numberOf);
    const x = (100 * (now - first + 0.5)) / (last - first + 1);
    const outside = x < 0 || x > 100;
    for (const mark of all(".today", chart)) {
      hide(mark, outside);
      mark.setAttribute("x", `${x.toFixed(2)}%`);
    }
    for (const line of all(".day-line", chart)) line.hidden = outside;
    for (const line of all(".day-outside", chart)) line.hidden = !outside;
    for (const lag of all(".lag", chart)) {
      const width = Math.min(x, 100) - Number.parseFloat(lag.getAttribute("x"));
      lag.setAttribute("width", `${Math.max(0, width).toFixed(2)}%`);
    }
  }

  // The first day that a page can tell: of what was over by then it knows nothing.
  const known = page.dataset.known ?? "";

  function askedDay() {
    const asked = new URLSearchParams(location.search).get("as-of") ?? "";
    const isDay = /^\d{4}-\d\d-\d\d$/.test(asked) && !Number.isNaN(Date.parse(asked));
    return isDay && dayOf(numberOf(asked)) === asked && asked >= known ? asked : "";
  }

  // What a reader chose goes along to the same page in another language, and up.
  const alike = all("a.other, .crumbs a").map((link) => [link, link.getAttribute("href")]);
  function keep(query) {
    for (const [link, path] of alike) link.href = path + query;
  }

  // --- the index: all milestones in columns ----------------------------------------------------

  const NO_DAY = 2_932_897; // the day after the last of all days

  function unpack({ keys, clusters, sectors, bodies, measures, milestones, ...shared }) {
    const { dates, sayings, turns, statements } = shared;
    const count = milestones.ids.length;
    const measureOf = new Int32Array(count);
    const turnsFrom = new Int32Array(count + 1);
    const days = Int32Array.from(turns.days);
    let next = 0;
    measures.milestones.forEach((number, measure) => {
      measureOf.fill(measure, next, (next += number));
    });
    for (let i = 0; i < count; i += 1) {
      turnsFrom[i + 1] = turnsFrom[i] + turns.counts[i];
      for (let turn = turnsFrom[i] + 1; turn < turnsFrom[i + 1]; turn += 1) {
        days[turn] += days[turn - 1];
      }
    }
    return {
      keys, clusters, sectors, bodies, measures, milestones, dates, statements,
      sayings: { keys: Int32Array.from(sayings.keys), texts: sayings.texts },
      saying: Int32Array.from(turns.sayings),
      date: Int32Array.from(turns.dates),
      count, measureOf, turnsFrom, days,
      turn: new Int32Array(count), // which of them holds on the day; -1: nobody knew of it
      order: new Int32Array(), // those of which one knew, the most pressing first
      texts: null, // what is looked for in them
    };
  }

  // Let every milestone stand as it does on a day, in the order of a report.
  function stand(index, day) {
    const number = numberOf(day);
    const { count, turnsFrom, days, turn, saying, date, sayings, dates } = index;
    const ranks = new Float64Array(count);
    let known = 0;
    for (let i = 0; i < count; i += 1) {
      let at = turnsFrom[i + 1] - 1;
      while (at >= turnsFrom[i] && days[at] > number) at -= 1;
      turn[i] = at < turnsFrom[i] ? -1 : at;
      if (turn[i] < 0) continue;
      const last = dates.last[date[at]] ?? NO_DAY;
      ranks[known++] = ((sayings.keys[saying[at]] * 4 + 1) * 1_000_000 + last) * count + i;
    }
    index.order = Int32Array.from(ranks.subarray(0, known).sort(), (rank) => rank % count);
  }

  const keyOf = (index, i) => index.keys[index.sayings.keys[index.saying[index.turn[i]]]];
  const lastDay = (index, i) => index.dates.last[index.date[index.turn[i]]] ?? NO_DAY;

  function toldOf(index, i, day) {
    const date = index.date[index.turn[i]];
    const key = keyOf(index, i);
    const first = key === "upcoming" ? index.dates.first[date] : null;
    const counted = first ?? index.dates.last[date] ?? null;
    const text = index.sayings.texts[index.saying[index.turn[i]]];
    return text.includes("{age}") ? withAge(text, key, dayOf(counted), day) : text;
  }

  function answering(index, i, day) {
    const handed = index.milestones.bodies[i];
    if (!handed) return index.measures.bodies[index.measureOf[i]];
    return handed.findLast(([from]) => from <= numberOf(day))[1];
  }

  const ENDED = ["met", "dropped", "replaced", "fact"];

  function isQuiet(index, i, day) {
    const [since, until] = index.milestones.snoozes[i] ?? [];
    const isSnoozed = since <= numberOf(day) && numberOf(day) <= until;
    return isSnoozed && !ENDED.includes(keyOf(index, i));
  }

  // --- finding in it ---------------------------------------------------------------------------

  const plain = (text) =>
    /[^\0-\x7f]/.test(text)
      ? text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
      : text.toLowerCase();

  // Many texts as one, in which a word is found at once, and where each of them begins.
  function joined(texts) {
    const starts = new Int32Array(texts.length + 1);
    texts.forEach((text, n) => { starts[n + 1] = starts[n] + text.length + 1; });
    return { text: texts.join("\n"), starts };
  }

  function whereFound({ text, starts }, word, mark) {
    let n = 0;
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, starts[n + 1])) {
      while (starts[n + 1] <= at) n += 1;
      mark(n);
      if (n + 2 === starts.length) break;
    }
  }

  // What is looked for in a milestone, and in its measure for all of them at once.
  function readable({ measures, milestones, measureOf, turnsFrom, date, ...index }) {
    const said = index.dates.said.map(plain);
    const names = index.bodies.map(([, name]) => plain(name));
    const ofMeasures = measures.ids.map((id, at) =>
      [
        plain(`${id}\n${measures.titles[at]}\n${measures.codes[at] ?? ""}`),
        plain(index.clusters[measures.clusters[at]]?.[1] ?? ""),
        ...measures.sectors[at].map((one) => plain(index.sectors[one][1])),
        ...measures.bodies[at].map((one) => names[one]),
      ].join("\n"));
    const ofMilestones = milestones.ids.map((id, i) => {
      let text = plain(`${measures.ids[measureOf[i]]}/${id}\n${milestones.titles[i]}`);
      if (milestones.codes[i]) text += `\n${plain(milestones.codes[i])}`;
      for (const one of milestones.bodies[i]?.flatMap(([, those]) => those) ?? []) {
        text += `\n${names[one]}`;
      }
      let before = -1;
      for (let turn = turnsFrom[i]; turn < turnsFrom[i + 1]; turn += 1) {
        if (date[turn] !== before && date[turn] >= 0) text += `\n${said[date[turn]]}`;
        before = date[turn];
      }
      return text;
    });
    return {
      measures: joined(ofMeasures),
      milestones: joined(ofMilestones),
      hits: new Map(), // of the words that were looked for last
    };
  }

  // Which milestones have a word, in what they or their measures are called.
  function hitsOf(index, word) {
    const hits = new Uint8Array(index.count);
    const { measureOf, texts } = index;
    const measures = new Uint8Array(index.measures.ids.length);
    whereFound(texts.measures, word, (at) => { measures[at] = 1; });
    for (let i = 0; i < hits.length; i += 1) hits[i] = measures[measureOf[i]];
    whereFound(texts.milestones, word, (i) => { hits[i] = 1; });
    return hits;
  }

  // What a milestone has to be a part of; it may be a part of other measures besides its own.
  function within(index, { cluster, sector, body }) {
    const { measures, milestones, measureOf } = index;
    const place = (those, wanted) => those.findIndex(([id]) => id === wanted);
    const shared = (test) => (i) =>
      test(measureOf[i]) || (milestones.also[i]?.some(test) ?? false);
    const tests = [];
    if (cluster) {
      const wanted = place(index.clusters, cluster);
      tests.push(shared((at) => measures.clusters[at] === wanted));
    }
    if (sector) {
      const wanted = place(index.sectors, sector);
      tests.push(shared((at) => measures.sectors[at].includes(wanted)));
    }
    if (body) {
      const wanted = place(index.bodies, body);
      tests.push((i) =>
        milestones.bodies[i]?.some(([, those]) => those.includes(wanted)) ??
        measures.bodies[measureOf[i]].includes(wanted));
    }
    return tests;
  }

  function find(index, { q, status, ...part }) {
    const words_ = plain(q).split(/\s+/).filter(Boolean);
    if (words_.length) {
      index.texts ??= readable(index);
      const { hits } = index.texts;
      index.texts.hits = new Map(
        words_.map((word) => [word, hits.get(word) ?? hitsOf(index, word)]));
    }
    const hits = words_.map((word) => index.texts.hits.get(word));
    const tests = within(index, part);
    const key = index.keys.indexOf(status);
    const { order, sayings, saying, turn } = index;
    if (!hits.length && !tests.length && key < 0) return order;
    const found = new Int32Array(order.length);
    let number = 0;
    for (const i of order) {
      if (
        (key < 0 || sayings.keys[saying[turn[i]]] === key) &&
        hits.every((hit) => hit[i]) &&
        tests.every((test) => test(i))
      ) found[number++] = i;
    }
    return found.subarray(0, number);
  }

  // --- the overview ----------------------------------------------------------------------------

  const finder = document.querySelector(".finder");
  const NATURAL = 60; // so many rows stand on the page as they are; more scroll in a box
  const PRINTED = 1_000;
  const SPARE = 8; // rows that are drawn beyond what is in sight

  function row(index, i, day, query) {
    const { milestones, measures, measureOf, dates, date, turn } = index;
    const at = measureOf[i];
    const item = document.getElementById("line").content.firstElementChild.cloneNode(true);
    const part = (name) => item.querySelector(name);
    const put = (place, text, language) => {
      place.textContent = text;
      if (language) place.lang = language;
    };
    const link = part("a");
    const path = finder.dataset.page.replace("{id}", measures.ids[at]);
    link.href = `${path}${query}#${milestones.ids[i]}`;
    put(link.firstChild, milestones.titles[i], milestones.languages[i]);
    put(part(".of").firstChild, measures.titles[at], measures.languages[at]);
    const names = answering(index, i, day).map((one) => {
      const name = document.createElement("bdi");
      name.textContent = index.bodies[one][1];
      return name;
    });
    part(".who").append(...names.flatMap((name, n) => (n ? [", ", name] : [name])));
    if (!names.length) part(".who").textContent = words.nobody;
    const due = date[turn[i]];
    if (due >= 0) {
      const said = document.createElement("bdi");
      said.textContent = dates.said[due];
      part(".when").append(said);
    }
    const how = part(".how");
    how.className = `how ${keyOf(index, i)}`;
    how.textContent = toldOf(index, i, day);
    const snooze = part(".snooze");
    if (isQuiet(index, i, day)) snooze.textContent = milestones.snoozes[i][2];
    else snooze.remove();
    return item;
  }

  // How fresh is what is told. What is only read on a day, as it bears none, may be much older.
  function freshOf(index, day) {
    const { days, said, undated } = index.statements;
    const newest = days.findLastIndex((one) => one <= numberOf(day));
    if (newest < 0) return "";
    const dated = days.findLastIndex((_, at) => at <= newest && !undated.includes(at));
    if (dated === newest) return words.fresh.replace("{day}", said[newest]);
    const read = words[dated < 0 ? "fresh undated" : "fresh dated"].replace("{read}", said[newest]);
    return read.replace("{day}", said[dated]);
  }

  // What stands above the list, for another day than the one on which the page was made.
  function tellOverview(index, day, query) {
    const groups = Object.fromEntries(index.keys.map((key) => [key, []]));
    for (const i of index.order) groups[keyOf(index, i)].push(i);
    const draw = (list, found) =>
      list.replaceChildren(...found.map((i) => row(index, i, day, query)));

    for (const tile of all(".counts li")) {
      const { length } = groups[tile.dataset.status];
      tile.querySelector("b").textContent = inFigures(length);
      tile.hidden = !length;
    }
    const alerts = all(".alert");
    const loud = alerts.map(({ dataset }) =>
      groups[dataset.status].filter((i) => !isQuiet(index, i, day)));
    const most = Number(document.querySelector("[aria-labelledby=attention]").dataset.most);
    let left = most - loud.filter(({ length }) => length).length;
    alerts.forEach((alert, n) => {
      const { length } = groups[alert.dataset.status];
      const shown = loud[n].slice(0, 1 + left);
      left -= Math.max(shown.length - 1, 0);
      draw(alert.querySelector("ol"), shown);
      alert.querySelector(".all").textContent = words.all.replace("{count}", inFigures(length));
      alert.hidden = !length;
    });

    const coming = [...groups.due, ...groups.upcoming].sort(
      (a, b) => lastDay(index, a) - lastDay(index, b) || a - b);
    const soon = coming.filter((i) => lastDay(index, i) <= numberOf(day) + words.soon).length;
    const list = document.querySelector(".coming");
    draw(list, coming.slice(0, Number(list.dataset.most)));
    document.querySelector("#next ~ .calm").hidden = coming.length > 0;
    document.querySelector(".soon").hidden = !soon;
    document.querySelector(".soon b").textContent = inFigures(soon);
    document.querySelector("#attention ~ .calm").hidden =
      soon > 0 || alerts.some((alert) => !alert.hidden);

    document.querySelector(".fresh").textContent = freshOf(index, day);
    document.querySelector(".tally").hidden = day !== page.dataset.built;
  }

  // The rows of a long list, as far as they are in sight. All are equally high there.
  function scroller(box, make) {
    const list = box.querySelector("ol");
    let found = [];
    let drawn = new Map();
    let everything = false; // on paper
    let sizes = null; // of a row, and of what is in sight: known from the first drawing on

    function draw() {
      const scrolls = found.length > NATURAL && !everything;
      if (box.classList.toggle("scrolls", scrolls)) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
      if (scrolls && !sizes) {
        put(0, 1);
        const row = list.firstElementChild.getBoundingClientRect().height;
        sizes = { row, view: Math.ceil(box.clientHeight / row) };
      }
      const { row, view } = scrolls ? sizes : { row: 0, view: found.length };
      const first = scrolls ? Math.max(0, Math.floor(box.scrollTop / row) - SPARE) : 0;
      put(first, Math.min(found.length, first + view + 2 * SPARE));
      list.style.blockSize = scrolls ? `${found.length * row}px` : "";
      list.style.paddingBlockStart = scrolls ? `${first * row}px` : "";
    }

    function put(first, last) {
      const wanted = new Map();
      for (let at = first; at < last; at += 1) {
        const item = drawn.get(at) ?? make(found[at]);
        item.setAttribute("aria-posinset", at + 1);
        item.setAttribute("aria-setsize", found.length);
        wanted.set(at, item);
      }
      for (const [at, item] of drawn) if (!wanted.has(at)) item.remove();
      let before = null;
      for (const item of wanted.values()) {
        const place = before ? before.nextSibling : list.firstChild;
        if (place !== item) list.insertBefore(item, place); // what is in place keeps the focus
        before = item;
      }
      drawn = wanted;
    }

    function show(those) {
      found = those;
      list.replaceChildren();
      drawn = new Map();
      box.scrollTop = 0;
      draw();
    }

    box.addEventListener("scroll", draw, { passive: true });
    addEventListener("resize", () => {
      sizes = null;
      if (found.length) draw();
    });
    addEventListener("beforeprint", () => {
      everything = found.length <= PRINTED;
      draw();
    });
    addEventListener("afterprint", () => {
      everything = false;
      draw();
    });
    return show;
  }

  function overview() {
    const form = finder.querySelector("form");
    const result = form.querySelector("output");
    const fields = [...form.elements].filter((field) => field.name);
    const box = finder.querySelector(".list");
    const { built } = page.dataset;
    let index = null;
    let loading = null;
    let now = today();
    let told = built;
    let query = "";
    const show = scroller(box, (i) => row(index, i, told, query));

    const value = (name) => form.elements[name].value;
    const chosenDay = () => value("as-of") || now;

    function load() {
      loading ??= fetch(finder.dataset.index)
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
        .then((document_) => {
          index = unpack(document_);
          offer();
          update({ anew: true });
          setTimeout(() => { index.texts ??= readable(index); }); // so that no key waits for it
        })
        .catch(() => {
          loading = null; // who asks again may have more luck
          result.textContent = words["list failed"];
        });
      if (!index) result.textContent ||= words["list loads"];
      return loading;
    }

    // Who ever answered for anything: others are only the authors of sources.
    function answerers() {
      const handed = Object.values(index.milestones.bodies).flat().map(([, those]) => those);
      const found = new Set([...index.measures.bodies, ...handed].flat());
      return index.bodies.filter((_, at) => found.has(at));
    }

    // What a list can be narrowed to, and what of that the address asks for.
    function offer() {
      for (const name of ["cluster", "sector", "body"]) {
        const select = form.elements[name];
        const those = { cluster: index.clusters, sector: index.sectors, body: answerers() }[name];
        for (const [id, title] of those) {
          const option = new Option(title, id);
          option.dir = "auto";
          select.append(option);
        }
        select.closest("label").hidden = !those.length;
        take(select);
      }
      form.querySelector(".choices").hidden = false;
      form.querySelector("[type=reset]").hidden = false;
      form.querySelector(".show").hidden = true;
      box.hidden = false;
    }

    // Fill a field from the address; what that cannot mean is left out.
    let asked = new URLSearchParams(location.search);
    function take(field) {
      field.value = field.name === "as-of" ? askedDay() || now : asked.get(field.name) ?? "";
      if (field.selectedIndex === -1) field.value = "";
    }

    function update({ anew = false } = {}) {
      const field = form.elements["as-of"];
      const before = now;
      now = today();
      if (field.value === before) field.value = now;
      const day = chosenDay();
      if (day === built) document.getElementById("built")?.remove();
      if (!index) {
        keep(location.search);
        if (day !== built || asked.size || value("q")) load();
        return;
      }
      const wanted = new URLSearchParams();
      for (const { name, value: chosen } of fields) {
        if (chosen && !(name === "as-of" && chosen === now)) wanted.set(name, chosen);
      }
      const search = wanted.size ? `?${wanted}` : "";
      if (search !== location.search) {
        history.replaceState(null, "", location.pathname + search + location.hash);
      }
      keep(search);
      query = day === now ? "" : `?as-of=${day}`;
      if (anew || day !== told) {
        told = day;
        document.getElementById("built")?.remove();
        stand(index, day);
        tell(day);
        tellOverview(index, day, query);
      }
      const found = find(index, Object.fromEntries(fields.map(({ name }) => [name, value(name)])));
      show(found);
      result.textContent = words.hits
        .replace("{shown}", inFigures(found.length))
        .replace("{all}", inFigures(index.order.length));
    }

    form.addEventListener("input", () => update());
    form.addEventListener("focusin", ({ target }) => target.name && load());
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      for (const field of fields) field.value = field.name === "as-of" ? now : "";
      update();
    });
    form.querySelector(".show").addEventListener("click", async () => {
      await load();
      finder.querySelector("h2").focus();
    });
    // The counts lead to the list that they count.
    addEventListener("click", (event) => {
      const link = event.target.closest?.('a[href^="?status="]');
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      asked = new URLSearchParams();
      for (const field of fields) if (field.name !== "as-of") field.value = "";
      form.elements.status.value = new URLSearchParams(link.search).get("status");
      location.hash = "milestones";
      finder.querySelector("h2").focus();
      update();
      load();
    });
    // A page that is left open overnight.
    document.addEventListener("visibilitychange", () => document.hidden || update());

    finder.querySelector(".without").remove();
    form.hidden = false;
    fields.forEach(take);
    update();
    if ("eager" in finder.dataset) {
      const watch = new IntersectionObserver(
        ([{ isIntersecting }]) => {
          if (!isIntersecting) return;
          watch.disconnect();
          load();
        },
        { rootMargin: "400px" },
      );
      watch.observe(finder);
    }
  }

  if (finder) {
    overview();
    tell(page.dataset.built);
  } else {
    const follow = () => tell([askedDay() || today(), known].sort().at(-1));
    keep(askedDay() ? `?as-of=${askedDay()}` : "");
    follow();
    document.addEventListener("visibilitychange", () => document.hidden || follow());
  }

  // --- calendars -------------------------------------------------------------------------------

  const to = {
    webcal: ({ webcal }) => webcal,
    google: ({ webcal }) =>
      `https://calendar.google.com/calendar/r?cid=${encodeURIComponent(webcal)}`,
    outlook: (feed) => `https://outlook.live.com/calendar/${addFromWeb(feed)}`,
    "outlook-work": (feed) => `https://outlook.office.com/calendar/${addFromWeb(feed)}`,
  };
  const addFromWeb = ({ https, name }) =>
    `0/addfromweb?url=${encodeURIComponent(https)}&name=${encodeURIComponent(name)}`;
  const asWebcal = (address) => address.replace(/^https?/, "webcal");

  if (published) {
    for (const link of all("a[data-feed]")) {
      if (!link.href.startsWith("webcal:")) {
        link.href = asWebcal(new URL(link.dataset.feed, location).href);
        link.hidden = false;
      }
    }
    document.getElementById("no-address")?.remove();
  }
  for (const item of all(".feeds > li")) {
    const address = item.querySelector(".address");
    const button = item.querySelector("button");
    if (address.textContent !== address.href && published) {
      const feed = {
        https: address.href,
        webcal: asWebcal(address.href),
        name: item.querySelector("h3").textContent,
      };
      address.textContent = feed.https;
      for (const link of all("[data-to]", item)) {
        link.href = to[link.dataset.to](feed);
        link.hidden = false;
      }
    }
    button.hidden = address.textContent !== address.href || !navigator.clipboard;
    const label = button.textContent;
    button.ariaLive = "polite";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(address.href);
      button.textContent = words.copied;
      setTimeout(() => { button.textContent = label; }, 2000);
    });
  }

  // --- the line of a milestone in the data file, for who mends it -------------------------------

  let lines = null;
  async function addLine({ target }) {
    const link = target.closest?.("a[data-line]");
    if (!link || link.hash) return;
    lines ??= fetch(new URL("lines.json", root)).then((answer) => answer.json()).catch(() => ({}));
    const line = (await lines)[link.dataset.line];
    if (line) link.hash = `L${line}`;
  }
  for (const event of ["pointerover", "focusin"]) addEventListener(event, addLine);

  // --- what is folded --------------------------------------------------------------------------

  function unfold() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = target?.closest("details:not([open])");
    if (folded) {
      folded.open = true;
      target.scrollIntoView();
    }
  }
  addEventListener("hashchange", unfold);
  unfold();
  addEventListener("beforeprint", () => all("details").forEach((one) => { one.open = true; }));
})();
