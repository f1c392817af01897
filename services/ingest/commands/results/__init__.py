"""The DSO's results of operations: record them and publish them."""
