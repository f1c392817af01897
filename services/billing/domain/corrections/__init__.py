"""The rules of credit notes and corrections: what stands, what is taken back, at what price."""
