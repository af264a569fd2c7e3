"""The command ``samestory``: read, group pages into stories, say why two belong together.

Exit codes: 0 done, 1 something is wrong with the data, 2 with the command, 130 interrupted.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samestory import __version__
from samestory.views.table import writer_of

if TYPE_CHECKING:
    from samestory.articles import Articles
    from samestory.stories import Stories
    from samestory.views.terminal import Style

DONE, BAD_DATA, INTERRUPTED = 0, 1, 130
# Lines into a file or another program are not cut.
_UNLIMITED_WIDTH = 1_000_000
_SKIPPED_SHOWN = 20
_REASONS_SHOWN = 10  # of why inputs were skipped, the most frequent first
# What messages say to those who write Python, and what it is here.
_OWN_WORDS = (
    (re.compile(r"columns=\{(['\"])(\w+)\1: (['\"])(.*?)\3\}"), r"--columns \2=\4"),
    (re.compile(r"^columns maps"), "--columns maps"),
    (re.compile(r', or pass languages="together"'), ""),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after ``samestory``; those of the process by default.

    Returns
    -------
    int
        The exit code.
    """
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that cannot show "·" shows "?"
            stream.reconfigure(errors="replace")
    try:
        with warnings.catch_warnings():
            warnings.showwarning = _show_warning
            options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough. Files were written before anything was
        # printed. What Python still wants to flush at its end goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        _complain("interrupted")
        return INTERRUPTED
    except (OSError, ValueError, ImportError) as error:
        _complain(_message(error))
        return BAD_DATA
    return DONE


# -- what can be asked ---------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="samestory",
        description="Which of these news articles tell the same story?",
        epilog="examples:\n  samestory demo\n  samestory stories pages/ --report stories.html",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"samestory {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")
    _add_read(commands)
    _add_stories(commands)
    _add_update(commands)
    _add_explain(commands)
    _add_duplicates(commands)
    _add_demo(commands)
    return parser


