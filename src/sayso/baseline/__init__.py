"""The finder without a model: rules over words and quotation marks."""
