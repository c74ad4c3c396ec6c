"""Small changes to the paste's syntax tree, before it is compiled: no line moves.

* data that does not fit where it is put, `x[i] = row`, is let be (`UNFIT` raises what is no such);
* `int(x)` of what is a guess stays one (`WHOLE`);
* loops that only train end after two rounds (`LOOP` answers whether to leave);
* Python 2's division, where the paste is Python 2;
* on a second try, statements inside functions that fail over absent data are stepped over.
"""

import ast
from typing import cast

LOOP = "__netfig_loop__"
DIVIDE = "__netfig_divide__"
MARK = "__netfig_mark__"
FAILED = "__netfig_failed__"
UNFIT = "__netfig_unfit__"
WHOLE = "__netfig_int__"

_SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Delete, ast.Assert, ast.Import,
           ast.ImportFrom)  # fmt: skip


class _Rewriter(ast.NodeTransformer):
    def __init__(self, python2: bool, stepping: bool) -> None:
        self.python2 = python2
        self.stepping = stepping
        self.loops = 0
        self.depth = 0

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.depth += 1
        self.generic_visit(node)
        if self.stepping:
            node.body = _stepped(node.body)
        self.depth -= 1
        return node

    def visit_For(self, node: ast.For) -> list[ast.AST]:
        return self._loop(node)

    def visit_While(self, node: ast.While) -> list[ast.AST]:
        return self._loop(node)

    def _loop(self, node: ast.For | ast.While) -> list[ast.AST]:
        self.generic_visit(node)
        self.loops += 1
        name = f"__netfig_loop_{self.loops}"
        begin = ast.parse(f"{name} = {LOOP}({isinstance(node, ast.For)})").body[0]
        leave = ast.parse(f"while {name}(): break").body[0]
        leave = ast.If(test=cast(ast.While, leave).test, body=[ast.Break()], orelse=[])
        for new in (begin, leave):
            _placed(new, node)
        node.body.insert(0, leave)
        return [begin, node]

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        self.generic_visit(node)
        if not all(isinstance(target, ast.Subscript) for target in node.targets):
            return node
        guard = cast(
            ast.Try,
            ast.parse(
                f"try:\n pass\nexcept ValueError as __netfig_caught__:\n {UNFIT}(__netfig_caught__)"
            ).body[0],
        )
        _placed(guard, node)
        guard.body = [node]
        return guard

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        called = node.func
        if (
            isinstance(called, ast.Name)
            and called.id == "int"
            and len(node.args) == 1
            and not node.keywords
        ):
            called.id = WHOLE
        return node

    def visit_Set(self, node: ast.Set) -> ast.AST:
        """A template of hyperas, `{{choice([256, 512])}}`, is the choice itself."""
        within = node.elts[0] if len(node.elts) == 1 else None
        if not isinstance(within, ast.Set):
            return node
        inner = within.elts[0]
        return inner if isinstance(inner, ast.Call) and _is_choice(inner) else node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if self.python2 and isinstance(node.op, ast.Div):
            call = ast.Call(ast.Name(DIVIDE, ast.Load()), [node.left, node.right], [])
            return ast.fix_missing_locations(ast.copy_location(call, node))
        return node


def _placed(new: ast.AST, old: ast.stmt) -> None:
    """Gives what is put in the line of what it stands for."""
    for part in ast.walk(new):
        if isinstance(part, ast.stmt | ast.expr | ast.excepthandler):
            part.lineno = part.end_lineno = old.lineno
            part.col_offset = part.end_col_offset = old.col_offset


def _is_choice(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in (
        "choice", "uniform", "quniform", "loguniform", "randint", "normal", "lognormal",
    )  # fmt: skip


def _names(node: ast.AST) -> tuple[list[str], list[str]]:
    """Names a statement reads and names it binds."""
    reads: list[str] = []
    binds: list[str] = []
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            (reads if isinstance(part.ctx, ast.Load) else binds).append(part.id)
        elif isinstance(part, ast.alias):
            binds.append((part.asname or part.name).split(".")[0])
    return reads, binds


def _stepped(body: list[ast.stmt]) -> list[ast.stmt]:
    """Each statement in a guard of its own."""
    result: list[ast.stmt] = []
    for statement in body:
        for field in ("body", "orelse", "finalbody"):
            inner = getattr(statement, field, None)
            if inner and not isinstance(
                statement, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef
            ):
                setattr(statement, field, _stepped(inner))
        if not isinstance(statement, _SIMPLE) or _is_docstring(statement):
            result.append(statement)
            continue
        reads, binds = _names(statement)
        rescue = f"__netfig_error__ = {FAILED}(__netfig_error__, __netfig_count__, {reads!r})\n"
        # An in-place change of an absent thing leaves the thing.
        if not isinstance(statement, ast.AugAssign):
            rescue += "".join(f"{name} = __netfig_error__\n" for name in dict.fromkeys(binds))
        guard = cast(
            ast.Try,
            ast.parse(
                f"try:\n __netfig_count__ = {MARK}()\n"
                "except Exception as __netfig_caught__:\n"
                " __netfig_error__ = __netfig_caught__\n"
                + "".join(f" {line}\n" for line in rescue.splitlines())
            ).body[0],
        )
        _placed(guard, statement)
        guard.body.append(statement)
        result.append(guard)
    return result


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def rewrite(tree: ast.Module, *, python2: bool = False, stepping: bool = False) -> ast.Module:
    """The changed tree."""
    changed = _Rewriter(python2, stepping).visit(tree)
    return cast(ast.Module, ast.fix_missing_locations(changed))


def bound_names(statement: ast.stmt) -> list[str]:
    """Names that a top-level statement would have bound (not those inside functions)."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        return [statement.name]
    found: list[str] = []
    stack: list[ast.AST] = [statement]
    while stack:
        part = stack.pop()
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            found.append(part.id)
        elif isinstance(part, ast.alias):
            found.append((part.asname or part.name).split(".")[0])
        elif isinstance(part, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            found.append(part.name)
            continue
        elif isinstance(part, ast.Lambda):
            continue
        stack.extend(ast.iter_child_nodes(part))
    return [n for n in dict.fromkeys(found) if not n.startswith("__netfig")]


def read_names(statement: ast.stmt) -> list[str]:
    """Names a statement reads."""
    return list(dict.fromkeys(_names(statement)[0]))
