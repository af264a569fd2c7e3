"""Draw the pictures of docs/guide/how_stories_are_decided.md; needs matplotlib."""

from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
from scipy.cluster.hierarchy import dendrogram

import samestory as ss
from samestory.data import sample_pages_path

IMAGES = Path(__file__).parents[1] / "docs" / "images"


def draw_neighbours(stories: ss.Stories, axes: list[plt.Axes]) -> None:
    """Show the similarities before and after smoothing, articles in the order of their stories."""
    order = stories.labels.argsort(kind="stable")
    for matrix, title, ax in zip(
        (stories.similarity, stories.smoothed),
        ("direct similarity", "smoothed by five neighbours"),
        axes,
        strict=True,
    ):
        dense = matrix.toarray()[order][:, order]
        image = ax.imshow(dense, cmap="Blues", vmin=0, vmax=0.8)
        ax.set(title=title, xlabel="articles, by story", xticks=[], yticks=[])
    plt.colorbar(image, ax=axes, shrink=0.75, label="similarity")


def draw_cut(stories: ss.Stories, axes: list[plt.Axes]) -> None:
    """Show the dendrogram with the level of the cut, and the criterion that chose it."""
    tree, criterion = axes
    level = stories.granularity
    dendrogram(stories.linkage, ax=tree, no_labels=True, color_threshold=1 - level + 1e-9)
    tree.axhline(1 - level, color="black", linestyle="--", linewidth=1)
    tree.set(title="the dendrogram, cut", ylabel="1 - average similarity", xlabel="articles")
    curve = stories.curve
    criterion.step(curve.granularity, curve.criterion, where="post", color="tab:blue")
    criterion.axvline(level, color="black", linestyle="--", linewidth=1)
    criterion.annotate(f"cut at {level:.2f}", (level, 0), (level + 0.03, 0.02))
    criterion.set(title="the criterion", xlabel="granularity", ylabel="mean over articles")
    criterion.set(ylim=(0, None))


def main() -> None:
    """Write docs/images/neighbours.png and docs/images/cut.png."""
    stories = ss.find_stories(sample_pages_path(), progress=False)
    for name, draw in (("neighbours", draw_neighbours), ("cut", draw_cut)):
        figure, axes = plt.subplots(1, 2, figsize=(9, 3.8), layout="constrained")
        draw(stories, list(axes))
        figure.savefig(IMAGES / f"{name}.png", dpi=110)


if __name__ == "__main__":
    main()
