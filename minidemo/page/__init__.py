"""The page: its endpoints, layout, appearance and examples."""
