/* The page at /: sends an article to /v1/extract and shows the answer. Everything that came with an article is
 * put in as text, never as markup. Spans are UTF-16 units (offsets=utf16), which is how this language counts. */
"use strict";

const QUERY = "include=body,mentions&offsets=utf16";
const at = id => document.getElementById(id);
let file = null;      // a dropped page, sent as the bytes that it is: the service finds its charset
let answer = null;
let shown = "";       // the text that spans refer to
let selected = -1;    // index of the actor whose mentions are marked

/* An element: make("p", {class: "x"}, "text", child, ...). */
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {}))
    if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

const fill = (id, ...children) => at(id).replaceChildren(...children.filter(Boolean));
const plural = (count, one, many) => `${count} ${count === 1 ? one : many || one + "s"}`;
const percent = share => `${Math.round(share * 100)} %`;
const upper = text => text.charAt(0).toUpperCase() + text.slice(1);

/* ------------------------------------------------------------------- asking */

function kindOf(input) {
  if (at("kind").value) return at("kind").value;
  const text = input.trim();
  if (/^https?:\/\/\S+$/i.test(text)) return "url";
  return /^<(!doctype|!--|\?xml|(html|head|body|article|main|section|div|h1|p)[\s>])/i.test(text) ? "html" : "text";
}

/* What is sent, and the curl command that sends the same. */
function requestOf(input) {
  const kind = kindOf(input), date = at("reference").value;
  const query = QUERY + (date ? `&reference_date=${date}` : "");
  const base = `${location.origin}/v1/extract`;
  if (file) {
    const type = at("kind").value === "text" || file.plain ? "text/plain" : "text/html";
    return {
      url: `/v1/extract?${query}`, type, body: file.bytes,
      curl: `curl -sS ${quote(`${base}?${query}`)} -H 'Content-Type: ${type}' --data-binary @${quote(file.name)}`,
    };
  }
  const job = { [kind]: kind === "url" ? input.trim() : input, include: ["body", "mentions"], offsets: "utf16" };
  if (date) job.reference_date = date;
  const body = JSON.stringify(job);
  return {
    url: "/v1/extract", type: "application/json", body, text: kind === "text" ? input : null,
    curl: kind === "url"
      ? `curl -sS -G ${quote(base)} --data-urlencode ${quote(`url=${job.url}`)} -d ${quote(query)}`
      : `curl -sS ${quote(base)} -H 'Content-Type: application/json' --data-binary ${quote(body)}`,
  };
}

const quote = word => `'${word.replaceAll("'", "'\\''")}'`; // for a POSIX shell

async function ask(event) {
  event?.preventDefault();
  const input = at("input").value;
  if (!file && !input.trim()) return refuse("There is nothing to read yet", "Paste an article, or click one of the examples.");
  const request = requestOf(input), started = performance.now();
  const headers = { "Content-Type": request.type };
  if (at("key").value) headers.Authorization = `Bearer ${at("key").value}`;
  at("send").disabled = true;
  at("state").textContent = "Reading …";
  fill("problem");
  try {
    const response = await fetch(request.url, { method: "POST", headers, body: request.body });
    const text = await response.text();
    const took = `${(performance.now() - started).toFixed(0)} ms`;
    if (response.ok) show(JSON.parse(text), request, took);
    else showProblem(JSON.parse(text));
  } catch (error) {
    refuse("The service gave no answer", `Is it running? (${error.message})`);
  } finally {
    at("send").disabled = false;
  }
}

/* ----------------------------------------------------------------- problems */

const ADVICE = {
  address_not_allowed: "The service does not fetch from private or local addresses. Paste the page's HTML instead.",
  bad_url: "Give a full address that begins with http:// or https://.",
  consent_wall: "Open the page in your browser, accept or refuse, and paste its HTML.",
  paywall: "Only what the page shows without a subscription can be read.",
  no_text: "If the page builds its text by script, paste what you see as text.",
  unauthorized: "This service asks for an API key: enter it beside the reference date.",
  upstream_status: "The site refused or has no such page. Paste the page's HTML or text instead.",
  body_too_large: "Send a single article rather than a collection.",
};

