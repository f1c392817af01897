"""Commands about members, points, operations, organisers, and files of them."""
