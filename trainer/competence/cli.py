"""``trainer competence``: how good the model is, on a file of answers; no database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import click

from trainer.competence import service
from trainer.competence.domain.constants import DEFAULTS
from trainer.competence.domain.constants import Constants
from trainer.competence.domain.evaluation.fitting import Fitted
from trainer.competence.domain.evaluation.fitting import constants_of
from trainer.competence.domain.evaluation.fitting import fitted
from trainer.competence.domain.evaluation.logs import chosen
from trainer.competence.domain.evaluation.logs import of
from trainer.competence.domain.evaluation.plotting import calibration_plot
from trainer.competence.domain.evaluation.protocol import ModelName
from trainer.competence.domain.evaluation.protocol import Plan
from trainer.competence.domain.evaluation.protocol import Result
from trainer.competence.domain.evaluation.protocol import compared
from trainer.competence.domain.evaluation.synthetic import Recipe
from trainer.competence.domain.evaluation.synthetic import Shape
from trainer.competence.domain.evaluation.synthetic import made_up
from trainer.kit.files import TextFile
from trainer.kit.files import write_folder
from trainer.kit.terminal import progress

THERE = click.Path(path_type=Path, dir_okay=False, exists=True)
FILE = click.Path(path_type=Path, dir_okay=False)
MANY = click.IntRange(min=1)
NAMES = {
    ModelName.ITEM_MEAN: "题目平均",
    ModelName.BKT: "BKT",
    ModelName.ELO: "Elo",
    ModelName.LEDGER: "账本",
    ModelName.RECALIBRATED: "账本，校准后",
}
COLUMNS = "各列的名称，如 user=学号,item=题号,skills=能力,correct=对错,time=时间"


def _columns(
    _ctx: click.Context, _param: click.Parameter, text: str
) -> service.Columns:
    """Read ``user=a,item=b``."""
    found = {}
    for pair in filter(None, text.split(",")):
        name, is_pair, value = pair.partition("=")
        if not is_pair or name.strip() not in service.COLUMNS:
            known = "、".join(service.COLUMNS)
            raise click.BadParameter(f"“{pair}”不对；写法是 名称=列名，名称有 {known}")
        found[name.strip()] = value.strip()
    return service.Columns(**found)


def _constants(
    _ctx: click.Context, _param: click.Parameter, path: Path | None
) -> Constants:
    """Read what ``fit --json`` has printed."""
    if path is None:
        return DEFAULTS
    try:
        values = json.loads(path.read_text("utf-8"))["constants"]
        return constants_of({**values})
    except (ValueError, KeyError, TypeError) as error:
        raise click.BadParameter(
            f"{path} 不是 trainer competence fit --json 的输出"
        ) from error


log_argument = click.argument("path", metavar="FILE", type=THERE)
columns_option = click.option(
    "--columns", default="", callback=_columns, metavar="…", help=COLUMNS
)
seed_option = click.option("--seed", default=1, show_default=True, help="随机种子")


@click.group()
def competence() -> None:
    """能力模型:评估、找常数、造数据;能力估计:重算、校准、说明原因。"""


@competence.command()
@log_argument
@columns_option
@click.option(
    "--folds", default=5, show_default=True, type=click.IntRange(2, 20), help="分成几折"
)
@click.option("--people", type=MANY, help="每折只从这么多人学,看小单位的效果")
@seed_option
@click.option("--constants", type=THERE, callback=_constants, help="fit 找到的常数")
@click.option("--plot", type=FILE, help="把校准图写成这个 SVG 文件")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def evaluate(  # noqa: PLR0913  (one for each option)
    path: Path,
    columns: service.Columns,
    *,
    folds: int,
    people: int | None,
    seed: int,
    constants: Constants,
    plot: Path | None,
    as_json: bool,
) -> None:
    """在 FILE(CSV,可以是 .gz)的作答记录上,与简单模型比较预测得准不准。"""
    log = _read(path, columns)
    plan = Plan(folds=folds, people=people, seed=seed, constants=constants)
    found = compared(log.answers, plan, lambda parts: progress(parts, "评估"))
    if as_json:
        click.echo(json.dumps(_described(log, plan, found), indent=2))
    else:
        _show(found)
    if plot:
        _write(plot, _drawn(found))


@competence.command()
@log_argument
@columns_option
@click.option("--people", type=MANY, help="只用这么多人,快一些")
@click.option("--rounds", default=2, show_default=True, type=MANY, help="找几轮")
@seed_option
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def fit(
    path: Path,
    columns: service.Columns,
    people: int | None,
    rounds: int,
    seed: int,
    *,
    as_json: bool,
) -> None:
    """在 FILE 的作答记录上找模型的常数,并打印;不改动任何设置。"""
    answers = _read(path, columns).answers
    some = of(answers, chosen(answers, people, seed))
    found = fitted(
        [some],
        rounds=rounds,
        seed=seed,
        steps=lambda places: progress(places, "找常数"),
    )
    click.echo(json.dumps(asdict(found), indent=2) if as_json else _told(found))


@competence.command()
@click.argument("path", metavar="FILE", type=FILE)
@click.option("--people", default=50, show_default=True, type=MANY, help="人数")
@click.option("--answers", default=60, show_default=True, type=MANY, help="每人答几次")
@click.option(
    "--shape",
    default=Shape.MODEL.value,
    show_default=True,
    type=click.Choice([shape.value for shape in Shape]),
    help="model 与模型的设想一致,other 不一致",
)
@seed_option
def synthetic(path: Path, people: int, answers: int, shape: str, seed: int) -> None:
    """造一份知道真相的作答记录,写成 FILE(CSV)。"""
    recipe = Recipe(people=people, answers=answers, shape=Shape(shape))
    world = made_up(recipe, seed)
    _write(path, service.write_world(world).decode())
    click.echo(f"已写入 {len(world.answers)} 次作答：{path}", err=True)


def _write(path: Path, text: str) -> None:
    write_folder(path.parent, [TextFile(path.name, text)])


def _read(path: Path, columns: service.Columns) -> service.Log:
    log = service.read_log(path, columns)
    people = len({answer.person for answer in log.answers})
    click.echo(
        f"{people} 人，{len(log.answers)} 次作答；另有 {log.left_out} 行没有用上",
        err=True,
    )
    return log


def _show(found: Mapping[ModelName, Result]) -> None:
    """Print the models beside each other, then how reliable our forecasts are."""
    click.echo("    AUC  对数损失   Brier  校准误差  模型")
    for name, result in found.items():
        s = result.scores
        click.echo(
            f"{s.auc:>7.3f}{s.log_loss:>10.3f}{s.brier:>8.3f}{s.calibration:>10.3f}"
            f"  {NAMES[name]}"
        )
    click.echo("\n   预测    实际    次数  账本，校准后")
    for each in found[ModelName.RECALIBRATED].table:
        click.echo(f"{each.forecast:>7.1%}{each.share:>8.1%}{each.count:>8}")


def _drawn(found: Mapping[ModelName, Result]) -> str:
    shown = ModelName.LEDGER, ModelName.RECALIBRATED
    tables = {NAMES[name]: found[name].table for name in shown}
    return calibration_plot(tables, "预测答对的可能", "实际答对的比例")


def _described(
    log: service.Log, plan: Plan, found: Mapping[ModelName, Result]
) -> dict[str, object]:
    return {
        "answers": len(log.answers),
        "people": len({answer.person for answer in log.answers}),
        "left_out": log.left_out,
        "folds": plan.folds,
        "learned_people": plan.people,
        "seed": plan.seed,
        "constants": asdict(plan.constants),
        "models": {
            name.value: {
                **asdict(result.scores),
                "reliability": [asdict(each) for each in result.table],
            }
            for name, result in found.items()
        },
    }


def _told(found: Fitted) -> str:
    changed = asdict(DEFAULTS)
    lines = [
        f"{name:<20}{value:>10.4g}{'' if value == changed[name] else '  变了'}"
        for name, value in asdict(found.constants).items()
    ]
    lines.append(
        f"对数损失 {found.before:.4f} → {found.after:.4f}（试了 {found.tried} 组）"
    )
    return "\n".join(lines)
