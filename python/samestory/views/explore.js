// The explorer in a notebook: what is asked goes to Python, what is answered is shown.

const NEXT = 50; // stories of one answer
const WAIT = 120; // milliseconds after a letter
const NARROW = 700; // pixels below which panes stand one above the other

class Explorer {
  constructor(model, root) {
    Object.assign(this, { model, root, asked: 0, latest: {}, row: null, pinned: null, shown: [] });
    this.view = Math.random().toString(36).slice(2);
    this.waiting = null;
    this.busy = null;
    this.build();
  }

  // -- asking --------------------------------------------------------------------------------

  /** Ask, and hand on the answer unless the same has been asked anew since. */
  ask(question, show) {
    this.asked += 1;
    this.latest[question.ask] = { number: this.asked, show };
    this.model.send({ granularity: this.granularity, ...this.wanted(), ...question, number: this.asked, view: this.view });
  }

  answered(answer) {
    const open = this.latest[answer.ask];
    if (answer.view !== this.view || !open || open.number !== answer.number) return;
    if (answer.error) this.say(answer.error);
    else open.show(answer);
  }

  wanted() {
    const { search, outlet, from, to, order } = this.controls;
    return { q: search.value, outlet: outlet.value, from: from.value, to: to.value, order: order.value };
  }

  say(text) {
    this.status.textContent = text;
  }

  // -- controls ------------------------------------------------------------------------------

  build() {
    const { outlets, days, found } = this.model.get("start");
    this.granularity = this.model.get("granularity");
    const label = (text, control, attributes = {}) => element("label", attributes, element("span", {}, text), control);
    const date = () => element("input", { type: "date", min: days?.[0], max: days?.[1], onchange: () => this.list() });
    this.controls = {
      slider: element("input", { type: "range", min: 0, max: 1, step: 0.005, oninput: () => this.slide(Number(this.controls.slider.value)) }),
      search: element("input", { type: "search", placeholder: 'words, or a "phrase"', autocomplete: "off", oninput: () => this.later() }),
      outlet: element("select", { onchange: () => this.list() }, element("option", { value: "" }, "all"), outlets.map(([name, n]) => element("option", { value: name }, `${name} (${number(n)})`))),
      from: date(),
      to: date(),
      order: element("select", { onchange: () => this.list() }, [["", "largest first"], ["newest", "newest first"], ["oldest", "oldest first"]].map(([value, text]) => element("option", { value }, text))),
    };
    this.level = element("output", {});
    this.found = element("button", { type: "button", class: "found", onclick: () => this.slide(found) }, "as found");
    this.facts = element("p", { class: "facts" });
    this.status = element("p", { class: "status", role: "status" });
    this.stories = element("ol", { class: "stories", "aria-label": "Stories" });
    this.more = element("button", { type: "button", class: "more", hidden: true, onclick: () => this.list(this.shown.length) }, "More stories");
    this.story = element("div", { class: "story-pane", tabindex: 0, role: "region", "aria-label": "Story" }, element("p", { class: "facts" }, "Choose a story on the left."));
    this.pair = element("div", { class: "pair", role: "region", "aria-label": "Two articles", hidden: true });
    const { slider, search, outlet, from, to, order } = this.controls;
    this.root.append(
      element("div", { class: "granularity" }, element("span", {}, "coarse"), slider, element("span", {}, "fine"), this.level, this.found),
      element(
        "div",
        { class: "tools" },
        label("Search", search, { class: "search" }),
        label("Outlet", outlet, { hidden: outlets.length < 2 }),
        label("From", from, { hidden: !days }),
        label("To", to, { hidden: !days }),
        label("Order", order),
      ),
      this.facts,
      this.status,
      element("div", { class: "panes" }, element("div", { class: "list-pane", tabindex: 0, role: "region", "aria-label": "Stories found" }, this.stories, this.more), this.story),
      this.pair,
    );
    slider.setAttribute("aria-label", "Granularity, from coarse stories to fine ones");
    this.set(this.granularity);
    this.list();
  }

  set(granularity) {
    this.granularity = granularity;
    this.controls.slider.value = granularity;
    this.level.textContent = granularity.toFixed(3);
    this.found.hidden = granularity === this.model.get("start").found;
  }

  /** Cut elsewhere: the list, the open story and the open pair follow. */
  slide(granularity) {
    this.set(granularity);
    this.model.set("granularity", granularity);
    this.model.save_changes();
    this.cut();
  }

