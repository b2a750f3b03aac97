"""A question and a schema -> data that satisfies it, each value with the place where it stands."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.engine.answering.tasks.papers import Desk, write_pdf
from tests.engine.fakes import Scripted
from tests.engine.models.conftest import plan_for

from strongroom_engine.answering.structuring.schemas import problems, read_schema
from strongroom_engine.answering.structuring.structured import structured
from strongroom_engine.errors import AnswerCut, AnswerUnfit, NotSearchable, SchemaUnusable
from strongroom_engine.models.embedder import OnnxEmbedder
from strongroom_engine.models.generator import WorkerGenerator
from strongroom_engine.store import Store
from strongroom_engine.types import Answer, Generation, Message, Prompt

ESSAY = [
    "On the yield of terraced fields",
    (
        "Hartmann and Okafor (1998) measured the yield of barley on 40 fields. Lindqvist (2004) "
        "repeated it with wheat and found 12 % more, at a cost of EUR 1,250,000 in all."
    ),
    "Chen, Abara and Silva (2017) disagree. Their paper of 3 May 2017 was with-drawn later.",
]
FIELDS = "author, year:integer"
ASKED = "Make a list of the authors cited, as JSON"


@pytest.fixture
def desk(store: Store, embedder: OnnxEmbedder) -> Desk:
    return Desk(store, embedder)


@pytest.fixture
def essay(desk: Desk, tmp_path: Path) -> Path:
    return desk.put(write_pdf(tmp_path / "essay.pdf", ESSAY, width=60))


Ask = Callable[..., Answer]


@pytest.fixture
def ask(desk: Desk) -> Ask:
    """Fill a schema from documents, with a model that writes what it is told; all is checked."""

    def asked(schema: str, *documents: Path, writes: tuple[str, ...] = ()) -> Answer:
        generator = Scripted(*writes)
        desk.generator = lambda: generator
        job = desk.job("structured", ASKED, *documents)
        answer = structured(replace(job, request=replace(job.request, schema=schema)))
        desk.check(answer)
        check_values(answer, schema)
        desk.shown.clear()
        return answer

    return asked


def check_values(answer: Answer, schema: str) -> None:
    """The data satisfies the schema; each value is the data's, and each quote holds it."""
    quotes = {citation.n: citation.quote for citation in answer.citations}
    if answer.data:
        data = json.loads(answer.data)
        assert not list(problems(data, read_schema(schema).wanted))
    for value in answer.values:
        found = data
        for step in value.pointer.split("/")[1:]:
            found = found[int(step)] if isinstance(found, list) else found[step]
        assert value.text == (found if isinstance(found, str) else json.dumps(found))
        assert value.supported == bool(value.citations)
        assert set(value.citations) <= set(quotes)


def quotes_of(answer: Answer, pointer: str) -> list[str]:
    by_number = {citation.n: citation for citation in answer.citations}
    value = next(value for value in answer.values if value.pointer == pointer)
    return [" ".join(by_number[number].quote.split()) for number in value.citations]


def test_every_value_has_the_place_where_it_stands(ask: Ask, essay: Path) -> None:
    rows = [
        {"author": "Lindqvist", "year": 2004},
        {"author": "Chen, Abara and Silva", "year": 2017},
    ]
    answer = ask(FIELDS, essay, writes=(json.dumps(rows),))
    assert json.loads(answer.data) == rows
    assert all(value.supported for value in answer.values)
    assert quotes_of(answer, "/0/author")[0].startswith("Lindqvist (2004) repeated")
    assert quotes_of(answer, "/1/year") == ["Chen, Abara and Silva (2017) disagree."]
    assert (
        answer.text
        == "1. author: Lindqvist; year: 2004\n2. author: Chen, Abara and Silva; year: 2017"
    )
    assert (answer.task, answer.confidence, answer.doubts) == ("structured", 1.0, ())
    assert {hit.file for hit in answer.hits} == {str(essay)}


def test_what_stands_in_no_source_is_marked(ask: Ask, essay: Path) -> None:
    rows = [{"author": "Lindqvist", "year": 1871}, {"author": "Nobody", "year": 1900}]
    answer = ask(FIELDS, essay, writes=(json.dumps(rows),))
    # Of the second one nothing stands anywhere: it is left out.
    assert json.loads(answer.data) == [rows[0]]
    assert [(value.text, value.supported) for value in answer.values] == [
        ("Lindqvist", True),
        ("1871", False),
    ]
    (doubt,) = answer.doubts
    assert answer.text[doubt.start : doubt.end] == "1871"
    assert not answer.sentences[0].supported
    assert answer.confidence == 0.5


