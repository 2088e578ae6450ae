"""Statements that the ORM writes once and that are kept, with holes for what changes from one time to the next.

Writing a statement takes the ORM about a millisecond, and running it a tenth of that. It matters only where many wait for one
another, or where a page is made of little else: everywhere else a plain queryset reads better. What is kept is the text; a
statement must therefore be the same whatever falls into its holes. None does not fall into any: SQL asks for it in other words.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import AutoField, Expression, Model, QuerySet, sql
from django.db.models.query import get_related_populators


class Hole(Expression):
    """Stands in a queryset, wherever a value may, for what is given under its name; with `at`, for one of a list."""

    def __init__(self, field: Any, name: str = "", at: int | None = None) -> None:
        super().__init__(output_field=field)
        self.name, self.at = name or field.name, at

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)

    def value(self, given: dict[str, Any], connection: Any) -> Any:
        value = given[self.name] if self.at is None else given[self.name][self.at]
        if value is None:
            raise ValueError(f"{self.name} is None")
        return self.field.get_db_prep_value(value, connection)


def hole(model: type[Model], field: str, name: str = "") -> Hole:
    return Hole(model._meta.get_field(field), name)


def holes(model: type[Model], field: str, number: int) -> list[Hole]:
    """For `__in` of so many values, given as a list."""
    return [Hole(model._meta.get_field(field), at=at) for at in range(number)]


def _literal(value: Any) -> str | None:
    """Plain words and whole numbers as they stand in SQL; whatever else, or might be read otherwise, stays a parameter."""
    if type(value) is int:
        return str(value)
    is_plain = isinstance(value, str) and value.isascii() and value.replace(" ", "").isalnum()
    return f"'{value}'" if is_plain else None


class _Kept:
    """`write` says the statement: it is called when it is first needed, because models are not there when modules load."""

    def __init__(self, write: Callable[[], QuerySet[Any]]) -> None:
        self.write = write
        self.text = ""

    def keep(self, words: str, params: Sequence[Any]) -> None:
        """With the constants in the text: SQLite plans a statement anew for every value of a parameter that stands where the
        condition of a partial index might hold.
        """
        constant = {at: _literal(one) for at, one in enumerate(params)}
        self.params = [one for at, one in enumerate(params) if constant[at] is None]
        self.text = words.replace("%%", "%%%%") % tuple(constant[at] or "%s" for at in range(len(params)))

    def fill(self, given: dict[str, Any], connection: Any) -> tuple[str, list[Any]]:
        params = [one.value(given, connection) if isinstance(one, Hole) else one for one in self.params]
        return self.text, params


class Kept(_Kept):
    """A SELECT: called with what falls into the holes, it gives a list of what its queryset gives, models or rows of values."""

    def rows(self, **given: Any) -> list[Any]:
        connection = connections[DEFAULT_DB_ALIAS]
        if not self.text:
            self._compile(connection)
        if self.locks and connection.get_autocommit():
            raise transaction.TransactionManagementError("locking rows needs a transaction")
        with connection.cursor() as cursor:
            cursor.execute(*self.fill(given, connection))
            found = cursor.fetchall()
        if self.converted and found:
            found = self._convert(found, connection)
        return [self._model(row) for row in found] if self.model else found

    def _compile(self, connection: Any) -> None:
        queryset: Any = self.write()
        compiler: Any = queryset.query.get_compiler(connection=connection)
        words, params = compiler.as_sql()
        chosen = [one[0] for one in compiler.select]
        self.locks = queryset.query.select_for_update
        self.converted = [(at, chosen[at]) for at in compiler.get_converters(chosen)]
        # Rows of values have no model, although Django notes one for them, too.
        self.model: Any = compiler.klass_info["model"] if queryset._fields is None else None
        if self.model:
            places = compiler.klass_info["select_fields"]
            self.own = slice(places[0], places[-1] + 1)
            self.names = [one.target.attname for one in chosen[self.own]]
            joined: Any = (compiler.klass_info, compiler.select, connection.alias)
            self.related = get_related_populators(*joined)
            self.annotated = list((compiler.annotation_col_map or {}).items())
        self.keep(words, params)

    def _model(self, row: Sequence[Any]) -> Any:
        one = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.own])
        for related in self.related:
            related.populate(row, one)
        for name, at in self.annotated:
            setattr(one, name, row[at])
        return one

    def _convert(self, found: list[Any], connection: Any) -> list[Any]:
        """What the database gives to what the fields hold; on PostgreSQL most are the same."""
        rows = [list(row) for row in found]
        for at, one in self.converted:
            for convert in connection.ops.get_db_converters(one) + one.get_db_converters(connection):
                for row in rows:
                    row[at] = convert(row[at], one, connection)
        return rows


class KeptUpdate(_Kept):
    """An UPDATE of what `write` chooses; gives the number of rows."""

    def __init__(self, write: Callable[[], QuerySet[Any]], values: Callable[[], dict[str, Any]]) -> None:
        super().__init__(write)
        self.values = values

    def run(self, **given: Any) -> int:
        connection = connections[DEFAULT_DB_ALIAS]
        if not self.text:
            query: Any = self.write().query.chain(sql.UpdateQuery)
            query.add_update_values(self.values())
            self.keep(*query.get_compiler(connection=connection).as_sql())
        with transaction.mark_for_rollback_on_error(), connection.cursor() as cursor:
            cursor.execute(*self.fill(given, connection))
            return int(cursor.rowcount)


class KeptInsert:
    """An INSERT of a row, which has its key afterwards. As with `bulk_create`, which writes several, nothing else is done."""

    def __init__(self, model: type[Model]) -> None:
        self.model, self.text = model, ""

    def run(self, rows: Sequence[Any]) -> None:
        if len(rows) != 1:
            self.model._default_manager.bulk_create(rows, batch_size=500)
            return
        connection, row = connections[DEFAULT_DB_ALIAS], rows[0]
        if not self.text:
            self._compile(connection)
        params = [one.get_db_prep_save(one.pre_save(row, add=True), connection) for one in self.fields]
        with transaction.mark_for_rollback_on_error(), connection.cursor() as cursor:
            cursor.execute(self.text, params)
            (row.pk,) = cursor.fetchone()
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS

    def _compile(self, connection: Any) -> None:
        meta = self.model._meta
        self.fields = [one for one in meta.concrete_fields if not isinstance(one, AutoField)]
        blank = self.model(**{one.attname: Hole(one) for one in self.fields})
        query = sql.InsertQuery(self.model)
        query.insert_values(self.fields, [blank])
        compiler: Any = query.get_compiler(connection=connection)
        compiler.returning_fields = [meta.pk]
        ((self.text, _params),) = compiler.as_sql()
