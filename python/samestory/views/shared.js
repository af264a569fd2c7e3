"use strict";
// What the report and the notebook's explorer have in common. Text becomes nodes and never markup:
// whatever an article holds is put on the page as the letters it is made of.

const SVG = "http://www.w3.org/2000/svg";

/** An element; what is null or false among attributes and children is left out. */
function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return node;
}

/** Letters without accents and case: what is compared in a search. */
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const number = (n) => n.toLocaleString("en");
const count = (n, noun, plural = noun + "s") => `${number(n)} ${n === 1 ? noun : plural}`;
const joined = (parts) => parts.filter(Boolean).join(" · ");

/** Words and phrases in quotation marks of a search, folded. */
function searched(query) {
  const found = [];
  for (const [, phrase, word] of query.matchAll(/["“”„«»]([^"“”„«»]*)["“”„«»]?|([^\s"“”„«»]+)/gu)) {
    const text = fold(phrase ?? word).replace(/\s+/gu, " ").trim();
    if (text) found.push(text);
  }
  return found;
}

const BEGINNING = 6; // letters of a word that stand for its stem
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Which words of a text are among the terms: a word itself, or those that begin so ("elect*"). */
class Terms {
  constructor(terms) {
    this.words = new Set();
    this.beginnings = new Set();
    this.parts = [];
    for (const term of terms) {
      if (UNSPACED.test(term)) this.parts.push(term);
      else if (term.endsWith("*")) this.beginnings.add(fold(term.slice(0, -1)));
      else this.words.add(fold(term));
    }
    // A word is shared in its other forms as well.
    for (const word of this.words) if (word.length > BEGINNING) this.beginnings.add([...word].slice(0, BEGINNING).join(""));
  }

  has(word) {
    const folded = fold(word);
    return this.words.has(folded) || this.beginnings.has([...folded].slice(0, BEGINNING).join(""));
  }

  /** The text as nodes, its shared words marked. */
  mark(text) {
    const nodes = [];
    let plain = "";
    for (const part of this.split(text)) {
      if (!part.shared) plain += part.text;
      else {
        nodes.push(plain, element("mark", {}, part.text));
        plain = "";
      }
    }
    return [...nodes, plain].filter((node) => node !== "");
  }

  *split(text) {
    let last = 0;
    for (const match of text.matchAll(/[\p{L}\p{M}\p{N}_]+(?:['’][\p{L}\p{M}]+)?/gu)) {
      if (UNSPACED.test(match[0])) continue;
      const words = match[0].split(/['’]/u);
      if (!words.some((word) => this.has(word))) continue;
      yield* this.splitParts(text.slice(last, match.index));
      yield { text: match[0], shared: true };
      last = match.index + match[0].length;
    }
    yield* this.splitParts(text.slice(last));
  }

  /** Words of scripts without spaces, wherever they stand. */
  *splitParts(text) {
    while (this.parts.length) {
      const places = this.parts.map((part) => [text.indexOf(part), part]).filter(([place]) => place >= 0);
      if (!places.length) break;
      const [place, part] = places.reduce((best, next) => (next[0] < best[0] ? next : best));
      yield { text: text.slice(0, place), shared: false };
      yield { text: part, shared: true };
      text = text.slice(place + part.length);
    }
    yield { text, shared: false };
  }
}

/** A title: its direction follows its first letter; a link where the article has an address. */
function titleNode(article, terms = null) {
  const words = element("bdi", { dir: "auto", lang: article.language || null }, terms ? terms.mark(article.title) : article.title);
  if (!/^https?:\/\//i.test(article.url || "")) return words;
  return element("a", { href: article.url, rel: "noopener noreferrer", target: "_blank" }, words);
}

/** Who tells it and when. */
function whereNode(article, ...more) {
  return element(
    "div",
    { class: "where" },
    element("span", { class: "outlet" }, element("bdi", { dir: "auto" }, article.teller)),
    " ",
    article.moment ? element("span", { class: "when" }, article.moment) : element("span", { class: "undated" }, "no date"),
    ...more,
  );
}

/** A dot an article along the time from the first to the last; seconds rise. */
function dotsNode(seconds, label) {
  const [first, last] = [seconds[0], seconds[seconds.length - 1]];
  if (seconds.length < 2 || first === last) return null;
  const places = new Map();
  for (const second of seconds) {
    const place = Math.round((120 * (second - first)) / (last - first));
    places.set(place, (places.get(place) || 0) + 1);
  }
  const svg = document.createElementNS(SVG, "svg");
  const draw = (name, attributes) => {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    svg.append(node);
  };
  for (const [key, value] of Object.entries({ class: "dots", role: "img", "aria-label": label, height: "18", width: "100%" })) svg.setAttribute(key, value);
  draw("line", { x1: "1.2%", x2: "98.8%", y1: "9", y2: "9" });
  for (const [place, n] of places) {
    draw("circle", { cx: `${(1.2 + (place / 120) * 97.6).toFixed(1)}%`, cy: "9", r: Math.min(3.5 * n ** 0.4, 8).toFixed(1) });
  }
  return svg;
}

const keywordsNode = (words) =>
  words.length ? element("ul", { class: "keywords", "aria-label": "Keywords" }, words.map((word) => element("li", {}, element("bdi", { dir: "auto" }, word)))) : null;
