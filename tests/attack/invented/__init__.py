"""The invented register, and the operator who closes and releases it."""
