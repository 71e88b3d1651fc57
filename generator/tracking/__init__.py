"""What is worked out: a pure function of the records an audience may see and of one day."""