def test_what_lists_several_needs_all_of_them(ask: Ask, essay: Path) -> None:
    schema = '{"properties": {"a": {"type": "string"}, "b": {"type": "string"}}}'
    answer = ask(schema, essay, writes=('{"a": "Okafor and Hartmann", "b": "Okafor and Moreau"}',))
    assert [value.supported for value in answer.values] == [True, False]


def test_numbers_and_dates_may_be_written_differently(ask: Ask, essay: Path) -> None:
    schema = json.dumps(
        {
            "type": "object",
            "properties": {
                "cost": {"type": "number"},
                "withdrawn": {"type": "boolean"},
                "dated": {"type": "string", "format": "date"},
                "crop": {"enum": ["barley", "rye"]},
                "share": {"type": "integer"},
                "missing": {"type": "string"},
                "required": {"type": ["string", "null"]},
            },
            "required": ["required"],
        }
    )
    written = (
        '{"cost": 1250000, "withdrawn": true, "dated": "2017-05-03", "crop": "barley", "share": 12,'
        ' "missing": null, "required": "n/a"}'
    )
    answer = ask(schema, essay, writes=(written,))
    data = json.loads(answer.data)
    assert "missing" not in data
    assert data["required"] is None
    assert {value.pointer[1:]: value.supported for value in answer.values} == {
        "cost": True,
        "withdrawn": False,  # a judgement, and so is a choice
        "dated": True,
        "crop": False,
        "share": True,
    }
    assert "EUR 1,250,000" in quotes_of(answer, "/cost")[0]
    assert "3 May 2017" in quotes_of(answer, "/dated")[0]


def test_documents_are_read_in_groups_and_merged(ask: Ask, desk: Desk, tmp_path: Path) -> None:
    first = desk.put(write_pdf(tmp_path / "one.pdf", ["Keller rents the mill."]))
    second = desk.put(write_pdf(tmp_path / "two.pdf", ["Keller rents it until 2027. So does Ito."]))
    schema = (
        '{"properties": {"tenants": {"items": {"type": "string"}}, "until": {"type": "integer"}}}'
    )
    writes = (
        '{"tenants": ["Keller"], "until": null}',
        '{"tenants": ["keller", "Ito", "Party 3"], "until": 2027}',  # the last stands nowhere
    )
    answer = ask(schema, first, second, writes=writes)
    assert json.loads(answer.data) == {"tenants": ["Keller", "Ito"], "until": 2027}
    assert answer.text == "tenants: Keller\ntenants: Ito\nuntil: 2027"
    assert answer.searched == "Read 2 passages of 2 documents."
    assert desk.progress[-1] == (2, 2)


def test_without_documents_passages_are_searched(ask: Ask, essay: Path) -> None:
    answer = ask(FIELDS, writes=('[{"author": "Lindqvist", "year": null}]',) * 3)
    assert json.loads(answer.data) == [{"author": "Lindqvist", "year": None}]


@pytest.mark.parametrize(
    ("schema", "written", "data"),
    [
        (FIELDS, "[]", "[]"),
        (FIELDS, '[{"author": null, "year": null}]', "[]"),
        ('{"properties": {"a": {"type": "string"}}}', '{"a": "none"}', "{}"),
        (
            '{"properties": {"a": {"type": ["string", "null"]}}, "required": ["a"]}',
            '{"a": null}',
            '{"a": null}',
        ),
        ('{"properties": {"a": {"type": "string"}}, "required": ["a"]}', '{"a": ""}', ""),
    ],
)
def test_nothing_is_said_to_be_nothing(
    ask: Ask, essay: Path, schema: str, written: str, data: str
) -> None:
    answer = ask(schema, essay, writes=(written,))
    assert answer.abstained
    assert answer.data == data
    assert answer.values == ()
    assert answer.text == "The documents searched hold nothing of what was asked for."


def test_links_are_taken_out_of_values(ask: Ask, essay: Path) -> None:
    rows = [{"author": "Lindqvist ![x](https://evil.example/?q=1)", "year": 2004}]
    answer = ask(FIELDS, essay, writes=(json.dumps(rows),))
    assert "evil" not in answer.data + answer.text


