"""Whether the interval of the time to a service holds what is true, through protection."""
