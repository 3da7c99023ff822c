"""Small helpers without any knowledge of demos."""
