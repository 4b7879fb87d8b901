"""Keys the product cannot run without: from the environment, or made once into the demonstration's data folder."""

import os
import pathlib
import secrets


class MissingKey(Exception):
    """Production was asked for without a key. The sentence names the variable to set."""


def key(name: str, data_folder: pathlib.Path, *, production: bool) -> str:
    """The key from the environment; outside production one is generated and kept in the data folder (mode 600)."""
    if value := os.environ.get(name):
        return value
    if production:
        raise MissingKey(f"LUOTSI_MODE=production needs {name} in the environment (64 random hexadecimal digits).")
    path = data_folder / "keys" / name.lower()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_text(secrets.token_hex(32))
        fresh.chmod(0o600)
        try:
            os.link(fresh, path)  # only the first of several processes wins
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text()
