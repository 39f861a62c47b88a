"""Figures of the court: what they are counted from, figures that were kept, ranges a court has entered.

A cell holds what the cases of one place (a court, a department, a judge, a cause …) add up to in one month
or on one day, by the key of each count. A share is what one case last added, so that a case that changes is
a small difference and never a second reading of all of them.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court, Person
from mingjing.storage.records.models import Record


class Share(models.Model):
    """What one case last added to the cells: to which places, and on which day how much for which count.

    ``given`` is JSON: the members of ``Cell.Axis`` in their order, then the parts (see
    ``services.figures.cells``). ``read_at`` is the moment the case was read, ``next_on`` the next day on
    which it will give something else though nothing happens (it grows a year old).
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="share")
    given = models.TextField("计入")
    read_at = models.DateTimeField("读取时刻")
    next_on = models.DateField("下次变化", null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_on"], name="share_by_next_day", condition=Q(next_on__isnull=False))
        ]


class StaleCase(models.Model):
    """A case to be counted anew, where the log of acts does not name it (imports, sweeps)."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="stale_share")


class RecordShare(models.Model):
    """What one record of a register last added to the cells, as ``Share`` says it of a case."""

    record = models.OneToOneField(Record, models.CASCADE, primary_key=True, related_name="share")
    given = models.TextField("计入")
    read_at = models.DateTimeField("读取时刻")
    next_on = models.DateField("下次变化", null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["next_on"], name="record_share_by_next_day", condition=Q(next_on__isnull=False)
            )
        ]


class StaleRecord(models.Model):
    """A record to be counted anew."""

    record = models.OneToOneField(Record, models.CASCADE, primary_key=True, related_name="stale_share")


class Cell(models.Model):
    """Sums over the cases of one member of one axis in one month or on one day.

    Both are JSON by count key: ``flows`` what happened within it, ``stocks`` what came to stand less what
    ceased to; a stock at the end of a day is the running sum of ``stocks`` up to it.
    """

    class Axis(models.IntegerChoices):
        """What the cases of a cell have in common."""

        COURT = 0, "法院"
        DEPARTMENT = 1, "部门"
        HANDLER = 2, "承办人"
        CAUSE = 3, "案由"
        PROCEDURE = 4, "审理程序"
        KIND = 5, "案件类型"
        TEAM = 6, "团队"

    class Grain(models.IntegerChoices):
        """How long a cell is."""

        MONTH = 0, "月"
        DAY = 1, "日"

    court = models.ForeignKey(Court, models.CASCADE, related_name="+", db_index=False)
    axis = models.PositiveSmallIntegerField(choices=Axis.choices)
    member = models.CharField(max_length=300, blank=True)
    grain = models.PositiveSmallIntegerField(choices=Grain.choices)
    first = models.DateField()
    flows = models.TextField(default="{}")
    stocks = models.TextField(default="{}")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["court", "axis", "grain", "member", "first"], name="cell_once")
        ]


class Tally(models.Model):
    """How far the counting has come at a court: ``definitions`` is a hash over the counts now asked for,
    ``last_case``, ``done`` and ``total`` say how many cases were read for them (``total`` 0: all were).

    ``ready`` are the keys of the counts that every case was read for: the cells of any other are not all
    there yet. ``fresh_at`` is the moment at which no case of the court waited. ``registered`` are the dates
    and events that some case of the court ever had: what is not among them is unknown here, not nought.
    """

    court = models.OneToOneField(Court, models.CASCADE, primary_key=True, related_name="tally")
    definitions = models.CharField(max_length=64, blank=True)
    last_case = models.BigIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    ready = models.JSONField(default=list)
    registered = models.JSONField(default=list)
    fresh_at = models.DateTimeField(null=True)


class RecordTally(models.Model):
    """How far the counting of records has come at a court, as ``Tally`` says it of its cases."""

    court = models.OneToOneField(Court, models.CASCADE, primary_key=True, related_name="record_tally")
    definitions = models.CharField(max_length=64, blank=True)
    last_record = models.BigIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    ready = models.JSONField(default=list)


class Followed(models.Model):
    """The last entry of the log of acts that the counting has followed; one row."""

    seen = models.BigIntegerField(default=-1)


class KeptFigure(models.Model):
    """A figure as it stood when somebody kept it, with everything needed to show it again unchanged.

    ``token`` is its address, ``scope`` how its place stands in an address, ``reach`` the place itself
    (courts, axis, members). ``working`` lists amount, words and article of each step; ``cases`` maps the
    label of every count to the keys of its cases, or of the events or records that ``over`` says it counts;
    ``truncated`` says a list was too long to keep whole.
    """

    token = models.CharField(max_length=24, unique=True)
    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=80)
    definition = models.CharField(max_length=140)
    label = models.CharField(max_length=120)
    scope = models.JSONField(default=dict)
    place = models.CharField(max_length=400)
    reach = models.JSONField(default=list)
    first = models.DateField()
    last = models.DateField()
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    shown = models.CharField(max_length=60)
    working = models.JSONField(default=list)
    missing = models.PositiveIntegerField(default=0)
    cases = models.JSONField(default=dict)
    over = models.JSONField(default=dict)
    truncated = models.BooleanField(default=False)
    query = models.CharField(max_length=600)
    cut_off = models.DateTimeField()
    kept_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-cut_off", "-pk"]
        indexes: ClassVar = [models.Index(fields=["kept_by", "-cut_off"], name="kept_figure_newest")]


class ReferenceRange(models.Model):
    """A range a court entered for an indicator, with the document it comes from. It is struck, never edited.

    ``low`` and ``high`` are in the unit of the indicator, either may be open; it holds from ``since`` to
    ``until`` (both counted, open where None). ``target`` is what is striven for, ``warning`` the value from
    which somebody is told, on the worse side of it.
    """

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=80)
    low = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    high = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    target = models.DecimalField("目标线", max_digits=18, decimal_places=4, null=True)
    warning = models.DecimalField("预警线", max_digits=18, decimal_places=4, null=True)
    document = models.CharField("文号", max_length=120)
    since = models.DateField("起")
    until = models.DateField("止", null=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)
    struck_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["indicator", "-since", "-pk"]
        indexes: ClassVar = [models.Index(fields=["court", "indicator", "-since"], name="range_in_force")]


class DetectorRun(models.Model):
    """What a detector found at a court when it was last run over the days from ``first`` to ``last``.

    ``looked`` rows were in its range, ``found`` of them were found, ``missing`` lacked a field.
    """

    court = models.ForeignKey(Court, models.CASCADE, related_name="+", db_index=False)
    detector = models.CharField(max_length=80)
    definition = models.CharField(max_length=140)
    first = models.DateField()
    last = models.DateField()
    looked = models.PositiveIntegerField()
    found = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    ran_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["court", "detector"], name="detector_run_once")
        ]
