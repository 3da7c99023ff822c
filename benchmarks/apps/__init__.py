"""The same calculator, written three times: each file is the whole script, run in an environment of its own."""
