"""The engine that learned from labelled reports which passages are about police practice, and how to code them.

Cues found by rules are part of what it weighs; what is explicit (ages, dates, forces) is left to the rules alone.
"""
