"""What the names in an address stand for, and which pages a neighbouring division reads all the same."""

from __future__ import annotations

OF_A_COURT = frozenset(
    {
        "account_id", "alert_id", "approval_id", "attachment_id", "batch_id", "case_id", "check_number",
        "circular_id", "code", "court_id", "day_id", "delegation_id", "department_id", "deviation_id",
        "digest", "draft_id", "draw_id", "event_id", "exclusion_id", "file_number", "finding_id",
        "lead_id", "leader_id", "link_id", "meeting_id", "notice_id", "number", "other_id",
        "oversight_id", "paper_id", "passkey_id", "period_id", "person_id", "posting_id", "proposal_id",
        "range_id", "receipt_id", "record_id", "recovery_id", "remark_id", "request_id",
        "saved_view_id", "seal_id", "seq", "token", "unit",
    }
)  # fmt: skip
"""An address with one of these names a record of one court: everybody else is told there is no such page."""

OF_NO_COURT = {
    "body_id": "the definition of a body that meets, the same at every court",
    "card_id": "a definition",
    "detector_id": "a definition; the rows it asks about are of the reader's own court",
    "definition_id": "a definition",
    "filing_id": "a definition",
    "indicator_id": "a definition; the figures behind it are the reader's own",
    "register_id": "a definition; the records in it are the reader's own",
    "sheet_id": "a definition",
    "draw_number": "a published draw, open to anybody",
    "published_id": "a record on the public pages, open to anybody",
    "service": "a definition with a public window",
    "size": "a checkpoint of the one log of the installation",
    "witness_id": "a witness of the one log of the installation",
    "act_label": "an act of a definition",
    "document_id": "a definition",
    "kind": "a kind of bulletin or page",
    "paper_kind": "a kind of paper",
    "period": "a month",
    "what": "a part of a page",
    "which": "a kind of circular",
}

READ_BY_NEIGHBOURS = {
    "filing-day-proof": "the log of a filing day names departments and digests, and judges by code",
    "filing-day": "who is drawn for which case is announced in the whole court, and published",
    "draw": "as the filing day",
    "draw-paper": "as the filing day",
}
"""Addresses that name a record and open to the same post of another division; asking and acting do not."""

OF_THE_INSTALLATION = frozenset({"witness-end"})
"""Addresses whose record serves all courts: the page opens for the auditor of each, the highest acts."""
