"""The table of permissions against the routes that there are."""

from flask import Flask

from survey_app.permissions import HOMES, PERMISSIONS, ROLES


def test_every_route_stands_in_the_table_and_nothing_else(app: Flask) -> None:
    routes = {rule.endpoint for rule in app.url_map.iter_rules()} - {"static"}
    assert routes == set(PERMISSIONS)


def test_every_role_has_a_first_page_that_it_may_see() -> None:
    assert set(ROLES) < set(HOMES)
    for role, endpoint in HOMES.items():
        assert role in PERMISSIONS[endpoint].roles
