"""The few errors a user can meet. Faults in data are Problems, not errors."""


class VemasError(Exception):
    """Base of all errors that end a command with one clear line.

    The message says where, what, and what to do about it.

    Parameters
    ----------
    message : str
        In English.
    german : str
        The same for commands that speak German; empty where there is none.
    """

    def __init__(self, message: str, german: str = "") -> None:
        super().__init__(message)
        self.german = german


class ConfigError(VemasError):
    """vemas.toml cannot be used: unknown key, wrong type, contradiction."""


class InputError(VemasError):
    """No usable source: no such folder, no table found, two vemas.toml files."""


class OutputError(VemasError):
    """The output folder cannot be used, for example because it holds another command's files."""


class OptionError(VemasError):
    """A function or command was given a value that is not among the allowed ones."""