  /** One cut at a time: what the slider passes while Python is at work is left out. */
  cut() {
    if (this.busy) {
      this.busy = "again";
      return;
    }
    this.busy = "once";
    this.list(0, () => {
      const again = this.busy === "again";
      this.busy = null;
      if (again) this.cut();
      else this.follow();
    });
  }

  follow() {
    if (this.row !== null) this.open(this.row, false);
    if (this.compared) this.compare(...this.compared);
  }

  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.list(), WAIT);
  }

  // -- the list ------------------------------------------------------------------------------

  list(start = 0, then = null) {
    this.ask({ ask: "stories", start }, (answer) => {
      this.showList(answer);
      then?.();
    });
  }

  showList(answer) {
    this.facts.textContent = answer.facts;
    this.say(answer.narrow ? (answer.total ? `${count(answer.total, "story", "stories")} found` : "Nothing fits: try fewer words, another outlet or a longer time.") : "");
    if (answer.start === 0) {
      this.shown = [];
      this.stories.replaceChildren();
    }
    this.shown.push(...answer.stories);
    this.stories.append(...answer.stories.map((story) => this.item(story)));
    const left = answer.total - this.shown.length;
    this.more.hidden = left <= 0;
    this.more.textContent = `${number(Math.min(left, NEXT))} more of ${number(left)}`;
    this.point();
  }

  item(story) {
    return element(
      "li",
      {},
      element(
        "button",
        { type: "button", class: "item", "data-label": story.label, onclick: () => this.open(story.row) },
        element("bdi", { dir: "auto", class: "title" }, story.title),
        element("span", { class: "facts" }, story.facts),
      ),
    );
  }

  point() {
    for (const item of this.stories.querySelectorAll(".item")) {
      item.setAttribute("aria-current", String(Number(item.dataset.label) === this.label));
    }
  }

  // -- one story -----------------------------------------------------------------------------

  open(row, fromTop = true) {
    this.row = row;
    this.ask({ ask: "story", row, start: 0 }, (answer) => {
      this.label = answer.label;
      this.showStory(answer);
      if (fromTop) this.story.scrollTop = 0;
      this.point();
    });
  }

  showStory(answer) {
    this.entries = element("ol", { class: "entries" });
    this.moreArticles = element("button", { type: "button", class: "more" });
    const dots = dotsNode(answer.seconds, `${count(answer.articles.length, "article")} in time`);
    this.story.replaceChildren(
      ...[
        element("h3", {}, element("bdi", { dir: "auto" }, answer.title)),
        element("p", { class: "facts" }, answer.facts),
        answer.first && element("p", { class: "first" }, "First: ", element("bdi", { dir: "auto" }, answer.first)),
        keywordsNode(answer.keywords),
        dots && element("div", { class: "times" }, dots),
        this.entries,
        this.moreArticles,
      ].filter(Boolean),
    );
    this.addArticles(answer);
  }

  addArticles(answer) {
    this.entries.append(...answer.articles.map((article) => this.entry(article, answer.n)));
    const shown = answer.start + answer.articles.length;
    const left = answer.n - shown;
    this.moreArticles.hidden = left <= 0;
    this.moreArticles.textContent = `${count(left, "more article")}`;
    this.moreArticles.onclick = () => this.ask({ ask: "story", row: this.row, start: shown }, (next) => this.addArticles(next));
    this.pin();
  }

  entry(article, n) {
    return element(
      "li",
      { class: article.matches ? "entry" : "entry other", "data-row": article.row },
      whereNode(article),
      element(
        "div",
        { class: "what" },
        element("p", { class: "title" }, titleNode(article)),
        article.standfirst && element("p", { class: "standfirst", dir: "auto" }, article.standfirst),
        element(
          "p",
          { class: "actions" },
          n > 1 && element("button", { type: "button", class: "why", onclick: () => this.why(article.row) }, "why here"),
          element("button", { type: "button", class: "compare", "aria-pressed": "false", onclick: () => this.choose(article.row) }, "compare"),
        ),
      ),
    );
  }

  // -- two articles --------------------------------------------------------------------------

  /** The first article that is chosen waits for a second one, of whatever story. */
  choose(row) {
    if (this.pinned === null) this.pinned = row;
    else if (this.pinned === row) this.pinned = null;
    else {
      this.compare(this.pinned, row);
      this.pinned = null;
    }
    this.pin();
  }

  pin() {
    for (const entry of this.story.querySelectorAll(".entry")) {
      entry.querySelector(".compare").setAttribute("aria-pressed", String(Number(entry.dataset.row) === this.pinned));
    }
    if (this.pinned !== null) this.say("Choose the article to compare it with, of this story or another.");
    else if (this.status.textContent.startsWith("Choose the article")) this.say("");
  }

  compare(a, b) {
    this.compared = [a, b];
    this.ask({ ask: "pair", a, b }, (answer) => this.showPair(answer));
  }

  why(row) {
    this.ask({ ask: "why", row }, (answer) => {
      if (answer.alone) return this.say("Nothing in its story is like this article by itself.");
      this.compared = answer.sides.map((side) => side.row);
      this.showPair(answer);
    });
  }

  showPair(answer) {
    const terms = new Terms(answer.marks);
    const [a, b] = answer.sides.map((side) => this.side(side, terms));
    const close = element("button", { type: "button", class: "close", "aria-label": "Close the comparison", onclick: () => this.closePair() }, "×");
    this.pair.replaceChildren(close, a, this.explanation(answer), b);
    const opened = this.pair.hidden;
    this.pair.hidden = false;
    if (opened) this.pair.scrollIntoView({ block: "nearest" });
  }

  closePair() {
    this.pair.hidden = true;
    this.compared = null;
  }

  side(side, terms) {
    return element(
      "article",
      { class: "side" },
      whereNode(side),
      element("h4", {}, titleNode(side, terms)),
      side.standfirst && element("p", { class: "standfirst", dir: "auto" }, terms.mark(side.standfirst)),
      side.text.map((paragraph) => element("p", { dir: "auto" }, terms.mark(paragraph))),
      side.cut && element("p", { class: "facts" }, "… and more"),
    );
  }

  explanation(answer) {
    const { ways } = this.model.get("start");
    const longest = Math.max(1e-9, ...answer.terms.map((term) => term.parts.reduce((sum, [, weight]) => sum + Math.abs(weight), 0)));
    const used = Object.keys(ways).filter((way) => answer.terms.some((term) => term.parts.some(([name]) => name === way)));
    return element(
      "div",
      { class: "explanation" },
      element("p", {}, element("strong", {}, answer.facts)),
      element("p", { class: "facts" }, answer.rule),
      answer.terms.length ? element("table", {}, element("tbody", {}, answer.terms.map((term) => termRow(term, longest)))) : element("p", {}, "They have no word in common that counts."),
      answer.rest >= 0.0005 && element("p", { class: "facts" }, `all others together ${answer.rest.toFixed(3)}`),
      used.length > 0 && element("p", { class: "key" }, used.map((way) => element("span", {}, element("i", { class: way }), ways[way]))),
    );
  }
}

