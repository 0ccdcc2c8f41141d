"""What people correct in readings: kept beside them, applied to them, never lost when articles are read anew."""
