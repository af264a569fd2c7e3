"use strict";
// The items are HTML made and escaped when the page was written; this script only chooses which of
// them are on the page.

const PAGE = 100;
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'" };

function textOf(html) {
  return html.replace(/<[^>]*>/g, " ").replace(/&(amp|lt|gt|quot|#x27);/g, (entity) => ENTITIES[entity]);
}

function nodeOf(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content.firstElementChild;
}

/** Items of which some are on the page and the others wait as HTML. */
class ItemList {
  constructor(root, part, button) {
    this.root = root;
    this.nodes = [...root.children];
    this.atOnce = this.nodes.length;
    this.rest = part.rest;
    this.outlets = part.outlets;
    this.orders = part.orders || {};
    this.length = this.atOnce + this.rest.length;
    this.words = [];
    this.button = button;
    this.button.addEventListener("click", () => this.grow());
    this.all = Array.from({ length: this.length }, (_, i) => i);
    this.chosen = this.all;
    this.shown = this.atOnce;
    this.label();
  }

  node(i) {
    return (this.nodes[i] ??= nodeOf(this.rest[i - this.atOnce]));
  }

  wordsOf(i) {
    if (this.words[i] === undefined) {
      const html = i < this.atOnce ? this.nodes[i].innerHTML : this.rest[i - this.atOnce];
      const hidden = this.extra ? this.extra(i) : "";
      this.words[i] = fold(textOf(html + hidden));
    }
    return this.words[i];
  }

  choose(words, outlet, order) {
    const all = this.orders[order] || this.all;
    this.chosen = all.filter(
      (i) =>
        (outlet === "" || this.outlets[i].includes(Number(outlet))) &&
        words.every((word) => this.wordsOf(i).includes(word)),
    );
    this.shown = 0;
    this.root.replaceChildren();
    this.grow(false);
    return this.chosen.length;
  }

  grow(byHand = true) {
    const next = this.chosen.slice(this.shown, this.shown + PAGE).map((i) => this.node(i));
    this.root.append(...next);
    this.shown += next.length;
    this.label();
    if (byHand && next.length) {
      next[0].tabIndex = -1;
      next[0].focus({ preventScroll: true });
    }
  }

  label() {
    const left = this.chosen.length - this.shown;
    this.button.hidden = left <= 0;
    this.button.textContent = `Show ${Math.min(PAGE, left).toLocaleString("en")} more of ${left.toLocaleString("en")}`;
  }
}

const buttonOf = (list) => list.closest("section").querySelector("button.more:not([data-story])");
const stories = new ItemList(byId("stories"), data.stories, byId("stories").parentElement.querySelector(":scope > .more"));
stories.extra = (i) => (data.more[i] || []).join(" ");
const alone = byId("alone") && new ItemList(byId("alone"), data.alone, buttonOf(byId("alone")));
if (byId("skipped")) new ItemList(byId("skipped"), data.skipped, buttonOf(byId("skipped")));

// Articles of a story too many to be on the page at once.
byId("stories").addEventListener("click", (event) => {
  const button = event.target.closest("button[data-story]");
  if (!button) return;
  const left = (button.left ??= data.more[button.dataset.story].slice());
  button.previousElementSibling.append(...left.splice(0, PAGE).map(nodeOf));
  button.hidden = left.length === 0;
});

function search() {
  const words = fold(byId("query").value).split(/\s+/).filter(Boolean);
  const [outlet, order] = [byId("outlet").value, byId("order").value];
  const found = stories.choose(words, outlet, order);
  const single = alone ? alone.choose(words, outlet, order) : 0;
  const narrowed = words.length > 0 || outlet !== "";
  if (alone) byId("alone").closest("details").open = narrowed && single > 0;
  byId("status").textContent = narrowed
    ? `${found.toLocaleString("en")} of ${stories.length.toLocaleString("en")} stories, ${single.toLocaleString("en")} articles alone`
    : "";
  unfold(words);
  highlight(words);
}

/** Open what is folded away where a word is found in it. */
function unfold(words) {
  for (const details of byId("stories").querySelectorAll("details")) {
    const text = words.length ? fold(details.querySelector("ol").textContent) : "";
    details.open = words.some((word) => text.includes(word));
  }
}

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

let waiting;
byId("query").addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, 120);
});
for (const id of ["outlet", "order"]) byId(id).addEventListener("change", search);
byId("tools").addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
byId("fold").addEventListener("click", (event) => {
  const folded = byId("stories").classList.toggle("titles");
  event.currentTarget.setAttribute("aria-pressed", String(folded));
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
    event.preventDefault();
    byId("query").focus();
  } else if (event.key === "Escape" && event.target === byId("query")) {
    byId("query").value = "";
    search();
  }
});
window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});

if (byId("outlet").options.length < 3) byId("outlet").closest("label").hidden = true;
byId("tools").hidden = false;
