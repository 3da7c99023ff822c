"""Utils: small helpers without any knowledge of demos."""