function refuse(title, ...lines) {
  at("state").textContent = "";
  at("result").hidden = true;
  fill("problem", make("div", { class: "problem" }, make("h2", {}, title), ...lines.filter(Boolean).map(line => make("p", {}, line))));
}

function showProblem(problem) {
  if (problem.code === "unauthorized") at("key-row").hidden = false;
  refuse(problem.title, problem.detail !== problem.title && problem.detail, ADVICE[problem.code],
    problem.retryable && "Trying again may help.", `Code ${problem.code}, status ${problem.status}` + (problem.request_id ? `, request ${problem.request_id}` : ""));
}

/* -------------------------------------------------------------------- words */

const MONTHS = "January February March April May June July August September October November December".split(" ");

/* EDTF in words: "XXXX-11-12" is 12 November, year not stated. */
function dateInWords(edtf) {
  if (edtf.includes("/")) return edtf.split("/").map(part => part && part !== ".." ? dateInWords(part) : "open").join(" to ");
  const match = /^([\dX]{4})(?:-([\dX]{2}))?(?:-([\dX]{2}))?(?:T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-][\d:]+)?)?/.exec(edtf);
  if (!match) return edtf;
  const [, year, month, day, time, zone] = match, given = part => part && !part.includes("X");
  const words = [given(day) && String(+day), given(month) && MONTHS[month - 1], given(year) && year].filter(Boolean).join(" ");
  return (words || "a date") + (time ? `, ${time}${zone ? (zone === "Z" ? " UTC" : ` UTC${zone}`) : ""}` : "") +
    (given(year) ? "" : /\d/.test(year) ? ` (${year.replaceAll("X", "0")}s)` : ", year not stated");
}

const SOURCES = {
  json_ld: "the page's structured data (JSON-LD)", open_graph: "the page's Open Graph data", meta: "a meta tag of the page",
  microdata: "the page's microdata", time_element: "a time element of the page", title: "the page's title element",
  heading: "the heading above the article", url: "the address of the page", byline: "the line that names the author",
  first_line: "the first line of the text", body: "the article itself", dateline: "the article's dateline",
};
const sourceInWords = from => SOURCES[from] || from.replaceAll("_", " ");

const KINDS = { published: "published", modified: "changed", event: "event that is reported", mentioned: "mentioned" };

const REASONS = {
  teaser: "teaser of another article", navigation: "navigation", consent_notice: "notice about cookies or consent",
  advertisement: "advertisement", caption: "caption of a picture", share: "invitation to share", newsletter: "invitation to subscribe",
  comment: "comment of a reader", author_bio: "about the author", footer: "footer",
};
const reasonInWords = reason => REASONS[reason] || reason.replaceAll("_", " ");

const WARNINGS = {
  date_year_missing: "The article does not say which year. Give a reference date above to settle it.",
  date_ambiguous: "A date in figures can be read day first or month first; both readings are in the JSON.",
  not_an_article: "Nothing on this page says that it is a news article: read the answer with care.",
  page_cut: "The page is so large that its end was not read.",
  text_too_long: "The text is so long that its end was not read.",
  json_ld_unreadable: "The page's structured data is broken and was passed over.",
  base_url_ignored: "The address given for the page is not a full one and was passed over.",
};

function nameOf(type, code) {
  try { return new Intl.DisplayNames(["en"], { type }).of(code) || code; } catch { return code; }
}

const rolesInWords = actor => actor.roles.map(role => role.of ? `${role.title} of ${role.of}` : role.title).join("; ");

function aboutActor(actor) {
  return [actor.kind ? `${actor.type}, ${actor.kind}` : actor.type, rolesInWords(actor),
    actor.country && nameOf("region", actor.country), plural(actor.count, "mention")].filter(Boolean);
}

/* ------------------------------------------------------------------ showing */

