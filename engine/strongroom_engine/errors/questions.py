"""A question, a set of them, or what goes with one cannot be used."""

from __future__ import annotations

from strongroom_engine.errors.base import StrongroomError


class QuestionError(StrongroomError):
    """A question that cannot be searched."""


class EmptyQuestion(QuestionError):
    code = "empty-question"
    what = "The question is empty."
    remedy = "Write a question or some words to look for."


class QuestionTooLong(QuestionError):
    code = "question-too-long"
    what = "The question has {length} characters; at most {limit} can be searched."
    remedy = "Shorten it, or add the long text as a document and ask about it."


class BadFilter(QuestionError):
    code = "bad-filter"
    what = "The filter {filter} cannot be understood."
    remedy = "Write it like file:lease, type:pdf, after:2023-01-31, before:2024 or in:Contracts."


class UnknownCollection(QuestionError):
    code = "unknown-collection"
    what = "There is no collection named {collection}."
    remedy = "Collections there are: {known}."


class QuestionSetUnusable(QuestionError):
    code = "question-set-unusable"
    what = "The question set {file} cannot be used: {why}."
    remedy = "Each line is a JSON object with id, question and relevant, a list of places."


class RunUnusable(QuestionError):
    code = "run-unusable"
    what = "The file of a run {file} cannot be used: {why}."
    remedy = "Name the file of a run that was saved."


class ReportUnwritable(QuestionError):
    code = "report-unwritable"
    what = "{file} cannot be written: {why}."
    remedy = "Name a file in a folder that is there and writable."


class RunsNotComparable(QuestionError):
    code = "runs-not-comparable"
    what = "{first} and {second} cannot be compared: {why}."
    remedy = "Measure the same question sets twice, with a method in common."


class PlaceUnknown(QuestionError):
    code = "place-unknown"
    what = "The place in {file} cannot be kept: {why}."
    remedy = "Name a document of the library, a page that it has and words that stand there."


class NotJudged(QuestionError):
    code = "not-judged"
    what = "Nothing was judged of the question '{question}'."
    remedy = "Look it up in the list of your own questions."


class NothingJudged(QuestionError):
    code = "nothing-judged"
    what = "Your own set has no question that can be measured ({judged} judged)."
    remedy = "Mark an answer as right, or name a page that holds one."


class NotTwoDocuments(QuestionError):
    code = "not-two-documents"
    what = "Two documents can be compared; {count} of the library were chosen or named."
    remedy = "Choose two documents, or write the names of two files in the question."


class PromptUnusable(QuestionError):
    code = "prompt-unusable"
    what = "The prompt template {file} cannot be used: {why}."
    remedy = (
        "Correct it, or delete your copy so that the shipped one is used; a shipped one comes back"
        " when Strongroom is installed again."
    )


class UnknownPrompt(QuestionError):
    code = "unknown-prompt"
    what = "There is no prompt template named {name}."
    remedy = "Templates there are: {known}."


class PromptUnwritable(QuestionError):
    code = "prompt-unwritable"
    what = "The prompt template cannot be copied to {file}: {why}."
    remedy = "See to it that this folder can be written."


class NoDocumentChosen(QuestionError):
    code = "no-document-chosen"
    what = "This is done with a whole document, and none was chosen or named."
    remedy = "Choose a document, or write a file's name in the question."


class SchemaUnusable(QuestionError):
    code = "schema-unusable"
    what = "The schema cannot be used: {why}."
    remedy = (
        "Give a JSON Schema with 'type', 'properties', 'items' or 'enum', or name the fields: "
        "'author, year'."
    )


class AnswerCut(QuestionError):
    code = "answer-cut"
    what = "The answer did not fit into {tokens} tokens."
    remedy = "Ask for fewer fields or fewer documents, or give a schema that allows less."


class AnswerUnfit(QuestionError):
    code = "answer-unfit"
    what = "What was found does not fit the schema: {why}."
    remedy = "Make that field optional in the schema, or let it be null."


class PromptTooLong(QuestionError):
    code = "prompt-too-long"
    what = "The question does not fit into the answer model's context of {context} tokens."
    remedy = "Shorten it, or choose a larger context in the settings."


class NotSearchable(QuestionError):
    code = "not-searchable"
    what = "{file} is not in the index."
    remedy = "Add it to the library; where it was left out, the list of problems says why."


class ReviewQuestionsUnusable(QuestionError):
    code = "review-questions-unusable"
    what = "The questions in {file} cannot be used: {why}."
    remedy = (
        "Write a question a line, and beside it, after a comma or semicolon, the name of its"
        " column if it should have one."
    )


class NothingToReview(QuestionError):
    code = "nothing-to-review"
    what = "There is no document here that could be asked."
    remedy = "Add a folder, or name another collection."


class ReviewNameTaken(QuestionError):
    code = "review-name-taken"
    what = "There is a review named {name} already."
    remedy = "Give it another name."


class UnknownReview(QuestionError):
    code = "unknown-review"
    what = "There is no review named {name}."
    remedy = "Reviews there are: {known}."


class UnknownConversation(QuestionError):
    code = "unknown-conversation"
    what = "There is no conversation {name}."
    remedy = "It may have been removed meanwhile; the list of conversations has those there are."


class UnknownTurn(QuestionError):
    code = "unknown-turn"
    what = "The conversation has no question number {number}."
    remedy = "It has {turns}."
