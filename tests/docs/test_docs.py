"""The pages say what the program does: nothing of it is undocumented, and nothing they point at is missing."""

import re
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote

import pytest
import typer

from bot.__main__ import app
from bot.errors import SettingsRefused
from bot.failpoints import VARIABLE
from bot.settings import ENVIRONMENT, FILES, SECRETS, Settings, load
from models.moves import Action, Need, Who
from models.outgoing import End
from models.reading import Act
from models.tables import (
    ADVICE_STATES,
    CODE_STATES,
    INBOX_STATES,
    JOB_STATES,
    MEDIUM_STATES,
    OUTBOX_STATES,
    ROLE_ACTIONS,
    metadata,
)
from models.words import CardKind, Demand, GroupKind, Looked, Means, Menu, PostKind, Role, Scope, Status
from services.enquiry import WORDS, command_in
from tests.docs.written import FLOW, GENERATED, REPO, between, keys_of, renewed
from texts.words import ACTION, DEMAND, LOOKED, MEANS, ROLE, STATUS

ENGLISH, CHINESE = REPO / "README.md", REPO / "README.zh-CN.md"
CONFIGURATION, GLOSSARY = REPO / "docs" / "configuration.md", REPO / "docs" / "glossary.md"
OPERATIONS = REPO / "docs" / "operations.md"
PAGES = sorted(
    p
    for p in REPO.rglob("*.md")
    if not any(part[0] == "." or part in {"data", "node_modules"} for part in p.relative_to(REPO).parts)
)
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
PICTURE = re.compile(r'!\[[^\]]*\]\(([^)\s]+)\)|<img[^>]*\bsrc="([^"]+)"')
KEY_ROW = re.compile(r"^\| `([a-z_.\[\]]+)` \| [^|]+ \| ([^|]+) \| [^|]+ \|$", re.MULTILINE)
TARGET = re.compile(r"^([a-z][a-z-]*):(?!=)(.*)$", re.MULTILINE)
COMMANDS = ("help", "ticket", "mine", "summary", "party", "privacy", "bind", "people", "login", "invite", "language")


def read(page: Path) -> str:
    """The page's text."""
    return page.read_text(encoding="utf-8")


def spans(page: str) -> set[str]:
    """What stands as code in the running text, outside fenced blocks."""
    return set(SPAN.findall(FENCE.sub("", page)))


def lines_of_code(page: str) -> list[str]:
    """The lines of the fenced blocks, without what is said about them."""
    code = "\n".join(body for _, _, body in FENCE.findall(page))
    return [line for raw in code.splitlines() if (line := raw.split(" # ")[0].strip())]


def targets(page: str) -> list[str]:
    """Where the links and pictures of a page lead."""
    return LINK.findall(FENCE.sub("", page)) + pictures(page)


def pictures(page: str) -> list[str]:
    """The pictures of a page, in order."""
    return [one or other for one, other in PICTURE.findall(page)]


def anchors(page: str) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", FENCE.sub("", page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


# --- commands, keys, variables ---------------------------------------------------------------------------------------


def _options(command: str) -> set[str]:
    found = typer.main.get_command(app).commands[command].params  # type: ignore[attr-defined]
    return {name for option in found for name in option.opts if name.startswith("--")}


@pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=lambda page: page.name)
def test_readme_names_every_command_and_every_option(page: Path) -> None:
    """What `qunban --help` offers is in the table of commands, and nothing else is."""
    names = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    told = {span.split()[1] for span in spans(read(page)) if re.match(r"qunban [a-z]", span)}
    assert told == names
    offered = {option for name in names for option in _options(name)}
    assert offered
    assert {option for option in offered if option not in read(page)} == set()


def test_every_key_of_the_settings_is_in_the_tables_with_its_default() -> None:
    """Names and defaults are the program's, in both directions."""
    keys = {path: default for path, default in keys_of(Settings) if path not in SECRETS.values()}
    told = dict(KEY_ROW.findall(read(CONFIGURATION)))
    assert "telegram.api" in keys
    assert "groups[].squad" in keys
    written = {path: re.match(r"`.*?`|\*\w+\*", cell)[0] for path, cell in told.items()}  # type: ignore[index]
    assert written == keys


