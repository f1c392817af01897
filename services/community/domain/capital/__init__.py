"""Co-operative shares (*parts sociales*): not to be taken for shares of energy."""
