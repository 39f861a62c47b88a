"""What an act asks for besides fields: a control for each, by the word the machinery asks with."""

from __future__ import annotations

from django import forms

from mingjing.domain.approvals.approval import ADDED, SEVERAL, WHOM
from mingjing.domain.ledgers.matters import Permitted
from mingjing.web.records.fields import Lists, ManyField, PersonField, by_unit

_HELP = {
    WHOM: "输入姓名选择；同名的写明部门。",
    SEVERAL: "可以选几个人。",
}


def asked(label: str, act: Permitted, lists: Lists) -> forms.Field:
    """The control for what an act asks under ``label``: a choice where the answers are known, a person or
    people where it asks for them, else a line of text."""
    help_text = _HELP.get(label, "")
    if label == WHOM:
        return PersonField(lists.people, label=label, help_text=help_text)
    if label == SEVERAL:
        groups = by_unit(lists.people)
        return ManyField(keys=True, tall=True, choices=groups, label=label, help_text=help_text)
    choices = [(word, word) for word in act.choices.get(label, ())]
    if label == ADDED:
        return ManyField(keys=False, tall=False, choices=choices, label=label)
    if choices:
        first = choices[0][0]
        return forms.ChoiceField(choices=choices, initial=first, widget=forms.RadioSelect, label=label)
    return forms.CharField(label=label, max_length=200)
