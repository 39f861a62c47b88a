"""Every staff page, gathered from the page families."""

from __future__ import annotations

from mingjing.web import calculator, saved_views, sign_in, today
from mingjing.web.assessments import circulars as assessment_circulars
from mingjing.web.assessments import honours as assessment_honours
from mingjing.web.assessments import pages as assessments
from mingjing.web.audit import pages as audit
from mingjing.web.audit import proofs
from mingjing.web.cases import acts, figures, lists, page
from mingjing.web.detecting import detectors, leaders, trial
from mingjing.web.door import keeping, mine, outside, proof, second
from mingjing.web.draws import acts as draw_acts
from mingjing.web.draws import pages as draw_pages
from mingjing.web.english import switch
from mingjing.web.imports import fixing, mapping
from mingjing.web.imports import pages as imports
from mingjing.web.indicators import explain as indicator_explain
from mingjing.web.indicators import kept as indicator_kept
from mingjing.web.indicators import lists as indicator_lists
from mingjing.web.indicators import one as indicator_one
from mingjing.web.indicators import ranges as indicator_ranges
from mingjing.web.indicators import rhythm as indicator_rhythm
from mingjing.web.institutions import drafting, sandbox
from mingjing.web.institutions import pages as institutions
from mingjing.web.leads import acts as lead_acts
from mingjing.web.leads import finding as lead_finding
from mingjing.web.leads import following as lead_following
from mingjing.web.leads import keys as lead_keys
from mingjing.web.leads import pages as lead_pages
from mingjing.web.papers import archives as paper_archives
from mingjing.web.papers import proofreading as paper_proofreading
from mingjing.web.papers import searching as paper_searching
from mingjing.web.records import acts as record_acts
from mingjing.web.records import approvals as record_approvals
from mingjing.web.records import bulletins as record_bulletins
from mingjing.web.records import dossiers, together, views, wall
from mingjing.web.records import excel as record_excel
from mingjing.web.records import lists as record_lists
from mingjing.web.records import meetings as record_meetings
from mingjing.web.records import page as record_page
from mingjing.web.records import periods as record_periods
from mingjing.web.records import receipts as record_receipts
from mingjing.web.reports import pages as reports
from mingjing.web.routing import Route, patterns
from mingjing.web.supervision import alerts, findings, long_pending, notices, proposals, requests
from mingjing.web.system import acts as system_acts
from mingjing.web.system import overview, people, posts, rights

ROUTES: tuple[Route, ...] = (
    *sign_in.routes,
    *switch.routes,
    *second.routes,
    *outside.routes,
    *mine.routes,
    *proof.routes,
    *today.routes,
    *saved_views.routes,
    *calculator.routes,
    *lists.routes,
    *figures.routes,
    *reports.routes,
    *paper_proofreading.routes,
    *paper_searching.routes,
    *paper_archives.routes,
    *page.routes,
    *acts.routes,
    *alerts.routes,
    *notices.routes,
    *long_pending.routes,
    *draw_pages.routes,
    *draw_acts.routes,
    *requests.routes,
    *proposals.routes,
    *findings.routes,
    *imports.routes,
    *mapping.routes,
    *fixing.routes,
    *record_lists.routes,
    *views.routes,
    *record_bulletins.routes,
    *record_page.routes,
    *record_receipts.routes,
    *record_acts.routes,
    *record_meetings.routes,
    *record_approvals.routes,
    *record_periods.routes,
    *together.routes,
    *record_excel.routes,
    *dossiers.routes,
    *wall.routes,
    *assessments.routes,
    *assessment_honours.routes,
    *assessment_circulars.routes,
    *lead_pages.routes,
    *lead_acts.routes,
    *lead_keys.routes,
    *lead_finding.routes,
    *lead_following.routes,
    *detectors.routes,
    *trial.routes,
    *leaders.routes,
    *indicator_lists.routes,
    *indicator_kept.routes,
    *indicator_ranges.routes,
    *indicator_rhythm.routes,
    *indicator_explain.routes,
    *indicator_one.routes,
    *sandbox.routes,
    *drafting.routes,
    *institutions.routes,
    *overview.routes,
    *people.routes,
    *system_acts.routes,
    *posts.routes,
    *keeping.routes,
    *rights.routes,
    *audit.routes,
    *proofs.routes,
)

urlpatterns = patterns(ROUTES)
