"""Commands about requests, sign-ups and public pages."""
