"""Write python/samestory/_core.pyi from the built module, or check that it is in step."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

STUB = Path(__file__).parents[1] / "python" / "samestory" / "_core.pyi"


def generate() -> str:
    """Return the stub of the installed extension module."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "pybind11_stubgen", "samestory._core", "-o", folder]
            + ["--exit-code", "--numpy-array-use-type-var"],
            check=True,
            capture_output=True,
            cwd=folder,
        )
        text = (Path(folder) / "samestory" / "_core.pyi").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("__version__: str =")]
    return "\n".join(lines).rstrip() + "\n__version__: str\n"


def main() -> int:
    """Write or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail where the stub is not in step")
    stub = generate()
    if not parser.parse_args().check:
        STUB.write_text(stub, encoding="utf-8")
        return 0
    if STUB.read_text(encoding="utf-8") != stub:
        print("python/samestory/_core.pyi is not in step with the bindings: run `make stubs`")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
