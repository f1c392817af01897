"""Commands about members, points, operations and organisers."""
