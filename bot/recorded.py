"""Questions and answers of a second reader as JSON lines, so that a replay can be measured again without any server."""

import asyncio
import json
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from pydantic import SecretStr

from bot.errors import SettingsRefused
from bot.llm import Reply, Server
from bot.settings_second import SecondReader, checked_address, checked_key
from models.question import Question
from reading.second.answer import Refused, parse

Json = dict[str, Any]
NOT_THERE = "not in the file"


@dataclass(frozen=True, slots=True)
class Options:
    """How a replay's questions are answered, as the command line says it."""

    url: str | None = None
    model: str | None = None
    record: Path | None = None
    questions: Path | None = None
    answers: Path | None = None


class Answering(Protocol):
    """Who answers a replay's questions, at once."""

    def ask(self, question: Question) -> Reply:
        """What is said to a question; an answer that is None leaves the local decision."""
        ...

    def close(self) -> None:
        """The replay is over."""
        ...


class Recorder:
    """Writes a line for each question: {"hash", "question", "answer", "error", "seconds"}, flushed as it comes."""

    def __init__(self, path: Path, *, anew: bool) -> None:
        self._file = _opened(path, "w" if anew else "a")

    def write(self, question: Question, reply: Reply) -> None:
        """One line more."""
        line = {
            "hash": question.hash, "question": question.body, "answer": reply.answer, "error": reply.error,
            "seconds": reply.seconds,
        }  # fmt: skip
        self._file.write(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")
        self._file.flush()

    def close(self) -> None:
        """The file is whole."""
        self._file.close()


class Asking:
    """Asks a server, one question after the other, and keeps what was said where a file is named."""

    def __init__(self, server: Server, record: Path | None) -> None:
        self._server, self._recorder = server, Recorder(record, anew=False) if record else None
        self._runner = asyncio.Runner()

    def ask(self, question: Question) -> Reply:
        """What the server says."""
        reply = self._runner.run(self._server.ask(question))
        if self._recorder:
            self._recorder.write(question, reply)
        return reply

    def close(self) -> None:
        """Connections and file are closed."""
        self._runner.run(self._server.close())
        self._runner.close()
        if self._recorder:
            self._recorder.close()


class Writing:
    """Asks nobody: the questions are written down for somebody to answer."""

    def __init__(self, path: Path) -> None:
        self._recorder = Recorder(path, anew=True)

    def ask(self, question: Question) -> Reply:
        """Nothing is said."""
        reply = Reply(None)
        self._recorder.write(question, reply)
        return reply

    def close(self) -> None:
        """The file is whole."""
        self._recorder.close()


class Answered:
    """Answers from such a file, by the question's hash; of several lines the last that holds an answer counts.

    What the file does not know is written down where `missing` is given: answers change what is asked after them.
    """

    def __init__(self, path: Path, missing: Path | None = None) -> None:
        self._replies: dict[str, Reply] = {}
        self._recorder: Recorder | None = None
        for key, reply in _read(path):
            if reply.answer is not None or key not in self._replies:
                self._replies[key] = reply
        if missing is not None:
            self._recorder = Recorder(missing, anew=True)

    def ask(self, question: Question) -> Reply:
        """What the file says; where it says nothing the local decision stands."""
        known = self._replies.get(question.hash)
        if known is None and self._recorder:
            self._recorder.write(question, Reply(None))
        return known or Reply(None, NOT_THERE)

    def close(self) -> None:
        """The file is whole."""
        if self._recorder:
            self._recorder.close()


class Counted:
    """Whoever answers, and how often it was asked and what came of it."""

    def __init__(self, inner: Answering) -> None:
        self.inner = inner
        self.counts: Counter[str] = Counter()

    def ask(self, question: Question) -> Reply:
        """As the other says."""
        reply = self.inner.ask(question)
        self.counts["asked"] += 1
        self.counts["missing" if reply.error == NOT_THERE else "none"] += reply.answer is None
        return reply

    def note(self, state: str) -> None:
        """What became of the last question (models.tables.ADVICE_STATES)."""
        self.counts[state] += 1

    def summary(self) -> str:
        """One sentence for the person."""
        counts = self.counts
        silent = counts["none"] + counts["missing"]
        return (
            f"拿不准的 {counts['asked']} 条：第二读者答了 {counts['answered']} 条，答得不能用 {counts['refused']} 条，"
            f"没有回答 {silent} 条（其中文件里没有 {counts['missing']} 条）；后两种按本地判断"
        )

    def close(self) -> None:
        """The other closes."""
        self.inner.close()


def adviser_of(options: Options, second: SecondReader | None = None) -> Counted | None:
    """Who answers; None where nobody is to be asked. Raises SettingsRefused with what is wrong with the options."""
    if options.url and (options.questions or options.answers):
        raise SettingsRefused("--llm 不能和 --llm-questions、--llm-answers 一起用，请去掉一边")
    for name, given in (("--llm-record", options.record), ("--llm-model", options.model)):
        if given and not options.url:
            raise SettingsRefused(f"{name} 要和 --llm 一起用，请加上 --llm 服务器的地址")
    if options.answers:
        return Counted(Answered(options.answers, options.questions))
    if options.questions:
        return Counted(Writing(options.questions))
    return Counted(Asking(_server(options, second or SecondReader()), options.record)) if options.url else None


def _server(options: Options, second: SecondReader) -> Server:
    model = options.model or second.model
    if not model:
        raise SettingsRefused("请用 --llm-model 写明服务器上模型的名字")
    try:
        url = checked_address(options.url or "", "--llm")
        key = checked_key(SecretStr(found) if (found := os.environ.get("QUNBAN_LLM_KEY")) else None)
    except ValueError as error:
        raise SettingsRefused(str(error)) from None
    return Server(url, model, key, second.timeout_seconds, second.extra)


def _opened(path: Path, mode: str) -> IO[str]:
    try:
        return path.open(mode, encoding="utf-8")
    except OSError:
        raise SettingsRefused(f"写不了 {path.name}：请检查文件名和权限") from None


def _read(path: Path) -> list[tuple[str, Reply]]:
    found = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise SettingsRefused(f"打不开 {path.name}，请检查文件名") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            kept = json.loads(line)
            found.append((str(kept["hash"]), _reply(kept)))
        except (ValueError, KeyError, TypeError):
            raise SettingsRefused(f'{path.name} 第{number}行不是 {{"hash", "answer"}} 的 JSON') from None
    return found


def _reply(kept: Json) -> Reply:
    """The answer of a line, held to the form as a server's is; by hand it may be written as text too."""
    answer = kept["answer"]
    if answer is None:
        return Reply(None, str(kept.get("error") or "no answer"))
    try:
        return Reply(parse(answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)))
    except Refused as refused:
        return Reply(None, str(refused))
