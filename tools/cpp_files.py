"""Print the project's C++ files, for the formatter."""

from pathlib import Path


def main() -> None:
    """Print one path a line."""
    root = Path(__file__).parents[1]
    for folder in ("cpp", "tests/cpp"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".cpp", ".hpp"):
                print(path.relative_to(root).as_posix())


if __name__ == "__main__":
    main()
