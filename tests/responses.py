"""What every address answers to several people: enough to find any difference that something private makes."""

import re

from django.http import HttpResponse
from django.test import Client

from routes import fill_in, is_admin, list_routes

HTMX = {"hx-request": "true"}
# What differs each time: the masked tokens of forms, the keys of what they would make, and the moments at which files are written.
EACH_TIME = re.compile(
    rb'(?<=name="csrfmiddlewaretoken" value=")\w+|(?<=name="key" value=")[\w-]+|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)'
)
LEFT_OUT = ("/healthz", "/readyz", "/static", "/accounts/logout")


def list_open_addresses(route_parts: dict[str, object]) -> list[str]:
    """Return every address of the site but those of the admin."""
    routes = [route for route in dict.fromkeys(list_routes()) if not is_admin(route) and not route.startswith(LEFT_OUT)]
    return [fill_in(route, route_parts) for route in routes]


def ask_all(clients: dict[str, Client], addresses: list[str]) -> dict[str, tuple]:
    """Return the answer of each address to each client, and to the owner's htmx: its status, ETag, way on and bytes."""
    asked = [(role, client, {}) for role, client in clients.items()] + [("owner", clients["owner"], HTMX)]
    return {
        f"{role} {address} {' '.join(headers)}": describe_answer(client.get(address, headers=headers))
        for address in addresses
        for role, client, headers in asked
    }


def describe_answer(response: HttpResponse) -> tuple:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, response.get("ETag"), response.get("Location"), EACH_TIME.sub(b"", content)
