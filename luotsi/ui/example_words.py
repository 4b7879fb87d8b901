"""The words of the examples, in the three languages."""

from pathlib import Path

import yaml

from luotsi.base.text import Text

_FILE = Path(__file__).with_suffix(".yaml")
WORDS = {name: Text(**texts) for name, texts in yaml.safe_load(_FILE.read_text(encoding="utf-8")).items()}
