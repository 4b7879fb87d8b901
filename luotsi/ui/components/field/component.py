"""Fields are drawn by Django's own field groups; `django/forms/field.html` gives each label, hint and error."""
