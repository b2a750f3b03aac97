from __future__ import annotations

from pathlib import Path

import pytest

from strongroom_engine.answering.passages import answer_template
from strongroom_engine.answering.prompt import Source, build_prompt
from strongroom_engine.answering.template import Template, fill, load_template
from strongroom_engine.errors import PromptTooLong, PromptUnusable
from strongroom_engine.settings import assets_folder

SHIPPED = assets_folder() / "prompts" / "answer.toml"


def tokens(text: str) -> int:
    return len(text.split())


def sources(*lengths: int) -> list[Source]:
    return [
        Source(f"Heading {n}", " ".join(f"word{n}" for _ in range(length)))
        for n, length in enumerate(lengths, 1)
    ]


def room_for(words: int) -> int:
    """A context that leaves room for about so many words of sources."""
    template = answer_template()
    stable = sum(tokens(message.content) + 8 for message in template.stable)
    return template.max_tokens + stable + 8 + tokens(template.format_question("", "Why?")) + words


def test_the_shipped_template_tells_the_model_how_to_refuse_and_shows_it() -> None:
    template = answer_template()
    system, *turns = template.stable
    assert system.role == "system"
    assert template.abstention in system.content
    assert "{" not in "".join(message.content for message in template.stable)
    assert [turn.role for turn in turns] == ["user", "assistant"] * (len(turns) // 2)
    assert template.abstention in [turn.content for turn in turns]
    assert template.temperature == 0


def test_the_best_source_stands_last_next_to_the_question() -> None:
    template = answer_template()
    prompt, count = build_prompt(template, "Why?", sources(5, 5, 5), tokens, room_for(100))
    asked = prompt.messages[-1].content
    assert count == 3
    assert asked.index("Heading 3") < asked.index("Heading 2") < asked.index("Heading 1")
    assert asked.endswith("Question: Why?")
    assert prompt.messages[: prompt.stable] == template.stable
    assert (prompt.temperature, prompt.max_tokens) == (template.temperature, template.max_tokens)


def test_what_does_not_fit_is_left_out_from_the_worst_on() -> None:
    template = answer_template()
    prompt, count = build_prompt(template, "Why?", sources(50, 50, 50), tokens, room_for(130))
    assert count == 2
    assert "word3" not in prompt.messages[-1].content
    assert prompt.messages[-1].content.count("word1") == 50


def test_a_source_that_fits_in_part_is_shortened_at_a_word() -> None:
    prompt, count = build_prompt(answer_template(), "Why?", sources(500), tokens, room_for(100))
    asked = prompt.messages[-1].content
    assert count == 1
    assert 40 < asked.count("word1") < 100
    assert asked.count("word1 ") + asked.count("word1\n") == asked.count("word")


def test_a_passage_is_written_the_same_whatever_stands_around_it() -> None:
    form, (first, second, third) = answer_template(), sources(5, 6, 7)
    prompt, _ = build_prompt(form, "Why?", [first, second, third], tokens, room_for(100))
    other, _ = build_prompt(form, "How much?", [second, first], tokens, room_for(100))
    assert prompt.passages[::-1] == (*other.passages, prompt.passages[0])
    assert "\n\n".join(prompt.passages) in prompt.messages[-1].content
    assert not build_prompt(form, "Why?", [], tokens, room_for(100))[0].passages


def test_each_passage_has_its_document() -> None:
    read = [Source("", f"word{n}", f"/docs/{n}.txt") for n in range(3)]
    prompt, _ = build_prompt(answer_template(), "Why?", [*read, Source("", "")], tokens, 4096)
    assert prompt.passages == ("word2", "word1", "word0")
    assert prompt.documents == ("/docs/2.txt", "/docs/1.txt", "/docs/0.txt")


def test_the_same_text_twice_is_two_passages_and_no_text_is_none() -> None:
    (one,), nothing = sources(5), Source("", " ")
    prompt, count = build_prompt(answer_template(), "Why?", [one, one, nothing], tokens, 4096)
    assert count == 3
    assert prompt.passages == ("Heading 1\nword1 word1 word1 word1 word1",) * 2


def test_a_shortened_passage_is_told_as_it_stands() -> None:
    prompt, _ = build_prompt(answer_template(), "Why?", sources(50, 500), tokens, room_for(200))
    shortened, best = prompt.passages
    assert shortened.startswith("Heading 2\nword2 ")
    assert f"\n\n{shortened}\n\n{best}\n\n" in prompt.messages[-1].content


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('source = """\n{heading}', 'source = """\n[{number}] {heading}'),
        ("\nSources:\n", "\nSources for {question}:\n"),
    ],
)
def test_where_a_form_writes_passages_differently_each_time_none_are_told(
    tmp_path: Path, old: str, new: str
) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file = tmp_path / "answer.toml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    form: Template = load_template(file)
    prompt, count = build_prompt(form, "Why?", sources(5, 5), tokens, 4096)
    assert (count, prompt.passages) == (2, ())
    assert ("[2] Heading 1" in prompt.messages[-1].content) is ("[{number}]" in new)


def test_the_question_is_never_cut() -> None:
    question = "why " * 2_000
    with pytest.raises(PromptTooLong, match="2000 tokens"):
        build_prompt(answer_template(), question, sources(5), tokens, 2000)
    prompt, count = build_prompt(answer_template(), question, sources(5), tokens, room_for(2_030))
    assert count == 1
    assert question.strip() in prompt.messages[-1].content


def test_what_a_source_or_question_says_in_braces_is_left_alone() -> None:
    source = Source("{question}", "Costs {number} and {abstention}")
    prompt, _ = build_prompt(answer_template(), "Is {text} {x}?", [source], tokens, 4096)
    asked = prompt.messages[-1].content
    assert "\n{question}\nCosts {number} and {abstention}" in asked
    assert asked.endswith("Question: Is {text} {x}?")
    assert fill("{a}{b}", a="{b}") == "{b}{b}"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("{question}", "", "question lacks {question}"),
        ("{text}", "{txt}", "source lacks {text}"),
        ("Sources:", "{sauces}", "question has an unknown {sauces}"),
        ("temperature = 0.0", "temperature = 3.0", "temperature"),
        ("max_tokens", "most_tokens", "unknown field `most_tokens`"),
        ("[[example]]", "[[example", "Expected"),
    ],
)
def test_a_template_that_cannot_work_is_refused(
    tmp_path: Path, old: str, new: str, why: str
) -> None:
    file = tmp_path / "answer.toml"
    file.write_text(SHIPPED.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(PromptUnusable) as raised:
        load_template(file)
    assert why in str(raised.value)


def test_a_missing_template_is_said(tmp_path: Path) -> None:
    with pytest.raises(PromptUnusable, match="No such file"):
        load_template(tmp_path / "answer.toml")
