"""Commands about legal bases, the places of points and their search by address."""