function show(result, request, took) {
  answer = result;
  selected = -1;
  at("result").hidden = false;
  showHead();
  showWarnings();
  showText(request.text);
  showDates();
  showActors();
  showTopics();
  fill("phrases", result.keyphrases?.length ? result.keyphrases.map(phrase => phrase.text).join(" · ") : "None found.");
  fill("json", ...paintJson(JSON.stringify(result, null, 2)));
  at("curl").textContent = request.curl;
  at("state").textContent = `Read in ${took}: ${plural(result.body?.words || 0, "word")}, ${plural(result.actors.length, "actor")}, ` +
    `${plural(result.topics.length, "topic")}, ${plural(result.warnings.length, "warning")}.`;
}

/* Keys, strings and other values in their colours; an answer of a book's size stays plain. */
function paintJson(json) {
  if (json.length > 400000) return [json];
  const parts = [], tokens = /("(?:[^"\\]|\\.)*")(:?)|-?\d[\d.eE+-]*|true|false|null/g;
  let from = 0;
  for (let match; (match = tokens.exec(json)); from = tokens.lastIndex) {
    parts.push(json.slice(from, match.index), make("span", { class: match[2] ? "k" : match[1] ? "s" : "n" }, match[0]));
  }
  return [...parts, json.slice(from)];
}

function showHead() {
  const evidence = answer.evidence.headline, byline = [];
  fill("kicker", [answer.site_name, answer.section].filter(Boolean).join(" · "));
  fill("headline", answer.headline || "No headline was found");
  fill("headline-from", evidence && `Headline from ${sourceInWords(evidence.from)}, ${percent(evidence.confidence)} sure` +
    (evidence.raw !== answer.headline ? `; found as “${evidence.raw}”` : ""));
  if (answer.authors?.length) byline.push(`By ${answer.authors.join(", ")}`);
  if (answer.date) byline.push(dateInWords(answer.date) + (answer.evidence.date.kind === "event" ? " (the event; no day of publication is given)" : ""));
  else byline.push("No date is given");
  if (answer.language) byline.push(nameOf("language", answer.language));
  fill("byline", byline.join(" · "));
}

function showWarnings() {
  fill("warnings", ...answer.warnings.map(warning => make("li", { title: warning.code }, WARNINGS[warning.code] || upper(warning.message) + ".")));
}

/* ----------------------------------------------------------------- the text */

/* What is to be marked: [start, end, kind, data], in order, none within another. */
function marksOf() {
  const marks = [];
  (answer.actors || []).forEach((actor, index) => (actor.mentions || []).forEach(mention => {
    if (mention.span) marks.push([...mention.span, "mention", index]);
  }));
  (answer.dates || []).forEach(date => { if (date.span) marks.push([...date.span, "day", date]); });
  marks.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  let end = 0;
  return marks.filter(mark => mark[0] >= end && mark[1] > mark[0] && (end = mark[1]));
}

function markOf(text, mark) {
  if (mark[2] === "mention") {
    const actor = answer.actors[mark[3]];
    return make("span", { class: `mention ${actor.type}`, role: "button", tabindex: -1, "data-actor": mark[3], "data-start": mark[0],
      "aria-label": `${text}: ${actor.name}, ${aboutActor(actor).join(", ")}`, "aria-pressed": "false" }, text);
  }
  const date = mark[3];
  return make("span", { class: "day", "data-start": mark[0], title: `${KINDS[date.kind]}: ${date.edtf ? dateInWords(date.edtf) : "which day is left open"}` }, text);
}

/* The stretch [start, end) of the text with its marks; `next` is the first that may lie in it. */
function stretch(text, start, end, marks, next) {
  const parts = [];
  let from = start;
  for (; next.at < marks.length && marks[next.at][0] < end; next.at++) {
    const [first, last] = marks[next.at];
    if (first < from || last > end) continue;
    if (first > from) parts.push(text.slice(from, first));
    parts.push(markOf(text.slice(first, last), marks[next.at]));
    from = last;
  }
  if (from < end) parts.push(text.slice(from, end));
  return parts;
}