def test_every_variable_is_documented_and_none_is_made_up() -> None:
    """The table of variables is the program's list."""
    known = {*ENVIRONMENT, *SECRETS, *FILES, "QUNBAN_CONFIG", VARIABLE}
    rows = re.findall(r"^\| `(QUNBAN_\w+)` \| ([^|]+) \|", read(CONFIGURATION), re.MULTILINE)
    assert {name for name, _ in rows} == known
    for name, path in ENVIRONMENT.items():
        assert dict(rows)[name].strip() == f"`{'.'.join(path)}`"
    mentioned = {name for page in PAGES for name in re.findall(r"\bQUNBAN_[A-Z_]+\b", read(page))}
    assert mentioned <= known


def test_chat_commands_are_documented_where_people_look() -> None:
    """/help and its like, and the Chinese words, are in the table of docs/flow.md and in both READMEs."""
    assert all(command_in(f"/{name}") for name in COMMANDS)
    assert set(WORDS.values()) <= set(COMMANDS)
    table = [line for line in read(FLOW).splitlines() if line.startswith("| `/")]
    for name in COMMANDS:
        assert any(line.startswith(f"| `/{name}") for line in table)
    for word, name in WORDS.items():
        [row] = [line for line in table if line.startswith(f"| `/{name}")]
        assert word in row.split("|")[2]
    for page in (ENGLISH, CHINESE):
        assert {f"/{name}" for name in COMMANDS} <= spans(read(page))
        assert all(word in read(page) for word in WORDS)


# --- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [Status, Action, Who, Need, Act, CardKind, PostKind, Menu, End, GroupKind, Role, Demand, Means, Scope, Looked],
    ids=lambda words: words.__name__,
)
def test_every_fixed_word_is_in_the_glossary(words: type[StrEnum]) -> None:
    """A status, a verb, a kind that is not explained is not known."""
    assert len(words) > 1
    assert {word.value for word in words} - spans(read(GLOSSARY)) == set()


@pytest.mark.parametrize(
    "words",
    [STATUS, ACTION, DEMAND, MEANS, ROLE, LOOKED],
    ids=["status", "event", "demand", "means", "role", "looked"],
)
def test_glossary_gives_the_chinese_that_people_see(words: dict[str, str]) -> None:
    """The word and its Chinese stand side by side."""
    page = read(GLOSSARY)
    missing = [f"{word} {seen}" for word, seen in words.items() if not re.search(rf"`{word}`( \| | ){seen}", page)]
    assert words
    assert missing == []


def test_every_table_and_every_state_of_a_row_is_in_the_glossary() -> None:
    """The tables of the program, no more and no fewer."""
    part = read(GLOSSARY).split("## Tables and their states")[1]
    rows = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \|([^|]*)\|$", part, re.MULTILINE))
    assert set(rows) == set(metadata.tables)
    states = {"inbox": INBOX_STATES, "outbox": OUTBOX_STATES, "due_job": JOB_STATES, "medium": MEDIUM_STATES} | {
        "advice": ADVICE_STATES,
        "role_code": CODE_STATES,
        "role_event": ROLE_ACTIONS,
    }
    for table, known in states.items():
        assert set(SPAN.findall(rows[table])) == set(known)


# --- what is made from the code --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(GENERATED))
def test_diagram_and_table_of_moves_are_those_of_the_program(name: str) -> None:
    """`python -m tests.docs.renew` writes them anew."""
    found = between(name).search(read(FLOW))
    assert found is not None
    assert found[2] == GENERATED[name](), "docs/flow.md is old: run `python -m tests.docs.renew`"


def test_renewing_mends_an_old_page_and_leaves_a_fresh_one() -> None:
    """The command that the failing test names does what it says."""
    fresh = read(FLOW)
    old = fresh.replace("| opened | dispatch 派遣 |", "| opened | something |").replace("stateDiagram-v2", "graph")
    assert old != fresh
    assert renewed(old) == fresh
    assert renewed(fresh) == fresh


def test_config_errors_that_are_quoted_are_the_programs_words(tmp_path: Path) -> None:
    """Each row of the table is written into a file, and the program says what stands beside it."""
    part = read(CONFIGURATION).split("## How errors read")[1]
    rows = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \|$", part, re.MULTILINE)
    file = tmp_path / "config.yaml"
    assert len(rows) > 10
    for written, sentence in rows:
        file.write_text(written, encoding="utf-8")
        with pytest.raises(SettingsRefused) as refused:
            load(file)
        assert str(refused.value) == sentence


