"""The door of the demo data: sample sources with a known effect, labelled as invented."""

from vemas_analytics.synthetic.demo import write_demo

__all__ = ["write_demo"]
