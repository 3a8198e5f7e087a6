"""The door of the configuration: vemas.toml becomes frozen Settings, or one clear error."""

from vemas_analytics.config.reading import read_settings
from vemas_analytics.config.shape import settings_schema

__all__ = ["read_settings", "settings_schema"]