function paragraph(text, start, end, marks, next, excluded, head) {
  const line = make("p", { class: head && head[0] < end && head[1] > start ? "head" : null });
  let from = start;
  for (const piece of excluded) {
    const first = Math.max(piece.span[0], start), last = Math.min(piece.span[1], end);
    if (first >= last) continue;
    line.append(...stretch(text, from, first, marks, next));
    line.append(make("span", { class: "out" }, ...stretch(text, first, last, marks, next), " ",
      make("span", { class: "reason" }, `left out: ${reasonInWords(piece.reason)}`)));
    from = last;
  }
  line.append(...stretch(text, from, end, marks, next));
  return line;
}

/* What a page has besides the article stands at one place of the text, often many pieces: folded away. */
function foldedAway(pieces) {
  const counts = new Map();
  for (const piece of pieces) counts.set(piece.reason, (counts.get(piece.reason) || 0) + 1);
  const sum = [...counts].map(([reason, count]) => count > 1 ? `${reasonInWords(reason)} (${count})` : reasonInWords(reason)).join(", ");
  return make("details", {}, make("summary", {}, `Left out here: ${sum}`),
    make("ul", {}, ...pieces.map(piece => make("li", {}, `${piece.text} (${reasonInWords(piece.reason)})`))));
}

function showText(input) {
  const page = input === null && answer.source.kind !== "text";
  const text = shown = input ?? answer.body?.text ?? "", marks = marksOf(), next = { at: 0 };
  const head = page ? null : answer.evidence.headline?.span, excluded = answer.body?.excluded || [];
  const box = at("text"), lines = /[^\n]+/g;
  let piece = 0, match;
  box.replaceChildren();
  const fold = until => {
    const first = piece;
    while (piece < excluded.length && excluded[piece].span[0] <= until) piece++;
    if (piece > first) box.append(foldedAway(excluded.slice(first, piece)));
  };
  while ((match = lines.exec(text))) {
    if (page) fold(match.index);
    if (match[0].trim()) box.append(paragraph(text, match.index, match.index + match[0].length, marks, next, page ? [] : excluded, head));
  }
  if (page) fold(Infinity);
  if (!text) box.append(make("p", {}, "No prose was found."));
  box.querySelector(".mention")?.setAttribute("tabindex", 0);
  const types = [...new Set((answer.actors || []).map(actor => actor.type))];
  fill("legend", ...types.map(type => make("span", { class: type }, type)), make("span", { class: "day" }, "date"));
}

/* ------------------------------------------------------------ dates, topics */

/* The day on a line of time, in years; null where the year is not known. */
function place(edtf) {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(edtf || "");
  return match ? +match[1] + ((match[2] || 1) - 1) / 12 + ((match[3] || 1) - 1) / 372 : null;
}

/* The same within a year that is not stated, in months. */
function placeInYear(edtf) {
  const match = /^[\dX]{4}-(\d{2})(?:-(\d{2}))?/.exec(edtf || "");
  return match ? +match[1] + (match[2] || 1) / 32 : null;
}

/* A part of the axis, from `left` to `right` in hundredths of its width, on which `dates` stand by `where`. */
function axisPart(dates, where, left, right, unknown) {
  const places = dates.map(date => where(date.edtf)), first = Math.min(...places), span = Math.max(...places) - first;
  const put = (element, share) => { element.style.left = `${left + (right - left) * share}%`; return element; };
  const line = put(make("s", { class: unknown }), 0);
  line.style.width = `${right - left}%`;
  const dots = dates.map((date, i) => put(make("i", { class: `${date.kind} ${unknown}` }), span ? (places[i] - first) / span : .5));
  const label = (place, name, share) => put(make("b", { class: name }, shortDate(dates[places.indexOf(place)].edtf)), share);
  const labels = span ? [label(first, "first", 0), label(first + span, "last", 1)] : [label(first, "", .5)];
  return [line, ...dots, ...labels, unknown && put(make("b", { class: "note" }, "year not stated"), 0)];
}

const shortDate = edtf => dateInWords(edtf.replace(/[T/].*/, "")).replace(/,.*/, "").replace(/([A-Z][a-z]{2})[a-z]+/, "$1");

