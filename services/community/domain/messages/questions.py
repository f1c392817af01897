"""Refusals of questions from members to those who run their operation."""

from libs.common.errors import Problem

A_DAY = 5
"""Questions of a member on a local day: more is a conversation, better held by telephone."""


class TooManyQuestions(Problem):
    status, slug, title = 429, "too-many-questions-today", "Too many questions today"
    example_detail = "You have asked 5 today: ask the next one tomorrow."


class NobodyToAsk(Problem):
    status, slug, title = 409, "nobody-to-ask", "Nobody can be written to"
    example_detail = "No account runs ACC00000101, nor is there one of staff."


class AnswerAddressMissing(Problem):
    status, slug, title = 409, "answer-address-missing", "There is no address to answer to"
    example_detail = "Nothing is known of where to write to you: give an e-mail address first."
