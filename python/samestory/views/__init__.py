"""What a person sees of a result: one view a file, each a plain function of the stories.

``text`` is for the terminal, ``notebook`` for Jupyter, ``report`` writes a web page, ``timeline``
draws, ``table`` writes files for other programs.
"""

# The views that results show themselves by, and the modules that have them: see `samestory._views`.
VIEWS = {
    "advice_html": "verdicts",
    "article_html": "notebook",
    "articles_html": "notebook",
    "copies_html": "copies",
    "copies_text": "copies",
    "disagreements_html": "disagreements",
    "disagreements_text": "disagreements",
    "explanation_html": "notebook",
    "explanation_text": "text",
    "explore": "explore",
    "plot_dendrogram": "dendrogram",
    "plot_granularity": "granularity",
    "plot_map": "map",
    "plot_outlets": "outlets",
    "plot_similarity": "similarity",
    "plot_timeline": "timeline",
    "reading_html": "verdicts",
    "removed_html": "notebook",
    "score_html": "verdicts",
    "skipped_html": "notebook",
    "stories_html": "notebook",
    "stories_text": "text",
    "story_html": "notebook",
    "story_text": "text",
    "why_html": "verdicts",
    "write_report": "report",
}