/* Days whose year is known, and behind them those of a year that is not. */
function showAxis(dates) {
  const known = dates.filter(date => date.year !== null), open = dates.filter(date => date.year === null && placeInYear(date.edtf) !== null);
  if (known.length + open.length < 2) return fill("axis");
  fill("axis", ...known.length ? axisPart(known, place, 0, open.length ? known.length > 1 ? 58 : 25 : 100, "") : [],
    ...open.length ? axisPart(open, placeInYear, known.length ? known.length > 1 ? 68 : 40 : 0, 100, "unknown") : []);
}

function showDates() {
  const dates = (answer.dates || []).map(date => ({ ...date, year: place(date.edtf) }));
  if (answer.date && answer.evidence.date && !dates.some(date => date.edtf === answer.date))
    dates.push({ edtf: answer.date, kind: answer.evidence.date.kind, from: answer.evidence.date.from, text: null, year: place(answer.date) });
  const known = dates.filter(date => date.year !== null).sort((a, b) => a.year - b.year);
  showAxis(dates);
  const open = dates.filter(date => date.year === null).sort((a, b) => (placeInYear(a.edtf) ?? 13) - (placeInYear(b.edtf) ?? 13));
  const rows = [...known, ...open].map(date => {
    const words = date.edtf ? dateInWords(date.edtf) : "Which day is left open";
    const notes = [KINDS[date.kind], date.text && `“${date.text}”`, date.from && date.from !== "body" && `from ${sourceInWords(date.from)}`,
      date.alternative && `or ${dateInWords(date.alternative)}`, date.resolved_by && `settled by the ${date.resolved_by.replaceAll("_", " ")}`];
    return make("li", { class: `${date.kind}${date.year === null ? " unknown" : ""}` }, words, make("small", {}, notes.filter(Boolean).join(" · ")));
  });
  fill("dates", ...rows.length ? rows : [make("li", {}, "None found.")]);
}

function showTopics() {
  const rows = (answer.topics || []).map(topic => {
    const bar = make("i", {});
    bar.style.width = percent(topic.score).replace(" ", "");
    return make("li", {}, upper(topic.label), make("span", { class: "score" }, percent(topic.score)), make("div", { class: "meter", "aria-hidden": "true" }, bar),
      make("small", {}, `${topic.path_labels.join(" › ")} (${topic.code})`),
      topic.evidence.length ? make("small", {}, `because of: ${topic.evidence.join(", ")}`) : null);
  });
  fill("topics", ...rows.length ? rows : [make("li", {}, "None found.")]);
}

/* ------------------------------------------------------------------- actors */

function showActors() {
  const rows = (answer.actors || []).map((actor, index) => make("li", {},
    make("button", { type: "button", "aria-pressed": "false", "data-actor": index },
      make("span", { class: `name ${actor.type}` }, actor.name), make("small", {}, aboutActor(actor).join(" · ")))));
  fill("actors", ...rows.length ? rows : [make("li", {}, "None found.")]);
}

/* A mention with the words around it, to be told from the others of the same actor. */
function jumpTo(mention) {
  const target = mention.span && at("text").querySelector(`.mention[data-start="${mention.span[0]}"]`);
  if (!target) return make("li", {}, `“${mention.text}” in the headline`);
  const [start, end] = mention.span, before = shown.slice(Math.max(0, start - 24), start), after = shown.slice(end, end + 24);
  const button = make("button", { type: "button" }, `… ${before.replace(/^.*\n|^\S*\s/s, "")}${mention.text}${after.replace(/\n.*|\s\S*$/s, "")} …`);
  button.addEventListener("click", () => { rove(target); target.scrollIntoView({ block: "center" }); });
  return make("li", {}, button);
}

function select(index) {
  selected = selected === index ? -1 : index;
  for (const element of document.querySelectorAll("[data-actor]")) {
    const on = +element.dataset.actor === selected;
    element.setAttribute("aria-pressed", on);
    element.classList.toggle("on", on);
  }
  document.querySelector("#actors ul")?.remove();
  if (selected < 0) return;
  const actor = answer.actors[selected];
  at("actors").children[selected].append(make("ul", { "aria-label": `Mentions of ${actor.name}` }, ...(actor.mentions || []).map(mention => jumpTo(mention))));
  at("state").textContent = `${plural(actor.count, "mention")} of ${actor.name} marked.`;
}

