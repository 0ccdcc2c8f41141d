"""The tone network in training: from sentences annotated for wording, stance, certainty and roles to the weights that ship."""
