"""The workbench: a study in the browser, served to the one who started it and to nobody else."""
