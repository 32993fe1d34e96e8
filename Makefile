# 群办。`make` 或 `make help` 说明每个目标。
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help install install-test run test lint bench mutants lock pictures

help:  ## 说明每个目标
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(VENV)/.run: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "安装运行所需……"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . 2>/dev/null || \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

# What the pages need in a browser, by npm's lock file (hashes only). Without npm, or where it fails, the pages do without.
node_modules/.run: package-lock.json .npmrc
	@if command -v npm >/dev/null; then echo "安装网页所需……"; npm ci --omit=dev --silent && touch $@ || \
		echo "网页所需没有装上：地图和图表会退回到表格和简图，其余照常"; \
		else echo "没有 npm：网页的地图和图表会退回到表格和简图，其余照常"; fi

node_modules/.test: package-lock.json .npmrc
	@if command -v npm >/dev/null; then npm ci --silent && touch node_modules/.run $@ || \
		echo "网页检查所需没有装上：无障碍检查会跳过"; fi

$(VENV)/.test: $(VENV)/.run requirements/test.txt
	@echo "安装检查所需……"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

install: $(VENV)/.run node_modules/.run  ## 只安装，不运行
	@echo "装好了：$(BIN)/qunban --help"

install-test: $(VENV)/.test node_modules/.test  ## 安装检查所需，不运行

run: $(VENV)/.run node_modules/.run  ## 开始干活；没有令牌时打开本机的练习场并打印网址
	@$(BIN)/python -m bot run

test: $(VENV)/.test node_modules/.test  ## 跑全部检查和测试（SQLite 和 PostgreSQL 都跑，不用另装数据库）
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -n 4 --dist worksteal --cov --cov-report=term:skip-covered --cov-report=json
	@$(BIN)/python -m scripts.branches coverage.json

lint: $(VENV)/.test  ## 只查写法、安全规则、类型、依赖方向、依赖是否配套和已知漏洞（查漏洞要联网；没有网会说明，不算错）
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports
	@$(BIN)/python -m pip check
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/tools.txt 2>/dev/null || true
	@$(BIN)/python -m scripts.audit

bench: $(VENV)/.test  ## 测速，和同一次里的基准相比
	@$(BIN)/python -m bench

mutants: $(VENV)/.test  ## 逐处改坏流转、权限、收发的代码，看测试发现几处（约一小时；结果写在 mutants/）
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/mutants.txt
	@nice $(BIN)/mutmut run
	@$(BIN)/mutmut results

pictures: $(VENV)/.test node_modules/.test  ## 用无头浏览器重拍 docs/pictures 里的截图
	@$(BIN)/python scripts/screenshots.py

lock: $(VENV)/.run  ## 重新锁定依赖（改了 requirements/*.in 之后）
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/tools.txt
	@for name in run test train tools mutants; do $(BIN)/uv pip compile --quiet --generate-hashes \
		--no-header --no-strip-extras --universal --python-version 3.11 requirements/$$name.in -o requirements/$$name.txt; done
