"""Files before any format: archives, encryption, UTF-16, and texts read part by part."""
