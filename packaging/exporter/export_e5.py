"""Make assets/embedding/multilingual-e5-small: the graph without weights, the tokenizer's head.

    pip install -r packaging/exporter/requirements.txt        (in an environment of its own)
    pip install sentencepiece==0.1.99 "protobuf<4"            (in another, for `head`)
    python packaging/exporter/export_e5.py head --out assets/embedding/multilingual-e5-small
    python packaging/exporter/export_e5.py graph --source e5-small-q4.bin --out FOLDER

`head` writes tokenizer.head: SentencePiece's rules nmt_nfkc as of 0.1.99, whose Unicode tables
are nearest to those that the model was trained with (newer ones know 170 more characters).
`graph` writes model.onnx, builds the model as the set-up does, compares it with transformers'
BertModel in float32 on the same weights, and writes the files' sizes and hashes into model.toml.
The cosine must not fall below LEAST_COSINE.

The graph takes one text at a time, without padding and without a mask, and scales the numbers
of each token by themselves before they are rounded to int8. So a text's vector depends on the
text alone, and not on what was embedded beside it. Measured on one core (230 tokens): 26 ms a
text; with one scale for a whole batch of eight 31 ms, and 38 ms with ONNX Runtime's own fused
`SkipLayerNormalization`, which is slow on processors (`Sum` is not fused with what follows);
four-bit matrices (`MatMulNBits`) 58 ms. Cosine to float32: 0.9988; 0.9967 with one scale a
batch; 0.9999 with four-bit matrices, which are the source's own.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

LEAST_COSINE = 0.99
HEADS, EPSILON = 12, 1e-12
TEXTS = (
    "query: Wann endet der Mietvertrag?",
    "passage: The lease ends on 31 March 2027 unless either party gives six months' notice.",
    "passage: 本租约将于2027年3月31日终止，除非任何一方提前六个月发出通知。",
    "passage: Boundary layer transition on a flat plate in supersonic flow. " * 12,
    "query: сколько стоит уборка квадратного метра?",
    "passage: ينتهي عقد الإيجار في الحادي والثلاثين من مارس.",
    "passage: Invoice 2024-0117: 3 chairs at 120.00, 1 table at 480.00, VAT 20 %.",
    "query: ",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Raw)
    parser.add_argument("part", choices=("head", "graph"))
    parser.add_argument("--source", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    if args.part == "head":
        (args.out / "tokenizer.head").write_bytes(head())
        return 0
    return graph(args.source, args.out)


class _Raw(argparse.RawDescriptionHelpFormatter):
    pass


# --- the tokenizer's head ----------------------------------------------------------------------


def head() -> bytes:
    """A tokenizer without pieces: the rules are read out of one that is trained on a sentence."""
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2 as messages

    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "text.txt"
        text.write_text("the quick brown fox jumps over the lazy dog\n" * 9)
        sentencepiece.SentencePieceTrainer.train(
            input=str(text),
            model_prefix=f"{folder}/toy",
            vocab_size=40,
            hard_vocab_limit=False,
            normalization_rule_name="nmt_nfkc",
            minloglevel=2,
        )
        model = messages.ModelProto()
        model.ParseFromString((Path(folder) / "toy.model").read_bytes())
    del model.pieces[:]
    model.trainer_spec.Clear()
    model.trainer_spec.model_type = model.trainer_spec.UNIGRAM
    model.trainer_spec.bos_id, model.trainer_spec.pad_id = 0, 1
    model.trainer_spec.eos_id, model.trainer_spec.unk_id = 2, 3
    return model.SerializeToString(deterministic=True)


# --- the graph ---------------------------------------------------------------------------------


def graph(source_file: Path, out: Path) -> int:
    from bootstrap import embedding
    from builder import weights
    from builder.source import Source
    from builder.tokenizer import tokenizer

    source = Source(source_file)
    arrays = list(weights.placed(source))
    (out / "model.onnx").write_bytes(Graph(arrays).serialized())
    with tempfile.TemporaryDirectory() as name:
        made = Path(name)
        (made / "model.onnx").write_bytes((out / "model.onnx").read_bytes())
        with (made / embedding.WEIGHTS).open("wb") as file:
            weights.write(arrays, file)
        vocabulary = tokenizer(source, (out / embedding.HEAD).read_bytes())
        (made / embedding.VOCABULARY).write_bytes(vocabulary)
        cosines = compare(made, source)
        print(f"cosine to float32: mean {cosines.mean():.4f}, least {cosines.min():.4f}")
        if cosines.min() < LEAST_COSINE:
            print("too far from the float32 model", file=sys.stderr)
            return 1
        note_files(made, out / embedding.CARD)
    return 0


class Graph:
    """The nodes, and initializers that name places in the file of the weights."""

    def __init__(self, arrays: list) -> None:
        from builder import weights

        self._hidden, self._layers = weights.HIDDEN, weights.LAYERS
        self._nodes: list = []
        self._initializers = [_external(each) for each in arrays]
        self._constants: set[str] = set()

    def serialized(self) -> bytes:
        from onnx import TensorProto, helper

        self._embedded()
        states = "states0"
        for layer in range(self._layers):
            states = self._layer(f"layer{layer}", states, f"states{layer + 1}")
        self._nodes[-1].output[0] = "last_hidden_state"
        shape = ["batch", "tokens"]
        made = helper.make_graph(
            self._nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info("input_ids", TensorProto.INT64, shape)],
            [
                helper.make_tensor_value_info(
                    "last_hidden_state", TensorProto.FLOAT, [*shape, self._hidden]
                )
            ],
            self._initializers,
        )
        opsets = [helper.make_opsetid("", 21), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(made, opset_imports=opsets, ir_version=10).SerializeToString()

    def _embedded(self) -> None:
        from onnx import TensorProto

        words = ["words.codes", "input_ids", "words.scales"]
        attributes = {"gather_axis": 0, "quantize_axis": 1, "block_size": 32}
        self._contributed("GatherBlockQuantized", words, "words.half", **attributes)
        self._node("Cast", ["words.half"], "words", to=TensorProto.FLOAT)
        self._node("Shape", ["input_ids"], "length", start=1, end=2)
        zero = self._constant("zero", np.array([0], np.int64))
        self._node("Slice", ["positions", zero, "length", zero], "places")
        self._node("Add", ["words", "places"], "placed")
        self._norm("norm", "placed", "states0")
        self._node("Shape", ["input_ids"], "shape")

    def _layer(self, name: str, states: str, result: str) -> str:
        third = self._constant("thirds", np.array([self._hidden] * 3, np.int64))
        self._linear(f"{name}.qkv", states, self._hidden, 3 * self._hidden)
        parts = [f"{name}.{part}" for part in ("query", "key", "value")]
        self._node("Split", [f"{name}.qkv", third], *parts, axis=2)
        attended = [*parts, f"{name}.qkv.bias"]
        self._contributed("MultiHeadAttention", attended, f"{name}.heads", num_heads=HEADS)
        self._linear(f"{name}.attended", f"{name}.heads", self._hidden, self._hidden)
        self._residual(f"{name}.attended", states, f"{name}.seen")
        self._linear(f"{name}.inner", f"{name}.seen", self._hidden, 4 * self._hidden)
        self._contributed("BiasGelu", [f"{name}.inner", f"{name}.inner.bias"], f"{name}.active")
        self._linear(f"{name}.outer", f"{name}.active", 4 * self._hidden, self._hidden)
        self._residual(f"{name}.outer", f"{name}.seen", result)
        return result

    def _linear(self, name: str, states: str, inputs: int, outputs: int) -> None:
        """`name` = states times the weights, without the bias; each token has its own scale."""
        last = self._constant("last", np.array([-1], np.int64))
        zero_point = np.array([128], np.uint8)
        rows = self._constant(f"rows{inputs}", np.array([-1, inputs], np.int64))
        largest = self._constant("inverse127", np.float32(1 / 127))
        self._node("Reshape", [states, rows], f"{name}.rows")
        self._node("Abs", [f"{name}.rows"], f"{name}.sizes")
        self._node("ReduceMax", [f"{name}.sizes", last], f"{name}.largest", keepdims=1)
        self._node("Mul", [f"{name}.largest", largest], f"{name}.steps")
        self._node("Reshape", [f"{name}.steps", last], f"{name}.step")
        self._node("Shape", [f"{name}.step"], f"{name}.count")
        self._filled(f"{name}.zeros", f"{name}.count", zero_point)
        rounded = [f"{name}.rows", f"{name}.step", f"{name}.zeros"]
        self._node("QuantizeLinear", rounded, f"{name}.rounded", axis=0)
        one = self._constant("one", np.float32(1))
        middle = self._constant("middle", np.uint8(128))
        product = [f"{name}.rounded", f"{name}.weights", one, f"{name}.scales", middle]
        self._contributed("MatMulIntegerToFloat", product, f"{name}.product")
        self._node("Mul", [f"{name}.product", f"{name}.steps"], f"{name}.scaled")
        width = self._constant(f"width{outputs}", np.array([outputs], np.int64))
        if f"shape{outputs}" not in self._constants:
            self._constants.add(f"shape{outputs}")
            self._node("Concat", ["shape", width], f"shape{outputs}", axis=0)
        self._node("Reshape", [f"{name}.scaled", f"shape{outputs}"], name)

    def _residual(self, name: str, states: str, result: str) -> None:
        self._node("Sum", [name, states, f"{name}.bias"], f"{name}.sum")
        self._norm(f"{name}.norm", f"{name}.sum", result)

    def _norm(self, name: str, states: str, result: str) -> None:
        inputs = [states, f"{name}.scale", f"{name}.bias"]
        self._node("LayerNormalization", inputs, result, axis=-1, epsilon=EPSILON)

    def _filled(self, name: str, shape: str, value: np.ndarray) -> None:
        from onnx import numpy_helper

        self._node("ConstantOfShape", [shape], name, value=numpy_helper.from_array(value))

    def _constant(self, name: str, value: np.ndarray | np.generic) -> str:
        from onnx import numpy_helper

        if name not in self._constants:
            self._constants.add(name)
            self._initializers.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def _contributed(self, kind: str, inputs: list[str], *outputs: str, **attributes: Any) -> None:
        self._node(kind, inputs, *outputs, domain="com.microsoft", **attributes)

    def _node(self, kind: str, inputs: list[str], *outputs: str, **attributes: Any) -> None:
        from onnx import helper

        self._nodes.append(helper.make_node(kind, inputs, list(outputs), **attributes))


def _external(placed: Any) -> Any:
    """An initializer whose data stand in the file of the weights."""
    from onnx import TensorProto, helper

    from bootstrap.embedding import WEIGHTS

    shape = list(placed.array.shape)
    kind = helper.np_dtype_to_tensor_dtype(placed.array.dtype)
    if placed.name == "words.codes":
        kind, shape[1] = TensorProto.INT4, 2 * shape[1]
    tensor = TensorProto(name=placed.name, data_type=kind, dims=shape)
    tensor.data_location = TensorProto.EXTERNAL
    entries = {"location": WEIGHTS, "offset": placed.offset, "length": placed.array.nbytes}
    for key, value in entries.items():
        tensor.external_data.add(key=key, value=str(value))
    return tensor


# --- the comparison ----------------------------------------------------------------------------


def compare(made: Path, source: Any) -> np.ndarray:
    """Cosines between the built model and transformers' BertModel with the source's weights."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # it would report to its makers from its import on
    import onnxruntime
    import sentencepiece
    import torch

    session = onnxruntime.InferenceSession(
        str(made / "model.onnx"), providers=["CPUExecutionProvider"]
    )
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(made / "tokenizer.model"))
    bert = reference(source)
    cosines = []
    for text in TEXTS:
        ids = np.array([[0, *pieces.encode(text), 2]])
        states = session.run(None, {"input_ids": ids})[0]
        with torch.no_grad():
            exact = bert(torch.from_numpy(ids)).last_hidden_state.numpy()
        ours, theirs = (each[0].mean(axis=0) for each in (states, exact))
        cosines.append(ours @ theirs / np.linalg.norm(ours) / np.linalg.norm(theirs))
    return np.array(cosines)


