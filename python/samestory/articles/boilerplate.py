"""Lines that belong to the site and not to the article."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

# A line of one of these kinds is the site's, whatever else it says.
_SITE_LINES = re.compile(
    r"^\W*(?:"
    r"(?:©|\(c\)\s|copyright\b).*"
    r"|.*\ball rights reserved\b.*"
    r"|.*\b(?:is a trading name of|is a trademark of|registered (?:office|in england)|"
    r"company number|part of the .{0,40} (?:group|network))\b.*"
    r"|(?:join|visit|see|open|go to) (?:our|the) (?:\w+ ){0,3}"
    r"(?:forum|comments?|conversation|discussion)s?\b.*"
    r"|join thought-provoking conversations.*"
    r"|thank you for (?:registering|subscribing|signing up|reading|visiting|creating|joining|"
    r"your (?:support|subscription|registration|interest)).*"
    r"|please (?:refresh|reload|enable|disable|log ?in|sign ?in|register|subscribe|wait|"
    r"try again|enter|select|check your|allow|turn (?:on|off)|update your)\b.*"
    r"|(?:this|our) (?:web ?site|site|app|page) uses? cookies.*"
    r"|we (?:and our partners )?(?:use|value|care about|respect) (?:cookies|your privacy).*"
    r"|(?:sign|log) ?(?:up|in|on) (?:to|for|here|now|with|free|today|and)\b.*"
    r"|subscribe (?:to|now|here|today|for)\b.*"
    r"|(?:this|the) (?:article|story|report|page|headline) (?:was|has been|is) (?:\w+ )?"
    r"(?:amended|updated|corrected|published|produced|republished|edited|copyright)\b.*"
    r"|by continuing to (?:use|browse)\b.*"
    r"|click here\b.*"
    r"|(?:report|suggest) an? (?:error|correction|problem|typo|mistake)\b.*"
    r"|(?:the )?comments (?:below|are|on this|have (?:been|not))\b.*"
    r"|contact (?:us|me|the (?:newsroom|reporter|author|writer|editors?|team))\b.*"
    r"|you (?:are|have been) (?:now |already )?(?:subscribed|registered|logged in|signed in)\b.*"
    r"|(?:next|previous) (?:article|story|page|post|up)\W*"
    r"|(?:e-?mail )?newsletters?(?: sign-?up)?\W*"
    r"|verify your\b.*"
    r"|our community (?:rules|guidelines|standards)\b.*"
    r"|already (?:have|a|an) (?:an account|subscri|register|member).*"
    r"|(?:not|don.t have) (?:a|an) (?:account|member|subscriber).*"
    r"|you have (?:\w+ )?(?:read|reached|used|viewed|\d+|one|two|three|four|five)\b"
    r".{0,40}\b(?:articles?|limit|stories)\b.*"
    r"|(?:most|more|also|latest|trending|popular|recommended|related|further|editor.?s?.? ?picks?)"
    r" (?:read|viewed|popular|watched|shared|on this|on|from|stories|story|articles?|"
    r"topics?|reading|news|content|posts?|links|coverage|for you|in|by|about|like this|videos?)\b"
    r"[^.?!]*"
    r"|(?:related|trending|recommended|topics|tags|filed under|read more(?: about| on)?|"
    r"see also|more on this|"
    r"in this story|promoted(?: stories)?|sponsored(?: content)?|comments?|"
    r"keywords|categories|explore more|you may also like|you might also like|what to read next|"
    r"up next|don.t miss|from our partners|around the web)(?:\s*[:|].*|\W*)"
    r"|(?:share|tweet|email|print|save|bookmark|copy link|gift)(?:\W+(?:share|tweet|email|print|"
    r"save|bookmark|copy link|link|facebook|twitter|x|whatsapp|linkedin|reddit|on|this|via|by|"
    r"article|story|page|with|a|friends?|and|or|to|the|your))*\W*"
    r"|(?:follow|find|like|connect with|watch|message) (?:us|\w+(?: \w+){0,3})"
    r" (?:on|at|via) (?:your )?(?:\w+ ){0,2}(?:facebook|twitter|x|instagram|tiktok|youtube|"
    r"linkedin|telegram|whatsapp|threads|mastodon|bluesky|social|google)\b.*"
    r"|(?:facebook|twitter|instagram|whatsapp|linkedin|reddit|pinterest|tiktok|youtube|telegram|"
    r"threads|bluesky|email|rss|\W)+"
    r"|(?:download|get|install) (?:the|our) (?:\w+ ){0,4}app\b.*"
    r"|(?:view|show|hide|read|see|load) (?:all |the |more )?(?:\d+ )?comments\W*"
    r"|.*\bwe have a (?:small )?favou?r to ask\b.*"
    r"|back to (?:top|the top|home|homepage)\W*"
    r"|(?:skip|continue|return|jump) (?:to (?:the )?(?:main )?content|reading|reading below|to top)"
    r"\W*"
    r"|(?:terms|privacy|cookies?|contact|about|accessibility|advertise|careers|help|sitemap|site "
    r"map|conditions|policy|policies|of|use|service|and|us|with|settings|notice|statement|\W)+"
    r")$",
    re.IGNORECASE,
)

# Elsewhere a prompt takes two signs: how it begins, and what sites want of readers.
_CALL = re.compile(
    r"^\W*(?:join|sign|subscribe|please|click|tap|follow|download|get|read|register|log|share|"
    r"listen|create|enter|become|try|start|enjoy|stay|never|don.t|discover|explore|donate|"
    r"contribute|tell|want|do you|did you|are you|would you|leave|choose|manage|accept|reload|"
    r"refresh|be the first|unlock|access|activate|browse)\b",
    re.IGNORECASE,
)
# Words that begin many other sentences, too: these must speak to the reader or ask.
_WEAK_CALL = re.compile(
    r"^\W*(?:email|text|call|turn|help|watch|like|write|talk|make|view|print|comment|support|have|"
    r"got|give|add|send|find|continue|visit|receive|this|every|all|more|the)\b",
    re.IGNORECASE,
)
_TO_READERS = re.compile(r"\b(?:you|your|yours|our|we|(?-i:us|Us))\b", re.IGNORECASE)
_QUESTION = re.compile(r"[^“\"‘?]{1,60}\?")
_SITE_WORDS = re.compile(
    r"\b(?:newsletters?|inbox|e-?mail(?:s|ed)?|accounts?|subscri\w+|register\w*|registration|"
    r"log(?:ged)? ?(?:in|out)|sign(?:ed)? ?(?:up|in)|cookies?|privacy|comments?|commenting|forum|"
    r"apps?|browser|premium|bookmark|podcasts?|membership|journalism|reporting|newsroom|facebook|"
    r"twitter|instagram|whatsapp|telegram|tiktok|youtube|social (?:media|network)s?|alerts?|"
    r"notifications?|unlimited|paywall|free trial|ad-?free|advert\w*|donat\w+|contribut\w+|"
    r"crossword|web ?site|favou?r to ask|reload|refresh|guidelines|read free)\b",
    re.IGNORECASE,
)
_MINOR_SITE_WORDS = re.compile(
    r"\b(?:readers?|readership|members?|letters|editors?|desk|page|story|stories|articles?|tips?|"
    r"edition|delivered|settings|feedback|corrections?|offers?|(?:per|a) (?:week|month)|favour|"
    r"breaking news|copyright|for free|exclusive|updates|headlines)\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?]) ")
_REPORTED = re.compile(
    r"\b(?:said|says|told|added|according to|wrote|argued|announced|reported that)\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?…:;,][\"”’')\]]*$")
_SPEECH = re.compile(r"^[\"“‘«„]")
_CREDIT = re.compile(
    r"^\W*(?:additional|further|extra)? ?(?:reporting|research|writing|editing) (?:by|from)\b"
    r"|^\W*with (?:reporting|files|additional reporting) (?:by|from)\b"
    r"|\bcontributed (?:to this (?:report|story|article)|reporting)\W*$",
    re.IGNORECASE,
)

_LONG_PROMPT = 60
_MAX_LETTERS = 1000  # a longer line is no prompt, and takes long to match
_SHORT = 15
_MAX_SHORT = 12
_MAX_FOREIGN = 2
_LONG_FOREIGN = 40
_LONG_WORD = re.compile(r"\w{5,}")
_QUOTED = re.compile(r"[“”\"«»„]")
_ADVERTISEMENT = re.compile(
    r"\W*(?:ad|ads|advertise?ment|story continued? below|article continues below.*|"
    r"(?:please )?scroll (?:down )?(?:to|for) .*)(?:\W+advertisement)*\W*",
    re.IGNORECASE,
)


def is_site_line(line: str) -> bool:
    """Whether a line at the end of a page asks something of the reader or lists links.

    Examples
    --------
    >>> is_site_line("Sign up to our newsletter")
    True
    >>> is_site_line("“Please log in to your account,” the bank told customers.")
    False
    """
    words = line.count(" ") + 1
    if not any(map(str.isalnum, line)) or line[0].islower():  # the rest of a wrapped sentence
        return False
    if words > _LONG_PROMPT or len(line) > _MAX_LETTERS or _is_credit(line) or _SPEECH.match(line):
        return False
    if _SITE_LINES.match(line):
        return not _REPORTED.search(line) or words < 8
    if _REPORTED.search(line):
        return False
    return _is_prompt(line, words)


def _is_prompt(line: str, words: int) -> bool:
    signs = len(_SITE_WORDS.findall(line))
    to_readers = _TO_READERS.search(line) is not None
    asks = _QUESTION.match(line) is not None
    if not signs and not (to_readers and asks):
        return False
    minor = len(_MINOR_SITE_WORDS.findall(line))
    if any(map(_CALL.match, _SENTENCES.split(line))):
        return signs >= 2 or (signs == 1 and (to_readers or words <= _SHORT))
    if _WEAK_CALL.match(line) and (to_readers or asks):
        return signs >= 1 or (minor >= 1 and to_readers and asks)
    return to_readers and signs >= 1 and signs + minor >= 2


def _is_credit(line: str) -> bool:
    """Whether a line names who helped with the report: it is the article's, not the site's."""
    return len(line) < 500 and _CREDIT.search(line) is not None


def _is_weak(line: str) -> bool:
    """Whether a line could be a link or a label: short, and no sentence."""
    return line.count(" ") < _SHORT and not _SENTENCE_END.search(line)


def _is_foreign(line: str, above: Sequence[str]) -> bool:
    """Whether a sentence has next to no word in common with what stands above it."""
    words = {word.casefold() for word in _LONG_WORD.findall(line)}
    if not words or line.count(" ") > _LONG_FOREIGN or _QUOTED.search(line):
        return False
    text = "\n".join(above).casefold()
    return sum(word in text for word in words) <= max(1, len(words) // 8)


def body_end(lines: Sequence[str], is_repeated: Callable[[str], bool]) -> int:
    """Find where the site's lines begin that close a page.

    From the end upwards a line is taken if it is a prompt or stands at the end of many pages.
    Short lines that are no sentences, such as the headlines of other articles, go along if a
    prompt stands above them; so does a sentence between prompts that shares no word with the
    article. Anything else ends the search, so that a page without prompts keeps every line.

    Parameters
    ----------
    lines : sequence of str
        The lines of the body; blank ones may be among them.
    is_repeated : callable
        Whether a line ends many pages of the site.

    Returns
    -------
    int
        How many lines belong to the article.
    """
    end = len(lines)
    short = foreign = 0  # in doubt since the last line that was taken, and in all
    for i in range(len(lines) - 1, -1, -1):
        line = lines[i].strip()
        if not any(map(str.isalnum, line)):
            continue
        if _ADVERTISEMENT.fullmatch(line):  # between the paragraphs of an article, too
            end = i if short == foreign == 0 else end
        elif is_site_line(line) or is_repeated(line):
            end, short = i, 0
        elif _is_credit(line):
            break
        elif _is_weak(line):
            short += 1
        elif end < len(lines) and foreign < _MAX_FOREIGN and _is_foreign(line, lines[:i]):
            foreign += 1
        else:
            break
        if short > _MAX_SHORT:
            break
    return end
