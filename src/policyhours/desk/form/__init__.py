"""The form: a filing as a workbook that goes both ways."""
