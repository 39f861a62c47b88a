"""How each value of a definition file is written: read strictly, described to editors, bent on purpose."""

from mingjing.definitions.shapes.base import Edit, Shape, plain_text
from mingjing.definitions.shapes.groups import ListOf, MapOf, OneOrMany, Rows
from mingjing.definitions.shapes.scalars import (
    FLAG,
    Choice,
    Day,
    DaySpan,
    Length,
    Number,
    Text,
    Word,
)
from mingjing.definitions.shapes.tables import Field, Record, Table

__all__ = [
    "FLAG",
    "Choice",
    "Day",
    "DaySpan",
    "Edit",
    "Field",
    "Length",
    "ListOf",
    "MapOf",
    "Number",
    "OneOrMany",
    "Record",
    "Rows",
    "Shape",
    "Table",
    "Text",
    "Word",
    "plain_text",
]
