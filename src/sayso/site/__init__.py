"""The pages of a store: articles, stories, outlets, sources, method; as files and served, by the same templates."""
