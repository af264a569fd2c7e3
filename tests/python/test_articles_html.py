"""HTML pages as sites make them: title, date and text, and what nothing may take long over."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.articles.htmlpages import read_html
from samestory.articles.htmltitles import choose_title, without_site
from samestory.articles.htmltree import parse

TITLE = "Ferry to Skarnholm sails again"
TEXT = [
    "The ferry to Skarnholm sailed again on Monday after its engine was repaired in Lindby.",
    "Some 200 islanders had been cut off for nine days, and the shop had run out of flour.",
    "“We have eaten herring three times a day,” said Berit Holm, who keeps the light on the point.",
    "The county wants to buy a second boat by the autumn, so that the island is never alone again.",
]
OG = f'<meta property="og:title" content="{TITLE}">'
DATE = "2022-05-16T07:45:00+02:00"


def linked(**values) -> str:
    return f'<script type="application/ld+json">{json.dumps(values)}</script>'


def page(head="", body=None, title=TITLE, before="", after="") -> bytes:
    paragraphs = "".join(f"<p>{one}</p>" for one in TEXT) if body is None else body
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{title}</title>{head}</head><body>{before}"
        f"<main><article><h1>{TITLE}</h1>{paragraphs}</article></main>{after}</body></html>"
    ).encode()


# -- text ----------------------------------------------------------------------------------

BODIES = {
    "line breaks": page(body="<div>" + "<br><br>".join(TEXT) + "</div>"),
    "line breaks beside a paragraph": page(
        body="<div>" + "<br/>\n<br/>".join(TEXT) + "</div>",
        after="<p>Write to the Lindby Post.</p>",
    ),
    "divs": page(body="".join(f"<div><span>{one}</span></div>" for one in TEXT)),
    "list": page(body="<ol>" + "".join(f"<li>{one}" for one in TEXT) + "</ol>"),
    "unclosed aside": page(before="<aside><p>Buy flour.</p>"),
    "unclosed header": page(before="<header><div>Lindby Post</div>"),
    "unclosed figure": page(
        body=f"<p>{TEXT[0]}<figure><img src=a><figcaption>Quay</figcaption>"
        + "".join(f"<p>{one}</p>" for one in TEXT[1:])
    ),
    "unclosed button": page(
        body=f"<p>{TEXT[0]}<button>Share" + "".join(f"<p>{one}</p>" for one in TEXT[1:])
    ),
    "first in the header": page(
        body=f"<header><p>{TEXT[0]}</p></header>" + "".join(f"<p>{one}</p>" for one in TEXT[1:])
    ),
    "widgets": page(
        body="".join(
            f'<div class="page-widget widget-copy"><div class="inner"><p>{one}</p></div></div>'
            for one in TEXT
        )
    ),
    "line breaks in a cell": page(
        body="<table><tr><td>" + "<br>\n".join(TEXT) + "</td></tr></table>"
    ),
    "line breaks and bold": page(body=f"<b>{TEXT[0]}</b><br><br>" + "<br />".join(TEXT[1:])),
    "divs in divs": page(body="".join(f"<div><div class=p>{one}</div></div>" for one in TEXT)),
    "sections": page(body="".join(f"<section><span>{one}</span></section>" for one in TEXT)),
    "divs with links": page(
        body="".join(
            f"<div class=par>{one.replace('ferry', '<a href=/f>ferry</a>')}</div>" for one in TEXT
        )
    ),
    "list with bullets": page(body="<ul class=text><li><p>" + "</p><li><p>".join(TEXT) + "</ul>"),
    "list behind a paragraph": page(
        body=f"<p>{TEXT[0]}</p><ul><li>{TEXT[1]}</li><li>{TEXT[2]}</li></ul><p>{TEXT[3]}</p>"
    ),
    "definitions": page(
        body=f"<dl><dt>{TEXT[0]}</dt><dd>{TEXT[1]}</dd><dt>{TEXT[2]}</dt><dd>{TEXT[3]}</dd></dl>"
    ),
    "aside unclosed within": page(
        body=f"<p>{TEXT[0]}</p><aside class=box>" + "".join(f"<p>{one}</p>" for one in TEXT[1:])
    ),
    "header of the page unclosed": page(before="<header id=top><nav><a href=/>News</a></nav>"),
    "header of the article unclosed": page(
        body="<header>" + "".join(f"<p>{one}</p>" for one in TEXT)
    ),
    "figures unclosed": page(
        body=f"<figure><img src=a><p>{TEXT[0]}</p><p>{TEXT[1]}<figure><img src=b>"
        f"<p>{TEXT[2]}</p><p>{TEXT[3]}</p>"
    ),
    "buttons unclosed": page(
        body=f"<button class=save>Save<p>{TEXT[0]}</p><button><i></i>"
        + "".join(f"<p>{one}</p>" for one in TEXT[1:])
    ),
    "articleBody in a graph": (
        f"<title>{TITLE}</title>"
        + linked(
            **{
                "@graph": [
                    {"@type": "WebSite", "name": "Lindby Post"},
                    {
                        "@type": "ReportageNewsArticle",
                        "headline": TITLE,
                        "articleBody": " ".join(TEXT),
                    },
                ]
            }
        )
        + "<noscript>Turn scripts on.</noscript><div id=app></div>"
    ).encode(),
    "articleBody with tags": (
        f"<title>{TITLE}</title>"
        + linked(
            **{
                "@type": ["Article"],
                "headline": TITLE,
                "articleBody": "".join(f"<p>{one}</p>" for one in TEXT),
            }
        )
    ).encode(),
    "articleBody with entities": (
        f"<title>{TITLE}</title>"
        + linked(
            **{
                "@type": "BlogPosting",
                "headline": TITLE,
                "articleBody": "\n".join(TEXT).replace("“", "&ldquo;").replace("”", "&rdquo;"),
            }
        )
    ).encode(),
    "JSON-LD alone": (
        f"<title>{TITLE}</title>"
        + linked(**{"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(TEXT)})
        + "<div id=root></div>"
    ).encode(),
}


@pytest.fixture
def without_trafilatura(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)


@pytest.mark.parametrize("name", BODIES)
def test_texts(name, without_trafilatura):
    text = read_html(BODIES[name])["text"]
    assert text.split() == " ".join(TEXT).split()


OTHER = [
    "The mill in Lindby grinds again, and its first flour went to the baker in the square.",
    "Goats from three farms were shown in Orrin, where the cup went to a brown one named Tove.",
    "Rain is to fall on the county until Friday, and then the wind will turn to the north again.",
    "A choir of eighty will sing in the old fish hall on Sunday, for whoever brings a lantern.",
]
OTHERS_TEXT = "".join(f"<p>{one}</p>" for one in OTHER * 3)
OWN_TEXT = "".join(f"<p>{one}</p>" for one in TEXT)
INFINITE = {
    "articles one behind the other": page(
        after=f"<article><h1>The mill grinds again</h1>{OTHERS_TEXT}</article>"
    ),
    "articles in one main": page(
        body=f"{OWN_TEXT}</article><article><h1>The mill grinds again</h1>{OTHERS_TEXT}"
    ),
    "divs with their addresses": page(
        body=f"<div data-url=/ferry>{OWN_TEXT}</div></article></main>"
        f"<div class=next-article data-url=/mill><h2>The mill grinds again</h2>{OTHERS_TEXT}</div>"
    ),
    "sections with a heading each": page(
        body=f"<section class=story>{OWN_TEXT}</section></article>"
        f"<article class=story><h2>The mill grinds again</h2>{OTHERS_TEXT}</article>"
    ),
}


@pytest.mark.parametrize("name", INFINITE)
def test_of_several_articles_it_is_the_one_of_the_title(name, without_trafilatura):
    fields = read_html(INFINITE[name].replace(b"<head>", b"<head>" + OG.encode()))
    assert fields["title"] == TITLE
    assert fields["text"].split() == " ".join(TEXT).split()


WALL = "Subscribe now to read on: all articles of the Lindby Post for four crowns a week."
ASKS = "We and our 212 partners store cookies on your device, and need your consent to do so."
AROUND = {
    "paywall in an element": f"<div class=paywall><p>{WALL}</p><p>Log in</p></div>",
    "paywall in a dialog": f"<div role=dialog><h2>Subscribe</h2><p>{WALL}</p></div>",
    "paywall of a component": f"<div id=PaywallBox><span>{WALL}</span></div>",
    "paywall in a form": f"<form><p>{WALL}</p><input name=mail></form>",
    "consent in an element": f"<div id=cookie-banner><p>{ASKS}</p><button>Accept</button></div>",
    "consent in a dialog": f"<dialog open><p>{ASKS}</p></dialog>",
    "consent of a manager": f"<div class=gdpr-consent-tool><p>{ASKS}</p><p>{ASKS}</p></div>",
    "consent hidden": f"<section aria-hidden=true><p>{ASKS}</p></section>",
    "newsletter": f"<div class='newsletter-signup'><p>{WALL}</p></div>",
}


@pytest.mark.parametrize("name", AROUND)
@pytest.mark.parametrize("where", ["before", "within", "after"])
def test_walls_and_consent_are_no_text(name, where, without_trafilatura):
    given = AROUND[name]
    body = OWN_TEXT.replace("</p>", f"</p>{given}", 1) if where == "within" else OWN_TEXT
    around = {where: given} if where != "within" else {}
    assert read_html(page(body=body, **around))["text"].split() == " ".join(TEXT).split()


def test_what_stands_around_an_article_is_left_out(without_trafilatura):
    other = "The mill in Lindby grinds again, and its first flour went to the baker in the square."
    text = read_html(
        page(
            before=f"<nav><a href=/>News</a></nav><div class=cookie-consent><p>{other}</p></div>",
            after=f"<div class='related-stories'><h2>More</h2><p>{other}</p></div>"
            f"<section id=comments><p>{other}</p></section><footer><p>{other}</p></footer>",
        )
    )["text"]
    assert "mill" not in text
    assert text.split() == " ".join(TEXT).split()


LEAD = "Nine days without flour have ended for the two hundred people of a small island."
LEADS = {
    "an element of its own": (f"<p class=intro>{LEAD}</p>", LEAD),
    "a heading": (f"<h2>{LEAD}</h2>", LEAD),
    "longer on the page": (f"<div><b>Lindby.</b> {LEAD}</div>", f"Lindby. {LEAD}"),
}


@pytest.mark.parametrize("name", LEADS)
def test_what_is_the_description_too_is_the_standfirst_and_counts_once(name):
    markup, lead = LEADS[name]
    head = f'<meta property="og:description" content="{LEAD}">'
    fields = read_html(page(head, body=markup + "".join(f"<p>{one}</p>" for one in TEXT)))
    assert fields["standfirst"] == lead
    assert fields["text"].split() == " ".join(TEXT).split()


def test_a_description_that_is_only_how_the_text_begins_takes_nothing_from_it():
    fields = read_html(page(f'<meta name=description content="{TEXT[0]}">'))
    assert fields["text"].split() == " ".join(TEXT).split()
    other = read_html(
        page(
            '<meta name=description content="All of Lindby in one place.">',
            body=f"<div>{LEAD}</div>" + "".join(f"<p>{one}</p>" for one in TEXT),
        )
    )
    assert LEAD in other["text"]


# -- title ---------------------------------------------------------------------------------

TITLES = {
    "logo in a heading before": page(OG, before="<header><h1>Lindby Post</h1></header>"),
    "site behind": page(
        '<meta property="og:site_name" content="The Lindby Post">', title=f"{TITLE} - Lindby Post"
    ),
    "site in og:title": page(
        '<meta property="og:site_name" content="Lindby Post">'
        f'<meta property="og:title" content="{TITLE} | Lindby Post">',
    ).replace(f"<h1>{TITLE}</h1>".encode(), b""),
    "kicker glued on": page(OG).replace(b"<h1>", b"<h1><span>At sea</span> "),
    "escaped twice": page(
        f'<meta property="og:title" content="{TITLE} &amp;amp;">', title=f"{TITLE} &amp;"
    ).replace(f"<h1>{TITLE}</h1>".encode(), b"<h1>&nbsp;</h1>"),
    "an attribute cut at a quote": page(
        f'<meta property="og:title" content="{TITLE} "as if new"">', title=f'{TITLE} "as if new"'
    ).replace(f"<h1>{TITLE}</h1>".encode(), b""),
    "logo first, the title in two headings": page(
        OG, before="<h1>Lindby Post</h1>", title=f"{TITLE} l Lindby Post"
    ),
    "a section for a heading": page(title=f"{TITLE} » Coast").replace(
        f"<h1>{TITLE}</h1>".encode(), b"<h1>Coast</h1>"
    ),
    "a name of two words for a heading": page(title=f"{TITLE} : Old Lantern | Notes").replace(
        f"<h1>{TITLE}</h1>".encode(), b"<h1>Old Lantern</h1>"
    ),
    "a logo that the title lacks": page().replace(
        f"<h1>{TITLE}</h1>".encode(), b"<h1>Lindby Post</h1>"
    ),
    "og:title is the site's": page(
        '<meta property="og:title" content="Lindby Post"><meta property="og:site_name" '
        'content="Lindby Post">'
    ),
    "a hidden heading": page(before="<h1 class=sr-only>Menu and search</h1>"),
    "a kicker behind a line break": page(OG).replace(b"<h1>", b"<h1><small>Islands</small><br>"),
    "entities in JSON-LD": page(
        linked(**{"@type": "NewsArticle", "headline": f"&lt;b&gt;{TITLE}&lt;/b&gt; &amp;amp;",
                  "publisher": {"name": "Lindby Post"}}),
        title="Lindby Post",
    ).replace(f"<h1>{TITLE}</h1>".encode(), b""),
    "site before": page(
        '<meta name="application-name" content="Lindby Post">', title=f"Lindby Post: {TITLE}"
    ).replace(f"<h1>{TITLE}</h1>".encode(), b""),
    "site in two parts behind": page(
        '<link rel=canonical href="https://www.lindbypost.test/ferry">',
        title=f"{TITLE} | Lindby Post | Lindbypost.test",
    ).replace(f"<h1>{TITLE}</h1>".encode(), b""),
    "no site named": page(title=f"{TITLE} | Lindby Post").replace(
        f"<h1>{TITLE}</h1>".encode(), b""
    ),
    "cut off in JSON-LD": page(
        OG + linked(**{"@type": "NewsArticle", "headline": f"{TITLE[:24]}..."}),
        title=f"{TITLE[:24]}… | Lindby Post",
    ),
    "title of a drawing": page(before="<svg><title>Search</title></svg>"),
}  # fmt: skip


@pytest.mark.parametrize("name", TITLES)
def test_titles(name):
    assert read_html(TITLES[name])["title"].removesuffix(" &").removesuffix(' "as if new"') == TITLE


def test_a_title_keeps_its_own_dashes_and_bars():
    assert without_site("Rain - and more - to come", ["Lindby Post"]) == "Rain - and more - to come"
    assert choose_title([], [], [], "Rain | Lindby Post", ["lindbypost"]) == "Rain"
    assert choose_title(["Red Boats"], [], [], "Orrin – Red Boats, a song | Tunes", []) != "Orrin"
    assert (
        choose_title([], [], [], "灯台の船が冬の海へ戻った！-潮見新聞", [])
        == "灯台の船が冬の海へ戻った！"
    )


def test_a_title_has_the_marks_that_most_give_it():
    colon, dash = "Islands: A ferry sails again", "Islands - A ferry sails again"
    only = ["A ferry sails again"]
    assert choose_title(only, [dash], [colon], f"{colon} - Coast", []) == colon
    assert choose_title([dash], [dash], [colon], f"{colon} - Coast", []) == dash
    glued = "Islands A ferry sails again"
    assert choose_title([glued], [dash], [colon], f"{colon} - Coast", []) == colon


def test_a_title_that_ends_in_dots_of_its_own_stays():
    title = "And then the ferry sailed…"
    assert read_html(page(f'<meta property="og:title" content="{title}">', title=f"{title} | Post")
                     .replace(TITLE.encode(), title.encode()))["title"] == title  # fmt: skip


# -- date ----------------------------------------------------------------------------------

ARTICLE = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE}
DATED = ARTICLE | {"datePublished": DATE}
TICKER = "<aside><time datetime='2023-01-02T10:00'>10:00</time></aside>"
DATES = {
    "live blog": linked(**DATED | {"@type": "LiveBlogPosting"}),
    "full address of the type": linked(**DATED | {"@type": "https://schema.org/NewsArticle"}),
    "graph": linked(**{"@graph": [{"@type": "WebSite"}, DATED]}),
    "array": f'<script type="application/ld+json">[{json.dumps(DATED)}]</script>',
    "CDATA": f'<script type="application/ld+json">/*<![CDATA[*/{json.dumps(DATED)}/*]]>*/</script>',
    "comma and semicolon": f'<script type="application/ld+json">{json.dumps(DATED)[:-1]},}};'
    "</script>",
    "teaser first": linked(
        **DATED | {"headline": "Mill grinds again", "datePublished": "2021-01-01"}
    )
    + linked(**DATED),
    "placeholder": linked(**ARTICLE | {"datePublished": "0001-01-01T00:00:00Z"})
    + f'<meta name="parsely-pub-date" content="{DATE}">',
    "itemprop": f'<meta itemprop="datePublished" content="{DATE}">',
    "Dublin Core": f'<meta name="DC.date.issued" content="{DATE}">',
    "changed, too": f'<meta property="article:modified_time" content="2023-02-02">'
    f'<meta property="article:published_time" content="{DATE}">',
}  # fmt: skip
BESIDE = {
    "time below the headline": f"<time datetime='{DATE}'>16 May</time>",
    "in words": "<p>By Ada Lund, 16 May 2022, 07:45 CEST</p>",
    "duration first": f"<time datetime='PT3M'>3 min</time><time datetime='{DATE}'>16 May</time>",
    "changed first": f"<time class=updated datetime='2023-02-02'>2 Feb</time>"
    f"<time class=published datetime='{DATE}'>16 May</time>",
    "updated, published": "<div>Updated: 2 February 2023 10:00 CET | "
    "Published: 16 May 2022 07:45 CEST</div>",
    "published, updated": "<p>Published 16 May 2022, 07:45 | Updated 2 February 2023, 10:00</p>",
    "updated first in German": "<p>Aktualisiert: 02.02.2023, 10:00 Uhr · Veröffentlicht: "
    "16.05.2022, 07:45 Uhr</p>",
    "the attribute is of a change": "<time datetime='2023-02-02T10:00'>Publié le 16 mai 2022 à "
    "07:45</time>",
    "an item of a short list": "<ul class=info><li>16 May 2022, 07:45</li><li>Ada Lund</li></ul>",
    "an attribute of data": f"<span data-published-time='{DATE}'>Monday</span>",
    "title of an abbreviation": f"<abbr class=published itemprop=datePublished title='{DATE}'>"
    "Monday</abbr>",
    "genre comment in a class": "<div class=HeaderComment_day>16 May 2022, 07:45</div>",
    "bars of a live ticker above": "<div class=ticker><time datetime=2023-02-02T10:00>10:00</time>"
    "</div><p>16 May 2022 07:45</p>",
}  # fmt: skip


@pytest.mark.parametrize("name", DATES)
def test_dates_in_the_head(name):
    assert read_html(page(DATES[name], before=TICKER))["date"] == DATE


@pytest.mark.parametrize("name", BESIDE)
def test_dates_beside_the_headline(name):
    body = BESIDE[name] + "".join(f"<p>{one}</p>" for one in TEXT)
    assert read_html(page(body=body, before=TICKER))["date"][:16] == DATE[:16]


PARAGRAPHS = "".join(f"<p>{one}</p>" for one in TEXT * 3)
OTHERS = "".join(f"<li><a href=/{day}>Goats win the cup of Lindby again</a> <i>{day} May 2023</i>"
                 for day in range(10, 20))  # fmt: skip
ANYWHERE = {
    "above the headline": page(before="<div class=place>16.05.2022</div>", body=PARAGRAPHS),
    "above the headline, with a label": page(
        before="<div class=state>Stand: 16.05.2022 07:45 Uhr</div>", body=PARAGRAPHS
    ),
    "a logo far above": page(
        before="<h1>Lindby Post</h1>" + "<p>Weather</p>" * 20,
        body=f"<p>16 May 2022</p>{PARAGRAPHS}",
    ),
    "headline in another element": page(
        before="<p>Weather</p>" * 20, body=f"<p>Lindby, 16 May 2022</p>{PARAGRAPHS}"
    ).replace(b"h1>", b"h2>"),
    "below the text": page(body=f"{PARAGRAPHS}<p>Ada Lund, 16 May 2022</p>"),
    "below the text, others behind": page(
        body=f"{PARAGRAPHS}<p>Created on: 16 May 2022</p>", after=f"<ul>{OTHERS}</ul>"
    ),
    "in a sentence below the text": page(
        body=f"{PARAGRAPHS}<p>This entry was posted on Monday, 16 May 2022 at 07:45 by Ada and is "
        "filed under boats, islands, flour and what else one reads of in the county.</p>"
    ),
    "in a German sentence": page(
        body=f"{PARAGRAPHS}<p>Dieser Beitrag wurde am 16. Mai 2022 um 07:45 von Ada geschrieben "
        "und unter Boote, Inseln, Mehl und noch manchem anderen abgelegt, was man so liest.</p>"
    ),
    "wrapper named for a sidebar": page(body=f"<p>16 May 2022</p>{PARAGRAPHS}")
    .replace(b"<main>", b"<div class=with-sidebar>").replace(b"article>", b"div>"),
    "dateline of an agency": page(body=f"<p>LINDBY, May 16, 2022 – {TEXT[0]}</p>{PARAGRAPHS}"),
    "dateline in brackets": page(body=f"<p>(16.05.2022) {TEXT[0]}</p>{PARAGRAPHS}"),
    "dateline of a wire": page(body=f"<p>LINDBY, 16 May 2022 /TideWire/ -- {TEXT[0]}</p>"),
    "order known from elsewhere": page(
        '<meta name=date content="05/06/2022 07:45:00">', body=f"{PARAGRAPHS}<p>Seen: 06.05.2022"
    ),
    "order known from the address": page(
        '<meta name=date content="06/05/2022">'
        "<link rel=canonical href=https://lindby.test/2022/05/06/f>"
    ),
    "order known from words": page(
        '<meta name=date content="05/06/2022">', body=f"{PARAGRAPHS}<p>Seen: May 6, 2022</p>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ANYWHERE)
def test_dates_anywhere(name, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "htmldate", None)
    day = "2022-05-06" if name.startswith("order") else "2022-05-16"
    assert read_html(ANYWHERE[name])["date"][:10] == day


NOWHERE = {
    "dates of others": page(after=f"<ul>{OTHERS}</ul>"),
    "many days in short lines": page(
        body=PARAGRAPHS, after="".join(f"<p>Goats, {day} May 2022</p>" for day in range(10, 15))
    ),
    "comments": page(after="<div class=comment-list><p>Ola, 16 May 2022</p></div>"),
    "copyright": page(after="<p>© 16 May 2022 Lindby Post</p>"),
    "a day told of": page(
        body=f"<p>On 16 May 2022 the ferry stopped, and it was towed home by the evening.</p>"
        f"{PARAGRAPHS}"
    ),
}


@pytest.mark.parametrize("name", NOWHERE)
def test_a_date_of_something_else_is_none(name, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "htmldate", None)
    assert "date" not in read_html(NOWHERE[name])


def test_dates_in_addresses():
    address = '<link rel=canonical href="https://post.example/2022/05/16/ferry">'
    assert read_html(page(address, before=TICKER))["date"] == "2022-05-16"
    assert read_html(page(before=TICKER), "ferry-2022-05-16.html")["date"] == "2022-05-16"


# -- anything ------------------------------------------------------------------------------

HOSTILE = {
    "nested": "<div>" * 100_000,
    "CDATA": "<![CDATA[" * 100_000,
    "comments": "<!--" * 100_000,
    "open attributes": '<a b="' * 50_000 + ">",
    "scripts": "<script>" * 50_000,
    "titles": "<title>" * 50_000,
    "ends": "</p>" * 100_000,
    "bold": "<b>" * 30_000 + "<p>" * 30_000,
    "brackets": "<" * 300_000,
    "dashes": "<p>" + "-" * 500_000,
    "dates": "<p>" + "1/" * 100_000,
    "title of dashes": "<title>" + " -" * 100_000 + "</title><h1>a</h1>",
    "JSON": '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
    "commas in JSON": '<script type="application/ld+json">{"a":1' + "," * 100_000 + "}</script>",
    "classes": f"<p class='{'a-' * 100_000}'>x</p>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_takes_long(name, without_trafilatura):
    start = time.process_time()
    read_html(HOSTILE[name].encode())
    assert time.process_time() - start < 5  # seconds; a tenth of it here


PIECES_TEXT = (
    "<p> </p> <div> </div> <h1> </h1> <article> </article> <a href=x> </a> <ul> <li> <br> <table> "
    "<td> </table> <script> </script> <!-- --> <![CDATA[ ]]> & &amp; < > \" ' = <figure> <b> </b> "
    "<title> </title> <time datetime=2022-05-16> {} , words and 2022-05-16"
)
PIECES = st.sampled_from(PIECES_TEXT.split(" "))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(PIECES, st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20)),
        max_size=40,
    )
)
def test_anything_is_a_page(pieces):
    html = " ".join(pieces)
    assert parse(html).tag == "html"
    fields = read_html(b"<p>" + html.encode("utf-8", "replace"))
    assert all(isinstance(value, str) and value for value in fields.values())


# -- language ------------------------------------------------------------------------------

LOCALE = '<meta property="og:locale" content="en_US">'


@pytest.mark.parametrize(
    ("attribute", "head", "code"),
    [
        ("nb-NO", LOCALE, "no"),
        ("", LOCALE, "en"),
        ("", '<meta http-equiv="Content-Language" content="sv, en">' + LOCALE, "sv"),
        ("und", '<meta name="dc.language" content="Finnish">', "fi"),
        ("en", linked(**{"@type": "NewsArticle", "headline": TITLE, "inLanguage": "dan"}), "da"),
        ("x", "", ""),
    ],
)
def test_languages_are_codes_and_the_makers_locale_comes_last(attribute, head, code):
    data = page(head).replace(b"lang=en", f'lang="{attribute}"'.encode())
    assert read_html(data).get("language", "") == code


def test_the_only_headline_in_linked_data_is_the_pages_own():
    """What is worded for searches and shares tells of the same, in other words."""
    head = linked(**{"@type": "NewsArticle", "headline": "Lanterns light the mill at dusk"}) + (
        '<meta property="og:title" content="Why the old mill shines at dusk this winter">'
    )
    data = page(head, title="Old mill at dusk: when to see it")
    assert read_html(data)["title"] == "Lanterns light the mill at dusk"


def test_a_moment_of_utc_is_read_in_the_zone_of_the_newsroom():
    """A page of 4 July, 00:30 in Berlin, is not of 3 July."""
    head = linked(**{"@type": "NewsArticle", "datePublished": "2024-07-03T22:30:00Z"})
    body = '<p>It rains in the valley.</p><i data-x="2024-07-04T00:30:00+02:00"></i>'
    assert read_html(page(head, body=body))["date"] == "2024-07-04T00:30:00+02:00"
    assert read_html(page(head))["date"] == "2024-07-03T22:30:00Z"


# -- who wrote it, and where ---------------------------------------------------------------

ANNA = {"@type": "NewsArticle", "headline": TITLE}
AUTHORS = {
    "By in JSON-LD": (page(linked(**ANNA, author={"name": "By Anna Dahl"})), "Anna Dahl"),
    "Written by": (page('<meta name=author content="Written by Anna Dahl">'), "Anna Dahl"),
    "Von": (page('<meta name=author content="Von Anna Dahl">'), "Anna Dahl"),
    "a name that begins with von": (
        page('<meta name=author content="Von Dahl">'),
        "Von Dahl",
    ),
    "an address, then a name": (
        page(
            '<meta property="article:author" content="https://facebook.com/annadahl">'
            '<meta name="dc.creator" content="Anna Dahl">'
        ),
        "Anna Dahl",
    ),
    "two elements of one name": (
        page('<meta name=author content="Anna Dahl"><meta name=author content="Per Lund">'),
        "Anna Dahl, Per Lund",
    ),
    "two of a graph": (
        page(
            linked(
                **{
                    "@graph": [
                        {"@type": "Person", "@id": "#2", "name": "Per Lund"},
                        ANNA | {"author": [{"@id": "#1"}, {"@id": "#2"}]},
                        {"@type": "Person", "@id": "#1", "name": "Anna Dahl"},
                    ]
                }
            )
        ),
        "Anna Dahl, Per Lund",
    ),
    "given name and family name": (
        page(linked(**ANNA, author={"givenName": "Anna", "familyName": "Dahl"})),
        "Anna Dahl",
    ),
    "rel=author": (page(before='<a rel="author nofollow" href=/anna>Anna Dahl</a>'), "Anna Dahl"),
    "microdata": (
        page(before="<p itemprop=author>By <span itemprop=name>Anna Dahl</span>, 3 May</p>"),
        "Anna Dahl",
    ),
    "hCard": (page(before='<b class="author vcard">by <a class=fn>Anna Dahl</a></b>'), "Anna Dahl"),
    "a line": (page(before="<div class=byline>By <b>Anna Dahl</b> and Per Lund</div>"),
               "Anna Dahl and Per Lund"),
    "the site is none": (
        page(
            '<meta name=author content="The Lindby Post">'
            '<meta property="og:site_name" content="The Lindby Post">',
            before="<div class=byline>By Anna Dahl</div>",
        ),
        "Anna Dahl",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", AUTHORS)
def test_authors(name):
    given, right = AUTHORS[name]
    assert read_html(given)["author"] == right


def test_a_site_alone_is_no_author():
    given = page(
        '<meta name=author content="lindbypost.test">'
        '<link rel=canonical href="https://www.lindbypost.test/ferry">'
    )
    assert "author" not in read_html(given)


OUTLETS = {
    "publisher of a graph": (
        page(
            linked(
                **{
                    "@graph": [
                        ANNA | {"publisher": {"@id": "https://lindby.test/#org"}},
                        {"@id": "https://lindby.test/#org", "@type": "Organization",
                         "name": "Lindby Post"},
                    ]
                }
            )
        ),
        "Lindby Post",
    ),
    "host": (page('<link rel=canonical href="https://www.lindby.test:8080/f">'), "lindby.test"),
    "host of og:url": (page("<meta property=og:url content=http://lindby.test/>"), "lindby.test"),
    "a publisher that is an address": (
        page('<meta property="article:publisher" content="https://facebook.com/lindby">'
             '<meta name=publisher content="https://lindby.test/about">'),
        "lindby.test",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OUTLETS)
def test_outlets(name):
    given, right = OUTLETS[name]
    assert read_html(given)["outlet"] == right


ADDRESSES = {
    "mainEntityOfPage": linked(**ANNA, mainEntityOfPage="https://lindby.test/f"),
    "@id of mainEntityOfPage": linked(
        **ANNA, mainEntityOfPage={"@type": "WebPage", "@id": "https://lindby.test/f"}
    ),
    "url": linked(**ANNA, url="https://lindby.test/f#top"),
    "saved by a browser": "<!-- saved from url=(0021)https://lindby.test/f -->",
    "canonical without a host": (
        "<link rel=canonical href=/f><meta property=og:url content=https://lindby.test/f>"
    ),
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_addresses(name):
    assert read_html(page(ADDRESSES[name]))["url"] == "https://lindby.test/f"


def test_a_quote_that_ends_an_attribute_does_not_end_the_title():
    heading = 'Mayor of Lindby speaks of "a second boat" by autumn'
    given = page(
        f'<meta property="og:title" content="{heading}"><meta name="title" content="{heading}">',
        body=f"<h1>{heading}</h1>" + "".join(f"<p>{one}</p>" for one in TEXT),
        title=heading,
    )
    assert read_html(given.replace(f"<h1>{TITLE}</h1>".encode(), b""))["title"] == heading


def test_the_headline_of_linked_data_may_be_worded_anew():
    given = page(linked(**ANNA | {"headline": "Nine days without flour are over on Skarnholm"}))
    assert read_html(given)["title"] == "Nine days without flour are over on Skarnholm"
    other = page(linked(**ANNA | {"headline": "Goats win the Lindby cup"}))
    assert read_html(other)["title"] == TITLE


def test_a_number_of_thousands_of_digits_is_no_character():
    body = f"<p>&#{'9' * 5000};{TEXT[0]}</p>" + "".join(f"<p>{one}</p>" for one in TEXT[1:])
    assert read_html(page(body=body))["text"].startswith(f"\N{REPLACEMENT CHARACTER}{TEXT[0]}")


def test_thousands_of_blocks_that_are_no_text_take_no_time():
    """Trafilatura's last resort compares each with all."""
    items = "<ul><li>One<li>Two</ul></article>" * 3000
    data = page(after=items)
    read_html(data[:2000])  # libraries load once
    start = time.process_time()
    assert read_html(data)["title"] == TITLE
    assert time.process_time() - start < 2
