"""A model cannot be used."""

from __future__ import annotations

from strongroom_engine.errors.base import StrongroomError


class ModelError(StrongroomError):
    """A model cannot be used."""


class ModelMissing(ModelError):
    code = "model-missing"
    what = "The answer model {model} is not on this computer."
    remedy = "Bring in its file, or run the set-up again."


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


class ModelImportError(ModelError):
    """A model file cannot be brought in or taken away."""


class NotAModelFile(ModelImportError):
    code = "not-a-model-file"
    what = "{file} is not a model file."
    remedy = "Strongroom reads models in the GGUF format; the names of their files end in .gguf."


class ModelFileDamaged(ModelImportError):
    code = "model-file-damaged"
    what = "{file} is cut off or damaged."
    remedy = "Copy or fetch it again."


class ModelFileUnreadable(ModelImportError):
    code = "model-file-unreadable"
    what = "{file} cannot be read: {why}."
    remedy = "Check whether it is still there and who may read it."


class ModelKindUnknown(ModelImportError):
    code = "model-kind-unknown"
    what = "{file} holds a kind of model that this version of Strongroom does not know."
    remedy = "Bring in another model, or install a newer Strongroom."


class ModelDoesNotAnswer(ModelImportError):
    code = "model-does-not-answer"
    what = "{file} is not a model that answers questions."
    remedy = "Bring in one that was made for conversations; it is mostly called Instruct or Chat."


class ModelNameTaken(ModelImportError):
    code = "model-name-taken"
    what = "There is another model file called {file} on this computer."
    remedy = "Give the new file another name, or remove the other one first."


class NoRoomForModel(ModelImportError):
    code = "no-room-for-model"
    what = "{file} needs {needed} GB, and the disk has {free} GB free."
    remedy = "Free some space, or keep models on a larger disk: STRONGROOM_MODELS names its folder."


class ModelNotCopied(ModelImportError):
    code = "model-not-copied"
    what = "{file} could not be copied into {folder}: {why}."
    remedy = "Check whether there is room and who may write there."


class ModelBusy(ModelImportError):
    code = "model-busy"
    what = "{model} is writing an answer."
    remedy = "Wait until it has finished, or stop it."


class ModelNotRemoved(ModelImportError):
    code = "model-not-removed"
    what = "{file} cannot be removed: {why}."
    remedy = "Check whether it is there and who may change the folder {folder}."
