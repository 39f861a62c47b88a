"""The settings of a new Django project over the database of the product."""

from __future__ import annotations

from mingjing.site.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.bare_list"
LOGIN_URL = "/login"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>整改台账</title></head><body>
<h1>整改台账</h1><p>共 {{ paginator.count }} 条</p>
<table><thead><tr><th>编号</th><th>标题</th><th>责任部门</th><th>责任人</th><th>期限</th><th>状态</th>
<th>登记</th></tr></thead>
<tbody>{% for record in object_list %}<tr><td>{{ record.number }}</td>
<td><a href="{% url 'record' record.pk %}">{{ record.title }}</a></td>
<td>{{ record.unit.name|default:"—" }}</td><td>{{ record.holder.name|default:"—" }}</td>
<td>{{ record.due_on|date:"Y-m-d" }}</td>
<td>{{ record.state }}</td><td>{{ record.opened_on|date:"Y-m-d" }}</td></tr>{% endfor %}</tbody></table>
{% if page_obj.has_previous %}<a href="?page={{ page_obj.previous_page_number }}">上一页</a>{% endif %}
第 {{ page_obj.number }} 页，共 {{ paginator.num_pages }} 页
{% if page_obj.has_next %}<a href="?page={{ page_obj.next_page_number }}">下一页</a>{% endif %}
</body></html>"""
LOADERS = [("django.template.loaders.locmem.Loader", {"bare.html": PAGE})]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"loaders": [("django.template.loaders.cached.Loader", LOADERS)]},
    }
]
