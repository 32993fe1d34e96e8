"""English questions in the Chinese that its reader understands: last week is 上周, compared with it 和上周比. Pure.

Put into Chinese, a question has one reader, one set of topics and periods, and one name that every chat says again in
its own language (texts.speaking); tables of English beside the Chinese ones would be a second reader for the order of
English words alone. Only whole phrases that ask are put so, and never a word alone that joins or greets: what is not of
a question stays English, is left over by the reader, and makes the sentence talk.
"""

import re
from collections.abc import Iterable

from reading.english import dates, names
from reading.english.asks import BESIDE, ENDS, MEASURES, SHORT, TOPICS
from reading.english.names import LATIN

LONGEST = 200
"""Signs after /summary; what is longer is no question, and the shapes here would go over it many times."""


def in_chinese(said: str, registered: Iterable[str] = (), matters: Iterable[str] = ()) -> str:
    """The same with what English asks in Chinese, names as they are registered; what has no English stands as it is."""
    if len(said) > LONGEST or not LATIN.search(said):
        return said
    said, found = names.hidden(re.sub("[‘’]", "'", said).rstrip(" ."), registered, matters)
    for rules in (TOPICS, MEASURES):
        for shape, chinese in rules:
            said = shape.sub(chinese, said)
    said = dates.in_chinese(said)
    for rules in (BESIDE, ENDS):
        for shape, chinese in rules:
            said = shape.sub(chinese, said)
    return names.shown(said, found)


def called(name: str, said: str) -> str:
    """A word of a matter's name as it is called in English, where she did not say it in Chinese."""
    return name if name in said else dict(SHORT.values()).get(name, name)
