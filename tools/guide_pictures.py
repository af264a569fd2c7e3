"""Draw the pictures of docs/guide/how_stories_are_decided.md; needs matplotlib."""

from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

import samestory as ss
from samestory.data import sample_pages_path
from samestory.stories.decision import price_factor, story_node, worth_of_parts
from samestory.views.dendrogram import articles_joined, draw_branches

IMAGES = Path(__file__).parents[1] / "docs" / "images"


def draw_neighbours(stories: ss.Stories, axes: list[plt.Axes]) -> None:
    """Show the similarities before and after smoothing, articles in the order of their stories."""
    order = stories.labels.argsort(kind="stable")
    for matrix, title, ax in zip(
        (stories.similarity, stories.smoothed),
        ("direct similarity", "smoothed by six neighbours"),
        axes,
        strict=True,
    ):
        dense = matrix.toarray()[order][:, order]
        image = ax.imshow(dense, cmap="Blues", vmin=0, vmax=0.8)
        ax.set(title=title, xlabel="articles, by story", xticks=[], yticks=[])
    plt.colorbar(image, ax=axes, shrink=0.75, label="similarity")


def draw_worth(stories: ss.Stories, ax: plt.Axes) -> None:
    """Show three stories and how they would join, with what their branches are worth."""
    names = ("earthquake", "Kalliope", "Indonesia")
    shown = [next(story for story in stories if name in story.title) for name in names]
    rows = np.concatenate([story.rows for story in shown])
    tree = articles_joined(stories, rows, len(rows))
    place = draw_branches(stories, tree, ax)[len(tree.leaves) :]
    factor = price_factor(stories.granularity)
    worth = stories.evidence.tree.worth - factor * stories.evidence.tree.price
    whole = {story_node(stories, story) for story in shown}
    for node, x, y, is_story in zip(
        tree.nodes.tolist(), tree.similarity.tolist(), place.tolist(), tree.is_story, strict=True
    ):
        if is_story and node not in whole:
            continue
        parts = worth_of_parts(stories.evidence, node, factor)
        words = f"{worth[node]:.1f} as one\n{parts:.1f} in parts"
        weight = "bold" if is_story else "normal"
        side = {"ha": "left" if is_story else "right", "va": "center"}
        shift = (6 if is_story else -6, 0)
        ax.annotate(
            words,
            (x, y),
            shift,
            textcoords="offset points",
            fontsize="small",
            weight=weight,
            **side,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )


def main() -> None:
    """Write docs/images/neighbours.png and docs/images/worth.png."""
    stories = ss.find_stories(sample_pages_path(), progress=False)
    figure, axes = plt.subplots(1, 2, figsize=(9, 3.8), layout="constrained")
    draw_neighbours(stories, list(axes))
    figure.savefig(IMAGES / "neighbours.png", dpi=110)
    figure, ax = plt.subplots(figsize=(9, 3.8), layout="constrained")
    draw_worth(stories, ax)
    figure.savefig(IMAGES / "worth.png", dpi=110)


if __name__ == "__main__":
    main()
