"""Login, and the throttling of failed attempts."""
