"""Every exhibit is registered before tests ask for one."""

from dashboard import exhibits

exhibits.load()
