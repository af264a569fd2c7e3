"""Draw the gallery of docs/guide/looking_and_sharing.md; needs the extra "plot" and Pillow.

``python tools/gallery.py`` draws the pictures of the sample pages and of invented news,
``python tools/gallery.py ARTICLES`` the map of a large set, without names, as well.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
from PIL import Image

mpl.use("Agg")
import matplotlib.pyplot as plt

import samestory as ss
from samestory.data import invented_articles, sample_pages_path

IMAGES = Path(__file__).parents[1] / "docs" / "images"
STYLES = {"light": {}, "dark": {"figure.facecolor": "#0d1117", "axes.facecolor": "#0d1117"}}
BASES = {"light": "default", "dark": "dark_background"}


def save(name: str, draw: Callable[[], plt.Axes]) -> None:
    """Write docs/images/NAME-light.png and NAME-dark.png."""
    for scheme, colours in STYLES.items():
        path = IMAGES / f"{name}-{scheme}.png"
        with plt.style.context([BASES[scheme], colours]):
            draw().figure.savefig(path, dpi=110)
            plt.close("all")
        # A palette is a third of the size.
        Image.open(path).convert("RGB").quantize(256).save(path, optimize=True)


def main() -> None:
    """Draw everything."""
    sample = ss.find_stories(sample_pages_path(), progress=False)
    invented = ss.find_stories(invented_articles(200), progress=False)
    save("timeline", sample.plot_timeline)
    save("map", lambda: sample.plot_map(progress=False))
    save("dendrogram", sample.plot_dendrogram)
    save("similarity", sample.plot_similarity)
    save("granularity", invented.plot_granularity)
    save("outlets", invented.plot_outlets)
    for path in sys.argv[1:]:
        large = ss.find_stories(path, progress=False)
        save("map-large", lambda large=large: large.plot_map(names=0, progress=False))


if __name__ == "__main__":
    main()
