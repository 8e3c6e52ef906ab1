"""Referrals: how people get from identification to a service, one module an exhibit."""
