"""The judge of change on invented registers: false words, power, ranges, through protection."""
