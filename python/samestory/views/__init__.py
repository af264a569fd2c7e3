"""What a person sees of a result: one view a file, each a plain function of the stories.

``text`` is for the terminal, ``notebook`` for Jupyter, ``report`` writes a web page, ``timeline``
draws, ``table`` writes files for other programs.
"""

# The views that results show themselves by, and their modules: see `samestory._lookup`.
BY_NAME = {
    "advice_html": "verdicts",
    "article_html": "notebook",
    "articles_html": "notebook",
    "changes_html": "changes",
    "changes_text": "changes",
    "chapter_text": "chapters",
    "chapters_html": "chapters",
    "chapters_text": "chapters",
    "copies_html": "copies",
    "copies_text": "copies",
    "disagreements_html": "disagreements",
    "disagreements_text": "disagreements",
    "explanation_html": "notebook",
    "explanation_text": "text",
    "explore": "explore",
    "plot_chapters": "chapters",
    "plot_dendrogram": "dendrogram",
    "plot_granularity": "granularity",
    "plot_map": "map",
    "plot_outlets": "outlets",
    "plot_similarity": "similarity",
    "plot_timeline": "timeline",
    "reading_html": "verdicts",
    "removed_html": "notebook",
    "reuse_html": "reuse",
    "reuse_text": "reuse",
    "reused_html": "reuse",
    "reused_text": "reuse",
    "score_html": "verdicts",
    "skipped_html": "notebook",
    "stories_html": "notebook",
    "stories_text": "text",
    "story_html": "notebook",
    "story_text": "text",
    "why_html": "verdicts",
    "write_report": "report",
}
