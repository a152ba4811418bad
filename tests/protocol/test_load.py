"""Protocols are found by name or folder, read fast, and refuse what does not hold together."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from goldthread.errors import ProtocolError, UsageError
from goldthread.protocol.load import folder_of, load, shipped
from goldthread.protocol.model import Protocol

Spoil = Callable[[str, str, str], None]


def test_three_protocols_are_shipped() -> None:
    assert shipped() == ("learning-reports", "periodic-review", "police-reviews")


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_protocol_has_the_id_of_its_folder(name: str) -> None:
    assert load(name).id == name


@pytest.mark.parametrize("name", shipped())
def test_loading_takes_no_longer_than_a_blink(name: str) -> None:
    load(name)
    times = []
    for _ in range(7):
        start = time.process_time()
        load(name)
        times.append(time.process_time() - start)
    assert min(times) < 0.1


@pytest.mark.parametrize("name", shipped())
def test_a_copy_in_another_folder_is_the_same_protocol(name: str, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder_of(name), tmp_path / "protocol"))
    assert load(copy) == load(name)
    assert load(str(copy)) == load(name)


@pytest.mark.parametrize("name", shipped())
def test_a_protocol_survives_being_written_as_json_and_read_back(name: str) -> None:
    protocol = load(name)
    assert Protocol.model_validate_json(protocol.model_dump_json()) == protocol


def test_a_protocol_cannot_be_changed_once_read() -> None:
    protocol = load("police-reviews")
    with pytest.raises(ValueError, match="frozen"):
        protocol.title = "something else"  # type: ignore[misc]


def test_an_unknown_name_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(UsageError, match="did you mean `police-reviews`"):
        load("police-review")
    with pytest.raises(UsageError, match="did you mean `learning-reports`"):
        folder_of("learning-report")


def test_a_name_like_no_other_is_answered_with_all_of_them() -> None:
    with pytest.raises(UsageError, match="learning-reports, periodic-review, police-reviews"):
        load("zzz")


def test_a_shipped_name_is_meant_even_beside_a_folder_so_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "police-reviews").mkdir()
    assert load("police-reviews").fields


def test_malformed_toml_is_placed_by_file_line_and_column(folder: Path, spoil: Spoil) -> None:
    spoil("plan.toml", 'label = "Mental health"', 'label = "Mental health')
    lines = (folder / "plan.toml").read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if 'label = "Mental health' in text)
    with pytest.raises(ProtocolError) as caught:
        load(folder)
    assert f"plan.toml:{line}:" in str(caught.value)
    assert "not valid TOML" in str(caught.value)


def test_a_file_cut_off_in_the_middle_is_placed_at_its_end(folder: Path) -> None:
    path = folder / "plan.toml"
    path.write_text('id = "x"\nactions = [', encoding="utf-8")
    with pytest.raises(ProtocolError, match=r"plan\.toml:2:"):
        load(folder)


def test_every_unreadable_file_is_named_at_once(folder: Path) -> None:
    (folder / "plan.toml").write_text("= 1", encoding="utf-8")
    (folder / "quality.toml").write_bytes(b'id = "\xff"')
    (folder / "codebook.toml").unlink()
    with pytest.raises(ProtocolError) as caught:
        load(folder)
    text = str(caught.value)
    assert "plan.toml:1:1" in text
    assert "quality.toml: not UTF-8" in text
    assert "codebook.toml: missing" in text


def test_only_what_a_study_cannot_do_without_must_be_there(folder: Path) -> None:
    whole = load(folder)
    for name in ("quality.toml", "tables.toml", "lexicon.toml"):
        (folder / name).unlink(missing_ok=True)
    bare = load(folder)
    assert bare.tables == ()
    assert bare.quality == ()
    assert bare.lexicon.fields == {}
    assert bare.fields == whole.fields


def test_a_byte_order_mark_left_by_an_editor_does_no_harm(folder: Path) -> None:
    path = folder / "plan.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load(folder).plan == load("police-reviews").plan


def test_a_key_in_the_wrong_file_is_sent_to_the_right_one(folder: Path, faults: Callable[[], list[str]]) -> None:
    with (folder / "plan.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[reasons]]\nid = "x"\nlabel = "X"\n')
    with (folder / "quality.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[figures]]\nid = "x"\n')
    found = faults()
    assert any(line.startswith("plan.toml:") and "unknown key `reasons`" in line for line in found)
    assert any(line.startswith("quality.toml:") and "move it to tables.toml" in line for line in found)


def test_a_misspelt_top_level_key_is_named_with_its_line(spoil: Spoil, faults: Callable[[], list[str]]) -> None:
    spoil("quality.toml", "[[quality]]", "[[qualty]]")
    assert faults()[0].startswith("quality.toml:3: unknown key `qualty` — did you mean `quality`?")


def test_a_broken_lexicon_is_listed_with_the_faults_of_the_other_files(
    folder: Path, spoil: Spoil, faults: Callable[[], list[str]]
) -> None:
    (folder / "lexicon.toml").write_text('include = ["shared/no-such-file.toml"]\n', encoding="utf-8")
    spoil("tables.toml", 'table = "P4"', 'table = "P9"')
    found = faults()
    assert any("no-such-file.toml" in line for line in found)
    assert any("unknown table `P9`" in line for line in found)


def test_malformed_toml_in_the_lexicon_is_placed_too(folder: Path) -> None:
    (folder / "lexicon.toml").write_text("include = [\n[groups.g]\ncues = 1 2\n", encoding="utf-8")
    with pytest.raises(ProtocolError, match=r"lexicon\.toml:\d+:\d+: not valid TOML"):
        load(folder)
