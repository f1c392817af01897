"""Files before any format: archives, encryption, UTF-8 and UTF-16, texts read part by part."""
