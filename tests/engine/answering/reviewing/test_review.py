"""Questions put to one document after the other: the real search and grounding."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

import pytest
from tests.engine.answering.conftest import AddDocument
from tests.engine.fakes import Knowing, Scripted

from strongroom_engine.answering.asking import Caller, Job, Parts, Request
from strongroom_engine.answering.reviewing.review import (
    ask_document,
    each_document,
    review,
    review_template,
)
from strongroom_engine.answering.search import Searcher
from strongroom_engine.errors import (
    AnswerWorkerDied,
    Cancelled,
    EmptyQuestion,
    NoModelFits,
    UnknownModel,
)
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.models.generator import Generator
from strongroom_engine.settings import Settings
from strongroom_engine.store import Store
from strongroom_engine.types import Cell, Generation, Progress, Prompt

MILL = (
    "Lease of the mill.\n",
    "The Tenant pays a rent of 1,200 euros.\n\nThe Landlord keeps the roof in repair.",
)
BARN = (
    "Lease of the barn.\n",
    "The rent is 310 euros a month. It rises each year with the index of consumer prices.",
)
RENT = "How high is the rent?"
INDEX = "Does the rent rise with an index?"
RENTS: dict[tuple[str, ...], str] = {
    ("310 euros a month",): "310 euros",
    ("a rent of 1,200",): "1,200 euros",
}


@pytest.fixture
def documents(add: AddDocument) -> tuple[str, str]:
    return str(add("mill.txt", *MILL)), str(add("barn.txt", *BARN))


MakeJob = Callable[..., Job]


@pytest.fixture
def job(store: Store, embedder: OnnxEmbedder) -> MakeJob:
    """A job whose answers are scripted, or fail as told."""

    def made(
        *answers: str,
        generator: Callable[[], Generator] | None = None,
        caller: Caller | None = None,
    ) -> Job:
        scripted = Scripted(*answers)
        searcher = Searcher(store, embedder)
        parts = Parts(store, searcher, embedder, generator or (lambda: scripted), Settings())
        return Job(Request(""), parts, caller or Caller())

    return made


def fails(error: Exception) -> Callable[[], Generator]:
    def generator() -> Generator:
        raise error

    return generator


# --- a cell --------------------------------------------------------------------------------------


def test_a_cell_holds_a_short_answer_with_its_quote(
    job: MakeJob, documents: tuple[str, str]
) -> None:
    cell = ask_document(job("1,200 euros [1]."), RENT, documents[0])
    assert (cell.document, cell.question, cell.text) == (documents[0], RENT, "1,200 euros.")
    (citation,) = cell.citations
    assert (citation.page, citation.quote) == (2, "The Tenant pays a rent of 1,200 euros.")
    assert MILL[1][citation.start : citation.end] == citation.quote
    assert citation.file == documents[0]
    assert not cell.doubtful
    assert (cell.abstained, cell.problem, cell.model) == (False, "", "scripted")


def test_only_the_document_itself_is_read(job: MakeJob, documents: tuple[str, str]) -> None:
    scripted = Scripted("310 euros")
    ask_document(job(generator=lambda: scripted), RENT, documents[1])
    asked = scripted.prompts[0].messages[-1].content
    assert "310 euros" in asked
    assert "1,200" not in asked


def test_what_the_document_does_not_say_is_an_abstention(
    job: MakeJob, documents: tuple[str, str]
) -> None:
    absent = ask_document(
        job("The document does not say."), "Which football club won the cup?", documents[0]
    )
    assert (absent.text, absent.abstained, absent.citations) == ("", True, ())
    assert not absent.doubtful
    # The nearer the document is to the question, the less sure that it does not answer it.
    present = ask_document(job("The document does not say."), RENT, documents[0])
    assert present.abstained
    assert present.confidence < absent.confidence


def test_what_nothing_supports_is_no_answer(job: MakeJob, documents: tuple[str, str]) -> None:
    cell = ask_document(job("Mr Weber of Zurich pays 1,700 francs."), RENT, documents[0])
    assert (cell.text, cell.abstained) == ("", True)
    assert cell.doubtful


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('Yes: "It rises each year with the index of consumer prices"', ("Yes", True, False)),
        ("**Yes**, the rent rises with the index of consumer prices.", ("Yes", True, False)),
        ("Ja: It rises each year with the index of consumer prices.", ("Yes", True, False)),
        ("Yes.", ("Yes", False, True)),
        ("No.", ("No", False, False)),
    ],
)
def test_yes_and_no_are_told_from_what_models_write(
    job: MakeJob, documents: tuple[str, str], written: str, expected: tuple[str, bool, bool]
) -> None:
    cell = ask_document(job(written), INDEX, documents[1])
    assert (cell.text, bool(cell.citations), cell.doubtful) == expected


def test_a_denial_is_a_no(job: MakeJob, documents: tuple[str, str]) -> None:
    cell = ask_document(job("The rent does not rise with any index."), INDEX, documents[1])
    assert cell.text == "No"


def test_an_undecided_answer_is_kept_as_it_is_and_is_one_to_check(
    job: MakeJob, documents: tuple[str, str]
) -> None:
    written = "It rises each year with the index of consumer prices."
    cell = ask_document(job(written), INDEX, documents[1])
    assert cell.text == written
    assert cell.doubtful


def test_a_bare_no_is_the_surer_the_less_is_found(job: MakeJob, documents: tuple[str, str]) -> None:
    near = ask_document(job("No."), INDEX, documents[1])
    far = ask_document(job("No."), "Is there a swimming pool?", documents[1])
    assert near.confidence < far.confidence
    assert not far.doubtful


def test_a_question_about_all_documents_is_put_as_yes_or_no(
    job: MakeJob, documents: tuple[str, str]
) -> None:
    scripted = Scripted("Yes: It rises each year with the index of consumer prices.")
    which = "Which leases have an indexation clause?"
    cell = ask_document(job(generator=lambda: scripted), which, documents[1], yes_no=True)
    assert (cell.text, cell.question) == ("Yes", which)
    assert "Yes or No" in scripted.prompts[0].messages[-1].content


def test_without_a_model_the_nearest_sentence_is_quoted(
    job: MakeJob, documents: tuple[str, str]
) -> None:
    none = fails(NoModelFits(why="there is no memory"))
    cell = ask_document(job(generator=none), RENT, documents[1])
    (citation,) = cell.citations
    assert cell.text == citation.quote == "The rent is 310 euros a month."
    assert (citation.page, cell.model) == (2, "")
    assert cell.doubtful


# --- many of them --------------------------------------------------------------------------------


def test_each_document_is_asked_and_progress_told(job: MakeJob, documents: tuple[str, str]) -> None:
    told: list[Progress] = []
    caller = Caller(on_progress=told.append)
    knowing = Knowing(RENTS)
    cells = list(each_document(job(generator=lambda: knowing, caller=caller), RENT, documents))
    assert [(cell.document, cell.text) for cell in cells] == [
        (documents[0], "1,200 euros"),
        (documents[1], "310 euros"),
    ]
    assert [(one.done, one.total, one.what) for one in told] == [
        (0, 2, "mill.txt"),
        (1, 2, "barn.txt"),  # which was begun beside the other
        (2, 2, "barn.txt"),
    ]
    assert (told[0].left_s, told[-1].left_s) == (None, 0)
    assert told[-1].rate > 0


def test_a_document_that_fails_does_not_stop_the_others(
    job: MakeJob, documents: tuple[str, str]
) -> None:
    gone = documents[0] + ".gone"
    first, second = each_document(job("310 euros"), RENT, [gone, documents[1]])
    assert (first.problem, first.text, first.confidence) == (f"{gone} is not in the index.", "", 0)
    assert first.doubtful
    assert second.text == "310 euros"


def test_a_worker_that_dies_costs_one_cell(job: MakeJob, documents: tuple[str, str]) -> None:
    class Dying(Knowing):
        def generate(
            self, prompt: Prompt, on_token: Callable[[str], None], cancelled: Callable[[], bool]
        ) -> Generation:
            if "a rent of 1,200" in prompt.messages[-1].content:
                raise AnswerWorkerDied(why="it was killed")
            return super().generate(prompt, on_token, cancelled)

    dying = Dying(RENTS)
    first, second = each_document(job(generator=lambda: dying), RENT, documents)
    assert first.problem == "The answer model stopped: it was killed."
    assert second.text == "310 euros"


def test_a_bad_question_and_an_unknown_model_are_said_before_any_work(
    job: MakeJob, documents: tuple[str, str]
) -> None:
    with pytest.raises(EmptyQuestion):
        each_document(job(), " ", documents)
    with pytest.raises(UnknownModel):
        ask_document(job(generator=fails(UnknownModel(model="x", known="y"))), RENT, documents[0])


@pytest.mark.usefixtures("one_at_a_time")
@pytest.mark.parametrize("after", [0, 1, 2])
def test_cancelling_keeps_what_is_answered(
    job: MakeJob, documents: tuple[str, str], after: int
) -> None:
    cells: list[Cell] = []
    caller = Caller(cancelled=lambda: len(cells) >= after)
    answers = each_document(job("1,200 euros", "310 euros", caller=caller), RENT, documents)
    for cell in answers:
        cells.append(cell)  # noqa: PERF402 - what is there decides
    assert len(cells) == after
    if after == 0:
        with pytest.raises(Cancelled):
            ask_document(job(caller=caller), RENT, documents[0])


def test_cancelled_beside_others_what_is_answered_is_kept_and_the_rest_ends(
    job: MakeJob, documents: tuple[str, str]
) -> None:
    class Slow(Knowing):
        """Answers of the barn, and begins an answer of the mill."""

        def generate(
            self, prompt: Prompt, on_token: Callable[[str], None], cancelled: Callable[[], bool]
        ) -> Generation:
            if "310" in prompt.messages[-1].content:
                answered.set()
                return super().generate(prompt, on_token, lambda: False)
            on_token("1,")
            limit = time.monotonic() + 20
            while not cancelled() and time.monotonic() < limit:
                time.sleep(0.01)
            return Generation("1,", 10, 0, 1, 1.0, 2.0, stopped=cancelled())

    answered, slow = threading.Event(), Slow(RENTS)
    caller = Caller(cancelled=answered.is_set)
    (cell,) = each_document(job(generator=lambda: slow, caller=caller), RENT, documents)
    assert (cell.document, cell.text) == (documents[1], "310 euros")


def test_the_cells_are_the_same_however_many_are_asked_at_a_time(
    job: MakeJob, documents: tuple[str, str]
) -> None:
    questions = [RENT, INDEX, "Who keeps the roof in repair?", "Is there a swimming pool?"]
    work = [(document, questions) for document in documents]
    answers = {
        ("310 euros a month", f"Question: {RENT}"): "310 euros a month [1].",
        ("a rent of 1,200", f"Question: {RENT}"): "1,200 euros",
        ("310 euros a month", INDEX): "Yes: It rises each year with the index of consumer prices",
        (INDEX,): "No.",
        ("a rent of 1,200", "the roof"): "The Landlord keeps the roof in repair.",
        ("the roof",): "The document does not say.",
        ("swimming pool",): "Mr Weber of Zurich pays 1,700 francs.",
    }

    def asked(most: int) -> tuple[list[Cell], list[tuple[str, str]]]:
        begun: list[tuple[str, str]] = []
        knowing = Knowing(answers)
        cells = review(
            job(generator=lambda: knowing), work, most=most,
            on_reading=lambda *place: begun.append(place),
        )  # fmt: skip
        return list(cells), begun

    alone, four = asked(1), asked(4)
    assert four == alone
    assert [(cell.document, cell.question) for cell in four[0]] == four[1]
    assert {cell.text for cell in four[0]} > {"Yes", "No", "1,200 euros", ""}


def test_a_documents_answers_are_written_at_the_same_time(
    job: MakeJob, documents: tuple[str, str]
) -> None:
    both_there = threading.Barrier(2)

    class Meeting(Scripted):
        def generate(
            self, prompt: Prompt, on_token: Callable[[str], None], cancelled: Callable[[], bool]
        ) -> Generation:
            on_token("310 ")  # it has been read, and so the next one may be
            both_there.wait(10)
            return super().generate(prompt, lambda _text: None, cancelled)

    meeting = Meeting("310 euros", "310 euros")
    questions = [RENT, "What is paid a month?"]
    cells = list(review(job(generator=lambda: meeting), [(documents[1], questions)]))
    assert [cell.text for cell in cells] == ["310 euros", "310 euros"]


def test_without_a_model_nothing_is_read_beside_another(
    job: MakeJob, documents: tuple[str, str]
) -> None:
    begun: list[str] = []
    none = fails(NoModelFits(why="there is no memory"))
    cells = review(
        job(generator=none), [(document, [RENT]) for document in documents],
        on_reading=lambda document, _question: begun.append(document),
    )  # fmt: skip
    next(cells)
    assert begun == [documents[0]]
    cells.close()


def test_questions_of_a_short_document_share_what_stands_before_them(
    job: MakeJob, documents: tuple[str, str]
) -> None:
    scripted = Scripted("310 euros", "Yes: It rises each year.", "The document does not say.")
    questions = [RENT, INDEX, "Who is the landlord?"]
    cells = list(review(job(generator=lambda: scripted), [(documents[1], questions)]))
    assert {cell.question for cell in cells} == set(questions)
    prompts = [prompt.messages[-1].content for prompt in scripted.prompts]
    assert len({text[: text.rindex("Question: ")] for text in prompts}) == 1
    assert scripted.stable == review_template().stable


def test_in_a_long_document_each_question_reads_its_own_passages(
    job: MakeJob, add: AddDocument
) -> None:
    filler = ["The weather of the year was recorded by the station in the hills. " * 12] * 8
    rent, dog = "The rent is 310 euros a month. " * 40, "Dogs are kept in the yard at night. " * 40
    long = str(add("long.txt", *filler, rent, *filler, dog))
    scripted = Scripted("310 euros", "in the yard")
    list(review(job(generator=lambda: scripted), [(long, [RENT, "Where are dogs kept at night?"])]))
    asked = [prompt.messages[-1].content for prompt in scripted.prompts]
    first, second = sorted(asked, key=lambda text: "at night?" in text)
    # The best passage stands last, next to the question.
    assert "310 euros" in sources_of(first)[-1]
    assert "Dogs are kept" in sources_of(second)[-1]


def sources_of(prompt: str) -> Sequence[str]:
    return prompt[: prompt.rindex("Question: ")].strip().split("\n\n")
