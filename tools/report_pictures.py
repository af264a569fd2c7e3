"""Take the pictures of the report that README shows; needs Chromium or Chrome and the package."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

IMAGES = Path(__file__).parents[1] / "docs" / "images"
SCHEMES = {"light": [], "dark": ["--blink-settings=preferredColorScheme=0"]}


def find_browser() -> str:
    """Return the program that takes the pictures."""
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        if path := shutil.which(name):
            return path
    sys.exit("Chromium or Chrome is needed: apt install chromium, dnf install chromium")


def main() -> None:
    """Write docs/images/report-light.png and report-dark.png."""
    options = ["--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=1080,900"]
    options.append("--force-device-scale-factor=1.5")
    browser = find_browser()
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "stories.html")
        subprocess.run([sys.executable, "-m", "samestory", "demo", "--report", page], check=True)
        for scheme, more in SCHEMES.items():
            picture = IMAGES / f"report-{scheme}.png"
            command = [browser, *options, *more, f"--screenshot={picture}", page.as_uri()]
            subprocess.run(command, check=True, capture_output=True)
            # The page has few colours: a palette is a third of the size.
            Image.open(picture).convert("RGB").quantize(128).save(picture, optimize=True)


if __name__ == "__main__":
    main()
