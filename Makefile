# Everything a person does with this project. "make" prints this list.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: help demo test unit check bench shots strings browser format clean

help: ## 显示本列表
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

demo: $(VENV)/.site ## 建好示例网站并在 http://127.0.0.1:8000 启动
	$(BIN)/trainer demo

# The many processes of the tests start faster from what was compiled before.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(VENV)/.dev ## 全部测试：SQLite、PostgreSQL（用数据库的那些）、浏览器
	$(BIN)/pytest -m "not browser" -n 2 --dist worksteal
	$(BIN)/pytest -m "not browser and not unit" -n 2 --dist worksteal --database postgresql --ignore tests/web --ignore tests/story --ignore tests/search/test_quality.py --ignore tests/cli/test_wheel.py
	$(BIN)/pytest -m browser -n 2 --maxschedchunk 1

unit: $(VENV)/.dev ## 单元测试：不用数据库、浏览器、服务器，一分钟以内
	$(BIN)/pytest -m unit -n 2 --dist worksteal

check: $(VENV)/.dev ## 静态检查：格式、类型、导入规则、内容
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/trainer content check content quizzes

bench: $(VENV)/.bench ## 测量：搜索质量、速度、页面（Lighthouse，要有 Node.js 和 npm）
	$(BIN)/python -m bench

shots: $(VENV)/.dev ## 重拍使用手册里的截图
	$(BIN)/python -m bench.shots

strings: $(VENV)/.dev ## 收集界面上的文字，更新各处的英文翻译
	$(BIN)/python -m tests.strings

format: $(VENV)/.dev ## 整理代码格式
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## 删除虚拟环境和演示数据
	rm -rf $(VENV) var

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: setup.cfg | $(BIN)/python
	$(BIN)/pip install -q -e .
	touch $@

$(VENV)/.dev: setup.cfg | $(BIN)/python
	$(BIN)/pip install -q -e '.[dev]'
	touch $@ $(VENV)/.site

$(VENV)/.bench: setup.cfg | $(BIN)/python
	$(BIN)/pip install -q -e '.[dev,bench]'
	touch $@
