"""The box in which rich text is written: an editor where the browser runs our script, else a plain box."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe


class RichTextArea(AdminTextareaWidget):
    """A text area with the tools that static/js/richtext.js brings to life.

    The editor's code comes from django-prose-editor. Its own widget writes an inline import map, which our policy
    would only let through with a nonce; ours tells the script where the code is, and the policy stays as it is.
    """

    template_name = "admin/richtext.html"

    class Media:
        js = [forms.Script("js/richtext.js", type="module")]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["editor"] = static("django_prose_editor/editor.js")
        return context

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        # The renderer of forms reads the templates of apps alone.
        return mark_safe(render_to_string(template_name, context))  # noqa: S308
