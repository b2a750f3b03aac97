"""A model cannot be used."""

from __future__ import annotations

from strongroom_engine.errors.base import StrongroomError


class ModelError(StrongroomError):
    """A model cannot be used."""


class ModelMissing(ModelError):
    code = "model-missing"
    what = "The answer model {model} is not on this computer."
    remedy = "Import its file with --model-file, or run the set-up again."


class ModelDamaged(ModelError):
    code = "model-damaged"
    what = "The model file {file} cannot be loaded: {why}."
    remedy = "Fetch or import it again."


class UnknownModel(ModelError):
    code = "unknown-model"
    what = "There is no model named {model}."
    remedy = "Models there are: {known}."


class NoModelFits(ModelError):
    code = "no-model-fits"
    what = "No answer model fits into the memory that is free: {why}."
    remedy = "Search works all the same. Close other programs or import a smaller model."


class AnswerWorkerDied(ModelError):
    code = "answer-worker-died"
    what = "The answer model stopped: {why}."
    remedy = "Ask again; the index is not affected."


class CatalogueUnusable(ModelError):
    code = "catalogue-unusable"
    what = "The list of models {file} cannot be used: {why}."
    remedy = "Install Strongroom again."


class EmbeddingModelMissing(ModelError):
    code = "embedding-model-missing"
    what = "The embedding model in {folder} cannot be used: {why}."
    remedy = "Install Strongroom again."


class RerankerUnusable(ModelError):
    code = "reranker-unusable"
    what = "The reranker in {folder} cannot be used: {why}."
    remedy = (
        "Search works without one. To have one, import a cross-encoder's files as they were"
        " published: model.onnx, tokenizer.json and config.json."
    )