/* ------------------------------------------- mentions by mouse and keyboard */

/* One stop of the Tab key for the whole text; the arrow keys go on from there. */
function rove(target) {
  for (const element of at("text").querySelectorAll('.mention[tabindex="0"]')) element.setAttribute("tabindex", -1);
  target.setAttribute("tabindex", 0);
  target.focus();
}

function onKey(event) {
  const mentions = [...at("text").querySelectorAll(".mention")], here = mentions.indexOf(event.target);
  const to = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: mentions.length - 1 }[event.key];
  if (here < 0) return;
  if (event.key === "Enter" || event.key === " ") select(+event.target.dataset.actor);
  else if (to !== undefined) { if (mentions[to]) rove(mentions[to]); }
  else return;
  event.preventDefault();
}

function showCard(target) {
  const actor = answer.actors[target.dataset.actor], card = at("card"), box = target.getBoundingClientRect();
  fill("card", make("b", {}, actor.name), ...aboutActor(actor).map(line => make("span", {}, line)),
    actor.aliases.length ? make("span", {}, `also: ${actor.aliases.join(", ")}`) : null);
  card.hidden = false;
  const left = Math.min(box.left, document.documentElement.clientWidth - card.offsetWidth - 8);
  card.style.left = `${Math.max(8, left) + scrollX}px`;
  card.style.top = `${box.bottom + scrollY + 6}px`;
}

const hideCard = () => { at("card").hidden = true; };

/* -------------------------------------------------------------------- files */

function takeInput(text) {
  file = null;
  at("file").hidden = true;
  at("input").value = text;
}