def reference(source: Any) -> Any:
    """BertModel of transformers with the weights of the source, in float32."""
    import torch
    from transformers import BertConfig, BertModel

    from builder.weights import HIDDEN, matrix

    rows = 250_037
    config = BertConfig(
        vocab_size=rows, hidden_size=HIDDEN, num_hidden_layers=12, num_attention_heads=HEADS,
        intermediate_size=1536, max_position_embeddings=512, layer_norm_eps=EPSILON,
    )  # fmt: skip
    state = {}
    for ours, theirs, columns in _names():
        if columns:
            state[theirs] = torch.from_numpy(matrix(source, ours, columns))
        else:
            state[theirs] = torch.from_numpy(source.vector(ours).copy())
    for table, size in (("position", 512), ("token_type", 2)):
        name = f"embeddings.{table}_embeddings.weight"
        state[name] = state[name].reshape(size, HIDDEN)
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict(state)
    return model.eval()


def _names() -> Iterator[tuple[str, str, int]]:
    """Of each tensor: the source's name, transformers' name, and the columns of a matrix."""
    yield "emb.word", "embeddings.word_embeddings.weight", 384
    yield "emb.pos", "embeddings.position_embeddings.weight", 0
    yield "emb.type", "embeddings.token_type_embeddings.weight", 0
    yield "emb.ln.w", "embeddings.LayerNorm.weight", 0
    yield "emb.ln.b", "embeddings.LayerNorm.bias", 0
    parts = {
        "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
        "ao": "attention.output.dense", "aln": "attention.output.LayerNorm",
        "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
    }  # fmt: skip
    for layer in range(12):
        for ours, theirs in parts.items():
            name = f"encoder.layer.{layer}.{theirs}"
            columns = 0 if ours.endswith("ln") else 1536 if ours == "fo" else 384
            yield f"l{layer}.{ours}.w", f"{name}.weight", columns
            yield f"l{layer}.{ours}.b", f"{name}.bias", 0


def note_files(made: Path, card: Path) -> None:
    """Write sizes and hashes of what was made into the card, after its marked line."""
    roles = {"model.onnx": "quantized", "weights.bin": "weights", "tokenizer.model": "tokenizer"}
    kept = card.read_text("utf-8").partition("[[file]]")[0].rstrip() + "\n"
    for name, role in roles.items():
        data = (made / name).read_bytes()
        kept += f'\n[[file]]\nname = "{name}"\nrole = "{role}"\nbytes = {len(data)}\n'
        kept += f'sha256 = "{hashlib.sha256(data).hexdigest()}"\n'
    card.write_text(kept, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
