"""Make the tiny cross-encoders that the tests of reranking import: graphs without learned weights.

    pip install -r packaging/exporter/requirements.txt        (in an environment of its own)
    python packaging/exporter/make_overlap_scorer.py tests/engine/models/data

`overlap-scorer.onnx` has the inputs and the output of a published cross-encoder for texts. Its
logit is 8 x - 4, where x is the share of the question's tokens that the passage holds, special
tokens left out. `overlap-classifier.onnx` gives the same number three times for a pair, as a
classifier for entailment would, and `overlap-fixed-length.onnx` reads pairs of 8 tokens only, as
graphs exported without dynamic axes do: a reranker must refuse both. All want a tokenizer of the
BERT kind.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from onnx import ModelProto, TensorProto, checker, helper, numpy_helper, save

OPSET, IR_VERSION = 17, 8
LAST_SPECIAL_TOKEN = 102  # [SEP]; [PAD] is 0, [UNK] 100, [CLS] 101
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
# Operator, inputs, output. Shapes: n pairs, t tokens.
STEPS = (
    ("Greater", ("input_ids", "last_special"), "ordinary"),
    ("Equal", ("attention_mask", "one"), "there"),
    ("And", ("ordinary", "there"), "word"),
    ("Equal", ("token_type_ids", "one"), "second"),
    ("Not", ("second",), "first"),
    ("And", ("word", "first"), "asked"),
    ("And", ("word", "second"), "given"),
    ("Unsqueeze", ("input_ids", "axis_2"), "down"),
    ("Unsqueeze", ("input_ids", "axis_1"), "across"),
    ("Equal", ("down", "across"), "same"),  # (n, t, t)
    ("Unsqueeze", ("asked", "axis_2"), "asked_down"),
    ("Unsqueeze", ("given", "axis_1"), "given_across"),
    ("And", ("asked_down", "given_across"), "pairs"),
    ("And", ("same", "pairs"), "matches"),
    ("Cast", ("matches",), "matches_f"),
    ("ReduceMax", ("matches_f",), "found"),  # (n, t): 1 where the passage holds the token
    ("ReduceSum", ("found", "axis_1"), "held"),  # (n, 1)
    ("Cast", ("asked",), "asked_f"),
    ("ReduceSum", ("asked_f", "axis_1"), "length"),
    ("Max", ("length", "least"), "at_least_one"),
    ("Div", ("held", "at_least_one"), "share"),
    ("Mul", ("share", "slope"), "scaled"),
    ("Add", ("scaled", "offset"), "score"),
)
CONSTANTS = {
    "last_special": np.array(LAST_SPECIAL_TOKEN, np.int64),
    "one": np.array(1, np.int64),
    "axis_1": np.array([1], np.int64),
    "axis_2": np.array([2], np.int64),
    "least": np.array(1, np.float32),
    "slope": np.array(8, np.float32),
    "offset": np.array(-4, np.float32),
}
ATTRIBUTES = {
    "Cast": {"to": TensorProto.FLOAT},
    "ReduceMax": {"axes": [2], "keepdims": 0},
    "ReduceSum": {"keepdims": 1},
}


def main() -> int:
    folder = Path(sys.argv[1])
    save(graph(["score"]), str(folder / "overlap-scorer.onnx"))
    save(graph(["score"] * 3), str(folder / "overlap-classifier.onnx"))
    save(graph(["score"], tokens=8), str(folder / "overlap-fixed-length.onnx"))
    return 0


def graph(outputs: list[str], tokens: str | int = "t") -> ModelProto:
    nodes = [
        helper.make_node(operator, list(inputs), [output], **ATTRIBUTES.get(operator, {}))
        for operator, inputs, output in STEPS
    ]
    nodes.append(helper.make_node("Concat", outputs, ["logits"], axis=1))
    made = helper.make_model(
        helper.make_graph(
            nodes,
            "overlap",
            [helper.make_tensor_value_info(n, TensorProto.INT64, ["n", tokens]) for n in INPUTS],
            [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", len(outputs)])],
            [numpy_helper.from_array(value, name) for name, value in CONSTANTS.items()],
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="strongroom",
    )
    checker.check_model(made, full_check=True)
    return made


if __name__ == "__main__":
    sys.exit(main())