function termRow(term, longest) {
  const parts = term.parts.map(([way, weight]) => {
    const part = element("i", { class: way, title: `${way} ${weight.toFixed(3)}` });
    part.style.width = `${(100 * Math.abs(weight)) / longest}%`;
    return part;
  });
  return element("tr", {}, element("th", { scope: "row" }, element("bdi", { dir: "auto" }, term.term)), element("td", { class: "number" }, term.weight.toFixed(3)), element("td", { class: "bar" }, element("div", {}, parts)));
}

/** Light or dark as what the widget stands on, which no notebook tells in the same way. */
function schemeOf(node) {
  for (let place = node; place; place = place.parentElement) {
    const [r, g, b, a = 1] = (getComputedStyle(place).backgroundColor.match(/[\d.]+/g) || []).map(Number);
    if (a > 0.5 && b !== undefined) return 0.299 * r + 0.587 * g + 0.114 * b < 128 ? "dark" : "light";
  }
  if (document.body.matches(".vscode-dark, .vscode-high-contrast")) return "dark";
  if (document.body.matches(".vscode-light")) return "light";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function render({ model, el }) {
  const root = element("div", { class: "samestory-page samestory-explore" });
  el.append(root);
  const explorer = new Explorer(model, root);
  const answered = (answer) => explorer.answered(answer);
  const moved = () => {
    if (model.get("granularity") === explorer.granularity) return;
    explorer.set(model.get("granularity"));
    explorer.cut();
  };
  const scheme = () => (root.dataset.scheme = schemeOf(el));
  const watcher = new MutationObserver(scheme);
  for (const node of [document.documentElement, document.body]) watcher.observe(node, { attributes: true });
  scheme();
  requestAnimationFrame(scheme);
  const sizes = new ResizeObserver(() => root.classList.toggle("narrow", root.clientWidth < NARROW));
  sizes.observe(root);
  model.on("msg:custom", answered);
  model.on("change:granularity", moved);
  return () => {
    watcher.disconnect();
    sizes.disconnect();
    model.off("msg:custom", answered);
    model.off("change:granularity", moved);
  };
}

export default { render };
