"""``trainer competence``: evaluate, fit, synthetic."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from click.testing import Result

from trainer.cli import trainer
from trainer.competence.cli import NAMES
from trainer.competence.domain.constants import DEFAULTS
from trainer.competence.domain.evaluation.metrics import Bin
from trainer.competence.domain.evaluation.plotting import calibration_plot
from trainer.competence.domain.evaluation.protocol import ModelName
from trainer.kit.terminal import EXIT_REFUSED

SVG = "{http://www.w3.org/2000/svg}"


def run(folder: Path, *arguments: str | Path) -> Result:
    given = ["competence", *map(str, arguments), "--data", str(folder / "var")]
    return CliRunner().invoke(trainer, given)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("logs")
    path = folder / "made.csv"
    made = run(folder, "synthetic", path, "--people", "24", "--answers", "20")
    assert made.exit_code == 0
    assert "已写入 480 次作答" in made.stderr
    return path


def test_evaluating_prints_every_model_and_how_reliable_ours_is(
    log: Path, tmp_path: Path
) -> None:
    ran = run(tmp_path, "evaluate", log, "--folds", "3")
    assert ran.exit_code == 0, ran.stderr
    assert ran.stderr == "24 人，480 次作答；另有 0 行没有用上\n"
    head, *models = ran.stdout.split("\n\n")[0].splitlines()
    assert head.split() == ["AUC", "对数损失", "Brier", "校准误差", "模型"]
    assert [line.split(maxsplit=4)[4] for line in models] == list(NAMES.values())
    assert len(ran.stdout.split("\n\n")[1].splitlines()) == 11


def test_json_has_all_of_it_and_a_seed_makes_it_again(
    log: Path, tmp_path: Path
) -> None:
    plan = ("--folds", "3", "--people", "8", "--seed", "4", "--json")
    ran = run(tmp_path, "evaluate", log, *plan)
    found = json.loads(ran.stdout)
    assert found["answers"] == 480
    assert (found["people"], found["left_out"]) == (24, 0)
    assert (found["folds"], found["learned_people"], found["seed"]) == (3, 8, 4)
    assert found["constants"] == asdict(DEFAULTS)
    assert set(found["models"]) == set(ModelName)
    ours = found["models"]["ledger"]
    assert set(ours) == {"auc", "log_loss", "brier", "calibration", "reliability"}
    assert sum(each["count"] for each in ours["reliability"]) == 480
    assert run(tmp_path, "evaluate", log, *plan).stdout == ran.stdout


def test_the_plot_is_a_drawing_with_a_dot_for_each_bin(
    log: Path, tmp_path: Path
) -> None:
    path = tmp_path / "plot.svg"
    ran = run(tmp_path, "evaluate", log, "--folds", "3", "--plot", path)
    assert ran.exit_code == 0, ran.stderr
    root = ET.parse(path).getroot()  # noqa: S314  (our own file)
    assert len(root.findall(f"{SVG}circle")) == 2 * (10 + 1)
    words = [text.text for text in root.findall(f"{SVG}text")]
    assert {"账本", "账本，校准后", "预测答对的可能", "实际答对的比例"} <= set(words)


def test_a_dot_stands_where_forecast_and_share_say() -> None:
    table = [Bin(forecast=0.25, share=0.5, count=4)]
    drawn = calibration_plot({"a < b": table}, "across", "up")
    assert '<circle cx="170.0" cy="224.0"' in drawn
    assert "a &lt; b" in drawn


def test_fitting_prints_constants_that_evaluating_takes(
    log: Path, tmp_path: Path
) -> None:
    shown = run(tmp_path, "fit", log, "--people", "10", "--rounds", "1")
    assert shown.exit_code == 0, shown.stderr
    assert [line.split()[0] for line in shown.stdout.splitlines()[:-1]] == list(
        asdict(DEFAULTS)
    )
    assert "对数损失" in shown.stdout.splitlines()[-1]
    ran = run(tmp_path, "fit", log, "--people", "10", "--rounds", "1", "--json")
    found = json.loads(ran.stdout)
    assert found["after"] <= found["before"]
    assert found["constants"] != asdict(DEFAULTS)
    path = tmp_path / "constants.json"
    path.write_text(ran.stdout, "utf-8")
    told = run(tmp_path, "evaluate", log, "--folds", "2", "--json", "--constants", path)
    assert json.loads(told.stdout)["constants"] == found["constants"]


@pytest.mark.parametrize("text", ["{}", "[1]", "nothing", '{"constants": 3}'])
def test_other_files_are_no_constants(log: Path, tmp_path: Path, text: str) -> None:
    path = tmp_path / "constants.json"
    path.write_text(text, "utf-8")
    ran = run(tmp_path, "evaluate", log, "--constants", path)
    assert ran.exit_code == 2
    assert "不是 trainer competence fit --json 的输出" in ran.stderr


def test_impossible_constants_are_refused(log: Path, tmp_path: Path) -> None:
    path = tmp_path / "constants.json"
    path.write_text('{"constants": {"pace": -1}}', "utf-8")
    ran = run(tmp_path, "evaluate", log, "--constants", path)
    assert ran.exit_code == EXIT_REFUSED
    assert ran.stderr == "常数“pace”不能是 -1\n"


@pytest.mark.parametrize("columns", ["user", "who=a", "user=a,b"])
def test_columns_are_pairs(log: Path, tmp_path: Path, columns: str) -> None:
    ran = run(tmp_path, "evaluate", log, "--columns", columns)
    assert ran.exit_code == 2
    assert "写法是 名称=列名" in ran.stderr


def test_refusals_are_one_sentence(log: Path, tmp_path: Path) -> None:
    column = run(tmp_path, "evaluate", log, "--columns", "skills=skill_id")
    assert column.exit_code == EXIT_REFUSED
    assert "没有“skill_id”这一列" in column.stderr
    few = run(tmp_path, "synthetic", tmp_path / "few.csv", "--people", "2")
    assert few.exit_code == 0
    folds = run(tmp_path, "evaluate", tmp_path / "few.csv")
    assert folds.exit_code == EXIT_REFUSED
    assert folds.stderr.endswith("人数比折数（5）还少，分不开；请减少折数\n")
    alone = run(tmp_path, "synthetic", tmp_path / "one.csv", "--people", "1")
    assert alone.exit_code == 0
    fit = run(tmp_path, "fit", tmp_path / "one.csv")
    assert fit.exit_code == EXIT_REFUSED
    assert "至少要有两个人" in fit.stderr


def test_where_nothing_can_be_written_the_figures_are_still_shown(
    log: Path, tmp_path: Path
) -> None:
    ran = run(tmp_path, "evaluate", log, "--folds", "3", "--plot", log / "plot.svg")
    assert ran.exit_code == EXIT_REFUSED
    assert "写不了" in ran.stderr
    assert "Brier" in ran.stdout


def test_the_other_world_is_another(log: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    sizes = ("--people", "24", "--answers", "20")
    assert run(tmp_path, "synthetic", path, *sizes, "--shape", "other").exit_code == 0
    assert path.read_bytes() != log.read_bytes()
    again = tmp_path / "again.csv"
    assert run(tmp_path, "synthetic", again, *sizes).exit_code == 0
    assert again.read_bytes() == log.read_bytes()
