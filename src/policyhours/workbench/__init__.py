"""The workbench: rules to read, cases to fill in and filings to check, in a browser on this computer."""
