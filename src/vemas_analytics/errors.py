"""The few errors a user can meet. Faults in data are Problems, not errors."""


class VemasError(Exception):
    """Base of all errors that end a command with one clear line.

    The message says where, what, and what to do about it.
    """


class ConfigError(VemasError):
    """vemas.toml cannot be used: unknown key, wrong type, contradiction."""


class InputError(VemasError):
    """No usable source: no such folder, no table found, two vemas.toml files."""


class OutputError(VemasError):
    """The output folder cannot be used, for example because it holds another command's files."""


class OptionError(VemasError):
    """A function or command was given a value that is not among the allowed ones."""
