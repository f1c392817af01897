"""The rules of prices: what energy is sold, under which price, and the fees."""
