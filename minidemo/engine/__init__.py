"""Engine: runs calls and stores flags."""
