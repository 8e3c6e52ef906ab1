"""Security: what may be asked of the server, and what every answer says to the browser."""