def test_log_events_that_are_named_are_logged() -> None:
    """Whoever sets an alarm on a line of the log must be able to hear it."""
    part = read(OPERATIONS).split("## Logs")[1].split("\n## ")[0]
    named = [event for row in re.findall(r"^\| (`[^|]+) \|", part, re.MULTILINE) for event in SPAN.findall(row)]
    code = "".join(read(path) for folder in ("bot", "web") for path in (REPO / folder).glob("*.py"))
    assert "an update is dead" in named
    assert [event for event in named if f'"{event}"' not in code and event != "event"] == []


def test_what_the_readme_bids_to_press_is_on_the_page() -> None:
    """播放故事 and the personas are there under those names."""
    page = "".join(read(path) for path in (REPO / "playground" / "static").iterdir() if path.suffix in {".html", ".js"})
    assert "播放故事" in page
    config = read(REPO / "config.yaml")
    for readme in (ENGLISH, CHINESE):
        assert "播放故事" in read(readme)
        for name in ("邱女士", "白洋", "朱明忠", "三中队", "郁洲街道城管共建群"):
            assert name in read(readme)
            assert name in config


# --- the two READMEs -------------------------------------------------------------------------------------------------


def test_both_readmes_name_the_same_commands() -> None:
    """Code is the same in every language."""
    english, chinese = read(ENGLISH), read(CHINESE)
    assert lines_of_code(english) == lines_of_code(chinese)
    assert {"make run", "make test"} <= set(lines_of_code(english))
    assert spans(english) == spans(chinese)


def test_both_readmes_have_the_same_links_pictures_and_steps() -> None:
    """The same in the same order, each pointing at the other."""
    english, chinese = read(ENGLISH), read(CHINESE)
    assert LINK.findall(english)[0] == CHINESE.name
    assert LINK.findall(chinese)[0] == ENGLISH.name
    assert LINK.findall(english)[1:] == LINK.findall(chinese)[1:]
    assert pictures(english) == pictures(chinese)
    assert pictures(english)
    shapes = [re.findall(r"^(#+|\d+\.|-|\|)(?= )", FENCE.sub("", page), re.MULTILINE) for page in (english, chinese)]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=lambda page: page.name)
def test_readme_speaks_plainly(page: Path) -> None:
    """No exclamation marks outside pictures and code."""
    words = FENCE.sub("", re.sub(r"!\[", "[", read(page)))
    assert not re.search(r"[!！]", words)


# --- links and the Makefile ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPO)))
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    """Files are there, and so are the headings that are pointed at."""
    broken = []
    for target in targets(read(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        goal = (page.parent / path).resolve() if path else page
        if not goal.exists() or (anchor and anchor not in anchors(read(goal))):
            broken.append(target)
    assert broken == []


def test_no_page_is_out_of_reach() -> None:
    """Each page of docs/ is linked from another, or at least named in the map of the folder."""
    followed = {(page.parent / target.split("#")[0]).resolve() for page in PAGES for target in targets(read(page))}
    named = {(REPO / "docs" / span).resolve() for span in spans(read(REPO / "docs" / "README.md"))}
    pages = {page.resolve() for page in PAGES if page.is_relative_to(REPO / "docs")}
    assert len(pages) > 10
    assert pages - followed - named == set()


def test_every_target_of_the_makefile_explains_itself() -> None:
    """`make help` shows all that can be asked of make."""
    makefile = read(REPO / "Makefile")
    found = dict(TARGET.findall(makefile))
    assert {"run", "test", "lint", "bench", "help"} <= set(found)
    assert [name for name, rest in found.items() if not re.search(r"## \S", rest)] == []


def test_make_targets_that_the_pages_name_exist() -> None:
    """`make something` in a page is something that make knows."""
    known = {name for name, _ in TARGET.findall(read(REPO / "Makefile"))}
    named = {
        word
        for page in PAGES
        for code in (*spans(read(page)), *lines_of_code(read(page)))
        for word in re.findall(r"(?:^|&& |qunban )make ([a-z-]+)", code)
    }
    assert "run" in named
    assert named <= known
