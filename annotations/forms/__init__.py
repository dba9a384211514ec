from .highlights import EditForm, HighlightForm, SentencesForm, SpanForm

__all__ = ["EditForm", "HighlightForm", "SentencesForm", "SpanForm"]
