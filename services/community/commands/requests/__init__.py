"""Commands about requests, sign-ups and public pages, and the limits of public forms."""
