"""Limits: how much of the server one visitor may take.

Our own server takes them as they stand here; another server, or a proxy in front, is given the same
by whoever runs it, as docs/deploy.md says.
"""

from __future__ import annotations

#: Bytes of a body: a callback's address with room to spare.
MAX_BODY = 64 * 1024
#: Bytes of a request's first line and headers: an address as long as any that is read.
MAX_HEADER = 16 * 1024
#: Connections at a time, of each process. One that says nothing costs a few kilobytes, no thread.
CONNECTIONS = 500
#: Seconds after which a connection that says nothing is closed, and how often that is looked for.
SILENCE, LOOK = 20, 5
#: Threads of each process. Python runs one of them at a time, so more would only take turns, and
#: all end late: of 100 readers, who waited longest waited twice as long with 8. A second one
#: answers while the first makes a large file.
THREADS = 2
#: Others of each process at which passwords are looked at: one is, one waits for it, and one tells
#: everybody else at once to try again.
PROOF_THREADS = 3