def _add_command(commands: Any, name: str, examples: Sequence[str], **words: Any) -> Any:
    """Add a command whose help ends with examples."""
    return commands.add_parser(
        name,
        epilog="\n  ".join(["examples:", *examples]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        **words,
    )


def _add_sources(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help=(
            "files (pages, tables, feeds, archives; as .txt .html .csv .xlsx .jsonl .xml .warc and "
            "more, also packed), a folder, or a pattern in quotation marks: 'pages/*.html'"
        ),
    )


def _add_read(commands: Any) -> None:
    command = _add_command(
        commands,
        "read",
        ["samestory read pages/", "samestory read news.csv --columns text=body --json"],
        help="say what is read, used and skipped",
        description="Read articles and say what was found, used, taken out and skipped, and why.",
    )
    _add_sources(command)
    command.add_argument("--all", action="store_true", help="list everything that was skipped")
    command.add_argument("--json", action="store_true", help="print JSON")
    _add_cleaning(command)
    command.add_argument("--no-progress", action="store_true", help="show no progress bar")
    command.set_defaults(run=_run_read)


def _add_stories(commands: Any) -> None:
    command = _add_command(
        commands,
        "stories",
        [
            "samestory stories pages/",
            "samestory stories news.csv --columns text=body outlet=paper --report stories.html",
            "samestory stories news.jsonl --stories stories.csv --output articles.csv",
        ],
        help="group articles into stories",
        description="Group articles into stories and list them.",
    )
    _add_sources(command)
    _add_outputs(command)
    _add_reading(command)
    command.set_defaults(run=_run_stories)


def _add_update(commands: Any) -> None:
    command = _add_command(
        commands,
        "update",
        [
            "samestory update news.samestory today/",
            "samestory update news.samestory today.jsonl --max-age '30 days' --report news.html",
        ],
        help="add articles to stories that are kept in a file",
        description=(
            "Add articles to the stories in the file STATE and say what changed; the first time,\n"
            "make it. Stories keep their ids. Articles that are there are passed over, so that a\n"
            "run may be repeated. A second run on the same file at the same time is refused, and\n"
            "whenever a run is stopped, the file holds the stories of before or those of now."
        ),
    )
    command.add_argument("state", type=_new_file, metavar="STATE", help="where stories are kept")
    _add_sources(command)
    command.add_argument(
        "--max-age",
        metavar="AGE",
        help="forget articles older than this, such as '30 days' (default: none)",
    )
    _add_outputs(command)
    _add_reading(command)
    command.set_defaults(run=_run_update, granularity=None)


def _add_explain(commands: Any) -> None:
    command = _add_command(
        commands,
        "explain",
        [
            "samestory explain one.html two.html",
            "samestory explain pages/ harbour-01.txt 17",
            "samestory explain news.csv 0 1 --json",
        ],
        help="say why two articles are similar",
        usage="samestory explain [options] A B\n       samestory explain [options] SOURCE... A B",
        description=(
            "Say term by term why two articles are similar. With SOURCE, A and B are among its\n"
            "articles, by id, file name or row (the number in front, from 0), and what the other\n"
            "articles show counts too. Without SOURCE they are two files."
        ),
    )
    command.add_argument("inputs", nargs="+", metavar="SOURCE... A B", help="see above")
    command.add_argument("--top", type=_natural, default=12, help="terms to list (default: 12)")
    command.add_argument("--json", action="store_true", help="print JSON, all terms")
    _add_reading(command)
    command.set_defaults(run=_run_explain, error=command.error)


def _add_duplicates(commands: Any) -> None:
    command = _add_command(
        commands,
        "duplicates",
        ["samestory duplicates pages/", "samestory duplicates news.csv --threshold 0.8 --json"],
        help="list articles that are copies of each other",
        description="List groups of articles that are copies, or nearly, with the earliest first.",
    )
    _add_sources(command)
    command.add_argument(
        "--threshold",
        type=_share,
        default=0.9,
        metavar="S",
        help="how similar copies are, above 0 and at most 1 (default: 0.9)",
    )
    command.add_argument(
        "--top", type=_natural, default=20, metavar="N", help="groups to list (default: 20)"
    )
    command.add_argument("--all", action="store_true", help="list every group and article")
    command.add_argument("--json", action="store_true", help="print JSON, all groups")
    _add_cleaning(command)
    _add_jobs(command.add_argument_group("comparing"))
    command.set_defaults(run=_run_duplicates)


def _add_demo(commands: Any) -> None:
    command = _add_command(
        commands,
        "demo",
        ["samestory demo", "samestory demo --report stories.html"],
        help="group the sample pages that come with samestory",
        description="Group the sample pages that come with samestory: invented events and outlets.",
    )
    _add_outputs(command)
    _add_working(command)
    command.set_defaults(run=_run_demo, columns=[], clean=None)


def _add_outputs(command: argparse.ArgumentParser) -> None:
    outputs = command.add_argument_group("outputs")
    outputs.add_argument(
        "--report", type=_new_file, metavar="FILE.html", help="write the stories as a web page"
    )
    outputs.add_argument(
        "--stories",
        type=_new_table,
        metavar="FILE",
        help="write a row a story: .csv, .jsonl or .parquet",
    )
    outputs.add_argument(
        "--output",
        type=_new_table,
        metavar="FILE",
        help="write a row an article, with its story and all that reading it again needs",
    )
    outputs.add_argument(
        "--top", type=_natural, default=20, metavar="N", help="stories to list (default: 20)"
    )
    outputs.add_argument("--all", action="store_true", help="list every story and article")
    outputs.add_argument("--json", action="store_true", help="print JSON: all stories and articles")


def _add_reading(command: argparse.ArgumentParser) -> None:
    _add_cleaning(command)
    _add_working(command)


def _add_cleaning(command: argparse.ArgumentParser) -> None:
    reading = command.add_argument_group("reading")
    reading.add_argument(
        "--columns",
        nargs="+",
        action="extend",
        default=[],
        type=_column,
        metavar="FIELD=COLUMN",
        help="which column of a table is which field, such as text=body",
    )
    reading.add_argument(
        "--clean",
        action=argparse.BooleanOptionalAction,
        help="take captions and the site's own lines out of the text (default: as files need it)",
    )


def _add_working(command: argparse.ArgumentParser) -> None:
    working = command.add_argument_group("grouping")
    working.add_argument(
        "--granularity",
        type=_granularity,
        default="auto",
        metavar="G",
        help="0 joins all, 1 only copies (default: auto)",
    )
    _add_jobs(working)


def _add_jobs(working: Any) -> None:
    working.add_argument(
        "--jobs",
        type=_threads,
        default=-1,
        metavar="N",
        help="threads (default: -1, all processors)",
    )
    working.add_argument("--no-progress", action="store_true", help="show no progress bar")


def _threads(text: str) -> int:
    number = int(text)
    if number == 0:
        raise argparse.ArgumentTypeError("0 has no meaning: 1 is one thread, -1 all processors")
    return number


def _natural(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is less than 1")
    return number


def _granularity(text: str) -> float | str:
    if text == "auto":
        return text
    try:
        level = float(text)
    except ValueError:
        level = -1.0
    if not 0.0 <= level <= 1.0:
        raise argparse.ArgumentTypeError(f"{text!r} is neither auto nor a number from 0 to 1")
    return level


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = 0.0
    if not 0.0 < share <= 1.0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0 and at most 1")
    return share


def _column(text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not (field and equals and column):
        raise argparse.ArgumentTypeError(f"{text!r} is not FIELD=COLUMN, such as text=body")
    return field, column


def _new_file(text: str) -> Path:
    """Notice before the work, not after, that there is nowhere to write to."""
    path = Path(text)
    if path.is_dir():
        raise argparse.ArgumentTypeError(f"{text!r} is a folder")
    if not path.absolute().parent.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {str(path.parent)!r}")
    return path


def _new_table(text: str) -> Path:
    path = _new_file(text)
    try:
        writer_of(path)
    except (ValueError, ImportError) as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return path


# -- what is done --------------------------------------------------------------------------


def _run_read(options: argparse.Namespace) -> None:
    articles = _read(options.sources, options, say_skipped=False)
    if options.json:
        from samestory.views.json_form import reading_json

        _print_json(reading_json(articles))
        return
    from samestory.views.text import reading_text

    width, _ = _terminal()
    print(reading_text(articles, width=width, top=None if options.all else _SKIPPED_SHOWN))


def _run_stories(options: argparse.Namespace) -> None:
    _show(_find(_read(options.sources, options), options), options)


def _run_update(options: argparse.Namespace) -> None:
    from samestory.keeping.joined import IS_KNOWN
    from samestory.keeping.state import update_state
    from samestory.views.changes import changes_text

    stories = update_state(
        options.state,
        lambda: _read(options.sources, options),
        max_age=options.max_age,
        granularity=options.granularity,
        n_jobs=options.jobs,
        progress=_progress(options),
    )
    _write(stories, options)
    if options.json:
        from samestory.views.json_form import changes_json

        _print_json(changes_json(stories))
        return
    n_known = stories.articles.skipped.reasons().get(IS_KNOWN, 0)
    passed_over = f" ({n_known:,} passed over: their ids are there)" if n_known else ""
    n_articles = f"{len(stories.articles):,} articles{passed_over}"
    print(f"{n_articles}, {len(stories):,} stories in {options.state}")
    if stories.past is None:  # the first time there is nothing to compare with
        return
    top = len(stories.changes) if options.all else options.top
    print(changes_text(stories.changes, top=max(top, 1)))


def _run_demo(options: argparse.Namespace) -> None:
    from samestory.data import sample_pages_path

    _show(_find(_read([str(sample_pages_path())], options), options), options)


def _run_explain(options: argparse.Namespace) -> None:
    from samestory.views.text import explanation_text

    if len(options.inputs) < 2:
        options.error("two articles are needed: A and B")
    *sources, a, b = options.inputs
    articles = _read(sources or [a, b], options)
    if sources:
        rows = _row(articles, a), _row(articles, b)
    else:
        rows = _two_rows(articles, a, b)
    stories = _find(articles, options)
    explanation = stories.explain(*rows)
    if options.json:
        from samestory.views.json_form import explanation_json

        _print_json(explanation_json(explanation, rows))
        return
    width, style = _terminal()
    print(explanation_text(explanation, width=width, style=style, top=options.top))


def _run_duplicates(options: argparse.Namespace) -> None:
    from samestory.similarity.near_duplicates import near_duplicates
    from samestory.views.copies import copies_listing

    copies = near_duplicates(
        _read(options.sources, options), options.threshold, n_jobs=options.jobs
    )
    if options.json:
        from samestory.views.json_form import copies_json

        _print_json(copies_json(copies))
        return
    width, style = _terminal()
    top, articles = (None, None) if options.all else (options.top, 10)
    print(copies_listing(copies, width=width, style=style, top=top, articles=articles))


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _read(
    sources: Sequence[str], options: argparse.Namespace, *, say_skipped: bool = True
) -> Articles:
    from samestory.articles import read_articles

    clean: Any = {None: "auto", True: "always", False: "never"}[options.clean]
    source: Any = sources[0] if len(sources) == 1 else [Path(name) for name in sources]
    articles = read_articles(
        source, columns=dict(options.columns) or None, clean=clean, progress=_progress(options)
    )
    if say_skipped and articles.skipped:
        _complain(_reasons_skipped(articles.skipped.reasons()))
    return articles


def _reasons_skipped(reasons: Mapping[str, int]) -> str:
    """Say how much was skipped, a line a reason.

    Examples
    --------
    >>> print(_reasons_skipped({"no words": 1200, "empty file": 1}))
    skipped: 1,201 (`samestory read` lists them)
      1,200  no words
          1  empty file
    """
    shown = list(reasons.items())[:_REASONS_SHOWN]
    lines = [f"  {n:>{len(f'{shown[0][1]:,}')},}  {why}" for why, n in shown]
    more = len(reasons) - len(shown)
    lines += [f"  and for {more:,} more reason{'' if more == 1 else 's'}"] if more else []
    total = sum(reasons.values())
    return "\n".join([f"skipped: {total:,} (`samestory read` lists them)", *lines])


def _find(articles: Articles, options: argparse.Namespace) -> Stories:
    from samestory.stories import find_stories

    return find_stories(
        articles,
        granularity=options.granularity,
        n_jobs=options.jobs,
        progress=_progress(options),
    )


def _progress(options: argparse.Namespace) -> bool | None:
    return None if sys.stderr.isatty() and not options.no_progress else False


def _write(stories: Stories, options: argparse.Namespace) -> list[Path]:
    """Write the files that were asked for."""
    from samestory.views.report import write_report
    from samestory.views.table import write_summary, write_table

    written = []
    if options.report:
        written.append(write_report(stories, options.report, progress=_progress(options)))
    if options.stories:
        written.append(write_summary(stories, options.stories))
    if options.output:
        written.append(write_table(stories, options.output))
    return written


def _show(stories: Stories, options: argparse.Namespace) -> None:
    from samestory.views.text import listing_text

    written = _write(stories, options)
    if options.json:
        from samestory.views.json_form import stories_json

        _print_json(stories_json(stories))
        return
    width, style = _terminal()
    top, articles = (None, None) if options.all else (options.top, 10)
    print(listing_text(stories, width=width, style=style, top=top, articles=articles))
    if written:
        print(f"\nWritten: {', '.join(map(str, written))}")


def _row(articles: Articles, name: str) -> int:
    """Find an article by id, by file name, or by row."""
    if name in articles.ids:
        return articles.position(name)
    wanted = Path(name)
    paths = [Path(path) if path else None for path in articles.column("path")]
    rows = [row for row, path in enumerate(paths) if path is not None and _is(path, wanted)]
    if len(rows) > 1:
        raise ValueError(f"{name!r} names {len(rows):,} articles: name the one by its row or id")
    if rows:
        return rows[0]
    if name.isdecimal() and int(name) < len(articles):
        return int(name)
    raise ValueError(
        f"no article {name!r}: name it by id, file name or row (0 to {len(articles) - 1:,})"
    )


def _is(path: Path, wanted: Path) -> bool:
    return path == wanted or (len(wanted.parts) == 1 and wanted.name in (path.name, path.stem))


def _two_rows(articles: Articles, a: str, b: str) -> tuple[int, int]:
    if len(articles) != 2:
        raise ValueError(
            f"{a!r} and {b!r} hold {len(articles):,} articles, not one each: name the source "
            "first, then its two articles"
        )
    return 0, 1


# -- what is said --------------------------------------------------------------------------


def _terminal() -> tuple[int, Style]:
    from samestory.views.terminal import COLOUR, PLAIN

    is_terminal = sys.stdout.isatty()
    if not is_terminal and "COLUMNS" not in os.environ:
        return _UNLIMITED_WIDTH, PLAIN
    coloured = is_terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    return shutil.get_terminal_size((100, 24)).columns, COLOUR if coloured else PLAIN


def _message(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"{error.filename}: {error.strerror}"
    return _in_own_words(" ".join(str(error).split())) or type(error).__name__


def _complain(message: str) -> None:
    print(f"samestory: {message}", file=sys.stderr)


def _in_own_words(message: str) -> str:
    """Name options where a message names Python's arguments.

    Examples
    --------
    >>> _in_own_words("no text. Name a column, for instance columns={'text': 'body'}.")
    'no text. Name a column, for instance --columns text=body.'
    """
    for pattern, own in _OWN_WORDS:
        message = pattern.sub(own, message)
    return message


def _show_warning(message: Warning | str, *_: Any, **__: Any) -> None:
    _complain(f"warning: {_in_own_words(str(message))}")
