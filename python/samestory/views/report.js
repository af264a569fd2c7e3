// The page is made from columns of data; the address holds what is chosen, so that it can be sent.

const PAGE = 100;
const FIRST_SHOWN = 6;
const OUTLETS_OFFERED = 300;
const DAY_ONE = 719163; // 1 January 1970, counted as the data count days
const byId = (id) => document.getElementById(id);

async function read() {
  const packed = Uint8Array.from(atob(byId("data").textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/** The articles and stories, out of the columns. */
class Report {
  constructor(data) {
    this.data = data;
    this.starts = [0];
    for (const size of data.stories.size) this.starts.push(this.starts[this.starts.length - 1] + size);
    this.nStories = data.stories.size.length;
    this.told = this.starts[this.nStories];
    this.nArticles = data.articles.title.length;
    this.days = data.articles.days[0];
    this.outlets = new Set(data.outlets);
    this.folded = [];
    this.storyOf = new Int32Array(this.told);
    for (let k = 0; k < this.nStories; k++) this.storyOf.fill(k, this.starts[k], this.starts[k + 1]);
  }

  article(i) {
    const { data } = this;
    const { articles } = data;
    return {
      title: articles.title[i],
      standfirst: articles.standfirst[i],
      url: articles.url[i],
      id: articles.id[i] || articles.url[i],
      language: data.languages[articles.language[i]],
      teller: data.tellers[articles.teller[i]],
      moment: data.moments[articles.moment[i]],
      file: data.files[articles.file[i]],
    };
  }

  words(numbers) {
    return numbers.map((i) => this.data.terms[i]);
  }

  articlesOf(k) {
    return Array.from({ length: this.starts[k + 1] - this.starts[k] }, (_, i) => this.starts[k] + i);
  }

  /** All that a search finds of an article, folded once. */
  textOf(i) {
    const { title, standfirst, teller } = this.article(i);
    return (this.folded[i] ??= fold(`${title}\n${standfirst}\n${teller}`).replace(/[^\S\n]+/gu, " "));
  }

  /** How many articles each outlet has, the most first. */
  counted(articles) {
    const counts = new Map();
    for (const i of articles) {
      const outlet = this.data.articles.teller[i];
      if (this.outlets.has(outlet)) counts.set(outlet, (counts.get(outlet) || 0) + 1);
    }
    return [...counts].map(([outlet, n]) => [this.data.tellers[outlet], n]).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  }
}

/** What is chosen; written to the address and read from it. */
class Choice {
  constructor(address = "") {
    const given = new URLSearchParams(address.replace(/^#/, ""));
    for (const key of Choice.keys) this[key] = given.get(key) || "";
  }

  address() {
    const given = new URLSearchParams();
    for (const key of Choice.keys) if (this[key]) given.set(key, this[key]);
    return `#${given}`;
  }

  get narrows() {
    return Boolean(this.q || this.outlet || this.from || this.to);
  }
}
Choice.keys = ["q", "outlet", "from", "to", "order", "story", "article"];

/** Which articles and stories are chosen. */
class Filter {
  constructor(report, choice) {
    this.report = report;
    this.words = searched(choice.q);
    this.outlet = choice.outlet;
    this.from = dayNumber(choice.from, -Infinity);
    this.to = dayNumber(choice.to, Infinity);
    this.dated = Boolean(choice.from || choice.to);
    this.isNarrow = this.words.length > 0 || this.outlet !== "" || this.dated;
  }

  /** Whether the outlet and the date are those asked for. */
  fits(i) {
    const { articles, tellers } = this.report.data;
    if (this.outlet && tellers[articles.teller[i]] !== this.outlet) return false;
    if (!this.dated) return true;
    const day = articles.day[i];
    return day !== null && day <= this.to && day + (this.report.days[i] || 0) >= this.from;
  }

  /** Whether an article fits and has one of the words at least. */
  matches(i) {
    return this.fits(i) && (!this.words.length || this.words.some((word) => this.report.textOf(i).includes(word)));
  }

  alone(i) {
    return this.fits(i) && this.words.every((word) => this.report.textOf(i).includes(word));
  }

  /** A story is chosen if it has all words and an article of the outlet and the dates. */
  story(k) {
    const { report } = this;
    const articles = report.articlesOf(k);
    if (!articles.some((i) => this.fits(i))) return false;
    if (!this.words.length) return true;
    const own = fold(`${report.data.stories.title[k]}\n${report.words(report.data.stories.keywords[k]).join("\n")}`);
    return this.words.every((word) => own.includes(word) || articles.some((i) => report.textOf(i).includes(word)));
  }
}

function dayNumber(text, otherwise) {
  const days = Date.parse(`${text}T00:00:00Z`) / 86400000;
  return Number.isNaN(days) ? otherwise : days + DAY_ONE;
}

/** Nodes of which a hundred more are put on the page when asked. */
class Growing {
  constructor(root, button, make) {
    Object.assign(this, { root, button, make, items: [], shown: 0 });
    button.addEventListener("click", () => this.grow(true));
  }

  show(items) {
    this.items = items;
    this.shown = 0;
    this.root.replaceChildren();
    this.grow(false);
  }

  grow(byHand, step = PAGE) {
    const nodes = this.items.slice(this.shown, this.shown + step).map((item, i) => this.make(item, this.shown + i));
    this.root.append(...nodes);
    this.shown += nodes.length;
    const left = this.items.length - this.shown;
    this.button.hidden = left <= 0;
    this.button.textContent = `Show ${number(Math.min(PAGE, left))} more of ${number(left)}`;
    if (byHand && nodes.length) {
      nodes[0].tabIndex = -1;
      nodes[0].focus({ preventScroll: true });
    }
  }
}

const moreButton = () => element("button", { type: "button", class: "more", hidden: true });

/** Details whose content is made when they are first opened. */
function lazy(summary, fill, attributes = {}) {
  const details = element("details", attributes, element("summary", {}, summary));
  let filled = false;
  details.fill = () => {
    if (!filled) details.append(...[fill()].flat());
    filled = true;
  };
  details.addEventListener("toggle", () => details.open && details.fill());
  return details;
}

class Page {
  constructor(report) {
    this.report = report;
    this.choice = new Choice(location.hash);
    this.filter = new Filter(report, this.choice);
    this.stories = new Growing(byId("stories"), byId("stories").parentElement.querySelector(":scope > .more"), (k) => this.story(k));
    if (byId("alone")) this.alone = new Growing(byId("alone"), byId("alone").parentElement.querySelector(".more"), (i) => this.entry(i));
    if (byId("skipped")) {
      const skipped = new Growing(byId("skipped"), byId("skipped").closest("details").querySelector(".more"), skippedRow);
      skipped.show(report.data.skipped);
    }
  }

  /** An article of a story, or alone. */
  entry(i) {
    const { report } = this;
    const article = report.article(i);
    const isTold = i < report.told;
    const copy = isTold && report.data.articles.copy[i];
    const taken = isTold && report.data.articles.taken[i];
    const title = element("p", { class: "title" }, titleNode(article));
    const standfirst = article.standfirst && element("p", { class: "standfirst", dir: "auto", lang: article.language || null }, article.standfirst);
    const what = element(
      "div",
      { class: "what" },
      title,
      standfirst,
      article.file && element("p", { class: "file" }, article.file),
    );
    const links = element("p", { class: "links" }, copy ? element("span", { class: "copy" }, this.copyOf(i + copy, taken)) : null, this.permalink("article", article.id, "link to this article"));
    if (isTold && (!copy || taken) && report.data.articles.like[i]) what.append(this.why(i, title, standfirst));
    what.append(links);
    const classes = this.choice.article === article.id ? "entry meant" : "entry";
    return element("li", { class: classes, "data-article": article.id }, whereNode(article), what);
  }

  permalink(key, id, label) {
    const choice = new Choice();
    choice[key] = id;
    return element("a", { class: "permalink", href: choice.address(), "aria-label": label, title: label }, "#");
  }

  /** Whose text it is: the very same words, or so many percent of its own. */
  copyOf(i, taken) {
    const article = this.report.article(i);
    const who = joined([article.teller, article.moment]) || "another";
    return taken ? `${taken}% of its text is in ${who}` : `the same words as ${who}`;
  }

  /** The article of the story that this one is most like, and by what words. */
  why(i, title, standfirst) {
    const { report } = this;
    const { like, score, shared } = report.data.articles;
    const article = report.article(i);
    const other = report.article(i + like[i]);
    const words = report.words(shared[i]);
    const terms = new Terms(words);
    const details = lazy(
      "why it is here",
      () => [
        element("p", { class: "facts" }, `Most like this article of the story, similarity ${(score[i] / 100).toFixed(2)}:`),
        element("div", { class: "like" }, whereNode(other), element("p", { class: "title" }, titleNode(other, terms)), other.standfirst && element("p", { class: "standfirst", dir: "auto" }, terms.mark(other.standfirst))),
        words.length ? element("p", { class: "shared" }, "by the words ", words.map((word) => [element("bdi", { class: "term", dir: "auto" }, word.replace(/\*$/, "…")), " "])) : null,
      ],
      { class: "why" },
    );
    details.addEventListener("toggle", () => {
      title.replaceChildren(titleNode(article, details.open ? terms : null));
      if (standfirst) standfirst.replaceChildren(...(details.open ? terms.mark(article.standfirst) : [article.standfirst]));
    });
    return details;
  }

  story(k) {
    const { report, filter } = this;
    const { stories, articles: columns } = report.data;
    const articles = report.articlesOf(k);
    const chosen = filter.isNarrow ? articles.filter((i) => filter.matches(i)) : articles;
    const others = filter.isNarrow ? articles.filter((i) => !filter.matches(i)) : [];
    const outlets = report.counted(articles);
    const copies = articles.filter((i) => columns.copy[i]).length;
    const seconds = articles.map((i) => columns.second[i]).filter((second) => second !== null);
    const dots = dotsNode(seconds, `${count(seconds.length, "article")} ${stories.over[k]}`);
    const meant = this.meant === undefined ? -1 : chosen.indexOf(this.meant);
    const nShown = Math.max(FIRST_SHOWN, meant + 1);
    return element(
      "li",
      { class: "story", "data-story": stories.id[k] },
      element(
        "article",
        { "aria-labelledby": `story-${k}` },
        element("h3", { id: `story-${k}` }, element("bdi", { dir: "auto" }, stories.title[k]), " ", this.permalink("story", stories.id[k], "link to this story")),
        element(
          "p",
          { class: "facts" },
          element("strong", {}, count(articles.length, "article")),
          ` · ${joined([outlets.length && count(outlets.length, "outlet"), stories.when[k], stories.over[k], copies && count(copies, "copy", "copies")])}`,
        ),
        stories.first[k] && element("p", { class: "first" }, "First: ", element("bdi", { dir: "auto" }, stories.first[k])),
        keywordsNode(report.words(stories.keywords[k])),
        dots && element("div", { class: "times" }, dots),
        element("ol", { class: "entries" }, chosen.slice(0, nShown).map((i) => this.entry(i))),
        this.folded(chosen.slice(nShown), "more article"),
        this.folded(others, "other article"),
        outlets.length > 1 &&
          lazy(`${count(outlets.length, "outlet")}, counted`, () => element("ol", { class: "outlets" }, outlets.map(([name, n]) => element("li", {}, element("bdi", { dir: "auto" }, name), ` ${number(n)}`)))),
      ),
    );
  }

  folded(articles, noun) {
    if (!articles.length) return null;
    return lazy(
      count(articles.length, noun),
      () => {
        const [list, button] = [element("ol", { class: "entries" }), moreButton()];
        new Growing(list, button, (i) => this.entry(i)).show(articles);
        return [list, button];
      },
      { class: "folded" },
    );
  }

  // -- choosing ------------------------------------------------------------------------------

  /** Show what is chosen. */
  show() {
    const { report, choice } = this;
    this.filter = new Filter(report, choice);
    const one = this.only();
    const narrow = this.filter.isNarrow && one === null;
    const all = Array.from({ length: report.nStories }, (_, k) => k);
    const chosen = one !== null ? one.stories : narrow ? all.filter((k) => this.filter.story(k)) : all;
    if (one !== null) this.filter = new Filter(report, new Choice());
    this.stories.show(this.ordered(chosen, (k) => this.timesOf(k), (k) => report.data.stories.title[k]));
    const alone = this.showAlone(one, narrow);
    byId("back").hidden = one === null;
    byId("status").textContent = one !== null ? one.text : narrow ? this.found(chosen.length, alone) : "";
    byId("none").hidden = one !== null || !narrow || chosen.length + alone > 0;
    highlight(one === null ? this.filter.words : []);
    if (one !== null) this.pointOut(one);
  }

  found(nStories, nAlone) {
    const { report } = this;
    const alone = this.alone ? `, ${number(nAlone)} of ${count(report.nArticles - report.told, "article")} alone` : "";
    return `${number(nStories)} of ${count(report.nStories, "story", "stories")}${alone}`;
  }

  showAlone(one, narrow) {
    const { report } = this;
    if (!this.alone) return 0;
    const all = Array.from({ length: report.nArticles - report.told }, (_, i) => report.told + i);
    const chosen = one !== null ? one.alone : narrow ? all.filter((i) => this.filter.alone(i)) : all;
    const second = (i) => report.data.articles.second[i];
    this.alone.show(this.ordered(chosen, (i) => [second(i), second(i)], (i) => report.data.articles.title[i]));
    byId("alone-section").hidden = one !== null && !chosen.length;
    byId("alone").closest("details").open = chosen.length > 0 && (narrow || one !== null);
    return chosen.length;
  }

  /** The one story or article that the address names, or null. */
  only() {
    const { report, choice } = this;
    this.meant = undefined;
    if (choice.article) {
      const i = this.placeOf(choice.article);
      if (i < 0) return { stories: [], alone: [], text: `No article on this page has the id ${choice.article}.` };
      this.meant = i;
      if (i >= report.told) return { stories: [], alone: [i], text: "One article." };
      return { stories: [report.storyOf[i]], alone: [], text: "One article, in its story." };
    }
    if (!choice.story) return null;
    const k = report.data.stories.id.indexOf(choice.story);
    if (k < 0) return { stories: [], alone: [], text: `No story on this page has the id ${choice.story}.` };
    return { stories: [k], alone: [], text: "One story." };
  }

  placeOf(id) {
    const { articles } = this.report.data;
    const place = articles.id.indexOf(id);
    return place >= 0 ? place : articles.url.findIndex((url, i) => url === id && articles.id[i] === 0);
  }

  pointOut(one) {
    const entry = this.meant === undefined ? null : document.querySelector(".entry.meant");
    const node = entry || byId("stories-heading");
    node.tabIndex = -1;
    node.focus({ preventScroll: true });
    const scroll = () => node.scrollIntoView({ block: entry ? "center" : "start", behavior: "instant" });
    scroll();
    // What is above gets its height only when it comes near.
    requestAnimationFrame(scroll);
  }

  timesOf(k) {
    const { second } = this.report.data.articles;
    let last = this.report.starts[k + 1] - 1;
    const first = this.report.starts[k];
    while (last > first && second[last] === null) last--;
    return [second[first], second[last]];
  }

  ordered(items, times, title) {
    const { order } = this.choice;
    const keyed = (key) => items.map((item) => [key(item), item]);
    if (order === "oldest") return sorted(keyed((item) => times(item)[0] ?? Infinity));
    if (order === "newest") return sorted(keyed((item) => (times(item)[1] === null ? Infinity : -times(item)[1])));
    if (order !== "title") return items;
    // A title in quotation marks is sorted by its first letter.
    const collator = new Intl.Collator("en");
    const named = keyed((item) => title(item).replace(/^[^\p{L}\p{N}]+/u, ""));
    return named.sort((a, b) => collator.compare(a[0], b[0])).map(([, item]) => item);
  }

  // -- controls ------------------------------------------------------------------------------

  /** Put into the controls what the address says. */
  fillControls() {
    const outlet = byId("outlet");
    const { choice } = this;
    if (choice.outlet && ![...outlet.options].some((option) => option.value === choice.outlet)) {
      outlet.append(element("option", { value: choice.outlet }, choice.outlet));
    }
    for (const [id, value] of [["query", choice.q], ["outlet", choice.outlet], ["from", choice.from], ["to", choice.to], ["order", choice.order]]) byId(id).value = value;
  }

  /** Take what the controls say; the address follows. */
  takeControls() {
    Object.assign(this.choice, { q: byId("query").value, outlet: byId("outlet").value, from: byId("from").value, to: byId("to").value, order: byId("order").value, story: "", article: "" });
    history.replaceState(null, "", this.choice.address());
    this.show();
  }

  follow() {
    this.choice = new Choice(location.hash);
    this.fillControls();
    this.show();
  }

  start() {
    this.offerOutlets();
    this.boundDates();
    let waiting;
    byId("query").addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this.takeControls(), 120);
    });
    for (const id of ["outlet", "order", "from", "to"]) byId(id).addEventListener("change", () => this.takeControls());
    byId("tools").addEventListener("submit", (event) => {
      event.preventDefault();
      this.takeControls();
    });
    byId("fold").addEventListener("click", (event) => {
      const folded = byId("stories").classList.toggle("titles");
      event.currentTarget.setAttribute("aria-pressed", String(folded));
    });
    byId("back").addEventListener("click", () => {
      Object.assign(this.choice, { story: "", article: "" });
      history.pushState(null, "", this.choice.address());
      this.show();
    });
    byId("print").addEventListener("click", () => window.print());
    window.addEventListener("hashchange", () => this.follow());
    document.addEventListener("keydown", (event) => this.key(event));
    this.print();
    byId("tools").hidden = false;
    this.follow();
  }

  key(event) {
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
      event.preventDefault();
      byId("query").focus();
    } else if (event.key === "Escape" && event.target === byId("query")) {
      byId("query").value = "";
      this.takeControls();
    }
  }

  offerOutlets() {
    const all = this.report.counted(this.report.data.articles.teller.keys());
    byId("outlet").append(...all.slice(0, OUTLETS_OFFERED).map(([name, n]) => element("option", { value: name }, `${name} (${number(n)})`)));
    byId("outlet").closest("label").hidden = all.length < 2;
  }

  boundDates() {
    const { day } = this.report.data.articles;
    let [first, last] = [Infinity, -Infinity];
    for (const value of day) {
      if (value === null) continue;
      first = Math.min(first, value);
      last = Math.max(last, value);
    }
    for (const id of ["from", "to"]) {
      byId(id).closest("label").hidden = !(first < last);
      if (first < last) Object.assign(byId(id), { min: dayText(first), max: dayText(last) });
    }
  }

  /** On paper everything that is chosen is open. */
  print() {
    let opened = [];
    window.addEventListener("beforeprint", () => {
      this.stories.grow(false, PRINTED);
      opened = [...document.querySelectorAll("details:not([open]):not(.why)")];
      for (const details of opened) {
        details.fill?.();
        details.open = true;
      }
    });
    window.addEventListener("afterprint", () => opened.forEach((details) => (details.open = false)));
  }
}

const PRINTED = 900; // stories more than are on the page already
const dayText = (day) => new Date((day - DAY_ONE) * 86400000).toISOString().slice(0, 10);
const sorted = (keyed) => keyed.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0)).map(([, item]) => item);

function skippedRow([input, row, reason]) {
  return element("tr", {}, [input, row === null ? "" : number(row), reason].map((cell) => element("td", {}, cell)));
}

/** Colour what was searched for, without a change to the page. */
function highlight(words) {
  if (!window.CSS || !CSS.highlights) return;
  CSS.highlights.delete("found");
  if (!words.length) return;
  const ranges = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (walker.currentNode.parentElement.closest(".tools, button, noscript")) continue;
    const text = walker.currentNode.data.toLowerCase();
    for (const word of words) {
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
        const range = new Range();
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + word.length);
        ranges.push(range);
      }
    }
  }
  CSS.highlights.set("found", new Highlight(...ranges));
}

read().then(
  (data) => new Page(new Report(data)).start(),
  () => (byId("status").textContent = "This browser is too old for the search and for all but the first stories."),
);
