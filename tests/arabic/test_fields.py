from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django import forms
from django.contrib.admin import ModelAdmin, site
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.db import models
from django.test.utils import isolate_apps
from django.utils import timezone

from arabic.fields import (
    ARABIC_FORMFIELDS,
    FoldedDateField,
    FoldedDateTimeField,
    FoldedDecimalField,
    FoldedIntegerField,
    FoldedSplitDateTimeField,
    FoldedTimeField,
    NumberTextInput,
)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (FoldedDateField(), "31 نونبر 2018"),
        (FoldedDateField(), "٣١/١١/٢٠١٨"),
        (FoldedDateField(), "24 يوليوز"),
        (FoldedDateField(), "غدا"),
        (FoldedDateField(), "23 نونبر 2018 على الساعة 15:00"),
        (FoldedDateField(), ""),
        (FoldedTimeField(), "٢٥:٠٠"),
        (FoldedTimeField(), "بعد صلاة الظهر"),
        (FoldedDateTimeField(), "23 نونبر 2018"),
        (FoldedDateTimeField(), "31 نونبر 2018 15:00"),
        (FoldedSplitDateTimeField(), ["٢٣/١١/٢٠١٨", ""]),
        (FoldedSplitDateTimeField(), ["31/11/2018", "10:00"]),
        (FoldedDecimalField(), "1,2,3"),
        (FoldedDecimalField(decimal_places=2), "1.245"),
        (FoldedDecimalField(max_digits=3), "١٢٣٤"),
        (FoldedIntegerField(), "١٢٫٥"),
        (FoldedIntegerField(max_value=10), "١١"),
        (FoldedIntegerField(), "عشرة"),
    ],
)
def test_bad_input_is_refused(field, typed):
    with pytest.raises(ValidationError):
        field.clean(typed)


def test_a_weekday_that_does_not_match_is_refused():
    with pytest.raises(ValidationError) as refusal:
        FoldedDateField().clean("الإثنين 23 نونبر 2018")
    assert refusal.value.code == "weekday"


def test_the_message_for_an_unreadable_date_gives_an_example():
    with pytest.raises(ValidationError, match="21/10/2024"):
        FoldedDateField().clean("غدا")


@pytest.mark.parametrize(
    "typed",
    [
        "23/11/2018",
        "٢٣/١١/٢٠١٨",
        "۲۳-۱۱-۲۰۱۸",
        "23/11/18",
        "2018-11-23",
        "23\u200f/11\u200f/2018",
        " 23 نونبر 2018 ",
        "الجمعة ٢٣ نونبر ٢٠١٨",
        date(2018, 11, 23),
        datetime(2018, 11, 23, 9),
    ],
)
def test_date_field(typed):
    assert FoldedDateField().clean(typed) == date(2018, 11, 23)


@pytest.mark.parametrize("typed", ["18:30", "١٨:٣٠", "18h30", "السادسة والنصف مساء", time(18, 30)])
def test_time_field(typed):
    assert FoldedTimeField().clean(typed) == time(18, 30)


@pytest.mark.parametrize(
    "typed", ["23/11/2018 15:00", "٢٣/١١/٢٠١٨ ١٥:٠٠", "الجمعة 23 نونبر 2018 على الساعة الثالثة بعد الزوال"]
)
def test_date_time_field(typed):
    moment = FoldedDateTimeField().clean(typed)
    assert timezone.is_aware(moment)
    assert timezone.make_naive(moment) == datetime(2018, 11, 23, 15)


@pytest.mark.parametrize(
    "typed", [["٢٣/١١/٢٠١٨", "١٥:٠٠"], ["الجمعة 23 نونبر 2018", "الثالثة بعد الزوال"], ["23/11/2018", "15:00:00"]]
)
def test_split_date_time_field(typed):
    assert timezone.make_naive(FoldedSplitDateTimeField().clean(typed)) == datetime(2018, 11, 23, 15)


def test_empty_optional_fields_are_none():
    assert FoldedDateField(required=False).clean("") is None
    assert FoldedSplitDateTimeField(required=False).clean(["", ""]) is None
    assert FoldedDecimalField(required=False).clean("") is None
    assert FoldedIntegerField(required=False).clean("") is None


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("١٢٫٥", "12.5"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1 245 600,00", "1245600.00"),
        ("1\u202f245\u202f600,50", "1245600.50"),
        ("656.062.116,83", "656062116.83"),
        (Decimal("3.50"), "3.50"),
    ],
)
def test_decimal_field(typed, amount):
    assert FoldedDecimalField(decimal_places=2).clean(typed) == Decimal(amount)


@pytest.mark.parametrize(("typed", "number"), [("٢٠٢٤", 2024), ("1 245", 1245), ("-٣", -3), (7, 7)])
def test_integer_field(typed, number):
    assert FoldedIntegerField().clean(typed) == number


def test_numbers_are_typed_into_text_boxes_that_run_left_to_right():
    class AmountForm(forms.Form):
        amount = FoldedDecimalField()

    markup = str(AmountForm()["amount"])
    assert 'type="text"' in markup
    assert 'dir="ltr"' in markup
    assert 'inputmode="decimal"' in markup


def test_retyping_the_same_value_in_other_digits_is_no_change():
    assert not FoldedDateField().has_changed(date(2018, 11, 23), "٢٣/١١/٢٠١٨")


@pytest.fixture
def admin_form(rf):
    with isolate_apps("arabic"):

        class Occasion(models.Model):
            day = models.DateField()
            moment = models.DateTimeField()
            hour = models.TimeField()
            amount = models.DecimalField(max_digits=12, decimal_places=2)
            seats = models.PositiveSmallIntegerField()
            views = models.BigIntegerField()

            class Meta:
                app_label = "arabic"

            def __str__(self):
                return str(self.day)

        class OccasionAdmin(ModelAdmin):
            formfield_overrides = ARABIC_FORMFIELDS

        yield OccasionAdmin(Occasion, site).get_form(rf.get("/"))


def test_the_admin_form_uses_the_folded_fields(admin_form):
    assert {name: type(field) for name, field in admin_form.base_fields.items()} == {
        "day": FoldedDateField,
        "moment": FoldedSplitDateTimeField,
        "hour": FoldedTimeField,
        "amount": FoldedDecimalField,
        "seats": FoldedIntegerField,
        "views": FoldedIntegerField,
    }


def test_the_admin_form_keeps_its_own_date_widgets(admin_form):
    assert isinstance(admin_form.base_fields["day"].widget, AdminDateWidget)
    assert isinstance(admin_form.base_fields["moment"].widget, AdminSplitDateTime)
    assert isinstance(admin_form.base_fields["seats"].widget, NumberTextInput)


def test_the_admin_form_keeps_the_bounds_of_the_column(admin_form):
    with pytest.raises(ValidationError):
        admin_form.base_fields["seats"].clean("-١")
