"""What ends a command with a plain sentence; a file of its own, for the settings take long to import."""


class SettingsRefused(Exception):  # noqa: N818 - a plain sentence for the clerk
    """A setting that is wrong; the sentence says which, and what to write instead."""
