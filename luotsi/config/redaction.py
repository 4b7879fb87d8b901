"""No identity code, mail address or phone number leaves in a log line, whoever wrote the line."""

import logging
import logging.config
import sys
import threading
import traceback
from typing import Any

from luotsi.base.codes import redact


class Lines(logging.Formatter):
    """A line of the log, read once more as it will be written."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def configure(config: dict[str, Any]) -> None:
    """Django's LOGGING_CONFIG: every record is redacted when it is made, so that no handler of anybody's sees more."""
    logging.setLogRecordFactory(record)
    logging.config.dictConfig(config)
    sys.excepthook = _last_words
    threading.excepthook = lambda args: _last_words(args.exc_type, args.exc_value, args.exc_traceback)


def record(*args: Any, **options: Any) -> logging.LogRecord:
    """A log record whose message, arguments and trace carry no code."""
    made = logging.LogRecord(*args, **options)
    made.msg = _without(made.msg)
    if isinstance(made.args, dict):
        made.args = {name: _without(value) for name, value in made.args.items()}
    elif made.args:
        made.args = tuple(_without(value) for value in made.args)
    if made.exc_info and made.exc_info[0]:
        made.exc_text = redact("".join(traceback.format_exception(*made.exc_info)).rstrip())
    return made


def _without(value: Any) -> Any:
    """The value itself when its text is clean, else its redacted text."""
    if value is None or isinstance(value, (int, float)):
        return value
    text = str(value)
    clean = redact(text)
    return value if clean == text else clean


def _last_words(kind: Any, error: Any, trace: Any) -> None:
    """What Python prints when nobody caught an error."""
    print(redact("".join(traceback.format_exception(kind, error, trace))).rstrip(), file=sys.stderr)
