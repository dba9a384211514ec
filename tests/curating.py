"""What a curator's browser does in the admin, for tests."""

from django.urls import reverse
from lxml import html


def address(row, act: str = "change") -> str:
    """The admin's page for a row."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{act}", args=[row.pk])


def list_of(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def filled(client, row) -> dict:
    """The fields of a row's form, as the browser would send them."""
    return filled_in(client.get(address(row)), row)


def filled_in(page, row) -> dict:
    """The fields of a row's form on this page; a browser skips the first line end of a textarea."""
    fields = html.fromstring(page.content).get_element_by_id(f"{row._meta.model_name}_form").form_values()
    return {name: value.removeprefix("\n") for name, value in fields}


def save(client, row, **changes):
    """Opens a row's form, changes some fields, saves, confirms the preview if there is one, and gives the page that follows."""
    page = client.post(address(row), filled(client, row) | changes, follow=True)
    return confirm(client, row, page) if page.context.get("preview") else page


def confirm(client, row, page):
    """Saves what a page previews, and gives the page that follows."""
    return client.post(address(row), filled_in(page, row), follow=True)


def act(client, action: str, *rows):
    """Runs an action of the list on these rows, and gives the page that follows."""
    chosen = {"action": action, "index": 0, "_selected_action": [row.pk for row in rows]}
    return client.post(list_of(type(rows[0])), chosen, follow=True)


def said(response) -> str:
    """What a page told of what was done."""
    return " ".join(str(message) for message in response.context["messages"])


def errors(response) -> str:
    """What a page holds against what was sent."""
    return " ".join(html.fromstring(response.content).xpath("//ul[contains(@class, 'errorlist')]//text()"))
