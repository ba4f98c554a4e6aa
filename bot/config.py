"""The operator's settings: a TOML file, the token from the environment, all checked first."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from analyzers.weigh.mechanisms import PRIOR

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

TOKEN_VARIABLE = "LIMIER_TOKEN"  # noqa: S105  # the variable's name, not a token
"""The one secret, and the only place it may come from."""


SECRETS = frozenset({"app_password", "tokens", "bearer_token"})
"""Keys of the sections of platforms that may stand in the environment only."""


def processors() -> int:
    """The processors this process may use, which a container may have fewer of than the machine."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DiscordSettings(_Section):
    """Where the bot answers and what it accepts there."""

    guilds: tuple[int, ...] = ()
    upload_megabytes: int = Field(default=100, ge=1, le=500)  # 500 MB is Discord's own ceiling
    language: Literal["en", "fr"] = "en"


class PoolSettings(_Section):
    """How many worker processes there are, and what each task may take."""

    workers: int = Field(default_factory=processors, ge=1, le=256)
    seconds: float = Field(default=600, ge=1)
    """A full read of a million posts takes a few minutes; beyond ten a task is taken for hung."""
    megabytes: int = Field(default=6144, ge=2048)
    """Of writable memory; the libraries reserve up to 1.7 GB of it before they use the half."""


class LimitSettings(_Section):
    """How much may be asked for, so that nobody keeps the others waiting for long."""

    at_once: int | None = Field(default=None, ge=1, le=256)
    """How many are analysed at a time, the others waiting in line; `None`: one per worker."""
    person_unfinished: int = Field(default=3, ge=1)
    """Waiting or under way; enough to compare a dump by three targets."""
    server_unfinished: int = Field(default=10, ge=1)
    person_daily: int = Field(default=30, ge=1)
    """Started within 24 hours; a working day of one every quarter of an hour."""
    server_daily: int = Field(default=150, ge=1)


class StorageSettings(_Section):
    """Where uploads, cases and the database are kept, and for how long."""

    directory: Path = Path("data")
    database: SecretStr = SecretStr("")
    """Secret, for an address may hold a password; empty: a SQLite file in the directory."""
    inbox: Path | None = None
    """Where the operator puts files too big for Discord; `None`: `inbox` in the directory."""
    retention_days: int = Field(default=90, ge=1)
    log_days: int = Field(default=730, ge=1)
    """Two years: long enough to ask later who saw what, and still no memory for ever."""

    @property
    def cases(self) -> Path:
        """Holds a folder for each case, named by its key."""
        return self.directory / "cases"

    @property
    def uploads(self) -> Path:
        """Holds the files that people sent."""
        return self.directory / "uploads"

    @property
    def exhibits(self) -> Path:
        """Holds a folder for each case that has exhibits, named by its key."""
        return self.directory / "exhibits"

    @property
    def collections(self) -> Path:
        """Holds a folder for each case that was collected, named by its key."""
        return self.directory / "collections"

    @property
    def inboxes(self) -> Path:
        """Holds a folder for each server, named by its id, for the files that the operator puts."""
        return self.inbox or self.directory / "inbox"


class PriorSettings(_Section):
    """How likely each rival explanation is held before looking; weights, in any unit."""

    coincidence: float = Field(default=PRIOR["coincidence"], gt=0, allow_inf_nan=False)
    open_campaign: float = Field(default=PRIOR["open_campaign"], gt=0, allow_inf_nan=False)
    community_raid: float = Field(default=PRIOR["community_raid"], gt=0, allow_inf_nan=False)
    compromised_accounts: float = Field(
        default=PRIOR["compromised_accounts"], gt=0, allow_inf_nan=False
    )
    rented_farm: float = Field(default=PRIOR["rented_farm"], gt=0, allow_inf_nan=False)
    scripted_network: float = Field(default=PRIOR["scripted_network"], gt=0, allow_inf_nan=False)
    single_operator: float = Field(default=PRIOR["single_operator"], gt=0, allow_inf_nan=False)
    decoy: float = Field(default=PRIOR["decoy"], gt=0, allow_inf_nan=False)
    other: float = Field(default=PRIOR["other"], gt=0, allow_inf_nan=False)

    def changed(self) -> tuple[tuple[str, float], ...]:
        """The weights that are not the usual ones, for a request."""
        every: dict[str, float] = self.model_dump()
        usual = {str(name): weight for name, weight in PRIOR.items()}
        return tuple((name, weight) for name, weight in every.items() if weight != usual[name])


class AnalysisSettings(_Section):
    """What every investigation shares."""

    seed: int = Field(default=20190211, ge=0)
    prior: PriorSettings = PriorSettings()


class BlueskySettings(_Section):
    """Where Bluesky is asked, and as whom. The app password comes from the environment alone."""

    enabled: bool = True
    identifier: str = ""
    app_password: SecretStr = SecretStr("")
    service: str = "https://bsky.social"
    appview: str = "https://public.api.bsky.app"
    directory: str = "https://plc.directory"