class Cutting(Scripted):
    """Says of the answers that begin with '!' that they were cut off."""

    def generate(
        self, prompt: Prompt, on_token: Callable[[str], None], cancelled: Callable[[], bool]
    ) -> Generation:
        written = super().generate(prompt, on_token, cancelled)
        return replace(written, text=written.text.lstrip("!"), cut=written.text.startswith("!"))


def test_what_did_not_fit_is_asked_for_again_by_halves(
    desk: Desk, tmp_path: Path, store: Store
) -> None:
    pages = [f"Author{number} wrote in {1900 + number}. " * 20 for number in range(2)]
    file = desk.put(write_pdf(tmp_path / "long.pdf", pages))
    assert len(store.chunks_of(str(file))) >= 2
    halves = [
        '[{"author": "Author0", "year": 1900}]',
        '![{"author": "Author1", "year": 1901}, {"au',
    ]
    generator = Cutting("![{", *halves, *["[]"] * 4)
    desk.generator = lambda: generator
    job = desk.job("structured", ASKED, file)
    answer = structured(replace(job, request=replace(job.request, schema=FIELDS)))
    assert {row["author"] for row in json.loads(answer.data)} <= {"Author0", "Author1"}
    assert json.loads(answer.data)[0] == {"author": "Author0", "year": 1900}
    assert len(generator.prompts) > 2


def test_what_does_not_fit_at_all_is_said(desk: Desk, essay: Path) -> None:
    required = '{"properties": {"a": {"type": "integer", "minimum": 5}}, "required": ["a"]}'
    for schema, writes, error in [
        (required, '!{"a"', AnswerCut),
        (required, '{"a": 1}', AnswerUnfit),
    ]:
        generator = Cutting(*[writes] * 4)
        desk.generator = lambda made=generator: made  # type: ignore[misc]  # as it is now
        job = desk.job("structured", ASKED, essay)
        with pytest.raises(error):
            structured(replace(job, request=replace(job.request, schema=schema)))


def test_cancelled_it_keeps_what_is_there(desk: Desk, essay: Path) -> None:
    job = desk.job("structured", ASKED, essay, cancelled=lambda: True)
    answer = structured(replace(job, request=replace(job.request, schema=FIELDS)))
    assert (answer.stopped, answer.abstained, answer.data) == (True, False, "[]")


def test_bad_schemas_and_documents_are_said_before_the_model_is_loaded(
    desk: Desk, essay: Path, tmp_path: Path
) -> None:
    job = desk.job("structured", ASKED, essay)
    with pytest.raises(SchemaUnusable):
        structured(replace(job, request=replace(job.request, schema='{"not": {}}')))
    job = desk.job("structured", ASKED, tmp_path / "nowhere.pdf")
    with pytest.raises(NotSearchable):
        structured(replace(job, request=replace(job.request, schema=FIELDS)))


def test_the_real_model_fills_forms(desk: Desk, essay: Path) -> None:
    """The 0.5B: what it writes parses, satisfies the schema, and is cited where it stands."""
    generator = WorkerGenerator(plan_for("small", 4096))
    desk.generator = lambda: generator
    schemas = [
        FIELDS,
        '{"properties": {"crops": {"items": {"type": "string"}}, "cost": {"type": "number"}}}',
    ]
    try:
        for schema in schemas:
            desk.shown.clear()
            job = desk.job("structured", ASKED, essay)
            answer = structured(replace(job, request=replace(job.request, schema=schema)))
            desk.check(answer)
            check_values(answer, schema)
            assert answer.values
            assert answer.confidence > 0.5
    finally:
        generator.close()


def test_the_prompt_shows_the_form(desk: Desk, essay: Path) -> None:
    generator = Scripted("[]")
    desk.generator = lambda: generator
    job = desk.job("structured", ASKED, essay)
    structured(replace(job, request=replace(job.request, schema=FIELDS)))
    (prompt,) = generator.prompts
    assert prompt.messages[: prompt.stable] == generator.stable
    assert isinstance(prompt.messages[-1], Message)
    assert 'Form: [{"author": text or null' in prompt.messages[-1].content
    assert json.loads(prompt.schema)["items"]["required"] == ["author", "year"]
