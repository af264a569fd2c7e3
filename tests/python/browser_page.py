"""A page in a browser that tells of all that should not happen: errors, requests, alerts."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

NARROW = 390

_NOTEBOOK = """<!doctype html><meta name="viewport" content="width=device-width">
<body style="background: BACKGROUND; margin: 8px"><div id="output"></div></body>"""
# What a notebook gives to a widget's front end, and no more.
_SHOW = """async ([esm, css, state]) => {
  const style = document.createElement("style");
  style.textContent = css;
  document.head.append(style);
  const heard = { "msg:custom": new Set(), "change:granularity": new Set() };
  const fire = (name, value) => heard[name].forEach((hear) => hear(value));
  const changed = {};
  window.model = {
    get: (name) => state[name],
    set: (name, value) => { changed[name] = state[name] = value; fire(`change:${name}`, value); },
    save_changes: () => tellPython(changed),
    send: async (question) => {
      for (const answer of await askPython(question)) fire("msg:custom", answer);
    },
    on: (name, hear) => heard[name].add(hear),
    off: (name, hear) => heard[name].delete(hear),
  };
  const file = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
  const widget = (await import(file)).default;
  window.cleanUp = await widget.render({ model, el: document.getElementById("output") });
}"""


def chromium_path() -> str | None:
    """Return the program that opens pages; None where there is none."""
    found = map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))
    return next(filter(None, found), None)


class WatchedPage:
    """A tab whose console stays silent, which asks the network for nothing and alerts nobody.

    Use it as a context manager; what went wrong is checked at its end.
    """

    def __init__(
        self, browser: Any, width: int = 1080, scheme: str = "light", scale: float = 1
    ) -> None:
        self._context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            device_scale_factor=scale,
        )
        self.tab = self._context.new_page()
        self.tab.set_default_timeout(15_000)
        self.complaints: list[str] = []
        self.tab.on("console", lambda message: self.complaints.append(f"console {message.text}"))
        self.tab.on("pageerror", lambda error: self.complaints.append(f"error {error}"))
        self.tab.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))
        self.tab.on("request", self._note)

    def _note(self, request: Any) -> None:
        # A widget's module is imported from memory.
        is_own = request.url.startswith("blob:") or (
            request.is_navigation_request() and request.url.startswith("file:")
        )
        if not is_own:
            self.complaints.append(f"request {request.url}")

    def open(self, file: Path, address: str = "") -> Any:
        """Open a report and wait until its script has made it."""
        self.tab.goto("about:blank")
        self.tab.goto(file.as_uri() + address)
        self.tab.wait_for_selector("#tools:not([hidden])")
        return self.tab

    def show(self, explorer: Any, background: str = "#fff") -> Any:
        """Show a widget as a notebook does, in a page with nothing else, and let it talk to it."""
        answers: list[Any] = []
        explorer.send = answers.append

        def ask(question: Any) -> list[Any]:
            explorer._handle_custom_msg(question, [])
            told, answers[:] = list(answers), []
            return told

        self.tab.expose_function("askPython", ask)
        self.tab.expose_function("tellPython", explorer.set_state)
        self.tab.set_content(_NOTEBOOK.replace("BACKGROUND", background))
        state = {name: getattr(explorer, name) for name in ("granularity", "start")}
        self.tab.evaluate(_SHOW, [explorer._esm, explorer._css, state])
        self.tab.wait_for_selector(".samestory-explore .item")
        return self.tab

    def fits(self) -> bool:
        """Whether the page is no wider than the window."""
        return self.tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    def __enter__(self) -> WatchedPage:
        return self

    def __exit__(self, kind: Any, *_: Any) -> None:
        self._context.close()
        if kind is None:
            assert self.complaints == []


def hostile_texts() -> list[str]:
    """Return 300 texts that run or break a page that takes them for markup."""
    code = "window.broken=1"
    seeds = [
        f"<script>{code}</script>",
        f"</script><script>{code}</script>",
        f"<img src=x onerror={code}>",
        f"<svg onload={code}>",
        f"<svg><script>{code}</script></svg>",
        f"<iframe srcdoc='<script>parent.{code}</script>'></iframe>",
        f"<a href=javascript:{code}>x</a>",
        f"<details open ontoggle={code}>",
        f"<input autofocus onfocus={code}>",
        f"<style>@import url(http://127.0.0.1:9/x);</style><body onload={code}>",
        f"javascript:{code}",
        f"data:text/html,<script>{code}</script>",
        "<base href=http://127.0.0.1:9/>",
        "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'>",
        "<link rel=stylesheet href=http://127.0.0.1:9/x.css>",
        "<!-- never closed",
        "--><![CDATA[ ]]>",
        "<plaintext>",
        "<table><tr><td></table></div></li></ol></main></body>",
        "</style></title></textarea>",
        "${" + code + "} {{" + code + "}} <%= 7*7 %>",
        "\u202eabc\u202c \u2066def \u200f\u05d0\u05d1",
        "\u0645\u0631\u062d\u0628\u0627 <b>\u0628\u0643</b>",
        "\U0001f1eb\U0001f1f7\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f525" * 4,
        "a\u0300" * 200,
        "&lt;script&gt; &amp;#x3c; &quot;",
        '" onmouseover="' + code + '" x="',
        "' autofocus onfocus='" + code,
        "\x00\x07\x1b[31m\ufeff\ufffe",
        "W" * 10_000,
    ]
    shapes = ["{}", "Before {}", "{} after", "{0}{0}", "\n{}\t", '"{}', "'{}", ">{}", "`{}", "\\{}"]
    texts = [shape.replace("{0}", "{}").replace("{}", seed) for shape in shapes for seed in seeds]
    assert len(set(texts)) == 300
    return texts


_FIELDS = ("title", "standfirst", "text", "author", "outlet", "language", "url", "path", "id")


def hostile_rows(words: str = "") -> list[dict[str, str]]:
    """Return 300 articles in which every one of these texts stands once in each field."""
    texts = hostile_texts()
    rows = []
    for i, text in enumerate(texts):
        row = {name: texts[(i + 7 * j) % len(texts)] for j, name in enumerate(_FIELDS)}
        rows.append({**row, "text": f"{words}word{i % 60} {text}"})
    return rows
