"""Every statistic, each with its source and a published worked example among the tests.

Counts go in as whole numbers, intervals come out as `Interval`; nothing here knows what is counted.
"""
