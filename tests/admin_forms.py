"""The forms of the admin as a browser would send them."""

from html.parser import HTMLParser

from django.urls import reverse


class _Form(HTMLParser):
    """Gather the names and values of one HTML form's boxes; files are left out, as a browser would have none."""

    def __init__(self):
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._select = self._textarea = self._option = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name", "")
        if tag == "input" and name and attrs.get("type") not in ("submit", "file"):
            is_tick = attrs.get("type") in ("checkbox", "radio")
            if not is_tick or "checked" in attrs:
                self.values.setdefault(name, []).append(attrs.get("value", "on" if is_tick else ""))
        elif tag == "select":
            self._select = (name, "multiple" in attrs)
            self._option = None
        elif tag == "option" and self._select:
            value = attrs.get("value", "")
            name, multiple = self._select
            if "selected" in attrs:
                self.values.setdefault(name, [] if multiple else [value])
                if multiple:
                    self.values[name].append(value)
                else:
                    self.values[name] = [value]
            elif not multiple:
                self.values.setdefault(name, [value])
        elif tag == "textarea":
            self._textarea = name
            self.values[name] = [""]

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            self._textarea = None

    def handle_data(self, data):
        if self._textarea:
            # HTML drops the line break that Django writes after the opening tag.
            self.values[self._textarea][0] += data.removeprefix("\n")


def filled(response, **changes):
    """Return the data of the form on the page, with ``changes``; a double underscore stands for a hyphen."""
    form = _Form()
    form.feed(response.text)
    data = {name: values for name, values in form.values.items() if "__prefix__" not in name}
    for name, value in changes.items():
        data[name.replace("__", "-")] = value if isinstance(value, list) else [str(value)]
    return data


def add_row(data, prefix, **values):
    """Append a row to the formset ``prefix`` of ``data``, as the link «add another» does."""
    total = int(data[f"{prefix}-TOTAL_FORMS"][0])
    data[f"{prefix}-TOTAL_FORMS"] = [str(total + 1)]
    for name, value in values.items():
        data[f"{prefix}-{total}-{name}"] = [str(value)]
    return total


def admin_url(row_or_model, page="change"):
    """Return the address of a row's page in the admin, or of a model's ``changelist`` or ``add`` page."""
    opts = row_or_model._meta
    arguments = [row_or_model.pk] if page in ("change", "delete", "history") else []
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=arguments)


def errors(response):
    """Return the messages at the form's fields and rows: a dict for the form, then one list a formset."""
    context = response.context
    found = dict(context["adminform"].form.errors)
    for inline in context["inline_admin_formsets"]:
        formset = inline.formset
        for form in formset.forms:
            found.update({f"{form.prefix}-{name}": messages for name, messages in form.errors.items()})
        if formset.non_form_errors():
            found[formset.prefix] = formset.non_form_errors()
    return found
