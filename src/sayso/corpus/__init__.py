"""From inputs to a store: many articles, all cores or a cluster, resumable."""
