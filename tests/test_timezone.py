"""Morocco's clock, from the tzdata package: GMT+1 but for Ramadan, and GMT for good since 20 September 2026."""

import zoneinfo
from datetime import datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

ONE_HOUR = timedelta(hours=1)


def offset(*moment):
    return datetime(*moment, tzinfo=ZoneInfo("Africa/Casablanca")).utcoffset()


def test_zone_rules_come_from_the_package():
    assert zoneinfo.TZPATH == ()
    assert files("tzdata").joinpath("zoneinfo/Africa/Casablanca").is_file()


def test_the_portal_lives_in_morocco(settings):
    assert settings.TIME_ZONE == "Africa/Casablanca"
    assert timezone.get_default_timezone() is ZoneInfo("Africa/Casablanca")


@pytest.mark.parametrize("moment", [(2025, 7, 15, 12), (2026, 6, 1, 12), (2026, 9, 19, 12)])
def test_one_hour_ahead_until_september_2026(moment):
    assert offset(*moment) == ONE_HOUR


@pytest.mark.parametrize("moment", [(2025, 3, 10, 12), (2026, 3, 1, 12)])
def test_gmt_in_ramadan(moment):
    assert offset(*moment) == timedelta(0)


@pytest.mark.parametrize("moment", [(2026, 9, 21, 12), (2026, 12, 1, 12), (2027, 7, 1, 12), (2030, 6, 1, 12)])
def test_gmt_for_good_since_september_2026(moment):
    assert offset(*moment) == timedelta(0)


def test_pages_show_the_hour_of_morocco():
    moment = datetime(2026, 6, 1, 23, 30, tzinfo=ZoneInfo("UTC"))
    assert timezone.localtime(moment).isoformat() == "2026-06-02T00:30:00+01:00"