/* A page keeps its bytes; a text is shown, so that its spans are those of what is seen. */
async function takeFile(picked) {
  if (!picked) return;
  const bytes = await picked.arrayBuffer();
  if (!/\.html?$|\.xhtml$/i.test(picked.name) && picked.type !== "text/html") {
    try {
      takeInput(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
      return ask();
    } catch { /* another charset: the service finds which */ }
  }
  file = { bytes, name: picked.name, plain: picked.type === "text/plain" };
  at("input").value = "";
  at("file-name").textContent = `File: ${picked.name}, ${plural(picked.size, "byte")}`;
  at("file").hidden = false;
  ask();
}

function listenForFiles() {
  let depth = 0;
  const show = change => { depth = Math.max(0, depth + change); at("drop").hidden = depth === 0; };
  addEventListener("dragenter", event => { event.preventDefault(); show(1); });
  addEventListener("dragleave", () => show(-1));
  addEventListener("dragover", event => event.preventDefault());
  addEventListener("drop", event => {
    event.preventDefault();
    depth = 0;
    show(0);
    const dropped = event.dataTransfer.files[0], text = event.dataTransfer.getData("text/plain");
    if (dropped) takeFile(dropped);
    else if (text) { takeInput(text); ask(); }
  });
  at("pick").addEventListener("click", () => at("picker").click());
  at("picker").addEventListener("change", event => { takeFile(event.target.files[0]); event.target.value = ""; });
  at("file-drop").addEventListener("click", () => { takeInput(""); at("input").focus(); });
  at("input").addEventListener("input", () => { file = null; at("file").hidden = true; });
}

/* ----------------------------------------------------------------- examples */

const EXAMPLES = [
  ["A text with clutter", "", `harbour town votes to keep its last ferry
MARLOW BAY, March 3 - Voters in Marlow Bay, New Zealand, decided on Tuesday to keep the ferry that has crossed the inlet since 1931, Mayor Aroha Tangaere said.
The company Northern Crossings had planned to end the service in June because of rising fuel prices. "Nobody wants to drive forty miles for a loaf of bread," Tangaere told a meeting at the town hall.
New Zealand's Transport Minister Peter Halloran promised two million dollars for a new engine. Northern Crossings said it would study the offer. Halloran is to visit the town on March 19.
Subscribe to our newsletter and never miss a story.
Ten beaches that you can still have for yourself this summer... Read More
This website uses cookies to improve your experience. Accept all`],
  ["A page in HTML", "", `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Observatory in Chile finds comet on its way to the Sun | The Example Courier</title>
<meta property="og:site_name" content="The Example Courier">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
 "headline": "Observatory in Chile finds comet on its way to the Sun", "datePublished": "2025-09-14T07:30:00-03:00",
 "author": {"@type": "Person", "name": "Inés Valdivia"}, "articleSection": "Science"}</script>
</head>
<body>
<nav><a href="/">Home</a> <a href="/world">World</a> <a href="/science">Science</a></nav>
<article>
<h1>Observatory in Chile finds comet on its way to the Sun</h1>
<p>By Inés Valdivia</p>
<p>Astronomers in the Atacama Desert have found a comet that will pass the Sun in February 2026, the European Southern Observatory said on Saturday.</p>
<p>The comet was first seen on 2 September by a student, Tomás Riquelme, while he tested a new camera. "I thought that it was dust on the lens," he said. The University of Chile confirmed the discovery a week later.</p>
<p>NASA plans to observe the comet with two of its telescopes. It will not come near the Earth.</p>
</article>
<aside><h2>More from Science</h2><ul><li><a href="/a">Why the sea glows at night in the Algarve</a></li><li><a href="/b">The whale that came back</a></li></ul></aside>
<footer>© 2025 The Example Courier. All rights reserved.</footer>
</body>
</html>`],
  ["With a reference date", "2024-04-19", `Kenya and Uganda agree on new railway
Nairobi, April 17. Kenya and Uganda signed an agreement on Wednesday to build a railway from Malaba to Kampala, the Ministry of Transport in Nairobi said.
Kenyan President William Ruto and Ugandan President Yoweri Museveni met in the Kenyan capital. Work is to begin next month and to last four years. The World Bank said last week that it would lend part of the money.`],
  ["In German", "", `Stadtrat von Lübeck stimmt für neue Brücke
Lübeck, 12. November 2024. Der Rat der Hansestadt Lübeck hat am Dienstag dem Bau einer neuen Brücke über die Trave zugestimmt. Bürgermeister Jan Lindenau sagte, die Arbeiten sollten im Frühjahr 2026 beginnen.
Das Land Schleswig-Holstein zahlt die Hälfte der Kosten von 38 Millionen Euro. Die Deutsche Bahn verlegt dafür zwei Gleise.`],
];

function listExamples() {
  for (const [name, date, text] of EXAMPLES) {
    const button = make("button", { type: "button" }, name);
    button.addEventListener("click", () => {
      at("kind").value = "";
      at("reference").value = date;
      takeInput(text);
      ask();
    });
    at("examples").append(button);
  }
}

/* -------------------------------------------------------------------- start */

async function copy(button) {
  const source = at(button.dataset.copy), said = button.textContent;
  try {
    await navigator.clipboard.writeText(source.textContent);
  } catch { // no clipboard without https: select it, and let the browser copy
    getSelection().selectAllChildren(source);
    document.execCommand("copy");
  }
  button.textContent = "Copied";
  at("state").textContent = "Copied.";
  setTimeout(() => { button.textContent = said; }, 1500);
}

function listenForMentions() {
  const text = at("text"), mention = event => event.target.closest?.(".mention");
  text.addEventListener("mouseover", event => mention(event) ? showCard(mention(event)) : hideCard());
  text.addEventListener("mouseleave", hideCard);
  text.addEventListener("focusin", event => mention(event) && showCard(mention(event)));
  text.addEventListener("focusout", hideCard);
  text.addEventListener("click", event => mention(event) && select(+mention(event).dataset.actor));
  text.addEventListener("keydown", onKey);
  at("actors").addEventListener("click", event => {
    const button = event.target.closest("button[data-actor]");
    if (button) select(+button.dataset.actor);
  });
}

at("form").addEventListener("submit", ask);
at("input").addEventListener("keydown", event => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) ask(event); });
addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  hideCard();
  if (selected >= 0) select(selected);
});
for (const button of document.querySelectorAll("[data-copy]")) button.addEventListener("click", () => copy(button));
listenForFiles();
listenForMentions();
listExamples();
