"use strict";
// How every milestone stands on the reader's day, looked up in its course, and the filters.
(() => {
  const { timezone, courses, days, spans, hits, copied } = JSON.parse(document.getElementById("for-script").text);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const locale = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const plurals = new Intl.PluralRules(locale);
  const LAST_DAY = "9999-12-31";

  // --- what the page holds ---------------------------------------------------------------------

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const milestones = all(".group li").map((item) => {
    const id = item.dataset.id;
    const measure = document.getElementById(`measure:${id.split("/")[0]}`);
    const story = document.getElementById(id);
    return {
      id,
      item,
      story,
      signs: [item, story].map((place) => place.querySelector(".how")),
      course: courses[id],
      clusters: item.dataset.clusters.split(" "),
      sectors: item.dataset.sectors.split(" "),
      bodies: item.dataset.bodies.split(" "),
      text: plain(
        [
          id,
          ...[...all(".what, .when", item), ...all("dl :not(.cited) > dd", measure)].map(
            (part) => part.textContent,
          ),
        ].join(" "),
      ),
      status: null,
      latest: LAST_DAY,
      shown: !item.hidden, // nobody knew of it on the day of the page
    };
  });

  const counts = all(".counts li");
  const groups = all(".group").map((group, index) => ({
    status: group.dataset.status,
    group,
    list: group.querySelector("ol"),
    shown: group.querySelector(".count"),
    tile: counts[index],
    count: counts[index].querySelector("b"),
  }));
  const heading = document.querySelector("#standing time");
  const built = heading.dateTime;
  const tally = document.querySelector(".tally");
  const dated = all("[data-from], [data-until]");
  const stories = all("article").map((measure) => ({
    told: measure.querySelector(".told"),
    list: all(".stories > li", measure),
  }));

  // --- the day ---------------------------------------------------------------------------------

  // The time from one day to another as people say it (as `Voice.age` does).
  function inSpan(first, last) {
    const days = between(first, last);
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
  function inWords(day) {
    const [year, month, number] = day.split("-");
    return (number === "01" ? days.first : days.day)
      .replace("{day}", Number(number))
      .replace("{month}", days.months[month - 1])
      .replace("{year}", year);
  }
  const between = (first, last) =>
    Math.abs(Date.parse(last) - Date.parse(first)) / 86_400_000;

  function today() {
    const parts = new Intl.DateTimeFormat("en", {
      timeZone: timezone, year: "numeric", month: "2-digit", day: "2-digit",
    }).formatToParts(new Date());
    const part = (type) => parts.find((one) => one.type === type).value;
    return `${part("year")}-${part("month")}-${part("day")}`;
  }

  function writeDay(time, day) {
    time.textContent = inWords(day);
    time.dateTime = day;
  }

  function tell(day) {
    for (const milestone of milestones) {
      const turn = milestone.course.findLast(([from]) => from <= day);
      milestone.status = turn ? turn[1] : null; // null: nobody knew of it
      milestone.latest = turn ? turn[2] : LAST_DAY;
      if (!turn) continue;
      const [, status, , counted, how] = turn;
      const told = counted ? how.replace("{age}", inSpan(...[counted, day].sort())) : how;
      for (const sign of milestone.signs) {
        sign.className = `how ${status}`;
        sign.textContent = told;
      }
    }
    milestones.sort((a, b) =>
      a.latest < b.latest ? -1 : a.latest > b.latest ? 1 : a.id < b.id ? -1 : 1);
    for (const { status, list, tile, count } of groups) {
      const those = milestones.filter((milestone) => milestone.status === status);
      list.append(...those.map(({ item }) => item));
      count.textContent = those.length;
      tile.hidden = !those.length;
    }
    for (const element of dated) {
      element.hidden = element.dataset.from > day || element.dataset.until < day;
    }
    for (const { told, list } of stories) {
      told.textContent = list.filter((story) => !story.hidden).length;
    }
    tally.hidden = day !== built;
    writeDay(heading, day);
    markDay(day);
  }

  // --- the picture -----------------------------------------------------------------------------

  const svg = document.querySelector(".picture svg[data-origin]");
  const bands = svg ? all(".heading, .row", svg) : [];
  const byId = new Map(milestones.map((milestone) => [milestone.id, milestone]));
  const [left, above, width, height] = svg ? svg.getAttribute("viewBox").split(" ").map(Number) : [];
  const below = bands.reduce((rest, { dataset }) => rest - dataset.height, height);
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const legend = document.querySelector(".day-line");
  line.setAttribute("class", "today");
  svg?.append(line);

  function markDay(day) {
    if (!svg) return;
    const { origin, x0, x1, pxPerDay, top } = svg.dataset;
    const x = Number(x0) + (between(origin, day) + 0.5) * pxPerDay;
    legend.hidden = x < x0 || x > x1;
    line.toggleAttribute("hidden", legend.hidden);
    line.setAttribute("d", `M${x} ${top}V${height}`);
    writeDay(legend.querySelector("time"), day);
  }

  // Leave out the rows that are not shown, and the headings without rows, and close the gaps.
  function stack() {
    let used = 0;
    for (const band of bands.toReversed()) {
      const { milestone } = band.dataset;
      const shown = milestone ? byId.get(milestone).shown : used > 0;
      used = milestone ? used + shown : 0;
      band.toggleAttribute("hidden", !shown);
    }
    let y = Number(svg.dataset.top);
    for (const band of bands) {
      if (band.hasAttribute("hidden")) continue;
      const place = `translate(0 ${y})`;
      if (band.getAttribute("transform") !== place) band.setAttribute("transform", place);
      y += Number(band.dataset.height);
    }
    svg.setAttribute("viewBox", `${left} ${above} ${width} ${y + below - svg.dataset.top}`);
  }

  // --- the filters, kept in the address --------------------------------------------------------

  const form = document.querySelector("form");
  const fields = [...form.elements].filter((field) => field.name);
  const value = (name) => form.elements[name]?.value ?? "";
  const result = form.querySelector("output");
  const others = all(".other").map((link) => ({ link, path: link.getAttribute("href") }));
  let stacking; // the picture follows when the reader pauses: a long one takes time to lay out
  let now = today();
  let told = null;

  function filter() {
    const words = plain(value("q")).split(/\s+/).filter(Boolean);
    const [cluster, sector, body, status] = ["cluster", "sector", "body", "status"].map(value);
    const found = Object.fromEntries(groups.map((group) => [group.status, 0]));
    let total = 0;
    let known = 0;
    let changed = false;
    for (const milestone of milestones) {
      const fits =
        milestone.status !== null &&
        (!cluster || milestone.clusters.includes(cluster)) &&
        (!sector || milestone.sectors.includes(sector)) &&
        (!body || milestone.bodies.includes(body)) &&
        (!status || milestone.status === status) &&
        words.every((word) => milestone.text.includes(word));
      if (fits !== milestone.shown) {
        milestone.shown = fits;
        milestone.item.hidden = !fits;
        changed = true;
      }
      if (milestone.status !== null) found[milestone.status] += fits;
      known += milestone.status !== null;
      total += fits;
    }
    for (const { status: one, group, shown } of groups) {
      group.hidden = !found[one];
      shown.textContent = found[one];
    }
    if (changed && svg) {
      clearTimeout(stacking);
      stacking = setTimeout(stack, 150);
    }
    result.textContent = hits.replace("{shown}", total).replace("{all}", known);
  }

  function update() {
    const field = form.elements["as-of"];
    const before = now;
    now = today();
    if (field.value === before) field.value = now;
    const day = field.value || now;
    if (day !== told) tell((told = day));
    filter();
    const query = new URLSearchParams();
    for (const { name, value: asked } of fields) {
      if (asked && !(name === "as-of" && asked === now)) query.set(name, asked);
    }
    const search = query.size ? `?${query}` : "";
    history.replaceState(null, "", location.pathname + search + location.hash);
    for (const { link, path } of others) link.href = path + search;
  }

  const asked = new URLSearchParams(location.search);
  for (const field of fields) {
    const wanted = asked.get(field.name);
    if (wanted === null) continue;
    field.value = wanted;
    if (field.selectedIndex === -1) field.value = "";
  }
  form.elements["as-of"].value ||= now;
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const field of fields) field.value = field.name === "as-of" ? now : "";
    update();
  });
  // A page that is left open overnight.
  document.addEventListener("visibilitychange", () => document.hidden || update());
  form.hidden = false;
  document.getElementById("built").remove();
  update();
  if (svg) stack();

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

  const published = /^https?:$/.test(location.protocol);
  for (const item of all(".feeds > li")) {
    const address = item.querySelector(".address");
    const button = item.querySelector("button");
    if (address.textContent !== address.href && published) {
      const feed = {
        https: address.href,
        webcal: address.href.replace(/^https?/, "webcal"),
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
      button.textContent = copied;
      setTimeout(() => { button.textContent = label; }, 2000);
    });
  }
  if (published) document.getElementById("no-address")?.remove();

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
