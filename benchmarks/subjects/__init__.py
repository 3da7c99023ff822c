"""The three that are compared."""

from benchmarks.subjects.base import Subject
from benchmarks.subjects.fastapi import FastAPISubject
from benchmarks.subjects.gradio import GradioSubject
from benchmarks.subjects.minidemo import MinidemoSubject

SUBJECTS: tuple[Subject, ...] = (MinidemoSubject(), GradioSubject(), FastAPISubject())