class MastodonSettings(_Section):
    """With which tokens instances are asked, by host. They come from the environment alone."""

    enabled: bool = True
    tokens: dict[str, SecretStr] = Field(default_factory=dict)
    servers: dict[str, str] = Field(default_factory=dict)
    """Where an instance answers whose name is not the host of its API, as `https://…`."""


class XSettings(_Section):
    """Whether X may be collected from, and what that may cost. Off until it is turned on."""

    enabled: bool = False
    acknowledge_terms: bool = False
    """Says that the operator has X's approval for what its terms forbid without."""
    bearer_token: SecretStr = SecretStr("")
    archive: bool = False
    """Whether the token may search all posts rather than those of the last seven days."""
    names: Literal["post", "tweet"] = "post"
    """What X's API calls a post; X's document 2.167 of August 2026 says `post.fields`."""
    dollars: float = Field(default=50, gt=0, allow_inf_nan=False)
    post_dollars: float = Field(default=0.005, ge=0, allow_inf_nan=False)
    user_dollars: float = Field(default=0.010, ge=0, allow_inf_nan=False)
    """Pay per use, docs.x.com/x-api/getting-started/pricing, as read in November 2026."""
    service: str = "https://api.x.com"


class CollectSettings(_Section):
    """What a collection may cost, and the platforms it may be made from."""

    requests: int = Field(default=5000, ge=1)
    """Pages of one collection: some ten minutes of what Bluesky allows."""
    minutes: float = Field(default=120, gt=0)
    at_once: int = Field(default=2, ge=1, le=16)
    """Collections under way in Discord; the others wait. They share what a platform allows."""
    private_addresses: bool = False
    bluesky: BlueskySettings = BlueskySettings()
    mastodon: MastodonSettings = MastodonSettings()
    x: XSettings = XSettings()


class Settings(BaseSettings):
    """Everything an operator can set; frozen: no part of the program changes it for another.

    Environment variables named `LIMIER_<SECTION>__<KEY>` override the file, as containers need.
    """

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", env_prefix="LIMIER_", env_nested_delimiter="__"
    )

    token: SecretStr = SecretStr("")
    discord: DiscordSettings = DiscordSettings()
    pool: PoolSettings = Field(default_factory=PoolSettings)
    limits: LimitSettings = LimitSettings()
    storage: StorageSettings = StorageSettings()
    analysis: AnalysisSettings = AnalysisSettings()
    collect: CollectSettings = CollectSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then the file's values, which `load` passes as arguments."""
        return env_settings, init_settings


def load(path: Path | None = None) -> Settings:
    """Read and check the settings; without a file all keys have their defaults.

    Raises BadInput with one sentence that names the file and the key which is wrong.
    """
    values = _parsed(path) if path else {}
    if "token" in values:
        raise BadInput(
            Text(
                "{file} holds a token. Remove it, revoke it, and give the new one in the "
                "environment variable {variable}.",
                file=Code(str(path)),
                variable=Code(TOKEN_VARIABLE),
            )
        )
    _refuse_secrets(values, path)
    try:
        return Settings(**values)
    except ValidationError as error:
        raise _refusal(error.errors(include_input=False)[0], path) from None


def _refuse_secrets(values: dict[str, Any], path: Path | None) -> None:
    """Refuse the secrets of platforms in a file, which is copied more often than people think."""
    collect = values.get("collect")
    for name, section in collect.items() if isinstance(collect, dict) else ():
        for key in SECRETS & section.keys() if isinstance(section, dict) else ():
            raise BadInput(
                Text(
                    "{file} holds a secret in {key}. Remove it, revoke it, and give the new one in "
                    "the environment variable {variable}.",
                    file=Code(str(path)),
                    key=Code(f"collect.{name}.{key}"),
                    variable=Code(f"LIMIER_COLLECT__{name}__{key}".upper()),
                )
            )


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadInput(
            Text(
                "There is no {file}. Copy config.example.toml to it and change what you need.",
                file=Code(str(path)),
            )
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(
            Text(
                "{file} is not valid TOML: {problem}.",
                file=Code(str(path)),
                problem=Code(str(error)),
            )
        ) from None
    except OSError as error:
        raise BadInput(
            Text(
                "{file} cannot be read: {problem}.",
                file=Code(str(path)),
                problem=Code(error.strerror or str(error)),
            )
        ) from None


def _refusal(error: ErrorDetails, path: Path | None) -> BadInput:
    """One sentence about the first thing that is wrong; the value itself is never repeated."""
    key = Code(".".join(str(part) for part in error["loc"]))
    where = Code(str(path) if path else "LIMIER_…")
    if error["type"] == "extra_forbidden":
        return BadInput(
            Text(
                "{file}: {key} is not a setting. config.example.toml lists them all.",
                file=where,
                key=key,
            )
        )
    return BadInput(
        Text(
            "{file}: {key} is not valid ({problem}).",
            file=where,
            key=key,
            problem=Code(error["msg"]),
        )
    )
